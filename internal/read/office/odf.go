package office

import (
	"context"
	"strconv"
	"strings"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/read/flow"
)

// ODF reads an OpenDocument text, sheet or presentation.
func ODF(ctx context.Context, b []byte) (flow.Document, error) {
	a, err := openZip(b)
	if err != nil {
		return flow.Document{}, err
	}
	content, err := a.part("content.xml")
	if err != nil {
		return flow.Document{}, err
	}
	if content == nil {
		return flow.Document{}, flow.Refuse("the file is damaged: it has no document inside")
	}
	if manifest, err := a.part("META-INF/manifest.xml"); err != nil {
		return flow.Document{}, err
	} else if strings.Contains(string(manifest), "manifest:encryption-data") {
		return flow.Document{}, flow.Refuse("the file is encrypted and needs a password")
	}
	meta, err := a.part("meta.xml")
	if err != nil {
		return flow.Document{}, err
	}
	styles, err := a.part("styles.xml")
	if err != nil {
		return flow.Document{}, err
	}
	return readODF(ctx, meta, content, styles)
}

// FlatODF reads an OpenDocument file that is one XML file.
func FlatODF(ctx context.Context, b []byte) (flow.Document, error) { return readODF(ctx, b, b, b) }

func readODF(ctx context.Context, meta, content, styles []byte) (flow.Document, error) {
	d := &odf{ctx: ctx, styles: map[string]contrechamp.Role{}}
	d.composer.add = d.add
	if err := d.meta(meta); err != nil {
		return flow.Document{}, err
	}
	if err := d.scan(content); err != nil {
		return flow.Document{}, err
	}
	if err := d.margins(styles); err != nil {
		return flow.Document{}, err
	}
	tellDeleted(&d.out, d.deleted)
	d.limits.tell(&d.out)
	return d.out, nil
}

// odf is a document while it is read.
type odf struct {
	composer
	ctx    context.Context
	styles map[string]contrechamp.Role // of automatic styles
	lists  int
	aside  int // depth of elements whose text is furniture
	slide  int
	limits sheetLimits
}

func (d *odf) meta(b []byte) error {
	s := newScanner(b)
	for k := s.next(); k != atEnd; k = s.next() {
		if k != open || s.empty {
			continue
		}
		switch string(s.name) {
		case "dc:title":
			d.out.Title = flow.Clean(string(s.inner(nil)))
		case "meta:initial-creator":
			d.out.Author = flow.Clean(string(s.inner(nil)))
		case "dc:creator":
			if who := flow.Clean(string(s.inner(nil))); d.out.Author == "" {
				d.out.Author = who
			}
		case "meta:creation-date":
			d.out.Published = dayOf(string(s.inner(nil)))
		case "dc:date":
			d.out.Updated = dayOf(string(s.inner(nil)))
		}
	}
	return s.err
}

func (d *odf) scan(b []byte) error {
	s := newScanner(b)
	for n := 0; ; n++ {
		if n&0xfff == 0 && d.ctx.Err() != nil {
			return d.ctx.Err()
		}
		switch s.next() {
		case atEnd:
			for len(d.paragraphs) > 0 {
				d.endParagraph()
			}
			for len(d.rows) > 0 {
				d.endRow()
			}
			return s.err
		case text:
			if p := d.paragraph(); p != nil {
				p.text = unescape(p.text, s.text)
			}
		case open:
			d.opened(s)
		case shut:
			d.shut(string(s.name))
		}
	}
}

func (d *odf) opened(s *scanner) {
	p := d.paragraph()
	switch name := string(s.name); name {
	case "text:p", "text:h":
		role := contrechamp.RoleBody
		if d.lists > 0 {
			role = contrechamp.RoleItem
		}
		if styled := d.style(s.attr("text:style-name")); styled != "" {
			role = styled
		} else if name == "text:h" {
			role = contrechamp.RoleHeading
		}
		if !s.empty {
			d.paragraphs = append(d.paragraphs, paragraph{role: role})
		}
	case "text:s", "text:tab", "text:line-break":
		if p != nil {
			p.text = append(p.text, ' ')
		}
	case "text:note":
		d.note(s)
	case "text:tracked-changes":
		if !s.empty {
			d.trackedChanges(s)
		}
	case "office:meta", "office:settings", "office:scripts", "office:master-styles", "office:binary-data": // in a flat file
		if !s.empty {
			s.pass()
		}
	case "office:annotation", "office:forms", "text:note-citation", "draw:object", "svg:title", "svg:desc", "text:ruby-text":
		if !s.empty {
			s.pass()
		}
	case "style:style":
		if parent, ok := styleRole(s.attr("style:parent-style-name")); ok && parent != "" {
			d.styles[s.attr("style:name")] = parent
		}
	case "text:list":
		if !s.empty {
			d.lists++
		}
	case "text:table-of-content", "text:alphabetical-index", "presentation:notes":
		if !s.empty {
			d.aside++
		}
	case "office:spreadsheet":
		d.limits.sheet = true
	case "draw:page":
		d.slide++
	case "table:table":
		if title := s.attr("table:name"); d.limits.sheet && title != "" && len(d.rows) == 0 {
			d.add(contrechamp.RoleHeading, title)
		}
	case "table:table-row":
		if !s.empty {
			d.rows = append(d.rows, tableRow{times: number(s.attr("table:number-rows-repeated"))})
		}
	case "table:table-cell", "table:covered-table-cell":
		if n := len(d.rows); n > 0 {
			r := &d.rows[n-1]
			r.cell(&d.limits)
			r.repeat = number(s.attr("table:number-columns-repeated"))
			r.cells = append(r.cells, "")
		}
	}
}

// cell settles the open cell: one that stands for several columns is repeated, up to a limit.
func (r *tableRow) cell(limits *sheetLimits) {
	if n := len(r.cells); n > 0 && r.repeat > 1 {
		last := r.cells[n-1]
		last = last[:min(len(last), maxCell)]
		for i := 1; i < r.repeat; i++ {
			if len(r.cells) >= maxColumns {
				limits.columns = limits.columns || last != ""
				break
			}
			r.cells = append(r.cells, last)
		}
	}
	r.repeat = 1
}

func (d *odf) shut(name string) {
	switch name {
	case "text:p", "text:h":
		d.endParagraph()
	case "table:table-row":
		d.endRow()
	case "text:list":
		d.lists = max(0, d.lists-1)
	case "text:table-of-content", "text:alphabetical-index", "presentation:notes":
		d.aside = max(0, d.aside-1)
	case "office:spreadsheet":
		d.limits.sheet = false
	}
}

// note reads a foot- or endnote: its number stays out, its text follows the paragraph.
func (d *odf) note(s *scanner) {
	if s.empty {
		return
	}
	depth := s.depth
	var b []byte
	for {
		switch s.next() {
		case atEnd:
			return
		case text:
			b = unescape(b, s.text)
		case open:
			switch string(s.name) {
			case "text:note-citation":
				if !s.empty {
					s.pass()
				}
			case "text:s", "text:tab", "text:line-break":
				b = append(b, ' ')
			}
		case shut:
			if string(s.name) == "text:p" {
				b = append(b, ' ')
			}
			if s.depth < depth {
				if note := flow.Clean(string(b)); note != "" {
					d.pending = append(d.pending, note)
				}
				return
			}
		}
	}
}

// trackedChanges holds what was deleted; what was inserted stands in the text.
func (d *odf) trackedChanges(s *scanner) {
	for depth := s.depth; ; {
		switch s.next() {
		case atEnd:
			return
		case open:
			if string(s.name) == "text:deletion" {
				d.deleted++
			}
		case shut:
			if s.depth < depth {
				return
			}
		}
	}
}

func (d *odf) add(role contrechamp.Role, text string) {
	if d.aside > 0 {
		role = contrechamp.RoleFurniture
	}
	n := len(d.out.Blocks)
	d.out.Add(role, text)
	for i := n; i < len(d.out.Blocks); i++ {
		d.out.Blocks[i].Page = d.slide
	}
}

func (d *odf) endRow() {
	if n := len(d.rows); n > 0 {
		d.rows[n-1].cell(&d.limits)
	}
	d.composer.endRow(d.limits.sheet, func(r tableRow, line string) {
		if !d.limits.sheet {
			d.add(contrechamp.RoleItem, line)
			return
		}
		for range max(1, r.times) {
			if !d.limits.row(len(line)) {
				return
			}
			d.add(contrechamp.RoleItem, line)
		}
	})
}

// style answers the role that a style gives, "" for none.
func (d *odf) style(name string) contrechamp.Role {
	if role, ok := d.styles[name]; ok {
		return role
	}
	role, _ := styleRole(name)
	return role
}

// margins adds heads and feet of pages, which stand in the styles, as furniture.
func (d *odf) margins(b []byte) error {
	s := newScanner(b)
	seen := map[string]bool{}
	for k := s.next(); k != atEnd; k = s.next() {
		if k != open || s.empty {
			continue
		}
		switch string(s.name) {
		case "style:header", "style:footer":
			if t := flow.Clean(string(s.inner(nil))); t != "" && !seen[t] {
				seen[t] = true
				d.out.Add(contrechamp.RoleFurniture, t)
			}
		}
	}
	return s.err
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 1
	}
	return n
}
