package naming

import (
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// German makes a genitive of a place's name by an "s" and nothing else, before what belongs to it or behind it: "Monacos Regierung", "die Kameras Hamburgs".

// genitives adds the places whose names stand so, where the lexicon knows the name without the "s" and not with it.
func (d *Doc) genitives(p *passage.Paragraph, found []*passage.Mention) []*passage.Mention {
	const shortest, people = 5, 50_000
	if !p.Grammar.NounsCapital {
		return found
	}
	k := &p.Grammar.Known
	for t := p.First; t < p.End; t++ {
		if tok := &d.Tokens[t]; tok.Kind != word.Word || !tok.Upper || tok.End-tok.Start < shortest || !strings.HasSuffix(d.Fold[t], "s") {
			continue
		}
		if t > p.First && (d.In(t-1, k.Article) || k.Fused != grammar.NoClass && d.In(t-1, k.Fused)) || len(d.lexiconNames(t, t+1)) > 0 {
			continue // "des Essens"
		}
		name := d.Words(t, t+1)
		for _, i := range d.Knows.Lexicon.ByName(name[:len(name)-1]) {
			e := d.Knows.Lexicon.Entity(i)
			if e.Kind != contrechamp.KindPlace {
				break // a firm or a body of that name is likelier
			}
			if d.Knows.IsCountry(e) || d.Knows.Lexicon.Population(i) >= people {
				found = append(found, d.Mention(passage.Mention{First: t, End: t + 1, Kinds: grammar.PLC, Entity: d.Keep(e), Rank: 3}))
				break
			}
		}
	}
	return found
}
