package contrechamp

import (
	"context"
	"time"
)

// Copies keeps which documents print what another one said first: agency copy reprinted by ten papers is one source
// seen ten times. The register finds them (internal/register); the store keeps the sketches of texts and what was found.
type Copies interface {
	// Unsorted answers up to limit captures whose text is new or changed since PutOriginals last spoke of them, first
	// captured first.
	Unsorted(ctx context.Context, limit int) ([]Twin, error)
	// Alike answers up to limit originals that share a number with a sketch: those that share most first, then first
	// captured first. They may say the same; only their texts tell. Copies and what is unsorted are not answered: ten
	// thousand reprints cost no more than one. Their Sketch is not filled in.
	Alike(ctx context.Context, sketch []uint64, limit int) ([]Twin, error)
	// PutOriginals records what was found, one after another and all or none; the copies are then sorted. What was
	// recorded as a copy of one of them is then a copy of its original. ErrNotFound if any has no text. Durable on return.
	PutOriginals(ctx context.Context, found []CopyOf) error
}

// Twin is a document as those that look for copies see it.
type Twin struct {
	Digest   Digest
	Original Digest    // what is recorded so far: its own digest if nobody said it first
	FirstAt  time.Time // when the original was captured
	Sketch   []uint64  // of its newest text; nil for a short one
}

// CopyOf says that one document prints what another said first; a document that nobody said first is its own original.
type CopyOf struct {
	Copy, Original Digest
}
