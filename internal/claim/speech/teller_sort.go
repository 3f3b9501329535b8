package speech

import (
	"slices"
	"strings"

	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// basics notes what a teller is.
func (c *tellerList) basics(t *Teller) {
	d, v := c.d, t.Voice
	c.has(t, tellerSomebody)
	d.sorted(v)
	c.has(t, tellerKinds[v.Sort])
	c.has(t, tellerKindsOf[v.Sort][c.x.Predicate])
	c.has(t, tellerWays[v.Way])
	if t.who >= 0 {
		sp := &d.speakers[t.who]
		switch {
		case sp.sentences <= 1:
			c.has(t, tellerOnce)
		case 2*sp.sentences > len(d.Sentences):
			c.has(t, tellerHalf)
		case 5*sp.sentences > len(d.Sentences):
			c.has(t, tellerFifth)
		}
		if t.who == d.chief {
			c.has(t, tellerChief)
		}
		if sp.turns > 0 {
			c.has(t, tellerTurns)
		}
	}
	if v.At > 0 && v.Sort == sortUnnamed {
		c.has(t, v.Noun)
	}
	if e := c.x.Value; e != nil && slices.ContainsFunc(v.Speaker.Names, func(n string) bool {
		return slices.ContainsFunc(e.Names, func(o string) bool { return strings.EqualFold(n, o) })
	}) {
		c.has(t, tellerValue)
		c.has(t, tellerValueOf[c.x.Predicate])
	}
}

// sorted notes once what sort of speaker a voice is.
func (d *Doc) sorted(v *passage.Voice) *passage.Voice {
	if v.Sorted {
		return v
	}
	v.Sorted = true
	v.Sort = sortOf(v.Kinds)
	if v.Sort == sortName && (len(v.Speaker.Names) == 0 || !word.StartsUpper(v.Speaker.Names[0])) {
		if v.Sort = sortUnnamed; v.At > 0 {
			v.Noun = d.nounOf(v)
		}
	}
	return v
}

// nounOf tells what sort of noun speaks.
func (d *Doc) nounOf(v *passage.Voice) passage.TellerFeature {
	if len(v.Speaker.Names) == 0 {
		return tellerNoun
	}
	p := &d.Paragraphs[d.ParaOf(v.At)]
	k := &p.Grammar.Known
	const reach = 12 // tokens
	name := v.Speaker.Names[0]
	for t := max(p.First, v.At-reach); t < min(p.End, v.At+reach); t++ {
		if d.Tokens[t].Kind != word.Word || !hasWord(name, d.Tokens[t].Of(d.Body)) {
			continue
		}
		switch {
		case d.In(t, k.Role), d.In(t, k.Title):
			return tellerRole
		case d.In(t, k.Document), d.In(t, k.CountNoun):
			return tellerDocument
		case d.In(t, k.Company), d.In(t, k.Firm):
			return tellerFirmNoun
		case d.Sets[t].Meets(&k.BodySet), d.In(t, k.BodyIt), d.In(t, k.Council):
			return tellerBodyNoun
		case d.In(t, k.PersonUnit):
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
