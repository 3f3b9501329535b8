package speech

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/passage"
)

// collect lists whose words the words may be: nobody, then the nearest first.
func (c *tellerList) collect() {
	d, s := c.d, c.x.Sentence
	k := &d.GrammarAt(s).Known
	c.add(Teller{Unit: -1, who: -1})
	c.sent = d.SentenceAt(s.First)
	c.first, c.at = s.Units[c.x.From].First, s.Units[c.x.To-1].First
	c.heard = d.VoiceAt(s, c.at)
	c.quoted = d.Quoted[c.at] > 0
	c.pronoun = d.Any(s.First, min(s.First+nearHead, s.End), k.SpeakerIt) >= 0
	c.reported = d.Holds(s, k.Reported)
	c.ours = d.Holds(s, k.Ours)
	c.ourselves = d.Holds(s, k.Ourselves)
	for j := max(0, len(s.Voices)-mostVoices); j < len(s.Voices); j++ {
		c.here(&s.Voices[j])
	}
	c.before()
	c.behind()
	if d.chief >= 0 && 6*d.speakers[d.chief].sentences > len(d.Sentences) {
		if t, _ := c.voiced(d.speakers[d.chief].first); t != nil && c.ours {
			c.has(t, tellerChiefOurs)
		}
	}
	c.heads()
	c.lastPerson()
	c.named()
	c.ofPage()
	c.nobody(&c.list[0])
	d.Steps += len(c.list)
}

// here adds who is heard in the sentence.
func (c *tellerList) here(v *passage.Voice) {
	t, _ := c.voiced(v)
	if t == nil {
		return
	}
	covers := v.First <= c.at && c.at < v.End
	switch {
	case v == c.heard:
		c.has(t, tellerCovers[v.Way])
		if v.First > c.first {
			c.has(t, tellerCoversEnd)
		}
		if c.quoted {
			c.has(t, tellerCoversQuoted[v.Way])
		}
	case covers:
		c.has(t, tellerUnder)
		c.has(t, tellerUnderBy[v.Way])
	case v.First > c.at:
		c.has(t, tellerBehind[v.Way])
	default:
		c.has(t, tellerAhead[v.Way])
	}
	if s := c.x.Sentence; v.At >= s.First && v.At < s.End && v.Way != passage.ByNothing {
		if covers {
			t.Verb = int32(v.At)
		}
		c.said(t, v)
	}
}

// said notes where the word that says who speaks stands from the words.
func (c *tellerList) said(t *Teller, v *passage.Voice) {
	const near, far, reach = 3, 20, 60 // units
	d, s, x := c.d, c.x.Sentence, &c.x
	u := d.unitOf(s, v.At)
	stops, commas := 0, 0
	from := min(u, x.From)
	for n := from; n < min(max(u, x.To-1), from+reach); n++ {
		if s.Units[n].Stop {
			stops++
		} else if s.Units[n].Comma {
			commas++
		}
	}
	side := saidBefore
	if u >= x.To {
		side = saidBehind
	} else if u >= x.From {
		side = saidWithin
	}
	c.has(t, tellerSide[side])
	c.has(t, tellerCommas[min(commas, len(tellerCommas)-1)])
	if stops > 0 {
		c.has(t, tellerStops)
	}
	switch n := max(x.From-u, u-x.To); {
	case n <= near:
		c.has(t, tellerNear)
	case n > far:
		c.has(t, tellerFar)
	}
	switch q := d.Quoted[v.At]; {
	case q == 0 && c.quoted:
		c.has(t, tellerQuotedOutside)
	case q > 0 && d.Quoted[c.at] == q:
		c.has(t, tellerWithinQuote)
	case q > 0:
		c.has(t, tellerQuotedElse)
	}
	if v.At >= c.first && v.At <= c.at {
		c.has(t, tellerVerbWithin)
	}
}

// before adds who spoke before the sentence.
func (c *tellerList) before() {
	d, s := c.d, c.x.Sentence
	found := 0
	for back := 1; back <= sentsBefore && c.sent-back >= 0 && found < tellersBefore; back++ {
		o := &d.Sentences[c.sent-back]
		far := min(back, earlierInParagraph+1) - 1
		if s.Para-o.Para > 1 {
			far = inEarlierParagraph
		} else if o.Para != s.Para {
			far = inParagraphBefore
		}
		for j := len(o.Voices) - 1; j >= max(0, len(o.Voices)-mostVoices); j-- {
			v := &o.Voices[j]
			t, met := c.voiced(v)
			if t == nil {
				return
			}
			if met && t.noted.holds(tellerBeforeAny) {
				continue
			}
			found++
			c.has(t, tellerBeforeAny)
			c.has(t, tellerBefore[far])
			if found == 1 {
				c.has(t, tellerLast)
				c.has(t, tellerLastFar[far])
			}
			if v.End >= o.End-1 {
				c.has(t, tellerToTheEnd[far])
			}
			c.has(t, tellerBeforeBy[v.Way])
			if c.pronoun {
				c.has(t, tellerOpensIt)
			}
			if c.reported {
				c.has(t, tellerReported)
			}
			if c.quoted {
				c.has(t, tellerBeforeQuoted)
				if d.Quoted[v.First] > 0 {
					c.has(t, tellerBothQuoted)
				}
			}
		}
	}
}

// behind adds who speaks right behind the sentence.
func (c *tellerList) behind() {
	const most = 2 // voices of a sentence
	d, s := c.d, c.x.Sentence
	for ahead := 1; ahead <= sentsBehind && c.sent+ahead < len(d.Sentences); ahead++ {
		o := &d.Sentences[c.sent+ahead]
		if o.Para > s.Para+1 {
			break
		}
		for j := 0; j < min(len(o.Voices), most); j++ {
			t, _ := c.voiced(&o.Voices[j])
			if t == nil {
				return
			}
			far := ahead - 1
			if o.Para != s.Para {
				far = sentsBehind
			}
			c.has(t, tellerNext[far])
			c.has(t, tellerNextBy[o.Voices[j].Way])
			if c.quoted {
				c.has(t, tellerNextQuoted)
			}
		}
	}
}

// nobody notes what speaks for or against the text's own voice.
func (c *tellerList) nobody(t *Teller) {
	const few, many, most, short = .15, .4, .7, 12 // shares of sentences that somebody speaks in; sentences of a short text
	d, s := c.d, c.x.Sentence
	is := func(f passage.TellerFeature, holds bool) {
		if holds {
			c.has(t, f)
		}
	}
	c.has(t, tellerNobody)
	c.has(t, nobodyOf[c.x.Predicate])
	is(nobodyQuoted, c.quoted)
	is(nobodyOurs, c.ours)
	share := float64(d.voicedSents) / float64(len(d.Sentences))
	is(nobodySpeaks, share == 0)
	is(nobodyFew, share > 0 && share < few)
	is(nobodyMany, share > many && share <= most)
	is(nobodyMost, share > most)
	if c.sent > 0 {
		o := &d.Sentences[c.sent-1]
		is(nobodyOpensPara, o.Para != s.Para)
		is(nobodyVoiceBefore, o.Para == s.Para && len(o.Voices) > 0)
		is(nobodySilentBefore, o.Para == s.Para && len(o.Voices) == 0)
	}
	role := d.Paragraphs[s.Para].Role
	is(nobodyHeading, role == contrechamp.RoleHeading || role == contrechamp.RoleTitle)
	is(nobodyItem, role == contrechamp.RoleItem)
	is(nobodyMeta, role == contrechamp.RoleMeta)
	is(nobodyAttributes, c.heard == nil && s.Set.Meets(&d.GrammarAt(s).Known.Attributes))
	is(nobodyCovered, c.heard != nil)
	is(nobodyHedged, d.Hedged(s, c.x.From, c.x.To))
	is(nobodyReported, c.reported)
	c.has(t, nobodySelves[d.selvesLevel])
	is(nobodySelfNow[d.selvesLevel], c.ourselves && !c.quoted)
	is(nobodyShort, len(d.Sentences) < short)
}
