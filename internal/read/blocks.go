package read

import (
	contrechamp "contrechamp.org/contrechamp"
	"golang.org/x/net/html/atom"
)

// block is the text of one block of a page, white space collapsed.
type block struct {
	contrechamp.Span // in the scanner's text
	text             string
	role             contrechamp.Role
	heading          int  // 1 to 6 in h1 to h6
	item             bool // of a list, or a row of a table
	row              bool // a row of a table
	zone             zone
	links            int   // bytes of text that stand in links
	box              int32 // innermost
	cell             int32 // of a table, counted over the page; 0 outside
}

// linked is the share of a block's text that stands in links.
func (b *block) linked() float64 { return float64(b.links) / float64(max(1, b.Len())) }

// rowOpens begins or goes on with a row of a table. Rows that hold data become one block each, their cells parted by tabs;
// tables that lay out a page are blocks like others.
func (s *scanner) rowOpens(a atom.Atom) {
	if s.deep > 0 {
		return
	}
	t := s.top()
	switch a {
	case atom.Tr:
		t.row = len(s.blocks)
		t.place.cell = 0
		return
	case atom.Td, atom.Th:
		s.cells++
		t.place.cell = s.cells
	case atom.Table, atom.Ul, atom.Ol, atom.Dl, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Form, atom.Blockquote, atom.Section, atom.Article:
		if t.place.cell == 0 {
			return
		}
	default:
		return
	}
	for i := len(s.stack) - 2; i > 0; i-- {
		if s.stack[i].atom != atom.Tr {
			continue
		}
		if a == atom.Td || a == atom.Th {
			s.stack[i].cells++
		} else {
			s.stack[i].bad = true
		}
		return
	}
}

// rowCloses joins the blocks of a row of data.
func (s *scanner) rowCloses(tr *open) {
	const (
		long  = 400  // bytes in a cell: no datum
		broad = 1000 // cells in a row: no table
	)
	row := s.blocks[min(tr.row, len(s.blocks)):]
	if tr.bad || tr.cells < 2 || tr.cells > broad || len(row) == 0 {
		return
	}
	for i := range row {
		if row[i].cell == 0 || row[i].Len() > long || i > 0 && row[i].cell == row[i-1].cell {
			return
		}
	}
	joined := row[0]
	joined.item, joined.row, joined.heading, joined.cell = true, true, 0, 0
	from := joined.Start
	tail := append([]byte(nil), s.buf[from:]...)
	old := s.runs
	k := len(old)
	for k > 0 && old[k-1].Text+old[k-1].Len > from {
		k--
	}
	runs := append(contrechamp.Origin(nil), old[k:]...)
	s.buf, s.runs = s.buf[:from], old[:k]
	joined.links = 0
	for i := range row {
		if i > 0 {
			for n := row[i].cell - row[i-1].cell; n > 0; n-- {
				s.buf = append(s.buf, '\t')
			}
		}
		s.runs = append(s.runs, moved(runs, row[i].Span, len(s.buf))...)
		s.buf = append(s.buf, tail[row[i].Start-from:row[i].End-from]...)
		joined.links += row[i].links
		joined.zone |= row[i].zone
	}
	joined.End = len(s.buf)
	s.blocks = append(s.blocks[:tr.row], joined)
	s.from = len(s.buf)
	for i := range s.boxes {
		b := &s.boxes[len(s.boxes)-1-i]
		if int(b.first) < tr.row || int(b.first) == tr.row && b.atom == atom.Tr {
			break
		}
		b.first, b.last = min(b.first, int32(len(s.blocks))), min(b.last, int32(len(s.blocks)))
	}
}

// moved returns the runs that lie in span, for text that now stands at offset to.
func moved(runs contrechamp.Origin, span contrechamp.Span, to int) contrechamp.Origin {
	var out contrechamp.Origin
	for _, r := range runs {
		from, end := max(r.Text, span.Start), min(r.Text+r.Len, span.End)
		if end < from {
			continue
		}
		out = append(out, contrechamp.Run{Text: to + from - span.Start, Source: r.Source + from - r.Text, Len: end - from})
	}
	return out
}
