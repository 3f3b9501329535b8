package store

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"

	"contrechamp.org/contrechamp"
)

const (
	forgetLikeness = `DELETE FROM likeness WHERE capture = $1`
	unsort         = `INSERT INTO original (capture, original, unsorted) VALUES ($1, $1, 1) ON CONFLICT (capture) DO UPDATE SET unsorted = 1`
	selectUnsorted = `SELECT o.capture FROM original o JOIN capture c ON c.digest = o.capture WHERE o.unsorted = 1
		ORDER BY c.captured_at, o.capture LIMIT $1`
	selectAlike = `SELECT other.capture FROM likeness mine JOIN likeness other ON other.band = mine.band AND other.capture <> mine.capture
		JOIN capture c ON c.digest = other.capture WHERE mine.capture = $1
		GROUP BY other.capture, c.captured_at ORDER BY COUNT(*) DESC, c.captured_at, other.capture LIMIT $2`
	setOriginal    = `UPDATE original SET original = $2, unsorted = 0 WHERE capture = $1`
	followOriginal = `UPDATE original SET original = $2 WHERE original = $1 AND capture <> $1`
	hasText        = `SELECT COUNT(*) FROM original WHERE capture = $1`
)

// saveLikeness keeps a new text's sketch, and notes that its original is to be looked for.
func saveLikeness(ctx context.Context, t tx, text contrechamp.Text) error {
	digest := text.Capture.String()
	if _, err := t.exec(ctx, forgetLikeness, digest); err != nil {
		return err
	}
	if len(text.Sketch) > 0 {
		query, given := "INSERT INTO likeness (band, capture) VALUES ", []any{digest}
		seen := map[uint64]bool{}
		for _, band := range text.Sketch {
			if seen[band] {
				continue
			}
			seen[band] = true
			if len(given) > 1 {
				query += ", "
			}
			given = append(given, int64(band)) // both engines have signed integers only
			query += fmt.Sprintf("($%d, $1)", len(given))
		}
		if _, err := t.exec(ctx, query, given...); err != nil {
			return err
		}
	}
	_, err := t.exec(ctx, unsort, digest)
	return err
}

// Unsorted implements contrechamp.Copies.
func (s *Database) Unsorted(ctx context.Context, limit int) ([]contrechamp.Digest, error) {
	out, err := digestsIn(ctx, s.readers, selectUnsorted, limit)
	return out, failed(ctx, "list the texts whose original was not looked for", err)
}

// Alike implements contrechamp.Copies.
func (s *Database) Alike(ctx context.Context, d contrechamp.Digest, limit int) ([]contrechamp.Digest, error) {
	out, err := digestsIn(ctx, s.readers, selectAlike, d.String(), limit)
	return out, failed(ctx, "texts like that of "+d.Short(), err)
}

func digestsIn(ctx context.Context, from asker, query string, args ...any) ([]contrechamp.Digest, error) {
	texts, err := column[string](ctx, from, query, args...)
	if err != nil {
		return nil, err
	}
	var out []contrechamp.Digest
	for _, s := range texts {
		d, err := digestOf(s)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

// PutOriginals implements contrechamp.Copies.
func (s *Database) PutOriginals(ctx context.Context, found []contrechamp.CopyOf) error {
	return s.write(ctx, "put the originals of documents", true, func(t tx) error {
		for _, f := range found {
			if err := putOriginal(ctx, t, f.Copy.String(), f.Original.String()); err != nil {
				return fmt.Errorf("%s, a copy of %s: %w", f.Copy.Short(), f.Original.Short(), err)
			}
		}
		return nil
	})
}

func putOriginal(ctx context.Context, t tx, copied, original string) error {
	done, err := t.exec(ctx, setOriginal, copied, original)
	if err != nil {
		return err
	}
	if known, err := changed(done); err != nil || !known {
		return errors.Join(err, contrechamp.ErrNotFound)
	}
	if copied == original {
		return nil
	}
	var known int
	if err := one(ctx, t, hasText, []any{original}, &known); err != nil {
		return err
	}
	if known == 0 {
		return contrechamp.ErrNotFound
	}
	_, err = t.exec(ctx, followOriginal, copied, original)
	return err
}

func packOrigin(o contrechamp.Origin) (string, error) {
	b, err := o.AppendBinary(nil)
	return base64.RawStdEncoding.EncodeToString(b), err
}

func unpackOrigin(s string) (contrechamp.Origin, error) {
	b, err := base64.RawStdEncoding.DecodeString(s)
	if err != nil {
		return nil, fmt.Errorf("stored origin: %w: %w", err, contrechamp.ErrAltered)
	}
	return contrechamp.ParseOrigin(b)
}
