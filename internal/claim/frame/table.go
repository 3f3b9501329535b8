package frame

import (
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/naming"
	"contrechamp.org/contrechamp/internal/claim/passage"
)

// A table says in one row what prose says in a sentence or two: whose row it is in its first cell, and what each other cell holds at the head of its
// column. Words around the cells say nothing, so rows are read by this alone, and what reads sentences leaves them alone. Tables come as lines with bars
// ("| Dijon | 120 |"), with tabs (as pages have them) or with wide gaps (as PDF text has them).

const (
	mostCells  = 30 // of a row
	mostInCell = 30 // tokens of a cell that names a row or heads a column
)

// ReadTables finds the tables of a text and proposes what their rows say.
func (d *Doc) ReadTables() {
	if !strings.Contains(d.Body, "\t") && !strings.Contains(d.Body, "|") && !strings.Contains(d.Body, "   ") {
		return
	}
	var rows []passage.TableRow
	last := -2 // line of the row before
	line := 0
	flush := func() {
		if len(rows) >= 2 && d.Hidden == nil {
			d.FindHidden()
		}
		if len(rows) > 2 || len(rows) == 2 && len(rows[0].Cells) > 2 {
			d.readTable(rows)
		}
		rows = rows[:0]
	}
	for i := range d.Paragraphs {
		p := &d.Paragraphs[i]
		for t := p.First; t < p.End; {
			end := t + 1
			for end < p.End && !d.NewLine(end) {
				end++
			}
			d.Steps += end - t
			line++
			cells := d.Cells(t, end)
			switch {
			case cells == nil && d.Ruled(t, end):
				line-- // a line of dashes
			case len(cells) < 2 || len(cells) > mostCells:
			default:
				if line != last+1 {
					flush()
				}
				if len(rows) > 0 {
					if cells = d.Fitted(rows[0].Cells, cells); cells == nil {
						flush()
						cells = d.Cells(t, end)
					}
				}
				rows = append(rows, passage.TableRow{Para: i, Cells: cells})
				last = line
			}
			t = end
		}
	}
	flush()
}

// readTable proposes what the rows of a table say, its first row being its head.
func (d *Doc) readTable(rows []passage.TableRow) {
	head := rows[0]
	for _, c := range head.Cells {
		if !c.Empty() && d.FigureOnly(c) {
			return // no head
		}
	}
	columns := make([]column, len(head.Cells))
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
		if e == nil || step == stepTotal && ofTowns && !d.Knows.IsCountry(e) && !naming.IsRegionID(e.ID) {
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
func (d *Doc) watchful(columns []column) bool {
	about, stages := d.Topical, false
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
func (d *Doc) saysNothing(para int, c passage.TableCell) bool {
	if c.Empty() {
		return true
	}
	const longest = 5 // tokens
	if c.End-c.First > longest {
		return false
	}
	if d.has(c, d.Paragraphs[para].Grammar.Known.ColumnNone) && c.End-c.First <= 3 || d.Ruled(c.First, c.End) && !d.marked(c) {
		return true
	}
	switch strings.ReplaceAll(strings.ToLower(d.Words(c.First, c.End)), " ", "") {
	case "n.a.", "n.a", "n/a", "n.d.", "n.c.", "n.p.", "n.r.", "k.a.", "s/i", "s/d", "s.o.", "b.d.":
		return true
	}
	return false
}

// readTurned proposes what a table says whose columns are the places and whose rows are what is told of each.
func (d *Doc) readTurned(rows []passage.TableRow) {
	subjects := make([]*contrechamp.Entity, len(rows[0].Cells))
	found := 0
	for n := 1; n < len(subjects); n++ {
		if m := d.placeIn(rows[0].Para, rows[0].Cells[n]); m != nil {
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
		for n := 1; n < len(r.Cells); n++ {
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
func (d *Doc) markTable(rows []passage.TableRow) {
	from, to := rows[0].Cells[0].First, 0
	for _, c := range rows[len(rows)-1].Cells {
		to = max(to, c.End)
	}
	for i := max(0, d.SentenceAt(from)-1); i < len(d.Sentences) && d.Sentences[i].First < to; i++ {
		d.Sentences[i].Tabled = d.Sentences[i].End > from
	}
}

// The steps that find whose a row is.
const (
	stepRow   = "table row"
	stepTotal = "table total" // the last row, of the place that the text is about
	stepItem  = "table item"  // a row of devices, of the same
)

// subjectColumn is the column that says whose the rows are: the first whose head says that places stand there, else the first that holds places, else the first.
func (d *Doc) subjectColumn(rows []passage.TableRow) int {
	head := rows[0]
	for n, c := range head.Cells {
		if d.has(c, d.Paragraphs[head.Para].Grammar.Known.ColumnPlace) {
			return n
		}
	}
	for n := range head.Cells {
		places := 0
		for _, r := range rows[1:] {
			if d.placeIn(r.Para, r.Cells[n]) != nil {
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
func (d *Doc) rowSubject(head, r passage.TableRow, of int) (*contrechamp.Entity, string) {
	c := r.Cells[of]
	if d.has(r.Cells[0], d.Paragraphs[r.Para].Grammar.Known.ColumnTotal) {
		return d.Main.Entity, stepTotal
	}
	if c.Empty() || c.End-c.First > mostInCell || d.FigureOnly(c) {
		return nil, ""
	}
	k := &d.Paragraphs[r.Para].Grammar.Known
	if d.saysNothing(r.Para, c) {
		return nil, ""
	}
	hk := &d.Paragraphs[head.Para].Grammar.Known
	if d.has(head.Cells[of], hk.ColumnVendor) || d.somebody(r.Para, c) {
		return nil, "" // a firm's row is of no place, and nothing is claimed of persons
	}
	if e := d.placeIn(r.Para, c); e != nil {
		return e, stepRow
	}
	place := d.has(head.Cells[of], hk.ColumnPlace)
	if !place && d.deviceIn(k, c) != "" {
		return d.Main.Entity, stepItem
	}
	kind := contrechamp.KindPlace
	switch {
	case place:
	case d.has(head.Cells[of], hk.ColumnOperator), d.has(head.Cells[of], hk.ColumnOther), d.namesPersons(head.Cells[of]):
		return nil, "" // whoever runs something is no place, and nothing is claimed of persons
	case d.has(head.Cells[of], hk.ColumnProduct), d.has(head.Cells[of], hk.ColumnProgramme):
		kind = contrechamp.KindProgramme
	default:
		if !d.Tokens[c.First].Upper {
			return nil, ""
		}
	}
	return d.Made(kind, naming.Squeezed(d.Words(c.First, c.End))), stepRow
}

// placeIn is the place that a cell names, or whose body it names, nil for none.
func (d *Doc) placeIn(para int, c passage.TableCell) *contrechamp.Entity {
	var found *contrechamp.Entity
	d.eachIn(para, c, func(m *passage.Mention) {
		switch {
		case found != nil || m.Entity == nil:
		case m.Kinds&grammar.PLC != 0 && m.First <= c.First+1:
			found = m.Entity
		case m.Kinds&grammar.POL != 0:
			found = d.PlaceOf(m)
		}
	})
	return found
}

// has reports whether a word of a class stands in a cell.
func (d *Doc) has(c passage.TableCell, class int32) bool {
	return class != grammar.NoClass && d.Any(c.First, c.End, class) >= 0
}

// readRow proposes what the cells of a row say, and reports whether any says something.
func (d *Doc) readRow(columns []column, r passage.TableRow, e *contrechamp.Entity, step string) bool {
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
func (d *Doc) readCell(col *column, r passage.TableRow, n int, e *contrechamp.Entity, step string, manner contrechamp.Modality) bool {
	c := r.Cells[n]
	p := &d.Paragraphs[r.Para]
	if d.saysNothing(r.Para, c) {
		return false
	}
	if col.predicate == contrechamp.DeviceCount && col.capability != "" && (d.has(c, p.Grammar.Known.No) || d.has(c, p.Grammar.Known.ColumnNo)) {
		col = &column{predicate: contrechamp.Capability, capability: col.capability, beside: true, head: col.head} // "body cameras: no"
	}
	value, manner, ok := d.cellValue(col, r, n, manner)
	if !ok {
		return false
	}
	i := d.sentenceOf(c.First)
	if i < 0 {
		return false
	}
	s := &d.Sentences[i]
	from, to := d.UnitAt(s, c.First), d.UnitAt(s, c.End-1)+1
	about := d.About(step, e, nil)
	claim := contrechamp.Claim{Modality: manner, Confidence: p.Grammar.Prior("table")}
	before, language := len(d.Claims), p.Grammar.Language
	also := func(p contrechamp.Predicate, v contrechamp.Value) {
		claim.Predicate, claim.Value, claim.Rule = p, v, TableRule+string(p)+"."+language
		n := len(d.Claims)
		d.Propose(i, from, min(to, len(s.Units)), claim, about, nil)
		if d.Explained && len(d.Claims) > n {
			why := d.Claims[n].Why
			why.Slots = append(why.Slots, contrechamp.Slot{Name: "column", Words: d.Words(col.head.First, col.head.End)})
		}
	}
	also(col.predicate, value)
	stage := d.stageIn(r, n)
	switch col.predicate {
	case contrechamp.Capability:
		if col.capability != "" && stage != "" && manner != contrechamp.Denied && !col.beside {
			also(contrechamp.Status, d.EntityValue(grammar.StageOf(stage)))
		}
	case contrechamp.DeviceCount:
		if known := d.Knows.Capabilities[col.capability]; known != nil && step == stepRow {
			also(contrechamp.Capability, d.EntityValue(known)) // twelve plate readers read plates
		}
	case contrechamp.Status:
		if m := d.only(r.Para, c, grammar.DAT); m != nil && (stage == "operational" || stage == "trial") && !m.Date.Date.IsZero() {
			also(contrechamp.Since, contrechamp.Value{Date: m.Date.Date})
		} else if year, ok := d.lastYear(c); ok && (stage == "operational" || stage == "trial") {
			also(contrechamp.Since, contrechamp.Value{Date: contrechamp.Date{Year: year}})
		}
	}
	return len(d.Claims) > before
}

// TableRule opens the names of what tables say.
const TableRule = "table."

// sentenceOf is the sentence that holds token t, -1 for none.
func (d *Doc) sentenceOf(t int) int {
	i := d.SentenceAt(t + 1)
	if i == 0 || d.Sentences[i-1].End <= t {
		return -1
	}
	return i - 1
}
