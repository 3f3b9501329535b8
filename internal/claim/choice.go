package claim

import (
	_ "embed"
	"math"
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// Which deployment a claim is about is chosen among all that its surroundings name: the places, bodies, programmes and
// products of its sentence, of those before it, of its heading, and what the whole document is about. The chain of about.go
// makes its proposal; a small model (subject.csv, fitted by `make train` as the confidence is) weighs it against the
// others by where they stand and how they are said.

//go:embed subject.csv
var subjectFile string

// choice is one deployment that a claim may be about.
type choice struct {
	entity  *contrechamp.Entity
	kind    string // what it is
	ofKind  bool   // the predicate bears on it: the second feature
	first   choiceFeature
	noted   choiceSet
	weights []float64 // of the features that the model knows, in order
	names   []string  // of all, where somebody wants to see them
}

// Choice is a possible subject of a claim, as Candidates shows it.
type Choice struct {
	Entity   contrechamp.EntityRef
	Features []Term
	Chosen   bool
}

// choices bound the work: how far around the words one looks.
const (
	choiceReach     = 60 // units of the sentence
	choiceSentences = 3  // sentences before
	mostChoices     = 12
)

// resolved is what deployment answered for some units of the sentence asked about last: several rules find the same words.
type resolved struct {
	p        contrechamp.Predicate
	from, to int
	subject  subjectOf
	chosen   *contrechamp.Entity // and what it was chosen with
	odds     float64
}

// deployment resolves the subject of something said around units [from, to): the likeliest of all choices.
func (d *doc) deployment(p contrechamp.Predicate, s *sentence, from, to int) subjectOf {
	if d.explained {
		return d.resolve(p, s, from, to)
	}
	if d.resolvedIn != s {
		d.resolvedIn, d.resolvedRoom = s, d.resolvedRoom[:0]
	}
	for i := range d.resolvedRoom {
		if r := &d.resolvedRoom[i]; r.from == from && r.to == to && r.p == p {
			d.chosen, d.chosenOdds = r.chosen, r.odds
			return r.subject
		}
	}
	r := resolved{p: p, from: from, to: to, subject: d.resolve(p, s, from, to)}
	r.chosen, r.odds = d.chosen, d.chosenOdds
	r.subject.entities = slices.Clip(r.subject.entities)
	d.resolvedRoom = append(d.resolvedRoom, r)
	return r.subject
}

// unresolved forgets what was resolved, when a name became an entity or programmes came up.
func (d *doc) unresolved() { d.resolvedIn = nil }

// resolve is deployment without memory.
func (d *doc) resolve(p contrechamp.Predicate, s *sentence, from, to int) subjectOf {
	c := &d.chooser
	*c = chooser{d: d, s: s, p: p, from: from, to: to, chain: d.chain(s, from, to), list: c.list[:0]}
	c.collect()
	chain := subjectOf{slices.Clip(c.chain.entities), c.chain.step}
	d.choices, d.chosen = nil, nil
	if len(c.list) == 0 || chain.step == "subject" && chain.entities[0] != d.main.entity && d.actingPlace(s, from) == chain.entities[0] {
		return chain
	}
	best, score, all := 0, 0.0, 0.0
	for i := range c.list {
		sum := c.score(&c.list[i], p)
		if i == 0 || sum > score {
			best, score = i, sum
		}
		all += math.Exp(sum)
	}
	// the log-odds of the best against all others (a conditional logit)
	d.chosen, d.chosenOdds = c.list[best].entity, mostOdds
	if rest := all - math.Exp(score); rest > 0 {
		d.chosenOdds = min(mostOdds, score-math.Log(rest))
	}
	if d.explained {
		for i := range c.list {
			x := &c.list[i]
			d.choices = append(d.choices, Choice{d.ref(d.keep(x.entity)), x.terms(p), i == best})
		}
	}
	e := c.list[best].entity
	if len(chain.entities) > 0 && chain.entities[0] == e {
		return chain
	}
	if e.Kind == contrechamp.KindPlace {
		return d.about("chosen", e, nil)
	}
	// a system or its operator: its deployment is known by the place, too
	out := d.one(e, "chosen")
	if d.main.entity != nil && (e == d.runner || e == d.titledProduct || e == d.product || d.isProgramme(e) || d.salientIs(e)) {
		out.entities = append(out.entities, d.main.entity)
	}
	return out
}

// score adds up what the model makes of a choice, for a predicate.
func (c *chooser) score(x *choice, p contrechamp.Predicate) float64 {
	sum := 0.0
	if !x.ofKind {
		for _, w := range x.weights {
			sum += w
		}
		return sum
	}
	sum += x.weights[0]
	sum += c.d.e.subjects.ofKind(p, x.first)
	for _, w := range x.weights[1:] {
		sum += w
	}
	return sum
}

// terms are the features of a choice by name, for a predicate.
func (x *choice) terms(p contrechamp.Predicate) []Term {
	out := make([]Term, 0, len(x.names)+1)
	for i, n := range x.names {
		out = append(out, Term{Feature: n, Value: 1})
		if i == 0 && x.ofKind {
			out = append(out, Term{Feature: kindOf(p, x.kind), Value: 1})
		}
	}
	return out
}

// kindOf names the feature that a predicate is said of something of a kind.
func kindOf(p contrechamp.Predicate, kind string) string { return string(p) + " of a " + kind }

func (d *doc) isProgramme(e *contrechamp.Entity) bool {
	return slices.ContainsFunc(d.programmes, func(p *programme) bool { return p.entity == e })
}

func (d *doc) salientIs(e *contrechamp.Entity) bool {
	return slices.ContainsFunc(d.salientNames(), func(x salient) bool { return x.entity == e })
}

// chooser collects the choices of one claim.
type chooser struct {
	d        *doc
	s        *sentence
	p        contrechamp.Predicate
	from, to int
	chain    subjectOf
	list     []choice
	places   int // different places in the sentence
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
	if e == nil || e.Kind == contrechamp.KindPerson || e.Kind == contrechamp.KindPlace && c.d.e.isArea(e) {
		return nil
	}
	if e.Kind != contrechamp.KindPlace && c.p == contrechamp.Programme {
		return nil // a programme's own name is what is claimed
	}
	for i := range c.list {
		if c.list[i].entity == e {
			return &c.list[i]
		}
	}
	if len(c.list) == mostChoices {
		return nil
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
	kind    string
	ofKind  bool
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
		b := basicChoice{kind: x.kind, ofKind: x.ofKind, first: x.first, noted: x.noted}
		if b.count = copy(b.weights[:], x.weights); b.count == len(x.weights) {
			c.d.basicOf[x.entity] = int32(len(c.d.basicRoom))
			c.d.basicRoom = append(c.d.basicRoom, b)
		}
		return
	}
	b := &c.d.basicRoom[at]
	x.kind, x.ofKind, x.first, x.noted = b.kind, b.ofKind, b.first, b.noted
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
	if w := &c.d.e.subjects.choices[f]; w.known {
		x.weights = append(x.weights, w.weight)
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
	x.kind, x.ofKind, x.first = kind, kind != "town", of.itself
	if e == d.main.entity {
		has(choiceMain)
		has(of.main)
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
		c.note(c.chain.entities[0], choiceChain)
		c.chained(c.chain.entities[0], c.chain.step)
	}
	if d.main.entity != nil {
		c.note(d.main.entity)
	}
	first := len(c.list)
	c.start, c.end = clause(s, c.from, c.to)
	for u := max(0, c.from-choiceReach); u < min(len(s.units), c.to+choiceReach); u++ {
		if s.units[u].kinds&kPLC != 0 {
			c.places++
		}
	}
	for u := max(0, c.from-choiceReach); u < min(len(s.units), c.to+choiceReach); u++ {
		c.inSentence(u)
	}
	sentenceHas := len(c.list) > first
	// the sentences before, nearest first
	at := d.sentenceAt(s.first)
	there := d.holds(s, d.grammarAt(s).known.there)
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
			if there && e.Kind == contrechamp.KindPlace {
				c.note(e, choiceThere)
			}
			if e.Kind == contrechamp.KindPlace && !last {
				last = true
				c.note(e, choiceTheLastPlaceBefore)
			}
			if !d.behindPreposition(o, u) && u <= 2 {
				c.note(e, where[1])
			}
			if d.deployedAt(o, u) {
				c.note(e, where[2])
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
	for i := range c.list {
		x := &c.list[i]
		has := func(f choiceFeature) { c.has(x, f) }
		if x.entity == d.main.entity {
			if !d.mainInPara(s.para) {
				has(choiceMainNotInTheParagraph)
			}
			if sentenceHas {
				has(choiceMainAnotherInTheSentence)
			}
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
	if u < c.from {
		side = 1
	}
	clause := u >= c.start && u < c.end
	if clause {
		where = 1
	}
	c.note(e, inWords[where][0], inWords[where][side])
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
		case u > 0 && d.is(s.units[u-1].first, k.locative) > 0 || u > 1 && d.is(s.units[u-2].first, k.locative) > 0 && d.is(s.units[u-1].first, k.article) > 0:
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
		case u == 0 || u == 1 && s.units[0].mention == nil && d.is(s.units[0].first, k.preposition) == 0:
			c.note(e, choiceAtTheHead)
		case d.behindPreposition(s, u):
			c.note(e, choiceBehindAPreposition)
		}
		if d.seats(&d.paras[s.para], m.first, m.end) {
			c.note(e, choiceWhereSomebodySits)
		}
		for n := max(0, u-3); n < u; n++ {
			if d.is(s.units[n].first, k.unplace) > 0 && s.units[n].mention == nil {
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

// salient is a name that a text keeps coming back to, though it is no place: a campus, a chain of shops, a port.
type salient struct {
	key    string
	kind   string // what the mentions say it is
	entity *contrechamp.Entity
	count  int
}

// salientNames finds the names that the text returns to, the most frequent first. It is done once.
func (d *doc) salientNames() []salient {
	if d.salientDone {
		return d.salient
	}
	d.salientDone = true
	const often, most = 2, 4
	all, at := d.salientRoom[:0], d.salientAt
	for i := range d.paras {
		p := &d.paras[i]
		for _, m := range d.byPara[i] {
			if m.kinds&(kNAME|kORG|kCO|kPOL) == 0 || m.kinds&(kPLC|kPER) != 0 || m.generic || m.kinds&kPOL != 0 && d.placeOf(m) != nil {
				continue
			}
			name := d.words(m.first, m.end)
			if m.weak || d.shouts(i) || allCapitals(name) && m.end-m.first > 1 {
				continue
			}
			if m.key == "" {
				d.folding = word.AppendKey(d.folding[:0], name)
				m.key = d.written(d.folding)
			}
			n, again := at[m.key]
			if !again {
				n = int32(len(all))
				at[m.key] = n
				all = append(all, salient{key: m.key, entity: m.entity, kind: "name"})
			}
			x := &all[n]
			if !again {
				switch {
				case m.kinds&kCO != 0:
					x.kind = "firm"
				case m.kinds&kPOL != 0:
					x.kind = "body"
				case m.kinds&kORG != 0:
					x.kind = "organisation"
				}
				if x.entity == nil {
					x.entity = d.made(d.nameKind(m), d.words(m.first, m.end))
				}
			}
			x.count++
			if p.role == contrechamp.RoleTitle {
				x.count++
			}
		}
	}
	d.salientRoom = all
	for i := range all {
		if all[i].count >= often {
			d.salient = append(d.salient, all[i])
		}
	}
	slices.SortStableFunc(d.salient, func(a, b salient) int { return b.count - a.count })
	d.salient = d.salient[:min(most, len(d.salient))]
	return d.salient
}

// shouts reports whether a paragraph is written in capitals: they name nothing there.
func (d *doc) shouts(para int) bool {
	p := &d.paras[para]
	if p.shouts == unknown {
		p.shouts = no
		if d.capitalled(p) {
			p.shouts = yes
		}
	}
	return p.shouts == yes
}

// capitalled reports whether more words of a paragraph are in capitals than are not.
func (d *doc) capitalled(p *paragraph) bool {
	upper, lower := 0, 0
	for t := p.first; t < p.end; t++ {
		if d.toks[t].Kind != word.Word {
			continue
		}
		if w := d.toks[t].Of(d.body); len(w) > 1 && allCapitals(w) {
			upper++
		} else {
			lower++
		}
	}
	return upper > lower
}

// nameKind is what a name of unknown kind is taken for as a subject: something stands "at" a place.
func (d *doc) nameKind(m *mention) contrechamp.EntityKind {
	k := &d.paras[d.paraOf(m.first)].g.known
	t := m.first - 1
	if d.is(t, k.article) > 0 && d.is(t, k.locative) == 0 {
		t--
	}
	if d.is(t, k.locative) > 0 {
		return contrechamp.KindPlace
	}
	return contrechamp.KindOrganisation
}

// forgotten is the list's memory without what it points at.
func (c *chooser) forgotten() []choice {
	list := c.list[:cap(c.list)]
	for i := range list {
		list[i] = choice{weights: list[i].weights[:0], names: emptied(list[i].names)}
	}
	return list[:0]
}
