package compose

import (
	"math"

	"contrechamp.org/contrechamp/internal/read/pdf/content"
)

// orientation says which way lines run.
type orientation uint8

const (
	unknown orientation = iota
	horizontal
	vertical
)

// maxMask is how wide a page may be, in points, for its ink to be measured.
const maxMask = 1 << 16

// flow guesses which way the lines of a page run: across what is filled better (FindTextlineFlowOrientation).
func flow(runs []content.Run, width, height float32) orientation {
	w, h := int(width), int(height)
	if w <= 0 || h <= 0 || w > maxMask || h > maxMask {
		return unknown
	}
	across, down := make([]int32, w+1), make([]int32, h+1) // how many runs begin less how many end, at each point
	fromX, toX, fromY, toY := w, 0, h, 0
	lineHeight := float32(0)
	clamp := func(v float32, most int) int { return int(min(max(v, 0), float32(most))) }
	for i := range runs {
		if runs[i].InForm {
			continue
		}
		r := runs[i].Rect
		x0, x1, y0, y1 := clamp(r.Left, w), clamp(r.Right, w), clamp(r.Bottom, h), clamp(r.Top, h)
		if x0 >= x1 || y0 >= y1 {
			continue
		}
		across[x0]++
		across[x1]--
		down[y0]++
		down[y1]--
		fromX, toX, fromY, toY = min(fromX, x0), max(toX, x1), min(fromY, y0), max(toY, y1)
		if lineHeight <= 0 {
			lineHeight = r.Height()
		}
	}
	two := int(2 * lineHeight)
	if toY-fromY < two {
		return horizontal
	}
	if toX-fromX < two {
		return vertical
	}
	sumX := filled(across, fromX, toX)
	if sumX > 0.8 {
		return horizontal
	}
	switch sumY := filled(down, fromY, toY); {
	case sumX > sumY:
		return horizontal
	case sumX < sumY:
		return vertical
	}
	return unknown
}

// filled is the share of points from one to another that a run covers.
func filled(marks []int32, from, to int) float32 {
	if from >= to {
		return 0
	}
	n, covering := 0, int32(0)
	for i, m := range marks[:to] {
		if covering += m; i >= from && covering > 0 {
			n++
		}
	}
	return float32(n) / float32(to-from)
}

// direction tells which way a run goes, by its first and its last letter (GetTextObjectWritingMode).
func (c *composer) direction(run *content.Run) orientation {
	first, last, n := -1, -1, 0
	for i := range run.Items {
		if run.Items[i].Glyph != nil {
			if first < 0 {
				first = i
			}
			last = i
			n++
		}
	}
	if n <= 1 {
		return c.vertical
	}
	x0, y0 := run.Matrix.Point(run.Items[first].X, 0)
	x1, y1 := run.Matrix.Point(run.Items[last].X, 0)
	dx, dy := abs(x1-x0), abs(y1-y0)
	const epsilon, threshold = 0.0001, 0.0872
	if dx <= epsilon && dy <= epsilon {
		return unknown
	}
	if length := float32(math.Hypot(float64(dx), float64(dy))); length >= epsilon {
		dx, dy = dx/length, dy/length
	}
	switch upright := dx <= threshold; {
	case dy <= threshold && upright:
		return c.vertical
	case dy <= threshold:
		return horizontal
	case upright:
		return vertical
	}
	return c.vertical
}
