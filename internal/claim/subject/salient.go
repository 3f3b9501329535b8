package subject

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/naming"
	"contrechamp.org/contrechamp/internal/claim/passage"
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
func (d *Doc) salientNames() []salient {
	if d.salientDone {
		return d.salient
	}
	d.salientDone = true
	const often, most = 2, 4
	all, at := d.salientRoom[:0], d.salientAt
	for i := range d.Paragraphs {
		p := &d.Paragraphs[i]
		for _, m := range d.ByPara[i] {
			if m.Kinds&(grammar.NAME|grammar.ORG|grammar.CO|grammar.POL) == 0 || m.Kinds&(grammar.PLC|grammar.PER) != 0 || m.Generic || m.Kinds&grammar.POL != 0 && d.PlaceOf(m) != nil {
				continue
			}
			name := d.Words(m.First, m.End)
			if m.Weak || d.Shouts(i) || naming.AllCapitals(name) && m.End-m.First > 1 {
				continue
			}
			if m.Key == "" {
				d.Folding = word.AppendKey(d.Folding[:0], name)
				m.Key = d.Written(d.Folding)
			}
			n, again := at[m.Key]
			if !again {
				n = int32(len(all))
				at[m.Key] = n
				all = append(all, salient{key: m.Key, entity: m.Entity, kind: "name"})
			}
			x := &all[n]
			if !again {
				switch {
				case m.Kinds&grammar.CO != 0:
					x.kind = "firm"
				case m.Kinds&grammar.POL != 0:
					x.kind = "body"
				case m.Kinds&grammar.ORG != 0:
					x.kind = "organisation"
				}
				if x.entity == nil {
					x.entity = d.Made(d.nameKind(m), d.Words(m.First, m.End))
				}
			}
			x.count++
			if p.Role == contrechamp.RoleTitle {
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

func (d *Doc) salientIs(e *contrechamp.Entity) bool {
	return slices.ContainsFunc(d.salientNames(), func(x salient) bool { return x.entity == e })
}

// nameKind is what a name of unknown kind is taken for as a subject: something stands "at" a place.
func (d *Doc) nameKind(m *passage.Mention) contrechamp.EntityKind {
	k := &d.Paragraphs[d.ParaOf(m.First)].Grammar.Known
	t := m.First - 1
	if d.In(t, k.Article) && !d.In(t, k.Locative) {
		t--
	}
	if d.In(t, k.Locative) {
		return contrechamp.KindPlace
	}
	return contrechamp.KindOrganisation
}
