package claim

import (
	"strings"
	"sync"

	contrechamp "contrechamp.org/contrechamp"
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
func (d *speechDoc) interview() {
	asking, first := d.questions()
	if first < 0 || d.headSays(func(k *knownClasses) int32 { return k.bidders }) {
		return
	}
	v := d.whoAnswers(asking, first)
	if v.speaker == nil {
		return
	}
	quoted := d.quotesAnswers(asking, first)
	for i := range d.sents {
		s := &d.sents[i]
		if quoted && !d.quotedWhole(s.para) {
			continue
		}
		if (s.para > first || quoted) && !asking[s.para] && len(s.voices) == 0 && d.fold[s.first] != "(" {
			s.voices = append(s.voices, v.over(s.first, s.end))
		}
	}
}

// quotesAnswers reports whether the answers of an interview stand in quotation marks, paragraph by paragraph: what stands in none is then no
// answer.
func (d *speechDoc) quotesAnswers(asking []bool, first int) bool {
	quoted, answers := 0, 0
	for i := first + 1; i < len(d.paras); i++ {
		if asking[i] || d.paras[i].silent || d.paras[i].first >= d.paras[i].end {
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
func (d *speechDoc) quotedWhole(para int) bool {
	p := &d.paras[para]
	last := p.end - 1
	for last > p.first && d.toks[last].Kind != word.Word && d.quoted[last] == 0 {
		last--
	}
	return p.first < p.end && d.quoted[p.first] > 0 && d.quoted[last] == d.quoted[p.first]
}

// whoAnswers is whom an interview is with: whom its head says so of, or the label of an answer, or whom a question addresses, else the person,
// and last the office, that the head names.
func (d *speechDoc) whoAnswers(asking []bool, first int) voice {
	heads := make([]int, 0, first)
	for i := first - 1; i >= 0; i-- { // headings, the nearest first
		if d.paras[i].role != contrechamp.RoleBody {
			heads = append(heads, i)
		}
	}
	for i := 0; i < first; i++ {
		if d.paras[i].role == contrechamp.RoleBody {
			heads = append(heads, i)
		}
	}
	find := func(who func(para int) voice) voice {
		for _, i := range heads {
			if v := who(i); v.speaker != nil {
				return d.wholly(v, i, heads)
			}
		}
		return voice{}
	}
	if v := find(d.interviewed); v.speaker != nil {
		return v
	}
	if v := d.answering(asking, first); v.speaker != nil {
		return v
	}
	if v := d.addressed(asking, first); v.speaker != nil {
		return v
	}
	if v := find(d.personIn); v.speaker != nil {
		return v
	}
	if v := find(d.givenNameIn); v.speaker != nil {
		return v
	}
	if v := find(d.actingNameIn); v.speaker != nil {
		return v
	}
	if d.talk(heads) {
		if v := find(d.nameAtHead); v.speaker != nil {
			return v
		}
	}
	if v := find(d.officeIn); v.speaker != nil || !d.talk(heads) {
		return v
	}
	return find(d.nounAtHead)
}

// namedBefore reports whether a name stands in a paragraph before one.
func (d *speechDoc) namedBefore(name string, para int) bool {
	for i := 0; i < para; i++ {
		p := &d.paras[i]
		if p.first < p.end && strings.Contains(d.words(p.first, p.end), name) {
			return true
		}
	}
	return false
}

// nounAtHead is the noun phrase that opens a paragraph before the questions: "L'historienne revient de ..."
func (d *speechDoc) nounAtHead(para int) voice {
	s := d.headUnits(para)
	if d.paras[para].role != contrechamp.RoleBody || len(s.units) == 0 {
		return voice{}
	}
	p, ok := d.nounFrom(&s, 0, min(len(s.units), longestLabel), false)
	if !ok || s.units[p.short-1].kinds&(kDEV|kCAP|kPRD) != 0 {
		return voice{}
	}
	return d.nounVoice(&s, p)
}

// talk reports whether one of those paragraphs says that the text is an interview, and not questions that are often asked.
func (d *speechDoc) talk(heads []int) bool {
	for _, i := range heads {
		p := &d.paras[i]
		if d.any(p.first, p.end, p.g.known.interview) >= 0 || d.any(p.first, p.end, p.g.known.interviewer) >= 0 {
			return true
		}
	}
	return false
}

// wholly adds what the head says besides of whom paragraph para names: the office, there or in another line, and the name where it is an
// office that was found ("Lucía Peralta: «...»" over "La directora de Movilidad defiende ...").
func (d *speechDoc) wholly(v voice, para int, heads []int) voice {
	person := v.kinds&(kPER|kNAME) != 0
	if o := d.officeIn(para); o.speaker != nil {
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
		if o := d.officeIn(i); o.speaker != nil {
			return withOffice(v, o)
		}
	}
	return v
}

// withPerson adds the person whom the head names to an office.
func (d *speechDoc) withPerson(v voice, heads []int) voice {
	for _, who := range []func(int) voice{d.personIn, d.nameAtHead} {
		for _, i := range heads {
			if p := who(i); p.speaker != nil {
				v.alsoCalled(p.speaker.Names...)
				return v
			}
		}
	}
	return v
}

// withOffice adds the office that a paragraph names beside the person that it introduces: "Ada Neri, directrice de ...".
func withOffice(v, office voice) voice {
	for _, n := range office.speaker.Names {
		if len(v.speaker.Names) == 0 || !strings.HasPrefix(strings.ToLower(n), strings.ToLower(v.speaker.Names[0])) {
			v.alsoCalled(n)
		}
	}
	if v.speaker.ID == "" {
		v.speaker.ID = office.speaker.ID
	}
	return v
}

// addressed is whom a question addresses by name: "Frau Wollin, wie viele ...".
func (d *speechDoc) addressed(asking []bool, first int) voice {
	whole := sync.OnceValue(d.wholeNames)
	for i := first; i < len(asking); i++ {
		p := &d.paras[i]
		if !asking[i] || p.silent {
			continue
		}
		t := p.first
		n := d.is(t, p.g.known.title)
		t += n
		for t < p.end && d.fold[t] == "." {
			t++
		}
		end := t
		for end < p.end && end < t+3 && d.toks[end].Kind == word.Word && d.toks[end].Upper && !d.in(end, p.g.known.notName) {
			end++
		}
		if end == t && n > 0 && end < p.end {
			if v, ok := d.addressedOffice(i); ok {
				return v
			}
		}
		if end == t || end >= p.end || d.fold[end] != "," {
			continue
		}
		v := voice{speaker: &contrechamp.Speaker{}}
		d.fullName(&v, t, end, whole())
		if len(v.speaker.Names) == 0 && n == 0 {
			continue // a place, or anything: "À Lyon, ..."
		}
		v.speaker.Names = append(v.speaker.Names, d.words(t, end))
		return v
	}
	return voice{}
}

// addressedOffice is the office that a question addresses: "Monsieur le directeur, combien ..."
func (d *speechDoc) addressedOffice(para int) (voice, bool) {
	const most = 4 // units before it
	p := &d.paras[para]
	s := sentence{first: p.first, end: p.end, para: para}
	d.units(&s, d.byPara[para])
	for u := 0; u < len(s.units) && u <= most && !s.units[u].comma; u++ {
		if _, w := d.officeAt(&s, u); w > 0 {
			v, _, ok := d.roleSpeaker(&s, u)
			return v, ok
		}
	}
	return voice{}, false
}

// personIn is the person that a paragraph before the questions names.
func (d *speechDoc) personIn(para int) voice {
	s := d.headUnits(para)
	for u := range s.units {
		if s.units[u].kinds&kPER != 0 && s.units[u].mention != nil && s.units[u].mention.entity != nil {
			return d.speakerWith(&s, u)
		}
	}
	return voice{}
}

// givenNameIn is a name that opens with a given name, in a paragraph before the questions: "Hace un año que Lucía Benegas dirige ...".
func (d *speechDoc) givenNameIn(para int) voice {
	s := d.headUnits(para)
	if d.paras[para].role == contrechamp.RoleMeta {
		return voice{} // who wrote it
	}
	for u := range s.units {
		m := s.units[u].mention
		if m == nil || s.units[u].kinds&(kNAME|kPER) == 0 || s.units[u].kinds&(kPLC|kPOL|kORG|kAUT|kCO) != 0 || m.len() < 2 || m.len() >= longestHeadName || !d.holdsGivenName(m) {
			continue
		}
		return d.speakerWith(&s, u)
	}
	return voice{}
}

// actingNameIn is a name of two words or more that a clause before the questions is said of: "Cotonou, 6 février. Firmin Agossou dirige ...".
func (d *speechDoc) actingNameIn(para int) voice {
	s := d.headUnits(para)
	if d.paras[para].role != contrechamp.RoleBody {
		return voice{}
	}
	for u := range s.units {
		m := s.units[u].mention
		if m != nil && s.units[u].kinds == kNAME && m.len() > 1 && m.len() < longestHeadName && !allCapitals(d.words(m.first, m.end)) && d.opensClause(&s, u) && d.verbBehind(&s, u) {
			return d.speakerWith(&s, u)
		}
	}
	return voice{}
}

// holdsGivenName reports whether a word of a name but its last is a given name: "Deputy Mayor Ruth Kowalchuk".
func (d *speechDoc) holdsGivenName(m *mention) bool {
	for t := m.first; t < m.end-1; t++ {
		if givenNames()[d.fold[t]] {
			return true
		}
	}
	return false
}

// nameAtHead is a name of two words or more that opens a paragraph before the questions: "Ada Neri dirige ...", "Ada Neri: «...»".
func (d *speechDoc) nameAtHead(para int) voice {
	s := d.headUnits(para)
	if d.paras[para].role == contrechamp.RoleMeta {
		return voice{} // the paper
	}
	const most = 2 // units before it: an office, a mark
	for u := 0; u < len(s.units) && u <= most; u++ {
		if m := s.units[u].mention; m != nil && s.units[u].kinds == kNAME && m.end-m.first > 1 && m.end-m.first < longestHeadName && !allCapitals(d.words(m.first, m.end)) {
			return d.speakerWith(&s, u)
		}
	}
	return voice{}
}

// longestHeadName is how many tokens such a name has at most, with an office before it: "Commissaire Adama Ruel-Neri".
const longestHeadName = 7

// officeIn is the office that a paragraph before the questions names.
func (d *speechDoc) officeIn(para int) voice {
	s := d.headUnits(para)
	for u := range s.units {
		if _, w := d.officeAt(&s, u); w > 0 {
			v, _, _ := d.roleSpeaker(&s, u)
			return v
		}
	}
	return voice{}
}

// headUnits are the units of a paragraph before the questions, up to where it says who asks: none where it is no more than furniture
// ("Cadre de vie | Urbanisme").
func (d *speechDoc) headUnits(para int) sentence {
	p := &d.paras[para]
	s := sentence{first: p.first, end: p.end, para: para}
	if p.silent && p.role == contrechamp.RoleFurniture && !d.presentsSomebody(p) {
		return s
	}
	d.units(&s, d.byPara[para])
	for u := range s.units {
		if d.in(s.units[u].first, p.g.known.interviewer) {
			s.units = s.units[:u] // "Propos recueillis par ..."
			break
		}
	}
	return s
}

// presentsSomebody reports whether a line is a name with an office: "Ada Neri, directrice de la sûreté".
func (d *speechDoc) presentsSomebody(p *paragraph) bool {
	t := p.first
	for t < p.end && (d.toks[t].Kind == word.Word && d.toks[t].Upper || d.fold[t] == "-") {
		t++
	}
	const reach = 3 // tokens: an article, an adjective
	return t-p.first > 1 && t < p.end && d.fold[t] == "," && d.any(t, min(t+1+reach, p.end), p.g.known.role) >= 0
}

// questions answers which paragraphs ask, and the first that does: -1 where too few do.
func (d *speechDoc) questions() (asking []bool, first int) {
	asking = make([]bool, len(d.paras))
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
		if questions, first = d.askingAtEnd(); questions < fewestQuestions || !d.talk(linesUpTo(first)) {
			return nil, -1
		}
	}
	// a question may have a sentence before it: "You have 90 cameras. Why two drones?"
	for i := range d.sents {
		if p := &d.paras[d.sents[i].para]; d.asks(i) && d.sents[i].end == p.end && p.end-p.first <= longestQuestion {
			asking[d.sents[i].para] = true
			first = min(first, d.sents[i].para)
		}
	}
	d.unmarked(asking, first)
	d.lettered(asking, first)
	return asking, first
}

// askingAtEnd counts the short paragraphs whose last sentence asks.
func (d *speechDoc) askingAtEnd() (questions, first int) {
	first = -1
	for i := range d.sents {
		p := &d.paras[d.sents[i].para]
		if d.asks(i) && d.sents[i].end == p.end && p.end-p.first <= longestQuestion && !p.silent {
			questions++
			if first < 0 {
				first = d.sents[i].para
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
func (d *speechDoc) unmarked(asking []bool, first int) {
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
		if p := &d.paras[i]; opens(i) && p.end-p.first <= longestQuestion {
			asking[i] = true
		}
	}
}

// lettered finds the questions without a mark by the letter or the name that stands before those with one: "Q. And the cost, then."
func (d *speechDoc) lettered(asking []bool, first int) {
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
func (d *speechDoc) opensBlock(para int) bool {
	if para == 0 || d.paras[para].first >= len(d.toks) || d.paras[para].first == 0 {
		return true
	}
	t := d.paras[para].first
	return strings.Count(d.body[d.toks[t-1].End:d.toks[t].Start], "\n") > 1
}

// answering is whom the label of an answer names: "Ana Ruiz: Since 2014".
func (d *speechDoc) answering(asking []bool, first int) voice {
	for i := first + 1; i < len(asking); i++ {
		p := &d.paras[i]
		if asking[i] || p.silent || !asking[i-1] {
			continue
		}
		colon := p.first
		for colon < min(p.end, p.first+longestLabel) && d.fold[colon] != ":" && d.fold[colon] != "." {
			colon++
		}
		if colon == p.first || colon+1 >= p.end || d.fold[colon] != ":" && d.fold[colon] != "." || !d.toks[p.first].Upper {
			continue
		}
		s := sentence{first: p.first, end: colon, para: i}
		d.units(&s, d.byPara[i])
		if len(s.units) == 1 && s.units[0].kinds&(kPER|kNAME) != 0 && s.units[0].end-s.units[0].first > 1 {
			v := d.speakerWith(&s, 0)
			if d.fold[colon] == "." && !d.namedBefore(d.words(s.units[0].first, s.units[0].end), first) {
				continue // an answer: "Ada Neri. And old maps."
			}
			return v
		}
	}
	return voice{}
}

// interviewed is whom a paragraph before the questions says that the talk is with: "Entretien avec la préposée à ...", whoever it is.
func (d *speechDoc) interviewed(para int) voice {
	k := &d.paras[para].g.known
	s := d.headUnits(para)
	for u := range s.units {
		t := s.units[u].first
		n := d.is(t, k.interview)
		if n == 0 {
			continue
		}
		const reach = 9 // units: "Trois questions (et un peu plus) à"
		from := d.unitAt(&s, t+n)
		for at := max(from, 1); at < len(s.units) && at < from+reach; at++ {
			if d.fold[s.units[at].first] == "(" {
				for at < len(s.units) && d.fold[s.units[at].first] != ")" {
					at++
				}
				continue
			}
			if s.units[at-1].mention == nil && (d.in(s.units[at-1].first, k.talkAbout) || d.in(s.units[at-1].first, k.locative) && !d.in(s.units[at-1].first, k.talkTo)) {
				break // "Ein Gespräch über Kreide", "Gespräch im Quartiermagazin"
			}
			if before := s.units[at-1].first; s.units[at-1].mention != nil || !d.in(before, k.preposition) && !d.in(before, k.article) && d.fold[before] != ":" {
				continue
			}
			if s.units[at].kinds&(kPER|kNAME) != 0 && s.units[at].mention != nil {
				return d.speakerWith(&s, at)
			}
			if d.toks[s.units[at].first].Kind != word.Word || d.in(s.units[at].first, k.preposition) {
				continue
			}
			noun, ok := d.nounFrom(&s, at, len(s.units), true)
			if !ok {
				continue
			}
			v := d.nounVoice(&s, noun)
			if noun.end+1 < len(s.units) && s.units[noun.end].comma && s.units[noun.end+1].kinds&(kPER|kNAME) != 0 {
				d.calledBy(&v, s.units[noun.end+1].first, s.units[noun.end+1].end)
			}
			return v
		}
	}
	return voice{}
}
