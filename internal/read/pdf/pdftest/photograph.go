package pdftest

import (
	"fmt"
	"image"
	"image/color"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// Photograph draws lines of text as a scanner sees them: 300 dots an inch, letters of 12 points, paper that is not white.
func Photograph(lines ...string) *image.Gray {
	parsed, err := opentype.Parse(goregular.TTF)
	if err != nil {
		panic(fmt.Sprintf("pdftest: %v", err)) // the font is a constant
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: 12, DPI: 300})
	if err != nil {
		panic(fmt.Sprintf("pdftest: %v", err))
	}
	page := image.NewGray(image.Rect(0, 0, 2480, 240+90*len(lines)))
	for i := range page.Pix {
		page.Pix[i] = 0xf4
	}
	d := font.Drawer{Dst: page, Src: image.NewUniform(color.Gray{Y: 0x20}), Face: face}
	for i, l := range lines {
		d.Dot = fixed.P(200, 200+90*i)
		d.DrawString(l)
	}
	return page
}
