package claim

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// attributions finds who is said to speak in a sentence.
func (d *speechDoc) attributions(s *sentence) {
	k := &d.grammarAt(s).known
	for u := 0; u < len(s.units) && s.set.meets(&k.attributes); u++ {
		t := s.units[u].first
		if !d.sets[t].meets(&k.attributes) {
			continue
		}
		before := len(s.voices)
		d.attribution(s, u)
		found := d.wayOf(t)
		for i := before; i < len(s.voices); i++ {
			s.voices[i].at = t
			if s.voices[i].way == byNothing {
				s.voices[i].way = found
			}
		}
	}
	if d.quotedIn(s) {
		d.closings(s)
		s.heardBy(byClosing)
		d.spoken(s)
		s.heardBy(byColon)
	}
	if len(s.voices) == 0 {
		d.goesOn(s)
		s.heardBy(byReportedMood)
	}
	d.announced(s)
	s.heardBy(byAnnouncement)
}

// attribution reads the word at unit u, if it is one that says who speaks.
func (d *speechDoc) attribution(s *sentence, u int) {
	k := &d.grammarAt(s).known
	unit := &s.units[u]
	t := unit.first
	if d.in(t, k.selonOwn) {
		if v, ok := d.spokeLast(s, t); ok {
			from, to := d.sourced(s, u)
			s.voices = append(s.voices, v.over(from, to))
		}
		return
	}
	if n := d.is(t, k.selon); n > 0 {
		if v, _, ok := d.source(s, u, d.unitAt(s, t+n), d.is(t, k.selonSorts) == n, d.is(t, k.selonWeak) == n); ok {
			from, to := d.sourced(s, u)
			s.voices = append(s.voices, v.over(from, to))
		}
		return
	}
	if d.in(t, k.byCount) && unit.mention == nil {
		if v, ok := d.counter(s, u+1); ok {
			from, to := clause(s, u, u+1)
			if from == u && to < len(s.units) {
				_, to = clause(s, to+1, to+1) // ", by the firm's own count, some 410 cameras"
			}
			s.voices = append(s.voices, v.over(s.units[from].first, d.tokenOf(s, to)))
			return
		}
	}
	if d.in(t, k.selonBehind) && u > 0 {
		v, _, ok := d.subjectBefore(s, u)
		if !ok {
			v, _, ok = d.nounBefore(s, u) // "Dem Unternehmen zufolge"
		}
		if ok {
			s.voices = append(s.voices, v.over(s.first, s.end))
		}
		return
	}
	if d.in(t, k.forOne) && u <= 1 {
		if v, end, ok := d.speakerFrom(s, u+1, 3, 0); ok && d.commaWithin(s, end, 14) && !d.mentionsWithin(s, u+1, d.phraseStart(s, end-1)) {
			s.voices = append(s.voices, v.over(d.tokenOf(s, end), s.end))
		}
		return
	}
	if d.in(t, k.so) && plain(s, u) && u > 0 && (s.units[u-1].comma || d.quoted[t] == 0 && d.quoted[max(t-1, 0)] > 0) {
		d.so(s, u)
		return
	}
	if n := d.is(t, k.said); n > 0 && plain(s, u) {
		d.saying(s, u, n)
	}
	d.saysObject(s, u)
}

// so reads who speaks behind a word that stands for a verb of saying: "..., so die Sprecherin.", "..., così il sindaco."
func (d *speechDoc) so(s *sentence, u int) {
	v, end, ok := d.speakerFrom(s, u+1, 3, kNAME)
	if !ok || !d.bounded(s, end) && !d.bounded(s, end+1) { // "so die Bahn weiter"
		p, isNoun := d.nounPhraseAt(s, u+1, len(s.units))
		if !isNoun || !d.bounded(s, p.end) {
			return
		}
		v, end = d.nounVoice(s, p), p.end
	}
	d.hears(s, v, end, false)
}

// mostAnnounced is how many units a sentence has at most that only says who will speak, and longestSpeech how many sentences are then that
// speech.
const (
	mostAnnounced = 7
	longestSpeech = 6
	longestList   = 60
)

// announced gives the sentences behind a mere announcement ("La cheffe de zone rectifie.", "The minister answered:") to whom it names, as
// long as nobody else speaks.
func (d *speechDoc) announced(s *sentence) {
	if d.heard.speaker != nil && len(s.voices) == 0 && d.heardLeft > 0 && d.paras[s.para].role != contrechamp.RoleHeading {
		if s.para == d.heardPara || d.heardPara < 0 && d.listed(s.para) {
			s.voices = append(s.voices, d.heard.over(s.first, s.end))
			d.heardLeft--
			return
		}
	}
	if d.heard.speaker != nil && d.heardPara < 0 && d.listed(s.para) {
		return // a point of the list in which somebody else is quoted
	}
	d.heard.speaker = nil
	if v, ok := d.listSpeaker(s); ok {
		d.heard, d.heardPara, d.heardLeft = v, -1, longestList
		return
	}
	k := &d.grammarAt(s).known
	if len(s.units) > mostAnnounced || len(s.units) < 3 || len(s.voices) > 1 {
		return
	}
	last := len(s.units) - 1
	for last > 0 && (s.units[last].stop || s.units[last].comma) {
		last--
	}
	if s.units[last].mention != nil || !d.in(s.units[last].first, k.said) || last > 0 && s.units[last-1].mention == nil && (d.in(s.units[last-1].first, k.article) || d.in(s.units[last-1].first, k.preposition)) || d.quotedIn(s) || s.units[len(s.units)-1].mention != nil {
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

// listSpeaker is who says the points of the list that a sentence opens: "Il Comune ha dichiarato che:", "Der Gemeinderat hält fest:".
func (d *speechDoc) listSpeaker(s *sentence) (voice, bool) {
	p := &d.paras[s.para]
	if s.end != p.end || d.fold[s.end-1] != ":" || s.para+1 >= len(d.paras) || !d.listed(s.para+1) {
		return voice{}, false
	}
	for i := len(s.voices) - 1; i >= 0; i-- {
		if v := s.voices[i]; v.speaker != nil && d.quoted[v.first] == 0 {
			return v, true
		}
	}
	return voice{}, false
}

// numberWithin is in how many words a point has its number.
const numberWithin = 3

// listed reports whether a paragraph is a point of a list: an item, or one that opens with a number, a dash or an ordinal, or has a number in its first words.
func (d *speechDoc) listed(para int) bool {
	p := &d.paras[para]
	if p.role == contrechamp.RoleItem || p.first >= p.end {
		return p.role == contrechamp.RoleItem
	}
	if d.toks[p.first].Kind != word.Word {
		return true
	}
	for t := p.first + 1; t < min(p.end, p.first+numberWithin) && d.toks[p.first].Upper; t++ {
		if d.toks[t].Kind == word.Number {
			return true // "Zu Frage 1", "Ad 2"
		}
	}
	return p.first+1 < p.end && (d.fold[p.first+1] == ":" || d.fold[p.first+1] == ")")
}

// goesOn lets a sentence in the mood of reported speech ("Gefunden werde nur, wer ...") go on with what the sentence before it
// reports.
func (d *speechDoc) goesOn(s *sentence) {
	k := &d.grammarAt(s).known
	if !d.holds(s, k.reported) {
		return
	}
	at := d.sentenceAt(s.first)
	if at == 0 || d.sents[at-1].para != s.para {
		return
	}
	before := &d.sents[at-1]
	if v := d.voiceAt(before, before.end-1); v != nil {
		on := v.over(s.first, s.end)
		on.way = byReportedMood
		s.voices = append(s.voices, on)
	}
}

// source is who stands behind "selon": a name, an office, or a noun phrase ("Laut Branchendiensten", "according to the vendor").
// Behind a word that has other uses ("nach", "per"), a noun phrase is none; behind one that may sort as well ("selon le quartier"),
// only one that stands apart.
func (d *speechDoc) source(s *sentence, at, u int, sorts, weak bool) (voice, int, bool) {
	k := &d.grammarAt(s).known
	for u < len(s.units) && s.units[u].mention == nil && (d.in(s.units[u].first, k.said) || d.in(s.units[u].first, k.clitic)) {
		u++ // "según asegura la Delegación", "según nos cuentan en"
	}
	if u < len(s.units) && s.units[u].mention == nil && d.in(s.units[u].first, k.ours) {
		return voice{}, u, false // "selon nos informations": the text's own
	}
	if weak && u < len(s.units) && s.units[u].mention == nil && !d.in(s.units[u].first, k.article) && !d.toks[s.units[u].first].Upper {
		return voice{}, u, false // "four cameras per coach"
	}
	p, isNoun := d.nounFrom(s, u, len(s.units), !d.grammarAt(s).nounsCapital)
	v, end, ok := d.speakerFrom(s, u, 8, kNAME)
	if !ok || isNoun && end-1 >= p.end {
		if isNoun && !weak && (!sorts || d.setOff(s, at, p.end)) {
			return d.nounVoice(s, p), p.end, true
		}
		if ok && v.kinds&speakerKinds == 0 {
			return voice{}, u, false // a name further on
		}
	}
	if ok && isNoun && v.entity == nil && end <= p.end && !d.grammarAt(s).nounsCapital {
		return d.nounVoice(s, p), p.end, true // "industry sources", not "sources"
	}
	if ok && isNoun && v.kinds&kPER == 0 && end > p.first {
		v.alsoCalled(d.nounVoice(s, p).speaker.Names...)
	}
	return v, end, ok
}

// sourced is what tokens a source at unit u speaks for: the sentence, or the part of a list that it stands in, or the clause that goes on
// about something named before ("..., die nach Angaben des Hafens ...").
func (d *speechDoc) sourced(s *sentence, u int) (from, to int) {
	first, last := u, u
	for first > 0 && !s.units[first-1].stop {
		first--
	}
	for last < len(s.units) && !s.units[last].stop {
		last++
	}
	if first == 0 && u == 0 {
		return s.first, s.end // "Selon X, ... ; ..."
	}
	if at, end := clause(s, u, u); at > first && at < u && d.relative(s, at) {
		return s.units[at].first, d.tokenOf(s, end)
	}
	if last+1 >= len(s.units) {
		return s.units[first].first, s.end
	}
	return s.units[first].first, d.tokenOf(s, last)
}

// relative reports whether the clause at unit u goes on about what stands before it.
func (d *speechDoc) relative(s *sentence, u int) bool {
	g := d.grammarAt(s)
	t := s.units[u].first
	return s.units[u].mention == nil && (d.in(t, g.known.speakerWho) || g.nounsCapital && d.in(t, g.known.definite))
}

// counter is whose count a number is: "by the firm's own count".
func (d *speechDoc) counter(s *sentence, u int) (voice, bool) {
	k := &d.grammarAt(s).known
	p, ok := d.nounPhraseAt(s, u, len(s.units))
	for n := p.first; ok && n < p.end; n++ {
		if d.fold[s.units[n].end-1] != "'s" && d.fold[s.units[n].end-1] != "'" {
			continue
		}
		if s.units[p.end-1].mention != nil || !d.in(s.units[p.end-1].first, k.countNoun) {
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
func (d *speechDoc) setOff(s *sentence, from, to int) bool {
	opens := from == 0 || s.units[from-1].comma || s.units[from-1].stop || d.quoted[max(s.units[from].first-1, 0)] > 0
	return opens && (to >= len(s.units) || s.units[to].comma || s.units[to].stop || d.grammarAt(s).nounsCapital || d.grammarAt(s).bareSpeech && from == 0)
}
