package font

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

// encodings.txt has the encodings of ISO 32000-1, annex D, the standard strings of the Compact Font Format (Adobe
// Technical Note 5176, appendix A) and the glyph names of the table "post" (OpenType). In a line, a number says the
// code of the name behind it.
//
//go:embed encodings.txt
var encodingsText string

// names are names of glyphs by code.
type names [256]string

// tables are the lines of encodings.txt.
var tables = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	for line := range strings.Lines(encodingsText) {
		words := strings.Fields(line)
		var list []string
		for _, w := range words[1:] {
			if n, err := strconv.Atoi(w); err == nil {
				for len(list) < n {
					list = append(list, "")
				}
				continue
			}
			list = append(list, w)
		}
		m[words[0]] = list
	}
	return m
})

// encoding answers one of "standard", "winansi", "macroman", "symbol", "dingbats".
func encoding(name string) (n names) {
	copy(n[:], tables()[name])
	return n
}

// glyphlist.txt is Adobe's list of glyph names (https://github.com/adobe-type-tools/agl-aglfn), where a name stands for
// one code point; its lines are in order.
//
//go:embed glyphlist.txt
var glyphList string

// unicodeOf answers the letter that a glyph's name stands for, 0 where there is none: a name of the list, "uniXXXX",
// "uXXXX" to "uXXXXXX", each of them with a suffix behind a point (Adobe Glyph List Specification, 2).
func unicodeOf(name string) rune {
	if r := listed(name); r != 0 {
		return r
	}
	if i := strings.IndexByte(name, '.'); i > 0 {
		if r := listed(name[:i]); r != 0 {
			return r
		}
		name = name[:i]
	}
	switch {
	case strings.HasPrefix(name, "uni") && len(name) == 7:
		return hexadecimal(name[3:])
	case strings.HasPrefix(name, "u") && len(name) >= 5 && len(name) <= 7:
		return hexadecimal(name[1:])
	}
	return 0
}

// hexadecimal reads digits in upper case, as the specification asks.
func hexadecimal(s string) rune {
	for _, c := range []byte(s) {
		if !(c >= '0' && c <= '9' || c >= 'A' && c <= 'F') {
			return 0
		}
	}
	n, err := strconv.ParseUint(s, 16, 32)
	if err != nil || n > 0x10ffff {
		return 0
	}
	return rune(n)
}

// listed looks a name up by halves.
func listed(name string) rune {
	lo, hi := 0, len(glyphList)
	for lo < hi {
		mid := (lo + hi) / 2
		from := strings.LastIndexByte(glyphList[lo:mid], '\n') + 1 + lo
		end := from + strings.IndexByte(glyphList[from:], '\n')
		line := glyphList[from:end]
		cut := strings.IndexByte(line, ';')
		switch c := strings.Compare(name, line[:cut]); {
		case c == 0:
			return hexadecimal(line[cut+1:])
		case c < 0:
			hi = from
		default:
			lo = end + 1
		}
	}
	return 0
}
