package claim

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// replies is who answers in the paragraph that sentence i opens with a word for an answer ("Réponse. - Je suis informé que ..."), or
// below a line that is that word alone ("ANSWER"): the office that the question before it was put to.
func (d *speechDoc) replies(i int) (voice, bool) {
	s := &d.sents[i]
	k := &d.grammarAt(s).known
	n := d.is(s.first, k.answer)
	if n == 0 || s.first+n >= d.paras[s.para].end || d.toks[s.first+n].Kind == word.Word {
		if s.para == 0 {
			return voice{}, false
		}
		p := &d.paras[s.para-1]
		at := d.any(p.first, p.end, p.g.known.answer)
		if at < 0 || p.end-p.first > longestAnswerLine && (at > p.first || p.end-p.first > longestDatedLine) || d.fullStop[p.end-1] {
			return voice{}, false
		}
	}
	if v, ok := d.addressee(s.para); ok {
		return v, true
	}
	return d.putTo(s.para - 1)
}

// addressee is to whom the head of a text says that its questions are put: "Destinataire : ministère de l'Intérieur".
func (d *speechDoc) addressee(before int) (voice, bool) {
	for i := 0; i < min(before, headLines); i++ {
		p := &d.paras[i]
		if p.first >= p.end || p.g.known.addressee == noClass {
			continue
		}
		n := d.is(p.first, p.g.known.addressee)
		if n == 0 || p.first+n >= p.end || d.fold[p.first+n] != ":" {
			continue
		}
		s := sentence{first: p.first, end: p.end, para: i}
		d.units(&s, d.byPara[i])
		const reach = 4 // units
		if v, _, ok := d.speakerFrom(&s, d.unitAt(&s, p.first+n+1), reach, 0); ok {
			return v, true
		}
	}
	return voice{}, false
}

// longestAnswerLine is how many tokens a line has at most that is no more than a word for an answer: "ANSWER", "Texte de la réponse :"; longestDatedLine is
// that of one that says when, too: "Réponse publiée au JO le 18/01/2024".
const (
	longestAnswerLine = 5
	longestDatedLine  = 14
)

// putTo is the office that the question before a paragraph is put to: behind a preposition ("demande au ministre"), or behind the verb
// at its head ("Will the Minister of Railways be pleased to state").
func (d *speechDoc) putTo(para int) (voice, bool) {
	const back = 8 // paragraphs
	for i := para; i >= 0 && i >= para-back; i-- {
		p := &d.paras[i]
		if d.any(p.first, p.end, p.g.known.role) < 0 {
			continue
		}
		o := sentence{first: p.first, end: p.end, para: i}
		d.units(&o, d.byPara[i])
		for u := 1; u < len(o.units); u++ {
			if _, w := d.officeAt(&o, u); w == 0 {
				continue
			}
			for n := u - 1; n >= 0 && n >= u-5 && (o.units[n].mention == nil || d.in(o.units[n].first, p.g.known.title)); n-- { // "interroge M. le ministre"
				if t := o.units[n].first; d.in(t, p.g.known.preposition) || d.in(t, p.g.known.asksWhom) {
					v, _, ok := d.roleSpeaker(&o, u)
					return v, ok
				}
			}
		}
	}
	return voice{}, false
}

// answers gives all that a written answer says to whoever its heading names ("Antwort der Bundesregierung", "Réponse du préfet"),
// and a part of it to whom the part's heading names ("Vorbemerkung der Fragesteller"). It reports whether there was such a heading.
func (d *speechDoc) answers() bool {
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
	if whole.speaker != nil {
		d.asker()
		return true
	}
	return d.signedAnswer()
}

// signedAnswer gives an answer in the first person ("beantworte ich wie folgt:") to whoever signs it. It reports whether there is one.
func (d *speechDoc) signedAnswer() bool {
	const head = 12 // paragraphs
	at := -1
	for i := 0; i < min(len(d.paras), head) && at < 0; i++ {
		if p := &d.paras[i]; p.g.known.answersSo != noClass && p.set.has(p.g.known.answersSo) && d.any(p.first, p.end, p.g.known.answersSo) >= 0 {
			at = i
		}
	}
	if at < 0 {
		return false
	}
	v, signed := d.signer(at)
	if signed < 0 {
		return false
	}
	d.saidBetween(v, at, signed)
	return true
}

// saidBetween gives what nobody else says between two paragraphs, headings left out, to one speaker.
func (d *speechDoc) saidBetween(v voice, after, before int) {
	for i := range d.sents {
		s := &d.sents[i]
		if role := d.paras[s.para].role; s.para > after && s.para < before && len(s.voices) == 0 && !d.asks(i) && role != contrechamp.RoleHeading && role != contrechamp.RoleTitle {
			s.voices = append(s.voices, v.over(s.first, s.end))
		}
	}
}

// signer is who signs a text, with the paragraph of the name: a line that is a name, among the last, with what stands below it. -1 for none.
func (d *speechDoc) signer(from int) (voice, int) {
	const last, longestName, longestLine = 6, 4, 12 // paragraphs, tokens
	for i := len(d.paras) - 1; i > from && i >= len(d.paras)-last; i-- {
		p := &d.paras[i]
		first := d.pastArticle(p, p.first)
		for first < p.end && (d.in(first, p.g.known.title) || d.fold[first] == ".") {
			first++
		}
		end := first
		for end < p.end && d.toks[end].Kind == word.Word && (d.toks[end].Upper || p.g.known.particle != noClass && d.in(end, p.g.known.particle)) {
			end++
		}
		if end-first < 2 || end-first > longestName || end < p.end && d.fold[end] != "," && d.fold[end] != "(" || d.in(first, p.g.known.notName) {
			continue
		}
		v := voice{speaker: &contrechamp.Speaker{Names: []string{d.words(first, end), d.words(end-1, end)}}, kinds: kPER}
		for below := i; below < len(d.paras) && below <= i+1; below++ {
			q := &d.paras[below]
			if q.end-q.first > longestLine {
				break
			}
			s := sentence{first: q.first, end: q.end, para: below}
			d.units(&s, d.byPara[below])
			for u := range s.units {
				if _, w := d.officeAt(&s, u); w > 0 {
					if o, _, ok := d.roleSpeaker(&s, u); ok {
						v.alsoCalled(o.speaker.Names...)
					}
					break
				}
			}
		}
		return v, i
	}
	return voice{}, -1
}

// asker gives the paragraph that puts the question, before the answer, to who asks: "Mme Ruiz attire l'attention du ministre sur ..."
func (d *speechDoc) asker() {
	var v voice
	para := -1
	asked := d.askedBy()
	for i := range d.sents {
		s := &d.sents[i]
		k := &d.grammarAt(s).known
		if s.para != para {
			for para < s.para {
				para++ // those too that say nothing themselves
				if _, answered := d.answerHead(para); answered {
					return
				}
			}
			if v = (voice{}); d.paras[para].role == contrechamp.RoleBody {
				v = asked
			}
			if at := d.any(s.first, min(s.first+nearAsker, s.end), k.asksWhom); at >= 0 {
				if who, _, ok := d.takesFloor(s); ok {
					v = who
				}
			}
		}
		if v.speaker != nil && len(s.voices) == 0 && !d.asks(i) {
			s.voices = append(s.voices, v.over(s.first, s.end))
		}
	}
}

// askedBy is who the head of a text says to ask: "Question écrite de Mme Ruiz", "Rule 144 - Ada Neri (Greens)".
func (d *speechDoc) askedBy() voice {
	for i := 0; i < min(len(d.paras), headLines); i++ {
		p := &d.paras[i]
		if p.g.known.askedBy == noClass || !p.set.has(p.g.known.askedBy) {
			continue
		}
		at := d.any(p.first, p.end, p.g.known.askedBy)
		if at < 0 {
			continue
		}
		s := sentence{first: p.first, end: p.end, para: i}
		d.units(&s, d.byPara[i])
		const reach = 5 // units
		from := d.unitAt(&s, at+d.is(at, p.g.known.askedBy))
		for u := from; u < min(len(s.units), from+reach); u++ {
			if s.units[u].kinds&(kPER|kNAME) != 0 && s.units[u].mention != nil && !d.in(s.units[u].first, p.g.known.title) {
				return d.besideOffice(d.speakerWith(&s, u), &s, u+1)
			}
		}
		if noun, ok := d.nounFrom(&s, from, len(s.units), true); ok {
			return d.nounVoice(&s, noun)
		}
	}
	return voice{}
}

// nearAsker is how many tokens a written question has at most before the verb that says who asks.
const nearAsker = 14

// answerHead reads the heading of a written answer, or of a part of one.
func (d *speechDoc) answerHead(para int) (voice, bool) {
	p := &d.paras[para]
	const longest = 48
	if p.end-p.first > longest || p.end == p.first || d.fold[p.end-1] == "." {
		return voice{}, false
	}
	at := p.first
	n := d.is(at, p.g.known.answerBy)
	if n == 0 && para < headLines && (para == 0 || p.role != contrechamp.RoleBody) { // "Kleine Anfrage und Antwort der Bundesregierung"
		if at = d.any(p.first, p.end, p.g.known.answerBy); at >= 0 {
			n = d.is(at, p.g.known.answerBy)
		}
	}
	if n == 0 {
		return voice{}, false
	}
	s := sentence{first: p.first, end: p.end, para: para}
	d.units(&s, d.byPara[para])
	u := d.unitAt(&s, at+n)
	for u+1 < len(s.units) && s.units[u].end-s.units[u].first == 1 && (d.in(s.units[u].first, p.g.known.title) || d.fold[s.units[u].first] == ".") {
		u++ // "Réponse de M. le ministre"
	}
	v, end, ok := d.speakerFrom(&s, u, 2, 0)
	noun, isNoun := d.nounFrom(&s, u, len(s.units), p.g.nounsCapital) // the article belongs to the words for an answer
	if isNoun && (!ok || end > noun.end) {
		return d.nounVoice(&s, noun), true
	}
	return v, ok
}

// answerLabel reads who answers in a paragraph that says so at its head: "Réponse de la commune : ...", "Management response: ...".
func (d *speechDoc) answerLabel(para int) (voice, bool) {
	const longest = 12 // tokens
	p := &d.paras[para]
	if p.first >= p.end || p.g.known.answer == noClass || !d.toks[p.first].Upper {
		return voice{}, false
	}
	end := p.first
	for end < min(p.end, p.first+longest) && d.fold[end] != ":" {
		if d.fold[end] == "." && end > p.first && d.abbreviates(p, end) {
			end++ // "Réponse de M. le ministre"
			continue
		}
		if d.fullStop[end] && d.in(p.first, p.g.known.answerBy) && end > p.first+1 {
			break // "Réponse du ministre délégué. La gare ..."
		}
		if d.fullStop[end] || d.toks[end].Kind != word.Word && d.fold[end] != "'s" && d.fold[end] != "-" {
			return voice{}, false
		}
		end++
	}
	const least = 2 // words behind it
	if end >= p.end || d.fold[end] != ":" && !d.fullStop[end] || end+least >= p.end || end == p.first {
		return voice{}, false
	}
	s := sentence{first: p.first, end: end, para: para}
	d.units(&s, d.byPara[para])
	from := 0
	if n := d.is(p.first, p.g.known.answerBy); n > 0 {
		from = d.unitAt(&s, p.first+n)
	} else if d.in(end-1, p.g.known.answer) && end-1 > p.first {
		s.end = end - 1
		s.units = s.units[:d.unitAt(&s, s.end)]
		if len(s.units) > 0 && d.fold[s.units[len(s.units)-1].first] == "'s" {
			s.units = s.units[:len(s.units)-1]
		}
	} else {
		return voice{}, false
	}
	for from+1 < len(s.units) && s.units[from].end-s.units[from].first == 1 && (d.in(s.units[from].first, p.g.known.title) || d.fold[s.units[from].first] == ".") {
		from++ // "Réponse de M. le ministre"
	}
	const reach = 3 // units: a title, an article
	v, last, ok := d.speakerFrom(&s, from, reach, 0)
	noun, isNoun := d.nounFrom(&s, from, len(s.units), true)
	if isNoun && (!ok || last > noun.end) {
		return d.nounVoice(&s, noun), true
	}
	return v, ok
}
