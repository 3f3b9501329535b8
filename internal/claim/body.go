package claim

import (
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// bodies finds public bodies and associations by what they are called: "la police municipale de X", "the X Police
// Department", "Dutch Data Protection Authority", "Ligue des droits et libertés". What stands alone ("la mairie",
// "the police") is generic: which one it is follows from the document.
func (d *namingDoc) bodies(p *paragraph, found []*mention) []*mention {
	if !p.set.meets(&p.g.known.bodySet) && len(p.g.compounds) == 0 {
		return found
	}
	at := map[int]*mention{} // by first token, the longest
	ends := map[int]*mention{}
	for _, m := range found {
		if m.kinds&(kPLC|kDEM|kNAME) == 0 {
			continue
		}
		if o := at[m.first]; o == nil || m.len() > o.len() {
			at[m.first] = m
		}
		if o := ends[m.end]; o == nil || m.len() > o.len() {
			ends[m.end] = m
		}
	}
	for t := p.first; t < p.end; t++ {
		n, kinds := d.bodyHead(p, t)
		proper, closes := false, false // only with what follows, or stands before
		if n == 0 {
			if closes = d.officeCloses(p, t, found); closes {
				n, kinds = d.is(t, p.g.known.officeCloses), kPOL
			} else if n, kinds = d.properHead(p, t); n == 0 {
				continue
			}
			proper = !closes
		} else if kinds == kAUT && n == 1 && d.officeCloses(p, t, found) {
			kinds = kPOL | kAUT // "New York City Housing Authority" watches others' houses, not others
		}
		m := d.mention(mention{first: t, end: t + n, kinds: kinds, rank: 5})
		capital := d.toks[t].Upper
		d.bodyBehind(p, m, at)
		whole := d.nameGoesOn(p, m, at)
		if proper && (m.end == t+n || m.within != nil && m.within.kinds&kDEM != 0 && m.within.first == t+n && m.within.end == m.end) {
			continue // "Union européenne"
		}
		for m.end > t+n && !d.toks[m.end-1].Upper && (d.in(m.end-1, p.g.known.preposition) || d.in(m.end-1, p.g.known.conjunction)) {
			m.end-- // "die Stiftung für" of a line that ends there, "am Rathaus und ..."
		}
		d.bodyBefore(p, m, ends)
		if closes && m.first == t {
			continue // "the Agency"
		}
		d.ofCounty(p, m, t)
		named := m.within != nil || m.end > t+n || m.first < t
		if kinds == kORG && !capital && !d.toks[m.first].Upper && m.within == nil && !whole && !d.hasCapital(t+n, m.end) && d.quoteWithin(t+n, m.end) == 0 {
			m.generic = true
		}
		if !named && (!capital || n == 1) && !(kinds == kORG && d.compound(p, t)) {
			m.generic = true
		}
		if m.generic && kinds == kAUT && n == 1 && !capital && !p.g.nounsCapital && !p.g.adjectiveBefore && t > p.first &&
			!d.in(t-1, p.g.known.article) && !d.in(t-1, p.g.known.preposition) && !d.in(t-1, p.g.known.definite) && d.toks[t-1].Kind != word.Number {
			continue // "juge la dépense injustifiée" judges
		}
		if n == 1 && m.first < t && m.within == nil && d.in(t, p.g.known.town) {
			continue // "Safe City" is no city
		}
		m.entity = d.bodyEntity(p, m, whole)
		if m.entity.Source == "document" {
			switch {
			case whole:
				addName(m.entity, d.words(t, t+n)) // "la Fédération"
				if in := at[m.end+1]; in != nil && in.kinds&kPLC != 0 && d.in(m.end, p.g.known.of) {
					addName(m.entity, d.words(t, in.end)) // the place stays a name of its own, which something may be said of
				}
			case m.tail > 0:
				addName(m.entity, d.words(t+n, m.tail))
			}
		}
		if m.generic && m.entity.Source == "lexicon" && word.StartsUpper(m.entity.Name) && capital {
			m.generic = false // "SNCF" names itself
		}
		found = append(found, m)
		t = m.end - 1
	}
	return found
}

// bodyHead returns the words at t that say what a body is.
func (d *namingDoc) bodyHead(p *paragraph, t int) (int, kind) {
	k := &p.g.known
	best, kinds := 0, kind(0)
	if !d.sets[t].meets(&k.bodySet) {
		return d.compoundHead(p, t)
	}
	for _, h := range d.known[t].hits {
		var of kind
		switch h.class {
		case k.police, k.town, k.state:
			of = kPOL
		case k.regulator, k.court:
			of = kAUT
		case k.ngo, k.press:
			of = kORG
		default:
			continue
		}
		if int(h.n) > best {
			best, kinds = int(h.n), of
		}
	}
	if best == 0 {
		return d.compoundHead(p, t)
	}
	return best, kinds
}

// bodyBehind takes what goes on behind the head: an adjective of nationality, "de X", further words of the name.
func (d *namingDoc) bodyBehind(p *paragraph, m *mention, at map[int]*mention) {
	k := &p.g.known
	for m.end < p.end {
		if in := at[m.end]; in != nil && in.kinds&kDEM != 0 && !p.g.adjectiveBefore {
			m.within, m.end = in, in.end
			continue
		}
		if n := d.is(m.end, k.bodyTail); n > 0 {
			m.end += n
			continue
		}
		if m.kinds&kAUT != 0 && d.fold[m.end] == "in" {
			return // "regulators in Italy, Greece and France" are several
		}
		// "le collectif Technopolice", "the observatory ODIA"
		if m.kinds == kORG && m.end > m.first && (p.g.nounsCapital || !d.toks[m.end-1].Upper || acronymAt(d.words(m.end-1, m.end))) {
			if d.capital(p, m.end) && d.toks[m.end].Start == d.toks[m.end-1].End+1 && (at[m.end] == nil || at[m.end].kinds&(kNAME|kPLC) != 0) {
				m.end, m.tail = d.ownName(p, m.end, at)
				return
			}
			if opensQuote(d.fold[m.end]) {
				const longest = 8
				for t := m.end + 1; t < p.end && t < m.end+longest; t++ {
					if closesQuote(d.fold[t]) {
						m.end = t + 1
						return
					}
				}
			}
		}
		// "la zone de police Vesdre", "zone de police Bruxelles-Nord"
		if k.zone != noClass && d.is(m.first, k.zone) == m.end-m.first && d.capital(p, m.end) && d.toks[m.end].Start == d.toks[m.end-1].End+1 {
			if in := at[m.end]; in != nil && in.kinds&kPLC != 0 {
				m.within = in
			}
			m.end = d.nameEnd(p, m.end, nil)
			return
		}
		// "de", "de la", "of the", then a place, a capital or a word of the tail
		n := m.end
		for n < p.end && n < m.end+3 && (d.in(n, k.of) || n > m.end && d.in(n, k.article)) {
			n++
		}
		if n >= p.end || n == m.end && !p.g.placeBehind {
			return
		}
		if n == m.end && (at[n] == nil || at[n].kinds&kPLC == 0) {
			return
		}
		if in := at[n]; in != nil && in.kinds&(kPLC|kNAME) != 0 {
			if in.kinds&kPLC != 0 {
				m.within = in
			}
			m.end = in.end
			// "X (Y)" is left to the aliases
			return
		}
		if w := d.is(n, k.bodyTail); w > 0 {
			m.end = n + w
			continue
		}
		// "l'Association nationale des supporters", "l'Organe de contrôle": the capital of the head says that what follows is its name
		if n > m.end && m.kinds&(kORG|kAUT) != 0 && m.end-m.first < maxName && !p.g.nounsCapital && !p.g.adjectiveBefore && d.toks[m.first].Upper &&
			m.first > p.first && d.in(m.first-1, k.article) && d.toks[n].Kind == word.Word && !d.toks[n].Upper && !d.in(n, k.article) && !d.in(n, k.preposition) {
			m.end = n + 1
			continue
		}
		return
	}
}

// acronymAt reports whether a word is a short form all in capitals: "NGO", "ONG".
func acronymAt(s string) bool { return len(s) >= 2 && len(s) <= 4 && allCapitals(s) }

// bodyBefore takes what stands before the head in English: "Chinese police", "the Orlando Police Department",
// "Washington County Sheriff's Office", "state police".
func (d *namingDoc) bodyBefore(p *paragraph, m *mention, ends map[int]*mention) {
	if !p.g.adjectiveBefore {
		// "Brest métropole", "Nantes Métropole"
		if in := ends[m.first]; in != nil && m.within == nil && in.kinds&kPLC != 0 && in.first >= p.first && m.end == m.first+1 && d.in(m.first, p.g.known.town) && d.toks[in.end-1].End+1 == d.toks[m.first].Start {
			m.within, m.first = in, in.first
		}
		return
	}
	for m.first > p.first && m.end-m.first < maxName {
		if in := ends[m.first]; in != nil && in.first >= p.first && in.kinds&(kPLC|kDEM|kNAME) != 0 {
			if in.kinds&(kPLC|kDEM) != 0 && m.within == nil {
				m.within = in
			}
			m.first = in.first
			continue
		}
		t := m.first - 1
		if d.in(t, p.g.known.bodyTail) && !d.in(t, p.g.known.of) && !d.in(t, p.g.known.article) ||
			d.toks[m.first].Upper && d.capital(p, t) && d.toks[t].End+1 == d.toks[m.first].Start {
			m.first = t
			continue
		}
		if d.fold[t] == "&" && t > p.first && d.toks[m.first].Upper && d.capital(p, t-1) {
			m.first = t - 1 // "WEAR & COAST TRANSIT AUTHORITY"
			continue
		}
		if d.fold[t] == "'s" && t > p.first {
			if in := ends[t]; in != nil && in.kinds&kPLC != 0 {
				m.within, m.first = in, in.first
			}
		}
		return
	}
}

// bodyEntity makes the body's entity. A generic one gets its place's name later: see nameBodies.
func (d *namingDoc) bodyEntity(p *paragraph, m *mention, whole bool) *contrechamp.Entity {
	name := squeezed(d.words(m.first, m.end))
	k := contrechamp.KindOrganisation
	if m.kinds&kAUT != 0 {
		k = contrechamp.KindAuthority
	}
	if !m.generic || m.kinds&kPOL == 0 || d.toks[m.first].Upper {
		if e := d.e.named(name, contrechamp.KindAuthority, contrechamp.KindOrganisation); e != nil {
			return d.keep(e)
		}
	}
	if m.generic {
		name = squeezed(d.lower(m.first, m.end))
	}
	if k == contrechamp.KindOrganisation && m.kinds == kORG && !whole {
		// the proper name alone, beside what it is: "Technopolice" of "collectif Technopolice"
		if q := d.quoteWithin(m.first, m.end); q > 0 {
			return d.made(k, withoutQuotes(d.words(q, m.end)), name)
		}
		for t := m.first + 1; t < m.end; t++ {
			if d.toks[t].Upper && (!d.toks[m.first].Upper || p.g.nounsCapital || acronymAt(d.words(m.first, m.first+1))) {
				return d.made(k, withoutQuotes(d.words(t, m.end)), name)
			}
		}
	}
	return d.made(k, name)
}

// quoteWithin is where a quotation opens in [first, end), 0 for nowhere: "Initiative „kameras stoppen“".
func (d *namingDoc) quoteWithin(first, end int) int {
	for t := first; t < end; t++ {
		if opensQuote(d.fold[t]) {
			return t
		}
	}
	return 0
}

// withoutQuotes is a name without the marks around it.
func withoutQuotes(name string) string {
	return strings.Trim(squeezed(name), " «»“”„\"‘’‹›")
}

// lower is the words of a generic body, without capitals.
func (d *namingDoc) lower(first, end int) string { return strings.ToLower(d.words(first, end)) }
