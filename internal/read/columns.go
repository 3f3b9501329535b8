package read

import (
	"slices"
	"strings"
	"unicode/utf8"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/read/flow"
)

// Shape of two columns of prose that stand side by side in a text, as a program leaves them that keeps the look of a page.
const (
	gutterGap    = 3  // spaces between the columns, at least
	gutterSway   = 2  // characters by which the right one may begin elsewhere
	columnLines  = 4  // lines with both
	columnLetter = 15 // letters of a line in each, on average
)

// uncolumn puts columns of prose that stand side by side one below the other. Tables stay as they are: in their cells no
// sentence goes on from line to line. It answers the text, where its pieces stood, and whether there were columns.
func uncolumn(text string) (string, contrechamp.Origin, bool) {
	if !strings.Contains(text, "   ") {
		return text, nil, false
	}
	var out strings.Builder
	var origin contrechamp.Origin
	put := func(s contrechamp.Span) {
		if k := len(origin); k > 0 && origin[k-1].Source+origin[k-1].Len == s.Start && origin[k-1].Text+origin[k-1].Len == out.Len() {
			origin[k-1].Len += s.Len()
		} else {
			origin = append(origin, contrechamp.Run{Text: out.Len(), Source: s.Start, Len: s.Len()})
		}
		out.WriteString(s.Of(text))
	}
	found := false
	rows := strings.SplitAfter(text, "\n")
	at := 0
	for i := 0; i < len(rows); {
		block, gutter, prose := columnBlock(rows[i:])
		if !prose {
			for range max(1, block) {
				put(contrechamp.Span{Start: at, End: at + len(rows[i])})
				at += len(rows[i])
				i++
			}
			continue
		}
		found = true
		last := ""
		for side := range 2 {
			from, first := at, true
			for _, row := range rows[i : i+block] {
				left, right := cutAt(row, gutter)
				s := contrechamp.Span{Start: from, End: from + left}
				if side == 1 {
					s = contrechamp.Span{Start: from + right, End: from + len(row)}
				}
				if s = trim(text, s); s.Len() > 0 {
					if first && side == 1 && (ends(last) || !flow.OpensLower(s.Of(text))) {
						out.WriteByte('\n') // a column's end is a paragraph's, unless its sentence goes on
					}
					first, last = false, s.Of(text)
					put(s)
				}
				if !first {
					out.WriteByte('\n')
				}
				from += len(row)
			}
		}
		out.WriteByte('\n')
		for _, row := range rows[i : i+block] {
			at += len(row)
		}
		i += block
	}
	if !found {
		return text, nil, false
	}
	return out.String(), origin, true
}

// columnBlock answers how many lines from the first on have two columns, at which character the right one begins, and whether
// both are prose.
func columnBlock(rows []string) (lines, gutter int, prose bool) {
	var starts []int // where the right column begins in the lines that have both
	for _, row := range rows {
		g := gutterOf(row)
		if g > 0 && len(starts) > 0 && (g > starts[0]+gutterSway || g < starts[0]-gutterSway) {
			break
		}
		if g > 0 {
			starts = append(starts, g)
		} else if len(starts) == 0 || strings.TrimSpace(row) == "" || !beneath(row, starts[0]) {
			break
		}
		lines++
	}
	if len(starts) < columnLines {
		return lines, 0, false
	}
	gutter = slices.Min(starts)
	for side := range 2 {
		heard, on, n := 0, 0, 0
		before := ""
		for _, row := range rows[:lines] {
			left, right := cutAt(row, gutter)
			cell := row[:left]
			if side == 1 {
				cell = row[right:]
			}
			if cell = strings.TrimSpace(cell); cell == "" {
				continue
			}
			n++
			heard += letters(cell)
			if before != "" && !ends(before) && (flow.OpensLower(cell) || brokenWord(before)) {
				on++
			}
			before = cell
		}
		const some = 3 // of ten lines go on in the next
		if n < columnLines || heard < n*columnLetter || on*10 < (n-1)*some {
			return lines, 0, false
		}
	}
	return lines, gutter, true
}

// gutterOf answers at which character of a line a second column begins, 0 for none: behind the only gap of several spaces.
func gutterOf(row string) int {
	row = strings.TrimRight(row, " \r\n\f")
	trimmed := strings.TrimLeft(row, " ")
	i := strings.Index(trimmed, strings.Repeat(" ", gutterGap))
	if i < 0 {
		return 0
	}
	right := strings.TrimLeft(trimmed[i:], " ")
	if right == "" || strings.Contains(right, strings.Repeat(" ", gutterGap)) {
		return 0
	}
	return utf8.RuneCountInString(row[:len(row)-len(right)])
}

// beneath reports whether a line stands wholly in one of the two columns.
func beneath(row string, gutter int) bool {
	trimmed := strings.TrimLeft(row, " ")
	indent := len(row) - len(trimmed)
	return utf8.RuneCountInString(strings.TrimSpace(row)) < gutter-gutterGap && indent < gutter-gutterGap || indent >= gutter-gutterSway
}

// cutAt answers the end of a line's left column and the beginning of its right one, in bytes.
func cutAt(row string, gutter int) (left, right int) {
	if indent := len(row) - len(strings.TrimLeft(row, " ")); indent >= gutter-gutterSway {
		return 0, indent
	}
	n := 0
	for i := range row {
		if n == gutter {
			return i, i
		}
		n++
	}
	return len(row), len(row)
}
