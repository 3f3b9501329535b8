package read

import (
	"context"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
)

// rowsOf cuts a text into rows: one a line, or one a block where lines are hard-wrapped.
func rowsOf(ctx context.Context, body string, p *page) ([]row, error) {
	spans, gaps := lines(body)
	if wrapped(body, spans, gaps) {
		spans, gaps = unwrap(body, spans, gaps)
		p.note("lines broken at a fixed width were joined to paragraphs")
	}
	rows := make([]row, len(spans))
	for i, s := range spans {
		if i%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		rows[i] = newRow(body, s)
		rows[i].gap = gaps[i]
	}
	return rows, nil
}

// lines returns the trimmed lines that hold something, and how many blank ones stand before each.
func lines(body string) (spans []contrechamp.Span, gaps []int) {
	gap := 0
	for from := 0; from < len(body); {
		to := from + strings.IndexAny(body[from:], "\n\r")
		next := to + 1
		if to < from {
			to, next = len(body), len(body)
		} else if body[to] == '\r' && next < len(body) && body[next] == '\n' {
			next++
		}
		if s := trim(body, contrechamp.Span{Start: from, End: to}); s.Len() > 0 {
			spans = append(spans, s)
			gaps = append(gaps, gap)
			gap = 0
		} else {
			gap++
		}
		from = next
	}
	return spans, gaps
}

// Widths of hard-wrapped lines, in bytes, and how many lines of a block it takes to see that it is one.
const (
	narrow    = 45
	wide      = 110
	seenLines = 3
)

// wrapped reports whether lines were broken at a fixed width: most lines that another line of their block follows
// are of about the same width, and break off in mid-sentence.
func wrapped(body string, spans []contrechamp.Span, gaps []int) bool {
	widest := 0
	for i, s := range spans {
		if i+1 < len(spans) && gaps[i+1] == 0 {
			widest = max(widest, s.Len())
		}
	}
	if widest < narrow || widest > wide {
		return false
	}
	inner, full, broken := 0, 0, 0
	for i, s := range spans {
		if i+1 >= len(spans) || gaps[i+1] > 0 {
			continue
		}
		inner++
		if s.Len()*10 >= widest*7 {
			full++
			if !stops(body[s.Start:s.End]) {
				broken++
			}
		}
	}
	return inner >= seenLines && full*10 >= inner*7 && broken*10 >= full*6
}

func unwrap(body string, spans []contrechamp.Span, gaps []int) ([]contrechamp.Span, []int) {
	var joined []contrechamp.Span
	var before []int
	for i, s := range spans {
		if i > 0 && gaps[i] == 0 && !bulleted(body[s.Start:s.End]) {
			joined[len(joined)-1].End = s.End
			continue
		}
		joined = append(joined, s)
		before = append(before, gaps[i])
	}
	return joined, before
}
