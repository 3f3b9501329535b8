package claim

import (
	"slices"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/lexicon"
	"contrechamp.org/contrechamp/internal/word"
)

// lexical adds the names that the lexicon knows in a paragraph.
func (d *namingDoc) lexical(p *paragraph, toks []word.Token, found []*mention) []*mention {
	d.matchesBuf = d.e.lex.FindBut(d.matchesBuf[:0], d.body, toks, d.never[p.first:p.end])
	for i := range d.matchesBuf {
		if m := d.reading(p, &d.matchesBuf[i]); m != nil {
			found = append(found, m)
		}
	}
	return found
}

// smallTown is the population below which a place in a text without any other sign of it needs a second cue.
const smallTown = 15000

// reading decides what a match of the lexicon names, nil for nothing.
func (d *namingDoc) reading(p *paragraph, x *lexicon.Match) *mention {
	m := d.mention(mention{first: p.first + x.First, end: p.first + x.Last, rank: 3})
	var chosen *lexicon.Form
	for i := range x.Forms {
		f := &x.Forms[i]
		ent := d.e.lex.Entity(f.Entity)
		if !d.usable(p, m, f, ent) {
			continue
		}
		if chosen == nil {
			chosen = f
			continue
		}
		if other := d.keep(ent); other != m.entity {
			m.others = append(m.others, other)
		}
	}
	if chosen == nil {
		return nil
	}
	ent := d.keep(d.e.lex.Entity(chosen.Entity))
	m.entity, m.weak, m.common = ent, chosen.Ambiguous, chosen.Ambiguous
	if chosen.Demonym || d.foreignCountry(p, m, ent) {
		m.kinds = kDEM
		return m
	}
	m.kinds = d.kindOf(ent, p, m.first, m.end)
	if m.kinds == 0 {
		return nil
	}
	switch {
	case m.kinds&kCAP != 0:
		m.capability = ent.ID
		m.rank = 4
	case m.kinds&^(kPRG|kNAME) == 0:
		if c := d.lexicalOf(ent).does; c != "" {
			m.kinds |= kCAP
			m.capability = c
		}
	case m.kinds&(kCO|kPRD) != 0:
		// BriefCam is a firm and its software
		for _, o := range m.others {
			m.kinds |= d.kindOf(o, p, m.first, m.end) & (kCO | kPRD | kPRG)
		}
	case m.kinds&kPLC != 0:
		if m.weak && (m.first > p.first && d.in(m.first-1, p.g.known.locative) || d.capitals[d.fold[m.first]].inside || d.placed[d.fold[m.first]]) {
			m.weak = false
		}
	}
	return m
}

// usable reports whether a reading of a name can be meant where it stands.
func (d *namingDoc) usable(p *paragraph, m *mention, f *lexicon.Form, ent *contrechamp.Entity) bool {
	if f.Demonym {
		return true
	}
	upper := d.toks[m.first].Upper
	switch ent.Kind {
	case contrechamp.KindPlace:
		if !upper || d.in(m.first, p.g.known.notName) && m.len() == 1 {
			return false
		}
		if k := &p.g.known; k.needsArticle != noClass && m.len() == 1 && d.in(m.first, k.needsArticle) && (m.first == p.first || !d.in(m.first-1, k.article)) {
			return false // "Cher collègue"
		}
		if d.plainWord(p, m) || m.len() == 1 && (d.shortCapitals(m, ent) || d.otherSpelling(m, ent, f) || d.underArticle(p, m, ent, f) || d.someone(p, m, ent, f)) {
			return false
		}
		if m.len() > 1 && d.toks[m.end-1].Kind == word.Word && !d.toks[m.end-1].Upper && d.in(m.first, p.g.known.article) && !d.in(m.first, p.g.known.locative) {
			return false // "Le parc a triplé" is not in Le Parc
		}
		if m.end < p.end && d.toks[m.end].Kind == word.Number && d.toks[m.end].Start == d.toks[m.end-1].End+1 && d.toks[m.end].End-d.toks[m.end].Start <= 2 && m.len() == 1 {
			return false // "Lot 3"
		}
		// "le logiciel Argos", "la société Orange"
		if b := d.pastQuote(p, m.first) - 1; b >= p.first && d.in(b, p.g.known.productNoun) && !d.e.isCountry(ent) && !p.g.placeBehind && d.e.lex.Population(f.Entity) < 1_000_000 {
			return false
		}
		if m.len() == 1 && d.things[d.fold[m.first]] && !d.e.isCountry(ent) && d.e.lex.Population(f.Entity) < 200_000 {
			return false
		}
		// "rue de Rennes", "place de Verdun"
		if b := m.first - 1; b >= p.first {
			for b > p.first && b > m.first-3 && (d.in(b, p.g.known.of) || d.in(b, p.g.known.article)) && !d.in(b, p.g.known.street) {
				b--
			}
			if b >= p.first && d.in(b, p.g.known.street) && (d.fold[b] != "cours" || b == p.first || d.fold[b-1] != "au" && d.fold[b-1] != "en") {
				return false // "au cours de" is no street
			}
		}
		// a further capital makes it another name: "Orange Avenue"
		if !d.e.isCountry(ent) && m.end < p.end && d.capital(p, m.end) && d.toks[m.end].Start == d.toks[m.end-1].End+1 &&
			!d.in(m.end, p.g.known.police) && d.bodyWord(p, m.end) == 0 {
			return false
		}
		if !d.e.isCountry(ent) && m.first > p.first && d.capital(p, m.first-1) && d.toks[m.first].Start == d.toks[m.first-1].End+1 && !(p.g.placeBehind && d.compound(p, m.first-1)) {
			return false // "Hafenpolizei Hamburg" is in Hamburg
		}
		if d.hyphened(p, m) || m.len() == 1 && !d.e.isCountry(ent) && d.e.lex.Population(f.Entity) < 1_000_000 && d.commonNoun(p, m.first) && !d.placed[d.fold[m.first]] {
			return false // "Metrô"
		}
		if f.Ambiguous && d.e.lex.Population(f.Entity) < smallTown && !d.placed[d.fold[m.first]] && !d.in(m.first-1, p.g.known.of) && !d.bareSubject(p, m) {
			if m.first > p.first && !d.fullStop[m.first-1] {
				d.doubtful = append(d.doubtful, ent)
			}
			return false
		}
		return true
	case contrechamp.KindCompany, contrechamp.KindProduct, contrechamp.KindProgramme:
		return upper && (!f.Ambiguous || f.Exact || f.Capital) && (ent.Kind == contrechamp.KindCompany || !d.verbFirst(p, m, f))
	case contrechamp.KindLaw:
		return false
	case contrechamp.KindCapability:
		return !f.Ambiguous || f.Exact
	}
	return !f.Ambiguous || f.Exact || f.Capital
}

// verbFirst reports whether what may be a product's name opens a sentence as a verb does, with no capital anywhere else: "Detecta peleas y
// maletas abandonadas."
func (d *namingDoc) verbFirst(p *paragraph, m *mention, f *lexicon.Form) bool {
	if !f.Ambiguous || m.len() > 1 || m.end >= p.end || d.capitals[d.fold[m.first]].inside {
		return false
	}
	opens := m.first == p.first || d.fullStop[m.first-1] || d.toks[m.first-1].Kind == word.Punct
	return opens && d.toks[m.end].Kind == word.Word && !d.toks[m.end].Upper
}

// plainWord reports whether what may be a place's name is a word, as nearly always: "Department of Justice", "El Centro". Behind a preposition of
// place, or what a town is called by, it is the place.
func (d *namingDoc) plainWord(p *paragraph, m *mention) bool {
	k := &p.g.known
	if !d.in(m.end-1, k.notPlace) || m.len() > 2 || m.len() == 2 && !d.in(m.first, k.article) {
		return false
	}
	b := m.first - 1
	if b < p.first {
		return true
	}
	return !d.in(b, k.locative) && (!d.in(b, k.of) || d.any(b-2, b, k.town) < 0 && d.any(b-2, b, k.townHead) < 0 && d.any(b-2, b, k.police) < 0)
}

// shortCapitals reports whether a name is an abbreviation: "CHU" is no Chu in Kazakhstan.
func (d *namingDoc) shortCapitals(m *mention, e *contrechamp.Entity) bool {
	const longest = 4
	text := d.words(m.first, m.end)
	if slices.ContainsFunc(e.Names, func(n contrechamp.Name) bool { return n.Text == text }) {
		return false // "CABA" is written so
	}
	return len(text) <= longest && allCapitals(text) && !d.e.isCountry(e) && !allCapitals(e.Name) && (len(text) < longest || !d.shouts(d.paraOf(m.first)))
}

// otherSpelling reports whether a small place is spelled with other accents than the word of an accented text: the "Pays d'Auge" is not in Augé.
func (d *namingDoc) otherSpelling(m *mention, e *contrechamp.Entity, f *lexicon.Form) bool {
	const people = 50_000
	text := d.words(m.first, m.end)
	if d.e.isCountry(e) || allCapitals(text) || d.e.lex.Population(f.Entity) >= people || !d.accented() {
		return false
	}
	if strings.EqualFold(text, e.Name) {
		return false
	}
	for _, n := range e.Names {
		if strings.EqualFold(text, n.Text) {
			return false
		}
	}
	return word.Fold(text) == word.Fold(e.Name)
}

// accented reports whether a text writes accents. It is looked up once.
func (d *namingDoc) accented() bool {
	if d.accents == unknown {
		d.accents = no
		if strings.ContainsAny(d.body, "éèàùüöäñóíáçìò") {
			d.accents = yes
		}
	}
	return d.accents == yes
}

// foreignCountry reports whether a word that is a country's name in another language is its adjective in this one: "the
// Argentine firm", where French has "l'Argentine".
func (d *namingDoc) foreignCountry(p *paragraph, m *mention, ent *contrechamp.Entity) bool {
	if !d.e.isCountry(ent) || !p.g.adjectiveBefore || m.end >= p.end || d.toks[m.end].Kind != word.Word || d.toks[m.end].Upper && !p.g.nounsCapital {
		return false
	}
	text := d.words(m.first, m.end)
	other := false
	for _, n := range ent.Names {
		if n.Text == text {
			if n.Language == p.g.language || n.Language == "" {
				return false
			}
			other = true
		}
	}
	return other
}

// bareSubject reports whether a name opens its sentence without an article, right before an auxiliary: "Tramelan n'a pas
// ...". A common noun would have an article there.
func (d *namingDoc) bareSubject(p *paragraph, m *mention) bool {
	if p.g.nounsCapital || m.first > p.first && !d.fullStop[m.first-1] || m.end >= p.end {
		return false
	}
	return d.in(m.end, p.g.known.auxiliary)
}

// hyphened reports whether a mention is a part of a longer name: "Chapon-Seraing", "Marche-les-Dames". "Leeds-based"
// is none.
func (d *namingDoc) hyphened(p *paragraph, m *mention) bool {
	if m.first > p.first+1 && d.fold[m.first-1] == "-" && d.toks[m.first-1].End == d.toks[m.first].Start && d.toks[m.first-2].End == d.toks[m.first-1].Start {
		return true
	}
	return m.end+1 < p.end && d.fold[m.end] == "-" && d.toks[m.end].Start == d.toks[m.end-1].End && d.toks[m.end+1].Start == d.toks[m.end].End &&
		d.toks[m.end+1].Kind == word.Word && (d.toks[m.end+1].Upper || m.end+2 < p.end && d.fold[m.end+2] == "-")
}

func (d *namingDoc) bodyWord(p *paragraph, t int) int {
	n, _ := d.bodyHead(p, t)
	return n
}

// settlePlaces chooses, among places of one name, one in a country that the text names, where the likeliest place of
// the lexicon (by size) lies in none; and one beside several other places of its country, where the likeliest stands alone.
func (d *namingDoc) settlePlaces() {
	settled := d.settleWithin()
	named := map[string]bool{}
	alone := map[string]*contrechamp.Entity{} // the only place of a country, nil for one of several
	several := func(country string) bool {
		only, ok := alone[country]
		return ok && only == nil
	}
	for _, list := range [][]*mention{d.mentions, d.inner} {
		for _, m := range list {
			if m.kinds&(kPLC|kDEM) == 0 || m.entity == nil || m.weak {
				continue
			}
			if d.e.isCountry(m.entity) {
				named[m.entity.Country] = true
			}
			if e, ok := alone[m.entity.Country]; !ok {
				alone[m.entity.Country] = m.entity
			} else if e != m.entity {
				alone[m.entity.Country] = nil
			}
		}
	}
	for _, list := range [][]*mention{d.mentions, d.inner} {
		for _, m := range list {
			if m.kinds != kPLC || m.entity == nil || d.e.isCountry(m.entity) || named[m.entity.Country] {
				continue
			}
			if len(settled) > 0 && len(m.others) > 0 {
				if _, told := settled[d.nameKey(m)]; told {
					continue
				}
			}
			g := d.paras[d.paraOf(m.first)].g
			for _, o := range m.others {
				if o.Kind != contrechamp.KindPlace || d.dwarfs(m.entity, o) {
					continue
				}
				if named[o.Country] || !several(m.entity.Country) && several(o.Country) || isRegionID(m.entity.ID) && !isRegionID(o.ID) && g.atHome(o) && !g.atHome(m.entity) {
					m.entity = o
					break
				}
			}
		}
	}
	d.doubtForeign(named)
}

// dwarfs reports whether a town is so much larger than another of its name that hardly anybody means the other.
func (d *namingDoc) dwarfs(e, other *contrechamp.Entity) bool {
	const times = 300
	return d.people(e) > times*max(1, d.people(other)) && !isRegionID(other.ID)
}

// people is how many people live in a place, 0 where only the text knows it.
func (d *namingDoc) people(e *contrechamp.Entity) int {
	if e.Source != "lexicon" {
		return 0
	}
	return d.lexicalOf(e).people
}

// doubtForeign doubts the towns of countries where the text's language is not at home, whose names are as likely a word of
// it ("Vista su solicitud" is no town in California): those that nothing in the text places anywhere.
func (d *namingDoc) doubtForeign(named map[string]bool) {
	anchored := map[*contrechamp.Entity]bool{}
	var doubted []*mention
	for i := range d.paras {
		p := &d.paras[i]
		if p.g.known.homeCountry == noClass {
			continue
		}
		for _, m := range d.byPara[i] {
			if m.within != nil && m.within.entity != nil {
				anchored[m.within.entity] = true
			}
			if m.kinds != kPLC || m.entity == nil || d.e.isCountry(m.entity) || m.entity.Country == "" || m.entity.Source != "lexicon" {
				continue
			}
			if named[m.entity.Country] || p.g.atHome(m.entity) || d.anchors(p, m) {
				anchored[m.entity] = true
				continue
			}
			doubted = append(doubted, m)
		}
	}
	for _, m := range doubted {
		m.weak = m.weak || !anchored[m.entity]
	}
}

// anchors reports whether what stands around a name says that it is a place: a preposition before it, a title, a dateline.
func (d *namingDoc) anchors(p *paragraph, m *mention) bool {
	k := &p.g.known
	for t := m.first - 1; t >= p.first && t >= m.first-2; t-- {
		if d.in(t, k.locative) || d.in(t, k.of) {
			return true
		}
		if !d.in(t, k.article) {
			break
		}
	}
	if p.role != contrechamp.RoleBody && p.role != contrechamp.RoleItem {
		return true
	}
	return m.first <= p.first+1 && m.end < p.end && d.toks[m.end].Kind == word.Punct
}

// productFirms finds the companies whose name is also their product's: "le logiciel X", "X. Ce logiciel ...".
func (d *namingDoc) productFirms() {
	also := map[*contrechamp.Entity]bool{}
	var last *mention
	next := 0
	for t := range d.toks {
		for next < len(d.mentions) && d.mentions[next].first <= t {
			m := d.mentions[next]
			if m.kinds&kCO != 0 {
				last = m
				if k := &d.paras[d.paraOf(m.first)].g.known; m.first > 0 && d.in(m.first-1, k.productNoun) {
					also[m.entity] = true
				}
			} else if m.kinds&kPRD != 0 {
				last = nil
			}
			next++
		}
		if last == nil || t-last.end > 12 {
			continue
		}
		p := &d.paras[d.paraOf(t)]
		if t > p.first && d.fullStop[t-1] && d.in(t, p.g.known.productIt) {
			also[last.entity] = true
		}
	}
	for _, m := range d.mentions {
		if m.kinds&kCO != 0 && also[m.entity] {
			m.kinds |= kPRD
		}
	}
}

// resolveGeneric gives "l'association", "le journal", "the regulator" the body named before.
func (d *namingDoc) resolveGeneric() {
	var last = map[kind]*mention{}
	for _, m := range d.mentions {
		k := m.kinds & (kORG | kAUT)
		if k == 0 {
			continue
		}
		if class := d.paras[d.paraOf(m.first)].g.known.concerned; class != noClass && d.in(m.first, class) {
			continue // "les riverains" are no association named before
		}
		if !m.generic {
			last[k] = m
			if k == kORG || k == kAUT {
				last[kORG|kAUT] = m
			}
			continue
		}
		if o := last[k]; o != nil && m.first-o.first < 400 {
			m.entity, m.generic = o.entity, false
		}
	}
}
