package claim

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// salient is a name that a text keeps coming back to, though it is no place: a campus, a chain of shops, a port.
type salient struct {
	key    string
	kind   string // what the mentions say it is
	entity *contrechamp.Entity
	count  int
}

// salientNames finds the names that the text returns to, the most frequent first. It is done once.
func (d *subjectDoc) salientNames() []salient {
	if d.salientDone {
		return d.salient
	}
	d.salientDone = true
	const often, most = 2, 4
	all, at := d.salientRoom[:0], d.salientAt
	for i := range d.paras {
		p := &d.paras[i]
		for _, m := range d.byPara[i] {
			if m.kinds&(kNAME|kORG|kCO|kPOL) == 0 || m.kinds&(kPLC|kPER) != 0 || m.generic || m.kinds&kPOL != 0 && d.placeOf(m) != nil {
				continue
			}
			name := d.words(m.first, m.end)
			if m.weak || d.shouts(i) || allCapitals(name) && m.end-m.first > 1 {
				continue
			}
			if m.key == "" {
				d.folding = word.AppendKey(d.folding[:0], name)
				m.key = d.written(d.folding)
			}
			n, again := at[m.key]
			if !again {
				n = int32(len(all))
				at[m.key] = n
				all = append(all, salient{key: m.key, entity: m.entity, kind: "name"})
			}
			x := &all[n]
			if !again {
				switch {
				case m.kinds&kCO != 0:
					x.kind = "firm"
				case m.kinds&kPOL != 0:
					x.kind = "body"
				case m.kinds&kORG != 0:
					x.kind = "organisation"
				}
				if x.entity == nil {
					x.entity = d.made(d.nameKind(m), d.words(m.first, m.end))
				}
			}
			x.count++
			if p.role == contrechamp.RoleTitle {
				x.count++
			}
		}
	}
	d.salientRoom = all
	for i := range all {
		if all[i].count >= often {
			d.salient = append(d.salient, all[i])
		}
	}
	slices.SortStableFunc(d.salient, func(a, b salient) int { return b.count - a.count })
	d.salient = d.salient[:min(most, len(d.salient))]
	return d.salient
}

func (d *subjectDoc) salientIs(e *contrechamp.Entity) bool {
	return slices.ContainsFunc(d.salientNames(), func(x salient) bool { return x.entity == e })
}

// nameKind is what a name of unknown kind is taken for as a subject: something stands "at" a place.
func (d *subjectDoc) nameKind(m *mention) contrechamp.EntityKind {
	k := &d.paras[d.paraOf(m.first)].g.known
	t := m.first - 1
	if d.in(t, k.article) && !d.in(t, k.locative) {
		t--
	}
	if d.in(t, k.locative) {
		return contrechamp.KindPlace
	}
	return contrechamp.KindOrganisation
}
