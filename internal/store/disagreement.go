package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"

	"contrechamp.org/contrechamp"
)

// storedDisagreement is a disagreement with the IDs of its claims, so that it shows them as they are now.
type storedDisagreement struct {
	Subject   contrechamp.EntityRef
	Predicate contrechamp.Predicate
	Kind      contrechamp.DisagreementKind
	Sides     []storedSide
}

type storedSide struct {
	Modality contrechamp.Modality
	Value    contrechamp.Value
	Claims   []string
}

const (
	// nobody else puts the subject's meanwhile
	selectSubject      = `SELECT c.id FROM entity c WHERE c.id = $1` // and lockRows
	selectPut          = `SELECT put FROM stale_subject WHERE subject = $1`
	insertDisagreement = `INSERT INTO disagreement (subject, id, published, proposed_at, body) VALUES ($1, $2, $3, $4, $5)`
	selectStale        = `SELECT subject, changes FROM stale_subject WHERE changes > put ORDER BY subject LIMIT $1`
	selectFigures      = `SELECT
		(SELECT COUNT(*) FROM capture), (SELECT COUNT(*) FROM capture WHERE state = 'waiting'),
		(SELECT COUNT(*) FROM capture WHERE state = 'not read'), (SELECT COUNT(*) FROM withholding),
		(SELECT COUNT(*) FROM claim WHERE state IN ('proposed', 'accepted')),
		(SELECT COUNT(*) FROM claim WHERE state = 'accepted'), (SELECT COUNT(*) FROM claim WHERE state = 'rejected'),
		(SELECT COUNT(*) FROM entity WHERE claims > 0), (SELECT COUNT(*) FROM disagreement)`
)

// markStale notes subjects whose disagreements must be looked for again.
func markStale(ctx context.Context, t tx, subjects map[string]bool) error {
	var rows [][]any
	for _, id := range slices.Sorted(maps.Keys(subjects)) { // in one order, as in saveEntities
		rows = append(rows, []any{id, 1})
	}
	return insertMany(ctx, t, "stale_subject", []string{"subject", "changes"}, rows, "", "ON CONFLICT (subject) DO UPDATE SET changes = stale_subject.changes + 1")
}

// StaleSubjects implements contrechamp.Disagreements. It remembers what it answered: a claim that changes between
// this and PutDisagreements keeps its subject stale.
func (s *Database) StaleSubjects(ctx context.Context, limit int) ([]string, error) {
	most := everything
	if limit > 0 {
		most = int64(limit)
	}
	s.handedMu.Lock()
	defer s.handedMu.Unlock()
	var out []string
	err := rows(ctx, s.readers, func(r *sql.Rows) error {
		var id string
		var changes int64
		if err := r.Scan(&id, &changes); err != nil {
			return err
		}
		s.handed[id] = changes
		out = append(out, id)
		return nil
	}, selectStale, most)
	return out, failed(ctx, "list what changed", err)
}

// PutDisagreements implements contrechamp.Disagreements.
func (s *Database) PutDisagreements(ctx context.Context, subject string, found []contrechamp.Disagreement) error {
	s.handedMu.Lock()
	seen, handed := s.handed[subject]
	s.handedMu.Unlock()
	err := s.write(ctx, "keep the disagreements about "+subject, true, func(t tx) error {
		var id string
		if err := one(ctx, t, selectSubject+s.engine.lockRows(), []any{subject}, &id); err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if handed {
			var put int64
			if err := one(ctx, t, selectPut, []any{subject}, &put); err != nil && !errors.Is(err, sql.ErrNoRows) {
				return err
			}
			if put > seen {
				return nil // another program has put a newer view meanwhile
			}
		} else {
			seen = everything // nobody asked: whoever puts knows all
		}
		if _, err := t.exec(ctx, "DELETE FROM disagreement WHERE subject = $1", subject); err != nil {
			return err
		}
		for _, d := range found {
			if err := putDisagreement(ctx, t, subject, d); err != nil {
				return fmt.Errorf("disagreement %q: %w", d.ID, err)
			}
		}
		_, err := t.exec(ctx, "UPDATE stale_subject SET put = CASE WHEN changes < $2 THEN changes ELSE $2 END WHERE subject = $1", subject, seen)
		return err
	})
	if err == nil {
		s.handedMu.Lock()
		delete(s.handed, subject)
		s.handedMu.Unlock()
	}
	return err
}

func putDisagreement(ctx context.Context, t tx, subject string, d contrechamp.Disagreement) error {
	stored := storedDisagreement{Subject: d.Subject, Predicate: d.Predicate, Kind: d.Kind}
	var published string
	var proposed int64
	for _, side := range d.Sides {
		kept := storedSide{Modality: side.Modality, Value: side.Value}
		for _, c := range side.Claims {
			kept.Claims = append(kept.Claims, c.ID)
			published = max(published, c.Source.Published.String())
			proposed = max(proposed, micros(c.ProposedAt))
		}
		stored.Sides = append(stored.Sides, kept)
	}
	body, err := pack(stored)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, insertDisagreement, subject, d.ID, published, proposed, body)
	return err
}

// Disagreements implements contrechamp.Disagreements. Claims that are gone, rejected or withdrawn since are left
// out, and with them a disagreement that they leave with one side.
func (s *Database) Disagreements(ctx context.Context, subject string, limit int) ([]contrechamp.Disagreement, error) {
	out, err := s.disagreements(ctx, subject, limit)
	return out, failed(ctx, "list disagreements", err)
}

func (s *Database) disagreements(ctx context.Context, subject string, limit int) ([]contrechamp.Disagreement, error) {
	rest, given := "", []any(nil)
	if subject != "" {
		rest, given = "WHERE subject = $1", []any{subject}
	}
	rest += " ORDER BY published DESC, proposed_at DESC, subject, id"
	var out []contrechamp.Disagreement
	for offset := 0; ; offset += limit {
		query, args := page(rest, given, limit, offset)
		part, n, err := s.disagreementPage(ctx, query, args)
		if err != nil {
			return nil, err
		}
		out = append(out, part...)
		if limit <= 0 || n < limit {
			return out, nil
		}
		if len(out) >= limit {
			return out[:limit], nil
		}
	}
}

// disagreementPage answers a page of disagreements that still hold, and how many were kept on it.
func (s *Database) disagreementPage(ctx context.Context, rest string, given []any) (out []contrechamp.Disagreement, n int, err error) {
	var stored []storedDisagreement
	var names, ids []string
	err = rows(ctx, s.readers, func(r *sql.Rows) error {
		var id, body string
		var d storedDisagreement
		if err := r.Scan(&id, &body); err != nil {
			return err
		}
		if err := unpack("disagreement "+id, body, &d); err != nil {
			return err
		}
		names, stored = append(names, id), append(stored, d)
		for _, side := range d.Sides {
			ids = append(ids, side.Claims...)
		}
		return nil
	}, "SELECT id, body FROM disagreement "+rest, given...)
	if err != nil {
		return nil, 0, err
	}
	current, err := claimsOf(ctx, s.readers, ids)
	if err != nil {
		return nil, 0, err
	}
	for i, d := range stored {
		now := contrechamp.Disagreement{ID: names[i], Subject: d.Subject, Predicate: d.Predicate, Kind: d.Kind}
		for _, kept := range d.Sides {
			side := contrechamp.Side{Modality: kept.Modality, Value: kept.Value}
			for _, id := range kept.Claims {
				if c, still := current[id]; still && (c.State == contrechamp.Proposed || c.State == contrechamp.Accepted) {
					side.Claims = append(side.Claims, c)
				}
			}
			if len(side.Claims) > 0 {
				now.Sides = append(now.Sides, side)
			}
		}
		if len(now.Sides) > 1 {
			out = append(out, now)
		}
	}
	return out, len(stored), nil
}

// Figures implements contrechamp.Disagreements.
func (s *Database) Figures(ctx context.Context) (contrechamp.Figures, error) {
	var f contrechamp.Figures
	err := one(ctx, s.readers, selectFigures, nil, &f.Documents, &f.Waiting, &f.NotRead, &f.Withheld, &f.Claims, &f.Accepted, &f.Rejected, &f.Dossiers, &f.Disagreements)
	return f, failed(ctx, "count what is kept", err)
}
