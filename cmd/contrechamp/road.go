package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/capture"
	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/read"
	"contrechamp.org/contrechamp/internal/read/pdf"
	"contrechamp.org/contrechamp/internal/register"
)

// road carries one capture from its bytes to proposed claims.
type road struct {
	house  *house
	engine *claim.Engine
	reader read.Reader
	second *secondReader // nil: the rules alone
	inHand *inHand
	now    func() time.Time
}

// newRoad loads what reading needs: the lexicon and the rules.
func newRoad(h *house) (*road, error) {
	engine, err := rulesOnce()
	if err != nil {
		return nil, err
	}
	return &road{house: h, engine: engine, reader: read.Reader{PDF: &pdf.Pool{Cache: engineCache()}}, now: time.Now, inHand: newInHand()}, nil
}

// close ends the processes that read PDF documents.
func (r *road) close() { r.reader.PDF.Close() }

// engineCache is the folder that keeps the PDF engine compiled between runs; "" where this user has none.
func engineCache() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return "" // compiled in each run, which takes a second
	}
	return filepath.Join(dir, "contrechamp", "pdfium")
}

// workers is how many documents are read at once.
func workers() int { return max(1, runtime.NumCPU()) }

// read reads one capture. What will never succeed is answered with its reason; an error is answered only for what may
// succeed later, and the job is tried again.
func (r *road) read(ctx context.Context, d contrechamp.Digest) (contrechamp.Reading, error) {
	return r.readAfter(ctx, d, contrechamp.Text{})
}

// readAfter is read for a capture of which an earlier text has layers that are kept.
func (r *road) readAfter(ctx context.Context, d contrechamp.Digest, before contrechamp.Text) (reading contrechamp.Reading, err error) {
	now := r.now().UTC().Truncate(time.Microsecond)
	unread := func(reason string) contrechamp.Reading {
		return contrechamp.Reading{Text: contrechamp.Text{Capture: d, ReadAt: now}, Reason: reason}
	}
	// One document must not stop the others: what fails inside a reader is a defect of ours, said as such.
	defer func() {
		if p := recover(); p != nil {
			slog.ErrorContext(ctx, "reading failed inside the program", "capture", d.String(), "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			reading, err = unread("the program failed on it (a defect: please report it)"), nil
		}
	}()
	got, err := r.house.store.Received(ctx, d)
	if isKind(err, contrechamp.ErrWithheld) {
		return unread("it was withheld before it was read"), nil // which the store then keeps nothing of
	}
	if err != nil {
		return reading, fmt.Errorf("look up %s: %w", d.Short(), err)
	}
	if most := mostRead(got.Capture.MediaType); got.Capture.Length > most {
		return unread(fmt.Sprintf("the document has %d MiB, more than the %d MiB that are read", got.Capture.Length>>20, most>>20)), nil
	}
	done, err := r.inHand.take(ctx, got.Capture)
	if err != nil {
		return reading, err
	}
	defer done()
	bytes, err := r.house.blobs.Get(ctx, d)
	switch {
	case isKind(err, contrechamp.ErrAltered):
		return unread("its stored bytes are damaged: they are not those that were captured"), nil
	case isKind(err, contrechamp.ErrWithheld):
		return unread("it was withheld before it was read"), nil
	case isKind(err, contrechamp.ErrNotFound):
		return unread("its stored bytes are gone"), nil
	case err != nil:
		return reading, fmt.Errorf("bytes of %s: %w", d.Short(), err)
	}
	source := read.Source{Bytes: bytes, MediaType: got.Capture.MediaType, Name: got.Sighting.Name, URL: capture.Address(got.Sighting.Path),
		Digest: d, ModifiedAt: got.Sighting.ModifiedAt, Now: now}
	came, err := r.exchange(ctx, d, source.URL)
	if err != nil {
		return reading, err
	}
	if came.MediaType != "" {
		source.MediaType = came.MediaType // what the server said, with the character set
	}
	text, err := r.reader.Read(ctx, source)
	switch {
	case ctx.Err() != nil:
		return reading, ctx.Err()
	case isKind(err, contrechamp.ErrUnavailable):
		return reading, fmt.Errorf("read %s: %w", d.Short(), err)
	case err != nil:
		return unread(reasonOf(err)), nil
	}
	text.Capture, text.ReadAt = d, now
	text = withLayersOf(before, text)
	if came.Truncated != "" {
		text.Notes = append(text.Notes, partOnly[came.Truncated])
	}
	claims, entities, err := r.propose(ctx, &text, now)
	if err != nil {
		return reading, fmt.Errorf("claims of %s: %w", d.Short(), err)
	}
	if r.second != nil {
		if claims, entities, err = r.second.read(ctx, text, claims, entities, now); err != nil {
			return reading, err
		}
	}
	for i := range claims {
		claims[i].Layer = text.LayerNameAt(claims[i].Quote.Start)
	}
	return contrechamp.Reading{Text: text, Claims: claims, Entities: entities}, nil
}

// exchange answers the latest exchange that brought a capture; none for what is not from an address.
func (r *road) exchange(ctx context.Context, d contrechamp.Digest, address string) (contrechamp.Exchange, error) {
	if address == "" {
		return contrechamp.Exchange{}, nil
	}
	sightings, err := r.house.store.Sightings(ctx, d)
	if err != nil {
		return contrechamp.Exchange{}, fmt.Errorf("sightings of %s: %w", d.Short(), err)
	}
	for _, g := range slices.Backward(sightings) {
		if !g.Exchange.IsZero() {
			return g.Exchange, nil
		}
	}
	return contrechamp.Exchange{}, nil // out of a web archive
}

// partOnly says that a document is not whole, and why.
var partOnly = map[contrechamp.Truncated]string{
	contrechamp.TruncatedLength:      "only a part was received: it is longer than the limit",
	contrechamp.TruncatedTime:        "only a part was received: the server took longer than the limit",
	contrechamp.TruncatedDisconnect:  "only a part was received: the server ended the connection before the end",
	contrechamp.TruncatedUnspecified: "only a part was received: the rest of what was sent is damaged",
}

// reasonOf is the sentence for the table: the error without the name of its kind.
func reasonOf(err error) string {
	s := err.Error()
	for _, k := range []error{contrechamp.ErrInvalid, contrechamp.ErrNotFound, contrechamp.ErrUnavailable, contrechamp.ErrConflict} {
		if errors.Is(err, k) {
			s = trimSuffix(s, ": "+k.Error())
		}
	}
	return s
}

func trimSuffix(s, suffix string) string {
	if len(s) > len(suffix) && s[len(s)-len(suffix):] == suffix {
		return s[:len(s)-len(suffix)]
	}
	return s
}

// join joins what was read with what was known: copies, then disagreements, which count voices.
func (h *house) join(ctx context.Context) error {
	if err := register.FindCopies(ctx, h.store); err != nil {
		return err
	}
	return h.register.Refresh(ctx)
}

// copiesEvery is how often copies are looked for while documents are read.
const copiesEvery = time.Second

// copiesMeanwhile looks for copies among what was read while more is read, so that little of it is left for the end. stop ends
// it and answers what failed.
func copiesMeanwhile(ctx context.Context, h *house) (stop func() error) {
	inner, cancel := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() {
		again := time.NewTicker(copiesEvery)
		defer again.Stop()
		for {
			select {
			case <-inner.Done():
				ended <- nil
				return
			case <-again.C:
			}
			if err := register.FindCopies(ctx, h.store); err != nil {
				ended <- err
				return
			}
		}
	}()
	return func() error {
		cancel()
		return <-ended
	}
}

// refresher finds disagreements again behind a stream of readings: many readings, one refresh.
type refresher struct {
	signal chan struct{}
	wait   sync.WaitGroup
}

// startRefresher refreshes after touch is called, until ctx ends.
func startRefresher(ctx context.Context, h *house) *refresher {
	f := &refresher{signal: make(chan struct{}, 1)}
	f.wait.Go(func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-f.signal:
			}
			if err := h.join(ctx); err != nil && ctx.Err() == nil {
				slog.ErrorContext(ctx, "finding disagreements", "error", err)
			}
		}
	})
	return f
}

// touch says that claims changed. It never waits.
func (f *refresher) touch() {
	select {
	case f.signal <- struct{}{}:
	default:
	}
}
