package draft

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/subject"
)

// Draft is a claim before its document's last filters.
type Draft struct {
	Claim   contrechamp.Claim
	Para    int
	Sent    int
	Heading bool
	Odds    float64 // that its subject was chosen with, 0 where there was no choice
	Placed  bool    // its subject is named beside its words, not taken from the document as a whole
	Units   [2]int  // where in the sentence
	At      int     // the unit of its value
	Step    string  // of the resolver chain
	Prior   float64
	Said    bool   // its rule knows who says it
	Value   string // its key, once package hint has asked for it
	Repeats int    // how often the document says it
	Agree   bool   // several rules find it in one sentence
	Why     *contrechamp.Explanation

	Polarity    float64 // of a capability: the log-odds that it is denied, weighed by package weigh
	Against     float64 // and the same, without its sign, of the surest draft that says the contrary of the same
	PlanWeighed bool    // by package weigh
	ReadPlanned bool    // by the rules
	Elsewhere   uint8   // whether another draft says the same of the same (1), denies it (2), or holds it possible (4), before that is weighed

	Choices []subject.Choice
}

// HintPrefix begins the IDs of what no rule claims.
const HintPrefix = "hint."

// CountRule says how negations bear on a number: not at all.
var CountRule = &grammar.Rule{Negated: "keep"}

// Own gives a claim what its draft had in the memory of its document.
func Own(c *contrechamp.Claim) {
	c.About = slices.Clone(c.About)
	c.Value = Owned(c.Value)
}

// Owned is a value that does not lie in the memory of a document.
func Owned(v contrechamp.Value) contrechamp.Value {
	if v.Entity != nil {
		e := *v.Entity
		v.Entity = &e
	}
	return v
}

// Reading is which of the readings a draft counts among.
func (x *Draft) Reading() int {
	if x.ReadPlanned {
		return 1
	}
	return 0
}
