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

const (
	selectTurn     = `SELECT COUNT(*) + 1 FROM decision WHERE claim = $1`
	insertDecision = `INSERT INTO decision (claim, turn, state, note, decided_by, decided_at) VALUES ($1, $2, $3, $4, $5, $6)`
	// the capture, so that nobody else counts its claims meanwhile
	selectDecided   = `SELECT c.digest FROM capture c JOIN claim k ON k.document = c.digest WHERE k.id = $1` // and lockRows
	setState        = `UPDATE claim SET state = $2, note = $3 WHERE id = $1`
	selectDecisions = `SELECT state, note, decided_by, decided_at FROM decision WHERE claim = $1 ORDER BY turn`
)

// Decide implements contrechamp.Reviewer.
func (s *Database) Decide(ctx context.Context, decisions []contrechamp.Decision) error {
	for _, d := range decisions {
		if _, err := contrechamp.ParseState(string(d.State)); err != nil {
			return fmt.Errorf("decide on claim %q: %w", d.Claim, err)
		}
	}
	if len(decisions) == 0 {
		return nil
	}
	return s.write(ctx, "record decisions", false, func(t tx) error {
		counts := map[string]count{}
		touched := map[string]bool{}
		for _, d := range decisions {
			if err := decide(ctx, t, d, counts, touched); err != nil {
				return fmt.Errorf("claim %q: %w", d.Claim, err)
			}
		}
		for _, document := range slices.Sorted(maps.Keys(counts)) {
			if err := counts[document].finish(ctx, t); err != nil {
				return err
			}
		}
		return markStale(ctx, t, touched)
	})
}

func decide(ctx context.Context, t tx, d contrechamp.Decision, counts map[string]count, touched map[string]bool) error {
	var document string
	err := one(ctx, t, selectDecided+t.store.engine.lockRows(), []any{d.Claim}, &document)
	if errors.Is(err, sql.ErrNoRows) {
		return contrechamp.ErrNotFound
	} else if err != nil {
		return err
	}
	if _, known := counts[document]; !known {
		if counts[document], err = startCount(ctx, t, document); err != nil {
			return err
		}
	}
	var turn int
	if err := one(ctx, t, selectTurn, []any{d.Claim}, &turn); err != nil {
		return err
	}
	if _, err := t.exec(ctx, insertDecision, d.Claim, turn, string(d.State), d.Note, d.By, micros(d.At)); err != nil {
		return err
	}
	if _, err := t.exec(ctx, setState, d.Claim, string(d.State), d.Note); err != nil {
		return err
	}
	about, err := column[string](ctx, t, "SELECT entity FROM claim_entity WHERE claim = $1 AND role = 'about'", d.Claim)
	for _, id := range about {
		touched[id] = true
	}
	return err
}

// Decisions implements contrechamp.Claims. It answers ErrNotFound for a claim that does not exist.
func (s *Database) Decisions(ctx context.Context, id string) ([]contrechamp.Decision, error) {
	var out []contrechamp.Decision
	err := rows(ctx, s.readers, func(r *sql.Rows) error {
		d := contrechamp.Decision{Claim: id}
		var at int64
		if err := r.Scan(&d.State, &d.Note, &d.By, &at); err != nil {
			return err
		}
		d.At = timeOf(at)
		out = append(out, d)
		return nil
	}, selectDecisions, id)
	if err == nil && len(out) == 0 {
		var known int
		err = one(ctx, s.readers, "SELECT 1 FROM claim WHERE id = $1", []any{id}, &known)
	}
	return out, failed(ctx, fmt.Sprintf("decisions on claim %q", id), err)
}
