package compose

import (
	"contrechamp.org/contrechamp/internal/read/pdf/content"
)

// joint tells what stands between the run before and this one (ProcessInsertObject).
func (c *composer) joint(run *content.Run) joint {
	if l, ok := c.previous(); ok && l.run >= 0 {
		c.before = l.run
	}
	prev := &c.runs[c.before]
	mode := c.direction(run)
	if mode == unknown {
		mode = c.direction(prev)
	}
	first, last := &run.Items[0], &prev.Items[len(prev.Items)-1]
	this, that := run.Rect, prev.Rect
	unit := firstUnit(run)
	ending := func() joint {
		if c.breaksWord(unit) {
			return lineHyphen
		}
		return lineBreak
	}
	switch {
	case mode == horizontal && apart(this, that):
		return ending()
	case mode == vertical && c.apartAcross(run, prev):
		return ending()
	}
	lastX := last.X
	lastWidth, thisWidth := abs(extent(prev, last)), abs(extent(run, first))
	threshold := max(lastWidth, thisWidth) / 4
	prevMatrix := prev.Matrix.Then(c.beforeForm)
	back := prevMatrix.Inverse()
	x, y := back.Point(run.Form.Point(run.Matrix.E, run.Matrix.F))
	if lastWidth < thisWidth {
		threshold = back.Distance(threshold)
	}
	if mode == horizontal && c.below(run, prev, x, y, threshold) {
		return ending()
	}
	if countCodes(run) == 1 && isHyphen(unit) && c.breaksWord(unit) {
		return lineHyphen
	}
	if unit == ' ' {
		return nothing
	}
	if last.Glyph != nil && last.Glyph.Last() == ' ' {
		return nothing
	}
	w0, w1 := width(last), width(first)
	gap := normalize(float32(max(w0, w1)), 400, 700, 800)
	if w0 >= w1 {
		gap *= abs(prev.Size)
	} else {
		gap *= abs(run.Size)
		gap = run.Matrix.Then(run.Form).Distance(gap)
		gap = back.Distance(gap)
	}
	gap /= 1000
	if gap < 1.4881 && gap > 1.4879 || gap < 1.39001 && gap > 1.38999 {
		gap *= 1.5
	}
	if parted(x, lastX, thisWidth, lastWidth, gap) {
		return space
	}
	return nothing
}

// apart reports whether two rectangles of lines stand over each other (EndHorizontalLine).
func apart(this, that content.Rect) bool {
	const small = 4.5
	if this.Height() <= small || that.Height() <= small {
		return false
	}
	return max(this.Bottom, that.Bottom) >= min(this.Top, that.Top)
}

// apartAcross is apart for lines that run down (EndVerticalLine).
func (c *composer) apartAcross(run, prev *content.Run) bool {
	this, that := run.Rect, prev.Rect
	if this.Width() <= run.Size*0.1 || that.Width() <= prev.Size*0.1 {
		return false
	}
	return min(this.Right, c.line.Right) <= max(this.Left, c.line.Left)
}

// below reports whether a run stands so far above or below the one before that it begins a line. A run that is raised,
// or from which the other one is, does not.
func (c *composer) below(run, prev *content.Run, x, y, threshold float32) bool {
	r := prev.Rect
	height := r.Height()
	if !(r.Normal().Empty() && height > 5 || (y > threshold*2 || y < threshold*-3) && (abs(y) >= 1 || abs(y) > abs(x))) {
		return false
	}
	if len(prev.Items) > 1 {
		first, last := &prev.Items[0], &prev.Items[len(prev.Items)-1]
		m, d := prev.Matrix, c.display
		if last.X > first.X && d.A > 0.9 && d.B < 0.1 && d.C < 0.1 && d.D < -0.9 && m.B < 0.1 && m.C < 0.1 {
			const wide = 1000
			if (content.Rect{Left: 0, Bottom: prev.Rect.Bottom, Right: wide, Top: prev.Rect.Top}).Contains(run.Matrix.E, run.Matrix.F) ||
				(content.Rect{Left: 0, Bottom: run.Rect.Bottom, Right: wide, Top: run.Rect.Top}).Contains(prev.Matrix.E, prev.Matrix.F) {
				return false
			}
		}
	}
	return true
}

// normalize makes a threshold of a width (NormalizeThreshold).
func normalize(w, a, b, c float32) float32 {
	switch {
	case w < a:
		return w / 2
	case w < b:
		return w / 4
	case w < c:
		return w / 5
	}
	return w / 6
}

// parted reports whether a gap between two runs is a space (GenerateSpace).
func parted(x, lastX, thisWidth, lastWidth, threshold float32) bool {
	if abs(lastX+lastWidth-x) <= threshold {
		return false
	}
	far := threshold + lastWidth
	gap := x - lastX
	return abs(gap) > far || x < 0 && -far > gap || gap > thisWidth+lastWidth
}
