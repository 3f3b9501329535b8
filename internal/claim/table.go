package claim

import (
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// A table says in one row what prose says in a sentence or two: whose row it is in its first cell, and what each other cell holds at the head of its
// column. Words around the cells say nothing, so rows are read by this alone, and what reads sentences leaves them alone. Tables come as lines with bars
// ("| Dijon | 120 |"), with tabs (as pages have them) or with wide gaps (as PDF text has them).

// tableCell is a cell's tokens; an empty one has none.
type tableCell struct{ first, end int }

func (c tableCell) empty() bool { return c.end <= c.first }

// tableRow is a line of cells.
type tableRow struct {
	para  int
	cells []tableCell
}

const (
	mostCells  = 30 // of a row
	mostInCell = 30 // tokens of a cell that names a row or heads a column
)

// readTables finds the tables of a text and proposes what their rows say.
func (d *doc) readTables() {
	if !strings.Contains(d.body, "\t") && !strings.Contains(d.body, "|") && !strings.Contains(d.body, "   ") {
		return
	}
	var rows []tableRow
	last := -2 // line of the row before
	line := 0
	flush := func() {
		if len(rows) > 2 || len(rows) == 2 && len(rows[0].cells) > 2 {
			d.readTable(rows)
		}
		rows = rows[:0]
	}
	for i := range d.paras {
		p := &d.paras[i]
		for t := p.first; t < p.end; {
			end := t + 1
			for end < p.end && !d.newLine(end) {
				end++
			}
			d.steps += end - t
			line++
			cells := d.cells(t, end)
			switch {
			case cells == nil && d.ruled(t, end):
				line-- // a line of dashes
			case len(cells) < 2 || len(cells) > mostCells:
			default:
				if line != last+1 || len(rows) > 0 && len(rows[0].cells) != len(cells) {
					flush()
				}
				rows = append(rows, tableRow{i, cells})
				last = line
			}
			t = end
		}
	}
	flush()
}

// ruled reports whether a line only draws a rule.
func (d *doc) ruled(first, end int) bool {
	for t := first; t < end; t++ {
		if d.toks[t].Kind != word.Punct {
			return false
		}
	}
	return true
}

// cells cuts a line, nil for one without words.
func (d *doc) cells(first, end int) []tableCell {
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

// readTable proposes what the rows of a table say, its first row being its head.
func (d *doc) readTable(rows []tableRow) {
	head := rows[0]
	for _, c := range head.cells {
		if !c.empty() && d.figureOnly(c) {
			return // no head
		}
	}
	columns := make([]column, len(head.cells))
	known := 0
	for n := 1; n < len(columns); n++ {
		if columns[n] = d.columnOf(head, n); columns[n].known() {
			known++
		}
	}
	if known > 0 {
		said := false
		for _, r := range rows[1:] {
			if e := d.rowSubject(head, r); e != nil && d.readRow(columns, r, e) {
				said = true
			}
		}
		if said {
			d.markTable(rows)
		}
		return
	}
	d.readTurned(rows)
}

// readTurned proposes what a table says whose columns are the places and whose rows are what is told of each.
func (d *doc) readTurned(rows []tableRow) {
	subjects := make([]*contrechamp.Entity, len(rows[0].cells))
	found := 0
	for n := 1; n < len(subjects); n++ {
		if m := d.placeIn(rows[0].para, rows[0].cells[n]); m != nil {
			subjects[n] = m
			found++
		}
	}
	if found == 0 || 2*found < len(subjects)-1 {
		return
	}
	said := false
	for _, r := range rows[1:] {
		c := d.columnOf(r, 0)
		if !c.known() {
			continue
		}
		for n := 1; n < len(r.cells); n++ {
			if subjects[n] != nil && d.readCell(&c, r, n, subjects[n], contrechamp.Asserted) {
				said = true
			}
		}
	}
	if said {
		d.markTable(rows)
	}
}

// markTable keeps what reads sentences away from the rows of a table.
func (d *doc) markTable(rows []tableRow) {
	from, to := rows[0].cells[0].first, rows[len(rows)-1].cells[len(rows[0].cells)-1].end
	for i := range d.sents {
		if s := &d.sents[i]; s.first < to && s.end > from {
			s.tabled = true
		}
	}
}

// figureOnly reports whether a cell holds figures and nothing else.
func (d *doc) figureOnly(c tableCell) bool {
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

// rowSubject is whose row it is, by its first cell: a place, a body's place, or a site or system by its name; nil for a total, or nobody's.
func (d *doc) rowSubject(head, r tableRow) *contrechamp.Entity {
	c := r.cells[0]
	if c.empty() || c.end-c.first > mostInCell || d.figureOnly(c) {
		return nil
	}
	k := &d.paras[r.para].g.known
	if d.has(c, k.columnTotal) || d.has(c, k.columnNone) {
		return nil
	}
	if e := d.placeIn(r.para, c); e != nil {
		return e
	}
	hk := &d.paras[head.para].g.known
	kind := contrechamp.KindPlace
	switch {
	case d.has(head.cells[0], hk.columnPlace):
	case d.has(head.cells[0], hk.columnProduct), d.has(head.cells[0], hk.columnProgramme):
		kind = contrechamp.KindProgramme
	default:
		if !d.toks[c.first].Upper {
			return nil
		}
	}
	return d.made(kind, squeezed(d.words(c.first, c.end)))
}

// placeIn is the place that a cell names, or whose body it names, nil for none.
func (d *doc) placeIn(para int, c tableCell) *contrechamp.Entity {
	var found *contrechamp.Entity
	d.eachIn(para, c, func(m *mention) {
		switch {
		case found != nil || m.entity == nil:
		case m.kinds&kPLC != 0 && m.first <= c.first+1:
			found = m.entity
		case m.kinds&kPOL != 0:
			found = d.placeOf(m)
		}
	})
	return found
}

// has reports whether a word of a class stands in a cell.
func (d *doc) has(c tableCell, class int32) bool {
	return class != noClass && d.any(c.first, c.end, class) >= 0
}

// readRow proposes what the cells of a row say, and reports whether any says something.
func (d *doc) readRow(columns []column, r tableRow, e *contrechamp.Entity) bool {
	manner := contrechamp.Asserted
	for n := range columns {
		if stage := d.stageIn(r, n); columns[n].predicate == contrechamp.Status && stage == "planned" {
			manner = contrechamp.Planned
		}
	}
	said := false
	for n := 1; n < len(columns); n++ {
		if columns[n].known() && d.readCell(&columns[n], r, n, e, manner) {
			said = true
		}
	}
	return said
}

// readCell proposes what a cell says.
func (d *doc) readCell(col *column, r tableRow, n int, e *contrechamp.Entity, manner contrechamp.Modality) bool {
	c := r.cells[n]
	p := &d.paras[r.para]
	if c.empty() || d.has(c, p.g.known.columnNone) && c.end-c.first <= 3 {
		return false
	}
	value, manner, ok := d.cellValue(col, r, n, manner)
	if !ok {
		return false
	}
	i := d.sentenceOf(c.first)
	if i < 0 {
		return false
	}
	s := &d.sents[i]
	from, to := d.unitAt(s, c.first), d.unitAt(s, c.end-1)+1
	about := d.about("row", e, nil)
	claim := contrechamp.Claim{Predicate: col.predicate, Value: value, Modality: manner, Rule: tableRule + string(col.predicate) + "." + p.g.language, Confidence: p.g.prior("table")}
	before := len(d.claims)
	d.propose(i, from, min(to, len(s.units)), claim, about, nil)
	if stage := d.stageIn(r, n); col.predicate == contrechamp.Capability && col.capability != "" && stage != "" && manner != contrechamp.Denied {
		claim.Predicate, claim.Value, claim.Rule = contrechamp.Status, d.entityValue(stageOf(stage)), tableRule+string(contrechamp.Status)+"."+p.g.language
		d.propose(i, from, min(to, len(s.units)), claim, about, nil)
	}
	return len(d.claims) > before
}

// tableRule opens the names of what tables say.
const tableRule = "table."

// sentenceOf is the sentence that holds token t, -1 for none.
func (d *doc) sentenceOf(t int) int {
	i := d.sentenceAt(t + 1)
	if i == 0 || d.sents[i-1].end <= t {
		return -1
	}
	return i - 1
}
