package claim

import (
	"slices"
	"sort"

	contrechamp "contrechamp.org/contrechamp"
)

// speakerKinds can speak.
const speakerKinds = kPER | kORG | kAUT | kPOL | kCO

// hear finds the speakers of all sentences, then hands them on within quotations that go over several sentences.
func (d *speechDoc) hear() {
	byQuote := map[int32]voice{}
	turns := d.turns()
	minuted := d.minuted()
	d.floorPara = -1
	for i := range d.sents {
		s := &d.sents[i]
		d.attributions(s)
		if minuted && turns[s.para] == 0 {
			d.floor(s)
			s.heardBy(byFloor)
		}
		for _, v := range s.voices {
			for t := v.first; t < v.end; t++ {
				if q := d.quoted[t]; q > 0 && !d.saidWithin(v, q) {
					if _, ok := byQuote[q]; !ok {
						byQuote[q] = v
					}
				}
			}
		}
	}
	lines := d.lineLabels()
	if !d.answers() && turns == nil && lines == nil && !d.openLetter() {
		d.interview()
	}
	d.heardBy(byDocument)
	d.labels(turns, lines, minuted)
	d.heardBy(byLabel)
	// a quotation's other sentences have its speaker; so has a quotation that follows one in its paragraph
	last, onward, lastPara := voice{}, voice{}, -1
	for i := range d.sents {
		s := &d.sents[i]
		if lastPara != s.para {
			last = voice{}
			if p := &d.paras[s.para]; d.quoted[p.first] > 0 && d.quotedOn[s.para] {
				last = onward
			} else if d.quoted[p.first] > 0 && i > 0 && byQuote[d.quoted[p.first]].speaker == nil {
				last = d.introduces(i - 1)
			}
			lastPara = s.para
		}
		for t := s.first; t < s.end; t++ {
			q := d.quoted[t]
			if q == 0 || t > s.first && d.quoted[t-1] == q {
				continue
			}
			end := t
			for end < s.end && d.quoted[end] == q {
				end++
			}
			v, ok := byQuote[q]
			if !ok && last.speaker != nil && d.quotationLength(t) > leastQuoted {
				v, ok = last, true
				v.way = byQuotationBefore
			} else if v.first < s.first || v.first >= s.end {
				v.way = byQuotation
			}
			if ok {
				from := t
				if len(s.units) > 0 && d.in(s.first, d.grammarAt(s).known.topicOf) {
					from = s.first // "Quant à la reconnaissance faciale, « ni maintenant, ni ... »"
				}
				s.voices = d.around(s.voices, v.over(from, end), q)
				last = v
			}
		}
		if len(s.voices) > 0 && d.quoted[s.voices[0].first] > 0 && !d.saidWithin(s.voices[0], d.quoted[s.voices[0].first]) {
			last = s.voices[0]
		}
		onward = last
	}
	d.dropNameless()
	d.nameWhole()
}

// dropNameless drops the voices of speakers whom nothing is left to call by, as words that are too short or too odd for a name leave them: what they
// say is nobody's.
func (d *speechDoc) dropNameless() {
	for i := range d.sents {
		s := &d.sents[i]
		s.voices = slices.DeleteFunc(s.voices, func(v voice) bool { return len(v.speaker.Names) == 0 })
	}
}

// introduces is who a sentence says to speak in the quotation of the next paragraph: "M. Ruel nous prie d'insérer le texte suivant.", "Ada Neri
// once more:".
func (d *speechDoc) introduces(i int) voice {
	s := &d.sents[i]
	k := &d.grammarAt(s).known
	if s.end != d.paras[s.para].end || len(s.units) == 0 {
		return voice{}
	}
	if last := s.units[len(s.units)-1].first; d.fold[last] != ":" && !(k.follows != noClass && d.holds(s, k.follows)) {
		return voice{}
	}
	if len(s.voices) > 0 && !d.quotedIn(s) {
		return s.voices[len(s.voices)-1]
	}
	for u := range s.units {
		if s.units[u].kinds&kPER != 0 && !d.behindPreposition(s, u) {
			return d.speakerWith(s, u)
		}
	}
	const reach = 3 // units
	if v, _, ok := d.speakerFrom(s, 0, reach, 0); ok {
		return v
	}
	return voice{}
}

// quotationLength is how many tokens the quotation at token t has.
func (d *speechDoc) quotationLength(t int) int {
	from, to := t, t+1
	for from > 0 && d.quoted[from-1] == d.quoted[t] {
		from--
	}
	for to < len(d.quoted) && d.quoted[to] == d.quoted[t] {
		to++
	}
	return to - from
}

// saidWithin reports whether the word that says who speaks stands in quotation q itself: « Le rapport dit que ... » is somebody's word about
// the report.
func (d *speechDoc) saidWithin(v voice, q int32) bool { return v.at > 0 && d.quoted[v.at] == q }

// around adds the speaker of quotation q: before whomever the quotation quotes itself, who speaks for a part of it.
func (d *speechDoc) around(voices []voice, v voice, q int32) []voice {
	for i := range voices {
		if d.saidWithin(voices[i], q) {
			return slices.Insert(voices, i, v)
		}
	}
	return append(voices, v)
}

// hears notes who speaks in a sentence by an attribution that ends before unit end: all of the sentence, or, where the
// attribution closes a quotation, what is quoted, and what comes behind only if it goes on to say.
func (d *speechDoc) hears(s *sentence, v voice, end int, quoted bool) {
	d.lastVoice, d.lastVoiceAt = v, s.first
	d.lastVoice.way = byNothing // whoever goes on is found in another way
	last := s.end
	if quoted && end < len(s.units) && !d.saysOn(s, end) {
		last = d.tokenOf(s, end)
	}
	s.voices = append(s.voices, v.over(s.first, last))
}

// commaWithin reports whether a comma stands in units [from, from+n).
func (d *speechDoc) commaWithin(s *sentence, from, n int) bool {
	for m := from; m < len(s.units) && m < from+n; m++ {
		if s.units[m].comma {
			return true
		}
	}
	return false
}

// plain reports whether unit u is a word of its own: no mention, or one that a sentence's first capital makes look like a name.
func plain(s *sentence, u int) bool {
	m := s.units[u].mention
	return m == nil || u == 0 && m.shaped && s.units[u].end-s.units[u].first == 1
}

// mentionsWithin reports whether units [from, to) hold a mention.
func (d *speechDoc) mentionsWithin(s *sentence, from, to int) bool {
	for n := from; n < to && n < len(s.units); n++ {
		if s.units[n].mention != nil && s.units[n].kinds&speakerKinds == 0 {
			return true
		}
	}
	return false
}

// belongs notes the body that a person speaks for, for the next time.
func (d *speechDoc) belongs(person, body *contrechamp.Entity) {
	if d.bodyOf[person.ID] == nil {
		d.bodyOf[person.ID] = body
	}
}

// voiced adds an entity's names to the speaker.
func (d *speechDoc) voiced(v *voice, e *contrechamp.Entity) {
	if v.entity == nil || e.Kind != contrechamp.KindPerson {
		v.entity = e
	}
	if e.Kind != contrechamp.KindPerson && v.speaker.ID == "" {
		v.speaker.ID = e.ID
	}
	v.alsoCalled(d.ref(e).Names...)
}

// voiceAt returns who speaks at a token: the last attribution that covers it.
func (d *speechDoc) voiceAt(s *sentence, t int) *voice {
	for i := len(s.voices) - 1; i >= 0; i-- {
		if v := &s.voices[i]; v.first <= t && t < v.end {
			return v
		}
	}
	return nil
}

// unitAt returns the unit that starts at or behind token t.
func (d *speechDoc) unitAt(s *sentence, t int) int {
	return sort.Search(len(s.units), func(u int) bool { return s.units[u].first >= t })
}

// unitOf returns the unit that token t stands in.
func (d *speechDoc) unitOf(s *sentence, t int) int {
	u := d.unitAt(s, t)
	if u > 0 && (u == len(s.units) || s.units[u].first > t) && s.units[u-1].end > t {
		return u - 1
	}
	return min(u, len(s.units)-1)
}

// tokenOf returns the first token of unit u, or the sentence's end.
func (d *speechDoc) tokenOf(s *sentence, u int) int {
	if u < len(s.units) {
		return s.units[u].first
	}
	return s.end
}
