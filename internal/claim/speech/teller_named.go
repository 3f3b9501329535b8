package speech

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/claim/subject"
	"contrechamp.org/contrechamp/internal/word"
)

// headVoice is who opens a sentence, where somebody does.
type headVoice struct {
	v    *passage.Voice
	end  int // the unit behind
	done bool
}

// headOfSentence is who opens sentence i, nil where nobody that can speak does.
func (d *Doc) headOfSentence(i int) *headVoice {
	if len(d.headVoices) != len(d.Sentences) {
		d.headVoices = passage.Sized(d.headVoices, len(d.Sentences))
	}
	h := &d.headVoices[i]
	if h.done {
		return h
	}
	h.done = true
	const reach = 3 // units: an article and an adjective
	s := &d.Sentences[i]
	from := 0
	for from < len(s.Units) && d.Tokens[s.Units[from].First].Kind != word.Word {
		from++
	}
	k := &d.GrammarAt(s).Known
	if from >= len(s.Units) || s.Units[from].Mention == nil && d.In(s.Units[from].First, k.Preposition) {
		return h
	}
	v, end, ok := d.speakerFrom(s, from, reach, grammar.NAME)
	if noun, isNoun := d.nounFrom(s, from, len(s.Units), false); isNoun && (!ok || end-1 >= noun.end) {
		v, end, ok = d.nounVoice(s, noun), noun.end, true
	} else if ok && isNoun && v.Kinds&grammar.PER == 0 {
		v.AlsoCalled(d.nounVoice(s, noun).Speaker.Names...)
	}
	if !ok || len(v.Speaker.Names) == 0 {
		return h
	}
	v.Way, v.Who, v.At = passage.AsHead, -1, s.Units[from].First
	if at, known := d.speakerAt[v.Speaker.Names[0]]; known {
		v.Who = at
	}
	h.v, h.end = &v, end
	return h
}

// heads adds who opens the sentence, or one before it.
func (c *tellerList) heads() {
	d := c.d
	for back := 0; back <= headsBefore && c.sent-back >= 0; back++ {
		o := &d.Sentences[c.sent-back]
		if o.Para != c.x.Sentence.Para {
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
		c.has(t, tellerHeadSort[back][d.sorted(h.v).Sort])
		if back == 0 {
			if c.quoted {
				c.has(t, tellerHeadQuoted)
			}
			n := 0
			for u := h.end; u < min(h.end+wordsBehindHead, len(o.Units)) && u < c.x.From && n < len(t.Words); u++ {
				if o.Units[u].Mention == nil && !o.Units[u].Comma && !o.Units[u].Stop && d.Tokens[o.Units[u].First].Kind == word.Word {
					t.Words[n] = int32(o.Units[u].First)
					n++
				}
			}
			if c.x.From < h.end {
				c.has(t, tellerHeadWithin)
			}
		}
	}
}

// lastPerson adds the person named last.
func (c *tellerList) lastPerson() {
	d := c.d
	m := d.LastOf(c.first, pronounReach, grammar.PER)
	if m == nil {
		return
	}
	v := &passage.Voice{Speaker: &contrechamp.Speaker{}, Kinds: grammar.PER, Way: passage.AsLastNamed, Who: -1}
	d.voiced(v, m.Entity)
	if b := d.bodyOf[m.Entity.ID]; b != nil {
		d.voiced(v, b)
	}
	if at, known := d.speakerAt[v.Speaker.Names[0]]; known {
		v.Who = at
	}
	t, _ := c.voiced(v)
	if t == nil {
		return
	}
	c.has(t, tellerLastPerson)
	if m.First >= c.x.Sentence.First {
		c.has(t, tellerLastPersonHere)
	} else if c.pronoun {
		c.has(t, tellerLastPersonIt)
	}
}

// named adds the people and bodies that the sentence names and nobody hears.
func (c *tellerList) named() {
	d, s := c.d, c.x.Sentence
	k := &d.GrammarAt(s).Known
	count := 0
	for u := 0; u < min(len(s.Units), subject.ChoiceReach) && count < mostNamedHere; u++ {
		m := s.Units[u].Mention
		if m == nil || s.Units[u].Kinds&speakerKinds == 0 || m.Entity == nil || u >= c.x.From && u < c.x.To {
			continue
		}
		if c.hears(m.Entity) || len(c.list) >= mostTellers {
			continue
		}
		count++
		t := c.add(Teller{Unit: u, who: -1})
		c.has(t, tellerNamed)
		kind := sortOf(s.Units[u].Kinds)
		c.has(t, tellerNamedKind[kind])
		if d.BehindPreposition(s, u) {
			c.has(t, tellerNamedBehindPreposition)
		} else {
			c.has(t, tellerNamedActs)
			c.has(t, tellerActsKind[kind])
			if u <= 2 {
				c.has(t, tellerNamedFirst)
			}
		}
		for n := u + 1; n < min(u+5, len(s.Units)); n++ {
			if s.Units[n].Mention == nil && (d.In(s.Units[n].First, k.Said) || d.In(s.Units[n].First, k.Puts) || d.In(s.Units[n].First, k.Disowns)) {
				c.has(t, tellerNamedSays)
			}
		}
		for n := u - 1; n >= max(0, u-4); n-- {
			if s.Units[n].Mention == nil && (d.In(s.Units[n].First, k.Said) || d.In(s.Units[n].First, k.Document)) {
				c.has(t, tellerNamedSaid)
			}
		}
		if u >= c.x.To {
			c.has(t, tellerNamedBehind)
		}
	}
}

// hears reports whether an entity is among those who are heard.
func (c *tellerList) hears(e *contrechamp.Entity) bool {
	for i := range c.list {
		if v := c.list[i].Voice; v != nil && (v.Entity == e || slices.Contains(v.Speaker.Names, e.Name)) {
			return true
		}
	}
	return false
}
