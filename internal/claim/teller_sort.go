package claim

import (
	"slices"
	"strings"

	"contrechamp.org/contrechamp/internal/word"
)

// basics notes what a teller is.
func (c *tellerList) basics(t *teller) {
	d, v := c.d, t.v
	c.has(t, tellerSomebody)
	d.sorted(v)
	c.has(t, tellerKinds[v.sort])
	c.has(t, tellerKindsOf[v.sort][c.x.p])
	c.has(t, tellerWays[v.way])
	if t.who >= 0 {
		sp := &d.speakers[t.who]
		switch {
		case sp.sentences <= 1:
			c.has(t, tellerOnce)
		case 2*sp.sentences > len(d.sents):
			c.has(t, tellerHalf)
		case 5*sp.sentences > len(d.sents):
			c.has(t, tellerFifth)
		}
		if t.who == d.chief {
			c.has(t, tellerChief)
		}
		if sp.turns > 0 {
			c.has(t, tellerTurns)
		}
	}
	if v.at > 0 && v.sort == sortUnnamed {
		c.has(t, v.noun)
	}
	if e := c.x.value; e != nil && slices.ContainsFunc(v.speaker.Names, func(n string) bool {
		return slices.ContainsFunc(e.Names, func(o string) bool { return strings.EqualFold(n, o) })
	}) {
		c.has(t, tellerValue)
		c.has(t, tellerValueOf[c.x.p])
	}
}

// sorted notes once what sort of speaker a voice is.
func (d *speechDoc) sorted(v *voice) *voice {
	if v.sorted {
		return v
	}
	v.sorted = true
	v.sort = sortOf(v.kinds)
	if v.sort == sortName && (len(v.speaker.Names) == 0 || !word.StartsUpper(v.speaker.Names[0])) {
		if v.sort = sortUnnamed; v.at > 0 {
			v.noun = d.nounOf(v)
		}
	}
	return v
}

// nounOf tells what sort of noun speaks.
func (d *speechDoc) nounOf(v *voice) tellerFeature {
	if len(v.speaker.Names) == 0 {
		return tellerNoun
	}
	p := &d.paras[d.paraOf(v.at)]
	k := &p.g.known
	const reach = 12 // tokens
	name := v.speaker.Names[0]
	for t := max(p.first, v.at-reach); t < min(p.end, v.at+reach); t++ {
		if d.toks[t].Kind != word.Word || !hasWord(name, d.toks[t].Of(d.body)) {
			continue
		}
		switch {
		case d.in(t, k.role), d.in(t, k.title):
			return tellerRole
		case d.in(t, k.document), d.in(t, k.countNoun):
			return tellerDocument
		case d.in(t, k.company), d.in(t, k.firm):
			return tellerFirmNoun
		case d.sets[t].meets(&k.bodySet), d.in(t, k.bodyIt), d.in(t, k.council):
			return tellerBodyNoun
		case d.in(t, k.personUnit):
			return tellerPersonNoun
		}
	}
	return tellerNoun
}

// hasWord reports whether a name has a word, whatever its capitals.
func hasWord(name, w string) bool {
	for n := range strings.FieldsSeq(name) {
		if strings.EqualFold(n, w) {
			return true
		}
	}
	return false
}
