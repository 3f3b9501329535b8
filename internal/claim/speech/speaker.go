package speech

import (
	"slices"
	"sort"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
)

// speakerKinds can speak.
const speakerKinds = grammar.PER | grammar.ORG | grammar.AUT | grammar.POL | grammar.CO

// Hear finds the speakers of all sentences, then hands them on within quotations that go over several sentences.
func (d *Doc) Hear() {
	byQuote := map[int32]passage.Voice{}
	turns := d.turns()
	minuted := d.minuted()
	d.floorPara = -1
	for i := range d.Sentences {
		s := &d.Sentences[i]
		d.attributions(s)
		if minuted && turns[s.Para] == 0 {
			d.floor(s)
			s.HeardBy(passage.ByFloor)
		}
		for _, v := range s.Voices {
			for t := v.First; t < v.End; t++ {
				if q := d.Quoted[t]; q > 0 && !d.saidWithin(v, q) {
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
	d.heardBy(passage.ByDocument)
	d.labels(turns, lines, minuted)
	d.heardBy(passage.ByLabel)
	// a quotation's other sentences have its speaker; so has a quotation that follows one in its paragraph
	last, onward, lastPara := passage.Voice{}, passage.Voice{}, -1
	for i := range d.Sentences {
		s := &d.Sentences[i]
		if lastPara != s.Para {
			last = passage.Voice{}
			if p := &d.Paragraphs[s.Para]; d.Quoted[p.First] > 0 && d.QuotedOn[s.Para] {
				last = onward
			} else if d.Quoted[p.First] > 0 && i > 0 && byQuote[d.Quoted[p.First]].Speaker == nil {
				last = d.introduces(i - 1)
			}
			lastPara = s.Para
		}
		for t := s.First; t < s.End; t++ {
			q := d.Quoted[t]
			if q == 0 || t > s.First && d.Quoted[t-1] == q {
				continue
			}
			end := t
			for end < s.End && d.Quoted[end] == q {
				end++
			}
			v, ok := byQuote[q]
			if !ok && last.Speaker != nil && d.quotationLength(t) > leastQuoted {
				v, ok = last, true
				v.Way = passage.ByQuotationBefore
			} else if v.First < s.First || v.First >= s.End {
				v.Way = passage.ByQuotation
			}
			if ok {
				from := t
				if len(s.Units) > 0 && d.In(s.First, d.GrammarAt(s).Known.TopicOf) {
					from = s.First // "Quant à la reconnaissance faciale, « ni maintenant, ni ... »"
				}
				s.Voices = d.around(s.Voices, v.Over(from, end), q)
				last = v
			}
		}
		if len(s.Voices) > 0 && d.Quoted[s.Voices[0].First] > 0 && !d.saidWithin(s.Voices[0], d.Quoted[s.Voices[0].First]) {
			last = s.Voices[0]
		}
		onward = last
	}
	d.dropNameless()
	d.nameWhole()
}

// dropNameless drops the voices of speakers whom nothing is left to call by, as words that are too short or too odd for a name leave them: what they
// say is nobody's.
func (d *Doc) dropNameless() {
	for i := range d.Sentences {
		s := &d.Sentences[i]
		s.Voices = slices.DeleteFunc(s.Voices, func(v passage.Voice) bool { return len(v.Speaker.Names) == 0 })
	}
}

// introduces is who a sentence says to speak in the quotation of the next paragraph: "M. Ruel nous prie d'insérer le texte suivant.", "Ada Neri
// once more:".
func (d *Doc) introduces(i int) passage.Voice {
	s := &d.Sentences[i]
	k := &d.GrammarAt(s).Known
	if s.End != d.Paragraphs[s.Para].End || len(s.Units) == 0 {
		return passage.Voice{}
	}
	if last := s.Units[len(s.Units)-1].First; d.Fold[last] != ":" && !(k.Follows != grammar.NoClass && d.Holds(s, k.Follows)) {
		return passage.Voice{}
	}
	if len(s.Voices) > 0 && !d.QuotedIn(s) {
		return s.Voices[len(s.Voices)-1]
	}
	for u := range s.Units {
		if s.Units[u].Kinds&grammar.PER != 0 && !d.BehindPreposition(s, u) {
			return d.speakerWith(s, u)
		}
	}
	const reach = 3 // units
	if v, _, ok := d.speakerFrom(s, 0, reach, 0); ok {
		return v
	}
	return passage.Voice{}
}

// quotationLength is how many tokens the quotation at token t has.
func (d *Doc) quotationLength(t int) int {
	from, to := t, t+1
	for from > 0 && d.Quoted[from-1] == d.Quoted[t] {
		from--
	}
	for to < len(d.Quoted) && d.Quoted[to] == d.Quoted[t] {
		to++
	}
	return to - from
}

// saidWithin reports whether the word that says who speaks stands in quotation q itself: « Le rapport dit que ... » is somebody's word about
// the report.
func (d *Doc) saidWithin(v passage.Voice, q int32) bool { return v.At > 0 && d.Quoted[v.At] == q }

// around adds the speaker of quotation q: before whomever the quotation quotes itself, who speaks for a part of it.
func (d *Doc) around(voices []passage.Voice, v passage.Voice, q int32) []passage.Voice {
	for i := range voices {
		if d.saidWithin(voices[i], q) {
			return slices.Insert(voices, i, v)
		}
	}
	return append(voices, v)
}

// hears notes who speaks in a sentence by an attribution that ends before unit end: all of the sentence, or, where the
// attribution closes a quotation, what is quoted, and what comes behind only if it goes on to say.
func (d *Doc) hears(s *passage.Sentence, v passage.Voice, end int, quoted bool) {
	d.lastVoice, d.lastVoiceAt = v, s.First
	d.lastVoice.Way = passage.ByNothing // whoever goes on is found in another way
	last := s.End
	if quoted && end < len(s.Units) && !d.saysOn(s, end) {
		last = d.TokenOf(s, end)
	}
	s.Voices = append(s.Voices, v.Over(s.First, last))
}

// commaWithin reports whether a comma stands in units [from, from+n).
func (d *Doc) commaWithin(s *passage.Sentence, from, n int) bool {
	for m := from; m < len(s.Units) && m < from+n; m++ {
		if s.Units[m].Comma {
			return true
		}
	}
	return false
}

// plain reports whether unit u is a word of its own: no mention, or one that a sentence's first capital makes look like a name.
func plain(s *passage.Sentence, u int) bool {
	m := s.Units[u].Mention
	return m == nil || u == 0 && m.Shaped && s.Units[u].End-s.Units[u].First == 1
}

// mentionsWithin reports whether units [from, to) hold a mention.
func (d *Doc) mentionsWithin(s *passage.Sentence, from, to int) bool {
	for n := from; n < to && n < len(s.Units); n++ {
		if s.Units[n].Mention != nil && s.Units[n].Kinds&speakerKinds == 0 {
			return true
		}
	}
	return false
}

// belongs notes the body that a person speaks for, for the next time.
func (d *Doc) belongs(person, body *contrechamp.Entity) {
	if d.bodyOf[person.ID] == nil {
		d.bodyOf[person.ID] = body
	}
}

// voiced adds an entity's names to the speaker.
func (d *Doc) voiced(v *passage.Voice, e *contrechamp.Entity) {
	if v.Entity == nil || e.Kind != contrechamp.KindPerson {
		v.Entity = e
	}
	if e.Kind != contrechamp.KindPerson && v.Speaker.ID == "" {
		v.Speaker.ID = e.ID
	}
	v.AlsoCalled(d.Ref(e).Names...)
}

// VoiceAt returns who speaks at a token: the last attribution that covers it.
func (d *Doc) VoiceAt(s *passage.Sentence, t int) *passage.Voice {
	for i := len(s.Voices) - 1; i >= 0; i-- {
		if v := &s.Voices[i]; v.First <= t && t < v.End {
			return v
		}
	}
	return nil
}

// UnitAt returns the unit that starts at or behind token t.
func (d *Doc) UnitAt(s *passage.Sentence, t int) int {
	return sort.Search(len(s.Units), func(u int) bool { return s.Units[u].First >= t })
}

// unitOf returns the unit that token t stands in.
func (d *Doc) unitOf(s *passage.Sentence, t int) int {
	u := d.UnitAt(s, t)
	if u > 0 && (u == len(s.Units) || s.Units[u].First > t) && s.Units[u-1].End > t {
		return u - 1
	}
	return min(u, len(s.Units)-1)
}

// TokenOf returns the first token of unit u, or the sentence's end.
func (d *Doc) TokenOf(s *passage.Sentence, u int) int {
	if u < len(s.Units) {
		return s.Units[u].First
	}
	return s.End
}
