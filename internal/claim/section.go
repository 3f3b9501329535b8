package claim

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// section is what a run of paragraphs under one heading is about.
type section struct {
	place   *contrechamp.Entity
	company *contrechamp.Entity
}

// longHeading is how many tokens a line may have that heads a section.
const longHeading = 18

// findSections keeps the items of a newsletter, the sheets of a survey and the acts of a bulletin apart: a heading that
// names a place, or opens with a company, says whose claims follow, where several headings name several.
func (d *subjectDoc) findSections() {
	d.sections = sized(d.sections, len(d.paras))
	places, companies := map[string]bool{}, map[string]bool{}
	var now section
	for i := range d.paras {
		if d.heads(i) {
			if e := d.headPlace(i); e != nil {
				now = section{place: e}
				places[e.ID] = true
			}
			if e := d.headCompany(i); e != nil {
				now.company = e
				companies[e.ID] = true
			}
		}
		d.sections[i] = now
	}
	for i := range d.sections {
		if len(places) < 2 {
			d.sections[i].place = nil
		}
		if len(companies) < 2 {
			d.sections[i].company = nil
		}
	}
}

// heads reports whether paragraph i heads a section: a heading, or a short line without a full stop.
func (d *subjectDoc) heads(i int) bool {
	p := &d.paras[i]
	n := p.end - p.first
	if n == 0 || p.role == contrechamp.RoleItem || p.role == contrechamp.RoleFurniture {
		return false
	}
	if p.role == contrechamp.RoleHeading {
		return n <= 2*longHeading
	}
	if n > longHeading || d.anyMark(p, ":") {
		return false
	}
	switch d.fold[p.end-1] {
	case ".", "!", "?", ";", ",", ":", "»", "”":
		return false
	}
	return p.role != contrechamp.RoleTitle
}

// anyMark reports whether a mark stands in a paragraph.
func (d *subjectDoc) anyMark(p *paragraph, mark string) bool {
	for t := p.first; t < p.end; t++ {
		if d.fold[t] == mark {
			return true
		}
	}
	return false
}

// headPlace is the place that a heading names, nil when it names none or several.
func (d *subjectDoc) headPlace(i int) *contrechamp.Entity {
	p := &d.paras[i]
	act := d.any(p.first, min(p.first+2, p.end), p.g.known.actHead) >= 0
	var found *contrechamp.Entity
	for _, m := range d.byPara[i] {
		if !act && found == nil && m.first > p.first+1 && !(m.within != nil && m.first <= p.first+1) {
			return nil // a heading opens with its place, an act has it anywhere
		}
		var e *contrechamp.Entity
		switch {
		case m.kinds&kPLC != 0 && !m.weak:
			e = m.entity
		case m.within != nil && m.kinds&kAUT == 0:
			e = m.within.entity
		}
		if e == nil || e.Source != "lexicon" || d.bracketed(m) || d.e.isArea(e) {
			continue
		}
		if found != nil && found != e {
			if found.Within == e.ID || found.Country == e.Country && d.e.isCountry(e) {
				continue
			}
			return nil
		}
		found = e
	}
	return found
}

// headCompany is the company that a heading opens with.
func (d *subjectDoc) headCompany(i int) *contrechamp.Entity {
	p := &d.paras[i]
	for _, m := range d.byPara[i] {
		if m.first > p.first+1 || m.first == p.first+1 && d.toks[p.first].Kind != word.Punct && d.toks[p.first].Kind != word.Number {
			return nil
		}
		if m.kinds&kCO != 0 {
			return m.entity
		}
	}
	return nil
}

// companyAt is the company that a sentence's section, or else the whole document, is about.
func (d *subjectDoc) companyAt(s *sentence) *contrechamp.Entity {
	if d.company != nil && d.sections[s.para].company != nil {
		return d.sections[s.para].company
	}
	return d.company
}
