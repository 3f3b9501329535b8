package claim

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// turn is who speaks in a turn of a dialogue: the person, office or noun phrase of its label, known more fully where a line before the
// dialogue names the same ("Entretien avec la directrice de la sûreté", "In studio: Ada Neri").
func (d *speechDoc) turn(para, end int, whole map[string]int) voice {
	p := &d.paras[para]
	first := d.labelFrom(p)
	words := d.labelWords(para, end)
	if d.reads(p, first, end) {
		return voice{}
	}
	if k := &p.g.known; k.narrator != noClass && d.in(first, k.narrator) || d.in(first, k.answer) {
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
	if d.officeLabel(para) > 0 {
		d.bracketedHolder(&v, para, end)
	}
	if stop := d.labelStop(para, end); stop+1 < end && d.fold[stop] == "(" && d.in(stop+1, p.g.known.title) {
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
	if end-first == 1 && allCapitals(words) && len(words) <= 4 {
		if t, n := d.initialled(words, first); n > 0 {
			v.betterCalled(d.words(t, t+n))
		}
	}
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
func (d *speechDoc) reads(p *paragraph, first, end int) bool {
	k := &p.g.known
	if k.soundBite == noClass || d.is(first, k.reader) != end-first {
		return false
	}
	for i := range d.paras {
		if t := d.paras[i].first; t < d.paras[i].end && d.in(t, k.soundBite) {
			return true
		}
	}
	return false
}

// initialled is the name before token limit that has the initials of a label: "NAC" of Ngozi Ade-Cole; 0 tokens for none.
func (d *speechDoc) initialled(label string, limit int) (at, n int) {
	for t := 0; t < limit; t++ {
		i, k := 0, t
		for k < limit && i < len(label) && (d.toks[k].Kind == word.Word && d.toks[k].Upper || d.fold[k] == "-" && i > 0) {
			if d.fold[k] != "-" {
				if d.body[d.toks[k].Start] != label[i] || len(d.fold[k]) < 2 {
					break
				}
				i++
			}
			k++
		}
		if i == len(label) && i > 1 && (k >= limit || !d.toks[k].Upper) && (t == 0 || !d.toks[t-1].Upper || d.toks[t-1].Kind != word.Word || d.paraOf(t-1) != d.paraOf(t)) {
			return t, k - t
		}
	}
	return 0, 0
}

// twoCapitals reports whether tokens [first, end) are two words or more, each with a capital.
func (d *speechDoc) twoCapitals(first, end int) bool {
	for t := first; t < end; t++ {
		if d.toks[t].Kind != word.Word || !d.toks[t].Upper {
			return false
		}
	}
	return end-first > 1
}

// calledUntitled adds the words of a label without its title: "Mme Elke Van den Brandt".
func (d *speechDoc) calledUntitled(v *voice, para int, words string) {
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
func (d *speechDoc) besideOffice(v voice, s *sentence, from int) voice {
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
func (d *speechDoc) fullName(v *voice, first, end int, whole map[string]int) {
	if end-first > 2 || d.toks[end-1].Kind != word.Word {
		return
	}
	if t, ok := whole[d.fold[end-1]]; ok && t < first {
		name := d.words(t-1, t+1)
		v.speaker.Names = append([]string{name}, slices.DeleteFunc(v.speaker.Names, func(n string) bool { return n == name })...)
	}
}

// wholeNames are the last words of what looks like a name with a first name, with the token where each stands first.
func (d *speechDoc) wholeNames() map[string]int {
	whole := map[string]int{}
	for t := 1; t < len(d.toks); t++ {
		if !d.toks[t].Upper || d.toks[t-1].Kind != word.Word || !d.toks[t-1].Upper || d.toks[t-1].End+1 != d.toks[t].Start || allCapitals(d.toks[t].Of(d.body)) {
			continue
		}
		if _, met := whole[d.fold[t]]; !met && !d.in(t-1, d.paras[d.paraOf(t)].g.known.notName) {
			whole[d.fold[t]] = t
		}
	}
	return whole
}

// bracketedHolder adds who stands in brackets behind an office: "The Minister of State, Home Office (Lord Hale) (Lab)".
func (d *speechDoc) bracketedHolder(v *voice, para, end int) {
	p := &d.paras[para]
	for t := p.first; t < end; t++ {
		if d.fold[t] != "(" {
			continue
		}
		in := t + 1
		for in < end && (d.in(in, p.g.known.title) || d.fold[in] == ".") {
			in++
		}
		last := in
		for last < end && d.toks[last].Kind == word.Word && d.toks[last].Upper {
			last++
		}
		if last > in && d.fold[last] == ")" && (in > t+1 || last-in > 1) {
			v.alsoCalled(d.words(t+1, last))
			v.alsoCalled(d.words(in, last))
			v.alsoCalled(d.words(last-1, last))
		}
		return
	}
}

// otherLabel reports whether a paragraph opens with what may be somebody's label, though nobody is known by it: "Innenminister Ruel: Nein."
func (d *speechDoc) otherLabel(para int) bool {
	end := d.labelEnd(para)
	return end > 0 && d.fold[end] == ":" && d.hasOffice(para, end)
}

// hasOffice reports whether a word for an office stands in the label of a paragraph.
func (d *speechDoc) hasOffice(para, end int) bool {
	p := &d.paras[para]
	return d.any(p.first, end, p.g.known.role) >= 0
}

// capitalLabel is who a label in capitals names that comes only once, among others of a dialogue: the words.
func (d *speechDoc) capitalLabel(para int) voice {
	end := d.labelEnd(para)
	if end == 0 || initials(d.labelWords(para, end)) {
		return voice{}
	}
	if k := &d.paras[para].g.known; k.narrator != noClass && d.in(d.labelFrom(&d.paras[para]), k.narrator) || d.answerWord(para, end) {
		return voice{}
	}
	return voice{speaker: &contrechamp.Speaker{Names: []string{d.labelWords(para, end)}}}
}

// goesBeyond reports whether words stand behind unit u of a label that belong to no name and no office: "The mayor was adamant: ..." is no
// label.
func (d *speechDoc) goesBeyond(s *sentence, u int) bool {
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
		case !d.in(t, k.article) && !d.in(t, k.of) && !d.in(t, k.preposition) && !d.in(t, k.role) && !s.units[max(u-1, 0)].comma:
			return true
		}
	}
	return false
}

// label reads the label of a paragraph: a few words, a colon, more behind it.
func (d *speechDoc) label(para int) (voice, bool) {
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
