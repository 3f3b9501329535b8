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
	// how many of a subject's claims have one value at a time, and how many deny, or were kept before that was noted
	selectContested = `SELECT e.entity, SUM(CASE WHEN c.predicate IN (%s) THEN 1 ELSE 0 END), SUM(CASE WHEN c.modality IN ('denied', '') THEN 1 ELSE 0 END)
		FROM claim_entity e JOIN claim c ON c.id = e.claim WHERE e.role = 'about' AND e.entity IN %s GROUP BY e.entity`
	selectStale   = `SELECT subject, changes FROM stale_subject WHERE changes > put ORDER BY subject LIMIT CAST($1 AS BIGINT)`
	selectFigures = `SELECT
		(SELECT COUNT(*) FROM capture) - (SELECT COUNT(*) FROM capture WHERE state = 'awaiting review'), (SELECT COUNT(*) FROM capture WHERE state = 'waiting'),
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

// Contested implements contrechamp.Disagreements.
func (s *Database) Contested(ctx context.Context, subjects []string) (map[string]bool, error) {
	out := map[string]bool{}
	single := contrechamp.SingleValued()
	err := inBatches(subjects, func(in string, given []any) error {
		for _, p := range single {
			given = append(given, string(p))
		}
		query := fmt.Sprintf(selectContested, list(len(given)-len(single)+1, len(single)), in)
		return rows(ctx, s.readers, func(r *sql.Rows) error {
			var subject string
			var values, denials int
			if err := r.Scan(&subject, &values, &denials); err != nil {
				return err
			}
			out[subject] = values > 1 || denials > 0
			return nil
		}, query, given...)
	})
	return out, failed(ctx, "look what may be disagreed about", err)
}

// PutDisagreements implements contrechamp.Disagreements.
func (s *Database) PutDisagreements(ctx context.Context, views ...contrechamp.View) error {
	if len(views) == 0 {
		return nil
	}
	// in one order, as in saveEntities
	views = slices.SortedFunc(slices.Values(views), func(a, b contrechamp.View) int { return strings.Compare(a.Subject, b.Subject) })
	doing := "keep the disagreements about " + views[0].Subject
	if len(views) > 1 {
		doing += fmt.Sprintf(" and %d others", len(views)-1)
	}
	seen := map[string]int64{}
	s.handedMu.Lock()
	for _, v := range views {
		if changes, handed := s.handed[v.Subject]; handed {
			seen[v.Subject] = changes
		}
	}
	s.handedMu.Unlock()
	err := s.write(ctx, doing, true, func(t tx) error {
		for _, v := range views {
			changes, handed := seen[v.Subject]
			if err := putView(ctx, t, v, changes, handed); err != nil {
				return fmt.Errorf("about %s: %w", v.Subject, err)
			}
		}
		return nil
	})
	if err == nil {
		s.handedMu.Lock()
		for _, v := range views {
			delete(s.handed, v.Subject)
		}
		s.handedMu.Unlock()
	}
	return err
}

// putView puts what was found about one subject, when its changes had been counted up to seen.
func putView(ctx context.Context, t tx, v contrechamp.View, seen int64, handed bool) error {
	var id string
	if err := one(ctx, t, selectSubject+t.store.engine.lockRows(), []any{v.Subject}, &id); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if handed {
		var put int64
		if err := one(ctx, t, selectPut, []any{v.Subject}, &put); err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if put > seen {
			return nil // another program has put a newer view meanwhile
		}
	} else {
		seen = everything // nobody asked: whoever puts knows all
	}
	if _, err := t.exec(ctx, "DELETE FROM disagreement WHERE subject = $1", v.Subject); err != nil {
		return err
	}
	for _, d := range v.Found {
		if err := putDisagreement(ctx, t, v.Subject, d); err != nil {
			return fmt.Errorf("disagreement %q: %w", d.ID, err)
		}
	}
	_, err := t.exec(ctx, "UPDATE stale_subject SET put = CASE WHEN changes < $2 THEN changes ELSE $2 END WHERE subject = $1", v.Subject, seen)
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
