package claim

import contrechamp "contrechamp.org/contrechamp"

// systems proposes the programmes whose names say what they do.
func (d *doc) systems(i int) {
	s := &d.sents[i]
	for u := range s.units {
		m := s.units[u].mention
		if m == nil || !m.system {
			continue
		}
		about := d.deployment(contrechamp.Programme, s, u, u+1)
		if len(about.entities) == 0 {
			continue
		}
		g := d.grammarAt(s)
		c := contrechamp.Claim{Predicate: contrechamp.Programme, Value: d.entityValue(m.entity), Rule: "programme.system." + g.language, Confidence: g.prior("programme.system"), Modality: contrechamp.Asserted}
		d.propose(i, u, u+1, c, about, nil)
		d.programme(m.entity)
	}
}
