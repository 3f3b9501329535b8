package claim

import (
	"math"
	"slices"

	contrechamp "contrechamp.org/contrechamp"
)

// Whose words a claim is, is chosen among all who are heard around it, and nobody: the text itself. The rules that hear them (speaker.go) each
// make a proposal for the words that they cover; a small model (speaker.csv, fitted by `make train`) weighs these against each other, against
// who spoke before and speaks next, who speaks most of the text, and the people and bodies that the sentence names, by where they stand and how
// they were found.

// tellers bound the work: how many may be chosen among, how many sentences before and behind one looks at, and at how many voices of one.
const (
	mostTellers     = 20
	sentsBefore     = 12
	sentsBehind     = 2
	mostVoices      = 6
	headsBefore     = 2 // sentences before whose heads are listed
	mostNamedHere   = 4 // people and bodies of the sentence
	nearHead        = 3 // tokens
	wordsBehindHead = 3 // units
	tellersBefore   = 4 // speakers of the sentences before
)

// teller is one whose words a claim may be.
type teller struct {
	v     *voice    // nil for nobody, and for who is only named
	unit  int       // of the sentence, that names whoever has no voice; -1 for none
	page  *pageName // of the head or the foot, nil for others
	who   int32     // which of the text's speakers, -1 for none of them
	feats []tellerFeature
	noted tellerSet // the same
	verb  int32     // the token that it speaks by, 0 for none
	words [2]int32  // tokens behind who opens the sentence
}

// told are the words whose teller is looked for.
type told struct {
	p        contrechamp.Predicate
	s        *sentence
	from, to int                    // units
	value    *contrechamp.EntityRef // what is claimed, nil for a number or a date
}

// tellers lists whose words some words may be: nobody first. The list is good until the next one.
func (d *speechDoc) tellers(x told) []teller {
	d.countSpeakers()
	c := tellerList{d: d, x: x, list: d.tellerRoom[:0]}
	c.collect()
	d.tellerRoom = c.list
	return c.list
}

// add lists a teller.
func (c *tellerList) add(t teller) *teller {
	if n := len(c.list); n < cap(c.list) {
		c.list = c.list[:n+1]
		t.feats = c.list[n].feats[:0] // memory of one listed before
		c.list[n] = t
	} else {
		c.list = append(c.list, t)
	}
	return &c.list[len(c.list)-1]
}

// tellerList collects whose words some words may be.
type tellerList struct {
	d     *speechDoc
	x     told
	list  []teller
	sent  int    // the sentence's number
	first int    // the first token of the words
	at    int    // the first token of their last unit
	heard *voice // by the rules, nil for nobody

	quoted    bool // the words stand in a quotation
	pronoun   bool // one that may stand for who spoke opens the sentence
	reported  bool // the sentence is in the mood of reported speech
	ours      bool // it says "our"
	ourselves bool // or "we"
}

// emptyTellers is a list's memory without what it points at.
func emptyTellers(list []teller) []teller {
	list = list[:cap(list)]
	for i := range list {
		list[i] = teller{feats: list[i].feats[:0]}
	}
	return list[:0]
}

// has notes a feature once.
func (c *tellerList) has(t *teller, f tellerFeature) {
	if t.noted.add(f) {
		t.feats = append(t.feats, f)
	}
}

// voiced is the teller of a voice, and whether it is listed already; nil where the list is full.
func (c *tellerList) voiced(v *voice) (t *teller, met bool) {
	for i := range c.list {
		if o := &c.list[i]; o.v != nil && (o.who == v.who && v.who >= 0 || o.v.speaker == v.speaker || c.same(o.v, v)) {
			return o, true
		}
	}
	if len(c.list) >= mostTellers {
		return nil, false
	}
	t = c.add(teller{v: v, unit: -1, who: v.who})
	c.basics(t)
	return t, false
}

// same reports whether two voices are of one speaker by what they are called.
func (c *tellerList) same(a, b *voice) bool {
	if len(a.speaker.Names) == 0 || len(b.speaker.Names) == 0 {
		return false
	}
	return slices.Contains(a.speaker.Names, b.speaker.Names[0]) || slices.Contains(b.speaker.Names, a.speaker.Names[0])
}

// speakerOf is the speaker that a teller is, nil for nobody.
func (d *speechDoc) speakerOf(s *sentence, t *teller) *contrechamp.Speaker {
	switch {
	case t.v != nil:
		return t.v.speaker
	case t.unit >= 0:
		return d.speakerWith(s, t.unit).speaker
	case t.page != nil:
		return d.speakerOfPage(t.page)
	}
	return nil
}

// tellerOf is whose words some words are, nil for nobody's.
func (d *speechDoc) tellerOf(x told) *contrechamp.Speaker {
	list := d.tellers(x)
	sp := d.speakerOf(x.s, &list[d.bestTeller(list)])
	if sp == nil {
		return nil
	}
	out := *sp
	return &out
}

// bestTeller is the likeliest of a list.
func (d *speechDoc) bestTeller(list []teller) int {
	best, most := 0, math.Inf(-1)
	for i := range list {
		if sum := d.tellerScore(&list[i]); sum > most {
			best, most = i, sum
		}
	}
	return best
}

// tellerScore is what the model makes of a teller.
func (d *speechDoc) tellerScore(t *teller) float64 {
	w := d.tellerWeights
	sum := 0.0
	for _, f := range t.feats {
		sum += w.features[f]
	}
	if t.verb > 0 {
		sum += w.says[d.language(t.verb)][d.stem(t.verb)]
	}
	for _, at := range t.words {
		if at > 0 {
			sum += w.does[d.language(at)][d.stem(at)]
		}
	}
	return sum
}

// language is that of the rules of a token's paragraph.
func (d *speechDoc) language(t int32) string { return d.paras[d.paraOf(int(t))].g.language }

// stem is what the model knows a word by: its first letters.
func (d *speechDoc) stem(t int32) string {
	const letters = 5
	n := 0
	for i := range d.fold[t] {
		if n == letters {
			return d.fold[t][:i]
		}
		n++
	}
	return d.fold[t]
}
