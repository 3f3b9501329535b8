package claim

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// leastQuoted is how many tokens a quotation must have to be speech, not a name.
const leastQuoted = 6

// closings reads the attribution behind a quotation, whatever its verb: "« ... », balaie-t-on chez X", "«...», soupire un
// commerçant", "...," quipped the product chief.
func (d *speechDoc) closings(s *sentence) {
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
		for u < len(s.units) && s.units[u].mention == nil && (d.in(s.units[u].first, k.clitic) || d.in(s.units[u].first, k.auxiliary)) {
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
			if d.in(s.units[after].first, k.preposition) {
				break
			}
		}
	}
}

// somebodyAt is where somebody speaks who is not named: "balaie-t-on chez X", "fait-on savoir au cabinet du ministre", "heißt es bei
// der Polizei". The verb is at unit u.
func (d *speechDoc) somebodyAt(s *sentence, u int) (voice, int, bool) {
	k := &d.grammarAt(s).known
	n := u + 1
	if n < len(s.units) && d.fold[s.units[n].first] == "t" {
		n++
	}
	switch {
	case n < len(s.units) && s.units[n].mention == nil && d.in(s.units[n].first, k.someone):
		n++
	case u > 0 && s.units[u-1].mention == nil && (d.in(s.units[u-1].first, k.someone) || d.in(s.units[u-1].first, k.speakerIt)):
	case k.someone == noClass && n < len(s.units) && d.in(s.units[0].first, k.preposition): // "Desde el Ayuntamiento aseguran": no pronoun is needed
	case k.someone == noClass && n < len(s.units) && d.in(s.units[n].first, k.preposition):
		if inverted, _ := d.inverts(s, u); !inverted {
			return voice{}, 0, false
		}
	default:
		return voice{}, 0, false
	}
	for until := n + 2; n < until && n < len(s.units) && s.units[n].mention == nil && !s.units[n].comma && !s.units[n].stop; n++ {
		if t := s.units[n].first; !d.in(t, k.preposition) || d.in(t, k.that) {
			continue
		}
		at := n + 1
		if v, end, ok := d.speakerFrom(s, at, 2, kNAME); ok {
			return v, end, true
		}
		if at < len(s.units) && s.units[at].mention != nil && s.units[at].mention.shaped {
			return d.nounVoice(s, nounPhrase{at, at + 1, at + 1}), at + 1, true // a name of whatever kind
		}
		if p, ok := d.nounPhraseAt(s, n+1, len(s.units)); ok && !d.in(s.units[n].first, k.article) {
			return d.nounVoice(s, p), p.end, true
		}
		if p, ok := d.nounPhraseAt(s, n, len(s.units)); ok {
			return d.nounVoice(s, p), p.end, true // "au cabinet": the article is within
		}
		break
	}
	// "À la mairie, on précise que", "Aus dem Rathaus heißt es": the place stands first
	if len(s.units) > 0 && s.units[0].mention == nil && d.in(s.units[0].first, k.preposition) && u > 1 && u <= longestNoun {
		v, end, ok := d.speakerFrom(s, 1, u-1, 0)
		if !ok {
			var p nounPhrase
			if p, ok = d.nounFrom(s, 1, u, d.in(s.units[0].first, k.article)); ok {
				v, end = d.nounVoice(s, p), p.end
			}
		}
		for ok && end < u && (s.units[end].comma || s.units[end].mention == nil && (d.in(s.units[end].first, k.someone) || d.in(s.units[end].first, k.clitic))) {
			end++
		}
		if ok && end >= u {
			return v, u + 1, true
		}
	}
	return voice{}, 0, false
}

// spoken finds the speaker of a quotation that stands behind a name or an office and a colon: "Network Rail: "No plans."".
func (d *speechDoc) spoken(s *sentence) {
	for u := 1; u+1 < len(s.units); u++ {
		t := s.units[u].first
		if d.fold[t] != ":" || t+1 >= s.end || d.quoted[t+1] == 0 {
			continue
		}
		found := false
		for n := u - 1; n >= 0 && n >= u-5; n-- {
			if n > 0 && !s.units[n-1].stop && !s.units[n-1].comma {
				continue
			}
			if v, end, ok := d.speakerFrom(s, n, 3, 0); ok && end == u {
				s.voices = append(s.voices, v.over(t, s.end))
				found = true
			}
			break
		}
		if !found && d.voiceAt(s, t+1) == nil && d.quotationLength(t+1) > leastQuoted {
			if v, ok := d.headOf(s, u); ok {
				s.voices = append(s.voices, v.over(t, s.end))
			}
		}
	}
}

// headOf is who stands at the head of the sentence before the colon at unit u: "Le commissaire Ruel n'en démord pas : « ... »".
func (d *speechDoc) headOf(s *sentence, u int) (voice, bool) {
	const reach = 3 // units: an article, an adjective
	from := u
	for from > 0 && !s.units[from-1].stop {
		from--
	}
	k := &d.grammarAt(s).known
	if from < u && s.units[from].mention == nil && d.in(s.units[from].first, k.preposition) {
		return voice{}, false
	}
	if from < u && s.units[from].mention == nil && d.in(s.units[from].first, k.speakerIt) && !d.in(s.units[from].first, k.thing) {
		return d.spokeLast(s, s.units[from].first)
	}
	v, end, ok := d.speakerFrom(s, from, reach, 0)
	if !ok || end > u || v.kinds&kCO != 0 {
		return voice{}, false
	}
	d.lastVoice, d.lastVoiceAt = v, s.first
	return v, true
}

// pronounReach is how many tokens before a pronoun its speaker may have been named.
const pronounReach = 120

// pronounSpeaker is who spoke last, where a pronoun speaks: right before the verb ("he said") or behind it with hyphens
// ("affirme-t-il"). whole says that the verb stands behind what is said.
func (d *speechDoc) pronounSpeaker(s *sentence, u, after int) (v voice, whole, ok bool) {
	k := &d.grammarAt(s).known
	said := s.units[u].first
	at := u
	for at > 1 && at > u-3 && s.units[at-1].mention == nil && (d.in(s.units[at-1].first, k.auxiliary) || d.in(s.units[at-1].first, k.clitic)) {
		at-- // "il a découvert"
	}
	before := at > 0 && s.units[at-1].mention == nil && d.in(s.units[at-1].first, k.speakerIt)
	if k.someone == noClass && after < len(s.units) && d.in(s.units[after].first, k.that) && (at == 0 || at == 1 && (d.in(s.units[0].first, k.auxiliary) || d.in(s.units[0].first, k.clitic) || d.in(s.units[0].first, k.conjunction) || d.in(s.units[0].first, k.also))) {
		before, at = true, 1 // "Añadió que": no pronoun is needed
	}
	behind := false
	for t := said + 1; t < min(said+5, s.end) && !behind; t++ {
		if d.fold[t] != "-" && d.fold[t] != "t" && !d.in(t, k.speakerIt) {
			break
		}
		behind = d.fold[t-1] == "-" && d.in(t, k.speakerIt)
	}
	if d.grammarAt(s).nounsCapital && after < len(s.units) && s.units[after].mention == nil && d.in(s.units[after].first, k.speakerIt) {
		behind = true // "Die Kosten bezifferte er auf ..."
	}
	if !before && !behind {
		return voice{}, false, false
	}
	if before && at > 2 && !d.grammarAt(s).nounsCapital {
		n := at - 2
		for n > 0 && s.units[n].mention == nil && (d.fold[s.units[n].first] == "t" || d.in(s.units[n].first, k.auxiliary)) {
			n--
		}
		if n < at-2 && (s.units[n].comma || d.quoted[s.units[n].first] > 0 && d.quoted[s.units[n+1].first] == 0) {
			behind = true // "« ... », a-t-il précisé"
		}
	}
	whole = behind || at > 1 && (s.units[at-2].comma || d.quoted[max(s.units[at-1].first-1, 0)] > 0)
	if before && whole && at > 2 {
		// "The firm has no customers there, it told us"
		if v, end, ok := d.speakerFrom(s, 0, 3, 0); ok && end < at-1 {
			d.lastVoice, d.lastVoiceAt = v, s.first
			return v, whole, true
		}
	}
	if before && d.in(s.units[at-1].first, k.thing) && d.lastVoice.kinds&(kCO|kORG|kAUT|kPOL) == 0 {
		if at := d.sentenceAt(s.first); at > 0 && d.lastVoiceAt >= d.sents[at-1].first && d.lastVoice.kinds == 0 && d.lastVoice.speaker != nil && len(d.lastVoice.speaker.Names) > 0 && word.StartsUpper(d.lastVoice.speaker.Names[0]) && !d.grammarAt(s).nounsCapital {
			return d.lastVoice, whole, true // a name of unknown kind that has just spoken
		}
		// "it advertised": a body, whoever spoke last
		m := d.lastOf(said, pronounReach/2, kCO|kORG|kAUT|kPOL)
		if m == nil {
			return voice{}, false, false
		}
		v := voice{speaker: &contrechamp.Speaker{}, kinds: m.kinds}
		d.voiced(&v, m.entity)
		return v, whole, true
	}
	v, found := d.spokeLast(s, said)
	return v, whole, found
}

// spokeLast is whom a pronoun at token said stands for: the person named last, or who spoke last.
func (d *speechDoc) spokeLast(s *sentence, said int) (voice, bool) {
	at := d.sentenceAt(s.first)
	if at > 0 && d.lastVoiceAt < d.sents[at-1].first && d.lastOf(said, said-s.first, kPER) == nil {
		// "The Commissioner did not contest the count. He said that ..."
		if v, ok := d.subjectOfBefore(s); ok && (v.kinds == 0 || v.kinds&kPER != 0 || v.entity != nil && v.entity.Kind == contrechamp.KindPerson) {
			d.lastVoice, d.lastVoiceAt = v, s.first
			return v, true
		}
	}
	// a person named in the sentence or before, if later than the last who spoke
	if m := d.lastOf(said, pronounReach, kPER); m != nil && (d.lastVoice.speaker == nil || m.first > d.lastVoiceAt) {
		v := voice{speaker: &contrechamp.Speaker{}, kinds: kPER}
		d.voiced(&v, m.entity)
		if b := d.bodyOf[m.entity.ID]; b != nil {
			d.voiced(&v, b)
		}
		return v, true
	}
	if d.lastVoice.speaker == nil || d.lastVoiceAt < d.paras[s.para].first {
		if v, ok := d.subjectOfBefore(s); ok {
			d.lastVoice, d.lastVoiceAt = v, s.first
			return v, true
		}
	}
	if d.lastVoice.speaker == nil || said-d.lastVoiceAt > pronounReach {
		return voice{}, false
	}
	return d.lastVoice, true
}
