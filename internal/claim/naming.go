package claim

import (
	"sort"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
)

// naming is how often a text names an entity. Every claim asks, so it is counted once for all entities.
type naming struct {
	times  int
	titled bool // the title names it
}

// named returns how often an entity is mentioned.
func (d *namingDoc) named(e *contrechamp.Entity) int { return d.naming(e).times }

// titled reports whether the first paragraph, or the title, names an entity.
func (d *namingDoc) titled(e *contrechamp.Entity) bool { return d.naming(e).titled }

func (d *namingDoc) naming(e *contrechamp.Entity) naming {
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
func (d *namingDoc) count(m *mention, e *contrechamp.Entity) {
	if !d.counted {
		return // it will be
	}
	delete(d.basicOf, e)
	n := d.namings[e]
	n.times++
	n.titled = n.titled || d.titles > 0 && m.first < d.paras[d.titles-1].end
	d.namings[e] = n
}

// mentionsBefore returns how many mentions start before token t.
func (d *namingDoc) mentionsBefore(t int) int {
	return sort.Search(len(d.mentions), func(i int) bool { return d.mentions[i].first >= t })
}

// isRegionID reports whether an ID is that of a region or a département.
func isRegionID(id string) bool {
	return strings.Contains(id, "-region-") || strings.Contains(id, "-departement-")
}

// groupBefore is kORG where what stands right before t, "groupe", is said of parties as of firms: "le groupe « Colmar en commun »".
func (d *namingDoc) groupBefore(p *paragraph, t int) kind {
	k := &p.g.known
	if b := d.pastQuote(p, t) - 1; k.group != noClass && b >= p.first && d.in(b, k.group) {
		return kORG
	}
	return 0
}

// ref is an entity's reference, with the names that it has by now. Those of the lexicon do not change: they are written
// once, and nobody may append to them.
func (d *namingDoc) ref(e *contrechamp.Entity) contrechamp.EntityRef {
	if e.Source != "lexicon" {
		return e.Ref()
	}
	return d.lexicalOf(e).ref
}

// refs is room for n references of a draft: a claim that is proposed has its own.
func (d *namingDoc) refs(n int) []contrechamp.EntityRef {
	from := len(d.refRoom)
	if from+n > cap(d.refRoom) {
		d.refRoom, from = make([]contrechamp.EntityRef, 0, max(n, refsAtOnce)), 0 // those before keep their memory
	}
	d.refRoom = d.refRoom[:from+n]
	return d.refRoom[from : from : from+n]
}

// refsAtOnce is how many references there is room for at once.
const refsAtOnce = 128
