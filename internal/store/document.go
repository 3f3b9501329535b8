package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"contrechamp.org/contrechamp"
)

const (
	selectDocuments = `SELECT c.digest, c.length, c.media_type, c.captured_at, c.state, c.reason, c.name, c.path, c.sightings,
		COALESCE(r.title, ''), COALESCE(r.author, ''), COALESCE(r.publisher, ''), COALESCE(r.published, ''),
		COALESCE(r.language, ''), COALESCE(r.reader, ''), COALESCE(r.quality, 0), COALESCE(r.layers, ''),
		(SELECT COUNT(*) FROM claim k WHERE k.document = c.digest AND k.state IN ('proposed', 'accepted')),
		COALESCE(o.original, ''), (SELECT COUNT(*) FROM original x WHERE x.original = o.original AND x.capture <> c.digest)
		FROM capture c LEFT JOIN reading r ON r.id = c.reading LEFT JOIN original o ON o.capture = c.digest `
	newestDocuments = ` ORDER BY c.captured_at DESC, c.digest`
	// mostFound is how many documents FindDocuments answers.
	mostFound = 10
	// shortestPrefix is how many digits name a document at least.
	shortestPrefix = 4
)

// documents answers what a condition chooses.
func documents(ctx context.Context, from asker, rest string, args ...any) ([]contrechamp.Document, error) {
	var out []contrechamp.Document
	err := rows(ctx, from, func(r *sql.Rows) error {
		var d contrechamp.Document
		var digest, published, original, layers string
		var captured int64
		err := r.Scan(&digest, &d.Length, &d.MediaType, &captured, &d.State, &d.Reason, &d.Name, &d.Path, &d.Sightings,
			&d.Title, &d.Author, &d.Publisher, &published, &d.Language, &d.Reader, &d.Quality, &layers, &d.Claims, &original, &d.Copies)
		if err != nil {
			return err
		}
		if d.Digest, err = digestOf(digest); err != nil {
			return err
		}
		if original != "" && original != digest {
			if d.Original, err = digestOf(original); err != nil {
				return err
			}
		}
		if d.Published, err = dateOf(published); err != nil {
			return err
		}
		found, err := unpackLayers(layers)
		if err != nil {
			return err
		}
		for _, l := range found {
			if l.Name == contrechamp.OCR {
				d.OCR = l.Confidence
			}
		}
		d.CapturedAt = timeOf(captured)
		out = append(out, d)
		return nil
	}, selectDocuments+rest, args...)
	return out, err
}

// documentsOf answers documents by digest, asking for each once.
func documentsOf(ctx context.Context, from asker, digests []string) (map[string]contrechamp.Document, error) {
	out := make(map[string]contrechamp.Document, len(digests))
	var each []string
	for _, d := range digests {
		if _, known := out[d]; !known {
			out[d] = contrechamp.Document{}
			each = append(each, d)
		}
	}
	for i := 0; i < len(each); i += batch {
		part := each[i:min(i+batch, len(each))]
		found, err := documents(ctx, from, "WHERE c.digest IN ("+list(1, len(part))+")", args(part)...)
		if err != nil {
			return nil, err
		}
		for _, d := range found {
			out[d.Digest.String()] = d
		}
	}
	return out, nil
}

// Documents implements contrechamp.Documents.
func (s *Database) Documents(ctx context.Context, f contrechamp.DocumentFilter) ([]contrechamp.Document, error) {
	var where []string
	var given []any
	if f.State != "" {
		given = append(given, string(f.State))
		where = append(where, fmt.Sprintf("c.state = $%d", len(given)))
	} else {
		where = append(where, "c.state <> 'awaiting review'")
	}
	if f.After != nil {
		given = append(given, micros(f.After.CapturedAt), f.After.Digest.String())
		n := len(given)
		where = append(where, fmt.Sprintf("(c.captured_at < $%d OR c.captured_at = $%d AND c.digest > $%d)", n-1, n-1, n))
	}
	rest := ""
	if len(where) > 0 {
		rest = "WHERE " + strings.Join(where, " AND ")
	}
	rest += newestDocuments
	if f.Limit > 0 {
		given = append(given, f.Limit)
		rest += fmt.Sprintf(" LIMIT CAST($%d AS BIGINT)", len(given))
	}
	out, err := documents(ctx, s.readers, rest, given...)
	return out, failed(ctx, "list documents", err)
}

// Document implements contrechamp.Documents.
func (s *Database) Document(ctx context.Context, d contrechamp.Digest) (contrechamp.Document, error) {
	found, err := documents(ctx, s.readers, "WHERE c.digest = $1", d.String())
	if err == nil && len(found) == 0 {
		err = contrechamp.ErrNotFound
	}
	if err != nil {
		return contrechamp.Document{}, failed(ctx, "document "+d.Short(), err)
	}
	return found[0], nil
}

// FindDocuments implements contrechamp.Documents. A document is found by every name that it was seen under.
func (s *Database) FindDocuments(ctx context.Context, prefixOrName string) ([]contrechamp.Document, error) {
	rest, given := "WHERE c.digest IN (SELECT capture FROM sighting WHERE name = $1)", []any{prefixOrName}
	if prefix := strings.ToLower(prefixOrName); len(prefix) >= shortestPrefix && len(prefix) <= 64 && strings.Trim(prefix, "0123456789abcdef") == "" {
		// digits come before g: the range of all digests with that beginning
		rest += " OR c.digest >= $2 AND c.digest < $3"
		given = append(given, prefix, prefix+"g")
	}
	given = append(given, mostFound)
	rest += newestDocuments + fmt.Sprintf(" LIMIT CAST($%d AS BIGINT)", len(given))
	out, err := documents(ctx, s.readers, rest, given...)
	return out, failed(ctx, fmt.Sprintf("find document %q", prefixOrName), err)
}
