package compose

import (
	"contrechamp.org/contrechamp/internal/read/pdf/content"
	"contrechamp.org/contrechamp/internal/read/pdf/doubt"
)

// marking says what an ActualText does to a run that stands in it.
type marking uint8

const (
	markNone    marking = iota
	markDone            // the run was told by the one before, or is not to be told
	markDelayed         // the ActualText is told in its place
)

// marked looks at a run's marked content (PreMarkedContent).
func (c *composer) marked(run *content.Run) marking {
	m := &run.Marks
	if !m.Has {
		return markNone
	}
	if c.before >= 0 {
		if b := &c.runs[c.before].Marks; b.Depth == m.Depth && b.Last == m.Last {
			return markDone
		}
	}
	if len(m.Actual) == 0 {
		return markNone
	}
	for _, u := range m.Actual {
		if u > 0x80 && u < 0xfffd || u <= 0x80 && printable(u) {
			return markDelayed
		}
	}
	return markDone
}

func printable(u uint16) bool { return u >= 0x20 && u < 0x7f }

// actual tells an ActualText in the place of a run (ProcessMarkedContent).
func (c *composer) actual(i int32) {
	run := &c.runs[i]
	text := run.Marks.Inner
	if len(text) == 0 {
		return
	}
	if len(c.told)+len(text) > maxLetters {
		c.err = doubt.New(doubt.LimitLetters, "in the place of others")
		return
	}
	rect := run.Rect
	rect.Right = rect.Left + rect.Width()/float32(len(text))
	step := rect.Width()
	for k, u := range text {
		if u <= 0x80 && !printable(u) {
			u = ' '
		}
		if u >= 0xfffd {
			continue
		}
		move := float32(k) * step
		box := content.Rect{Left: rect.Left + move, Bottom: rect.Bottom, Right: rect.Right + move, Top: rect.Top}
		c.temporary = append(c.temporary, letter{text: u, unicode: u, kind: piece, run: i, item: int32(len(c.told)), x: run.Matrix.E, y: run.Matrix.F})
		c.told = append(c.told, told{run.Font.WidthOf(u), box})
	}
}
