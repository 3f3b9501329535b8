// Package compose makes text of runs of letters on a page: which follow each other on a line, where a space or a line
// end stands between them, which hyphen breaks a word. The rules are those of PDFium's CPDF_TextPage
// (https://pdfium.googlesource.com/pdfium/+/refs/heads/main/core/fpdftext/cpdf_textpage.cpp), with its constants and its
// single precision, since its text is what ours must equal. Letters written from right to left, which it puts in another
// order, are a doubt.
package compose

import (
	"time"

	"contrechamp.org/contrechamp/internal/read/pdf/content"
	"contrechamp.org/contrechamp/internal/read/pdf/doubt"
	"contrechamp.org/contrechamp/internal/read/pdf/font"
)

// Marks in the text, as PDFium writes them.
const (
	hyphenUnit = 0xfffe // in the text: a hyphen at a line's end
	hyphenCode = 0x02   // as the letter itself
)

// Limits of a page.
const (
	maxOnLine  = 1500      // runs that may wait to be put in order on one line
	maxLetters = 2_000_000 // letters, those of each ActualText too
	lookAtTime = 256       // runs between two looks at the clock
)

type kind uint8

const (
	normal kind = iota
	generated
	piece // of a ligature, or of an ActualText
	hyphen
)

// letter is a unit of the text with where it comes from.
type letter struct {
	text    uint16 // in the page's text
	unicode uint16
	kind    kind
	coded   bool    // it is an item of its run
	run     int32   // -1: none
	item    int32   // of its run; of a unit of an ActualText, which of them
	x, y    float32 // its origin on the page
}

// told is a unit of an ActualText: the width of its letter in the font, and the part of its run's box that it is given.
type told struct {
	wide int32
	box  content.Rect
}

// Text makes the text of a page, and holds it until it makes the next one: it keeps its room. The zero Text is ready. It
// is not safe for concurrent use.
type Text struct {
	Units []uint16 // UTF-16; lines end with CR LF
	Count int      // letters, those that are not in the text too

	composer
}

// composer is at work on a page.
type composer struct {
	runs     []content.Run
	matrices []content.Matrix // of each run, on the page
	display  content.Matrix

	vertical  orientation
	waiting   []int32 // runs of one line, in order of X
	temporary []letter
	text      []uint16
	letters   []letter // of each unit of text
	told      []told
	count     int
	last      letter // that came last into the text's list
	any       bool

	before     int32 // the run before, -1 at the start
	beforeForm content.Matrix
	line       content.Rect
	err        error
}

// Compose makes the text of a page that is so wide and so high as it is seen; display turns places on it into those of a
// screen, with Y down.
//
// It gives up at the deadline.
func (t *Text) Compose(page *content.Page, width, height float32, display content.Matrix, deadline time.Time) error {
	c := &t.composer
	*c = composer{runs: page.Runs, display: display, before: -1, matrices: c.matrices[:0], waiting: c.waiting[:0], temporary: c.temporary[:0],
		text: c.text[:0], letters: c.letters[:0], told: c.told[:0]}
	c.vertical = flow(page.Runs, width, height)
	for i := range c.runs {
		c.matrices = append(c.matrices, c.runs[i].Matrix.Then(c.runs[i].Form))
	}
	for i := range c.runs {
		c.take(int32(i))
		if i%lookAtTime == 0 && time.Now().After(deadline) {
			c.err = doubt.New(doubt.LimitWork, "time")
		}
		if c.err != nil {
			return c.err
		}
	}
	c.flush()
	c.closeLine()
	t.Units, t.Count = c.text, c.count
	return c.err
}

// sizeEpsilon is under which a length counts as none.
const sizeEpsilon = 0.01

func abs(f float32) float32 {
	if f < 0 {
		return -f
	}
	return f
}

// take puts a run among those of its line, in order of X, or begins another line.
func (c *composer) take(i int32) {
	run := &c.runs[i]
	if abs(run.Rect.Width()) < sizeEpsilon {
		return
	}
	n := len(c.waiting)
	if n == 0 {
		c.waiting = append(c.waiting, i)
		return
	}
	if c.repeats(i) {
		return
	}
	prev := c.waiting[n-1]
	p := &c.runs[prev]
	prevWidth := c.matrices[prev].Distance(abs(lastWidth(p)))
	thisWidth := c.matrices[i].Distance(abs(firstWidth(run)))
	threshold := max(prevWidth, thisWidth) / 4
	_, prevY := c.onScreen(prev)
	x, y := c.onScreen(i)
	if abs(y-prevY) > threshold*2 {
		c.flush()
		c.waiting = append(c.waiting, i)
		return
	}
	if n >= maxOnLine {
		c.err = doubt.New(doubt.LimitWork, "runs on a line")
		return
	}
	at := n
	for ; at > 0; at-- {
		if before, _ := c.onScreen(c.waiting[at-1]); x >= before {
			break
		}
	}
	c.waiting = append(c.waiting, 0)
	copy(c.waiting[at+1:], c.waiting[at:])
	c.waiting[at] = i
}

// onScreen is where a run begins on the screen.
func (c *composer) onScreen(i int32) (x, y float32) {
	run := &c.runs[i]
	return c.display.Point(run.Form.Point(run.Matrix.E, run.Matrix.F))
}

func (c *composer) flush() {
	for _, i := range c.waiting {
		c.compose(i)
	}
	c.waiting = c.waiting[:0]
}

func firstWidth(run *content.Run) float32 { return extent(run, &run.Items[0]) }

func lastWidth(run *content.Run) float32 { return extent(run, &run.Items[len(run.Items)-1]) }

// extent is the width of an item, in points before its matrix.
func extent(run *content.Run, it *content.Item) float32 {
	return float32(width(it)) * run.Size / 1000
}

func width(it *content.Item) int32 {
	if it.Glyph == nil {
		return 0
	}
	return it.Glyph.Extent()
}

// repeats reports whether one of the five runs before, on the page or in the form, shows the same at the same place:
// letters drawn again to look bold.
func (c *composer) repeats(i int32) bool {
	const look = 5
	other := c.runs[i].Before
	for range look {
		if other < 0 {
			return false
		}
		if c.same(&c.runs[other], &c.runs[i]) {
			return true
		}
		other = c.runs[other].Before
	}
	return false
}

// same reports whether two runs show the same at the same place.
func (c *composer) same(a, b *content.Run) bool {
	before, now := b.Rect, a.Rect
	if before.Empty() && now.Empty() {
		if n := len(c.letters); n >= 2 && c.count >= 2 {
			if abs(before.Left-now.Left) > c.tight(&c.letters[n-2]).Width() {
				return false
			}
		}
	}
	if !before.Empty() || !now.Empty() {
		before = before.Intersect(now)
		if before.Empty() || abs(before.Width()-now.Width()) > now.Width()/2 || a.Size != b.Size {
			return false
		}
	}
	if len(a.Items) != len(b.Items) {
		return false
	}
	for k := range a.Items {
		if a.Items[k].Code != b.Items[k].Code {
			return false
		}
	}
	dx, dy := a.Matrix.E-b.Matrix.E, a.Matrix.F-b.Matrix.F
	size := b.Size
	w := width(&b.Items[len(b.Items)-1])
	most := max(before.Height(), before.Width(), size)
	return float64(abs(dx)) <= 0.9*float64(w)*float64(size)/1000 && abs(dy) <= most/8
}

// tight is the box of a letter's ink on the page.
func (c *composer) tight(l *letter) content.Rect {
	switch {
	case l.coded:
	case l.kind == generated:
		return content.Rect{Left: l.x, Bottom: l.y, Right: l.x, Top: l.y}
	default:
		return c.told[l.item].box
	}
	run := &c.runs[l.run]
	it := &run.Items[l.item]
	size := run.Size / 1000
	b := it.Glyph.Box
	r := content.Rect{Left: float32(float32(b.Left)*size) + it.X, Bottom: float32(b.Bottom) * size,
		Right: float32(float32(b.Right)*size) + it.X, Top: float32(b.Top) * size}
	if abs(r.Top-r.Bottom) < sizeEpsilon {
		r.Top = r.Bottom + size
	}
	if abs(r.Right-r.Left) < sizeEpsilon {
		r.Right = r.Left + float32(float32(it.Glyph.Width)*size)
	}
	return c.matrices[l.run].Rect(r)
}

// Box is the box of a unit on the page: as wide as its letter and as high as its font.
func (t *Text) Box(i int) content.Rect {
	l := &t.letters[i]
	r := t.tight(l)
	if r.Empty() || l.kind == generated {
		return r
	}
	run := &t.runs[l.run]
	var wide int32
	if l.coded {
		wide = run.Items[l.item].Glyph.Width
	} else {
		wide = t.told[l.item].wide
	}
	if run.Size == 0 || !run.Font.Tall {
		return r
	}
	m := t.matrices[l.run]
	x, _ := m.Inverse().Point(l.x, l.y) // the item's own X but for PDFium's rounding, on which a layout may hang
	w := float32(float32(wide) * (run.Size / 1000))
	b := run.Font.Bounds
	return m.Rect(content.Rect{Left: x, Bottom: float32(float32(b.Bottom)*run.Size) / 1000, Right: x + w,
		Top: float32(float32(b.Top)*run.Size) / 1000})
}

// Font answers the font of a unit and its size as set; no font where the unit was put between runs.
func (t *Text) Font(i int) (*font.Font, float32) {
	l := &t.letters[i]
	if l.run < 0 {
		return nil, 1
	}
	return t.runs[l.run].Font, t.runs[l.run].Size
}
