package naming

import (
	"slices"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/lexicon"
	"contrechamp.org/contrechamp/internal/word"
)

// lexical adds the names that the lexicon knows in a paragraph.
func (d *Doc) lexical(p *passage.Paragraph, toks []word.Token, found []*passage.Mention) []*passage.Mention {
	d.matchesBuf = d.Knows.Lexicon.FindBut(d.matchesBuf[:0], d.Body, toks, d.Never[p.First:p.End])
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
func (d *Doc) reading(p *passage.Paragraph, x *lexicon.Match) *passage.Mention {
	m := d.Mention(passage.Mention{First: p.First + x.First, End: p.First + x.Last, Rank: 3})
	var chosen *lexicon.Form
	for i := range x.Forms {
		f := &x.Forms[i]
		ent := d.Knows.Lexicon.Entity(f.Entity)
		if !d.usable(p, m, f, ent) {
			continue
		}
		if chosen == nil {
			chosen = f
			continue
		}
		if other := d.Keep(ent); other != m.Entity {
			m.Others = append(m.Others, other)
		}
	}
	if chosen == nil {
		return nil
	}
	ent := d.Keep(d.Knows.Lexicon.Entity(chosen.Entity))
	m.Entity, m.Weak, m.Common = ent, chosen.Ambiguous, chosen.Ambiguous
	if chosen.Demonym || d.foreignCountry(p, m, ent) {
		m.Kinds = grammar.DEM
		return m
	}
	m.Kinds = d.kindOf(ent, p, m.First, m.End)
	if m.Kinds == 0 {
		return nil
	}
	switch {
	case m.Kinds&grammar.CAP != 0:
		m.Capability = ent.ID
		m.Rank = 4
	case m.Kinds&^(grammar.PRG|grammar.NAME) == 0:
		if c := d.LexicalOf(ent).Does; c != "" {
			m.Kinds |= grammar.CAP
			m.Capability = c
		}
	case m.Kinds&(grammar.CO|grammar.PRD) != 0:
		// BriefCam is a firm and its software
		for _, o := range m.Others {
			m.Kinds |= d.kindOf(o, p, m.First, m.End) & (grammar.CO | grammar.PRD | grammar.PRG)
		}
	case m.Kinds&grammar.PLC != 0:
		if m.Weak && (m.First > p.First && d.In(m.First-1, p.Grammar.Known.Locative) || d.capitals[d.Fold[m.First]].inside || d.placed[d.Fold[m.First]]) {
			m.Weak = false
		}
	}
	return m
}

// usable reports whether a reading of a name can be meant where it stands.
func (d *Doc) usable(p *passage.Paragraph, m *passage.Mention, f *lexicon.Form, ent *contrechamp.Entity) bool {
	if f.Demonym {
		return true
	}
	upper := d.Tokens[m.First].Upper
	switch ent.Kind {
	case contrechamp.KindPlace:
		if !upper || d.In(m.First, p.Grammar.Known.NotName) && m.Len() == 1 {
			return false
		}
		if k := &p.Grammar.Known; k.NeedsArticle != grammar.NoClass && m.Len() == 1 && d.In(m.First, k.NeedsArticle) && (m.First == p.First || !d.In(m.First-1, k.Article)) {
			return false // "Cher collègue"
		}
		if d.plainWord(p, m) || m.Len() == 1 && (d.shortCapitals(m, ent) || d.otherSpelling(m, ent, f) || d.underArticle(p, m, ent, f) || d.someone(p, m, ent, f)) {
			return false
		}
		if m.Len() > 1 && d.Tokens[m.End-1].Kind == word.Word && !d.Tokens[m.End-1].Upper && d.In(m.First, p.Grammar.Known.Article) && !d.In(m.First, p.Grammar.Known.Locative) {
			return false // "Le parc a triplé" is not in Le Parc
		}
		if m.End < p.End && d.Tokens[m.End].Kind == word.Number && d.Tokens[m.End].Start == d.Tokens[m.End-1].End+1 && d.Tokens[m.End].End-d.Tokens[m.End].Start <= 2 && m.Len() == 1 {
			return false // "Lot 3"
		}
		// "le logiciel Argos", "la société Orange"
		if b := d.pastQuote(p, m.First) - 1; b >= p.First && d.In(b, p.Grammar.Known.ProductNoun) && !d.Knows.IsCountry(ent) && !p.Grammar.PlaceBehind && d.Knows.Lexicon.Population(f.Entity) < 1_000_000 {
			return false
		}
		if m.Len() == 1 && d.things[d.Fold[m.First]] && !d.Knows.IsCountry(ent) && d.Knows.Lexicon.Population(f.Entity) < 200_000 {
			return false
		}
		// "rue de Rennes", "place de Verdun"
		if b := m.First - 1; b >= p.First {
			for b > p.First && b > m.First-3 && (d.In(b, p.Grammar.Known.Of) || d.In(b, p.Grammar.Known.Article)) && !d.In(b, p.Grammar.Known.Street) {
				b--
			}
			if b >= p.First && d.In(b, p.Grammar.Known.Street) && (d.Fold[b] != "cours" || b == p.First || d.Fold[b-1] != "au" && d.Fold[b-1] != "en") {
				return false // "au cours de" is no street
			}
		}
		// a further capital makes it another name: "Orange Avenue"
		if !d.Knows.IsCountry(ent) && m.End < p.End && d.Capital(p, m.End) && d.Tokens[m.End].Start == d.Tokens[m.End-1].End+1 &&
			!d.In(m.End, p.Grammar.Known.Police) && d.bodyWord(p, m.End) == 0 {
			return false
		}
		if !d.Knows.IsCountry(ent) && m.First > p.First && d.Capital(p, m.First-1) && d.Tokens[m.First].Start == d.Tokens[m.First-1].End+1 && !(p.Grammar.PlaceBehind && d.compound(p, m.First-1)) {
			return false // "Hafenpolizei Hamburg" is in Hamburg
		}
		if d.hyphened(p, m) || m.Len() == 1 && !d.Knows.IsCountry(ent) && d.Knows.Lexicon.Population(f.Entity) < 1_000_000 && d.commonNoun(p, m.First) && !d.placed[d.Fold[m.First]] {
			return false // "Metrô"
		}
		if f.Ambiguous && d.Knows.Lexicon.Population(f.Entity) < smallTown && !d.placed[d.Fold[m.First]] && !d.In(m.First-1, p.Grammar.Known.Of) && !d.bareSubject(p, m) {
			if m.First > p.First && !d.FullStop[m.First-1] {
				d.Doubtful = append(d.Doubtful, ent)
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
func (d *Doc) verbFirst(p *passage.Paragraph, m *passage.Mention, f *lexicon.Form) bool {
	if !f.Ambiguous || m.Len() > 1 || m.End >= p.End || d.capitals[d.Fold[m.First]].inside {
		return false
	}
	opens := m.First == p.First || d.FullStop[m.First-1] || d.Tokens[m.First-1].Kind == word.Punct
	return opens && d.Tokens[m.End].Kind == word.Word && !d.Tokens[m.End].Upper
}

// plainWord reports whether what may be a place's name is a word, as nearly always: "Department of Justice", "El Centro". Behind a preposition of
// place, or what a town is called by, it is the place.
func (d *Doc) plainWord(p *passage.Paragraph, m *passage.Mention) bool {
	k := &p.Grammar.Known
	if !d.In(m.End-1, k.NotPlace) || m.Len() > 2 || m.Len() == 2 && !d.In(m.First, k.Article) {
		return false
	}
	b := m.First - 1
	if b < p.First {
		return true
	}
	return !d.In(b, k.Locative) && (!d.In(b, k.Of) || d.Any(b-2, b, k.Town) < 0 && d.Any(b-2, b, k.TownHead) < 0 && d.Any(b-2, b, k.Police) < 0)
}

// shortCapitals reports whether a name is an abbreviation: "CHU" is no Chu in Kazakhstan.
func (d *Doc) shortCapitals(m *passage.Mention, e *contrechamp.Entity) bool {
	const longest = 4
	text := d.Words(m.First, m.End)
	if slices.ContainsFunc(e.Names, func(n contrechamp.Name) bool { return n.Text == text }) {
		return false // "CABA" is written so
	}
	return len(text) <= longest && AllCapitals(text) && !d.Knows.IsCountry(e) && !AllCapitals(e.Name) && (len(text) < longest || !d.Shouts(d.ParaOf(m.First)))
}

// otherSpelling reports whether a small place is spelled with other accents than the word of an accented text: the "Pays d'Auge" is not in Augé.
func (d *Doc) otherSpelling(m *passage.Mention, e *contrechamp.Entity, f *lexicon.Form) bool {
	const people = 50_000
	text := d.Words(m.First, m.End)
	if d.Knows.IsCountry(e) || AllCapitals(text) || d.Knows.Lexicon.Population(f.Entity) >= people || !d.accented() {
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
func (d *Doc) accented() bool {
	if d.accents == passage.Unknown {
		d.accents = passage.No
		if strings.ContainsAny(d.Body, "éèàùüöäñóíáçìò") {
			d.accents = passage.Yes
		}
	}
	return d.accents == passage.Yes
}

// foreignCountry reports whether a word that is a country's name in another language is its adjective in this one: "the
// Argentine firm", where French has "l'Argentine".
func (d *Doc) foreignCountry(p *passage.Paragraph, m *passage.Mention, ent *contrechamp.Entity) bool {
	if !d.Knows.IsCountry(ent) || !p.Grammar.AdjectiveBefore || m.End >= p.End || d.Tokens[m.End].Kind != word.Word || d.Tokens[m.End].Upper && !p.Grammar.NounsCapital {
		return false
	}
	text := d.Words(m.First, m.End)
	other := false
	for _, n := range ent.Names {
		if n.Text == text {
			if n.Language == p.Grammar.Language || n.Language == "" {
				return false
			}
			other = true
		}
	}
	return other
}

// bareSubject reports whether a name opens its sentence without an article, right before an auxiliary: "Tramelan n'a pas
// ...". A common noun would have an article there.
func (d *Doc) bareSubject(p *passage.Paragraph, m *passage.Mention) bool {
	if p.Grammar.NounsCapital || m.First > p.First && !d.FullStop[m.First-1] || m.End >= p.End {
		return false
	}
	return d.In(m.End, p.Grammar.Known.Auxiliary)
}

// hyphened reports whether a mention is a part of a longer name: "Chapon-Seraing", "Marche-les-Dames". "Leeds-based"
// is none.
func (d *Doc) hyphened(p *passage.Paragraph, m *passage.Mention) bool {
	if m.First > p.First+1 && d.Fold[m.First-1] == "-" && d.Tokens[m.First-1].End == d.Tokens[m.First].Start && d.Tokens[m.First-2].End == d.Tokens[m.First-1].Start {
		return true
	}
	return m.End+1 < p.End && d.Fold[m.End] == "-" && d.Tokens[m.End].Start == d.Tokens[m.End-1].End && d.Tokens[m.End+1].Start == d.Tokens[m.End].End &&
		d.Tokens[m.End+1].Kind == word.Word && (d.Tokens[m.End+1].Upper || m.End+2 < p.End && d.Fold[m.End+2] == "-")
}

func (d *Doc) bodyWord(p *passage.Paragraph, t int) int {
	n, _ := d.bodyHead(p, t)
	return n
}

// SettlePlaces chooses, among places of one name, one in a country that the text names, where the likeliest place of
// the lexicon (by size) lies in none; and one beside several other places of its country, where the likeliest stands alone.
func (d *Doc) SettlePlaces() {
	settled := d.settleWithin()
	named := map[string]bool{}
	alone := map[string]*contrechamp.Entity{} // the only place of a country, nil for one of several
	several := func(country string) bool {
		only, ok := alone[country]
		return ok && only == nil
	}
	for _, list := range [][]*passage.Mention{d.Mentions, d.Inner} {
		for _, m := range list {
			if m.Kinds&(grammar.PLC|grammar.DEM) == 0 || m.Entity == nil || m.Weak {
				continue
			}
			if d.Knows.IsCountry(m.Entity) {
				named[m.Entity.Country] = true
			}
			if e, ok := alone[m.Entity.Country]; !ok {
				alone[m.Entity.Country] = m.Entity
			} else if e != m.Entity {
				alone[m.Entity.Country] = nil
			}
		}
	}
	for _, list := range [][]*passage.Mention{d.Mentions, d.Inner} {
		for _, m := range list {
			if m.Kinds != grammar.PLC || m.Entity == nil || d.Knows.IsCountry(m.Entity) || named[m.Entity.Country] {
				continue
			}
			if len(settled) > 0 && len(m.Others) > 0 {
				if _, told := settled[d.nameKey(m)]; told {
					continue
				}
			}
			g := d.Paragraphs[d.ParaOf(m.First)].Grammar
			for _, o := range m.Others {
				if o.Kind != contrechamp.KindPlace || d.dwarfs(m.Entity, o) {
					continue
				}
				if named[o.Country] || !several(m.Entity.Country) && several(o.Country) || IsRegionID(m.Entity.ID) && !IsRegionID(o.ID) && g.AtHome(o) && !g.AtHome(m.Entity) {
					m.Entity = o
					break
				}
			}
		}
	}
	d.doubtForeign(named)
}

// dwarfs reports whether a town is so much larger than another of its name that hardly anybody means the other.
func (d *Doc) dwarfs(e, other *contrechamp.Entity) bool {
	const times = 300
	return d.people(e) > times*max(1, d.people(other)) && !IsRegionID(other.ID)
}

// people is how many people live in a place, 0 where only the text knows it.
func (d *Doc) people(e *contrechamp.Entity) int {
	if e.Source != "lexicon" {
		return 0
	}
	return d.LexicalOf(e).People
}

// doubtForeign doubts the towns of countries where the text's language is not at home, whose names are as likely a word of
// it ("Vista su solicitud" is no town in California): those that nothing in the text places anywhere.
func (d *Doc) doubtForeign(named map[string]bool) {
	anchored := map[*contrechamp.Entity]bool{}
	var doubted []*passage.Mention
	for i := range d.Paragraphs {
		p := &d.Paragraphs[i]
		if p.Grammar.Known.HomeCountry == grammar.NoClass {
			continue
		}
		for _, m := range d.ByPara[i] {
			if m.Within != nil && m.Within.Entity != nil {
				anchored[m.Within.Entity] = true
			}
			if m.Kinds != grammar.PLC || m.Entity == nil || d.Knows.IsCountry(m.Entity) || m.Entity.Country == "" || m.Entity.Source != "lexicon" {
				continue
			}
			if named[m.Entity.Country] || p.Grammar.AtHome(m.Entity) || d.anchors(p, m) {
				anchored[m.Entity] = true
				continue
			}
			doubted = append(doubted, m)
		}
	}
	for _, m := range doubted {
		m.Weak = m.Weak || !anchored[m.Entity]
	}
}

// anchors reports whether what stands around a name says that it is a place: a preposition before it, a title, a dateline.
func (d *Doc) anchors(p *passage.Paragraph, m *passage.Mention) bool {
	k := &p.Grammar.Known
	for t := m.First - 1; t >= p.First && t >= m.First-2; t-- {
		if d.In(t, k.Locative) || d.In(t, k.Of) {
			return true
		}
		if !d.In(t, k.Article) {
			break
		}
	}
	if p.Role != contrechamp.RoleBody && p.Role != contrechamp.RoleItem {
		return true
	}
	return m.First <= p.First+1 && m.End < p.End && d.Tokens[m.End].Kind == word.Punct
}

// ProductFirms finds the companies whose name is also their product's: "le logiciel X", "X. Ce logiciel ...".
func (d *Doc) ProductFirms() {
	also := map[*contrechamp.Entity]bool{}
	var last *passage.Mention
	next := 0
	for t := range d.Tokens {
		for next < len(d.Mentions) && d.Mentions[next].First <= t {
			m := d.Mentions[next]
			if m.Kinds&grammar.CO != 0 {
				last = m
				if k := &d.Paragraphs[d.ParaOf(m.First)].Grammar.Known; m.First > 0 && d.In(m.First-1, k.ProductNoun) {
					also[m.Entity] = true
				}
			} else if m.Kinds&grammar.PRD != 0 {
				last = nil
			}
			next++
		}
		if last == nil || t-last.End > 12 {
			continue
		}
		p := &d.Paragraphs[d.ParaOf(t)]
		if t > p.First && d.FullStop[t-1] && d.In(t, p.Grammar.Known.ProductIt) {
			also[last.Entity] = true
		}
	}
	for _, m := range d.Mentions {
		if m.Kinds&grammar.CO != 0 && also[m.Entity] {
			m.Kinds |= grammar.PRD
		}
	}
}

// ResolveGeneric gives "l'association", "le journal", "the regulator" the body named before.
func (d *Doc) ResolveGeneric() {
	var last = map[grammar.Kind]*passage.Mention{}
	for _, m := range d.Mentions {
		k := m.Kinds & (grammar.ORG | grammar.AUT)
		if k == 0 {
			continue
		}
		if class := d.Paragraphs[d.ParaOf(m.First)].Grammar.Known.Concerned; class != grammar.NoClass && d.In(m.First, class) {
			continue // "les riverains" are no association named before
		}
		if !m.Generic {
			last[k] = m
			if k == grammar.ORG || k == grammar.AUT {
				last[grammar.ORG|grammar.AUT] = m
			}
			continue
		}
		if o := last[k]; o != nil && m.First-o.First < 400 {
			m.Entity, m.Generic = o.Entity, false
		}
	}
}
