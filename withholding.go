package contrechamp

import (
	"context"
	"fmt"
	"time"
)

// Withholding is that a capture is kept from everybody, by law or on request: its bytes and all that was read in them are
// gone, and cannot be given back. What stays is that it was received (its digest, its length, its leaves), and why it is
// not here.
type Withholding struct {
	Capture Digest
	Ground  Ground
	Reason  string // as the public reads it
	Dated   Date   // of the order or the request; zero when not said
	By      string // the account that withheld it
	At      time.Time
	Claims  int  // how many claims rested on it; of one subject, when it was asked for
	Erased  bool // its bytes are gone from where bytes rest, and no trace of its words is left in the database's files
}

// Ground is on what ground bytes are withheld.
type Ground string

// The grounds.
const (
	ByOrder   Ground = "order"   // a court's or an authority's
	OnRequest Ground = "request" // of whom it concerns
	InReview  Ground = "review"  // a contribution that a reviewer refused
)

// ParseGround reads a ground's name: ErrInvalid for any other.
func ParseGround(s string) (Ground, error) {
	switch g := Ground(s); g {
	case ByOrder, OnRequest, InReview:
		return g, nil
	}
	return "", WithHint(fmt.Errorf("ground %q: %w", s, ErrInvalid), "one of order, request")
}

// Sentence says in English what was done, when and why.
func (w Withholding) Sentence() string {
	s := "withheld on request"
	switch w.Ground {
	case ByOrder:
		s = "withheld by order"
	case InReview:
		s = "refused in review"
	}
	if !w.Dated.IsZero() {
		s += " of " + w.Dated.String()
	}
	return s + ", on " + DateOf(w.At).String() + ": " + w.Reason
}

// Err is the error of whoever asks for what is withheld.
func (w Withholding) Err() error {
	return fmt.Errorf("%s is %s: %w", w.Capture.Short(), w.Sentence(), ErrWithheld)
}

// WithholdingFilter chooses withholdings. Its zero value chooses all.
type WithholdingFilter struct {
	About string // entity ID that claims of the capture were about
}

// Elsewhere is where the bytes or the words of a capture also are: withholding it does not reach them.
type Elsewhere struct {
	Containers []Document // that it was found in: their bytes hold its bytes
	Contents   []Document // that were found in it
	Copies     []Document // that say the same
}

// IsEmpty reports whether there is nothing else.
func (e Elsewhere) IsEmpty() bool { return len(e.Containers)+len(e.Contents)+len(e.Copies) == 0 }

// Withheld is what keeps track of what is withheld.
type Withheld interface {
	// Withhold takes a capture from every page, list, index and export at once, in one transaction: its texts, what the
	// search index has of them, its names and paths, the words, values and notes of its claims, which speak no more. Its
	// state is StateWithheld, and a leaf records it. Entities that only its text named go. The bytes are not touched: call
	// EraseWithheld after. It answers what was recorded; ErrNotFound for no capture, ErrConflict when it is withheld already.
	Withhold(ctx context.Context, w Withholding) (Withholding, error)
	// EraseWithheld removes from blobs the bytes of all that is withheld, and from the database's own files what was left
	// of their words. It finishes what a crash left undone, can be called at any time, and answers how many captures it
	// erased. It may take as long as writing the whole database anew.
	EraseWithheld(ctx context.Context, blobs Blobs) (erased int, err error)
	// Withholdings lists them, the latest first.
	Withholdings(ctx context.Context, f WithholdingFilter) ([]Withholding, error)
	// Withholding answers that of a capture: ErrNotFound when it is not withheld.
	Withholding(ctx context.Context, d Digest) (Withholding, error)
	// Elsewhere answers where the bytes or words of a capture also are.
	Elsewhere(ctx context.Context, d Digest) (Elsewhere, error)
	// ErasedBytes answers which of some bytes must not be kept: those of withheld captures, and of the exchanges that
	// brought them.
	ErasedBytes(ctx context.Context, digests []Digest) (map[Digest]bool, error)
}
