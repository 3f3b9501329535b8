package claim

import (
	"strings"

	contrechamp "contrechamp.org/contrechamp"
)

// A table says in one row what prose says in a sentence or two: whose row it is in its first cell, and what each other cell holds at the head of its
// column. Words around the cells say nothing, so rows are read by this alone, and what reads sentences leaves them alone. Tables come as lines with bars
// ("| Dijon | 120 |"), with tabs (as pages have them) or with wide gaps (as PDF text has them).

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
		if len(rows) >= 2 && d.hidden == nil {
			d.findHidden()
		}
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
				if line != last+1 {
					flush()
				}
				if len(rows) > 0 {
					if cells = d.fitted(rows[0].cells, cells); cells == nil {
						flush()
						cells = d.cells(t, end)
					}
				}
				rows = append(rows, tableRow{i, cells})
				last = line
			}
			t = end
		}
	}
	flush()
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
	of := d.subjectColumn(rows)
	for n := range columns {
		if n == of {
			continue
		}
		if columns[n] = d.columnOf(head, n); columns[n].known() {
			known++
		}
	}
	if known == 0 {
		d.readTurned(rows)
		return
	}
	if !d.watchful(columns) {
		return
	}
	said, ofTowns := false, false // the total of towns is a region's or a country's
	for _, r := range rows[1:] {
		e, step := d.rowSubject(head, r, of)
		if e == nil || step == stepTotal && ofTowns && !d.e.isCountry(e) && !isRegionID(e.ID) {
			continue
		}
		ofTowns = ofTowns || step == stepRow && e.Source == "lexicon"
		if d.readRow(columns, r, e, step) {
			said = true
		}
	}
	if said {
		d.markTable(rows)
	}
}

// watchful reports whether a table is about surveillance: its head counts devices or names a capability, or else the whole text is about it. The columns learn
// whether one of them tells of stages.
func (d *doc) watchful(columns []column) bool {
	about, stages := d.topical, false
	for _, c := range columns {
		about = about || c.unit != "" && c.predicate == contrechamp.DeviceCount || c.capability != ""
		stages = stages || c.predicate == contrechamp.Status
	}
	for n := range columns {
		columns[n].beside = stages
	}
	return about
}

// saysNothing reports whether a cell is empty, or only says that nothing is known: "-", "n/a", "k. A.".
func (d *doc) saysNothing(para int, c tableCell) bool {
	if c.empty() {
		return true
	}
	const longest = 5 // tokens
	if c.end-c.first > longest {
		return false
	}
	if d.has(c, d.paras[para].g.known.columnNone) && c.end-c.first <= 3 || d.ruled(c.first, c.end) && !d.marked(c) {
		return true
	}
	switch strings.ReplaceAll(strings.ToLower(d.words(c.first, c.end)), " ", "") {
	case "n.a.", "n.a", "n/a", "n.d.", "n.c.", "n.p.", "n.r.", "k.a.", "s/i", "s/d", "s.o.", "b.d.":
		return true
	}
	return false
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
	told := make([]column, len(rows)) // what each row tells of all
	for i, r := range rows[1:] {
		told[i+1] = d.columnOf(r, 0)
	}
	if !d.watchful(told) {
		return
	}
	said := false
	for i, r := range rows {
		c := &told[i]
		if !c.known() {
			continue
		}
		for n := 1; n < len(r.cells); n++ {
			if subjects[n] != nil && d.readCell(c, r, n, subjects[n], stepRow, contrechamp.Asserted) {
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
	from, to := rows[0].cells[0].first, 0
	for _, c := range rows[len(rows)-1].cells {
		to = max(to, c.end)
	}
	for i := max(0, d.sentenceAt(from)-1); i < len(d.sents) && d.sents[i].first < to; i++ {
		d.sents[i].tabled = d.sents[i].end > from
	}
}

// The steps that find whose a row is.
const (
	stepRow   = "table row"
	stepTotal = "table total" // the last row, of the place that the text is about
	stepItem  = "table item"  // a row of devices, of the same
)

// subjectColumn is the column that says whose the rows are: the first whose head says that places stand there, else the first that holds places, else the first.
func (d *doc) subjectColumn(rows []tableRow) int {
	head := rows[0]
	for n, c := range head.cells {
		if d.has(c, d.paras[head.para].g.known.columnPlace) {
			return n
		}
	}
	for n := range head.cells {
		places := 0
		for _, r := range rows[1:] {
			if d.placeIn(r.para, r.cells[n]) != nil {
				places++
			}
		}
		if 2*places >= len(rows)-1 {
			return n
		}
	}
	return 0
}

// rowSubject is whose row it is, by its cell in column of: a place, a body's place, or a site or system by its name; the place of the text for a total and
// for a row of devices; nil for nobody.
func (d *doc) rowSubject(head, r tableRow, of int) (*contrechamp.Entity, string) {
	c := r.cells[of]
	if d.has(r.cells[0], d.paras[r.para].g.known.columnTotal) {
		return d.main.entity, stepTotal
	}
	if c.empty() || c.end-c.first > mostInCell || d.figureOnly(c) {
		return nil, ""
	}
	k := &d.paras[r.para].g.known
	if d.saysNothing(r.para, c) {
		return nil, ""
	}
	hk := &d.paras[head.para].g.known
	if d.has(head.cells[of], hk.columnVendor) || d.somebody(r.para, c) {
		return nil, "" // a firm's row is of no place, and nothing is claimed of persons
	}
	if e := d.placeIn(r.para, c); e != nil {
		return e, stepRow
	}
	place := d.has(head.cells[of], hk.columnPlace)
	if !place && d.deviceIn(k, c) != "" {
		return d.main.entity, stepItem
	}
	kind := contrechamp.KindPlace
	switch {
	case place:
	case d.has(head.cells[of], hk.columnOperator), d.has(head.cells[of], hk.columnOther), d.namesPersons(head.cells[of]):
		return nil, "" // whoever runs something is no place, and nothing is claimed of persons
	case d.has(head.cells[of], hk.columnProduct), d.has(head.cells[of], hk.columnProgramme):
		kind = contrechamp.KindProgramme
	default:
		if !d.toks[c.first].Upper {
			return nil, ""
		}
	}
	return d.made(kind, squeezed(d.words(c.first, c.end))), stepRow
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
func (d *doc) readRow(columns []column, r tableRow, e *contrechamp.Entity, step string) bool {
	manner := contrechamp.Asserted
	for n := range columns {
		if stage := d.stageIn(r, n); columns[n].predicate == contrechamp.Status && stage == "planned" {
			manner = contrechamp.Planned
		}
	}
	said := false
	for n := range columns {
		if !columns[n].known() || step == stepTotal && columns[n].predicate != contrechamp.DeviceCount && columns[n].predicate != contrechamp.Cost {
			continue
		}
		if d.readCell(&columns[n], r, n, e, step, manner) {
			said = true
		}
	}
	return said
}

// readCell proposes what a cell says.
func (d *doc) readCell(col *column, r tableRow, n int, e *contrechamp.Entity, step string, manner contrechamp.Modality) bool {
	c := r.cells[n]
	p := &d.paras[r.para]
	if d.saysNothing(r.para, c) {
		return false
	}
	if col.predicate == contrechamp.DeviceCount && col.capability != "" && (d.has(c, p.g.known.no) || d.has(c, p.g.known.columnNo)) {
		col = &column{predicate: contrechamp.Capability, capability: col.capability, beside: true, head: col.head} // "body cameras: no"
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
	about := d.about(step, e, nil)
	claim := contrechamp.Claim{Modality: manner, Confidence: p.g.prior("table")}
	before, language := len(d.claims), p.g.language
	also := func(p contrechamp.Predicate, v contrechamp.Value) {
		claim.Predicate, claim.Value, claim.Rule = p, v, tableRule+string(p)+"."+language
		n := len(d.claims)
		d.propose(i, from, min(to, len(s.units)), claim, about, nil)
		if d.explained && len(d.claims) > n {
			why := d.claims[n].why
			why.Slots = append(why.Slots, Slot{Name: "column", Words: d.words(col.head.first, col.head.end)})
		}
	}
	also(col.predicate, value)
	stage := d.stageIn(r, n)
	switch col.predicate {
	case contrechamp.Capability:
		if col.capability != "" && stage != "" && manner != contrechamp.Denied && !col.beside {
			also(contrechamp.Status, d.entityValue(stageOf(stage)))
		}
	case contrechamp.DeviceCount:
		if known := d.e.capabilities[col.capability]; known != nil && step == stepRow {
			also(contrechamp.Capability, d.entityValue(known)) // twelve plate readers read plates
		}
	case contrechamp.Status:
		if m := d.only(r.para, c, kDAT); m != nil && (stage == "operational" || stage == "trial") && !m.date.Date.IsZero() {
			also(contrechamp.Since, contrechamp.Value{Date: m.date.Date})
		} else if year, ok := d.lastYear(c); ok && (stage == "operational" || stage == "trial") {
			also(contrechamp.Since, contrechamp.Value{Date: contrechamp.Date{Year: year}})
		}
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
