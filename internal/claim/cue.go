package claim

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// cue is one way in which a text speaks of a name. The numbers are bits.
type cue uint8

const (
	cueTitle cue = iota
	cueMasthead
	cueHeading
	cueDateline
	cueLabel
	cueLocative
	cueLocativeTwice
	cueAtTown
	cueFronted
	cueOf
	cueOfHead
	cueOfVenue
	cueOfDevice
	cueOfFirm
	cueBehindHead
	cueBeforeBody
	cueBeforeVenue
	cueGenitive
	cueGenitiveBody
	cueArticle
	cueTitleOf
	cueRole
	cueFirmNoun
	cueProductNoun
	cueFirmWord
	cueOrgWord
	cueBracketed
	cueBrackets
	cueRegionBehind
	cueNumberBehind
	cueSubject
	cueOpensOnly
	cuePreposition
	cueSaid
	cueSelon
	cueCapitals
	cueTwoWords
	cueMoreWords
	cueHyphens
	cueHyphenSmall
	cueOften
	cueOnce
	cueLower
	cueQuoted
	cueInList
	cueSmallPlace
	cuePlace
	cueOther
	cueStreet
	cueBased
	cueGiven
	cueGivenFirst
	cueCommon
	cueCount
)

var cueNames = [cueCount]string{
	cueTitle: "in the title", cueMasthead: "in a masthead", cueHeading: "in a heading", cueDateline: "opens a paragraph, a mark behind", cueLabel: "label", cueLocative: "behind a locative",
	cueLocativeTwice: "behind a locative twice", cueAtTown: "behind at", cueFronted: "fronted", cueOf: "behind of", cueOfHead: "of it, a body", cueOfVenue: "of it, a site",
	cueOfDevice: "of it, devices", cueOfFirm: "of it, a firm", cueBehindHead: "behind a body", cueBeforeBody: "before a body", cueBeforeVenue: "before a site", cueGenitive: "genitive",
	cueGenitiveBody: "genitive, a body", cueArticle: "behind an article", cueTitleOf: "behind a person's title", cueRole: "behind a role", cueFirmNoun: "behind a word for firms", cueProductNoun: "behind a word for products",
	cueFirmWord: "holds a firm's word", cueOrgWord: "holds an association's word", cueBracketed: "in brackets", cueBrackets: "before brackets", cueRegionBehind: "a region or country behind",
	cueNumberBehind: "a number behind", cueSubject: "bare subject", cueOpensOnly: "opens sentences only", cuePreposition: "behind another preposition", cueSaid: "beside a verb of saying",
	cueSelon: "behind according to", cueCapitals: "all capitals", cueTwoWords: "two words", cueMoreWords: "more words", cueHyphens: "hyphens", cueHyphenSmall: "hyphens with small words",
	cueOften: "often", cueOnce: "once", cueLower: "in lower case too", cueQuoted: "quoted", cueInList: "in a list with a place", cueSmallPlace: "lexicon: a small place", cuePlace: "lexicon: a place",
	cueOther: "lexicon: something else", cueStreet: "behind a street", cueBased: "behind where somebody sits", cueGiven: "a given name", cueGivenFirst: "a given name first", cueCommon: "common words",
}

// cueSet is a set of cues.
type cueSet uint64

func (s cueSet) has(c cue) bool { return s>>c&1 != 0 }

// allCues are those of the text and of the lexicon: a set has a bit besides that it was asked, see know.
const allCues cueSet = 1<<cueCount - 1

// cues notes what stands around one occurrence.
func (d *namingDoc) cues(r *run, p *paragraph, t, end int, masthead, shouts bool) {
	k := &p.g.known
	note := func(c cue) { r.cues |= 1 << c }
	switch {
	case masthead:
		note(cueMasthead)
	case p.role == contrechamp.RoleTitle:
		note(cueTitle)
	case p.role == contrechamp.RoleHeading:
		note(cueHeading)
	}
	opens := t == p.first || d.fullStop[t-1]
	if t > p.first && d.toks[t-1].Kind == word.Word {
		r.inside = true
	}
	next := ""
	if end < p.end {
		next = d.fold[end]
	}
	if t <= p.first+1 && end < p.end && d.toks[end].Kind == word.Punct {
		switch next {
		case ":", ".":
			note(cueLabel)
		default:
			note(cueDateline)
		}
	}
	if t > p.first && d.toks[t-1].Kind == word.Word && d.toks[t-1].End <= d.toks[t].Start {
		d.cuesBefore(r, p, t, end)
	}
	if t > p.first && d.fold[t-1] == "(" && next == ")" {
		note(cueBracketed)
	}
	if d.quoted[t] > 0 && t > p.first && d.toks[t-1].Kind == word.Punct && d.fold[t-1] != "," {
		note(cueQuoted)
	}
	if !shouts && d.toks[t].End-d.toks[t].Start > 1 && allCapitals(d.toks[t].Of(d.body)) {
		note(cueCapitals)
	}
	d.cuesBehind(r, p, end, opens)
	if d.any(t, end, k.firmName) >= 0 {
		note(cueFirmWord)
	}
	if d.any(t, end, k.orgName) >= 0 {
		note(cueOrgWord)
	}
}

// cuesBefore notes the word right before a run, and the one before its preposition.
func (d *namingDoc) cuesBefore(r *run, p *paragraph, t, end int) {
	k := &p.g.known
	note := func(c cue) { r.cues |= 1 << c }
	b := t - 1
	locative, of := d.in(b, k.locative), d.in(b, k.of)
	if locative && d.given(p, b) {
		locative = false
	}
	switch {
	case locative:
		if r.cues.has(cueLocative) {
			note(cueLocativeTwice)
		}
		note(cueLocative)
		if d.in(b, k.atTown) {
			note(cueAtTown)
		}
		if (b == p.first || d.fullStop[b-1]) && end < p.end && d.fold[end] == "," {
			note(cueFronted)
		}
		if d.any(b-2, b, k.unplace) >= 0 {
			note(cueBased)
		}
	case of && d.in(b, k.article) && !slices.Contains(p.g.bodyJoin, d.fold[b]):
		note(cueArticle) // "ville des Remparts"
		of = false
	case of:
		note(cueOf)
	case d.in(b, k.article):
		note(cueArticle)
	case d.in(b, k.selon):
		note(cueSelon)
	case d.in(b, k.preposition):
		note(cuePreposition)
	case d.in(b, k.title):
		note(cueTitleOf)
	case d.in(b, k.role):
		note(cueRole)
	case d.in(b, k.firm):
		note(cueFirmNoun)
	case d.in(b, k.productNoun):
		note(cueProductNoun)
	case d.in(b, k.street):
		note(cueStreet)
	case d.in(b, k.said):
		note(cueSaid)
	case p.g.placeBehind && d.bodyWord(p, b) > 0:
		note(cueBehindHead)
	}
	if (of || locative) && b > p.first {
		n := b - 1
		switch {
		case d.sets[n].meets(&k.bodySet) && d.bodyWord(p, n) > 0, d.in(n, k.townHead), d.in(n, k.council):
			note(cueOfHead)
		case d.in(n, k.venue):
			note(cueOfVenue)
		case d.in(n, k.firm):
			note(cueOfFirm)
		case d.in(n, k.street):
			note(cueStreet)
		case d.sets[n].meets(&k.deviceSet):
			note(cueOfDevice)
		}
	}
}

// given reports whether the preposition at b says to whom something goes, and not where: "le lot est revenu à X", "awarded to X".
func (d *namingDoc) given(p *paragraph, b int) bool {
	const reach = 2 // "confié cette fois à", "ging heuer an"
	class := p.g.known.gives
	if class == noClass {
		return false
	}
	for n := b - 1; n >= max(p.first, b-1-reach); n-- {
		if d.toks[n].Kind != word.Word {
			return false
		}
		if d.in(n, class) {
			return true
		}
	}
	return false
}

// cuesBehind notes what stands right behind a run.
func (d *namingDoc) cuesBehind(r *run, p *paragraph, end int, opens bool) {
	k := &p.g.known
	note := func(c cue) { r.cues |= 1 << c }
	if end >= p.end {
		return
	}
	switch next := d.fold[end]; {
	case next == "'s" || next == "'" && p.g.adjectiveBefore:
		note(cueGenitive)
		if end+1 < p.end && d.bodyWord(p, end+1) > 0 || d.in(end+1, k.townHead) || d.in(end+1, k.role) {
			note(cueGenitiveBody)
		}
	case next == "(":
		note(cueBrackets)
		if end+1 < p.end && d.toks[end+1].Kind == word.Number {
			note(cueNumberBehind)
		} else if end+1 < p.end && d.toks[end+1].Upper {
			d.regionBehind(r, p, end+1)
		}
	case next == ",":
		if end+1 < p.end && d.toks[end+1].Upper {
			d.regionBehind(r, p, end+1)
		} else if d.in(end+1, k.role) || d.in(end+2, k.role) && d.in(end+1, k.article) {
			note(cueRole)
		}
	case d.toks[end].Kind == word.Number && d.toks[end].Start == d.toks[end-1].End+1:
		note(cueNumberBehind)
	case d.bodyWord(p, end) > 0:
		note(cueBeforeBody)
	case d.in(end, k.venue):
		note(cueBeforeVenue)
	case opens && d.in(end, k.auxiliary):
		note(cueSubject)
	case d.in(end, k.said):
		note(cueSaid)
	}
}

// regionBehind notes that the name of a region or country stands at t: "Moirans (Isère)", "Lockport, New York".
func (d *namingDoc) regionBehind(r *run, p *paragraph, t int) {
	if r.cues.has(cueRegionBehind) {
		return
	}
	for _, i := range d.lexiconNames(t, d.townEnd(p, t)) {
		if e := d.e.lex.Entity(i); e.Kind == contrechamp.KindPlace && (d.e.isCountry(e) || isRegionID(e.ID)) {
			r.cues |= 1 << cueRegionBehind
			return
		}
	}
}

// shapeOf adds the cues of a run as a whole.
func (d *namingDoc) shapeOf(r *run) {
	note := func(c cue) { r.cues |= 1 << c }
	words, hyphens, small := 0, false, false
	for t := r.first; t < r.end; t++ {
		switch {
		case d.fold[t] == "-":
			hyphens = true
		case d.toks[t].Kind == word.Word:
			words++
			small = small || !d.toks[t].Upper
		}
	}
	if d.ofCommonWords(r.first, r.end) {
		note(cueCommon)
	}
	if givenNames()[d.fold[r.first]] {
		if words == 1 {
			note(cueGiven)
		} else {
			note(cueGivenFirst)
		}
	}
	switch {
	case hyphens && small:
		note(cueHyphenSmall)
	case hyphens:
		note(cueHyphens)
	case words == 2:
		note(cueTwoWords)
	case words > 2:
		note(cueMoreWords)
	}
	switch {
	case r.count == 1:
		note(cueOnce)
	case r.count >= 3:
		note(cueOften)
	}
	if !r.inside {
		note(cueOpensOnly)
	}
}
