package claim

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// maxName is how many tokens a name found by its shape may have.
const maxName = 9

// shapes finds names that the lexicon does not know by their capitals and by what stands around them: "la société
// X", "X, a firm", "X Technologies", "le logiciel X", "Y, spokesman".
func (d *doc) shapes(p *paragraph, found []*mention) []*mention {
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

// capital reports whether a name may start or go on at t.
func (d *doc) capital(p *paragraph, t int) bool {
	tok := d.toks[t]
	if tok.Kind != word.Word || !tok.Upper && !d.camel(t) || strings.HasSuffix(d.fold[t], "'") {
		return false
	}
	if d.is(t, p.g.known.notName) > 0 && !d.withinName(p, t) && !(d.is(t, p.g.known.firmName) > 0 && t > p.first && d.toks[t-1].Upper && tok.End-tok.Start > 1 && allCapitals(tok.Of(d.body))) {
		return false
	}
	return !p.g.nounsCapital || !d.commonNoun(p, t) || t+1 < p.end && legalForms[d.fold[t+1]] && d.toks[t+1].Upper
}

// camel reports whether a word has a small letter first and a capital behind it: "iCetana".
func (d *doc) camel(t int) bool {
	const least = 5
	w := d.toks[t].Of(d.body)
	if len(w) < least || w[0] < 'a' || w[0] > 'z' {
		return false
	}
	for i := 1; i <= 2; i++ {
		if 'A' <= w[i] && w[i] <= 'Z' && 'a' <= w[i+1] && w[i+1] <= 'z' {
			return true
		}
	}
	return false
}

// withinName reports whether a word that is no name as a rule ("Face", "Live") opens one here: its capital stands inside a
// sentence, behind a plain word, and another capital follows: "se nomme Face Pay".
func (d *doc) withinName(p *paragraph, t int) bool {
	if p.role != contrechamp.RoleBody || p.g.nounsCapital || t == p.first || t+1 >= p.end {
		return false
	}
	before, next := d.toks[t-1], d.toks[t+1]
	return before.Kind == word.Word && !before.Upper && before.End < d.toks[t].Start && next.Kind == word.Word && next.Upper &&
		d.is(t+1, p.g.known.notName) == 0 && next.Start == d.toks[t].End+1
}

// commonNoun reports whether the grammar knows the word at t, in a language that gives every noun a capital: what it
// knows is no name, but for the words that stand within names.
func (d *doc) commonNoun(p *paragraph, t int) bool {
	k := &p.g.known
	for _, h := range d.known[t].hits {
		if h.class != k.firmName && h.class != k.orgName && !p.g.loose[h.class] {
			return d.is(t, k.firmName) == 0 && d.is(t, k.orgName) == 0 || d.is(t, k.productNoun) > 0 && (t == p.first || !d.toks[t-1].Upper)
		}
	}
	return false
}

// nameLike reports whether a word looks like a name in a language that gives every noun a capital: capitals or
// figures inside it.
func nameLike(s string) bool {
	inner := 0
	for i, r := range s {
		if i > 0 && (unicode.IsUpper(r) || unicode.IsDigit(r)) {
			inner++
		}
	}
	return inner > 0
}

// nameEnd returns the end of the run of capitals at t, with particles between them.
func (d *doc) nameEnd(p *paragraph, t int, covered []*mention) int {
	end := t + 1
	for end < p.end && end-t < maxName && !d.columnGap(end) {
		switch {
		case d.capital(p, end) && (covered == nil || covered[end-p.first] == nil || covered[end-p.first].kinds&kDAT == 0):
			end++
			continue
		case d.fold[end] == "-" && end+1 < p.end && d.toks[end].Start == d.toks[end-1].End && d.toks[end+1].Start == d.toks[end].End &&
			d.toks[end+1].Kind == word.Word:
			if d.is(end+1, p.g.known.unplace) > 0 && !d.toks[end+1].Upper {
				return end // "Leeds-based Optivue": two names
			}
			end += 2
			continue
		case (d.fold[end] == "&" || d.fold[end] == "." && d.toks[end-1].End-d.toks[end-1].Start == 1) && end+1 < p.end && d.capital(p, end+1):
			end += 2
			continue
		case end+1 < p.end && d.joinsName(p, end) && d.capital(p, end+1):
			end += 2
			continue
		case end+1 < p.end && d.nobiliary(p, t, end) && d.capital(p, end+1):
			end += 2
			continue
		}
		if n := d.firmTail(p, end); n > 0 {
			end = n
			continue
		}
		break
	}
	return end
}

// verbBeforeName reports whether a verb, of a language that leaves its subject out, opens a sentence right before a name: "Suministra UltraIP, un software".
func (d *doc) verbBeforeName(p *paragraph, t int) bool {
	k := &p.g.known
	if p.g.nounsCapital || p.g.adjectiveBefore || t+1 >= p.end || !d.toks[t+1].Upper || d.toks[t+1].Kind != word.Word || d.capitals[d.fold[t]].inside {
		return false
	}
	return d.is(t, k.said) > 0 || k.firmDoes != noClass && d.is(t, k.firmDoes) > 0 || k.acquire != noClass && d.is(t, k.acquire) > 0
}

// nobiliary reports whether the word at end goes on the name of a person that begins at t, behind a title: "Dr. Marie von Notz".
func (d *doc) nobiliary(p *paragraph, t, end int) bool {
	switch d.fold[end] {
	case "von", "van", "vom", "zu", "ter", "ten":
	default:
		return false
	}
	b := t - 1
	if b > p.first && d.fold[b] == "." {
		b--
	}
	return !d.toks[end].Upper && b >= p.first && (d.is(b, p.g.known.title) > 0 || d.is(b, p.g.known.role) > 0)
}

// firmTail is the end of words with capitals at t that are no name by themselves and lead to a word that firms are called by, 0 for none: the
// "Surveillance Systems Ltd" of "Caledon Surveillance Systems Ltd".
func (d *doc) firmTail(p *paragraph, t int) int {
	const longest = 3 // words before that word
	for n := t; n < p.end && n <= t+longest; n++ {
		tok := d.toks[n]
		if tok.Kind != word.Word || !tok.Upper || n > p.first && d.toks[n-1].End+1 != tok.Start || d.is(n, p.g.known.preposition) > 0 || d.is(n, p.g.known.article) > 0 {
			return 0
		}
		if n > t && (d.is(n, p.g.known.firmName) > 0 || legalForms[d.fold[n]]) {
			return n + 1
		}
	}
	return 0
}

// joinsName reports whether the token at t may stand between the capitals of a name: the apostrophe of "Riders' Alliance", the capital of
// "Internet Sans Frontières".
func (d *doc) joinsName(p *paragraph, t int) bool {
	if p.g.adjectiveBefore {
		f := d.fold[t]
		return (f == "'" || f == "’") && d.toks[t].Start == d.toks[t-1].End && d.toks[t+1].Start == d.toks[t].End+1 && strings.HasSuffix(d.fold[t-1], "s") && d.toks[t-1].Upper
	}
	return d.toks[t].Upper && p.g.known.forWhat != noClass && d.is(t, p.g.known.forWhat) == 1
}

// code returns the end of a product code at t: letters and digits joined by hyphens and slashes, "DS-2CD7A2XYZ-JM/RX".
func (d *doc) code(p *paragraph, t int) int {
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
func (d *doc) shape(p *paragraph, t, end, start int, covered []*mention) *mention {
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
	firmEnd := d.is(end-1, k.firmName) > 0 && end-t > 1
	orgWord := d.any(t, end, k.orgName) >= 0 && end-t > 1
	switch {
	case holds && !firmEnd:
		if m := d.branch(t, end, covered[t-p.first], covered[end-1-p.first]); m != nil {
			return m
		}
		return d.modelBehind(p, t, end, covered)
	case orgWord && p.g.adjectiveBefore && end-t > 2 && k.nameHead != noClass && d.is(end-1, k.nameHead) > 0:
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
	case t > p.first && d.is(d.pastQuote(p, t)-1, k.productNoun) > 0 && (!p.g.nounsCapital || end-t > 1 || nameLike(name) || d.quoted[t] > 0 || d.capitals[d.fold[t]].often > 1):
		whole.kinds, whole.entity = kNAME|kPRD, d.made(contrechamp.KindProduct, name)
	case covered[t-p.first] != nil || covered[end-1-p.first] != nil:
		return nil
	case atStart && end-t == 1 && !d.elsewhere(t) && !d.isTitleFirm(t, end):
		return nil
	case p.g.nounsCapital && end-t == 1 && !nameLike(name) && d.quoted[t] == 0 && !d.shortFirms[d.fold[t]]:
		return nil
	default:
		whole.kinds, whole.entity, whole.weak = kNAME, nil, atStart
		whole.rank = 0
	}
	return d.mention(whole)
}

// branch is a known association with the place of its branch behind it, in [t, end): "Amnesty Kenya". nil for anything else.
func (d *doc) branch(t, end int, of, place *mention) *mention {
	if of == nil || place == nil || of.first != t || of.kinds&^(kORG|kAUT) != 0 || of.weak || of.entity == nil || place.kinds&kPLC == 0 || place.first != of.end || place.end != end {
		return nil
	}
	return d.mention(mention{first: t, end: end, kinds: of.kinds, rank: 4, within: place, entity: d.made(of.entity.Kind, d.words(t, end), of.entity.Name)})
}

// modelBehind is what a firm calls its product, where its name stands behind the firm's and a word for devices says what it is: "un drone DJI
// Matrice 30T", "DJI Mavic models".
func (d *doc) modelBehind(p *paragraph, t, end int, covered []*mention) *mention {
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
		return d.sets[t].meets(&k.deviceSet) || d.is(t, k.productNoun) > 0 || d.is(t, k.weakDevices) > 0
	}
	numbered := model > end || strings.ContainsAny(d.words(c.end, end), "0123456789")
	if !(t > p.first && device(t-1)) && !(model < p.end && device(model)) && !(numbered && t > p.first && d.is(t-1, k.article) > 0) {
		return nil
	}
	name := d.words(c.end, model)
	return d.mention(mention{first: c.end, end: model, kinds: kPRD, shaped: true, rank: 4, entity: d.made(contrechamp.KindProduct, name, c.entity.Name+" "+name)})
}

// orgEnd returns the end of an association's name that goes on behind a preposition: "Gulf Centre for Digital Rights".
func (d *doc) orgEnd(p *paragraph, t, end int) int {
	k := &p.g.known
	for end-t < maxName {
		n := end
		for n < p.end && n < end+2 && (d.is(n, k.of) > 0 && d.fold[n] != "in" || n > end && d.is(n, k.article) > 0) {
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
func (d *doc) elsewhere(t int) bool {
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
func (d *doc) collectCapitals() {
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

// quotedName is the end of a name in quotation marks that opens at t, behind a word that says that a name follows, 0 for none: "le projet
// « Rues tranquilles »". All between the marks is the name, with capitals or without.
func (d *doc) quotedName(p *paragraph, t int) int {
	const longest = 7
	k := &p.g.known
	q := d.pastQuote(p, t)
	if q == t || q == p.first || !d.toks[t].Upper || d.toks[t].Kind != word.Word {
		return 0
	}
	if !(k.nameHead != noClass && d.is(q-1, k.nameHead) > 0) && d.is(q-1, k.productNoun) == 0 && d.is(q-1, k.firm) == 0 && !(k.called != noClass && d.is(q-1, k.called) > 0) {
		return 0
	}
	for n := t + 1; n < p.end && n <= t+longest; n++ {
		if closesQuote(d.fold[n]) {
			return n
		}
		switch d.fold[n] {
		case ",", ";", ":", "!", "?", ".", "(", "…":
			return 0
		}
	}
	return 0
}

// quotedMention makes the mention of a name in quotation marks, nil where the lexicon knows it whole.
func (d *doc) quotedMention(p *paragraph, t, end int, covered []*mention) *mention {
	if c := covered[t-p.first]; c != nil && c.first == t && c.end == end {
		return nil
	}
	k := &p.g.known
	m := mention{first: t, end: end, kinds: kNAME, shaped: true, rank: 2}
	switch q := d.pastQuote(p, t); {
	case d.is(q-1, k.firm) > 0:
		m.kinds, m.entity, m.rank = kCO|d.groupBefore(p, t), d.made(contrechamp.KindCompany, d.words(t, end)), 4
	case d.is(q-1, k.productNoun) > 0 && (k.nameHead == noClass || d.is(q-1, k.nameHead) == 0):
		m.kinds, m.entity = kNAME|kPRD, d.made(contrechamp.KindProduct, d.words(t, end))
	}
	return d.mention(m)
}

// shortFirm notes the first word of a firm's name, by which it may be called from there on.
func (d *doc) shortFirm(t, end int) {
	const least = 4 // letters
	if end-t > 1 && len(d.fold[t]) >= least {
		d.shortFirms[d.fold[t]] = true
	}
}

// firmApposed reports whether a firm that is no name stands before the comma before t, and X is what it is called: "une PME suisse, X,".
func (d *doc) firmApposed(p *paragraph, t, end int) bool {
	const reach = 6
	k := &p.g.known
	if t < p.first+3 || d.fold[t-1] != "," || end < p.end && d.toks[end].Kind == word.Word && (k.speakerWho == noClass || d.is(end, k.speakerWho) == 0) {
		return false
	}
	for n := t - 2; n >= max(p.first+1, t-1-reach); n-- {
		if d.toks[n].Kind == word.Punct && d.fold[n] != "-" {
			return false
		}
		if d.is(n, k.firm) > 0 {
			for a := n - 1; a >= max(p.first, n-3); a-- {
				if d.is(a, k.article) > 0 && d.is(a, k.of) == 0 {
					return true
				}
				if d.toks[a].Kind == word.Punct || d.is(a, k.preposition) > 0 {
					return false
				}
			}
			return false
		}
	}
	return false
}

// pastQuote is t, or the place of the quotation mark right before it: "le logiciel « X »".
func (d *doc) pastQuote(p *paragraph, t int) int {
	if t > p.first+1 && opensQuote(d.fold[t-1]) {
		return t - 1
	}
	return t
}

// opensQuote and closesQuote report whether a mark may stand at that end of a quotation.
func opensQuote(mark string) bool {
	switch mark {
	case "«", "“", "„", "\"", "‘", "‹":
		return true
	}
	return false
}

func closesQuote(mark string) bool {
	switch mark {
	case "»", "”", "“", "\"", "’", "›":
		return true
	}
	return false
}

// firmBefore reports whether a noun for a firm stands right before t, with at most two adjectives between:
// "la société française X", "the Chinese telecoms group X".
func (d *doc) firmBefore(p *paragraph, t int) bool {
	k := &p.g.known
	t = d.pastQuote(p, t)
	if k.called != noClass && t > p.first && d.is(t-1, k.called) > 0 {
		t-- // "a firm called X"
	}
	for n := t - 1; n >= p.first && n >= t-3; n-- {
		if d.is(n, k.firm) > 0 {
			return true
		}
		if d.toks[n].Kind != word.Word || d.is(n, k.preposition) > 0 || d.is(n, k.article) > 0 || p.g.adjectiveBefore || d.toks[n].Upper {
			return false
		}
	}
	return false
}

// groupBefore is kORG where what stands right before t, "groupe", is said of parties as of firms: "le groupe « Colmar en commun »".
func (d *doc) groupBefore(p *paragraph, t int) kind {
	k := &p.g.known
	if b := d.pastQuote(p, t) - 1; k.group != noClass && b >= p.first && d.is(b, k.group) > 0 {
		return kORG
	}
	return 0
}

// venue reports whether the capitals [t, end) name a stadium, an airport, a campus: a word for one is among them, or stands
// right before a single name ("stade Bollaert", "estadio El Sadar"). Something can stand there, as in a town.
func (d *doc) venue(p *paragraph, t, end int) bool {
	k := &p.g.known
	if p.g.nounsCapital {
		return false
	}
	if end-t >= 2 && (d.any(end-1, end, k.venue) >= 0 || d.any(t, t+1, k.venue) >= 0) && d.any(t, end, k.firmName) < 0 && d.any(t, end, k.orgName) < 0 {
		return true
	}
	return t > p.first && !d.toks[t-1].Upper && d.is(t-1, k.venue) > 0 && d.is(t-1, k.state) == 0 && d.is(t-1, k.town) == 0 && d.toks[t-1].End+1 == d.toks[t].Start
}

// productBehind reports whether an apposition behind end says that it is a product: "HawkLattice, its engine for ports",
// "Sentravue, le logiciel qui ...".
func (d *doc) productBehind(p *paragraph, end int) bool {
	if end+2 >= p.end || d.fold[end] != "," {
		return false
	}
	k := &p.g.known
	n := end + 1
	if d.is(n, k.article) == 0 && d.is(n, k.definite) == 0 {
		// "Syntro, solution d'analyse d'images"
		return !p.g.adjectiveBefore && !p.g.nounsCapital && d.is(n, k.productNoun) > 0 && n+1 < p.end && (d.is(n+1, k.of) > 0 || k.speakerWho != noClass && d.is(n+1, k.speakerWho) > 0)
	}
	for m := n + 1; m < p.end && m < n+4; m++ {
		if d.is(m, k.productNoun) > 0 {
			return true
		}
		if d.toks[m].Kind == word.Punct && d.fold[m] != "-" || d.is(m, k.preposition) > 0 {
			return false
		}
	}
	return false
}

// productBefore reports whether what stands before t says that a product's name follows: "le produit phare, X,", "the developer of X".
func (d *doc) productBefore(p *paragraph, t, end int) bool {
	k := &p.g.known
	if t < p.first+2 {
		return false
	}
	if d.fold[t-1] == "," {
		if end < p.end && d.toks[end].Kind == word.Word && d.is(end, k.speakerWho) == 0 && d.is(end, k.conjunction) == 0 {
			return false
		}
		for n := t - 2; n >= max(p.first+1, t-3); n-- {
			if d.is(n, k.productNoun) > 0 {
				return d.is(n-1, k.article) > 0 || d.is(n-2, k.article) > 0 || n == t-2
			}
		}
		return false
	}
	return k.makerOf != noClass && d.is(t-1, k.of) > 0 && d.is(t-2, k.makerOf) > 0
}

// firmBehind reports whether an apposition behind end says that it is a firm: "X, une jeune société danoise".
func (d *doc) firmBehind(p *paragraph, end int, opens bool) bool {
	k := &p.g.known
	if end+1 >= p.end || d.fold[end] != "," && d.fold[end] != "(" {
		return false
	}
	n := end + 1
	if d.is(n, k.definite) > 0 {
		if !opens {
			return false // "estime X, le géant asiatique": another one
		}
		n++
	}
	if d.is(n, k.foundedAs) > 0 {
		return true // "X, née en 2011"
	}
	if d.is(n, k.article) > 0 {
		n++
	}
	for m := n; m < p.end && m < n+4; m++ {
		if d.is(m, k.firm) > 0 {
			return true
		}
		if d.is(m, k.conjunction) > 0 {
			return false
		}
		if d.toks[m].Kind == word.Punct && d.fold[m] != "-" || d.is(m, k.preposition) > 0 {
			return false
		}
	}
	return false
}

// behindTitle returns where a person's name starts behind the title or office that the capitals [t, end) open with, "Mme Dupont",
// "Councillor Brown"; t where they open with none.
func (d *doc) behindTitle(p *paragraph, t, end int) int {
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
		if d.is(m, k.orgName) > 0 || d.is(m, k.firmName) > 0 || d.is(m, k.venue) > 0 || d.is(m, k.role) > 0 || d.bodyKind(p, m, m+1) != 0 {
			return t
		}
	}
	return t + n
}

// person reports whether [t, end) is a person's name: two to four capitals beside a title or a role.
func (d *doc) person(p *paragraph, t, end int) bool {
	k := &p.g.known
	if t > p.first && d.is(t-1, k.title) > 0 || t > p.first+1 && d.fold[t-1] == "." && d.is(t-2, k.title) > 0 {
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
		if d.is(n, k.role) > 0 {
			return true
		}
	}
	if end-t < 2 || end+1 >= p.end {
		return false
	}
	if d.fold[end] == "," {
		n := end + 1
		for m := n; m < p.end && m < n+3; m++ {
			if d.is(m, k.role) > 0 {
				return true
			}
		}
	}
	return false
}
