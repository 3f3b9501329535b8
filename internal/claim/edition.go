package claim

import (
	"strconv"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// A text without a date of its own may still say of when it is, at its head: "printemps 2023" on a magazine, "Rapport d'activité 2018". Days and months that
// it names without their year are reckoned from there.

const (
	editionReach = 80 // tokens at the head of a text
	yearReach    = 5  // tokens from a word for a yearly report to its year
)

// findDay finds the day that the text's dates are reckoned from: its own, or the last month of its season or year.
func (d *namingDoc) findDay() {
	d.day = d.text.Published.Date
	for i := 0; i < len(d.paras) && d.day.IsZero(); i++ {
		p := &d.paras[i]
		if p.first >= editionReach {
			return
		}
		for t := p.first; t < min(p.end, editionReach) && d.day.IsZero(); t++ {
			d.day = d.editionAt(p, t)
		}
	}
}

// editionAt is the last month of the season or year that a text's head names at token t.
func (d *namingDoc) editionAt(p *paragraph, t int) contrechamp.Date {
	k := &p.g.known
	month, reach := 0, 3
	for n, class := range [...]int32{k.spring, k.summer, k.autumn, k.winter} {
		if class != noClass && d.in(t, class) {
			month = 5 + min(3*n, 7) // May, August, November, December
		}
	}
	if k.yearlyReport != noClass && d.in(t, k.yearlyReport) {
		month, reach = 12, d.is(t, k.yearlyReport)+yearReach
	}
	if month == 0 {
		return contrechamp.Date{}
	}
	for n := t + 1; n < min(p.end, t+reach); n++ {
		year, err := strconv.Atoi(d.fold[n])
		if d.toks[n].Kind != word.Number || err != nil || year < 1950 || year > 2100 {
			continue
		}
		if n+2 < p.end && d.toks[n+1].Kind == word.Punct && d.fold[n+2] == strconv.Itoa(year+1) {
			return contrechamp.Date{Year: year + 1, Month: 2} // "hiver 2024-2025"
		}
		return contrechamp.Date{Year: year, Month: month}
	}
	return contrechamp.Date{}
}
