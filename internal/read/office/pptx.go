package office

import (
	"context"
	"strings"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/read/flow"
)

// PPTX reads the slides of PowerPoint in their order; a slide is a page. What the speaker noted is furniture.
func PPTX(ctx context.Context, b []byte) (flow.Document, error) {
	a, err := openPackage(b, "ppt/presentation.xml", "slides")
	if err != nil {
		return flow.Document{}, err
	}
	d, links := a.properties, a.links
	s := newScanner(a.main)
	page := 0
	for k := s.next(); k != atEnd; k = s.next() {
		if k != open || string(s.name) != "p:sldId" {
			continue
		}
		if err := ctx.Err(); err != nil {
			return flow.Document{}, err
		}
		slide := links[s.attr("r:id")].target
		part, err := a.part(slide)
		if err != nil {
			return flow.Document{}, err
		}
		page++
		if err := slideText(part, page, false, &d); err != nil {
			return flow.Document{}, err
		}
		more, err := a.relations(slide)
		if err != nil {
			return flow.Document{}, err
		}
		for _, l := range more {
			if l.kind == "notesSlide" {
				notes, err := a.part(l.target)
				if err != nil {
					return flow.Document{}, err
				}
				if err := slideText(notes, page, true, &d); err != nil {
					return flow.Document{}, err
				}
			}
		}
	}
	for i := range d.Blocks {
		if d.Blocks[i].Role == contrechamp.RoleHeading {
			d.Blocks[i].Role = contrechamp.RoleTitle // of the first slide that has one
			break
		}
	}
	return d, s.err
}

// slideText adds the paragraphs of a slide, or of its notes.
func slideText(b []byte, page int, notes bool, d *flow.Document) error {
	s := newScanner(b)
	var paragraph []byte
	var cells []string
	inTable, in := 0, false
	role := contrechamp.RoleBody
	add := func(role contrechamp.Role, t string) {
		if notes {
			role = contrechamp.RoleFurniture
		}
		n := len(d.Blocks)
		d.Add(role, t)
		if len(d.Blocks) > n {
			d.Blocks[n].Page = page
		}
	}
	for {
		switch s.next() {
		case atEnd:
			return s.err
		case text:
			if in {
				paragraph = unescape(paragraph, s.text)
			}
		case open:
			switch string(s.name) {
			case "p:sp":
				role = contrechamp.RoleBody
			case "p:ph":
				switch s.attr("type") {
				case "title", "ctrTitle":
					role = contrechamp.RoleHeading
				case "body", "", "obj":
					role = contrechamp.RoleItem
				case "sldNum", "ftr", "dt", "hdr":
					role = contrechamp.RoleFurniture
				}
			case "a:t":
				in = !s.empty
			case "a:br", "a:tab":
				paragraph = append(paragraph, ' ')
			case "a:tr":
				inTable++
				cells = cells[:0]
			case "a:tc":
				cells = append(cells, "")
			case "mc:Fallback":
				if !s.empty {
					s.pass()
				}
			}
		case shut:
			switch string(s.name) {
			case "a:t":
				in = false
			case "a:p":
				t := cellText(string(paragraph))
				paragraph = paragraph[:0]
				if inTable > 0 && len(cells) > 0 {
					cells[len(cells)-1] = strings.TrimSpace(cells[len(cells)-1] + " " + t)
				} else {
					add(role, t)
				}
			case "a:tr":
				inTable = max(0, inTable-1)
				add(contrechamp.RoleItem, row(cells))
			}
		}
	}
}
