package font

import (
	"strings"

	"contrechamp.org/contrechamp/internal/read/pdf/doubt"
	"contrechamp.org/contrechamp/internal/read/pdf/object"
)

// simple is a font whose codes are bytes (9.6).
type simple struct {
	flags    int
	trueType bool
	widths   *[256]int32 // -1 where there is none; nil where the file's own count
	names    names
	letters  [256]rune
	glyph    [256]int // number of a glyph, or noGlyph
}

const noGlyph = -1

// Base encodings.
const (
	builtin  = ""
	standard = "standard"
	winAnsi  = "winansi"
	macRoman = "macroman"
	symbols  = "symbol"
	dingbats = "dingbats"
)

func (f *Font) loadSimple(dict object.Dict, trueType bool) error {
	s := &simple{trueType: trueType}
	f.simple = s
	name := string(f.doc.Name(dict.Get("BaseFont")))
	descriptor := f.doc.Dict(dict.Get("FontDescriptor"))
	base := builtin
	stem, fixed := 0, false
	number := -1
	if !trueType {
		if number = standardFont(name); number >= 0 {
			name = standardNames[number]
			fixed = strings.HasPrefix(name, "Courier")
		}
	}
	var err error
	if descriptor != nil {
		s.flags = f.doc.Int(descriptor.Get("Flags"), nonsymbolic)
		if stem, err = f.descriptor(descriptor, name); err != nil {
			return err
		}
	}
	if number >= 0 {
		switch {
		case descriptor.Get("Flags") != nil:
		case number >= firstSymbols:
			s.flags = symbolic
		default:
			s.flags = nonsymbolic
		}
		switch name {
		case "Symbol":
			base = symbols
		case "ZapfDingbats":
			base = dingbats
		}
	}
	s.readWidths(f.doc, dict, descriptor, fixed)
	if f.embedded {
		if len(name) > 7 && name[6] == '+' {
			name = name[7:]
		}
	} else {
		if number < 0 {
			number = substitute(name, s.flags)
		}
		if number < 0 || s.flags&allCaps != 0 {
			return doubt.New(doubt.FontNotEmbedded, name)
		}
		f.face = standardFace(number)
	}
	if s.flags&symbolic == 0 {
		base = standard
	}
	outlines := isTrueType(f.face)
	if f.embedded && trueType != outlines {
		return doubt.New(doubt.FontFile, "of another form than it says")
	}
	base, differs, err := s.encode(f.doc, dict, base, name, f.embedded, outlines)
	if err != nil {
		return err
	}
	if trueType {
		err = f.mapTrueType(dict, base, differs)
	} else {
		f.mapType1()
	}
	f.settle(name, stem)
	return err
}

// isTrueType reports whether a file has outlines of TrueType.
func isTrueType(f face) bool {
	_, ok := f.(*trueType)
	return ok
}

func (s *simple) readWidths(doc *object.Document, dict, descriptor object.Dict, fixed bool) {
	w := doc.Array(dict.Get("Widths"))
	if w == nil && !fixed {
		return
	}
	s.widths = new([256]int32)
	for i := range s.widths {
		s.widths[i] = -1
		if fixed {
			s.widths[i] = 600
		}
	}
	if w == nil {
		return
	}
	if v := descriptor.Get("MissingWidth"); v != nil {
		for i := range s.widths {
			s.widths[i] = int32(doc.Int(v, 0))
		}
	}
	first, last := doc.Int(dict.Get("FirstChar"), 0), doc.Int(dict.Get("LastChar"), 0)
	if first < 0 || first > 255 {
		return
	}
	if last == 0 || last >= first+len(w) {
		last = first + len(w) - 1
	}
	for i := first; i <= min(last, 255); i++ {
		s.widths[i] = int32(doc.Int(w[i-first], 0))
	}
}

// encode reads the entry Encoding as PDFium does, and answers the base encoding, and whether there are differences.
func (s *simple) encode(doc *object.Document, dict object.Dict, base, name string, embedded, outlines bool) (string, bool, error) {
	predefined := func(n object.Name) error {
		switch n {
		case "WinAnsiEncoding":
			base = winAnsi
		case "MacRomanEncoding":
			base = macRoman
		case "MacExpertEncoding", "PDFDocEncoding":
			return doubt.New(doubt.FontEncoding, string(n))
		}
		return nil
	}
	var differences object.Array
	switch e := doc.Resolve(dict.Get("Encoding")).(type) {
	case nil:
		switch {
		case name == "Symbol" && outlines:
			return "", false, doubt.New(doubt.FontEncoding, "of Symbol")
		case name == "Symbol":
			base = symbols
		case !embedded && base == builtin:
			base = winAnsi
		}
	case object.Name:
		switch {
		case base == symbols || base == dingbats:
		case s.flags&symbolic != 0 && name == "Symbol":
			if !outlines {
				base = symbols
			}
		default:
			if err := predefined(e); err != nil {
				return "", false, err
			}
		}
	case object.Dict:
		if base != symbols && base != dingbats {
			if err := predefined(doc.Name(e.Get("BaseEncoding"))); err != nil {
				return "", false, err
			}
		}
		if (!embedded || outlines) && base == builtin {
			base = standard
		}
		differences = doc.Array(e.Get("Differences"))
	default:
		return "", false, doubt.New(doubt.FontEncoding, "of an unknown kind")
	}
	if base != builtin {
		s.names = encoding(base)
	}
	s.differences(doc, differences)
	return base, differences != nil, nil
}

func (s *simple) differences(doc *object.Document, list object.Array) {
	code := 0
	for _, v := range list {
		switch v := doc.Resolve(v).(type) {
		case object.Name:
			if code >= 0 && code < 256 && v != "" {
				s.names[code] = string(v)
			}
			code++
		case object.Number:
			code = doc.Int(v, 0)
		}
	}
}

// mapType1 finds the glyph and the letter of each code by its name; what a symbolic font's encoding leaves out, its file
// names.
func (f *Font) mapType1() {
	s := f.simple
	for code := range 256 {
		s.glyph[code] = noGlyph
		name := s.names[code]
		if s.flags&symbolic != 0 {
			if name != "" {
				s.letters[code], s.glyph[code] = unicodeOf(name), f.face.byName(name)
				continue
			}
			if s.glyph[code], name = f.face.byCode(code); s.glyph[code] != 0 && name != "" {
				s.letters[code] = unicodeOf(name)
			}
			continue
		}
		if name == "" {
			continue
		}
		s.letters[code], s.glyph[code] = unicodeOf(name), f.face.byName(name)
		switch {
		case s.glyph[code] != 0:
		case name == ".notdef" || name == "space":
			s.letters[code], s.glyph[code] = ' ', noGlyph
		default:
			s.glyph[code] = f.face.byUnicode(s.letters[code])
		}
	}
}

// code answers the code that stands for a letter by the encoding, -1 where there is none.
func (s *simple) code(u uint16) int64 {
	for code, r := range s.letters {
		if r == rune(u) {
			return int64(code)
		}
	}
	return -1
}

func (f *Font) simpleGlyph(g *Glyph, code uint32) {
	s := f.simple
	if code > 0xff {
		g.Err = doubt.New(doubt.FontEncoding, "a code beyond a byte")
		return
	}
	if g.Unicode == 0 && len(g.More) == 0 {
		switch r := s.letters[code]; {
		case r > 0xffff:
			g.Err = doubt.New(doubt.Surrogate, "")
			return
		default:
			g.Unicode = uint16(r)
		}
	}
	glyph := s.glyph[code]
	if _, t := f.face.(*trueType); t && glyph == 0 && g.First() != ' ' && g.First() != 0xa0 {
		g.Err = doubt.New(doubt.FontFile, "a letter without a glyph")
		return
	}
	if glyph == noGlyph && !f.embedded && code != ' ' {
		glyph = s.glyph[' ']
	}
	switch {
	case glyph == noGlyph:
		g.Box = Box{-1, -1, -1, -1} // PDFium's
	case glyph >= f.face.glyphs():
		g.Err = doubt.New(doubt.FontFile, "a glyph beyond it")
		return
	default:
		if g.Box, g.Err = f.face.box(glyph); g.Err != nil {
			return
		}
	}
	switch {
	case s.widths != nil:
		g.Width = max(0, s.widths[code])
	case glyph != noGlyph:
		w, err := f.face.advance(glyph)
		g.Width, g.Err = int32(w), err
	}
}
