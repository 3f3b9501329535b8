package compose

import (
	"contrechamp.org/contrechamp/internal/read/pdf/content"
)

// items adds the letters of a run, with spaces where gaps are wide (ProcessTextObjectItems).
func (c *composer) items(i int32) {
	run := &c.runs[i]
	m := c.matrices[i]
	base := baseSpace(run, m) + baseAdjustment(run, m)
	near := m.DistanceX(0.07 * run.Size)
	spacing := float32(0)
	for k := range run.Items {
		it := &run.Items[k]
		if it.Glyph == nil {
			if u, ok := c.lastUnit(); ok && u != ' ' {
				spacing = -float32(run.SizeH*it.X) / 1000
			}
			continue
		}
		spacing -= base
		if spacing != 0 && k > 0 {
			if t := spaceThreshold(run, it); t != 0 && spacing >= t {
				x, y := m.Point(it.X, 0)
				c.temporary = append(c.temporary, letter{text: ' ', unicode: ' ', kind: generated, run: i, item: int32(k), x: x, y: y})
			}
		}
		spacing = 0
		l := letter{kind: normal, coded: true, run: i, item: int32(k)}
		l.x, l.y = m.Point(it.X, 0)
		if c.drawnAgain(&l, it, near) {
			if k == 0 {
				if n := len(c.temporary); n > 0 && c.temporary[n-1].text == ' ' {
					c.temporary = c.temporary[:n-1]
				}
			}
			continue
		}
		if len(it.Glyph.More) == 0 {
			l.text, l.unicode = it.Glyph.Unicode, it.Glyph.Unicode
			c.temporary = append(c.temporary, l)
			continue
		}
		for _, u := range it.Glyph.More {
			l.text, l.unicode = u, u
			c.temporary = append(c.temporary, l)
		}
	}
}

// lastUnit is the unit that the text ends with.
func (c *composer) lastUnit() (uint16, bool) {
	if n := len(c.temporary); n > 0 {
		return c.temporary[n-1].text, true
	}
	if n := len(c.text); n > 0 {
		return c.text[n-1], true
	}
	return 0, false
}

// drawnAgain reports whether one of the last letters is the same at the same place.
func (c *composer) drawnAgain(l *letter, it *content.Item, near float32) bool {
	const look = 7
	n := len(c.temporary)
	for i := n - 1; i >= 0 && i >= n-look; i-- {
		o := &c.temporary[i]
		if d := o.x - l.x; d >= near || d <= -near || !o.coded || abs(o.y-l.y) >= near { // nearly always
			continue
		}
		other := &c.runs[o.run]
		if other.Items[o.item].Code == it.Code && other.Font == c.runs[l.run].Font {
			return true
		}
	}
	return false
}

// spaceThreshold is how wide a gap within a run must be to be a space (CalculateSpaceThreshold).
func spaceThreshold(run *content.Run, it *content.Item) float32 {
	t := float32(0)
	if code, ok := run.Font.Space(); ok {
		t = run.SizeH * float32(run.Font.Glyph(code).Width) / 1000
	}
	if t > run.SizeH/3 {
		t = 0
	} else {
		t /= 2
	}
	if t == 0 {
		t = normalize(float32(it.Glyph.Extent()), 300, 500, 700)
		t = run.SizeH * t / 1000
	}
	return t
}

// baseSpace is the gap that all letters of a run have (CalculateBaseSpace).
func baseSpace(run *content.Run, m content.Matrix) float32 {
	n := len(run.Items)
	if run.CharSpace == 0 || n < 3 {
		return 0
	}
	spacing := m.Distance(run.CharSpace)
	base, all := spacing, true
	for k := range run.Items {
		if run.Items[k].Glyph == nil {
			kerning := -float32(run.SizeH*run.Items[k].X) / 1000
			base = min(base, kerning+spacing)
			all = false
		}
	}
	if base < 0 || n == 3 && !all {
		return 0
	}
	return base
}

func baseAdjustment(run *content.Run, m content.Matrix) float32 {
	switch {
	case run.CharSpace > 0.001:
		return -m.Distance(run.CharSpace)
	case run.CharSpace < -0.001:
		return m.Distance(abs(run.CharSpace))
	}
	return 0
}
