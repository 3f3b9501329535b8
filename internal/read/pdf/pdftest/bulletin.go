package pdftest

import (
	"regexp"
	"strings"
)

// Set in points.
const (
	margin  = 56.0
	size    = 10.0
	leading = 13.0
	top     = 80.0
	foot    = 800.0
)

var pageMark = regexp.MustCompile(`^(?:Page )?\d+ ?/ ?\d+$`)

// Bulletin sets a text line by line, as an official bulletin is set. A line that is only "2/9" ends its page, and
// stands at its foot together with the lines before it that stand before other such lines too, digits aside: the
// running foot.
func Bulletin(text string) []byte {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	f := &File{Info: map[string]string{"Title": "Recueil", "Producer": "pdftest"}}
	p, y := f.Page(), top
	for i, l := range lines {
		ends := pageMark.MatchString(l)
		head := i+1 < len(lines) && pageMark.MatchString(lines[i+1]) && strings.Contains(l, "RAA")
		switch {
		case ends:
			p.Text(Width-margin-20, foot+14, 8, substitute(l))
			p, y = f.Page(), top
			continue
		case head:
			p.Text(margin, foot, 8, substitute(l))
			continue
		}
		if y > foot-3*leading {
			p, y = f.Page(), top
		}
		p.Text(margin, y, size, substitute(l))
		y += leading
	}
	return f.Bytes()
}

// substitute replaces what the fonts at hand cannot show.
func substitute(s string) string {
	return strings.NewReplacer("□", "?", "☐", "?").Replace(s)
}
