package naming

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// A town's magazine, its local paper and its assembly have the town in their names, "SÈTE ENSEMBLE", "Brive Mag'", "LAGOS STATE HOUSE OF ASSEMBLY",
// and may name it nowhere else. Within running text a place's name beside a further capital is another name; in the first lines it may be the place.

// MastheadPlace is a place within a name of the first lines.
type MastheadPlace struct {
	Entity     *contrechamp.Entity
	First, End int
	Para       int
}

// MastheadPlaces finds the places within the names of the first lines.
func (d *Doc) MastheadPlaces() []MastheadPlace {
	const lines, longest, words = 8, 25, 3 // paragraphs, tokens of one, words of a place's name
	var found []MastheadPlace
	for i := 0; i < min(lines, len(d.Paragraphs)); i++ {
		p := &d.Paragraphs[i]
		if p.End-p.First > longest {
			continue
		}
		for t := p.First; t < p.End; t++ {
			if !d.Tokens[t].Upper || d.Tokens[t].Kind != word.Word {
				continue
			}
			for end := min(t+words, p.End); end > t; end-- {
				if e := d.placeWithin(p, i, t, end); e != nil {
					found = append(found, MastheadPlace{d.Keep(e), t, end, i})
					t = end - 1
					break
				}
			}
		}
	}
	return found
}

// placeWithin is the place of the lexicon that [first, end) names within a longer name, nil for none.
func (d *Doc) placeWithin(p *passage.Paragraph, para, first, end int) *contrechamp.Entity {
	const people, manyPeople = 5_000, 300_000
	k := &p.Grammar.Known
	if d.In(end-1, k.NotPlace) || d.In(first, k.Title) || first > p.First && (d.In(first-1, k.Street) || d.In(first-1, k.Title)) || first > p.First+1 && d.In(first-2, k.Street) {
		return nil
	}
	if first > p.First && GivenNames()[d.Fold[first-1]] {
		return nil // "Chief Deputy Mark Reading"
	}
	for _, m := range d.ByPara[para] {
		if m.End > first && m.First < end && m.Entity != nil && (m.Kinds&grammar.PLC != 0 || m.Within != nil) {
			return nil // as it stands
		}
	}
	for _, i := range d.lexiconNames(first, end) {
		e := d.Knows.Lexicon.Entity(i)
		if e.Kind != contrechamp.KindPlace || d.Knows.IsArea(e) {
			continue
		}
		n := d.Knows.Lexicon.Population(i)
		if d.Knows.IsCountry(e) || IsRegionID(e.ID) && p.Grammar.AtHome(e) || n >= manyPeople || n >= people && p.Grammar.AtHome(e) {
			return e
		}
	}
	return nil
}
