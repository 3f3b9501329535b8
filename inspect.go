package contrechamp

import (
	"context"
	"time"
)

// Inspector hands out all that a register keeps, for whoever checks whether it is still what was once acknowledged.
type Inspector interface {
	// Inspect calls each for every capture, in the order of their digests, with all that is kept of it; and at last once
	// with what belongs to no capture, under the zero digest. All is of one moment. Rows that cannot be read are no error
	// but said in Damaged.
	Inspect(ctx context.Context, each func(Inspected) error) error
}

// Inspected is all that is kept of one capture.
type Inspected struct {
	Digest  Digest
	Capture Capture
	// The latest sighting, and how many there are, as the capture's own row has it.
	Name, Path string
	SeenAt     time.Time
	Met        int

	Sightings []Sighting
	Leaves    []KeptLeaf // about its bytes
	Texts     []Text     // the newest first
	Claims    []InspectedClaim

	Absences []Absence  // only with the zero digest
	Strays   []KeptLeaf // only with the zero digest: leaves about anything but a capture
	Damaged  []error    // rows that cannot be read, each with what it is
}

// InspectedClaim is a claim with all decisions on it.
type InspectedClaim struct {
	Claim
	Decisions []Decision
}
