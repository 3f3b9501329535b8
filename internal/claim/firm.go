package claim

import (
	"slices"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// A name that nobody knows is a firm's where the text treats it as one: it sells and employs, it has founders and shareholders, or it heads the
// portrait of a firm. One such passage is enough, two where the name may be a people or a technique; every other mention of it is the firm's then.

// findFirms makes firms of the names that are treated as firms.
func (d *namingDoc) findFirms() {
	var found []*contrechamp.Entity
	var treated []treatment
	treatedAt := map[string]int{} // by their folded words
	for i := range d.paras {
		p := &d.paras[i]
		for _, m := range d.byPara[i] {
			switch {
			case m.kinds != kNAME || m.entity != nil:
			case d.isTitleFirm(m.first, m.end):
				found = append(found, d.firmOf(m))
			case d.treatedAsFirm(p, m) && !d.maybePerson(p, m):
				key := strings.Join(d.fold[m.first:m.end], " ")
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
		if t.times >= d.treatments(t.name) {
			found = append(found, d.firmOf(t.name))
		}
	}
	for i := range d.paras {
		found = d.listedFirms(&d.paras[i], d.byPara[i], found)
	}
	d.portrait = nil
	if d.titleFirm > 0 {
		r := &d.runs[d.titleFirm-1]
		d.portrait = d.entities["x-"+string(contrechamp.KindCompany)+"-"+slug(d.words(r.first, r.end))]
	}
	if len(found) > 0 {
		d.callFirms(found)
	}
}

// callFirms gives the firms found their other mentions, by the whole name or its first word. Of several the one found first is meant.
func (d *namingDoc) callFirms(found []*contrechamp.Entity) {
	whole, short := map[string]int{}, map[string]int{}
	for i := len(found) - 1; i >= 0; i-- {
		whole[found[i].Name] = i
		if first, _, more := strings.Cut(found[i].Name, " "); more {
			short[first] = i
		}
	}
	for _, m := range d.mentions {
		if m.kinds != kNAME || m.entity != nil {
			continue
		}
		name := d.words(m.first, m.end)
		at, ok := whole[name]
		if m.len() == 1 && d.shortFirms[d.fold[m.first]] {
			if i, called := short[name]; called && (!ok || i < at) {
				at, ok = i, true
			}
		}
		if ok {
			m.entity, m.kinds = found[at], kCO|kNAME
		}
	}
}

// listedFirms makes firms of the names that stand in a list with one: "Hikvision, Dahua, X and Y", "firms such as X and Y".
func (d *namingDoc) listedFirms(p *paragraph, ms []*mention, found []*contrechamp.Entity) []*contrechamp.Entity {
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
func (d *namingDoc) joined(p *paragraph, a, b *mention) bool {
	const most = 3
	if b.first-a.end > most || b.first == a.end || (a.kinds|b.kinds)&^(kCO|kNAME|kPRD) != 0 || a.kinds&(kCO|kNAME) == 0 || b.kinds&(kCO|kNAME) == 0 {
		return false
	}
	joins := false
	for t := a.end; t < b.first; t++ {
		switch {
		case d.fold[t] == ",", d.in(t, p.g.known.conjunction), d.fold[t] == "&":
			joins = true
		case !d.in(t, p.g.known.article) && !d.in(t, p.g.known.of):
			return false
		}
	}
	return joins
}

// listFirms makes firms of the names of one list, where a known firm is among them, or a word for firms opens it.
func (d *namingDoc) listFirms(p *paragraph, list []*mention, found []*contrechamp.Entity) []*contrechamp.Entity {
	const before = 4 // tokens between "firms" and the list
	k := &p.g.known
	firms := slices.ContainsFunc(list, func(m *mention) bool { return m.kinds&kCO != 0 && m.entity != nil && !m.weak })
	for t := list[0].first - 1; !firms && t >= max(p.first, list[0].first-before); t-- {
		firms = d.in(t, k.firm)
		if d.toks[t].Kind == word.Punct && d.fold[t] != "," && d.fold[t] != ":" {
			break
		}
	}
	if !firms {
		return found
	}
	for _, m := range list {
		if m.kinds == kNAME && m.entity == nil {
			found = append(found, d.firmOf(m))
		}
	}
	return found
}

// treatment is how often a name is treated as a firm.
type treatment struct {
	name  *mention
	times int
}

func (d *namingDoc) sameWords(a, b *mention) bool {
	return a.len() == b.len() && slices.Equal(d.fold[a.first:a.end], d.fold[b.first:b.end])
}

// treatments is how often a name must be treated as a firm to be one: once, and twice where it may be a people, a technique or a thing, since it
// has an article somewhere, is a short form, or stands with a small letter too.
func (d *namingDoc) treatments(m *mention) int {
	const (
		most  = 200 // mentions looked at
		short = 3   // letters of "IA", "EES"
	)
	if name := d.words(m.first, m.end); len(name) <= short && allCapitals(name) {
		return 2
	}
	if at, ok := d.runNamed(m.first, m.end); ok && d.runs[at].cues&(1<<cueArticle|1<<cueLower) != 0 {
		return 2
	}
	for i, n := 0, 0; i < len(d.mentions) && n < most; i++ {
		o := d.mentions[i]
		if o.kinds&kNAME == 0 {
			continue
		}
		n++
		if o.first > 0 && d.sameWords(o, m) && d.in(o.first-1, d.paras[d.paraOf(o.first)].g.known.definite) {
			return 2
		}
	}
	return 1
}

// isTitleFirm reports whether [t, end) is the name of the firm that the text is a portrait of.
func (d *namingDoc) isTitleFirm(t, end int) bool {
	if d.titleFirm == 0 {
		return false
	}
	r := &d.runs[d.titleFirm-1]
	return end-t == r.end-r.first && slices.Equal(d.fold[t:end], d.fold[r.first:r.end])
}

// findTitleFirm looks for the firm that a portrait is of: a name that nobody knows, in the title or the first heading and further on, of a text
// that speaks of staff, customers and capital. It is the run that is no place then.
func (d *namingDoc) findTitleFirm() {
	const (
		again         = 2 // how often it is named
		profile       = 4 // words of a portrait
		fewestLetters = 4 // "IA" is no firm
	)
	d.titleFirm = 0
	for i := range d.runs {
		r := &d.runs[i]
		if r.count < again || !r.cues.has(cueTitle) && !r.cues.has(cueHeading) && !r.cues.has(cueMasthead) || r.p != &d.paras[0] && !r.cues.has(cueTitle) && d.paraOf(r.first) > headReach {
			continue
		}
		if r.first != r.p.first || d.toks[r.end-1].End-d.toks[r.first].Start < fewestLetters {
			continue // it opens the title: "Optivue, the quiet eye"
		}
		if r.cues&(1<<cueArticle|1<<cueBeforeBody|1<<cueOfHead|1<<cueGenitiveBody|1<<cueAtTown|1<<cueBehindHead|1<<cueFronted|1<<cueTitleOf|1<<cueRole|1<<cueProductNoun) != 0 {
			continue
		}
		if d.know(r); r.cues&(1<<cuePlace|1<<cueOther|1<<cueSmallPlace) != 0 || d.things[d.fold[r.first]] {
			continue
		}
		n := 0
		for j := range d.paras {
			if class := d.paras[j].g.known.profile; class != noClass {
				n += d.timesSaid(&d.paras[j], class)
			}
		}
		if n >= profile {
			d.titleFirm = int32(i) + 1
		}
		return
	}
}

// headReach is how many paragraphs at the head of a text may name what it is about.
const headReach = 2

// findThings notes the single names that are said to be products: "son produit, X,", "le logiciel X". They are no places, whatever the gazetteer
// has by that name.
func (d *namingDoc) findThings() {
	for i := range d.met {
		o := &d.met[i]
		if o.end-o.first != 1 {
			continue
		}
		p := &d.paras[d.paraOf(o.first)]
		if b := o.first - 1; b >= p.first && (d.in(b, p.g.known.of) || d.in(b, p.g.known.locative)) && !(b > p.first && p.g.known.makerOf != noClass && d.in(b-1, p.g.known.makerOf)) {
			continue // "de Metz, un outil ..."
		}
		if d.productBefore(p, o.first, o.end) || d.productBehind(p, o.end) {
			d.things[d.fold[o.first]] = true
		}
	}
}

// firmOf makes the firm of a name.
func (d *namingDoc) firmOf(m *mention) *contrechamp.Entity {
	m.entity = d.made(contrechamp.KindCompany, d.words(m.first, m.end))
	m.kinds = kCO | kNAME
	d.shortFirm(m.first, m.end)
	return m.entity
}

// timesSaid counts the words of a class in a paragraph.
func (d *namingDoc) timesSaid(p *paragraph, class int32) int {
	n := 0
	for t := p.first; t < p.end; t++ {
		if d.in(t, class) {
			n++
		}
	}
	return n
}

// treatedAsFirm reports whether what stands around a name says that it is a firm's.
func (d *namingDoc) treatedAsFirm(p *paragraph, m *mention) bool {
	k := &p.g.known
	// "X sells", "X, which sells"
	if k.firmDoes != noClass {
		t := m.end
		if t+1 < p.end && d.fold[t] == "," && k.speakerWho != noClass && d.in(t+1, k.speakerWho) {
			t += 2
		}
		if t < p.end && d.in(t, k.firmDoes) && (m.first == p.first || !d.in(m.first-1, k.preposition)) {
			return true
		}
	}
	if k.firmHas == noClass || m.first == p.first {
		return false
	}
	// "the founder of X", "X's founder"
	b := m.first - 1
	for n := 0; n < 2 && b > p.first && (d.in(b, k.article) && !d.in(b, k.of)); n++ {
		b--
	}
	if d.in(b, k.of) && b > p.first {
		for n := b - 1; n >= max(p.first, b-2); n-- {
			if d.any(n, n+1, k.firmHas) >= 0 {
				return true
			}
			if d.in(n, k.article) || d.in(n, k.preposition) {
				break
			}
		}
	}
	if m.end+1 < p.end && d.fold[m.end] == "'s" {
		return slices.ContainsFunc([]int{m.end + 1, m.end + 2}, func(t int) bool { return t < p.end && d.in(t, k.firmHas) })
	}
	return false
}

// saidFirm reports whether the text says of a name, somewhere, that it is a firm's: "X, une société belge", "la société X", "X SA".
func (d *namingDoc) saidFirm(at int32) bool {
	r := &d.runs[at]
	if r.firm {
		return true
	}
	for n := r.last; n > 0; n = d.met[n-1].before {
		d.steps++
		o := &d.met[n-1]
		p := &d.paras[d.paraOf(o.first)]
		// "à X, une société ...": that is a town and what is in it
		if b := o.first - 1; b >= p.first && d.in(b, p.g.known.locative) && !d.given(p, b) {
			continue
		}
		if d.firmBehind(p, o.end, false) && d.fold[o.end] == "," {
			return true
		}
	}
	return false
}

// noteFirms marks the names that stand somewhere with a legal form or another last word of firms, with it and without.
func (d *namingDoc) noteFirms() {
	for i := range d.met {
		o := &d.met[i]
		if o.end-o.first < 2 || !d.in(o.end-1, d.paras[d.paraOf(o.first)].g.known.firmName) {
			continue
		}
		d.runs[o.run].firm = true
		if at, ok := d.runNamed(o.first, o.end-1); ok {
			d.runs[at].firm = true
		}
	}
}
