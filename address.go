package contrechamp

import (
	"context"
	"time"
)

// Exchange is what is kept of the HTTP exchange that brought a capture. The zero Exchange belongs to a file.
type Exchange struct {
	Records   Digest    // of the WARC records of the visit: requests, answers, redirects, certificates, images, styles
	Status    int       // of the last answer
	Final     string    // the address that gave it, after redirects
	MediaType string    // what the server said the bytes are: "text/html; charset=iso-8859-1"
	Truncated Truncated // why the bytes are not all that there was; empty when they are
}

// IsZero reports whether there was no exchange.
func (e Exchange) IsZero() bool { return e.Records.IsZero() }

// Truncated says why less was kept than a server had to send. The words are those of WARC-Truncated (ISO 28500:2017,
// section 5.13).
type Truncated string

// The reasons.
const (
	TruncatedLength     Truncated = "length"     // it was longer than the limit
	TruncatedTime       Truncated = "time"       // it took longer than the limit
	TruncatedDisconnect Truncated = "disconnect" // the server ended the connection before the end
	// TruncatedUnspecified: for another reason; here, what was sent is damaged and could be unpacked in part.
	TruncatedUnspecified Truncated = "unspecified"
)

// Absence is an event: an address under which a document had been captured gave no document any more.
type Absence struct {
	Address  string
	At       time.Time
	Kind     AbsenceKind
	Status   int       // of the answer; 0 when none came
	Final    string    // the address that gave it, after redirects; empty when none came
	Records  Digest    // of the WARC records of that visit: its evidence
	Length   int64     // of them
	Returned time.Time // when a document was first captured there again; zero while it was not. Not recorded but found
}

// AbsenceKind says in which way a document is not there.
type AbsenceKind string

// The kinds.
const (
	Gone       AbsenceKind = "gone"       // the server answered that there is nothing (404, 410)
	Barred     AbsenceKind = "barred"     // the server answered that it is kept back for legal reasons (451)
	NoHost     AbsenceKind = "no host"    // the name system knows no such host any more
	Redirected AbsenceKind = "redirected" // the address leads to a site's first page instead
)

// AbsenceKinds lists every kind.
func AbsenceKinds() []AbsenceKind { return []AbsenceKind{Gone, Barred, NoHost, Redirected} }

// Absences is what can be asked about documents that are not at their address any more.
type Absences interface {
	// AbsencesOf answers the absences of every address at which one of the captures was met, in the order of their time,
	// then of their address.
	AbsencesOf(ctx context.Context, captures []Digest) (map[Digest][]Absence, error)
}

// Addresses is what is kept of the web's addresses.
type Addresses interface {
	Absences
	// SightingsAt lists the meetings with captures at an address, first one first; the address is a sighting's path.
	SightingsAt(ctx context.Context, address string) ([]Sighting, error)
	// RecordAbsence records that an address gave no document. It is durable on return. The records must be in Blobs
	// before. It answers ErrNotFound where no capture was ever met at the address, and ErrInvalid for an unknown kind or
	// missing records. The same address and moment are recorded once; each that is
	// recorded has a leaf, as a capture has.
	RecordAbsence(ctx context.Context, a Absence) error
}
