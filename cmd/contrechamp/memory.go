package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"time"

	"golang.org/x/sync/semaphore"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/capture"
	"contrechamp.org/contrechamp/internal/read"
	"contrechamp.org/contrechamp/internal/read/pdf"
)

// Memory. Whatever a folder holds, reading it takes no more than 512 MiB, with the processes that read PDF documents:
// documents in hand are weighed, so that only one very large one is read at a time; claims are looked for in parts of a
// long text; the garbage collector begins to hurry at memoryLimit. What is in use may come near to that while a large
// document is worked out here. The collector would then go through the same memory again and again, for nothing: that
// doubled the processor time of the largest ones. So the limit keeps ahead of what is in use, up to mostLimit.
const (
	memoryLimit    = 112 << 20 // of this process; GOMEMLIMIT says otherwise
	mostLimit      = 176 << 20 // for large documents: processes that have just read PDF documents rest beside this one
	engineWeight   = 24 << 20  // of the PDF engine at work
	mostInHand     = 128 << 20 // weight of the documents that are read at once
	claimsTogether = 256 << 10 // bytes of text whose claims are looked for together
)

// limitMemory lets the garbage collector hurry before the limit, unless the environment says how much there is.
func limitMemory() {
	if os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	l := &limit{now: memoryLimit, live: []metrics.Sample{{Name: "/gc/heap/live:bytes"}}}
	debug.SetMemoryLimit(l.now)
	l.afterNext()
}

// limit is the memory limit, which follows the heap.
type limit struct {
	now  int64
	live []metrics.Sample
}

// afterNext looks at the heap after the next collection: that is when the runtime ends what nothing refers to.
func (l *limit) afterNext() {
	runtime.SetFinalizer(&collected{l}, func(c *collected) {
		metrics.Read(c.by.live)
		if want := limitFor(int64(c.by.live[0].Value.Uint64())); want != c.by.now {
			c.by.now = want
			debug.SetMemoryLimit(want)
		}
		c.by.afterNext()
	})
}

// collected is what a collection ends.
type collected struct{ by *limit }

// limitFor is the limit where so many bytes are in use: half as much again, in steps, since moving it stops everything for
// a moment.
func limitFor(live int64) int64 {
	const step = 16 << 20
	return min(mostLimit, max(memoryLimit, (live+live/2)/step*step))
}

// collectLess lets the garbage collector of a verb that reads a folder and ends work half as often as usual, below the same
// limit: it costs 30 MiB, and saves a twentieth of the processor time of "add".
func collectLess() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(200)
	}
}

// inHand weighs the documents that are read at once.
type inHand struct{ room *semaphore.Weighted }

func newInHand() *inHand { return &inHand{semaphore.NewWeighted(mostInHand)} }

// weight is about how much memory reading a document takes: a PDF is held here and by the process that reads it; of others
// the text is worked out here.
func weight(c contrechamp.Capture) int64 {
	if c.MediaType == "application/pdf" {
		return min(mostInHand, engineWeight+2*c.Length)
	}
	return min(mostInHand, 1+12*c.Length)
}

// take waits until there is room for a document; done gives the room back.
func (h *inHand) take(ctx context.Context, c contrechamp.Capture) (done func(), err error) {
	w := weight(c)
	if err := h.room.Acquire(ctx, w); err != nil {
		return nil, err
	}
	return func() { h.room.Release(w) }, nil
}

// propose looks for the claims of a text; of a long one in parts, each with the title, since all that is known of a part
// is held in memory. Who is meant may then be told from its own part only, and the text says so in a note.
func (r *road) propose(ctx context.Context, text *contrechamp.Text, now time.Time) ([]contrechamp.Claim, []contrechamp.Entity, error) {
	parts := partsOf(text)
	if len(parts) == 1 {
		return r.engine.Propose(ctx, *text, now)
	}
	var claims []contrechamp.Claim
	var entities []contrechamp.Entity
	known := map[string]bool{}
	for _, paragraphs := range parts {
		part := *text
		part.Paragraphs = paragraphs
		found, named, err := r.engine.Propose(ctx, part, now)
		if err != nil {
			return nil, nil, err
		}
		for _, c := range found {
			if !known["claim "+c.ID] {
				known["claim "+c.ID] = true
				claims = append(claims, c)
			}
		}
		for _, e := range named {
			if !known["entity "+e.ID] {
				known["entity "+e.ID] = true
				entities = append(entities, e)
			}
		}
	}
	text.Notes = append(text.Notes, fmt.Sprintf("the text is long: its claims were looked for in %d parts, one after the other", len(parts)))
	return claims, entities, nil
}

// partsOf cuts a text's paragraphs into parts of claimsTogether bytes, each but the first with the title before it.
func partsOf(text *contrechamp.Text) [][]contrechamp.Paragraph {
	var parts [][]contrechamp.Paragraph
	var title []contrechamp.Paragraph
	from, size := 0, 0
	for i, p := range text.Paragraphs {
		if p.Role == contrechamp.RoleTitle && title == nil && len(parts) == 0 {
			title = []contrechamp.Paragraph{p}
		}
		if size += p.Len(); size > claimsTogether && i > from {
			parts = append(parts, text.Paragraphs[from:i])
			from, size = i, p.Len()
		}
	}
	parts = append(parts, text.Paragraphs[from:])
	for i := 1; i < len(parts) && title != nil; i++ {
		parts[i] = append(title[:1:1], parts[i]...)
	}
	return parts
}

// mostRead is up to how many bytes a document of a media type is taken into memory at all: the reader of its format refuses
// more, and may refuse less.
func mostRead(mediaType string) int64 {
	switch {
	case mediaType == "application/pdf":
		return pdf.MaxBytes
	case mediaType == "application/octet-stream" || mediaType == "text/plain" || mediaType == "text/html":
		return read.MaxBytes
	}
	return capture.DefaultMaxBytes
}
