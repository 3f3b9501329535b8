package claim

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

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
	var ends map[int]int
	var often map[string]int
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
				if ends == nil {
					ends, often = map[int]int{}, map[string]int{}
				}
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
