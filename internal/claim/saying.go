package claim

import (
	"slices"
	"strings"

	"contrechamp.org/contrechamp/internal/word"
)

// saying reads one verb of saying at unit u.
func (d *speechDoc) saying(s *sentence, u, n int) {
	k := &d.grammarAt(s).known
	after := d.unitAt(s, s.units[u].first+n)
	start := s.units[u].first
	if d.passive(s, u) || d.nounHere(s, u) {
		return
	}
	// what follows it, directly: ", estime X", "said X", "« ... », a déclaré X"
	if inverted, quoted := d.inverts(s, u); inverted && (quoted || !d.opensSoon(s, after)) && !d.in(s.units[u].first, k.tells) {
		if v, end, ok := d.invertedSubject(s, after, quoted); ok {
			v.way = byInversion
			d.hears(s, v, end, quoted)
			return
		}
	}
	if v, end, ok := d.somebodyAt(s, u); ok {
		v.way = bySomewhere
		d.hears(s, v, end, false)
		return
	}
	// "affirme-t-il", "he said": who spoke before
	if v, whole, ok := d.pronounSpeaker(s, u, after); ok {
		if whole {
			start = s.first
		}
		v.way = byPronoun
		s.voices = append(s.voices, v.over(start, s.end))
		return
	}
	// "Die Kosten beziffert ein Sprecher mit", "recordó el ministro que"
	if v, _, ok := d.subjectBehind(s, u, after); ok {
		d.lastVoice, d.lastVoiceAt = v, s.first
		v.way = bySubjectBehind
		s.voices = append(s.voices, v.over(s.first, s.end))
		return
	}
	// who stands before it
	if g := d.grammarAt(s); !g.bareSpeech && !g.nounsCapital && d.ends(g, s.units[u].first, participleEnding) && !(u > 0 && s.units[u-1].mention == nil && (d.in(s.units[u-1].first, k.auxiliary) || d.in(s.units[u-1].first, k.clitic))) && !d.heldApart(s, u) {
		return // "le taux constaté sur place": said of a thing
	}
	v, at, ok := d.subjectBefore(s, u)
	thing := false                                                                  // a noun phrase that names nobody
	bare := d.grammarAt(s).bareSpeech && (at >= u-3 || u > 0 && s.units[u-1].comma) // "The mayor, who faces re-election, insists"
	if noun, first, found := d.nounBefore(s, u); found && (!ok || at < first) {
		v, at, ok = noun, first, true
		bare = d.grammarAt(s).bareSpeech && d.surelySays(s.units[u].first)
		thing = v.kinds == 0
	} else if found && ok {
		v.alsoCalled(noun.speaker.Names...) // "the police commissioner's office" of the police commissioner
	}
	if !ok {
		return
	}
	d.lastVoice, d.lastVoiceAt = v, s.first
	next := after
	opened := n > 1 && d.in(s.units[u].first+n-1, k.that) || next < len(s.units) && (d.in(s.units[next].first, k.that) || d.fold[s.units[next].first] == ":" || d.infinitive(s, next))
	for m := next; !opened && m < len(s.units) && m < next+8; m++ {
		opened = d.in(s.units[m].first, k.that) && !s.units[m].comma
	}
	quotedAfter := false
	for t := start; t < s.end; t++ {
		quotedAfter = quotedAfter || d.quoted[t] > 0 && (!thing || d.quotationLength(t) >= leastQuoted)
	}
	first := d.phraseStart(s, at)
	quotedBefore := first > 0 && d.quoted[s.units[first].first] == 0 && d.quoted[max(s.units[first].first-1, 0)] > 0 || first > 1 && s.units[first-1].comma && d.quoted[s.units[first-1].first-1] > 0
	if first > 0 && s.units[first-1].mention == nil && d.in(s.units[first-1].first, k.that) && !s.units[first-1].comma {
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
		v.way = byEnd
		s.voices = append(s.voices, v.over(s.first, s.end)) // "...," the mayor told this paper
	case opened || quotedAfter:
		if v.way = byThat; !opened {
			v.way = byQuotationBehind
		}
		s.voices = append(s.voices, v.over(start, s.end))
	case next >= len(s.units) || s.units[next].stop || s.units[next].comma && aside:
		// "..., the chief said."
		v.way = byEnd
		if d.voiceAt(s, s.first) == nil {
			s.voices = append(s.voices, v.over(s.first, s.end))
		}
	case aside && d.datedEnd(s, next):
		v.way = byEnd
		s.voices = append(s.voices, v.over(s.first, s.end)) // "..., the police said on Wednesday, in a third phase."
	case aside && first >= leastSaid && rest-next <= mostAddressed && (rest+1 >= len(s.units) || s.units[rest].stop || d.ends(d.grammarAt(s), s.units[rest+1].first, participleEnding)) && d.grammarAt(s).bareSpeech && d.surelySays(s.units[u].first):
		v.way = byEnd
		s.voices = append(s.voices, v.over(s.first, s.end)) // "..., an officer told a symposium on Monday."
	case bare || d.in(s.units[u].first, k.claims):
		s.voices = append(s.voices, v.over(start, s.end))
	}
}

// opensSoon reports whether "that" opens what is said close behind unit u: "a indiqué au conseil que".
func (d *speechDoc) opensSoon(s *sentence, u int) bool {
	const reach = 6 // units
	for n := u; n < min(u+reach, len(s.units)) && !s.units[n].comma && !s.units[n].stop; n++ {
		if s.units[n].mention == nil && d.in(s.units[n].first, d.grammarAt(s).known.that) {
			return n > u || !d.grammarAt(s).bareSpeech
		}
	}
	return false
}

// heldApart reports whether the auxiliary of the participle at unit u stands before an aside: "a, de son côté, précisé".
func (d *speechDoc) heldApart(s *sentence, u int) bool {
	const reach = 6 // units
	if u < 3 || !s.units[u-1].comma {
		return false
	}
	n := u - 2
	for n > 0 && n > u-reach && !s.units[n].comma && !s.units[n].stop {
		n--
	}
	return n > 0 && s.units[n].comma && s.units[n-1].mention == nil && d.in(s.units[n-1].first, d.grammarAt(s).known.auxiliary)
}

// datedEnd reports whether nothing but when it was said stands between unit u and the end of its clause: "said on Wednesday,".
func (d *speechDoc) datedEnd(s *sentence, u int) bool {
	const few = 3 // units: "on Wednesday", "late on Monday"
	end := u
	dated := false
	for ; end < len(s.units) && !s.units[end].comma && !s.units[end].stop; end++ {
		dated = dated || s.units[end].kinds&kDAT != 0
	}
	return end-u <= few && (dated || d.grammarAt(s).bareSpeech && u > 0 && d.surelySays(s.units[u-1].first))
}

// leastSaid is how many units stand at least before an attribution that closes a sentence, and mostAddressed how many may tell to whom
// it is said.
const (
	leastSaid     = 6
	mostAddressed = 7
)

// invertedSubject is who stands behind the verb that ends before unit after, past whom it is said to: "explique à Franceinfo le
// directeur".
func (d *speechDoc) invertedSubject(s *sentence, after int, quoted bool) (voice, int, bool) {
	k := &d.grammarAt(s).known
	if after >= len(s.units) || d.in(s.units[after].first, k.that) || s.units[after].mention == nil && slices.Contains(d.grammarAt(s).bodyJoin, d.fold[s.units[after].first]) {
		return voice{}, 0, false // "parle de soixante caméras"
	}
	if s.units[after].mention == nil && d.in(s.units[after].first, k.preposition) && !d.in(s.units[after].first, k.article) {
		const reach = 5
		for n := after + 2; n < min(after+reach, len(s.units)) && !s.units[n].comma && !s.units[n].stop; n++ {
			before := s.units[n-1].first
			if s.units[n-1].mention == nil && (d.in(before, k.preposition) || d.in(before, k.article)) || s.units[n].mention == nil && !d.in(s.units[n].first, k.article) {
				continue
			}
			if v, end, ok := d.speakerFrom(s, n, 2, 0); ok && (quoted || d.bounded(s, end)) {
				return v, end, true
			}
			if p, ok := d.nounPhraseAt(s, n, len(s.units)); ok && quoted {
				return d.nounVoice(s, p), p.end, true
			}
		}
		return voice{}, 0, false
	}
	if v, end, ok := d.speakerFrom(s, after, 3, kNAME); ok {
		if p, isNoun := d.nounPhraseAt(s, after, len(s.units)); isNoun && v.kinds&kPER == 0 {
			v.alsoCalled(d.nounVoice(s, p).speaker.Names...)
		}
		return v, end, true
	}
	if p, ok := d.nounPhraseAt(s, after, len(s.units)); ok && (quoted || d.bounded(s, p.end)) {
		return d.nounVoice(s, p), p.end, true
	}
	return voice{}, 0, false
}

// saysOn reports whether a sentence goes on, behind unit u, with another word of saying or a quotation.
func (d *speechDoc) saysOn(s *sentence, u int) bool {
	k := &d.grammarAt(s).known
	for ; u < len(s.units); u++ {
		if t := s.units[u].first; d.quoted[t] > 0 || s.units[u].mention == nil && d.in(t, k.said) {
			return true
		}
	}
	return false
}

// inverts reports whether a verb of saying at unit u stands before its subject, behind a comma or a quotation; quoted says which.
func (d *speechDoc) inverts(s *sentence, u int) (inverted, quoted bool) {
	k := &d.grammarAt(s).known
	n := u
	for n > 0 && s.units[n-1].mention == nil && (d.in(s.units[n-1].first, k.clitic) || n == u && (d.auxiliary(s, u) || u > 1 && d.in(s.units[n-1].first, k.auxiliary) && d.in(s.units[u-2].first, k.clitic))) {
		n-- // "nous prévient le chef", "a déclaré le maire", "m'a écrit la porte-parole"
	}
	at := s.units[n].first
	quoted = d.quoted[at] == 0 && d.quoted[max(at-1, 0)] > 0 || n > 0 && s.units[n-1].comma && d.quoted[max(s.units[n-1].first-1, 0)] > 0 && d.quoted[s.units[n-1].first] == 0
	if quoted && d.quoted[max(at-1, 0)] > 0 && !(n > 0 && s.units[n-1].comma) && d.quotationLength(at-1) < leastQuoted {
		quoted = false // "Die Initiative „Hanau schaut weg“ kritisierte"
	}
	if !quoted && d.apposedBefore(s, n) {
		return false, false // "Its lawyer, Ana Ruiz, said an appeal would follow"
	}
	if n > 0 && n <= 3 && d.in(s.units[0].first, k.as) {
		return true, false // "Comme l'explique le maire, ..."
	}
	if n == u && n > 0 && s.units[n-1].mention == nil && d.in(s.units[n-1].first, k.preposition) {
		return false, false // "pour assurer la sécurité"
	}
	if n == u && n > 2 && s.units[n-1].comma && s.units[n-3].comma && s.units[n-2].mention == nil && d.in(s.units[n-2].first, k.speakerIt) {
		return false, false // "La plaquette, elle, vante ..."
	}
	if n == u && !quoted && d.ends(d.grammarAt(s), s.units[u].first, participleEnding) {
		return false, false // "le marché, estimé cette fois à ...", ", confirming what X had said"
	}
	return quoted || n > 0 && s.units[n-1].comma && d.fold[s.units[n-1].first] != ":", quoted
}

// apposedBefore reports whether a name between commas stands right before unit u, behind what it is a name of.
func (d *speechDoc) apposedBefore(s *sentence, u int) bool {
	return u > 3 && s.units[u-1].comma && s.units[u-3].comma && s.units[u-2].kinds&(kNAME|kPER) != 0 && s.units[u-2].mention.end-s.units[u-2].mention.first > 1 && s.units[u-4].mention == nil
}

// passive reports whether the verb of saying at unit u is said of a thing: "is announced", "était estimé".
func (d *speechDoc) passive(s *sentence, u int) bool {
	k := &d.grammarAt(s).known
	if u == 0 || k.be == noClass || s.units[u-1].mention != nil {
		return false
	}
	t := s.units[u-1].first
	return d.in(t, k.be) && (u < 2 || !d.in(s.units[u-2].first, k.clitic))
}

// subjectBehind is who stands right behind the verb at unit u without a comma or a quotation before it, in languages that put a subject
// there: a person, an office or a body, where none stands before.
func (d *speechDoc) subjectBehind(s *sentence, u, after int) (voice, int, bool) {
	g := d.grammarAt(s)
	if !g.nounsCapital && g.known.someone != noClass || after >= len(s.units) || u == 0 && g.nounsCapital {
		return voice{}, 0, false
	}
	n := after
	for n < len(s.units) && n < after+2 && s.units[n].mention == nil && d.in(s.units[n].first, g.known.article) && !d.in(s.units[n].first, g.known.preposition) {
		n++
	}
	if n >= len(s.units) || n == after && s.units[n].kinds&(kPER|kORG|kAUT|kPOL) == 0 {
		return voice{}, 0, false
	}
	if _, office := d.officeAt(s, n); office == 0 && s.units[n].kinds&(kPER|kORG|kAUT|kPOL) == 0 {
		return voice{}, 0, false
	}
	if _, _, before := d.subjectBefore(s, u); before {
		return voice{}, 0, false
	}
	v, end, ok := d.speakerFrom(s, n, 1, 0)
	if p, isNoun := d.nounPhraseAt(s, after, len(s.units)); ok && isNoun && v.kinds&kPER == 0 {
		v.alsoCalled(d.nounVoice(s, p).speaker.Names...)
	}
	return v, end, ok
}

// nounHere reports whether the word at unit u, that may be a verb of saying, is a noun where it stands: "took the report", "une note",
// "la denuncia". Some articles are pronouns too ("il le dit"): they make a noun at the head of a clause or behind a preposition only.
func (d *speechDoc) nounHere(s *sentence, u int) bool {
	g := d.grammarAt(s)
	if g.nounsCapital {
		return u > 0 && d.toks[s.units[u].first].Upper && d.quoted[s.units[u].first] == d.quoted[s.units[u].first-1]
	}
	if u == 0 || s.units[u-1].mention != nil || !d.in(s.units[u-1].first, g.known.article) || d.in(s.units[u].first, g.known.that) {
		return false
	}
	if g.bareSpeech || !d.in(s.units[u-1].first, g.known.definite) {
		return !d.in(s.units[u-1].first, g.known.preposition) || d.in(s.units[u-1].first, g.known.of)
	}
	if u == 1 {
		return true
	}
	before := &s.units[u-2]
	return before.comma || before.stop || before.mention == nil && (d.in(before.first, g.known.preposition) || d.in(before.first, g.known.conjunction))
}

// phraseStart is the first unit of the noun phrase that unit at belongs to.
func (d *speechDoc) phraseStart(s *sentence, at int) int {
	k := &d.grammarAt(s).known
	for n := at; n > 0 && n > at-4; n-- {
		if before := &s.units[n-1]; before.stop && before.first > s.first && d.abbreviates(&d.paras[s.para], before.first) {
			n-- // "Sgt. Ana Ruiz"
		} else if before.comma || before.stop || before.mention != nil || d.in(before.first, k.that) {
			return n
		} else if d.in(before.first, k.article) {
			return n - 1
		}
	}
	return at
}

// surelySays reports whether the word at t is a verb and no noun as well: "said", "insisted", not "report".
func (d *speechDoc) surelySays(t int) bool {
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
func (d *speechDoc) infinitive(s *sentence, u int) bool {
	g := d.grammarAt(s)
	const aside = 4 // units: "soutient pour sa part n'utiliser aucune caméra"
	for n := u; n < min(u+aside, len(s.units)) && !s.units[n].comma && !s.units[n].stop; n++ {
		if w := d.fold[s.units[n].first]; w == "n'" || w == "ne" {
			u = n
			break
		}
	}
	for u < len(s.units) && s.units[u].mention == nil && (d.in(s.units[u].first, g.known.negation) || d.in(s.units[u].first, g.known.of) || d.fold[s.units[u].first] == "n'" || d.fold[s.units[u].first] == "ne") {
		u++
	}
	if u >= len(s.units) || s.units[u].mention != nil || d.toks[s.units[u].first].Upper {
		return false
	}
	w := d.fold[s.units[u].first]
	for _, e := range g.infinitives {
		if len(w) > len(e)+1 && strings.HasSuffix(w, e) {
			return !d.in(s.units[u].first, g.known.preposition)
		}
	}
	return false
}

// mayInvert reports whether unit u may be a verb before its subject: a plain word that is none of the small ones.
func (d *speechDoc) mayInvert(s *sentence, u int) bool {
	k := &d.grammarAt(s).known
	t := s.units[u].first
	return s.units[u].mention == nil && d.toks[t].Kind == word.Word && !d.toks[t].Upper && !d.in(t, k.preposition) && !d.in(t, k.article) && !d.in(t, k.conjunction) &&
		!d.in(t, k.that) && !d.in(t, k.speakerWho) && !d.in(t, k.of) && !d.in(t, k.locative) && !d.in(t, k.role) && !d.in(t, k.firm) && !d.in(t, k.productNoun)
}

// subjectOfBefore is the body, person or office that opens the sentence before, in the same paragraph: what "he said" stands for where
// nobody has spoken yet.
func (d *speechDoc) subjectOfBefore(s *sentence) (voice, bool) {
	at := d.sentenceAt(s.first)
	if at == 0 || d.sents[at-1].para != s.para {
		return voice{}, false
	}
	o := &d.sents[at-1]
	const reach = 3 // units: an article and an adjective
	head := 0
	for head < len(o.units) && d.toks[o.units[head].first].Kind != word.Word {
		head++ // the number of an item
	}
	v, end, ok := d.speakerFrom(o, head, reach, 0)
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
func (d *speechDoc) auxiliary(s *sentence, u int) bool {
	if u < 2 || s.units[u-1].mention != nil || d.toks[s.units[u-1].first].Kind != word.Word || d.toks[s.units[u-1].first].End-d.toks[s.units[u-1].first].Start > 6 {
		return false
	}
	before := s.units[u-2]
	return before.comma || d.quoted[max(s.units[u-1].first-1, 0)] > 0
}

// subjectBefore finds the speaker before a verb of saying, over an apposition of up to twelve tokens.
func (d *speechDoc) subjectBefore(s *sentence, u int) (voice, int, bool) {
	const reach = 14
	k := &d.grammarAt(s).known
	best := -1
	for n := u - 1; n >= 0 && n >= u-reach; n-- {
		unit := &s.units[n]
		if unit.stop {
			break
		}
		_, office := d.officeAt(s, n)
		isRole := office > 0 || plain(s, n) && d.in(unit.first, k.document)
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
		if n >= 3 && s.units[n-2].comma && s.units[n-1].mention == nil && d.in(s.units[n-1].first, k.article) && s.units[n-3].kinds&speakerKinds != 0 && !d.behindPreposition(s, n-3) {
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
	if ok && v.kinds&kPER == 0 {
		d.nameBetween(&v, s, best, u)
	}
	return v, best, ok
}

// nameBetween adds the name that stands between commas right before the verb at unit u: "The council's leader, Dana Whit, told ...".
func (d *speechDoc) nameBetween(v *voice, s *sentence, from, u int) {
	n := u - 1
	for k := &d.grammarAt(s).known; n > from && s.units[n].mention == nil && (d.in(s.units[n].first, k.auxiliary) || d.in(s.units[n].first, k.clitic)); {
		n--
	}
	const most = 4 // tokens of a name
	if n-2 <= from || !s.units[n].comma || !s.units[n-2].comma {
		return
	}
	m := s.units[n-1].mention
	if m == nil || s.units[n-1].kinds&(kNAME|kPER) == 0 || s.units[n-1].kinds&kPLC != 0 || m.end-m.first < 2 || m.end-m.first > most {
		return
	}
	v.betterCalled(d.words(m.end-1, m.end))
	v.betterCalled(d.words(m.first, m.end))
}
