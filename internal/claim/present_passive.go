package claim

import (
	"strings"

	"contrechamp.org/contrechamp/internal/word"
)

// presentPassive reports whether the word at t makes a present passive with the participle that ends its clause, and no future with an infinitive, as the
// German "wird" may do either: "wird seit 2006 eingesetzt", "wird 2027 kommen".
func (d *doc) presentPassive(g *grammar, t int) bool {
	const reach = 30 // words
	if g.known.passiveOr == noClass || d.is(t, g.known.passiveOr) == 0 {
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
		if d.is(n, g.known.conjunction) > 0 && last > t {
			break
		}
		if d.toks[n].Kind == word.Word && !d.toks[n].Upper && d.participle(g, n) {
			last = n
		} else if d.toks[n].Kind == word.Word && !d.toks[n].Upper && last == n-1 && d.is(n, g.known.passiveOr) > 0 {
			return false // "wird eingesetzt werden"
		}
	}
	return last > t
}

// participle reports whether the word at t is a participle by its shape: "gebaut", "eingesetzt", "betrieben", "installiert".
func (d *doc) participle(g *grammar, t int) bool {
	const least = 5 // letters
	w := d.fold[t]
	if len(w) < least || d.is(t, g.known.unverb) > 0 {
		return false
	}
	ge := strings.HasPrefix(w, "ge")
	for _, prefix := range separable {
		ge = ge || strings.HasPrefix(w, prefix+"ge")
	}
	switch {
	case ge:
		return strings.HasSuffix(w, "t") || strings.HasSuffix(w, "en")
	case strings.HasSuffix(w, "iert"):
		return true
	case strings.HasSuffix(w, "t") || strings.HasSuffix(w, "ieben") || strings.HasSuffix(w, "ommen") || strings.HasSuffix(w, "oben") || strings.HasSuffix(w, "ossen") || strings.HasSuffix(w, "unden") || strings.HasSuffix(w, "ogen"):
		for _, prefix := range inseparable {
			if strings.HasPrefix(w, prefix) {
				return true
			}
		}
	}
	return false
}

// separable and inseparable are prefixes of German verbs: the first stand before the "ge" of a participle, behind the second there is none.
var (
	separable   = []string{"ab", "an", "auf", "aus", "bei", "durch", "ein", "fest", "fort", "frei", "her", "hin", "los", "mit", "nach", "um", "vor", "weg", "weiter", "wieder", "zu", "zurück", "zuruck", "zusammen"}
	inseparable = []string{"be", "ver", "er", "ent", "zer", "miss", "über", "uber", "unter", "durch"}
)
