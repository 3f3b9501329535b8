package naming

import (
	"strconv"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// A text without a date of its own may still say of when it is, at its head: "printemps 2023" on a magazine, "Rapport d'activité 2018". Days and months that
// it names without their year are reckoned from there.

const (
	editionReach = 80 // tokens at the head of a text
	yearReach    = 5  // tokens from a word for a yearly report to its year
)

// FindDay finds the day that the text's dates are reckoned from: its own, or the last month of its season or year.
func (d *Doc) FindDay() {
	d.Day = d.Text.Published.Date
	for i := 0; i < len(d.Paragraphs) && d.Day.IsZero(); i++ {
		p := &d.Paragraphs[i]
		if p.First >= editionReach {
			return
		}
		for t := p.First; t < min(p.End, editionReach) && d.Day.IsZero(); t++ {
			d.Day = d.editionAt(p, t)
		}
	}
}

// editionAt is the last month of the season or year that a text's head names at token t.
func (d *Doc) editionAt(p *passage.Paragraph, t int) contrechamp.Date {
	k := &p.Grammar.Known
	month, reach := 0, 3
	for n, class := range [...]int32{k.Spring, k.Summer, k.Autumn, k.Winter} {
		if class != grammar.NoClass && d.In(t, class) {
			month = 5 + min(3*n, 7) // May, August, November, December
		}
	}
	if k.YearlyReport != grammar.NoClass && d.In(t, k.YearlyReport) {
		month, reach = 12, d.Is(t, k.YearlyReport)+yearReach
	}
	if month == 0 {
		return contrechamp.Date{}
	}
	for n := t + 1; n < min(p.End, t+reach); n++ {
		year, err := strconv.Atoi(d.Fold[n])
		if d.Tokens[n].Kind != word.Number || err != nil || year < 1950 || year > 2100 {
			continue
		}
		if n+2 < p.End && d.Tokens[n+1].Kind == word.Punct && d.Fold[n+2] == strconv.Itoa(year+1) {
			return contrechamp.Date{Year: year + 1, Month: 2} // "hiver 2024-2025"
		}
		return contrechamp.Date{Year: year, Month: month}
	}
	return contrechamp.Date{}
}
