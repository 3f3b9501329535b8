package pdf

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/read/flow"
)

// mark says that a line is no part of the running text.
type mark int

const (
	isHead   mark = iota + 1 // a running head or foot where it is met first
	isRepeat                 // again, or a page number
)

// Where running heads stand.
const (
	band      = 0.13 // of the page's height, above and below
	bandLines = 4    // lines nearest to the edge that are looked at
	samePlace = 6.0  // points
	reach     = 2    // pages before: heads of left and right pages differ
)

// running finds heads, feet and page numbers: lines near the edge that stand again, digits aside, at the same place
// of one of the pages before.
func running(pages [][]line) [][]mark {
	marks := make([][]mark, len(pages))
	type place struct {
		key  string
		y    float64
		page int
		at   int
	}
	var before []place
	for p, lines := range pages {
		marks[p] = make([]mark, len(lines))
		var here []place
		for _, i := range edges(lines) {
			text := lines[i].text()
			if flow.IsPageNumber(text) {
				marks[p][i] = isRepeat
				continue
			}
			here = append(here, place{keyOf(text), lines[i].y0, p, i})
		}
		for _, h := range here {
			for _, b := range before {
				if b.key == h.key && len(h.key) >= 3 && b.y-h.y < samePlace && h.y-b.y < samePlace {
					marks[p][h.at] = isRepeat
					if marks[b.page][b.at] == 0 {
						marks[b.page][b.at] = isHead
					}
				}
			}
		}
		before = slices.DeleteFunc(before, func(b place) bool { return b.page <= p-reach })
		before = append(before, here...)
	}
	return marks
}

// edges answers the lines nearest to the upper and the lower edge of their page.
func edges(lines []line) []int {
	var top, bottom []int
	for i := range lines {
		l := &lines[i]
		switch {
		case l.height <= 0:
		case l.y0 < band*l.height:
			top = append(top, i)
		case l.y1 > (1-band)*l.height:
			bottom = append(bottom, i)
		}
	}
	byY := func(a, b int) int { return cmp.Compare(lines[a].y0, lines[b].y0) }
	slices.SortStableFunc(top, byY)
	slices.SortStableFunc(bottom, byY)
	return append(top[:min(len(top), bandLines)], bottom[max(0, len(bottom)-bandLines):]...)
}

// keyOf is a line without its digits and white space.
func keyOf(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || unicode.IsDigit(r):
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// dateOf reads the date of a PDF, "D:20250122093000+01'00'" (ISO 32000-1, 7.9.4); the zero Date when it is none.
func dateOf(s string) contrechamp.Date {
	s = strings.TrimPrefix(strings.TrimSpace(s), "D:")
	if len(s) < 8 {
		return contrechamp.Date{}
	}
	d, err := contrechamp.ParseDate(s[:4] + "-" + s[4:6] + "-" + s[6:8])
	if err != nil {
		return contrechamp.Date{}
	}
	return d
}
