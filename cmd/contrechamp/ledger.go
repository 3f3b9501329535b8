package main

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
	"contrechamp.org/contrechamp/internal/ledger/log"
	"contrechamp.org/contrechamp/internal/store"
)

// logEvery is how often a program that goes on running looks for leaves that others have recorded. No checkpoint is to be
// more than a minute late.
const logEvery = 2 * time.Second

// logFolder is the folder of a place's log.
func (at place) logFolder() string {
	if at.ledger.text != "" {
		return at.ledger.text
	}
	return filepath.Join(at.data.text, "ledger")
}

// keyring is the folder of its private keys. It is never in the log's folder, which may be published.
func (at place) keyring() ledger.Keyring { return ledger.Keyring(filepath.Join(at.data.text, "keys")) }

// keepsLog reports whether a place that has no log yet may begin one. On a database server many programs run on many
// machines, and the log rests on one: somebody has to say which.
func (at place) keepsLog() bool {
	return !store.IsServer(at.db.text) || at.ledger.text != "" || at.data.from != "default"
}

// openLog opens the log of a register that is open for writing; the program closes it at its end.
func (p *program) openLog(ctx context.Context, h *house) error {
	if !log.Supported {
		return nil // leaves wait in the register, until it is opened where a log can be written
	}
	at, err := p.place()
	if err != nil {
		return err
	}
	h.log, err = log.Open(ctx, log.Options{Dir: at.logFolder(), Keys: at.keyring(), Leaves: h.store,
		Shared: store.IsServer(at.db.text), Create: at.keepsLog(), Published: func([]byte) {
			if a := h.attester.Load(); a != nil {
				a.Published()
			}
		}})
	return err
}

// openLogIfThere opens the log for a verb that also works without it: a register that was put back from a backup, without
// the key, can still be shown. That is said.
func (p *program) openLogIfThere(ctx context.Context, h *house) error {
	err := p.openLog(ctx, h)
	if isKind(err, contrechamp.ErrNotFound) {
		fmt.Fprintf(p.errs, "contrechamp: %v\nnothing is logged until it is there\nhint: %s\n", err, contrechamp.Hint(err))
		return nil
	}
	return err
}

// cover returns when all that was recorded is in the log, under a checkpoint.
func (h *house) cover(ctx context.Context) error {
	if h.log == nil {
		return nil
	}
	return h.log.Cover(ctx)
}

// startLogging logs what waits and what others record, and asks others to vouch for it, until ctx ends.
func startLogging(ctx context.Context, h *house) *sync.WaitGroup {
	var wait sync.WaitGroup
	if h.log != nil {
		wait.Go(func() { h.log.Run(ctx, logEvery) })
	}
	if a := h.attester.Load(); a != nil {
		wait.Go(func() { a.Run(ctx) })
	}
	return &wait
}

// describe names a key in messages.
func describe(k ledger.VerifierKey) string { return fmt.Sprintf("%s+%08x", k.Name(), k.Hash()) }
