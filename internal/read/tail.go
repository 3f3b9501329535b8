package read

import (
	contrechamp "contrechamp.org/contrechamp"
)

// tellTail finds where the article ends, and makes furniture of what follows. The end is a mark that pages set
// behind their articles (a share line, the byline again, "related"), past most of the prose, behind which hardly
// anything but appeals and short lines stands.
func (p *plain) tellTail() {
	total := 0
	for i := range p.rows {
		if r := &p.rows[i]; r.role == contrechamp.RoleBody && r.prose() {
			total += r.words()
		}
	}
	seen := map[uint64]bool{}
	for i := 0; i < min(p.first, len(p.rows)); i++ {
		if r := &p.rows[i]; r.role == contrechamp.RoleMeta || r.role == contrechamp.RoleFurniture {
			seen[r.key()] = true
		}
	}
	said := 0
	behind := p.behind()
	for i := p.first; i < len(p.rows); i++ {
		r := &p.rows[i]
		behind.leave(r)
		if r.role == contrechamp.RoleBody && r.prose() {
			said += r.words()
			continue
		}
		mark := r.role == contrechamp.RoleFurniture && r.words() > 0 || r.role == contrechamp.RoleMeta && seen[r.key()]
		if mark && said*2 >= total && behind.hollow(said) {
			p.furnish(i + 1)
			return
		}
	}
	p.trailing()
}

// column is how many short lines, one after another behind all that an article says, are a page's foot.
const column = 5

// tailColumn makes furniture of a column of short lines behind the last sentence. Lines of a list keep their marks and
// are none.
func (p *plain) tailColumn(last int) {
	n := 0
	for i := last + 1; i < len(p.rows); i++ {
		if r := &p.rows[i]; r.bullet || r.words() > sectionLine || r.stops {
			return
		}
		n++
	}
	if n < column {
		return
	}
	for i := last + 1; i < len(p.rows); i++ {
		if r := &p.rows[i]; r.role == contrechamp.RoleBody || r.role == contrechamp.RoleHeading {
			r.role = contrechamp.RoleFurniture
		}
	}
}

// remainder counts the words of the rows behind a place in the text, by what they are.
type remainder struct{ plain, appealing int }

// behind counts all rows from the article's first on; the caller takes them out one by one.
func (p *plain) behind() *remainder {
	var rest remainder
	for i := p.first; i < len(p.rows); i++ {
		rest.count(&p.rows[i], 1)
	}
	return &rest
}

func (m *remainder) leave(r *row) { m.count(r, -1) }

func (m *remainder) count(r *row, sign int) {
	switch {
	case r.role == contrechamp.RoleFurniture && r.words() >= proseWords:
		m.appealing += sign * r.words()
	case r.role.Speaks() && r.sentence():
		m.plain += sign * r.words()
	}
}

// hollow reports whether little but appeals, titles and short lines is left.
func (m *remainder) hollow(said int) bool {
	return m.plain == 0 || m.plain < m.appealing*2 && m.plain*3 < said
}

func (p *plain) furnish(i int) {
	for ; i < len(p.rows); i++ {
		if p.rows[i].role.Speaks() {
			p.rows[i].role = contrechamp.RoleFurniture
		}
	}
}

// trailing looks at the short lines behind the last prose of an article that ends without a mark.
func (p *plain) trailing() {
	last := -1
	for i := len(p.rows) - 1; i >= p.first; i-- {
		if r := &p.rows[i]; r.role == contrechamp.RoleBody && (r.prose() || r.sentence()) {
			last = i
			break
		}
	}
	if last < 0 {
		return
	}
	p.tailColumn(last)
	name := uint64(0)
	if len(p.rows) > 0 {
		name = p.rows[0].key()
	}
	for i := last + 1; i < len(p.rows); i++ {
		r := &p.rows[i]
		if r.role == contrechamp.RoleBody && (r.words() <= 6 && r.key() == name || r.menu) {
			r.role = contrechamp.RoleFurniture
		}
	}
}
