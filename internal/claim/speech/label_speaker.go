package speech

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/naming"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// turn is who speaks in a turn of a dialogue: the person, office or noun phrase of its label, known more fully where a line before the
// dialogue names the same ("Entretien avec la directrice de la sûreté", "In studio: Ada Neri").
func (d *Doc) turn(para, end int, whole map[string]int) passage.Voice {
	p := &d.Paragraphs[para]
	first := d.labelFrom(p)
	words := d.labelWords(para, end)
	if d.reads(p, first, end) {
		return passage.Voice{}
	}
	if k := &p.Grammar.Known; k.Narrator != grammar.NoClass && d.In(first, k.Narrator) || d.In(first, k.Answer) {
		return passage.Voice{} // "Voix off", "Antwort": nobody's name
	}
	s := passage.Sentence{First: first, End: end, Para: para}
	d.Units(&s, d.ByPara[para])
	v, _, ok := d.speakerFrom(&s, 0, longestLabel, 0)
	if !ok {
		noun, isNoun := d.nounPhraseAt(&s, 0, len(s.Units))
		switch {
		case isNoun:
			v = d.nounVoice(&s, noun)
		case naming.AllCapitals(words) || len(s.Units) > 0 && s.Units[0].Kinds&grammar.NAME != 0 && s.Units[0].End == d.labelStop(para, end), d.twoCapitals(first, d.labelStop(para, end)):
			v = passage.Voice{Speaker: &contrechamp.Speaker{}}
		case d.hasTitle(para), d.groupLabel(para) > 0:
			v = passage.Voice{Speaker: &contrechamp.Speaker{}}
		default:
			return passage.Voice{}
		}
	}
	if naming.AllCapitals(words) {
		v.AlsoCalled(words)
	} else if len(v.Speaker.Names) == 0 {
		v.Speaker.Names = []string{words}
	}
	if d.hasTitle(para) {
		d.calledUntitled(&v, para, words)
	}
	if d.officeLabel(para) > 0 {
		d.bracketedHolder(&v, para, end)
	}
	if stop := d.labelStop(para, end); stop+1 < end && d.Fold[stop] == "(" && d.In(stop+1, p.Grammar.Known.Title) {
		for t := stop + 1; t < end; t++ {
			if d.Fold[t] == ")" && d.Tokens[t-1].Kind == word.Word {
				v.AlsoCalled(d.Words(stop+1, t)) // "LE RAPPORTEUR (M. Neri)"
				v.AlsoCalled(d.Words(t-1, t))
			}
		}
	} else if stop < end && !naming.AllCapitals(words) {
		d.groupBehind(&v, stop, end)
	}
	d.fullName(&v, first, end, whole)
	if end-first == 1 && naming.AllCapitals(words) && len(words) <= 4 {
		if t, n := d.initialled(words, first); n > 0 {
			v.BetterCalled(d.Words(t, t+n))
		}
	}
	v = d.besideOffice(v, &s, 1)
	role := d.Any(first, end, p.Grammar.Known.Role)
	for t := 0; role >= 0 && t < p.First; t++ {
		if d.Fold[t] != d.Fold[role] {
			continue
		}
		before := d.ParaOf(t)
		if d.Paragraphs[before].Role == contrechamp.RoleBody && d.labelEnd(before) <= t {
			continue
		}
		o := passage.Sentence{First: d.Paragraphs[before].First, End: d.Paragraphs[before].End, Para: before}
		if n := d.labelEnd(before); n > t {
			o.End = n
		}
		d.Units(&o, d.ByPara[before])
		if fuller, _, ok := d.roleSpeaker(&o, d.unitOf(&o, t)); ok {
			fuller.AlsoCalled(v.Speaker.Names...)
			return fuller
		}
		break
	}
	return v
}

// reads reports whether a label is that of whoever reads the text of a broadcast, whose other labels are of recordings: "Sprecherin" beside
// "O-Ton Neri".
func (d *Doc) reads(p *passage.Paragraph, first, end int) bool {
	k := &p.Grammar.Known
	if k.SoundBite == grammar.NoClass || d.Is(first, k.Reader) != end-first {
		return false
	}
	for i := range d.Paragraphs {
		if t := d.Paragraphs[i].First; t < d.Paragraphs[i].End && d.In(t, k.SoundBite) {
			return true
		}
	}
	return false
}

// initialled is the name before token limit that has the initials of a label: "NAC" of Ngozi Ade-Cole; 0 tokens for none.
func (d *Doc) initialled(label string, limit int) (at, n int) {
	for t := 0; t < limit; t++ {
		i, k := 0, t
		for k < limit && i < len(label) && (d.Tokens[k].Kind == word.Word && d.Tokens[k].Upper || d.Fold[k] == "-" && i > 0) {
			if d.Fold[k] != "-" {
				if d.Body[d.Tokens[k].Start] != label[i] || len(d.Fold[k]) < 2 {
					break
				}
				i++
			}
			k++
		}
		if i == len(label) && i > 1 && (k >= limit || !d.Tokens[k].Upper) && (t == 0 || !d.Tokens[t-1].Upper || d.Tokens[t-1].Kind != word.Word || d.ParaOf(t-1) != d.ParaOf(t)) {
			return t, k - t
		}
	}
	return 0, 0
}

// twoCapitals reports whether tokens [first, end) are two words or more, each with a capital.
func (d *Doc) twoCapitals(first, end int) bool {
	for t := first; t < end; t++ {
		if d.Tokens[t].Kind != word.Word || !d.Tokens[t].Upper {
			return false
		}
	}
	return end-first > 1
}

// calledUntitled adds the words of a label without its title: "Mme Elke Van den Brandt".
func (d *Doc) calledUntitled(v *passage.Voice, para int, words string) {
	p := &d.Paragraphs[para]
	t := d.pastArticle(p, d.labelFrom(p))
	t += d.Is(t, p.Grammar.Known.Title)
	for t < p.End && d.Tokens[t].Kind != word.Word {
		t++
	}
	if from := d.Tokens[d.labelFrom(p)].Start; t < p.End && d.Tokens[t].Upper && d.Tokens[t].Start-from < len(words) {
		v.BetterCalled(words[d.Tokens[t].Start-from:])
	}
	v.AlsoCalled(words)
}

// besideOffice adds the office that a label names behind the person: "Julia Sands (Minister for Transport)".
func (d *Doc) besideOffice(v passage.Voice, s *passage.Sentence, from int) passage.Voice {
	for u := from; u < len(s.Units); u++ {
		if _, w := d.officeAt(s, u); w > 0 {
			if o, _, ok := d.roleSpeaker(s, u); ok {
				v.AlsoCalled(o.Speaker.Names...)
			}
			break
		}
	}
	return v
}

// fullName adds the whole name, of those of the text, of whom a label calls by the last: "NERI" of "In studio: Ada Neri".
func (d *Doc) fullName(v *passage.Voice, first, end int, whole map[string]int) {
	if end-first > 2 || d.Tokens[end-1].Kind != word.Word {
		return
	}
	if t, ok := whole[d.Fold[end-1]]; ok && t < first {
		name := d.Words(t-1, t+1)
		v.Speaker.Names = append([]string{name}, slices.DeleteFunc(v.Speaker.Names, func(n string) bool { return n == name })...)
	}
}

// wholeNames are the last words of what looks like a name with a first name, with the token where each stands first.
func (d *Doc) wholeNames() map[string]int {
	whole := map[string]int{}
	for t := 1; t < len(d.Tokens); t++ {
		if !d.Tokens[t].Upper || d.Tokens[t-1].Kind != word.Word || !d.Tokens[t-1].Upper || d.Tokens[t-1].End+1 != d.Tokens[t].Start || naming.AllCapitals(d.Tokens[t].Of(d.Body)) {
			continue
		}
		if _, met := whole[d.Fold[t]]; !met && !d.In(t-1, d.Paragraphs[d.ParaOf(t)].Grammar.Known.NotName) {
			whole[d.Fold[t]] = t
		}
	}
	return whole
}

// bracketedHolder adds who stands in brackets behind an office: "The Minister of State, Home Office (Lord Hale) (Lab)".
func (d *Doc) bracketedHolder(v *passage.Voice, para, end int) {
	p := &d.Paragraphs[para]
	for t := p.First; t < end; t++ {
		if d.Fold[t] != "(" {
			continue
		}
		in := t + 1
		for in < end && (d.In(in, p.Grammar.Known.Title) || d.Fold[in] == ".") {
			in++
		}
		last := in
		for last < end && d.Tokens[last].Kind == word.Word && d.Tokens[last].Upper {
			last++
		}
		if last > in && d.Fold[last] == ")" && (in > t+1 || last-in > 1) {
			v.AlsoCalled(d.Words(t+1, last))
			v.AlsoCalled(d.Words(in, last))
			v.AlsoCalled(d.Words(last-1, last))
		}
		return
	}
}

// otherLabel reports whether a paragraph opens with what may be somebody's label, though nobody is known by it: "Innenminister Ruel: Nein."
func (d *Doc) otherLabel(para int) bool {
	end := d.labelEnd(para)
	return end > 0 && d.Fold[end] == ":" && d.hasOffice(para, end)
}

// hasOffice reports whether a word for an office stands in the label of a paragraph.
func (d *Doc) hasOffice(para, end int) bool {
	p := &d.Paragraphs[para]
	return d.Any(p.First, end, p.Grammar.Known.Role) >= 0
}

// capitalLabel is who a label in capitals names that comes only once, among others of a dialogue: the words.
func (d *Doc) capitalLabel(para int) passage.Voice {
	end := d.labelEnd(para)
	if end == 0 || initials(d.labelWords(para, end)) {
		return passage.Voice{}
	}
	if k := &d.Paragraphs[para].Grammar.Known; k.Narrator != grammar.NoClass && d.In(d.labelFrom(&d.Paragraphs[para]), k.Narrator) || d.answerWord(para, end) {
		return passage.Voice{}
	}
	return passage.Voice{Speaker: &contrechamp.Speaker{Names: []string{d.labelWords(para, end)}}}
}

// goesBeyond reports whether words stand behind unit u of a label that belong to no name and no office: "The mayor was adamant: ..." is no
// label.
func (d *Doc) goesBeyond(s *passage.Sentence, u int) bool {
	k := &d.GrammarAt(s).Known
	depth := 0
	for ; u < len(s.Units); u++ {
		t := s.Units[u].First
		switch {
		case d.Fold[t] == "(" || d.Fold[t] == "[":
			depth++
		case d.Fold[t] == ")" || d.Fold[t] == "]":
			depth--
		case depth > 0 || s.Units[u].Mention != nil || d.Tokens[t].Kind != word.Word || d.Tokens[t].Upper:
		case !d.In(t, k.Article) && !d.In(t, k.Of) && !d.In(t, k.Preposition) && !d.In(t, k.Role) && !s.Units[max(u-1, 0)].Comma:
			return true
		}
	}
	return false
}

// label reads the label of a paragraph: a few words, a colon, more behind it.
func (d *Doc) label(para int) (passage.Voice, bool) {
	p := &d.Paragraphs[para]
	const longest = 9
	colon := -1
	for t := p.First; t < min(p.End, p.First+longest); t++ {
		if d.Fold[t] == ":" {
			colon = t
			break
		}
	}
	const least = 4 // words behind the colon
	if colon < p.First+1 || colon+least >= p.End || !d.Tokens[p.First].Upper {
		return passage.Voice{}, false
	}
	if d.reads(p, p.First, colon) {
		return passage.Voice{}, true
	}
	s := passage.Sentence{First: d.labelFrom(p), End: colon, Para: para}
	d.Units(&s, d.ByPara[para])
	for u := range s.Units {
		if s.Units[u].Kinds&grammar.PER != 0 && s.Units[u].Mention != nil && s.Units[u].Mention.Entity != nil {
			if d.goesBeyond(&s, u+1) {
				return passage.Voice{}, false
			}
			return d.besideOffice(d.speakerWith(&s, u), &s, u+1), true
		}
		if _, w := d.officeAt(&s, u); w > 0 && u <= 2 {
			v, end, _ := d.roleSpeaker(&s, u)
			if d.goesBeyond(&s, end) {
				return passage.Voice{}, false
			}
			return v, true
		}
	}
	if naming.AllCapitals(d.Words(p.First, colon)) {
		return passage.Voice{}, true // somebody of the programme: the label before no longer holds
	}
	return passage.Voice{}, false
}
