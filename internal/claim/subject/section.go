package subject

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// Section is what a run of paragraphs under one heading is about.
type Section struct {
	place   *contrechamp.Entity
	Company *contrechamp.Entity
}

// longHeading is how many tokens a line may have that heads a section.
const longHeading = 18

// FindSections keeps the items of a newsletter, the sheets of a survey and the acts of a bulletin apart: a heading that
// names a place, or opens with a company, says whose claims follow, where several headings name several.
func (d *Doc) FindSections() {
	d.Sections = passage.Sized(d.Sections, len(d.Paragraphs))
	places, companies := map[string]bool{}, map[string]bool{}
	var now Section
	for i := range d.Paragraphs {
		if d.heads(i) {
			if e := d.headPlace(i); e != nil {
				now = Section{place: e}
				places[e.ID] = true
			}
			if e := d.headCompany(i); e != nil {
				now.Company = e
				companies[e.ID] = true
			}
		}
		d.Sections[i] = now
	}
	for i := range d.Sections {
		if len(places) < 2 {
			d.Sections[i].place = nil
		}
		if len(companies) < 2 {
			d.Sections[i].Company = nil
		}
	}
}

// heads reports whether paragraph i heads a section: a heading, or a short line without a full stop.
func (d *Doc) heads(i int) bool {
	p := &d.Paragraphs[i]
	n := p.End - p.First
	if n == 0 || p.Role == contrechamp.RoleItem || p.Role == contrechamp.RoleFurniture {
		return false
	}
	if p.Role == contrechamp.RoleHeading {
		return n <= 2*longHeading
	}
	if n > longHeading || d.anyMark(p, ":") {
		return false
	}
	switch d.Fold[p.End-1] {
	case ".", "!", "?", ";", ",", ":", "»", "”":
		return false
	}
	return p.Role != contrechamp.RoleTitle
}

// anyMark reports whether a mark stands in a paragraph.
func (d *Doc) anyMark(p *passage.Paragraph, mark string) bool {
	for t := p.First; t < p.End; t++ {
		if d.Fold[t] == mark {
			return true
		}
	}
	return false
}

// headPlace is the place that a heading names, nil when it names none or several.
func (d *Doc) headPlace(i int) *contrechamp.Entity {
	p := &d.Paragraphs[i]
	act := d.Any(p.First, min(p.First+2, p.End), p.Grammar.Known.ActHead) >= 0
	var found *contrechamp.Entity
	for _, m := range d.ByPara[i] {
		if !act && found == nil && m.First > p.First+1 && !(m.Within != nil && m.First <= p.First+1) {
			return nil // a heading opens with its place, an act has it anywhere
		}
		var e *contrechamp.Entity
		switch {
		case m.Kinds&grammar.PLC != 0 && !m.Weak:
			e = m.Entity
		case m.Within != nil && m.Kinds&grammar.AUT == 0:
			e = m.Within.Entity
		}
		if e == nil || e.Source != "lexicon" || d.Bracketed(m) || d.Knows.IsArea(e) {
			continue
		}
		if found != nil && found != e {
			if found.Within == e.ID || found.Country == e.Country && d.Knows.IsCountry(e) {
				continue
			}
			return nil
		}
		found = e
	}
	return found
}

// headCompany is the company that a heading opens with.
func (d *Doc) headCompany(i int) *contrechamp.Entity {
	p := &d.Paragraphs[i]
	for _, m := range d.ByPara[i] {
		if m.First > p.First+1 || m.First == p.First+1 && d.Tokens[p.First].Kind != word.Punct && d.Tokens[p.First].Kind != word.Number {
			return nil
		}
		if m.Kinds&grammar.CO != 0 {
			return m.Entity
		}
	}
	return nil
}

// CompanyAt is the company that a sentence's section, or else the whole document, is about.
func (d *Doc) CompanyAt(s *passage.Sentence) *contrechamp.Entity {
	if d.Company != nil && d.Sections[s.Para].Company != nil {
		return d.Sections[s.Para].Company
	}
	return d.Company
}
