package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"contrechamp.org/contrechamp"
)

const (
	selectSightsAt = `SELECT capture, ` + sightColumns + ` FROM sighting WHERE path = $1 AND exchange <> ''
		ORDER BY captured_at, capture, modified_at, exchange`
	selectMet     = `SELECT COUNT(*) FROM sighting WHERE path = $1 AND exchange <> ''`
	insertAbsence = `INSERT INTO absence (address, happened_at, kind, status, final, exchange, length) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (address, happened_at) DO NOTHING`
	anyAbsence     = `SELECT address FROM absence LIMIT 1`
	selectAbsences = `SELECT s.capture, a.address, a.happened_at, a.kind, a.status, a.final, a.exchange, a.length,
		COALESCE((SELECT MIN(b.captured_at) FROM sighting b WHERE b.path = a.address AND b.exchange <> '' AND b.captured_at > a.happened_at), 0)
		FROM (SELECT DISTINCT capture, path FROM sighting WHERE exchange <> '' AND capture IN (%s)) s
		JOIN absence a ON a.address = s.path ORDER BY a.happened_at, a.address`
)

// SightingsAt implements contrechamp.Addresses.
func (s *Database) SightingsAt(ctx context.Context, address string) ([]contrechamp.Sighting, error) {
	var out []contrechamp.Sighting
	err := rows(ctx, s.readers, func(r *sql.Rows) error {
		var capture string
		g, err := scanSighting(r, &capture)
		if err != nil {
			return err
		}
		if g.Capture, err = digestOf(capture); err != nil {
			return err
		}
		out = append(out, g)
		return nil
	}, selectSightsAt, storable(address))
	return out, failed(ctx, "sightings at "+address, err)
}

// RecordAbsence implements contrechamp.Addresses.
func (s *Database) RecordAbsence(ctx context.Context, a contrechamp.Absence) error {
	if !slices.Contains(contrechamp.AbsenceKinds(), a.Kind) || a.Records.IsZero() || a.Address == "" || a.At.IsZero() {
		return fmt.Errorf("record that nothing is at %q: its kind, time or records are missing: %w", a.Address, contrechamp.ErrInvalid)
	}
	return s.write(ctx, "record an absence", true, func(t tx) error {
		address := storable(a.Address)
		var met int64
		if err := one(ctx, t, selectMet, []any{address}, &met); err != nil {
			return err
		}
		if met == 0 {
			return fmt.Errorf("record that nothing is at %s: nothing was ever captured there: %w", a.Address, contrechamp.ErrNotFound)
		}
		as := a
		as.Address, as.Final = address, storable(a.Final) // as it is recorded, so that the leaf can be checked against the row
		done, err := t.exec(ctx, insertAbsence, address, micros(a.At), string(a.Kind), a.Status, as.Final, a.Records.String(), a.Length)
		if err != nil {
			return err
		}
		if new, err := changed(done); err != nil || !new {
			return err
		}
		salt := contrechamp.NewSalt()
		leaf, err := leafRow(contrechamp.AbsenceLeaf(as, salt), salt)
		if err != nil {
			return err
		}
		return putLeaves(ctx, t, [][]any{leaf})
	})
}

// AbsencesOf implements contrechamp.Addresses.
func (s *Database) AbsencesOf(ctx context.Context, captures []contrechamp.Digest) (map[contrechamp.Digest][]contrechamp.Absence, error) {
	out := map[contrechamp.Digest][]contrechamp.Absence{}
	var digests []string
	for _, d := range captures {
		digests = append(digests, d.String())
	}
	slices.Sort(digests)
	digests = slices.Compact(digests)
	if some, err := column[string](ctx, s.readers, anyAbsence); err != nil || len(some) == 0 {
		return out, failed(ctx, "what is not at its address any more", err) // most registers have none
	}
	for part := range slices.Chunk(digests, batch) {
		err := rows(ctx, s.readers, func(r *sql.Rows) error {
			var a contrechamp.Absence
			var capture, records string
			var at, returned int64
			err := r.Scan(&capture, &a.Address, &at, &a.Kind, &a.Status, &a.Final, &records, &a.Length, &returned)
			if err != nil {
				return err
			}
			d, err := digestOf(capture)
			if err != nil {
				return err
			}
			if a.Records, err = digestOf(records); err != nil {
				return err
			}
			a.At = timeOf(at)
			if returned != 0 {
				a.Returned = timeOf(returned)
			}
			out[d] = append(out[d], a)
			return nil
		}, fmt.Sprintf(selectAbsences, list(1, len(part))), args(part)...)
		if err != nil {
			return nil, failed(ctx, "what is not at its address any more", err)
		}
	}
	return out, nil
}
