package store

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"

	"contrechamp.org/contrechamp"
)

const (
	forgetLikeness = `DELETE FROM likeness WHERE number = $1`
	unsort         = `INSERT INTO original (capture, original, unsorted, number) VALUES ($1, $1, 1, $2)
		ON CONFLICT (capture) DO UPDATE SET unsorted = 1`
	selectUnsorted = `SELECT o.capture, o.original, f.captured_at FROM original o JOIN capture c ON c.digest = o.capture
		JOIN capture f ON f.digest = o.original WHERE o.unsorted = 1 ORDER BY c.captured_at, o.capture LIMIT $1`
	selectAlike = `SELECT o.capture, o.original, f.captured_at FROM
		(SELECT other.number AS number, COUNT(*) AS shared FROM likeness mine JOIN likeness other ON other.band = mine.band
			WHERE mine.number = $1 GROUP BY other.number) alike
		JOIN original o ON o.number = alike.number JOIN capture c ON c.digest = o.capture JOIN capture f ON f.digest = o.original
		WHERE o.capture <> $2 ORDER BY alike.shared DESC, c.captured_at, o.capture LIMIT $3`
	setOriginal    = `UPDATE original SET original = $2, unsorted = 0 WHERE capture = $1`
	followOriginal = `UPDATE original SET original = $2 WHERE original = $1 AND capture <> $1`
	hasText        = `SELECT COUNT(*) FROM original WHERE capture = $1`
)

// numberOf is a capture's short number. Two captures with one number are only compared once too often.
func numberOf(d contrechamp.Digest) int64 { return int64(binary.BigEndian.Uint64(d[:8])) }

// saveLikeness keeps a new text's sketch, and notes that its original is to be looked for. again says that the capture
// had another text before.
func saveLikeness(ctx context.Context, t tx, text contrechamp.Text, again bool) error {
	number := numberOf(text.Capture)
	if again {
		if _, err := t.exec(ctx, forgetLikeness, number); err != nil {
			return err
		}
	}
	if len(text.Sketch) > 0 {
		query, given := "INSERT INTO likeness (band, number) VALUES ", []any{number}
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
		if _, err := t.exec(ctx, query+" ON CONFLICT (band, number) DO NOTHING", given...); err != nil {
			return err
		}
	}
	_, err := t.exec(ctx, unsort, text.Capture.String(), number)
	return err
}

// Unsorted implements contrechamp.Copies.
func (s *Database) Unsorted(ctx context.Context, limit int) ([]contrechamp.Twin, error) {
	out, err := twins(ctx, s.readers, selectUnsorted, limit)
	return out, failed(ctx, "list the texts whose original was not looked for", err)
}

// Alike implements contrechamp.Copies.
func (s *Database) Alike(ctx context.Context, d contrechamp.Digest, limit int) ([]contrechamp.Twin, error) {
	out, err := twins(ctx, s.readers, selectAlike, numberOf(d), d.String(), limit)
	return out, failed(ctx, "texts like that of "+d.Short(), err)
}

func twins(ctx context.Context, from asker, query string, args ...any) ([]contrechamp.Twin, error) {
	var out []contrechamp.Twin
	err := rows(ctx, from, func(r *sql.Rows) error {
		var digest, original string
		var first int64
		err := r.Scan(&digest, &original, &first)
		if err != nil {
			return err
		}
		t := contrechamp.Twin{FirstAt: timeOf(first)}
		if t.Digest, err = digestOf(digest); err != nil {
			return err
		}
		if t.Original, err = digestOf(original); err != nil {
			return err
		}
		out = append(out, t)
		return nil
	}, query, args...)
	return out, err
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
	// a copy is not proposed any more: its original is
	digest, err := digestOf(copied)
	if err != nil {
		return err
	}
	if _, err := t.exec(ctx, forgetLikeness, numberOf(digest)); err != nil {
		return err
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
