package naming

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
)

// ofCounty makes a county of the words before the head of its body, which stands at token head: "Orange County Sheriff's Office" is not of Orange, and
// "Jefferson Parish Council" is of a place that no gazetteer of towns has.
func (d *Doc) ofCounty(p *passage.Paragraph, m *passage.Mention, head int) {
	k := &p.Grammar.Known
	if k.County == grammar.NoClass || m.Kinds&grammar.POL == 0 {
		return
	}
	for t := head; t > m.First; t-- { // the head may begin with it: "County Council"
		if !d.In(t, k.County) || !d.Tokens[t].Upper || !d.Tokens[m.First].Upper {
			continue
		}
		name := d.Words(m.First, t+1)
		e := d.Knows.Named(name, contrechamp.KindPlace)
		if e == nil {
			e = d.Made(contrechamp.KindPlace, name)
			if m.Within != nil && m.Within.Entity != nil && m.Within.Kinds&grammar.PLC != 0 {
				e.Country = m.Within.Entity.Country
			}
		} else {
			e = d.Keep(e)
		}
		m.Within = d.Mention(passage.Mention{First: m.First, End: t + 1, Kinds: grammar.PLC, Entity: e, Rank: 3})
		return
	}
}
