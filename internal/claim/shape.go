package claim

import (
	"slices"
	"strings"
	"unicode/utf8"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// maxName is how many tokens a name found by its shape may have.
const maxName = 9

// shapes finds names that the lexicon does not know by their capitals and by what stands around them: "la société
// X", "X, a firm", "X Technologies", "le logiciel X", "Y, spokesman".
func (d *namingDoc) shapes(p *paragraph, found []*mention) []*mention {
	d.covered = sized(d.covered, p.end-p.first)
	covered := d.covered
	for _, m := range found {
		for t := m.first; t < m.end; t++ {
			if c := covered[t-p.first]; c == nil || m.len() > c.len() {
				covered[t-p.first] = m
			}
		}
	}
	start := p.first // of the sentence
	for t := p.first; t < p.end; t++ {
		d.steps++
		if t > p.first && (d.fullStop[t-1] || d.fold[t-1] == "•") {
			start = t
		}
		if end := d.code(p, t); end > 0 {
			m := d.mention(mention{first: t, end: end, kinds: kPRD, shaped: true, rank: 5})
			m.entity = d.made(contrechamp.KindProduct, d.words(t, end))
			found = append(found, m)
			t = end - 1
			continue
		}
		if end := d.quotedName(p, t); end > 0 {
			if m := d.quotedMention(p, t, end, covered); m != nil {
				found = append(found, m)
				t = end - 1
				continue
			}
		}
		if !d.capital(p, t) || t == start && d.verbBeforeName(p, t) {
			continue
		}
		if c := covered[t-p.first]; c != nil && (c.kinds&(kDAT|kMON|kPCT|kNUM) != 0) {
			t = c.end - 1
			continue
		}
		end := d.nameEnd(p, t, covered)
		if name, form, ok := d.legalForm(p, t, end); ok {
			if c := covered[t-p.first]; c == nil || c.kinds&kCO == 0 || c.end < name {
				found = append(found, d.legalFirm(t, name, form))
			}
			t = form - 1
			continue
		}
		if m := d.shape(p, t, end, start, covered); m != nil {
			found = append(found, m)
		}
		t = end - 1
	}
	return found
}

// code returns the end of a product code at t: letters and digits joined by hyphens and slashes, "DS-2CD7A2XYZ-JM/RX".
func (d *namingDoc) code(p *paragraph, t int) int {
	if !d.toks[t].Upper || t+1 >= p.end || d.toks[t+1].Start != d.toks[t].End {
		return 0
	}
	end, digits, joints := t+1, false, 0
	for end < p.end && d.toks[end].Start == d.toks[end-1].End && end-t < 2*maxName {
		tok := d.toks[end]
		w := tok.Of(d.body)
		if tok.Kind == word.Punct {
			if w != "-" && w != "/" || end+1 >= p.end || d.toks[end+1].Start != tok.End || d.toks[end+1].Kind == word.Punct {
				break
			}
			joints++
		} else if strings.ToUpper(w) != w {
			return 0
		} else {
			digits = digits || strings.ContainsAny(w, "0123456789")
		}
		end++
	}
	first := d.toks[t].Of(d.body)
	digits = digits || strings.ContainsAny(first, "0123456789")
	if !digits || joints == 0 || strings.ToUpper(first) != first || d.toks[end-1].End-d.toks[t].Start < 6 && len(first) < 3 {
		return 0
	}
	return end
}

// shape decides what the capitals [t, end) name, nil for nothing worth a mention. start is the sentence's start.
func (d *namingDoc) shape(p *paragraph, t, end, start int, covered []*mention) *mention {
	whole := mention{first: t, end: end, shaped: true, rank: 1}
	k := &p.g.known
	if c := covered[t-p.first]; c != nil && c.first == t && c.end == end {
		return nil
	}
	name := d.words(t, end)
	atStart := t == start || t > 0 && t-1 == start && d.toks[start].Kind == word.Punct
	if title := allCapitals(name); title && end-t > 4 {
		return nil
	}
	// a name of the lexicon inside wins unless the rest of the name makes it another one
	holds := slices.ContainsFunc(covered[t-p.first:end-p.first], func(c *mention) bool { return c != nil && c.kinds&(kCO|kPRD|kPRG|kORG|kAUT) != 0 && !c.weak })
	firmEnd := d.in(end-1, k.firmName) && end-t > 1
	orgWord := d.any(t, end, k.orgName) >= 0 && end-t > 1
	switch {
	case holds && !firmEnd:
		if m := d.branch(t, end, covered[t-p.first], covered[end-1-p.first]); m != nil {
			return m
		}
		return d.modelBehind(p, t, end, covered)
	case orgWord && p.g.adjectiveBefore && end-t > 2 && k.nameHead != noClass && d.in(end-1, k.nameHead):
		// "Davao City Surveillance Project"
		whole.kinds, whole.entity, whole.rank = kNAME|kPRG, d.made(contrechamp.KindProgramme, name), 2
	case orgWord:
		// names of associations go on: "Ligue des droits et libertés" is taken by bodies()
		whole.end = d.orgEnd(p, t, end)
		whole.kinds, whole.entity = kORG, d.made(contrechamp.KindOrganisation, d.words(t, whole.end))
	case firmEnd && !holds && d.productBehind(p, end) && !d.firmBefore(p, t):
		whole.kinds, whole.entity = kNAME|kPRD, d.made(contrechamp.KindProduct, name) // "Visitor Analytics, a program by ..."
		whole.rank = 4
	case firmEnd, d.firmBefore(p, t), d.firmBehind(p, end, atStart), d.firmApposed(p, t, end):
		whole.kinds, whole.entity = kCO|d.groupBefore(p, t), d.made(contrechamp.KindCompany, name)
		whole.rank = 4
		d.shortFirm(t, end)
		if c := covered[t-p.first]; c != nil && c.first == t && c.kinds&kCO != 0 && c.entity != nil && c.end < end {
			addName(whole.entity, c.entity.Name) // "Hikvision Maroc" is called Hikvision too
		}
	case d.venue(p, t, end):
		whole.kinds, whole.entity = kPLC, d.made(contrechamp.KindPlace, name)
		whole.rank = 3
	case d.behindTitle(p, t, end) > t:
		whole.first = d.behindTitle(p, t, end)
		whole.kinds, whole.entity = kPER, d.made(contrechamp.KindPerson, d.words(whole.first, end))
		whole.rank = 3
	case d.person(p, t, end):
		whole.kinds, whole.entity = kPER, d.made(contrechamp.KindPerson, name)
		whole.rank = 3
	case d.productBehind(p, end), d.productBefore(p, t, end) && covered[t-p.first] == nil:
		whole.kinds, whole.entity = kNAME|kPRD, d.made(contrechamp.KindProduct, name)
		whole.rank = 2
	case t > p.first && d.in(d.pastQuote(p, t)-1, k.productNoun) && (!p.g.nounsCapital || end-t > 1 || nameLike(name) || d.quoted[t] > 0 || d.capitals[d.fold[t]].often > 1):
		whole.kinds, whole.entity = kNAME|kPRD, d.made(contrechamp.KindProduct, name)
	case covered[t-p.first] != nil || covered[end-1-p.first] != nil:
		return nil
	case atStart && end-t == 1 && !d.elsewhere(t) && !d.isTitleFirm(t, end):
		return nil
	case p.g.nounsCapital && end-t == 1 && !nameLike(name) && d.quoted[t] == 0 && !d.shortFirms[d.fold[t]]:
		return nil
	case d.headline(p) && d.quoted[t] == 0 && d.ofCommonWords(t, end), d.portfolio(p, t):
		return nil
	default:
		whole.kinds, whole.entity, whole.weak = kNAME, nil, atStart
		whole.rank = 0
	}
	return d.mention(whole)
}

// branch is a known association with the place of its branch behind it, in [t, end): "Amnesty Kenya". nil for anything else.
func (d *namingDoc) branch(t, end int, of, place *mention) *mention {
	if of == nil || place == nil || of.first != t || of.kinds&^(kORG|kAUT) != 0 || of.weak || of.entity == nil || place.kinds&kPLC == 0 || place.first != of.end || place.end != end {
		return nil
	}
	return d.mention(mention{first: t, end: end, kinds: of.kinds, rank: 4, within: place, entity: d.made(of.entity.Kind, d.words(t, end), of.entity.Name)})
}

// modelBehind is what a firm calls its product, where its name stands behind the firm's and a word for devices says what it is: "un drone DJI
// Matrice 30T", "DJI Mavic models".
func (d *namingDoc) modelBehind(p *paragraph, t, end int, covered []*mention) *mention {
	c := covered[t-p.first]
	if c == nil || c.first != t || c.end >= end || c.kinds&kCO == 0 || c.weak || c.entity == nil {
		return nil
	}
	k := &p.g.known
	model := end
	for model < p.end && model < end+2 && d.toks[model].Kind == word.Number && d.toks[model].Start == d.toks[model-1].End+1 && d.toks[model].End-d.toks[model].Start <= 4 {
		model++
	}
	device := func(t int) bool {
		return d.sets[t].meets(&k.deviceSet) || d.in(t, k.productNoun) || d.in(t, k.weakDevices)
	}
	numbered := model > end || strings.ContainsAny(d.words(c.end, end), "0123456789")
	if !(t > p.first && device(t-1)) && !(model < p.end && device(model)) && !(numbered && t > p.first && d.in(t-1, k.article)) {
		return nil
	}
	name := d.words(c.end, model)
	return d.mention(mention{first: c.end, end: model, kinds: kPRD, shaped: true, rank: 4, entity: d.made(contrechamp.KindProduct, name, c.entity.Name+" "+name)})
}

// orgEnd returns the end of an association's name that goes on behind a preposition: "Gulf Centre for Digital Rights".
func (d *namingDoc) orgEnd(p *paragraph, t, end int) int {
	k := &p.g.known
	for end-t < maxName {
		n := end
		for n < p.end && n < end+2 && (d.in(n, k.of) && d.fold[n] != "in" || n > end && d.in(n, k.article)) {
			n++
		}
		if n == end || n >= p.end || !d.capital(p, n) {
			break
		}
		end = d.nameEnd(p, n, nil)
	}
	return end
}

// allCapitals reports whether no letter is small.
func allCapitals(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= utf8.RuneSelf:
			return strings.ToUpper(s) == s
		case 'a' <= c && c <= 'z':
			return false
		}
	}
	return true
}

// elsewhere reports whether a word at the head of a sentence is a name: it has its capital inside a sentence too, or
// an apposition follows.
func (d *namingDoc) elsewhere(t int) bool {
	if t+1 < len(d.toks) && d.fold[t+1] == "," && t+2 < len(d.toks) {
		switch d.fold[t+2] {
		case "qui", "une", "un", "which", "who", "a", "an", "whose", "dont":
			return true
		}
	}
	return d.capitals[d.fold[t]].inside
}

// capitals says how a word stands with a capital.
type capitals struct {
	often  int
	inside bool // a sentence
}

// collectCapitals notes how words stand with a capital.
func (d *namingDoc) collectCapitals() {
	for i := range d.paras {
		p := &d.paras[i]
		for t := p.first; t < p.end; t++ {
			if t == 0 || !d.toks[t].Upper {
				continue
			}
			c := d.capitals[d.fold[t]]
			c.often++
			c.inside = c.inside || t > p.first && d.toks[t-1].Kind == word.Word
			d.capitals[d.fold[t]] = c
		}
	}
}

// venue reports whether the capitals [t, end) name a stadium, an airport, a campus: a word for one is among them, or stands
// right before a single name ("stade Bollaert", "estadio El Sadar"). Something can stand there, as in a town.
func (d *namingDoc) venue(p *paragraph, t, end int) bool {
	k := &p.g.known
	if p.g.nounsCapital {
		return false
	}
	if end-t >= 2 && (d.any(end-1, end, k.venue) >= 0 || d.any(t, t+1, k.venue) >= 0) && d.any(t, end, k.firmName) < 0 && d.any(t, end, k.orgName) < 0 {
		return true
	}
	return t > p.first && !d.toks[t-1].Upper && d.in(t-1, k.venue) && !d.in(t-1, k.state) && !d.in(t-1, k.town) && d.toks[t-1].End+1 == d.toks[t].Start
}

// behindTitle returns where a person's name starts behind the title or office that the capitals [t, end) open with, "Mme Dupont",
// "Councillor Brown"; t where they open with none.
func (d *namingDoc) behindTitle(p *paragraph, t, end int) int {
	k := &p.g.known
	n := d.is(t, k.title)
	if n == 0 && !p.g.nounsCapital {
		n = d.is(t, k.role)
	}
	const longest = 3
	if n == 0 || t+n >= end || end-t-n > longest {
		return t
	}
	for m := t + n; m < end; m++ {
		if d.in(m, k.orgName) || d.in(m, k.firmName) || d.in(m, k.venue) || d.in(m, k.role) || d.bodyKind(p, m, m+1) != 0 {
			return t
		}
	}
	return t + n
}

// roleBefore reports whether a role with an adjective of its own ends at n: "la conseillère municipale", "députée européenne".
func (d *namingDoc) roleBefore(p *paragraph, n int) bool {
	const adjectives = 2
	for i := 0; i < adjectives && n > p.first && d.adjective(p, n); i++ {
		if n--; d.in(n, p.g.known.role) {
			return true
		}
	}
	return false
}

// endsWith reports whether words of a class, one or several, end at n.
func (d *namingDoc) endsWith(p *paragraph, n int, class int32) bool {
	const longest = 5
	for first := n; first >= p.first && first > n-longest; first-- {
		if d.in(first, class) && first+d.is(first, class) == n+1 {
			return true
		}
	}
	return false
}

// person reports whether [t, end) is a person's name: two to four capitals beside a title or a role.
func (d *namingDoc) person(p *paragraph, t, end int) bool {
	k := &p.g.known
	if t > p.first && d.in(t-1, k.title) || t > p.first+1 && d.fold[t-1] == "." && d.in(t-2, k.title) {
		return true
	}
	if end-t > 6 {
		return false
	}
	if t > p.first {
		n := t - 1
		if d.fold[n] == "," && n > p.first {
			n--
		}
		if d.in(n, k.role) {
			return true
		}
		if end-t > 1 && n == t-1 && d.roleBefore(p, n) {
			return true
		}
	}
	if end-t < 2 || end+1 >= p.end {
		return false
	}
	if givenNames()[d.fold[t]] && end-t <= maxPersonWords && (d.in(end, k.said) || t > p.first && k.selon != noClass && d.endsWith(p, t-1, k.selon)) {
		return true
	}
	if d.fold[end] == "," {
		n := end + 1
		for m := n; m < p.end && m < n+3; m++ {
			if d.in(m, k.role) {
				return true
			}
		}
	}
	return false
}
