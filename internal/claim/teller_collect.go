package claim

import contrechamp "contrechamp.org/contrechamp"

// collect lists whose words the words may be: nobody, then the nearest first.
func (c *tellerList) collect() {
	d, s := c.d, c.x.s
	k := &d.grammarAt(s).known
	c.add(teller{unit: -1, who: -1})
	c.sent = d.sentenceAt(s.first)
	c.first, c.at = s.units[c.x.from].first, s.units[c.x.to-1].first
	c.heard = d.voiceAt(s, c.at)
	c.quoted = d.quoted[c.at] > 0
	c.pronoun = d.any(s.first, min(s.first+nearHead, s.end), k.speakerIt) >= 0
	c.reported = d.holds(s, k.reported)
	c.ours = d.holds(s, k.ours)
	c.ourselves = d.holds(s, k.ourselves)
	for j := max(0, len(s.voices)-mostVoices); j < len(s.voices); j++ {
		c.here(&s.voices[j])
	}
	c.before()
	c.behind()
	if d.chief >= 0 && 6*d.speakers[d.chief].sentences > len(d.sents) {
		if t, _ := c.voiced(d.speakers[d.chief].first); t != nil && c.ours {
			c.has(t, tellerChiefOurs)
		}
	}
	c.heads()
	c.lastPerson()
	c.named()
	c.ofPage()
	c.nobody(&c.list[0])
	d.steps += len(c.list)
}

// here adds who is heard in the sentence.
func (c *tellerList) here(v *voice) {
	t, _ := c.voiced(v)
	if t == nil {
		return
	}
	covers := v.first <= c.at && c.at < v.end
	switch {
	case v == c.heard:
		c.has(t, tellerCovers[v.way])
		if v.first > c.first {
			c.has(t, tellerCoversEnd)
		}
		if c.quoted {
			c.has(t, tellerCoversQuoted[v.way])
		}
	case covers:
		c.has(t, tellerUnder)
		c.has(t, tellerUnderBy[v.way])
	case v.first > c.at:
		c.has(t, tellerBehind[v.way])
	default:
		c.has(t, tellerAhead[v.way])
	}
	if s := c.x.s; v.at >= s.first && v.at < s.end && v.way != byNothing {
		if covers {
			t.verb = int32(v.at)
		}
		c.said(t, v)
	}
}

// said notes where the word that says who speaks stands from the words.
func (c *tellerList) said(t *teller, v *voice) {
	const near, far, reach = 3, 20, 60 // units
	d, s, x := c.d, c.x.s, &c.x
	u := d.unitOf(s, v.at)
	stops, commas := 0, 0
	from := min(u, x.from)
	for n := from; n < min(max(u, x.to-1), from+reach); n++ {
		if s.units[n].stop {
			stops++
		} else if s.units[n].comma {
			commas++
		}
	}
	side := saidBefore
	if u >= x.to {
		side = saidBehind
	} else if u >= x.from {
		side = saidWithin
	}
	c.has(t, tellerSide[side])
	c.has(t, tellerCommas[min(commas, len(tellerCommas)-1)])
	if stops > 0 {
		c.has(t, tellerStops)
	}
	switch n := max(x.from-u, u-x.to); {
	case n <= near:
		c.has(t, tellerNear)
	case n > far:
		c.has(t, tellerFar)
	}
	switch q := d.quoted[v.at]; {
	case q == 0 && c.quoted:
		c.has(t, tellerQuotedOutside)
	case q > 0 && d.quoted[c.at] == q:
		c.has(t, tellerWithinQuote)
	case q > 0:
		c.has(t, tellerQuotedElse)
	}
	if v.at >= c.first && v.at <= c.at {
		c.has(t, tellerVerbWithin)
	}
}

// before adds who spoke before the sentence.
func (c *tellerList) before() {
	d, s := c.d, c.x.s
	found := 0
	for back := 1; back <= sentsBefore && c.sent-back >= 0 && found < tellersBefore; back++ {
		o := &d.sents[c.sent-back]
		far := min(back, earlierInParagraph+1) - 1
		if s.para-o.para > 1 {
			far = inEarlierParagraph
		} else if o.para != s.para {
			far = inParagraphBefore
		}
		for j := len(o.voices) - 1; j >= max(0, len(o.voices)-mostVoices); j-- {
			v := &o.voices[j]
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
			if v.end >= o.end-1 {
				c.has(t, tellerToTheEnd[far])
			}
			c.has(t, tellerBeforeBy[v.way])
			if c.pronoun {
				c.has(t, tellerOpensIt)
			}
			if c.reported {
				c.has(t, tellerReported)
			}
			if c.quoted {
				c.has(t, tellerBeforeQuoted)
				if d.quoted[v.first] > 0 {
					c.has(t, tellerBothQuoted)
				}
			}
		}
	}
}

// behind adds who speaks right behind the sentence.
func (c *tellerList) behind() {
	const most = 2 // voices of a sentence
	d, s := c.d, c.x.s
	for ahead := 1; ahead <= sentsBehind && c.sent+ahead < len(d.sents); ahead++ {
		o := &d.sents[c.sent+ahead]
		if o.para > s.para+1 {
			break
		}
		for j := 0; j < min(len(o.voices), most); j++ {
			t, _ := c.voiced(&o.voices[j])
			if t == nil {
				return
			}
			far := ahead - 1
			if o.para != s.para {
				far = sentsBehind
			}
			c.has(t, tellerNext[far])
			c.has(t, tellerNextBy[o.voices[j].way])
			if c.quoted {
				c.has(t, tellerNextQuoted)
			}
		}
	}
}

// nobody notes what speaks for or against the text's own voice.
func (c *tellerList) nobody(t *teller) {
	const few, many, most, short = .15, .4, .7, 12 // shares of sentences that somebody speaks in; sentences of a short text
	d, s := c.d, c.x.s
	is := func(f tellerFeature, holds bool) {
		if holds {
			c.has(t, f)
		}
	}
	c.has(t, tellerNobody)
	c.has(t, nobodyOf[c.x.p])
	is(nobodyQuoted, c.quoted)
	is(nobodyOurs, c.ours)
	share := float64(d.voicedSents) / float64(len(d.sents))
	is(nobodySpeaks, share == 0)
	is(nobodyFew, share > 0 && share < few)
	is(nobodyMany, share > many && share <= most)
	is(nobodyMost, share > most)
	if c.sent > 0 {
		o := &d.sents[c.sent-1]
		is(nobodyOpensPara, o.para != s.para)
		is(nobodyVoiceBefore, o.para == s.para && len(o.voices) > 0)
		is(nobodySilentBefore, o.para == s.para && len(o.voices) == 0)
	}
	role := d.paras[s.para].role
	is(nobodyHeading, role == contrechamp.RoleHeading || role == contrechamp.RoleTitle)
	is(nobodyItem, role == contrechamp.RoleItem)
	is(nobodyMeta, role == contrechamp.RoleMeta)
	is(nobodyAttributes, c.heard == nil && s.set.meets(&d.grammarAt(s).known.attributes))
	is(nobodyCovered, c.heard != nil)
	is(nobodyHedged, d.hedged(s, c.x.from, c.x.to))
	is(nobodyReported, c.reported)
	c.has(t, nobodySelves[d.selvesLevel])
	is(nobodySelfNow[d.selvesLevel], c.ourselves && !c.quoted)
	is(nobodyShort, len(d.sents) < short)
}
