package quantity

import (
	"math"
	"strconv"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// maxPhrase is how many tokens one number may have; longer runs of digit groups are no numbers.
const maxPhrase = 24

// maxGroups is how many groups of three digits may follow the first: 999 999 999 999 999 has four.
const maxGroups = 4

// maxLookBehind is how many tokens are looked at before a number for what qualifies it.
const maxLookBehind = 8

// scanner walks the tokens once. pos is never behind floor, the end of what was found or passed over last.
type scanner struct {
	word.Cursor
	lang    *language
	floor   int
	found   []Found
	yearEnd int // the end of the last number that was passed over as a year
}

func newScanner(text string, tokens []word.Token, tag string) *scanner {
	lang := languageOf(tag)
	return &scanner{Cursor: word.NewCursor(text, tokens, lang.vocabulary), lang: lang}
}

func (s *scanner) run() {
	for i := 0; i < len(s.Tokens); {
		s.Visits++
		switch s.Tokens[i].Kind {
		case word.Punct:
			i++
			continue
		case word.Word:
			if id := s.IDs[i]; id == 0 && s.Tokens[i].Upper {
				if end := s.codeAt(i); end > i {
					s.floor, i = end, end
					continue
				}
				i++
				continue
			} else if s.lang.table[id].role == none && s.lang.table[id].flags&half == 0 {
				i++
				continue
			}
		}
		next := s.at(i)
		if next > i {
			s.floor = next
		} else {
			next = i + 1
		}
		i = next
	}
}

// at tries to read a number that starts at token i and returns the token to go on from: i or less when there is none,
// more when something was found or passed over.
func (s *scanner) at(i int) int {
	if s.Tokens[i].Kind == word.Number {
		if end := s.noNumber(i); end > i {
			return end
		}
	}
	a, ok := s.number(i)
	if !ok {
		return a.end
	}
	return s.take(a, sense{})
}

// codeAt tries to read a sum whose currency and digits are one word.
func (s *scanner) codeAt(i int) int {
	if s.Tokens[i].End-s.Tokens[i].Start > 16 {
		return i
	}
	a, code, ok := s.codeNumber(i)
	if !ok {
		return i
	}
	return s.take(a, code)
}

// take finds out what the number a is, adds it to what was found if it is one, and returns the token to go on from.
// The currency written before it in the same word is given.
func (s *scanner) take(a number, code sense) int {
	f := Found{Number: a.value, Qualifier: contrechamp.Exactly, Vague: a.vague, InWords: a.words, First: a.first,
		Currency: code.currency, Symbol: code.symbol}
	if a.about {
		f.Qualifier = contrechamp.About
	}
	if a.vague {
		f.Number = 0
	}
	if code.role == money {
		f.Kind = Money
	} else {
		s.currencyBefore(&f)
	}
	end := s.kindBehind(&f, a.end, a.value)
	bareEnd := a.end
	if !a.vague {
		if b, e, ok := s.upper(&f, a, end); ok {
			f.Number, f.High, bareEnd, end = b.low, b.high, b.end, e
		}
	}
	if !s.plausible(&f, a, end) {
		return end
	}
	f.Bare = contrechamp.Span{Start: s.Tokens[a.first].Start, End: s.Tokens[bareEnd-1].End}
	s.qualify(&f, &end)
	if math.IsInf(f.Number, 0) || math.IsInf(f.High, 0) {
		return end
	}
	f.Last = end - 1
	f.Start, f.End = s.Tokens[f.First].Start, s.Tokens[f.Last].End
	f.Noun = end
	if s.has(end, of) {
		f.Noun++
	}
	s.found = append(s.found, f)
	return end
}

func (s *scanner) sense(i int) sense {
	s.Visits++
	if i < 0 || i >= len(s.IDs) {
		return sense{}
	}
	return s.lang.table[s.IDs[i]]
}

func (s *scanner) has(i int, f flag) bool {
	s.Visits++
	return i >= 0 && i < len(s.IDs) && s.lang.table[s.IDs[i]].flags&f != 0
}

// plain returns the value of a token of digits only, up to nine of them; ok is false for any other.
func (s *scanner) plain(i int) (n int, ok bool) {
	if !s.Kind(i, word.Number) {
		return 0, false
	}
	w := s.Of(i)
	if len(w) > 9 {
		return 0, false
	}
	return word.Digits(w)
}

// yearLike reports whether token i is four bare digits from 1900 to 2100.
func (s *scanner) yearLike(i int) bool {
	n, ok := s.plain(i)
	return ok && len(s.Of(i)) == 4 && 1900 <= n && n <= 2100
}

// isMonth reports whether token i is a month's name, as far as spelling and neighbours tell.
func (s *scanner) isMonth(i int) bool {
	sn := s.sense(i)
	switch {
	case sn.flags&month == 0:
		return false
	case s.lang.english:
		return sn.flags&strict == 0 || s.Tokens[i].Upper
	case sn.flags&strict != 0: // sept
		return s.Mark(i+1) == "." && s.Glued(i+1) || s.yearLike(i+1)
	}
	return true
}

// counted reports whether token i looks like the name of counted things: a plural in small letters, or, where
// nouns have capitals, any noun.
func (s *scanner) counted(i int) bool {
	if !s.Kind(i, word.Word) || s.Tokens[i].Upper != s.lang.nounsCapital || s.sense(i).flags&small != 0 {
		return false
	}
	w := s.Of(i)
	if s.lang.nounsCapital {
		return len(w) > 4 && s.sense(i) == sense{} && !allCapitals(w) // which number it has, its ending does not tell
	}
	return len(w) > 3 && (strings.HasSuffix(w, "s") || strings.HasSuffix(w, "x")) || w == "people" || w == "police" || w == "CCTV"
}

// sentenceStart reports whether token i opens a sentence or a quotation.
func (s *scanner) sentenceStart(i int) bool {
	if i == 0 {
		return true
	}
	switch s.Mark(i - 1) {
	case "", ",", ";", "-", "’", "'", "&", "%", "/":
		return false
	}
	return true
}

func atof(w string) float64 {
	f, err := strconv.ParseFloat(w, 64)
	if err != nil {
		return math.Inf(1) // refused where it is used: no number found is infinite
	}
	return f
}
