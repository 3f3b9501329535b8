package claim

import (
	"slices"
	"unicode"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// labels gives the paragraphs of a record of proceedings to whom their label names: "M. Dupont : ...", "Le Premier ministre :
// ...", up to the next label.
func (d *doc) labels(turns map[int]int, lines map[int]voice, minuted bool) {
	var now voice
	para := -1
	answered := false // the label of an answer holds for its paragraph
	quoting := false  // whoever has spoken was quoted, to the end of the paragraph
	met := map[string]voice{}
	var whole map[string]int
	if len(turns) > 0 {
		whole = d.wholeNames()
	}
	for i := range d.sents {
		s := &d.sents[i]
		if s.para != para {
			if para >= 0 && turns[para] > 0 && d.fold[d.paras[para].end-1] == "?" {
				now = voice{} // what follows without a label answers
			}
			quoting = para >= 0 && turns[para] > 0 && d.quotedOnly(para, turns[para])
			para = s.para
			if i > 0 {
				for line := d.sents[i-1].para + 1; line <= para; line++ { // those too that say nothing themselves
					if v, named := lines[line]; named {
						now = v
					}
				}
			}
			if _, named := lines[para]; named {
				continue
			}
			once := answered
			answered = false
			if v, answers := d.answerLabel(para); answers {
				now, answered = v, true
			} else if v, labelled := d.label(para); labelled && (v.speaker != nil || turns[para] == 0) {
				now = v
			} else if end := turns[para]; end > 0 {
				words := d.labelWords(para, end)
				if v, again := met[words]; again {
					now = v
				} else {
					now = d.turn(para, end, whole)
					met[words] = now
				}
			} else if v, answers := d.replies(i); answers {
				now = v
			} else if d.paras[para].role == contrechamp.RoleHeading && len(lines) == 0 || minuted && (len(s.voices) > 0 || d.opensAnew(s)) || quoting || once {
				now = voice{}
			}
		}
		if now.speaker != nil && len(s.voices) == 0 && !d.asks(i) && !d.inBrackets(para) {
			s.voices = append(s.voices, now.over(s.first, s.end))
		}
	}
}

// quotedOnly reports whether all that stands behind the label of a paragraph is a quotation.
func (d *doc) quotedOnly(para, end int) bool {
	p := &d.paras[para]
	last := p.end - 1
	for last > end && d.toks[last].Kind != word.Word && d.quoted[last] == 0 {
		last--
	}
	return end+2 < p.end && d.quoted[end+2] > 0 && d.quoted[last] == d.quoted[end+2]
}

// inBrackets reports whether a paragraph stands in brackets: a note of whoever wrote the words down.
func (d *doc) inBrackets(para int) bool {
	p := &d.paras[para]
	return p.first < p.end && (d.fold[p.first] == "(" && d.fold[p.end-1] == ")" || d.fold[p.first] == "[" && d.fold[p.end-1] == "]")
}

// A dialogue set with labels that end in a full stop or a dash has at least so many turns, and each label comes back.
const (
	leastTurns   = 4
	leastTitled  = 2  // labels with a title need not come back so often: "Mme Ruiz (Verts). – ..."
	longestTitle = 20 // tokens of such a label, with group and office
	longestLabel = 6  // tokens
)

// turns answers where the label of each paragraph of a dialogue ends: "La directrice. Deux mille caméras." Openings that come back are
// labels, and beside them others in capitals or with an office: "ASSESSORE – ...".
func (d *doc) turns() map[int]int {
	labels := 0
	for i := range d.paras {
		if d.labelEnd(i) > 0 {
			labels++
		}
	}
	if labels < leastTitled {
		return nil // as in most texts
	}
	ends, often := make(map[int]int, labels), map[string]int{}
	for i := range d.paras {
		if end := d.labelEnd(i); end > 0 {
			ends[i] = end
			often[d.labelWords(i, end)]++
		}
	}
	d.leaveQuestions(ends, often)
	turns, titled, dotted := 0, 0, 0
	for i, end := range ends {
		if often[d.labelWords(i, end)] > 1 {
			turns++
		}
		if d.hasTitle(i) {
			dotted++
		}
		if d.hasTitle(i) && (d.fold[end] != "." || d.dash(end+1)) || d.groupLabel(i) > 0 {
			titled++
		}
	}
	if titled < leastTitled && (max(turns, dotted) < leastTurns || !d.converses(ends)) {
		return nil
	}
	for i, end := range ends {
		p := &d.paras[i]
		if d.hasTitle(i) && (d.fold[end] != "." || d.dash(end+1) || dotted >= leastTurns) || d.groupLabel(i) > 0 {
			continue
		}
		if turns+titled < leastTurns || often[d.labelWords(i, end)] < 2 && !allCapitals(d.words(d.labelFrom(p), end)) && d.any(p.first, end, p.g.known.role) < 0 {
			delete(ends, i)
		}
	}
	return ends
}

// leaveQuestions takes out the labels that are no names ("Q.", "A:"), and those of whoever only asks, where nobody else has one: the answers
// are then those of an interview.
func (d *doc) leaveQuestions(ends map[int]int, often map[string]int) {
	asked := map[string]int{}
	for i, end := range ends {
		if last := d.paras[i].end - 1; d.fold[last] == "?" {
			asked[d.labelWords(i, end)]++
		}
	}
	others := 0
	answer := ""
	for i, end := range ends {
		if d.answerWord(i, end) {
			answer = d.labelWords(i, end)
		}
	}
	for words, n := range often {
		if n > 1 && 3*asked[words] < 2*n && !initials(words) && words != answer {
			others++
		}
	}
	for i, end := range ends {
		words := d.labelWords(i, end)
		if initials(words) || d.answerWord(i, end) || others == 0 && often[words] > 1 {
			delete(ends, i)
		}
	}
}

// answerWord reports whether a label is the word for an answer alone: "Antwort", "Réponse".
func (d *doc) answerWord(para, end int) bool {
	k := &d.paras[para].g.known
	first := d.labelFrom(&d.paras[para])
	return k.answer != noClass && d.is(first, k.answer) == end-first
}

// initials reports whether a label is too short to be a name: "Q", "A", "C. A.".
func initials(words string) bool {
	const most = 2 // letters
	n := 0
	for _, r := range words {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n <= most
}

// labelFrom is where a label begins: behind the time in brackets, "[04:11] THE HOST: ...".
func (d *doc) labelFrom(p *paragraph) int {
	if p.first < p.end && p.g.known.soundBite != noClass {
		if n := d.is(p.first, p.g.known.soundBite); n > 0 {
			return p.first + n
		}
	}
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
	longest, titled := longestLabel, d.hasTitle(para)
	if end := d.groupLabel(para); end > 0 {
		return end
	}
	if titled {
		longest = longestTitle
	}
	limit := first + longest + 1
	for t := first; t < min(p.end, limit); t++ {
		if titled && t > first && d.fold[t] == "," {
			continue
		}
		if d.toks[t].Kind == word.Word || d.fold[t] == "-" && t+1 < p.end && d.toks[t-1].End == d.toks[t].Start && d.toks[t].End == d.toks[t+1].Start {
			continue
		}
		if d.fold[t] == "." && t > first && (d.abbreviates(p, t) || titled && t == d.pastArticle(p, first)+1) {
			continue
		}
		if d.fold[t] == "(" && t > first && (titled || allCapitals(d.words(first, t)) || t == first+2 && d.toks[first+1].Upper) {
			for t < min(p.end, first+2*longest) && d.fold[t] != ")" {
				t++ // "DANA (LIVE, LOCKPORT): ..."
			}
			if t+1 < p.end && d.fold[t] == ")" {
				limit = max(limit, t+3)
				continue
			}
			return 0
		}
		if titled && d.fold[t] == "." && !d.dash(t+1) && !d.nameOnly(p, first, t) {
			return 0
		}
		if mark := d.fold[t]; (mark == "." || mark == ":" || mark == "–" || mark == "—" || mark == "-") && t > first && t+1 < p.end {
			return t
		}
		break
	}
	return 0
}

// groupLabel is the mark behind a label that says in brackets for whom its person speaks, with a few words of what the person does at most:
// "Ada N. (PS) :", "ADA NERI (maire sortante). « ... »", "Ada Neri (AL) begründet die Motion: ..."; 0 for none.
func (d *doc) groupLabel(para int) int {
	const longestName, longestGroup, longestDoing = 5, 10, 4 // tokens
	p := &d.paras[para]
	first := d.labelFrom(p)
	t, words := first, 0
	for ; t < min(p.end, first+longestName) && d.fold[t] != "("; t++ {
		switch {
		case d.toks[t].Kind == word.Word && d.toks[t].Upper:
			words++
		case d.fold[t] == "-" || d.fold[t] == "." && t > first && d.abbreviates(p, t) || p.g.known.particle != noClass && d.is(t, p.g.known.particle) > 0:
		default:
			return 0
		}
	}
	if words < 2 || t >= p.end || d.fold[t] != "(" {
		return 0
	}
	limit := t + longestGroup
	for t < min(p.end, limit) && d.fold[t] != ")" {
		t++
	}
	if t++; t+1 >= p.end || d.fold[t-1] != ")" {
		return 0
	}
	if mark := d.fold[t]; mark == ":" || d.dash(t) || mark == "." && t+1 < p.end && d.quoted[t+1] > 0 {
		return t
	}
	for end := t; end < min(p.end-1, t+longestDoing+1); end++ {
		if d.fold[end] == ":" {
			return end
		}
		if d.toks[end].Kind != word.Word {
			return 0
		}
	}
	return 0
}

// nameOnly reports whether tokens [first, t) are a title and a name, with an office at most: "M. Ruel, rapporteur", and no sentence.
func (d *doc) nameOnly(p *paragraph, first, t int) bool {
	const particle = 3 // letters: "van", "de"
	office := false
	first = d.pastArticle(p, first)
	for n := first + d.is(first, p.g.known.title); n < t; n++ {
		switch {
		case d.fold[n] == "," && !office && n+1 < t && d.is(n+1, p.g.known.role) > 0:
			office = true
		case d.fold[n] == ",":
			return false
		case d.toks[n].Kind == word.Word && !d.toks[n].Upper && !office && len(d.fold[n]) > particle:
			return false
		}
	}
	return true
}

// hasTitle reports whether a paragraph opens with a title: "M.", "Baroness".
func (d *doc) hasTitle(para int) bool {
	p := &d.paras[para]
	first := d.labelFrom(p)
	return first+1 < p.end && (d.is(d.pastArticle(p, first), p.g.known.title) > 0 || first > p.first && d.fold[p.first] != "[")
}

// pastArticle is the token behind the article at t: "The Hon. ...", "El señor ...".
func (d *doc) pastArticle(p *paragraph, t int) int {
	if t+1 < p.end && d.is(t, p.g.known.article) > 0 && d.is(t, p.g.known.title) == 0 {
		return t + 1
	}
	return t
}

// dash reports whether a dash stands at token t.
func (d *doc) dash(t int) bool {
	return t < len(d.toks) && (d.fold[t] == "–" || d.fold[t] == "—" || d.fold[t] == "-")
}

// labelWords are the words of a label, without what stands in brackets or behind a comma.
func (d *doc) labelWords(para, end int) string {
	return d.words(d.labelFrom(&d.paras[para]), d.labelStop(para, end))
}

// labelStop is where the words of a label end.
func (d *doc) labelStop(para, end int) int {
	for t := d.labelFrom(&d.paras[para]) + 1; t < end; t++ {
		if d.fold[t] == "(" || d.fold[t] == "," {
			return t
		}
	}
	return end
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
	for i := range d.paras {
		p := &d.paras[i]
		if asked {
			break
		}
		asked = p.first < p.end && d.fold[p.end-1] == "?"
	}
	return asked && 2*whole >= len(ends)
}

// turn is who speaks in a turn of a dialogue: the person, office or noun phrase of its label, known more fully where a line before the
// dialogue names the same ("Entretien avec la directrice de la sûreté", "In studio: Ada Neri").
func (d *doc) turn(para, end int, whole map[string]int) voice {
	p := &d.paras[para]
	first := d.labelFrom(p)
	words := d.labelWords(para, end)
	if d.reads(p, first, end) {
		return voice{}
	}
	if k := &p.g.known; k.narrator != noClass && d.is(first, k.narrator) > 0 || d.is(first, k.answer) > 0 {
		return voice{} // "Voix off", "Antwort": nobody's name
	}
	s := sentence{first: first, end: end, para: para}
	d.units(&s, d.byPara[para])
	v, _, ok := d.speakerFrom(&s, 0, longestLabel, 0)
	if !ok {
		noun, isNoun := d.nounPhraseAt(&s, 0, len(s.units))
		switch {
		case isNoun:
			v = d.nounVoice(&s, noun)
		case allCapitals(words) || len(s.units) > 0 && s.units[0].kinds&kNAME != 0 && s.units[0].end == d.labelStop(para, end), d.twoCapitals(first, d.labelStop(para, end)):
			v = voice{speaker: &contrechamp.Speaker{}}
		case d.hasTitle(para), d.groupLabel(para) > 0:
			v = voice{speaker: &contrechamp.Speaker{}}
		default:
			return voice{}
		}
	}
	if allCapitals(words) {
		v.alsoCalled(words)
	} else if len(v.speaker.Names) == 0 {
		v.speaker.Names = []string{words}
	}
	if d.hasTitle(para) {
		d.calledUntitled(&v, para, words)
	}
	if stop := d.labelStop(para, end); stop+1 < end && d.fold[stop] == "(" && d.is(stop+1, p.g.known.title) > 0 {
		for t := stop + 1; t < end; t++ {
			if d.fold[t] == ")" && d.toks[t-1].Kind == word.Word {
				v.alsoCalled(d.words(stop+1, t)) // "LE RAPPORTEUR (M. Neri)"
				v.alsoCalled(d.words(t-1, t))
			}
		}
	} else if stop < end && !allCapitals(words) {
		d.groupBehind(&v, stop, end)
	}
	d.fullName(&v, first, end, whole)
	v = d.besideOffice(v, &s, 1)
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
			fuller.alsoCalled(v.speaker.Names...)
			return fuller
		}
		break
	}
	return v
}

// reads reports whether a label is that of whoever reads the text of a broadcast, whose other labels are of recordings: "Sprecherin" beside
// "O-Ton Neri".
func (d *doc) reads(p *paragraph, first, end int) bool {
	k := &p.g.known
	if k.soundBite == noClass || d.is(first, k.reader) != end-first {
		return false
	}
	for i := range d.paras {
		if t := d.paras[i].first; t < d.paras[i].end && d.is(t, k.soundBite) > 0 {
			return true
		}
	}
	return false
}

// twoCapitals reports whether tokens [first, end) are two words or more, each with a capital.
func (d *doc) twoCapitals(first, end int) bool {
	for t := first; t < end; t++ {
		if d.toks[t].Kind != word.Word || !d.toks[t].Upper {
			return false
		}
	}
	return end-first > 1
}

// calledUntitled adds the words of a label without its title: "Mme Elke Van den Brandt".
func (d *doc) calledUntitled(v *voice, para int, words string) {
	p := &d.paras[para]
	t := d.pastArticle(p, d.labelFrom(p))
	t += d.is(t, p.g.known.title)
	for t < p.end && d.toks[t].Kind != word.Word {
		t++
	}
	if from := d.toks[d.labelFrom(p)].Start; t < p.end && d.toks[t].Upper && d.toks[t].Start-from < len(words) {
		v.betterCalled(words[d.toks[t].Start-from:])
	}
	v.alsoCalled(words)
}

// besideOffice adds the office that a label names behind the person: "Julia Sands (Minister for Transport)".
func (d *doc) besideOffice(v voice, s *sentence, from int) voice {
	for u := from; u < len(s.units); u++ {
		if _, w := d.officeAt(s, u); w > 0 {
			if o, _, ok := d.roleSpeaker(s, u); ok {
				v.alsoCalled(o.speaker.Names...)
			}
			break
		}
	}
	return v
}

// fullName adds the whole name, of those of the text, of whom a label calls by the last: "NERI" of "In studio: Ada Neri".
func (d *doc) fullName(v *voice, first, end int, whole map[string]int) {
	if end-first > 2 || d.toks[end-1].Kind != word.Word {
		return
	}
	if t, ok := whole[d.fold[end-1]]; ok && t < first {
		name := d.words(t-1, t+1)
		v.speaker.Names = append([]string{name}, slices.DeleteFunc(v.speaker.Names, func(n string) bool { return n == name })...)
	}
}

// wholeNames are the last words of what looks like a name with a first name, with the token where each stands first.
func (d *doc) wholeNames() map[string]int {
	whole := map[string]int{}
	for t := 1; t < len(d.toks); t++ {
		if !d.toks[t].Upper || d.toks[t-1].Kind != word.Word || !d.toks[t-1].Upper || d.toks[t-1].End+1 != d.toks[t].Start || allCapitals(d.toks[t].Of(d.body)) {
			continue
		}
		if _, met := whole[d.fold[t]]; !met && d.is(t-1, d.paras[d.paraOf(t)].g.known.notName) == 0 {
			whole[d.fold[t]] = t
		}
	}
	return whole
}

// goesBeyond reports whether words stand behind unit u of a label that belong to no name and no office: "The mayor was adamant: ..." is no
// label.
func (d *doc) goesBeyond(s *sentence, u int) bool {
	k := &d.grammarAt(s).known
	depth := 0
	for ; u < len(s.units); u++ {
		t := s.units[u].first
		switch {
		case d.fold[t] == "(" || d.fold[t] == "[":
			depth++
		case d.fold[t] == ")" || d.fold[t] == "]":
			depth--
		case depth > 0 || s.units[u].mention != nil || d.toks[t].Kind != word.Word || d.toks[t].Upper:
		case d.is(t, k.article) == 0 && d.is(t, k.of) == 0 && d.is(t, k.preposition) == 0 && d.is(t, k.role) == 0 && !s.units[max(u-1, 0)].comma:
			return true
		}
	}
	return false
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
	if d.reads(p, p.first, colon) {
		return voice{}, true
	}
	s := sentence{first: d.labelFrom(p), end: colon, para: para}
	d.units(&s, d.byPara[para])
	for u := range s.units {
		if s.units[u].kinds&kPER != 0 && s.units[u].mention != nil && s.units[u].mention.entity != nil {
			if d.goesBeyond(&s, u+1) {
				return voice{}, false
			}
			return d.besideOffice(d.speakerWith(&s, u), &s, u+1), true
		}
		if _, w := d.officeAt(&s, u); w > 0 && u <= 2 {
			v, end, _ := d.roleSpeaker(&s, u)
			if d.goesBeyond(&s, end) {
				return voice{}, false
			}
			return v, true
		}
	}
	if allCapitals(d.words(p.first, colon)) {
		return voice{}, true // somebody of the programme: the label before no longer holds
	}
	return voice{}, false
}
