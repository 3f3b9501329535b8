package office

import (
	"context"
	"slices"
	"strings"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/read/flow"
)

// DOCX reads a text of Word.
func DOCX(ctx context.Context, b []byte) (flow.Document, error) {
	p, err := openPackage(b, "word/document.xml", "document")
	if err != nil {
		return flow.Document{}, err
	}
	d := &docx{archive: p.archive, links: p.links, ctx: ctx}
	d.out, d.add = p.properties, d.out.Add
	body := p.main
	for _, side := range []string{"header", "footer"} {
		if side == "footer" {
			if err := d.scan(body); err != nil {
				return flow.Document{}, err
			}
		}
		if err := d.furniture(side); err != nil {
			return flow.Document{}, err
		}
	}
	if err := d.furniture("comments"); err != nil {
		return flow.Document{}, err
	}
	tellDeleted(&d.out, d.deleted)
	if d.hidden {
		tellHidden(&d.out)
	}
	return d.out, nil
}

// docx is a text while it is read.
type docx struct {
	composer
	ctx     context.Context
	archive *archive
	links   map[string]relation
	styles  map[string]contrechamp.Role // of style IDs; nil until one is asked for that does not say it by itself
	notes   [2]map[string]string        // foot- and endnotes, by ID

	vanishes bool // the open run is hidden
	hidden   bool // one was
}

func (d *docx) scan(b []byte) error {
	s := newScanner(b)
	inText := false
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
				d.endRow(false, d.row)
			}
			return s.err
		case text:
			if p := d.paragraph(); p != nil && inText && d.vanishes {
				d.hidden = true
			} else if p != nil && inText {
				p.text = unescape(p.text, s.text)
			}
		case open:
			inText = false
			if err := d.opened(s, &inText); err != nil {
				return err
			}
		case shut:
			switch string(s.name) {
			case "w:t":
				inText = false
			case "w:p":
				d.endParagraph()
			case "w:tr":
				d.endRow(false, d.row)
			}
			inText = false
		}
	}
}

func (d *docx) opened(s *scanner, inText *bool) error {
	p := d.paragraph()
	switch string(s.name) {
	case "w:p":
		if s.empty {
			return nil
		}
		d.paragraphs = append(d.paragraphs, paragraph{role: contrechamp.RoleBody})
	case "w:t":
		*inText = !s.empty
	case "w:tab", "w:br", "w:cr", "w:ptab":
		if p != nil {
			p.text = append(p.text, ' ')
		}
	case "w:noBreakHyphen":
		if p != nil {
			p.text = append(p.text, '-')
		}
	case "w:pStyle":
		if p != nil {
			role, err := d.style(s.attr("w:val"))
			if err != nil {
				return err
			}
			if role != "" {
				p.role = role
			}
		}
	case "w:numPr":
		if p != nil && p.role == contrechamp.RoleBody {
			p.role = contrechamp.RoleItem
		}
	case "w:del", "w:moveFrom":
		// in the properties of a paragraph's mark or of a row it is empty
		if !s.empty {
			d.deleted++
			s.pass()
		}
	case "mc:Fallback", "w:instrText", "w:sectPr":
		if !s.empty {
			s.pass()
		}
	case "w:r":
		d.vanishes = false
	case "w:rPr":
		if !s.empty {
			d.vanishes = vanishes(s)
		}
	case "w:tr":
		if !s.empty {
			d.rows = append(d.rows, tableRow{})
		}
	case "w:tc":
		if n := len(d.rows); n > 0 && !s.empty {
			d.rows[n-1].cells = append(d.rows[n-1].cells, "")
		}
	case "w:footnoteReference", "w:endnoteReference":
		return d.refer(s)
	}
	return nil
}

// vanishes goes behind the properties of a run and answers whether they hide its text.
func vanishes(s *scanner) bool {
	hides := false
	for depth := s.depth; ; {
		switch s.next() {
		case atEnd:
			return hides
		case open:
			switch string(s.name) {
			case "w:vanish":
				v := s.attr("w:val")
				hides = v != "0" && v != "false" && v != "off"
			case "w:rPrChange": // how it was before
				if !s.empty {
					s.pass()
				}
			}
		case shut:
			if s.depth < depth {
				return hides
			}
		}
	}
}

// refer takes note of a reference to a note.
func (d *docx) refer(s *scanner) error {
	which, kind, element := 0, "footnotes", "w:footnote"
	if string(s.name) == "w:endnoteReference" {
		which, kind, element = 1, "endnotes", "w:endnote"
	}
	id := s.attr("w:id")
	if d.notes[which] == nil {
		d.notes[which] = map[string]string{}
		for _, l := range d.links {
			if l.kind != kind {
				continue
			}
			b, err := d.archive.part(l.target)
			if err != nil {
				return err
			}
			if err := d.readNotes(b, element, d.notes[which]); err != nil {
				return err
			}
		}
	}
	if note := d.notes[which][id]; note != "" {
		d.pending = append(d.pending, note)
	}
	return nil
}

func (d *docx) readNotes(b []byte, element string, to map[string]string) error {
	s := newScanner(b)
	id, inText := "", false
	var note []byte
	for {
		switch s.next() {
		case atEnd:
			return s.err
		case text:
			if inText {
				note = unescape(note, s.text)
			}
		case open:
			switch name := string(s.name); name {
			case element:
				id, note = s.attr("w:id"), note[:0]
			case "w:t":
				inText = !s.empty
			case "w:tab", "w:br":
				note = append(note, ' ')
			case "w:del", "w:moveFrom", "mc:Fallback":
				if !s.empty {
					s.pass()
				}
			}
		case shut:
			inText = false
			switch string(s.name) {
			case "w:p":
				note = append(note, ' ')
			case element:
				to[id] = flow.Clean(string(note))
			}
		}
	}
}

func (d *docx) row(_ tableRow, line string) { d.out.Add(contrechamp.RoleItem, line) }

// style answers the role that a paragraph's style gives it, "" for none. Word's own styles say it in their ID, in the
// language of the program; others by the name in the file of styles, which is always English.
func (d *docx) style(id string) (contrechamp.Role, error) {
	if role, ok := styleRole(id); ok {
		return role, nil
	}
	if d.styles == nil {
		d.styles = map[string]contrechamp.Role{}
		for _, l := range d.links {
			if l.kind != "styles" {
				continue
			}
			b, err := d.archive.part(l.target)
			if err != nil {
				return "", err
			}
			s := newScanner(b)
			style := ""
			for k := s.next(); k != atEnd; k = s.next() {
				switch {
				case k == open && string(s.name) == "w:style":
					style = s.attr("w:styleId")
				case k == open && string(s.name) == "w:name":
					if role, ok := styleRole(s.attr("w:val")); ok && role != "" {
						d.styles[style] = role
					}
				}
			}
			if s.err != nil {
				return "", s.err
			}
		}
	}
	return d.styles[id], nil
}

// styleRole knows the styles that every office program has; ok says that the name settles it.
func styleRole(name string) (role contrechamp.Role, ok bool) {
	n := strings.ToLower(strings.ReplaceAll(strings.ReplaceAll(name, " ", ""), "_20_", ""))
	switch n {
	case "title", "titre", "titel", "título", "titolo":
		return contrechamp.RoleTitle, true
	case "subtitle", "sous-titre", "soustitre", "untertitel":
		return contrechamp.RoleHeading, true
	case "normal", "bodytext", "corpsdetexte", "standard", "textbody":
		return "", true
	case "listparagraph", "paragraphedeliste", "listbullet", "listnumber":
		return contrechamp.RoleItem, true
	case "header", "footer", "en-tête", "entete", "pieddepage":
		return contrechamp.RoleFurniture, true
	case "caption", "lgende", "légende":
		return contrechamp.RoleMeta, true
	}
	for _, h := range []string{"heading", "titre", "berschrift", "überschrift", "titolo", "título", "kop"} {
		if strings.HasPrefix(n, h) && len(n) > len(h) && n[len(h)] >= '1' && n[len(h)] <= '9' {
			return contrechamp.RoleHeading, true
		}
	}
	if strings.HasPrefix(n, "toc") && len(n) <= 4 || strings.HasPrefix(n, "tm") && len(n) == 3 {
		return contrechamp.RoleFurniture, true // a table of contents says again what the headings say
	}
	return "", false
}

// furniture adds the text of heads, feet or comments, each once.
func (d *docx) furniture(kind string) error {
	var parts []string
	for _, l := range d.links {
		if l.kind == kind && !slices.Contains(parts, l.target) {
			parts = append(parts, l.target)
		}
	}
	slices.Sort(parts)
	for _, part := range parts {
		b, err := d.archive.part(part)
		if err != nil {
			return err
		}
		from := len(d.out.Blocks)
		if err := d.scan(b); err != nil {
			return err
		}
		kept := d.out.Blocks[:from]
		for _, block := range d.out.Blocks[from:] {
			block.Role = contrechamp.RoleFurniture
			if !slices.ContainsFunc(d.out.Blocks[:from], func(x flow.Block) bool { return x.Role == contrechamp.RoleFurniture && x.Text == block.Text }) {
				kept = append(kept, block)
			}
		}
		d.out.Blocks = kept
	}
	return nil
}
