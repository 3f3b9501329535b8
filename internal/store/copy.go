package store

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"contrechamp.org/contrechamp"
)

// Place is a register with its bytes.
type Place struct {
	Store *Database
	Blobs contrechamp.Blobs
}

// Copied says what came of a copy.
type Copied struct {
	Resumed bool
	Blobs   int         `json:"blobs"`       // those that the register refers to
	Written int         `json:"blobs_added"` // of these, those that were not there yet
	Tables  []TableCopy `json:"tables"`
}

// TableCopy is a table that is the same in both places: as many rows, with the same digest over all of them.
type TableCopy struct {
	Name   string `json:"name"`
	Rows   int64  `json:"rows"`
	Digest string `json:"sha256"`
}

// blobsAtOnce is how many blobs are copied at once: most of the time they wait for a disk or a server.
const blobsAtOnce = 8

// Copy copies a register, as it is at this moment, to an empty place: bytes, rows, and from these the search index and
// the jobs of what waits. step, if set, hears how far each part is. When it returns nil, every table was read again in
// the new place and has as many rows and the same digest as in the old one, and every blob was checked against its
// name on the way.
//
// A copy that was interrupted is resumed by the same call: what arrived is compared, what changed in the old place
// since is brought up to date. It answers ErrConflict when the place holds anything else.
func Copy(ctx context.Context, from, to Place, step func(part string, done, total int64)) (Copied, error) {
	if step == nil {
		step = func(string, int64, int64) {}
	}
	c := copying{from: from, to: to, step: step}
	var err error
	if c.resumed, err = to.Store.expect(ctx, from.Store); err != nil {
		return Copied{}, err
	}
	err = from.Store.snapshot(ctx, func(old asker) error { return c.run(ctx, old) })
	c.report.Resumed = c.resumed
	if err == nil {
		err = c.erase(ctx)
	}
	return c.report, err
}

// expect prepares an empty place, or one with an unfinished copy of the same register, and says which it was.
func (s *Database) expect(ctx context.Context, from *Database) (resumed bool, err error) {
	const doing = "prepare the copy"
	identity, err := house(ctx, from.readers, houseIdentity)
	if err != nil {
		return false, failed(ctx, "look at the register to be copied", err)
	}
	switch begun, err := house(ctx, s.readers, houseCopy); {
	case err == nil && begun == identity:
		return true, nil
	case err == nil:
		return false, contrechamp.WithHint(fmt.Errorf("%s: an unfinished copy of another register is there: %w", doing, contrechamp.ErrConflict), "give an empty place")
	case !errors.Is(err, sql.ErrNoRows):
		return false, failed(ctx, doing, err)
	}
	for _, t := range tables {
		n, err := t.count(ctx, s.readers)
		if err != nil {
			return false, failed(ctx, doing, err)
		}
		if n > 0 {
			return false, contrechamp.WithHint(fmt.Errorf("%s: there is a register already (%d rows of %s), and nothing is written over it: %w", doing, n, t.name, contrechamp.ErrConflict),
				"give an empty place")
		}
	}
	return false, s.write(ctx, doing, true, func(t tx) error { return setHouse(ctx, t, houseCopy, identity) })
}

// snapshot calls f with what answers questions about one moment, however long it takes.
func (s *Database) snapshot(ctx context.Context, f func(asker) error) error {
	t, err := s.readers.BeginTx(ctx, &sql.TxOptions{Isolation: s.engine.snapshotLevel(), ReadOnly: true})
	if err != nil {
		return failed(ctx, "look at the register as it is now", err)
	}
	defer t.Rollback() // nothing was written
	if err := s.engine.prepareSnapshot(ctx, t); err != nil {
		return failed(ctx, "look at the register as it is now", err)
	}
	return f(t)
}

// erase removes what an earlier part of the copy brought and is withheld since.
func (c *copying) erase(ctx context.Context) error {
	to := c.to.Store
	if _, err := to.EraseWithheld(ctx, c.to.Blobs); err != nil || !c.resumed {
		return err
	}
	var withheld int
	if err := one(ctx, to.readers, `SELECT COUNT(*) FROM withholding`, nil, &withheld); err != nil || withheld == 0 {
		return failed(ctx, "count what is withheld", err)
	}
	return to.scrub(ctx)
}

type copying struct {
	from, to Place
	resumed  bool
	step     func(part string, done, total int64)
	report   Copied
}

func (c *copying) run(ctx context.Context, old asker) error {
	// the bytes first: a row never refers to bytes that are not there
	if err := c.blobs(ctx, old); err != nil {
		return err
	}
	to := c.to.Store
	if c.resumed {
		// what is not in the old place any more goes, those that refer to others first
		for _, t := range slices.Backward(tables) {
			if err := c.prune(ctx, old, t); err != nil {
				return failed(ctx, "bring "+t.name+" up to date", err)
			}
		}
		if err := to.write(ctx, "make room for the search index", true, func(t tx) error { return to.engine.index().clear(ctx, t) }); err != nil {
			return err
		}
	}
	for _, t := range tables {
		if err := c.table(ctx, old, t); err != nil {
			return failed(ctx, "copy "+t.name, err)
		}
	}
	if err := c.index(ctx); err != nil {
		return failed(ctx, "make the search index", err)
	}
	if err := c.finish(ctx, old); err != nil {
		return failed(ctx, "finish the copy", err)
	}
	return failed(ctx, "give the jobs to what waits", to.adopt(ctx))
}

// allBlobs are the bytes that the register refers to.
const allBlobs = `SELECT digest FROM capture UNION SELECT exchange FROM sighting WHERE exchange <> '' UNION SELECT exchange FROM absence
	EXCEPT SELECT digest FROM withheld_bytes ORDER BY 1`

// blobs copies the bytes of every capture and of every exchange.
func (c *copying) blobs(ctx context.Context, old asker) error {
	digests, err := column[string](ctx, old, allBlobs)
	if err != nil {
		return failed(ctx, "list the bytes", err)
	}
	group, inner := errgroup.WithContext(ctx)
	next := make(chan contrechamp.Digest)
	group.Go(func() error {
		defer close(next)
		for i, name := range digests {
			d, err := digestOf(name)
			if err != nil {
				return err
			}
			select {
			case next <- d:
				c.step("bytes", int64(i+1), int64(len(digests)))
			case <-inner.Done():
				return inner.Err()
			}
		}
		return nil
	})
	written := make([]int, blobsAtOnce)
	for i := range blobsAtOnce {
		group.Go(func() error {
			for d := range next {
				added, err := c.blob(inner, d)
				if err != nil {
					return err
				}
				if added {
					written[i]++
				}
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return fmt.Errorf("copy the bytes: %w", err)
	}
	c.report.Blobs = len(digests)
	for _, n := range written {
		c.report.Written += n
	}
	return nil
}

func (c *copying) blob(ctx context.Context, d contrechamp.Digest) (added bool, err error) {
	if there, err := c.to.Blobs.Has(ctx, d); err != nil || there {
		return false, err
	}
	b, err := c.from.Blobs.Get(ctx, d) // checked against the digest
	if err != nil {
		return false, err
	}
	got, _, err := c.to.Blobs.Put(ctx, bytes.NewReader(b), int64(len(b)))
	if err == nil && got != d {
		err = fmt.Errorf("bytes of %s arrived as %s: %w", d.Short(), got.Short(), contrechamp.ErrAltered)
	}
	return true, err
}

// prune removes the rows of a table that the old place does not have.
func (c *copying) prune(ctx context.Context, old asker, t table) error {
	var after []any
	return t.each(ctx, c.to.Store.readers, func(page [][]any) error {
		last := page[len(page)-1][:t.key]
		theirs, err := t.read(ctx, old, after, last)
		if err != nil {
			return err
		}
		after = last
		kept := map[string]bool{}
		for _, row := range theirs {
			kept[keyOf(row, t)] = true
		}
		return c.to.Store.write(ctx, "remove rows", true, func(w tx) error {
			for _, row := range page {
				if kept[keyOf(row, t)] {
					continue
				}
				if _, err := w.exec(ctx, fmt.Sprintf("DELETE FROM %s WHERE (%s) = (%s)", t.name, t.keys(), list(1, t.key)), row[:t.key]...); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// table copies a table's rows, and takes their sum.
func (c *copying) table(ctx context.Context, old asker, t table) error {
	total, err := t.count(ctx, old)
	if err != nil {
		return err
	}
	sum := newSum()
	var after []any
	err = t.each(ctx, old, func(page [][]any) error {
		if err := sum.add(page); err != nil {
			return err
		}
		last := page[len(page)-1][:t.key]
		var there [][]any
		if c.resumed {
			var err error
			if there, err = t.read(ctx, c.to.Store.readers, after, last); err != nil {
				return err
			}
		}
		after = last
		c.step(t.name, sum.rows, total)
		if len(there) > 0 {
			return c.amend(ctx, t, page, there)
		}
		return c.to.Store.write(ctx, "write rows", true, func(w tx) error {
			return c.to.Store.engine.bulk(ctx, w, t.name, t.columns, page)
		})
	})
	if err != nil {
		return err
	}
	c.report.Tables = append(c.report.Tables, TableCopy{Name: t.name, Rows: sum.rows, Digest: sum.String()})
	return nil
}

// amend writes what is not there yet or differs.
func (c *copying) amend(ctx context.Context, t table, page, there [][]any) error {
	known := make(map[string][]any, len(there))
	for _, row := range there {
		known[keyOf(row, t)] = row
	}
	return c.to.Store.write(ctx, "write rows", true, func(w tx) error {
		for _, row := range page {
			if reflect.DeepEqual(known[keyOf(row, t)], row) {
				continue
			}
			if _, err := w.exec(ctx, t.upsert(), row...); err != nil {
				return err
			}
		}
		return nil
	})
}

// keyOf is a row's key as one text. Quoted, so that no two keys are written alike.
func keyOf(row []any, t table) string { return fmt.Sprintf("%q", row[:t.key]) }

// index makes the search index.
func (c *copying) index(ctx context.Context) error {
	to := c.to.Store
	var total int64
	if err := one(ctx, to.readers, "SELECT COUNT(*) FROM capture WHERE reading IS NOT NULL", nil, &total); err != nil {
		return err
	}
	const few = 50 // whole texts are in memory
	done := int64(0)
	for last := ""; ; {
		digests, err := column[string](ctx, to.readers, `SELECT digest FROM capture WHERE reading IS NOT NULL AND digest > $1 ORDER BY digest LIMIT CAST($2 AS BIGINT)`, last, few)
		if err != nil || len(digests) == 0 {
			return err
		}
		last = digests[len(digests)-1]
		texts, err := textsOf(ctx, to.readers, digests)
		if err != nil {
			return err
		}
		if err := to.write(ctx, "index texts", true, func(t tx) error { return to.indexTexts(ctx, t, texts) }); err != nil {
			return err
		}
		done += int64(len(digests))
		c.step("search index", done, total)
	}
}

// finish reads every table again in the new place and, when all is as it was, takes the mark of an unfinished copy away.
func (c *copying) finish(ctx context.Context, old asker) error {
	to := c.to.Store
	for i, t := range tables {
		want := c.report.Tables[i]
		sum := newSum()
		if err := t.each(ctx, to.readers, func(page [][]any) error {
			c.step("check "+t.name, sum.rows+int64(len(page)), want.Rows)
			return sum.add(page)
		}); err != nil {
			return err
		}
		if sum.rows != want.Rows || sum.String() != want.Digest {
			return contrechamp.WithHint(fmt.Errorf("%s has %d rows with the digest %.12s, not %d with %.12s: %w", t.name, sum.rows, sum, want.Rows, want.Digest, contrechamp.ErrAltered),
				"does anybody else write in the new place? copy once more to an empty one")
		}
	}
	identity, err := house(ctx, old, houseIdentity)
	if err != nil {
		return err
	}
	kept := map[string]string{houseIdentity: identity, houseIndex: indexRules}
	switch key, err := house(ctx, old, houseLedger); {
	case err == nil:
		kept[houseLedger] = key
	case !errors.Is(err, sql.ErrNoRows):
		return err
	}
	return to.write(ctx, "finish the copy", true, func(t tx) error {
		for name, value := range kept {
			if err := setHouse(ctx, t, name, value); err != nil {
				return err
			}
		}
		_, err := t.exec(ctx, "DELETE FROM house WHERE name = $1", houseCopy)
		return err
	})
}

// identify gives a new register its identity.
func (s *Database) identify(ctx context.Context) error {
	_, err := house(ctx, s.readers, houseIdentity)
	if !errors.Is(err, sql.ErrNoRows) {
		return failed(ctx, "look at the register's identity", err)
	}
	name := strings.ToLower(rand.Text())
	return s.write(ctx, "give the register its identity", true, func(t tx) error {
		_, err := t.exec(ctx, `INSERT INTO house (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING`, houseIdentity, name)
		return err
	})
}

// unfinished refuses an unfinished copy, which nobody should take for the register.
func (s *Database) unfinished(ctx context.Context) error {
	_, err := house(ctx, s.readers, houseCopy)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return failed(ctx, "look whether the register is whole", err)
	}
	return contrechamp.WithHint(fmt.Errorf("this is an unfinished copy of a register: %w", contrechamp.ErrConflict),
		"finish it with the same contrechamp copy, or remove it")
}
