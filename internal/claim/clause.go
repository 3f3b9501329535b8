package claim

import (
	"slices"
	"strings"

	"contrechamp.org/contrechamp/internal/word"
)

// clause returns the bounds of the comma segment around units [from, to): negation, tense and places keep within it.
func clause(s *sentence, from, to int) (int, int) {
	for from > 0 && !s.units[from-1].comma && !s.units[from-1].stop {
		from--
	}
	for to < len(s.units) && !s.units[to].comma && !s.units[to].stop {
		to++
	}
	return from, to
}

// ends reports whether the word at t has one of the grammar's endings of a sort. It is looked up once.
func (d *passageDoc) ends(g *grammar, t int, sort ending) bool {
	const seen, has = 1, 2
	known := d.endings[t] >> (2 * sort)
	if known&seen == 0 {
		known = seen
		if d.hasEnding(g, t, g.endings[sort]) {
			known |= has
		}
		d.endings[t] |= known << (2 * sort)
	}
	return known&has != 0
}

func (d *passageDoc) hasEnding(g *grammar, t int, endings []string) bool {
	if len(endings) == 0 || !g.mayEnd[d.body[d.toks[t].End-1]] || d.toks[t].Upper && (t == 0 || d.toks[t-1].End+1 == d.toks[t].Start) {
		return false
	}
	w := strings.ToLower(d.toks[t].Of(d.body))
	for _, e := range endings {
		if len(w) > len(e) && strings.HasSuffix(w, e) {
			return !d.in(t, g.known.unverb)
		}
	}
	return false
}

// future reports whether the word at t is one of a plan: a word of the class, or a verb with a future ending, which
// is tested on the text as it stands, since folding makes "caméra" look like one.
func (d *passageDoc) future(g *grammar, t int) bool {
	return d.in(t, g.known.future) && !d.in(t, g.known.unverb) && !d.presentPassive(g, t) || d.ends(g, t, futureEnding)
}

// hedged reports whether units [from, to) are said to be possible only.
func (d *passageDoc) hedged(s *sentence, from, to int) bool {
	g := d.grammarAt(s)
	start, end := wideClause(s, from, to)
	for u := start; u < min(end, to+tenseReach); u++ {
		if s.units[u].mention != nil {
			continue
		}
		t := s.units[u].first
		if d.toks[t].Upper && t > s.first && d.toks[t-1].Kind == word.Word {
			continue // "In May"
		}
		if d.in(t, g.known.hedge) || d.ends(g, t, hedgeEnding) {
			return true
		}
	}
	return false
}

// aside is how many units between two commas are a mere aside: "la lecture de plaques, elle, pourrait venir".
const aside = 3

// tenseReach is how many units behind what is claimed a word may stand that tells its tense.
const tenseReach = 6

// wideClause is the clause with what an aside parts from it.
func wideClause(s *sentence, from, to int) (int, int) {
	from, to = clause(s, from, to)
	for n := to + 1; n < len(s.units) && n <= to+aside+1; n++ {
		if s.units[n].stop {
			break
		}
		if s.units[n].comma {
			_, to = clause(s, n+1, n+1)
			break
		}
	}
	return from, to
}

// participle reports whether the word at t is a participle by its shape: "gebaut", "eingesetzt", "betrieben", "installiert".
func (d *passageDoc) participle(g *grammar, t int) bool {
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

// presentPassive reports whether the word at t makes a present passive with the participle that ends its clause, and no future with an infinitive, as the
// German "wird" may do either: "wird seit Jahren genutzt", "wird 2027 kommen".
func (d *passageDoc) presentPassive(g *grammar, t int) bool {
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

// asks reports whether sentence i is a question: it claims nothing.
func (d *passageDoc) asks(i int) bool {
	s := &d.sents[i]
	for t := s.end - 1; t >= s.first && t > s.end-4; t-- {
		switch d.fold[t] {
		case "?":
			return true
		case "»", "”", "\"", ")":
			continue
		}
		return false
	}
	return false
}

func (d *passageDoc) quotedIn(s *sentence) bool {
	for t := s.first; t < s.end; t++ {
		if d.quoted[t] > 0 {
			return true
		}
	}
	return false
}

// bracketed reports whether a mention stands alone in brackets, as departments do: "Roanne (Loire)", or before a dash, as a member's
// constituency does: "Mme Aubray (Isère - UDX)".
func (d *passageDoc) bracketed(m *mention) bool {
	if m.first == 0 || d.fold[m.first-1] != "(" || m.end >= len(d.fold) {
		return false
	}
	if d.fold[m.end] == ")" {
		return true
	}
	const longest = 5
	if mark := d.fold[m.end]; mark != "-" && mark != "–" && mark != "—" {
		return false
	}
	for t := m.end + 1; t < len(d.fold) && t < m.end+longest; t++ {
		if d.fold[t] == ")" {
			return true
		}
	}
	return false
}
