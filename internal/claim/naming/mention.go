package naming

import (
	"cmp"
	"slices"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/calendar"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/quantity"
	"contrechamp.org/contrechamp/internal/word"
)

// Find finds all mentions but capabilities said by patterns.
func (d *Doc) Find() {
	for i := range d.Paragraphs {
		p := &d.Paragraphs[i]
		from := len(d.Mentions)
		toks := d.Tokens[p.First:p.End]
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
		d.ByPara = append(d.ByPara, d.Mentions[from:len(d.Mentions):len(d.Mentions)])
		d.found = found
	}
}

// figures adds the numbers, sums and shares of a paragraph.
func (d *Doc) figures(p *passage.Paragraph, toks []word.Token, found []*passage.Mention) []*passage.Mention {
	from := len(d.quantities)
	d.quantities = quantity.FindIn(d.quantities, d.Body, toks, d.NumberIDs[p.First:p.End], p.Grammar.Language)
	for i := range d.quantities[from:] {
		q := &d.quantities[from+i]
		kinds := grammar.NUM
		switch q.Kind {
		case quantity.Percent, quantity.Points:
			kinds = grammar.PCT
		case quantity.Money:
			kinds = grammar.MON
		case quantity.Measure:
			continue
		}
		if q.Vague || q.Weak || q.Year && q.Kind == quantity.Count {
			continue
		}
		found = append(found, d.Mention(passage.Mention{First: p.First + q.First, End: p.First + q.Last + 1, Quantity: q, Kinds: kinds, Rank: 3}))
	}
	return found
}

// dates adds the dates of a paragraph.
func (d *Doc) dates(p *passage.Paragraph, toks []word.Token, found []*passage.Mention) []*passage.Mention {
	from := len(d.days)
	d.days = calendar.FindIn(d.days, d.Body, toks, d.DateIDs[p.First:p.End], p.Grammar.Language, d.Day)
	for i := range d.days[from:] {
		c := &d.days[from+i]
		found = append(found, d.Mention(passage.Mention{First: p.First + c.First, End: p.First + c.Last + 1, Date: c, Kinds: grammar.DAT, Rank: 4}))
	}
	return found
}

// settle keeps the longest of overlapping mentions of a paragraph, then the surer; the losers are inner mentions.
func (d *Doc) settle(found []*passage.Mention) {
	slices.SortStableFunc(found, func(a, b *passage.Mention) int {
		if a.First != b.First {
			return a.First - b.First
		}
		if a.Len() != b.Len() {
			return b.Len() - a.Len()
		}
		return b.Rank - a.Rank
	})
	from := len(d.Mentions)
	for _, m := range found {
		end := len(d.Mentions) - 1
		if end < from || m.First >= d.Mentions[end].End {
			d.Mentions = append(d.Mentions, m)
			continue
		}
		last := d.Mentions[end]
		if m.Len() > last.Len() || m.Len() == last.Len() && m.Rank > last.Rank {
			d.Mentions[end] = m
			m, last = last, m
		}
		if m.Kinds&grammar.DEV != 0 && last.Kinds&grammar.CAP != 0 {
			last.Kinds |= grammar.DEV
			last.Unit = m.Unit
			if m.Len() == last.Len() && last.Capability == "drone-surveillance" {
				last.Kinds = grammar.DEV // a drone is no surveillance yet
			}
		}
		if m.Kinds&grammar.CAP != 0 && last.Kinds&^(grammar.PRG|grammar.PRD|grammar.NAME) == 0 && last.Capability == "" && m.First >= last.First && m.End <= last.End {
			last.Kinds |= grammar.CAP // a name that says what it does: "Sistema de Reconocimiento Facial de Prófugos"
			last.Capability = m.Capability
		}
		if m.Kinds&(grammar.PLC|grammar.DEM) != 0 && last.Within == nil && m.First >= last.First && m.End <= last.End {
			last.Within = m
		}
		d.Inner = append(d.Inner, m)
	}
}

// deviceWords adds the words for devices.
func (d *Doc) deviceWords(p *passage.Paragraph, found []*passage.Mention) []*passage.Mention {
	for t := p.First; t < p.End && p.Set.Meets(&p.Grammar.Known.DeviceSet); t++ {
		if !d.Sets[t].Meets(&p.Grammar.Known.DeviceSet) {
			continue
		}
		best, unit := int32(0), ""
		for _, h := range d.Known[t].Hits {
			if u := p.Grammar.Known.Devices[h.Class]; u != "" && h.N > best {
				best, unit = h.N, u
			}
		}
		if best > 0 {
			found = append(found, d.Mention(passage.Mention{First: t, End: t + int(best), Kinds: grammar.DEV, Unit: unit, Rank: 2}))
			t += int(best) - 1
		}
	}
	return found
}

// kindOf maps the kinds of entities to the kinds of mentions.
func (d *Doc) kindOf(e *contrechamp.Entity, p *passage.Paragraph, first, end int) grammar.Kind {
	switch e.Kind {
	case contrechamp.KindCompany:
		return grammar.CO
	case contrechamp.KindProduct:
		return grammar.PRD
	case contrechamp.KindProgramme:
		return grammar.PRG
	case contrechamp.KindPlace:
		return grammar.PLC
	case contrechamp.KindAuthority:
		return grammar.AUT
	case contrechamp.KindOrganisation:
		if d.bodyKind(p, first, end) == grammar.ORG {
			return grammar.ORG
		}
		return d.organisationKind(p, e, first, end)
	case contrechamp.KindCapability:
		return grammar.CAP
	case contrechamp.KindPerson:
		return grammar.PER
	}
	return 0
}

// organisationKind tells those that run systems from those that speak about them: by the words of any of their names.
func (d *Doc) organisationKind(p *passage.Paragraph, e *contrechamp.Entity, first, end int) grammar.Kind {
	if k := d.bodyKind(p, first, end); k != 0 {
		return k
	}
	if e.Source != "lexicon" {
		return d.Knows.BodyKindOf(e)
	}
	return d.LexicalOf(e).Body
}

// LexicalOf is what is known of an entity of the lexicon; a text names few, and those again and again.
func (d *Doc) LexicalOf(e *contrechamp.Entity) *passage.Lexical {
	x := d.ofLexicon[e]
	if x == nil {
		x = d.Knows.LexicalOf(e)
		d.ofLexicon[e] = x
	}
	return x
}

// bodyKind tells what a body is from the classes of the words that name it.
func (d *Doc) bodyKind(p *passage.Paragraph, first, end int) grammar.Kind {
	k := &p.Grammar.Known
	for t := first; t < end; t++ {
		for _, h := range d.Known[t].Hits {
			switch h.Class {
			case k.Regulator, k.Court:
				return grammar.AUT
			case k.Police, k.Town, k.State:
				return grammar.POL
			case k.Ngo, k.Press, k.OrgName:
				return grammar.ORG
			}
		}
	}
	return 0
}

// Keep registers an entity met in this document.
func (d *Doc) Keep(e *contrechamp.Entity) *contrechamp.Entity {
	if known := d.Entities[e.ID]; known != nil {
		return known
	}
	d.Entities[e.ID] = e
	return e
}

// Made makes, or finds again, an entity first met in this document.
func (d *Doc) Made(k contrechamp.EntityKind, name string, more ...string) *contrechamp.Entity {
	d.Folding = appendID(d.Folding[:0], k, name)
	if e := d.Entities[string(d.Folding)]; e != nil {
		for _, n := range more {
			AddName(e, n)
		}
		return e
	}
	id := string(d.Folding)
	e := &contrechamp.Entity{ID: id, Kind: k, Name: name, Source: "document"}
	for _, n := range more {
		AddName(e, n)
	}
	d.Entities[id] = e
	return e
}

// AddName gives an entity a further name.
func AddName(e *contrechamp.Entity, name string) {
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

// Slug is a name as a part of an ID.
func Slug(name string) string { return string(appendSlug(nil, name)) }

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

// Squeezed is s with one blank wherever white space stands, and none at the ends.
func Squeezed(s string) string {
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

// LayOut makes the units of all sentences.
func (d *Doc) LayOut() {
	for i := range d.Sentences {
		s := &d.Sentences[i]
		list := d.ByPara[s.Para]
		from, _ := slices.BinarySearchFunc(list, s.First, func(m *passage.Mention, t int) int { return cmp.Compare(m.First, t) })
		d.Units(s, list[from:])
	}
}
