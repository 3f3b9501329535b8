package claim

import (
	_ "embed"
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// Gazetteers end somewhere, and most names of small towns are words or families' names too. Whether the capitals of a
// text name a place is told by how the text speaks of them: behind a locative, before "council", with a genitive, in the
// dateline. The cues of all their occurrences add up (place.csv, fitted by `make train` on the names that the lexicon and
// the gold are sure of): a logistic regression over a few dozen cues.

//go:embed place.csv
var placeFile string

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
	cueOther: "lexicon: something else", cueStreet: "behind a street", cueBased: "behind where somebody sits",
}

// cueSet is a set of cues.
type cueSet uint64

func (s cueSet) has(c cue) bool { return s>>c&1 != 0 }

// placeWeights are the weights of the cues, for most languages and for those that give every noun a capital.
type placeWeights struct {
	bias   [2]float64
	weight [2][cueCount]float64
}

// nounsPrefix opens the features of languages that give every noun a capital.
const nounsPrefix = "nouns: "

// SmallPlace is the feature of a name that the lexicon knows as a small place's, NounsPrefix opens the features of languages
// that give every noun a capital.
var SmallPlace = cueNames[cueSmallPlace]

const NounsPrefix = nounsPrefix

// placeWeightsOf takes the weights from a model.
func placeWeightsOf(m *Model) *placeWeights {
	w := &placeWeights{}
	for n, prefix := range [2]string{"", nounsPrefix} {
		w.bias[n] = m.weights["bias"] + float64(n)*m.weights[nounsPrefix+"bias"]
		for c, name := range cueNames {
			w.weight[n][c] = m.weights[name]
			if n == 1 {
				w.weight[n][c] += m.weights[prefix+name]
			}
		}
	}
	return w
}

// run is a name by its capitals, with all that the text says of it.
type run struct {
	first, end int // its first occurrence
	p          *paragraph
	count      int
	opens      int   // paragraphs
	inside     bool  // a sentence
	firm       bool  // it stands somewhere with a last word of firms
	last       int32 // its last occurrence, counted from 1
	cues       cueSet
}

// occurrence is where a run stands.
type occurrence struct {
	first, end int
	run        int32
	before     int32 // the run's occurrence before it, counted from 1, 0 for none
}

// collectRuns finds the runs of capitals of a text and how it speaks of them.
func (d *doc) collectRuns() {
	spoken := false
	for i := range d.paras {
		p := &d.paras[i]
		spoken = spoken || !p.silent
		shouts := d.shouts(i)
		for t := p.first; t < p.end; t++ {
			if !d.toks[t].Upper || !d.capital(p, t) {
				continue
			}
			d.steps++
			if d.is(t, p.g.known.title) > 0 {
				continue // "Mme X"
			}
			if n := d.bodyWord(p, t); n > 0 {
				t += n - 1
				continue
			}
			end := d.townEnd(p, t)
			if shouts && end-t > 2 {
				t = end - 1
				continue // a headline in capitals
			}
			d.meetRun(p, t, end, !spoken, shouts)
			t = end - 1
		}
	}
	d.listRuns()
	d.lowerRuns()
}

// meetRun notes one occurrence.
func (d *doc) meetRun(p *paragraph, t, end int, masthead, shouts bool) {
	key := d.fold[t]
	if end-t > 1 {
		d.folding = d.folding[:0]
		for x := t; x < end; x++ {
			d.folding = append(append(d.folding, d.fold[x]...), ' ')
		}
	}
	at, ok := int32(0), false
	if end-t > 1 {
		at, ok = d.runAt[string(d.folding)]
	} else {
		at, ok = d.runAt[key]
	}
	if !ok {
		at = int32(len(d.runs))
		d.runs = append(d.runs, run{first: t, end: end, p: p})
		if end-t > 1 {
			key = string(d.folding)
		}
		d.runAt[key] = at
	}
	r := &d.runs[at]
	d.met = append(d.met, occurrence{first: t, end: end, run: at, before: r.last})
	r.last = int32(len(d.met))
	r.count++
	if t == p.first && p.role != contrechamp.RoleTitle {
		r.opens++
	}
	d.cues(r, p, t, end, masthead, shouts)
}

// cues notes what stands around one occurrence.
func (d *doc) cues(r *run, p *paragraph, t, end int, masthead, shouts bool) {
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
func (d *doc) cuesBefore(r *run, p *paragraph, t, end int) {
	k := &p.g.known
	note := func(c cue) { r.cues |= 1 << c }
	b := t - 1
	locative, of := d.is(b, k.locative) > 0, d.is(b, k.of) > 0
	if locative && d.given(p, b) {
		locative = false
	}
	switch {
	case locative:
		if r.cues.has(cueLocative) {
			note(cueLocativeTwice)
		}
		note(cueLocative)
		if d.is(b, k.atTown) > 0 {
			note(cueAtTown)
		}
		if (b == p.first || d.fullStop[b-1]) && end < p.end && d.fold[end] == "," {
			note(cueFronted)
		}
		if d.any(b-2, b, k.unplace) >= 0 {
			note(cueBased)
		}
	case of && d.is(b, k.article) > 0 && !slices.Contains(p.g.bodyJoin, d.fold[b]):
		note(cueArticle) // "ville des Remparts"
		of = false
	case of:
		note(cueOf)
	case d.is(b, k.article) > 0:
		note(cueArticle)
	case d.is(b, k.selon) > 0:
		note(cueSelon)
	case d.is(b, k.preposition) > 0:
		note(cuePreposition)
	case d.is(b, k.title) > 0:
		note(cueTitleOf)
	case d.is(b, k.role) > 0:
		note(cueRole)
	case d.is(b, k.firm) > 0:
		note(cueFirmNoun)
	case d.is(b, k.productNoun) > 0:
		note(cueProductNoun)
	case d.is(b, k.street) > 0:
		note(cueStreet)
	case d.is(b, k.said) > 0:
		note(cueSaid)
	case p.g.placeBehind && d.bodyWord(p, b) > 0:
		note(cueBehindHead)
	}
	if (of || locative) && b > p.first {
		n := b - 1
		switch {
		case d.sets[n].meets(&k.bodySet) && d.bodyWord(p, n) > 0, d.is(n, k.townHead) > 0, d.is(n, k.council) > 0:
			note(cueOfHead)
		case d.is(n, k.venue) > 0:
			note(cueOfVenue)
		case d.is(n, k.firm) > 0:
			note(cueOfFirm)
		case d.is(n, k.street) > 0:
			note(cueStreet)
		case d.sets[n].meets(&k.deviceSet):
			note(cueOfDevice)
		}
	}
}

// given reports whether the preposition at b says to whom something goes, and not where: "le lot est revenu à X", "awarded to X".
func (d *doc) given(p *paragraph, b int) bool {
	const reach = 2 // "confié cette fois à", "ging heuer an"
	class := p.g.known.gives
	if class == noClass {
		return false
	}
	for n := b - 1; n >= max(p.first, b-1-reach); n-- {
		if d.toks[n].Kind != word.Word {
			return false
		}
		if d.is(n, class) > 0 {
			return true
		}
	}
	return false
}

// cuesBehind notes what stands right behind a run.
func (d *doc) cuesBehind(r *run, p *paragraph, end int, opens bool) {
	k := &p.g.known
	note := func(c cue) { r.cues |= 1 << c }
	if end >= p.end {
		return
	}
	switch next := d.fold[end]; {
	case next == "'s" || next == "'" && p.g.adjectiveBefore:
		note(cueGenitive)
		if d.bodyWord(p, end+1) > 0 || d.is(end+1, k.townHead) > 0 || d.is(end+1, k.role) > 0 {
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
		} else if d.is(end+1, k.role) > 0 || d.is(end+2, k.role) > 0 && d.is(end+1, k.article) > 0 {
			note(cueRole)
		}
	case d.toks[end].Kind == word.Number && d.toks[end].Start == d.toks[end-1].End+1:
		note(cueNumberBehind)
	case d.bodyWord(p, end) > 0:
		note(cueBeforeBody)
	case d.is(end, k.venue) > 0:
		note(cueBeforeVenue)
	case opens && d.is(end, k.auxiliary) > 0:
		note(cueSubject)
	case d.is(end, k.said) > 0:
		note(cueSaid)
	}
}

// regionBehind notes that the name of a region or country stands at t: "Moirans (Isère)", "Lockport, New York".
func (d *doc) regionBehind(r *run, p *paragraph, t int) {
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

// listRuns notes the names that stand in a list with a place: "Dreux, Chartres, Lucé et Mainvilliers".
func (d *doc) listRuns() {
	const most = 3 // tokens between: a comma, "et", "à"
	for i := 1; i < len(d.met); i++ {
		a, b := &d.met[i-1], &d.met[i]
		if b.first-a.end > most || b.first == a.end || d.runs[a.run].p != d.runs[b.run].p && d.paraOf(a.first) != d.paraOf(b.first) {
			continue
		}
		k := &d.runs[b.run].p.g.known
		joined := false
		for t := a.end; t < b.first; t++ {
			switch {
			case d.fold[t] == ",", d.fold[t] == "/", d.is(t, k.conjunction) > 0:
				joined = true
			case d.is(t, k.locative) > 0, d.is(t, k.of) > 0, d.is(t, k.article) > 0:
			default:
				joined = false
				t = b.first
			}
		}
		if !joined {
			continue
		}
		x, y := &d.runs[a.run], &d.runs[b.run]
		if x.cues.has(cueInList) && y.cues.has(cueInList) {
			continue
		}
		if d.surePlace(x) {
			y.cues |= 1 << cueInList
		}
		if d.surePlace(y) {
			x.cues |= 1 << cueInList
		}
	}
}

// surePlace reports whether the lexicon knows a run as a place of some size.
func (d *doc) surePlace(r *run) bool {
	d.know(r)
	return r.cues.has(cuePlace)
}

// know notes what the lexicon knows by a run's name. It is asked once.
func (d *doc) know(r *run) {
	const asked = cueSet(1)<<cueSmallPlace | 1<<cuePlace | 1<<cueOther | 1<<63
	if r.cues&asked != 0 {
		return
	}
	r.cues |= 1 << 63
	for n, i := range d.lexiconNames(r.first, r.end) {
		e := d.e.lex.Entity(i)
		switch {
		case e.Kind != contrechamp.KindPlace:
			if n == 0 {
				r.cues |= 1 << cueOther
			}
		case d.e.isCountry(e) || isRegionID(e.ID) || d.e.lex.Population(i) >= smallTown:
			r.cues |= 1 << cuePlace
		default:
			r.cues |= 1 << cueSmallPlace
		}
	}
}

// lexiconNames are what the lexicon knows by the name [first, end). The next call uses the memory again.
func (d *doc) lexiconNames(first, end int) []int32 {
	d.namedBy = d.e.lex.NamedBy(d.namedBy[:0], d.body, d.toks[first:end])
	return d.namedBy
}

// lowerRuns notes the names that are words of the text too.
func (d *doc) lowerRuns() {
	if len(d.runs) == 0 {
		return
	}
	for t := range d.toks {
		if d.toks[t].Upper || d.toks[t].Kind != word.Word || d.toks[t].End-d.toks[t].Start < 4 || d.known[t].id != 0 && len(d.known[t].hits) > 0 {
			continue
		}
		if at, ok := d.runAt[d.fold[t]]; ok {
			d.runs[at].cues |= 1 << cueLower
		}
	}
}

// shapeOf adds the cues of a run as a whole.
func (d *doc) shapeOf(r *run) {
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

// placehood is the log-odds that a run names a place.
func (d *doc) placehood(r *run) float64 {
	w, n := d.e.placeWeights, 0
	if r.p.g.nounsCapital {
		n = 1
	}
	sum := w.bias[n]
	for c := cue(0); c < cueCount; c++ {
		if r.cues.has(c) {
			sum += w.weight[n][c]
		}
	}
	return sum
}

// surelyPlace are the log-odds from which a name is a place.
const surelyPlace = 0.4

// findRunPlaces takes the runs that the text speaks of as of places.
func (d *doc) findRunPlaces() {
	d.collectRuns()
	d.findThings()
	for i := range d.runs {
		d.shapeOf(&d.runs[i])
	}
	d.findTitleFirm()
	d.noteFirms()
	for i := range d.runs {
		r := &d.runs[i]
		if d.titleFirm == int32(i)+1 || r.labels() || r.end-r.first == 1 && d.things[d.fold[r.first]] {
			continue
		}
		n := 0
		if r.p.g.nounsCapital {
			n = 1
		}
		if d.placehood(r)+max(0, d.e.placeWeights.weight[n][cueSmallPlace]) < surelyPlace {
			continue // whatever the lexicon knows
		}
		d.know(r)
		if r.cues.has(cuePlace) || r.cues.has(cueOther) || d.placehood(r) < surelyPlace || d.saidFirm(int32(i)) {
			continue
		}
		if r.cues.has(cueSmallPlace) {
			d.placed[d.fold[r.first]] = true
			continue
		}
		d.town(r.p, r.first, r.end)
	}
}

// labels reports whether a name only ever opens paragraphs: "Question 1", "Question 2".
func (r *run) labels() bool {
	const often = 3
	return r.count >= often && r.opens == r.count
}

// saidFirm reports whether the text says of a name, somewhere, that it is a firm's: "X, une société belge", "la société X", "X SA".
func (d *doc) saidFirm(at int32) bool {
	r := &d.runs[at]
	if r.firm {
		return true
	}
	for n := r.last; n > 0; n = d.met[n-1].before {
		d.steps++
		o := &d.met[n-1]
		p := &d.paras[d.paraOf(o.first)]
		// "à X, une société ...": that is a town and what is in it
		if b := o.first - 1; b >= p.first && d.is(b, p.g.known.locative) > 0 && !d.given(p, b) {
			continue
		}
		if d.firmBehind(p, o.end, false) && d.fold[o.end] == "," {
			return true
		}
	}
	return false
}

// noteFirms marks the names that stand somewhere with a legal form or another last word of firms, with it and without.
func (d *doc) noteFirms() {
	for i := range d.met {
		o := &d.met[i]
		if o.end-o.first < 2 || d.is(o.end-1, d.paras[d.paraOf(o.first)].g.known.firmName) == 0 {
			continue
		}
		d.runs[o.run].firm = true
		if at, ok := d.runNamed(o.first, o.end-1); ok {
			d.runs[at].firm = true
		}
	}
}

// Run is a name with what a text says of it, for fitting the weights: see placehood.
type Run struct {
	Words    string
	Features []Term
	Place    bool // the lexicon is sure that it is one
	Other    bool // or that it is something else
	Excluded bool // a country, a region
}

// runs lists the names of a text for fitting.
func (d *doc) runsSeen() []Run {
	var out []Run
	for i := range d.runs {
		r := &d.runs[i]
		d.know(r)
		x := Run{Words: d.words(r.first, r.end)}
		if r.cues.has(cuePlace) {
			for _, i := range d.e.lex.ByName(x.Words) {
				if e := d.e.lex.Entity(i); e.Kind == contrechamp.KindPlace && (d.e.isCountry(e) || isRegionID(e.ID)) {
					x.Excluded = true
				} else if e.Kind == contrechamp.KindPlace && d.e.lex.Population(i) >= 3*smallTown {
					x.Place = true
				}
			}
		}
		x.Other = r.cues.has(cueOther)
		add := func(name string) {
			x.Features = append(x.Features, Term{Feature: name, Value: 1})
			if r.p.g.nounsCapital {
				x.Features = append(x.Features, Term{Feature: nounsPrefix + name, Value: 1})
			}
		}
		add("bias")
		for c := cue(0); c < cueCount; c++ {
			if r.cues.has(c) && c != cuePlace && c != cueOther {
				add(cueNames[c])
			}
		}
		out = append(out, x)
	}
	return out
}
