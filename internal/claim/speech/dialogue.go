package speech

import (
	"unicode"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/naming"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// labels gives the paragraphs of a record of proceedings to whom their label names: "M. Dupont : ...", "Le Premier ministre :
// ...", up to the next label.
func (d *Doc) labels(turns map[int]int, lines map[int]passage.Voice, minuted bool) {
	var now passage.Voice
	para := -1
	answered := false // the label of an answer holds for its paragraph
	quoting := false  // whoever has spoken was quoted, to the end of the paragraph
	met := map[string]passage.Voice{}
	var whole map[string]int
	if len(turns) > 0 {
		whole = d.wholeNames()
	}
	for i := range d.Sentences {
		s := &d.Sentences[i]
		if s.Para != para {
			if para >= 0 && turns[para] > 0 && d.Fold[d.Paragraphs[para].End-1] == "?" {
				now = passage.Voice{} // what follows without a label answers
			}
			quoting = para >= 0 && turns[para] > 0 && d.quotedOnly(para, turns[para])
			para = s.Para
			if i > 0 {
				for line := d.Sentences[i-1].Para + 1; line <= para; line++ { // those too that say nothing themselves
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
			} else if v, labelled := d.label(para); labelled && !(turns[para] > 0 && (d.groupLabel(para) > 0 || d.officeLabel(para) > 0)) && (v.Speaker != nil || turns[para] == 0) {
				if now = v; v.Speaker == nil && len(turns) > 0 {
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
			} else if d.Paragraphs[para].Role == contrechamp.RoleHeading && len(lines) == 0 || minuted && (len(s.Voices) > 0 || d.opensAnew(s)) || quoting || once || d.otherLabel(para) {
				now = passage.Voice{}
			}
		}
		if now.Speaker != nil && len(s.Voices) == 0 && !d.Asks(i) && !d.inBrackets(para) {
			s.Voices = append(s.Voices, now.Over(s.First, s.End))
		}
	}
}

// quotedOnly reports whether all that stands behind the label of a paragraph is a quotation.
func (d *Doc) quotedOnly(para, end int) bool {
	p := &d.Paragraphs[para]
	last := p.End - 1
	for last > end && d.Tokens[last].Kind != word.Word && d.Quoted[last] == 0 {
		last--
	}
	return end+2 < p.End && d.Quoted[end+2] > 0 && d.Quoted[last] == d.Quoted[end+2]
}

// inBrackets reports whether a paragraph stands in brackets: a note of whoever wrote the words down.
func (d *Doc) inBrackets(para int) bool {
	p := &d.Paragraphs[para]
	return p.First < p.End && (d.Fold[p.First] == "(" && d.Fold[p.End-1] == ")" || d.Fold[p.First] == "[" && d.Fold[p.End-1] == "]")
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
func (d *Doc) turns() map[int]int {
	labels := 0
	for i := range d.Paragraphs {
		if d.labelEnd(i) > 0 {
			labels++
		}
	}
	if labels < leastTitled {
		return nil // as in most texts
	}
	ends, often := make(map[int]int, labels), map[string]int{}
	for i := range d.Paragraphs {
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
		if d.hasTitle(i) && (d.Fold[end] != "." || d.dash(end+1)) || d.groupLabel(i) > 0 {
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
		p := &d.Paragraphs[i]
		if d.hasTitle(i) && (d.Fold[end] != "." || d.dash(end+1) || dotted >= leastTurns) || d.groupLabel(i) > 0 || d.officeLabel(i) > 0 {
			continue
		}
		if turns+titled < leastTurns || often[d.labelWords(i, end)] < 2 && !naming.AllCapitals(d.Words(d.labelFrom(p), end)) && d.Any(p.First, end, p.Grammar.Known.Role) < 0 {
			delete(ends, i)
		}
	}
	return ends
}

// leaveQuestions takes out the labels that are no names ("Q.", "A:"), and those of whoever only asks, where nobody else has one: the answers
// are then those of an interview.
func (d *Doc) leaveQuestions(ends map[int]int, often map[string]int) {
	asked := map[string]int{}
	for i, end := range ends {
		if last := d.Paragraphs[i].End - 1; d.Fold[last] == "?" {
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
func (d *Doc) answerWord(para, end int) bool {
	k := &d.Paragraphs[para].Grammar.Known
	first := d.labelFrom(&d.Paragraphs[para])
	return k.Answer != grammar.NoClass && d.Is(first, k.Answer) == end-first
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
func (d *Doc) labelFrom(p *passage.Paragraph) int {
	if p.First < p.End && p.Grammar.Known.SoundBite != grammar.NoClass {
		if n := d.Is(p.First, p.Grammar.Known.SoundBite); n > 0 {
			return p.First + n
		}
	}
	if p.First >= p.End || d.Fold[p.First] != "[" {
		if t := d.pastTime(p); t > p.First {
			return min(t, p.End)
		}
		return d.pastNumber(p)
	}
	const longestTime = 10 // tokens
	for t := p.First + 1; t+1 < min(p.End, p.First+longestTime); t++ {
		if d.Fold[t] == "]" {
			return t + 1
		}
	}
	return p.First
}

// pastNumber is the token behind the number that a turn has in some records, "01.02 Le ministre : ...", or its first where it has none.
func (d *Doc) pastNumber(p *passage.Paragraph) int {
	const longest = 4 // tokens
	t := p.First
	for t < min(p.End, p.First+longest) && (d.Tokens[t].Kind == word.Number || t > p.First && d.Fold[t] == ".") {
		t++
	}
	if t == p.First || t >= p.End || !d.Tokens[t].Upper || d.Fold[t-1] == "." {
		return p.First // "1. Le dispositif : ..." is a point of a list
	}
	return t
}

// labelEnd is the mark behind what may be the label of a turn, 0 for none.
func (d *Doc) labelEnd(para int) int {
	p := &d.Paragraphs[para]
	first := d.labelFrom(p)
	if first >= p.End || !d.Tokens[first].Upper || p.Role == contrechamp.RoleItem {
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
	for t := first; t < min(p.End, limit); t++ {
		if titled && t > first && d.Fold[t] == "," {
			continue
		}
		if d.Tokens[t].Kind == word.Word || d.Fold[t] == "-" && t+1 < p.End && d.Tokens[t-1].End == d.Tokens[t].Start && d.Tokens[t].End == d.Tokens[t+1].Start {
			continue
		}
		if d.Fold[t] == "." && t > first && (d.Abbreviates(p, t) || titled && t == d.pastArticle(p, first)+1) {
			continue
		}
		if d.Fold[t] == "(" && t > first && (titled || naming.AllCapitals(d.Words(first, t)) || t == first+2 && d.Tokens[first+1].Upper) {
			for t < min(p.End, first+2*longest) && d.Fold[t] != ")" {
				t++ // "DANA (LIVE, LOCKPORT): ..."
			}
			if t+1 < p.End && d.Fold[t] == ")" {
				limit = max(limit, t+3)
				continue
			}
			return 0
		}
		if titled && d.Fold[t] == "." && !d.dash(t+1) && !d.nameOnly(p, first, t) {
			return 0
		}
		if mark := d.Fold[t]; (mark == "." || mark == ":" || mark == "–" || mark == "—" || mark == "-") && t > first && t+1 < p.End {
			return t
		}
		break
	}
	return 0
}

// groupLabel is the mark behind a label that says in brackets for whom its person speaks, with a few words of what the person does at most:
// "Ada N. (PS) :", "ADA NERI (maire sortante). « ... »", "Ada Neri (AL) begründet die Motion: ..."; 0 for none.
func (d *Doc) groupLabel(para int) int {
	const longestName, longestGroup, longestDoing = 5, 10, 4 // tokens
	p := &d.Paragraphs[para]
	first := d.labelFrom(p)
	t, words := first, 0
	for ; t < min(p.End, first+longestName) && d.Fold[t] != "(" && d.Fold[t] != ","; t++ {
		switch {
		case d.Tokens[t].Kind == word.Word && d.Tokens[t].Upper:
			words++
		case d.Fold[t] == "-" || d.Fold[t] == "." && t > first && d.Abbreviates(p, t) || p.Grammar.Known.Particle != grammar.NoClass && d.In(t, p.Grammar.Known.Particle):
		default:
			return 0
		}
	}
	if words > 1 && t+1 < p.End && d.Fold[t] == "," {
		return d.commaLabel(p, first, t)
	}
	if words < 2 || t >= p.End || d.Fold[t] != "(" {
		return 0
	}
	limit := t + longestGroup
	for t < min(p.End, limit) && d.Fold[t] != ")" {
		t++
	}
	if t++; t+1 >= p.End || d.Fold[t-1] != ")" {
		return 0
	}
	if mark := d.Fold[t]; mark == ":" || d.dash(t) || mark == "." && t+1 < p.End && d.Quoted[t+1] > 0 {
		return t
	}
	for end := t; end < min(p.End-1, t+longestDoing+1); end++ {
		if d.Fold[end] == ":" {
			return end
		}
		if d.Tokens[end].Kind != word.Word {
			return 0
		}
	}
	return 0
}

// commaLabel is the mark behind a label that says behind a comma who the person is: "Nora Field, Elm Street: The cameras watch my door."; 0 for
// none. A place, or a number behind the mark, makes it a line of a list.
func (d *Doc) commaLabel(p *passage.Paragraph, first, comma int) int {
	const longest, least = 8, 5 // tokens
	for _, m := range d.ByPara[d.ParaOf(first)] {
		if m.First == first && m.Kinds&(grammar.NAME|grammar.PER) == 0 {
			return 0
		}
	}
	for t := comma + 1; t < min(p.End, comma+longest); t++ {
		if d.Fold[t] == ":" && t > comma+1 && t+least < p.End && d.Tokens[t+1].Kind != word.Number && d.Tokens[t+1].Upper {
			return t
		}
		if d.Tokens[t].Kind != word.Word && d.Fold[t] != "-" && d.Fold[t] != "'" {
			return 0
		}
	}
	return 0
}

// officeLabel is the mark behind a label that is a name in capitals with an office: "NICOLA BIANCHI, Sottosegretario di Stato per l'Interno. ...",
// or an office with its holder in brackets: "The Minister of State, Home Office (Lord Hale) (Lab): ..."; 0 for none.
func (d *Doc) officeLabel(para int) int {
	const most = 22 // tokens
	p := &d.Paragraphs[para]
	k := &p.Grammar.Known
	first := d.labelFrom(p)
	t := first
	for t < min(p.End, first+most) && d.Tokens[t].Kind == word.Word && naming.AllCapitals(d.Tokens[t].Of(d.Body)) {
		t++
	}
	const nextWords = 2 // tokens: an article
	capitals := t-first > 1 && t-first < 5 && t < p.End && d.Fold[t] == "," && !d.In(first, k.Article) && d.Any(t+1, min(t+1+nextWords, p.End), k.Role) >= 0
	office, bracket := -1, false
	for t = first; t+1 < min(p.End, first+most); t++ {
		switch f := d.Fold[t]; {
		case f == ":" || capitals && d.FullStop[t] && office >= 0 || d.dash(t) && office >= 0 && bracket:
			if office >= 0 && (capitals || bracket && office <= d.pastArticle(p, first)+1) {
				return t
			}
			return 0
		case f == "(":
			in := t + 1
			for in < p.End && (d.In(in, k.Title) || d.Fold[in] == ".") {
				in++ // "(Prof. Ada Neri)"
			}
			bracket = bracket || in+2 < p.End && d.Tokens[in].Upper && (in > t+1 || d.Tokens[in+1].Upper && d.Tokens[in+1].Kind == word.Word)
		case d.FullStop[t] && !d.Abbreviates(p, t):
			return 0
		case office < 0 && d.In(t, k.Role):
			office = t
		case !d.Tokens[t].Upper && (d.In(t, k.Said) || d.In(t, k.That) || d.In(t, k.Auxiliary)):
			return 0
		}
	}
	return 0
}

// nameOnly reports whether tokens [first, t) are a title and a name, with an office at most: "M. Ruel, rapporteur", and no sentence.
func (d *Doc) nameOnly(p *passage.Paragraph, first, t int) bool {
	const particle = 3 // letters: "van", "de"
	office := false
	first = d.pastArticle(p, first)
	for n := first + d.Is(first, p.Grammar.Known.Title); n < t; n++ {
		switch {
		case d.Fold[n] == "," && !office && n+1 < t && d.In(n+1, p.Grammar.Known.Role):
			office = true
		case d.Fold[n] == ",":
			return false
		case d.Tokens[n].Kind == word.Word && !d.Tokens[n].Upper && !office && len(d.Fold[n]) > particle:
			return false
		}
	}
	return true
}

// hasTitle reports whether a paragraph opens with a title: "M.", "Baroness".
func (d *Doc) hasTitle(para int) bool {
	p := &d.Paragraphs[para]
	first := d.labelFrom(p)
	return first+1 < p.End && (d.In(d.pastArticle(p, first), p.Grammar.Known.Title) || first > p.First && d.Fold[p.First] != "[")
}

// pastArticle is the token behind the article at t: "The Hon. ...", "El señor ...".
func (d *Doc) pastArticle(p *passage.Paragraph, t int) int {
	if t+1 < p.End && d.In(t, p.Grammar.Known.Article) && !d.In(t, p.Grammar.Known.Title) {
		return t + 1
	}
	return t
}

// dash reports whether a dash stands at token t.
func (d *Doc) dash(t int) bool {
	return t < len(d.Tokens) && (d.Fold[t] == "–" || d.Fold[t] == "—" || d.Fold[t] == "-")
}

// labelWords are the words of a label, without what stands in brackets or behind a comma.
func (d *Doc) labelWords(para, end int) string {
	return d.Words(d.labelFrom(&d.Paragraphs[para]), d.labelStop(para, end))
}

// labelStop is where the words of a label end.
func (d *Doc) labelStop(para, end int) int {
	for t := d.labelFrom(&d.Paragraphs[para]) + 1; t < end; t++ {
		if d.Fold[t] == "(" || d.Fold[t] == "," {
			return t
		}
	}
	return end
}

// converses reports whether what stands behind the labels is talk: somebody asks, or offices answer each other. The lines of a form
// ("AMOUNT: 45,000", "LOT: 2") come back too.
func (d *Doc) converses(ends map[int]int) bool {
	asked, whole := false, 0
	for i, end := range ends {
		p := &d.Paragraphs[i]
		last := p.End - 1
		for last > end && passage.Closing(d.Fold[last]) && d.Fold[last] != "." {
			last--
		}
		switch d.Fold[last] {
		case "?":
			asked = true
			whole++
		case ".", "!", "…":
			whole++
		}
		if d.Any(p.First, end, p.Grammar.Known.Role) >= 0 {
			asked = true
		}
	}
	for i := range d.Paragraphs {
		p := &d.Paragraphs[i]
		if asked {
			break
		}
		asked = p.First < p.End && d.Fold[p.End-1] == "?"
	}
	return asked && 2*whole >= len(ends)
}
