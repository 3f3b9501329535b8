package claim

import contrechamp "contrechamp.org/contrechamp"

// ofCounty makes a county of the words before the head of its body, which stands at token head: "Orange County Sheriff's Office" is not of Orange, and
// "Jefferson Parish Council" is of a place that no gazetteer of towns has.
func (d *namingDoc) ofCounty(p *paragraph, m *mention, head int) {
	k := &p.g.known
	if k.county == noClass || m.kinds&kPOL == 0 {
		return
	}
	for t := head; t > m.first; t-- { // the head may begin with it: "County Council"
		if !d.in(t, k.county) || !d.toks[t].Upper || !d.toks[m.first].Upper {
			continue
		}
		name := d.words(m.first, t+1)
		e := d.e.named(name, contrechamp.KindPlace)
		if e == nil {
			e = d.made(contrechamp.KindPlace, name)
			if m.within != nil && m.within.entity != nil && m.within.kinds&kPLC != 0 {
				e.Country = m.within.entity.Country
			}
		} else {
			e = d.keep(e)
		}
		m.within = d.mention(mention{first: m.first, end: t + 1, kinds: kPLC, entity: e, rank: 3})
		return
	}
}
