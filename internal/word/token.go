package word

import (
	"unicode"
	"unicode/utf8"
)

// Kind says what a token is.
type Kind uint8

// The kinds of token. White space makes no token.
const (
	Word   Kind = iota // letters, digits after letters: "caméra", "l'", "aujourd'hui", "5G" is a Number then a Word
	Number             // digits with the points, commas and apostrophes between them: "1.100", "39,59"
	Punct              // any other single character
)

// Token is one word, number or mark, at text[Start:End].
type Token struct {
	Start, End int
	Kind       Kind
	Upper      bool // the first letter is a capital
}

// Of returns the token's bytes in the text that it was cut from.
func (t Token) Of(text string) string { return text[t.Start:t.End] }

// Case is 1 where the first letter is a capital, else 0.
func (t *Token) Case() int {
	if t.Upper {
		return 1
	}
	return 0
}

// Cut appends the tokens of text to dst.
//
// A word ends at a hyphen ("Royaume-Uni" is three tokens) and behind the apostrophe of an elision ("l'entreprise"
// is "l'" and "entreprise"); an English ending starts at its apostrophe ("city's" is "city" and "'s").
// "Aujourd'hui" is one word. Each Han, Hiragana or Katakana character is a word of its own.
func Cut(dst []Token, text string) []Token {
	for i := 0; i < len(text); {
		switch class[text[i]] {
		case space:
			i++
		case letter:
			// most words are letters up to the next blank; whatever may hold an apostrophe takes the long way
			end := lettersEnd(text, i+1)
			if end < len(text) && (text[end] == '\'' || text[end] == 0xE2) {
				dst, i = cutWord(dst, text, i)
				continue
			}
			dst = append(dst, Token{Start: i, End: end, Kind: Word, Upper: text[i] < 'a'})
			i = end
		case digit:
			end := numberEnd(text, i)
			dst = append(dst, Token{Start: i, End: end, Kind: Number})
			i = end
		case other:
			dst = append(dst, Token{Start: i, End: i + 1, Kind: Punct})
			i++
		default:
			dst, i = cutRune(dst, text, i)
		}
	}
	return dst
}

// cutRune cuts the token at text[i:] that does not start with an ASCII character.
func cutRune(dst []Token, text string, i int) ([]Token, int) {
	r, n := utf8.DecodeRuneInString(text[i:])
	switch {
	case unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff':
		return dst, i + n
	case ideographic(r):
		return append(dst, Token{Start: i, End: i + n, Kind: Word}), i + n
	case unicode.IsDigit(r):
		return append(dst, Token{Start: i, End: i + n, Kind: Number}), i + n
	case !unicode.IsLetter(r):
		return append(dst, Token{Start: i, End: i + n, Kind: Punct}), i + n
	}
	return cutWord(dst, text, i)
}

const (
	other = iota
	space
	digit
	letter
	beyond // a byte of a character that is not ASCII
)

var class = func() (t [256]uint8) {
	for c := range t {
		switch {
		case c >= utf8.RuneSelf:
			t[c] = beyond
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
			t[c] = letter
		case '0' <= c && c <= '9':
			t[c] = digit
		case c <= ' ' || c == 0x7f:
			t[c] = space
		}
	}
	return t
}()

func numberEnd(text string, i int) int {
	for i < len(text) {
		c := text[i]
		if '0' <= c && c <= '9' {
			i++
			continue
		}
		if (c == '.' || c == ',' || c == '\'') && i+1 < len(text) && '0' <= text[i+1] && text[i+1] <= '9' {
			i += 2
			continue
		}
		break
	}
	return i
}

func ideographic(r rune) bool {
	return r >= 0x2E80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// apostrophe returns the length of the apostrophe at text[i:], 0 when there is none.
func apostrophe(text string, i int) int {
	if i < len(text) && text[i] == '\'' {
		return 1
	}
	// U+2019 is e2 80 99
	if i+2 < len(text) && text[i] == 0xE2 && text[i+1] == 0x80 && text[i+2] == 0x99 {
		return 3
	}
	return 0
}

// lettersEnd returns the end of the run of letters, marks and digits at text[i:].
func lettersEnd(text string, i int) int {
	for i < len(text) {
		c := text[i]
		switch class[c] {
		case letter, digit:
			i++
			continue
		case beyond:
		default:
			return i
		}
		// U+00C0 to U+00FF, all letters but × and ÷, are what French needs most
		if c == 0xC3 && i+1 < len(text) && text[i+1]&0xC0 == 0x80 && text[i+1]&0x1F != 0x17 {
			i += 2
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		if ideographic(r) || !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) && !unicode.IsDigit(r) && r != '\u00ad' {
			return i
		}
		i += n
	}
	return i
}

// cutWord cuts the word at text[i:], with the elision or ending that belongs to it.
func cutWord(dst []Token, text string, i int) ([]Token, int) {
	r, _ := utf8.DecodeRuneInString(text[i:])
	upper := unicode.IsUpper(r)
	end := lettersEnd(text, i)
	a := apostrophe(text, end)
	if a == 0 || lettersEnd(text, end+a) == end+a {
		return append(dst, Token{Start: i, End: end, Kind: Word, Upper: upper}), end
	}
	left, right := text[i:end], text[end+a:lettersEnd(text, end+a)]
	switch {
	case len(left) == len("aujourd") && Fold(left) == "aujourd" && Fold(right) == "hui":
		end += a + len(right)
		return append(dst, Token{Start: i, End: end, Kind: Word, Upper: upper}), end
	case elides(left):
		return append(dst, Token{Start: i, End: end + a, Kind: Word, Upper: upper}), end + a
	case endings[right]:
		stop := end + a + len(right)
		return append(dst, Token{Start: i, End: end, Kind: Word, Upper: upper},
			Token{Start: end, End: stop, Kind: Word}), stop
	case len(left) == 1 || right != "":
		// O'Brien, Xi'an: one name
		end += a + len(right)
		return append(dst, Token{Start: i, End: end, Kind: Word, Upper: upper}), end
	}
	return append(dst, Token{Start: i, End: end, Kind: Word, Upper: upper}), end
}

// endings are what English puts behind an apostrophe.
var endings = map[string]bool{"s": true, "t": true, "re": true, "ve": true, "ll": true, "d": true, "m": true, "S": true}

// elides reports whether w is a French or Italian word that loses its last vowel before the next one.
func elides(w string) bool {
	const longest = len("puisqu") // all are ASCII
	if len(w) > longest {
		return false
	}
	var buf [4 * longest]byte
	switch string(AppendFold(buf[:0], w)) {
	case "l", "d", "c", "j", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu", "presqu",
		"dell", "all", "nell", "sull", "dall", "un":
		return true
	}
	return false
}

// StartsUpper reports whether a text begins with a capital, in any script that has capitals.
func StartsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}
