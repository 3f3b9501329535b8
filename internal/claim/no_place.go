package claim

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/lexicon"
	"contrechamp.org/contrechamp/internal/word"
)

// Towns whose names are words or somebody's names are not meant each time that the word stands in a text: "in der Lage sein", "della Rai", "Deputy Reading".

// underArticle reports whether a town's name stands right behind an article that is not its own, as towns do not: "in der Lage", "im Zug", "della Rai". Those
// that everybody knows may have one ("das Berlin der Kameras"), and so may countries and regions.
func (d *namingDoc) underArticle(p *paragraph, m *mention, e *contrechamp.Entity, f *lexicon.Form) bool {
	k := &p.g.known
	if k.fused == noClass || m.first == p.first || !d.in(m.first-1, k.fused) && !d.in(m.first-1, k.definite) || d.wellKnown(e, f) {
		return false
	}
	text := d.words(m.first, m.end)
	for _, n := range e.Names {
		if len(n.Text) > len(text)+1 && n.Text[len(n.Text)-len(text):] == text {
			return false // "au Mans", "dell'Aquila"
		}
	}
	return !d.behindBareLocative(m)
}

// someone reports whether what may be a town is somebody's name: behind what he or she is ("Deputy Reading"), or a given name that nothing is said to stand in.
func (d *namingDoc) someone(p *paragraph, m *mention, e *contrechamp.Entity, f *lexicon.Form) bool {
	if d.wellKnown(e, f) || d.behindBareLocative(m) {
		return false
	}
	if m.first > p.first && d.toks[m.first-1].Kind == word.Word && (d.in(m.first-1, p.g.known.role) || d.in(m.first-1, p.g.known.title)) {
		return (!p.g.placeBehind || !d.isTownRole(p, m.first-1)) && (p.g.known.neighbour == noClass || !d.in(m.first-1, p.g.known.neighbour))
	}
	return (givenNames()[d.fold[m.first]] || d.surnames[d.fold[m.first]]) && !d.bareSubject(p, m)
}

// isTownRole reports whether the word at t is what somebody is of a town: "Oberbürgermeister Mannheim".
func (d *namingDoc) isTownRole(p *paragraph, t int) bool { return d.in(t, p.g.known.townHead) }

// wellKnown reports whether a place is a country, a region or a large town.
func (d *namingDoc) wellKnown(e *contrechamp.Entity, f *lexicon.Form) bool {
	const people = 200_000
	return d.e.isCountry(e) || isRegionID(e.ID) || d.e.lex.Population(f.Entity) >= people
}

// behindBareLocative reports whether the text says somewhere that something stands in a place of that name.
func (d *namingDoc) behindBareLocative(m *mention) bool { return d.placed[d.fold[m.first]] }

// noteSurname keeps the last word of a name that opens with a given name: the text may go on with it alone.
func (d *namingDoc) noteSurname(r *run) {
	if !r.cues.has(cueGivenFirst) || r.end-r.first > maxPersonWords || d.toks[r.end-1].Kind != word.Word {
		return
	}
	d.surnames[d.fold[r.end-1]] = true
}

// maxPersonWords are the words of a person's name, with the hyphens in it.
const maxPersonWords = 5
