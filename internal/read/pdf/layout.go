package pdf

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// line is a row of text in one column, or a row of a table with its cells.
type line struct {
	page, column   int // columns are numbered through the document
	x0, y0, x1, y1 float64
	size           float64
	bold           bool
	hyphen         bool
	cells          []string
	table          bool
	height         float64 // of the page
}

func (l *line) text() string {
	if l.table {
		return strings.Join(l.cells, "\t")
	}
	return strings.Join(l.cells, " ")
}

// Shape of columns.
const (
	columnLines  = 3    // pieces that a column has at least
	gutterWidth  = 7.0  // points that part two columns at least
	proseRunes   = 22   // runes in a piece of prose on average; the cells of a table hold fewer
	alignedShare = 0.5  // of pieces that stand on one line with a piece of the other column: rows of a table
	overlapShare = 0.5  // of the shorter column's height beside the other
	gutterStep   = 4.0  // points between places that are tried
	maxDepth     = 8    // of columns in columns
	rowOverlap   = 0.45 // of the lower piece's height: on one row
)

// layout puts the pieces of a page in reading order: columns from left to right, each from top to bottom, and what
// runs across the columns where it parts them.
func layout(p *Page) []line {
	pieces := make([]Piece, 0, len(p.Pieces))
	for _, q := range p.Pieces {
		if q.X1 > q.X0-1 && q.Y1 > q.Y0 { // what has no size stands nowhere
			q.runes = utf8.RuneCountInString(q.Text)
			pieces = append(pieces, q)
		}
	}
	slices.SortStableFunc(pieces, func(a, b Piece) int { return cmp.Compare(a.Y0, b.Y0) })
	from, to := edgePieces(pieces, p.Height)
	parts := regions(pieces[:from], 0)
	parts = append(parts, regions(pieces[from:to], 0)...)
	parts = append(parts, regions(pieces[to:], 0)...)
	var lines []line
	for i, region := range parts {
		for _, l := range rows(region) {
			l.page, l.column, l.height = p.Number, i, p.Height
			lines = append(lines, l)
		}
	}
	return lines
}

// layOut makes what is known of a page by itself: its lines, and how good its text layer is.
func (p *Page) layOut() {
	p.lines = layout(p)
	for i := range p.Pieces {
		p.score.add(p.Pieces[i].Text)
	}
	p.Pieces = nil
}

// edgePieces parts what stands near the upper and the lower edge, with a wide gap to the rest, from the text between:
// pieces[from:to]. Heads and feet run over the gap between columns.
func edgePieces(pieces []Piece, height float64) (from, to int) {
	const wide = 1.5 // times the height of the line
	to = len(pieces)
	if to == 0 {
		return 0, 0
	}
	floor := pieces[0].Y1
	for i := 0; i+1 < len(pieces); i++ {
		floor = max(floor, pieces[i].Y1)
		if floor > band*height {
			break
		}
		if pieces[i+1].Y0-floor > wide*(pieces[i].Y1-pieces[i].Y0) {
			from = i + 1
		}
	}
	for i := len(pieces) - 1; i > from && pieces[i].Y0 > (1-band)*height; i-- {
		gap := pieces[i].Y0
		for j := max(from, i-40); j < i; j++ {
			gap = min(gap, pieces[i].Y0-pieces[j].Y1)
		}
		if gap > wide*(pieces[i].Y1-pieces[i].Y0) {
			to = i
		}
	}
	return from, to
}

// regions parts pieces, which are in order of Y0, where they stand in columns.
func regions(pieces []Piece, depth int) [][]Piece {
	if len(pieces) == 0 {
		return nil
	}
	if depth < maxDepth && len(pieces) >= 2*columnLines {
		if g, ok := findGutter(pieces); ok {
			var left, right []Piece
			for _, p := range pieces[g.from:g.to] {
				if p.X1 <= g.x+1 {
					left = append(left, p)
				} else {
					right = append(right, p)
				}
			}
			out := regions(pieces[:g.from], depth+1)
			out = append(out, regions(left, depth+1)...)
			out = append(out, regions(right, depth+1)...)
			return append(out, regions(pieces[g.to:], depth+1)...)
		}
	}
	return [][]Piece{pieces}
}

// gutter is a white stripe at x between pieces[from:to].
type gutter struct {
	x        float64
	from, to int
	weight   int
	width    float64
}

// findGutter looks for the white stripe that parts most pieces into two columns.
func findGutter(pieces []Piece) (gutter, bool) {
	x0, x1 := pieces[0].X0, pieces[0].X1
	for _, p := range pieces {
		x0, x1 = min(x0, p.X0), max(x1, p.X1)
	}
	best := gutter{}
	const most = 500 // places, on a page as wide as a newspaper's
	step := max(gutterStep, (x1-x0)/most)
	for x := x0 + 2*gutterStep; x < x1-2*gutterStep; x += step {
		from := 0
		for i := 0; i <= len(pieces); i++ {
			if i < len(pieces) && !(pieces[i].X0 < x-1 && pieces[i].X1 > x+1) {
				continue
			}
			if i-from >= 2*columnLines && i-from >= best.weight {
				if g, ok := judge(pieces, x, from, i); ok && (g.weight > best.weight || g.width > best.width) {
					best = g
				}
			}
			from = i + 1
		}
	}
	return best, best.weight > 0
}

// side is one side of a gutter.
type side struct {
	pieces, runes int
	y0, y1, edge  float64
}

func (s *side) add(p *Piece, edge float64, better func(a, b float64) float64) {
	if s.pieces == 0 {
		s.y0, s.y1, s.edge = p.Y0, p.Y1, edge
	}
	s.pieces++
	s.runes += p.runes
	s.y0, s.y1, s.edge = min(s.y0, p.Y0), max(s.y1, p.Y1), better(s.edge, edge)
}

func (s *side) prose() bool { return s.runes >= proseRunes*s.pieces }

// judge reports whether the stripe at x parts pieces[from:to] into columns of text rather than of a table.
func judge(pieces []Piece, x float64, from, to int) (gutter, bool) {
	sides := 0
	for i := from; i < to; i++ {
		if pieces[i].X1 <= x+1 {
			sides++
		}
	}
	if sides < columnLines || to-from-sides < columnLines {
		return gutter{}, false
	}
	var left, right side
	aligned, lastLeft := 0, -1e9
	lastRight := -1e9
	for i := from; i < to; i++ {
		p := &pieces[i]
		near := max(p.Size, 4) * 0.3
		if p.X1 <= x+1 {
			left.add(p, p.X1, maxOf)
			if p.Y0-lastRight < near {
				aligned++
			}
			lastLeft = p.Y0
		} else {
			right.add(p, p.X0, minOf)
			if p.Y0-lastLeft < near {
				aligned++
			}
			lastRight = p.Y0
		}
	}
	width := right.edge - left.edge
	overlap := min(left.y1, right.y1) - max(left.y0, right.y0)
	if width < gutterWidth || overlap < overlapShare*min(left.y1-left.y0, right.y1-right.y0) {
		return gutter{}, false
	}
	fewer := min(left.pieces, right.pieces)
	if !(left.prose() && right.prose()) && float64(aligned) >= alignedShare*float64(fewer) {
		return gutter{}, false // rows of a table
	}
	return gutter{x: x, from: from, to: to, weight: to - from, width: width}, true
}

func maxOf(a, b float64) float64 { return max(a, b) }
func minOf(a, b float64) float64 { return min(a, b) }

// rows joins pieces that stand on one line.
func rows(pieces []Piece) []line {
	var grouped [][]Piece
	var y0, y1 float64
	for _, p := range pieces {
		n := len(grouped)
		if n > 0 && min(y1, p.Y1)-max(y0, p.Y0) >= rowOverlap*min(y1-y0, p.Y1-p.Y0) {
			grouped[n-1] = append(grouped[n-1], p)
			continue
		}
		grouped = append(grouped, []Piece{p})
		y0, y1 = p.Y0, p.Y1
	}
	lines := make([]line, 0, len(grouped))
	for _, g := range grouped {
		slices.SortStableFunc(g, func(a, b Piece) int { return cmp.Compare(a.X0, b.X0) })
		l := line{x0: g[0].X0, y0: g[0].Y0, x1: g[0].X1, y1: g[0].Y1, size: g[0].Size, bold: g[0].Bold}
		for i, p := range g {
			// what stands close together is one cell: a number raised above the line, a letter in another font
			if i > 0 && p.X0-l.x1 < gapToPart*0.6*max(p.Size, l.size) {
				last := &l.cells[len(l.cells)-1]
				if p.X0-l.x1 > 0.15*max(p.Size, l.size) {
					*last += " "
				}
				*last += p.Text
			} else {
				l.cells = append(l.cells, p.Text)
			}
			l.x1, l.y0, l.y1 = max(l.x1, p.X1), min(l.y0, p.Y0), max(l.y1, p.Y1)
			l.size, l.bold, l.hyphen = max(l.size, p.Size), l.bold && p.Bold, p.Hyphen
		}
		lines = append(lines, l)
	}
	for i := range lines {
		if len(lines[i].cells) < 2 {
			continue
		}
		near := func(j int) bool {
			return j >= 0 && j < len(lines) && len(lines[j].cells) >= 2
		}
		lines[i].table = near(i-1) || near(i+1) || len(lines[i].cells) >= 3
	}
	return lines
}
