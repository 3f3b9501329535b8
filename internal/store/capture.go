package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/riverqueue/river"

	"contrechamp.org/contrechamp"
)

const (
	insertCapture = `INSERT INTO capture (digest, length, media_type, captured_at, state, reason, name, path, seen_at, sightings)
		VALUES ($1, $2, $3, $4, 'waiting', '', $5, $6, $7, 0) ON CONFLICT (digest) DO NOTHING`
	insertSighting = `INSERT INTO sighting (capture, path, modified_at, exchange, name, captured_at, container, status, final, said_type, truncated)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (capture, path, modified_at, exchange) DO NOTHING`
	// the latest sighting names the document
	countSighting = `UPDATE capture SET sightings = sightings + 1,
		name = CASE WHEN $2 >= seen_at THEN $3 ELSE name END,
		path = CASE WHEN $2 >= seen_at THEN $4 ELSE path END,
		seen_at = CASE WHEN $2 >= seen_at THEN $2 ELSE seen_at END
		WHERE digest = $1 AND state <> 'withheld'`
	dropSighting   = `DELETE FROM sighting WHERE capture = $1`
	selectWaiting  = `SELECT digest FROM capture WHERE state = 'waiting' AND digest IN (%s)`
	selectReceived = `SELECT length, media_type, captured_at, state, reason, name, path, seen_at,
		COALESCE((SELECT s.modified_at FROM sighting s WHERE s.capture = digest ORDER BY s.captured_at, s.path, s.modified_at LIMIT 1), 0)
		FROM capture WHERE digest = $1`
	sightColumns = `name, path, captured_at, modified_at, container, exchange, status, final, said_type, truncated`
	selectSights = `SELECT ` + sightColumns + ` FROM sighting WHERE capture = $1 ORDER BY captured_at, path, modified_at, exchange`
)

// RecordCaptures implements contrechamp.CaptureRecorder.
func (s *Database) RecordCaptures(ctx context.Context, received []contrechamp.Received) (fresh []bool, err error) {
	for _, r := range received {
		if r.Capture.Digest.IsZero() || !r.Sighting.Capture.IsZero() && r.Sighting.Capture != r.Capture.Digest {
			return nil, fmt.Errorf("record the capture of %s: its digest is missing or not its sighting's: %w", r.Sighting.Path, contrechamp.ErrInvalid)
		}
	}
	if len(received) == 0 {
		return nil, nil
	}
	fresh = make([]bool, len(received))
	priorities := map[string]contrechamp.Priority{}
	for _, r := range received {
		priorities[r.Capture.Digest.String()] = r.Priority
	}
	var jobs []river.InsertManyParams
	err = s.write(ctx, "record captures", true, func(t tx) error {
		digests, err := recordRows(ctx, t, received, fresh)
		if err != nil {
			return err
		}
		waiting, err := waitingOf(ctx, t, digests)
		if err != nil {
			return err
		}
		jobs = toRead(waiting, func(d string) contrechamp.Priority { return priorities[d] })
		return s.enqueue(ctx, t, jobs)
	})
	if err != nil {
		return nil, err
	}
	s.enlist(ctx, jobs)
	return fresh, nil
}

// recordRows writes captures, sightings and their leaves, and answers the digests, each once, in order.
func recordRows(ctx context.Context, t tx, received []contrechamp.Received, fresh []bool) ([]string, error) {
	var digests []string
	var leaves [][]any
	known := map[string]bool{}
	for i, r := range received {
		digest, at := r.Capture.Digest.String(), micros(r.Sighting.CapturedAt)
		if !known[digest] {
			known[digest] = true
			digests = append(digests, digest)
		}
		name, path := storable(r.Sighting.Name), storable(r.Sighting.Path)
		done, err := t.exec(ctx, insertCapture, digest, r.Capture.Length, r.Capture.MediaType, micros(r.Capture.CapturedAt), name, path, at)
		if err != nil {
			return nil, err
		}
		if fresh[i], err = changed(done); err != nil {
			return nil, err
		}
		x := r.Sighting.Exchange
		done, err = t.exec(ctx, insertSighting, digest, path, micros(r.Sighting.ModifiedAt), digestText(x.Records), name, at,
			digestText(r.Sighting.Container), x.Status, storable(x.Final), storable(x.MediaType), string(x.Truncated))
		if err != nil {
			return nil, err
		}
		if new, err := changed(done); err != nil {
			return nil, err
		} else if !new {
			continue
		}
		if done, err = t.exec(ctx, countSighting, digest, at, name, path); err != nil {
			return nil, err
		}
		if counted, err := changed(done); err != nil {
			return nil, err
		} else if !counted { // it is withheld, and so is where it was met
			if _, err := t.exec(ctx, dropSighting, digest); err != nil {
				return nil, err
			}
			continue
		}
		// of the sighting as it was recorded, so that the leaf can be checked against the row
		sighting := r.Sighting
		sighting.Capture, sighting.Name, sighting.Path = r.Capture.Digest, name, path
		salt := contrechamp.NewSalt()
		leaf, err := leafRow(contrechamp.CaptureLeaf(sighting, r.Capture.Length, x.Records, salt), salt)
		if err != nil {
			return nil, err
		}
		leaves = append(leaves, leaf)
	}
	return digests, putLeaves(ctx, t, leaves)
}

// waitingOf answers which of the captures wait to be read, in their order.
func waitingOf(ctx context.Context, t tx, digests []string) ([]string, error) {
	waits := map[string]bool{}
	for from := 0; from < len(digests); from += batch {
		part := digests[from:min(from+batch, len(digests))]
		found, err := column[string](ctx, t, fmt.Sprintf(selectWaiting, list(1, len(part))), args(part)...)
		if err != nil {
			return nil, err
		}
		for _, d := range found {
			waits[d] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(digests), func(d string) bool { return !waits[d] }), nil
}

// Received implements contrechamp.Texts.
func (s *Database) Received(ctx context.Context, d contrechamp.Digest) (contrechamp.Received, error) {
	r := contrechamp.Received{Capture: contrechamp.Capture{Digest: d}, Sighting: contrechamp.Sighting{Capture: d}}
	var captured, seen, modified int64
	err := one(ctx, s.readers, selectReceived, []any{d.String()}, &r.Capture.Length, &r.Capture.MediaType, &captured, &r.Capture.State, &r.Capture.Reason,
		&r.Sighting.Name, &r.Sighting.Path, &seen, &modified)
	if err != nil {
		return contrechamp.Received{}, failed(ctx, "capture "+d.Short(), err)
	}
	if r.Capture.State == contrechamp.StateWithheld {
		return contrechamp.Received{}, failed(ctx, "capture "+d.Short(), contrechamp.ErrWithheld)
	}
	r.Capture.CapturedAt, r.Sighting.CapturedAt, r.Sighting.ModifiedAt = timeOf(captured), timeOf(seen), timeOf(modified)
	return r, nil
}

// Sightings implements contrechamp.Documents.
func (s *Database) Sightings(ctx context.Context, d contrechamp.Digest) ([]contrechamp.Sighting, error) {
	var out []contrechamp.Sighting
	err := rows(ctx, s.readers, func(r *sql.Rows) error {
		g, err := scanSighting(r)
		if err != nil {
			return err
		}
		g.Capture = d
		out = append(out, g)
		return nil
	}, selectSights, d.String())
	return out, failed(ctx, "sightings of "+d.Short(), err)
}

// scanSighting reads a row of what stands before, and of sightColumns.
func scanSighting(r *sql.Rows, before ...any) (contrechamp.Sighting, error) {
	var g contrechamp.Sighting
	var captured, modified int64
	var container, records string
	x := &g.Exchange
	err := r.Scan(append(before, &g.Name, &g.Path, &captured, &modified, &container, &records, &x.Status, &x.Final, &x.MediaType, &x.Truncated)...)
	if err != nil {
		return g, err
	}
	if container != "" {
		if g.Container, err = digestOf(container); err != nil {
			return g, err
		}
	}
	if records != "" {
		if x.Records, err = digestOf(records); err != nil {
			return g, err
		}
	}
	g.CapturedAt, g.ModifiedAt = timeOf(captured), timeOf(modified)
	return g, nil
}
