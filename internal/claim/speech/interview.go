package speech

import (
	"strings"
	"sync"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/naming"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// minQuestions is how many paragraphs that only ask make a text an interview.
const minQuestions = 3

// fewestQuestions is how many paragraphs end with a question in an interview that says it is one.
const fewestQuestions = 2

// longestQuestion is how many tokens a question of an interview has at most, with what stands before it.
const longestQuestion = 40

// interview gives the answers of an interview, which carry no word of saying, to whom the label of an answer names, or the
// first lines of the text.
func (d *Doc) interview() {
	asking, first := d.questions()
	if first < 0 || d.HeadSays(func(k *grammar.KnownClasses) int32 { return k.Bidders }) {
		return
	}
	v := d.whoAnswers(asking, first)
	if v.Speaker == nil {
		return
	}
	quoted := d.quotesAnswers(asking, first)
	for i := range d.Sentences {
		s := &d.Sentences[i]
		if quoted && !d.quotedWhole(s.Para) {
			continue
		}
		if (s.Para > first || quoted) && !asking[s.Para] && len(s.Voices) == 0 && d.Fold[s.First] != "(" {
			s.Voices = append(s.Voices, v.Over(s.First, s.End))
		}
	}
}

// quotesAnswers reports whether the answers of an interview stand in quotation marks, paragraph by paragraph: what stands in none is then no
// answer.
func (d *Doc) quotesAnswers(asking []bool, first int) bool {
	quoted, answers := 0, 0
	for i := first + 1; i < len(d.Paragraphs); i++ {
		if asking[i] || d.Paragraphs[i].Silent || d.Paragraphs[i].First >= d.Paragraphs[i].End {
			continue
		}
		answers++
		if d.quotedWhole(i) {
			quoted++
		}
	}
	return quoted > 1 && 2*quoted > answers
}

// quotedWhole reports whether a paragraph is one quotation.
func (d *Doc) quotedWhole(para int) bool {
	p := &d.Paragraphs[para]
	last := p.End - 1
	for last > p.First && d.Tokens[last].Kind != word.Word && d.Quoted[last] == 0 {
		last--
	}
	return p.First < p.End && d.Quoted[p.First] > 0 && d.Quoted[last] == d.Quoted[p.First]
}

// whoAnswers is whom an interview is with: whom its head says so of, or the label of an answer, or whom a question addresses, else the person,
// and last the office, that the head names.
func (d *Doc) whoAnswers(asking []bool, first int) passage.Voice {
	heads := make([]int, 0, first)
	for i := first - 1; i >= 0; i-- { // headings, the nearest first
		if d.Paragraphs[i].Role != contrechamp.RoleBody {
			heads = append(heads, i)
		}
	}
	for i := 0; i < first; i++ {
		if d.Paragraphs[i].Role == contrechamp.RoleBody {
			heads = append(heads, i)
		}
	}
	find := func(who func(para int) passage.Voice) passage.Voice {
		for _, i := range heads {
			if v := who(i); v.Speaker != nil {
				return d.wholly(v, i, heads)
			}
		}
		return passage.Voice{}
	}
	if v := find(d.interviewed); v.Speaker != nil {
		return v
	}
	if v := d.answering(asking, first); v.Speaker != nil {
		return v
	}
	if v := d.addressed(asking, first); v.Speaker != nil {
		return v
	}
	if v := find(d.personIn); v.Speaker != nil {
		return v
	}
	if v := find(d.givenNameIn); v.Speaker != nil {
		return v
	}
	if v := find(d.actingNameIn); v.Speaker != nil {
		return v
	}
	if d.talk(heads) {
		if v := find(d.nameAtHead); v.Speaker != nil {
			return v
		}
	}
	if v := find(d.officeIn); v.Speaker != nil || !d.talk(heads) {
		return v
	}
	return find(d.nounAtHead)
}

// namedBefore reports whether a name stands in a paragraph before one.
func (d *Doc) namedBefore(name string, para int) bool {
	for i := 0; i < para; i++ {
		p := &d.Paragraphs[i]
		if p.First < p.End && strings.Contains(d.Words(p.First, p.End), name) {
			return true
		}
	}
	return false
}

// nounAtHead is the noun phrase that opens a paragraph before the questions: "L'historienne revient de ..."
func (d *Doc) nounAtHead(para int) passage.Voice {
	s := d.headUnits(para)
	if d.Paragraphs[para].Role != contrechamp.RoleBody || len(s.Units) == 0 {
		return passage.Voice{}
	}
	p, ok := d.nounFrom(&s, 0, min(len(s.Units), longestLabel), false)
	if !ok || s.Units[p.short-1].Kinds&(grammar.DEV|grammar.CAP|grammar.PRD) != 0 {
		return passage.Voice{}
	}
	return d.nounVoice(&s, p)
}

// talk reports whether one of those paragraphs says that the text is an interview, and not questions that are often asked.
func (d *Doc) talk(heads []int) bool {
	for _, i := range heads {
		p := &d.Paragraphs[i]
		if d.Any(p.First, p.End, p.Grammar.Known.Interview) >= 0 || d.Any(p.First, p.End, p.Grammar.Known.Interviewer) >= 0 {
			return true
		}
	}
	return false
}

// wholly adds what the head says besides of whom paragraph para names: the office, there or in another line, and the name where it is an
// office that was found ("Lucía Peralta: «...»" over "La directora de Movilidad defiende ...").
func (d *Doc) wholly(v passage.Voice, para int, heads []int) passage.Voice {
	person := v.Kinds&(grammar.PER|grammar.NAME) != 0
	if o := d.officeIn(para); o.Speaker != nil {
		if v = withOffice(v, o); person {
			return v
		}
		return d.withPerson(v, heads)
	}
	if !person {
		return d.withPerson(v, heads)
	}
	for _, i := range heads {
		if i == para {
			continue
		}
		if o := d.officeIn(i); o.Speaker != nil {
			return withOffice(v, o)
		}
	}
	return v
}

// withPerson adds the person whom the head names to an office.
func (d *Doc) withPerson(v passage.Voice, heads []int) passage.Voice {
	for _, who := range []func(int) passage.Voice{d.personIn, d.nameAtHead} {
		for _, i := range heads {
			if p := who(i); p.Speaker != nil {
				v.AlsoCalled(p.Speaker.Names...)
				return v
			}
		}
	}
	return v
}

// withOffice adds the office that a paragraph names beside the person that it introduces: "Ada Neri, directrice de ...".
func withOffice(v, office passage.Voice) passage.Voice {
	for _, n := range office.Speaker.Names {
		if len(v.Speaker.Names) == 0 || !strings.HasPrefix(strings.ToLower(n), strings.ToLower(v.Speaker.Names[0])) {
			v.AlsoCalled(n)
		}
	}
	if v.Speaker.ID == "" {
		v.Speaker.ID = office.Speaker.ID
	}
	return v
}

// addressed is whom a question addresses by name: "Frau Wollin, wie viele ...".
func (d *Doc) addressed(asking []bool, first int) passage.Voice {
	whole := sync.OnceValue(d.wholeNames)
	for i := first; i < len(asking); i++ {
		p := &d.Paragraphs[i]
		if !asking[i] || p.Silent {
			continue
		}
		t := p.First
		n := d.Is(t, p.Grammar.Known.Title)
		t += n
		for t < p.End && d.Fold[t] == "." {
			t++
		}
		end := t
		for end < p.End && end < t+3 && d.Tokens[end].Kind == word.Word && d.Tokens[end].Upper && !d.In(end, p.Grammar.Known.NotName) {
			end++
		}
		if end == t && n > 0 && end < p.End {
			if v, ok := d.addressedOffice(i); ok {
				return v
			}
		}
		if end == t || end >= p.End || d.Fold[end] != "," {
			continue
		}
		v := passage.Voice{Speaker: &contrechamp.Speaker{}}
		d.fullName(&v, t, end, whole())
		if len(v.Speaker.Names) == 0 && n == 0 {
			continue // a place, or anything: "À Lyon, ..."
		}
		v.Speaker.Names = append(v.Speaker.Names, d.Words(t, end))
		return v
	}
	return passage.Voice{}
}

// addressedOffice is the office that a question addresses: "Monsieur le directeur, combien ..."
func (d *Doc) addressedOffice(para int) (passage.Voice, bool) {
	const most = 4 // units before it
	p := &d.Paragraphs[para]
	s := passage.Sentence{First: p.First, End: p.End, Para: para}
	d.Units(&s, d.ByPara[para])
	for u := 0; u < len(s.Units) && u <= most && !s.Units[u].Comma; u++ {
		if _, w := d.officeAt(&s, u); w > 0 {
			v, _, ok := d.roleSpeaker(&s, u)
			return v, ok
		}
	}
	return passage.Voice{}, false
}

// personIn is the person that a paragraph before the questions names.
func (d *Doc) personIn(para int) passage.Voice {
	s := d.headUnits(para)
	for u := range s.Units {
		if s.Units[u].Kinds&grammar.PER != 0 && s.Units[u].Mention != nil && s.Units[u].Mention.Entity != nil {
			return d.speakerWith(&s, u)
		}
	}
	return passage.Voice{}
}

// givenNameIn is a name that opens with a given name, in a paragraph before the questions: "Hace un año que Lucía Benegas dirige ...".
func (d *Doc) givenNameIn(para int) passage.Voice {
	s := d.headUnits(para)
	if d.Paragraphs[para].Role == contrechamp.RoleMeta {
		return passage.Voice{} // who wrote it
	}
	for u := range s.Units {
		m := s.Units[u].Mention
		if m == nil || s.Units[u].Kinds&(grammar.NAME|grammar.PER) == 0 || s.Units[u].Kinds&(grammar.PLC|grammar.POL|grammar.ORG|grammar.AUT|grammar.CO) != 0 || m.Len() < 2 || m.Len() >= longestHeadName || !d.holdsGivenName(m) {
			continue
		}
		return d.speakerWith(&s, u)
	}
	return passage.Voice{}
}

// actingNameIn is a name of two words or more that a clause before the questions is said of: "Cotonou, 6 février. Firmin Agossou dirige ...".
func (d *Doc) actingNameIn(para int) passage.Voice {
	s := d.headUnits(para)
	if d.Paragraphs[para].Role != contrechamp.RoleBody {
		return passage.Voice{}
	}
	for u := range s.Units {
		m := s.Units[u].Mention
		if m != nil && s.Units[u].Kinds == grammar.NAME && m.Len() > 1 && m.Len() < longestHeadName && !naming.AllCapitals(d.Words(m.First, m.End)) && d.OpensClause(&s, u) && d.VerbBehind(&s, u) {
			return d.speakerWith(&s, u)
		}
	}
	return passage.Voice{}
}

// holdsGivenName reports whether a word of a name but its last is a given name: "Deputy Mayor Ruth Kowalchuk".
func (d *Doc) holdsGivenName(m *passage.Mention) bool {
	for t := m.First; t < m.End-1; t++ {
		if naming.GivenNames()[d.Fold[t]] {
			return true
		}
	}
	return false
}

// nameAtHead is a name of two words or more that opens a paragraph before the questions: "Ada Neri dirige ...", "Ada Neri: «...»".
func (d *Doc) nameAtHead(para int) passage.Voice {
	s := d.headUnits(para)
	if d.Paragraphs[para].Role == contrechamp.RoleMeta {
		return passage.Voice{} // the paper
	}
	const most = 2 // units before it: an office, a mark
	for u := 0; u < len(s.Units) && u <= most; u++ {
		if m := s.Units[u].Mention; m != nil && s.Units[u].Kinds == grammar.NAME && m.End-m.First > 1 && m.End-m.First < longestHeadName && !naming.AllCapitals(d.Words(m.First, m.End)) {
			return d.speakerWith(&s, u)
		}
	}
	return passage.Voice{}
}

// longestHeadName is how many tokens such a name has at most, with an office before it: "Commissaire Adama Ruel-Neri".
const longestHeadName = 7

// officeIn is the office that a paragraph before the questions names.
func (d *Doc) officeIn(para int) passage.Voice {
	s := d.headUnits(para)
	for u := range s.Units {
		if _, w := d.officeAt(&s, u); w > 0 {
			v, _, _ := d.roleSpeaker(&s, u)
			return v
		}
	}
	return passage.Voice{}
}

// headUnits are the units of a paragraph before the questions, up to where it says who asks: none where it is no more than furniture
// ("Cadre de vie | Urbanisme").
func (d *Doc) headUnits(para int) passage.Sentence {
	p := &d.Paragraphs[para]
	s := passage.Sentence{First: p.First, End: p.End, Para: para}
	if p.Silent && p.Role == contrechamp.RoleFurniture && !d.presentsSomebody(p) {
		return s
	}
	d.Units(&s, d.ByPara[para])
	for u := range s.Units {
		if d.In(s.Units[u].First, p.Grammar.Known.Interviewer) {
			s.Units = s.Units[:u] // "Propos recueillis par ..."
			break
		}
	}
	return s
}

// presentsSomebody reports whether a line is a name with an office: "Ada Neri, directrice de la sûreté".
func (d *Doc) presentsSomebody(p *passage.Paragraph) bool {
	t := p.First
	for t < p.End && (d.Tokens[t].Kind == word.Word && d.Tokens[t].Upper || d.Fold[t] == "-") {
		t++
	}
	const reach = 3 // tokens: an article, an adjective
	return t-p.First > 1 && t < p.End && d.Fold[t] == "," && d.Any(t, min(t+1+reach, p.End), p.Grammar.Known.Role) >= 0
}

// questions answers which paragraphs ask, and the first that does: -1 where too few do.
func (d *Doc) questions() (asking []bool, first int) {
	asking = make([]bool, len(d.Paragraphs))
	for i := range asking {
		asking[i] = !d.Paragraphs[i].Silent
	}
	for i := range d.Sentences {
		asking[d.Sentences[i].Para] = asking[d.Sentences[i].Para] && d.Asks(i)
	}
	questions, first := 0, -1
	for i := range asking {
		if asking[i] && d.Paragraphs[i].First < d.Paragraphs[i].End {
			questions++
			if first < 0 {
				first = i
			}
		}
	}
	if questions < minQuestions {
		if questions, first = d.askingAtEnd(); questions < fewestQuestions || !d.talk(linesUpTo(first)) {
			return nil, -1
		}
	}
	// a question may have a sentence before it: "You have 90 cameras. Why two drones?"
	for i := range d.Sentences {
		if p := &d.Paragraphs[d.Sentences[i].Para]; d.Asks(i) && d.Sentences[i].End == p.End && p.End-p.First <= longestQuestion {
			asking[d.Sentences[i].Para] = true
			first = min(first, d.Sentences[i].Para)
		}
	}
	d.unmarked(asking, first)
	d.lettered(asking, first)
	return asking, first
}

// askingAtEnd counts the short paragraphs whose last sentence asks.
func (d *Doc) askingAtEnd() (questions, first int) {
	first = -1
	for i := range d.Sentences {
		p := &d.Paragraphs[d.Sentences[i].Para]
		if d.Asks(i) && d.Sentences[i].End == p.End && p.End-p.First <= longestQuestion && !p.Silent {
			questions++
			if first < 0 {
				first = d.Sentences[i].Para
			}
		}
	}
	return questions, first
}

// linesUpTo lists the paragraphs before one.
func linesUpTo(para int) []int {
	var out []int
	for i := 0; i < para; i++ {
		out = append(out, i)
	}
	return out
}

// unmarked finds the questions without a mark ("And then there is the matter of cost..."), in an interview whose questions each open a
// block: a paragraph, a line break, the answer, an empty line.
func (d *Doc) unmarked(asking []bool, first int) {
	opens := func(i int) bool {
		return i+1 < len(asking) && d.opensBlock(i) && !d.opensBlock(i+1)
	}
	with, without := 0, 0
	for i := first; i < len(asking); i++ {
		if asking[i] && opens(i) {
			with++
		} else if asking[i] {
			without++
		}
	}
	if with < minQuestions || without > 0 {
		return
	}
	for i := first; i < len(asking); i++ {
		if p := &d.Paragraphs[i]; opens(i) && p.End-p.First <= longestQuestion {
			asking[i] = true
		}
	}
}

// lettered finds the questions without a mark by the letter or the name that stands before those with one: "Q. And the cost, then."
func (d *Doc) lettered(asking []bool, first int) {
	often, asked := map[string]int{}, map[string]int{}
	for i := first; i < len(asking); i++ {
		if end := d.labelEnd(i); end > 0 {
			often[d.labelWords(i, end)]++
			if asking[i] {
				asked[d.labelWords(i, end)]++
			}
		}
	}
	for i := first; i < len(asking); i++ {
		if end := d.labelEnd(i); end > 0 && !asking[i] {
			words := d.labelWords(i, end)
			asking[i] = asked[words] > 1 && 3*asked[words] >= 2*often[words]
		}
	}
}

// opensBlock reports whether an empty line stands before a paragraph.
func (d *Doc) opensBlock(para int) bool {
	if para == 0 || d.Paragraphs[para].First >= len(d.Tokens) || d.Paragraphs[para].First == 0 {
		return true
	}
	t := d.Paragraphs[para].First
	return strings.Count(d.Body[d.Tokens[t-1].End:d.Tokens[t].Start], "\n") > 1
}

// answering is whom the label of an answer names: "Ana Ruiz: Since 2014".
func (d *Doc) answering(asking []bool, first int) passage.Voice {
	for i := first + 1; i < len(asking); i++ {
		p := &d.Paragraphs[i]
		if asking[i] || p.Silent || !asking[i-1] {
			continue
		}
		colon := p.First
		for colon < min(p.End, p.First+longestLabel) && d.Fold[colon] != ":" && d.Fold[colon] != "." {
			colon++
		}
		if colon == p.First || colon+1 >= p.End || d.Fold[colon] != ":" && d.Fold[colon] != "." || !d.Tokens[p.First].Upper {
			continue
		}
		s := passage.Sentence{First: p.First, End: colon, Para: i}
		d.Units(&s, d.ByPara[i])
		if len(s.Units) == 1 && s.Units[0].Kinds&(grammar.PER|grammar.NAME) != 0 && s.Units[0].End-s.Units[0].First > 1 {
			v := d.speakerWith(&s, 0)
			if d.Fold[colon] == "." && !d.namedBefore(d.Words(s.Units[0].First, s.Units[0].End), first) {
				continue // an answer: "Ada Neri. And old maps."
			}
			return v
		}
	}
	return passage.Voice{}
}

// interviewed is whom a paragraph before the questions says that the talk is with: "Entretien avec la préposée à ...", whoever it is.
func (d *Doc) interviewed(para int) passage.Voice {
	k := &d.Paragraphs[para].Grammar.Known
	s := d.headUnits(para)
	for u := range s.Units {
		t := s.Units[u].First
		n := d.Is(t, k.Interview)
		if n == 0 {
			continue
		}
		const reach = 9 // units: "Trois questions (et un peu plus) à"
		from := d.UnitAt(&s, t+n)
		for at := max(from, 1); at < len(s.Units) && at < from+reach; at++ {
			if d.Fold[s.Units[at].First] == "(" {
				for at < len(s.Units) && d.Fold[s.Units[at].First] != ")" {
					at++
				}
				continue
			}
			if s.Units[at-1].Mention == nil && (d.In(s.Units[at-1].First, k.TalkAbout) || d.In(s.Units[at-1].First, k.Locative) && !d.In(s.Units[at-1].First, k.TalkTo)) {
				break // "Ein Gespräch über Kreide", "Gespräch im Quartiermagazin"
			}
			if before := s.Units[at-1].First; s.Units[at-1].Mention != nil || !d.In(before, k.Preposition) && !d.In(before, k.Article) && d.Fold[before] != ":" {
				continue
			}
			if s.Units[at].Kinds&(grammar.PER|grammar.NAME) != 0 && s.Units[at].Mention != nil {
				return d.speakerWith(&s, at)
			}
			if d.Tokens[s.Units[at].First].Kind != word.Word || d.In(s.Units[at].First, k.Preposition) {
				continue
			}
			noun, ok := d.nounFrom(&s, at, len(s.Units), true)
			if !ok {
				continue
			}
			v := d.nounVoice(&s, noun)
			if noun.end+1 < len(s.Units) && s.Units[noun.end].Comma && s.Units[noun.end+1].Kinds&(grammar.PER|grammar.NAME) != 0 {
				d.calledBy(&v, s.Units[noun.end+1].First, s.Units[noun.end+1].End)
			}
			return v
		}
	}
	return passage.Voice{}
}
