package contrechamp

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Claim is one thing that one source says, with the words that say it. Two sources that disagree are two claims;
// a claim is never overwritten, only reviewed, and each review is kept as a [Decision].
type Claim struct {
	ID         string // see ClaimID
	Document   Digest
	About      []EntityRef // the subject, its main entity first; at least one
	Predicate  Predicate
	Value      Value
	Share      float64 // per cent, for Owner; 0 when not said
	Modality   Modality
	Speaker    *Speaker // nil for the document's own voice
	When       Date     // when it holds or happened; zero when not said
	Quote      Quote
	Layer      string  // the layer of the text in which the quote stands, OCR; "" for the file's own text
	Rule       string  // what proposed it: a rule's ID, a model's name, a person's account
	Confidence float64 // 0 to 1
	State      State
	Note       string // what the last reviewer noted
	ProposedAt time.Time
}

// ClaimID derives a claim's ID from what it says and where: the same reading of the same text proposes the same
// IDs, so a job done twice proposes nothing twice. It is "c" and 16 letters or digits.
func ClaimID(c Claim) string {
	var few [8]string
	about := few[:0]
	for _, a := range c.About {
		about = append(about, a.ID)
	}
	slices.Sort(about)
	var room [512]byte
	b := append(room[:0], "contrechamp claim 1\n"...)
	b = append(hex.AppendEncode(b, c.Document[:]), '\n')
	for i, id := range about {
		if i > 0 {
			b = append(b, '\x1f')
		}
		b = append(b, id...)
	}
	b = append(append(append(b, '\n'), c.Predicate...), '\n')
	b = append(c.Value.AppendKey(b), '\n')
	b = append(append(b, c.Modality...), '\n')
	b = append(strconv.AppendInt(b, int64(c.Quote.Start), 10), ' ')
	b = append(strconv.AppendInt(b, int64(c.Quote.End), 10), '\n')
	sum := sha256.Sum256(b)
	var id [1 + 16]byte
	id[0] = 'c'
	claimEncoding.Encode(id[1:], sum[:10])
	return string(id[:])
}

// claimEncoding is base32 in lower case.
var claimEncoding = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// Main returns the claim's main subject.
func (c Claim) Main() EntityRef {
	if len(c.About) == 0 {
		return EntityRef{}
	}
	return c.About[0]
}

// Speaker is who says something: a person in a public role, a body, or both.
type Speaker struct {
	Names []string `json:"names"` // the one shown first: the person, then the body
	ID    string   `json:"id"`    // entity, when it is one that the register knows
}

// Predicate is what a claim says of its subject. The shared specification (docs/claims.md) has one row for each.
type Predicate string

// The predicates.
const (
	Programme      Predicate = "programme"
	Capability     Predicate = "capability"
	Vendor         Predicate = "vendor"
	Product        Predicate = "product"
	Operator       Predicate = "operator"
	DeviceCount    Predicate = "device_count"
	PersonsTracked Predicate = "persons_tracked"
	Status         Predicate = "status"
	Since          Predicate = "since"
	Cost           Predicate = "cost"
	Accuracy       Predicate = "accuracy"
	Owner          Predicate = "owner"
	Home           Predicate = "home"
	Founded        Predicate = "founded"
	Market         Predicate = "market"
	Sanction       Predicate = "sanction"
	Objection      Predicate = "objection"
)

// Predicates lists every predicate in the order in which a dossier shows them.
func Predicates() []Predicate {
	return []Predicate{Programme, Capability, Vendor, Product, Operator, DeviceCount, PersonsTracked, Status, Since,
		Cost, Accuracy, Objection, Home, Founded, Owner, Market, Sanction}
}

// SingleValued lists the predicates of which a subject has one value at a time: different values cannot all hold.
func SingleValued() []Predicate {
	return []Predicate{DeviceCount, PersonsTracked, Since, Founded, Home}
}

// ValueKind says which of its fields a value uses.
type ValueKind int

// The kinds of values.
const (
	EntityValue ValueKind = iota
	NumberValue
	DateValue
)

// ValueKind returns the kind of value that claims with that predicate have.
func (p Predicate) ValueKind() ValueKind {
	switch p {
	case DeviceCount, PersonsTracked, Cost, Accuracy:
		return NumberValue
	case Since, Founded:
		return DateValue
	}
	return EntityValue
}

// ParsePredicate reads a predicate's name: ErrInvalid, with the names that exist, for any other.
func ParsePredicate(s string) (Predicate, error) {
	if p := Predicate(s); slices.Contains(Predicates(), p) {
		return p, nil
	}
	var names []string
	for _, p := range Predicates() {
		names = append(names, string(p))
	}
	return "", WithHint(fmt.Errorf("predicate %q: %w", s, ErrInvalid), "one of "+strings.Join(names, ", "))
}

// Value is what a claim says its predicate is: an entity, a number with its unit, or a date; its predicate's
// ValueKind says which.
type Value struct {
	Entity    *EntityRef
	Number    float64
	Unit      string // "camera", "person", "EUR", "percent"...
	Qualifier Qualifier
	Date      Date
}

// Key returns a short text that is equal for equal values.
func (v Value) Key() string { return string(v.AppendKey(nil)) }

// AppendKey appends the value's key to b.
func (v Value) AppendKey(b []byte) []byte {
	switch {
	case v.Entity != nil:
		return append(append(b, "e:"...), v.Entity.ID...)
	case !v.Date.IsZero():
		return append(append(b, "d:"...), v.Date.String()...)
	}
	b = strconv.AppendFloat(append(b, "n:"...), v.Number, 'f', -1, 64)
	return append(append(b, ' '), v.Unit...)
}

// Qualifier says how a number is meant.
type Qualifier string

// The qualifiers of a number. They are part of the value wherever it is shown.
const (
	Exactly Qualifier = "exactly"
	About   Qualifier = "about"
	AtLeast Qualifier = "at_least"
	AtMost  Qualifier = "at_most"
)

// Modality says how a thing is said.
type Modality string

// The modalities.
const (
	Asserted Modality = "asserted"
	Denied   Modality = "denied"
	Possible Modality = "possible" // conditional, hedged
	Planned  Modality = "planned"  // announced, future, forecast
	Alleged  Modality = "alleged"  // an accusation reported as such
)

// State says what people made of a proposed claim.
type State string

// The states of a claim.
const (
	Proposed  State = "proposed"
	Accepted  State = "accepted"
	Rejected  State = "rejected"
	Withdrawn State = "withdrawn" // once shown as accepted, taken back since, with the reason
	// ClaimWithheld: its document is withheld. Nothing is left of it but its ID, its subjects and who decided on it when; it
	// is in no list, and no person decides on it any more.
	ClaimWithheld State = "withheld"
)

// ParseState reads a state's name: ErrInvalid for any other.
func ParseState(s string) (State, error) {
	switch st := State(s); st {
	case Proposed, Accepted, Rejected, Withdrawn:
		return st, nil
	}
	return "", WithHint(fmt.Errorf("state %q: %w", s, ErrInvalid), "one of proposed, accepted, rejected, withdrawn")
}

// Quote is the words that say a claim: a TextQuoteSelector and a TextPositionSelector of the W3C Web Annotation
// Data Model (sections 4.2.4 and 4.2.5) in one, but for the unit: Start and End count bytes of the stored text.
type Quote struct {
	Exact  string `json:"exact"`
	Prefix string `json:"prefix"`
	Suffix string `json:"suffix"`
	Start  int    `json:"start"`
	End    int    `json:"end"`
}

// contextBytes is about how much of the text a quote carries on each side, enough to find a short quote again.
const contextBytes = 32

// QuoteAt makes the quote of a span of body, with its surroundings cut at whole characters. It answers ErrInvalid
// if the span is empty or not of body.
func QuoteAt(body string, s Span) (Quote, error) {
	if s.Start < 0 || s.End > len(body) || s.Start >= s.End {
		return Quote{}, fmt.Errorf("quote [%d, %d) of a text of %d bytes: %w", s.Start, s.End, len(body), ErrInvalid)
	}
	from, to := max(0, s.Start-contextBytes), min(len(body), s.End+contextBytes)
	for from < s.Start && body[from]&0xC0 == 0x80 {
		from++
	}
	for to > s.End && to < len(body) && body[to]&0xC0 == 0x80 {
		to--
	}
	return Quote{Exact: body[s.Start:s.End], Prefix: body[from:s.Start], Suffix: body[s.End:to], Start: s.Start, End: s.End}, nil
}

// FoundIn reports whether the quote's words stand in body at its offsets.
func (q Quote) FoundIn(body string) bool {
	return q.Start >= 0 && q.End <= len(body) && q.Start < q.End && body[q.Start:q.End] == q.Exact
}

// Decision is what one person decided on one claim. Decisions are only ever added.
type Decision struct {
	Claim string
	State State  // Accepted, Rejected, Withdrawn, or Proposed to take a decision back
	Note  string // the reason, as the reviewer wrote it
	By    string // the reviewer's account
	At    time.Time
}

// Sourced is a claim with the document that says it.
type Sourced struct {
	Claim
	Source   Document
	Reprints int // other documents that only reprint the source and say it too; counted by the register, not by the store
}

// ClaimFilter chooses claims. Its zero value chooses all.
type ClaimFilter struct {
	About     string // entity ID that the claim is about
	Names     string // entity ID that is the claim's subject or its value
	Predicate Predicate
	State     State
	Document  Digest
	// Contested leaves out, of the claims about About, those that can be in no disagreement: what nobody denies, of a predicate that
	// may have several values at a time.
	Contested bool
	Offset    int
	Limit     int // 0 for no limit
}

// Claims is what can be asked about what is said.
type Claims interface {
	// Claims lists claims, but those of withheld documents: by date of their document, newest first and undated last, then by document, then by
	// place in the text, then by ID.
	Claims(ctx context.Context, f ClaimFilter) ([]Sourced, error)
	// Claim answers one by ID: ErrNotFound.
	Claim(ctx context.Context, id string) (Sourced, error)
	// Decisions lists what was decided on a claim, first one first.
	Decisions(ctx context.Context, id string) ([]Decision, error)
}

// Reviewer records decisions.
type Reviewer interface {
	// Decide records decisions and sets their claims' states and notes, all or none: ErrNotFound if a claim does
	// not exist. Each has a leaf, which waits to be logged (see Leaves). Durable on return.
	Decide(ctx context.Context, decisions []Decision) error
}
