package claim

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// Official acts say what is to be in the present tense: "Article 2 - Sont installés huit lecteurs". What an act that authorises
// counts is planned, until somebody says that it is there.

// An act's kind.
type act uint8

const (
	noAct    act = iota
	allows       // something new
	enlarges     // what is there already: its articles say so
)

// findActs marks the sentences of acts that authorise. An act begins with what it rests on ("Vu le code ...") and goes on until the
// next begins; its articles are numbered.
func (d *doc) findActs() {
	first := -1
	articles := false
	kind := noAct
	close := func(end int) {
		if first >= 0 && articles && kind != noAct {
			if d.acts == nil {
				d.acts = make([]act, len(d.sents))
			}
			for i := first; i < end; i++ {
				if s := &d.sents[i]; !d.in(s.first, d.grammarAt(s).known.actHead) { // the next act's heading
					d.acts[i] = kind
				}
			}
		}
	}
	for i := range d.sents {
		s := &d.sents[i]
		k := &d.grammarAt(s).known
		if k.recital == noClass {
			continue
		}
		if d.in(s.first, k.recital) {
			if first < 0 || articles {
				close(i)
				first, articles, kind = i, false, noAct
			}
			if kind == noAct || kind == allows {
				if d.holds(s, k.existing) {
					kind = enlarges
				}
			}
			continue
		}
		if first < 0 {
			continue
		}
		if d.in(s.first, k.article1) && s.first+1 < s.end && (d.toks[s.first+1].Kind == word.Number || d.fold[s.first+1] == "1er") {
			articles = true
		}
		if !articles {
			continue
		}
		if kind == noAct && d.holds(s, k.allowed) {
			kind = allows
		}
		if kind == allows && d.holds(s, k.existing) {
			kind = enlarges
		}
	}
	close(len(d.sents))
}

// enacted reports whether units [from, to) of a sentence count, or name, what an act authorises and nobody has yet.
func (d *doc) enacted(s *sentence, from, to int, count bool) bool {
	if d.acts == nil {
		return false
	}
	kind := d.acts[d.sentenceAt(s.first)]
	k := &d.grammarAt(s).known
	switch {
	case kind == noAct || kind == enlarges && !count:
		return false
	case count && d.in(s.first, k.recital):
		return false // what an earlier act allowed
	}
	start, end := clause(s, from, to)
	for u := start; u < end; u++ {
		if t := s.units[u].first; d.in(t, k.existing) || d.in(t, k.past) {
			return false
		}
	}
	return true
}

// introduced reports whether the point of a list that a sentence stands in is introduced by a clause about the future: "a system that
// will comprise: - 4 cameras".
func (d *doc) introduced(s *sentence) bool {
	if !d.listed(s.para) {
		return false
	}
	const reach = 12 // points
	for para := s.para - 1; para >= 0 && para >= s.para-reach; para-- {
		p := &d.paras[para]
		if p.first >= p.end || d.listed(para) {
			continue
		}
		if d.fold[p.end-1] != ":" {
			return false
		}
		at := d.sentenceAt(p.end) - 1
		if at < 0 || d.sents[at].para != para || len(d.sents[at].units) < 2 {
			return false
		}
		o := &d.sents[at]
		last := len(o.units) - 1
		return d.tensed(o, last-1, last)
	}
	return false
}

// partPlanned reports whether a part or a member of a list is planned, whose verb stands before it: "will comprise 23 cameras, of which 16
// fixed", "fournira 1 500 caméras, 2 000 radios".
func (d *doc) partPlanned(s *sentence, from, to int) bool {
	const most = 3 // segments
	start, _ := clause(s, from, to)
	for n := 0; n < most && start > 1; n++ {
		k := &d.grammarAt(s).known
		first := start
		for first < from && s.units[first].mention == nil && (d.in(s.units[first].first, k.conjunction) || d.in(s.units[first].first, k.including) || d.in(s.units[first].first, k.article)) {
			first++
		}
		part := s.units[start].kinds&kNUM != 0 || s.units[first].kinds&(kNUM|kCAP|kDEV) != 0
		for u := start; u < min(start+2, len(s.units)); u++ {
			part = part || s.units[u].mention == nil && (d.in(s.units[u].first, k.partOf) || d.in(s.units[u].first, k.including) || d.in(s.units[u].first, k.namely))
		}
		if !part || !s.units[start-1].comma || d.fold[s.units[start-1].first] == "|" {
			return false
		}
		before := start - 2
		from, to = max(before, 0), start-1
		if a, b := clause(s, from, to); d.tenseOver(s, a, b) {
			return d.tensed(s, from, to)
		}
		start, _ = clause(s, from, to)
	}
	return false
}

// tenseOver reports whether units [from, to) hold a word of the future or of the past.
func (d *doc) tenseOver(s *sentence, from, to int) bool {
	g := d.grammarAt(s)
	for u := from; u < to && u < len(s.units); u++ {
		if s.units[u].mention == nil && (d.in(s.units[u].first, g.known.past) || d.future(g, s.units[u].first)) {
			return true
		}
	}
	return false
}

// planLines makes the counts and capabilities of lines without a verb ("- six caméras ;", "Quantités : 24 caméras dômes") planned, where
// all that the text says of their subject's stage is that it is to come: such lines have the tense of their text.
func (d *doc) planLines() {
	planned, other := map[string]bool{}, map[string]bool{}
	toCome := map[int]bool{} // sentences that say a stage to come: what else they seem to say of a stage is the same
	for _, x := range d.claims {
		if x.claim.Predicate == contrechamp.Status && (x.claim.Modality == contrechamp.Planned || x.claim.Value.Entity.ID == "planned") {
			toCome[x.sent] = true
		}
	}
	for _, x := range d.claims {
		if x.claim.Predicate != contrechamp.Status || x.claim.Modality == contrechamp.Denied {
			continue
		}
		for _, a := range x.claim.About {
			if toCome[x.sent] {
				planned[a.ID] = true
			} else if x.claim.Value.Entity.ID != "ended" { // what came before it may have ended
				other[a.ID] = true
			}
		}
	}
	awards := d.awards()
	if len(planned) == 0 && !awards {
		return
	}
	for _, x := range d.claims {
		c := &x.claim
		if c.Modality != contrechamp.Asserted || c.Predicate != contrechamp.DeviceCount && c.Predicate != contrechamp.Capability {
			continue
		}
		if d.acts != nil && d.acts[x.sent] != noAct {
			continue // see enacted
		}
		s := &d.sents[x.sent]
		if id := c.About[0].ID; !other[id] && (planned[id] && d.verbless(s, x.units[0], x.units[1]) || awards && d.supplied(s, x.units[0], x.units[1])) {
			c.Modality = contrechamp.Planned
		}
	}
}

// awards reports whether the head of a text says that it invites tenders or gives a contract: what it lists is yet to be delivered.
func (d *doc) awards() bool {
	return d.headSays(func(k *knownClasses) int32 { return k.award })
}

// supplied reports whether units [from, to) are a line of what a contract is for, or a word for delivering stands in their sentence.
func (d *doc) supplied(s *sentence, from, to int) bool {
	k := &d.grammarAt(s).known
	if d.holds(s, k.existing) || d.holds(s, k.past) || d.holds(s, k.excluded) {
		return false
	}
	return d.verbless(s, from, to) || d.holds(s, k.toSupply)
}

// verbless reports whether a sentence is a line of a list, a label with what it labels, or a few words, and the clause of units
// [from, to) has no verb that the grammar knows.
func (d *doc) verbless(s *sentence, from, to int) bool {
	const most = 30 // units
	if len(s.units) > most {
		return false
	}
	g := d.grammarAt(s)
	k := &g.known
	from, to = clause(s, from, to)
	for u := from; u < to; u++ {
		unit := &s.units[u]
		if unit.mention != nil {
			continue
		}
		t := unit.first
		if d.in(t, k.preposition) {
			continue // "à" looks like "a" once its accent is folded
		}
		if d.in(t, k.auxiliary) || d.in(t, k.be) || d.in(t, k.user) || d.in(t, k.past) || d.in(t, k.said) || d.in(t, k.that) && d.fold[t] != ":" || d.in(t, k.existing) ||
			d.in(t, k.speakerWho) {
			return false
		}
	}
	p := &d.paras[s.para]
	if p.role == contrechamp.RoleItem || p.first < p.end && d.toks[p.first].Kind != word.Word || p.first+1 < p.end && d.fold[p.first+1] == ")" {
		return true
	}
	return p.end > p.first && s.first == p.first && s.end == p.end && d.fold[p.end-1] != "." && d.fold[p.end-1] != "?" && d.fold[p.end-1] != "!"
}
