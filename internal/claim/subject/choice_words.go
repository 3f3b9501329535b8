package subject

import (
	"math/bits"

	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
)

// Among the deployments that a claim may be about, the words around each tell much: "in trials supervised by Heriot-Watt University" has a place's name and is about
// none. So the words right beside what each is named by are weighed, those that stand between it and what is claimed, and those that the name is made of. Their
// weights stand in subject.csv with all others.

// The places of such words.
const (
	ChoiceLeft  = iota // right before it, in the sentence of what is claimed
	choiceRight        // right behind it
	ChoiceLeftBefore
	choiceRightBefore // the same in a sentence before
	choiceBetween     // between it and what is claimed behind it
	ChoiceBetweenBehind
	choiceOwn
)

// ChoiceWordPlaces name the places in features.
var ChoiceWordPlaces = []string{"left", "right", "left before", "right before", "between", "between behind", "own"}

// choiceWordReach is how many units beside a name are looked at, in the sentence of what is claimed; one in those before.
const choiceWordReach = 2

// standsAt notes where a choice is named, unless a better place is known: its own sentence is better than one before, and its clause better than the rest.
func (x *choice) standsAt(s *passage.Sentence, u int, worth uint8) {
	if worth > x.worth {
		x.of, x.at, x.worth = s, u, worth
	}
}

// How much the place where a choice is named is worth.
const (
	namedBefore uint8 = iota + 1
	namedInSentence
	namedInClause
)

// eachChoiceWord calls f for the units that tell of a choice; -1 stands for what is beyond its sentence. Of words between only their classes count.
func (c *chooser) eachChoiceWord(x *choice, f func(place int, s *passage.Sentence, u int)) {
	s := x.of
	if s == nil {
		return
	}
	at := func(place, u int) {
		if u < 0 || u >= len(s.Units) {
			u = -1
		}
		f(place, s, u)
	}
	f(choiceOwn, s, x.at)
	if x.worth == namedBefore {
		at(ChoiceLeftBefore, x.at-1)
		at(choiceRightBefore, x.at+1)
		return
	}
	for k := 1; k <= choiceWordReach; k++ {
		at(ChoiceLeft, x.at-k)
		at(choiceRight, x.at+k)
	}
}

// eachBetween calls f for the units between a choice and what is claimed.
func (c *chooser) eachBetween(x *choice, f func(place, u int)) {
	if x.worth <= namedBefore {
		return
	}
	for u := x.at + 1; u < c.from; u++ {
		f(choiceBetween, u)
	}
	for u := c.from + 1; u < x.at; u++ {
		f(ChoiceBetweenBehind, u)
	}
}

// weighWords adds what the words around each choice say.
func (c *chooser) weighWords() {
	if c.d.Explained {
		for i := range c.list {
			c.nameWords(&c.list[i])
		}
	}
	w := c.d.SubjectWeights.words
	if w.Wordless() {
		return
	}
	var of *grammar.Grammar
	var h *passage.AroundWords
	for i := range c.list {
		x := &c.list[i]
		if x.of == nil {
			continue
		}
		if g := c.d.GrammarAt(x.of); g != of {
			of, h = g, w.Of(g)
		}
		sum := float32(0)
		c.eachChoiceWord(x, func(place int, s *passage.Sentence, u int) {
			switch {
			case u < 0:
				sum += w.Edge[place]
			case place == choiceOwn:
				for t := s.Units[u].First; t < s.Units[u].End; t++ {
					sum += w.Token(c.d.Passage(), h, t, place)
				}
			default:
				sum += c.d.unitWord(w, h, &s.Units[u], place)
			}
		})
		x.words = float64(sum)
		if x.worth > namedBefore {
			x.words += float64(c.d.between(w, h, x.of, x.at, c.from))
		}
	}
}

// unitWord is what a unit says in a place: the kind of a mention, or a word, with its classes.
func (d *Doc) unitWord(w *passage.AroundWeights, h *passage.AroundWords, un *passage.Unit, place int) float32 {
	if un.Mention != nil && un.Kinds&^grammar.NUM != 0 {
		return w.Kind(un, place) + w.Classes(d.Passage(), h, un.First, place)
	}
	return w.Token(d.Passage(), h, un.First, place)
}

// KindHint is the hint of the kind of a mention.
func KindHint(un *passage.Unit) string {
	return passage.KindHints[bits.TrailingZeros32(uint32(un.Kinds&^grammar.NUM))]
}

// between is what the units between two of a sentence say; sums from its first unit on are worked out once a sentence.
func (d *Doc) between(w *passage.AroundWeights, h *passage.AroundWords, s *passage.Sentence, at, from int) float32 {
	if d.betweenOf != s {
		d.betweenOf = s
		d.betweenRoom = append(d.betweenRoom[:0], [2]float32{})
		for u := range s.Units {
			sums := d.betweenRoom[u]
			un := &s.Units[u]
			for n, place := range [...]int{choiceBetween, ChoiceBetweenBehind} {
				if un.Mention != nil && un.Kinds&^grammar.NUM != 0 {
					sums[n] += w.Kind(un, place)
				}
				sums[n] += w.Classes(d.Passage(), h, un.First, place)
			}
			d.betweenRoom = append(d.betweenRoom, sums)
		}
	}
	switch {
	case at+1 < from:
		return d.betweenRoom[from][0] - d.betweenRoom[at+1][0]
	case from+1 < at:
		return d.betweenRoom[at][1] - d.betweenRoom[from+1][1]
	}
	return 0
}

// IsChoiceWord reports whether a feature of the choice of subjects is one of words.
func IsChoiceWord(name string) bool {
	_, _, ok := passage.CutAround(name, ChoiceWordPlaces)
	return ok
}

// nameWords names the features that weighWords weighs.
func (c *chooser) nameWords(x *choice) {
	d := c.d
	add := func(place int, hint string) {
		x.names = append(x.names, ChoiceWordPlaces[place]+passage.AroundMark+hint)
	}
	classes := func(place int, s *passage.Sentence, t int) {
		d.EachClassAt(d.GrammarAt(s), t, func(hint string) { add(place, hint) })
	}
	c.eachChoiceWord(x, func(place int, s *passage.Sentence, u int) {
		if u < 0 {
			add(place, passage.HintEdge)
			return
		}
		un := &s.Units[u]
		switch {
		case place == choiceOwn:
			for t := un.First; t < un.End; t++ {
				d.EachHintAt(d.GrammarAt(s), t, func(hint string) { add(place, hint) })
			}
		case un.Mention != nil && un.Kinds&^grammar.NUM != 0:
			add(place, KindHint(un))
			classes(place, s, un.First)
		default:
			d.EachHintAt(d.GrammarAt(s), un.First, func(hint string) { add(place, hint) })
		}
	})
	c.eachBetween(x, func(place, u int) {
		un := &x.of.Units[u]
		if un.Mention != nil && un.Kinds&^grammar.NUM != 0 {
			add(place, KindHint(un))
		}
		classes(place, x.of, un.First)
	})
}
