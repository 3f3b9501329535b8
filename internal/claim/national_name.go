package claim

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
)

// Many countries have a "Gendarmerie nationale", a "Conseil d'État", a "Policía Nacional". The lexicon knows one of them or two: in a text about Dakar it is
// Senegal's that flies the drones, not that of France.

// nationalBodies gives bodies of such a name to the country of what the text is about.
func (d *subjectDoc) nationalBodies() {
	if d.main.entity == nil || d.main.entity.Kind != contrechamp.KindPlace || d.main.entity.Country == "" {
		return
	}
	for _, m := range d.mentions {
		if !d.elsewheres(m, d.main.entity.Country) {
			continue
		}
		m.entity = d.nationalOf(m, d.main.entity.Country)
	}
}

// elsewheres reports whether a mention names a body as many countries do, and the lexicon takes it for that of another country than one.
func (d *subjectDoc) elsewheres(m *mention, country string) bool {
	e := m.entity
	if e == nil || e.Source != "lexicon" || e.Country == "" || e.Country == country || m.within != nil || m.kinds&(kPOL|kAUT|kORG) == 0 || d.e.country(country) == nil {
		return false
	}
	k := &d.paras[d.paraOf(m.first)].g.known
	return k.nationalName != noClass && d.in(m.first, k.nationalName) && d.is(m.first, k.nationalName) == m.len()
}

// nationalOf is the body that a mention names, as that of a country: the lexicon's, or one of the text's own.
func (d *subjectDoc) nationalOf(m *mention, country string) *contrechamp.Entity {
	name := d.words(m.first, m.end)
	for _, i := range d.e.lex.ByName(name) {
		if e := d.e.lex.Entity(i); e.Country == country && slices.Contains(bodyKinds, e.Kind) {
			return d.keep(e)
		}
	}
	return d.bodyOfPlace(m, name, d.keep(d.e.country(country)))
}

// bodyKinds are the kinds of entity that a body may be.
var bodyKinds = []contrechamp.EntityKind{contrechamp.KindAuthority, contrechamp.KindOrganisation}
