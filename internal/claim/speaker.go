package claim

import (
	"slices"
	"sort"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// voice says who speaks in tokens [first, end).
type voice struct {
	first, end int
	speaker    *contrechamp.Speaker
	entity     *contrechamp.Entity // the body, or the person
	kinds      kind
}

// speakerKinds can speak.
const speakerKinds = kPER | kORG | kAUT | kPOL | kCO

// hear finds the speakers of all sentences, then hands them on within quotations that go over several sentences.
func (d *doc) hear() {
	byQuote := map[int32]voice{}
	for i := range d.sents {
		s := &d.sents[i]
		d.attributions(s)
		for _, v := range s.voices {
			for t := v.first; t < v.end; t++ {
				if q := d.quoted[t]; q > 0 {
					if _, ok := byQuote[q]; !ok {
						byQuote[q] = v
					}
				}
			}
		}
	}
	d.interview()
	d.labels()
	// a quotation's other sentences have its speaker; so has a quotation that follows one in its paragraph
	last, lastPara := voice{}, -1
	for i := range d.sents {
		s := &d.sents[i]
		if lastPara != s.para {
			last = voice{}
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
			if !ok && last.speaker != nil && end-t > 6 {
				v, ok = last, true
			}
			if ok {
				s.voices = append(s.voices, v.over(t, end))
				last = v
			}
		}
		if len(s.voices) > 0 && d.quoted[s.voices[0].first] > 0 {
			last = s.voices[0]
		}
	}
}

// labels gives the paragraphs of a record of proceedings to whom their label names: "M. Dupont : ...", "Le Premier ministre :
// ...", up to the next label. Labels that name no office and nobody with a title are those of the makers of a programme,
// whose words are the document's own.
func (d *doc) labels() {
	var now voice
	para := -1
	for i := range d.sents {
		s := &d.sents[i]
		if s.para != para {
			para = s.para
			if v, labelled := d.label(para); labelled {
				now = v
			} else if d.paras[para].role == contrechamp.RoleHeading {
				now = voice{}
			}
		}
		if now.speaker != nil && len(s.voices) == 0 && !d.asks(i) {
			s.voices = append(s.voices, now.over(s.first, s.end))
		}
	}
}

// label reads the label of a paragraph: a few words, a colon, more behind it.
func (d *doc) label(para int) (voice, bool) {
	p := &d.paras[para]
	const longest = 9
	colon := -1
	for t := p.first; t < min(p.end, p.first+longest); t++ {
		if d.fold[t] == ":" {
			colon = t
			break
		}
	}
	if v, ok := d.answered(para); ok {
		return v, true
	}
	const least = 4 // words behind the colon
	if colon < p.first+1 || colon+least >= p.end || !d.toks[p.first].Upper {
		return voice{}, false
	}
	s := sentence{first: p.first, end: colon, para: para}
	d.units(&s, d.byPara[para])
	for u := range s.units {
		if s.units[u].kinds&kPER != 0 && s.units[u].mention != nil && s.units[u].mention.entity != nil {
			return d.speakerWith(&s, u), true
		}
		if w := d.roleAt(p.g, &s.units[u]); w > 0 && u <= 2 {
			v, _, _ := d.roleSpeaker(&s, u, w)
			return v, true
		}
	}
	if allCapitals(d.words(p.first, colon)) {
		return voice{}, true // somebody of the programme: the label before no longer holds
	}
	return voice{}, false
}

// answered reads a paragraph that opens as an answer: "Réponse. – Je suis informé que ...", "Antwort der Bundesregierung". Who answers
// stands in the label, or is who the question before it was put to.
func (d *doc) answered(para int) (voice, bool) {
	p := &d.paras[para]
	k := &p.g.known
	if d.is(p.first, k.answerLabel) == 0 || !d.toks[p.first].Upper {
		return voice{}, false
	}
	end := p.first + 1
	const longest = 9
	for end < p.end && end < p.first+longest && d.toks[end].Kind == word.Word {
		end++
	}
	s := sentence{first: p.first, end: end, para: para}
	d.units(&s, d.byPara[para])
	if v, _, ok := d.speakerFrom(&s, 1, len(s.units), 0); ok {
		return v, true
	}
	if end == p.first+1 && end < p.end {
		for i := len(d.sents) - 1; i >= 0; i-- {
			q := &d.sents[i]
			if q.para >= para || q.para < para-3 {
				continue
			}
			for u := range q.units {
				if n := d.is(q.units[u].first, k.asked); n > 0 {
					if v, _, ok := d.speakerFrom(q, d.unitAt(q, q.units[u].first+n), 3, 0); ok {
						return v, true
					}
				}
			}
		}
	}
	return voice{}, false
}

// minQuestions is how many paragraphs that only ask make a text an interview.
const minQuestions = 3

// interview gives the answers of an interview, which carry no word of saying, to the person or office that its first
// lines name.
func (d *doc) interview() {
	asking := make([]bool, len(d.paras))
	for i := range asking {
		asking[i] = !d.paras[i].silent
	}
	for i := range d.sents {
		asking[d.sents[i].para] = asking[d.sents[i].para] && d.asks(i)
	}
	questions, first := 0, -1
	for i := range asking {
		if asking[i] && d.paras[i].first < d.paras[i].end {
			questions++
			if first < 0 {
				first = i
			}
		}
	}
	if questions < minQuestions {
		return
	}
	var v voice
	for i := 0; i < first && v.speaker == nil; i++ {
		s := sentence{first: d.paras[i].first, end: d.paras[i].end, para: i}
		d.units(&s, d.byPara[i])
		for u := range s.units {
			t := s.units[u].first
			if s.units[u].kinds&kPER != 0 && s.units[u].mention.entity != nil {
				v = d.speakerWith(&s, u)
				break
			}
			if n := d.is(t, d.paras[i].g.known.role); n > 0 && s.units[u].mention == nil {
				v, _, _ = d.roleSpeaker(&s, u, n)
				break
			}
		}
	}
	if v.speaker == nil {
		return
	}
	for i := range d.sents {
		s := &d.sents[i]
		if s.para > first && !asking[s.para] && len(s.voices) == 0 && d.fold[s.first] != "(" {
			s.voices = append(s.voices, v.over(s.first, s.end))
		}
	}
}

// attributions finds who is said to speak in a sentence.
func (d *doc) attributions(s *sentence) {
	k := &d.grammarAt(s).known
	for u := 0; u < len(s.units); u++ {
		unit := &s.units[u]
		t := unit.first
		if n := d.is(t, k.selon); n > 0 {
			if v, _, ok := d.speakerFrom(s, d.unitAt(s, t+n), 8, kNAME); ok {
				s.voices = append(s.voices, v.over(s.first, s.end))
			}
			continue
		}
		if d.is(t, k.account) > 0 && unit.mention == nil && u > 2 {
			// "by the firm's latest count"
			for n := u - 1; n > 1 && n >= u-3; n-- {
				if d.fold[s.units[n].first] != "'s" {
					continue
				}
				from := n - 1
				for from > 0 && from > n-4 && d.is(s.units[from].first, k.preposition) == 0 {
					from--
				}
				if d.is(s.units[from].first, k.preposition) > 0 {
					if v, _, ok := d.speakerFrom(s, from+1, n-from, kNAME); ok {
						s.voices = append(s.voices, v.over(s.first, s.end))
					}
				}
				break
			}
			continue
		}
		if d.is(t, k.selonBehind) > 0 && u > 0 {
			if v, _, ok := d.subjectBefore(s, u); ok {
				s.voices = append(s.voices, v.over(s.first, s.end))
			}
			continue
		}
		if d.is(t, k.forOne) > 0 && u <= 1 {
			if v, end, ok := d.speakerFrom(s, u+1, 3, 0); ok && d.commaWithin(s, end, 14) {
				s.voices = append(s.voices, v.over(d.tokenOf(s, end), s.end))
			}
			continue
		}
		if n := d.is(t, k.said); n > 0 && unit.mention == nil {
			d.saying(s, u, n)
		}
	}
}

// saying reads one verb of saying at unit u.
func (d *doc) saying(s *sentence, u, n int) {
	k := &d.grammarAt(s).known
	after := d.unitAt(s, s.units[u].first+n)
	start := s.units[u].first
	// what follows it, directly: ", estime X", "said X", "« ... », a déclaré X"
	if u > 0 && (s.units[u-1].comma || d.quoted[s.units[u].first] == 0 && d.quoted[max(s.units[u].first-1, 0)] > 0 || d.auxiliary(s, u) ||
		d.quoted[max(s.units[max(u-1, 0)].first-1, 0)] > 0) {
		if v, _, ok := d.speakerFrom(s, after, 3, kNAME); ok {
			s.voices = append(s.voices, v.over(s.first, s.end))
			d.lastVoice, d.lastVoiceAt = v, s.first
			return
		}
	}
	// "affirme-t-il", "he said": who spoke before
	if v, whole, ok := d.pronounSpeaker(s, u, after); ok {
		if whole {
			start = s.first
		}
		s.voices = append(s.voices, v.over(start, s.end))
		return
	}
	// who stands before it
	v, at, ok := d.subjectBefore(s, u)
	if !ok {
		return
	}
	d.lastVoice, d.lastVoiceAt = v, s.first
	next := after
	opened := next < len(s.units) && (d.is(s.units[next].first, k.that) > 0 || d.fold[s.units[next].first] == ":")
	for m := next; !opened && m < len(s.units) && m < next+8; m++ {
		opened = d.is(s.units[m].first, k.that) > 0 && !s.units[m].comma
	}
	quotedAfter := false
	for t := start; t < s.end; t++ {
		quotedAfter = quotedAfter || d.quoted[t] > 0
	}
	switch {
	case opened || quotedAfter:
		s.voices = append(s.voices, v.over(start, s.end))
	case next >= len(s.units) || s.units[next].stop:
		// "..., the chief said."
		s.voices = append(s.voices, v.over(s.first, s.end))
	case d.grammarAt(s).bareSpeech && d.trails(s, at, next):
		// "..., an officer told a symposium on Monday."
		s.voices = append(s.voices, v.over(s.first, s.end))
	case d.grammarAt(s).bareSpeech && at >= u-3:
		s.voices = append(s.voices, v.over(start, s.end))
	}
}

// trails reports whether the speaker at unit at stands behind what is said, a comma before, with little behind the verb.
func (d *doc) trails(s *sentence, at, next int) bool {
	k := &d.grammarAt(s).known
	n := at - 1
	for n > 0 && s.units[n].mention == nil && d.is(s.units[n].first, k.article) > 0 {
		n--
	}
	const least, most = 4, 9 // words of what is said, and behind the verb
	if n < least || !s.units[n].comma {
		return false
	}
	for m := next; m < len(s.units) && !s.units[m].stop; m++ {
		if s.units[m].comma || m-next > most {
			return false
		}
	}
	return true
}

// pronounReach is how many tokens before a pronoun its speaker may have been named.
const pronounReach = 120

// pronounSpeaker is who spoke last, where a pronoun speaks: right before the verb ("he said") or behind it with hyphens
// ("affirme-t-il"). whole says that the verb stands behind what is said.
func (d *doc) pronounSpeaker(s *sentence, u, after int) (v voice, whole, ok bool) {
	k := &d.grammarAt(s).known
	said := s.units[u].first
	before := u > 0 && s.units[u-1].mention == nil && d.is(s.units[u-1].first, k.speakerIt) > 0 ||
		u > 1 && s.units[u-1].mention == nil && s.units[u-2].mention == nil && d.is(s.units[u-1].first, k.auxiliary) > 0 && d.is(s.units[u-2].first, k.speakerIt) > 0 // "il a découvert"
	behind := false
	for t := said + 1; t < min(said+5, s.end) && !behind; t++ {
		if d.fold[t] != "-" && d.fold[t] != "t" && d.is(t, k.speakerIt) == 0 {
			break
		}
		behind = d.fold[t-1] == "-" && d.is(t, k.speakerIt) > 0
	}
	if !before && !behind {
		return voice{}, false, false
	}
	whole = behind || u > 1 && (s.units[u-2].comma || d.quoted[max(s.units[u-1].first-1, 0)] > 0)
	// a person named in the sentence or before, if later than the last who spoke
	if m := d.lastOf(said, pronounReach, kPER); m != nil && (d.lastVoice.speaker == nil || m.first > d.lastVoiceAt) {
		v := voice{speaker: &contrechamp.Speaker{}, kinds: kPER}
		d.voiced(&v, m.entity)
		if b := d.bodyOf[m.entity.ID]; b != nil {
			d.voiced(&v, b)
		}
		return v, whole, true
	}
	if d.lastVoice.speaker == nil || said-d.lastVoiceAt > pronounReach {
		// a body that acts in the sentence before: "Le COC a enquêté. Il a découvert que ..."
		if m := d.lastOf(s.first, pronounReach/2, kAUT); m != nil && m.entity != nil && !m.generic {
			v := voice{speaker: &contrechamp.Speaker{}, kinds: m.kinds}
			d.voiced(&v, m.entity)
			return v, whole, true
		}
		return voice{}, false, false
	}
	return d.lastVoice, whole, true
}

// auxiliary reports whether the word before unit u is one that a verb of saying stands behind, itself behind a
// comma or a quotation: ", a déclaré".
func (d *doc) auxiliary(s *sentence, u int) bool {
	if u < 2 || s.units[u-1].mention != nil || d.toks[s.units[u-1].first].End-d.toks[s.units[u-1].first].Start > 6 {
		return false
	}
	before := s.units[u-2]
	return before.comma || d.quoted[max(s.units[u-1].first-1, 0)] > 0
}

// subjectBefore finds the speaker before a verb of saying, over an apposition of up to twelve tokens.
func (d *doc) subjectBefore(s *sentence, u int) (voice, int, bool) {
	const reach = 14
	k := &d.grammarAt(s).known
	best := -1
	for n := u - 1; n >= 0 && n >= u-reach; n-- {
		unit := &s.units[n]
		if unit.stop {
			break
		}
		isRole := d.roleAt(d.grammarAt(s), unit) > 0 || unit.mention == nil && d.is(unit.first, k.document) > 0
		if unit.kinds&speakerKinds == 0 && !isRole {
			continue
		}
		if d.behindPreposition(s, n) {
			continue
		}
		best = n
		if isRole && n == u-1 {
			break // "the mayor said"
		}
		if unit.kinds&kPER != 0 || n == 0 || !d.commaWithin(s, 0, n) {
			break
		}
		// an apposition's noun: look for the name before its comma
		if n >= 2 && s.units[n-1].comma {
			continue
		}
		if isRole {
			continue
		}
		break
	}
	if best < 0 {
		return voice{}, 0, false
	}
	v, _, ok := d.speakerFrom(s, best, 1, 0)
	return v, best, ok
}

// commaWithin reports whether a comma stands in units [from, from+n).
func (d *doc) commaWithin(s *sentence, from, n int) bool {
	for m := from; m < len(s.units) && m < from+n; m++ {
		if s.units[m].comma {
			return true
		}
	}
	return false
}

// speakerFrom reads a speaker in the units from u on, skipping up to reach units; extra are further kinds that may
// speak here. It answers the unit behind it.
func (d *doc) speakerFrom(s *sentence, u, reach int, extra kind) (voice, int, bool) {
	k := &d.grammarAt(s).known
	for n := u; n < len(s.units) && n < u+reach; n++ {
		unit := &s.units[n]
		if unit.stop || unit.comma && n > u {
			break
		}
		if unit.kinds&(speakerKinds|extra) != 0 && unit.mention != nil {
			return d.speakerWith(s, n), n + 1, true
		}
		if w := d.roleAt(d.grammarAt(s), unit); w > 0 {
			return d.roleSpeaker(s, n, w)
		}
		if unit.mention == nil {
			if w := d.is(unit.first, k.document); w > 0 {
				return d.documentSpeaker(s, n, w)
			}
			if w := max(d.is(unit.first, k.company), d.is(unit.first, k.firm)); w > 0 {
				return d.firmSpeaker(s, n, w)
			}
		}
	}
	return voice{}, u, false
}

// roleAt returns the words at a unit that say an office, also where its first word alone names something else: "Premier ministre".
func (d *doc) roleAt(g *grammar, u *unit) int {
	w := d.is(u.first, g.known.role)
	if w > 0 && u.mention != nil && w <= u.mention.len() {
		return 0
	}
	return w
}

// roleSpeaker is someone known by a role: "le maire", "son porte-parole", with the name or body that follows.
func (d *doc) roleSpeaker(s *sentence, n, w int) (voice, int, bool) {
	first := s.units[n].first
	name := strings.ToLower(d.words(first, first+w))
	sp := &contrechamp.Speaker{Names: []string{name}}
	v := voice{speaker: sp}
	end := d.unitAt(s, first+w)
	for m := end; m < len(s.units) && m < end+8 && !s.units[m].stop; m++ {
		in := s.units[m].mention
		if in == nil || s.units[m].kinds&(kPER|kAUT|kPOL|kORG) == 0 || in.entity == nil {
			continue
		}
		d.voiced(&v, in.entity)
		if s.units[m].kinds&kPER != 0 {
			sp.Names = append([]string{in.entity.Name}, slices.DeleteFunc(sp.Names, func(x string) bool { return x == in.entity.Name })...)
		}
		end = m + 1
		break
	}
	// "chef de la sécurité", "mayor of the town": the office with what it is of
	if last := d.officeEnd(s, first+w); last > first+w {
		if full := strings.ToLower(d.words(first, last)); !slices.Contains(sp.Names, full) {
			sp.Names = append(sp.Names, full)
		}
	}
	return v, end, true
}

// officeEnd returns the end of what an office is of: "de la sécurité du campus".
func (d *doc) officeEnd(s *sentence, t int) int {
	k := &d.grammarAt(s).known
	const longest = 6
	end := t
	for end < s.end && end < t+longest && d.toks[end].Kind == word.Word {
		if end == t && d.is(end, k.of) == 0 || d.is(end, k.said) > 0 || d.is(end, k.that) > 0 {
			break
		}
		end++
	}
	for end > t && (d.is(end-1, k.of) > 0 || d.is(end-1, k.article) > 0) {
		end--
	}
	return end
}

// documentSpeaker is a document that speaks: "le rapport", "the petition", with the body that wrote it.
func (d *doc) documentSpeaker(s *sentence, n, w int) (voice, int, bool) {
	first := s.units[n].first
	sp := &contrechamp.Speaker{Names: []string{strings.ToLower(d.words(first, first+w))}}
	v := voice{speaker: sp}
	end := d.unitAt(s, first+w)
	for m := end; m < len(s.units) && m < end+6 && !s.units[m].stop && !s.units[m].comma; m++ {
		in := s.units[m].mention
		if in == nil || in.entity == nil || s.units[m].kinds&(kPER|kAUT|kORG|kPOL|kCO) == 0 {
			continue
		}
		v.kinds = s.units[m].kinds
		d.voiced(&v, in.entity)
		return v, m + 1, true
	}
	return v, end, true
}

// firmSpeaker is a firm that speaks without its name: "selon l'entreprise", "laut Hersteller": the one named last.
func (d *doc) firmSpeaker(s *sentence, n, w int) (voice, int, bool) {
	first := s.units[n].first
	sp := &contrechamp.Speaker{Names: []string{strings.ToLower(d.words(first, first+w))}}
	v := voice{speaker: sp, kinds: kCO}
	if e := d.lastCompany(first, 0); e != nil {
		d.voiced(&v, e)
	}
	return v, d.unitAt(s, first+w), true
}

// speakerWith makes the speaker of unit n: a person with the body of the apposition behind the name.
func (d *doc) speakerWith(s *sentence, n int) voice {
	unit := &s.units[n]
	m := unit.mention
	v := voice{speaker: &contrechamp.Speaker{}, kinds: unit.kinds}
	if m.entity == nil {
		v.speaker.Names = []string{d.words(m.first, m.end)}
		return v
	}
	d.voiced(&v, m.entity)
	if unit.kinds&kPER != 0 {
		for b := n + 1; b < len(s.units) && b < n+14 && !s.units[b].stop; b++ {
			in := s.units[b].mention
			if d.is(s.units[b].first, d.grammarAt(s).known.said) > 0 && s.units[b].mention == nil {
				break
			}
			if in != nil && in.entity != nil && s.units[b].kinds&(kAUT|kORG|kPOL|kCO) != 0 {
				d.voiced(&v, in.entity)
				d.belongs(m.entity, in.entity)
				break
			}
		}
		if b := d.bodyOf[m.entity.ID]; b != nil {
			d.voiced(&v, b)
		}
	}
	return v
}

// over is the voice in tokens [first, end).
func (v voice) over(first, end int) voice {
	v.first, v.end = first, end
	return v
}

// belongs notes the body that a person speaks for, for the next time.
func (d *doc) belongs(person, body *contrechamp.Entity) {
	if d.bodyOf[person.ID] == nil {
		d.bodyOf[person.ID] = body
	}
}

// voiced adds an entity's names to the speaker.
func (d *doc) voiced(v *voice, e *contrechamp.Entity) {
	if v.entity == nil || e.Kind != contrechamp.KindPerson {
		v.entity = e
	}
	if e.Kind != contrechamp.KindPerson && v.speaker.ID == "" {
		v.speaker.ID = e.ID
	}
	for _, n := range d.ref(e).Names {
		if !slices.Contains(v.speaker.Names, n) {
			v.speaker.Names = append(v.speaker.Names, n)
		}
	}
}

// voiceAt returns who speaks at a token: the last attribution that covers it.
func (d *doc) voiceAt(s *sentence, t int) *voice {
	for i := len(s.voices) - 1; i >= 0; i-- {
		if v := &s.voices[i]; v.first <= t && t < v.end {
			return v
		}
	}
	return nil
}

// unitAt returns the unit that starts at or behind token t.
func (d *doc) unitAt(s *sentence, t int) int {
	return sort.Search(len(s.units), func(u int) bool { return s.units[u].first >= t })
}

// tokenOf returns the first token of unit u, or the sentence's end.
func (d *doc) tokenOf(s *sentence, u int) int {
	if u < len(s.units) {
		return s.units[u].first
	}
	return s.end
}
