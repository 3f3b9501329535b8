package read

import (
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/read/flow"
)

// tellArticle gives roles to what stands between the first prose and the tail: prose, items, headings, and the
// furniture that stands out by its own shape. tellTail looks at what comes after the article.
func (p *plain) tellArticle() {
	said := 0 // words of prose so far
	section := cue(0)
	for i := p.first; i < len(p.rows); i++ {
		r := &p.rows[i]
		if r.role != contrechamp.RoleBody {
			continue
		}
		if section&comments != 0 {
			r.role = contrechamp.RoleFurniture
			continue
		}
		r.role = p.roleInside(i, said, &section)
		if r.role == contrechamp.RoleBody && r.prose() {
			said += r.words()
		}
	}
}

func (p *plain) roleInside(i, said int, section *cue) contrechamp.Role {
	r := &p.rows[i]
	short := r.words() <= cueLine && !r.sentence()
	switch {
	case r.words() == 0:
		return contrechamp.RoleFurniture
	case p.act && r.act:
		if r.words() <= headingWords && (flow.Capitals(r.text) || !ends(r.text) && !strings.HasSuffix(r.text, ",") && p.heads(i)) {
			return contrechamp.RoleHeading
		}
		return contrechamp.RoleBody
	case r.words() <= sectionLine && r.hints&comments != 0 && said >= startedWords && !(r.stops && r.hints&related == 0 && r.words() > 4):
		*section |= comments
		return contrechamp.RoleFurniture
	case short && r.hints&comments != 0 && said >= startedWords:
		*section |= comments
		return contrechamp.RoleFurniture
	case r.words() <= sectionLine && r.hints&related != 0 && !r.prose():
		*section |= related
		return contrechamp.RoleFurniture
	case short && r.hints&(share|related) != 0, short && r.appeals > 0:
		return contrechamp.RoleFurniture
	case short && r.hints&rights != 0 && r.hints&byline == 0:
		return contrechamp.RoleFurniture
	case short && (p.onlyDate(r) || flow.IsDateLine(r.text)), initials(r), p.creditLine(r):
		return contrechamp.RoleMeta
	case r.appeals >= 1 && r.addresses >= 2 && r.appeals+r.addresses >= 1+r.words()/12:
		return contrechamp.RoleFurniture
	case r.prose():
		*section = 0
		return contrechamp.RoleBody
	case *section&related != 0 && !r.sentence():
		return contrechamp.RoleFurniture
	case r.menu:
		return contrechamp.RoleFurniture
	case r.bullet:
		return contrechamp.RoleItem
	case p.heads(i):
		return contrechamp.RoleHeading
	}
	return contrechamp.RoleBody
}

// onlyDate reports whether a line holds a date and nothing that matters beside it.
func (p *plain) onlyDate(r *row) bool {
	ds := datesIn(r.text, p.language, p.now)
	if len(ds) == 0 {
		return false
	}
	rest := r.text[:ds[0].Start] + " " + r.text[ds[0].End:]
	return letters(rest) <= 12 || r.hints&(issued|updated) != 0
}

// creditLine reports whether a line says where an article or a picture is from: in brackets with a credit's word,
// or opened by one.
func (p *plain) creditLine(r *row) bool {
	if r.hints&(byline|rights) == 0 || r.words() > cueLine || r.prose() {
		return false
	}
	if r.bracketed {
		return true
	}
	head, _, colon := strings.Cut(r.text, ":")
	if !colon {
		return p.opensByline(r) && capitalised(r.text, r.tokens)
	}
	opener := passageOf(head)
	c, _ := opener.cues()
	return opener.words() <= 4 && c&(byline|issued|updated) != 0
}

// heads reports whether row i is a heading: short, not a sentence, set off, with prose after it.
func (p *plain) heads(i int) bool {
	r := &p.rows[i]
	if r.words() > headingWords || r.words() < 1 || r.stops && !strings.HasSuffix(r.text, "?") || strings.HasSuffix(r.text, ",") {
		return false
	}
	if i+1 >= len(p.rows) {
		return false
	}
	if p.act && strings.HasSuffix(r.text, ":") {
		return false
	}
	next := &p.rows[i+1]
	if !next.prose() && !next.bullet && !(next.role == contrechamp.RoleItem && next.cells > 1) && !(p.act && (next.act || flow.Capitals(r.text))) {
		return false
	}
	return r.gap > 0 || next.gap > 0 || p.wrapped
}
