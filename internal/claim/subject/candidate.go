package subject

import (
	_ "embed"
	"math"
	"slices"
	"sort"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/naming"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// What a whole text is about is chosen among all that it names: the places of the lexicon, the bodies and sites, and the
// names that nobody knows, since a register is needed most where no gazetteer has been. A linear model weighs how a text
// speaks of each (main.csv, fitted by `make train` as a choice among the candidates of each document).

//go:embed main.csv
var mainFile string

// Candidate is what a text may be about.
type Candidate struct {
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
func (d *Doc) candidates(score map[string]float64, best *contrechamp.Entity) []Candidate {
	list := d.CandidateRoom[:0]
	d.standings = d.standings[:0]
	byEntity := d.candidateOf
	byRun := passage.Sized(d.candidateOfRun, len(d.Runs)) // one more than the place in the list, 0 for none
	d.candidateOfRun = byRun
	of := func(e *contrechamp.Entity, kind mainFeature) *Candidate {
		at, ok := byEntity[e]
		if !ok {
			at = len(list)
			byEntity[e] = at
			list = append(list, Candidate{entity: e, run: -1, kind: kind, first: math.MaxInt, sent: -1, number: int32(at), para: -1})
		}
		return &list[at]
	}
	// what a text is about is named before much else is
	full := func() bool { return len(list) >= mostCandidates }
	next := 0 // of the runs met
	sent := 0
	for i := range d.Paragraphs {
		p := &d.Paragraphs[i]
		ms := d.ByPara[i]
		at := 0
		for _, m := range ms {
			for sent < len(d.Sentences) && d.Sentences[sent].End <= m.First {
				sent++
			}
			switch {
			case m.Entity == nil, m.Kinds&grammar.PER != 0:
			case m.Kinds&grammar.CO != 0:
				d.meetCandidate(of(m.Entity, isFirm), i, sent, m.First, m.End)
			case m.Kinds&grammar.PRD != 0 && m.Kinds&grammar.PLC == 0:
				d.meetCandidate(of(m.Entity, isProduct), i, sent, m.First, m.End)
			case m.Kinds&grammar.AUT != 0 && m.Entity.Source == "document" && m.Within == nil && !m.Generic:
				d.meetCandidate(of(m.Entity, isAuthority), i, sent, m.First, m.End) // an airport's or a port's
			case m.Kinds&grammar.ORG != 0 && m.Kinds&(grammar.POL|grammar.PLC|grammar.PRG) == 0 && m.Within == nil && !m.Generic && m.Entity.Source == "document":
				d.meetCandidate(of(m.Entity, isOrganisation), i, sent, m.First, m.End)
			case m.Kinds&grammar.DEM != 0 && d.Knows.IsArea(m.Entity):
			case m.Kinds&grammar.DEM != 0 && !d.Knows.IsCountry(m.Entity):
				d.meetCandidate(of(m.Entity, isTown), i, sent, m.First, m.End)
			case m.Kinds&grammar.DEM != 0:
				c := of(m.Entity, isCountry)
				c.demonym++
				c.times++
				c.first, c.last = min(c.first, m.First), m.First
			case m.Kinds&grammar.PLC != 0 && !d.Knows.IsArea(m.Entity):
				c := of(m.Entity, d.placeKind(m.Entity))
				d.meetCandidate(c, i, sent, m.First, m.End)
				if m.Weak {
					c.values[weakName] = 1
				}
				if m.Common {
					c.values[commonWord] = 1
				}
				if m.End-m.First == 1 && d.Words(m.First, m.End) != m.Entity.Name && word.Fold(m.Entity.Name) == d.Fold[m.First] {
					c.values[spelledOtherwise] = 1
				}
			case m.Kinds&(grammar.POL|grammar.PRG) != 0 && !m.Generic && d.PlaceOf(m) == nil && m.Within == nil:
				kind := isOrganisation
				if m.Kinds&grammar.POL != 0 {
					kind = isBody
				} else if m.Kinds&grammar.PRG != 0 {
					kind = isProgramme
				}
				d.meetCandidate(of(m.Entity, kind), i, sent, m.First, m.End)
			}
			if m.Kinds&grammar.DEM == 0 && m.Kinds&grammar.PLC == 0 {
				var in *contrechamp.Entity
				if m.Within != nil && m.Within.Entity != nil && !d.Knows.IsArea(m.Within.Entity) {
					in = m.Within.Entity
				} else if m.Kinds&grammar.POL != 0 && m.Entity != nil && !m.Generic {
					in = d.PlaceOf(m)
				}
				if in != nil {
					c := of(in, d.placeKind(in))
					d.meetCandidate(c, i, sent, m.First, m.End)
					if m.Kinds&grammar.AUT == 0 {
						c.values[inBodysName] = 1
					} else {
						c.values[inCourtsName]++
					}
				}
			}
		}
		// names that nothing is known of, and the cues of the others
		for ; next < len(d.Met) && d.Met[next].First < p.End; next++ {
			o := &d.Met[next]
			for at < len(ms) && ms[at].End <= o.First {
				at++
			}
			var m *passage.Mention
			if at < len(ms) && ms[at].First < o.End {
				m = ms[at]
			}
			known := m != nil && m.Entity != nil && m.First == o.First && m.End == o.End
			if known && m.Kinds&(grammar.PLC|grammar.POL|grammar.ORG|grammar.PRG) != 0 {
				if c, ok := byEntity[m.Entity]; ok {
					list[c].run = o.Run
				}
				continue
			}
			d.partOf(o, i, byRun, &list)
			if d.Tokens[o.End-1].End-d.Tokens[o.First].Start < 3 {
				continue
			}
			if known || m != nil && m.Entity != nil && m.Entity.Source != "document" || m != nil && m.Within != nil && m.Kinds&(grammar.DAT|grammar.NUM|grammar.MON) == 0 || m != nil && m.Kinds&(grammar.PER|grammar.CO|grammar.PLC|grammar.DEM|grammar.DAT|grammar.NUM|grammar.MON|grammar.PCT|grammar.CAP|grammar.DEV|grammar.PRD) != 0 {
				continue
			}
			if d.TitleFirm == o.Run+1 {
				continue
			}
			c := byRun[o.Run] - 1
			if c < 0 {
				if full() {
					continue
				}
				c = len(list)
				byRun[o.Run] = c + 1
				list = append(list, Candidate{run: o.Run, kind: isName, first: math.MaxInt, sent: -1, number: int32(c), para: -1})
			}
			if m != nil && m.Kinds&(grammar.POL|grammar.ORG) != 0 {
				list[c].values[inBodysName] = 1
			}
			s := sort.Search(len(d.Sentences), func(i int) bool { return d.Sentences[i].End > o.First })
			d.meetCandidate(&list[c], i, s, o.First, o.End)
		}
	}
	for _, x := range d.MastheadPlaces() {
		c := of(x.Entity, d.placeKind(x.Entity))
		d.meetCandidate(c, x.Para, len(d.Sentences), x.First, x.End)
		if naming.AllCapitals(d.Words(x.First, x.End)) {
			c.values[inMastheadCapitals] = 1
		} else {
			c.values[inMastheadName] = 1
		}
	}
	d.devicesByCandidate(list)
	// a name that is met once, in no title and in no way as a place is, is nothing to go by
	list = slices.DeleteFunc(list, func(c Candidate) bool {
		if c.kind != isName {
			return false
		}
		if !c.quiet || c.labels > 1 || d.Runs[c.run].Labels() {
			return true // a word of a headline, or somebody who speaks
		}
		r := &d.Runs[c.run]
		if r.Cues.Has(naming.CueTitleOf) || r.Cues.Has(naming.CueRole) {
			return true // somebody
		}
		if r.End == r.First+1 && !r.Cues.Has(naming.CueLocative) && d.In(r.First, r.Paragraph.Grammar.Known.NotPlace) {
			return true // a word
		}
		return c.times == 1 && c.values[inTitle]+c.values[inMasthead]+c.values[inHeading] == 0 && !d.names(r, best) && d.Placehood(r) < hardlyPlace
	})
	d.weighCandidates(list, score, best)
	d.CandidateRoom = list
	return list
}

// PartOf notes the name that a longer one begins with, where it stands alone elsewhere: "Lockport High School".
func (d *Doc) partOf(o *naming.Occurrence, para int, byRun []int, list *[]Candidate) {
	for end := o.End - 1; end > o.First; end-- {
		if d.Fold[end] == "-" {
			continue
		}
		at, ok := d.RunNamed(o.First, end)
		if !ok {
			continue
		}
		c := byRun[at] - 1
		if c < 0 {
			return
		}
		(*list)[c].values[inLongerName] = 1
		d.meetCandidate(&(*list)[c], para, len(d.Sentences), o.First, o.End)
		return
	}
}

// placeKind is the kind of a place.
func (d *Doc) placeKind(e *contrechamp.Entity) mainFeature {
	switch {
	case d.Knows.IsCountry(e):
		return isCountry
	case naming.IsRegionID(e.ID):
		return isRegion
	case e.Source == "document":
		return isSite
	}
	return isTown
}

// meetCandidate notes one mention of a candidate, at [first, end) of paragraph para.
func (d *Doc) meetCandidate(c *Candidate, para, sent, first, end int) {
	p := &d.Paragraphs[para]
	k := &p.Grammar.Known
	d.Steps++
	c.times++
	c.last = first
	if para != c.para {
		c.para = para
		c.paras++
	}
	d.standings = append(d.standings, standing{int32(first), c.number})
	if first > p.First+1 && d.Tokens[first-1].Upper && !d.FullStop[first-1] || end < p.End && d.Tokens[end].Upper {
		c.values[besideCapitals]++
	}
	if end < p.End && d.Fold[end] == "-" && d.Tokens[end].Start == d.Tokens[end-1].End {
		c.values[hyphenBehind]++
	}
	if end == first+1 && d.Known[first].Own > 0 {
		c.values[wordOfRules] = 1
	}
	if d.Quoted[first] > 0 {
		c.values[inQuotes]++
	}
	if first == p.First || d.FullStop[first-1] {
		c.values[opensSentence]++
	}
	c.first = min(c.first, first)
	c.quiet = c.quiet || !d.Shouts(para)
	if first == p.First && end < p.End && d.Fold[end] == ":" {
		c.labels++
	}
	bracketed := first > 0 && d.Fold[first-1] == "(" && end < len(d.Fold) && d.Fold[end] == ")"
	if !bracketed {
		c.outside++
	}
	switch {
	case p.Role == contrechamp.RoleTitle:
		c.values[inTitle] = 1
	case p.Silent:
		if first < d.spokenFrom {
			c.values[inMasthead] = 1
		}
	case p.Role == contrechamp.RoleHeading:
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
	if first <= p.First+1 && end < p.End && (d.Fold[end] == "," || d.Fold[end] == "-" || d.Fold[end] == "(") && p.Role == contrechamp.RoleBody {
		c.line++
	}
	switch {
	case first == p.First:
	case d.seats(p, first, end, false):
		c.values[firmsSeat] = 1
		c.seats++
	case d.In(first-1, k.Locative):
		if d.Any(first-4, first-1, k.Unplace) >= 0 {
			c.values[firmsSeat] = 1
		} else {
			c.values[behindLocative]++
		}
	case d.In(first-1, k.Of):
		c.values[behindOf]++
	}
	if end < p.End && d.In(end, k.Auxiliary) && !bracketed {
		c.values[subjectOfSentence] = 1
	}
	if d.opensText(p, para, first, end) {
		c.values[opensTheText] = 1
	}
	if sent < len(d.Sentences) && sent != c.sent && d.Sentences[sent].First <= first && d.sentenceSurveils(sent) {
		c.sent = sent
		c.values[devicesInSentence]++
	}
}

// sentenceSurveils reports whether a sentence names devices or a capability; it is looked up once.
func (d *Doc) sentenceSurveils(sent int) bool {
	if len(d.surveilling) != len(d.Sentences) {
		d.surveilling = passage.Sized(d.surveilling, len(d.Sentences))
		at := 0
		for _, m := range d.Mentions {
			if m.Kinds&(grammar.DEV|grammar.CAP) == 0 {
				continue
			}
			for at < len(d.Sentences) && d.Sentences[at].End <= m.First {
				at++
			}
			if at < len(d.Sentences) && d.Sentences[at].First <= m.First {
				d.surveilling[at] = true
			}
		}
	}
	return d.surveilling[sent]
}

// names reports whether a run is the name of a place of the lexicon.
func (d *Doc) names(r *naming.Run, e *contrechamp.Entity) bool {
	return e != nil && e.Source == "lexicon" && word.Key(d.Words(r.First, r.End)) == word.Key(e.Name)
}

// hardlyPlace are the log-odds below which a name that is met once is no candidate.
const hardlyPlace = -3

// mayBePlace are the log-odds from which a name may be a place's.
const mayBePlace = -1

// mainScore is what the model makes of a candidate.
func (w *mainWeights) mainScore(c *Candidate) float64 {
	sum := 0.0
	for i, v := range c.values {
		if v != 0 {
			sum += v * w[i]
		}
	}
	return sum
}

// chooseMain answers the likeliest candidate, nil for none, and notes how likely each is.
func (d *Doc) chooseMain(list []Candidate) (best *Candidate) {
	for i := range list {
		c := &list[i]
		if !c.kind.main() {
			continue
		}
		c.score = d.SubjectWeights.mains.mainScore(c)
		if c.kind == isName && c.times == 1 && c.values[placeLike] < mayBePlace {
			if r := &d.Runs[c.run]; c.values[inTitle]+c.values[inMasthead]+c.values[inHeading] == 0 || r.Cues.Has(naming.CueOpensOnly) && !r.Cues.Has(naming.CueSmallPlace) {
				continue // it may be anybody's, or a headline's first word
			}
		}
		if c.kind == isName && c.values[placeLike] < mayBePlace && d.Runs[c.run].Cues.Has(naming.CueOpensOnly) && c.values[inTitle]+c.values[inMasthead]+c.values[opensTheText] == 0 {
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
func (d *Doc) townInstead(list []Candidate, top *Candidate, town *contrechamp.Entity) bool {
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
func scoreOf(list []Candidate, e *contrechamp.Entity) float64 {
	for i := range list {
		if list[i].entity == e {
			return list[i].score
		}
	}
	return math.Inf(-1)
}

// entityOf is the entity of a candidate; a name that nothing is known of becomes one.
func (d *Doc) entityOf(c *Candidate) *contrechamp.Entity {
	if c.entity == nil {
		c.entity = d.takeName(c.run)
	}
	return c.entity
}

// opensText reports whether a name opens one of the first paragraphs as a local paper says where its story is: "WÖRGL Die Stadt ...", "SAMBREVILLE. Il y a
// ...", "Lecco. È ...".
func (d *Doc) opensText(p *passage.Paragraph, para, first, end int) bool {
	if first != p.First || p.Role != contrechamp.RoleBody || para > d.leadTo || end >= p.End {
		return false
	}
	switch mark := d.Fold[end]; {
	case mark == "." || mark == "-" || mark == "–" || mark == "—" || mark == "/":
		return end+1 < p.End && d.Tokens[end+1].Upper
	case !naming.AllCapitals(d.Words(first, end)) || d.Shouts(para):
		return false
	case mark == ":" || mark == "," || mark == "(":
		return true
	}
	return d.Tokens[end].Upper
}
