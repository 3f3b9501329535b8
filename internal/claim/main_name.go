package claim

import (
	"sort"

	contrechamp "contrechamp.org/contrechamp"
)

// A text may be about a name that nobody knows: it is a place, or an organisation, from then on, wherever it stands.

// takeName makes the name that the text is about a place, or a body where nothing is ever said to be there, and marks its
// mentions.
func (d *subjectDoc) takeName(at int32) *contrechamp.Entity {
	r := &d.runs[at]
	name := d.words(r.first, r.end)
	for i := range d.met {
		// the spelling of running text, not that of a headline
		if o := &d.met[i]; o.run == at && allCapitals(name) && !allCapitals(d.words(o.first, o.end)) {
			name = d.words(o.first, o.end)
			break
		}
	}
	if allCapitals(name) && len(name) > 4 {
		name = titleCase(name)
	}
	var e *contrechamp.Entity
	if r.cues.has(cueSmallPlace) {
		for _, i := range d.e.lex.ByName(name) {
			if x := d.e.lex.Entity(i); x.Kind == contrechamp.KindPlace {
				e = d.keep(x)
				break
			}
		}
	}
	if e == nil {
		kind := contrechamp.KindPlace
		if r.cues&(1<<cueArticle) != 0 && r.cues&(1<<cueLocative|1<<cueInList|1<<cueDateline|1<<cueLabel|1<<cueMasthead|1<<cueBeforeBody|1<<cueOfHead|1<<cueGenitiveBody) == 0 {
			kind = contrechamp.KindOrganisation
		}
		e = d.made(kind, name)
	}
	var more []*mention
	for i := range d.met {
		o := &d.met[i]
		if o.run != at {
			continue
		}
		if m := d.markName(o.first, o.end, e); m != nil {
			more = append(more, m)
		}
	}
	d.insert(more)
	return e
}

// markName makes the mention at [first, end) one of an entity; where none is, it answers a new one.
func (d *subjectDoc) markName(first, end int, e *contrechamp.Entity) *mention {
	k := kPLC
	if e.Kind != contrechamp.KindPlace {
		k = kORG
	}
	list := d.byPara[d.paraOf(first)]
	i := sort.Search(len(list), func(i int) bool { return list[i].end > first })
	if i == len(list) || list[i].first >= end {
		return d.mention(mention{first: first, end: end, kinds: k, entity: e, shaped: true, rank: 2})
	}
	m := list[i]
	switch {
	case m.first == first && m.end == end:
		if m.kinds&(kPER|kCO|kPRD) == 0 || m.entity == nil {
			m.kinds, m.entity, m.weak, m.shaped = k, e, false, true
		}
	case m.first <= first && m.end >= end && m.within == nil && k == kPLC:
		m.within = d.mention(mention{first: first, end: end, kinds: k, entity: e, shaped: true, rank: 2})
		d.inner = append(d.inner, m.within)
	}
	return nil
}

// insert puts new mentions among those of the text.
func (d *subjectDoc) insert(more []*mention) {
	if len(more) == 0 {
		return
	}
	all := make([]*mention, 0, len(d.mentions)+len(more))
	next := 0
	for i := range d.byPara {
		from := len(all)
		for _, m := range d.byPara[i] {
			for next < len(more) && more[next].first < m.first {
				all = append(all, more[next])
				next++
			}
			all = append(all, m)
		}
		for next < len(more) && more[next].first < d.paras[i].end {
			all = append(all, more[next])
			next++
		}
		d.byPara[i] = all[from:len(all):len(all)]
	}
	d.mentions = all
}
