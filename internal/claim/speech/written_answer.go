package speech

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// replies is who answers in the paragraph that sentence i opens with a word for an answer ("Réponse. - Je suis informé que ..."), or
// below a line that is that word alone ("ANSWER"): the office that the question before it was put to.
func (d *Doc) replies(i int) (passage.Voice, bool) {
	s := &d.Sentences[i]
	k := &d.GrammarAt(s).Known
	n := d.Is(s.First, k.Answer)
	if n == 0 || s.First+n >= d.Paragraphs[s.Para].End || d.Tokens[s.First+n].Kind == word.Word {
		if s.Para == 0 {
			return passage.Voice{}, false
		}
		p := &d.Paragraphs[s.Para-1]
		at := d.Any(p.First, p.End, p.Grammar.Known.Answer)
		if at < 0 || p.End-p.First > longestAnswerLine && (at > p.First || p.End-p.First > longestDatedLine) || d.FullStop[p.End-1] {
			return passage.Voice{}, false
		}
	}
	if v, ok := d.addressee(s.Para); ok {
		return v, true
	}
	return d.putTo(s.Para - 1)
}

// addressee is to whom the head of a text says that its questions are put: "Destinataire : ministère de l'Intérieur".
func (d *Doc) addressee(before int) (passage.Voice, bool) {
	for i := 0; i < min(before, headLines); i++ {
		p := &d.Paragraphs[i]
		if p.First >= p.End || p.Grammar.Known.Addressee == grammar.NoClass {
			continue
		}
		n := d.Is(p.First, p.Grammar.Known.Addressee)
		if n == 0 || p.First+n >= p.End || d.Fold[p.First+n] != ":" {
			continue
		}
		s := passage.Sentence{First: p.First, End: p.End, Para: i}
		d.Units(&s, d.ByPara[i])
		const reach = 4 // units
		if v, _, ok := d.speakerFrom(&s, d.UnitAt(&s, p.First+n+1), reach, 0); ok {
			return v, true
		}
	}
	return passage.Voice{}, false
}

// longestAnswerLine is how many tokens a line has at most that is no more than a word for an answer: "ANSWER", "Texte de la réponse :"; longestDatedLine is
// that of one that says when, too: "Réponse publiée au JO le 18/01/2024".
const (
	longestAnswerLine = 5
	longestDatedLine  = 14
)

// putTo is the office that the question before a paragraph is put to: behind a preposition ("demande au ministre"), or behind the verb
// at its head ("Will the Minister of Railways be pleased to state").
func (d *Doc) putTo(para int) (passage.Voice, bool) {
	const back = 8 // paragraphs
	for i := para; i >= 0 && i >= para-back; i-- {
		p := &d.Paragraphs[i]
		if d.Any(p.First, p.End, p.Grammar.Known.Role) < 0 {
			continue
		}
		o := passage.Sentence{First: p.First, End: p.End, Para: i}
		d.Units(&o, d.ByPara[i])
		for u := 1; u < len(o.Units); u++ {
			if _, w := d.officeAt(&o, u); w == 0 {
				continue
			}
			for n := u - 1; n >= 0 && n >= u-5 && (o.Units[n].Mention == nil || d.In(o.Units[n].First, p.Grammar.Known.Title)); n-- { // "interroge M. le ministre"
				if t := o.Units[n].First; d.In(t, p.Grammar.Known.Preposition) || d.In(t, p.Grammar.Known.AsksWhom) {
					v, _, ok := d.roleSpeaker(&o, u)
					return v, ok
				}
			}
		}
	}
	return passage.Voice{}, false
}

// answers gives all that a written answer says to whoever its heading names ("Antwort der Bundesregierung", "Réponse du préfet"),
// and a part of it to whom the part's heading names ("Vorbemerkung der Fragesteller"). It reports whether there was such a heading.
func (d *Doc) answers() bool {
	var whole, now passage.Voice
	para := -1
	for i := range d.Sentences {
		s := &d.Sentences[i]
		for para < s.Para {
			para++ // those too that say nothing themselves: a masthead may name who answers
			if v, ok := d.answerHead(para); ok {
				if now = v; whole.Speaker == nil {
					whole = v
				}
			}
		}
		if d.Asks(i) {
			now = whole
		}
		if now.Speaker != nil && len(s.Voices) == 0 && !d.Asks(i) && d.Paragraphs[para].Role != contrechamp.RoleHeading && d.Paragraphs[para].Role != contrechamp.RoleTitle {
			s.Voices = append(s.Voices, now.Over(s.First, s.End))
		}
	}
	if whole.Speaker != nil {
		d.asker()
		return true
	}
	return d.signedAnswer()
}

// signedAnswer gives an answer in the first person ("beantworte ich wie folgt:") to whoever signs it. It reports whether there is one.
func (d *Doc) signedAnswer() bool {
	const head = 12 // paragraphs
	at := -1
	for i := 0; i < min(len(d.Paragraphs), head) && at < 0; i++ {
		if p := &d.Paragraphs[i]; p.Grammar.Known.AnswersSo != grammar.NoClass && p.Set.Has(p.Grammar.Known.AnswersSo) && d.Any(p.First, p.End, p.Grammar.Known.AnswersSo) >= 0 {
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
func (d *Doc) saidBetween(v passage.Voice, after, before int) {
	for i := range d.Sentences {
		s := &d.Sentences[i]
		if role := d.Paragraphs[s.Para].Role; s.Para > after && s.Para < before && len(s.Voices) == 0 && !d.Asks(i) && role != contrechamp.RoleHeading && role != contrechamp.RoleTitle {
			s.Voices = append(s.Voices, v.Over(s.First, s.End))
		}
	}
}

// signer is who signs a text, with the paragraph of the name: a line that is a name, among the last, with what stands below it. -1 for none.
func (d *Doc) signer(from int) (passage.Voice, int) {
	const last, longestName, longestLine = 6, 4, 12 // paragraphs, tokens
	for i := len(d.Paragraphs) - 1; i > from && i >= len(d.Paragraphs)-last; i-- {
		p := &d.Paragraphs[i]
		first := d.pastArticle(p, p.First)
		for first < p.End && (d.In(first, p.Grammar.Known.Title) || d.Fold[first] == ".") {
			first++
		}
		end := first
		for end < p.End && d.Tokens[end].Kind == word.Word && (d.Tokens[end].Upper || p.Grammar.Known.Particle != grammar.NoClass && d.In(end, p.Grammar.Known.Particle)) {
			end++
		}
		if end-first < 2 || end-first > longestName || end < p.End && d.Fold[end] != "," && d.Fold[end] != "(" || d.In(first, p.Grammar.Known.NotName) {
			continue
		}
		v := passage.Voice{Speaker: &contrechamp.Speaker{Names: []string{d.Words(first, end), d.Words(end-1, end)}}, Kinds: grammar.PER}
		for below := i; below < len(d.Paragraphs) && below <= i+1; below++ {
			q := &d.Paragraphs[below]
			if q.End-q.First > longestLine {
				break
			}
			s := passage.Sentence{First: q.First, End: q.End, Para: below}
			d.Units(&s, d.ByPara[below])
			for u := range s.Units {
				if _, w := d.officeAt(&s, u); w > 0 {
					if o, _, ok := d.roleSpeaker(&s, u); ok {
						v.AlsoCalled(o.Speaker.Names...)
					}
					break
				}
			}
		}
		return v, i
	}
	return passage.Voice{}, -1
}

// asker gives the paragraph that puts the question, before the answer, to who asks: "Mme Ruiz attire l'attention du ministre sur ..."
func (d *Doc) asker() {
	var v passage.Voice
	para := -1
	asked := d.askedBy()
	for i := range d.Sentences {
		s := &d.Sentences[i]
		k := &d.GrammarAt(s).Known
		if s.Para != para {
			for para < s.Para {
				para++ // those too that say nothing themselves
				if _, answered := d.answerHead(para); answered {
					return
				}
			}
			if v = (passage.Voice{}); d.Paragraphs[para].Role == contrechamp.RoleBody {
				v = asked
			}
			if at := d.Any(s.First, min(s.First+nearAsker, s.End), k.AsksWhom); at >= 0 {
				if who, _, ok := d.takesFloor(s); ok {
					v = who
				}
			}
		}
		if v.Speaker != nil && len(s.Voices) == 0 && !d.Asks(i) {
			s.Voices = append(s.Voices, v.Over(s.First, s.End))
		}
	}
}

// AskedBy is who the head of a text says to ask: "Question écrite de Mme Ruiz", "Rule 144 - Ada Neri (Greens)".
func (d *Doc) askedBy() passage.Voice {
	for i := 0; i < min(len(d.Paragraphs), headLines); i++ {
		p := &d.Paragraphs[i]
		if p.Grammar.Known.AskedBy == grammar.NoClass || !p.Set.Has(p.Grammar.Known.AskedBy) {
			continue
		}
		at := d.Any(p.First, p.End, p.Grammar.Known.AskedBy)
		if at < 0 {
			continue
		}
		s := passage.Sentence{First: p.First, End: p.End, Para: i}
		d.Units(&s, d.ByPara[i])
		const reach = 5 // units
		from := d.UnitAt(&s, at+d.Is(at, p.Grammar.Known.AskedBy))
		for u := from; u < min(len(s.Units), from+reach); u++ {
			if s.Units[u].Kinds&(grammar.PER|grammar.NAME) != 0 && s.Units[u].Mention != nil && !d.In(s.Units[u].First, p.Grammar.Known.Title) {
				return d.besideOffice(d.speakerWith(&s, u), &s, u+1)
			}
		}
		if noun, ok := d.nounFrom(&s, from, len(s.Units), true); ok {
			return d.nounVoice(&s, noun)
		}
	}
	return passage.Voice{}
}

// nearAsker is how many tokens a written question has at most before the verb that says who asks.
const nearAsker = 14

// answerHead reads the heading of a written answer, or of a part of one.
func (d *Doc) answerHead(para int) (passage.Voice, bool) {
	p := &d.Paragraphs[para]
	const longest = 48
	if p.End-p.First > longest || p.End == p.First || d.Fold[p.End-1] == "." {
		return passage.Voice{}, false
	}
	at := p.First
	n := d.Is(at, p.Grammar.Known.AnswerBy)
	if n == 0 && para < headLines && (para == 0 || p.Role != contrechamp.RoleBody) { // "Kleine Anfrage und Antwort der Bundesregierung"
		if at = d.Any(p.First, p.End, p.Grammar.Known.AnswerBy); at >= 0 {
			n = d.Is(at, p.Grammar.Known.AnswerBy)
		}
	}
	if n == 0 {
		return passage.Voice{}, false
	}
	s := passage.Sentence{First: p.First, End: p.End, Para: para}
	d.Units(&s, d.ByPara[para])
	u := d.UnitAt(&s, at+n)
	for u+1 < len(s.Units) && s.Units[u].End-s.Units[u].First == 1 && (d.In(s.Units[u].First, p.Grammar.Known.Title) || d.Fold[s.Units[u].First] == ".") {
		u++ // "Réponse de M. le ministre"
	}
	v, end, ok := d.speakerFrom(&s, u, 2, 0)
	noun, isNoun := d.nounFrom(&s, u, len(s.Units), p.Grammar.NounsCapital) // the article belongs to the words for an answer
	if isNoun && (!ok || end > noun.end) {
		return d.nounVoice(&s, noun), true
	}
	return v, ok
}

// answerLabel reads who answers in a paragraph that says so at its head: "Réponse de la commune : ...", "Management response: ...".
func (d *Doc) answerLabel(para int) (passage.Voice, bool) {
	const longest = 12 // tokens
	p := &d.Paragraphs[para]
	if p.First >= p.End || p.Grammar.Known.Answer == grammar.NoClass || !d.Tokens[p.First].Upper {
		return passage.Voice{}, false
	}
	end := p.First
	for end < min(p.End, p.First+longest) && d.Fold[end] != ":" {
		if d.Fold[end] == "." && end > p.First && d.Abbreviates(p, end) {
			end++ // "Réponse de M. le ministre"
			continue
		}
		if d.FullStop[end] && d.In(p.First, p.Grammar.Known.AnswerBy) && end > p.First+1 {
			break // "Réponse du ministre délégué. La gare ..."
		}
		if d.FullStop[end] || d.Tokens[end].Kind != word.Word && d.Fold[end] != "'s" && d.Fold[end] != "-" {
			return passage.Voice{}, false
		}
		end++
	}
	const least = 2 // words behind it
	if end >= p.End || d.Fold[end] != ":" && !d.FullStop[end] || end+least >= p.End || end == p.First {
		return passage.Voice{}, false
	}
	s := passage.Sentence{First: p.First, End: end, Para: para}
	d.Units(&s, d.ByPara[para])
	from := 0
	if n := d.Is(p.First, p.Grammar.Known.AnswerBy); n > 0 {
		from = d.UnitAt(&s, p.First+n)
	} else if d.In(end-1, p.Grammar.Known.Answer) && end-1 > p.First {
		s.End = end - 1
		s.Units = s.Units[:d.UnitAt(&s, s.End)]
		if len(s.Units) > 0 && d.Fold[s.Units[len(s.Units)-1].First] == "'s" {
			s.Units = s.Units[:len(s.Units)-1]
		}
	} else {
		return passage.Voice{}, false
	}
	for from+1 < len(s.Units) && s.Units[from].End-s.Units[from].First == 1 && (d.In(s.Units[from].First, p.Grammar.Known.Title) || d.Fold[s.Units[from].First] == ".") {
		from++ // "Réponse de M. le ministre"
	}
	const reach = 3 // units: a title, an article
	v, last, ok := d.speakerFrom(&s, from, reach, 0)
	noun, isNoun := d.nounFrom(&s, from, len(s.Units), true)
	if isNoun && (!ok || last > noun.end) {
		return d.nounVoice(&s, noun), true
	}
	return v, ok
}
