package quantity

import (
	"strings"
	"unicode"

	"contrechamp.org/contrechamp/internal/word"
)

// noNumber returns the end of what starts at the digits of token i if it is known not to be a number: a date, a
// time, a code, an ordinal, a telephone number, an article of law. It returns i for what may be one.
func (s *scanner) noNumber(i int) int {
	w := s.Of(i)
	switch {
	case s.gluedToCode(i):
		return s.clusterEnd(i)
	case len(w) > 1 && w[0] == '0' && '0' <= w[1] && w[1] <= '9':
		return s.digitsEnd(i)
	case len(w) == 2 && s.Kind(i+1, word.Number) && s.Kind(i+2, word.Number) && len(s.Of(i+1)) == 2 && len(s.Of(i+2)) == 2:
		return s.digitsEnd(i)
	}
	if end := s.date(i); end > i {
		return end
	}
	if end := s.clock(i); end > i {
		return end
	}
	if end := s.labelled(i); end > i {
		return end
	}
	n, plain := s.plain(i)
	switch {
	case !plain:
	case i == 0 && n < 1000 && (s.Mark(1) == "." || s.Mark(1) == ")") && s.Kind(2, word.Word) && s.Tokens[2].Upper:
		return i + 1 // the number of an item
	case len(w) == 5 && !s.lang.english && s.Kind(i+1, word.Word) && s.Tokens[i+1].Upper:
		return i + 1 // a post code
	case s.has(i-1, day) && n >= 1 && n <= 31 && !s.counted(i+1) && s.sense(i+1).role == none && s.Mark(i+1) != "%":
		return i + 1 // "le 15"
	case s.has(i-1, weekday) && n >= 1 && n <= 31 && !s.counted(i+1) && s.sense(i+1).role == none:
		return i + 1 // "mardi 12"
	case len(w) > 6 && !s.counted(i+1) && s.sense(i+1).role != money && !symbolAt(s.Mark(i+1)):
		if _, ok := s.symbolBefore(i); !ok {
			return i + 1 // a code: numbers of that length are written in groups
		}
	case s.Mark(i-1) == "." && len(s.Of(i-2)) == 1 && s.Kind(i-2, word.Word) && s.Tokens[i-2].Upper:
		return i + 1 // "H.R. 7024"
	case s.named(i):
		return i + 1
	}
	return i
}

// gluedToCode reports whether the digits at i are part of a code, an address, a fraction or a date written with marks.
func (s *scanner) gluedToCode(i int) bool {
	if s.Glued(i) && s.Kind(i-1, word.Punct) {
		switch m := s.Mark(i - 1); m {
		case "-", "‐", "‑", "–", "—", "/", ":":
			if s.Glued(i-1) && (s.Kind(i-2, word.Number) || s.Kind(i-2, word.Word) && m != ":") {
				return true
			}
			if m == "/" {
				return true
			}
		case ".", "_", "@", "#", "=", "&", "\\":
			return !(m == "." && s.Glued(i-1) && s.Kind(i-2, word.Word) && (s.Is(i-2, "rs") || len(s.Of(i-2)) > 4))
		case "+":
			return s.Mark(i+1) != "%"
		}
	}
	if !s.Glued(i + 1) {
		return false
	}
	switch m := s.Mark(i + 1); m {
	case "-", "‐", "‑", "–", "—":
		if !s.Glued(i + 2) {
			return false
		}
		if s.Kind(i+2, word.Word) {
			return s.Tokens[i+2].Upper
		}
		return !s.rangeOfDigits(i)
	case "/", ":":
		return s.Glued(i+2) && s.Kind(i+2, word.Number)
	case "_", "@", "#", "=", "&", "\\":
		return true
	case "":
		if !s.Kind(i+1, word.Word) {
			return false
		}
		sn := s.sense(i + 1)
		if sn.flags&(ordinal|clock) != 0 {
			return true
		}
		if sn.flags&suffix != 0 {
			return !s.shortScale(i, i+1) && !s.Is(i+1, "m") // 4K
		}
		if sn.role == measure || sn.role == money || sn.role == scale {
			return false
		}
		return !longLowerWord(s.Of(i + 1))
	}
	return false
}

// longLowerWord reports whether w is a word that somebody forgot to put a space before: "200caméras".
func longLowerWord(w string) bool {
	if len(w) < 5 {
		return false
	}
	for _, r := range w {
		if !unicode.IsLower(r) {
			return false
		}
	}
	return true
}

// rangeOfDigits reports whether tokens i to i+2 are a range of two numbers, "40-50", and not a code or years.
func (s *scanner) rangeOfDigits(i int) bool {
	a, aok := s.value(i)
	b, bok := s.value(i + 2)
	if !aok || !bok || a >= b || s.yearLike(i) && s.yearLike(i+2) {
		return false
	}
	if s.Dash(i+3) && s.Glued(i+3) && s.Glued(i+4) && s.Kind(i+4, word.Number) {
		return false
	}
	if w := s.Of(i + 2); len(w) > 1 && w[0] == '0' {
		return false
	}
	// "2021-22" and "2021-646" are no ranges since the second is less
	return b <= 20*a+20
}

// clusterEnd returns the end of the tokens glued to token i by digits, letters and marks of codes.
func (s *scanner) clusterEnd(i int) int {
	j := i + 1
	for s.Glued(j) {
		if s.Kind(j, word.Punct) {
			switch s.Mark(j) {
			case "-", "‐", "‑", "–", "—", "/", ":", ".", "_", "@", "#", "=", "&", "\\", "+":
			default:
				return j
			}
			if !s.Glued(j + 1) {
				return j
			}
		}
		j++
	}
	return j
}

// digitsEnd returns the end of a run of digit tokens, with the points and hyphens between them.
func (s *scanner) digitsEnd(i int) int {
	j := i + 1
	for s.Kind(j, word.Number) || (s.Hyphen(j) || s.Mark(j) == ".") && s.Kind(j+1, word.Number) {
		j++
	}
	return j
}

// date returns the end of a day or a year written beside a month's name, i when there is none.
func (s *scanner) date(i int) int {
	n, ok := s.plain(i)
	if !ok {
		return i
	}
	dayLike := n >= 1 && n <= 31
	switch {
	case dayLike && s.isMonth(i+1):
		j := i + 2
		if s.Mark(j) == "." {
			j++
		}
		if s.Mark(j) == "," && s.yearLike(j+1) {
			j++
		}
		if s.yearLike(j) {
			j++
		}
		return j
	case dayLike && s.has(i+1, of) && s.isMonth(i+2):
		return i + 3
	case dayLike && i+2 < len(s.Tokens) && s.dayJoin(i+1):
		if m, ok := s.plain(i + 2); ok && m <= 31 && s.isMonth(i+3) {
			return s.date(i + 2)
		}
	}
	before := i - 1
	if s.Mark(before) == "." {
		before--
	}
	if before < 0 || !s.isMonth(before) {
		return i
	}
	switch {
	case s.yearLike(i) && !s.counted(i+1):
		return i + 1
	case s.yearLike(i) && n%100 != 0:
		return i + 1
	case s.lang.english && dayLike:
		j := i + 1
		if s.dayJoin(j) {
			if m, ok := s.plain(j + 1); ok && m <= 31 {
				j += 2
			}
		}
		if s.Mark(j) == "," && s.yearLike(j+1) {
			return j + 2
		}
		if s.yearLike(j) {
			return j + 1
		}
		return j
	}
	return i
}

// dayJoin reports whether token i may stand between two days of one month.
func (s *scanner) dayJoin(i int) bool {
	return s.Dash(i) || s.Mark(i) == "," || s.has(i, and|or|to) || s.Is(i, "au") || s.Is(i, "aux")
}

// clock returns the end of an hour: "18 h 30", "7 p.m.", "7 pm".
func (s *scanner) clock(i int) int {
	n, ok := s.plain(i)
	if !ok || n > 24 {
		return i
	}
	if s.has(i+1, clock) {
		if m, ok := s.plain(i + 2); ok && m < 60 {
			return i + 3
		}
		return i + 2
	}
	if s.lang.english && (s.Is(i+1, "p", ".", "m") || s.Is(i+1, "a", ".", "m")) {
		return i + 4
	}
	if s.lang.english && s.Is(i+1, "o'clock") {
		return i + 2
	}
	return i
}

// labelled returns the end of numbers that name a thing: "article 10", "sections 12 and 13", "n° 3".
func (s *scanner) labelled(i int) int {
	before := i - 1
	switch s.Mark(before) {
	case "§", "#":
		return s.labelList(i)
	case ".", "°", "º", "˚":
		before--
	}
	if !s.has(before, label) {
		return i
	}
	if s.Is(before, "no") && s.lang.english && s.Mark(i-1) != "." && !s.Tokens[before].Upper {
		return i
	}
	if before < i-1 && s.Mark(i-1) == "." && len(s.Of(before)) > 4 {
		return i // the end of a sentence, not of an abbreviation
	}
	if s.Mark(i+1) == "%" || s.sense(i+1).role == money || s.sense(i+1).role == scale && !s.has(i+1, suffix) {
		return i
	}
	if s.lang.countsByN && s.Is(before, "n") && s.pluralVowel(i+1) {
		return i // "n. 47 telecamere", of Italian acts
	}
	return s.labelList(i)
}

// pluralVowel reports whether token i may be an Italian noun in the plural.
func (s *scanner) pluralVowel(i int) bool {
	const least = 5
	if !s.Kind(i, word.Word) || s.Tokens[i].Upper || s.sense(i).flags != 0 {
		return false
	}
	w := s.Of(i)
	return len(w) >= least && (strings.HasSuffix(w, "e") || strings.HasSuffix(w, "i"))
}

func (s *scanner) labelList(i int) int {
	j := i + 1
	for s.Mark(j) == "," || s.Dash(j) || s.has(j, and|or|to) {
		if !s.Kind(j+1, word.Number) || s.counted(j+2) {
			return j
		}
		j += 2
	}
	return j
}

// named reports whether the bare digits at i end a name: "ECU 911", "Windows 10", "Milipol 2021".
func (s *scanner) named(i int) bool {
	if i == 0 || s.Tokens[i-1].Kind != word.Word || !s.Tokens[i-1].Upper && !innerCapital(s.Of(i-1)) || len(s.Of(i)) > 4 || s.counted(i+1) ||
		s.sense(i-1).role == money || s.sense(i-1).flags&(small|month|yearly) != 0 {
		return false
	}
	if sn := s.sense(i + 1); sn.role == measure || sn.role == money || sn.role == scale || sn.role == collective || sn.flags&of != 0 {
		return false
	}
	if m := s.Mark(i + 1); m == "%" || symbols[m] != "" || m == "$" {
		return false
	}
	if _, isPercent := s.phraseAt(s.lang.percent, i+1); isPercent {
		return false
	}
	if s.Kind(i+1, word.Number) { // "Lyon 1 200 caméras"
		return false
	}
	// A singular noun in small letters, or a hyphen, may be counted too: "Nice 200-camera system". A verb is not told
	// from it, so only a mark, the end, a capital or a grammar word makes a name.
	next := i + 1
	return next >= len(s.Tokens) || s.Kind(next, word.Punct) && !s.Hyphen(next) || s.Tokens[next].Upper || s.has(next, small)
}

// capitalName reports whether the number word at i is part of a proper name: "Deux-Sèvres", "the Five Eyes".
func (s *scanner) capitalName(first, end int) bool {
	if !s.Tokens[first].Upper || allCapitals(s.Of(first)) {
		return false
	}
	if s.Hyphen(end) && s.Glued(end) && s.Glued(end+1) && s.Tokens[end+1].Upper {
		return true
	}
	return !s.sentenceStart(first) && s.Kind(end, word.Word) && s.Tokens[end].Upper
}

// innerCapital reports whether w is spelled like a product: "iPhone".
func innerCapital(w string) bool {
	for i := 1; i < len(w); i++ {
		if 'A' <= w[i] && w[i] <= 'Z' {
			return true
		}
	}
	return false
}

func allCapitals(w string) bool {
	n := 0
	for _, r := range w {
		if unicode.IsLower(r) {
			return false
		}
		n++
	}
	return n > 1
}
