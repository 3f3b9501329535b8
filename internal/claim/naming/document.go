package naming

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/calendar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/lexicon"
	"contrechamp.org/contrechamp/internal/quantity"
)

// Doc is a text with what it names.
type Doc struct {
	passage.Doc

	PlaceWeights  *Weights
	Day           contrechamp.Date   // that its dates are reckoned from, see edition.go
	Mentions      []*passage.Mention // not overlapping, in order
	ByPara        [][]*passage.Mention
	Entities      map[string]*contrechamp.Entity // those met or made in this document, by ID
	aliases       map[string]*contrechamp.Entity // by key
	surnames      map[string]bool                // last words of names that open with a given name
	placed        map[string]bool                // capitals that something is said to be in, or that are said to be towns
	Doubtful      []*contrechamp.Entity          // small places of ambiguous names, passed over
	townsOf       map[string]*contrechamp.Entity // by the adjective of their people, nil for words that are none
	towns         map[string][]town              // known by what the text calls them, by first word
	Runs          []Run                          // names by their capitals, see placehood.go
	runAt         map[string]int32               // by their folded words
	Met           []Occurrence                   // of runs, in order
	namedBy       []int32
	accents       passage.Answer                 // whether the text writes accents
	ForeignBodies map[string]bool                // countries of national bodies that are those of another here, see homonym.go
	namings       map[*contrechamp.Entity]naming // see naming.go
	Counted       bool
	BasicOf       map[*contrechamp.Entity]int32 // their places in basicRoom
	titles        int                           // how many paragraphs are the title's
	capitals      map[string]capitals           // how words stand with a capital
	shortFirms    map[string]bool               // the first words of firms named by more
	things        map[string]bool               // single names that are said to be products
	TitleFirm     int32                         // one more than the run of the firm that the text is a portrait of, 0 for none
	Portrait      *contrechamp.Entity           // the firm that the text is about, as far as it has the words of a portrait
	matchesBuf    []lexicon.Match
	quantities    []quantity.Found
	days          []calendar.Found
	refRoom       []contrechamp.EntityRef
	found         []*passage.Mention                       // of a paragraph, as they come
	covered       []*passage.Mention                       // by a paragraph's token
	ofLexicon     map[*contrechamp.Entity]*passage.Lexical // what is known of those of the lexicon
	commonly      map[*contrechamp.Entity]bool             // whether those that only the text knows are called by common words
}

// Begin makes room for a text, unless another left some. What it is weighed by is set apart.
func (d *Doc) Begin(e *passage.Knowledge, text *contrechamp.Text) {
	d.Doc.Begin(e, text)
	if d.Entities == nil {
		d.Entities = map[string]*contrechamp.Entity{}
		d.aliases = map[string]*contrechamp.Entity{}
		d.placed = map[string]bool{}
		d.surnames = map[string]bool{}
		d.towns = map[string][]town{}
		d.capitals = map[string]capitals{}
		d.shortFirms = map[string]bool{}
		d.things = map[string]bool{}
		d.namings = map[*contrechamp.Entity]naming{}
		d.BasicOf = map[*contrechamp.Entity]int32{}
		d.runAt = map[string]int32{}
		d.townsOf = map[string]*contrechamp.Entity{}
		d.ofLexicon = map[*contrechamp.Entity]*passage.Lexical{}
		d.commonly = map[*contrechamp.Entity]bool{}
	}
}

// Forget empties what is known of a text, and keeps the room.
func (d *Doc) Forget() {
	d.Doc.Forget()
	clear(d.Entities)
	clear(d.aliases)
	clear(d.placed)
	clear(d.surnames)
	clear(d.towns)
	clear(d.townsOf)
	clear(d.capitals)
	clear(d.shortFirms)
	clear(d.things)
	clear(d.namings)
	clear(d.BasicOf)
	clear(d.ofLexicon)
	clear(d.commonly)
	clear(d.runAt)
	*d = Doc{
		Doc: d.Doc, Entities: d.Entities, aliases: d.aliases, placed: d.placed, surnames: d.surnames, towns: d.towns,
		townsOf: d.townsOf, capitals: d.capitals, shortFirms: d.shortFirms, things: d.things, namings: d.namings, BasicOf: d.BasicOf,
		refRoom: passage.Emptied(d.refRoom), ofLexicon: d.ofLexicon, commonly: d.commonly, Runs: passage.Emptied(d.Runs), runAt: d.runAt, Met: d.Met[:0],
		namedBy: d.namedBy, Mentions: passage.Emptied(d.Mentions), ByPara: passage.Emptied(d.ByPara), found: passage.Emptied(d.found), covered: passage.Emptied(d.covered),
		matchesBuf: passage.Emptied(d.matchesBuf), Doubtful: passage.Emptied(d.Doubtful), quantities: passage.Emptied(d.quantities), days: passage.Emptied(d.days),
	}
}
