package font

import (
	"strings"
	"sync"

	"contrechamp.org/contrechamp/internal/read/pdf/doubt"
	"contrechamp.org/contrechamp/internal/read/pdf/object"
)

// mapTrueType finds the glyph of each code by the file's tables of characters, and its letter by its name. A symbolic
// font has letters by ToUnicode only.
func (f *Font) mapTrueType(dict object.Dict, base string, differs bool) error {
	s := f.simple
	t, _ := f.face.(*trueType)
	if t != nil {
		t.complete()
	}
	if t != nil && s.flags&symbolic != 0 && (base == winAnsi || base == macRoman) {
		base = t.supported(base)
		if !differs && base != builtin {
			s.names = encoding(base)
		}
	}
	if !((base == winAnsi || base == macRoman) && !differs || s.flags&nonsymbolic != 0) {
		if t == nil {
			return doubt.New(doubt.FontNotEmbedded, "and symbolic")
		}
		s.mapSymbols(t, base)
		return nil
	}
	if t == nil {
		for code := range 256 {
			s.glyph[code] = noGlyph
			if name := s.names[code]; name != "" {
				s.letters[code] = unicodeOf(name)
				if s.glyph[code] = f.face.byUnicode(s.letters[code]); s.glyph[code] == 0 {
					s.glyph[code] = f.face.byName(name)
				}
			}
		}
		return nil
	}
	if t.named() && len(t.cmaps) == 0 {
		first := f.doc.Int(dict.Get("FirstChar"), 0)
		for code := range 256 {
			if code >= first {
				s.glyph[code] = 3 + code - first
			}
		}
		return nil
	}
	look, raw := t.lookup(s.flags&nonsymbolic != 0)
	for code := range 256 {
		name := s.names[code]
		if name == "" {
			s.glyph[code] = look(code, rune(code))
			continue
		}
		s.letters[code] = unicodeOf(name)
		if s.glyph[code] = look(code, s.letters[code]); s.glyph[code] == 0 {
			s.glyph[code] = t.byName(name)
		}
		if u, more := f.toUnicode.lookup(uint32(code)); s.glyph[code] == 0 && len(more) == 0 && u != 0 {
			s.glyph[code] = raw(uint32(u))
		}
	}
	return nil
}

// mapSymbols finds the glyphs and the letters of a symbolic TrueType font.
func (s *simple) mapSymbols(t *trueType, base string) {
	macintosh, hasMac := t.table(1, 0)
	any := false
	for code := range 256 {
		s.glyph[code] = t.symbol(code)
		any = any || s.glyph[code] != 0
	}
	switch {
	case any && base != builtin:
		for code, name := range s.names {
			s.letters[code] = unicodeOf(name)
		}
	case any && hasMac:
		s.macLetters()
	case any:
	case hasMac:
		for code := range 256 {
			s.glyph[code] = macintosh.lookup(uint32(code))
		}
		s.macLetters()
	default:
		for code := range 256 {
			s.glyph[code], s.letters[code] = t.byUnicode(rune(code)), rune(code)
			any = any || s.glyph[code] != 0
		}
		for code := range 256 {
			if !any {
				s.glyph[code] = code
			}
		}
	}
}

// macLetters takes codes for those of MacRomanEncoding, which is PDFium's guess where a font says nothing.
func (s *simple) macLetters() { s.letters = macRomanLetters() }

// macRomanLetters are the letters of MacRomanEncoding as PDFium's table has them: without the signs that only the Macintosh
// has, and with two of its own.
var macRomanLetters = sync.OnceValue(func() (letters [256]rune) {
	const missing = "\xad\xb0\xb2\xb3\xb6\xb7\xb8\xb9\xba\xbd\xc3\xc5\xc6\xd7\xf0"
	for code, name := range tables()[macRoman] {
		if strings.IndexByte(missing, byte(code)) < 0 {
			letters[code] = unicodeOf(name)
		}
	}
	letters[0xc1], letters[0xdb] = '£', '¤'
	return letters
})

// supported answers which of the two encodings the file has a table of characters for.
func (f *trueType) supported(base string) string {
	windows, macintosh := false, false
	for _, c := range f.cmaps {
		windows = windows || c.platform == 0 || c.platform == 3
		macintosh = macintosh || c.platform == 1
	}
	switch {
	case len(f.cmaps) == 0:
	case base == winAnsi && !windows && macintosh:
		return macRoman
	case base == macRoman && !macintosh && windows:
		return winAnsi
	case base == winAnsi && !windows, base == macRoman && !macintosh:
		return builtin
	}
	return base
}

// lookup chooses the table of characters that PDFium takes: that of Unicode, or else those of Macintosh and of symbols. look
// finds the glyph of a code with its letter in it, raw that of a character of the table.
func (f *trueType) lookup(nonsymbolic bool) (look func(code int, letter rune) int, raw func(uint32) int) {
	_, symbol := f.table(3, 0)
	c, unicode := f.table(3, 1)
	if !unicode && !symbol {
		for _, other := range f.cmaps {
			if other.platform == 0 || other.platform == 3 && other.encoding == 10 {
				c, unicode = other, true
				break
			}
		}
	}
	if unicode {
		return func(_ int, letter rune) int {
			if letter == 0 {
				return 0
			}
			return c.lookup(uint32(letter))
		}, c.lookup
	}
	m, macintosh := f.table(1, 0)
	if macintosh && (nonsymbolic || !symbol) {
		return func(_ int, letter rune) int {
			if code := macCode(letter); code != 0 {
				return m.lookup(uint32(code))
			}
			return 0
		}, m.lookup
	}
	if symbol {
		s, _ := f.table(3, 0)
		return func(code int, _ rune) int { return f.symbol(code) }, s.lookup
	}
	return func(int, rune) int { return 0 }, func(uint32) int { return 0 }
}

// macCode is the code of a letter in MacRomanEncoding, 0 where it has none.
func macCode(letter rune) int {
	for code, l := range macRomanLetters() {
		if l == letter && l != 0 {
			return code
		}
	}
	return 0
}
