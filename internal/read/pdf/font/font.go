// Package font reads the fonts of a PDF (ISO 32000-1, 9.5 to 9.10) as far as text needs them: how a string is cut into
// codes, how wide each is, where its ink is, and which letters it stands for. Where PDFium has its own rules, they are
// followed, since its text is what ours is measured by; where a letter is not sure, there is a doubt.
package font

import (
	"slices"
	"strings"
	"unicode/utf16"

	"contrechamp.org/contrechamp/internal/read/pdf/doubt"
	"contrechamp.org/contrechamp/internal/read/pdf/object"
)

// Glyph is what a code of a font shows.
type Glyph struct {
	Width int32 // in thousandths of the size, as PDFium rounds it
	Box   Box
	// Unicode is the letter that it stands for in UTF-16; More has them where they are several.
	Unicode uint16
	More    []uint16
	Err     error // why it is not known

	bare  bool // no letter is known: Unicode is the code
	known bool
}

// First is the first unit of what the glyph stands for.
func (g *Glyph) First() uint16 {
	if len(g.More) > 0 {
		return g.More[0]
	}
	return g.Unicode
}

// Last is the last unit of it, 0 where no letter is known.
func (g *Glyph) Last() uint16 {
	switch {
	case len(g.More) > 0:
		return g.More[len(g.More)-1]
	case g.bare:
		return 0
	}
	return g.Unicode
}

// Font is a font of a document.
type Font struct {
	Bold bool
	// Bounds is the box of the whole font; it is empty where Tall is false.
	Bounds Box
	Tall   bool
	// Wide says that codes have two bytes.
	Wide bool

	doc       *object.Document
	toUnicode *toUnicode
	face      face
	embedded  bool
	simple    *simple
	composite *composite
	glyphs    [256]*[256]Glyph
	space     int64 // code of a space; -1: none; -2: not looked for yet
	widths    map[uint16]int32
}

// Flags of a font's descriptor (9.8.2).
const (
	serif       = 1 << 1
	symbolic    = 1 << 2
	nonsymbolic = 1 << 5
	allCaps     = 1 << 16
)

// Load reads a font from its dictionary.
func Load(doc *object.Document, dict object.Dict) (*Font, error) {
	f := &Font{doc: doc, space: -2}
	if s := doc.Stream(dict.Get("ToUnicode")); s != nil {
		data, err := doc.Bytes(s, nil)
		if err != nil {
			return nil, err
		}
		if f.toUnicode, err = parseToUnicode(data); err != nil {
			return nil, err
		}
	}
	var err error
	switch subtype := doc.Name(dict.Get("Subtype")); subtype {
	case "Type0":
		f.Wide = true
		err = f.loadComposite(dict)
	case "Type1", "MMType1", "TrueType":
		err = f.loadSimple(dict, subtype == "TrueType")
	default:
		err = doubt.New(doubt.FontType, string(subtype))
	}
	if err != nil {
		return nil, err
	}
	return f, doc.Take()
}

// descriptor reads what simple and composite fonts say of themselves alike, and the embedded file.
func (f *Font) descriptor(d object.Dict, name string) (stem int, err error) {
	stem = f.doc.Int(d.Get("StemV"), 0)
	if box := f.doc.Array(d.Get("FontBBox")); len(box) >= 4 {
		f.Bounds = Box{int32(f.doc.Int(box[0], 0)), int32(f.doc.Int(box[1], 0)), int32(f.doc.Int(box[2], 0)), int32(f.doc.Int(box[3], 0))}
	}
	for _, key := range []object.Name{"FontFile", "FontFile2", "FontFile3"} {
		if s := f.doc.Stream(d.Get(key)); s != nil {
			data, err := f.doc.Bytes(s, nil)
			if err != nil {
				return 0, err
			}
			f.embedded = true
			if f.face, err = parseFace(data); err != nil {
				return 0, err
			}
			break
		}
	}
	return stem, nil
}

// parseFace tells the form of a font file by its first bytes.
func parseFace(data []byte) (face, error) {
	switch {
	case strings.HasPrefix(string(data), "\x00\x01\x00\x00"), strings.HasPrefix(string(data), "true"):
		return parseTrueType(data)
	case strings.HasPrefix(string(data), "OTTO"):
		t, err := sfnt(data)
		if err != nil {
			return nil, err
		}
		return parseCFF(t["CFF "], true)
	case len(data) > 4 && data[0] == 1 && data[1] == 0:
		return parseCFF(data, false)
	case strings.HasPrefix(string(data), "%!"), strings.HasPrefix(string(data), "\x80\x01"):
		return parseType1(data)
	}
	return nil, badFile("of an unknown form")
}

// settle ends the loading: the font's own box where the dictionary has none, and whether it is bold. PDFium tells that by
// the name, if it is not too long to ask for, and by the width of the stems.
func (f *Font) settle(name string, stem int) {
	if f.Bounds == (Box{}) && f.face != nil {
		f.Bounds = f.face.bounds()
	}
	f.Tall = f.Bounds.Bottom != f.Bounds.Top
	const longest, heavy = 63, 600
	weight := 5 * stem
	if stem >= 140 {
		weight = 4*stem + 140
	}
	f.Bold = len(name) <= longest && strings.Contains(name, "Bold") || weight >= heavy
}

// Glyph answers what a code shows.
func (f *Font) Glyph(code uint32) *Glyph {
	code &= 0xffff
	page := f.glyphs[code>>8]
	if page == nil {
		page = new([256]Glyph)
		f.glyphs[code>>8] = page
	}
	g := &page[code&0xff]
	if !g.known {
		g.known = true
		if f.toUnicode != nil && f.toUnicode.odd[code] {
			g.Err = doubt.New(doubt.CMap, "a code that stands for no letter, or for several")
			return g
		}
		g.Unicode, g.More = f.toUnicode.lookup(code)
		if f.composite != nil {
			f.compositeGlyph(g, code)
		} else {
			f.simpleGlyph(g, code)
		}
		switch {
		case g.Err != nil:
		case slices.Contains(g.More, 0), g.Unicode == 0 && len(g.More) == 0 && code == 0:
			g.Err = doubt.New(doubt.NoUnicode, "")
		case g.Unicode == 0 && len(g.More) == 0:
			// PDFium tells the code in the place of a letter that nobody knows; what is made of the page (score.go of package
			// pdf) finds out that it is no text
			g.Unicode, g.bare = uint16(code), true
		}
		if utf16.IsSurrogate(rune(g.Unicode)) || slices.ContainsFunc(g.More, func(u uint16) bool { return utf16.IsSurrogate(rune(u)) }) {
			g.Err = doubt.New(doubt.Surrogate, "")
		}
	}
	return g
}

// Extent is the width of a code for telling gaps: that of its ink where it has no other.
func (g *Glyph) Extent() int32 {
	if g.Width > 0 {
		return g.Width
	}
	return max(0, g.Box.Right-g.Box.Left)
}

// Space answers the code of a space, and whether the font has one.
func (f *Font) Space() (uint32, bool) {
	if f.space == -2 {
		f.space = f.codeOf(' ')
	}
	return uint32(f.space), f.space >= 0
}

// codeOf answers the code of a letter, -1 where there is none. Where only the numbers of glyphs are known it is 0, as
// PDFium has it.
func (f *Font) codeOf(u uint16) int64 {
	code := int64(f.toUnicode.code(u))
	switch {
	case code != 0:
	case f.simple != nil:
		return f.simple.code(u)
	case f.composite.unicode:
		return int64(u)
	}
	return code
}

// WidthOf is the width of a letter, that of the code 0 where the font does not have it.
func (f *Font) WidthOf(u uint16) int32 {
	if f.widths == nil {
		f.widths = map[uint16]int32{}
	}
	w, ok := f.widths[u]
	if !ok {
		w = f.Glyph(uint32(max(0, f.codeOf(u)))).Width
		f.widths[u] = w
	}
	return w
}
