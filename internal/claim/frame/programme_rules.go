package frame

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// FindProgrammes runs the rules for programmes before all others, since what they find are names of subjects.
func (d *Doc) FindProgrammes() {
	for i := range d.Sentences {
		s := &d.Sentences[i]
		g := d.GrammarAt(s)
		if d.Asks(i) {
			continue
		}
		d.systems(i)
		d.Matches(s, &g.Programmes, func(m *passage.Match) {
			before := len(d.Claims)
			d.frame(i, s, m)
			for _, c := range d.Claims[before:] {
				if e := d.Entities[c.Claim.Value.Entity.ID]; e != nil && e.Kind == contrechamp.KindProgramme {
					d.Programme(e)
				}
			}
		})
	}
	if len(d.Programmes) == 0 {
		return
	}
	byKey := map[string]*contrechamp.Entity{}
	for _, p := range d.Programmes {
		byKey[word.Key(p.Entity.Name)] = p.Entity
	}
	for _, m := range d.Mentions {
		if m.Kinds&grammar.NAME == 0 {
			continue
		}
		if e := byKey[word.Key(d.Words(m.First, m.End))]; e != nil {
			m.Entity, m.Kinds = e, grammar.PRG
		}
	}
	for i := range d.Sentences {
		s := &d.Sentences[i]
		for u := range s.Units {
			if m := s.Units[u].Mention; m != nil && s.Units[u].Kinds != m.Kinds {
				s.Units[u].Kinds, s.SaysNone = m.Kinds, false
				s.Kinds |= m.Kinds
			}
		}
	}
	d.Matcher.Forget()
	d.Counted = false
	d.Unresolved()
	clear(d.BasicOf)
	// the programme's own claims are about the place, which now has its programmes
	for _, c := range d.Claims {
		if c.Claim.Predicate == contrechamp.Programme && d.Main.Entity != nil && c.Claim.About[0].ID == d.Main.Entity.ID {
			c.Claim.About = c.Claim.About[:1]
		}
	}
}
