package claim

import (
	"strings"
	"unicode"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// How far a name goes that nobody knows is told by its capitals: what may open it, what may stand between them, where they end.

// capital reports whether a name may start or go on at t.
func (d *namingDoc) capital(p *paragraph, t int) bool {
	tok := d.toks[t]
	if tok.Kind != word.Word || !tok.Upper && !d.camel(t) || strings.HasSuffix(d.fold[t], "'") {
		return false
	}
	if d.in(t, p.g.known.notName) && !d.withinName(p, t) && !(d.in(t, p.g.known.firmName) && t > p.first && d.toks[t-1].Upper && tok.End-tok.Start > 1 && allCapitals(tok.Of(d.body))) {
		return false
	}
	return !p.g.nounsCapital || !d.commonNoun(p, t) || t+1 < p.end && legalForms[d.fold[t+1]] && d.toks[t+1].Upper
}

// camel reports whether a word has a small letter first and a capital behind it: "iCetana".
func (d *namingDoc) camel(t int) bool {
	const least = 5
	w := d.toks[t].Of(d.body)
	if len(w) < least || w[0] < 'a' || w[0] > 'z' {
		return false
	}
	for i := 1; i <= 2; i++ {
		if 'A' <= w[i] && w[i] <= 'Z' && 'a' <= w[i+1] && w[i+1] <= 'z' {
			return true
		}
	}
	return false
}

// withinName reports whether a word that is no name as a rule ("Face", "Live") opens one here: its capital stands inside a
// sentence, behind a plain word, and another capital follows: "se nomme Face Pay".
func (d *namingDoc) withinName(p *paragraph, t int) bool {
	if p.role != contrechamp.RoleBody || p.g.nounsCapital || t == p.first || t+1 >= p.end {
		return false
	}
	before, next := d.toks[t-1], d.toks[t+1]
	return before.Kind == word.Word && !before.Upper && before.End < d.toks[t].Start && next.Kind == word.Word && next.Upper &&
		!d.in(t+1, p.g.known.notName) && next.Start == d.toks[t].End+1
}

// commonNoun reports whether the grammar knows the word at t, in a language that gives every noun a capital: what it
// knows is no name, but for the words that stand within names.
func (d *namingDoc) commonNoun(p *paragraph, t int) bool {
	k := &p.g.known
	for _, h := range d.known[t].hits {
		if h.class != k.firmName && h.class != k.orgName && !p.g.loose[h.class] {
			return !d.in(t, k.firmName) && !d.in(t, k.orgName) || d.in(t, k.productNoun) && (t == p.first || !d.toks[t-1].Upper)
		}
	}
	return false
}

// nameLike reports whether a word looks like a name in a language that gives every noun a capital: capitals or
// figures inside it.
func nameLike(s string) bool {
	inner := 0
	for i, r := range s {
		if i > 0 && (unicode.IsUpper(r) || unicode.IsDigit(r)) {
			inner++
		}
	}
	return inner > 0
}

// nameEnd returns the end of the run of capitals at t, with particles between them.
func (d *namingDoc) nameEnd(p *paragraph, t int, covered []*mention) int {
	end := t + 1
	for end < p.end && end-t < maxName && !d.columnGap(end) {
		switch {
		case d.capital(p, end) && (covered == nil || covered[end-p.first] == nil || covered[end-p.first].kinds&kDAT == 0):
			end++
			continue
		case d.fold[end] == "-" && end+1 < p.end && d.toks[end].Start == d.toks[end-1].End && d.toks[end+1].Start == d.toks[end].End &&
			d.toks[end+1].Kind == word.Word:
			if d.in(end+1, p.g.known.unplace) && !d.toks[end+1].Upper {
				return end // "Leeds-based Optivue": two names
			}
			end += 2
			continue
		case (d.fold[end] == "&" || d.fold[end] == "." && d.toks[end-1].End-d.toks[end-1].Start == 1) && end+1 < p.end && d.capital(p, end+1):
			end += 2
			continue
		case end+1 < p.end && d.joinsName(p, end) && d.capital(p, end+1):
			end += 2
			continue
		case end+1 < p.end && d.nobiliary(p, t, end) && d.capital(p, end+1):
			end += 2
			continue
		}
		if n := d.firmTail(p, end); n > 0 {
			end = n
			continue
		}
		break
	}
	return end
}

// joinsName reports whether the token at t may stand between the capitals of a name: the apostrophe of "Riders' Alliance", the capital of
// "Internet Sans Frontières".
func (d *namingDoc) joinsName(p *paragraph, t int) bool {
	if p.g.adjectiveBefore {
		f := d.fold[t]
		return (f == "'" || f == "’") && d.toks[t].Start == d.toks[t-1].End && d.toks[t+1].Start == d.toks[t].End+1 && strings.HasSuffix(d.fold[t-1], "s") && d.toks[t-1].Upper
	}
	return d.toks[t].Upper && p.g.known.forWhat != noClass && d.is(t, p.g.known.forWhat) == 1
}

// nobiliary reports whether the word at end goes on the name of a person that begins at t, behind a title: "Dr. Marie von Notz".
func (d *namingDoc) nobiliary(p *paragraph, t, end int) bool {
	switch d.fold[end] {
	case "von", "van", "vom", "zu", "ter", "ten":
	case "de", "del", "di", "da", "dos", "dal", "della":
		// "Cristina Fernández de Kirchner", whom no place is called after
		if !d.toks[end].Upper && end-t > 1 && end+1 < p.end && givenNames()[d.fold[t]] && len(d.e.lex.ByName(d.words(end+1, end+2))) == 0 {
			break
		}
		return false
	default:
		return false
	}
	b := t - 1
	if b > p.first && d.fold[b] == "." {
		b--
	}
	return !d.toks[end].Upper && b >= p.first && (d.in(b, p.g.known.title) || d.in(b, p.g.known.role))
}

// firmTail is the end of words with capitals at t that are no name by themselves and lead to a word that firms are called by, 0 for none: the
// "Surveillance Systems Ltd" of "Caledon Surveillance Systems Ltd".
func (d *namingDoc) firmTail(p *paragraph, t int) int {
	const longest = 3 // words before that word
	for n := t; n < p.end && n <= t+longest; n++ {
		tok := d.toks[n]
		if tok.Kind != word.Word || !tok.Upper || n > p.first && d.toks[n-1].End+1 != tok.Start || d.in(n, p.g.known.preposition) || d.in(n, p.g.known.article) {
			return 0
		}
		if n > t && (d.in(n, p.g.known.firmName) || legalForms[d.fold[n]]) {
			return n + 1
		}
	}
	return 0
}

// verbBeforeName reports whether a verb, of a language that leaves its subject out, opens a sentence right before a name: "Vende Mirolince, un programa".
func (d *namingDoc) verbBeforeName(p *paragraph, t int) bool {
	k := &p.g.known
	if p.g.nounsCapital || p.g.adjectiveBefore || t+1 >= p.end || !d.toks[t+1].Upper || d.toks[t+1].Kind != word.Word || d.capitals[d.fold[t]].inside {
		return false
	}
	return d.in(t, k.said) || k.firmDoes != noClass && d.in(t, k.firmDoes) || k.acquire != noClass && d.in(t, k.acquire)
}

// titleCase writes a name that stands in capitals as a name.
func titleCase(s string) string {
	out := []rune(strings.ToLower(s))
	start := true
	for i, r := range out {
		if start {
			out[i] = unicode.ToUpper(r)
		}
		start = r == '-' || r == ' ' || r == '\'' || r == '’'
	}
	return string(out)
}
