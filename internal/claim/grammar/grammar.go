package grammar

import (
	"sync"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/rulefile"
	"contrechamp.org/contrechamp/internal/word"
)

// Kind is a set of kinds of mention: a name can be both a firm and its product.
type Kind uint32

// The kinds of mention that patterns can name.
const (
	CO   Kind = 1 << iota // company
	PRD                   // product
	PRG                   // programme
	PLC                   // place
	DEM                   // adjective of a country: "chinois"
	POL                   // a body that runs systems: police, town, ministry, transport operator
	AUT                   // a regulator or a court
	ORG                   // an association, a newspaper, any other organisation
	PER                   // a person
	CAP                   // a capability said in words
	DEV                   // a word for devices: cameras, drones
	NUM                   // a number
	MON                   // a sum of money
	PCT                   // a percentage
	DAT                   // a date
	NAME                  // a name of unknown kind
)

// KindNames are the kinds by the names that rule files give them, which stand in the same order there.
var KindNames = func() map[string]Kind {
	names := make(map[string]Kind, KindCount)
	for i, name := range rulefile.Kinds {
		names[name] = 1 << i
	}
	return names
}()

// KindCount is how many kinds of mention there are.
const KindCount = 16

// Grammar is a compiled rule file.
type Grammar struct {
	Language                                           string
	Classes                                            map[string]int32
	Next                                               int32    // the number of the next class
	ClassHints                                         []string // how hints name each class, "" for the words of one rule
	signs                                              []Sign   // of classes, by number
	sure                                               []bool   // those that say theirs in most company
	acts                                               []uint32 // the signs that what a class holds is done with, a bit each
	Loose                                              []bool   // classes whose words are no common words by that alone, by number
	asked                                              int32    // how many classes the program itself asks for: their numbers are the first
	Exact                                              map[string][]int32
	Prefix                                             map[string][]int32
	phrases                                            map[string][]Phrase // by first word
	spellings                                          map[string]string   // of their words while the grammar is made
	Pairs                                              Pairs               // the first two words of each
	lengths                                            map[int32][]int     // of the words of each class, in bytes
	once                                               sync.Once
	Words                                              *word.Automaton // of all of them, made by ready: answers an entry
	Entries                                            []Entry
	hits                                               []Hit // room for those of entries: they lie beside each other
	Serial                                             int32
	ClassFires                                         []Passes  // what each class sets off
	elements                                           []Element // room for those of patterns: they lie beside each other
	rules                                              []*Rule
	says                                               []*Say
	Frames                                             Triggers
	Sayings                                            Triggers
	Programmes                                         Triggers // rules for programmes, which run before the others
	priors                                             map[string]float64
	Known                                              KnownClasses
	NounsCapital                                       bool // traits of the language: see package rulefile
	AdjectiveBefore                                    bool
	OrdinalPoint                                       bool
	PlaceBehind                                        bool
	BareSpeech                                         bool
	OneCounts                                          bool
	NegationBehind                                     bool
	NationalsPlain                                     bool
	BodyJoin                                           []string              // between a body and its place: before a consonant, before a vowel
	Endings                                            [endingCount][]string // of verbs, as written
	Infinitives                                        []string              // endings of infinitives
	DeviceHeads                                        []string              // last parts of compounds that are devices
	SystemEndings                                      []string              // last parts of compounds that systems are called by
	noDevice                                           []string              // what such compounds begin with that are none
	Inhabitants, InhabitantCountries, InhabitantBefore []string              // by which package naming tells who is whose
	Adjectives                                         []string              // endings of adjectives
	Marked, Unmarked                                   Shaped                // participles, those with a mark of their own ("ge") and those behind prefixes that take none
	Participles                                        []string              // endings of participles of any beginning
	Compounds                                          []Compounds           // what compounds that are bodies end with
	oblique                                            []string              // endings of nouns behind the article of a genitive
	weak                                               []string              // ends of nouns that have "en" in every case but the first
	MayEnd                                             [256]bool             // the last bytes of futures and hedges, and all that are no ASCII
}

// RuleName is the ID of a rule without the language that it ends with.
func (g *Grammar) RuleName(id string) string {
	if n := len(id) - len(g.Language) - 1; n >= 0 && id[n] == '.' && id[n+1:] == g.Language {
		return id[:n]
	}
	return id
}

// Phrase is two words or more that are in a class together.
type Phrase struct {
	Words  []string
	Second uint32 // see SecondOf
	Class  int32
}

// Triggers are where patterns of one sort begin to be tried. What tells most of them off without another look stands apart, in little
// room, and what is asked for together lies beside each other: most of the time goes into fetching it.
type Triggers struct {
	Pass    Pass
	All     []Trigger
	Needs   []Need    // what they need, each once
	ByClass [][]Start // by class
	OfEntry []int32   // of each entry, where those of all its classes begin in starts
	Starts  []Start
	ByKind  [KindCount][]Start
	Kinds   Kind    // that have any
	Musts   []Must  // of all
	Classes []int32 // of musts
}

// Start is a trigger with the rarest two of what its pattern must have besides.
type Start struct {
	Trigger int32
	Needs   [2]uint16 // in triggers.needs
}

// Need is what a sentence must hold: one of the classes or kinds.
type Need struct {
	Set   ClassSet
	Kinds Kind
}

// AnyKind is a kind that every sentence holds: what a pattern needs that needs nothing.
const AnyKind Kind = 1 << 31

// Pass is a sort of patterns: each is tried at a time of its own.
type Pass uint8

const (
	Framing Pass = iota
	saying
	programming
	passCount
)

// Passes is a set of passes.
type Passes uint8

// Trigger starts the matching of a pattern at one of its elements.
type Trigger struct {
	Pattern *Pattern
	At      int32
	Musts   [2]int32 // what the pattern must have besides, in triggers.musts, the rarest first
}

// Pattern is a compiled pattern of a rule, or of a way to say a capability.
type Pattern struct {
	Elements []Element
	Rule     *Rule // nil for a say
	Say      *Say
	Line     int
	Asks     bool // it holds a question mark: what stands behind it is in the answer
}

// Must is a further element without which a pattern is not there.
type Must struct {
	Classes [2]int32 // in triggers.classes
	Kinds   Kind
	Behind  bool // the trigger, else before it
}

// Element is one place of a pattern: a gap, or what may stand there, by class or by kind.
type Element struct {
	Gap      int
	Strict   bool
	Kinds    Kind
	Classes  []int32
	Set      ClassSet // of classes
	Slot     Slot
	Subject  bool
	List     bool
	Optional bool
}

// Slot is what a mention is to a claim.
type Slot uint8

const (
	NoSlot Slot = iota
	ValueSlot
	AboutSlot
	ShareSlot
	SlotCount
)

// Rule is a compiled rule: what is claimed where one of its patterns matches. The names of its options are those of rule files.
type Rule struct {
	Id        string
	Predicate contrechamp.Predicate
	Prior     float64
	About     string
	Constant  string
	Stage     *contrechamp.Entity // that the constant names, where it is a stage
	Unless    int32
	Needs     int32
	Country   bool
	Modality  contrechamp.Modality
	Negated   string
	Past      bool
	noPlace   bool
	Speaks    bool
	Topic     bool  // the whole text must be about surveillance
	Near      bool  // the paragraph must name devices or a capability
	Voiced    bool  // the value is who says the sentence
	Firmed    bool  // the value is the firm that the text speaks of there
	Never     int32 // as unless, in the whole sentence
}

// Say is a compiled way to say a capability.
type Say struct {
	Capability string
	Unless     int32
}

// Compounds are the endings of compounds that are bodies of some kinds.
type Compounds struct {
	Kinds   Kind
	Endings []string
}

// Shaped are words by their beginning and their end, folded.
type Shaped struct{ Prefixes, Endings []string }

const (
	FutureEnding Ending = iota
	HedgeEnding
	ParticipleEnding
	endingCount
)

// Ending is a sort of endings that verbs have as they are written.
type Ending uint8
