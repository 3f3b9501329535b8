package claim

import (
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// German makes a genitive of a place's name by an "s" and nothing else, before what belongs to it or behind it: "Monacos Regierung", "die Kameras Hamburgs".

// genitives adds the places whose names stand so, where the lexicon knows the name without the "s" and not with it.
func (d *namingDoc) genitives(p *paragraph, found []*mention) []*mention {
	const shortest, people = 5, 50_000
	if !p.g.nounsCapital {
		return found
	}
	k := &p.g.known
	for t := p.first; t < p.end; t++ {
		if tok := &d.toks[t]; tok.Kind != word.Word || !tok.Upper || tok.End-tok.Start < shortest || !strings.HasSuffix(d.fold[t], "s") {
			continue
		}
		if t > p.first && (d.in(t-1, k.article) || k.fused != noClass && d.in(t-1, k.fused)) || len(d.lexiconNames(t, t+1)) > 0 {
			continue // "des Essens"
		}
		name := d.words(t, t+1)
		for _, i := range d.e.lex.ByName(name[:len(name)-1]) {
			e := d.e.lex.Entity(i)
			if e.Kind != contrechamp.KindPlace {
				break // a firm or a body of that name is likelier
			}
			if d.e.isCountry(e) || d.e.lex.Population(i) >= people {
				found = append(found, d.mention(mention{first: t, end: t + 1, kinds: kPLC, entity: d.keep(e), rank: 3}))
				break
			}
		}
	}
	return found
}
