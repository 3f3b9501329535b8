package claim

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// headVoice is who opens a sentence, where somebody does.
type headVoice struct {
	v    *voice
	end  int // the unit behind
	done bool
}

// headOfSentence is who opens sentence i, nil where nobody that can speak does.
func (d *speechDoc) headOfSentence(i int) *headVoice {
	if len(d.headVoices) != len(d.sents) {
		d.headVoices = sized(d.headVoices, len(d.sents))
	}
	h := &d.headVoices[i]
	if h.done {
		return h
	}
	h.done = true
	const reach = 3 // units: an article and an adjective
	s := &d.sents[i]
	from := 0
	for from < len(s.units) && d.toks[s.units[from].first].Kind != word.Word {
		from++
	}
	k := &d.grammarAt(s).known
	if from >= len(s.units) || s.units[from].mention == nil && d.in(s.units[from].first, k.preposition) {
		return h
	}
	v, end, ok := d.speakerFrom(s, from, reach, kNAME)
	if noun, isNoun := d.nounFrom(s, from, len(s.units), false); isNoun && (!ok || end-1 >= noun.end) {
		v, end, ok = d.nounVoice(s, noun), noun.end, true
	} else if ok && isNoun && v.kinds&kPER == 0 {
		v.alsoCalled(d.nounVoice(s, noun).speaker.Names...)
	}
	if !ok || len(v.speaker.Names) == 0 {
		return h
	}
	v.way, v.who, v.at = asHead, -1, s.units[from].first
	if at, known := d.speakerAt[v.speaker.Names[0]]; known {
		v.who = at
	}
	h.v, h.end = &v, end
	return h
}

// heads adds who opens the sentence, or one before it.
func (c *tellerList) heads() {
	d := c.d
	for back := 0; back <= headsBefore && c.sent-back >= 0; back++ {
		o := &d.sents[c.sent-back]
		if o.para != c.x.s.para {
			break
		}
		h := d.headOfSentence(c.sent - back)
		if h.v == nil {
			continue
		}
		t, _ := c.voiced(h.v)
		if t == nil {
			break
		}
		c.has(t, tellerHeads[back])
		c.has(t, tellerHeadSort[back][d.sorted(h.v).sort])
		if back == 0 {
			if c.quoted {
				c.has(t, tellerHeadQuoted)
			}
			n := 0
			for u := h.end; u < min(h.end+wordsBehindHead, len(o.units)) && u < c.x.from && n < len(t.words); u++ {
				if o.units[u].mention == nil && !o.units[u].comma && !o.units[u].stop && d.toks[o.units[u].first].Kind == word.Word {
					t.words[n] = int32(o.units[u].first)
					n++
				}
			}
			if c.x.from < h.end {
				c.has(t, tellerHeadWithin)
			}
		}
	}
}

// lastPerson adds the person named last.
func (c *tellerList) lastPerson() {
	d := c.d
	m := d.lastOf(c.first, pronounReach, kPER)
	if m == nil {
		return
	}
	v := &voice{speaker: &contrechamp.Speaker{}, kinds: kPER, way: asLastNamed, who: -1}
	d.voiced(v, m.entity)
	if b := d.bodyOf[m.entity.ID]; b != nil {
		d.voiced(v, b)
	}
	if at, known := d.speakerAt[v.speaker.Names[0]]; known {
		v.who = at
	}
	t, _ := c.voiced(v)
	if t == nil {
		return
	}
	c.has(t, tellerLastPerson)
	if m.first >= c.x.s.first {
		c.has(t, tellerLastPersonHere)
	} else if c.pronoun {
		c.has(t, tellerLastPersonIt)
	}
}

// named adds the people and bodies that the sentence names and nobody hears.
func (c *tellerList) named() {
	d, s := c.d, c.x.s
	k := &d.grammarAt(s).known
	count := 0
	for u := 0; u < min(len(s.units), choiceReach) && count < mostNamedHere; u++ {
		m := s.units[u].mention
		if m == nil || s.units[u].kinds&speakerKinds == 0 || m.entity == nil || u >= c.x.from && u < c.x.to {
			continue
		}
		if c.hears(m.entity) || len(c.list) >= mostTellers {
			continue
		}
		count++
		t := c.add(teller{unit: u, who: -1})
		c.has(t, tellerNamed)
		kind := sortOf(s.units[u].kinds)
		c.has(t, tellerNamedKind[kind])
		if d.behindPreposition(s, u) {
			c.has(t, tellerNamedBehindPreposition)
		} else {
			c.has(t, tellerNamedActs)
			c.has(t, tellerActsKind[kind])
			if u <= 2 {
				c.has(t, tellerNamedFirst)
			}
		}
		for n := u + 1; n < min(u+5, len(s.units)); n++ {
			if s.units[n].mention == nil && (d.in(s.units[n].first, k.said) || d.in(s.units[n].first, k.puts) || d.in(s.units[n].first, k.disowns)) {
				c.has(t, tellerNamedSays)
			}
		}
		for n := u - 1; n >= max(0, u-4); n-- {
			if s.units[n].mention == nil && (d.in(s.units[n].first, k.said) || d.in(s.units[n].first, k.document)) {
				c.has(t, tellerNamedSaid)
			}
		}
		if u >= c.x.to {
			c.has(t, tellerNamedBehind)
		}
	}
}

// hears reports whether an entity is among those who are heard.
func (c *tellerList) hears(e *contrechamp.Entity) bool {
	for i := range c.list {
		if v := c.list[i].v; v != nil && (v.entity == e || slices.Contains(v.speaker.Names, e.Name)) {
			return true
		}
	}
	return false
}
