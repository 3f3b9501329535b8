package claim

import (
	"slices"
	"strings"

	"contrechamp.org/contrechamp/internal/word"
)

// presentPassive reports whether the word at t makes a present passive with the participle that ends its clause, and no future with an infinitive, as the
// German "wird" may do either: "wird seit Jahren genutzt", "wird 2027 kommen".
func (d *doc) presentPassive(g *grammar, t int) bool {
	const reach = 30 // words
	if g.known.passiveOr == noClass || !d.in(t, g.known.passiveOr) {
		return false
	}
	last := -1
	for n := t + 1; n < len(d.toks) && n <= t+reach && !d.fullStop[n-1]; n++ {
		if d.toks[n].Kind == word.Punct {
			if f := d.fold[n]; f == "," || f == ";" || f == ":" || f == "–" || f == "—" {
				break
			}
			continue
		}
		if d.in(n, g.known.conjunction) && last > t {
			break
		}
		if d.toks[n].Kind == word.Word && !d.toks[n].Upper && d.participle(g, n) {
			last = n
		} else if d.toks[n].Kind == word.Word && !d.toks[n].Upper && last == n-1 && d.in(n, g.known.passiveOr) {
			return false // "wird eingesetzt werden"
		}
	}
	return last > t
}

// participle reports whether the word at t is a participle by its shape: "gebaut", "eingesetzt", "betrieben", "installiert".
func (d *doc) participle(g *grammar, t int) bool {
	const least = 5 // letters
	w := d.fold[t]
	if len(w) < least || d.in(t, g.known.unverb) {
		return false
	}
	begins := func(w string, prefixes []string) bool {
		return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(w, p) })
	}
	ends := func(w string, endings []string) bool {
		return slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(w, e) })
	}
	return begins(w, g.marked.prefixes) && ends(w, g.marked.endings) || begins(w, g.unmarked.prefixes) && ends(w, g.unmarked.endings) || ends(w, g.participles)
}

// shaped are words by their beginning and their end, folded.
type shaped struct{ prefixes, endings []string }
