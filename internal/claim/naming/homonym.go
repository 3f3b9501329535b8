package naming

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
)

// UnnameSpeakers takes back the places that are somebody's name: those that open two paragraphs and more before a colon ("Lux: Am
// Praterstern wird gebohrt. Wofür?") where a person of that name is named in full.
func (d *Doc) UnnameSpeakers() {
	labels := map[string]int{}
	for i := range d.Paragraphs {
		p := &d.Paragraphs[i]
		if list := d.ByPara[i]; len(list) > 0 && list[0].Kinds == grammar.PLC && list[0].First == p.First && list[0].Len() == 1 && list[0].End < p.End && d.Fold[list[0].End] == ":" {
			labels[d.Fold[p.First]]++
		}
	}
	if len(labels) == 0 {
		return
	}
	whole := map[string]*contrechamp.Entity{} // by the last name
	for _, m := range d.Mentions {
		if m.Kinds&(grammar.NAME|grammar.PER) != 0 && m.Len() > 1 && m.Kinds&grammar.PLC == 0 && labels[d.Fold[m.End-1]] > 1 && whole[d.Fold[m.End-1]] == nil {
			whole[d.Fold[m.End-1]] = d.Made(contrechamp.KindPerson, d.Words(m.First, m.End))
		}
	}
	for _, m := range d.Mentions {
		if m.Kinds != grammar.PLC || m.Len() != 1 {
			continue
		}
		if person := whole[d.Fold[m.First]]; person != nil {
			m.Kinds, m.Entity = grammar.PER, person
		}
	}
}

// ScoreNational gives the countries of national bodies what their bodies weigh. Many such bodies are called the same in several
// countries ("Policía Nacional", "Bundeskriminalamt"), and the lexicon knows one of them: where the text names no place of that
// body's country and places of another, the body is the other's.
func (d *Doc) ScoreNational(national map[*contrechamp.Entity]float64, score map[string]float64, byID map[string]*contrechamp.Entity) {
	if len(national) == 0 {
		return
	}
	named := map[string]bool{}
	other := 0.0
	for id, e := range byID {
		if e.Country != "" && score[id] >= leastNamed {
			named[e.Country] = true
			other = max(other, score[id])
		}
	}
	for c, weight := range national {
		if !named[c.Country] && other >= 1 {
			if d.ForeignBodies == nil {
				d.ForeignBodies = map[string]bool{}
			}
			d.ForeignBodies[c.Country] = true
			continue
		}
		score[c.ID] += weight
		byID[c.ID] = c
	}
}

// leastNamed is the score below which a country is hardly named: as a firm's nationality.
const leastNamed = 0.3
