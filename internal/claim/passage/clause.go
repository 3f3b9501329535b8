package passage

import (
	"slices"
	"strings"

	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/word"
)

// Clause returns the bounds of the comma segment around units [from, to): negation, tense and places keep within it.
func Clause(s *Sentence, from, to int) (int, int) {
	for from > 0 && !s.Units[from-1].Comma && !s.Units[from-1].Stop {
		from--
	}
	for to < len(s.Units) && !s.Units[to].Comma && !s.Units[to].Stop {
		to++
	}
	return from, to
}

// Ends reports whether the word at t has one of the grammar's endings of a sort. It is looked up once.
func (d *Doc) Ends(g *grammar.Grammar, t int, sort grammar.Ending) bool {
	const seen, has = 1, 2
	known := d.endings[t] >> (2 * sort)
	if known&seen == 0 {
		known = seen
		if d.hasEnding(g, t, g.Endings[sort]) {
			known |= has
		}
		d.endings[t] |= known << (2 * sort)
	}
	return known&has != 0
}

func (d *Doc) hasEnding(g *grammar.Grammar, t int, endings []string) bool {
	if len(endings) == 0 || !g.MayEnd[d.Body[d.Tokens[t].End-1]] || d.Tokens[t].Upper && (t == 0 || d.Tokens[t-1].End+1 == d.Tokens[t].Start) {
		return false
	}
	w := strings.ToLower(d.Tokens[t].Of(d.Body))
	for _, e := range endings {
		if len(w) > len(e) && strings.HasSuffix(w, e) {
			return !d.In(t, g.Known.Unverb)
		}
	}
	return false
}

// Future reports whether the word at t is one of a plan: a word of the class, or a verb with a future ending, which
// is tested on the text as it stands, since folding makes "caméra" look like one.
func (d *Doc) Future(g *grammar.Grammar, t int) bool {
	return d.In(t, g.Known.Future) && !d.In(t, g.Known.Unverb) && !d.PresentPassive(g, t) || d.Ends(g, t, grammar.FutureEnding)
}

// Hedged reports whether units [from, to) are said to be possible only.
func (d *Doc) Hedged(s *Sentence, from, to int) bool {
	g := d.GrammarAt(s)
	start, end := WideClause(s, from, to)
	for u := start; u < min(end, to+TenseReach); u++ {
		if s.Units[u].Mention != nil {
			continue
		}
		t := s.Units[u].First
		if d.Tokens[t].Upper && t > s.First && d.Tokens[t-1].Kind == word.Word {
			continue // "In May"
		}
		if d.In(t, g.Known.Hedge) || d.Ends(g, t, grammar.HedgeEnding) {
			return true
		}
	}
	return false
}

// Aside is how many units between two commas are a mere aside: "la lecture de plaques, elle, pourrait venir".
const Aside = 3

// TenseReach is how many units behind what is claimed a word may stand that tells its tense.
const TenseReach = 6

// WideClause is the clause with what an aside parts from it.
func WideClause(s *Sentence, from, to int) (int, int) {
	from, to = Clause(s, from, to)
	for n := to + 1; n < len(s.Units) && n <= to+Aside+1; n++ {
		if s.Units[n].Stop {
			break
		}
		if s.Units[n].Comma {
			_, to = Clause(s, n+1, n+1)
			break
		}
	}
	return from, to
}

// participle reports whether the word at t is a participle by its shape: "gebaut", "eingesetzt", "betrieben", "installiert".
func (d *Doc) participle(g *grammar.Grammar, t int) bool {
	const least = 5 // letters
	w := d.Fold[t]
	if len(w) < least || d.In(t, g.Known.Unverb) {
		return false
	}
	begins := func(w string, prefixes []string) bool {
		return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(w, p) })
	}
	ends := func(w string, endings []string) bool {
		return slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(w, e) })
	}
	return begins(w, g.Marked.Prefixes) && ends(w, g.Marked.Endings) || begins(w, g.Unmarked.Prefixes) && ends(w, g.Unmarked.Endings) || ends(w, g.Participles)
}

// PresentPassive reports whether the word at t makes a present passive with the participle that ends its clause, and no future with an infinitive, as the
// German "wird" may do either: "wird seit Jahren genutzt", "wird 2027 kommen".
func (d *Doc) PresentPassive(g *grammar.Grammar, t int) bool {
	const reach = 30 // words
	if g.Known.PassiveOr == grammar.NoClass || !d.In(t, g.Known.PassiveOr) {
		return false
	}
	last := -1
	for n := t + 1; n < len(d.Tokens) && n <= t+reach && !d.FullStop[n-1]; n++ {
		if d.Tokens[n].Kind == word.Punct {
			if f := d.Fold[n]; f == "," || f == ";" || f == ":" || f == "–" || f == "—" {
				break
			}
			continue
		}
		if d.In(n, g.Known.Conjunction) && last > t {
			break
		}
		if d.Tokens[n].Kind == word.Word && !d.Tokens[n].Upper && d.participle(g, n) {
			last = n
		} else if d.Tokens[n].Kind == word.Word && !d.Tokens[n].Upper && last == n-1 && d.In(n, g.Known.PassiveOr) {
			return false // "wird eingesetzt werden"
		}
	}
	return last > t
}

// Asks reports whether sentence i is a question: it claims nothing.
func (d *Doc) Asks(i int) bool {
	s := &d.Sentences[i]
	for t := s.End - 1; t >= s.First && t > s.End-4; t-- {
		switch d.Fold[t] {
		case "?":
			return true
		case "»", "”", "\"", ")":
			continue
		}
		return false
	}
	return false
}

// QuotedIn reports whether a sentence holds words of a quotation.
func (d *Doc) QuotedIn(s *Sentence) bool {
	for t := s.First; t < s.End; t++ {
		if d.Quoted[t] > 0 {
			return true
		}
	}
	return false
}

// Bracketed reports whether a mention stands alone in brackets, as departments do: "Roanne (Loire)", or before a dash, as a member's
// constituency does: "Mme Aubray (Isère - UDX)".
func (d *Doc) Bracketed(m *Mention) bool {
	if m.First == 0 || d.Fold[m.First-1] != "(" || m.End >= len(d.Fold) {
		return false
	}
	if d.Fold[m.End] == ")" {
		return true
	}
	const longest = 5
	if mark := d.Fold[m.End]; mark != "-" && mark != "–" && mark != "—" {
		return false
	}
	for t := m.End + 1; t < len(d.Fold) && t < m.End+longest; t++ {
		if d.Fold[t] == ")" {
			return true
		}
	}
	return false
}
