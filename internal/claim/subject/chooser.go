package subject

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/naming"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// chooser collects the choices of one claim.
type chooser struct {
	d        *Doc
	s        *passage.Sentence
	p        contrechamp.Predicate
	from, to int
	chain    Subject
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
	if len(c.list) == mostChoices || e.Kind == contrechamp.KindPerson || e.Kind == contrechamp.KindPlace && c.d.Knows.IsArea(e) {
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
	if c.d.Explained {
		c.basic(x)
		return
	}
	at, ok := c.d.BasicOf[x.entity]
	if !ok {
		c.basic(x)
		b := basicChoice{first: x.first, noted: x.noted}
		if b.count = copy(b.weights[:], x.weights); b.count == len(x.weights) {
			c.d.BasicOf[x.entity] = int32(len(c.d.basicRoom))
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
	if c.d.Explained {
		x.names = append(x.names, choiceNames[f])
	}
	if w := &c.d.SubjectWeights.choices[f]; w.Known {
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
		case d.Knows.IsCountry(e):
			kind = "country"
		case naming.IsRegionID(e.ID):
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
	if e == d.Main.Entity {
		has(choiceMain)
		has(of.main)
	}
	if f, ok := d.howLikely(e); ok {
		has(f)
	}
	if slices.Contains(d.Alongside, e) {
		has(choiceAlongside)
	}
	if d.CommonlyNamed(e) {
		has(choiceOfCommonWords)
	}
	if e == d.Runner {
		has(choiceRunner)
	}
	if d.Titled(e) {
		has(choiceInTheTitle)
	}
	switch n := d.Named(e); {
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
	if m := d.Main.Entity; m != nil && e != m && e.Kind == contrechamp.KindPlace {
		switch {
		case m.Within == e.ID || d.Knows.IsCountry(e) && m.Country == e.Country:
			has(choiceAroundTheMainPlace)
		case e.Country != m.Country && e.Country != "":
			has(choiceAbroad)
		}
	}
}

func (c *chooser) collect() {
	d, s := c.d, c.s
	if len(c.chain.Entities) > 0 && c.chain.Step != "none" {
		c.note(c.chain.Entities[0], choiceChain, chainFeatures[c.chain.Step])
	}
	if d.Main.Entity != nil {
		c.note(d.Main.Entity)
	}
	for _, x := range d.likely {
		c.note(x.entity)
	}
	for _, e := range d.Alongside {
		c.note(e)
	}
	c.start, c.end = passage.Clause(s, c.from, c.to)
	for u := max(0, c.from-ChoiceReach); u < min(len(s.Units), c.to+ChoiceReach); u++ {
		if s.Units[u].Kinds&grammar.PLC != 0 {
			c.places++
		}
	}
	for u := max(0, c.from-ChoiceReach); u < min(len(s.Units), c.to+ChoiceReach); u++ {
		c.inSentence(u)
	}
	// the sentences before, nearest first
	at := d.SentenceAt(s.First)
	there := d.pointsThere(s)
	theTown := c.theTown()
	last := false
	for back := 1; back <= choiceSentences && at-back >= 0; back++ {
		o := &d.Sentences[at-back]
		where := &before[2]
		if o.Para == s.Para {
			where = &before[0]
			if back > 1 {
				where = &before[1]
			}
		} else if s.Para-o.Para > 1 {
			break
		}
		asks := d.Fold[o.End-1] == "?"
		for u := 0; u < min(len(o.Units), ChoiceReach); u++ {
			m := o.Units[u].Mention
			if m == nil || o.Units[u].Kinds&(grammar.PLC|grammar.POL|grammar.PRG|grammar.PRD|grammar.ORG|grammar.NAME) == 0 {
				continue
			}
			e := c.deployable(m, o.Units[u].Kinds, false)
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
				c.others.since = o.Para == s.Para && e != d.Main.Entity && !d.containers[e.ID] && !d.Knows.IsCountry(e)
			}
			if !d.BehindPreposition(o, u) && u <= 2 {
				c.note(e, where[1])
			}
			if d.deployedAt(o, u) {
				c.note(e, where[2])
			}
			if e.Kind == contrechamp.KindPlace && u < openingUnits && d.opensWith(o, u) == opensBehindLocative {
				c.note(e, where[3])
			}
			if asks && e != d.Main.Entity {
				c.note(e, choiceAskedAbout)
			}
		}
	}
	for _, x := range d.salientNames() {
		c.note(x.entity, choiceSalient, salientFeatures[x.kind])
	}
	c.note(d.Sections[s.Para].place, choiceSection)
	c.note(d.headedBy(s.Para), choiceHeaded)
	if d.Product != nil {
		c.note(d.Product, choiceTheTextsProduct)
	}
	if e := d.TitledProduct; e != nil {
		c.note(e, choiceAProductInTheTitle)
	}
	if d.Company != nil {
		c.note(d.CompanyAt(s), choiceTheTextsCompany)
	}
	for _, p := range d.Programmes {
		c.note(p.Entity, choiceAProgrammeOfTheText)
	}
	if d.Main.Entity != nil {
		if !d.mainInPara(s.Para) {
			c.note(d.Main.Entity, choiceMainNotInTheParagraph)
		}
		c.againstMain()
		if theTown {
			c.note(d.Main.Entity, choiceItsTownMain)
		}
	}
	for i := range c.list {
		if x := &c.list[i]; x.entity != d.Main.Entity && !x.near() {
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
func (c *chooser) deployable(m *passage.Mention, kinds grammar.Kind, close bool) *contrechamp.Entity {
	if m.Entity == nil {
		if kinds&grammar.NAME == 0 {
			return nil
		}
		if m.Key == "" {
			m.Key = word.Key(c.d.Words(m.First, m.End))
		}
		for _, x := range c.d.salientNames() {
			if x.key == m.Key {
				return x.entity
			}
		}
		if !close || m.Weak || c.d.Shouts(c.d.ParaOf(m.First)) {
			return nil
		}
		return c.d.Made(c.d.nameKind(m), c.d.Words(m.First, m.End))
	}
	if kinds&grammar.POL != 0 {
		if m.Generic {
			return nil // it is that of the place that the words are about, whichever it is
		}
		if p := c.d.PlaceOf(m); p != nil {
			return p
		}
	}
	if kinds&grammar.PRD != 0 && m.Entity.Kind != contrechamp.KindProduct {
		return nil
	}
	return m.Entity
}

// inSentence notes what the unit names.
func (c *chooser) inSentence(u int) {
	d, s := c.d, c.s
	m, kinds := s.Units[u].Mention, s.Units[u].Kinds
	if m == nil || u >= c.from && u < c.to && kinds&grammar.PLC == 0 && (c.to-c.from == 1 || valued(c.p)) || d.setAgainst(s, u) {
		return
	}
	k := &d.GrammarAt(s).Known
	switch {
	case m.Entity == nil && kinds&grammar.NAME == 0:
		return
	case kinds&(grammar.PLC|grammar.PRG|grammar.ORG|grammar.NAME|grammar.CO) != 0 || kinds&grammar.PRD != 0 && m.Entity.Kind == contrechamp.KindProduct || kinds&grammar.POL != 0:
	case kinds&grammar.DEM != 0 && kinds&grammar.CO == 0 && m.Entity != nil && !d.Knows.IsCountry(m.Entity):
		kinds = grammar.PLC // "les élus rouennais"
	case kinds&grammar.DEM != 0 && kinds&grammar.CO == 0:
		c.note(m.Entity, choiceNationalityInTheSentence)
		return
	case m.Within != nil && m.Within.Entity != nil:
		c.note(m.Within.Entity, choiceInTheNameOfAnotherBody)
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
	if kinds&grammar.POL != 0 && !m.Generic {
		c.note(e, choiceABodyOfItsOwnInTheSentence)
		if !d.BehindPreposition(s, u) {
			c.note(e, choiceItsBodyActs)
		}
	}
	if kinds&(grammar.ORG|grammar.NAME|grammar.CO) != 0 && kinds&(grammar.PLC|grammar.POL) == 0 {
		name := &nameTexts[0]
		switch {
		case kinds&grammar.CO != 0:
			name = &nameTexts[1]
		case kinds&grammar.ORG != 0:
			name = &nameTexts[2]
		}
		switch {
		case !d.BehindPreposition(s, u) && u < c.from:
			c.note(e, name[0])
		case u > 0 && d.In(s.Units[u-1].First, k.Locative) || u > 1 && d.In(s.Units[u-2].First, k.Locative) && d.In(s.Units[u-1].First, k.Article):
			c.note(e, name[1])
		default:
			c.note(e, name[2])
		}
	}
	if kinds&grammar.PLC != 0 {
		switch {
		case d.deployedAt(s, u):
			c.note(e, choiceSomethingStandsThere)
			if clause {
				c.note(e, choiceSomethingStandsThereInTheClause)
			}
		case u == 0 || u == 1 && s.Units[0].Mention == nil && !d.In(s.Units[0].First, k.Preposition):
			c.note(e, choiceAtTheHead)
		case d.BehindPreposition(s, u):
			c.note(e, choiceBehindAPreposition)
		}
		c.stands(e, u, clause)
		if d.seats(&d.Paragraphs[s.Para], m.First, m.End, false) {
			c.note(e, choiceWhereSomebodySits)
		}
		for n := max(0, u-3); n < u; n++ {
			if d.In(s.Units[n].First, k.Unplace) && s.Units[n].Mention == nil {
				c.note(e, choiceWhereSomebodySits)
			}
		}
		if m.Weak {
			c.note(e, choiceWeak)
		}
		if d.Bracketed(m) {
			c.note(e, choiceInBrackets)
		}
		if c.places == 1 {
			c.note(e, choiceTheOnlyPlaceOfTheSentence)
		}
		if u+1 < len(s.Units) && (d.Fold[s.Units[u+1].First] == ":" || d.Fold[s.Units[u+1].First] == "|") && u <= 3 {
			c.note(e, choiceALabel)
		}
	}
	if kinds&(grammar.PRD|grammar.PRG) != 0 && u < c.from && !d.BehindPreposition(s, u) {
		c.note(e, kindFeatures[string(m.Entity.Kind)].does)
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
		list[i] = choice{weights: list[i].weights[:0], names: passage.Emptied(list[i].names)}
	}
	return list[:0]
}

// MostOdds bounds what the words around add, and what is compared among peers: beyond it claims were hardly ever wrong, or right, anyway.
const MostOdds = 4
