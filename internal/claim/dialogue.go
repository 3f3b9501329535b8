package claim

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// labels gives the paragraphs of a record of proceedings to whom their label names: "M. Dupont : ...", "Le Premier ministre :
// ...", up to the next label.
func (d *doc) labels() {
	var now voice
	para := -1
	turns, met := d.turns(), map[string]voice{}
	for i := range d.sents {
		s := &d.sents[i]
		if s.para != para {
			para = s.para
			if v, labelled := d.label(para); labelled && (v.speaker != nil || turns[para] == 0) {
				now = v
			} else if end := turns[para]; end > 0 {
				words := d.labelWords(para, end)
				if v, again := met[words]; again {
					now = v
				} else {
					now = d.turn(para, end)
					met[words] = now
				}
			} else if v, answers := d.replies(i); answers {
				now = v
			} else if d.paras[para].role == contrechamp.RoleHeading {
				now = voice{}
			}
		}
		if now.speaker != nil && len(s.voices) == 0 && !d.asks(i) && !d.inBrackets(para) {
			s.voices = append(s.voices, now.over(s.first, s.end))
		}
	}
}

// inBrackets reports whether a paragraph stands in brackets: a note of whoever wrote the words down.
func (d *doc) inBrackets(para int) bool {
	p := &d.paras[para]
	return p.first < p.end && (d.fold[p.first] == "(" && d.fold[p.end-1] == ")" || d.fold[p.first] == "[" && d.fold[p.end-1] == "]")
}

// A dialogue set with labels that end in a full stop or a dash has at least so many turns, and each label comes back.
const (
	leastTurns   = 4
	longestLabel = 6 // tokens
)

// turns answers where the label of each paragraph of a dialogue ends: "La directrice. Deux mille caméras." Openings that come back are
// labels, and beside them others in capitals or with an office: "ASSESSORE – ...".
func (d *doc) turns() map[int]int {
	var ends map[int]int
	var often map[string]int
	for i := range d.paras {
		if end := d.labelEnd(i); end > 0 {
			if ends == nil {
				ends, often = map[int]int{}, map[string]int{}
			}
			ends[i] = end
			often[d.labelWords(i, end)]++
		}
	}
	turns := 0
	for i, end := range ends {
		if often[d.labelWords(i, end)] > 1 {
			turns++
		}
	}
	if turns < leastTurns || !d.converses(ends) {
		return nil
	}
	for i, end := range ends {
		p := &d.paras[i]
		if often[d.labelWords(i, end)] < 2 && !allCapitals(d.words(d.labelFrom(p), end)) && d.any(p.first, end, p.g.known.role) < 0 {
			delete(ends, i)
		}
	}
	return ends
}

// labelFrom is where a label begins: behind the time in brackets, "[04:11] THE HOST: ...".
func (d *doc) labelFrom(p *paragraph) int {
	if p.first >= p.end || d.fold[p.first] != "[" {
		return p.first
	}
	for t := p.first + 1; t+1 < min(p.end, p.first+longestLabel); t++ {
		if d.fold[t] == "]" {
			return t + 1
		}
	}
	return p.first
}

// labelEnd is the mark behind what may be the label of a turn, 0 for none.
func (d *doc) labelEnd(para int) int {
	p := &d.paras[para]
	first := d.labelFrom(p)
	if first >= p.end || !d.toks[first].Upper || p.role == contrechamp.RoleItem {
		return 0
	}
	for t := first; t < min(p.end, first+longestLabel+1); t++ {
		if d.toks[t].Kind == word.Word || d.fold[t] == "-" && t+1 < p.end && d.toks[t-1].End == d.toks[t].Start && d.toks[t].End == d.toks[t+1].Start {
			continue
		}
		if d.fold[t] == "." && t > first && d.abbreviates(p, t) {
			continue
		}
		if d.fold[t] == "(" && t > first && allCapitals(d.words(first, t)) {
			for t < min(p.end, first+2*longestLabel) && d.fold[t] != ")" {
				t++ // "DANA (LIVE, LOCKPORT): ..."
			}
			if t+1 < p.end && d.fold[t] == ")" {
				continue
			}
			return 0
		}
		if mark := d.fold[t]; (mark == "." || mark == ":" || mark == "–" || mark == "—" || mark == "-") && t > first && t+1 < p.end {
			return t
		}
		break
	}
	return 0
}

// labelWords are the words of a label, without what stands in brackets.
func (d *doc) labelWords(para, end int) string {
	first := d.labelFrom(&d.paras[para])
	for t := first + 1; t < end; t++ {
		if d.fold[t] == "(" {
			end = t
		}
	}
	return d.words(first, end)
}

// converses reports whether what stands behind the labels is talk: somebody asks, or offices answer each other. The lines of a form
// ("AMOUNT: 45,000", "LOT: 2") come back too.
func (d *doc) converses(ends map[int]int) bool {
	asked, whole := false, 0
	for i, end := range ends {
		p := &d.paras[i]
		last := p.end - 1
		for last > end && closing(d.fold[last]) && d.fold[last] != "." {
			last--
		}
		switch d.fold[last] {
		case "?":
			asked = true
			whole++
		case ".", "!", "…":
			whole++
		}
		if d.any(p.first, end, p.g.known.role) >= 0 {
			asked = true
		}
	}
	return asked && 2*whole >= len(ends)
}

// turn is who speaks in a turn of a dialogue: the person, office or noun phrase of its label, known more fully where a line before the
// dialogue names the same ("Entretien avec la directrice de la sûreté", "In studio: Ada Neri").
func (d *doc) turn(para, end int) voice {
	p := &d.paras[para]
	first := d.labelFrom(p)
	words := d.labelWords(para, end)
	if p.g.known.narrator != noClass && d.is(first, p.g.known.narrator) > 0 {
		return voice{}
	}
	s := sentence{first: first, end: end, para: para}
	d.units(&s, d.byPara[para])
	v, _, ok := d.speakerFrom(&s, 0, longestLabel, 0)
	if !ok {
		noun, isNoun := d.nounPhraseAt(&s, 0, len(s.units))
		switch {
		case isNoun:
			v = d.nounVoice(&s, noun)
		case allCapitals(words) || len(s.units) == 1 && s.units[0].kinds&kNAME != 0:
			v = voice{speaker: &contrechamp.Speaker{}}
		default:
			return voice{}
		}
	}
	if allCapitals(words) && !slices.Contains(v.speaker.Names, words) {
		v.speaker.Names = append(v.speaker.Names, words)
	} else if len(v.speaker.Names) == 0 {
		v.speaker.Names = []string{words}
	}
	d.fullName(&v, first, end)
	role := d.any(first, end, p.g.known.role)
	for t := 0; role >= 0 && t < p.first; t++ {
		if d.fold[t] != d.fold[role] {
			continue
		}
		before := d.paraOf(t)
		if d.paras[before].role == contrechamp.RoleBody && d.labelEnd(before) <= t {
			continue
		}
		o := sentence{first: d.paras[before].first, end: d.paras[before].end, para: before}
		if n := d.labelEnd(before); n > t {
			o.end = n
		}
		d.units(&o, d.byPara[before])
		if fuller, _, ok := d.roleSpeaker(&o, d.unitOf(&o, t)); ok {
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

// fullName adds the whole name of whom a label calls by the last: "NERI" of "In studio: Ada Neri".
func (d *doc) fullName(v *voice, first, end int) {
	if end-first > 2 || d.toks[end-1].Kind != word.Word {
		return
	}
	for t := 1; t < first; t++ {
		if d.fold[t] != d.fold[end-1] || !d.toks[t].Upper || allCapitals(d.toks[t].Of(d.body)) || d.toks[t-1].Kind != word.Word || !d.toks[t-1].Upper || d.toks[t-1].End+1 != d.toks[t].Start {
			continue
		}
		if name := d.words(t-1, t+1); d.is(t-1, d.paras[d.paraOf(t)].g.known.notName) == 0 {
			v.speaker.Names = append([]string{name}, slices.DeleteFunc(v.speaker.Names, func(n string) bool { return n == name })...)
			return
		}
	}
}

// replies is who answers in the paragraph that sentence i opens with a word for an answer ("Réponse. - Je suis informé que ..."), or
// below a line that is that word alone ("ANSWER"): the office that the question before it was put to.
func (d *doc) replies(i int) (voice, bool) {
	s := &d.sents[i]
	k := &d.grammarAt(s).known
	n := d.is(s.first, k.answer)
	if n == 0 || s.first+n >= d.paras[s.para].end || d.toks[s.first+n].Kind == word.Word {
		if s.para == 0 || d.paras[s.para-1].end-d.paras[s.para-1].first > longestAnswerLine || d.is(d.paras[s.para-1].first, d.paras[s.para-1].g.known.answer) == 0 {
			return voice{}, false
		}
	}
	return d.putTo(s.para - 1)
}

// longestAnswerLine is how many tokens a line has at most that is a word for an answer: "ANSWER", "Réponse :".
const longestAnswerLine = 2

// putTo is the office that the question before a paragraph is put to: behind a preposition ("demande au ministre"), or behind the verb
// at its head ("Will the Minister of Railways be pleased to state").
func (d *doc) putTo(para int) (voice, bool) {
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
			for n := u - 1; n >= 0 && n >= u-3 && o.units[n].mention == nil; n-- {
				if t := o.units[n].first; d.is(t, p.g.known.preposition) > 0 || d.is(t, p.g.known.asksWhom) > 0 {
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
	const longest = 48
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
		if _, w := d.officeAt(&s, u); w > 0 && u <= 2 {
			v, _, _ := d.roleSpeaker(&s, u)
			return v, true
		}
	}
	if allCapitals(d.words(p.first, colon)) {
		return voice{}, true // somebody of the programme: the label before no longer holds
	}
	return voice{}, false
}
