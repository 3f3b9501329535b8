package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"contrechamp.org/contrechamp"
)

const (
	// mostCounted is up to where hits are counted.
	mostCounted = 10_000
	// defaultHits is how many hits a query without a limit answers.
	defaultHits = 20

	fromWords      = `FROM paragraph_words w JOIN paragraph p ON p.id = w.rowid WHERE paragraph_words MATCH $1`
	fromParagraphs = `FROM paragraph p WHERE p.place = (SELECT MIN(q.place) FROM paragraph q WHERE q.document = p.document)`
)

// Find implements contrechamp.Finder. A query without terms answers the first paragraph of each document that the
// filters leave, newest document first.
func (s *SQLite) Find(ctx context.Context, q contrechamp.Query) ([]contrechamp.Hit, int, error) {
	hits, total, err := s.find(ctx, q)
	if err != nil {
		return nil, 0, failed(ctx, "search", err)
	}
	return hits, total, nil
}

func (s *SQLite) find(ctx context.Context, q contrechamp.Query) ([]contrechamp.Hit, int, error) {
	expression, err := match(q.Terms)
	if err != nil {
		return nil, 0, err
	}
	filters, given := filter(q, expression)
	if expression == "" && len(given) == 0 && len(q.Entities) == 0 {
		return nil, 0, contrechamp.WithHint(fmt.Errorf("a search for nothing: %w", contrechamp.ErrInvalid), "search camera")
	}
	from, score, order := fromWords, "bm25(paragraph_words)", "score, p.document, p.place"
	if expression == "" {
		from, score, order = fromParagraphs, "0.0", "p.published DESC, p.document, p.place"
	}
	from += filters
	// Sorting by FTS5's own rank column and looking up only the best was tried: it is half as fast, because the
	// index then runs a statement within the statement.

	var total int
	counted := from
	if expression != "" && filters == "" {
		counted = "FROM paragraph_words WHERE paragraph_words MATCH $1" // no paragraph need be looked up
	}
	query := fmt.Sprintf("SELECT COUNT(*) FROM (SELECT 1 %s LIMIT %d)", counted, mostCounted)
	if err := s.readers.QueryRowContext(ctx, query, given...).Scan(&total); err != nil || total == 0 {
		return nil, 0, err
	}
	limit := q.Limit
	if limit <= 0 {
		limit = defaultHits
	}
	query, given = page(fmt.Sprintf("SELECT p.document, p.place, p.start, p.finish, p.language, %s AS score %s ORDER BY %s", score, from, order),
		given, limit, q.Offset)
	var hits []contrechamp.Hit
	var digests []string
	err = rows(ctx, s.readers, func(r *sql.Rows) error {
		var h contrechamp.Hit
		var digest string
		var score float64
		if err := r.Scan(&digest, &h.Paragraph, &h.Start, &h.End, &h.Language, &score); err != nil {
			return err
		}
		h.Score = -score // SQLite's is lower for better
		hits, digests = append(hits, h), append(digests, digest)
		return nil
	}, query, given...)
	if err != nil {
		return nil, 0, err
	}
	return hits, total, s.fill(ctx, hits, digests)
}

// filter writes the conditions beside the words. The expression, if any, is the first argument.
func filter(q contrechamp.Query, expression string) (where string, given []any) {
	if expression != "" {
		given = append(given, expression)
	}
	if !q.From.IsZero() {
		given = append(given, q.From.String())
		where += fmt.Sprintf(" AND p.published >= $%d", len(given))
	}
	if !q.To.IsZero() {
		// every date within To begins like it, and '~' comes after all that dates are written with
		given = append(given, q.To.String()+"~")
		where += fmt.Sprintf(" AND p.published <> '' AND p.published < $%d", len(given))
	}
	if len(q.Entities) == 0 {
		return where, given
	}
	// one claim that stands names one entity of each list
	var lists []string
	for _, ids := range q.Entities {
		if len(ids) == 0 {
			return where + " AND 1 = 0", given
		}
		from := len(given) + 1
		given = append(given, args(ids)...)
		lists = append(lists, fmt.Sprintf("k.id IN (SELECT claim FROM claim_entity WHERE entity IN (%s))", list(from, len(ids))))
	}
	return where + " AND p.document IN (SELECT k.document FROM claim k WHERE k.state IN ('proposed', 'accepted') AND " + strings.Join(lists, " AND ") + ")", given
}

// fill gives hits their documents and their words.
func (s *SQLite) fill(ctx context.Context, hits []contrechamp.Hit, digests []string) error {
	documents, err := documentsOf(ctx, s.readers, digests)
	if err != nil {
		return err
	}
	each := make([]string, 0, len(documents))
	for d := range documents {
		each = append(each, d)
	}
	bodies := make(map[string]string, len(each))
	for i := 0; i < len(each); i += batch {
		part := each[i:min(i+batch, len(each))]
		err := rows(ctx, s.readers, func(r *sql.Rows) error {
			var digest, body string
			if err := r.Scan(&digest, &body); err != nil {
				return err
			}
			bodies[digest] = body
			return nil
		}, "SELECT c.digest, r.body FROM capture c JOIN reading r ON r.id = c.reading WHERE c.digest IN ("+list(1, len(part))+")", args(part)...)
		if err != nil {
			return err
		}
	}
	for i := range hits {
		h, body := &hits[i], bodies[digests[i]]
		if h.Start < 0 || h.End > len(body) || h.Start > h.End {
			return fmt.Errorf("the index does not fit the text of %s: %w", digests[i], contrechamp.ErrAltered)
		}
		h.Document, h.Words = documents[digests[i]], body[h.Start:h.End]
	}
	return nil
}
