package object

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"contrechamp.org/contrechamp/internal/read/pdf/doubt"
)

// Text reads a text string (7.9.2.2): UTF-16 or UTF-8 behind a byte order mark, or else PDFDocEncoding.
func Text(s String) (string, error) {
	switch {
	case strings.IndexByte(string(s), 0x1b) >= 0:
		return "", doubt.New(doubt.TextString, "marks of languages")
	case strings.HasPrefix(string(s), "\xfe\xff"), strings.HasPrefix(string(s), "\xff\xfe"):
		big := s[0] == 0xfe
		units := make([]uint16, 0, len(s)/2)
		for i := 2; i+1 < len(s); i += 2 {
			u := uint16(s[i])<<8 | uint16(s[i+1])
			if !big {
				u = u<<8 | u>>8
			}
			units = append(units, u)
		}
		return string(utf16.Decode(units)), nil
	case strings.HasPrefix(string(s), "\xef\xbb\xbf"):
		if !utf8.ValidString(string(s)) {
			return "", doubt.New(doubt.TextString, "no UTF-8")
		}
		return string(s[3:]), nil
	}
	var b strings.Builder
	for _, c := range []byte(s) {
		switch r := pdfDoc[c]; {
		case r != 0:
			b.WriteRune(r)
		case c == '\t' || c == '\n' || c == '\r' || c >= ' ' && c < 0x7f || c >= 0xa1 && c != 0xad:
			b.WriteRune(rune(c))
		default:
			return "", doubt.New(doubt.TextString, "a byte without a letter")
		}
	}
	return b.String(), nil
}

// pdfDoc is where PDFDocEncoding differs from Latin 1 (ISO 32000-1, D.2).
var pdfDoc = [256]rune{
	0x18: '˘', 0x19: 'ˇ', 0x1a: 'ˆ', 0x1b: '˙', 0x1c: '˝', 0x1d: '˛', 0x1e: '˚', 0x1f: '˜',
	0x80: '•', 0x81: '†', 0x82: '‡', 0x83: '…', 0x84: '—', 0x85: '–', 0x86: 'ƒ', 0x87: '⁄', 0x88: '‹', 0x89: '›', 0x8a: '−',
	0x8b: '‰', 0x8c: '„', 0x8d: '“', 0x8e: '”', 0x8f: '‘', 0x90: '’', 0x91: '‚', 0x92: '™', 0x93: 'ﬁ', 0x94: 'ﬂ', 0x95: 'Ł',
	0x96: 'Œ', 0x97: 'Š', 0x98: 'Ÿ', 0x99: 'Ž', 0x9a: 'ı', 0x9b: 'ł', 0x9c: 'œ', 0x9d: 'š', 0x9e: 'ž', 0xa0: '€',
}
