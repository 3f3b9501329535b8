package naming

import (
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// bodies finds public bodies and associations by what they are called: "la police municipale de X", "the X Police
// Department", "Dutch Data Protection Authority", "Ligue des droits et libertés". What stands alone ("la mairie",
// "the police") is generic: which one it is follows from the document.
func (d *Doc) bodies(p *passage.Paragraph, found []*passage.Mention) []*passage.Mention {
	if !p.Set.Meets(&p.Grammar.Known.BodySet) && len(p.Grammar.Compounds) == 0 {
		return found
	}
	at := map[int]*passage.Mention{} // by first token, the longest
	ends := map[int]*passage.Mention{}
	for _, m := range found {
		if m.Kinds&(grammar.PLC|grammar.DEM|grammar.NAME) == 0 {
			continue
		}
		if o := at[m.First]; o == nil || m.Len() > o.Len() {
			at[m.First] = m
		}
		if o := ends[m.End]; o == nil || m.Len() > o.Len() {
			ends[m.End] = m
		}
	}
	for t := p.First; t < p.End; t++ {
		n, kinds := d.bodyHead(p, t)
		proper, closes := false, false // only with what follows, or stands before
		if n == 0 {
			if closes = d.officeCloses(p, t, found); closes {
				n, kinds = d.Is(t, p.Grammar.Known.OfficeCloses), grammar.POL
			} else if n, kinds = d.properHead(p, t); n == 0 {
				continue
			}
			proper = !closes
		} else if kinds == grammar.AUT && n == 1 && d.officeCloses(p, t, found) {
			kinds = grammar.POL | grammar.AUT // "New York City Housing Authority" watches others' houses, not others
		}
		m := d.Mention(passage.Mention{First: t, End: t + n, Kinds: kinds, Rank: 5})
		capital := d.Tokens[t].Upper
		d.bodyBehind(p, m, at)
		whole := d.nameGoesOn(p, m, at)
		if proper && (m.End == t+n || m.Within != nil && m.Within.Kinds&grammar.DEM != 0 && m.Within.First == t+n && m.Within.End == m.End) {
			continue // "Union européenne"
		}
		for m.End > t+n && !d.Tokens[m.End-1].Upper && (d.In(m.End-1, p.Grammar.Known.Preposition) || d.In(m.End-1, p.Grammar.Known.Conjunction)) {
			m.End-- // "die Stiftung für" of a line that ends there, "am Rathaus und ..."
		}
		d.bodyBefore(p, m, ends)
		if closes && m.First == t {
			continue // "the Agency"
		}
		d.ofCounty(p, m, t)
		named := m.Within != nil || m.End > t+n || m.First < t
		if kinds == grammar.ORG && !capital && !d.Tokens[m.First].Upper && m.Within == nil && !whole && !d.hasCapital(t+n, m.End) && d.quoteWithin(t+n, m.End) == 0 {
			m.Generic = true
		}
		if !named && (!capital || n == 1) && !(kinds == grammar.ORG && d.compound(p, t)) {
			m.Generic = true
		}
		if m.Generic && kinds == grammar.AUT && n == 1 && !capital && !p.Grammar.NounsCapital && !p.Grammar.AdjectiveBefore && t > p.First &&
			!d.In(t-1, p.Grammar.Known.Article) && !d.In(t-1, p.Grammar.Known.Preposition) && !d.In(t-1, p.Grammar.Known.Definite) && d.Tokens[t-1].Kind != word.Number {
			continue // "juge la dépense injustifiée" judges
		}
		if n == 1 && m.First < t && m.Within == nil && d.In(t, p.Grammar.Known.Town) {
			continue // "Safe City" is no city
		}
		m.Entity = d.bodyEntity(p, m, whole)
		if m.Entity.Source == "document" {
			switch {
			case whole:
				AddName(m.Entity, d.Words(t, t+n)) // "la Fédération"
				if in := at[m.End+1]; in != nil && in.Kinds&grammar.PLC != 0 && d.In(m.End, p.Grammar.Known.Of) {
					AddName(m.Entity, d.Words(t, in.End)) // the place stays a name of its own, which something may be said of
				}
			case m.Tail > 0:
				AddName(m.Entity, d.Words(t+n, m.Tail))
			}
		}
		if m.Generic && m.Entity.Source == "lexicon" && word.StartsUpper(m.Entity.Name) && capital {
			m.Generic = false // "SNCF" names itself
		}
		found = append(found, m)
		t = m.End - 1
	}
	return found
}

// bodyHead returns the words at t that say what a body is.
func (d *Doc) bodyHead(p *passage.Paragraph, t int) (int, grammar.Kind) {
	k := &p.Grammar.Known
	best, kinds := 0, grammar.Kind(0)
	if !d.Sets[t].Meets(&k.BodySet) {
		return d.compoundHead(p, t)
	}
	for _, h := range d.Known[t].Hits {
		var of grammar.Kind
		switch h.Class {
		case k.Police, k.Town, k.State:
			of = grammar.POL
		case k.Regulator, k.Court:
			of = grammar.AUT
		case k.Ngo, k.Press:
			of = grammar.ORG
		default:
			continue
		}
		if int(h.N) > best {
			best, kinds = int(h.N), of
		}
	}
	if best == 0 {
		return d.compoundHead(p, t)
	}
	return best, kinds
}

// bodyBehind takes what goes on behind the head: an adjective of nationality, "de X", further words of the name.
func (d *Doc) bodyBehind(p *passage.Paragraph, m *passage.Mention, at map[int]*passage.Mention) {
	k := &p.Grammar.Known
	for m.End < p.End {
		if in := at[m.End]; in != nil && in.Kinds&grammar.DEM != 0 && !p.Grammar.AdjectiveBefore {
			m.Within, m.End = in, in.End
			continue
		}
		if n := d.Is(m.End, k.BodyTail); n > 0 {
			m.End += n
			continue
		}
		if m.Kinds&grammar.AUT != 0 && d.Fold[m.End] == "in" {
			return // "regulators in Italy, Greece and France" are several
		}
		// "le collectif Technopolice", "the observatory ODIA"
		if m.Kinds == grammar.ORG && m.End > m.First && (p.Grammar.NounsCapital || !d.Tokens[m.End-1].Upper || acronymAt(d.Words(m.End-1, m.End))) {
			if d.Capital(p, m.End) && d.Tokens[m.End].Start == d.Tokens[m.End-1].End+1 && (at[m.End] == nil || at[m.End].Kinds&(grammar.NAME|grammar.PLC) != 0) {
				m.End, m.Tail = d.ownName(p, m.End, at)
				return
			}
			if opensQuote(d.Fold[m.End]) {
				const longest = 8
				for t := m.End + 1; t < p.End && t < m.End+longest; t++ {
					if closesQuote(d.Fold[t]) {
						m.End = t + 1
						return
					}
				}
			}
		}
		// "la zone de police Vesdre", "zone de police Bruxelles-Nord"
		if k.Zone != grammar.NoClass && d.Is(m.First, k.Zone) == m.End-m.First && d.Capital(p, m.End) && d.Tokens[m.End].Start == d.Tokens[m.End-1].End+1 {
			if in := at[m.End]; in != nil && in.Kinds&grammar.PLC != 0 {
				m.Within = in
			}
			m.End = d.nameEnd(p, m.End, nil)
			return
		}
		// "de", "de la", "of the", then a place, a capital or a word of the tail
		n := m.End
		for n < p.End && n < m.End+3 && (d.In(n, k.Of) || n > m.End && d.In(n, k.Article)) {
			n++
		}
		if n >= p.End || n == m.End && !p.Grammar.PlaceBehind {
			return
		}
		if n == m.End && (at[n] == nil || at[n].Kinds&grammar.PLC == 0) {
			return
		}
		if in := at[n]; in != nil && in.Kinds&(grammar.PLC|grammar.NAME) != 0 {
			if in.Kinds&grammar.PLC != 0 {
				m.Within = in
			}
			m.End = in.End
			// "X (Y)" is left to the aliases
			return
		}
		if w := d.Is(n, k.BodyTail); w > 0 {
			m.End = n + w
			continue
		}
		// "l'Association nationale des supporters", "l'Organe de contrôle": the capital of the head says that what follows is its name
		if n > m.End && m.Kinds&(grammar.ORG|grammar.AUT) != 0 && m.End-m.First < maxName && !p.Grammar.NounsCapital && !p.Grammar.AdjectiveBefore && d.Tokens[m.First].Upper &&
			m.First > p.First && d.In(m.First-1, k.Article) && d.Tokens[n].Kind == word.Word && !d.Tokens[n].Upper && !d.In(n, k.Article) && !d.In(n, k.Preposition) {
			m.End = n + 1
			continue
		}
		return
	}
}

// acronymAt reports whether a word is a short form all in capitals: "NGO", "ONG".
func acronymAt(s string) bool { return len(s) >= 2 && len(s) <= 4 && AllCapitals(s) }

// bodyBefore takes what stands before the head in English: "Chinese police", "the Orlando Police Department",
// "Washington County Sheriff's Office", "state police".
func (d *Doc) bodyBefore(p *passage.Paragraph, m *passage.Mention, ends map[int]*passage.Mention) {
	if !p.Grammar.AdjectiveBefore {
		// "Brest métropole", "Nantes Métropole"
		if in := ends[m.First]; in != nil && m.Within == nil && in.Kinds&grammar.PLC != 0 && in.First >= p.First && m.End == m.First+1 && d.In(m.First, p.Grammar.Known.Town) && d.Tokens[in.End-1].End+1 == d.Tokens[m.First].Start {
			m.Within, m.First = in, in.First
		}
		return
	}
	for m.First > p.First && m.End-m.First < maxName {
		if in := ends[m.First]; in != nil && in.First >= p.First && in.Kinds&(grammar.PLC|grammar.DEM|grammar.NAME) != 0 {
			if in.Kinds&(grammar.PLC|grammar.DEM) != 0 && m.Within == nil {
				m.Within = in
			}
			m.First = in.First
			continue
		}
		t := m.First - 1
		if d.In(t, p.Grammar.Known.BodyTail) && !d.In(t, p.Grammar.Known.Of) && !d.In(t, p.Grammar.Known.Article) ||
			d.Tokens[m.First].Upper && d.Capital(p, t) && d.Tokens[t].End+1 == d.Tokens[m.First].Start {
			m.First = t
			continue
		}
		if d.Fold[t] == "&" && t > p.First && d.Tokens[m.First].Upper && d.Capital(p, t-1) {
			m.First = t - 1 // "WEAR & COAST TRANSIT AUTHORITY"
			continue
		}
		if d.Fold[t] == "'s" && t > p.First {
			if in := ends[t]; in != nil && in.Kinds&grammar.PLC != 0 {
				m.Within, m.First = in, in.First
			}
		}
		return
	}
}

// bodyEntity makes the body's entity. A generic one gets its place's name later: see package subject.
func (d *Doc) bodyEntity(p *passage.Paragraph, m *passage.Mention, whole bool) *contrechamp.Entity {
	name := Squeezed(d.Words(m.First, m.End))
	k := contrechamp.KindOrganisation
	if m.Kinds&grammar.AUT != 0 {
		k = contrechamp.KindAuthority
	}
	if !m.Generic || m.Kinds&grammar.POL == 0 || d.Tokens[m.First].Upper {
		if e := d.Knows.Named(name, contrechamp.KindAuthority, contrechamp.KindOrganisation); e != nil {
			return d.Keep(e)
		}
	}
	if m.Generic {
		name = Squeezed(d.lower(m.First, m.End))
	}
	if k == contrechamp.KindOrganisation && m.Kinds == grammar.ORG && !whole {
		// the proper name alone, beside what it is: "Technopolice" of "collectif Technopolice"
		if q := d.quoteWithin(m.First, m.End); q > 0 {
			return d.Made(k, withoutQuotes(d.Words(q, m.End)), name)
		}
		for t := m.First + 1; t < m.End; t++ {
			if d.Tokens[t].Upper && (!d.Tokens[m.First].Upper || p.Grammar.NounsCapital || acronymAt(d.Words(m.First, m.First+1))) {
				return d.Made(k, withoutQuotes(d.Words(t, m.End)), name)
			}
		}
	}
	return d.Made(k, name)
}

// quoteWithin is where a quotation opens in [first, end), 0 for nowhere: "Initiative „kameras stoppen“".
func (d *Doc) quoteWithin(first, end int) int {
	for t := first; t < end; t++ {
		if opensQuote(d.Fold[t]) {
			return t
		}
	}
	return 0
}

// withoutQuotes is a name without the marks around it.
func withoutQuotes(name string) string {
	return strings.Trim(Squeezed(name), " «»“”„\"‘’‹›")
}

// lower is the words of a generic body, without capitals.
func (d *Doc) lower(first, end int) string { return strings.ToLower(d.Words(first, end)) }
