package contrechamp

import "context"

// Query is a search as the store answers it: what the person typed (register parses it), folded and stemmed.
type Query struct {
	Terms []Term // all must hold
	// Entities restricts hits to documents with a claim that names one entity of each list as subject or value.
	Entities [][]string
	From, To Date // restrict by the document's own date, both included; zero is open
	Offset   int
	Limit    int // 0 is 20
}

// Term is one condition on a paragraph.
type Term struct {
	// Words holds the forms of each word, one after another; a word matches in any of its forms. One word is a
	// word, several a phrase.
	Words  [][]string
	Prefix bool // the last word is the beginning of a word: its forms are folded, not stemmed
	Not    bool // the paragraph must not match
}

// Hit is a paragraph that answers a query.
type Hit struct {
	Document  Document
	Paragraph int    // index in the text's Paragraphs
	Span             // of the paragraph in the stored text; of a piece of it, where it is very long
	Words     string // the paragraph as it stands
	Language  string
}

// Finder searches paragraphs.
type Finder interface {
	// Find answers the paragraphs that match and how many there are in all (counted up to 10,000). Titles come
	// first, then headings, then the rest; among them the newest document, then by digest and place in the text.
	// Every engine answers the same hits in the same order.
	Find(ctx context.Context, q Query) (hits []Hit, total int, err error)
}

// Store is everything that can be asked of the place where things rest. Rooms ask for the least that they need;
// only the program and the suite that every store passes name the whole.
type Store interface {
	CaptureRecorder
	Documents
	Addresses
	Texts
	Jobs
	JobKeeper
	Entities
	Claims
	Reviewer
	Withheld
	Contributions
	Disagreements
	Copies
	Finder
	Cameras
	Leaves
	Inspector
	Close() error
}
