package claim

import (
	"slices"
	"sync"

	contrechamp "contrechamp.org/contrechamp"
)

// Reading a text takes a few hundred kilobytes of tokens, classes and mentions, none of which outlives the call: the next
// text uses them again. What is answered (claims, entities, explanations) is never in them.

var docs = sync.Pool{New: func() any { return new(doc) }}

// mostKept is how many tokens a text may have for its memory to be kept: a book's goes to the collector.
const mostKept = 1 << 16

// begin takes the memory of a text read before.
func (e *Engine) begin(text *contrechamp.Text) *doc {
	d := docs.Get().(*doc)
	d.e, d.text, d.body = e.knowledge, text, text.Body
	d.engine, d.placeWeights, d.subjectWeights, d.tellerWeights = e, e.places, e.subjects, e.speakers
	d.carry.para = -1
	if d.entities == nil {
		d.entities, d.aliases, d.bodyOf = map[string]*contrechamp.Entity{}, map[string]*contrechamp.Entity{}, map[string]*contrechamp.Entity{}
		d.placed, d.places, d.beside, d.containers, d.surnames = map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
		d.towns, d.capitals, d.shortFirms, d.things = map[string][]town{}, map[string]capitals{}, map[string]bool{}, map[string]bool{}
		d.namings, d.basicOf = map[*contrechamp.Entity]naming{}, map[*contrechamp.Entity]int32{}
		d.candidateOf = map[*contrechamp.Entity]int{}
		d.runAt = map[string]int32{}
		d.bodiesAt = map[bodyOf]*contrechamp.Entity{}
		d.takenRoom, d.bestRoom, d.townsOf = map[valueKey]bool{}, map[valueKey]hinted{}, map[string]*contrechamp.Entity{}
		d.mergeAt, d.salientAt, d.speakerAt = map[mergeKey]int32{}, map[string]int32{}, map[string]int32{}
		d.hintRoom, d.ofLexicon, d.commonly = newHintRoom(), map[*contrechamp.Entity]*lexical{}, map[*contrechamp.Entity]bool{}
		d.remembered = new([1 << rememberedLog]remembered)
		d.headed, d.mainIn = map[int]*contrechamp.Entity{}, map[int]bool{}
	}
	return d
}

// release gives a text's memory to the next one. Nothing of d may be used behind it.
func (d *doc) release() {
	if len(d.toks) > mostKept {
		return
	}
	clear(d.entities)
	clear(d.speakerAt)
	clear(d.aliases)
	clear(d.bodyOf)
	clear(d.placed)
	clear(d.surnames)
	clear(d.places)
	clear(d.beside)
	clear(d.containers)
	clear(d.towns)
	clear(d.townsOf)
	clear(d.capitals)
	clear(d.shortFirms)
	clear(d.things)
	clear(d.headed)
	clear(d.namings)
	clear(d.basicOf)
	clear(d.mergeAt)
	clear(d.takenRoom)
	clear(d.bestRoom)
	clear(d.ofLexicon)
	clear(d.commonly)
	clear(d.bodiesAt)
	clear(d.salientAt)
	clear(d.mainIn)
	clear(d.runAt)
	clear(d.candidateOf)
	kept := doc{
		entities: d.entities, aliases: d.aliases, bodyOf: d.bodyOf, placed: d.placed, surnames: d.surnames, places: d.places, beside: d.beside,
		containers: d.containers, towns: d.towns, townsOf: d.townsOf, capitals: d.capitals, shortFirms: d.shortFirms, things: d.things, headed: d.headed, namings: d.namings, mainIn: d.mainIn,
		basicOf: d.basicOf, basicRoom: emptied(d.basicRoom), salientAt: d.salientAt, salientRoom: emptied(d.salientRoom), salient: emptied(d.salient), refRoom: emptied(d.refRoom),
		kept: emptied(d.kept), mergeAt: d.mergeAt, entityRoom: emptied(d.entityRoom), endings: d.endings[:0], remembered: d.remembered, openers: d.openers[:0], takenRoom: d.takenRoom, bestRoom: d.bestRoom, bestOrder: emptied(d.bestOrder), ofLexicon: d.ofLexicon, commonly: d.commonly, bodiesAt: d.bodiesAt, resolvedRoom: emptied(d.resolvedRoom), betweenRoom: d.betweenRoom[:0],
		runs: emptied(d.runs), runAt: d.runAt, met: d.met[:0], surveilling: d.surveilling[:0], candidateOf: d.candidateOf, candidateOfRun: d.candidateOfRun, namedBy: d.namedBy, candidateRoom: emptied(d.candidateRoom), standings: d.standings[:0], likely: emptied(d.likely), alongside: emptied(d.alongside),
		toks: d.toks[:0], fold: emptied(d.fold), known: emptied(d.known), variants: emptied(d.variants), hitRoom: d.hitRoom[:0], sets: d.sets[:0], fires: d.fires[:0], never: d.never[:0], fullStop: d.fullStop[:0],
		quoted: d.quoted[:0], paras: emptied(d.paras), sents: emptied(d.sents), sections: emptied(d.sections), unitRoom: emptied(d.unitRoom),
		mentions: emptied(d.mentions), inner: emptied(d.inner), byPara: emptied(d.byPara), found: emptied(d.found), covered: emptied(d.covered),
		matchesBuf: emptied(d.matchesBuf), doubtful: emptied(d.doubtful), claims: emptied(d.claims), lastCapabilities: emptied(d.lastCapabilities),
		numberIDs: d.numberIDs[:0], dateIDs: d.dateIDs[:0], quantities: emptied(d.quantities), days: emptied(d.days),
		featureRoom: smallEnough(emptied(d.featureRoom)), ownRoom: d.ownRoom[:0], peerRoom: emptied(d.peerRoom), peerOrder: d.peerOrder[:0], weighedRoom: d.weighedRoom[:0], levels: d.levels[:0], chooser: chooser{list: d.chooser.forgotten()}, drafts: emptied(d.drafts),
		hinted: d.hinted[:0], signed: d.signed[:0], devices: d.devices[:0], hintRoom: d.hintRoom.forgotten(),
		tellerRoom: emptyTellers(d.tellerRoom), speakers: emptied(d.speakers), headVoices: emptied(d.headVoices), page: emptied(d.page), speakerAt: d.speakerAt,
		slabs: d.slabs, matcher: matcher{next: d.matcher.next, classAt: d.matcher.classAt, kindAt: d.matcher.kindAt}, folding: d.folding[:0],
	}
	for i := 0; i <= d.slab && i < len(d.slabs); i++ {
		if i == d.slab {
			clear(d.slabs[i][:d.slabUsed])
		} else {
			clear(d.slabs[i])
		}
	}
	*d = kept
	docs.Put(d)
}

// mostFeatures is how many features of claims are kept room for, 2 MB: a list of ten thousand names has many more.
const mostFeatures = 1 << 16

// smallEnough is a slice's memory, unless a rare text made it large.
func smallEnough(s []feature) []feature {
	if cap(s) > mostFeatures {
		return nil
	}
	return s
}

// draftsAtOnce is how many drafts are made at once.
const draftsAtOnce = 64

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

// draft keeps a draft.
func (d *doc) draft(x draft) *draft {
	if len(d.drafts) == cap(d.drafts) {
		d.drafts = make([]draft, 0, draftsAtOnce) // those before keep their memory
	}
	d.drafts = append(d.drafts, x)
	return &d.drafts[len(d.drafts)-1]
}
