package content

import (
	"contrechamp.org/contrechamp/internal/read/pdf/doubt"
)

// show shows one string.
func (r *runner) show() error {
	o, err := r.lastOf(text)
	if err != nil || o.from == o.to {
		return err
	}
	return r.put([]operand{o}, 0, 0)
}

// showList shows strings with gaps between them. Gaps before the first string move the text; those behind the last do
// unless a string of the list is empty, which is how PDFium counts.
func (r *runner) showList() error {
	o, err := r.lastOf(array)
	if err != nil {
		return err
	}
	list := r.elements[o.from:o.to]
	strings, filled := 0, 0
	for _, e := range list {
		if e.kind == text {
			strings++
			if e.to > e.from {
				filled++
			}
		}
	}
	first, last := float32(0), float32(0)
	parts := list[:0] // in place: a string and the gaps behind it take no more room than they have
	for _, e := range list {
		switch {
		case e.kind == text && e.from == e.to:
		case e.kind == text:
			e.number = 0
			parts = append(parts, e)
			last = 0
		case e.kind != number:
			return doubt.New(doubt.Content, "a gap is no number")
		case strings == 0 && e.number != 0:
			r.state.x -= r.gap(e.number)
		case len(parts) == 0:
			first += e.number
		default:
			parts[len(parts)-1].number += e.number
			last = parts[len(parts)-1].number
		}
	}
	if strings == 0 {
		return nil
	}
	if filled < strings {
		last = 0
	}
	return r.put(parts, first, last)
}

// room answers room for items at the end of those of the page.
func (page *Page) room(n int) []Item {
	const chunk = 4096
	if cap(page.items)-len(page.items) < n {
		page.items = make([]Item, 0, max(n, chunk, 2*cap(page.items))) // the runs keep what they have
	}
	from := len(page.items)
	page.items = page.items[:from+n]
	return page.items[from : from : from+n]
}

// gap is how far a gap of TJ moves the text.
func (r *runner) gap(n float32) float32 {
	return float32(n*r.state.size) / 1000 * r.state.horizontal
}

// farthest is how far from its page text is still placed, in points: no page is wider than 14,400 (ISO 32000-1, annex C),
// and beyond this single precision, in which PDFium reckons, loses what a place is compared by.
const farthest = 100_000

// put shows strings with gaps behind them; the gap behind the last one only moves what follows.
func (r *runner) put(parts []operand, first, last float32) error {
	s := &r.state
	if s.font == nil {
		return nil // PDFium shows nothing
	}
	if s.font.err != nil {
		return s.font.err
	}
	if first != 0 {
		s.x -= r.gap(first)
	}
	if len(parts) == 0 {
		return nil
	}
	f := s.font.font
	count := len(parts) - 1
	for _, p := range parts {
		count += p.to - p.from
	}
	if r.budget.items -= count; r.budget.items < 0 {
		return doubt.New(doubt.LimitLetters, "")
	}
	items := r.page.room(count)
	for i, p := range parts {
		bytes := r.room[p.from:p.to]
		if f.Wide {
			if len(bytes)%2 != 0 {
				return doubt.New(doubt.Content, "half a code")
			}
			for j := 0; j < len(bytes); j += 2 {
				code := uint32(bytes[j])<<8 | uint32(bytes[j+1])
				items = append(items, Item{Glyph: f.Glyph(code), Code: code})
			}
		} else {
			for _, b := range bytes {
				items = append(items, Item{Glyph: f.Glyph(uint32(b)), Code: uint32(b)})
			}
		}
		if i < len(parts)-1 {
			items = append(items, Item{Code: Kern, X: p.number})
		}
	}
	run := Run{Font: f, Size: s.size, CharSpace: s.charSpace, Items: items, Form: r.form, InForm: r.inForm, Before: r.before}
	run.SizeH = abs(hypot(s.linear[0], s.linear[2]) * s.size)
	x, y := s.textMatrix.Point(s.x, s.y+s.rise)
	x, y = s.ctm.Point(x, y)
	run.Matrix = Matrix{s.linear[0], s.linear[1], s.linear[2], s.linear[3], x, y}
	if s.linear[0]*s.linear[3] == s.linear[1]*s.linear[2] {
		return doubt.New(doubt.Far, "letters without an area")
	}
	if n := len(r.marks); n > 0 {
		run.Marks = r.marks[n-1]
	}
	advance, err := run.place(s, f.Wide)
	if err != nil {
		return err
	}
	for _, v := range [...]float32{x, y, run.Rect.Left, run.Rect.Bottom, run.Rect.Right, run.Rect.Top} {
		if !(abs(v) <= farthest) { // nor is it where no number says where
			return doubt.New(doubt.Far, "")
		}
	}
	s.x += float32(advance * s.horizontal)
	r.before = len(r.page.Runs)
	r.page.Runs = append(r.page.Runs, run)
	r.object(false)
	if last != 0 {
		s.x -= r.gap(last)
	}
	return nil
}

// place sets the places of a run's items along it, and its rectangle, and answers how far it moves the text.
func (run *Run) place(s *state, wide bool) (float32, error) {
	const far = 10000
	x := float32(0)
	box := Rect{far, far, -far, -far}
	size := s.size
	for i := range run.Items {
		it := &run.Items[i]
		if it.Code == Kern {
			x -= float32(it.X*size) / 1000
			continue
		}
		if it.Glyph.Err != nil {
			return 0, it.Glyph.Err
		}
		it.X = x
		b := it.Glyph.Box
		bottom, top := float32(b.Bottom), float32(b.Top)
		box.Bottom, box.Top = min(box.Bottom, bottom, top), max(box.Top, bottom, top)
		left, right := x+float32(float32(b.Left)*size)/1000, x+float32(float32(b.Right)*size)/1000
		box.Left, box.Right = min(box.Left, left, right), max(box.Right, left, right)
		x += float32(float32(it.Glyph.Width)*size) / 1000
		if it.Code == ' ' && !wide {
			x += s.wordSpace
		}
		x += s.charSpace
	}
	box.Bottom, box.Top = float32(box.Bottom*size)/1000, float32(box.Top*size)/1000
	run.Rect = run.Matrix.Rect(box)
	switch s.mode {
	case 1, 2, 5, 6: // the line that is drawn around letters
		half := s.lineWidth / 2
		r := run.Rect.Normal()
		run.Rect = Rect{r.Left - half, r.Bottom - half, r.Right + half, r.Top + half}
	}
	return x, nil
}
