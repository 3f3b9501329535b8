package claim

import (
	_ "embed"
	"math"
	"slices"
	"sort"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// What a whole text is about is chosen among all that it names: the places of the lexicon, the bodies and sites, and the
// names that nobody knows, since a register is needed most where no gazetteer has been. A linear model weighs how a text
// speaks of each (main.csv, fitted by `make train` as a choice among the candidates of each document).

//go:embed main.csv
var mainFile string

// candidate is what a text may be about.
type candidate struct {
	entity  *contrechamp.Entity // nil for a name that nothing is known of
	run     int32               // -1 for none
	kind    mainFeature
	values  [mainCount]float64
	times   int
	outside int // of brackets
	body    int // in speaking paragraphs
	demonym int
	line    int // in datelines
	first   int
	quiet   bool    // it stands in running text, not only in capitals
	labels  int     // paragraphs that it opens before a colon
	sent    int     // counted last with devices
	spoken  int     // the first token of speaking body, 0 for none
	rest    float64 // it is named behind the lead
	number  int32   // in the order of first mentions
	para    int     // the last that names it
	paras   int     // that name it
	last    int     // token
	seats   int     // where somebody sits
	score   float64
	likely  float64 // that the text is about it
}

// standing is where a candidate is named.
type standing struct{ first, candidate int32 }

// mostCandidates bounds the names that nothing is known of among the candidates of a long text.
const mostCandidates = 200

// candidates collects what the text may be about. score is what the places have by where they stand.
func (d *subjectDoc) candidates(score map[string]float64, best *contrechamp.Entity) []candidate {
	list := d.candidateRoom[:0]
	d.standings = d.standings[:0]
	byEntity := d.candidateOf
	byRun := sized(d.candidateOfRun, len(d.runs)) // one more than the place in the list, 0 for none
	d.candidateOfRun = byRun
	of := func(e *contrechamp.Entity, kind mainFeature) *candidate {
		at, ok := byEntity[e]
		if !ok {
			at = len(list)
			byEntity[e] = at
			list = append(list, candidate{entity: e, run: -1, kind: kind, first: math.MaxInt, sent: -1, number: int32(at), para: -1})
		}
		return &list[at]
	}
	// what a text is about is named before much else is
	full := func() bool { return len(list) >= mostCandidates }
	next := 0 // of the runs met
	sent := 0
	for i := range d.paras {
		p := &d.paras[i]
		ms := d.byPara[i]
		at := 0
		for _, m := range ms {
			for sent < len(d.sents) && d.sents[sent].end <= m.first {
				sent++
			}
			switch {
			case m.entity == nil, m.kinds&kPER != 0:
			case m.kinds&kCO != 0:
				d.meetCandidate(of(m.entity, isFirm), i, sent, m.first, m.end)
			case m.kinds&kPRD != 0 && m.kinds&kPLC == 0:
				d.meetCandidate(of(m.entity, isProduct), i, sent, m.first, m.end)
			case m.kinds&kAUT != 0 && m.entity.Source == "document" && m.within == nil && !m.generic:
				d.meetCandidate(of(m.entity, isAuthority), i, sent, m.first, m.end) // an airport's or a port's
			case m.kinds&kORG != 0 && m.kinds&(kPOL|kPLC|kPRG) == 0 && m.within == nil && !m.generic && m.entity.Source == "document":
				d.meetCandidate(of(m.entity, isOrganisation), i, sent, m.first, m.end)
			case m.kinds&kDEM != 0 && d.e.isArea(m.entity):
			case m.kinds&kDEM != 0 && !d.e.isCountry(m.entity):
				d.meetCandidate(of(m.entity, isTown), i, sent, m.first, m.end)
			case m.kinds&kDEM != 0:
				c := of(m.entity, isCountry)
				c.demonym++
				c.times++
				c.first, c.last = min(c.first, m.first), m.first
			case m.kinds&kPLC != 0 && !d.e.isArea(m.entity):
				c := of(m.entity, d.placeKind(m.entity))
				d.meetCandidate(c, i, sent, m.first, m.end)
				if m.weak {
					c.values[weakName] = 1
				}
				if m.common {
					c.values[commonWord] = 1
				}
				if m.end-m.first == 1 && d.words(m.first, m.end) != m.entity.Name && word.Fold(m.entity.Name) == d.fold[m.first] {
					c.values[spelledOtherwise] = 1
				}
			case m.kinds&(kPOL|kPRG) != 0 && !m.generic && d.placeOf(m) == nil && m.within == nil:
				kind := isOrganisation
				if m.kinds&kPOL != 0 {
					kind = isBody
				} else if m.kinds&kPRG != 0 {
					kind = isProgramme
				}
				d.meetCandidate(of(m.entity, kind), i, sent, m.first, m.end)
			}
			if m.kinds&kDEM == 0 && m.kinds&kPLC == 0 {
				var in *contrechamp.Entity
				if m.within != nil && m.within.entity != nil && !d.e.isArea(m.within.entity) {
					in = m.within.entity
				} else if m.kinds&kPOL != 0 && m.entity != nil && !m.generic {
					in = d.placeOf(m)
				}
				if in != nil {
					c := of(in, d.placeKind(in))
					d.meetCandidate(c, i, sent, m.first, m.end)
					if m.kinds&kAUT == 0 {
						c.values[inBodysName] = 1
					} else {
						c.values[inCourtsName]++
					}
				}
			}
		}
		// names that nothing is known of, and the cues of the others
		for ; next < len(d.met) && d.met[next].first < p.end; next++ {
			o := &d.met[next]
			for at < len(ms) && ms[at].end <= o.first {
				at++
			}
			var m *mention
			if at < len(ms) && ms[at].first < o.end {
				m = ms[at]
			}
			known := m != nil && m.entity != nil && m.first == o.first && m.end == o.end
			if known && m.kinds&(kPLC|kPOL|kORG|kPRG) != 0 {
				if c, ok := byEntity[m.entity]; ok {
					list[c].run = o.run
				}
				continue
			}
			d.partOf(o, i, byRun, &list)
			if d.toks[o.end-1].End-d.toks[o.first].Start < 3 {
				continue
			}
			if known || m != nil && m.entity != nil && m.entity.Source != "document" || m != nil && m.within != nil && m.kinds&(kDAT|kNUM|kMON) == 0 || m != nil && m.kinds&(kPER|kCO|kPLC|kDEM|kDAT|kNUM|kMON|kPCT|kCAP|kDEV|kPRD) != 0 {
				continue
			}
			if d.titleFirm == o.run+1 {
				continue
			}
			c := byRun[o.run] - 1
			if c < 0 {
				if full() {
					continue
				}
				c = len(list)
				byRun[o.run] = c + 1
				list = append(list, candidate{run: o.run, kind: isName, first: math.MaxInt, sent: -1, number: int32(c), para: -1})
			}
			if m != nil && m.kinds&(kPOL|kORG) != 0 {
				list[c].values[inBodysName] = 1
			}
			s := sort.Search(len(d.sents), func(i int) bool { return d.sents[i].end > o.first })
			d.meetCandidate(&list[c], i, s, o.first, o.end)
		}
	}
	for _, x := range d.mastheadPlaces() {
		c := of(x.entity, d.placeKind(x.entity))
		d.meetCandidate(c, x.para, len(d.sents), x.first, x.end)
		if allCapitals(d.words(x.first, x.end)) {
			c.values[inMastheadCapitals] = 1
		} else {
			c.values[inMastheadName] = 1
		}
	}
	d.devicesByCandidate(list)
	// a name that is met once, in no title and in no way as a place is, is nothing to go by
	list = slices.DeleteFunc(list, func(c candidate) bool {
		if c.kind != isName {
			return false
		}
		if !c.quiet || c.labels > 1 || d.runs[c.run].labels() {
			return true // a word of a headline, or somebody who speaks
		}
		r := &d.runs[c.run]
		if r.cues.has(cueTitleOf) || r.cues.has(cueRole) {
			return true // somebody
		}
		if r.end == r.first+1 && !r.cues.has(cueLocative) && d.in(r.first, r.p.g.known.notPlace) {
			return true // a word
		}
		return c.times == 1 && c.values[inTitle]+c.values[inMasthead]+c.values[inHeading] == 0 && !d.names(r, best) && d.placehood(r) < hardlyPlace
	})
	d.weighCandidates(list, score, best)
	d.candidateRoom = list
	return list
}

// partOf notes the name that a longer one begins with, where it stands alone elsewhere: "Lockport High School".
func (d *subjectDoc) partOf(o *occurrence, para int, byRun []int, list *[]candidate) {
	for end := o.end - 1; end > o.first; end-- {
		if d.fold[end] == "-" {
			continue
		}
		at, ok := d.runNamed(o.first, end)
		if !ok {
			continue
		}
		c := byRun[at] - 1
		if c < 0 {
			return
		}
		(*list)[c].values[inLongerName] = 1
		d.meetCandidate(&(*list)[c], para, len(d.sents), o.first, o.end)
		return
	}
}

// placeKind is the kind of a place.
func (d *subjectDoc) placeKind(e *contrechamp.Entity) mainFeature {
	switch {
	case d.e.isCountry(e):
		return isCountry
	case isRegionID(e.ID):
		return isRegion
	case e.Source == "document":
		return isSite
	}
	return isTown
}

// meetCandidate notes one mention of a candidate, at [first, end) of paragraph para.
func (d *subjectDoc) meetCandidate(c *candidate, para, sent, first, end int) {
	p := &d.paras[para]
	k := &p.g.known
	d.steps++
	c.times++
	c.last = first
	if para != c.para {
		c.para = para
		c.paras++
	}
	d.standings = append(d.standings, standing{int32(first), c.number})
	if first > p.first+1 && d.toks[first-1].Upper && !d.fullStop[first-1] || end < p.end && d.toks[end].Upper {
		c.values[besideCapitals]++
	}
	if end < p.end && d.fold[end] == "-" && d.toks[end].Start == d.toks[end-1].End {
		c.values[hyphenBehind]++
	}
	if end == first+1 && d.known[first].own > 0 {
		c.values[wordOfRules] = 1
	}
	if d.quoted[first] > 0 {
		c.values[inQuotes]++
	}
	if first == p.first || d.fullStop[first-1] {
		c.values[opensSentence]++
	}
	c.first = min(c.first, first)
	c.quiet = c.quiet || !d.shouts(para)
	if first == p.first && end < p.end && d.fold[end] == ":" {
		c.labels++
	}
	bracketed := first > 0 && d.fold[first-1] == "(" && end < len(d.fold) && d.fold[end] == ")"
	if !bracketed {
		c.outside++
	}
	switch {
	case p.role == contrechamp.RoleTitle:
		c.values[inTitle] = 1
	case p.silent:
		if first < d.spokenFrom {
			c.values[inMasthead] = 1
		}
	case p.role == contrechamp.RoleHeading:
		c.values[inHeading] = 1
	default:
		if para <= d.leadTo {
			c.values[inLead] = 1
		} else {
			c.rest = 1
		}
		if c.spoken == 0 {
			c.spoken = first
		}
		c.values[inBody] = 1
		c.body++
	}
	if first <= p.first+1 && end < p.end && (d.fold[end] == "," || d.fold[end] == "-" || d.fold[end] == "(") && p.role == contrechamp.RoleBody {
		c.line++
	}
	switch {
	case first == p.first:
	case d.seats(p, first, end, false):
		c.values[firmsSeat] = 1
		c.seats++
	case d.in(first-1, k.locative):
		if d.any(first-4, first-1, k.unplace) >= 0 {
			c.values[firmsSeat] = 1
		} else {
			c.values[behindLocative]++
		}
	case d.in(first-1, k.of):
		c.values[behindOf]++
	}
	if end < p.end && d.in(end, k.auxiliary) && !bracketed {
		c.values[subjectOfSentence] = 1
	}
	if d.opensText(p, para, first, end) {
		c.values[opensTheText] = 1
	}
	if sent < len(d.sents) && sent != c.sent && d.sents[sent].first <= first && d.sentenceSurveils(sent) {
		c.sent = sent
		c.values[devicesInSentence]++
	}
}

// sentenceSurveils reports whether a sentence names devices or a capability; it is looked up once.
func (d *subjectDoc) sentenceSurveils(sent int) bool {
	if len(d.surveilling) != len(d.sents) {
		d.surveilling = sized(d.surveilling, len(d.sents))
		at := 0
		for _, m := range d.mentions {
			if m.kinds&(kDEV|kCAP) == 0 {
				continue
			}
			for at < len(d.sents) && d.sents[at].end <= m.first {
				at++
			}
			if at < len(d.sents) && d.sents[at].first <= m.first {
				d.surveilling[at] = true
			}
		}
	}
	return d.surveilling[sent]
}

// names reports whether a run is the name of a place of the lexicon.
func (d *subjectDoc) names(r *run, e *contrechamp.Entity) bool {
	return e != nil && e.Source == "lexicon" && word.Key(d.words(r.first, r.end)) == word.Key(e.Name)
}

// hardlyPlace are the log-odds below which a name that is met once is no candidate.
const hardlyPlace = -3

// mayBePlace are the log-odds from which a name may be a place's.
const mayBePlace = -1

// mainScore is what the model makes of a candidate.
func (w *mainWeights) mainScore(c *candidate) float64 {
	sum := 0.0
	for i, v := range c.values {
		if v != 0 {
			sum += v * w[i]
		}
	}
	return sum
}

// chooseMain answers the likeliest candidate, nil for none, and notes how likely each is.
func (d *subjectDoc) chooseMain(list []candidate) (best *candidate) {
	for i := range list {
		c := &list[i]
		if !c.kind.main() {
			continue
		}
		c.score = d.subjectWeights.mains.mainScore(c)
		if c.kind == isName && c.times == 1 && c.values[placeLike] < mayBePlace {
			if r := &d.runs[c.run]; c.values[inTitle]+c.values[inMasthead]+c.values[inHeading] == 0 || r.cues.has(cueOpensOnly) && !r.cues.has(cueSmallPlace) {
				continue // it may be anybody's, or a headline's first word
			}
		}
		if c.kind == isName && c.values[placeLike] < mayBePlace && d.runs[c.run].cues.has(cueOpensOnly) && c.values[inTitle]+c.values[inMasthead]+c.values[opensTheText] == 0 {
			continue // "Incident 12: ..."
		}
		if c.seats == c.times {
			continue // nothing is said to stand there
		}
		if best == nil || c.score > best.score || c.score == best.score && c.first < best.first {
			best = c
		}
	}
	if best == nil {
		return nil
	}
	sum := 0.0
	for i := range list {
		if c := &list[i]; c.kind.main() {
			c.likely = math.Exp(c.score - best.score)
			sum += c.likely
		}
	}
	for i := range list {
		list[i].likely /= sum
	}
	return best
}

// By how much a country must be likelier than its town, in log-odds, for a text to be about the country: more where the text says of devices that they
// stand in the town. Chosen on the known sets among 0 to 7.
const (
	countryBeforeTown     = 2
	countryBeforeEquipped = 4
)

// townInstead reports whether a text is about a town though its country is the likelier candidate: what is deployed stands in a town.
func (d *subjectDoc) townInstead(list []candidate, top *candidate, town *contrechamp.Entity) bool {
	if !d.townIn(town, top.entity) {
		return false
	}
	by := float64(countryBeforeTown)
	if d.beside[town.ID] {
		by = countryBeforeEquipped
	}
	return top.score-scoreOf(list, town) < by
}

// scoreOf is the score of an entity among candidates.
func scoreOf(list []candidate, e *contrechamp.Entity) float64 {
	for i := range list {
		if list[i].entity == e {
			return list[i].score
		}
	}
	return math.Inf(-1)
}

// entityOf is the entity of a candidate; a name that nothing is known of becomes one.
func (d *subjectDoc) entityOf(c *candidate) *contrechamp.Entity {
	if c.entity == nil {
		c.entity = d.takeName(c.run)
	}
	return c.entity
}

// opensText reports whether a name opens one of the first paragraphs as a local paper says where its story is: "WÖRGL Die Stadt ...", "SAMBREVILLE. Il y a
// ...", "Lecco. È ...".
func (d *subjectDoc) opensText(p *paragraph, para, first, end int) bool {
	if first != p.first || p.role != contrechamp.RoleBody || para > d.leadTo || end >= p.end {
		return false
	}
	switch mark := d.fold[end]; {
	case mark == "." || mark == "-" || mark == "–" || mark == "—" || mark == "/":
		return end+1 < p.end && d.toks[end+1].Upper
	case !allCapitals(d.words(first, end)) || d.shouts(para):
		return false
	case mark == ":" || mark == "," || mark == "(":
		return true
	}
	return d.toks[end].Upper
}
