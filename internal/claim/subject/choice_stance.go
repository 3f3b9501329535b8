package subject

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
)

// How a place stands in its sentence: whether the sentence turns to it before it says anything ("À Anvers, la police prévoit ..."), whether it or
// its body is who acts ("Mannheim erprobt ..."), whether it is named as a neighbour. Any of these speaks for it, and against what the
// whole text is about.

// openingUnits is how many units open a sentence.
const openingUnits = 6

// otherPlaces says what is known of the places of a sentence besides the one that the text is about.
type otherPlaces struct {
	sentence, clause, opens bool
	since                   bool // the place named last in the paragraph is another one
}

// stands notes how the place at unit u stands in the sentence.
func (c *chooser) stands(e *contrechamp.Entity, u int, inClause bool) {
	d, s := c.d, c.s
	other := e != d.Main.Entity && !d.containers[e.ID] && !d.Knows.IsCountry(e)
	if other {
		c.others.sentence = true
		c.others.clause = c.others.clause || inClause
	}
	if u < openingUnits && u <= c.from {
		opens := d.opensWith(s, u)
		switch opens {
		case opensBehindLocative:
			c.note(e, choiceFronted)
		case opensItself:
			c.note(e, choiceActs)
		}
		c.others.opens = c.others.opens || other && opens != opensNot
	}
	if k := &d.GrammarAt(s).Known; k.Neighbour != grammar.NoClass {
		for n := max(0, u-3); n <= min(u+1, len(s.Units)-1); n++ {
			if n != u && s.Units[n].Mention == nil && d.In(s.Units[n].First, k.Neighbour) {
				c.note(e, choiceNeighbour)
			}
		}
	}
}

// How a place opens a sentence.
const (
	opensNot = iota
	opensBehindLocative
	opensItself
)

// setAgainst reports whether the mention at unit u is what something else is set against: "contrairement à Nice", "unlike York".
func (d *Doc) setAgainst(s *passage.Sentence, u int) bool {
	k := &d.GrammarAt(s).Known
	if k.Unlike == grammar.NoClass || s.Lacks(k.Unlike) {
		return false
	}
	const reach = 4
	for n := u - 1; n >= max(0, u-reach) && s.Units[n].Mention == nil && !s.Units[n].Stop; n-- {
		if d.In(s.Units[n].First, k.Unlike) {
			return true
		}
	}
	return false
}

// opensWith tells how the place at unit u opens the sentence: nothing else is named before it, and no preposition but one of place governs it.
func (d *Doc) opensWith(s *passage.Sentence, u int) int {
	if d.setAgainst(s, u) {
		return opensNot
	}
	k := &d.GrammarAt(s).Known
	for n := u - 1; n >= 0; n-- {
		t := s.Units[n].First
		switch {
		case d.Fold[t] == ":":
			return opensItself // behind a label
		case d.In(t, k.Locative):
			return opensBehindLocative
		case s.Units[n].Mention != nil && s.Units[n].Kinds&grammar.POL == 0, s.Units[n].Stop:
			return opensNot
		case d.In(t, k.Preposition) && !d.In(t, k.Of):
			return opensNot
		}
	}
	return opensItself
}

// pointsThere reports whether a sentence speaks of a place named before: "the police there", but not "there are".
func (d *Doc) pointsThere(s *passage.Sentence) bool {
	k := &d.GrammarAt(s).Known
	if k.There == grammar.NoClass || s.Lacks(k.There) {
		return false
	}
	for t := s.First; t < s.End; t++ {
		n := d.Is(t, k.There)
		if n == 0 {
			continue
		}
		if next := t + n; next < s.End && (d.In(next, k.Auxiliary) || k.Be != grammar.NoClass && d.In(next, k.Be)) {
			continue
		}
		return true
	}
	return false
}

// placehoods are log-odds that a name is a place's.
var placehoods = [...]float64{2, 1, 0.4, -0.5, -1.5, -3}

// likeAPlace notes of a name that no gazetteer has how much the text speaks of it as of a place: see naming.Doc.Placehood.
func (c *chooser) likeAPlace(e *contrechamp.Entity, m *passage.Mention) {
	of := &choiceNameOdds
	if m.Entity != nil {
		if m.Entity.Source != "document" || m.Entity.Kind != contrechamp.KindPlace {
			return
		}
		of = &choiceSiteOdds
	}
	at, ok := c.d.RunNamed(m.First, m.End)
	if !ok {
		return
	}
	odds := c.d.Placehood(&c.d.Runs[at])
	for i, least := range placehoods {
		if odds >= least {
			c.note(e, of[i])
			return
		}
	}
	c.note(e, of[len(placehoods)])
}

// againstMain notes of what the text is about what speaks against it.
func (c *chooser) againstMain() {
	d, m := c.d, c.d.Main.Entity
	if c.others.sentence {
		c.note(m, choiceMainAnotherInTheSentence)
		for _, x := range d.likely {
			if x.entity != m {
				c.note(x.entity, choiceLikelyAnotherInTheSentence)
			}
		}
	}
	if c.others.clause {
		c.note(m, choiceMainAnotherInTheClause)
	}
	if c.others.opens {
		c.note(m, choiceMainAnotherOpens)
	}
	if c.others.since {
		c.note(m, choiceMainAnotherSince)
	}
	if d.Holds(c.s, d.GrammarAt(c.s).Known.Elsewhere) {
		c.note(m, choiceMainElsewhere)
		for i := range c.list {
			if x := &c.list[i]; x.entity != m && x.entity.Kind == contrechamp.KindPlace && (x.noted.holds(inWords[0][0]) || x.noted.holds(inWords[1][0])) {
				c.has(x, choiceElsewhere)
			}
		}
	}
}

// near reports whether the sentence or one before it names a choice.
func (x *choice) near() bool {
	for _, where := range inWords {
		if x.noted.holds(where[0]) {
			return true
		}
	}
	for _, where := range before {
		if x.noted.holds(where[0]) {
			return true
		}
	}
	return x.noted.holds(choiceSection) || x.noted.holds(choiceHeaded)
}

// theTown reports whether the sentence speaks of a town or its body without a name, "la ville avait posé quatre caméras", and of no place by name.
func (c *chooser) theTown() bool {
	if c.places > 0 {
		return false
	}
	k := &c.d.GrammarAt(c.s).Known
	for u := range c.s.Units {
		if x := &c.s.Units[u]; x.Mention != nil && x.Mention.Generic && x.Kinds&grammar.POL != 0 || x.Mention == nil && c.d.In(x.First, k.Town) {
			return true
		}
	}
	return false
}
