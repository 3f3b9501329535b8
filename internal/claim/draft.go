package claim

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/subject"
)

// draft is a claim before its document's last filters.
type draft struct {
	claim   contrechamp.Claim
	para    int
	sent    int
	heading bool
	odds    float64 // that its subject was chosen with, 0 where there was no choice
	placed  bool    // its subject is named beside its words, not taken from the document as a whole
	units   [2]int  // where in the sentence
	at      int     // the unit of its value
	step    string  // of the resolver chain
	prior   float64
	said    bool   // its rule knows who says it, see tell
	value   string // its key, see keyOfDraft
	repeats int    // how often the document says it
	agree   bool   // several rules find it in one sentence
	why     *contrechamp.Explanation

	polarity    float64 // of a capability: the log-odds that it is denied, see polarity.go
	against     float64 // and the same, without its sign, of the surest draft that says the contrary of the same
	planWeighed bool    // see weighPlan
	readPlanned bool    // by the rules, see tellings
	elsewhere   uint8   // whether another draft says the same of the same (1), denies it (2), or holds it possible (4), before that is weighed

	choices []subject.Choice
}

// hintPrefix begins the IDs of what no rule claims.
const hintPrefix = "hint."

// countRule says how negations bear on a number: not at all.
var countRule = &grammar.Rule{Negated: "keep"}

// own gives a claim what its draft had in the memory of its document.
func own(c *contrechamp.Claim) {
	c.About = slices.Clone(c.About)
	c.Value = owned(c.Value)
}

// owned is a value that does not lie in the memory of a document.
func owned(v contrechamp.Value) contrechamp.Value {
	if v.Entity != nil {
		e := *v.Entity
		v.Entity = &e
	}
	return v
}

// reading is which of the readings a draft counts among.
func (x *draft) reading() int {
	if x.readPlanned {
		return 1
	}
	return 0
}
