package compose

import (
	"unicode"

	"contrechamp.org/contrechamp/internal/read/pdf/content"
	"contrechamp.org/contrechamp/internal/read/pdf/doubt"
)

// joint is what stands between two runs.
type joint uint8

const (
	nothing joint = iota
	space
	lineBreak
	lineHyphen
)

// compose adds a run to the line.
func (c *composer) compose(i int32) {
	run := &c.runs[i]
	if abs(run.Rect.Width()) < sizeEpsilon {
		return
	}
	marked := c.marked(run)
	if marked == markDone {
		c.before, c.beforeForm = i, run.Form
		return
	}
	if c.before >= 0 {
		j := c.joint(run)
		if j == lineBreak {
			c.line = run.Rect
		} else {
			c.line = c.line.Union(run.Rect)
		}
		if !c.join(j, run) {
			return
		}
	} else {
		c.line = run.Rect
	}
	c.before, c.beforeForm = i, run.Form
	if marked == markDelayed {
		c.actual(i)
		return
	}
	c.items(i)
}

// previous is the letter that came last, and whether there is one.
func (c *composer) previous() (*letter, bool) {
	if n := len(c.temporary); n > 0 {
		return &c.temporary[n-1], true
	}
	return &c.last, c.any
}

// generate adds a space or a line end that no run has.
func (c *composer) generate(u uint16, toLine bool) {
	before, ok := c.previous()
	if !ok {
		return
	}
	l := letter{text: u, unicode: u, kind: generated, run: -1, x: before.x, y: before.y}
	if toLine {
		c.temporary = append(c.temporary, l)
	} else {
		c.text = append(c.text, u)
		c.list(l, true)
	}
}

// list adds a letter to the page's; shown says whether it is in the text.
func (c *composer) list(l letter, shown bool) {
	c.count++
	c.last, c.any = l, true
	if shown {
		c.letters = append(c.letters, l)
	}
}

// join does what a joint asks. It answers false where the run is to be left out.
func (c *composer) join(j joint, run *content.Run) bool {
	switch j {
	case space:
		c.generate(' ', true)
	case lineBreak:
		c.closeLine()
		if len(c.text) > 0 {
			c.generate('\r', false)
			c.generate('\n', false)
		}
	case lineHyphen:
		if countCodes(run) == 1 && isHyphen(firstUnit(run)) {
			return false
		}
		for n := len(c.temporary); n > 0 && c.temporary[n-1].text == ' '; n-- {
			c.temporary = c.temporary[:n-1]
		}
		n := len(c.temporary)
		if n == 0 {
			c.err = doubt.New(doubt.Content, "a hyphen on a line of its own")
			return false
		}
		l := &c.temporary[n-1]
		l.text, l.unicode, l.kind = hyphenUnit, hyphenCode, hyphen
	}
	return true
}

// closeLine moves the line into the text, with single spaces.
func (c *composer) closeLine() {
	spaces := false
	for i := range c.temporary {
		l := &c.temporary[i]
		if l.text == ' ' {
			if spaces {
				continue
			}
			spaces = true
		} else {
			spaces = false
		}
		if rightToLeft(l.text) {
			c.err = doubt.New(doubt.RightToLeft, "")
			return
		}
		c.close(l)
	}
	c.temporary = c.temporary[:0]
}

// ligatures are letters that stand for several.
var ligatures = [...]string{"ff", "fi", "fl", "ffi", "ffl", "ſt", "st"}

// close moves a letter into the text. What has no letter is in the page's list only.
func (c *composer) close(l *letter) {
	switch {
	case !l.shown():
		c.list(*l, false)
	case l.text >= 0xfb00 && l.text <= 0xfb06:
		for _, r := range ligatures[l.text-0xfb00] {
			p := *l
			p.kind, p.unicode, p.text = piece, uint16(r), uint16(r)
			c.text = append(c.text, p.text)
			c.list(p, true)
		}
	default:
		c.text = append(c.text, l.text)
		c.list(*l, true)
	}
}

// shown reports whether a letter is in the text (IsNormalCharacter).
func (l *letter) shown() bool {
	switch l.unicode {
	case 0x2, 0x3, 0x93, 0x94, 0x96, 0x97, 0x98, 0xfffe:
		return l.kind == hyphen
	}
	return true
}

// rightToLeft reports whether a letter may be of a script that runs from right to left.
func rightToLeft(u uint16) bool {
	return u >= 0x0590 && (u <= 0x08ff || u == 0x200f || u >= 0xfb1d && u <= 0xfdff || u >= 0xfe70 && u <= 0xfefe)
}

func isHyphen(u uint16) bool { return u == '-' || u == 0xad }

func countCodes(run *content.Run) int {
	n := 0
	for i := range run.Items {
		if run.Items[i].Glyph != nil {
			n++
		}
	}
	return n
}

// firstUnit is the first letter of a run.
func firstUnit(run *content.Run) uint16 { return run.Items[0].Glyph.First() }

// breaksWord reports whether the text ends with a hyphen that breaks a word which goes on with u (IsHyphen).
func (c *composer) breaksWord(u uint16) bool {
	at := func(i int) uint16 { return c.temporary[i].text }
	n := len(c.temporary)
	if n == 0 {
		at = func(i int) uint16 { return c.text[i] }
		if n = len(c.text); n == 0 {
			return false
		}
	}
	i := n - 1
	for i > 0 && at(i) == ' ' {
		i--
	}
	if !isHyphen(at(i)) {
		return false
	}
	if i > 0 && unicode.IsLetter(rune(at(i-1))) && (unicode.IsLetter(rune(u)) || unicode.IsDigit(rune(u))) {
		return true
	}
	before, ok := c.previous()
	return ok && before.kind == piece && isHyphen(before.unicode)
}

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
		if !o.coded {
			continue
		}
		other := &c.runs[o.run]
		if other.Items[o.item].Code == it.Code && other.Font == c.runs[l.run].Font && abs(o.x-l.x) < near && abs(o.y-l.y) < near {
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
