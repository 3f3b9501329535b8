package claim

import contrechamp "contrechamp.org/contrechamp"

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
	other := e != d.main.entity && !d.containers[e.ID] && !d.e.isCountry(e)
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
	if k := &d.grammarAt(s).known; k.neighbour != noClass {
		for n := max(0, u-3); n <= min(u+1, len(s.units)-1); n++ {
			if n != u && s.units[n].mention == nil && d.in(s.units[n].first, k.neighbour) {
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

// opensWith tells how the place at unit u opens the sentence: nothing else is named before it, and no preposition but one of place governs it.
func (d *subjectDoc) opensWith(s *sentence, u int) int {
	k := &d.grammarAt(s).known
	for n := u - 1; n >= 0; n-- {
		t := s.units[n].first
		switch {
		case d.fold[t] == ":":
			return opensItself // behind a label
		case d.in(t, k.locative):
			return opensBehindLocative
		case s.units[n].mention != nil && s.units[n].kinds&kPOL == 0, s.units[n].stop:
			return opensNot
		case d.in(t, k.preposition) && !d.in(t, k.of):
			return opensNot
		}
	}
	return opensItself
}

// pointsThere reports whether a sentence speaks of a place named before: "the police there", but not "there are".
func (d *subjectDoc) pointsThere(s *sentence) bool {
	k := &d.grammarAt(s).known
	if k.there == noClass || s.lacks(k.there) {
		return false
	}
	for t := s.first; t < s.end; t++ {
		n := d.is(t, k.there)
		if n == 0 {
			continue
		}
		if next := t + n; next < s.end && (d.in(next, k.auxiliary) || k.be != noClass && d.in(next, k.be)) {
			continue
		}
		return true
	}
	return false
}

// placehoods are log-odds that a name is a place's.
var placehoods = [...]float64{2, 1, 0.4, -0.5, -1.5, -3}

// likeAPlace notes of a name that no gazetteer has how much the text speaks of it as of a place: see placehood.go.
func (c *chooser) likeAPlace(e *contrechamp.Entity, m *mention) {
	of := &choiceNameOdds
	if m.entity != nil {
		if m.entity.Source != "document" || m.entity.Kind != contrechamp.KindPlace {
			return
		}
		of = &choiceSiteOdds
	}
	at, ok := c.d.runNamed(m.first, m.end)
	if !ok {
		return
	}
	odds := c.d.placehood(&c.d.runs[at])
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
	d, m := c.d, c.d.main.entity
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
	if d.holds(c.s, d.grammarAt(c.s).known.elsewhere) {
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
	k := &c.d.grammarAt(c.s).known
	for u := range c.s.units {
		if x := &c.s.units[u]; x.mention != nil && x.mention.generic && x.kinds&kPOL != 0 || x.mention == nil && c.d.in(x.first, k.town) {
			return true
		}
	}
	return false
}
