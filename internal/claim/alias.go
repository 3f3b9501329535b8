package claim

import (
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// aliases finds the short names that the text itself introduces, "Long Name (LN)" and "LN (Long Name)", the first
// word of a company's name, and marks each later use.
func (d *namingDoc) aliasNames() {
	for i, m := range d.mentions {
		if m.entity == nil || m.generic {
			continue
		}
		// the entity that stands right before a bracket with capitals in it
		if m.end+2 < len(d.toks) && d.fold[m.end] == "(" {
			close := m.end + 1
			for close < len(d.toks) && close < m.end+4 && d.fold[close] != ")" {
				close++
			}
			short := d.words(m.end+1, min(close, len(d.toks)))
			if close == m.end+2 && acronym(short) && m.kinds&(kPLC|kDEM) == 0 && (m.kinds != kCAP || strings.HasPrefix(d.fold[m.first], word.Fold(short[:1]))) {
				// "Sistema Federal de Identificación Biométrica (SIBIOS)" shortens more than what it does
				d.alias(short, m.entity)
			}
		}
		// "Autorité de protection des données et de droit à l'information (ADPI)": the name goes on behind the mention
		if m.kinds&(kORG|kAUT|kPOL|kCO) != 0 && m.kinds&kNUM == 0 {
			const reach = 9
			for t := m.end; t+2 < len(d.toks) && t < m.end+reach; t++ {
				if d.fold[t] == "(" && d.fold[t+2] == ")" {
					short := d.words(t+1, t+2)
					if len(short) >= 2 && allCapitals(short) && acronym(short) && word.Fold(short[:1]) == word.Fold(m.entity.Name[:1]) {
						d.alias(short, m.entity)
					}
					break
				}
				if d.toks[t].Kind == word.Punct || d.capital(&d.paras[d.paraOf(t)], t) && !d.placeFrom(i+1, t) {
					break // "Service de police de la Ville de Gatineau (SPVG)" goes on over its town
				}
			}
		}
		// "LN (Long Name)": the bracket holds the next mention, whole
		if i+1 < len(d.mentions) && m.kinds&(kCO|kORG|kAUT|kNAME) != 0 {
			in := d.mentions[i+1]
			if in.first == m.end+1 && d.fold[m.end] == "(" && in.entity != nil && in.end < len(d.toks) && d.fold[in.end] == ")" &&
				in.kinds&(kORG|kAUT|kPOL|kCO) != 0 && acronym(d.words(m.first, m.end)) {
				d.alias(d.words(m.first, m.end), in.entity)
			}
		}
		if m.shaped && m.kinds&kPRD != 0 && m.kinds&kCO == 0 && len(m.entity.Name) > 3 {
			d.alias(m.entity.Name, m.entity)
		}
		if m.shaped && m.kinds&(kCO|kPER) != 0 {
			d.alias(m.entity.Name, m.entity)
			words := strings.Fields(m.entity.Name)
			if len(words) > 1 {
				if m.kinds&kPER != 0 {
					d.alias(words[len(words)-1], m.entity)
				} else if len(words[0]) > 3 {
					d.alias(words[0], m.entity)
				}
			}
		}
	}
	d.headNames()
	if len(d.aliases) == 0 {
		return
	}
	for _, m := range d.mentions {
		if m.kinds&kNAME == 0 && !(m.shaped && m.kinds&(kORG|kCO) != 0) && !m.weak {
			continue
		}
		e := d.aliases[word.Key(d.words(m.first, m.end))]
		if e == nil || e == m.entity {
			continue
		}
		m.entity, m.weak = e, false
		if k := d.kindOf(e, &d.paras[d.paraOf(m.first)], m.first, m.end); k != 0 {
			m.kinds = k
		}
	}
}

// placeFrom reports whether a place begins at token t, among the mentions from number i on.
func (d *namingDoc) placeFrom(i, t int) bool {
	for ; i < len(d.mentions) && d.mentions[i].first <= t; i++ {
		if m := d.mentions[i]; m.first == t {
			return m.kinds&kPLC != 0
		}
	}
	return false
}

// headNames lets what a body is called by stand for the one body of the text that is called so: "the Department" of "Pocatello Police Department",
// "le Service". Two of them, and nobody knows which is meant.
func (d *namingDoc) headNames() {
	var of map[string]*contrechamp.Entity
	for _, m := range d.mentions {
		if m.kinds&(kPOL|kAUT|kORG|kCO) == 0 || m.entity == nil || m.generic || m.len() < 2 {
			continue
		}
		head := m.first
		g := d.paras[d.paraOf(m.first)].g
		if g.adjectiveBefore && !d.namedOf(g, m) {
			head = m.end - 1
		}
		if g.nounsCapital || !d.toks[head].Upper || !d.sets[head].meets(&g.known.bodySet) && !d.in(head, g.known.orgName) {
			continue
		}
		if of == nil {
			of = map[string]*contrechamp.Entity{}
		}
		if e, ok := of[d.fold[head]]; ok && e != m.entity {
			switch {
			case e != nil && strings.HasSuffix(e.Name, " "+m.entity.Name):
				continue // "Police Department" is that of Pocatello
			case e == nil || !strings.HasSuffix(m.entity.Name, " "+e.Name):
				of[d.fold[head]] = nil
				continue
			}
		}
		of[d.fold[head]] = m.entity
	}
	for _, m := range d.mentions {
		if m.kinds != kNAME || m.len() > 1 || m.entity != nil || m.first == 0 || !d.in(m.first-1, d.paras[d.paraOf(m.first)].g.known.article) {
			continue
		}
		if e := of[d.fold[m.first]]; e != nil {
			d.alias(d.words(m.first, m.end), e)
		}
	}
}

// namedOf reports whether a body's name goes on behind its head in a language that puts it last else: "Department of Transportation".
func (d *namingDoc) namedOf(g *grammar, m *mention) bool {
	return d.any(m.first+1, m.end, g.known.of) >= 0
}

// alias notes a short name, for the entity too.
func (d *namingDoc) alias(short string, e *contrechamp.Entity) {
	key := word.Key(short)
	if key == "" || d.aliases[key] != nil {
		return
	}
	d.aliases[key] = e
	if e.Source == "document" {
		addName(e, short)
	}
}

// acronym reports whether s looks like a short form.
func acronym(s string) bool {
	return len(s) >= 2 && len(s) <= 12 && !strings.ContainsAny(s, " .,;:'") && word.StartsUpper(s) && s != "" &&
		(strings.ToUpper(s) == s || len(s) <= 6)
}
