package claim

import (
	"slices"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// atHome reports whether a place lies in a country where the language is at home: Bari is no region of Somalia in Italian.
func (g *grammar) atHome(e *contrechamp.Entity) bool {
	return g.known.homeCountry != noClass && slices.Contains(g.exact[strings.ToLower(e.Country)], g.known.homeCountry)
}

// bodyKindOf tells what a body is from the words of its name.
func (g *grammar) bodyKindOf(name string) kind {
	folded := word.Fold(name)
	toks := word.Cut(nil, folded)
	var found kind
	for i, t := range toks {
		w := t.Of(folded)
		ids := slices.Clone(g.exact[w])
	next:
		for _, ph := range g.phrases[w] {
			if i+len(ph.words) > len(toks) {
				continue
			}
			for k, want := range ph.words {
				if toks[i+k].Of(folded) != want {
					continue next
				}
			}
			ids = append(ids, ph.class)
		}
		for _, id := range ids {
			switch id {
			case g.known.ngo, g.known.orgName, g.known.press:
				return kORG
			case g.known.regulator, g.known.court:
				found = kAUT
			case g.known.police, g.known.town, g.known.state:
				if found == 0 {
					found = kPOL
				}
			}
		}
	}
	return found
}

// joiner puts a body and its place together.
func (g *grammar) joiner(place string) string {
	switch len(g.bodyJoin) {
	case 0:
		return " "
	case 1:
		return " " + g.bodyJoin[0] + " "
	}
	join := g.bodyJoin[0]
	if folded := word.Fold(place); folded != "" && strings.ContainsAny(folded[:1], "aeiouh") {
		join = g.bodyJoin[1]
	}
	if strings.HasSuffix(join, "'") {
		return " " + join
	}
	return " " + join + " "
}

// nouns is which of the weights are a language's.
func (g *grammar) nouns() int {
	if g.nounsCapital {
		return 1
	}
	return 0
}

// uninflected answers what a noun may be without its ending: of a genitive, or of a noun that has one in every case but the first.
func (g *grammar) uninflected(w string, genitive bool) []string {
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
