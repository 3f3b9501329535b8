package font

import (
	"contrechamp.org/contrechamp/internal/read/pdf/doubt"
	"contrechamp.org/contrechamp/internal/read/pdf/object"
)

// composite is a font whose codes are numbers of glyphs (9.7), two bytes each.
type composite struct {
	single  map[int]entry
	spans   []span
	other   int // width of what is not listed
	toGlyph []byte
	unicode bool // the numbers are those of Unicode
}

// entry is a width and where it stands in the list: the first one counts.
type entry struct{ width, order int }

type span struct{ low, high, width, order int }

// maxSpans is how many spans of numbers with one width a font may have.
const maxSpans = 2048

func (f *Font) loadComposite(dict object.Dict) error {
	fonts := f.doc.Array(dict.Get("DescendantFonts"))
	if len(fonts) != 1 {
		return doubt.New(doubt.FontType, "without one descendant")
	}
	d := f.doc.Dict(fonts[0])
	switch f.doc.Name(d.Get("Subtype")) {
	case "CIDFontType0", "CIDFontType2":
	default:
		return doubt.New(doubt.FontType, "of a descendant")
	}
	switch encoding := f.doc.Resolve(dict.Get("Encoding")).(type) {
	case object.Name:
		switch encoding {
		case "Identity-H":
		case "Identity-V":
			return doubt.New(doubt.Vertical, "")
		default:
			return doubt.New(doubt.CMap, string(encoding))
		}
	default:
		return doubt.New(doubt.CMap, "embedded")
	}
	info := f.doc.Dict(d.Get("CIDSystemInfo"))
	ordering, _ := f.doc.Resolve(info.Get("Ordering")).(object.String)
	switch ordering {
	case "GB1", "CNS1", "Japan1", "Korea1":
		return doubt.New(doubt.CMap, "characters of "+string(ordering))
	}
	descriptor := f.doc.Dict(d.Get("FontDescriptor"))
	name := string(f.doc.Name(d.Get("BaseFont")))
	stem, err := f.descriptor(descriptor, name)
	if err != nil {
		return err
	}
	if f.face == nil {
		return doubt.New(doubt.FontNotEmbedded, name)
	}
	c := &composite{single: map[int]entry{}, other: f.doc.Int(d.Get("DW"), 1000), unicode: ordering == "UCS"}
	f.composite = c
	_, outlines := f.face.(*trueType)
	if outlines != (f.doc.Name(d.Get("Subtype")) == "CIDFontType2") {
		return doubt.New(doubt.FontFile, "of another form than it says")
	}
	switch m := f.doc.Resolve(d.Get("CIDToGIDMap")).(type) {
	case nil:
	case object.Name:
		if m != "Identity" {
			return doubt.New(doubt.CMap, "to glyphs")
		}
	case *object.Stream:
		if c.toGlyph, err = f.doc.Bytes(m, nil); err != nil {
			return err
		}
	default:
		return doubt.New(doubt.CMap, "to glyphs")
	}
	if err := c.widths(f.doc, f.doc.Array(d.Get("W"))); err != nil {
		return err
	}
	f.settle(name, stem)
	return nil
}

// widths reads the array W (9.7.4.3): "first [w w w]" and "first last w".
func (c *composite) widths(doc *object.Document, w object.Array) error {
	bad := doubt.New(doubt.FontEncoding, "widths")
	for i := 0; i < len(w); {
		first, ok := doc.Number(w[i])
		if !ok || i+1 >= len(w) {
			return bad
		}
		if list, ok := doc.Resolve(w[i+1]).(object.Array); ok {
			for j, v := range list {
				n, ok := doc.Number(v)
				if !ok {
					return bad
				}
				if _, known := c.single[int(first)+j]; !known {
					c.single[int(first)+j] = entry{int(n), i}
				}
			}
			i += 2
			continue
		}
		last, ok := doc.Number(w[i+1])
		if !ok || i+2 >= len(w) || len(c.spans) >= maxSpans {
			return bad
		}
		n, ok := doc.Number(w[i+2])
		if !ok {
			return bad
		}
		c.spans = append(c.spans, span{int(first), int(last), int(n), i})
		i += 3
	}
	return nil
}

func (c *composite) width(number int) int {
	e, ok := c.single[number]
	for _, s := range c.spans {
		if ok && s.order > e.order {
			break
		}
		if s.low <= number && number <= s.high {
			return s.width
		}
	}
	if ok {
		return e.width
	}
	return c.other
}

func (f *Font) compositeGlyph(g *Glyph, code uint32) {
	c := f.composite
	if c.unicode && g.Unicode == 0 && len(g.More) == 0 {
		g.Unicode = uint16(code)
	}
	g.Width = int32(c.width(int(code)))
	glyph := int(code)
	if c.toGlyph != nil {
		if 2*glyph+2 > len(c.toGlyph) {
			g.Err = doubt.New(doubt.CMap, "to glyphs")
			return
		}
		glyph = int(c.toGlyph[2*glyph])<<8 | int(c.toGlyph[2*glyph+1])
	} else if k, ok := f.face.(*cff); ok && k.cids != nil {
		if glyph = k.byCID(glyph); glyph < 0 {
			return // PDFium's box of what the file does not have is empty
		}
	}
	if glyph >= f.face.glyphs() {
		return // likewise
	}
	g.Box, g.Err = f.face.box(glyph)
	g.Box.Top += g.Box.Top / 64 // PDFium's
}
