package claim

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// A town's magazine, its local paper and its assembly have the town in their names, "SÈTE ENSEMBLE", "Brive Mag'", "LAGOS STATE HOUSE OF ASSEMBLY",
// and may name it nowhere else. Within running text a place's name beside a further capital is another name; in the first lines it may be the place.

// mastheadPlace is a place within a name of the first lines.
type mastheadPlace struct {
	entity     *contrechamp.Entity
	first, end int
	para       int
}

// mastheadPlaces finds the places within the names of the first lines.
func (d *namingDoc) mastheadPlaces() []mastheadPlace {
	const lines, longest, words = 8, 25, 3 // paragraphs, tokens of one, words of a place's name
	var found []mastheadPlace
	for i := 0; i < min(lines, len(d.paras)); i++ {
		p := &d.paras[i]
		if p.end-p.first > longest {
			continue
		}
		for t := p.first; t < p.end; t++ {
			if !d.toks[t].Upper || d.toks[t].Kind != word.Word {
				continue
			}
			for end := min(t+words, p.end); end > t; end-- {
				if e := d.placeWithin(p, i, t, end); e != nil {
					found = append(found, mastheadPlace{d.keep(e), t, end, i})
					t = end - 1
					break
				}
			}
		}
	}
	return found
}

// placeWithin is the place of the lexicon that [first, end) names within a longer name, nil for none.
func (d *namingDoc) placeWithin(p *paragraph, para, first, end int) *contrechamp.Entity {
	const people, manyPeople = 5_000, 300_000
	k := &p.g.known
	if d.in(end-1, k.notPlace) || d.in(first, k.title) || first > p.first && (d.in(first-1, k.street) || d.in(first-1, k.title)) || first > p.first+1 && d.in(first-2, k.street) {
		return nil
	}
	if first > p.first && givenNames()[d.fold[first-1]] {
		return nil // "Chief Deputy Mark Reading"
	}
	for _, m := range d.byPara[para] {
		if m.end > first && m.first < end && m.entity != nil && (m.kinds&kPLC != 0 || m.within != nil) {
			return nil // as it stands
		}
	}
	for _, i := range d.lexiconNames(first, end) {
		e := d.e.lex.Entity(i)
		if e.Kind != contrechamp.KindPlace || d.e.isArea(e) {
			continue
		}
		n := d.e.lex.Population(i)
		if d.e.isCountry(e) || isRegionID(e.ID) && p.g.atHome(e) || n >= manyPeople || n >= people && p.g.atHome(e) {
			return e
		}
	}
	return nil
}
