package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"contrechamp.org/contrechamp"
)

// lastKey comes after every key.
const lastKey = "\U0010FFFF"

// inspectedTogether is how many captures are read at a time: their texts are in memory together.
const inspectedTogether = 100

const (
	selectKeptCaptures = `SELECT digest, length, media_type, captured_at, state, reason, name, path, seen_at, sightings, COALESCE(reading, '')
		FROM capture WHERE digest > $1 ORDER BY digest LIMIT CAST($2 AS BIGINT)`
	selectKeptSights = `SELECT capture, ` + sightColumns + ` FROM sighting WHERE capture > $1 AND capture <= $2 ORDER BY capture, captured_at, path, modified_at`
	selectKeptTexts  = `SELECT id, capture, reader, body, origin FROM reading WHERE capture > $1 AND capture <= $2 ORDER BY capture, id`
	selectKeptClaims = `SELECT id, document, predicate, state, note, proposed_at, body FROM claim WHERE document > $1 AND document <= $2 ORDER BY document, id`
	selectKeptTurns  = `SELECT d.claim, d.turn, d.state, d.note, d.decided_by, d.decided_at FROM claim c JOIN decision d ON d.claim = c.id
		WHERE c.document > $1 AND c.document <= $2 ORDER BY d.claim, d.turn`
	selectKeptLeaves   = `SELECT subject, at, ` + leafFields + ` FROM leaf WHERE subject > $1 AND subject <= $2 ORDER BY subject, at, hash`
	selectKeptAbsences = `SELECT address, happened_at, kind, status, final, exchange, length FROM absence ORDER BY address, happened_at`
)

// Inspect implements contrechamp.Inspector.
func (s *Database) Inspect(ctx context.Context, each func(contrechamp.Inspected) error) error {
	return failed(ctx, "go through the register", s.snapshot(ctx, func(from asker) error {
		in := inspecting{from: from}
		for after := ""; ; {
			page, last, err := in.page(ctx, after)
			if err != nil {
				return err
			}
			for _, x := range page {
				if err := each(*x); err != nil {
					return err
				}
			}
			if len(page) < inspectedTogether {
				rest, err := in.end(ctx)
				if err != nil {
					return err
				}
				return each(rest)
			}
			after = last
		}
	}))
}

// inspecting reads what is kept, page by page.
type inspecting struct {
	from   asker
	strays []contrechamp.KeptLeaf
	// rows that belong to no capture and cannot be read
	damaged []error
}

func (in *inspecting) page(ctx context.Context, after string) (page []*contrechamp.Inspected, last string, err error) {
	last = after
	readings := map[string]string{} // newest reading of each
	byDigest := map[string]*contrechamp.Inspected{}
	err = rows(ctx, in.from, func(r *sql.Rows) error {
		x := &contrechamp.Inspected{}
		var digest, state, reading string
		var captured, seen int64
		if err := r.Scan(&digest, &x.Capture.Length, &x.Capture.MediaType, &captured, &state, &x.Capture.Reason, &x.Name, &x.Path, &seen, &x.Met, &reading); err != nil {
			return err
		}
		last = digest
		d, err := digestOf(digest)
		if err != nil {
			in.damaged = append(in.damaged, fmt.Errorf("capture: %w", err))
			d = contrechamp.Sum([]byte(digest)) // something that is not zero
		}
		x.Digest, x.Capture.Digest, x.Capture.State = d, d, contrechamp.ReadState(state)
		x.Capture.CapturedAt, x.SeenAt = timeOf(captured), timeOf(seen)
		page, byDigest[digest], readings[digest] = append(page, x), x, reading
		return nil
	}, selectKeptCaptures, after, inspectedTogether)
	if err != nil {
		return nil, last, err
	}
	upto := last
	if len(page) < inspectedTogether {
		upto = lastKey // what stands behind the last capture is about none
	}
	// what is said of a capture goes to it, what is wrong with a row too
	add := func(capture string, err error, put func(*contrechamp.Inspected)) {
		x, ok := byDigest[capture]
		switch {
		case !ok:
			in.damaged = append(in.damaged, fmt.Errorf("a row is about the capture %.64q, which is not there: %w", capture, contrechamp.ErrAltered))
		case err != nil:
			x.Damaged = append(x.Damaged, err)
		default:
			put(x)
		}
	}
	for _, part := range []func() error{
		func() error { return in.sightings(ctx, after, upto, add) },
		func() error { return in.texts(ctx, after, upto, readings, add) },
		func() error { return in.claims(ctx, after, upto, add) },
		func() error { return in.leaves(ctx, after, upto, byDigest) },
	} {
		if err := part(); err != nil {
			return nil, last, err
		}
	}
	for digest, reading := range readings {
		if reading != "" {
			add(digest, fmt.Errorf("its newest text is not there: %w", contrechamp.ErrAltered), nil)
		}
	}
	return page, last, nil
}

type adder func(capture string, err error, put func(*contrechamp.Inspected))

func (in *inspecting) sightings(ctx context.Context, after, last string, add adder) error {
	return rows(ctx, in.from, func(r *sql.Rows) error {
		var capture string
		g, err := scanSighting(r, &capture)
		if err != nil && !isOurs(err) {
			return err
		}
		if err != nil {
			err = fmt.Errorf("sighting %q: %w", g.Path, err)
		}
		add(capture, err, func(x *contrechamp.Inspected) {
			g.Capture = x.Digest
			x.Sightings = append(x.Sightings, g)
		})
		return nil
	}, selectKeptSights, after, last)
}

func (in *inspecting) texts(ctx context.Context, after, last string, newest map[string]string, add adder) error {
	return rows(ctx, in.from, func(r *sql.Rows) error {
		var id, capture, origin string
		var text contrechamp.Text
		if err := r.Scan(&id, &capture, &text.Reader, &text.Body, &origin); err != nil {
			return err
		}
		var err error
		if text.Origin, err = unpackOrigin(origin); err == nil {
			if text.Capture, err = digestOf(capture); err == nil && readingID(text) != id {
				err = fmt.Errorf("its words are not those that were read: %w", contrechamp.ErrAltered)
			}
		}
		if err != nil {
			err = fmt.Errorf("text by %s: %w", text.Reader, err)
		}
		isNewest := newest[capture] == id
		if isNewest {
			newest[capture] = "" // it is there
		}
		add(capture, err, func(x *contrechamp.Inspected) {
			if isNewest {
				x.Texts = slices.Insert(x.Texts, 0, text)
			} else {
				x.Texts = append(x.Texts, text)
			}
		})
		return nil
	}, selectKeptTexts, after, last)
}

func (in *inspecting) claims(ctx context.Context, after, last string, add adder) error {
	decisions := map[string][]contrechamp.Decision{}
	err := rows(ctx, in.from, func(r *sql.Rows) error {
		var d contrechamp.Decision
		var turn int
		var at int64
		if err := r.Scan(&d.Claim, &turn, &d.State, &d.Note, &d.By, &at); err != nil {
			return err
		}
		d.At = timeOf(at)
		decisions[d.Claim] = append(decisions[d.Claim], d)
		return nil
	}, selectKeptTurns, after, last)
	if err != nil {
		return err
	}
	return rows(ctx, in.from, func(r *sql.Rows) error {
		var c contrechamp.InspectedClaim
		var document, body string
		var proposed int64
		if err := r.Scan(&c.ID, &document, &c.Predicate, &c.State, &c.Note, &proposed, &body); err != nil {
			return err
		}
		c.ProposedAt, c.Decisions = timeOf(proposed), decisions[c.ID]
		var b storedClaim
		err := unpack("claim", body, &b)
		if err == nil {
			c.Document, err = digestOf(document)
		}
		if err != nil {
			err = fmt.Errorf("claim %s: %w", c.ID, err)
		}
		c.About, c.Value, c.Share, c.Modality, c.Speaker = b.About, b.Value, b.Share, b.Modality, b.Speaker
		c.When, c.Quote, c.Rule, c.Confidence = b.When, b.Quote, b.Rule, b.Confidence
		add(document, err, func(x *contrechamp.Inspected) { x.Claims = append(x.Claims, c) })
		return nil
	}, selectKeptClaims, after, last)
}

// leaves gives leaves to the captures that they are about; others are strays.
func (in *inspecting) leaves(ctx context.Context, after, upto string, byDigest map[string]*contrechamp.Inspected) error {
	return rows(ctx, in.from, func(r *sql.Rows) error {
		var subject, hash, body, salt string
		var index sql.NullInt64
		var at int64
		if err := r.Scan(&subject, &at, &hash, &body, &salt, &index); err != nil {
			return err
		}
		l, err := keptLeaf(hash, body, salt)
		if index.Valid {
			l.Index = index.Int64
		}
		if err == nil && (l.Digest.String() != subject || micros(l.At) != at) {
			err = fmt.Errorf("stored leaf %.12s is of something or some time else than its row says: %w", hash, contrechamp.ErrAltered)
		}
		x, ok := byDigest[subject]
		switch {
		case err != nil && ok:
			x.Damaged = append(x.Damaged, err)
		case err != nil:
			in.damaged = append(in.damaged, err)
		case ok:
			x.Leaves = append(x.Leaves, l)
		default:
			in.strays = append(in.strays, l)
		}
		return nil
	}, selectKeptLeaves, after, upto)
}

// end answers what belongs to no capture.
func (in *inspecting) end(ctx context.Context) (contrechamp.Inspected, error) {
	rest := contrechamp.Inspected{}
	err := rows(ctx, in.from, func(r *sql.Rows) error {
		var a contrechamp.Absence
		var records string
		var at int64
		if err := r.Scan(&a.Address, &at, &a.Kind, &a.Status, &a.Final, &records, &a.Length); err != nil {
			return err
		}
		a.At = timeOf(at)
		var err error
		if a.Records, err = digestOf(records); err != nil {
			in.damaged = append(in.damaged, fmt.Errorf("absence at %s: %w", a.Address, err))
			return nil
		}
		rest.Absences = append(rest.Absences, a)
		return nil
	}, selectKeptAbsences)
	rest.Strays, rest.Damaged = in.strays, in.damaged
	return rest, err
}
