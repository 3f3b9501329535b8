package claim

import (
	"math/bits"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/calendar"
	"contrechamp.org/contrechamp/internal/quantity"
)

// mention is a passage that names something or says a number or a date.
type mention struct {
	first, end int // tokens
	kinds      kind
	entity     *contrechamp.Entity   // the likeliest, nil for numbers, dates and devices
	others     []*contrechamp.Entity // further readings: other places of that name, the product of the firm
	within     *mention              // a place or nationality inside a body's name
	capability string
	unit       string // of devices
	key        string // word.Key of a name, when it was asked for
	quantity   *quantity.Found
	date       *calendar.Found
	generic    bool // "la police", "the company": says what it is, not which
	shaped     bool // known by its shape only
	system     bool // a system's name that says what it does: see systemNames
	weak       bool // its name is also a common word: needs a second cue
	tail       int  // where what may be no part of the name begins, 0 for nowhere
	common     bool // its name is also a common word, whatever cue it has
	rank       int  // which of two mentions of equal length stays
}

func (m *mention) len() int { return m.end - m.first }

// lowest is the number of a mention's first kind.
func (m *mention) lowest() int { return min(bits.TrailingZeros32(uint32(m.kinds)), kindCount-1) }
