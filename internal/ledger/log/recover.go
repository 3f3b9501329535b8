package log

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
)

// madeUpName names a log whose keeper did not: random, since two logs must never have one name.
func madeUpName() string { return "contrechamp/" + strings.ToLower(rand.Text()[:16]) }

// recover brings log and store together: what a crash left behind is swept, the last checkpoint is kept, and leaves that
// are in the log without the store knowing are given their places.
func (l *Log) recover(ctx context.Context) error {
	logged, _, err := l.options.Leaves.CountLeaves(ctx)
	if err != nil {
		return err
	}
	state, err := l.folder.State()
	switch {
	case errors.Is(err, contrechamp.ErrNotFound) && logged == 0:
		l.unsure = false
		return l.sweep(0) // there is no log yet: the first leaf makes it
	case errors.Is(err, contrechamp.ErrNotFound):
		return contrechamp.WithHint(fmt.Errorf("the register knows of %d leaves in its log, and there is no log in %s: %w", logged, l.folder, contrechamp.ErrNotFound),
			"put the folder back from a backup, or say where it is: --ledger FOLDER")
	case err != nil:
		return err
	}
	if state.N < logged {
		return contrechamp.WithHint(fmt.Errorf("the log in %s has %d leaves and the register knows of %d: an older copy of the log was put back: %w", l.folder, state.N, logged, contrechamp.ErrAltered),
			"put the newest copy of the folder back; if there is none, keep what is left: contrechamp verify says what is missing")
	}
	if err := l.sweep(state.N); err != nil {
		return err
	}
	if err := l.readLast(); err != nil {
		return err
	}
	published, err := l.folder.Checkpoint()
	if err != nil && !errors.Is(err, contrechamp.ErrNotFound) {
		return err
	}
	size := int64(-1)
	if err == nil {
		if size, err = ledger.CheckpointSize(published); err != nil {
			return fmt.Errorf("the log's checkpoint: %w: %w", err, contrechamp.ErrAltered)
		}
	}
	if size > state.N {
		return fmt.Errorf("the log's checkpoint covers %d leaves and its tree has %d: %w", size, state.N, contrechamp.ErrAltered)
	}
	if size < state.N || string(published) != string(l.last) {
		w, err := l.openWriter(ctx, 1)
		if err != nil {
			return err
		}
		defer w.close()
		if err := l.keep(ctx, w, state.N); err != nil {
			return err
		}
	}
	if err := l.found(ctx, logged, state.N); err != nil {
		return err
	}
	l.unsure = false
	return nil
}

// readLast reads the last checkpoint that is kept. Half of one, which a crash left, goes.
func (l *Log) readLast() error {
	notes, err := l.folder.Checkpoints()
	if errors.Is(err, contrechamp.ErrAltered) {
		notes, err = l.folder.RepairCheckpoints()
	}
	if err != nil {
		return err
	}
	l.last, l.lastSize = nil, -1
	if len(notes) > 0 {
		l.last = notes[len(notes)-1]
		if l.lastSize, err = ledger.CheckpointSize(l.last); err != nil {
			return fmt.Errorf("the last checkpoint that is kept: %w: %w", err, contrechamp.ErrAltered)
		}
	}
	return nil
}

// found gives leaves their places that are in the log from one index to another.
func (l *Log) found(ctx context.Context, from, size int64) error {
	if from == size {
		return nil
	}
	const all = 1 << 30
	pending, err := l.options.Leaves.PendingLeaves(ctx, all)
	if err != nil {
		return err
	}
	waits := make(map[contrechamp.Digest]contrechamp.KeptLeaf, len(pending))
	for _, p := range pending {
		waits[contrechamp.LeafHash(p.Text)] = p
	}
	var known []contrechamp.KeptLeaf
	strangers := 0
	for at := from; at < size; at++ {
		text, err := l.folder.Entry(at, size)
		if err != nil {
			return err
		}
		p, ok := waits[contrechamp.LeafHash(text)]
		if !ok {
			strangers++
			continue
		}
		p.Index = at
		known = append(known, p)
	}
	if strangers > 0 {
		// the log goes on: it is the register that is older than it
		l.logger.WarnContext(ctx, "the log holds leaves that the register does not know: an older copy of the register was put back", "leaves", strangers, "hint", "contrechamp verify")
	}
	return l.options.Leaves.PutIndexes(ctx, known)
}
