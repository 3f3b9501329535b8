package mixed

import (
	"strings"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"

	"contrechamp.org/contrechamp/internal/read/pdf/pdftest"
)

// Set as offices set their reports.
const (
	left    = 62.0
	right   = pdftest.Width - 62
	top     = 78.0
	bottom  = pdftest.Height - 82
	gutter  = 22.0
	size    = 10.5
	leading = 1.28 // of the size
)

// setter sets text on pages.
type setter struct {
	*prose
	file          *pdftest.File
	page          *pdftest.Page
	regular, bold *pdftest.Font
	embedded      bool
	columns       int
	column        int
	y             float64
	head          string
}

// report is a document of 1 to 20 pages: two in three with their fonts embedded, as word processors do, the others with
// the fonts that every reader has; one in five in two columns; with headings, running heads and numbers.
func report(p *prose) []byte {
	s := &setter{prose: p, embedded: p.IntN(3) > 0, columns: 1, head: p.title()}
	if p.IntN(5) == 0 {
		s.columns = 2
	}
	s.regular, s.bold = pdftest.NewFont("GoRegular", goregular.TTF), pdftest.NewFont("GoBold", gobold.TTF)
	s.file = &pdftest.File{Compress: true, Info: map[string]string{"Title": p.title(), "Author": p.name(),
		"CreationDate": "D:" + strings.ReplaceAll(p.date, "-", "") + "080000Z"}}
	pages := p.between(1, 20)
	s.turn()
	s.set(s.bold, 18, p.title())
	s.y += 10
	for i := 0; ; i++ {
		if i%6 == 5 {
			s.y += 8
			s.set(s.bold, 12.5, p.title())
		}
		if !s.set(s.regular, size, p.paragraph()) || len(s.file.Pages) == pages && s.y > bottom-120 {
			break
		}
		if len(s.file.Pages) > pages {
			break
		}
		s.y += 6
	}
	return s.file.Bytes()
}

// turn goes on in the next column, or on the next page.
func (s *setter) turn() {
	if s.page != nil && s.column+1 < s.columns {
		s.column++
		s.y = top
		return
	}
	s.page, s.column, s.y = s.file.Page(), 0, top
	s.line(s.regular, left, 40, 8, s.head, 0)
	s.line(s.regular, right-12, pdftest.Height-36, 8, strings.Repeat("i", 1+len(s.file.Pages)%3), 0)
}

// set breaks text into justified lines. It answers false once the document is long enough.
func (s *setter) set(f *pdftest.Font, size float64, text string) bool {
	width := (right - left - gutter*float64(s.columns-1)) / float64(s.columns)
	space := f.Width(" ", size)
	var words []string
	taken := 0.0
	flush := func(last bool) {
		if len(words) == 0 {
			return
		}
		if s.y > bottom {
			s.turn()
		}
		room := 0.0
		if !last && len(words) > 1 {
			room = (width - taken) / float64(len(words)-1)
		}
		s.line(f, left+float64(s.column)*(width+gutter), s.y, size, strings.Join(words, " "), room)
		s.y += size * leading
		words, taken = words[:0], 0
	}
	for _, w := range strings.Fields(text) {
		need := f.Width(w, size)
		if len(words) > 0 && taken+space+need > width {
			flush(false)
		}
		if len(words) > 0 {
			taken += space
		}
		words, taken = append(words, w), taken+need
	}
	flush(true)
	return len(s.file.Pages) <= 20
}

// line sets one line; what is embedded is justified, the others are set as they come.
func (s *setter) line(f *pdftest.Font, x, y, size float64, text string, room float64) {
	switch {
	case s.embedded:
		s.page.Set(f, x, y, size, text, room)
	case f == s.bold:
		s.page.Bold(x, y, size, text)
	default:
		s.page.Text(x, y, size, text)
	}
}
