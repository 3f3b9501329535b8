package font

import (
	"fmt"
	"math"

	"contrechamp.org/contrechamp/internal/read/pdf/doubt"
)

// cff is a font in the Compact Font Format (Adobe Technical Note 5176).
type cff struct {
	programs [][]byte // of glyphs
	global   [][]byte
	private  []private // by the font that a glyph belongs to
	selects  []byte    // which one that is, by glyph; nil where there is one
	grid
	bbox     Box
	names    []string // of glyphs
	index    map[string]int
	unicode  map[rune]int
	cids     map[int]int // numbers of characters to glyphs, in a font with such
	codes    [256]int    // the built-in encoding
	measured map[int]glyphSize
	work     int // steps of outlines so far
}

type glyphSize struct {
	box     Box
	advance int
	err     error
}

type private struct {
	subroutines       [][]byte
	standard, nominal float64 // widths
}

// dict holds the operators of a DICT with their operands.
type dict map[int][]float64

// Operators of a DICT; those of two bytes begin with 12.
const (
	opBBox       = 5
	opCharset    = 15
	opEncoding   = 16
	opPrograms   = 17
	opPrivate    = 18
	opLocal      = 19
	opStandard   = 20
	opNominal    = 21
	opMatrix     = 12<<8 | 7
	opKind       = 12<<8 | 6
	opRegistry   = 12<<8 | 30
	opFonts      = 12<<8 | 36
	opFontSelect = 12<<8 | 37
)

// parseCFF reads a font, which may be wrapped in a file in the form of OpenType. Glyphs have their own numbers then, as
// FreeType has it.
func parseCFF(data []byte, wrapped bool) (face, error) {
	f, err := readCFF(data)
	if err != nil {
		return nil, err
	}
	if wrapped {
		f.cids = nil
	}
	return f, nil
}

func readCFF(data []byte) (*cff, error) {
	if len(data) < 4 || data[0] != 1 {
		return nil, badFile("CFF: its head")
	}
	at := int(data[2])
	_, at, err := index(data, at) // names
	if err != nil {
		return nil, err
	}
	tops, at, err := index(data, at)
	if err != nil {
		return nil, err
	}
	texts, at, err := index(data, at)
	if err != nil {
		return nil, err
	}
	if len(tops) != 1 {
		return nil, badFile("CFF: more than one font")
	}
	f := &cff{grid: grid{1000, 1, 0}, measured: map[int]glyphSize{}}
	if f.global, _, err = index(data, at); err != nil {
		return nil, err
	}
	top, err := parseDict(tops[0])
	if err != nil {
		return nil, err
	}
	if kind := top[opKind]; len(kind) == 1 && kind[0] != 2 {
		return nil, badFile("CFF: outlines of Type 1")
	}
	if f.programs, _, err = index(data, top.int(opPrograms, -1)); err != nil {
		return nil, err
	}
	if len(f.programs) == 0 {
		return nil, badFile("CFF: no glyphs")
	}
	if m := top[opMatrix]; m != nil {
		if f.grid, err = gridOf(m); err != nil {
			return nil, err
		}
	}
	if b := top[opBBox]; len(b) == 4 {
		t := func(v float64) int32 { return thousandths(int(v), f.unitsPerEm) }
		f.bbox = Box{t(math.Floor(b[0])), t(math.Floor(b[1])), t(math.Ceil(b[2])), t(math.Ceil(b[3]))}
	}
	_, keyed := top[opRegistry]
	if keyed {
		err = f.readFonts(data, top)
	} else {
		f.private = make([]private, 1)
		f.private[0], err = readPrivate(data, top)
	}
	if err != nil {
		return nil, err
	}
	numbers, err := charset(data, top.int(opCharset, 0), len(f.programs), keyed)
	if err != nil {
		return nil, err
	}
	if keyed {
		f.cids = make(map[int]int, len(numbers))
		for g, n := range numbers {
			if _, known := f.cids[n]; !known {
				f.cids[n] = g
			}
		}
		return f, nil
	}
	standard := tables()["sid"]
	f.names, f.index = make([]string, len(numbers)), make(map[string]int, len(numbers))
	for g, n := range numbers {
		switch {
		case n < len(standard):
			f.names[g] = standard[n]
		case n-len(standard) < len(texts):
			f.names[g] = string(texts[n-len(standard)])
		default:
			return nil, badFile("CFF: a name beyond its strings")
		}
		if _, known := f.index[f.names[g]]; !known {
			f.index[f.names[g]] = g
		}
	}
	return f, f.readEncoding(data, top.int(opEncoding, 0), numbers)
}

// grid is what a font's matrix makes of its units.
type grid struct {
	unitsPerEm  int
	wide, slant float64 // x' = x wide + y slant
}

// gridOf reads a font's matrix: one that scales, and slants at most.
func gridOf(m []float64) (grid, error) {
	bad := badFile(fmt.Sprintf("its matrix %v", m))
	if len(m) != 6 || m[0] <= 0 || m[3] <= 0 || m[1] != 0 || m[4] != 0 || m[5] != 0 {
		return grid{}, bad
	}
	n := math.Round(1 / m[3])
	if n < 16 || n > 16384 || math.Abs(1/m[3]-n) > 0.01*n {
		return grid{}, bad
	}
	return grid{int(n), m[0] / m[3], m[2] / m[3]}, nil
}

// plain reports whether a matrix changes nothing.
func plain(m []float64) bool {
	return len(m) == 6 && m[0] == 1 && m[1] == 0 && m[2] == 0 && m[3] == 1 && m[4] == 0 && m[5] == 0
}

// readFonts reads the fonts that a font with numbered characters is made of.
func (f *cff) readFonts(data []byte, top dict) error {
	fonts, _, err := index(data, top.int(opFonts, -1))
	if err != nil {
		return err
	}
	if len(fonts) == 0 || len(fonts) > 256 {
		return badFile("CFF: its fonts")
	}
	for _, b := range fonts {
		d, err := parseDict(b)
		if err != nil {
			return err
		}
		if m := d[opMatrix]; m != nil {
			switch {
			case top[opMatrix] != nil && !plain(m):
				return badFile("CFF: two matrices")
			case top[opMatrix] == nil:
				g, err := gridOf(m)
				if err != nil {
					return err
				}
				if len(fonts) > 1 && g != f.grid {
					return badFile("CFF: matrices of fonts")
				}
				f.grid = g
			}
		}
		p, err := readPrivate(data, d)
		if err != nil {
			return err
		}
		f.private = append(f.private, p)
	}
	f.selects, err = fontSelect(data, top.int(opFontSelect, -1), len(f.programs))
	return err
}

func readPrivate(data []byte, d dict) (p private, err error) {
	place := d[opPrivate]
	if len(place) != 2 {
		return p, nil
	}
	size, at := int(place[0]), int(place[1])
	if size < 0 || at < 0 || at > len(data) || size > len(data)-at {
		return p, badFile("CFF: a part beyond it")
	}
	own, err := parseDict(data[at : at+size])
	if err != nil {
		return p, err
	}
	p.standard, p.nominal = own.number(opStandard), own.number(opNominal)
	if local := own.int(opLocal, 0); local != 0 {
		p.subroutines, _, err = index(data, at+local)
	}
	return p, err
}

func (f *cff) glyphs() int            { return len(f.programs) }
func (f *cff) bounds() Box            { return f.bbox }
func (f *cff) byName(name string) int { return f.index[name] }

func (f *cff) byUnicode(r rune) int {
	if f.unicode == nil {
		f.unicode = unicodes(f.names)
	}
	return f.unicode[r]
}

// unicodes maps letters to the glyphs whose names stand for them. A name with a suffix counts where there is no other.
func unicodes(names []string) map[rune]int {
	m := map[rune]int{}
	for _, suffixed := range []bool{false, true} {
		for g, name := range names {
			if r := unicodeOf(name); r != 0 && (listed(name) == 0) == suffixed {
				if _, known := m[r]; !known {
					m[r] = g
				}
			}
		}
	}
	return m
}

func (f *cff) byCode(code int) (int, string) {
	g := f.codes[code]
	if g < len(f.names) {
		return g, f.names[g]
	}
	return g, ""
}

// byCID answers the glyph of a character's number, -1 where there is none.
func (f *cff) byCID(cid int) int {
	if g, ok := f.cids[cid]; ok {
		return g
	}
	return -1
}

func (f *cff) measure(glyph int) glyphSize {
	if s, ok := f.measured[glyph]; ok {
		return s
	}
	s := glyphSize{err: badFile("a glyph beyond it")}
	if f.work > maxWork {
		return glyphSize{err: doubt.New(doubt.LimitGlyph, "of all glyphs")}
	}
	if glyph >= 0 && glyph < len(f.programs) {
		p := &f.private[0]
		if f.selects != nil {
			if n := int(f.selects[glyph]); n < len(f.private) {
				p = &f.private[n]
			}
		}
		r := type2{font: f, private: p}
		r.width, r.wide, r.slant = p.standard, f.wide, f.slant
		s.err = r.run(f.programs[glyph], 0)
		f.work += r.steps
		s.box, s.advance = r.box(f.unitsPerEm), int(thousandths(int(r.width), f.unitsPerEm))
	}
	f.measured[glyph] = s
	return s
}

func (f *cff) box(glyph int) (Box, error) {
	s := f.measure(glyph)
	return s.box, s.err
}

func (f *cff) advance(glyph int) (int, error) {
	s := f.measure(glyph)
	if f.wide != 1 {
		return 0, badFile("widths in a matrix")
	}
	return s.advance, s.err
}
