package web

import (
	"slices"

	"contrechamp.org/contrechamp"
)

// mark is a quote in a text.
type mark struct {
	contrechamp.Span
	ID   string
	Mod  contrechamp.Modality
	Gone bool // rejected or withdrawn: its place can be found, but it is not marked as said
}

// run is a stretch of a paragraph: plain words, or a marked passage with what is inside it.
type run struct {
	Words  string
	ID     string // "" for the continuation of a passage that another one crosses
	Mod    contrechamp.Modality
	Gone   bool
	Marked bool
	Inside []run
}

// marked cuts a paragraph of body into runs. Quotes nest where one lies in another; one that crosses the end of
// another goes on after it. The runs' words, in order, are the paragraph's.
func marked(body string, para contrechamp.Span, marks []mark) []run {
	clipped := make([]mark, 0, len(marks))
	for _, m := range marks {
		if m.Start < para.Start {
			m.ID = "" // it begins in an earlier paragraph, which carries its fragment
		}
		m.Start, m.End = max(m.Start, para.Start), min(m.End, para.End)
		if m.Len() > 0 {
			clipped = append(clipped, m)
		}
	}
	return nest(body, para, clipped)
}

func nest(body string, span contrechamp.Span, marks []mark) []run {
	slices.SortStableFunc(marks, func(a, b mark) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	var runs []run
	at := span.Start
	for len(marks) > 0 {
		outer := marks[0]
		if outer.Start > at {
			runs = append(runs, run{Words: body[at:outer.Start]})
		}
		var inside, later []mark
		for _, m := range marks[1:] {
			switch {
			case m.Start >= outer.End:
				later = append(later, m)
			case m.End <= outer.End:
				inside = append(inside, m)
			default:
				first, rest := m, m
				first.End, rest.Start, rest.ID = outer.End, outer.End, ""
				inside, later = append(inside, first), append(later, rest)
			}
		}
		runs = append(runs, run{ID: outer.ID, Mod: outer.Mod, Gone: outer.Gone, Marked: true, Inside: nest(body, outer.Span, inside)})
		at = outer.End
		slices.SortStableFunc(later, func(a, b mark) int {
			if a.Start != b.Start {
				return a.Start - b.Start
			}
			return b.End - a.End
		})
		marks = later
	}
	if at < span.End {
		runs = append(runs, run{Words: body[at:span.End]})
	}
	return runs
}
