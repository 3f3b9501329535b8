package naming

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// Cue is one way in which a text speaks of a name. The numbers are bits.
type Cue uint8

const (
	cueTitle Cue = iota
	CueMasthead
	cueHeading
	CueDateline
	CueLabel
	CueLocative
	cueLocativeTwice
	CueAtTown
	CueFronted
	cueOf
	CueOfHead
	cueOfVenue
	cueOfDevice
	cueOfFirm
	cueBehindHead
	CueBeforeBody
	cueBeforeVenue
	cueGenitive
	CueGenitiveBody
	CueArticle
	CueTitleOf
	CueRole
	cueFirmNoun
	cueProductNoun
	cueFirmWord
	cueOrgWord
	cueBracketed
	cueBrackets
	CueRegionBehind
	cueNumberBehind
	cueSubject
	CueOpensOnly
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
	CueInList
	CueSmallPlace
	CuePlace
	CueOther
	cueStreet
	cueBased
	cueGiven
	cueGivenFirst
	cueCommon
	CueCount
)

// CueNames name the cues in features.
var CueNames = [CueCount]string{
	cueTitle: "in the title", CueMasthead: "in a masthead", cueHeading: "in a heading", CueDateline: "opens a paragraph, a mark behind", CueLabel: "label", CueLocative: "behind a locative",
	cueLocativeTwice: "behind a locative twice", CueAtTown: "behind at", CueFronted: "fronted", cueOf: "behind of", CueOfHead: "of it, a body", cueOfVenue: "of it, a site",
	cueOfDevice: "of it, devices", cueOfFirm: "of it, a firm", cueBehindHead: "behind a body", CueBeforeBody: "before a body", cueBeforeVenue: "before a site", cueGenitive: "genitive",
	CueGenitiveBody: "genitive, a body", CueArticle: "behind an article", CueTitleOf: "behind a person's title", CueRole: "behind a role", cueFirmNoun: "behind a word for firms", cueProductNoun: "behind a word for products",
	cueFirmWord: "holds a firm's word", cueOrgWord: "holds an association's word", cueBracketed: "in brackets", cueBrackets: "before brackets", CueRegionBehind: "a region or country behind",
	cueNumberBehind: "a number behind", cueSubject: "bare subject", CueOpensOnly: "opens sentences only", cuePreposition: "behind another preposition", cueSaid: "beside a verb of saying",
	cueSelon: "behind according to", cueCapitals: "all capitals", cueTwoWords: "two words", cueMoreWords: "more words", cueHyphens: "hyphens", cueHyphenSmall: "hyphens with small words",
	cueOften: "often", cueOnce: "once", cueLower: "in lower case too", cueQuoted: "quoted", CueInList: "in a list with a place", CueSmallPlace: "lexicon: a small place", CuePlace: "lexicon: a place",
	CueOther: "lexicon: something else", cueStreet: "behind a street", cueBased: "behind where somebody sits", cueGiven: "a given name", cueGivenFirst: "a given name first", cueCommon: "common words",
}

// CueSet is a set of cues.
type CueSet uint64

// Has reports whether a cue is in.
func (s CueSet) Has(c Cue) bool { return s>>c&1 != 0 }

// allCues are those of the text and of the lexicon: a set has a bit besides that it was asked, see Know.
const allCues CueSet = 1<<CueCount - 1

// cues notes what stands around one occurrence.
func (d *Doc) cues(r *Run, p *passage.Paragraph, t, end int, masthead, shouts bool) {
	k := &p.Grammar.Known
	note := func(c Cue) { r.Cues |= 1 << c }
	switch {
	case masthead:
		note(CueMasthead)
	case p.Role == contrechamp.RoleTitle:
		note(cueTitle)
	case p.Role == contrechamp.RoleHeading:
		note(cueHeading)
	}
	opens := t == p.First || d.FullStop[t-1]
	if t > p.First && d.Tokens[t-1].Kind == word.Word {
		r.inside = true
	}
	next := ""
	if end < p.End {
		next = d.Fold[end]
	}
	if t <= p.First+1 && end < p.End && d.Tokens[end].Kind == word.Punct {
		switch next {
		case ":", ".":
			note(CueLabel)
		default:
			note(CueDateline)
		}
	}
	if t > p.First && d.Tokens[t-1].Kind == word.Word && d.Tokens[t-1].End <= d.Tokens[t].Start {
		d.cuesBefore(r, p, t, end)
	}
	if t > p.First && d.Fold[t-1] == "(" && next == ")" {
		note(cueBracketed)
	}
	if d.Quoted[t] > 0 && t > p.First && d.Tokens[t-1].Kind == word.Punct && d.Fold[t-1] != "," {
		note(cueQuoted)
	}
	if !shouts && d.Tokens[t].End-d.Tokens[t].Start > 1 && AllCapitals(d.Tokens[t].Of(d.Body)) {
		note(cueCapitals)
	}
	d.cuesBehind(r, p, end, opens)
	if d.Any(t, end, k.FirmName) >= 0 {
		note(cueFirmWord)
	}
	if d.Any(t, end, k.OrgName) >= 0 {
		note(cueOrgWord)
	}
}

// cuesBefore notes the word right before a run, and the one before its preposition.
func (d *Doc) cuesBefore(r *Run, p *passage.Paragraph, t, end int) {
	k := &p.Grammar.Known
	note := func(c Cue) { r.Cues |= 1 << c }
	b := t - 1
	locative, of := d.In(b, k.Locative), d.In(b, k.Of)
	if locative && d.given(p, b) {
		locative = false
	}
	switch {
	case locative:
		if r.Cues.Has(CueLocative) {
			note(cueLocativeTwice)
		}
		note(CueLocative)
		if d.In(b, k.AtTown) {
			note(CueAtTown)
		}
		if (b == p.First || d.FullStop[b-1]) && end < p.End && d.Fold[end] == "," {
			note(CueFronted)
		}
		if d.Any(b-2, b, k.Unplace) >= 0 {
			note(cueBased)
		}
	case of && d.In(b, k.Article) && !slices.Contains(p.Grammar.BodyJoin, d.Fold[b]):
		note(CueArticle) // "ville des Remparts"
		of = false
	case of:
		note(cueOf)
	case d.In(b, k.Article):
		note(CueArticle)
	case d.In(b, k.Selon):
		note(cueSelon)
	case d.In(b, k.Preposition):
		note(cuePreposition)
	case d.In(b, k.Title):
		note(CueTitleOf)
	case d.In(b, k.Role):
		note(CueRole)
	case d.In(b, k.Firm):
		note(cueFirmNoun)
	case d.In(b, k.ProductNoun):
		note(cueProductNoun)
	case d.In(b, k.Street):
		note(cueStreet)
	case d.In(b, k.Said):
		note(cueSaid)
	case p.Grammar.PlaceBehind && d.bodyWord(p, b) > 0:
		note(cueBehindHead)
	}
	if (of || locative) && b > p.First {
		n := b - 1
		switch {
		case d.Sets[n].Meets(&k.BodySet) && d.bodyWord(p, n) > 0, d.In(n, k.TownHead), d.In(n, k.Council):
			note(CueOfHead)
		case d.In(n, k.Venue):
			note(cueOfVenue)
		case d.In(n, k.Firm):
			note(cueOfFirm)
		case d.In(n, k.Street):
			note(cueStreet)
		case d.Sets[n].Meets(&k.DeviceSet):
			note(cueOfDevice)
		}
	}
}

// given reports whether the preposition at b says to whom something goes, and not where: "le lot est revenu à X", "awarded to X".
func (d *Doc) given(p *passage.Paragraph, b int) bool {
	const reach = 2 // "confié cette fois à", "ging heuer an"
	class := p.Grammar.Known.Gives
	if class == grammar.NoClass {
		return false
	}
	for n := b - 1; n >= max(p.First, b-1-reach); n-- {
		if d.Tokens[n].Kind != word.Word {
			return false
		}
		if d.In(n, class) {
			return true
		}
	}
	return false
}

// cuesBehind notes what stands right behind a run.
func (d *Doc) cuesBehind(r *Run, p *passage.Paragraph, end int, opens bool) {
	k := &p.Grammar.Known
	note := func(c Cue) { r.Cues |= 1 << c }
	if end >= p.End {
		return
	}
	switch next := d.Fold[end]; {
	case next == "'s" || next == "'" && p.Grammar.AdjectiveBefore:
		note(cueGenitive)
		if end+1 < p.End && d.bodyWord(p, end+1) > 0 || d.In(end+1, k.TownHead) || d.In(end+1, k.Role) {
			note(CueGenitiveBody)
		}
	case next == "(":
		note(cueBrackets)
		if end+1 < p.End && d.Tokens[end+1].Kind == word.Number {
			note(cueNumberBehind)
		} else if end+1 < p.End && d.Tokens[end+1].Upper {
			d.regionBehind(r, p, end+1)
		}
	case next == ",":
		if end+1 < p.End && d.Tokens[end+1].Upper {
			d.regionBehind(r, p, end+1)
		} else if d.In(end+1, k.Role) || d.In(end+2, k.Role) && d.In(end+1, k.Article) {
			note(CueRole)
		}
	case d.Tokens[end].Kind == word.Number && d.Tokens[end].Start == d.Tokens[end-1].End+1:
		note(cueNumberBehind)
	case d.bodyWord(p, end) > 0:
		note(CueBeforeBody)
	case d.In(end, k.Venue):
		note(cueBeforeVenue)
	case opens && d.In(end, k.Auxiliary):
		note(cueSubject)
	case d.In(end, k.Said):
		note(cueSaid)
	}
}

// regionBehind notes that the name of a region or country stands at t: "Moirans (Isère)", "Lockport, New York".
func (d *Doc) regionBehind(r *Run, p *passage.Paragraph, t int) {
	if r.Cues.Has(CueRegionBehind) {
		return
	}
	for _, i := range d.lexiconNames(t, d.townEnd(p, t)) {
		if e := d.Knows.Lexicon.Entity(i); e.Kind == contrechamp.KindPlace && (d.Knows.IsCountry(e) || IsRegionID(e.ID)) {
			r.Cues |= 1 << CueRegionBehind
			return
		}
	}
}

// shapeOf adds the cues of a run as a whole.
func (d *Doc) shapeOf(r *Run) {
	note := func(c Cue) { r.Cues |= 1 << c }
	words, hyphens, small := 0, false, false
	for t := r.First; t < r.End; t++ {
		switch {
		case d.Fold[t] == "-":
			hyphens = true
		case d.Tokens[t].Kind == word.Word:
			words++
			small = small || !d.Tokens[t].Upper
		}
	}
	if d.OfCommonWords(r.First, r.End) {
		note(cueCommon)
	}
	if GivenNames()[d.Fold[r.First]] {
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
		note(CueOpensOnly)
	}
}
