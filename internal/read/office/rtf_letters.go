package office

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"

	"contrechamp.org/contrechamp/internal/codepage"
)

// rtfLetters makes text of the bytes and numbers that an RTF file has for letters.
type rtfLetters struct {
	page  encoding.Encoding         // of the file
	fonts map[int]encoding.Encoding // of fonts with a character set of their own
	utf8  bool                      // letters that stand in the file without escapes are UTF-8
	raw   []byte                    // bytes in an encoding that wait for more
	high  rune                      // first half of a surrogate pair
	eaten int                       // characters to skip that stand for \u
}

func newRTFLetters(b []byte) *rtfLetters {
	foreign := bytes.ContainsFunc(b, func(r rune) bool { return r >= utf8.RuneSelf })
	return &rtfLetters{page: codepage.Encoding(0), fonts: map[int]encoding.Encoding{}, utf8: foreign && utf8.Valid(b)}
}

// skips reports whether the next character only stands for a \u before it.
func (l *rtfLetters) skips() bool {
	if l.eaten == 0 {
		return false
	}
	l.eaten--
	return true
}

// add takes a byte that is to be decoded.
func (l *rtfLetters) add(c byte) { l.raw = append(l.raw, c) }

// flush appends what waits, decoded in the encoding of a font, or of the file where font is nil.
func (l *rtfLetters) flush(to []byte, font encoding.Encoding) []byte {
	l.eaten = 0
	if len(l.raw) == 0 {
		return to
	}
	if font == nil {
		font = l.page
	}
	decoded, err := font.NewDecoder().Bytes(l.raw)
	if err != nil {
		decoded = bytes.ToValidUTF8(l.raw, []byte("\uFFFD"))
	}
	l.raw = l.raw[:0]
	return append(to, decoded...)
}

// unicode answers the letter of \u, "" while its second half is missing.
func (l *rtfLetters) unicode(value int) string {
	c := rune(uint16(value)) // negative above 32767
	switch {
	case !utf16.IsSurrogate(c):
		l.high = 0
		return string(c)
	case l.high == 0:
		l.high = c
		return ""
	}
	both := utf16.DecodeRune(l.high, c)
	l.high = 0
	return string(both)
}

// header takes what a word says of the file's encoding.
func (l *rtfLetters) header(word string, value int) bool {
	switch word {
	case "ansicpg":
		l.page = codepage.Encoding(value)
	case "mac":
		l.page = codepage.Encoding(10000)
	case "pc":
		l.page = codepage.Encoding(437)
	case "pca":
		l.page = codepage.Encoding(850)
	default:
		return false
	}
	return true
}

// charsets are the numbers of \fcharset with a code page of their own; the file's own holds for 0 (Western), 1 (the
// default) and what is not listed.
var charsets = map[int]int{
	77: 10000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256, 186: 1257, 204: 1251,
	222: 874, 238: 1250, 254: 437, 255: 850,
}

// font takes what a word in the table of fonts says of the font with a number.
func (l *rtfLetters) font(number int, word string, value int) {
	switch word {
	case "fcharset":
		if page, known := charsets[value]; known {
			l.fonts[number] = codepage.Encoding(page)
		}
	case "cpg":
		l.fonts[number] = codepage.Encoding(value)
	}
}

// signs are the words that stand for one character.
var signs = map[string]string{
	"emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
	"emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005",
}
