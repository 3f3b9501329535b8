package naming

import (
	"slices"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// A name that nobody knows is a firm's where the text treats it as one: it sells and employs, it has founders and shareholders, or it heads the
// portrait of a firm. One such passage is enough, two where the name may be a people or a technique; every other mention of it is the firm's then.

// FindFirms makes firms of the names that are treated as firms.
func (d *Doc) FindFirms() {
	var found []*contrechamp.Entity
	var treated []treatment
	treatedAt := map[string]int{} // by their folded words
	for i := range d.Paragraphs {
		p := &d.Paragraphs[i]
		for _, m := range d.ByPara[i] {
			switch {
			case m.Kinds != grammar.NAME || m.Entity != nil:
			case d.isTitleFirm(m.First, m.End):
				found = append(found, d.firmOf(m))
			case d.treatedAsFirm(p, m) && !d.MaybePerson(p, m):
				key := strings.Join(d.Fold[m.First:m.End], " ")
				at, again := treatedAt[key]
				if !again {
					at = len(treated)
					treatedAt[key] = at
					treated = append(treated, treatment{name: m})
				}
				treated[at].times++
			}
		}
	}
	for _, t := range treated {
		if t.times >= d.Treatments(t.name) {
			found = append(found, d.firmOf(t.name))
		}
	}
	for i := range d.Paragraphs {
		found = d.listedFirms(&d.Paragraphs[i], d.ByPara[i], found)
	}
	d.Portrait = nil
	if d.TitleFirm > 0 {
		r := &d.Runs[d.TitleFirm-1]
		d.Portrait = d.Entities["x-"+string(contrechamp.KindCompany)+"-"+Slug(d.Words(r.First, r.End))]
	}
	if len(found) > 0 {
		d.callFirms(found)
	}
}

// callFirms gives the firms found their other mentions, by the whole name or its first word. Of several the one found first is meant.
func (d *Doc) callFirms(found []*contrechamp.Entity) {
	whole, short := map[string]int{}, map[string]int{}
	for i := len(found) - 1; i >= 0; i-- {
		whole[found[i].Name] = i
		if first, _, more := strings.Cut(found[i].Name, " "); more {
			short[first] = i
		}
	}
	for _, m := range d.Mentions {
		if m.Kinds != grammar.NAME || m.Entity != nil {
			continue
		}
		name := d.Words(m.First, m.End)
		at, ok := whole[name]
		if m.Len() == 1 && d.shortFirms[d.Fold[m.First]] {
			if i, called := short[name]; called && (!ok || i < at) {
				at, ok = i, true
			}
		}
		if ok {
			m.Entity, m.Kinds = found[at], grammar.CO|grammar.NAME
		}
	}
}

// listedFirms makes firms of the names that stand in a list with one: "Hikvision, Dahua, X and Y", "firms such as X and Y".
func (d *Doc) listedFirms(p *passage.Paragraph, ms []*passage.Mention, found []*contrechamp.Entity) []*contrechamp.Entity {
	for i := 0; i < len(ms); {
		j := i + 1
		for j < len(ms) && d.joined(p, ms[j-1], ms[j]) {
			j++
		}
		if j-i >= fewestListed {
			found = d.listFirms(p, ms[i:j], found)
		}
		i = j
	}
	return found
}

// fewestListed is how many names make a list: two beside each other may be a firm and its product.
const fewestListed = 3

// joined reports whether nothing but a comma, a conjunction or an article stands between two names.
func (d *Doc) joined(p *passage.Paragraph, a, b *passage.Mention) bool {
	const most = 3
	if b.First-a.End > most || b.First == a.End || (a.Kinds|b.Kinds)&^(grammar.CO|grammar.NAME|grammar.PRD) != 0 || a.Kinds&(grammar.CO|grammar.NAME) == 0 || b.Kinds&(grammar.CO|grammar.NAME) == 0 {
		return false
	}
	joins := false
	for t := a.End; t < b.First; t++ {
		switch {
		case d.Fold[t] == ",", d.In(t, p.Grammar.Known.Conjunction), d.Fold[t] == "&":
			joins = true
		case !d.In(t, p.Grammar.Known.Article) && !d.In(t, p.Grammar.Known.Of):
			return false
		}
	}
	return joins
}

// listFirms makes firms of the names of one list, where a known firm is among them, or a word for firms opens it.
func (d *Doc) listFirms(p *passage.Paragraph, list []*passage.Mention, found []*contrechamp.Entity) []*contrechamp.Entity {
	const before = 4 // tokens between "firms" and the list
	k := &p.Grammar.Known
	firms := slices.ContainsFunc(list, func(m *passage.Mention) bool { return m.Kinds&grammar.CO != 0 && m.Entity != nil && !m.Weak })
	for t := list[0].First - 1; !firms && t >= max(p.First, list[0].First-before); t-- {
		firms = d.In(t, k.Firm)
		if d.Tokens[t].Kind == word.Punct && d.Fold[t] != "," && d.Fold[t] != ":" {
			break
		}
	}
	if !firms {
		return found
	}
	for _, m := range list {
		if m.Kinds == grammar.NAME && m.Entity == nil {
			found = append(found, d.firmOf(m))
		}
	}
	return found
}

// treatment is how often a name is treated as a firm.
type treatment struct {
	name  *passage.Mention
	times int
}

func (d *Doc) sameWords(a, b *passage.Mention) bool {
	return a.Len() == b.Len() && slices.Equal(d.Fold[a.First:a.End], d.Fold[b.First:b.End])
}

// Treatments is how often a name must be treated as a firm to be one: once, and twice where it may be a people, a technique or a thing, since it
// has an article somewhere, is a short form, or stands with a small letter too.
func (d *Doc) Treatments(m *passage.Mention) int {
	const (
		most  = 200 // mentions looked at
		short = 3   // letters of "IA", "EES"
	)
	if name := d.Words(m.First, m.End); len(name) <= short && AllCapitals(name) {
		return 2
	}
	if at, ok := d.RunNamed(m.First, m.End); ok && d.Runs[at].Cues&(1<<CueArticle|1<<cueLower) != 0 {
		return 2
	}
	for i, n := 0, 0; i < len(d.Mentions) && n < most; i++ {
		o := d.Mentions[i]
		if o.Kinds&grammar.NAME == 0 {
			continue
		}
		n++
		if o.First > 0 && d.sameWords(o, m) && d.In(o.First-1, d.Paragraphs[d.ParaOf(o.First)].Grammar.Known.Definite) {
			return 2
		}
	}
	return 1
}

// isTitleFirm reports whether [t, end) is the name of the firm that the text is a portrait of.
func (d *Doc) isTitleFirm(t, end int) bool {
	if d.TitleFirm == 0 {
		return false
	}
	r := &d.Runs[d.TitleFirm-1]
	return end-t == r.End-r.First && slices.Equal(d.Fold[t:end], d.Fold[r.First:r.End])
}

// findTitleFirm looks for the firm that a portrait is of: a name that nobody knows, in the title or the first heading and further on, of a text
// that speaks of staff, customers and capital. It is the run that is no place then.
func (d *Doc) findTitleFirm() {
	const (
		again         = 2 // how often it is named
		profile       = 4 // words of a portrait
		fewestLetters = 4 // "IA" is no firm
	)
	d.TitleFirm = 0
	for i := range d.Runs {
		r := &d.Runs[i]
		if r.count < again || !r.Cues.Has(cueTitle) && !r.Cues.Has(cueHeading) && !r.Cues.Has(CueMasthead) || r.Paragraph != &d.Paragraphs[0] && !r.Cues.Has(cueTitle) && d.ParaOf(r.First) > headReach {
			continue
		}
		if r.First != r.Paragraph.First || d.Tokens[r.End-1].End-d.Tokens[r.First].Start < fewestLetters {
			continue // it opens the title: "Optivue, the quiet eye"
		}
		if r.Cues&(1<<CueArticle|1<<CueBeforeBody|1<<CueOfHead|1<<CueGenitiveBody|1<<CueAtTown|1<<cueBehindHead|1<<CueFronted|1<<CueTitleOf|1<<CueRole|1<<cueProductNoun) != 0 {
			continue
		}
		if d.Know(r); r.Cues&(1<<CuePlace|1<<CueOther|1<<CueSmallPlace) != 0 || d.things[d.Fold[r.First]] {
			continue
		}
		n := 0
		for j := range d.Paragraphs {
			if class := d.Paragraphs[j].Grammar.Known.Profile; class != grammar.NoClass {
				n += d.timesSaid(&d.Paragraphs[j], class)
			}
		}
		if n >= profile {
			d.TitleFirm = int32(i) + 1
		}
		return
	}
}

// headReach is how many paragraphs at the head of a text may name what it is about.
const headReach = 2

// findThings notes the single names that are said to be products: "son produit, X,", "le logiciel X". They are no places, whatever the gazetteer
// has by that name.
func (d *Doc) findThings() {
	for i := range d.Met {
		o := &d.Met[i]
		if o.End-o.First != 1 {
			continue
		}
		p := &d.Paragraphs[d.ParaOf(o.First)]
		if b := o.First - 1; b >= p.First && (d.In(b, p.Grammar.Known.Of) || d.In(b, p.Grammar.Known.Locative)) && !(b > p.First && p.Grammar.Known.MakerOf != grammar.NoClass && d.In(b-1, p.Grammar.Known.MakerOf)) {
			continue // "de Metz, un outil ..."
		}
		if d.productBefore(p, o.First, o.End) || d.productBehind(p, o.End) {
			d.things[d.Fold[o.First]] = true
		}
	}
}

// firmOf makes the firm of a name.
func (d *Doc) firmOf(m *passage.Mention) *contrechamp.Entity {
	m.Entity = d.Made(contrechamp.KindCompany, d.Words(m.First, m.End))
	m.Kinds = grammar.CO | grammar.NAME
	d.shortFirm(m.First, m.End)
	return m.Entity
}

// timesSaid counts the words of a class in a paragraph.
func (d *Doc) timesSaid(p *passage.Paragraph, class int32) int {
	n := 0
	for t := p.First; t < p.End; t++ {
		if d.In(t, class) {
			n++
		}
	}
	return n
}

// treatedAsFirm reports whether what stands around a name says that it is a firm's.
func (d *Doc) treatedAsFirm(p *passage.Paragraph, m *passage.Mention) bool {
	k := &p.Grammar.Known
	// "X sells", "X, which sells"
	if k.FirmDoes != grammar.NoClass {
		t := m.End
		if t+1 < p.End && d.Fold[t] == "," && k.SpeakerWho != grammar.NoClass && d.In(t+1, k.SpeakerWho) {
			t += 2
		}
		if t < p.End && d.In(t, k.FirmDoes) && (m.First == p.First || !d.In(m.First-1, k.Preposition)) {
			return true
		}
	}
	if k.FirmHas == grammar.NoClass || m.First == p.First {
		return false
	}
	// "the founder of X", "X's founder"
	b := m.First - 1
	for n := 0; n < 2 && b > p.First && (d.In(b, k.Article) && !d.In(b, k.Of)); n++ {
		b--
	}
	if d.In(b, k.Of) && b > p.First {
		for n := b - 1; n >= max(p.First, b-2); n-- {
			if d.Any(n, n+1, k.FirmHas) >= 0 {
				return true
			}
			if d.In(n, k.Article) || d.In(n, k.Preposition) {
				break
			}
		}
	}
	if m.End+1 < p.End && d.Fold[m.End] == "'s" {
		return slices.ContainsFunc([]int{m.End + 1, m.End + 2}, func(t int) bool { return t < p.End && d.In(t, k.FirmHas) })
	}
	return false
}

// saidFirm reports whether the text says of a name, somewhere, that it is a firm's: "X, une société belge", "la société X", "X SA".
func (d *Doc) saidFirm(at int32) bool {
	r := &d.Runs[at]
	if r.firm {
		return true
	}
	for n := r.last; n > 0; n = d.Met[n-1].before {
		d.Steps++
		o := &d.Met[n-1]
		p := &d.Paragraphs[d.ParaOf(o.First)]
		// "à X, une société ...": that is a town and what is in it
		if b := o.First - 1; b >= p.First && d.In(b, p.Grammar.Known.Locative) && !d.given(p, b) {
			continue
		}
		if d.firmBehind(p, o.End, false) && d.Fold[o.End] == "," {
			return true
		}
	}
	return false
}

// noteFirms marks the names that stand somewhere with a legal form or another last word of firms, with it and without.
func (d *Doc) noteFirms() {
	for i := range d.Met {
		o := &d.Met[i]
		if o.End-o.First < 2 || !d.In(o.End-1, d.Paragraphs[d.ParaOf(o.First)].Grammar.Known.FirmName) {
			continue
		}
		d.Runs[o.Run].firm = true
		if at, ok := d.RunNamed(o.First, o.End-1); ok {
			d.Runs[at].firm = true
		}
	}
}
