package contrechamp

import (
	"context"
	"io"
	"time"
)

// Capture is bytes as they were received. It is never changed: the same bytes met again are a further
// [Sighting] of the same capture.
type Capture struct {
	Digest     Digest
	Length     int64     // bytes
	MediaType  string    // what the bytes look like, without parameters: "text/html"
	CapturedAt time.Time // when they were first received
	State      ReadState
	Reason     string // one sentence, why it could not be read, or is withheld; empty in the other states
}

// Sighting is one meeting with a capture: which name it had, where, and when.
type Sighting struct {
	Capture    Digest
	Name       string    // file name without folders; "standard input" for "-"
	Path       string    // the path as it was found, cleaned of nothing
	CapturedAt time.Time // when these bytes were received under that name
	ModifiedAt time.Time // the file's own time; zero when the source has none
	Container  Digest    // the capture that these bytes were taken out of; zero for a file of its own
	Exchange   Exchange  // that brought them; zero for a file
}

// ReadState says how far the reading of a capture has come. Doubt and failure are values with names.
type ReadState string

// The states of a capture's reading.
const (
	Waiting ReadState = "waiting" // captured, its read job not done yet
	Read    ReadState = "read"
	NotRead ReadState = "not read" // tried, and Reason says why not
	// StateWithheld: the bytes and what was read in them are gone, and Reason says why; see Withholding.
	StateWithheld ReadState = "withheld"
	// StateAwaiting: a contribution that nobody looked at yet; it is in no list and on no page.
	StateAwaiting ReadState = "awaiting review"
)

// Document is a capture as people meet it in lists: its bytes' name joined with what was read of it.
type Document struct {
	Capture
	Name      string // name of the latest sighting
	Path      string
	Sightings int
	Title     string
	Author    string
	Publisher string
	Published Date
	Language  string
	Reader    string
	Quality   float64 // how well it was read; see Text
	OCR       float64 // confidence of its OCR layer; 0 when it has none
	Claims    int
	Original  Digest // the document that said the same first; zero when none did
	Copies    int    // how many other documents have the same original
}

// IsCopy reports whether an earlier document said the same.
func (d Document) IsCopy() bool { return !d.Original.IsZero() }

// Voice returns the digest of the document that counts for this one: copies speak with one voice.
func (d Document) Voice() Digest {
	if d.IsCopy() {
		return d.Original
	}
	return d.Digest
}

// Label returns the best short name a person would know the document by: its title, else its file name.
func (d Document) Label() string {
	switch {
	case d.Title != "":
		return d.Title
	case d.State == StateWithheld:
		return d.Digest.Short()
	}
	return d.Name
}

// Source returns who speaks in the document's own voice, as far as is known: the publisher, else the author, else
// the file name.
func (d Document) Source() string {
	switch {
	case d.Publisher != "":
		return d.Publisher
	case d.Author != "":
		return d.Author
	}
	return d.Name
}

// Blobs keeps bytes by their digest, for ever, unless the law says otherwise.
type Blobs interface {
	// Put keeps what r holds, up to limit bytes, and answers its digest and length. The bytes are durable when
	// Put returns. A longer r leaves nothing behind and answers ErrInvalid. Bytes already kept are not written again.
	Put(ctx context.Context, r io.Reader, limit int64) (Digest, int64, error)
	// Get returns the bytes of d, checked against the digest: ErrNotFound, ErrAltered.
	Get(ctx context.Context, d Digest) ([]byte, error)
	// Has reports whether bytes of that digest are kept, without reading them.
	Has(ctx context.Context, d Digest) (bool, error)
	// Delete removes the bytes of d, all versions of them where there are several: durable on return, and nothing when
	// they are not kept. Only what is withheld is ever deleted.
	Delete(ctx context.Context, d Digest) error
}

// Received is a capture together with the sighting that brought it.
type Received struct {
	Capture  Capture
	Sighting Sighting
	Priority Priority // of its reading
}

// CaptureRecorder is what capturing needs of a store.
type CaptureRecorder interface {
	// RecordCaptures records captures and sightings and, for each capture that is new or still waiting without a
	// job, the job that will read it: one transaction for all, durable on return. The bytes must be in Blobs
	// before. A sighting with the same path, file time, digest and exchange as an earlier one is recorded once; each that
	// is recorded has a leaf, which waits to be logged (see Leaves). Of a capture that is
	// withheld nothing is recorded. It answers, in order, which captures were new.
	RecordCaptures(ctx context.Context, received []Received) (fresh []bool, err error)
	// Withholding answers why bytes must not be captured again: ErrNotFound when they may be.
	Withholding(ctx context.Context, d Digest) (Withholding, error)
	// ErasedBytes answers which of some bytes must not be kept.
	ErasedBytes(ctx context.Context, digests []Digest) (map[Digest]bool, error)
}

// DocumentFilter chooses documents. Its zero value chooses all.
type DocumentFilter struct {
	State ReadState // "" for any but StateAwaiting
	After *Document // the last one of the page before
	Limit int       // 0 for no limit
}

// Documents is what can be asked about what was captured.
type Documents interface {
	// Documents lists documents, latest capture first, then by digest.
	Documents(ctx context.Context, f DocumentFilter) ([]Document, error)
	// Document answers one document by its digest: ErrNotFound.
	Document(ctx context.Context, d Digest) (Document, error)
	// FindDocuments answers the documents whose digest begins with prefix (at least four digits) or whose name is
	// exactly that; at most ten.
	FindDocuments(ctx context.Context, prefixOrName string) ([]Document, error)
	// Sightings lists the meetings with a capture, first one first.
	Sightings(ctx context.Context, d Digest) ([]Sighting, error)
}
