package naming

import (
	"sort"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
)

// naming is how often a text names an entity. Every claim asks, so it is counted once for all entities.
type naming struct {
	times  int
	titled bool // the title names it
}

// Named returns how often an entity is mentioned.
func (d *Doc) Named(e *contrechamp.Entity) int { return d.naming(e).times }

// Titled reports whether the first paragraph, or the title, names an entity.
func (d *Doc) Titled(e *contrechamp.Entity) bool { return d.naming(e).titled }

func (d *Doc) naming(e *contrechamp.Entity) naming {
	if !d.Counted {
		d.Counted = true
		clear(d.namings)
		for d.titles = min(1, len(d.Paragraphs)); d.titles < len(d.Paragraphs) && d.Paragraphs[d.titles].Role == contrechamp.RoleTitle; d.titles++ {
		}
		for _, m := range d.Mentions {
			d.Steps++
			if m.Within != nil && m.Within.Entity != nil {
				d.Count(m, m.Within.Entity)
			}
			if m.Entity != nil && (m.Within == nil || m.Within.Entity != m.Entity) {
				d.Count(m, m.Entity)
			}
		}
	}
	return d.namings[e]
}

// Count counts one mention of an entity.
func (d *Doc) Count(m *passage.Mention, e *contrechamp.Entity) {
	if !d.Counted {
		return // it will be
	}
	delete(d.BasicOf, e)
	n := d.namings[e]
	n.times++
	n.titled = n.titled || d.titles > 0 && m.First < d.Paragraphs[d.titles-1].End
	d.namings[e] = n
}

// MentionsBefore returns how many mentions start before token t.
func (d *Doc) MentionsBefore(t int) int {
	return sort.Search(len(d.Mentions), func(i int) bool { return d.Mentions[i].First >= t })
}

// IsRegionID reports whether an ID is that of a region or a département.
func IsRegionID(id string) bool {
	return strings.Contains(id, "-region-") || strings.Contains(id, "-departement-")
}

// groupBefore is ORG where what stands right before t, "groupe", is said of parties as of firms: "le groupe « Colmar en commun »".
func (d *Doc) groupBefore(p *passage.Paragraph, t int) grammar.Kind {
	k := &p.Grammar.Known
	if b := d.pastQuote(p, t) - 1; k.Group != grammar.NoClass && b >= p.First && d.In(b, k.Group) {
		return grammar.ORG
	}
	return 0
}

// Ref is an entity's reference, with the names that it has by now. Those of the lexicon do not change: they are written
// once, and nobody may append to them.
func (d *Doc) Ref(e *contrechamp.Entity) contrechamp.EntityRef {
	if e.Source != "lexicon" {
		return e.Ref()
	}
	return d.LexicalOf(e).Ref
}

// Refs is room for n references of a draft: a claim that is proposed has its own.
func (d *Doc) Refs(n int) []contrechamp.EntityRef {
	from := len(d.refRoom)
	if from+n > cap(d.refRoom) {
		d.refRoom, from = make([]contrechamp.EntityRef, 0, max(n, refsAtOnce)), 0 // those before keep their memory
	}
	d.refRoom = d.refRoom[:from+n]
	return d.refRoom[from : from : from+n]
}

// refsAtOnce is how many references there is room for at once.
const refsAtOnce = 128
