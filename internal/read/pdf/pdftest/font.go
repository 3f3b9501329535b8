package pdftest

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf16"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// Font is a TrueType font that is embedded as word processors do: the glyphs that are used, by their numbers
// (Identity-H), their widths, and what each says (ToUnicode).
type Font struct {
	name   string
	file   []byte
	parsed *sfnt.Font
	used   map[sfnt.GlyphIndex]rune
	buffer sfnt.Buffer
}

// NewFont takes a TrueType file.
func NewFont(name string, file []byte) *Font {
	parsed, err := sfnt.Parse(file)
	if err != nil {
		panic(fmt.Sprintf("pdftest: %s: %v", name, err))
	}
	return &Font{name: name, file: file, parsed: parsed, used: map[sfnt.GlyphIndex]rune{}}
}

const unitsPerEm = 1000

func (f *Font) glyph(r rune) sfnt.GlyphIndex {
	g, err := f.parsed.GlyphIndex(&f.buffer, r)
	if err != nil {
		panic(fmt.Sprintf("pdftest: %s: %v", f.name, err))
	}
	return g
}

func (f *Font) advance(g sfnt.GlyphIndex) int {
	w, err := f.parsed.GlyphAdvance(&f.buffer, g, fixed.I(unitsPerEm), font.HintingNone)
	if err != nil {
		panic(fmt.Sprintf("pdftest: %s: %v", f.name, err))
	}
	return w.Round()
}

// Width answers how wide s is at a size, in points.
func (f *Font) Width(s string, size float64) float64 {
	n := 0
	for _, r := range s {
		n += f.advance(f.glyph(r))
	}
	return float64(n) * size / unitsPerEm
}

// hex writes s as glyph numbers, and remembers them.
func (f *Font) hex(s string) string {
	var b strings.Builder
	b.WriteByte('<')
	for _, r := range s {
		g := f.glyph(r)
		f.used[g] = r
		fmt.Fprintf(&b, "%04X", g)
	}
	b.WriteByte('>')
	return b.String()
}

// Set sets s in an embedded font, with a little more or less room after each word, as justified text has.
func (p *Page) Set(f *Font, x, y, size float64, s string, room float64) {
	n := slices.Index(p.fonts, f)
	if n < 0 {
		n = len(p.fonts)
		p.fonts = append(p.fonts, f)
	}
	fmt.Fprintf(&p.content, "BT /E%d %.4g Tf 1 0 0 1 %.2f %.2f Tm [", n, size, x, Height-y)
	for i, w := range strings.SplitAfter(s, " ") {
		if i > 0 && room != 0 {
			fmt.Fprintf(&p.content, " %.1f ", -room*unitsPerEm/size)
		}
		p.content.WriteString(f.hex(w))
	}
	p.content.WriteString("] TJ ET\n")
}

// objects writes the font as five objects from number n on, and answers how many there are.
func (f *Font) objects(w *writer, n int) int {
	glyphs := slices.Sorted(maps.Keys(f.used))
	var widths, says strings.Builder
	for _, g := range glyphs {
		fmt.Fprintf(&widths, "%d[%d]", g, f.advance(g))
	}
	for part := range slices.Chunk(glyphs, 100) { // a block holds a hundred at most
		fmt.Fprintf(&says, "%d beginbfchar\n", len(part))
		for _, g := range part {
			fmt.Fprintf(&says, "<%04X><", g)
			for _, u := range utf16.Encode([]rune{f.used[g]}) {
				fmt.Fprintf(&says, "%04X", u)
			}
			says.WriteString(">\n")
		}
		says.WriteString("endbfchar\n")
	}
	name := "ABCDEF+" + f.name
	w.object(n, fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>", name, n+1, n+4))
	w.object(n+1, fmt.Sprintf("<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor %d 0 R/CIDToGIDMap/Identity/DW 500/W[%s]>>", name, n+2, widths.String()))
	w.object(n+2, fmt.Sprintf("<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[-440 -432 2160 1023]/ItalicAngle 0/Ascent 905/Descent -212/CapHeight 716/StemV 80/FontFile2 %d 0 R>>", name, n+3))
	file := f.subset(glyphs)
	w.stream(n+3, fmt.Sprintf("/Length1 %d", len(file)), file)
	w.stream(n+4, "", []byte("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n"+says.String()+"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"))
	return 5
}

// subset is the font's file with the outlines of the glyphs that are used, and of those that they are made of.
func (f *Font) subset(glyphs []sfnt.GlyphIndex) []byte {
	be := binary.BigEndian
	tables := map[string][]byte{}
	for i := range int(be.Uint16(f.file[4:])) {
		entry := f.file[12+16*i:]
		at, n := be.Uint32(entry[8:]), be.Uint32(entry[12:])
		tables[string(entry[:4])] = f.file[at : at+n]
	}
	long := be.Uint16(tables["head"][50:]) == 1
	place := func(g int) (int, int) {
		if long {
			return int(be.Uint32(tables["loca"][4*g:])), int(be.Uint32(tables["loca"][4*g+4:]))
		}
		return 2 * int(be.Uint16(tables["loca"][2*g:])), 2 * int(be.Uint16(tables["loca"][2*g+2:]))
	}
	keep := map[int]bool{0: true}
	var add func(g int)
	add = func(g int) {
		if keep[g] && g != 0 {
			return
		}
		keep[g] = true
		from, to := place(g)
		outline := tables["glyf"][from:to]
		if len(outline) < 10 || int16(be.Uint16(outline)) >= 0 {
			return
		}
		for at := 10; ; { // a glyph made of others
			flags := be.Uint16(outline[at:])
			add(int(be.Uint16(outline[at+2:])))
			at += 6
			if flags&1 != 0 {
				at += 2
			}
			switch {
			case flags&8 != 0:
				at += 2
			case flags&0x40 != 0:
				at += 4
			case flags&0x80 != 0:
				at += 8
			}
			if flags&0x20 == 0 {
				return
			}
		}
	}
	for _, g := range glyphs {
		add(int(g))
	}
	var outlines, places []byte
	for g := range f.parsed.NumGlyphs() {
		places = be.AppendUint32(places, uint32(len(outlines)))
		if keep[g] {
			from, to := place(g)
			outlines = append(outlines, tables["glyf"][from:to]...)
			for len(outlines)%4 != 0 {
				outlines = append(outlines, 0)
			}
		}
	}
	places = be.AppendUint32(places, uint32(len(outlines)))
	head := slices.Clone(tables["head"])
	be.PutUint16(head[50:], 1)
	kept := map[string][]byte{"glyf": outlines, "loca": places, "head": head}
	for _, name := range []string{"hhea", "hmtx", "maxp", "cvt ", "fpgm", "prep"} {
		if t, ok := tables[name]; ok {
			kept[name] = t
		}
	}
	names := slices.Sorted(maps.Keys(kept))
	out := be.AppendUint32(nil, 0x00010000)
	out = be.AppendUint16(out, uint16(len(names)))
	out = append(out, make([]byte, 6)...) // hints for a binary search, which nobody needs
	at := 12 + 16*len(names)
	for _, name := range names {
		out = append(out, name...)
		out = be.AppendUint32(out, 0) // a checksum that readers of embedded fonts pass over
		out = be.AppendUint32(out, uint32(at))
		out = be.AppendUint32(out, uint32(len(kept[name])))
		at += (len(kept[name]) + 3) &^ 3
	}
	for _, name := range names {
		out = append(out, kept[name]...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	return out
}
