package claim

import contrechamp "contrechamp.org/contrechamp"

// naming is how often a text names an entity. Every claim asks, so it is counted once for all entities.
type naming struct {
	times  int
	titled bool // the title names it
}

// named returns how often an entity is mentioned.
func (d *doc) named(e *contrechamp.Entity) int { return d.naming(e).times }

// titled reports whether the first paragraph, or the title, names an entity.
func (d *doc) titled(e *contrechamp.Entity) bool { return d.naming(e).titled }

func (d *doc) naming(e *contrechamp.Entity) naming {
	if !d.counted {
		d.counted = true
		clear(d.namings)
		for d.titles = min(1, len(d.paras)); d.titles < len(d.paras) && d.paras[d.titles].role == contrechamp.RoleTitle; d.titles++ {
		}
		for _, m := range d.mentions {
			d.steps++
			if m.within != nil && m.within.entity != nil {
				d.count(m, m.within.entity)
			}
			if m.entity != nil && (m.within == nil || m.within.entity != m.entity) {
				d.count(m, m.entity)
			}
		}
	}
	return d.namings[e]
}

// count counts one mention of an entity.
func (d *doc) count(m *mention, e *contrechamp.Entity) {
	if !d.counted {
		return // it will be
	}
	delete(d.basicOf, e)
	n := d.namings[e]
	n.times++
	n.titled = n.titled || d.titles > 0 && m.first < d.paras[d.titles-1].end
	d.namings[e] = n
}
