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
)

// Find implements contrechamp.Finder. A query without terms answers the first paragraph of each document that the
// filters leave, newest document first.
func (s *Database) Find(ctx context.Context, q contrechamp.Query) ([]contrechamp.Hit, int, error) {
	hits, total, err := s.find(ctx, q)
	if err != nil {
		return nil, 0, failed(ctx, "search", err)
	}
	return hits, total, nil
}

func (s *Database) find(ctx context.Context, q contrechamp.Query) ([]contrechamp.Hit, int, error) {
	wanted, err := parse(q.Terms)
	if err != nil {
		return nil, 0, err
	}
	index := s.engine.index()
	document, published := index.columns()
	from, given := index.first(), []any(nil)
	order := published + " DESC, " + document + ", p.start"
	if !wanted.empty() {
		var argument string
		from, argument = index.match(wanted)
		order, given = "p.rank, "+order, []any{argument}
	}
	filters, given := filter(q, document, published, given)
	if wanted.empty() && filters == "" {
		return nil, 0, contrechamp.WithHint(fmt.Errorf("a search for nothing: %w", contrechamp.ErrInvalid), "search camera")
	}
	from += filters
	var total int
	query := fmt.Sprintf("SELECT COUNT(*) FROM (SELECT 1 %s LIMIT %d) AS counted", from, mostCounted)
	if err := one(ctx, s.readers, query, given, &total); err != nil || total == 0 {
		return nil, 0, err
	}
	limit := q.Limit
	if limit <= 0 {
		limit = defaultHits
	}
	query, given = page("SELECT "+document+", p.place, p.start, p.finish, p.language "+from+" ORDER BY "+order, given, limit, q.Offset)
	var hits []contrechamp.Hit
	var digests []string
	err = rows(ctx, s.readers, func(r *sql.Rows) error {
		var h contrechamp.Hit
		var digest string
		if err := r.Scan(&digest, &h.Paragraph, &h.Start, &h.End, &h.Language); err != nil {
			return err
		}
		hits, digests = append(hits, h), append(digests, digest)
		return nil
	}, query, given...)
	if err != nil {
		return nil, 0, err
	}
	return hits, total, s.fill(ctx, hits, digests)
}

// filter writes the conditions beside the words, on columns of these names, after the arguments that are given already.
func filter(q contrechamp.Query, document, published string, given []any) (where string, all []any) {
	if !q.From.IsZero() {
		given = append(given, q.From.String())
		where += fmt.Sprintf(" AND %s >= $%d", published, len(given))
	}
	if !q.To.IsZero() {
		// every date within To begins like it, and '~' comes after all that dates are written with
		given = append(given, q.To.String()+"~")
		where += fmt.Sprintf(" AND %[1]s <> '' AND %[1]s < $%[2]d", published, len(given))
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
	return where + " AND " + document + " IN (SELECT k.document FROM claim k WHERE k.state IN ('proposed', 'accepted') AND " + strings.Join(lists, " AND ") + ")", given
}

// fill gives hits their documents and their words.
func (s *Database) fill(ctx context.Context, hits []contrechamp.Hit, digests []string) error {
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
