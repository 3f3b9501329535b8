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
	unsort         = `INSERT INTO original (capture, original, unsorted, number, sketch) VALUES ($1, $1, 1, $2, $3)
		ON CONFLICT (capture) DO UPDATE SET unsorted = 1, sketch = excluded.sketch`
	selectUnsorted = `SELECT o.capture, o.original, f.captured_at, o.sketch FROM original o JOIN capture c ON c.digest = o.capture
		JOIN capture f ON f.digest = o.original WHERE o.unsorted = 1 ORDER BY c.captured_at, o.capture LIMIT CAST($1 AS BIGINT)`
	// and the sketch's numbers, and rankAlike
	selectAlike = `SELECT o.capture, o.original, c.captured_at, '' FROM
		(SELECT number, COUNT(*) AS shared FROM likeness WHERE band IN (`
	// CROSS JOIN: SQLite keeps the order that is written, and does not walk all originals to find a few
	rankAlike = `) GROUP BY number) alike CROSS JOIN original o CROSS JOIN capture c
		WHERE o.number = alike.number AND o.original = o.capture AND o.unsorted = 0 AND c.digest = o.capture ORDER BY alike.shared DESC, c.captured_at, o.capture LIMIT CAST($1 AS BIGINT)`
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
	_, err := t.exec(ctx, unsort, text.Capture.String(), number, packSketch(text.Sketch))
	return err
}

// Unsorted implements contrechamp.Copies.
func (s *Database) Unsorted(ctx context.Context, limit int) ([]contrechamp.Twin, error) {
	out, err := twins(ctx, s.readers, selectUnsorted, limit)
	return out, failed(ctx, "list the texts whose original was not looked for", err)
}

// Alike implements contrechamp.Copies.
func (s *Database) Alike(ctx context.Context, sketch []uint64, limit int) ([]contrechamp.Twin, error) {
	if len(sketch) == 0 {
		return nil, nil
	}
	given := []any{limit}
	for _, band := range sketch {
		given = append(given, int64(band)) // both engines have signed integers only
	}
	out, err := twins(ctx, s.readers, selectAlike+list(2, len(sketch))+rankAlike, given...)
	return out, failed(ctx, "originals like a text", err)
}

func twins(ctx context.Context, from asker, query string, args ...any) ([]contrechamp.Twin, error) {
	var out []contrechamp.Twin
	err := rows(ctx, from, func(r *sql.Rows) error {
		var digest, original, sketch string
		var first int64
		err := r.Scan(&digest, &original, &first, &sketch)
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
		if t.Sketch, err = unpackSketch(sketch); err != nil {
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
		final := map[contrechamp.Digest]contrechamp.Digest{}
		var order []contrechamp.Digest
		for _, f := range found {
			if err := putOriginal(ctx, t, f.Copy.String(), f.Original.String()); err != nil {
				return fmt.Errorf("%s, a copy of %s: %w", f.Copy.Short(), f.Original.Short(), err)
			}
			if _, known := final[f.Copy]; !known {
				order = append(order, f.Copy)
			}
			final[f.Copy] = f.Original
		}
		return propose(ctx, t, order, final)
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

// propose lets Alike answer the originals among some captures, and no longer the copies.
func propose(ctx context.Context, t tx, order []contrechamp.Digest, final map[contrechamp.Digest]contrechamp.Digest) error {
	var originals []string
	for _, d := range order {
		if final[d] == d {
			originals = append(originals, d.String())
		} else if _, err := t.exec(ctx, forgetLikeness, numberOf(d)); err != nil {
			return err
		}
	}
	var bands [][]any
	for i := 0; i < len(originals); i += batch {
		part := originals[i:min(i+batch, len(originals))]
		err := rows(ctx, t, func(r *sql.Rows) error {
			var number int64
			var packed string
			if err := r.Scan(&number, &packed); err != nil {
				return err
			}
			sketch, err := unpackSketch(packed)
			for _, band := range sketch {
				bands = append(bands, []any{int64(band), number})
			}
			return err
		}, "SELECT number, sketch FROM original WHERE capture IN ("+list(1, len(part))+") ORDER BY capture", args(part)...)
		if err != nil {
			return err
		}
	}
	return insertMany(ctx, t, "likeness", []string{"band", "number"}, bands, "", "ON CONFLICT (band, number) DO NOTHING")
}

func packSketch(sketch []uint64) string {
	b := make([]byte, 0, 8*len(sketch))
	for _, band := range sketch {
		b = binary.BigEndian.AppendUint64(b, band)
	}
	return base64.RawStdEncoding.EncodeToString(b)
}

func unpackSketch(s string) ([]uint64, error) {
	if s == "" {
		return nil, nil
	}
	b, err := base64.RawStdEncoding.DecodeString(s)
	if err != nil || len(b)%8 != 0 {
		return nil, fmt.Errorf("a stored sketch of %d characters: %w", len(s), contrechamp.ErrAltered)
	}
	sketch := make([]uint64, len(b)/8)
	for i := range sketch {
		sketch[i] = binary.BigEndian.Uint64(b[8*i:])
	}
	return sketch, nil
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
