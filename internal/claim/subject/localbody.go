package subject

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/naming"
	"contrechamp.org/contrechamp/internal/claim/passage"
)

// A body that is called by what it is alone ("la mairie", "the police") is that of a place: of the one that its clause is about
// ("In Ludwigsburg fliegt die Polizei ..."), else of the one that heads its item or its section, else of the one that the text is about.

// NameBodies gives the generic bodies the name of their place.
func (d *Doc) NameBodies() {
	if d.Main.Entity == nil || d.Main.Entity.Kind != contrechamp.KindPlace {
		return
	}
	for i := range d.Sentences {
		s := &d.Sentences[i]
		for u := range s.Units {
			m := s.Units[u].Mention
			if m == nil || !m.Generic || m.Entity == nil || m.Kinds&grammar.POL == 0 || m.Entity.Source != "document" || m.Entity.Within != "" {
				continue
			}
			d.nameBody(m, d.bodysPlace(s, u))
		}
	}
	// what stands in no sentence
	for _, m := range d.Mentions {
		if m.Generic && m.Entity != nil && m.Kinds&grammar.POL != 0 && m.Entity.Source == "document" && m.Entity.Within == "" {
			d.nameBody(m, d.Main.Entity)
		}
	}
}

// nameBody makes a generic body that of a place.
func (d *Doc) nameBody(m *passage.Mention, place *contrechamp.Entity) {
	m.Entity = d.bodyOfPlace(m, m.Entity.Name, d.placeRun(m, place))
}

// placeRun is the place of a generic body where a text is about a place: that place, or its country, since "le gouvernement" is no town's.
func (d *Doc) placeRun(m *passage.Mention, place *contrechamp.Entity) *contrechamp.Entity {
	k := &d.Paragraphs[d.ParaOf(m.First)].Grammar.Known
	if k.National == grammar.NoClass || !d.In(m.First, k.National) || d.Knows.IsCountry(place) {
		return place
	}
	if c := d.Knows.Country(place.Country); c != nil {
		return d.Keep(c)
	}
	return place
}

// BodyAt is the body of the place that a claim is about, where the words call it by what it is alone and it was taken for the main
// place's: nil for no change.
func (d *Doc) BodyAt(m *passage.Mention, about Subject) *contrechamp.Entity {
	if m == nil || !m.Generic || m.Entity == nil || m.Kinds&grammar.POL == 0 || d.Main.Entity == nil || m.Entity.Within != d.placeRun(m, d.Main.Entity).ID || len(about.Entities) == 0 {
		return nil
	}
	place := about.Entities[0]
	if place.Kind != contrechamp.KindPlace || place.Source != "lexicon" || place == d.Main.Entity || len(m.Entity.Names) == 0 {
		return nil
	}
	if place = d.placeRun(m, place); place.ID == m.Entity.Within {
		return nil
	}
	return d.bodyOfPlace(m, m.Entity.Names[0].Text, place)
}

// bodyOfPlace is a place's body of that name.
func (d *Doc) bodyOfPlace(m *passage.Mention, bare string, place *contrechamp.Entity) *contrechamp.Entity {
	p := &d.Paragraphs[d.ParaOf(m.First)]
	key := bodyOf{m.Entity, place, p.Grammar, bare}
	if e := d.bodiesAt[key]; e != nil {
		return e
	}
	name := place.In(p.Grammar.Language)
	full := bare + p.Grammar.Joiner(name) + name
	if d.Knows.IsCountry(place) {
		full = bare + " (" + name + ")" // most have an article of their own: "le gouvernement du Canada"
	}
	id := "x-" + string(m.Entity.Kind) + "-" + naming.Slug(full)
	e := d.Entities[id]
	if e == nil {
		e = &contrechamp.Entity{ID: id, Kind: m.Entity.Kind, Name: full, Source: "document", Within: place.ID, Country: place.Country}
		naming.AddName(e, bare)
		if d.In(m.First, p.Grammar.Known.Police) {
			naming.AddName(e, "police") // "officers", "detectives", "policiers": the place's police
		}
		d.Entities[id] = e
	} else if e.Within == "" && e.Source == "document" {
		e.Within, e.Country = place.ID, place.Country // the text names it with its place elsewhere
	}
	d.bodiesAt[key] = e
	return e
}

// bodyOf is a generic body with its place and the name that it goes by there, as a language joins them.
type bodyOf struct {
	body, place *contrechamp.Entity
	g           *grammar.Grammar
	bare        string
}

// bodysPlace is the place of a generic body at unit u: a town that its clause names before it, the place that its item or section
// is about, the main one.
func (d *Doc) bodysPlace(s *passage.Sentence, u int) *contrechamp.Entity {
	const reach = 20
	for n := u - 1; n > 0 && n > u-reach && !s.Units[n].Stop; n-- {
		if e := d.wherePlace(s, n); e != nil {
			return d.Keep(e)
		}
		if !d.deployedAt(s, n) || d.In(s.Units[n-1].First, d.GrammarAt(s).Known.Of) {
			continue
		}
		if e := s.Units[n].Mention.Entity; !d.Knows.IsCountry(e) && !naming.IsRegionID(e.ID) && e.Source == "lexicon" {
			return d.Keep(e)
		}
		break
	}
	if e := d.actingPlace(s, u); e != nil && !d.Knows.IsCountry(e) && e.Source == "lexicon" {
		return d.Keep(e)
	}
	if e := d.headedBy(s.Para); e != nil {
		return d.Keep(e)
	}
	if e := d.Sections[s.Para].place; e != nil {
		return d.Keep(e)
	}
	return d.Main.Entity
}

// wherePlace is the town that what stands behind unit u is said of: "Fréjus, où ...", "Geelong, where ...".
func (d *Doc) wherePlace(s *passage.Sentence, u int) *contrechamp.Entity {
	k := &d.GrammarAt(s).Known
	if k.Where == grammar.NoClass || u < 1 || s.Units[u].Mention != nil || !d.In(s.Units[u].First, k.Where) {
		return nil
	}
	n := u - 1
	if n > 0 && s.Units[n].Comma {
		n--
	}
	m := s.Units[n].Mention
	if m == nil || s.Units[n].Kinds&grammar.PLC == 0 || m.Entity == nil || m.Weak || d.Knows.IsArea(m.Entity) {
		return nil
	}
	return m.Entity
}

// whereClause is the town that the clause around unit from is said of.
func (d *Doc) whereClause(s *passage.Sentence, from int) *contrechamp.Entity {
	const reach = 25
	for u := min(from, len(s.Units)-1); u > 0 && u > from-reach && !s.Units[u].Stop; u-- {
		if e := d.wherePlace(s, u); e != nil {
			return e
		}
	}
	return nil
}

// OfBody is the subject of what a body runs: its own town, where the words name no place beside it. "La police municipale de Chambéry" runs
// the cameras of Chambéry.
func (d *Doc) OfBody(about Subject, m *passage.Mention) Subject {
	if m == nil || about.Step == "slot" || about.Step == "near" || m.Kinds&grammar.POL == 0 || len(about.Entities) > 0 && about.Entities[0].Kind != contrechamp.KindPlace {
		return about
	}
	p := d.PlaceOf(m)
	if m.Generic && p == d.Main.Entity {
		return about // it was called the main place's for want of another
	}
	national := m.Within != nil && m.Within.Kinds&grammar.DEM != 0 && d.Knows.IsCountry(p) // "die österreichische Polizei"
	if p == nil || d.Knows.IsCountry(p) && !national || naming.IsRegionID(p.ID) || len(about.Entities) > 0 && about.Entities[0] == p {
		return about
	}
	return d.About("user", p, nil)
}
