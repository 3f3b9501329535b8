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
