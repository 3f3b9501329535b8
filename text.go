package contrechamp

import (
	"context"
	"sort"
	"time"
)

// Span is a half-open range of bytes [Start, End) in a stored text.
type Span struct {
	Start, End int
}

// Len returns the number of bytes in s.
func (s Span) Len() int { return s.End - s.Start }

// Of returns the bytes of s in body.
func (s Span) Of(body string) string { return body[s.Start:s.End] }

// Contains reports whether t lies wholly within s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlaps reports whether s and t share a byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Text is what one reader read in one capture. A better reader makes a new Text; the old one is kept.
type Text struct {
	Capture    Digest
	Reader     string // which reader, with its version: "html/1"
	ReadAt     time.Time
	Body       string      // the stored text, valid UTF-8; every offset points into it
	Paragraphs []Paragraph // in order, not overlapping; all of Body but white space lies in one
	Origin     Origin      // where Body stands in the captured bytes; empty for readers that do not say

	Title     string
	Author    string
	Publisher string // the name of the site or paper, where the document says it
	Published Published
	Language  string   // of most of the article: "fr", "en"; "und" when it cannot be told
	Quality   float64  // 0 to 1: how well it was read, by the reader's own account
	Notes     []string // what a careful person should know of the reading, a sentence each
	Layers    []Layer  // what was read beside the file's own text; its paragraphs stand behind those of the file
	Sketch    []uint64 // numbers that texts which say the same are likely to share (internal/similar); nil for a short text
}

// OCR is the name of the layer that was read from pictures of text.
const OCR = "ocr"

// Layer is text that a second reader found in a capture, beside what the file itself says, which stays as it is.
type Layer struct {
	Name       string  `json:"name"`            // OCR
	Reader     string  `json:"reader"`          // with its version: "tesseract/5.3.0"
	Confidence float64 `json:"confidence"`      // 0 to 1: of its words, by the reader's own account
	Pages      []int   `json:"pages,omitempty"` // that it was asked for; nil where the format has no pages
}

// LayerAt answers the layer in which the byte at an offset of the body stands; nil for the file's own text.
func (t *Text) LayerAt(offset int) *Layer {
	i := sort.Search(len(t.Paragraphs), func(i int) bool { return t.Paragraphs[i].End > offset })
	if i == len(t.Paragraphs) || t.Paragraphs[i].Start > offset {
		return nil
	}
	if n := t.Paragraphs[i].Layer; n > 0 && n <= len(t.Layers) {
		return &t.Layers[n-1]
	}
	return nil
}

// LayerNameAt answers the name of the layer at an offset; "" for the file's own text.
func (t *Text) LayerNameAt(offset int) string {
	if l := t.LayerAt(offset); l != nil {
		return l.Name
	}
	return ""
}

// Published is a document's own date, and what it was found in.
type Published struct {
	Date Date
	From string // "meta", "json-ld", "time", "address", "line", "text", "file"; "" when there is no date
}

// Role says what a paragraph is on its page. Claims are read in what [Role.Speaks]; the rest stays in the text.
type Role string

// The roles of a paragraph.
const (
	RoleTitle     Role = "title"
	RoleHeading   Role = "heading"
	RoleBody      Role = "body"
	RoleItem      Role = "item"      // an item of a list, or a row of a table
	RoleMeta      Role = "meta"      // date line, author line, credit of a picture
	RoleFurniture Role = "furniture" // menus, appeals, newsletters, comments, footers
	RoleRepeat    Role = "repeat"    // says again, word for word, what an earlier paragraph said
)

// Speaks reports whether the document's own voice speaks in paragraphs of that role.
func (r Role) Speaks() bool {
	return r == RoleTitle || r == RoleHeading || r == RoleBody || r == RoleItem
}

// Paragraph is a passage of a text.
type Paragraph struct {
	Span
	Role     Role
	Language string // "fr", "en", ...; "und" when too short to tell
	Page     int    // 1-based; 0 where the format has no pages
	Layer    int    // 0 for the file's own text; n for the text's Layers[n-1]
}

// Reading is all that came of reading one capture: the text with what it says, or the reason why not.
type Reading struct {
	Text     Text
	Claims   []Claim
	Entities []Entity // every entity that the claims name, whole
	// Reason, if not empty, says in one sentence why the capture could not be read; Text then holds only Capture,
	// Reader and ReadAt.
	Reason string
}

// Texts keeps what was read.
type Texts interface {
	// Received answers a capture with its latest name and path, and the file's time when it was first met: what
	// reading it needs to know. ErrNotFound.
	Received(ctx context.Context, d Digest) (Received, error)
	// SaveReading records a reading in one transaction: text, paragraphs in the search index, entities, claims,
	// and the capture's state. Done twice with the same reading it changes nothing. Decisions that people made on
	// a claim survive a new reading that proposes the same claim (same ID); proposed claims of the capture that
	// are not proposed any more go, decided ones stay.
	SaveReading(ctx context.Context, r Reading) error
	// Text answers the newest text read in a capture, without its Sketch: ErrNotFound.
	Text(ctx context.Context, d Digest) (Text, error)
}
