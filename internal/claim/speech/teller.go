package speech

import (
	"math"
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/passage"
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

// Teller is one whose words a claim may be.
type Teller struct {
	Voice *passage.Voice // nil for nobody, and for who is only named
	Unit  int            // of the sentence, that names whoever has no voice; -1 for none
	Page  *PageName      // of the head or the foot, nil for others
	who   int32          // which of the text's speakers, -1 for none of them
	Feats []passage.TellerFeature
	noted tellerSet // the same
	Verb  int32     // the token that it speaks by, 0 for none
	Words [2]int32  // tokens behind who opens the sentence
}

// Told are the words whose teller is looked for.
type Told struct {
	Predicate contrechamp.Predicate
	Sentence  *passage.Sentence
	From, To  int                    // units
	Value     *contrechamp.EntityRef // what is claimed, nil for a number or a date
}

// Tellers lists whose words some words may be: nobody first. The list is good until the next one.
func (d *Doc) Tellers(x Told) []Teller {
	d.countSpeakers()
	c := tellerList{d: d, x: x, list: d.tellerRoom[:0]}
	c.collect()
	d.tellerRoom = c.list
	return c.list
}

// add lists a teller.
func (c *tellerList) add(t Teller) *Teller {
	if n := len(c.list); n < cap(c.list) {
		c.list = c.list[:n+1]
		t.Feats = c.list[n].Feats[:0] // memory of one listed before
		c.list[n] = t
	} else {
		c.list = append(c.list, t)
	}
	return &c.list[len(c.list)-1]
}

// tellerList collects whose words some words may be.
type tellerList struct {
	d     *Doc
	x     Told
	list  []Teller
	sent  int            // the sentence's number
	first int            // the first token of the words
	at    int            // the first token of their last unit
	heard *passage.Voice // by the rules, nil for nobody

	quoted    bool // the words stand in a quotation
	pronoun   bool // one that may stand for who spoke opens the sentence
	reported  bool // the sentence is in the mood of reported speech
	ours      bool // it says "our"
	ourselves bool // or "we"
}

// emptyTellers is a list's memory without what it points at.
func emptyTellers(list []Teller) []Teller {
	list = list[:cap(list)]
	for i := range list {
		list[i] = Teller{Feats: list[i].Feats[:0]}
	}
	return list[:0]
}

// has notes a feature once.
func (c *tellerList) has(t *Teller, f passage.TellerFeature) {
	if t.noted.add(f) {
		t.Feats = append(t.Feats, f)
	}
}

// voiced is the teller of a voice, and whether it is listed already; nil where the list is full.
func (c *tellerList) voiced(v *passage.Voice) (t *Teller, met bool) {
	for i := range c.list {
		if o := &c.list[i]; o.Voice != nil && (o.who == v.Who && v.Who >= 0 || o.Voice.Speaker == v.Speaker || c.same(o.Voice, v)) {
			return o, true
		}
	}
	if len(c.list) >= mostTellers {
		return nil, false
	}
	t = c.add(Teller{Voice: v, Unit: -1, who: v.Who})
	c.basics(t)
	return t, false
}

// same reports whether two voices are of one speaker by what they are called.
func (c *tellerList) same(a, b *passage.Voice) bool {
	if len(a.Speaker.Names) == 0 || len(b.Speaker.Names) == 0 {
		return false
	}
	return slices.Contains(a.Speaker.Names, b.Speaker.Names[0]) || slices.Contains(b.Speaker.Names, a.Speaker.Names[0])
}

// SpeakerOf is the speaker that a teller is, nil for nobody.
func (d *Doc) SpeakerOf(s *passage.Sentence, t *Teller) *contrechamp.Speaker {
	switch {
	case t.Voice != nil:
		return t.Voice.Speaker
	case t.Unit >= 0:
		return d.speakerWith(s, t.Unit).Speaker
	case t.Page != nil:
		return d.speakerOfPage(t.Page)
	}
	return nil
}

// TellerOf is whose words some words are, nil for nobody's.
func (d *Doc) TellerOf(x Told) *contrechamp.Speaker {
	list := d.Tellers(x)
	sp := d.SpeakerOf(x.Sentence, &list[d.BestTeller(list)])
	if sp == nil {
		return nil
	}
	out := *sp
	return &out
}

// BestTeller is the likeliest of a list.
func (d *Doc) BestTeller(list []Teller) int {
	best, most := 0, math.Inf(-1)
	for i := range list {
		if sum := d.tellerScore(&list[i]); sum > most {
			best, most = i, sum
		}
	}
	return best
}

// tellerScore is what the model makes of a teller.
func (d *Doc) tellerScore(t *Teller) float64 {
	w := d.TellerWeights
	sum := 0.0
	for _, f := range t.Feats {
		sum += w.features[f]
	}
	if t.Verb > 0 {
		sum += w.says[d.Language(t.Verb)][d.Stem(t.Verb)]
	}
	for _, at := range t.Words {
		if at > 0 {
			sum += w.does[d.Language(at)][d.Stem(at)]
		}
	}
	return sum
}

// Language is that of the rules of a token's paragraph.
func (d *Doc) Language(t int32) string { return d.Paragraphs[d.ParaOf(int(t))].Grammar.Language }

// Stem is what the model knows a word by: its first letters.
func (d *Doc) Stem(t int32) string {
	const letters = 5
	n := 0
	for i := range d.Fold[t] {
		if n == letters {
			return d.Fold[t][:i]
		}
		n++
	}
	return d.Fold[t]
}
