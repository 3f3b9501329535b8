package passage

import (
	"cmp"
	"slices"
	"strings"

	"contrechamp.org/contrechamp/internal/word"
)

// The lines of a table and their cells.

// TableCell is a cell's tokens; an empty one has none.
type TableCell struct{ First, End int }

// Empty reports whether nothing stands in a cell.
func (c TableCell) Empty() bool { return c.End <= c.First }

// TableRow is a line of cells.
type TableRow struct {
	Para  int
	Cells []TableCell
}

// FindHidden sorts the mentions that longer ones hide by their paragraphs: in a row, a name may seem to go on into the next cell.
func (d *Doc) FindHidden() {
	d.Hidden = map[int][]*Mention{}
	for _, m := range d.Inner {
		p := d.ParaOf(m.First)
		d.Hidden[p] = append(d.Hidden[p], m)
	}
	for _, list := range d.Hidden {
		slices.SortStableFunc(list, func(a, b *Mention) int { return cmp.Compare(a.First, b.First) })
	}
}

// Fitted puts the cells of a line under those of the head: by where they begin where wide gaps part them, else by their order, without the empty ones at the end. It
// answers nil where they do not fit.
func (d *Doc) Fitted(head, cells []TableCell) []TableCell {
	if len(cells) == len(head) {
		return cells
	}
	out := make([]TableCell, len(head))
	if d.parted(cells) {
		if len(cells) > len(head) {
			return nil
		}
		copy(out, cells)
		return out
	}
	next := 0
	for _, c := range cells {
		if c.Empty() {
			continue
		}
		at, best := -1, 0
		for n := next; n < len(head); n++ {
			if far := abs(d.indent(c.First) - d.indent(head[n].First)); at < 0 || far < best {
				at, best = n, far
			}
		}
		if at < 0 {
			return nil
		}
		out[at] = c
		next = at + 1
	}
	return out
}

// parted reports whether bars or tabs part the cells of a line, so that an empty one shows.
func (d *Doc) parted(cells []TableCell) bool {
	for n := 1; n < len(cells); n++ {
		if a, b := cells[n-1], cells[n]; !a.Empty() && !b.Empty() && strings.ContainsAny(d.Body[d.Tokens[a.End-1].End:d.Tokens[b.First].Start], "\t|") {
			return true
		}
	}
	return false
}

// indent is how many bytes stand before a token in its line; t may be behind the last.
func (d *Doc) indent(t int) int {
	start := len(d.Body)
	if t < len(d.Tokens) {
		start = d.Tokens[t].Start
	}
	return start - 1 - strings.LastIndexByte(d.Body[:start], '\n')
}

func abs(n int) int { return max(n, -n) }

// Ruled reports whether a line only draws a rule.
func (d *Doc) Ruled(first, end int) bool {
	for t := first; t < end; t++ {
		if d.Tokens[t].Kind != word.Punct {
			return false
		}
	}
	return true
}

// Cells cuts a line, nil for one without words.
func (d *Doc) Cells(first, end int) []TableCell {
	if d.Ruled(first, end) {
		return nil
	}
	var out []TableCell
	if d.Fold[first] == "|" {
		from := first + 1
		for t := first + 1; t < end; t++ {
			if d.Fold[t] == "|" {
				out = append(out, TableCell{from, t})
				from = t + 1
			}
		}
		if from < end {
			out = append(out, TableCell{from, end})
		}
		return out
	}
	from := first
	for t := first + 1; t < end; t++ {
		gap := d.Body[d.Tokens[t-1].End:d.Tokens[t].Start]
		tabs := strings.Count(gap, "\t")
		if tabs == 0 && !strings.Contains(gap, "  ") && d.Fold[t] != "|" {
			continue
		}
		out = append(out, TableCell{from, t})
		from = t
		for range tabs - 1 {
			out = append(out, TableCell{t, t})
		}
		if d.Fold[t] == "|" {
			from = t + 1
		}
	}
	if len(out) == 0 {
		return nil
	}
	return append(out, TableCell{from, end})
}

// FigureOnly reports whether a cell holds figures and nothing else.
func (d *Doc) FigureOnly(c TableCell) bool {
	numbers := false
	for t := c.First; t < c.End; t++ {
		switch d.Tokens[t].Kind {
		case word.Word:
			return false
		case word.Number:
			numbers = true
		}
	}
	return numbers
}
