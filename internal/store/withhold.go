package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"contrechamp.org/contrechamp"
)

const (
	selectToWithhold  = `SELECT c.length, c.state FROM capture c WHERE c.digest = $1` // and lockRows
	insertWithholding = `INSERT INTO withholding (capture, ground, reason, dated, withheld_by, withheld_at, claims, erased)
		VALUES ($1, $2, $3, $4, $5, $6, (SELECT COUNT(*) FROM claim WHERE document = $1 AND state IN ('proposed', 'accepted')), 0)`
	// the capture's own bytes, and the records of exchanges that brought them or told that they are gone
	insertWithheldBytes = `INSERT INTO withheld_bytes (digest, capture)
		SELECT digest, digest FROM capture WHERE digest = $1
		UNION SELECT exchange, $1 FROM sighting WHERE capture = $1 AND exchange <> ''
		UNION SELECT exchange, $1 FROM absence WHERE ` + onlyHere + `
		ON CONFLICT (digest) DO NOTHING`
	// addresses at which nothing else was met
	onlyHere = `address IN (SELECT s.path FROM sighting s WHERE s.capture = $1 AND s.exchange <> '')
		AND address NOT IN (SELECT s.path FROM sighting s WHERE s.capture <> $1 AND s.exchange <> '')`
	setWithheld = `UPDATE capture SET state = 'withheld', reason = $2, name = '', path = '', reading = NULL WHERE digest = $1`
	emptyClaims = `UPDATE claim SET state = 'withheld', note = '', published = '', predicate = '', start = 0, modality = 'asserted', body = '{}' WHERE document = $1`
	// entities of the claims of one document, with whether a claim of another names them
	selectNamed = `SELECT DISTINCT e.entity, x.body, EXISTS (SELECT 1 FROM claim_entity o JOIN claim k ON k.id = o.claim
		WHERE o.entity = e.entity AND k.document <> $1 AND k.state <> 'withheld') FROM claim_entity e
		JOIN claim c ON c.id = e.claim JOIN entity x ON x.id = e.entity WHERE c.document = $1 ORDER BY e.entity`

	withholdingFields  = `w.capture, w.ground, w.reason, w.dated, w.withheld_by, w.withheld_at, w.erased`
	selectWithholdings = `SELECT ` + withholdingFields + `, w.claims FROM withholding w `
	// with how many claims were about an entity
	selectWithheldAbout = `SELECT ` + withholdingFields + `, COUNT(*) FROM withholding w JOIN claim k ON k.document = w.capture
		JOIN claim_entity e ON e.claim = k.id AND e.role = 'about' WHERE e.entity = $1 GROUP BY w.capture `
	latestWithholdings = `ORDER BY w.withheld_at DESC, w.capture`
)

// Withhold implements contrechamp.Withheld.
func (s *Database) Withhold(ctx context.Context, w contrechamp.Withholding) (contrechamp.Withholding, error) {
	doing := "withhold " + w.Capture.Short()
	if _, err := contrechamp.ParseGround(string(w.Ground)); err != nil {
		return w, fmt.Errorf("%s: %w", doing, err)
	}
	if w.Reason = strings.TrimSpace(storable(w.Reason)); w.Reason == "" || w.At.IsZero() {
		return w, fmt.Errorf("%s: a reason and a time are needed: %w", doing, contrechamp.ErrInvalid)
	}
	err := s.write(ctx, doing, false, func(t tx) error { return withhold(ctx, t, w) })
	if err != nil {
		return w, err
	}
	return s.Withholding(ctx, w.Capture)
}

func withhold(ctx context.Context, t tx, w contrechamp.Withholding) error {
	digest := w.Capture.String()
	var length int64
	var state contrechamp.ReadState
	switch err := one(ctx, t, selectToWithhold+t.store.engine.lockRows(), []any{digest}, &length, &state); {
	case errors.Is(err, sql.ErrNoRows):
		return contrechamp.ErrNotFound
	case err != nil:
		return err
	case state == contrechamp.StateWithheld:
		return fmt.Errorf("it is withheld already: %w", contrechamp.ErrConflict)
	}
	if _, err := t.exec(ctx, insertWithholding, digest, string(w.Ground), w.Reason, w.Dated.String(), w.By, micros(w.At)); err != nil {
		return err
	}
	if _, err := t.exec(ctx, insertWithheldBytes, digest); err != nil {
		return err
	}
	if err := forgetClaims(ctx, t, digest); err != nil {
		return err
	}
	if err := t.store.engine.index().forget(ctx, t, digest); err != nil {
		return err
	}
	if err := forgetLikenessOf(ctx, t, w.Capture); err != nil {
		return err
	}
	for _, forget := range []string{`DELETE FROM absence WHERE ` + onlyHere, `DELETE FROM sighting WHERE capture = $1`, `DELETE FROM contribution WHERE capture = $1`} {
		if _, err := t.exec(ctx, forget, digest); err != nil {
			return err
		}
	}
	if _, err := t.exec(ctx, setWithheld, digest, w.Sentence()); err != nil {
		return err
	}
	if _, err := t.exec(ctx, `DELETE FROM reading WHERE capture = $1`, digest); err != nil {
		return err
	}
	salt := contrechamp.NewSalt()
	row, err := leafRow(contrechamp.WithholdingLeaf(w.Capture, length, w.At, "withheld: "+string(w.Ground), w.Reason, w.Dated.String(), w.By, salt), salt)
	if err != nil {
		return err
	}
	return putLeaves(ctx, t, [][]any{row})
}

// forgetClaims leaves of a document's claims their IDs, their subjects and who decided on them when.
func forgetClaims(ctx context.Context, t tx, digest string) error {
	before, err := countsOf(ctx, t, []string{digest})
	if err != nil {
		return err
	}
	subjects := map[string]bool{}
	var ids, alone []string // entities; those that only this document names
	err = rows(ctx, t, func(r *sql.Rows) error {
		var id, body string
		var elsewhere bool
		if err := r.Scan(&id, &body, &elsewhere); err != nil {
			return err
		}
		var e contrechamp.Entity
		if err := unpack("entity "+id, body, &e); err != nil {
			return err
		}
		ids = append(ids, id)
		if !elsewhere && e.Source == sourceDocument {
			alone = append(alone, id)
		} else {
			subjects[id] = true
		}
		return nil
	}, selectNamed, digest)
	if err != nil {
		return err
	}
	if err := lockEntities(ctx, t, ids); err != nil {
		return err
	}
	if _, err := t.exec(ctx, emptyClaims, digest); err != nil {
		return err
	}
	for _, forget := range []string{
		`UPDATE decision SET note = '' WHERE claim IN (SELECT id FROM claim WHERE document = $1)`,
		`DELETE FROM claim_entity WHERE role = 'value' AND claim IN (SELECT id FROM claim WHERE document = $1)`,
	} {
		if _, err := t.exec(ctx, forget, digest); err != nil {
			return err
		}
	}
	after, err := countsOf(ctx, t, []string{digest})
	if err != nil {
		return err
	}
	if err := addCounts(ctx, t, before, after); err != nil {
		return err
	}
	// what is kept of disagreements has the values of claims: it is looked for anew
	for _, id := range slices.Sorted(maps.Keys(subjects)) {
		if _, err := t.exec(ctx, `DELETE FROM disagreement WHERE subject = $1`, id); err != nil {
			return err
		}
	}
	for _, id := range alone {
		for _, forget := range []string{`DELETE FROM disagreement WHERE subject = $1`, `DELETE FROM stale_subject WHERE subject = $1`,
			`DELETE FROM claim_entity WHERE entity = $1`, `DELETE FROM entity_name WHERE entity = $1`, `DELETE FROM entity WHERE id = $1`} {
			if _, err := t.exec(ctx, forget, id); err != nil {
				return err
			}
		}
	}
	return markStale(ctx, t, subjects)
}

// sourceDocument is the Source of entities that the lexicon does not know.
const sourceDocument = "document"

// forgetLikenessOf takes a capture out of those that say the same; who it was the original of look for another.
func forgetLikenessOf(ctx context.Context, t tx, d contrechamp.Digest) error {
	if _, err := t.exec(ctx, forgetLikeness, numberOf(d)); err != nil {
		return err
	}
	for _, forget := range []string{`UPDATE original SET original = capture, unsorted = 1 WHERE original = $1 AND capture <> $1`, `DELETE FROM original WHERE capture = $1`} {
		if _, err := t.exec(ctx, forget, d.String()); err != nil {
			return err
		}
	}
	return nil
}

// EraseWithheld implements contrechamp.Withheld.
func (s *Database) EraseWithheld(ctx context.Context, blobs contrechamp.Blobs) (int, error) {
	const doing = "erase what is withheld"
	if s.writer == nil {
		return 0, fmt.Errorf("%s: the store was opened for reading: %w", doing, contrechamp.ErrConflict)
	}
	// all of them each time: what was withheld may have been brought again by a program that died before it was refused
	names, err := column[string](ctx, s.readers, `SELECT digest FROM withheld_bytes ORDER BY digest`)
	if err != nil {
		return 0, failed(ctx, doing, err)
	}
	for _, name := range names {
		d, err := digestOf(name)
		if err != nil {
			return 0, failed(ctx, doing, err)
		}
		there, err := blobs.Has(ctx, d)
		if err == nil && there {
			err = blobs.Delete(ctx, d)
		}
		if err != nil {
			return 0, fmt.Errorf("%s: %w", doing, err)
		}
	}
	pending, err := column[string](ctx, s.readers, `SELECT capture FROM withholding WHERE erased = 0 ORDER BY capture`)
	if err != nil || len(pending) == 0 {
		return 0, failed(ctx, doing, err)
	}
	if err := s.scrub(ctx); err != nil {
		return 0, err
	}
	return len(pending), s.write(ctx, doing, true, func(t tx) error {
		for _, digest := range pending {
			if _, err := t.exec(ctx, `UPDATE withholding SET erased = 1 WHERE capture = $1`, digest); err != nil {
				return err
			}
		}
		return nil
	})
}

// scrub removes what deleted rows left in the database's own files.
func (s *Database) scrub(ctx context.Context) error {
	const doing = "remove what deleted rows left in the database's files"
	if err := s.fault(); err != nil {
		return failed(ctx, doing, err)
	}
	err := s.engine.scrub(ctx, s.writer)
	if err != nil && contrechamp.Hint(err) == "" {
		err = contrechamp.WithHint(err, "what is withheld is shown nowhere; the rest is done when the register is opened for writing next: contrechamp work --until-empty")
	}
	return failed(ctx, doing, err)
}

// Withholdings implements contrechamp.Withheld.
func (s *Database) Withholdings(ctx context.Context, f contrechamp.WithholdingFilter) ([]contrechamp.Withholding, error) {
	query, given := selectWithholdings, []any(nil)
	if f.About != "" {
		query, given = selectWithheldAbout, []any{f.About}
	}
	out, err := s.withholdings(ctx, query+latestWithholdings, given...)
	return out, failed(ctx, "list what is withheld", err)
}

// Withholding implements contrechamp.Withheld.
func (s *Database) Withholding(ctx context.Context, d contrechamp.Digest) (contrechamp.Withholding, error) {
	out, err := s.withholdings(ctx, selectWithholdings+`WHERE w.capture = $1`, d.String())
	if err == nil && len(out) == 0 {
		err = contrechamp.ErrNotFound
	}
	if err != nil {
		return contrechamp.Withholding{}, failed(ctx, "why "+d.Short()+" is withheld", err)
	}
	return out[0], nil
}

func (s *Database) withholdings(ctx context.Context, query string, given ...any) ([]contrechamp.Withholding, error) {
	var out []contrechamp.Withholding
	err := rows(ctx, s.readers, func(r *sql.Rows) error {
		var w contrechamp.Withholding
		var digest, dated string
		var at int64
		err := r.Scan(&digest, &w.Ground, &w.Reason, &dated, &w.By, &at, &w.Erased, &w.Claims)
		if err != nil {
			return err
		}
		if w.Capture, err = digestOf(digest); err != nil {
			return err
		}
		if w.Dated, err = dateOf(dated); err != nil {
			return err
		}
		w.At = timeOf(at)
		out = append(out, w)
		return nil
	}, query, given...)
	return out, err
}

// Elsewhere implements contrechamp.Withheld.
func (s *Database) Elsewhere(ctx context.Context, d contrechamp.Digest) (contrechamp.Elsewhere, error) {
	var e contrechamp.Elsewhere
	for _, ask := range []struct {
		into  *[]contrechamp.Document
		where string
	}{
		{&e.Containers, `WHERE c.state <> 'withheld' AND c.digest IN (SELECT container FROM sighting WHERE capture = $1)`},
		{&e.Contents, `WHERE c.digest IN (SELECT capture FROM sighting WHERE container = $1)`},
		{&e.Copies, `WHERE c.digest <> $1 AND o.original = (SELECT m.original FROM original m WHERE m.capture = $1)`},
	} {
		found, err := documents(ctx, s.readers, ask.where+newestDocuments, d.String())
		if err != nil {
			return e, failed(ctx, "where "+d.Short()+" also is", err)
		}
		*ask.into = found
	}
	return e, nil
}

// ErasedBytes implements contrechamp.Withheld.
func (s *Database) ErasedBytes(ctx context.Context, digests []contrechamp.Digest) (map[contrechamp.Digest]bool, error) {
	names := make([]string, len(digests))
	for i, d := range digests {
		names[i] = d.String()
	}
	out := map[contrechamp.Digest]bool{}
	err := inBatches(names, func(in string, given []any) error {
		found, err := column[string](ctx, s.readers, `SELECT digest FROM withheld_bytes WHERE digest IN `+in, given...)
		for _, name := range found {
			d, err := digestOf(name)
			if err != nil {
				return err
			}
			out[d] = true
		}
		return err
	})
	return out, failed(ctx, "look what must not be kept", err)
}
