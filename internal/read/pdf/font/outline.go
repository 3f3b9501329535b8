package font

import (
	"math"

	"contrechamp.org/contrechamp/internal/read/pdf/doubt"
)

// Limits of a glyph's outline, which is a program.
const (
	maxSteps = 20_000    // of one glyph
	maxWork  = 2_000_000 // of all glyphs of a font
	maxCalls = 10        // subroutines in subroutines
	maxStack = 48        // of Type 2 (Technical Note 5177, appendix B)
)

// outline gathers the box of a glyph's points, those that only steer its curves too, as FreeType measures it.
type outline struct {
	x, y                     float64
	left, bottom, right, top float64
	any                      bool
	steps                    int
	wide, slant              float64 // of the font's matrix: x' = x wide + y slant; 0, 0 is 1, 0
}

func (o *outline) point() {
	x := o.x
	if o.wide != 0 {
		x = x*o.wide + o.y*o.slant
	}
	if !o.any {
		o.left, o.right, o.bottom, o.top, o.any = x, x, o.y, o.y, true
		return
	}
	o.left, o.right = min(o.left, x), max(o.right, x)
	o.bottom, o.top = min(o.bottom, o.y), max(o.top, o.y)
}

// line moves by dx, dy with a line; a contour begins with the point that it moves from.
func (o *outline) line(dx, dy float64) {
	o.point()
	o.x += dx
	o.y += dy
	o.point()
}

func (o *outline) curve(dx1, dy1, dx2, dy2, dx3, dy3 float64) {
	o.line(dx1, dy1)
	o.line(dx2, dy2)
	o.line(dx3, dy3)
}

func (o *outline) move(dx, dy float64) {
	o.x += dx
	o.y += dy
}

// box is the box in whole units, with so many to the em.
func (o *outline) box(unitsPerEm int) Box {
	if !o.any {
		return Box{}
	}
	f := func(v float64) int32 { return thousandths(int(math.Floor(v)), unitsPerEm) }
	return Box{f(o.left), f(o.bottom), f(o.right), f(o.top)}
}

func (o *outline) step() error {
	if o.steps++; o.steps > maxSteps {
		return doubt.New(doubt.LimitGlyph, "")
	}
	return nil
}
