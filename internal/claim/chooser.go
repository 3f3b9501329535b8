package claim

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// chooser collects the choices of one claim.
type chooser struct {
	d        *subjectDoc
	s        *sentence
	p        contrechamp.Predicate
	from, to int
	chain    subjectOf
	list     []choice
	places   int // places in the sentence
	others   otherPlaces
	start    int // of the clause
	end      int
}

// note adds features to an entity's choice, which it makes at the first.
func (c *chooser) note(e *contrechamp.Entity, features ...choiceFeature) {
	x := c.choice(e)
	if x == nil {
		return
	}
	for _, f := range features {
		c.has(x, f)
	}
}

// choice is an entity's choice, nil for what is none.
func (c *chooser) choice(e *contrechamp.Entity) *choice {
	if e == nil {
		return nil
	}
	for i := range c.list {
		if c.list[i].entity == e {
			return &c.list[i]
		}
	}
	if len(c.list) == mostChoices || e.Kind == contrechamp.KindPerson || e.Kind == contrechamp.KindPlace && c.d.e.isArea(e) {
		return nil
	}
	if e.Kind != contrechamp.KindPlace && c.p == contrechamp.Programme {
		return nil // a programme's own name is what is claimed
	}
	if n := len(c.list); n < cap(c.list) {
		c.list = c.list[:n+1]
		x := &c.list[n]
		*x = choice{entity: e, weights: x.weights[:0], names: x.names[:0]}
	} else {
		c.list = append(c.list, choice{entity: e})
	}
	x := &c.list[len(c.list)-1]
	c.basics(x)
	return x
}

// basicChoice is what basic notes of an entity.
type basicChoice struct {
	first   choiceFeature
	noted   choiceSet
	count   int
	weights [12]float64
}

// basics does what basic does, once an entity: what it asks for stays as it is until a mention is counted.
func (c *chooser) basics(x *choice) {
	if c.d.explained {
		c.basic(x)
		return
	}
	at, ok := c.d.basicOf[x.entity]
	if !ok {
		c.basic(x)
		b := basicChoice{first: x.first, noted: x.noted}
		if b.count = copy(b.weights[:], x.weights); b.count == len(x.weights) {
			c.d.basicOf[x.entity] = int32(len(c.d.basicRoom))
			c.d.basicRoom = append(c.d.basicRoom, b)
		}
		return
	}
	b := &c.d.basicRoom[at]
	x.first, x.noted = b.first, b.noted
	x.weights = append(x.weights, b.weights[:b.count]...)
}

// has notes a feature once.
func (c *chooser) has(x *choice, f choiceFeature) {
	if !x.noted.add(f) {
		return
	}
	if c.d.explained {
		x.names = append(x.names, choiceNames[f])
	}
	if w := &c.d.subjectWeights.choices[f]; w.Known {
		x.weights = append(x.weights, w.Weight)
	}
}

// basic notes the features that an entity has wherever it stands.
func (c *chooser) basic(x *choice) {
	d, e := c.d, x.entity
	has := func(f choiceFeature) { c.has(x, f) }
	kind := string(e.Kind)
	if e.Kind == contrechamp.KindPlace {
		switch {
		case d.e.isCountry(e):
			kind = "country"
		case isRegionID(e.ID):
			kind = "region"
		case e.Source == "document":
			kind = "site"
		default:
			kind = "town"
		}
	}
	of := kindFeatures[kind]
	has(of.itself)
	if len(x.weights) == 0 {
		x.weights = append(x.weights, 0) // the model does not know that kind: the next feature is the second all the same
	}
	x.first = of.itself
	if e == d.main.entity {
		has(choiceMain)
		has(of.main)
	}
	if f, ok := d.howLikely(e); ok {
		has(f)
	}
	if slices.Contains(d.alongside, e) {
		has(choiceAlongside)
	}
	if d.commonlyNamed(e) {
		has(choiceOfCommonWords)
	}
	if e == d.runner {
		has(choiceRunner)
	}
	if d.titled(e) {
		has(choiceInTheTitle)
	}
	switch n := d.named(e); {
	case n >= 4:
		has(choiceNamedOften)
	case n <= 1:
		has(choiceNamedOnce)
	}
	if d.containers[e.ID] {
		has(choiceContainerOfATown)
	}
	if d.beside[e.ID] {
		has(choiceBesideDevicesSomewhere)
	}
	if m := d.main.entity; m != nil && e != m && e.Kind == contrechamp.KindPlace {
		switch {
		case m.Within == e.ID || d.e.isCountry(e) && m.Country == e.Country:
			has(choiceAroundTheMainPlace)
		case e.Country != m.Country && e.Country != "":
			has(choiceAbroad)
		}
	}
}

func (c *chooser) collect() {
	d, s := c.d, c.s
	if len(c.chain.entities) > 0 && c.chain.step != "none" {
		c.note(c.chain.entities[0], choiceChain, chainFeatures[c.chain.step])
	}
	if d.main.entity != nil {
		c.note(d.main.entity)
	}
	for _, x := range d.likely {
		c.note(x.entity)
	}
	for _, e := range d.alongside {
		c.note(e)
	}
	c.start, c.end = clause(s, c.from, c.to)
	for u := max(0, c.from-choiceReach); u < min(len(s.units), c.to+choiceReach); u++ {
		if s.units[u].kinds&kPLC != 0 {
			c.places++
		}
	}
	for u := max(0, c.from-choiceReach); u < min(len(s.units), c.to+choiceReach); u++ {
		c.inSentence(u)
	}
	// the sentences before, nearest first
	at := d.sentenceAt(s.first)
	there := d.pointsThere(s)
	theTown := c.theTown()
	last := false
	for back := 1; back <= choiceSentences && at-back >= 0; back++ {
		o := &d.sents[at-back]
		where := &before[2]
		if o.para == s.para {
			where = &before[0]
			if back > 1 {
				where = &before[1]
			}
		} else if s.para-o.para > 1 {
			break
		}
		asks := d.fold[o.end-1] == "?"
		for u := 0; u < min(len(o.units), choiceReach); u++ {
			m := o.units[u].mention
			if m == nil || o.units[u].kinds&(kPLC|kPOL|kPRG|kPRD|kORG|kNAME) == 0 {
				continue
			}
			e := c.deployable(m, o.units[u].kinds, false)
			if e == nil {
				continue
			}
			c.note(e, where[0])
			if x := c.choice(e); x != nil {
				x.standsAt(o, u, namedBefore)
			}
			c.likeAPlace(e, m)
			if there && e.Kind == contrechamp.KindPlace {
				c.note(e, choiceThere)
			}
			if e.Kind == contrechamp.KindPlace && !last {
				last = true
				c.note(e, choiceTheLastPlaceBefore)
				if theTown {
					c.note(e, choiceItsTownLast)
				}
				c.others.since = o.para == s.para && e != d.main.entity && !d.containers[e.ID] && !d.e.isCountry(e)
			}
			if !d.behindPreposition(o, u) && u <= 2 {
				c.note(e, where[1])
			}
			if d.deployedAt(o, u) {
				c.note(e, where[2])
			}
			if e.Kind == contrechamp.KindPlace && u < openingUnits && d.opensWith(o, u) == opensBehindLocative {
				c.note(e, where[3])
			}
			if asks && e != d.main.entity {
				c.note(e, choiceAskedAbout)
			}
		}
	}
	for _, x := range d.salientNames() {
		c.note(x.entity, choiceSalient, salientFeatures[x.kind])
	}
	c.note(d.sections[s.para].place, choiceSection)
	c.note(d.headedBy(s.para), choiceHeaded)
	if d.product != nil {
		c.note(d.product, choiceTheTextsProduct)
	}
	if e := d.titledProduct; e != nil {
		c.note(e, choiceAProductInTheTitle)
	}
	if d.company != nil {
		c.note(d.companyAt(s), choiceTheTextsCompany)
	}
	for _, p := range d.programmes {
		c.note(p.entity, choiceAProgrammeOfTheText)
	}
	if d.main.entity != nil {
		if !d.mainInPara(s.para) {
			c.note(d.main.entity, choiceMainNotInTheParagraph)
		}
		c.againstMain()
		if theTown {
			c.note(d.main.entity, choiceItsTownMain)
		}
	}
	for i := range c.list {
		if x := &c.list[i]; x.entity != d.main.entity && !x.near() {
			c.has(x, kindFeatures[choiceNames[x.first]].farOff)
		}
	}
}

// valued reports whether a predicate's value is a name: those within its words are no subjects.
func valued(p contrechamp.Predicate) bool {
	switch p {
	case contrechamp.Vendor, contrechamp.Product, contrechamp.Operator, contrechamp.Programme, contrechamp.Objection:
		return true
	}
	return false
}

// deployable is the entity of a mention that can have a deployment: the place of a body, else the body.
// A name of unknown kind counts where it stands beside, or is salient.
func (c *chooser) deployable(m *mention, kinds kind, close bool) *contrechamp.Entity {
	if m.entity == nil {
		if kinds&kNAME == 0 {
			return nil
		}
		if m.key == "" {
			m.key = word.Key(c.d.words(m.first, m.end))
		}
		for _, x := range c.d.salientNames() {
			if x.key == m.key {
				return x.entity
			}
		}
		if !close || m.weak || c.d.shouts(c.d.paraOf(m.first)) {
			return nil
		}
		return c.d.made(c.d.nameKind(m), c.d.words(m.first, m.end))
	}
	if kinds&kPOL != 0 {
		if m.generic {
			return nil // it is that of the place that the words are about, whichever it is
		}
		if p := c.d.placeOf(m); p != nil {
			return p
		}
	}
	if kinds&kPRD != 0 && m.entity.Kind != contrechamp.KindProduct {
		return nil
	}
	return m.entity
}

// inSentence notes what the unit names.
func (c *chooser) inSentence(u int) {
	d, s := c.d, c.s
	m, kinds := s.units[u].mention, s.units[u].kinds
	if m == nil || u >= c.from && u < c.to && kinds&kPLC == 0 && (c.to-c.from == 1 || valued(c.p)) {
		return
	}
	k := &d.grammarAt(s).known
	switch {
	case m.entity == nil && kinds&kNAME == 0:
		return
	case kinds&(kPLC|kPRG|kORG|kNAME|kCO) != 0 || kinds&kPRD != 0 && m.entity.Kind == contrechamp.KindProduct || kinds&kPOL != 0:
	case kinds&kDEM != 0 && kinds&kCO == 0 && m.entity != nil && !d.e.isCountry(m.entity):
		kinds = kPLC // "les élus rouennais"
	case kinds&kDEM != 0 && kinds&kCO == 0:
		c.note(m.entity, choiceNationalityInTheSentence)
		return
	case m.within != nil && m.within.entity != nil:
		c.note(m.within.entity, choiceInTheNameOfAnotherBody)
		return
	default:
		return
	}
	e := c.deployable(m, kinds, true)
	if e == nil {
		return
	}
	side, where := 2, 0
	if u <= c.from {
		side = 1 // also where the words begin with it: "Akron had such microphones"
	}
	clause := u >= c.start && u < c.end
	if clause {
		where = 1
	}
	c.note(e, inWords[where][0], inWords[where][side])
	if x := c.choice(e); x != nil {
		x.standsAt(s, u, namedInSentence+uint8(where))
	}
	c.likeAPlace(e, m)
	if kinds&kPOL != 0 && !m.generic {
		c.note(e, choiceABodyOfItsOwnInTheSentence)
		if !d.behindPreposition(s, u) {
			c.note(e, choiceItsBodyActs)
		}
	}
	if kinds&(kORG|kNAME|kCO) != 0 && kinds&(kPLC|kPOL) == 0 {
		name := &nameTexts[0]
		switch {
		case kinds&kCO != 0:
			name = &nameTexts[1]
		case kinds&kORG != 0:
			name = &nameTexts[2]
		}
		switch {
		case !d.behindPreposition(s, u) && u < c.from:
			c.note(e, name[0])
		case u > 0 && d.in(s.units[u-1].first, k.locative) || u > 1 && d.in(s.units[u-2].first, k.locative) && d.in(s.units[u-1].first, k.article):
			c.note(e, name[1])
		default:
			c.note(e, name[2])
		}
	}
	if kinds&kPLC != 0 {
		switch {
		case d.deployedAt(s, u):
			c.note(e, choiceSomethingStandsThere)
			if clause {
				c.note(e, choiceSomethingStandsThereInTheClause)
			}
		case u == 0 || u == 1 && s.units[0].mention == nil && !d.in(s.units[0].first, k.preposition):
			c.note(e, choiceAtTheHead)
		case d.behindPreposition(s, u):
			c.note(e, choiceBehindAPreposition)
		}
		c.stands(e, u, clause)
		if d.seats(&d.paras[s.para], m.first, m.end, false) {
			c.note(e, choiceWhereSomebodySits)
		}
		for n := max(0, u-3); n < u; n++ {
			if d.in(s.units[n].first, k.unplace) && s.units[n].mention == nil {
				c.note(e, choiceWhereSomebodySits)
			}
		}
		if m.weak {
			c.note(e, choiceWeak)
		}
		if d.bracketed(m) {
			c.note(e, choiceInBrackets)
		}
		if c.places == 1 {
			c.note(e, choiceTheOnlyPlaceOfTheSentence)
		}
		if u+1 < len(s.units) && (d.fold[s.units[u+1].first] == ":" || d.fold[s.units[u+1].first] == "|") && u <= 3 {
			c.note(e, choiceALabel)
		}
	}
	if kinds&(kPRD|kPRG) != 0 && u < c.from && !d.behindPreposition(s, u) {
		c.note(e, kindFeatures[string(m.entity.Kind)].does)
	}
	switch far := max(u-c.to, c.from-u); {
	case far <= 3:
		c.note(e, choiceClose)
	case far > 12:
		c.note(e, choiceFar)
	}
}

// forgotten is the list's memory without what it points at.
func (c *chooser) forgotten() []choice {
	list := c.list[:cap(c.list)]
	for i := range list {
		list[i] = choice{weights: list[i].weights[:0], names: emptied(list[i].names)}
	}
	return list[:0]
}

// mostOdds bounds what the words around add, and what is compared among peers: beyond it claims were hardly ever wrong, or right, anyway.
const mostOdds = 4
