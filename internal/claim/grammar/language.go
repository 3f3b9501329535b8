package grammar

import (
	"slices"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// AtHome reports whether a place lies in a country where the language is at home: Bari is no region of Somalia in Italian.
func (g *Grammar) AtHome(e *contrechamp.Entity) bool {
	return g.Known.HomeCountry != NoClass && slices.Contains(g.Exact[strings.ToLower(e.Country)], g.Known.HomeCountry)
}

// BodyKindOf tells what a body is from the words of its name.
func (g *Grammar) BodyKindOf(name string) Kind {
	folded := word.Fold(name)
	toks := word.Cut(nil, folded)
	var found Kind
	for i, t := range toks {
		w := t.Of(folded)
		ids := slices.Clone(g.Exact[w])
	next:
		for _, ph := range g.phrases[w] {
			if i+len(ph.Words) > len(toks) {
				continue
			}
			for k, want := range ph.Words {
				if toks[i+k].Of(folded) != want {
					continue next
				}
			}
			ids = append(ids, ph.Class)
		}
		for _, id := range ids {
			switch id {
			case g.Known.Ngo, g.Known.OrgName, g.Known.Press:
				return ORG
			case g.Known.Regulator, g.Known.Court:
				found = AUT
			case g.Known.Police, g.Known.Town, g.Known.State:
				if found == 0 {
					found = POL
				}
			}
		}
	}
	return found
}

// Joiner puts a body and its place together.
func (g *Grammar) Joiner(place string) string {
	switch len(g.BodyJoin) {
	case 0:
		return " "
	case 1:
		return " " + g.BodyJoin[0] + " "
	}
	join := g.BodyJoin[0]
	if folded := word.Fold(place); folded != "" && strings.ContainsAny(folded[:1], "aeiouh") {
		join = g.BodyJoin[1]
	}
	if strings.HasSuffix(join, "'") {
		return " " + join
	}
	return " " + join + " "
}

// Nouns is which of the weights are a language's.
func (g *Grammar) Nouns() int {
	if g.NounsCapital {
		return 1
	}
	return 0
}

// Uninflected answers what a noun may be without its ending: of a genitive, or of a noun that has one in every case but the first.
func (g *Grammar) Uninflected(w string, genitive bool) []string {
	const least = 4 // letters that stay
	var out []string
	for _, e := range g.weak {
		if strings.HasSuffix(w, e) {
			return []string{strings.TrimSuffix(w, e[len(e)-2:])}
		}
	}
	for _, e := range g.oblique {
		if genitive && strings.HasSuffix(w, e) && len(w) >= len(e)+least {
			out = append(out, strings.TrimSuffix(w, e))
		}
	}
	return out
}
