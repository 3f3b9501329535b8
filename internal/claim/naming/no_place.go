package naming

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/lexicon"
	"contrechamp.org/contrechamp/internal/word"
)

// Towns whose names are words or somebody's names are not meant each time that the word stands in a text: "in der Lage sein", "della Rai", "Deputy Reading".

// underArticle reports whether a town's name stands right behind an article that is not its own, as towns do not: "in der Lage", "im Zug", "della Rai". Those
// that everybody knows may have one ("das Berlin der Kameras"), and so may countries and regions.
func (d *Doc) underArticle(p *passage.Paragraph, m *passage.Mention, e *contrechamp.Entity, f *lexicon.Form) bool {
	k := &p.Grammar.Known
	if k.Fused == grammar.NoClass || m.First == p.First || !d.In(m.First-1, k.Fused) && !d.In(m.First-1, k.Definite) || d.wellKnown(e, f) {
		return false
	}
	text := d.Words(m.First, m.End)
	for _, n := range e.Names {
		if len(n.Text) > len(text)+1 && n.Text[len(n.Text)-len(text):] == text {
			return false // "au Mans", "dell'Aquila"
		}
	}
	return !d.behindBareLocative(m)
}

// someone reports whether what may be a town is somebody's name: behind what he or she is ("Deputy Reading"), or a given name that nothing is said to stand in.
func (d *Doc) someone(p *passage.Paragraph, m *passage.Mention, e *contrechamp.Entity, f *lexicon.Form) bool {
	if d.wellKnown(e, f) || d.behindBareLocative(m) {
		return false
	}
	if m.First > p.First && d.Tokens[m.First-1].Kind == word.Word && (d.In(m.First-1, p.Grammar.Known.Role) || d.In(m.First-1, p.Grammar.Known.Title)) {
		return (!p.Grammar.PlaceBehind || !d.isTownRole(p, m.First-1)) && (p.Grammar.Known.Neighbour == grammar.NoClass || !d.In(m.First-1, p.Grammar.Known.Neighbour))
	}
	return (GivenNames()[d.Fold[m.First]] || d.surnames[d.Fold[m.First]]) && !d.bareSubject(p, m)
}

// isTownRole reports whether the word at t is what somebody is of a town: "Oberbürgermeister Mannheim".
func (d *Doc) isTownRole(p *passage.Paragraph, t int) bool { return d.In(t, p.Grammar.Known.TownHead) }

// wellKnown reports whether a place is a country, a region or a large town.
func (d *Doc) wellKnown(e *contrechamp.Entity, f *lexicon.Form) bool {
	const people = 200_000
	return d.Knows.IsCountry(e) || IsRegionID(e.ID) || d.Knows.Lexicon.Population(f.Entity) >= people
}

// behindBareLocative reports whether the text says somewhere that something stands in a place of that name.
func (d *Doc) behindBareLocative(m *passage.Mention) bool { return d.placed[d.Fold[m.First]] }

// noteSurname keeps the last word of a name that opens with a given name: the text may go on with it alone.
func (d *Doc) noteSurname(r *Run) {
	if !r.Cues.Has(cueGivenFirst) || r.End-r.First > maxPersonWords || d.Tokens[r.End-1].Kind != word.Word {
		return
	}
	d.surnames[d.Fold[r.End-1]] = true
}

// maxPersonWords are the words of a person's name, with the hyphens in it.
const maxPersonWords = 5
