package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/capture/fetch"
	"contrechamp.org/contrechamp/internal/ledger/attest"
	"contrechamp.org/contrechamp/internal/ledger/log"
	"contrechamp.org/contrechamp/internal/register"
	"contrechamp.org/contrechamp/internal/store"
)

// house is a register, opened.
type house struct {
	store    *store.Database
	blobs    contrechamp.Blobs
	register *register.Register
	log      *log.Log                        // nil until openLog, and where no log can be written
	attester atomic.Pointer[attest.Attester] // nil until vouch, and where this program does not keep the log
}

// use says how a verb needs the register.
type use bool

const (
	reading use = true  // works beside a program that writes
	writing use = false // in a data folder alone: a second writer is refused with a sentence
)

// open opens the register for a verb; the program closes it at its end.
func (p *program) open(ctx context.Context, verb string, u use) (*house, error) {
	at, err := p.place()
	if err != nil {
		return nil, err
	}
	s, err := at.openStore(ctx, verb, u)
	if err != nil {
		return nil, err
	}
	h := &house{store: s, register: register.New(s)}
	p.house = h
	if h.blobs, err = at.openBlobs(ctx, u); err != nil {
		return nil, err
	}
	h.blobs = s.Guard(h.blobs)
	if u == writing {
		h.finishErasing(ctx)
	}
	return h, nil
}

func (p *program) close() error {
	if p.house == nil {
		return nil
	}
	if p.house.log == nil {
		return p.house.store.Close()
	}
	return errors.Join(p.house.log.Close(), p.house.store.Close())
}

// document answers the one document that a person means by the beginning of its digest, by its file name, or by its
// address: there, what was captured last.
func (h *house) document(ctx context.Context, name string) (contrechamp.Document, error) {
	if fetch.IsAddress(name) {
		sightings, err := h.sightingsAt(ctx, name)
		if err != nil {
			return contrechamp.Document{}, err
		}
		return h.store.Document(ctx, sightings[len(sightings)-1].Capture)
	}
	found, err := h.store.FindDocuments(ctx, name)
	if err != nil {
		return contrechamp.Document{}, fmt.Errorf("look for document %q: %w", name, err)
	}
	switch {
	case len(found) == 0:
		return contrechamp.Document{}, contrechamp.WithHint(fmt.Errorf("no document is called %q: %w", name, contrechamp.ErrNotFound), "contrechamp documents")
	case len(found) > 1:
		return contrechamp.Document{}, contrechamp.WithHint(
			fmt.Errorf("%q may mean %d documents: %w", name, len(found), contrechamp.ErrConflict),
			"contrechamp show "+found[0].Digest.Short())
	}
	return found[0], nil
}

// isKind reports whether err is of one of the kinds.
func isKind(err error, kinds ...error) bool {
	for _, k := range kinds {
		if errors.Is(err, k) {
			return true
		}
	}
	return false
}
