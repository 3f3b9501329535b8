package claim

import contrechamp "contrechamp.org/contrechamp"

// unnameSpeakers takes back the places that are somebody's name: those that open two paragraphs and more before a colon ("Lux: Am
// Praterstern wird gebohrt. Wofür?") where a person of that name is named in full.
func (d *namingDoc) unnameSpeakers() {
	labels := map[string]int{}
	for i := range d.paras {
		p := &d.paras[i]
		if list := d.byPara[i]; len(list) > 0 && list[0].kinds == kPLC && list[0].first == p.first && list[0].len() == 1 && list[0].end < p.end && d.fold[list[0].end] == ":" {
			labels[d.fold[p.first]]++
		}
	}
	if len(labels) == 0 {
		return
	}
	whole := map[string]*contrechamp.Entity{} // by the last name
	for _, m := range d.mentions {
		if m.kinds&(kNAME|kPER) != 0 && m.len() > 1 && m.kinds&kPLC == 0 && labels[d.fold[m.end-1]] > 1 && whole[d.fold[m.end-1]] == nil {
			whole[d.fold[m.end-1]] = d.made(contrechamp.KindPerson, d.words(m.first, m.end))
		}
	}
	for _, m := range d.mentions {
		if m.kinds != kPLC || m.len() != 1 {
			continue
		}
		if person := whole[d.fold[m.first]]; person != nil {
			m.kinds, m.entity = kPER, person
		}
	}
}

// scoreNational gives the countries of national bodies what their bodies weigh. Many such bodies are called the same in several
// countries ("Policía Nacional", "Bundeskriminalamt"), and the lexicon knows one of them: where the text names no place of that
// body's country and places of another, the body is the other's.
func (d *namingDoc) scoreNational(national map[*contrechamp.Entity]float64, score map[string]float64, byID map[string]*contrechamp.Entity) {
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
			if d.foreignBodies == nil {
				d.foreignBodies = map[string]bool{}
			}
			d.foreignBodies[c.Country] = true
			continue
		}
		score[c.ID] += weight
		byID[c.ID] = c
	}
}

// leastNamed is the score below which a country is hardly named: as a firm's nationality.
const leastNamed = 0.3
