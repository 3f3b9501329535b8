package bundle

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	"contrechamp.org/contrechamp"
)

// From says where something that one has to trust came from.
type From string

// Where keys and roots come from. What comes from the bundle itself proves that its parts belong together, and not who made
// them: whoever forges a bundle puts his own key in.
const (
	FromReader From = "given" // by whoever checks
	FromBundle From = "bundle"
)

// Report is what came of checking a bundle.
type Report struct {
	OK       bool               `json:"ok"`
	Digest   contrechamp.Digest `json:"sha256"` // of the file
	Length   int64              `json:"length"`
	Members  int                `json:"members"`
	Made     time.Time          `json:"made"` // as its maker says
	Problems []string           `json:"problems"`
	// Unproved says what a careful reader should know is missing.
	Unproved  []string         `json:"unproved"`
	Key       KeyReport        `json:"key"`
	Witnesses WitnessesReport  `json:"witnesses"`
	Documents []DocumentReport `json:"documents"`
	Claims    []ClaimReport    `json:"claims"`
}

// KeyReport is the log's key that signed the manifest.
type KeyReport struct {
	Key  string `json:"key"`
	From From   `json:"from"`
}

// WitnessesReport is what was asked of witnesses.
type WitnessesReport struct {
	Quorum string `json:"quorum"`
	From   From   `json:"from"` // where their keys and the quorum come from
}

// DocumentReport is one captured document.
type DocumentReport struct {
	Digest   contrechamp.Digest `json:"sha256"`
	Length   int64              `json:"length"`
	Title    string             `json:"title,omitempty"`
	Reader   string             `json:"reader"`
	Exchange bool               `json:"exchange"` // the HTTP exchange is there, and is the one that was logged
	Receipts []LeafReport       `json:"receipts"`
}

// LeafReport is one entry of the log, proved.
type LeafReport struct {
	Kind      contrechamp.LeafKind `json:"kind"`
	At        time.Time            `json:"at"` // by the register's clock
	Index     int64                `json:"index"`
	Size      int64                `json:"size"` // of the log under the checkpoint that proves it
	Cosigned  []CosignedReport     `json:"cosigned"`
	Stamped   []StampedReport      `json:"stamped"`
	Opened    []string             `json:"opened,omitempty"`   // what its salted digest is of, in the order of its kind
	NoLater   *time.Time           `json:"no_later,omitempty"` // the earliest time at which somebody else vouches that it was there
	NoLaterBy string               `json:"no_later_by,omitempty"`
}

// CosignedReport is a witness's signature of a checkpoint.
type CosignedReport struct {
	Witness string    `json:"witness"`
	At      time.Time `json:"at"`
}

// StampedReport is an authority's time-stamp over a checkpoint.
type StampedReport struct {
	Authority string    `json:"authority"` // name in its certificate
	Root      string    `json:"root"`
	Roots     From      `json:"roots"` // where the root comes from
	At        time.Time `json:"at"`
	Accuracy  string    `json:"accuracy,omitempty"`
}

// ClaimReport is one claim with where its words were found.
type ClaimReport struct {
	ID        string             `json:"id"`
	Document  contrechamp.Digest `json:"document"`
	About     string             `json:"about"`
	Predicate string             `json:"predicate"`
	State     string             `json:"state"`
	Quote     string             `json:"quote"`
	Start     int                `json:"start"` // in the text, in code points
	End       int                `json:"end"`
	InBytes   bool               `json:"in_bytes"` // found in the captured bytes too
	From      int                `json:"from,omitempty"`
	To        int                `json:"to,omitempty"`
	Verbatim  int                `json:"verbatim,omitempty"` // bytes of the quote that stand there as they are
	Decisions []LeafReport       `json:"decisions"`
}

// Promise is what a bundle proves, in the words that are used everywhere.
const Promise = "these bytes were received at that time, and this list has not been rewritten"

// Print writes the report for a person.
func (r *Report) Print(w io.Writer) {
	p := printer{w}
	p.line("bundle of %d bytes, sha256 %s", r.Length, r.Digest)
	if !r.Made.IsZero() {
		p.line("made %s, %d members", moment(r.Made), r.Members)
	}
	if r.Key.Key != "" {
		p.line("")
		p.line("signed by %s", r.Key.Key)
		if r.Key.From == FromReader {
			p.line("  the key that you gave")
		} else {
			p.line("  a key that stands in the bundle itself: it proves that the parts belong together, and not who made them.")
			p.line("  Get the register's key by another way, and give it: --key KEY")
		}
		p.witnesses(r.Witnesses)
	}
	for _, d := range r.Documents {
		p.document(d)
	}
	for _, c := range r.Claims {
		p.claim(c)
	}
	if len(r.Unproved) > 0 {
		p.line("")
		p.line("not proved")
		for _, u := range r.Unproved {
			p.line("  %s", u)
		}
	}
	if len(r.Problems) > 0 {
		p.line("")
		p.line("WRONG")
		for _, x := range r.Problems {
			p.line("  %s", x)
		}
	}
	p.line("")
	switch {
	case !r.OK:
		p.line("result: this bundle proves nothing; see what is wrong above")
	case r.Key.From == FromReader:
		p.line("result: it holds: %s", Promise)
	default:
		p.line("result: it holds, if the key is the register's: %s", Promise)
	}
}

type printer struct{ w io.Writer }

// line writes one line; control characters of what comes from the bundle do not reach the terminal.
func (p printer) line(format string, a ...any) {
	for i, x := range a {
		if s, ok := x.(string); ok {
			a[i] = printable(s)
		}
	}
	fmt.Fprintf(p.w, format+"\n", a...)
}

func (p printer) witnesses(w WitnessesReport) {
	if w.Quorum == "none" || w.Quorum == "" {
		return
	}
	from := "as the policy in the bundle asks, with the keys that stand there"
	if w.From == FromReader {
		from = "as the policy that you gave asks"
	}
	p.line("cosigned by witnesses (%s), %s", w.Quorum, from)
}

func (p printer) document(d DocumentReport) {
	p.line("")
	p.line("document %s", d.Digest.String())
	if d.Title != "" {
		p.line("  %s", shorten(d.Title, 100))
	}
	p.line("  %d bytes; they have this SHA-256", d.Length)
	if d.Exchange {
		p.line("  with the HTTP exchange that brought them, as it was logged")
	}
	for _, l := range d.Receipts {
		p.line("  received %s, by the register's clock", moment(l.At))
		p.leaf(l)
		if len(l.Opened) > 1 {
			p.line("    from %s", l.Opened[0])
		}
	}
}

func (p printer) leaf(l LeafReport) {
	p.line("    entry %d in a list of %d, proved", l.Index, l.Size)
	for _, s := range l.Stamped {
		root := "its root stands in the bundle"
		if s.Roots == FromReader {
			root = "its root is one that you gave"
		}
		p.line("    the list was there on %s, says %s (%s)", moment(s.At), s.Authority, root)
	}
	for _, c := range l.Cosigned {
		p.line("    the list was seen on %s by the witness %s", moment(c.At), c.Witness)
	}
}

func (p printer) claim(c ClaimReport) {
	p.line("")
	p.line("claim %s (%s: %s, %s)", c.ID, c.About, strings.ReplaceAll(c.Predicate, "_", " "), c.State)
	p.line("  \"%s\"", shorten(c.Quote, 400))
	p.line("  stands in the text, characters %d to %d", c.Start, c.End)
	if c.InBytes {
		p.line("  stands in the received bytes, %d to %d: %d of the quote's %d bytes as they are", c.From, c.To, c.Verbatim, len(c.Quote))
	} else {
		p.line("  where it stands in the received bytes, the reader of this format does not say: the text is the register's word")
	}
	for _, l := range c.Decisions {
		p.line("  a decision on it was logged %s", moment(l.At))
		p.leaf(l)
	}
}

func moment(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") }

func shorten(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		if unicode.IsSpace(r) {
			return ' '
		}
		return '�'
	}, s)
}
