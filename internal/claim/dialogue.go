package claim

import (
	"unicode"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// labels gives the paragraphs of a record of proceedings to whom their label names: "M. Dupont : ...", "Le Premier ministre :
// ...", up to the next label.
func (d *speechDoc) labels(turns map[int]int, lines map[int]voice, minuted bool) {
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
			} else if v, labelled := d.label(para); labelled && !(turns[para] > 0 && (d.groupLabel(para) > 0 || d.officeLabel(para) > 0)) && (v.speaker != nil || turns[para] == 0) {
				if now = v; v.speaker == nil && len(turns) > 0 {
					now = d.capitalLabel(para)
				}
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
			} else if d.paras[para].role == contrechamp.RoleHeading && len(lines) == 0 || minuted && (len(s.voices) > 0 || d.opensAnew(s)) || quoting || once || d.otherLabel(para) {
				now = voice{}
			}
		}
		if now.speaker != nil && len(s.voices) == 0 && !d.asks(i) && !d.inBrackets(para) {
			s.voices = append(s.voices, now.over(s.first, s.end))
		}
	}
}

// quotedOnly reports whether all that stands behind the label of a paragraph is a quotation.
func (d *speechDoc) quotedOnly(para, end int) bool {
	p := &d.paras[para]
	last := p.end - 1
	for last > end && d.toks[last].Kind != word.Word && d.quoted[last] == 0 {
		last--
	}
	return end+2 < p.end && d.quoted[end+2] > 0 && d.quoted[last] == d.quoted[end+2]
}

// inBrackets reports whether a paragraph stands in brackets: a note of whoever wrote the words down.
func (d *speechDoc) inBrackets(para int) bool {
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
func (d *speechDoc) turns() map[int]int {
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
	turns, titled, dotted, offices := 0, 0, 0, 0
	for i, end := range ends {
		if often[d.labelWords(i, end)] > 1 {
			turns++
		}
		if d.hasTitle(i) {
			dotted++
		}
		if d.hasTitle(i) && (d.fold[end] != "." || d.dash(end+1)) || d.groupLabel(i) > 0 {
			titled++
		} else if d.officeLabel(i) > 0 {
			offices = 1 // the fields of a form look like these
		}
	}
	titled += offices
	if titled < leastTitled && (max(turns, dotted) < leastTurns || !d.converses(ends)) {
		return nil
	}
	for i, end := range ends {
		p := &d.paras[i]
		if d.hasTitle(i) && (d.fold[end] != "." || d.dash(end+1) || dotted >= leastTurns) || d.groupLabel(i) > 0 || d.officeLabel(i) > 0 {
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
func (d *speechDoc) leaveQuestions(ends map[int]int, often map[string]int) {
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
func (d *speechDoc) answerWord(para, end int) bool {
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

// labelFrom is where a label begins: behind the time, in brackets or without, "[01:42:10] THE HOST: ...".
func (d *speechDoc) labelFrom(p *paragraph) int {
	if p.first < p.end && p.g.known.soundBite != noClass {
		if n := d.is(p.first, p.g.known.soundBite); n > 0 {
			return p.first + n
		}
	}
	if p.first >= p.end || d.fold[p.first] != "[" {
		if t := d.pastTime(p); t > p.first {
			return min(t, p.end)
		}
		return d.pastNumber(p)
	}
	const longestTime = 10 // tokens
	for t := p.first + 1; t+1 < min(p.end, p.first+longestTime); t++ {
		if d.fold[t] == "]" {
			return t + 1
		}
	}
	return p.first
}

// pastNumber is the token behind the number that a turn has in some records, "01.02 Le ministre : ...", or its first where it has none.
func (d *speechDoc) pastNumber(p *paragraph) int {
	const longest = 4 // tokens
	t := p.first
	for t < min(p.end, p.first+longest) && (d.toks[t].Kind == word.Number || t > p.first && d.fold[t] == ".") {
		t++
	}
	if t == p.first || t >= p.end || !d.toks[t].Upper || d.fold[t-1] == "." {
		return p.first // "1. Le dispositif : ..." is a point of a list
	}
	return t
}

// labelEnd is the mark behind what may be the label of a turn, 0 for none.
func (d *speechDoc) labelEnd(para int) int {
	p := &d.paras[para]
	first := d.labelFrom(p)
	if first >= p.end || !d.toks[first].Upper || p.role == contrechamp.RoleItem {
		return 0
	}
	longest, titled := longestLabel, d.hasTitle(para)
	if end := max(d.groupLabel(para), d.officeLabel(para)); end > 0 {
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
func (d *speechDoc) groupLabel(para int) int {
	const longestName, longestGroup, longestDoing = 5, 10, 4 // tokens
	p := &d.paras[para]
	first := d.labelFrom(p)
	t, words := first, 0
	for ; t < min(p.end, first+longestName) && d.fold[t] != "(" && d.fold[t] != ","; t++ {
		switch {
		case d.toks[t].Kind == word.Word && d.toks[t].Upper:
			words++
		case d.fold[t] == "-" || d.fold[t] == "." && t > first && d.abbreviates(p, t) || p.g.known.particle != noClass && d.in(t, p.g.known.particle):
		default:
			return 0
		}
	}
	if words > 1 && t+1 < p.end && d.fold[t] == "," {
		return d.commaLabel(p, first, t)
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

// commaLabel is the mark behind a label that says behind a comma who the person is: "Nora Field, Elm Street: The cameras watch my door."; 0 for
// none. A place, or a number behind the mark, makes it a line of a list.
func (d *speechDoc) commaLabel(p *paragraph, first, comma int) int {
	const longest, least = 8, 5 // tokens
	for _, m := range d.byPara[d.paraOf(first)] {
		if m.first == first && m.kinds&(kNAME|kPER) == 0 {
			return 0
		}
	}
	for t := comma + 1; t < min(p.end, comma+longest); t++ {
		if d.fold[t] == ":" && t > comma+1 && t+least < p.end && d.toks[t+1].Kind != word.Number && d.toks[t+1].Upper {
			return t
		}
		if d.toks[t].Kind != word.Word && d.fold[t] != "-" && d.fold[t] != "'" {
			return 0
		}
	}
	return 0
}

// officeLabel is the mark behind a label that is a name in capitals with an office: "NICOLA BIANCHI, Sottosegretario di Stato per l'Interno. ...",
// or an office with its holder in brackets: "The Minister of State, Home Office (Lord Hale) (Lab): ..."; 0 for none.
func (d *speechDoc) officeLabel(para int) int {
	const most = 22 // tokens
	p := &d.paras[para]
	k := &p.g.known
	first := d.labelFrom(p)
	t := first
	for t < min(p.end, first+most) && d.toks[t].Kind == word.Word && allCapitals(d.toks[t].Of(d.body)) {
		t++
	}
	const nextWords = 2 // tokens: an article
	capitals := t-first > 1 && t-first < 5 && t < p.end && d.fold[t] == "," && !d.in(first, k.article) && d.any(t+1, min(t+1+nextWords, p.end), k.role) >= 0
	office, bracket := -1, false
	for t = first; t+1 < min(p.end, first+most); t++ {
		switch f := d.fold[t]; {
		case f == ":" || capitals && d.fullStop[t] && office >= 0 || d.dash(t) && office >= 0 && bracket:
			if office >= 0 && (capitals || bracket && office <= d.pastArticle(p, first)+1) {
				return t
			}
			return 0
		case f == "(":
			in := t + 1
			for in < p.end && (d.in(in, k.title) || d.fold[in] == ".") {
				in++ // "(Prof. Ada Neri)"
			}
			bracket = bracket || in+2 < p.end && d.toks[in].Upper && (in > t+1 || d.toks[in+1].Upper && d.toks[in+1].Kind == word.Word)
		case d.fullStop[t] && !d.abbreviates(p, t):
			return 0
		case office < 0 && d.in(t, k.role):
			office = t
		case !d.toks[t].Upper && (d.in(t, k.said) || d.in(t, k.that) || d.in(t, k.auxiliary)):
			return 0
		}
	}
	return 0
}

// nameOnly reports whether tokens [first, t) are a title and a name, with an office at most: "M. Ruel, rapporteur", and no sentence.
func (d *speechDoc) nameOnly(p *paragraph, first, t int) bool {
	const particle = 3 // letters: "van", "de"
	office := false
	first = d.pastArticle(p, first)
	for n := first + d.is(first, p.g.known.title); n < t; n++ {
		switch {
		case d.fold[n] == "," && !office && n+1 < t && d.in(n+1, p.g.known.role):
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
func (d *speechDoc) hasTitle(para int) bool {
	p := &d.paras[para]
	first := d.labelFrom(p)
	return first+1 < p.end && (d.in(d.pastArticle(p, first), p.g.known.title) || first > p.first && d.fold[p.first] != "[")
}

// pastArticle is the token behind the article at t: "The Hon. ...", "El señor ...".
func (d *speechDoc) pastArticle(p *paragraph, t int) int {
	if t+1 < p.end && d.in(t, p.g.known.article) && !d.in(t, p.g.known.title) {
		return t + 1
	}
	return t
}

// dash reports whether a dash stands at token t.
func (d *speechDoc) dash(t int) bool {
	return t < len(d.toks) && (d.fold[t] == "–" || d.fold[t] == "—" || d.fold[t] == "-")
}

// labelWords are the words of a label, without what stands in brackets or behind a comma.
func (d *speechDoc) labelWords(para, end int) string {
	return d.words(d.labelFrom(&d.paras[para]), d.labelStop(para, end))
}

// labelStop is where the words of a label end.
func (d *speechDoc) labelStop(para, end int) int {
	for t := d.labelFrom(&d.paras[para]) + 1; t < end; t++ {
		if d.fold[t] == "(" || d.fold[t] == "," {
			return t
		}
	}
	return end
}

// converses reports whether what stands behind the labels is talk: somebody asks, or offices answer each other. The lines of a form
// ("AMOUNT: 45,000", "LOT: 2") come back too.
func (d *speechDoc) converses(ends map[int]int) bool {
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
