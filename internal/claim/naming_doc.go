package claim

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/calendar"
	"contrechamp.org/contrechamp/internal/lexicon"
	"contrechamp.org/contrechamp/internal/quantity"
)

// namingDoc is a text with what it names.
type namingDoc struct {
	passageDoc

	placeWeights  *placeWeights
	day           contrechamp.Date // that its dates are reckoned from, see edition.go
	mentions      []*mention       // not overlapping, in order
	byPara        [][]*mention
	entities      map[string]*contrechamp.Entity // those met or made in this document, by ID
	aliases       map[string]*contrechamp.Entity // by key
	surnames      map[string]bool                // last words of names that open with a given name
	placed        map[string]bool                // capitals that something is said to be in, or that are said to be towns
	doubtful      []*contrechamp.Entity          // small places of ambiguous names, passed over
	townsOf       map[string]*contrechamp.Entity // by the adjective of their people, nil for words that are none
	towns         map[string][]town              // known by what the text calls them, by first word
	runs          []run                          // names by their capitals, see placehood.go
	runAt         map[string]int32               // by their folded words
	met           []occurrence                   // of runs, in order
	namedBy       []int32
	accents       answer                         // whether the text writes accents
	foreignBodies map[string]bool                // countries of national bodies that are those of another here, see homonym.go
	namings       map[*contrechamp.Entity]naming // see naming.go
	counted       bool
	basicOf       map[*contrechamp.Entity]int32 // their places in basicRoom
	titles        int                           // how many paragraphs are the title's
	capitals      map[string]capitals           // how words stand with a capital
	shortFirms    map[string]bool               // the first words of firms named by more
	things        map[string]bool               // single names that are said to be products
	titleFirm     int32                         // one more than the run of the firm that the text is a portrait of, 0 for none
	portrait      *contrechamp.Entity           // the firm that the text is about, as far as it has the words of a portrait
	matchesBuf    []lexicon.Match
	quantities    []quantity.Found
	days          []calendar.Found
	refRoom       []contrechamp.EntityRef
	found         []*mention                       // of a paragraph, as they come
	covered       []*mention                       // by a paragraph's token
	ofLexicon     map[*contrechamp.Entity]*lexical // what is known of those of the lexicon
	commonly      map[*contrechamp.Entity]bool     // whether those that only the text knows are called by common words
}

// begin makes room for a text, unless another left some.
func (d *namingDoc) begin(e *knowledge, text *contrechamp.Text, places *placeWeights) {
	d.passageDoc.begin(e, text)
	d.placeWeights = places
	if d.entities == nil {
		d.entities = map[string]*contrechamp.Entity{}
		d.aliases = map[string]*contrechamp.Entity{}
		d.placed = map[string]bool{}
		d.surnames = map[string]bool{}
		d.towns = map[string][]town{}
		d.capitals = map[string]capitals{}
		d.shortFirms = map[string]bool{}
		d.things = map[string]bool{}
		d.namings = map[*contrechamp.Entity]naming{}
		d.basicOf = map[*contrechamp.Entity]int32{}
		d.runAt = map[string]int32{}
		d.townsOf = map[string]*contrechamp.Entity{}
		d.ofLexicon = map[*contrechamp.Entity]*lexical{}
		d.commonly = map[*contrechamp.Entity]bool{}
	}
}

// forget empties what is known of a text, and keeps the room.
func (d *namingDoc) forget() {
	d.passageDoc.forget()
	clear(d.entities)
	clear(d.aliases)
	clear(d.placed)
	clear(d.surnames)
	clear(d.towns)
	clear(d.townsOf)
	clear(d.capitals)
	clear(d.shortFirms)
	clear(d.things)
	clear(d.namings)
	clear(d.basicOf)
	clear(d.ofLexicon)
	clear(d.commonly)
	clear(d.runAt)
	*d = namingDoc{
		passageDoc: d.passageDoc, entities: d.entities, aliases: d.aliases, placed: d.placed, surnames: d.surnames, towns: d.towns,
		townsOf: d.townsOf, capitals: d.capitals, shortFirms: d.shortFirms, things: d.things, namings: d.namings, basicOf: d.basicOf,
		refRoom: emptied(d.refRoom), ofLexicon: d.ofLexicon, commonly: d.commonly, runs: emptied(d.runs), runAt: d.runAt, met: d.met[:0],
		namedBy: d.namedBy, mentions: emptied(d.mentions), byPara: emptied(d.byPara), found: emptied(d.found), covered: emptied(d.covered),
		matchesBuf: emptied(d.matchesBuf), doubtful: emptied(d.doubtful), quantities: emptied(d.quantities), days: emptied(d.days),
	}
}
