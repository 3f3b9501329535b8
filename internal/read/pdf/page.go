package pdf

import (
	"bytes"
	"context"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"contrechamp.org/contrechamp/internal/read/pdf/doubt"
)

// Page is what stands on one page: pieces of text with their places, in the order in which the file draws them.
type Page struct {
	Number        int // 1-based
	Width, Height float64
	Pieces        []Piece
	Images        bool // something that may be a picture of text is drawn on it
	Cut           bool // it holds more than maxPieces, and the rest was left out
	Failed        string
	Doubt         doubt.Reason // why the quick reader left it to PDFium; "" where it read it

	lines []line    // in reading order, made as the page comes in; columns counted from 0
	score pageScore // of its text layer
}

// Piece is a run of words on one line, without a gap that could part columns. X runs to the right, Y down, in
// points, as the page is seen.
type Piece struct {
	X0, Y0, X1, Y1 float64
	Size           float64 // of its first letter, in points
	Bold           bool
	Hyphen         bool // a hyphen at the line's end stands for a word broken there, or for its own
	Text           string

	runes int
}

// Limits of a page. A newspaper page has about 30,000 characters.
const (
	maxChars  = 1_000_000
	maxPieces = 50_000
)

// page reads page i, counted from 0.
func (e *engine) page(ctx context.Context, i int) Page {
	p := Page{Number: i + 1}
	handle := e.call(ctx, "FPDF_LoadPage", e.document, uint64(i))
	if e.err != nil || uint32(handle) == 0 {
		p.Failed = "it is damaged"
		return p
	}
	e.hold(ctx, handle)
	p.Width, p.Height = e.float32Of(ctx, "FPDF_GetPageWidthF", handle), e.float32Of(ctx, "FPDF_GetPageHeightF", handle)
	text := e.call(ctx, "FPDFText_LoadPage", handle)
	if e.err != nil || uint32(text) == 0 {
		p.Failed = "it is damaged"
		return p
	}
	defer e.call(ctx, "FPDFText_ClosePage", text)
	n := int(int32(e.call(ctx, "FPDFText_CountChars", text)))
	if n > maxChars {
		n, p.Cut = maxChars, true
	}
	if n <= 0 {
		p.Images = int32(e.call(ctx, "FPDFPage_CountObjects", handle)) > 0
		return p
	}
	p.Images = n < fewChars && e.hasImage(ctx, handle)
	units := e.chars(ctx, text, n)
	if units == nil {
		return p
	}
	letters := &engineText{ctx: ctx, engine: e, text: text, same: len(units) == n}
	c := cutter{letters: letters, units: units, rotation: int(e.call(ctx, "FPDFPage_GetRotation", handle)) & 3, page: &p}
	c.cut()
	return p
}

// heldPages is how many pages stay open behind the one that is read: PDFium drops a font, and all that it learned of it,
// with the last open page that uses it, and most fonts are used on most pages.
const heldPages = 3

// hold keeps a page open, and closes the one that was held longest.
func (e *engine) hold(ctx context.Context, page uint64) {
	e.held = append(e.held, page)
	if len(e.held) > heldPages {
		e.call(ctx, "FPDF_ClosePage", e.held[0])
		e.held = append(e.held[:0], e.held[1:]...)
	}
}

// fewChars is up to how many characters a page with a picture is taken for a scan.
const fewChars = 200

// hasImage reports whether one of the page's first objects is a picture.
func (e *engine) hasImage(ctx context.Context, page uint64) bool {
	const kind, look = 3, 50 // FPDF_PAGEOBJ_IMAGE
	n := int(int32(e.call(ctx, "FPDFPage_CountObjects", page)))
	for i := range min(n, look) {
		o := e.call(ctx, "FPDFPage_GetObject", page, uint64(i))
		if e.call(ctx, "FPDFPageObj_GetType", o) == kind {
			return true
		}
	}
	return false
}

// chars answers the page's text in UTF-16: lines end with CR LF, hyphenMark is a hyphen at a line's end.
func (e *engine) chars(ctx context.Context, text uint64, n int) []uint16 {
	need := uint32(2 * (n + 1))
	if need > e.room {
		e.call(ctx, "free", uint64(e.buffer))
		e.buffer, e.room = uint32(e.call(ctx, "malloc", uint64(need))), need
	}
	got := int32(e.call(ctx, "FPDFText_GetText", text, 0, uint64(n), uint64(e.buffer)))
	if e.err != nil || got <= 1 {
		return nil
	}
	b, ok := e.memory.Read(e.buffer, uint32(2*(got-1)))
	if !ok {
		return nil
	}
	units := make([]uint16, got-1)
	for i := range units {
		units[i] = uint16(b[2*i]) | uint16(b[2*i+1])<<8
	}
	return units
}

// letters answers what is known of the units of a page's text, by whoever read it.
type letters interface {
	// bounds is where a unit stands in the page's own coordinates, Y up: as wide as its letter and as high as its font.
	bounds(i int) (left, bottom, right, top float64)
	// size is the size that is set, 0 where it is not known.
	size(i int) float64
	bold(i int) bool
	failed() bool // nothing more can be asked
}

// engineText is the text of a page that PDFium has open.
type engineText struct {
	ctx    context.Context
	engine *engine
	text   uint64
	same   bool // text and character indices are the same
}

// cutter cuts a page's text into pieces. Asking PDFium for a place costs a call, so only the ends of words are asked.
type cutter struct {
	letters  letters
	units    []uint16
	rotation int // quarter turns clockwise
	page     *Page
	open     *Piece
	last     box
	buf      []byte
}

type box struct{ x0, y0, x1, y1 float64 }

// hyphenMark reports whether u stands for a hyphen at a line's end; the next line follows it without a line end. PDFium
// has written it in two ways.
func hyphenMark(u uint16) bool { return u == 0xfffe || u == 0x02 }

func (c *cutter) cut() {
	for i := 0; i < len(c.units) && !c.letters.failed(); {
		u := c.units[i]
		switch {
		case u == '\r' || u == '\n':
			c.end()
			i++
		case u == ' ' || u == '\t' || u == 0xa0 && c.open == nil || u == 0:
			i++
		default:
			j := i + 1
			for j < len(c.units) && !blank(c.units[j]) && !hyphenMark(c.units[j-1]) {
				j++ // behind a hyphen mark the next line goes on without a line end
			}
			if !c.word(i, j) {
				c.page.Cut = true
				return
			}
			if hyphenMark(c.units[j-1]) {
				c.end()
			}
			i = j
		}
	}
	c.end()
}

func blank(u uint16) bool { return u == ' ' || u == '\t' || u == '\r' || u == '\n' || u == 0 }

// gapToPart is how many times the size of the letters a gap parts two pieces.
const gapToPart = 1.6

// word adds units[i:j] to the open piece, or opens one.
func (c *cutter) word(i, j int) bool {
	first := c.box(i)
	last := first
	if j-1 > i {
		last = c.box(j - 1)
		if hyphenMark(c.units[j-1]) && j-2 >= i { // the mark has no place of its own
			last = c.box(j - 2)
		}
	}
	hyphen := hyphenMark(c.units[j-1])
	if c.open != nil {
		gap := first.x0 - c.last.x1
		height := max(c.last.y1-c.last.y0, 1)
		sameLine := first.y0 < c.last.y1 && c.last.y0 < first.y1
		if !sameLine || gap > gapToPart*max(c.open.Size, height*0.6) || gap < -3*max(c.open.Size, height) {
			c.end()
		}
	}
	if c.open == nil {
		if len(c.page.Pieces) >= maxPieces {
			return false
		}
		size := c.letters.size(i)
		if h := first.y1 - first.y0; size <= 0 || size > 4*h || size < h/4 {
			size = h * 0.85 // a font scaled by the page's matrix
		}
		c.open = &Piece{X0: first.x0, Y0: first.y0, X1: last.x1, Y1: first.y1, Size: size, Bold: c.letters.bold(i)}
		c.buf = c.buf[:0]
	} else {
		c.buf = append(c.buf, ' ')
	}
	p := c.open
	p.X0, p.Y0 = min(p.X0, first.x0), min(p.Y0, first.y0)
	p.X1, p.Y1 = max(p.X1, last.x1), max(p.Y1, first.y1)
	p.Hyphen = hyphen
	c.buf = appendWord(c.buf, c.units[i:j])
	c.last = last
	return true
}

// appendWord decodes UTF-16, undoes ligatures, and drops what cannot be shown.
func appendWord(to []byte, units []uint16) []byte {
	for i := 0; i < len(units); i++ {
		u := units[i]
		if u > ' ' && u < 0x7f {
			to = append(to, byte(u))
			continue
		}
		r := rune(u)
		if utf16.IsSurrogate(r) {
			pair := unicode.ReplacementChar
			if i+1 < len(units) {
				pair = utf16.DecodeRune(r, rune(units[i+1]))
			}
			if pair != unicode.ReplacementChar {
				i++
			}
			r = pair
		}
		switch {
		case r == 0xfffe || r == 0x02 || r == '\u00ad':
			to = append(to, '-')
		case r >= 0xfb00 && r <= 0xfb06:
			to = append(to, [...]string{"ff", "fi", "fl", "ffi", "ffl", "st", "st"}[r-0xfb00]...)
		case r == 0xffff || r == 0xfeff || r == 0x200b:
		case unicode.IsControl(r):
			to = utf8.AppendRune(to, unicode.ReplacementChar)
		default:
			to = utf8.AppendRune(to, r)
		}
	}
	return to
}

func (c *cutter) end() {
	if c.open == nil {
		return
	}
	c.open.Text = string(c.buf)
	if c.open.Text != "" {
		c.page.Pieces = append(c.page.Pieces, *c.open)
	}
	c.open = nil
}

// box answers where a unit stands as the page is seen, Y down.
func (c *cutter) box(i int) box {
	left, bottom, right, top := c.letters.bounds(i)
	w, h := c.page.Width, c.page.Height // as seen
	switch c.rotation {
	case 1:
		return box{bottom, left, top, right}
	case 2:
		return box{w - right, bottom, w - left, top}
	case 3:
		return box{w - top, h - right, w - bottom, h - left}
	}
	return box{left, h - top, right, h - bottom}
}

func (t *engineText) index(i int) uint64 {
	if t.same {
		return uint64(i)
	}
	at := int32(t.engine.call(t.ctx, "FPDFText_GetCharIndexFromTextIndex", t.text, uint64(i)))
	return uint64(max(at, 0))
}

func (t *engineText) bounds(i int) (left, bottom, right, top float64) {
	e := t.engine
	e.call(t.ctx, "FPDFText_GetLooseCharBox", t.text, t.index(i), uint64(e.scratch))
	// FS_RECTF: left, top, right, bottom
	return e.float32At(e.scratch), e.float32At(e.scratch + 12), e.float32At(e.scratch + 8), e.float32At(e.scratch + 4)
}

func (t *engineText) size(i int) float64 {
	return t.engine.float64Of(t.ctx, "FPDFText_GetFontSize", t.text, t.index(i))
}

// bold reports whether the font of a character is bold: by its name, or by its weight where the name is silent.
func (t *engineText) bold(i int) bool {
	const room, heavy = 64, 600
	e, at := t.engine, t.index(i)
	n := uint32(e.call(t.ctx, "FPDFText_GetFontInfo", t.text, at, uint64(e.scratch+32), room, uint64(e.scratch)))
	if name, ok := e.memory.Read(e.scratch+32, min(n, room)); ok && n > 1 && n <= room && bytes.Contains(name, []byte("Bold")) {
		return true
	}
	return int32(e.call(t.ctx, "FPDFText_GetFontWeight", t.text, at)) >= heavy
}

func (t *engineText) failed() bool { return t.engine.err != nil }
