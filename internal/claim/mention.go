package claim

import (
	"slices"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/calendar"
	"contrechamp.org/contrechamp/internal/quantity"
	"contrechamp.org/contrechamp/internal/word"
)

// find finds all mentions but capabilities said by patterns.
func (d *namingDoc) find() {
	for i := range d.paras {
		p := &d.paras[i]
		from := len(d.mentions)
		toks := d.toks[p.first:p.end]
		found := d.figures(p, toks, d.found[:0])
		found = d.dates(p, toks, found)
		found = d.lexical(p, toks, found)
		found = d.genitives(p, found)
		found = d.inhabitants(p, found)
		found = d.townMentions(p, found)
		found = d.deviceWords(p, found)
		found = d.systemNames(p, found)
		found = d.shapes(p, found)
		found = d.bodies(p, found)
		d.settle(found)
		d.byPara = append(d.byPara, d.mentions[from:len(d.mentions):len(d.mentions)])
		d.found = found
	}
}

// figures adds the numbers, sums and shares of a paragraph.
func (d *namingDoc) figures(p *paragraph, toks []word.Token, found []*mention) []*mention {
	from := len(d.quantities)
	d.quantities = quantity.FindIn(d.quantities, d.body, toks, d.numberIDs[p.first:p.end], p.g.language)
	for i := range d.quantities[from:] {
		q := &d.quantities[from+i]
		kinds := kNUM
		switch q.Kind {
		case quantity.Percent, quantity.Points:
			kinds = kPCT
		case quantity.Money:
			kinds = kMON
		case quantity.Measure:
			continue
		}
		if q.Vague || q.Weak || q.Year && q.Kind == quantity.Count {
			continue
		}
		found = append(found, d.mention(mention{first: p.first + q.First, end: p.first + q.Last + 1, quantity: q, kinds: kinds, rank: 3}))
	}
	return found
}

// dates adds the dates of a paragraph.
func (d *namingDoc) dates(p *paragraph, toks []word.Token, found []*mention) []*mention {
	from := len(d.days)
	d.days = calendar.FindIn(d.days, d.body, toks, d.dateIDs[p.first:p.end], p.g.language, d.day)
	for i := range d.days[from:] {
		c := &d.days[from+i]
		found = append(found, d.mention(mention{first: p.first + c.First, end: p.first + c.Last + 1, date: c, kinds: kDAT, rank: 4}))
	}
	return found
}

// settle keeps the longest of overlapping mentions of a paragraph, then the surer; the losers are inner mentions.
func (d *namingDoc) settle(found []*mention) {
	slices.SortStableFunc(found, func(a, b *mention) int {
		if a.first != b.first {
			return a.first - b.first
		}
		if a.len() != b.len() {
			return b.len() - a.len()
		}
		return b.rank - a.rank
	})
	from := len(d.mentions)
	for _, m := range found {
		end := len(d.mentions) - 1
		if end < from || m.first >= d.mentions[end].end {
			d.mentions = append(d.mentions, m)
			continue
		}
		last := d.mentions[end]
		if m.len() > last.len() || m.len() == last.len() && m.rank > last.rank {
			d.mentions[end] = m
			m, last = last, m
		}
		if m.kinds&kDEV != 0 && last.kinds&kCAP != 0 {
			last.kinds |= kDEV
			last.unit = m.unit
			if m.len() == last.len() && last.capability == "drone-surveillance" {
				last.kinds = kDEV // a drone is no surveillance yet
			}
		}
		if m.kinds&kCAP != 0 && last.kinds&^(kPRG|kPRD|kNAME) == 0 && last.capability == "" && m.first >= last.first && m.end <= last.end {
			last.kinds |= kCAP // a name that says what it does: "Sistema de Reconocimiento Facial de Prófugos"
			last.capability = m.capability
		}
		if m.kinds&(kPLC|kDEM) != 0 && last.within == nil && m.first >= last.first && m.end <= last.end {
			last.within = m
		}
		d.inner = append(d.inner, m)
	}
}

// deviceWords adds the words for devices.
func (d *namingDoc) deviceWords(p *paragraph, found []*mention) []*mention {
	for t := p.first; t < p.end && p.set.meets(&p.g.known.deviceSet); t++ {
		if !d.sets[t].meets(&p.g.known.deviceSet) {
			continue
		}
		best, unit := int32(0), ""
		for _, h := range d.known[t].hits {
			if u := p.g.known.devices[h.class]; u != "" && h.n > best {
				best, unit = h.n, u
			}
		}
		if best > 0 {
			found = append(found, d.mention(mention{first: t, end: t + int(best), kinds: kDEV, unit: unit, rank: 2}))
			t += int(best) - 1
		}
	}
	return found
}

// kindOf maps the kinds of entities to the kinds of mentions.
func (d *namingDoc) kindOf(e *contrechamp.Entity, p *paragraph, first, end int) kind {
	switch e.Kind {
	case contrechamp.KindCompany:
		return kCO
	case contrechamp.KindProduct:
		return kPRD
	case contrechamp.KindProgramme:
		return kPRG
	case contrechamp.KindPlace:
		return kPLC
	case contrechamp.KindAuthority:
		return kAUT
	case contrechamp.KindOrganisation:
		if d.bodyKind(p, first, end) == kORG {
			return kORG
		}
		return d.organisationKind(p, e, first, end)
	case contrechamp.KindCapability:
		return kCAP
	case contrechamp.KindPerson:
		return kPER
	}
	return 0
}

// organisationKind tells those that run systems from those that speak about them: by the words of any of their names.
func (d *namingDoc) organisationKind(p *paragraph, e *contrechamp.Entity, first, end int) kind {
	if k := d.bodyKind(p, first, end); k != 0 {
		return k
	}
	if e.Source != "lexicon" {
		return d.e.bodyKindOf(e)
	}
	return d.lexicalOf(e).body
}

// lexicalOf is what is known of an entity of the lexicon; a text names few, and those again and again.
func (d *namingDoc) lexicalOf(e *contrechamp.Entity) *lexical {
	x := d.ofLexicon[e]
	if x == nil {
		x = d.e.lexicalOf(e)
		d.ofLexicon[e] = x
	}
	return x
}

// bodyKind tells what a body is from the classes of the words that name it.
func (d *namingDoc) bodyKind(p *paragraph, first, end int) kind {
	k := &p.g.known
	for t := first; t < end; t++ {
		for _, h := range d.known[t].hits {
			switch h.class {
			case k.regulator, k.court:
				return kAUT
			case k.police, k.town, k.state:
				return kPOL
			case k.ngo, k.press, k.orgName:
				return kORG
			}
		}
	}
	return 0
}

// keep registers an entity met in this document.
func (d *namingDoc) keep(e *contrechamp.Entity) *contrechamp.Entity {
	if known := d.entities[e.ID]; known != nil {
		return known
	}
	d.entities[e.ID] = e
	return e
}

// made makes, or finds again, an entity first met in this document.
func (d *namingDoc) made(k contrechamp.EntityKind, name string, more ...string) *contrechamp.Entity {
	d.folding = appendID(d.folding[:0], k, name)
	if e := d.entities[string(d.folding)]; e != nil {
		for _, n := range more {
			addName(e, n)
		}
		return e
	}
	id := string(d.folding)
	e := &contrechamp.Entity{ID: id, Kind: k, Name: name, Source: "document"}
	for _, n := range more {
		addName(e, n)
	}
	d.entities[id] = e
	return e
}

func addName(e *contrechamp.Entity, name string) {
	if name == "" || name == e.Name {
		return
	}
	for _, n := range e.Names {
		if n.Text == name {
			return
		}
	}
	e.Names = append(e.Names, contrechamp.Name{Text: name})
}

// appendID appends the ID of an entity first met in a document.
func appendID(dst []byte, k contrechamp.EntityKind, name string) []byte {
	dst = append(append(append(dst, "x-"...), k...), '-')
	return appendSlug(dst, name)
}

// slug is a name as a part of an ID.
func slug(name string) string { return string(appendSlug(nil, name)) }

func appendSlug(dst []byte, name string) []byte {
	from := len(dst)
	dst = word.AppendKey(dst, name)
	key := dst[from:]
	for i, c := range key {
		if c == ' ' {
			key[i] = '-'
		}
	}
	const maxSlug = 80
	if len(key) > maxSlug {
		key = key[:maxSlug]
		for len(key) > 0 && key[len(key)-1] >= 0x80 {
			key = key[:len(key)-1]
		}
	}
	if len(key) == 0 {
		return append(dst[:from], "unnamed"...)
	}
	return dst[:from+len(key)]
}

// squeezed is s with one blank wherever white space stands, and none at the ends.
func squeezed(s string) string {
	const nbsp, further = 0xC2, 0xE1 // the first bytes of other white space: U+0085, U+00A0, from U+1680 on
	blank := true
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ' ':
			if blank {
				return strings.Join(strings.Fields(s), " ")
			}
			blank = true
			continue
		case c < ' ' || c == nbsp || c >= further:
			return strings.Join(strings.Fields(s), " ")
		}
		blank = false
	}
	if blank {
		return strings.TrimSuffix(s, " ")
	}
	return s
}
