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
	selectTurn      = `SELECT COUNT(*) + 1 FROM decision WHERE claim = $1`
	insertDecision  = `INSERT INTO decision (claim, turn, state, note, decided_by, decided_at) VALUES ($1, $2, $3, $4, $5, $6)`
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
		documents, err := lockDecided(ctx, t, decisions)
		if err != nil {
			return err
		}
		before, err := countsOf(ctx, t, documents)
		if err != nil {
			return err
		}
		touched := map[string]bool{}
		leaves := make([][]any, len(decisions))
		for i, d := range decisions {
			if err := decide(ctx, t, d, touched); err != nil {
				return fmt.Errorf("claim %q: %w", d.Claim, err)
			}
			salt := contrechamp.NewSalt()
			if leaves[i], err = leafRow(contrechamp.DecisionLeaf(d, salt), salt); err != nil {
				return fmt.Errorf("claim %q: %w", d.Claim, err)
			}
		}
		if err := putLeaves(ctx, t, leaves); err != nil {
			return err
		}
		after, err := countsOf(ctx, t, documents)
		if err != nil {
			return err
		}
		if err := addCounts(ctx, t, before, after); err != nil {
			return err
		}
		return markStale(ctx, t, touched)
	})
}

// lockDecided answers the documents of the claims that are decided on, each once, and keeps others from counting their
// claims meanwhile.
func lockDecided(ctx context.Context, t tx, decisions []contrechamp.Decision) ([]string, error) {
	documents := map[string]bool{}
	for _, d := range decisions {
		var document string
		var state contrechamp.State
		err := one(ctx, t, "SELECT document, state FROM claim WHERE id = $1", []any{d.Claim}, &document, &state)
		if errors.Is(err, sql.ErrNoRows) {
			err = contrechamp.ErrNotFound
		}
		if err == nil && state == contrechamp.ClaimWithheld {
			err = contrechamp.ErrWithheld
		}
		if err != nil {
			return nil, fmt.Errorf("claim %q: %w", d.Claim, err)
		}
		documents[document] = true
	}
	digests := slices.Sorted(maps.Keys(documents))
	return digests, inBatches(digests, func(in string, given []any) error {
		_, err := column[string](ctx, t, "SELECT c.digest FROM capture c WHERE c.digest IN "+in+" ORDER BY c.digest"+t.store.engine.lockRows(), given...)
		return err
	})
}

func decide(ctx context.Context, t tx, d contrechamp.Decision, touched map[string]bool) error {
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
