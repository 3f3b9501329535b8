package office

import (
	"strings"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/read/flow"
)

// composer puts blocks together for formats whose paragraphs hold paragraphs (in text boxes), refer to notes, and stand in
// tables, which may stand in tables.
type composer struct {
	out     flow.Document
	add     func(role contrechamp.Role, text string) // adds a block to out
	deleted int                                      // places of tracked changes

	paragraphs []paragraph // open ones
	rows       []tableRow  // open ones
	pending    []string    // notes that the open paragraph refers to
}

// paragraph is a paragraph that is being read.
type paragraph struct {
	text []byte
	role contrechamp.Role
}

type tableRow struct {
	cells  []string
	blocks []flow.Block
	repeat int // columns that the open cell stands for
	times  int // rows that it stands for
}

// paragraph answers the open paragraph, nil when there is none.
func (c *composer) paragraph() *paragraph {
	if n := len(c.paragraphs); n > 0 {
		return &c.paragraphs[n-1]
	}
	return nil
}

// endParagraph ends the open paragraph: in a cell it is part of that. The notes that it refers to follow it.
func (c *composer) endParagraph() {
	p := c.paragraph()
	if p == nil {
		return
	}
	text, role := flow.Line(string(p.text)), p.role
	c.paragraphs = c.paragraphs[:len(c.paragraphs)-1]
	var notes []string
	if len(c.paragraphs) == 0 {
		notes, c.pending = c.pending, nil
	}
	if len(c.rows) == 0 {
		c.add(role, text)
		for _, note := range notes {
			c.add(contrechamp.RoleBody, note)
		}
		return
	}
	r := &c.rows[len(c.rows)-1]
	if text != "" {
		r.blocks = append(r.blocks, flow.Block{Text: text, Role: role})
		if n := len(r.cells); n > 0 {
			r.cells[n-1] = strings.TrimSpace(r.cells[n-1] + " " + text)
		}
	}
	for _, note := range notes {
		r.blocks = append(r.blocks, flow.Block{Text: note, Role: contrechamp.RoleBody})
	}
}

// endRow ends the open row and hands it to emit, its cells parted by tabs. One that has no more than one cell filled is
// that cell's paragraphs, unless it is a sheet's; a row of a table in a cell belongs to the cell.
func (c *composer) endRow(sheet bool, emit func(r tableRow, line string)) {
	n := len(c.rows)
	if n == 0 {
		return
	}
	r := c.rows[n-1]
	c.rows = c.rows[:n-1]
	filled := 0
	for _, cell := range r.cells {
		if cell != "" {
			filled++
		}
	}
	switch {
	case n > 1:
		outer := &c.rows[n-2]
		if last := len(outer.cells) - 1; last >= 0 && filled > 0 {
			outer.cells[last] = strings.TrimSpace(outer.cells[last] + " " + strings.Join(r.cells, " "))
			outer.blocks = append(outer.blocks, r.blocks...)
		}
	case filled > 1 || filled == 1 && sheet:
		emit(r, row(r.cells))
	default:
		for _, b := range r.blocks {
			c.add(b.Role, b.Text)
		}
	}
}

// row joins cells by tabs, without the empty ones at its end.
func row(cells []string) string {
	for len(cells) > 0 && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	return strings.Join(cells, "\t")
}

// tellDeleted says of a document with tracked changes what was read of them.
func tellDeleted(d *flow.Document, places int) {
	if places > 0 {
		d.Note("changes were tracked: what was deleted (%s) is left out, what was inserted is read", flow.Count(places, "place"))
	}
}

// tellHidden says of a document that some of its text is hidden.
func tellHidden(d *flow.Document) { d.Note("text that the file hides was left out") }
