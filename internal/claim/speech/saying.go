package speech

import (
	"slices"
	"strings"

	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// saying reads one verb of saying at unit u.
func (d *Doc) saying(s *passage.Sentence, u, n int) {
	k := &d.GrammarAt(s).Known
	after := d.UnitAt(s, s.Units[u].First+n)
	start := s.Units[u].First
	if d.passive(s, u) || d.nounHere(s, u) {
		return
	}
	// what follows it, directly: ", estime X", "said X", "« ... », a déclaré X"
	if inverted, quoted := d.inverts(s, u); inverted && (quoted || !d.opensSoon(s, after)) && !d.In(s.Units[u].First, k.Tells) {
		if v, end, ok := d.invertedSubject(s, after, quoted); ok {
			v.Way = passage.ByInversion
			d.hears(s, v, end, quoted)
			return
		}
	}
	if v, end, ok := d.somebodyAt(s, u); ok {
		v.Way = passage.BySomewhere
		d.hears(s, v, end, false)
		return
	}
	// "affirme-t-il", "he said": who spoke before
	if v, whole, ok := d.pronounSpeaker(s, u, after); ok {
		if whole {
			start = s.First
		}
		v.Way = passage.ByPronoun
		s.Voices = append(s.Voices, v.Over(start, s.End))
		return
	}
	// "Die Kosten beziffert ein Sprecher mit", "recordó el ministro que"
	if v, _, ok := d.subjectBehind(s, u, after); ok {
		d.lastVoice, d.lastVoiceAt = v, s.First
		v.Way = passage.BySubjectBehind
		s.Voices = append(s.Voices, v.Over(s.First, s.End))
		return
	}
	// who stands before it
	if g := d.GrammarAt(s); !g.BareSpeech && !g.NounsCapital && d.Ends(g, s.Units[u].First, grammar.ParticipleEnding) && !(u > 0 && s.Units[u-1].Mention == nil && (d.In(s.Units[u-1].First, k.Auxiliary) || d.In(s.Units[u-1].First, k.Clitic))) && !d.heldApart(s, u) {
		return // "le taux constaté sur place": said of a thing
	}
	v, at, ok := d.SubjectBefore(s, u)
	thing := false                                                                  // a noun phrase that names nobody
	bare := d.GrammarAt(s).BareSpeech && (at >= u-3 || u > 0 && s.Units[u-1].Comma) // "The mayor, who faces re-election, insists"
	if noun, first, found := d.NounBefore(s, u); found && (!ok || at < first) {
		v, at, ok = noun, first, true
		bare = d.GrammarAt(s).BareSpeech && d.surelySays(s.Units[u].First)
		thing = v.Kinds == 0
	} else if found && ok {
		v.AlsoCalled(noun.Speaker.Names...) // "the police commissioner's office" of the police commissioner
	}
	if !ok {
		return
	}
	d.lastVoice, d.lastVoiceAt = v, s.First
	next := after
	opened := n > 1 && d.In(s.Units[u].First+n-1, k.That) || next < len(s.Units) && (d.In(s.Units[next].First, k.That) || d.Fold[s.Units[next].First] == ":" || d.infinitive(s, next))
	for m := next; !opened && m < len(s.Units) && m < next+8; m++ {
		opened = d.In(s.Units[m].First, k.That) && !s.Units[m].Comma
	}
	quotedAfter := false
	for t := start; t < s.End; t++ {
		quotedAfter = quotedAfter || d.Quoted[t] > 0 && (!thing || d.quotationLength(t) >= leastQuoted)
	}
	first := d.phraseStart(s, at)
	quotedBefore := first > 0 && d.Quoted[s.Units[first].First] == 0 && d.Quoted[max(s.Units[first].First-1, 0)] > 0 || first > 1 && s.Units[first-1].Comma && d.Quoted[s.Units[first-1].First-1] > 0
	if first > 0 && s.Units[first-1].Mention == nil && d.In(s.Units[first-1].First, k.That) && !s.Units[first-1].Comma {
		from, _ := passage.Clause(s, first-1, first)
		start = s.Units[from].First // "le nombre de magasins que X dit servir"
	}
	rest := next
	for rest < len(s.Units) && !s.Units[rest].Stop && !s.Units[rest].Comma {
		rest++
	}
	aside := first > 0 && s.Units[first-1].Comma
	switch {
	case quotedBefore:
		v.Way = passage.ByEnd
		s.Voices = append(s.Voices, v.Over(s.First, s.End)) // "...," the mayor told this paper
	case opened || quotedAfter:
		if v.Way = passage.ByThat; !opened {
			v.Way = passage.ByQuotationBehind
		}
		s.Voices = append(s.Voices, v.Over(start, s.End))
	case next >= len(s.Units) || s.Units[next].Stop || s.Units[next].Comma && aside:
		// "..., the chief said."
		v.Way = passage.ByEnd
		if d.VoiceAt(s, s.First) == nil {
			s.Voices = append(s.Voices, v.Over(s.First, s.End))
		}
	case aside && d.datedEnd(s, next):
		v.Way = passage.ByEnd
		s.Voices = append(s.Voices, v.Over(s.First, s.End)) // "..., the police said on Wednesday, in a third phase."
	case aside && first >= leastSaid && rest-next <= mostAddressed && (rest+1 >= len(s.Units) || s.Units[rest].Stop || d.Ends(d.GrammarAt(s), s.Units[rest+1].First, grammar.ParticipleEnding)) && d.GrammarAt(s).BareSpeech && d.surelySays(s.Units[u].First):
		v.Way = passage.ByEnd
		s.Voices = append(s.Voices, v.Over(s.First, s.End)) // "..., an officer told a symposium on Monday."
	case bare || d.In(s.Units[u].First, k.Claims):
		s.Voices = append(s.Voices, v.Over(start, s.End))
	}
}

// opensSoon reports whether "that" opens what is said close behind unit u: "a indiqué au conseil que".
func (d *Doc) opensSoon(s *passage.Sentence, u int) bool {
	const reach = 6 // units
	for n := u; n < min(u+reach, len(s.Units)) && !s.Units[n].Comma && !s.Units[n].Stop; n++ {
		if s.Units[n].Mention == nil && d.In(s.Units[n].First, d.GrammarAt(s).Known.That) {
			return n > u || !d.GrammarAt(s).BareSpeech
		}
	}
	return false
}

// heldApart reports whether the auxiliary of the participle at unit u stands before an aside: "a, de son côté, précisé".
func (d *Doc) heldApart(s *passage.Sentence, u int) bool {
	const reach = 6 // units
	if u < 3 || !s.Units[u-1].Comma {
		return false
	}
	n := u - 2
	for n > 0 && n > u-reach && !s.Units[n].Comma && !s.Units[n].Stop {
		n--
	}
	return n > 0 && s.Units[n].Comma && s.Units[n-1].Mention == nil && d.In(s.Units[n-1].First, d.GrammarAt(s).Known.Auxiliary)
}

// datedEnd reports whether nothing but when it was said stands between unit u and the end of its clause: "said on Wednesday,".
func (d *Doc) datedEnd(s *passage.Sentence, u int) bool {
	const few = 3 // units: "on Wednesday", "late on Monday"
	end := u
	dated := false
	for ; end < len(s.Units) && !s.Units[end].Comma && !s.Units[end].Stop; end++ {
		dated = dated || s.Units[end].Kinds&grammar.DAT != 0
	}
	return end-u <= few && (dated || d.GrammarAt(s).BareSpeech && u > 0 && d.surelySays(s.Units[u-1].First))
}

// leastSaid is how many units stand at least before an attribution that closes a sentence, and mostAddressed how many may tell to whom
// it is said.
const (
	leastSaid     = 6
	mostAddressed = 7
)

// invertedSubject is who stands behind the verb that ends before unit after, past whom it is said to: "explique à Franceinfo le
// directeur".
func (d *Doc) invertedSubject(s *passage.Sentence, after int, quoted bool) (passage.Voice, int, bool) {
	k := &d.GrammarAt(s).Known
	if after >= len(s.Units) || d.In(s.Units[after].First, k.That) || s.Units[after].Mention == nil && slices.Contains(d.GrammarAt(s).BodyJoin, d.Fold[s.Units[after].First]) {
		return passage.Voice{}, 0, false // "parle de soixante caméras"
	}
	if s.Units[after].Mention == nil && d.In(s.Units[after].First, k.Preposition) && !d.In(s.Units[after].First, k.Article) {
		const reach = 5
		for n := after + 2; n < min(after+reach, len(s.Units)) && !s.Units[n].Comma && !s.Units[n].Stop; n++ {
			before := s.Units[n-1].First
			if s.Units[n-1].Mention == nil && (d.In(before, k.Preposition) || d.In(before, k.Article)) || s.Units[n].Mention == nil && !d.In(s.Units[n].First, k.Article) {
				continue
			}
			if v, end, ok := d.speakerFrom(s, n, 2, 0); ok && (quoted || d.bounded(s, end)) {
				return v, end, true
			}
			if p, ok := d.nounPhraseAt(s, n, len(s.Units)); ok && quoted {
				return d.nounVoice(s, p), p.end, true
			}
		}
		return passage.Voice{}, 0, false
	}
	if v, end, ok := d.speakerFrom(s, after, 3, grammar.NAME); ok {
		if p, isNoun := d.nounPhraseAt(s, after, len(s.Units)); isNoun && v.Kinds&grammar.PER == 0 {
			v.AlsoCalled(d.nounVoice(s, p).Speaker.Names...)
		}
		return v, end, true
	}
	if p, ok := d.nounPhraseAt(s, after, len(s.Units)); ok && (quoted || d.bounded(s, p.end)) {
		return d.nounVoice(s, p), p.end, true
	}
	return passage.Voice{}, 0, false
}

// saysOn reports whether a sentence goes on, behind unit u, with another word of saying or a quotation.
func (d *Doc) saysOn(s *passage.Sentence, u int) bool {
	k := &d.GrammarAt(s).Known
	for ; u < len(s.Units); u++ {
		if t := s.Units[u].First; d.Quoted[t] > 0 || s.Units[u].Mention == nil && d.In(t, k.Said) {
			return true
		}
	}
	return false
}

// inverts reports whether a verb of saying at unit u stands before its subject, behind a comma or a quotation; quoted says which.
func (d *Doc) inverts(s *passage.Sentence, u int) (inverted, quoted bool) {
	k := &d.GrammarAt(s).Known
	n := u
	for n > 0 && s.Units[n-1].Mention == nil && (d.In(s.Units[n-1].First, k.Clitic) || n == u && (d.auxiliary(s, u) || u > 1 && d.In(s.Units[n-1].First, k.Auxiliary) && d.In(s.Units[u-2].First, k.Clitic))) {
		n-- // "nous prévient le chef", "a déclaré le maire", "m'a écrit la porte-parole"
	}
	at := s.Units[n].First
	quoted = d.Quoted[at] == 0 && d.Quoted[max(at-1, 0)] > 0 || n > 0 && s.Units[n-1].Comma && d.Quoted[max(s.Units[n-1].First-1, 0)] > 0 && d.Quoted[s.Units[n-1].First] == 0
	if quoted && d.Quoted[max(at-1, 0)] > 0 && !(n > 0 && s.Units[n-1].Comma) && d.quotationLength(at-1) < leastQuoted {
		quoted = false // "Die Initiative „Hanau schaut weg“ kritisierte"
	}
	if !quoted && d.apposedBefore(s, n) {
		return false, false // "Its lawyer, Ana Ruiz, said an appeal would follow"
	}
	if n > 0 && n <= 3 && d.In(s.Units[0].First, k.As) {
		return true, false // "Comme l'explique le maire, ..."
	}
	if n == u && n > 0 && s.Units[n-1].Mention == nil && d.In(s.Units[n-1].First, k.Preposition) {
		return false, false // "pour assurer la sécurité"
	}
	if n == u && n > 2 && s.Units[n-1].Comma && s.Units[n-3].Comma && s.Units[n-2].Mention == nil && d.In(s.Units[n-2].First, k.SpeakerIt) {
		return false, false // "La plaquette, elle, vante ..."
	}
	if n == u && !quoted && d.Ends(d.GrammarAt(s), s.Units[u].First, grammar.ParticipleEnding) {
		return false, false // "le marché, estimé cette fois à ...", ", confirming what X had said"
	}
	return quoted || n > 0 && s.Units[n-1].Comma && d.Fold[s.Units[n-1].First] != ":", quoted
}

// apposedBefore reports whether a name between commas stands right before unit u, behind what it is a name of.
func (d *Doc) apposedBefore(s *passage.Sentence, u int) bool {
	return u > 3 && s.Units[u-1].Comma && s.Units[u-3].Comma && s.Units[u-2].Kinds&(grammar.NAME|grammar.PER) != 0 && s.Units[u-2].Mention.End-s.Units[u-2].Mention.First > 1 && s.Units[u-4].Mention == nil
}

// passive reports whether the verb of saying at unit u is said of a thing: "is announced", "était estimé".
func (d *Doc) passive(s *passage.Sentence, u int) bool {
	k := &d.GrammarAt(s).Known
	if u == 0 || k.Be == grammar.NoClass || s.Units[u-1].Mention != nil {
		return false
	}
	t := s.Units[u-1].First
	return d.In(t, k.Be) && (u < 2 || !d.In(s.Units[u-2].First, k.Clitic))
}

// subjectBehind is who stands right behind the verb at unit u without a comma or a quotation before it, in languages that put a subject
// there: a person, an office or a body, where none stands before.
func (d *Doc) subjectBehind(s *passage.Sentence, u, after int) (passage.Voice, int, bool) {
	g := d.GrammarAt(s)
	if !g.NounsCapital && g.Known.Someone != grammar.NoClass || after >= len(s.Units) || u == 0 && g.NounsCapital {
		return passage.Voice{}, 0, false
	}
	n := after
	for n < len(s.Units) && n < after+2 && s.Units[n].Mention == nil && d.In(s.Units[n].First, g.Known.Article) && !d.In(s.Units[n].First, g.Known.Preposition) {
		n++
	}
	if n >= len(s.Units) || n == after && s.Units[n].Kinds&(grammar.PER|grammar.ORG|grammar.AUT|grammar.POL) == 0 {
		return passage.Voice{}, 0, false
	}
	if _, office := d.officeAt(s, n); office == 0 && s.Units[n].Kinds&(grammar.PER|grammar.ORG|grammar.AUT|grammar.POL) == 0 {
		return passage.Voice{}, 0, false
	}
	if _, _, before := d.SubjectBefore(s, u); before {
		return passage.Voice{}, 0, false
	}
	v, end, ok := d.speakerFrom(s, n, 1, 0)
	if p, isNoun := d.nounPhraseAt(s, after, len(s.Units)); ok && isNoun && v.Kinds&grammar.PER == 0 {
		v.AlsoCalled(d.nounVoice(s, p).Speaker.Names...)
	}
	return v, end, ok
}

// nounHere reports whether the word at unit u, that may be a verb of saying, is a noun where it stands: "took the report", "une note",
// "la denuncia". Some articles are pronouns too ("il le dit"): they make a noun at the head of a clause or behind a preposition only.
func (d *Doc) nounHere(s *passage.Sentence, u int) bool {
	g := d.GrammarAt(s)
	if g.NounsCapital {
		return u > 0 && d.Tokens[s.Units[u].First].Upper && d.Quoted[s.Units[u].First] == d.Quoted[s.Units[u].First-1]
	}
	if u == 0 || s.Units[u-1].Mention != nil || !d.In(s.Units[u-1].First, g.Known.Article) || d.In(s.Units[u].First, g.Known.That) {
		return false
	}
	if g.BareSpeech || !d.In(s.Units[u-1].First, g.Known.Definite) {
		return !d.In(s.Units[u-1].First, g.Known.Preposition) || d.In(s.Units[u-1].First, g.Known.Of)
	}
	if u == 1 {
		return true
	}
	before := &s.Units[u-2]
	return before.Comma || before.Stop || before.Mention == nil && (d.In(before.First, g.Known.Preposition) || d.In(before.First, g.Known.Conjunction))
}

// phraseStart is the first unit of the noun phrase that unit at belongs to.
func (d *Doc) phraseStart(s *passage.Sentence, at int) int {
	k := &d.GrammarAt(s).Known
	for n := at; n > 0 && n > at-4; n-- {
		if before := &s.Units[n-1]; before.Stop && before.First > s.First && d.Abbreviates(&d.Paragraphs[s.Para], before.First) {
			n-- // "Sgt. Ana Ruiz"
		} else if before.Comma || before.Stop || before.Mention != nil || d.In(before.First, k.That) {
			return n
		} else if d.In(before.First, k.Article) {
			return n - 1
		}
	}
	return at
}

// surelySays reports whether the word at t is a verb and no noun as well: "said", "insisted", not "report".
func (d *Doc) surelySays(t int) bool {
	w := d.Fold[t]
	if d.Paragraphs[d.ParaOf(t)].Grammar.NounsCapital {
		return !d.Tokens[t].Upper
	}
	switch w {
	case "says", "said", "say", "tells", "told", "wrote", "believes":
		return true
	}
	return strings.HasSuffix(w, "ed")
}

// infinitive reports whether an infinitive opens at unit u: "dit servir", "soutient n'utiliser aucune", "nie avoir". The endings
// are the file's.
func (d *Doc) infinitive(s *passage.Sentence, u int) bool {
	g := d.GrammarAt(s)
	const aside = 4 // units: "soutient pour sa part n'utiliser aucune caméra"
	for n := u; n < min(u+aside, len(s.Units)) && !s.Units[n].Comma && !s.Units[n].Stop; n++ {
		if w := d.Fold[s.Units[n].First]; w == "n'" || w == "ne" {
			u = n
			break
		}
	}
	for u < len(s.Units) && s.Units[u].Mention == nil && (d.In(s.Units[u].First, g.Known.Negation) || d.In(s.Units[u].First, g.Known.Of) || d.Fold[s.Units[u].First] == "n'" || d.Fold[s.Units[u].First] == "ne") {
		u++
	}
	if u >= len(s.Units) || s.Units[u].Mention != nil || d.Tokens[s.Units[u].First].Upper {
		return false
	}
	w := d.Fold[s.Units[u].First]
	for _, e := range g.Infinitives {
		if len(w) > len(e)+1 && strings.HasSuffix(w, e) {
			return !d.In(s.Units[u].First, g.Known.Preposition)
		}
	}
	return false
}

// mayInvert reports whether unit u may be a verb before its subject: a plain word that is none of the small ones.
func (d *Doc) mayInvert(s *passage.Sentence, u int) bool {
	k := &d.GrammarAt(s).Known
	t := s.Units[u].First
	return s.Units[u].Mention == nil && d.Tokens[t].Kind == word.Word && !d.Tokens[t].Upper && !d.In(t, k.Preposition) && !d.In(t, k.Article) && !d.In(t, k.Conjunction) &&
		!d.In(t, k.That) && !d.In(t, k.SpeakerWho) && !d.In(t, k.Of) && !d.In(t, k.Locative) && !d.In(t, k.Role) && !d.In(t, k.Firm) && !d.In(t, k.ProductNoun)
}

// subjectOfBefore is the body, person or office that opens the sentence before, in the same paragraph: what "he said" stands for where
// nobody has spoken yet.
func (d *Doc) subjectOfBefore(s *passage.Sentence) (passage.Voice, bool) {
	at := d.SentenceAt(s.First)
	if at == 0 || d.Sentences[at-1].Para != s.Para {
		return passage.Voice{}, false
	}
	o := &d.Sentences[at-1]
	const reach = 3 // units: an article and an adjective
	head := 0
	for head < len(o.Units) && d.Tokens[o.Units[head].First].Kind != word.Word {
		head++ // the number of an item
	}
	v, end, ok := d.speakerFrom(o, head, reach, 0)
	if !ok {
		return passage.Voice{}, false
	}
	if end+1 < len(o.Units) && o.Units[end].Comma && o.Units[end+1].Kinds&grammar.NAME != 0 && v.Kinds&grammar.PER == 0 {
		d.calledBy(&v, o.Units[end+1].First, o.Units[end+1].End) // "Le bourgmestre de Namur, Maxime Prévot"
	}
	return v, true
}

// auxiliary reports whether the word before unit u is one that a verb of saying stands behind, itself behind a
// comma or a quotation: ", a déclaré".
func (d *Doc) auxiliary(s *passage.Sentence, u int) bool {
	if u < 2 || s.Units[u-1].Mention != nil || d.Tokens[s.Units[u-1].First].Kind != word.Word || d.Tokens[s.Units[u-1].First].End-d.Tokens[s.Units[u-1].First].Start > 6 {
		return false
	}
	before := s.Units[u-2]
	return before.Comma || d.Quoted[max(s.Units[u-1].First-1, 0)] > 0
}

// SubjectBefore finds the speaker before a verb of saying, over an apposition of up to twelve tokens.
func (d *Doc) SubjectBefore(s *passage.Sentence, u int) (passage.Voice, int, bool) {
	const reach = 14
	k := &d.GrammarAt(s).Known
	best := -1
	for n := u - 1; n >= 0 && n >= u-reach; n-- {
		unit := &s.Units[n]
		if unit.Stop {
			break
		}
		_, office := d.officeAt(s, n)
		isRole := office > 0 || plain(s, n) && d.In(unit.First, k.Document)
		if unit.Kinds&speakerKinds == 0 && !isRole {
			continue
		}
		if d.BehindPreposition(s, n) {
			continue
		}
		best = n
		if isRole && n == u-1 {
			break // "the mayor said"
		}
		if unit.Kinds&grammar.PER != 0 || n == 0 || !d.commaWithin(s, 0, n) {
			break
		}
		// an apposition's noun: look for the name before its comma
		if n >= 2 && s.Units[n-1].Comma {
			continue
		}
		if n >= 3 && s.Units[n-2].Comma && s.Units[n-1].Mention == nil && d.In(s.Units[n-1].First, k.Article) && s.Units[n-3].Kinds&speakerKinds != 0 && !d.BehindPreposition(s, n-3) {
			best = n - 3 // "IPVM, une autorité en la matière, a rapporté"
			break
		}
		if isRole {
			continue
		}
		break
	}
	if best < 0 {
		return passage.Voice{}, 0, false
	}
	v, _, ok := d.speakerFrom(s, best, 1, 0)
	if ok && v.Kinds&grammar.PER == 0 {
		d.nameBetween(&v, s, best, u)
	}
	return v, best, ok
}

// nameBetween adds the name that stands between commas right before the verb at unit u: "The council's leader, Dana Whit, told ...".
func (d *Doc) nameBetween(v *passage.Voice, s *passage.Sentence, from, u int) {
	n := u - 1
	for k := &d.GrammarAt(s).Known; n > from && s.Units[n].Mention == nil && (d.In(s.Units[n].First, k.Auxiliary) || d.In(s.Units[n].First, k.Clitic)); {
		n--
	}
	const most = 4 // tokens of a name
	if n-2 <= from || !s.Units[n].Comma || !s.Units[n-2].Comma {
		return
	}
	m := s.Units[n-1].Mention
	if m == nil || s.Units[n-1].Kinds&(grammar.NAME|grammar.PER) == 0 || s.Units[n-1].Kinds&grammar.PLC != 0 || m.End-m.First < 2 || m.End-m.First > most {
		return
	}
	v.BetterCalled(d.Words(m.End-1, m.End))
	v.BetterCalled(d.Words(m.First, m.End))
}
