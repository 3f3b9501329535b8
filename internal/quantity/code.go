package quantity

import (
	"strings"

	"contrechamp.org/contrechamp/internal/word"
)

// codeNumber reads a sum whose currency is written to its first digits: "Rs1,200 crore", "EUR3m".
func (s *scanner) codeNumber(i int) (number, sense, bool) {
	w := s.Of(i)
	cut := 0
	for cut < min(len(w), 5) && (w[cut] < '0' || w[cut] > '9') {
		cut++
	}
	if cut == 1 && s.lang.english && len(w) < 12 {
		return s.letterNumber(i)
	}
	if cut < 2 || cut > 4 || cut == len(w) {
		return number{}, sense{}, false
	}
	code := s.lang.table[s.lang.vocabulary.Number(w[:cut], &s.Buf)]
	if code.role != money || code.flags&strict != 0 || w[0] < 'A' || w[0] > 'Z' {
		return number{}, sense{}, false
	}
	j := s.gluedEnd(i)
	// "EUR3m" is one word: its letters behind the digits are a short scale
	digits := s.Text[s.Tokens[i].Start+cut : s.Tokens[j-1].End]
	times := 1.0
	if k := strings.IndexFunc(digits, func(r rune) bool { return r >= 'A' }); k > 0 {
		short := s.lang.table[s.lang.vocabulary.Number(digits[k:], &s.Buf)]
		if short.role != scale || short.flags&suffix == 0 {
			return number{}, sense{}, false
		}
		digits, times = digits[:k], short.n
	}
	v, ok := s.sum(digits, j-1)
	if !ok {
		return number{}, sense{}, false
	}
	n := number{first: i, end: j, value: v * times, coef: v, scale: times}
	if times == 1 {
		s.scaleBehind(&n)
	}
	return n, code, true
}

// gluedEnd returns the end of the digits that begin in token i, with the groups and decimals behind them.
func (s *scanner) gluedEnd(i int) int {
	j := i + 1
	for s.Glued(j) && s.Glued(j+1) && (s.Mark(j) == "." || s.Mark(j) == ",") && s.Kind(j+1, word.Number) && j-i < 2*maxGroups {
		j += 2
	}
	return j
}

// sum reads digits of a sum, which end in token last and hold no marks but points and commas.
func (s *scanner) sum(digits string, last int) (float64, bool) {
	for k := 0; k < len(digits); k++ {
		if c := digits[k]; (c < '0' || c > '9') && c != '.' && c != ',' {
			return 0, false
		}
	}
	return s.shape(digits, last)
}

// letterCurrencies are the currencies that a single letter stands for in the English of their countries.
var letterCurrencies = map[byte]string{'R': "ZAR", 'P': "PHP", 'N': "NGN", 'K': "ZMW"}

// letterNumber reads a sum whose currency is a letter: "R18 million", "P18.9 million". Without "million" behind it that may be a road or a page.
func (s *scanner) letterNumber(i int) (number, sense, bool) {
	w := s.Of(i)
	currency := letterCurrencies[w[0]]
	if currency == "" || len(w) == 1 {
		return number{}, sense{}, false
	}
	j := s.gluedEnd(i)
	if sn := s.sense(j); sn.role != scale || sn.flags&suffix != 0 {
		return number{}, sense{}, false
	}
	digits := s.Text[s.Tokens[i].Start+1 : s.Tokens[j-1].End]
	v, ok := s.sum(digits, j-1)
	if !ok {
		return number{}, sense{}, false
	}
	n := number{first: i, end: j, value: v, coef: v, scale: 1}
	s.scaleBehind(&n)
	return n, sense{role: money, currency: currency, symbol: currency}, true
}
