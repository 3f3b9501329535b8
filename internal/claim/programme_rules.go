package claim

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// findProgrammes runs the rules for programmes before all others, since what they find are names of subjects.
func (d *doc) findProgrammes() {
	for i := range d.sents {
		s := &d.sents[i]
		g := d.grammarAt(s)
		if d.asks(i) {
			continue
		}
		d.systems(i)
		d.matches(s, &g.programmes, func(m *match) {
			before := len(d.claims)
			d.frame(i, s, m)
			for _, c := range d.claims[before:] {
				if e := d.entities[c.claim.Value.Entity.ID]; e != nil && e.Kind == contrechamp.KindProgramme {
					d.programme(e)
				}
			}
		})
	}
	if len(d.programmes) == 0 {
		return
	}
	byKey := map[string]*contrechamp.Entity{}
	for _, p := range d.programmes {
		byKey[word.Key(p.entity.Name)] = p.entity
	}
	for _, m := range d.mentions {
		if m.kinds&kNAME == 0 {
			continue
		}
		if e := byKey[word.Key(d.words(m.first, m.end))]; e != nil {
			m.entity, m.kinds = e, kPRG
		}
	}
	for i := range d.sents {
		s := &d.sents[i]
		for u := range s.units {
			if m := s.units[u].mention; m != nil && s.units[u].kinds != m.kinds {
				s.units[u].kinds, s.saysNone = m.kinds, false
				s.kinds |= m.kinds
			}
		}
	}
	d.matcher.forget()
	d.counted = false
	d.unresolved()
	clear(d.basicOf)
	// the programme's own claims are about the place, which now has its programmes
	for _, c := range d.claims {
		if c.claim.Predicate == contrechamp.Programme && d.main.entity != nil && c.claim.About[0].ID == d.main.entity.ID {
			c.claim.About = c.claim.About[:1]
		}
	}
}
