package word

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns s in lower case, without accents, with ligatures and typographic apostrophes and hyphens replaced
// by their plain forms. White space and punctuation stay, so Fold keeps words where they are but not byte offsets.
func Fold(s string) string {
	if folded, ok := foldASCII(s); ok {
		return folded
	}
	return string(AppendFold(make([]byte, 0, len(s)), s))
}

// foldASCII folds what needs no table; ok is false when s is not ASCII.
func foldASCII(s string) (folded string, ok bool) {
	upper := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf {
			return "", false
		}
		upper = upper || 'A' <= c && c <= 'Z'
	}
	if !upper {
		return s, true
	}
	return strings.ToLower(s), true
}

// Folded reports whether a word is ASCII in lower case: it is its own folded form.
func Folded(w string) bool {
	for i := 0; i < len(w); i++ {
		if c := w[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}

// AppendFold appends the folded form of s to dst.
func AppendFold(dst []byte, s string) []byte {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			dst = append(dst, c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		dst = appendFoldRune(dst, r)
		i += n
	}
	return dst
}

// appendFoldRune appends one folded character; combining marks vanish.
func appendFoldRune(dst []byte, r rune) []byte {
	if spelt, ok := spell(dst, r); ok {
		return spelt
	}
	if int(r) < len(latin) {
		return append(dst, latin[r]...)
	}
	if firstMark <= r && int(r-firstMark) < len(marks) {
		return append(dst, marks[r-firstMark]...)
	}
	if unicode.Is(unicode.Mn, r) {
		return dst
	}
	if r < 0x80 {
		return append(dst, byte(unicode.ToLower(r)))
	}
	return decompose(dst, r)
}

// spell appends the characters that are written otherwise when they are folded, and reports whether r is one of them.
func spell(dst []byte, r rune) ([]byte, bool) {
	switch r {
	case '’', '‘', 'ʼ', '′', '`', '´':
		return append(dst, '\''), true
	case '‐', '‑', '‒', '–', '—', '−':
		return append(dst, '-'), true
	case '\u00ad', '\u200b', '\u200c', '\u200d', '\ufeff':
		return dst, true
	case 'œ', 'Œ':
		return append(dst, "oe"...), true
	case 'æ', 'Æ':
		return append(dst, "ae"...), true
	case 'ß', 'ẞ':
		return append(dst, "ss"...), true
	case 'ø', 'Ø':
		return append(dst, 'o'), true
	case 'đ', 'Đ', 'ð', 'Ð':
		return append(dst, 'd'), true
	case 'ł', 'Ł':
		return append(dst, 'l'), true
	case 'ı', 'İ':
		return append(dst, 'i'), true
	case 'þ', 'Þ':
		return append(dst, "th"...), true
	}
	return dst, false
}

// latin holds the folded forms of the characters that European languages use, so that none of them is decomposed twice.
var latin = func() (t [0x250]string) {
	for r := rune(0); int(r) < len(t); r++ {
		switch {
		case r < utf8.RuneSelf:
			t[r] = string(unicode.ToLower(r))
		case !unicode.Is(unicode.Mn, r):
			t[r] = string(decompose(nil, r))
		}
	}
	return t
}()

// marks holds the folded forms of quotation marks, dashes and the signs of currencies, from firstMark on.
var marks = func() (t [0xD0]string) {
	for i := range t {
		r := firstMark + rune(i)
		if spelt, ok := spell(nil, r); ok {
			t[i] = string(spelt)
		} else if !unicode.Is(unicode.Mn, r) {
			t[i] = string(decompose(nil, r))
		}
	}
	return t
}()

const firstMark = 0x2000

// decompose appends a character in lower case without its marks.
func decompose(dst []byte, r rune) []byte {
	var src, out [16]byte
	n := utf8.EncodeRune(src[:], r)
	for d := norm.NFKD.Append(out[:0], src[:n]...); len(d) > 0; {
		q, m := utf8.DecodeRune(d)
		d = d[m:]
		if unicode.Is(unicode.Mn, q) {
			continue
		}
		q = unicode.ToLower(q)
		spelt, ok := spell(dst, q) // the letter under the mark may be one: ǽ
		if !ok {
			spelt = utf8.AppendRune(dst, q)
		}
		dst = spelt
	}
	return dst
}

// Key returns the form under which names are compared: folded, every run of anything but letters and digits one
// space, none at the ends. "Hangzhou Hikvision Co., Ltd." has the key "hangzhou hikvision co ltd".
func Key(name string) string {
	var room [96]byte
	return string(AppendKey(room[:0], name))
}

// AppendKey appends the key of a name to dst.
func AppendKey(dst []byte, name string) []byte {
	from := len(dst)
	dst = AppendFold(dst, name)
	out, gap := from, false
	for i := from; i < len(dst); {
		c, n := dst[i], 1
		keeps := 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || 'A' <= c && c <= 'Z'
		if c >= utf8.RuneSelf {
			var r rune
			r, n = utf8.DecodeRune(dst[i:])
			keeps = unicode.IsLetter(r) || unicode.IsDigit(r)
		}
		if !keeps {
			gap = true
			i += n
			continue
		}
		if gap && out > from {
			dst[out] = ' '
			out++
		}
		gap = false
		out += copy(dst[out:], dst[i:i+n])
		i += n
	}
	return dst[:out]
}
