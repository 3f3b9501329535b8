package frame

import contrechamp "contrechamp.org/contrechamp"

// systems proposes the programmes whose names say what they do.
func (d *Doc) systems(i int) {
	s := &d.Sentences[i]
	for u := range s.Units {
		m := s.Units[u].Mention
		if m == nil || !m.System {
			continue
		}
		about := d.Deployment(contrechamp.Programme, s, u, u+1)
		if len(about.Entities) == 0 {
			continue
		}
		g := d.GrammarAt(s)
		c := contrechamp.Claim{Predicate: contrechamp.Programme, Value: d.EntityValue(m.Entity), Rule: "programme.system." + g.Language, Confidence: g.Prior("programme.system"), Modality: contrechamp.Asserted}
		d.Propose(i, u, u+1, c, about, nil)
		d.Programme(m.Entity)
	}
}
