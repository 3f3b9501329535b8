package font

import "contrechamp.org/contrechamp/internal/read/pdf/doubt"

// Box is where a glyph's ink is, in thousandths of the size, with Y up.
type Box struct{ Left, Bottom, Right, Top int32 }

// face is a font's file, or what is known of a standard font: glyphs by number, 0 being the one for what is missing.
type face interface {
	glyphs() int
	byName(name string) int
	byUnicode(r rune) int
	// byCode answers by the font's own encoding, with the glyph's name where it has one.
	byCode(code int) (glyph int, name string)
	box(glyph int) (Box, error)
	advance(glyph int) (int, error)
	bounds() Box
}

// thousandths scales a length of a font with so many units to the em, as PDFium rounds it.
func thousandths(v, unitsPerEm int) int32 {
	if unitsPerEm == 0 {
		return int32(v)
	}
	return int32((float64(v)*1000 + float64(unitsPerEm/2)) / float64(unitsPerEm))
}

func badFile(detail string) error { return doubt.New(doubt.FontFile, detail) }
