package naming

import (
	"strings"
	"unicode"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// How far a name goes that nobody knows is told by its capitals: what may open it, what may stand between them, where they end.

// Capital reports whether a name may start or go on at t.
func (d *Doc) Capital(p *passage.Paragraph, t int) bool {
	tok := d.Tokens[t]
	if tok.Kind != word.Word || !tok.Upper && !d.camel(t) || strings.HasSuffix(d.Fold[t], "'") {
		return false
	}
	if d.In(t, p.Grammar.Known.NotName) && !d.withinName(p, t) && !(d.In(t, p.Grammar.Known.FirmName) && t > p.First && d.Tokens[t-1].Upper && tok.End-tok.Start > 1 && AllCapitals(tok.Of(d.Body))) {
		return false
	}
	return !p.Grammar.NounsCapital || !d.commonNoun(p, t) || t+1 < p.End && legalForms[d.Fold[t+1]] && d.Tokens[t+1].Upper
}

// camel reports whether a word has a small letter first and a capital behind it: "iCetana".
func (d *Doc) camel(t int) bool {
	const least = 5
	w := d.Tokens[t].Of(d.Body)
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
func (d *Doc) withinName(p *passage.Paragraph, t int) bool {
	if p.Role != contrechamp.RoleBody || p.Grammar.NounsCapital || t == p.First || t+1 >= p.End {
		return false
	}
	before, next := d.Tokens[t-1], d.Tokens[t+1]
	return before.Kind == word.Word && !before.Upper && before.End < d.Tokens[t].Start && next.Kind == word.Word && next.Upper &&
		!d.In(t+1, p.Grammar.Known.NotName) && next.Start == d.Tokens[t].End+1
}

// commonNoun reports whether the grammar knows the word at t, in a language that gives every noun a capital: what it
// knows is no name, but for the words that stand within names.
func (d *Doc) commonNoun(p *passage.Paragraph, t int) bool {
	k := &p.Grammar.Known
	for _, h := range d.Known[t].Hits {
		if h.Class != k.FirmName && h.Class != k.OrgName && !p.Grammar.Loose[h.Class] {
			return !d.In(t, k.FirmName) && !d.In(t, k.OrgName) || d.In(t, k.ProductNoun) && (t == p.First || !d.Tokens[t-1].Upper)
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
func (d *Doc) nameEnd(p *passage.Paragraph, t int, covered []*passage.Mention) int {
	end := t + 1
	for end < p.End && end-t < maxName && !d.ColumnGap(end) {
		switch {
		case d.Capital(p, end) && (covered == nil || covered[end-p.First] == nil || covered[end-p.First].Kinds&grammar.DAT == 0):
			end++
			continue
		case d.Fold[end] == "-" && end+1 < p.End && d.Tokens[end].Start == d.Tokens[end-1].End && d.Tokens[end+1].Start == d.Tokens[end].End &&
			d.Tokens[end+1].Kind == word.Word:
			if d.In(end+1, p.Grammar.Known.Unplace) && !d.Tokens[end+1].Upper {
				return end // "Leeds-based Optivue": two names
			}
			end += 2
			continue
		case (d.Fold[end] == "&" || d.Fold[end] == "." && d.Tokens[end-1].End-d.Tokens[end-1].Start == 1) && end+1 < p.End && d.Capital(p, end+1):
			end += 2
			continue
		case end+1 < p.End && d.joinsName(p, end) && d.Capital(p, end+1):
			end += 2
			continue
		case end+1 < p.End && d.nobiliary(p, t, end) && d.Capital(p, end+1):
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
func (d *Doc) joinsName(p *passage.Paragraph, t int) bool {
	if p.Grammar.AdjectiveBefore {
		f := d.Fold[t]
		return (f == "'" || f == "’") && d.Tokens[t].Start == d.Tokens[t-1].End && d.Tokens[t+1].Start == d.Tokens[t].End+1 && strings.HasSuffix(d.Fold[t-1], "s") && d.Tokens[t-1].Upper
	}
	return d.Tokens[t].Upper && p.Grammar.Known.ForWhat != grammar.NoClass && d.Is(t, p.Grammar.Known.ForWhat) == 1
}

// nobiliary reports whether the word at end goes on the name of a person that begins at t, behind a title: "Dr. Marie von Notz".
func (d *Doc) nobiliary(p *passage.Paragraph, t, end int) bool {
	switch d.Fold[end] {
	case "von", "van", "vom", "zu", "ter", "ten":
	case "de", "del", "di", "da", "dos", "dal", "della":
		// "Cristina Fernández de Kirchner", whom no place is called after
		if !d.Tokens[end].Upper && end-t > 1 && end+1 < p.End && GivenNames()[d.Fold[t]] && len(d.Knows.Lexicon.ByName(d.Words(end+1, end+2))) == 0 {
			break
		}
		return false
	default:
		return false
	}
	b := t - 1
	if b > p.First && d.Fold[b] == "." {
		b--
	}
	return !d.Tokens[end].Upper && b >= p.First && (d.In(b, p.Grammar.Known.Title) || d.In(b, p.Grammar.Known.Role))
}

// firmTail is the end of words with capitals at t that are no name by themselves and lead to a word that firms are called by, 0 for none: the
// "Surveillance Systems Ltd" of "Caledon Surveillance Systems Ltd".
func (d *Doc) firmTail(p *passage.Paragraph, t int) int {
	const longest = 3 // words before that word
	for n := t; n < p.End && n <= t+longest; n++ {
		tok := d.Tokens[n]
		if tok.Kind != word.Word || !tok.Upper || n > p.First && d.Tokens[n-1].End+1 != tok.Start || d.In(n, p.Grammar.Known.Preposition) || d.In(n, p.Grammar.Known.Article) {
			return 0
		}
		if n > t && (d.In(n, p.Grammar.Known.FirmName) || legalForms[d.Fold[n]]) {
			return n + 1
		}
	}
	return 0
}

// verbBeforeName reports whether a verb, of a language that leaves its subject out, opens a sentence right before a name: "Vende Mirolince, un programa".
func (d *Doc) verbBeforeName(p *passage.Paragraph, t int) bool {
	k := &p.Grammar.Known
	if p.Grammar.NounsCapital || p.Grammar.AdjectiveBefore || t+1 >= p.End || !d.Tokens[t+1].Upper || d.Tokens[t+1].Kind != word.Word || d.capitals[d.Fold[t]].inside {
		return false
	}
	return d.In(t, k.Said) || k.FirmDoes != grammar.NoClass && d.In(t, k.FirmDoes) || k.Acquire != grammar.NoClass && d.In(t, k.Acquire)
}

// TitleCase writes a name that stands in capitals as a name.
func TitleCase(s string) string {
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
