package subject

import (
	"sort"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/naming"
	"contrechamp.org/contrechamp/internal/claim/passage"
)

// A text may be about a name that nobody knows: it is a place, or an organisation, from then on, wherever it stands.

// takeName makes the name that the text is about a place, or a body where nothing is ever said to be there, and marks its
// mentions.
func (d *Doc) takeName(at int32) *contrechamp.Entity {
	r := &d.Runs[at]
	name := d.Words(r.First, r.End)
	for i := range d.Met {
		// the spelling of running text, not that of a headline
		if o := &d.Met[i]; o.Run == at && naming.AllCapitals(name) && !naming.AllCapitals(d.Words(o.First, o.End)) {
			name = d.Words(o.First, o.End)
			break
		}
	}
	if naming.AllCapitals(name) && len(name) > 4 {
		name = naming.TitleCase(name)
	}
	var e *contrechamp.Entity
	if r.Cues.Has(naming.CueSmallPlace) {
		for _, i := range d.Knows.Lexicon.ByName(name) {
			if x := d.Knows.Lexicon.Entity(i); x.Kind == contrechamp.KindPlace {
				e = d.Keep(x)
				break
			}
		}
	}
	if e == nil {
		kind := contrechamp.KindPlace
		if r.Cues&(1<<naming.CueArticle) != 0 && r.Cues&(1<<naming.CueLocative|1<<naming.CueInList|1<<naming.CueDateline|1<<naming.CueLabel|1<<naming.CueMasthead|1<<naming.CueBeforeBody|1<<naming.CueOfHead|1<<naming.CueGenitiveBody) == 0 {
			kind = contrechamp.KindOrganisation
		}
		e = d.Made(kind, name)
	}
	var more []*passage.Mention
	for i := range d.Met {
		o := &d.Met[i]
		if o.Run != at {
			continue
		}
		if m := d.markName(o.First, o.End, e); m != nil {
			more = append(more, m)
		}
	}
	d.insert(more)
	return e
}

// markName makes the mention at [first, end) one of an entity; where none is, it answers a new one.
func (d *Doc) markName(first, end int, e *contrechamp.Entity) *passage.Mention {
	k := grammar.PLC
	if e.Kind != contrechamp.KindPlace {
		k = grammar.ORG
	}
	list := d.ByPara[d.ParaOf(first)]
	i := sort.Search(len(list), func(i int) bool { return list[i].End > first })
	if i == len(list) || list[i].First >= end {
		return d.Mention(passage.Mention{First: first, End: end, Kinds: k, Entity: e, Shaped: true, Rank: 2})
	}
	m := list[i]
	switch {
	case m.First == first && m.End == end:
		if m.Kinds&(grammar.PER|grammar.CO|grammar.PRD) == 0 || m.Entity == nil {
			m.Kinds, m.Entity, m.Weak, m.Shaped = k, e, false, true
		}
	case m.First <= first && m.End >= end && m.Within == nil && k == grammar.PLC:
		m.Within = d.Mention(passage.Mention{First: first, End: end, Kinds: k, Entity: e, Shaped: true, Rank: 2})
		d.Inner = append(d.Inner, m.Within)
	}
	return nil
}

// insert puts new mentions among those of the text.
func (d *Doc) insert(more []*passage.Mention) {
	if len(more) == 0 {
		return
	}
	all := make([]*passage.Mention, 0, len(d.Mentions)+len(more))
	next := 0
	for i := range d.ByPara {
		from := len(all)
		for _, m := range d.ByPara[i] {
			for next < len(more) && more[next].First < m.First {
				all = append(all, more[next])
				next++
			}
			all = append(all, m)
		}
		for next < len(more) && more[next].First < d.Paragraphs[i].End {
			all = append(all, more[next])
			next++
		}
		d.ByPara[i] = all[from:len(all):len(all)]
	}
	d.Mentions = all
}
