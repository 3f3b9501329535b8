package contrechamp

import (
	"context"
	"fmt"
	"math"
	"time"
)

// Contribution is a photograph that somebody sent, with what they confirmed of it. What is kept is a picture made anew, faces
// covered; the file that was sent never rested anywhere. Nothing is kept of who sent it.
type Contribution struct {
	Capture    Digest
	ReceivedAt time.Time
	HasPlace   bool
	Lat, Lon   float64  // degrees, WGS 84, to five decimals: a metre
	Direction  *float64 // where the camera looked, degrees clockwise from north; nil when not said
	Taken      Date     // zero when not said
	Note       string   // the sender's own words
	Faces      int      // areas that the detector covered
	Boxes      int      // areas that the sender covered
	State      ContributionState
	By         string    // who decided
	DecidedAt  time.Time // zero while it waits
}

// ContributionState says what a reviewer made of a contribution.
type ContributionState string

// The states. One that is refused is withheld, so that its bytes are gone.
const (
	ContributionWaiting  ContributionState = "awaiting review"
	ContributionAccepted ContributionState = "accepted"
)

// MaxContributionNote is how long a note may be, in bytes.
const MaxContributionNote = 1000

// Check answers ErrInvalid for what no contribution can say.
func (c Contribution) Check() error {
	switch {
	case c.Capture.IsZero() || c.ReceivedAt.IsZero():
		return fmt.Errorf("a contribution without a picture or a time: %w", ErrInvalid)
	case c.HasPlace && !(math.Abs(c.Lat) <= 90 && math.Abs(c.Lon) <= 180):
		return fmt.Errorf("the place %v, %v is not on Earth: %w", c.Lat, c.Lon, ErrInvalid)
	case c.Direction != nil && !(*c.Direction >= 0 && *c.Direction < 360):
		return fmt.Errorf("the direction %v: want 0 to 359 degrees: %w", *c.Direction, ErrInvalid)
	case len(c.Note) > MaxContributionNote:
		return fmt.Errorf("the note has %d bytes: at most %d are kept: %w", len(c.Note), MaxContributionNote, ErrInvalid)
	}
	return nil
}

// Contributions is what keeps photographs that were sent.
type Contributions interface {
	// RecordContribution records a picture, whose bytes must be in Blobs, with what was confirmed of it: as a capture in the
	// state StateAwaiting, with a sighting and its leaf, in one transaction. ErrConflict when the picture is known.
	RecordContribution(ctx context.Context, length int64, c Contribution) error
	// AcceptContribution lets a contribution be shown: its capture is then read as any other. ErrNotFound for no contribution,
	// ErrConflict when it was decided on. One that is refused is withheld: see Withhold.
	AcceptContribution(ctx context.Context, d Digest, by string, at time.Time) error
	// Contributions lists them, oldest first; those that wait, when waiting is set.
	Contributions(ctx context.Context, waiting bool) ([]Contribution, error)
	// Contribution answers that of a capture: ErrNotFound for none.
	Contribution(ctx context.Context, d Digest) (Contribution, error)
}

// ContributionPath is the path of the sighting that brought a contribution.
const ContributionPath = "contribution"
