package claim

import (
	"cmp"
	"slices"
	"strings"

	"contrechamp.org/contrechamp/internal/word"
)

// The lines of a table and their cells.

// tableCell is a cell's tokens; an empty one has none.
type tableCell struct{ first, end int }

func (c tableCell) empty() bool { return c.end <= c.first }

// tableRow is a line of cells.
type tableRow struct {
	para  int
	cells []tableCell
}

// findHidden sorts the mentions that longer ones hide by their paragraphs: in a row, a name may seem to go on into the next cell.
func (d *passageDoc) findHidden() {
	d.hidden = map[int][]*mention{}
	for _, m := range d.inner {
		p := d.paraOf(m.first)
		d.hidden[p] = append(d.hidden[p], m)
	}
	for _, list := range d.hidden {
		slices.SortStableFunc(list, func(a, b *mention) int { return cmp.Compare(a.first, b.first) })
	}
}

// fitted puts the cells of a line under those of the head: by where they begin where wide gaps part them, else by their order, without the empty ones at the end. It
// answers nil where they do not fit.
func (d *passageDoc) fitted(head, cells []tableCell) []tableCell {
	if len(cells) == len(head) {
		return cells
	}
	out := make([]tableCell, len(head))
	if d.parted(cells) {
		if len(cells) > len(head) {
			return nil
		}
		copy(out, cells)
		return out
	}
	next := 0
	for _, c := range cells {
		if c.empty() {
			continue
		}
		at, best := -1, 0
		for n := next; n < len(head); n++ {
			if far := abs(d.indent(c.first) - d.indent(head[n].first)); at < 0 || far < best {
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
func (d *passageDoc) parted(cells []tableCell) bool {
	for n := 1; n < len(cells); n++ {
		if a, b := cells[n-1], cells[n]; !a.empty() && !b.empty() && strings.ContainsAny(d.body[d.toks[a.end-1].End:d.toks[b.first].Start], "\t|") {
			return true
		}
	}
	return false
}

// indent is how many bytes stand before a token in its line; t may be behind the last.
func (d *passageDoc) indent(t int) int {
	start := len(d.body)
	if t < len(d.toks) {
		start = d.toks[t].Start
	}
	return start - 1 - strings.LastIndexByte(d.body[:start], '\n')
}

func abs(n int) int { return max(n, -n) }

// ruled reports whether a line only draws a rule.
func (d *passageDoc) ruled(first, end int) bool {
	for t := first; t < end; t++ {
		if d.toks[t].Kind != word.Punct {
			return false
		}
	}
	return true
}

// cells cuts a line, nil for one without words.
func (d *passageDoc) cells(first, end int) []tableCell {
	if d.ruled(first, end) {
		return nil
	}
	var out []tableCell
	if d.fold[first] == "|" {
		from := first + 1
		for t := first + 1; t < end; t++ {
			if d.fold[t] == "|" {
				out = append(out, tableCell{from, t})
				from = t + 1
			}
		}
		if from < end {
			out = append(out, tableCell{from, end})
		}
		return out
	}
	from := first
	for t := first + 1; t < end; t++ {
		gap := d.body[d.toks[t-1].End:d.toks[t].Start]
		tabs := strings.Count(gap, "\t")
		if tabs == 0 && !strings.Contains(gap, "  ") && d.fold[t] != "|" {
			continue
		}
		out = append(out, tableCell{from, t})
		from = t
		for range tabs - 1 {
			out = append(out, tableCell{t, t})
		}
		if d.fold[t] == "|" {
			from = t + 1
		}
	}
	if len(out) == 0 {
		return nil
	}
	return append(out, tableCell{from, end})
}

// figureOnly reports whether a cell holds figures and nothing else.
func (d *passageDoc) figureOnly(c tableCell) bool {
	numbers := false
	for t := c.first; t < c.end; t++ {
		switch d.toks[t].Kind {
		case word.Word:
			return false
		case word.Number:
			numbers = true
		}
	}
	return numbers
}
