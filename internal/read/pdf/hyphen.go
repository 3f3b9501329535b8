package pdf

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"contrechamp.org/contrechamp/internal/read/flow"
)

// hyphensOf settles what each word that is broken at a line's end is when it is whole: without its hyphen, unless the
// document writes it with one elsewhere, or it is of a kind that keeps it ("sous-préfet", "est-il").
func hyphensOf(pages [][]line) map[string]string {
	type broken struct{ head, tail string }
	found := map[broken]bool{}
	ask := map[string]int{} // word -> how often the document has it
	last := ""
	for _, lines := range pages {
		for i := range lines {
			text := lines[i].cells[0]
			if len(lines[i].cells) > 1 {
				text = lines[i].text()
			}
			// the line before may be the last of a column or of a page, with running heads between
			if last != "" {
				if tail := text[:wordLen(text)]; flow.OpensLower(tail) || flow.Capitals(last) && flow.Capitals(tail) {
					found[broken{last, tail}] = true
					ask[strings.ToLower(last+tail)], ask[strings.ToLower(last+"-"+tail)] = 0, 0
				}
			}
			if h := headOf(text); h != "" {
				last = h
			} else if lines[i].y0 > band*lines[i].height && lines[i].y1 < (1-band)*lines[i].height {
				last = ""
			}
		}
	}
	if len(found) == 0 {
		return nil
	}
	var lengths [64]bool
	for w := range ask {
		lengths[min(len(w), len(lengths)-1)] = true
	}
	count := func(w string) {
		if lengths[min(len(w), len(lengths)-1)] {
			w = strings.ToLower(w)
			if n, asked := ask[w]; asked {
				ask[w] = n + 1
			}
		}
	}
	for _, lines := range pages {
		for i := range lines {
			for _, cell := range lines[i].cells {
				eachWord(cell, count)
			}
		}
	}
	whole := map[string]string{}
	for b := range found {
		joined, kept := b.head+b.tail, b.head+"-"+b.tail
		word := joined
		switch a, c := ask[strings.ToLower(joined)], ask[strings.ToLower(kept)]; {
		case a > c:
		case c > a || keepsHyphen(b.head, b.tail):
			word = kept
		}
		whole[kept] = word
	}
	return whole
}

// eachWord calls visit for each word of s.
func eachWord(s string, visit func(string)) {
	from := -1
	for i, r := range s {
		switch in := inWord(r); {
		case in && from < 0:
			from = i
		case !in && from >= 0:
			visit(s[from:i])
			from = -1
		}
	}
	if from >= 0 {
		visit(s[from:])
	}
}

// inWord reports whether r may stand inside a word.
func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-'
	}
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || r == '-' || r == '‐'
}

// headOf answers the part of a word before a hyphen at the end of s, "" when there is none.
func headOf(s string) string {
	n := hyphenLen(s)
	if n == 0 {
		return ""
	}
	s = s[:len(s)-n]
	at := len(s)
	for at > 0 {
		r, n := utf8.DecodeLastRuneInString(s[:at])
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '-' {
			break
		}
		at -= n
	}
	return strings.TrimLeft(s[at:], "-")
}

func hyphenLen(s string) int {
	for _, h := range []string{"-", "‐", "\u00ad"} {
		if strings.HasSuffix(s, h) {
			return len(h)
		}
	}
	return 0
}

// wordLen is how many bytes of s its first word has.
func wordLen(s string) int {
	for i, r := range s {
		if !inWord(r) {
			return i
		}
	}
	return len(s)
}

// Words that keep their hyphen in French, where it is part of them: the first or the last member tells.
var (
	heads = setOf("sous vice non peut celui ceux celle celles au par ex demi mi semi avant après arrière contre-amiral rendez quelques c'est grand saint sainte aix cent vingt trente quarante cinquante soixante dix jusque")
	tails = setOf("il elle ils elles on ci là vous nous moi toi lui leur même mêmes être dessus dessous delà en y t je tu ce préfet préfète préfecture directeur directrice sur sous de du la le les lès et d l")
)

func keepsHyphen(head, tail string) bool {
	head, tail = strings.ToLower(head), strings.ToLower(tail)
	if i := strings.LastIndexByte(head, '-'); i >= 0 {
		return true // more than one hyphen: "c'est-à-" "dire"
	}
	first, _, more := strings.Cut(tail, "-")
	return heads[head] || tails[tail] || more && tails[first]
}

func setOf(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
