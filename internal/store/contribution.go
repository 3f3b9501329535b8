package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"contrechamp.org/contrechamp"
)

const (
	insertAwaiting = `INSERT INTO capture (digest, length, media_type, captured_at, state, reason, name, path, seen_at, sightings)
		VALUES ($1, $2, 'image/jpeg', $3, 'awaiting review', '', $4, $5, $3, 1) ON CONFLICT (digest) DO NOTHING`
	insertContribution  = `INSERT INTO contribution (capture, received_at, state, decided_by, decided_at, body) VALUES ($1, $2, $3, '', $4, $5)`
	selectContributions = `SELECT capture, received_at, state, decided_by, decided_at, body FROM contribution `
	acceptContribution  = `UPDATE contribution SET state = 'accepted', decided_by = $2, decided_at = $3 WHERE capture = $1 AND state = 'awaiting review'`
	letRead             = `UPDATE capture SET state = 'waiting' WHERE digest = $1 AND state = 'awaiting review'`
)

// storedContribution is the part of a contribution that no query looks into.
type storedContribution struct {
	HasPlace     bool
	Lat, Lon     float64
	Direction    *float64
	Taken        contrechamp.Date
	Note         string
	Faces, Boxes int
}

// contributionName is what a photograph is called: its own name is not asked for.
const contributionName = "photograph.jpg"

// RecordContribution implements contrechamp.Contributions.
func (s *Database) RecordContribution(ctx context.Context, length int64, c contrechamp.Contribution) error {
	doing := "record the contribution " + c.Capture.Short()
	c.Note = storable(c.Note)
	if err := c.Check(); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	body, err := pack(storedContribution{c.HasPlace, c.Lat, c.Lon, c.Direction, c.Taken, c.Note, c.Faces, c.Boxes})
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	digest, at := c.Capture.String(), micros(c.ReceivedAt)
	sighting := contrechamp.Sighting{Capture: c.Capture, Name: contributionName, Path: contrechamp.ContributionPath, CapturedAt: c.ReceivedAt}
	return s.write(ctx, doing, false, func(t tx) error {
		done, err := t.exec(ctx, insertAwaiting, digest, length, at, contributionName, contrechamp.ContributionPath)
		if err != nil {
			return err
		}
		if fresh, err := changed(done); err != nil || !fresh {
			if err == nil {
				err = fmt.Errorf("the picture is known: %w", contrechamp.ErrConflict)
			}
			return err
		}
		if _, err := t.exec(ctx, insertSighting, digest, sighting.Path, micros(sighting.ModifiedAt), "", sighting.Name, at, "", 0, "", "", ""); err != nil {
			return err
		}
		if _, err := t.exec(ctx, insertContribution, digest, at, string(contrechamp.ContributionWaiting), micros(time.Time{}), body); err != nil {
			return err
		}
		salt := contrechamp.NewSalt()
		row, err := leafRow(contrechamp.CaptureLeaf(sighting, length, contrechamp.Digest{}, salt), salt)
		if err != nil {
			return err
		}
		return putLeaves(ctx, t, [][]any{row})
	})
}

// AcceptContribution implements contrechamp.Contributions.
func (s *Database) AcceptContribution(ctx context.Context, d contrechamp.Digest, by string, at time.Time) error {
	digest := d.String()
	jobs := toRead([]string{digest}, func(string) contrechamp.Priority { return contrechamp.Usual })
	err := s.write(ctx, "accept the contribution "+d.Short(), true, func(t tx) error {
		done, err := t.exec(ctx, acceptContribution, digest, by, micros(at))
		if err != nil {
			return err
		}
		if set, err := changed(done); err != nil {
			return err
		} else if !set {
			var known int
			if err := one(ctx, t, `SELECT COUNT(*) FROM contribution WHERE capture = $1`, []any{digest}, &known); err != nil {
				return err
			}
			if known == 0 {
				return contrechamp.ErrNotFound
			}
			return fmt.Errorf("it was decided on: %w", contrechamp.ErrConflict)
		}
		if _, err := t.exec(ctx, letRead, digest); err != nil {
			return err
		}
		return s.enqueue(ctx, t, jobs)
	})
	if err == nil {
		s.enlist(ctx, jobs)
	}
	return err
}

// Contributions implements contrechamp.Contributions.
func (s *Database) Contributions(ctx context.Context, waiting bool) ([]contrechamp.Contribution, error) {
	query, given := selectContributions, []any(nil)
	if waiting {
		query, given = query+`WHERE state = $1 `, []any{string(contrechamp.ContributionWaiting)}
	}
	out, err := s.contributions(ctx, query+`ORDER BY received_at, capture`, given...)
	return out, failed(ctx, "list the contributions", err)
}

// Contribution implements contrechamp.Contributions.
func (s *Database) Contribution(ctx context.Context, d contrechamp.Digest) (contrechamp.Contribution, error) {
	out, err := s.contributions(ctx, selectContributions+`WHERE capture = $1`, d.String())
	if err == nil && len(out) == 0 {
		err = contrechamp.ErrNotFound
	}
	if err != nil {
		return contrechamp.Contribution{}, failed(ctx, "contribution "+d.Short(), err)
	}
	return out[0], nil
}

func (s *Database) contributions(ctx context.Context, query string, given ...any) ([]contrechamp.Contribution, error) {
	var out []contrechamp.Contribution
	err := rows(ctx, s.readers, func(r *sql.Rows) error {
		var c contrechamp.Contribution
		var digest, body string
		var received, decided int64
		err := r.Scan(&digest, &received, &c.State, &c.By, &decided, &body)
		if err != nil {
			return err
		}
		if c.Capture, err = digestOf(digest); err != nil {
			return err
		}
		var b storedContribution
		if err := unpack("contribution "+digest, body, &b); err != nil {
			return err
		}
		c.ReceivedAt, c.DecidedAt = timeOf(received), timeOf(decided)
		c.HasPlace, c.Lat, c.Lon, c.Direction, c.Taken, c.Note, c.Faces, c.Boxes = b.HasPlace, b.Lat, b.Lon, b.Direction, b.Taken, b.Note, b.Faces, b.Boxes
		out = append(out, c)
		return nil
	}, query, given...)
	return out, err
}
