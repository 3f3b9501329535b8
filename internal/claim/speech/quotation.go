package speech

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// leastQuoted is how many tokens a quotation must have to be speech, not a name.
const leastQuoted = 6

// closings reads the attribution behind a quotation, whatever its verb: "« ... », balaie-t-on chez X", "«...», soupire un
// commerçant", "...," quipped the product chief.
func (d *Doc) closings(s *passage.Sentence) {
	k := &d.GrammarAt(s).Known
	length := 0
	for t := s.First; t < s.End; t++ {
		if d.Quoted[t] == 0 {
			length = 0
			continue
		}
		length++
		if t+1 >= s.End || d.Quoted[t+1] == d.Quoted[t] || length < leastQuoted {
			continue
		}
		u := d.UnitAt(s, t+1)
		if u < len(s.Units) && s.Units[u].Comma {
			u++
		}
		for u < len(s.Units) && s.Units[u].Mention == nil && (d.In(s.Units[u].First, k.Clitic) || d.In(s.Units[u].First, k.Auxiliary)) {
			u++
		}
		if u+1 >= len(s.Units) || !d.mayInvert(s, u) || d.VoiceAt(s, t) != nil {
			continue
		}
		if v, end, ok := d.somebodyAt(s, u); ok {
			d.hears(s, v, end, true)
			continue
		}
		for after := u + 1; after <= u+2 && after < len(s.Units) && !s.Units[after].Comma && !s.Units[after].Stop; after++ {
			if v, end, ok := d.invertedSubject(s, after, true); ok && v.Kinds&^grammar.NAME|grammar.NAME != grammar.NAME || ok && end <= after+longestNoun && v.Kinds == 0 {
				d.hears(s, v, end, true)
				break
			}
			if d.In(s.Units[after].First, k.Preposition) {
				break
			}
		}
	}
}

// somebodyAt is where somebody speaks who is not named: "balaie-t-on chez X", "fait-on savoir au cabinet du ministre", "heißt es bei
// der Polizei". The verb is at unit u.
func (d *Doc) somebodyAt(s *passage.Sentence, u int) (passage.Voice, int, bool) {
	k := &d.GrammarAt(s).Known
	n := u + 1
	if n < len(s.Units) && d.Fold[s.Units[n].First] == "t" {
		n++
	}
	switch {
	case n < len(s.Units) && s.Units[n].Mention == nil && d.In(s.Units[n].First, k.Someone):
		n++
	case u > 0 && s.Units[u-1].Mention == nil && (d.In(s.Units[u-1].First, k.Someone) || d.In(s.Units[u-1].First, k.SpeakerIt)):
	case k.Someone == grammar.NoClass && n < len(s.Units) && d.In(s.Units[0].First, k.Preposition): // "Desde el Ayuntamiento aseguran": no pronoun is needed
	case k.Someone == grammar.NoClass && n < len(s.Units) && d.In(s.Units[n].First, k.Preposition):
		if inverted, _ := d.inverts(s, u); !inverted {
			return passage.Voice{}, 0, false
		}
	default:
		return passage.Voice{}, 0, false
	}
	for until := n + 2; n < until && n < len(s.Units) && s.Units[n].Mention == nil && !s.Units[n].Comma && !s.Units[n].Stop; n++ {
		if t := s.Units[n].First; !d.In(t, k.Preposition) || d.In(t, k.That) {
			continue
		}
		at := n + 1
		if v, end, ok := d.speakerFrom(s, at, 2, grammar.NAME); ok {
			return v, end, true
		}
		if at < len(s.Units) && s.Units[at].Mention != nil && s.Units[at].Mention.Shaped {
			return d.nounVoice(s, nounPhrase{at, at + 1, at + 1}), at + 1, true // a name of whatever kind
		}
		if p, ok := d.nounPhraseAt(s, n+1, len(s.Units)); ok && !d.In(s.Units[n].First, k.Article) {
			return d.nounVoice(s, p), p.end, true
		}
		if p, ok := d.nounPhraseAt(s, n, len(s.Units)); ok {
			return d.nounVoice(s, p), p.end, true // "au cabinet": the article is within
		}
		break
	}
	// "À la mairie, on précise que", "Aus dem Rathaus heißt es": the place stands first
	if len(s.Units) > 0 && s.Units[0].Mention == nil && d.In(s.Units[0].First, k.Preposition) && u > 1 && u <= longestNoun {
		v, end, ok := d.speakerFrom(s, 1, u-1, 0)
		if !ok {
			var p nounPhrase
			if p, ok = d.nounFrom(s, 1, u, d.In(s.Units[0].First, k.Article)); ok {
				v, end = d.nounVoice(s, p), p.end
			}
		}
		for ok && end < u && (s.Units[end].Comma || s.Units[end].Mention == nil && (d.In(s.Units[end].First, k.Someone) || d.In(s.Units[end].First, k.Clitic))) {
			end++
		}
		if ok && end >= u {
			return v, u + 1, true
		}
	}
	return passage.Voice{}, 0, false
}

// spoken finds the speaker of a quotation that stands behind a name or an office and a colon: "Network Rail: "No plans."".
func (d *Doc) spoken(s *passage.Sentence) {
	for u := 1; u+1 < len(s.Units); u++ {
		t := s.Units[u].First
		if d.Fold[t] != ":" || t+1 >= s.End || d.Quoted[t+1] == 0 {
			continue
		}
		found := false
		for n := u - 1; n >= 0 && n >= u-5; n-- {
			if n > 0 && !s.Units[n-1].Stop && !s.Units[n-1].Comma {
				continue
			}
			if v, end, ok := d.speakerFrom(s, n, 3, 0); ok && end == u {
				s.Voices = append(s.Voices, v.Over(t, s.End))
				found = true
			}
			break
		}
		if !found && d.VoiceAt(s, t+1) == nil && d.quotationLength(t+1) > leastQuoted {
			if v, ok := d.headOf(s, u); ok {
				s.Voices = append(s.Voices, v.Over(t, s.End))
			}
		}
	}
}

// headOf is who stands at the head of the sentence before the colon at unit u: "Le commissaire Ruel n'en démord pas : « ... »".
func (d *Doc) headOf(s *passage.Sentence, u int) (passage.Voice, bool) {
	const reach = 3 // units: an article, an adjective
	from := u
	for from > 0 && !s.Units[from-1].Stop {
		from--
	}
	k := &d.GrammarAt(s).Known
	if from < u && s.Units[from].Mention == nil && d.In(s.Units[from].First, k.Preposition) {
		return passage.Voice{}, false
	}
	if from < u && s.Units[from].Mention == nil && d.In(s.Units[from].First, k.SpeakerIt) && !d.In(s.Units[from].First, k.Thing) {
		return d.spokeLast(s, s.Units[from].First)
	}
	v, end, ok := d.speakerFrom(s, from, reach, 0)
	if !ok || end > u || v.Kinds&grammar.CO != 0 {
		return passage.Voice{}, false
	}
	d.lastVoice, d.lastVoiceAt = v, s.First
	return v, true
}

// pronounReach is how many tokens before a pronoun its speaker may have been named.
const pronounReach = 120

// pronounSpeaker is who spoke last, where a pronoun speaks: right before the verb ("he said") or behind it with hyphens
// ("affirme-t-il"). whole says that the verb stands behind what is said.
func (d *Doc) pronounSpeaker(s *passage.Sentence, u, after int) (v passage.Voice, whole, ok bool) {
	k := &d.GrammarAt(s).Known
	said := s.Units[u].First
	at := u
	for at > 1 && at > u-3 && s.Units[at-1].Mention == nil && (d.In(s.Units[at-1].First, k.Auxiliary) || d.In(s.Units[at-1].First, k.Clitic)) {
		at-- // "il a découvert"
	}
	before := at > 0 && s.Units[at-1].Mention == nil && d.In(s.Units[at-1].First, k.SpeakerIt)
	if k.Someone == grammar.NoClass && after < len(s.Units) && d.In(s.Units[after].First, k.That) && (at == 0 || at == 1 && (d.In(s.Units[0].First, k.Auxiliary) || d.In(s.Units[0].First, k.Clitic) || d.In(s.Units[0].First, k.Conjunction) || d.In(s.Units[0].First, k.Also))) {
		before, at = true, 1 // "Añadió que": no pronoun is needed
	}
	behind := false
	for t := said + 1; t < min(said+5, s.End) && !behind; t++ {
		if d.Fold[t] != "-" && d.Fold[t] != "t" && !d.In(t, k.SpeakerIt) {
			break
		}
		behind = d.Fold[t-1] == "-" && d.In(t, k.SpeakerIt)
	}
	if d.GrammarAt(s).NounsCapital && after < len(s.Units) && s.Units[after].Mention == nil && d.In(s.Units[after].First, k.SpeakerIt) {
		behind = true // "Die Kosten bezifferte er auf ..."
	}
	if !before && !behind {
		return passage.Voice{}, false, false
	}
	if before && at > 2 && !d.GrammarAt(s).NounsCapital {
		n := at - 2
		for n > 0 && s.Units[n].Mention == nil && (d.Fold[s.Units[n].First] == "t" || d.In(s.Units[n].First, k.Auxiliary)) {
			n--
		}
		if n < at-2 && (s.Units[n].Comma || d.Quoted[s.Units[n].First] > 0 && d.Quoted[s.Units[n+1].First] == 0) {
			behind = true // "« ... », a-t-il précisé"
		}
	}
	whole = behind || at > 1 && (s.Units[at-2].Comma || d.Quoted[max(s.Units[at-1].First-1, 0)] > 0)
	if before && whole && at > 2 {
		// "The firm has no customers there, it told us"
		if v, end, ok := d.speakerFrom(s, 0, 3, 0); ok && end < at-1 {
			d.lastVoice, d.lastVoiceAt = v, s.First
			return v, whole, true
		}
	}
	if before && d.In(s.Units[at-1].First, k.Thing) && d.lastVoice.Kinds&(grammar.CO|grammar.ORG|grammar.AUT|grammar.POL) == 0 {
		if at := d.SentenceAt(s.First); at > 0 && d.lastVoiceAt >= d.Sentences[at-1].First && d.lastVoice.Kinds == 0 && d.lastVoice.Speaker != nil && len(d.lastVoice.Speaker.Names) > 0 && word.StartsUpper(d.lastVoice.Speaker.Names[0]) && !d.GrammarAt(s).NounsCapital {
			return d.lastVoice, whole, true // a name of unknown kind that has just spoken
		}
		// "it advertised": a body, whoever spoke last
		m := d.LastOf(said, pronounReach/2, grammar.CO|grammar.ORG|grammar.AUT|grammar.POL)
		if m == nil {
			return passage.Voice{}, false, false
		}
		v := passage.Voice{Speaker: &contrechamp.Speaker{}, Kinds: m.Kinds}
		d.voiced(&v, m.Entity)
		return v, whole, true
	}
	v, found := d.spokeLast(s, said)
	return v, whole, found
}

// spokeLast is whom a pronoun at token said stands for: the person named last, or who spoke last.
func (d *Doc) spokeLast(s *passage.Sentence, said int) (passage.Voice, bool) {
	at := d.SentenceAt(s.First)
	if at > 0 && d.lastVoiceAt < d.Sentences[at-1].First && d.LastOf(said, said-s.First, grammar.PER) == nil {
		// "The Commissioner did not contest the count. He said that ..."
		if v, ok := d.subjectOfBefore(s); ok && (v.Kinds == 0 || v.Kinds&grammar.PER != 0 || v.Entity != nil && v.Entity.Kind == contrechamp.KindPerson) {
			d.lastVoice, d.lastVoiceAt = v, s.First
			return v, true
		}
	}
	// a person named in the sentence or before, if later than the last who spoke
	if m := d.LastOf(said, pronounReach, grammar.PER); m != nil && (d.lastVoice.Speaker == nil || m.First > d.lastVoiceAt) {
		v := passage.Voice{Speaker: &contrechamp.Speaker{}, Kinds: grammar.PER}
		d.voiced(&v, m.Entity)
		if b := d.bodyOf[m.Entity.ID]; b != nil {
			d.voiced(&v, b)
		}
		return v, true
	}
	if d.lastVoice.Speaker == nil || d.lastVoiceAt < d.Paragraphs[s.Para].First {
		if v, ok := d.subjectOfBefore(s); ok {
			d.lastVoice, d.lastVoiceAt = v, s.First
			return v, true
		}
	}
	if d.lastVoice.Speaker == nil || said-d.lastVoiceAt > pronounReach {
		return passage.Voice{}, false
	}
	return d.lastVoice, true
}
