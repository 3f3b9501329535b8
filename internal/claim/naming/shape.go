package naming

import (
	"slices"
	"strings"
	"unicode/utf8"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// maxName is how many tokens a name found by its shape may have.
const maxName = 9

// shapes finds names that the lexicon does not know by their capitals and by what stands around them: "la société
// X", "X, a firm", "X Technologies", "le logiciel X", "Y, spokesman".
func (d *Doc) shapes(p *passage.Paragraph, found []*passage.Mention) []*passage.Mention {
	d.covered = passage.Sized(d.covered, p.End-p.First)
	covered := d.covered
	for _, m := range found {
		for t := m.First; t < m.End; t++ {
			if c := covered[t-p.First]; c == nil || m.Len() > c.Len() {
				covered[t-p.First] = m
			}
		}
	}
	start := p.First // of the sentence
	for t := p.First; t < p.End; t++ {
		d.Steps++
		if t > p.First && (d.FullStop[t-1] || d.Fold[t-1] == "•") {
			start = t
		}
		if end := d.code(p, t); end > 0 {
			m := d.Mention(passage.Mention{First: t, End: end, Kinds: grammar.PRD, Shaped: true, Rank: 5})
			m.Entity = d.Made(contrechamp.KindProduct, d.Words(t, end))
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
		if !d.Capital(p, t) || t == start && d.verbBeforeName(p, t) {
			continue
		}
		if c := covered[t-p.First]; c != nil && (c.Kinds&(grammar.DAT|grammar.MON|grammar.PCT|grammar.NUM) != 0) {
			t = c.End - 1
			continue
		}
		end := d.nameEnd(p, t, covered)
		if name, form, ok := d.legalForm(p, t, end); ok {
			if c := covered[t-p.First]; c == nil || c.Kinds&grammar.CO == 0 || c.End < name {
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
func (d *Doc) code(p *passage.Paragraph, t int) int {
	if !d.Tokens[t].Upper || t+1 >= p.End || d.Tokens[t+1].Start != d.Tokens[t].End {
		return 0
	}
	end, digits, joints := t+1, false, 0
	for end < p.End && d.Tokens[end].Start == d.Tokens[end-1].End && end-t < 2*maxName {
		tok := d.Tokens[end]
		w := tok.Of(d.Body)
		if tok.Kind == word.Punct {
			if w != "-" && w != "/" || end+1 >= p.End || d.Tokens[end+1].Start != tok.End || d.Tokens[end+1].Kind == word.Punct {
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
	first := d.Tokens[t].Of(d.Body)
	digits = digits || strings.ContainsAny(first, "0123456789")
	if !digits || joints == 0 || strings.ToUpper(first) != first || d.Tokens[end-1].End-d.Tokens[t].Start < 6 && len(first) < 3 {
		return 0
	}
	return end
}

// shape decides what the capitals [t, end) name, nil for nothing worth a mention. start is the sentence's start.
func (d *Doc) shape(p *passage.Paragraph, t, end, start int, covered []*passage.Mention) *passage.Mention {
	whole := passage.Mention{First: t, End: end, Shaped: true, Rank: 1}
	k := &p.Grammar.Known
	if c := covered[t-p.First]; c != nil && c.First == t && c.End == end {
		return nil
	}
	name := d.Words(t, end)
	atStart := t == start || t > 0 && t-1 == start && d.Tokens[start].Kind == word.Punct
	if title := AllCapitals(name); title && end-t > 4 {
		return nil
	}
	// a name of the lexicon inside wins unless the rest of the name makes it another one
	holds := slices.ContainsFunc(covered[t-p.First:end-p.First], func(c *passage.Mention) bool {
		return c != nil && c.Kinds&(grammar.CO|grammar.PRD|grammar.PRG|grammar.ORG|grammar.AUT) != 0 && !c.Weak
	})
	firmEnd := d.In(end-1, k.FirmName) && end-t > 1
	orgWord := d.Any(t, end, k.OrgName) >= 0 && end-t > 1
	switch {
	case holds && !firmEnd:
		if m := d.branch(t, end, covered[t-p.First], covered[end-1-p.First]); m != nil {
			return m
		}
		return d.modelBehind(p, t, end, covered)
	case orgWord && p.Grammar.AdjectiveBefore && end-t > 2 && k.NameHead != grammar.NoClass && d.In(end-1, k.NameHead):
		// "Davao City Surveillance Project"
		whole.Kinds, whole.Entity, whole.Rank = grammar.NAME|grammar.PRG, d.Made(contrechamp.KindProgramme, name), 2
	case orgWord:
		// names of associations go on: "Ligue des droits et libertés" is taken by bodies()
		whole.End = d.orgEnd(p, t, end)
		whole.Kinds, whole.Entity = grammar.ORG, d.Made(contrechamp.KindOrganisation, d.Words(t, whole.End))
	case firmEnd && !holds && d.productBehind(p, end) && !d.FirmBefore(p, t):
		whole.Kinds, whole.Entity = grammar.NAME|grammar.PRD, d.Made(contrechamp.KindProduct, name) // "Visitor Analytics, a program by ..."
		whole.Rank = 4
	case firmEnd, d.FirmBefore(p, t), d.firmBehind(p, end, atStart), d.firmApposed(p, t, end):
		whole.Kinds, whole.Entity = grammar.CO|d.groupBefore(p, t), d.Made(contrechamp.KindCompany, name)
		whole.Rank = 4
		d.shortFirm(t, end)
		if c := covered[t-p.First]; c != nil && c.First == t && c.Kinds&grammar.CO != 0 && c.Entity != nil && c.End < end {
			AddName(whole.Entity, c.Entity.Name) // "Hikvision Maroc" is called Hikvision too
		}
	case d.venue(p, t, end):
		whole.Kinds, whole.Entity = grammar.PLC, d.Made(contrechamp.KindPlace, name)
		whole.Rank = 3
	case d.behindTitle(p, t, end) > t:
		whole.First = d.behindTitle(p, t, end)
		whole.Kinds, whole.Entity = grammar.PER, d.Made(contrechamp.KindPerson, d.Words(whole.First, end))
		whole.Rank = 3
	case d.person(p, t, end):
		whole.Kinds, whole.Entity = grammar.PER, d.Made(contrechamp.KindPerson, name)
		whole.Rank = 3
	case d.productBehind(p, end), d.productBefore(p, t, end) && covered[t-p.First] == nil:
		whole.Kinds, whole.Entity = grammar.NAME|grammar.PRD, d.Made(contrechamp.KindProduct, name)
		whole.Rank = 2
	case t > p.First && d.In(d.pastQuote(p, t)-1, k.ProductNoun) && (!p.Grammar.NounsCapital || end-t > 1 || nameLike(name) || d.Quoted[t] > 0 || d.capitals[d.Fold[t]].often > 1):
		whole.Kinds, whole.Entity = grammar.NAME|grammar.PRD, d.Made(contrechamp.KindProduct, name)
	case covered[t-p.First] != nil || covered[end-1-p.First] != nil:
		return nil
	case atStart && end-t == 1 && !d.elsewhere(t) && !d.isTitleFirm(t, end):
		return nil
	case p.Grammar.NounsCapital && end-t == 1 && !nameLike(name) && d.Quoted[t] == 0 && !d.shortFirms[d.Fold[t]]:
		return nil
	case d.headline(p) && d.Quoted[t] == 0 && d.OfCommonWords(t, end), d.portfolio(p, t):
		return nil
	default:
		whole.Kinds, whole.Entity, whole.Weak = grammar.NAME, nil, atStart
		whole.Rank = 0
	}
	return d.Mention(whole)
}

// branch is a known association with the place of its branch behind it, in [t, end): "Amnesty Kenya". nil for anything else.
func (d *Doc) branch(t, end int, of, place *passage.Mention) *passage.Mention {
	if of == nil || place == nil || of.First != t || of.Kinds&^(grammar.ORG|grammar.AUT) != 0 || of.Weak || of.Entity == nil || place.Kinds&grammar.PLC == 0 || place.First != of.End || place.End != end {
		return nil
	}
	return d.Mention(passage.Mention{First: t, End: end, Kinds: of.Kinds, Rank: 4, Within: place, Entity: d.Made(of.Entity.Kind, d.Words(t, end), of.Entity.Name)})
}

// modelBehind is what a firm calls its product, where its name stands behind the firm's and a word for devices says what it is: "un drone DJI
// Matrice 30T", "DJI Mavic models".
func (d *Doc) modelBehind(p *passage.Paragraph, t, end int, covered []*passage.Mention) *passage.Mention {
	c := covered[t-p.First]
	if c == nil || c.First != t || c.End >= end || c.Kinds&grammar.CO == 0 || c.Weak || c.Entity == nil {
		return nil
	}
	k := &p.Grammar.Known
	model := end
	for model < p.End && model < end+2 && d.Tokens[model].Kind == word.Number && d.Tokens[model].Start == d.Tokens[model-1].End+1 && d.Tokens[model].End-d.Tokens[model].Start <= 4 {
		model++
	}
	device := func(t int) bool {
		return d.Sets[t].Meets(&k.DeviceSet) || d.In(t, k.ProductNoun) || d.In(t, k.WeakDevices)
	}
	numbered := model > end || strings.ContainsAny(d.Words(c.End, end), "0123456789")
	if !(t > p.First && device(t-1)) && !(model < p.End && device(model)) && !(numbered && t > p.First && d.In(t-1, k.Article)) {
		return nil
	}
	name := d.Words(c.End, model)
	return d.Mention(passage.Mention{First: c.End, End: model, Kinds: grammar.PRD, Shaped: true, Rank: 4, Entity: d.Made(contrechamp.KindProduct, name, c.Entity.Name+" "+name)})
}

// orgEnd returns the end of an association's name that goes on behind a preposition: "Gulf Centre for Digital Rights".
func (d *Doc) orgEnd(p *passage.Paragraph, t, end int) int {
	k := &p.Grammar.Known
	for end-t < maxName {
		n := end
		for n < p.End && n < end+2 && (d.In(n, k.Of) && d.Fold[n] != "in" || n > end && d.In(n, k.Article)) {
			n++
		}
		if n == end || n >= p.End || !d.Capital(p, n) {
			break
		}
		end = d.nameEnd(p, n, nil)
	}
	return end
}

// AllCapitals reports whether no letter is small.
func AllCapitals(s string) bool {
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
func (d *Doc) elsewhere(t int) bool {
	if t+1 < len(d.Tokens) && d.Fold[t+1] == "," && t+2 < len(d.Tokens) {
		switch d.Fold[t+2] {
		case "qui", "une", "un", "which", "who", "a", "an", "whose", "dont":
			return true
		}
	}
	return d.capitals[d.Fold[t]].inside
}

// capitals says how a word stands with a capital.
type capitals struct {
	often  int
	inside bool // a sentence
}

// CollectCapitals notes how words stand with a capital.
func (d *Doc) CollectCapitals() {
	for i := range d.Paragraphs {
		p := &d.Paragraphs[i]
		for t := p.First; t < p.End; t++ {
			if t == 0 || !d.Tokens[t].Upper {
				continue
			}
			c := d.capitals[d.Fold[t]]
			c.often++
			c.inside = c.inside || t > p.First && d.Tokens[t-1].Kind == word.Word
			d.capitals[d.Fold[t]] = c
		}
	}
}

// venue reports whether the capitals [t, end) name a stadium, an airport, a campus: a word for one is among them, or stands
// right before a single name ("stade Bollaert", "estadio El Sadar"). Something can stand there, as in a town.
func (d *Doc) venue(p *passage.Paragraph, t, end int) bool {
	k := &p.Grammar.Known
	if p.Grammar.NounsCapital {
		return false
	}
	if end-t >= 2 && (d.Any(end-1, end, k.Venue) >= 0 || d.Any(t, t+1, k.Venue) >= 0) && d.Any(t, end, k.FirmName) < 0 && d.Any(t, end, k.OrgName) < 0 {
		return true
	}
	return t > p.First && !d.Tokens[t-1].Upper && d.In(t-1, k.Venue) && !d.In(t-1, k.State) && !d.In(t-1, k.Town) && d.Tokens[t-1].End+1 == d.Tokens[t].Start
}

// behindTitle returns where a person's name starts behind the title or office that the capitals [t, end) open with, "Mme Dupont",
// "Councillor Brown"; t where they open with none.
func (d *Doc) behindTitle(p *passage.Paragraph, t, end int) int {
	k := &p.Grammar.Known
	n := d.Is(t, k.Title)
	if n == 0 && !p.Grammar.NounsCapital {
		n = d.Is(t, k.Role)
	}
	const longest = 3
	if n == 0 || t+n >= end || end-t-n > longest {
		return t
	}
	for m := t + n; m < end; m++ {
		if d.In(m, k.OrgName) || d.In(m, k.FirmName) || d.In(m, k.Venue) || d.In(m, k.Role) || d.bodyKind(p, m, m+1) != 0 {
			return t
		}
	}
	return t + n
}

// roleBefore reports whether a role with an adjective of its own ends at n: "la conseillère municipale", "députée européenne".
func (d *Doc) roleBefore(p *passage.Paragraph, n int) bool {
	const adjectives = 2
	for i := 0; i < adjectives && n > p.First && d.adjective(p, n); i++ {
		if n--; d.In(n, p.Grammar.Known.Role) {
			return true
		}
	}
	return false
}

// endsWith reports whether words of a class, one or several, end at n.
func (d *Doc) endsWith(p *passage.Paragraph, n int, class int32) bool {
	const longest = 5
	for first := n; first >= p.First && first > n-longest; first-- {
		if d.In(first, class) && first+d.Is(first, class) == n+1 {
			return true
		}
	}
	return false
}

// person reports whether [t, end) is a person's name: two to four capitals beside a title or a role.
func (d *Doc) person(p *passage.Paragraph, t, end int) bool {
	k := &p.Grammar.Known
	if t > p.First && d.In(t-1, k.Title) || t > p.First+1 && d.Fold[t-1] == "." && d.In(t-2, k.Title) {
		return true
	}
	if end-t > 6 {
		return false
	}
	if t > p.First {
		n := t - 1
		if d.Fold[n] == "," && n > p.First {
			n--
		}
		if d.In(n, k.Role) {
			return true
		}
		if end-t > 1 && n == t-1 && d.roleBefore(p, n) {
			return true
		}
	}
	if end-t < 2 || end+1 >= p.End {
		return false
	}
	if GivenNames()[d.Fold[t]] && end-t <= maxPersonWords && (d.In(end, k.Said) || t > p.First && k.Selon != grammar.NoClass && d.endsWith(p, t-1, k.Selon)) {
		return true
	}
	if d.Fold[end] == "," {
		n := end + 1
		for m := n; m < p.End && m < n+3; m++ {
			if d.In(m, k.Role) {
				return true
			}
		}
	}
	return false
}
