package subject

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
)

// Many countries have a "Gendarmerie nationale", a "Conseil d'État", a "Policía Nacional". The lexicon knows one of them or two: in a text about Dakar it is
// Senegal's that flies the drones, not that of France.

// NationalBodies gives bodies of such a name to the country of what the text is about.
func (d *Doc) NationalBodies() {
	if d.Main.Entity == nil || d.Main.Entity.Kind != contrechamp.KindPlace || d.Main.Entity.Country == "" {
		return
	}
	for _, m := range d.Mentions {
		if !d.elsewheres(m, d.Main.Entity.Country) {
			continue
		}
		m.Entity = d.nationalOf(m, d.Main.Entity.Country)
	}
}

// elsewheres reports whether a mention names a body as many countries do, and the lexicon takes it for that of another country than one.
func (d *Doc) elsewheres(m *passage.Mention, country string) bool {
	e := m.Entity
	if e == nil || e.Source != "lexicon" || e.Country == "" || e.Country == country || m.Within != nil || m.Kinds&(grammar.POL|grammar.AUT|grammar.ORG) == 0 || d.Knows.Country(country) == nil {
		return false
	}
	k := &d.Paragraphs[d.ParaOf(m.First)].Grammar.Known
	return k.NationalName != grammar.NoClass && d.In(m.First, k.NationalName) && d.Is(m.First, k.NationalName) == m.Len()
}

// nationalOf is the body that a mention names, as that of a country: the lexicon's, or one of the text's own.
func (d *Doc) nationalOf(m *passage.Mention, country string) *contrechamp.Entity {
	name := d.Words(m.First, m.End)
	for _, i := range d.Knows.Lexicon.ByName(name) {
		if e := d.Knows.Lexicon.Entity(i); e.Country == country && slices.Contains(bodyKinds, e.Kind) {
			return d.Keep(e)
		}
	}
	return d.bodyOfPlace(m, name, d.Keep(d.Knows.Country(country)))
}

// bodyKinds are the kinds of entity that a body may be.
var bodyKinds = []contrechamp.EntityKind{contrechamp.KindAuthority, contrechamp.KindOrganisation}
