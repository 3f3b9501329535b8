package speech

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// attributions finds who is said to speak in a sentence.
func (d *Doc) attributions(s *passage.Sentence) {
	k := &d.GrammarAt(s).Known
	for u := 0; u < len(s.Units) && s.Set.Meets(&k.Attributes); u++ {
		t := s.Units[u].First
		if !d.Sets[t].Meets(&k.Attributes) {
			continue
		}
		before := len(s.Voices)
		d.attribution(s, u)
		found := d.wayOf(t)
		for i := before; i < len(s.Voices); i++ {
			s.Voices[i].At = t
			if s.Voices[i].Way == passage.ByNothing {
				s.Voices[i].Way = found
			}
		}
	}
	if d.QuotedIn(s) {
		d.closings(s)
		s.HeardBy(passage.ByClosing)
		d.spoken(s)
		s.HeardBy(passage.ByColon)
	}
	if len(s.Voices) == 0 {
		d.goesOn(s)
		s.HeardBy(passage.ByReportedMood)
	}
	d.announced(s)
	s.HeardBy(passage.ByAnnouncement)
}

// attribution reads the word at unit u, if it is one that says who speaks.
func (d *Doc) attribution(s *passage.Sentence, u int) {
	k := &d.GrammarAt(s).Known
	unit := &s.Units[u]
	t := unit.First
	if d.In(t, k.SelonOwn) {
		if v, ok := d.spokeLast(s, t); ok {
			from, to := d.sourced(s, u)
			s.Voices = append(s.Voices, v.Over(from, to))
		}
		return
	}
	if n := d.Is(t, k.Selon); n > 0 {
		if v, _, ok := d.source(s, u, d.UnitAt(s, t+n), d.Is(t, k.SelonSorts) == n, d.Is(t, k.SelonWeak) == n); ok {
			from, to := d.sourced(s, u)
			s.Voices = append(s.Voices, v.Over(from, to))
		}
		return
	}
	if d.In(t, k.ByCount) && unit.Mention == nil {
		if v, ok := d.counter(s, u+1); ok {
			from, to := passage.Clause(s, u, u+1)
			if from == u && to < len(s.Units) {
				_, to = passage.Clause(s, to+1, to+1) // ", by the firm's own count, some 410 cameras"
			}
			s.Voices = append(s.Voices, v.Over(s.Units[from].First, d.TokenOf(s, to)))
			return
		}
	}
	if d.In(t, k.SelonBehind) && u > 0 {
		v, _, ok := d.SubjectBefore(s, u)
		if !ok {
			v, _, ok = d.NounBefore(s, u) // "Dem Unternehmen zufolge"
		}
		if ok {
			s.Voices = append(s.Voices, v.Over(s.First, s.End))
		}
		return
	}
	if d.In(t, k.ForOne) && u <= 1 {
		if v, end, ok := d.speakerFrom(s, u+1, 3, 0); ok && d.commaWithin(s, end, 14) && !d.mentionsWithin(s, u+1, d.phraseStart(s, end-1)) {
			s.Voices = append(s.Voices, v.Over(d.TokenOf(s, end), s.End))
		}
		return
	}
	if d.In(t, k.So) && plain(s, u) && u > 0 && (s.Units[u-1].Comma || d.Quoted[t] == 0 && d.Quoted[max(t-1, 0)] > 0) {
		d.so(s, u)
		return
	}
	if n := d.Is(t, k.Said); n > 0 && plain(s, u) {
		d.saying(s, u, n)
	}
	d.saysObject(s, u)
}

// so reads who speaks behind a word that stands for a verb of saying: "..., so die Sprecherin.", "..., così il sindaco."
func (d *Doc) so(s *passage.Sentence, u int) {
	v, end, ok := d.speakerFrom(s, u+1, 3, grammar.NAME)
	if !ok || !d.bounded(s, end) && !d.bounded(s, end+1) { // "so die Bahn weiter"
		p, isNoun := d.nounPhraseAt(s, u+1, len(s.Units))
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
func (d *Doc) announced(s *passage.Sentence) {
	if d.heard.Speaker != nil && len(s.Voices) == 0 && d.heardLeft > 0 && d.Paragraphs[s.Para].Role != contrechamp.RoleHeading {
		if s.Para == d.heardPara || d.heardPara < 0 && d.Listed(s.Para) {
			s.Voices = append(s.Voices, d.heard.Over(s.First, s.End))
			d.heardLeft--
			return
		}
	}
	if d.heard.Speaker != nil && d.heardPara < 0 && d.Listed(s.Para) {
		return // a point of the list in which somebody else is quoted
	}
	d.heard.Speaker = nil
	if v, ok := d.listSpeaker(s); ok {
		d.heard, d.heardPara, d.heardLeft = v, -1, longestList
		return
	}
	k := &d.GrammarAt(s).Known
	if len(s.Units) > mostAnnounced || len(s.Units) < 3 || len(s.Voices) > 1 {
		return
	}
	last := len(s.Units) - 1
	for last > 0 && (s.Units[last].Stop || s.Units[last].Comma) {
		last--
	}
	if s.Units[last].Mention != nil || !d.In(s.Units[last].First, k.Said) || last > 0 && s.Units[last-1].Mention == nil && (d.In(s.Units[last-1].First, k.Article) || d.In(s.Units[last-1].First, k.Preposition)) || d.QuotedIn(s) || s.Units[len(s.Units)-1].Mention != nil {
		return
	}
	v, at, ok := d.SubjectBefore(s, last)
	if noun, first, found := d.NounBefore(s, last); found && (!ok || at < first) {
		v, at, ok = noun, first, true
	}
	if ok && at <= 2 {
		d.heard, d.heardPara, d.heardLeft = v, s.Para, longestSpeech
		if s.End == d.Paragraphs[s.Para].End {
			d.heardPara = -1
		}
	}
}

// listSpeaker is who says the points of the list that a sentence opens: "Il Comune ha dichiarato che:", "Der Gemeinderat hält fest:".
func (d *Doc) listSpeaker(s *passage.Sentence) (passage.Voice, bool) {
	p := &d.Paragraphs[s.Para]
	if s.End != p.End || d.Fold[s.End-1] != ":" || s.Para+1 >= len(d.Paragraphs) || !d.Listed(s.Para+1) {
		return passage.Voice{}, false
	}
	for i := len(s.Voices) - 1; i >= 0; i-- {
		if v := s.Voices[i]; v.Speaker != nil && d.Quoted[v.First] == 0 {
			return v, true
		}
	}
	return passage.Voice{}, false
}

// numberWithin is in how many words a point has its number.
const numberWithin = 3

// Listed reports whether a paragraph is a point of a list: an item, or one that opens with a number, a dash or an ordinal, or has a number in its first words.
func (d *Doc) Listed(para int) bool {
	p := &d.Paragraphs[para]
	if p.Role == contrechamp.RoleItem || p.First >= p.End {
		return p.Role == contrechamp.RoleItem
	}
	if d.Tokens[p.First].Kind != word.Word {
		return true
	}
	for t := p.First + 1; t < min(p.End, p.First+numberWithin) && d.Tokens[p.First].Upper; t++ {
		if d.Tokens[t].Kind == word.Number {
			return true // "Zu Frage 1", "Ad 2"
		}
	}
	return p.First+1 < p.End && (d.Fold[p.First+1] == ":" || d.Fold[p.First+1] == ")")
}

// goesOn lets a sentence in the mood of reported speech ("Gefunden werde nur, wer ...") go on with what the sentence before it
// reports.
func (d *Doc) goesOn(s *passage.Sentence) {
	k := &d.GrammarAt(s).Known
	if !d.Holds(s, k.Reported) {
		return
	}
	at := d.SentenceAt(s.First)
	if at == 0 || d.Sentences[at-1].Para != s.Para {
		return
	}
	before := &d.Sentences[at-1]
	if v := d.VoiceAt(before, before.End-1); v != nil {
		on := v.Over(s.First, s.End)
		on.Way = passage.ByReportedMood
		s.Voices = append(s.Voices, on)
	}
}

// source is who stands behind "selon": a name, an office, or a noun phrase ("Laut Branchendiensten", "according to the vendor").
// Behind a word that has other uses ("nach", "per"), a noun phrase is none; behind one that may sort as well ("selon le quartier"),
// only one that stands apart.
func (d *Doc) source(s *passage.Sentence, at, u int, sorts, weak bool) (passage.Voice, int, bool) {
	k := &d.GrammarAt(s).Known
	for u < len(s.Units) && s.Units[u].Mention == nil && (d.In(s.Units[u].First, k.Said) || d.In(s.Units[u].First, k.Clitic)) {
		u++ // "según asegura la Delegación", "según nos cuentan en"
	}
	if u < len(s.Units) && s.Units[u].Mention == nil && d.In(s.Units[u].First, k.Ours) {
		return passage.Voice{}, u, false // "selon nos informations": the text's own
	}
	if weak && u < len(s.Units) && s.Units[u].Mention == nil && !d.In(s.Units[u].First, k.Article) && !d.Tokens[s.Units[u].First].Upper {
		return passage.Voice{}, u, false // "four cameras per coach"
	}
	p, isNoun := d.nounFrom(s, u, len(s.Units), !d.GrammarAt(s).NounsCapital)
	v, end, ok := d.speakerFrom(s, u, 8, grammar.NAME)
	if !ok || isNoun && end-1 >= p.end {
		if isNoun && !weak && (!sorts || d.setOff(s, at, p.end)) {
			return d.nounVoice(s, p), p.end, true
		}
		if ok && v.Kinds&speakerKinds == 0 {
			return passage.Voice{}, u, false // a name further on
		}
	}
	if ok && isNoun && v.Entity == nil && end <= p.end && !d.GrammarAt(s).NounsCapital {
		return d.nounVoice(s, p), p.end, true // "industry sources", not "sources"
	}
	if ok && isNoun && v.Kinds&grammar.PER == 0 && end > p.first {
		v.AlsoCalled(d.nounVoice(s, p).Speaker.Names...)
	}
	return v, end, ok
}

// sourced is what tokens a source at unit u speaks for: the sentence, or the part of a list that it stands in, or the clause that goes on
// about something named before ("..., die nach Angaben des Hafens ...").
func (d *Doc) sourced(s *passage.Sentence, u int) (from, to int) {
	first, last := u, u
	for first > 0 && !s.Units[first-1].Stop {
		first--
	}
	for last < len(s.Units) && !s.Units[last].Stop {
		last++
	}
	if first == 0 && u == 0 {
		return s.First, s.End // "Selon X, ... ; ..."
	}
	if at, end := passage.Clause(s, u, u); at > first && at < u && d.relative(s, at) {
		return s.Units[at].First, d.TokenOf(s, end)
	}
	if last+1 >= len(s.Units) {
		return s.Units[first].First, s.End
	}
	return s.Units[first].First, d.TokenOf(s, last)
}

// relative reports whether the clause at unit u goes on about what stands before it.
func (d *Doc) relative(s *passage.Sentence, u int) bool {
	g := d.GrammarAt(s)
	t := s.Units[u].First
	return s.Units[u].Mention == nil && (d.In(t, g.Known.SpeakerWho) || g.NounsCapital && d.In(t, g.Known.Definite))
}

// counter is whose count a number is: "by the firm's own count".
func (d *Doc) counter(s *passage.Sentence, u int) (passage.Voice, bool) {
	k := &d.GrammarAt(s).Known
	p, ok := d.nounPhraseAt(s, u, len(s.Units))
	for n := p.first; ok && n < p.end; n++ {
		if d.Fold[s.Units[n].End-1] != "'s" && d.Fold[s.Units[n].End-1] != "'" {
			continue
		}
		if s.Units[p.end-1].Mention != nil || !d.In(s.Units[p.end-1].First, k.CountNoun) {
			return passage.Voice{}, false
		}
		if v, end, ok := d.speakerFrom(s, u, n-u+1, 0); ok && end <= n+1 {
			return v, true
		}
		return d.nounVoice(s, nounPhrase{p.first, n, n}), n > p.first
	}
	return passage.Voice{}, false
}

// setOff reports whether units [from, to) stand apart from the rest: "selon le quartier" in the midst of a clause sorts, it quotes
// nobody.
func (d *Doc) setOff(s *passage.Sentence, from, to int) bool {
	opens := from == 0 || s.Units[from-1].Comma || s.Units[from-1].Stop || d.Quoted[max(s.Units[from].First-1, 0)] > 0
	return opens && (to >= len(s.Units) || s.Units[to].Comma || s.Units[to].Stop || d.GrammarAt(s).NounsCapital || d.GrammarAt(s).BareSpeech && from == 0)
}
