package verify

import (
	"context"
	"errors"
	"fmt"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
)

// leavesTogether is how many leaves are read from the register at a time.
const leavesTogether = 4096

// log checks the log, and compares its entries with the leaves that are kept. logged is how many the register knew of when
// the check began: others may be logged meanwhile.
func (x *checking) log(ctx context.Context, logged int64) error {
	signs, err := x.Store.LedgerKey(ctx)
	if err != nil {
		return err
	}
	x.report.Key = signs
	if signs == "" {
		if logged > 0 {
			x.found("log", "%d leaves are logged, and the register does not know by which key", logged)
		}
		return nil
	}
	key, err := ledger.ParseVerifierKey(signs)
	if err != nil {
		x.found("log", "the key that the register has for it is none")
		return nil
	}
	entries := &entries{checking: x, ctx: ctx, waited: map[int64]bool{}}
	audit := ledger.Audit{Folder: x.Log, Key: key, Entry: entries.next, Step: func(done, total int64) { x.Step("log", done, total) },
		Found: func(where, what string) { x.found("log, "+where, "%s", what) }}
	x.report.Log, err = audit.Run(ctx)
	switch {
	case errors.Is(err, contrechamp.ErrNotFound) && logged == 0:
		return nil // nothing was logged yet
	case errors.Is(err, contrechamp.ErrNotFound):
		x.found("log", "%d leaves are logged, and there is no log in %s (--ledger says where it is)", logged, x.Log)
		return nil
	case errors.Is(err, contrechamp.ErrAltered):
		x.found("log", "%v", err)
		return nil
	case err != nil:
		return err
	}
	if entries.err != nil {
		return entries.err
	}
	x.report.Leaves = entries.matched
	return entries.rest(logged)
}

// entries compares the log's entries with the leaves that the register has at their places, both in order.
type entries struct {
	*checking
	ctx     context.Context
	kept    []contrechamp.KeptLeaf
	from    int64 // leaves below were read
	matched int64
	waited  map[int64]bool // entries whose leaves waited when they were met, and may have got their places since
	err     error
}

func (e *entries) next(index int64, text []byte) {
	if e.err != nil {
		return
	}
	where := fmt.Sprintf("log, entry %d", index)
	for {
		if len(e.kept) == 0 {
			if e.kept, e.err = e.read(); e.err != nil {
				return
			}
		}
		if len(e.kept) == 0 || e.kept[0].Index >= index {
			break
		}
		if !e.waited[e.kept[0].Index] {
			e.found(fmt.Sprintf("leaf at %d", e.kept[0].Index), "two leaves have one place in the log")
		}
		e.kept = e.kept[1:]
	}
	if len(e.kept) > 0 && e.kept[0].Index == index {
		if !sameText(e.kept[0].Text, text) {
			e.found(where, "the register has another leaf at this place")
		} else {
			e.matched++
		}
		e.kept = e.kept[1:]
		return
	}
	// logged a moment ago, and not noted yet: the leaf waits
	l, err := contrechamp.ParseLeaf(text)
	if err != nil {
		return // the audit tells
	}
	about, err := e.Store.LeavesOf(e.ctx, l.Digest)
	if err != nil && !errors.Is(err, contrechamp.ErrAltered) {
		e.err = err
		return
	}
	for _, a := range about {
		if (a.Index == contrechamp.NotLogged || a.Index == index) && sameText(a.Text, text) {
			e.waited[index] = true
			return
		}
	}
	e.found(where, "the register has no leaf at this place: the row of a %s was changed or removed, or an older copy of the register was put back", l.Kind)
}

// read reads on in the leaves by their places. One that is damaged was told of already, with the rows: what stands beside
// it is read one by one.
func (e *entries) read() ([]contrechamp.KeptLeaf, error) {
	kept, err := e.Store.LoggedLeaves(e.ctx, e.from, leavesTogether)
	if errors.Is(err, contrechamp.ErrAltered) {
		kept, err = e.single()
	}
	if len(kept) > 0 {
		e.from = kept[len(kept)-1].Index + 1
	}
	return kept, err
}

// single answers the next leaf that can be read.
func (e *entries) single() ([]contrechamp.KeptLeaf, error) {
	last, _, err := e.Store.CountLeaves(e.ctx)
	if err != nil {
		return nil, err
	}
	for ; e.from < last; e.from++ {
		kept, err := e.Store.LoggedLeaves(e.ctx, e.from, 1)
		if err == nil {
			return kept, nil
		}
		if !errors.Is(err, contrechamp.ErrAltered) {
			return nil, err
		}
	}
	return nil, nil
}

// rest tells of leaves that have a place behind the log's end.
func (e *entries) rest(logged int64) error {
	for {
		for _, k := range e.kept {
			if k.Index < logged {
				e.found(fmt.Sprintf("leaf at %d", k.Index), "the log has no such entry")
			}
		}
		var err error
		if e.kept, err = e.read(); err != nil || len(e.kept) == 0 {
			return err
		}
	}
}
