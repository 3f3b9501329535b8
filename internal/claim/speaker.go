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
	if !d.answers() {
		d.interview()
	}
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
				from := t
				if len(s.units) > 0 && d.is(s.first, d.grammarAt(s).known.topicOf) > 0 {
					from = s.first // "Quant à la reconnaissance faciale, « ni maintenant, ni ... »"
				}
				s.voices = append(s.voices, v.over(from, end))
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
	turns := d.turns()
	for i := range d.sents {
		s := &d.sents[i]
		if s.para != para {
			para = s.para
			if v, labelled := d.label(para); labelled {
				now = v
			} else if end := turns[para]; end > 0 {
				now = d.turn(para, end)
			} else if v, answers := d.replies(i); answers {
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

// A dialogue set with labels that end in a full stop or a dash has at least so many turns, and each label comes back.
const (
	leastTurns   = 4
	longestLabel = 6 // tokens
)

// turns answers where the label of each paragraph of a dialogue ends: "La directrice. Deux mille caméras." Only openings that come
// back are labels.
func (d *doc) turns() map[int]int {
	ends, often := map[int]int{}, map[string]int{}
	for i := range d.paras {
		p := &d.paras[i]
		for t := p.first; t < min(p.end, p.first+longestLabel+1); t++ {
			if d.toks[t].Kind == word.Word {
				continue
			}
			if d.fold[t] == "." && t > p.first && d.abbreviates(p, t) {
				continue
			}
			if mark := d.fold[t]; (mark == "." || mark == ":" || mark == "–" || mark == "—") && t > p.first && t+1 < p.end && d.toks[p.first].Upper && p.role != contrechamp.RoleItem {
				ends[i] = t
				often[d.words(p.first, t)]++
			}
			break
		}
	}
	turns := 0
	for i, end := range ends {
		if often[d.words(d.paras[i].first, end)] < 2 {
			delete(ends, i)
			continue
		}
		turns++
	}
	if turns < leastTurns {
		return nil
	}
	return ends
}

// turn is who speaks in a turn of a dialogue: the office or noun phrase of its label, known more fully where a line before the dialogue
// names the same office ("Entretien avec la directrice de la sûreté"). The makers of a programme, in capitals, are nobody.
func (d *doc) turn(para, end int) voice {
	p := &d.paras[para]
	if allCapitals(d.words(p.first, end)) {
		return voice{}
	}
	s := sentence{first: p.first, end: end, para: para}
	d.units(&s, d.byPara[para])
	v, _, ok := d.speakerFrom(&s, 0, longestLabel, 0)
	if !ok {
		if noun, isNoun := d.nounPhraseAt(&s, 0, len(s.units)); isNoun {
			return d.nounVoice(&s, noun)
		}
		return voice{}
	}
	role := d.any(p.first, end, p.g.known.role)
	for t := 0; role >= 0 && t < p.first; t++ {
		if d.fold[t] != d.fold[role] || d.paras[d.paraOf(t)].role == contrechamp.RoleBody {
			continue
		}
		before := d.paraOf(t)
		o := sentence{first: d.paras[before].first, end: d.paras[before].end, para: before}
		d.units(&o, d.byPara[before])
		if fuller, _, ok := d.roleSpeaker(&o, d.unitAt(&o, t), 1); ok {
			for _, n := range v.speaker.Names {
				if !slices.Contains(fuller.speaker.Names, n) {
					fuller.speaker.Names = append(fuller.speaker.Names, n)
				}
			}
			return fuller
		}
		break
	}
	return v
}

// replies is who answers in the paragraph that sentence i opens with a word for an answer ("Réponse. - Je suis informé que ..."):
// the office that the question before it was put to.
func (d *doc) replies(i int) (voice, bool) {
	s := &d.sents[i]
	k := &d.grammarAt(s).known
	n := d.is(s.first, k.answer)
	if n == 0 || s.first+n >= d.paras[s.para].end || d.toks[s.first+n].Kind == word.Word {
		return voice{}, false
	}
	const back = 3 // sentences
	for j := i - 1; j >= 0 && j >= i-back; j-- {
		o := &d.sents[j]
		for u := 1; u < len(o.units); u++ {
			w := d.is(o.units[u].first, d.grammarAt(o).known.role)
			if w == 0 || o.units[u].mention != nil {
				continue
			}
			for n := u - 1; n >= 0 && n >= u-3; n-- {
				if d.is(o.units[n].first, d.grammarAt(o).known.preposition) > 0 && o.units[n].mention == nil {
					v, _, ok := d.roleSpeaker(o, u, w)
					return v, ok
				}
			}
		}
	}
	return voice{}, false
}

// answers gives all that a written answer says to whoever its heading names ("Antwort der Bundesregierung", "Réponse du préfet"),
// and a part of it to whom the part's heading names ("Vorbemerkung der Fragesteller"). It reports whether there was such a heading.
func (d *doc) answers() bool {
	var whole, now voice
	para := -1
	for i := range d.sents {
		s := &d.sents[i]
		for para < s.para {
			para++ // those too that say nothing themselves: a masthead may name who answers
			if v, ok := d.answerHead(para); ok {
				if now = v; whole.speaker == nil {
					whole = v
				}
			}
		}
		if d.asks(i) {
			now = whole
		}
		if now.speaker != nil && len(s.voices) == 0 && !d.asks(i) && d.paras[para].role != contrechamp.RoleHeading && d.paras[para].role != contrechamp.RoleTitle {
			s.voices = append(s.voices, now.over(s.first, s.end))
		}
	}
	return whole.speaker != nil
}

// answerHead reads the heading of a written answer, or of a part of one.
func (d *doc) answerHead(para int) (voice, bool) {
	p := &d.paras[para]
	const longest = 26
	n := d.is(p.first, p.g.known.answerBy)
	if n == 0 || p.end-p.first > longest || d.fold[p.end-1] == "." {
		return voice{}, false
	}
	s := sentence{first: p.first, end: p.end, para: para}
	d.units(&s, d.byPara[para])
	u := d.unitAt(&s, p.first+n)
	v, end, ok := d.speakerFrom(&s, u, 2, 0)
	noun, isNoun := d.nounPhraseAt(&s, u, len(s.units))
	if isNoun && (!ok || end > noun.end) {
		return d.nounVoice(&s, noun), true
	}
	return v, ok
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
		if w := d.is(s.units[u].first, p.g.known.role); w > 0 && s.units[u].mention == nil && u <= 2 {
			v, _, _ := d.roleSpeaker(&s, u, w)
			return v, true
		}
	}
	if allCapitals(d.words(p.first, colon)) {
		return voice{}, true // somebody of the programme: the label before no longer holds
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
	// a question may have a sentence before it: "You have 90 cameras. Why two drones?"
	for i := range d.sents {
		if p := &d.paras[d.sents[i].para]; d.asks(i) && d.sents[i].end == p.end && p.end-p.first <= longestQuestion {
			asking[d.sents[i].para] = true
			first = min(first, d.sents[i].para)
		}
	}
	var v voice
	for i := first - 1; i >= 0 && v.speaker == nil; i-- { // headings, the nearest first
		if d.paras[i].role != contrechamp.RoleBody {
			v = d.interviewed(i)
		}
	}
	for i := 0; i < first && v.speaker == nil; i++ {
		v = d.interviewed(i)
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

// longestQuestion is how many tokens a question of an interview has at most, with what stands before it.
const longestQuestion = 40

// interviewed is the person or office that a paragraph before the questions names.
func (d *doc) interviewed(para int) voice {
	s := sentence{first: d.paras[para].first, end: d.paras[para].end, para: para}
	d.units(&s, d.byPara[para])
	for u := range s.units {
		t := s.units[u].first
		if s.units[u].kinds&kPER != 0 && s.units[u].mention != nil && s.units[u].mention.entity != nil {
			return d.speakerWith(&s, u)
		}
		if n := d.is(t, d.paras[para].g.known.role); n > 0 && s.units[u].mention == nil {
			v, _, _ := d.roleSpeaker(&s, u, n)
			return v
		}
	}
	return voice{}
}

// attributions finds who is said to speak in a sentence.
func (d *doc) attributions(s *sentence) {
	k := &d.grammarAt(s).known
	for u := 0; u < len(s.units); u++ {
		unit := &s.units[u]
		t := unit.first
		if !d.sets[t].meets(&k.attributes) {
			continue
		}
		if n := d.is(t, k.selon); n > 0 {
			if v, _, ok := d.source(s, u, d.unitAt(s, t+n), d.is(t, k.selonWeak) == n); ok {
				s.voices = append(s.voices, v.over(s.first, s.end))
			}
			continue
		}
		if d.is(t, k.byCount) > 0 && unit.mention == nil {
			if v, ok := d.counter(s, u+1); ok {
				from, to := clause(s, u, u+1)
				if from == u && to < len(s.units) {
					_, to = clause(s, to+1, to+1) // ", by the firm's own count, some 410 cameras"
				}
				s.voices = append(s.voices, v.over(s.units[from].first, d.tokenOf(s, to)))
				continue
			}
		}
		if d.is(t, k.selonBehind) > 0 && u > 0 {
			v, _, ok := d.subjectBefore(s, u)
			if !ok {
				v, _, ok = d.nounBefore(s, u) // "Dem Unternehmen zufolge"
			}
			if ok {
				s.voices = append(s.voices, v.over(s.first, s.end))
			}
			continue
		}
		if d.is(t, k.forOne) > 0 && u <= 1 {
			if v, end, ok := d.speakerFrom(s, u+1, 3, 0); ok && d.commaWithin(s, end, 14) && !d.mentionsWithin(s, u+1, d.phraseStart(s, end-1)) {
				s.voices = append(s.voices, v.over(d.tokenOf(s, end), s.end))
			}
			continue
		}
		if n := d.is(t, k.said); n > 0 && plain(s, u) {
			d.saying(s, u, n)
		}
	}
	if d.quotedIn(s) {
		d.closings(s)
		d.spoken(s)
	}
	if len(s.voices) == 0 {
		d.goesOn(s)
	}
	d.announced(s)
}

// mostAnnounced is how many units a sentence has at most that only says who will speak, and longestSpeech how many sentences are then that
// speech.
const (
	mostAnnounced = 7
	longestSpeech = 6
)

// announced gives the sentences behind a mere announcement ("La cheffe de zone rectifie.", "The minister answered:") to whom it names, as
// long as nobody else speaks.
func (d *doc) announced(s *sentence) {
	if d.heard.speaker != nil && len(s.voices) == 0 && d.heardLeft > 0 && d.paras[s.para].role != contrechamp.RoleHeading {
		if s.para == d.heardPara || d.listed(s.para) {
			s.voices = append(s.voices, d.heard.over(s.first, s.end))
			d.heardLeft--
			return
		}
	}
	d.heard.speaker = nil
	k := &d.grammarAt(s).known
	if len(s.units) > mostAnnounced || len(s.units) < 3 || len(s.voices) > 1 {
		return
	}
	last := len(s.units) - 1
	for last > 0 && (s.units[last].stop || s.units[last].comma) {
		last--
	}
	if s.units[last].mention != nil || d.is(s.units[last].first, k.said) == 0 || d.quotedIn(s) || s.units[len(s.units)-1].mention != nil {
		return
	}
	v, at, ok := d.subjectBefore(s, last)
	if noun, first, found := d.nounBefore(s, last); found && (!ok || at < first) {
		v, at, ok = noun, first, true
	}
	if ok && at <= 2 {
		d.heard, d.heardPara, d.heardLeft = v, s.para, longestSpeech
		if s.end == d.paras[s.para].end {
			d.heardPara = -1
		}
	}
}

// listed reports whether a paragraph is a point of a list: an item, or one that opens with a number, a dash or an ordinal.
func (d *doc) listed(para int) bool {
	p := &d.paras[para]
	if p.role == contrechamp.RoleItem || p.first >= p.end {
		return p.role == contrechamp.RoleItem
	}
	if d.toks[p.first].Kind != word.Word {
		return true
	}
	return p.first+1 < p.end && (d.fold[p.first+1] == ":" || d.fold[p.first+1] == ")")
}

// goesOn lets a sentence in the mood of reported speech ("Gefunden werde nur, wer ...") go on with what the sentence before it
// reports.
func (d *doc) goesOn(s *sentence) {
	k := &d.grammarAt(s).known
	if k.reported == noClass || d.any(s.first, s.end, k.reported) < 0 {
		return
	}
	at := d.sentenceAt(s.first)
	if at == 0 || d.sents[at-1].para != s.para {
		return
	}
	before := &d.sents[at-1]
	if v := d.voiceAt(before, before.end-1); v != nil {
		s.voices = append(s.voices, v.over(s.first, s.end))
	}
}

// source is who stands behind "selon": a name, an office, or a noun phrase ("Laut Branchendiensten", "according to the vendor").
// Behind a word that has other uses ("nach", "per"), a noun phrase is none.
func (d *doc) source(s *sentence, at, u int, weak bool) (voice, int, bool) {
	k := &d.grammarAt(s).known
	for u < len(s.units) && s.units[u].mention == nil && (d.is(s.units[u].first, k.said) > 0 || d.is(s.units[u].first, k.clitic) > 0) {
		u++ // "según asegura la Delegación", "según nos cuentan en"
	}
	p, isNoun := d.nounFrom(s, u, len(s.units), !d.grammarAt(s).nounsCapital)
	v, end, ok := d.speakerFrom(s, u, 8, kNAME)
	if !ok || isNoun && end-1 >= p.end {
		if isNoun && !weak && d.setOff(s, at, p.end) {
			return d.nounVoice(s, p), p.end, true
		}
		if ok && v.kinds&speakerKinds == 0 {
			return voice{}, u, false // a name further on
		}
	}
	if ok && isNoun && v.entity == nil && end <= p.end && !d.grammarAt(s).nounsCapital {
		return d.nounVoice(s, p), p.end, true // "industry sources", not "sources"
	}
	return v, end, ok
}

// counter is whose count a number is: "by the firm's own count".
func (d *doc) counter(s *sentence, u int) (voice, bool) {
	k := &d.grammarAt(s).known
	p, ok := d.nounPhraseAt(s, u, len(s.units))
	for n := p.first; ok && n < p.end; n++ {
		if d.fold[s.units[n].end-1] != "'s" && d.fold[s.units[n].end-1] != "'" {
			continue
		}
		if s.units[p.end-1].mention != nil || d.is(s.units[p.end-1].first, k.countNoun) == 0 {
			return voice{}, false
		}
		if v, end, ok := d.speakerFrom(s, u, n-u+1, 0); ok && end <= n+1 {
			return v, true
		}
		return d.nounVoice(s, nounPhrase{p.first, n, n}), n > p.first
	}
	return voice{}, false
}

// setOff reports whether units [from, to) stand apart from the rest: "selon le quartier" in the midst of a clause sorts, it quotes
// nobody.
func (d *doc) setOff(s *sentence, from, to int) bool {
	opens := from == 0 || s.units[from-1].comma || s.units[from-1].stop || d.quoted[max(s.units[from].first-1, 0)] > 0
	return opens && (to >= len(s.units) || s.units[to].comma || s.units[to].stop || d.grammarAt(s).nounsCapital || d.grammarAt(s).bareSpeech && from == 0)
}

// saying reads one verb of saying at unit u.
func (d *doc) saying(s *sentence, u, n int) {
	k := &d.grammarAt(s).known
	after := d.unitAt(s, s.units[u].first+n)
	start := s.units[u].first
	if d.passive(s, u) {
		return
	}
	// what follows it, directly: ", estime X", "said X", "« ... », a déclaré X"
	if inverted, quoted := d.inverts(s, u); inverted && d.is(s.units[u].first, k.tells) == 0 {
		if v, end, ok := d.invertedSubject(s, after, quoted); ok {
			d.hears(s, v, end, quoted)
			return
		}
	}
	if v, end, ok := d.somebodyAt(s, u); ok {
		d.hears(s, v, end, false)
		return
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
	bare := d.grammarAt(s).bareSpeech && (at >= u-3 || u > 0 && s.units[u-1].comma) // "The mayor, who faces re-election, insists"
	if noun, first, found := d.nounBefore(s, u); found && (!ok || at < first) {
		v, at, ok = noun, first, true
		bare = d.grammarAt(s).bareSpeech && d.surelySays(s.units[u].first)
	}
	if !ok {
		return
	}
	d.lastVoice, d.lastVoiceAt = v, s.first
	next := after
	opened := n > 1 && d.is(s.units[u].first+n-1, k.that) > 0 || next < len(s.units) && (d.is(s.units[next].first, k.that) > 0 || d.fold[s.units[next].first] == ":" || d.infinitive(s, next))
	for m := next; !opened && m < len(s.units) && m < next+8; m++ {
		opened = d.is(s.units[m].first, k.that) > 0 && !s.units[m].comma
	}
	quotedAfter := false
	for t := start; t < s.end; t++ {
		quotedAfter = quotedAfter || d.quoted[t] > 0
	}
	first := d.phraseStart(s, at)
	quotedBefore := first > 0 && d.quoted[s.units[first].first] == 0 && d.quoted[max(s.units[first].first-1, 0)] > 0 || first > 1 && s.units[first-1].comma && d.quoted[s.units[first-1].first-1] > 0
	if first > 0 && s.units[first-1].mention == nil && d.is(s.units[first-1].first, k.that) > 0 && !s.units[first-1].comma {
		from, _ := clause(s, first-1, first)
		start = s.units[from].first // "le nombre de magasins que X dit servir"
	}
	rest := next
	for rest < len(s.units) && !s.units[rest].stop && !s.units[rest].comma {
		rest++
	}
	aside := first > 0 && s.units[first-1].comma
	switch {
	case quotedBefore:
		s.voices = append(s.voices, v.over(s.first, s.end)) // "...," the mayor told this paper
	case opened || quotedAfter:
		s.voices = append(s.voices, v.over(start, s.end))
	case next >= len(s.units) || s.units[next].stop || s.units[next].comma && aside:
		// "..., the chief said."
		if d.voiceAt(s, s.first) == nil {
			s.voices = append(s.voices, v.over(s.first, s.end))
		}
	case aside && first >= leastSaid && rest-next <= mostAddressed && (rest+1 >= len(s.units) || s.units[rest].stop || d.ends(d.grammarAt(s), s.units[rest+1].first, d.grammarAt(s).participles)) && d.grammarAt(s).bareSpeech && d.surelySays(s.units[u].first):
		s.voices = append(s.voices, v.over(s.first, s.end)) // "..., an officer told a symposium on Monday."
	case bare || d.is(s.units[u].first, k.claims) > 0:
		s.voices = append(s.voices, v.over(start, s.end))
	}
}

// leastSaid is how many units stand at least before an attribution that closes a sentence, and mostAddressed how many may tell to whom
// it is said.
const (
	leastSaid     = 6
	mostAddressed = 7
)

// invertedSubject is who stands behind the verb that ends before unit after, past whom it is said to: "explique à Franceinfo le
// directeur".
func (d *doc) invertedSubject(s *sentence, after int, quoted bool) (voice, int, bool) {
	k := &d.grammarAt(s).known
	if after >= len(s.units) || d.is(s.units[after].first, k.that) > 0 {
		return voice{}, 0, false
	}
	if s.units[after].mention == nil && d.is(s.units[after].first, k.preposition) > 0 && d.is(s.units[after].first, k.article) == 0 {
		const reach = 5
		for n := after + 2; quoted && n < min(after+reach, len(s.units)) && !s.units[n].comma && !s.units[n].stop; n++ {
			before := s.units[n-1].first
			if s.units[n-1].mention == nil && (d.is(before, k.preposition) > 0 || d.is(before, k.article) > 0) || s.units[n].mention == nil && d.is(s.units[n].first, k.article) == 0 {
				continue
			}
			if v, end, ok := d.speakerFrom(s, n, 2, 0); ok {
				return v, end, true
			}
			if p, ok := d.nounPhraseAt(s, n, len(s.units)); ok {
				return d.nounVoice(s, p), p.end, true
			}
		}
		return voice{}, 0, false
	}
	if v, end, ok := d.speakerFrom(s, after, 3, kNAME); ok {
		return v, end, true
	}
	if p, ok := d.nounPhraseAt(s, after, len(s.units)); ok && (quoted || d.bounded(s, p.end)) {
		return d.nounVoice(s, p), p.end, true
	}
	return voice{}, 0, false
}

// hears notes who speaks in a sentence by an attribution that ends before unit end: all of the sentence, or, where the
// attribution closes a quotation, what is quoted, and what comes behind only if it goes on to say.
func (d *doc) hears(s *sentence, v voice, end int, quoted bool) {
	d.lastVoice, d.lastVoiceAt = v, s.first
	last := s.end
	if quoted && end < len(s.units) && !d.saysOn(s, end) {
		last = d.tokenOf(s, end)
	}
	s.voices = append(s.voices, v.over(s.first, last))
}

// saysOn reports whether a sentence goes on, behind unit u, with another word of saying or a quotation.
func (d *doc) saysOn(s *sentence, u int) bool {
	k := &d.grammarAt(s).known
	for ; u < len(s.units); u++ {
		if t := s.units[u].first; d.quoted[t] > 0 || s.units[u].mention == nil && d.is(t, k.said) > 0 {
			return true
		}
	}
	return false
}

// inverts reports whether a verb of saying at unit u stands before its subject, behind a comma or a quotation; quoted says which.
func (d *doc) inverts(s *sentence, u int) (inverted, quoted bool) {
	k := &d.grammarAt(s).known
	n := u
	for n > 0 && s.units[n-1].mention == nil && (d.is(s.units[n-1].first, k.clitic) > 0 || n == u && d.auxiliary(s, u)) {
		n-- // "nous prévient le chef", "a déclaré le maire"
	}
	at := s.units[n].first
	quoted = d.quoted[at] == 0 && d.quoted[max(at-1, 0)] > 0 || n > 0 && s.units[n-1].comma && d.quoted[max(s.units[n-1].first-1, 0)] > 0 && d.quoted[s.units[n-1].first] == 0
	if n > 0 && n <= 3 && d.is(s.units[0].first, k.as) > 0 {
		return true, false // "Comme l'explique le maire, ..."
	}
	if n == u && n > 0 && s.units[n-1].mention == nil && d.is(s.units[n-1].first, k.preposition) > 0 {
		return false, false // "pour assurer la sécurité"
	}
	if n == u && n > 2 && s.units[n-1].comma && s.units[n-3].comma && s.units[n-2].mention == nil && d.is(s.units[n-2].first, k.speakerIt) > 0 {
		return false, false // "La plaquette, elle, vante ..."
	}
	if n == u && !quoted && d.ends(d.grammarAt(s), s.units[u].first, d.grammarAt(s).participles) {
		return false, false // "le marché, estimé cette fois à ...", ", confirming what X had said"
	}
	return quoted || n > 0 && s.units[n-1].comma && d.fold[s.units[n-1].first] != ":", quoted
}

// passive reports whether the verb of saying at unit u is said of a thing: "is announced", "était estimé".
func (d *doc) passive(s *sentence, u int) bool {
	k := &d.grammarAt(s).known
	if u == 0 || k.be == noClass || s.units[u-1].mention != nil {
		return false
	}
	t := s.units[u-1].first
	return d.is(t, k.be) > 0 && (u < 2 || d.is(s.units[u-2].first, k.clitic) == 0)
}

// phraseStart is the first unit of the noun phrase that unit at belongs to.
func (d *doc) phraseStart(s *sentence, at int) int {
	k := &d.grammarAt(s).known
	for n := at; n > 0 && n > at-4; n-- {
		if before := &s.units[n-1]; before.stop && before.first > s.first && d.abbreviates(&d.paras[s.para], before.first) {
			n-- // "Sgt. Ana Ruiz"
		} else if before.comma || before.stop || before.mention != nil || d.is(before.first, k.that) > 0 {
			return n
		} else if d.is(before.first, k.article) > 0 {
			return n - 1
		}
	}
	return at
}

// surelySays reports whether the word at t is a verb and no noun as well: "said", "insisted", not "report".
func (d *doc) surelySays(t int) bool {
	w := d.fold[t]
	if d.paras[d.paraOf(t)].g.nounsCapital {
		return !d.toks[t].Upper
	}
	switch w {
	case "says", "said", "say", "tells", "told", "wrote", "believes":
		return true
	}
	return strings.HasSuffix(w, "ed")
}

// infinitive reports whether an infinitive opens at unit u: "dit servir", "soutient n'utiliser aucune", "nie avoir". The endings
// are the file's.
func (d *doc) infinitive(s *sentence, u int) bool {
	g := d.grammarAt(s)
	const aside = 4 // units: "soutient pour sa part n'utiliser aucune caméra"
	for n := u; n < min(u+aside, len(s.units)) && !s.units[n].comma && !s.units[n].stop; n++ {
		if w := d.fold[s.units[n].first]; w == "n'" || w == "ne" {
			u = n
			break
		}
	}
	for u < len(s.units) && s.units[u].mention == nil && (d.is(s.units[u].first, g.known.negation) > 0 || d.is(s.units[u].first, g.known.of) > 0 || d.fold[s.units[u].first] == "n'" || d.fold[s.units[u].first] == "ne") {
		u++
	}
	if u >= len(s.units) || s.units[u].mention != nil || d.toks[s.units[u].first].Upper {
		return false
	}
	w := d.fold[s.units[u].first]
	for _, e := range g.infinitives {
		if len(w) > len(e)+1 && strings.HasSuffix(w, e) {
			return d.is(s.units[u].first, g.known.preposition) == 0
		}
	}
	return false
}

// leastQuoted is how many tokens a quotation must have to be speech, not a name.
const leastQuoted = 6

// closings reads the attribution behind a quotation, whatever its verb: "« ... », balaie-t-on chez X", "«...», soupire un
// commerçant", "...," quipped the product chief.
func (d *doc) closings(s *sentence) {
	k := &d.grammarAt(s).known
	length := 0
	for t := s.first; t < s.end; t++ {
		if d.quoted[t] == 0 {
			length = 0
			continue
		}
		length++
		if t+1 >= s.end || d.quoted[t+1] == d.quoted[t] || length < leastQuoted {
			continue
		}
		u := d.unitAt(s, t+1)
		if u < len(s.units) && s.units[u].comma {
			u++
		}
		for u < len(s.units) && s.units[u].mention == nil && (d.is(s.units[u].first, k.clitic) > 0 || d.is(s.units[u].first, k.auxiliary) > 0) {
			u++
		}
		if u+1 >= len(s.units) || !d.mayInvert(s, u) || d.voiceAt(s, t) != nil {
			continue
		}
		if v, end, ok := d.somebodyAt(s, u); ok {
			d.hears(s, v, end, true)
			continue
		}
		for after := u + 1; after <= u+2 && after < len(s.units) && !s.units[after].comma && !s.units[after].stop; after++ {
			if v, end, ok := d.invertedSubject(s, after, true); ok && v.kinds&^kNAME|kNAME != kNAME || ok && end <= after+longestNoun && v.kinds == 0 {
				d.hears(s, v, end, true)
				break
			}
			if d.is(s.units[after].first, k.preposition) > 0 {
				break
			}
		}
	}
}

// somebodyAt is where somebody speaks who is not named: "balaie-t-on chez X", "fait-on savoir au cabinet du ministre", "heißt es bei
// der Polizei". The verb is at unit u.
func (d *doc) somebodyAt(s *sentence, u int) (voice, int, bool) {
	k := &d.grammarAt(s).known
	n := u + 1
	if n < len(s.units) && d.fold[s.units[n].first] == "t" {
		n++
	}
	switch {
	case n < len(s.units) && s.units[n].mention == nil && d.is(s.units[n].first, k.someone) > 0:
		n++
	case u > 0 && s.units[u-1].mention == nil && (d.is(s.units[u-1].first, k.someone) > 0 || d.is(s.units[u-1].first, k.speakerIt) > 0):
	case k.someone == noClass && n < len(s.units) && d.is(s.units[0].first, k.preposition) > 0: // "Desde el Ayuntamiento aseguran": no pronoun is needed
	case k.someone == noClass && n < len(s.units) && d.is(s.units[n].first, k.preposition) > 0: // "aseguran en la alcaldía"
		if inverted, _ := d.inverts(s, u); !inverted {
			return voice{}, 0, false
		}
	default:
		return voice{}, 0, false
	}
	for until := n + 2; n < until && n < len(s.units) && s.units[n].mention == nil && !s.units[n].comma && !s.units[n].stop; n++ {
		if t := s.units[n].first; d.is(t, k.preposition) == 0 || d.is(t, k.that) > 0 {
			continue
		}
		at := n + 1
		if v, end, ok := d.speakerFrom(s, at, 2, kNAME); ok {
			return v, end, true
		}
		if at < len(s.units) && s.units[at].mention != nil && s.units[at].mention.shaped {
			return d.nounVoice(s, nounPhrase{at, at + 1, at + 1}), at + 1, true // a name of whatever kind
		}
		if p, ok := d.nounPhraseAt(s, n+1, len(s.units)); ok && d.is(s.units[n].first, k.article) == 0 {
			return d.nounVoice(s, p), p.end, true
		}
		if p, ok := d.nounPhraseAt(s, n, len(s.units)); ok {
			return d.nounVoice(s, p), p.end, true // "au cabinet": the article is within
		}
		break
	}
	// "À la mairie, on précise que", "Aus dem Rathaus heißt es": the place stands first
	if len(s.units) > 0 && s.units[0].mention == nil && d.is(s.units[0].first, k.preposition) > 0 && u > 1 && u <= longestNoun {
		v, end, ok := d.speakerFrom(s, 1, u-1, 0)
		if !ok {
			var p nounPhrase
			if p, ok = d.nounFrom(s, 1, u, d.is(s.units[0].first, k.article) > 0); ok {
				v, end = d.nounVoice(s, p), p.end
			}
		}
		for ok && end < u && (s.units[end].comma || s.units[end].mention == nil && (d.is(s.units[end].first, k.someone) > 0 || d.is(s.units[end].first, k.clitic) > 0)) {
			end++
		}
		if ok && end >= u {
			return v, u + 1, true
		}
	}
	return voice{}, 0, false
}

// mayInvert reports whether unit u may be a verb before its subject: a plain word that is none of the small ones.
func (d *doc) mayInvert(s *sentence, u int) bool {
	k := &d.grammarAt(s).known
	t := s.units[u].first
	return s.units[u].mention == nil && d.toks[t].Kind == word.Word && !d.toks[t].Upper && d.is(t, k.preposition) == 0 && d.is(t, k.article) == 0 && d.is(t, k.conjunction) == 0 &&
		d.is(t, k.that) == 0 && d.is(t, k.speakerWho) == 0 && d.is(t, k.of) == 0 && d.is(t, k.locative) == 0 && d.is(t, k.role) == 0 && d.is(t, k.firm) == 0 && d.is(t, k.productNoun) == 0
}

// spoken finds the speaker of a quotation that stands behind a name or an office and a colon: "Network Rail: "No plans."".
func (d *doc) spoken(s *sentence) {
	for u := 1; u+1 < len(s.units); u++ {
		t := s.units[u].first
		if d.fold[t] != ":" || t+1 >= s.end || d.quoted[t+1] == 0 {
			continue
		}
		for n := u - 1; n >= 0 && n >= u-5; n-- {
			if n > 0 && !s.units[n-1].stop && !s.units[n-1].comma {
				continue
			}
			if v, end, ok := d.speakerFrom(s, n, 3, 0); ok && end == u {
				s.voices = append(s.voices, v.over(t, s.end))
			}
			break
		}
	}
}

// pronounReach is how many tokens before a pronoun its speaker may have been named.
const pronounReach = 120

// pronounSpeaker is who spoke last, where a pronoun speaks: right before the verb ("he said") or behind it with hyphens
// ("affirme-t-il"). whole says that the verb stands behind what is said.
func (d *doc) pronounSpeaker(s *sentence, u, after int) (v voice, whole, ok bool) {
	k := &d.grammarAt(s).known
	said := s.units[u].first
	at := u
	for at > 1 && at > u-3 && s.units[at-1].mention == nil && (d.is(s.units[at-1].first, k.auxiliary) > 0 || d.is(s.units[at-1].first, k.clitic) > 0) {
		at-- // "il a découvert"
	}
	before := at > 0 && s.units[at-1].mention == nil && d.is(s.units[at-1].first, k.speakerIt) > 0
	if k.someone == noClass && after < len(s.units) && d.is(s.units[after].first, k.that) > 0 && (at == 0 || at == 1 && (d.is(s.units[0].first, k.auxiliary) > 0 || d.is(s.units[0].first, k.clitic) > 0)) {
		before, at = true, 1 // "Añadió que": no pronoun is needed
	}
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
	whole = behind || at > 1 && (s.units[at-2].comma || d.quoted[max(s.units[at-1].first-1, 0)] > 0)
	if before && whole && at > 2 {
		// "The firm has no customers there, it told us"
		if v, end, ok := d.speakerFrom(s, 0, 3, 0); ok && end < at-1 {
			d.lastVoice, d.lastVoiceAt = v, s.first
			return v, whole, true
		}
	}
	// a person named in the sentence or before, if later than the last who spoke
	if m := d.lastOf(said, pronounReach, kPER); m != nil && (d.lastVoice.speaker == nil || m.first > d.lastVoiceAt) {
		v := voice{speaker: &contrechamp.Speaker{}, kinds: kPER}
		d.voiced(&v, m.entity)
		if b := d.bodyOf[m.entity.ID]; b != nil {
			d.voiced(&v, b)
		}
		return v, whole, true
	}
	if d.lastVoice.speaker == nil || d.lastVoiceAt < d.paras[s.para].first {
		if v, ok := d.subjectOfBefore(s); ok {
			d.lastVoice, d.lastVoiceAt = v, s.first
			return v, whole, true
		}
	}
	if d.lastVoice.speaker == nil || said-d.lastVoiceAt > pronounReach {
		return voice{}, false, false
	}
	return d.lastVoice, whole, true
}

// subjectOfBefore is the body, person or office that opens the sentence before, in the same paragraph: what "he said" stands for where
// nobody has spoken yet.
func (d *doc) subjectOfBefore(s *sentence) (voice, bool) {
	at := d.sentenceAt(s.first)
	if at == 0 || d.sents[at-1].para != s.para {
		return voice{}, false
	}
	o := &d.sents[at-1]
	const reach = 3 // units: an article and an adjective
	v, end, ok := d.speakerFrom(o, 0, reach, 0)
	if !ok {
		return voice{}, false
	}
	if end+1 < len(o.units) && o.units[end].comma && o.units[end+1].kinds&kNAME != 0 && v.kinds&kPER == 0 {
		d.calledBy(&v, o.units[end+1].first, o.units[end+1].end) // "Le bourgmestre de Namur, Maxime Prévot"
	}
	return v, true
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
		isRole := plain(s, n) && (d.is(unit.first, k.role) > 0 || d.is(unit.first, k.document) > 0)
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
		if n >= 3 && s.units[n-2].comma && s.units[n-1].mention == nil && d.is(s.units[n-1].first, k.article) > 0 && s.units[n-3].kinds&speakerKinds != 0 && !d.behindPreposition(s, n-3) {
			best = n - 3 // "IPVM, une autorité en la matière, a rapporté"
			break
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

// plain reports whether unit u is a word of its own: no mention, or one that a sentence's first capital makes look like a name.
func plain(s *sentence, u int) bool {
	m := s.units[u].mention
	return m == nil || u == 0 && m.shaped && s.units[u].end-s.units[u].first == 1
}

// mentionsWithin reports whether units [from, to) hold a mention.
func (d *doc) mentionsWithin(s *sentence, from, to int) bool {
	for n := from; n < to && n < len(s.units); n++ {
		if s.units[n].mention != nil && s.units[n].kinds&speakerKinds == 0 {
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
		if plain(s, n) {
			if w := d.is(unit.first, k.role); w > 0 {
				return d.roleSpeaker(s, n, w)
			}
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

// roleSpeaker is someone known by a role: "le maire", "son porte-parole", with the name or body that follows.
func (d *doc) roleSpeaker(s *sentence, n, w int) (voice, int, bool) {
	k := &d.grammarAt(s).known
	first := s.units[n].first
	sp := &contrechamp.Speaker{}
	v := voice{speaker: sp}
	// "chef de la sécurité", "the vendor's Nairobi chief": the office with what it is of, and what stands before it
	start, last := d.officeStart(s, n), d.officeEnd(s, first+w)
	for _, span := range [][2]int{{start, last}, {first, last}, {start, first + w}, {first, first + w}} {
		name := strings.ToLower(d.words(span[0], span[1]))
		if !slices.Contains(sp.Names, name) {
			sp.Names = append(sp.Names, name)
		}
	}
	end := d.unitAt(s, first+w)
	for m := d.unitAt(s, start); m < len(s.units) && m < end+8 && !s.units[m].stop; m++ {
		if t := s.units[m].first; m > end && (s.units[m].comma || d.is(t, k.auxiliary) > 0 || d.is(t, k.said) > 0) && s.units[m].mention == nil {
			break
		}
		in := s.units[m].mention
		if in == nil || s.units[m].kinds&(kPER|kAUT|kPOL|kORG|kCO) == 0 || in.entity == nil || s.units[m].kinds&kCO != 0 && in.first >= last {
			continue
		}
		d.voiced(&v, in.entity)
		if s.units[m].kinds&kPER != 0 {
			sp.Names = append([]string{in.entity.Name}, slices.DeleteFunc(sp.Names, func(x string) bool { return x == in.entity.Name })...)
		}
		end = max(end, m+1)
		break
	}
	return v, max(end, d.unitAt(s, last)), true
}

// officeStart returns the token where an office's words start, before the word for it: "Premier ministre", "the vendor's Nairobi
// chief".
func (d *doc) officeStart(s *sentence, n int) int {
	k := &d.grammarAt(s).known
	const most = 4
	first := n
	for m := n - 1; m >= 0 && m >= n-most; m-- {
		unit := &s.units[m]
		t := unit.first
		if unit.stop || unit.comma || d.toks[t].Kind != word.Word || unit.kinds&(kDAT|kNUM) != 0 || d.quoted[t] != d.quoted[s.units[n].first] {
			break
		}
		if unit.mention == nil {
			if d.is(t, k.article) > 0 {
				return s.units[first].first // a whole noun phrase
			}
			if d.is(t, k.preposition) > 0 || d.is(t, k.said) > 0 || d.is(t, k.that) > 0 || d.is(t, k.auxiliary) > 0 || d.is(t, k.clitic) > 0 || d.is(t, k.conjunction) > 0 {
				break
			}
		}
		first = m
	}
	if first == 0 && d.toks[s.units[0].first].Upper || first > 0 && (s.units[first-1].stop || s.units[first-1].comma) && d.toks[s.units[first].first].Upper {
		return s.units[first].first // "Board president", "Premier ministre"
	}
	return s.units[n].first
}

// plainWords counts the words at t, at most so many, that may belong to the name of an office: "executive" of "chief executive".
func (d *doc) plainWords(s *sentence, t, most int) int {
	k := &d.grammarAt(s).known
	n := 0
	for n < most && t+n < s.end {
		if w := t + n; d.toks[w].Kind != word.Word || d.toks[w].Upper || d.quoted[w] != d.quoted[max(t-1, 0)] || d.is(w, k.of) > 0 || d.is(w, k.preposition) > 0 || d.is(w, k.article) > 0 || d.is(w, k.said) > 0 || d.is(w, k.that) > 0 ||
			d.is(w, k.speakerWho) > 0 || d.is(w, k.auxiliary) > 0 || d.is(w, k.clitic) > 0 || d.is(w, k.negation) > 0 || d.is(w, k.conjunction) > 0 || d.is(w, k.user) > 0 || d.is(w, k.selonBehind) > 0 || d.future(d.grammarAt(s), w) {
			break
		}
		n++
	}
	return n
}

// officeEnd returns the end of what an office is of: "de la sécurité du campus".
func (d *doc) officeEnd(s *sentence, t int) int {
	k := &d.grammarAt(s).known
	const longest = 6
	end := t
	if plain := d.plainWords(s, t, 2); plain > 0 && (t+plain >= s.end || d.toks[t+plain].Kind != word.Word || d.is(t+plain, k.of) > 0) {
		if t += plain; t >= s.end || d.is(t, k.of) == 0 {
			return t // "chief executive", "directeur général"
		}
		end = t
	}
	for end < s.end && end < t+longest && d.toks[end].Kind == word.Word {
		if end == t && d.is(end, k.of) == 0 || d.is(end, k.said) > 0 || d.is(end, k.that) > 0 || d.is(end, k.speakerWho) > 0 || d.is(end, k.auxiliary) > 0 || d.is(end, k.clitic) > 0 || d.is(end, k.negation) > 0 || d.is(end, k.selonBehind) > 0 || d.quoted[end] != d.quoted[t] {
			break
		}
		if end > t && d.is(end, k.preposition) > 0 && d.is(end, k.of) == 0 {
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
	if start := d.officeStart(s, n); start < first {
		sp.Names = append([]string{strings.ToLower(d.words(start, first+w))}, sp.Names...) // "the municipal website"
	}
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
