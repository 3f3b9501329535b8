package draft

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
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

// FindActs marks the sentences of acts that authorise. An act begins with what it rests on ("Vu le code ...") and goes on until the
// next begins; its articles are numbered.
func (d *Doc) FindActs() {
	first := -1
	articles := false
	kind := noAct
	close := func(end int) {
		if first >= 0 && articles && kind != noAct {
			if d.acts == nil {
				d.acts = make([]act, len(d.Sentences))
			}
			for i := first; i < end; i++ {
				if s := &d.Sentences[i]; !d.In(s.First, d.GrammarAt(s).Known.ActHead) { // the next act's heading
					d.acts[i] = kind
				}
			}
		}
	}
	for i := range d.Sentences {
		s := &d.Sentences[i]
		k := &d.GrammarAt(s).Known
		if k.Recital == grammar.NoClass {
			continue
		}
		if d.In(s.First, k.Recital) {
			if first < 0 || articles {
				close(i)
				first, articles, kind = i, false, noAct
			}
			if kind == noAct || kind == allows {
				if d.Holds(s, k.Existing) {
					kind = enlarges
				}
			}
			continue
		}
		if first < 0 {
			continue
		}
		if d.In(s.First, k.Article1) && s.First+1 < s.End && (d.Tokens[s.First+1].Kind == word.Number || d.Fold[s.First+1] == "1er") {
			articles = true
		}
		if !articles {
			continue
		}
		if kind == noAct && d.Holds(s, k.Allowed) {
			kind = allows
		}
		if kind == allows && d.Holds(s, k.Existing) {
			kind = enlarges
		}
	}
	close(len(d.Sentences))
}

// Enacted reports whether units [from, to) of a sentence count, or name, what an act authorises and nobody has yet.
func (d *Doc) Enacted(s *passage.Sentence, from, to int, count bool) bool {
	if d.acts == nil {
		return false
	}
	kind := d.acts[d.SentenceAt(s.First)]
	k := &d.GrammarAt(s).Known
	switch {
	case kind == noAct || kind == enlarges && !count:
		return false
	case count && d.In(s.First, k.Recital):
		return false // what an earlier act allowed
	}
	start, end := passage.Clause(s, from, to)
	for u := start; u < end; u++ {
		if t := s.Units[u].First; d.In(t, k.Existing) || d.In(t, k.Past) {
			return false
		}
	}
	return true
}

// Introduced reports whether the point of a list that a sentence stands in is introduced by a clause about the future: "a system that
// will comprise: - 4 cameras".
func (d *Doc) Introduced(s *passage.Sentence) bool {
	if !d.Listed(s.Para) {
		return false
	}
	const reach = 12 // points
	for para := s.Para - 1; para >= 0 && para >= s.Para-reach; para-- {
		p := &d.Paragraphs[para]
		if p.First >= p.End || d.Listed(para) {
			continue
		}
		if d.Fold[p.End-1] != ":" {
			return false
		}
		at := d.SentenceAt(p.End) - 1
		if at < 0 || d.Sentences[at].Para != para || len(d.Sentences[at].Units) < 2 {
			return false
		}
		o := &d.Sentences[at]
		last := len(o.Units) - 1
		return d.Tensed(o, last-1, last)
	}
	return false
}

// PartPlanned reports whether a part or a member of a list is planned, whose verb stands before it: "will comprise 23 cameras, of which 16
// fixed", "fournira 1 500 caméras, 2 000 radios".
func (d *Doc) PartPlanned(s *passage.Sentence, from, to int) bool {
	const most = 3 // segments
	start, _ := passage.Clause(s, from, to)
	for n := 0; n < most && start > 1; n++ {
		k := &d.GrammarAt(s).Known
		first := start
		for first < from && s.Units[first].Mention == nil && (d.In(s.Units[first].First, k.Conjunction) || d.In(s.Units[first].First, k.Including) || d.In(s.Units[first].First, k.Article)) {
			first++
		}
		part := s.Units[start].Kinds&grammar.NUM != 0 || s.Units[first].Kinds&(grammar.NUM|grammar.CAP|grammar.DEV) != 0
		for u := start; u < min(start+2, len(s.Units)); u++ {
			part = part || s.Units[u].Mention == nil && (d.In(s.Units[u].First, k.PartOf) || d.In(s.Units[u].First, k.Including) || d.In(s.Units[u].First, k.Namely))
		}
		if !part || !s.Units[start-1].Comma || d.Fold[s.Units[start-1].First] == "|" {
			return false
		}
		before := start - 2
		from, to = max(before, 0), start-1
		if a, b := passage.Clause(s, from, to); d.tenseOver(s, a, b) {
			return d.Tensed(s, from, to)
		}
		start, _ = passage.Clause(s, from, to)
	}
	return false
}

// tenseOver reports whether units [from, to) hold a word of the future or of the past.
func (d *Doc) tenseOver(s *passage.Sentence, from, to int) bool {
	g := d.GrammarAt(s)
	for u := from; u < to && u < len(s.Units); u++ {
		if s.Units[u].Mention == nil && (d.In(s.Units[u].First, g.Known.Past) || d.Future(g, s.Units[u].First)) {
			return true
		}
	}
	return false
}

// PlanLines makes the counts and capabilities of lines without a verb ("- six caméras ;", "Quantités : 24 caméras dômes") planned, where
// all that the text says of their subject's stage is that it is to come: such lines have the tense of their text.
func (d *Doc) PlanLines() {
	planned, other := map[string]bool{}, map[string]bool{}
	toCome := map[int]bool{} // sentences that say a stage to come: what else they seem to say of a stage is the same
	for _, x := range d.Claims {
		if x.Claim.Predicate == contrechamp.Status && (x.Claim.Modality == contrechamp.Planned || x.Claim.Value.Entity.ID == "planned") {
			toCome[x.Sent] = true
		}
	}
	for _, x := range d.Claims {
		if x.Claim.Predicate != contrechamp.Status || x.Claim.Modality == contrechamp.Denied {
			continue
		}
		for _, a := range x.Claim.About {
			if toCome[x.Sent] {
				planned[a.ID] = true
			} else if x.Claim.Value.Entity.ID != "ended" { // what came before it may have ended
				other[a.ID] = true
			}
		}
	}
	awards := d.awards()
	if len(planned) == 0 && !awards {
		return
	}
	for _, x := range d.Claims {
		c := &x.Claim
		if c.Modality != contrechamp.Asserted || c.Predicate != contrechamp.DeviceCount && c.Predicate != contrechamp.Capability {
			continue
		}
		if d.acts != nil && d.acts[x.Sent] != noAct {
			continue // see Enacted
		}
		s := &d.Sentences[x.Sent]
		if id := c.About[0].ID; !other[id] && (planned[id] && d.verbless(s, x.Units[0], x.Units[1]) || awards && d.supplied(s, x.Units[0], x.Units[1])) {
			c.Modality = contrechamp.Planned
		}
	}
}

// awards reports whether the head of a text says that it invites tenders or gives a contract: what it lists is yet to be delivered.
func (d *Doc) awards() bool {
	return d.HeadSays(func(k *grammar.KnownClasses) int32 { return k.Award })
}

// supplied reports whether units [from, to) are a line of what a contract is for, or a word for delivering stands in their sentence.
func (d *Doc) supplied(s *passage.Sentence, from, to int) bool {
	k := &d.GrammarAt(s).Known
	if d.Holds(s, k.Existing) || d.Holds(s, k.Past) || d.Holds(s, k.Excluded) {
		return false
	}
	return d.verbless(s, from, to) || d.Holds(s, k.ToSupply)
}

// verbless reports whether a sentence is a line of a list, a label with what it labels, or a few words, and the clause of units
// [from, to) has no verb that the grammar knows.
func (d *Doc) verbless(s *passage.Sentence, from, to int) bool {
	const most = 30 // units
	if len(s.Units) > most {
		return false
	}
	g := d.GrammarAt(s)
	k := &g.Known
	from, to = passage.Clause(s, from, to)
	for u := from; u < to; u++ {
		unit := &s.Units[u]
		if unit.Mention != nil {
			continue
		}
		t := unit.First
		if d.In(t, k.Preposition) {
			continue // "à" looks like "a" once its accent is folded
		}
		if d.In(t, k.Auxiliary) || d.In(t, k.Be) || d.In(t, k.User) || d.In(t, k.Past) || d.In(t, k.Said) || d.In(t, k.That) && d.Fold[t] != ":" || d.In(t, k.Existing) ||
			d.In(t, k.SpeakerWho) {
			return false
		}
	}
	p := &d.Paragraphs[s.Para]
	if p.Role == contrechamp.RoleItem || p.First < p.End && d.Tokens[p.First].Kind != word.Word || p.First+1 < p.End && d.Fold[p.First+1] == ")" {
		return true
	}
	return p.End > p.First && s.First == p.First && s.End == p.End && d.Fold[p.End-1] != "." && d.Fold[p.End-1] != "?" && d.Fold[p.End-1] != "!"
}
