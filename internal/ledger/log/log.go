// Package log writes the log: leaves that wait in the store are appended, a checkpoint is signed that covers them, and
// the store learns where they are. The log itself is written by tessera's POSIX driver, in the form of c2sp.org/tlog-tiles.
//
// What it guarantees. When Cover returns nil, every leaf that was recorded before the call is in the log, durable, and
// covered by a checkpoint that is kept. A crash at any moment loses nothing: leaves that were not logged wait in the
// store, and those that were logged without the store having learned of it are found again in the log when it is opened.
// No leaf is logged twice.
//
// One process at a time writes a log. On a database server others may record leaves; they wait until whoever keeps the
// log has logged them.
package log

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/durable"
	"contrechamp.org/contrechamp/internal/ledger"
)

// Options say where a log rests.
type Options struct {
	Dir    string         // the log's folder; made if it is missing
	Keys   ledger.Keyring // the folder of its private keys
	Leaves contrechamp.Leaves
	// Shared says that others record leaves too, and that another process may be the one that keeps the log.
	Shared bool
	// Create lets a register that has no log yet begin one here, under a name: "" makes one up.
	Create bool
	Name   string
	Logger *slog.Logger     // nil is slog.Default
	Now    func() time.Time // nil is time.Now
	// Published, if set, hears each checkpoint once it is kept.
	Published func(checkpoint []byte)
	// Patience is how long Cover waits for another process to log what waits; 0 is 90 seconds.
	Patience time.Duration
}

const (
	// mostTogether is how many leaves one checkpoint covers at most.
	mostTogether = 4096
	// patience: whoever keeps the log looks every second or two, and no checkpoint is more than a minute late.
	patience = 90 * time.Second
)

// Log is a log, opened by the one process that writes it, or by one that waits for that process.
type Log struct {
	options Options
	folder  ledger.Folder
	logger  *slog.Logger

	mu       sync.Mutex
	key      ledger.SignerKey
	next     ledger.SignerKey // being announced; zero for none
	lock     interface{ Close() error }
	follows  bool // another process keeps the log
	unsure   bool // a write failed: what the log holds is to be looked up before the next one
	last     []byte
	lastSize int64
}

// Open opens a register's log, makes it if it is the first time and Options.Create is set, and brings log and store
// together after a crash. It answers ErrConflict when the register's log is signed by another key than the one here,
// ErrAltered when log and store contradict each other, ErrNotFound when the log or its key should be here and is not.
func Open(ctx context.Context, o Options) (*Log, error) {
	l := &Log{options: o, folder: ledger.Folder(o.Dir), logger: o.Logger}
	if l.logger == nil {
		l.logger = slog.Default()
	}
	if l.options.Now == nil {
		l.options.Now = time.Now
	}
	if l.options.Patience == 0 {
		l.options.Patience = patience
	}
	if err := l.take(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open the log: %w", err), l.Close())
	}
	return l, nil
}

// take makes this process the one that keeps the log, if it can be that and no other one is.
func (l *Log) take(ctx context.Context) error {
	o := l.options
	l.follows = false
	signs, err := o.Leaves.LedgerKey(ctx)
	if err != nil {
		return err
	}
	key, err := o.Keys.Key()
	switch {
	case errors.Is(err, contrechamp.ErrNotFound):
		if signs != "" && o.Shared {
			l.follows = true
			return nil
		}
		if signs != "" {
			return contrechamp.WithHint(fmt.Errorf("the key that signs this register's log (%s) is not in %s: %w", nameOf(signs), o.Keys, contrechamp.ErrNotFound),
				"put it back from its backup: contrechamp key restore FILE")
		}
		if !o.Create {
			return contrechamp.WithHint(fmt.Errorf("this register has no log yet, and nothing says where it is to be kept: %w", contrechamp.ErrNotFound),
				"say where on this machine: --ledger FOLDER")
		}
	case err != nil:
		return err
	}
	if err := durable.MakeFolder(o.Dir, 0o755); err != nil {
		return err
	}
	lock, err := durable.Lock(filepath.Join(o.Dir, "lock"))
	if errors.Is(err, contrechamp.ErrConflict) && o.Shared {
		l.follows = true
		return nil
	}
	if err != nil {
		return contrechamp.WithHint(err, "one program writes a log at a time: wait until the other is done")
	}
	l.lock = lock
	if key.IsZero() {
		if key, err = l.begin(ctx); err != nil {
			return err
		}
		signs = key.Public().String()
	}
	l.key = key
	if l.next, err = o.Keys.Next(); err != nil && !errors.Is(err, contrechamp.ErrNotFound) {
		return err
	}
	switch signs {
	case key.Public().String():
	case "": // a crash came between making the key and noting it
		if err := o.Leaves.SetLedgerKey(ctx, "", key.Public().String()); err != nil {
			return err
		}
	default:
		if l.next.IsZero() || l.next.Public().String() != signs {
			return contrechamp.WithHint(fmt.Errorf("this register's log is signed by the key %s, and %s holds %s: %w", signs, o.Keys.Path(), key.Public(), contrechamp.ErrConflict),
				"a register has one log: use the folder that it was begun in (--data, --ledger)")
		}
		if err := l.replaceKey(); err != nil {
			return err
		}
	}
	if err := l.folder.AddKey(l.key.Public()); err != nil {
		return err
	}
	return l.recover(ctx)
}

// begin makes the key of a register's first log.
func (l *Log) begin(ctx context.Context) (ledger.SignerKey, error) {
	name := l.options.Name
	if name == "" {
		name = madeUpName()
	}
	key, err := l.options.Keys.Create(name)
	if err != nil {
		return key, err
	}
	return key, l.options.Leaves.SetLedgerKey(ctx, "", key.Public().String())
}

// nameOf is the name in a verifier key's text.
func nameOf(key string) string {
	k, err := ledger.ParseVerifierKey(key)
	if err != nil {
		return key
	}
	return k.Name()
}

// Follows reports whether another process keeps the log, and this one waits for it.
func (l *Log) Follows() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.follows
}

// Key answers the key that signs; zero where the log is kept by another process.
func (l *Log) Key() ledger.VerifierKey {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.key.Public()
}

// Folder is the log, for reading.
func (l *Log) Folder() ledger.Folder { return l.folder }

// Close gives the log back. What Cover acknowledged is durable before.
func (l *Log) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.release()
}

func (l *Log) release() error {
	if l.lock == nil {
		return nil
	}
	err := l.lock.Close()
	l.lock = nil
	if err != nil {
		return fmt.Errorf("close the log: %w", err)
	}
	return nil
}

// Cover returns when every leaf that was recorded before the call is covered by a checkpoint. It may be called from many
// goroutines: what waits is logged together.
func (l *Log) Cover(ctx context.Context) error {
	if l.Follows() {
		return l.await(ctx)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.cover(ctx)
}

// retake keeps the log from now on if the process that kept it has ended.
func (l *Log) retake(ctx context.Context) (taken bool, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.follows {
		return true, nil
	}
	if err := l.take(ctx); err != nil {
		l.follows = true
		return false, errors.Join(err, l.release())
	}
	return !l.follows, nil
}

func (l *Log) cover(ctx context.Context) error {
	for {
		pending, err := l.options.Leaves.PendingLeaves(ctx, mostTogether)
		if err != nil || len(pending) == 0 {
			return err
		}
		if l.lock == nil {
			return fmt.Errorf("write the log: it is closed: %w", contrechamp.ErrConflict)
		}
		if l.unsure {
			if err := l.recover(ctx); err != nil {
				return err
			}
			continue // some may have been logged after all
		}
		if err := l.batch(ctx, pending); err != nil {
			l.unsure = true
			return fmt.Errorf("write the log: %w", err)
		}
		if len(pending) < mostTogether {
			return nil
		}
	}
}

// batch logs leaves under one checkpoint, and notes where they are.
func (l *Log) batch(ctx context.Context, pending []contrechamp.KeptLeaf) error {
	texts := make([][]byte, len(pending))
	for i, p := range pending {
		texts[i] = p.Text
	}
	w, err := l.openWriter(ctx, len(texts))
	if err != nil {
		return err
	}
	defer w.close()
	first, err := w.append(ctx, texts)
	if err != nil {
		return err
	}
	if err := l.keep(ctx, w, first+int64(len(texts))); err != nil {
		return err
	}
	for i := range pending {
		pending[i].Index = first + int64(i)
	}
	if err := l.options.Leaves.PutIndexes(ctx, pending); err != nil {
		return err
	}
	l.collect(first, first+int64(len(texts)))
	return nil
}

// keep waits until a checkpoint covers size leaves and keeps it.
func (l *Log) keep(ctx context.Context, w *writer, size int64) error {
	signed, covered, err := w.await(ctx, size)
	if err != nil {
		return err
	}
	c, err := ledger.ParseCheckpoint(signed, l.key.Public())
	if err != nil {
		return err
	}
	if c.Size != covered || c.Origin != l.key.Name() {
		return fmt.Errorf("the checkpoint is of another log, %q: %w", c.Origin, contrechamp.ErrAltered)
	}
	if string(signed) == string(l.last) {
		return nil
	}
	if err := l.folder.AppendCheckpoint(signed); err != nil {
		return err
	}
	l.last, l.lastSize = signed, covered
	if l.options.Published != nil {
		l.options.Published(signed)
	}
	return nil
}

// Run logs what waits, every interval, until ctx ends. What fails is told and tried again: it may be a full disk. Where
// another process keeps the log, it does so until that one ends.
func (l *Log) Run(ctx context.Context, interval time.Duration) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		taken, err := l.retake(ctx)
		if err == nil && taken {
			err = l.Cover(ctx)
		}
		if err != nil && ctx.Err() == nil {
			l.logger.ErrorContext(ctx, "logging what waits", "error", err, "hint", contrechamp.Hint(err))
		}
	}
}

// await waits until another process has logged what waits now.
func (l *Log) await(ctx context.Context) error {
	const all, pause = 1 << 20, 200 * time.Millisecond
	mine, err := l.options.Leaves.PendingLeaves(ctx, all)
	if err != nil || len(mine) == 0 {
		return err
	}
	wanted := map[contrechamp.Digest]bool{}
	for _, m := range mine {
		wanted[contrechamp.LeafHash(m.Text)] = true
	}
	until := time.Now().Add(l.options.Patience)
	for {
		now, err := l.options.Leaves.PendingLeaves(ctx, all)
		if err != nil {
			return err
		}
		waits := 0
		for _, n := range now {
			if wanted[contrechamp.LeafHash(n.Text)] {
				waits++
			}
		}
		if waits == 0 {
			return nil
		}
		if taken, err := l.retake(ctx); err != nil || taken {
			if err != nil {
				return err
			}
			return l.Cover(ctx)
		}
		if time.Now().After(until) {
			return contrechamp.WithHint(fmt.Errorf("%d captures or decisions are kept and not logged yet: whoever keeps this register's log has not been at it for %s: %w",
				waits, l.options.Patience, contrechamp.ErrUnavailable), "on the machine that keeps the log: contrechamp work")
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}
