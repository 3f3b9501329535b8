package claim

import (
	"sync"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// kind is a set of kinds of mention: a name can be both a firm and its product.
type kind uint32

// The kinds of mention that patterns can name.
const (
	kCO   kind = 1 << iota // company
	kPRD                   // product
	kPRG                   // programme
	kPLC                   // place
	kDEM                   // adjective of a country: "chinois"
	kPOL                   // a body that runs systems: police, town, ministry, transport operator
	kAUT                   // a regulator or a court
	kORG                   // an association, a newspaper, any other organisation
	kPER                   // a person
	kCAP                   // a capability said in words
	kDEV                   // a word for devices: cameras, drones
	kNUM                   // a number
	kMON                   // a sum of money
	kPCT                   // a percentage
	kDAT                   // a date
	kNAME                  // a name of unknown kind
)

// kindNames are the kinds by the names that rule files give them, which stand in the same order there.
var kindNames = func() map[string]kind {
	names := make(map[string]kind, kindCount)
	for i, name := range Kinds {
		names[name] = 1 << i
	}
	return names
}()

const kindCount = 16

// grammar is a compiled rule file.
type grammar struct {
	language                                           string
	classes                                            map[string]int32
	next                                               int32    // the number of the next class
	classHints                                         []string // how hints name each class, "" for the words of one rule
	signs                                              []sign   // of classes, by number
	sure                                               []bool   // those that say theirs in most company
	acts                                               []uint32 // the signs that what a class holds is done with, a bit each
	loose                                              []bool   // classes whose words are no common words by that alone, by number
	asked                                              int32    // how many classes the program itself asks for: their numbers are the first
	exact                                              map[string][]int32
	prefix                                             map[string][]int32
	phrases                                            map[string][]phrase // by first word
	spellings                                          map[string]string   // of their words while the grammar is made
	pairs                                              pairs               // the first two words of each
	lengths                                            map[int32][]int     // of the words of each class, in bytes
	once                                               sync.Once
	words                                              *word.Automaton // of all of them, made by ready: answers an entry
	entries                                            []entry
	hits                                               []hit // room for those of entries: they lie beside each other
	serial                                             int32
	classFires                                         []passes  // what each class sets off
	elements                                           []element // room for those of patterns: they lie beside each other
	rules                                              []*rule
	says                                               []*say
	frames                                             triggers
	sayings                                            triggers
	programmes                                         triggers // rules for programmes, which run before the others
	priors                                             map[string]float64
	known                                              knownClasses
	nounsCapital                                       bool // traits of the language: see rule.go
	adjectiveBefore                                    bool
	ordinalPoint                                       bool
	placeBehind                                        bool
	bareSpeech                                         bool
	oneCounts                                          bool
	negationBehind                                     bool
	nationalsPlain                                     bool
	bodyJoin                                           []string              // between a body and its place: before a consonant, before a vowel
	endings                                            [endingCount][]string // of verbs, as written
	infinitives                                        []string              // endings of infinitives
	deviceHeads                                        []string              // last parts of compounds that are devices
	systemEndings                                      []string              // last parts of compounds that systems are called by
	noDevice                                           []string              // what such compounds begin with that are none
	inhabitants, inhabitantCountries, inhabitantBefore []string              // see inhabitant.go
	adjectives                                         []string              // endings of adjectives
	marked, unmarked                                   shaped                // participles, those with a mark of their own ("ge") and those behind prefixes that take none
	participles                                        []string              // endings of participles of any beginning
	compounds                                          []compounds           // what compounds that are bodies end with
	oblique                                            []string              // endings of nouns behind the article of a genitive
	weak                                               []string              // ends of nouns that have "en" in every case but the first
	mayEnd                                             [256]bool             // the last bytes of futures and hedges, and all that are no ASCII
}

// ruleName is the ID of a rule without the language that it ends with.
func (g *grammar) ruleName(id string) string {
	if n := len(id) - len(g.language) - 1; n >= 0 && id[n] == '.' && id[n+1:] == g.language {
		return id[:n]
	}
	return id
}

type phrase struct {
	words  []string
	second uint32 // see secondOf
	class  int32
}

// triggers are where patterns of one sort begin to be tried. What tells most of them off without another look stands apart, in little
// room, and what is asked for together lies beside each other: most of the time goes into fetching it.
type triggers struct {
	pass    pass
	all     []trigger
	needs   []need    // what they need, each once
	byClass [][]start // by class
	ofEntry []int32   // of each entry, where those of all its classes begin in starts
	starts  []start
	byKind  [kindCount][]start
	kinds   kind    // that have any
	musts   []must  // of all
	classes []int32 // of musts
}

// start is a trigger with the rarest two of what its pattern must have besides.
type start struct {
	trigger int32
	needs   [2]uint16 // in triggers.needs
}

// need is what a sentence must hold: one of the classes or kinds.
type need struct {
	set   classSet
	kinds kind
}

// anyKind is a kind that every sentence holds: what a pattern needs that needs nothing.
const anyKind kind = 1 << 31

// pass is a sort of patterns: each is tried at a time of its own.
type pass uint8

const (
	framing pass = iota
	saying
	programming
	passCount
)

// passes is a set of passes.
type passes uint8

// trigger starts the matching of a pattern at one of its elements.
type trigger struct {
	pattern *pattern
	at      int32
	musts   [2]int32 // what the pattern must have besides, in triggers.musts, the rarest first
}

type pattern struct {
	elements []element
	rule     *rule // nil for a say
	say      *say
	line     int
	asks     bool // it holds a question mark: what stands behind it is in the answer
}

// must is a further element without which a pattern is not there.
type must struct {
	classes [2]int32 // in triggers.classes
	kinds   kind
	behind  bool // the trigger, else before it
}

type element struct {
	gap      int
	strict   bool
	kinds    kind
	classes  []int32
	set      classSet // of classes
	slot     slot
	subject  bool
	list     bool
	optional bool
}

type slot uint8

const (
	noSlot slot = iota
	valueSlot
	aboutSlot
	shareSlot
	slotCount
)

type rule struct {
	id        string
	predicate contrechamp.Predicate
	prior     float64
	about     string
	constant  string
	stage     *contrechamp.Entity // that the constant names, where it is a stage
	unless    int32
	needs     int32
	country   bool
	modality  contrechamp.Modality
	negated   string
	past      bool
	noPlace   bool
	speaks    bool
	topic     bool  // the whole text must be about surveillance
	near      bool  // the paragraph must name devices or a capability
	voiced    bool  // the value is who says the sentence
	firmed    bool  // the value is the firm that the text speaks of there
	never     int32 // as unless, in the whole sentence
}

type say struct {
	capability string
	unless     int32
}

// compounds are the endings of compounds that are bodies of some kinds.
type compounds struct {
	kinds   kind
	endings []string
}

// shaped are words by their beginning and their end, folded.
type shaped struct{ prefixes, endings []string }

const (
	futureEnding ending = iota
	hedgeEnding
	participleEnding
	endingCount
)

// ending is a sort of endings that verbs have as they are written.
type ending uint8
