package passage

import (
	"math/bits"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/calendar"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/quantity"
)

// Mention is a passage that names something or says a number or a date.
type Mention struct {
	First, End int // tokens
	Kinds      grammar.Kind
	Entity     *contrechamp.Entity   // the likeliest, nil for numbers, dates and devices
	Others     []*contrechamp.Entity // further readings: other places of that name, the product of the firm
	Within     *Mention              // a place or nationality inside a body's name
	Capability string
	Unit       string // of devices
	Key        string // word.Key of a name, when it was asked for
	Quantity   *quantity.Found
	Date       *calendar.Found
	Generic    bool // "la police", "the company": says what it is, not which
	Shaped     bool // known by its shape only
	System     bool // a system's name that says what it does
	Weak       bool // its name is also a common word: needs a second cue
	Tail       int  // where what may be no part of the name begins, 0 for nowhere
	Common     bool // its name is also a common word, whatever cue it has
	Rank       int  // which of two mentions of equal length stays
}

// Len is how many tokens a mention has.
func (m *Mention) Len() int { return m.End - m.First }

// Lowest is the number of a mention's first kind.
func (m *Mention) Lowest() int {
	return min(bits.TrailingZeros32(uint32(m.Kinds)), grammar.KindCount-1)
}
