package claim

import contrechamp "contrechamp.org/contrechamp"

// A body that is called by what it is alone ("la mairie", "the police") is that of a place: of the one that its clause is about
// ("In Ludwigsburg fliegt die Polizei ..."), else of the one that heads its item or its section, else of the one that the text is about.

// nameBodies gives the generic bodies the name of their place.
func (d *subjectDoc) nameBodies() {
	if d.main.entity == nil || d.main.entity.Kind != contrechamp.KindPlace {
		return
	}
	for i := range d.sents {
		s := &d.sents[i]
		for u := range s.units {
			m := s.units[u].mention
			if m == nil || !m.generic || m.entity == nil || m.kinds&kPOL == 0 || m.entity.Source != "document" || m.entity.Within != "" {
				continue
			}
			d.nameBody(m, d.bodysPlace(s, u))
		}
	}
	// what stands in no sentence
	for _, m := range d.mentions {
		if m.generic && m.entity != nil && m.kinds&kPOL != 0 && m.entity.Source == "document" && m.entity.Within == "" {
			d.nameBody(m, d.main.entity)
		}
	}
}

// nameBody makes a generic body that of a place.
func (d *subjectDoc) nameBody(m *mention, place *contrechamp.Entity) {
	m.entity = d.bodyOfPlace(m, m.entity.Name, d.placeRun(m, place))
}

// placeRun is the place of a generic body where a text is about a place: that place, or its country, since "le gouvernement" is no town's.
func (d *subjectDoc) placeRun(m *mention, place *contrechamp.Entity) *contrechamp.Entity {
	k := &d.paras[d.paraOf(m.first)].g.known
	if k.national == noClass || !d.in(m.first, k.national) || d.e.isCountry(place) {
		return place
	}
	if c := d.e.country(place.Country); c != nil {
		return d.keep(c)
	}
	return place
}

// bodyAt is the body of the place that a claim is about, where the words call it by what it is alone and it was taken for the main
// place's: nil for no change.
func (d *subjectDoc) bodyAt(m *mention, about subjectOf) *contrechamp.Entity {
	if m == nil || !m.generic || m.entity == nil || m.kinds&kPOL == 0 || d.main.entity == nil || m.entity.Within != d.placeRun(m, d.main.entity).ID || len(about.entities) == 0 {
		return nil
	}
	place := about.entities[0]
	if place.Kind != contrechamp.KindPlace || place.Source != "lexicon" || place == d.main.entity || len(m.entity.Names) == 0 {
		return nil
	}
	if place = d.placeRun(m, place); place.ID == m.entity.Within {
		return nil
	}
	return d.bodyOfPlace(m, m.entity.Names[0].Text, place)
}

// bodyOfPlace is a place's body of that name.
func (d *subjectDoc) bodyOfPlace(m *mention, bare string, place *contrechamp.Entity) *contrechamp.Entity {
	p := &d.paras[d.paraOf(m.first)]
	key := bodyOf{m.entity, place, p.g, bare}
	if e := d.bodiesAt[key]; e != nil {
		return e
	}
	name := place.In(p.g.language)
	full := bare + p.g.joiner(name) + name
	if d.e.isCountry(place) {
		full = bare + " (" + name + ")" // most have an article of their own: "le gouvernement du Canada"
	}
	id := "x-" + string(m.entity.Kind) + "-" + slug(full)
	e := d.entities[id]
	if e == nil {
		e = &contrechamp.Entity{ID: id, Kind: m.entity.Kind, Name: full, Source: "document", Within: place.ID, Country: place.Country}
		addName(e, bare)
		if d.in(m.first, p.g.known.police) {
			addName(e, "police") // "officers", "detectives", "policiers": the place's police
		}
		d.entities[id] = e
	} else if e.Within == "" && e.Source == "document" {
		e.Within, e.Country = place.ID, place.Country // the text names it with its place elsewhere
	}
	d.bodiesAt[key] = e
	return e
}

// bodyOf is a generic body with its place and the name that it goes by there, as a language joins them.
type bodyOf struct {
	body, place *contrechamp.Entity
	g           *grammar
	bare        string
}

// bodysPlace is the place of a generic body at unit u: a town that its clause names before it, the place that its item or section
// is about, the main one.
func (d *subjectDoc) bodysPlace(s *sentence, u int) *contrechamp.Entity {
	const reach = 20
	for n := u - 1; n > 0 && n > u-reach && !s.units[n].stop; n-- {
		if e := d.wherePlace(s, n); e != nil {
			return d.keep(e)
		}
		if !d.deployedAt(s, n) || d.in(s.units[n-1].first, d.grammarAt(s).known.of) {
			continue
		}
		if e := s.units[n].mention.entity; !d.e.isCountry(e) && !isRegionID(e.ID) && e.Source == "lexicon" {
			return d.keep(e)
		}
		break
	}
	if e := d.actingPlace(s, u); e != nil && !d.e.isCountry(e) && e.Source == "lexicon" {
		return d.keep(e)
	}
	if e := d.headedBy(s.para); e != nil {
		return d.keep(e)
	}
	if e := d.sections[s.para].place; e != nil {
		return d.keep(e)
	}
	return d.main.entity
}

// wherePlace is the town that what stands behind unit u is said of: "Fréjus, où ...", "Geelong, where ...".
func (d *subjectDoc) wherePlace(s *sentence, u int) *contrechamp.Entity {
	k := &d.grammarAt(s).known
	if k.where == noClass || u < 1 || s.units[u].mention != nil || !d.in(s.units[u].first, k.where) {
		return nil
	}
	n := u - 1
	if n > 0 && s.units[n].comma {
		n--
	}
	m := s.units[n].mention
	if m == nil || s.units[n].kinds&kPLC == 0 || m.entity == nil || m.weak || d.e.isArea(m.entity) {
		return nil
	}
	return m.entity
}

// whereClause is the town that the clause around unit from is said of.
func (d *subjectDoc) whereClause(s *sentence, from int) *contrechamp.Entity {
	const reach = 25
	for u := min(from, len(s.units)-1); u > 0 && u > from-reach && !s.units[u].stop; u-- {
		if e := d.wherePlace(s, u); e != nil {
			return e
		}
	}
	return nil
}

// ofBody is the subject of what a body runs: its own town, where the words name no place beside it. "La police municipale de Chambéry" runs
// the cameras of Chambéry.
func (d *subjectDoc) ofBody(about subjectOf, m *mention) subjectOf {
	if m == nil || about.step == "slot" || about.step == "near" || m.kinds&kPOL == 0 || len(about.entities) > 0 && about.entities[0].Kind != contrechamp.KindPlace {
		return about
	}
	p := d.placeOf(m)
	if m.generic && p == d.main.entity {
		return about // it was called the main place's for want of another
	}
	national := m.within != nil && m.within.kinds&kDEM != 0 && d.e.isCountry(p) // "die österreichische Polizei"
	if p == nil || d.e.isCountry(p) && !national || isRegionID(p.ID) || len(about.entities) > 0 && about.entities[0] == p {
		return about
	}
	return d.about("user", p, nil)
}
