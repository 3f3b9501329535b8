package naming

import (
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// AliasNames finds the short names that the text itself introduces, "Long Name (LN)" and "LN (Long Name)", the first
// word of a company's name, and marks each later use.
func (d *Doc) AliasNames() {
	for i, m := range d.Mentions {
		if m.Entity == nil || m.Generic {
			continue
		}
		// the entity that stands right before a bracket with capitals in it
		if m.End+2 < len(d.Tokens) && d.Fold[m.End] == "(" {
			close := m.End + 1
			for close < len(d.Tokens) && close < m.End+4 && d.Fold[close] != ")" {
				close++
			}
			short := d.Words(m.End+1, min(close, len(d.Tokens)))
			if close == m.End+2 && acronym(short) && m.Kinds&(grammar.PLC|grammar.DEM) == 0 && (m.Kinds != grammar.CAP || strings.HasPrefix(d.Fold[m.First], word.Fold(short[:1]))) {
				// "Sistema Federal de Identificación Biométrica (SIBIOS)" shortens more than what it does
				d.alias(short, m.Entity)
			}
		}
		// "Autorité de protection des données et de droit à l'information (ADPI)": the name goes on behind the mention
		if m.Kinds&(grammar.ORG|grammar.AUT|grammar.POL|grammar.CO) != 0 && m.Kinds&grammar.NUM == 0 {
			const reach = 9
			for t := m.End; t+2 < len(d.Tokens) && t < m.End+reach; t++ {
				if d.Fold[t] == "(" && d.Fold[t+2] == ")" {
					short := d.Words(t+1, t+2)
					if len(short) >= 2 && AllCapitals(short) && acronym(short) && word.Fold(short[:1]) == word.Fold(m.Entity.Name[:1]) {
						d.alias(short, m.Entity)
					}
					break
				}
				if d.Tokens[t].Kind == word.Punct || d.Capital(&d.Paragraphs[d.ParaOf(t)], t) && !d.placeFrom(i+1, t) {
					break // "Service de police de la Ville de Gatineau (SPVG)" goes on over its town
				}
			}
		}
		// "LN (Long Name)": the bracket holds the next mention, whole
		if i+1 < len(d.Mentions) && m.Kinds&(grammar.CO|grammar.ORG|grammar.AUT|grammar.NAME) != 0 {
			in := d.Mentions[i+1]
			if in.First == m.End+1 && d.Fold[m.End] == "(" && in.Entity != nil && in.End < len(d.Tokens) && d.Fold[in.End] == ")" &&
				in.Kinds&(grammar.ORG|grammar.AUT|grammar.POL|grammar.CO) != 0 && acronym(d.Words(m.First, m.End)) {
				d.alias(d.Words(m.First, m.End), in.Entity)
			}
		}
		if m.Shaped && m.Kinds&grammar.PRD != 0 && m.Kinds&grammar.CO == 0 && len(m.Entity.Name) > 3 {
			d.alias(m.Entity.Name, m.Entity)
		}
		if m.Shaped && m.Kinds&(grammar.CO|grammar.PER) != 0 {
			d.alias(m.Entity.Name, m.Entity)
			words := strings.Fields(m.Entity.Name)
			if len(words) > 1 {
				if m.Kinds&grammar.PER != 0 {
					d.alias(words[len(words)-1], m.Entity)
				} else if len(words[0]) > 3 {
					d.alias(words[0], m.Entity)
				}
			}
		}
	}
	d.headNames()
	if len(d.aliases) == 0 {
		return
	}
	for _, m := range d.Mentions {
		if m.Kinds&grammar.NAME == 0 && !(m.Shaped && m.Kinds&(grammar.ORG|grammar.CO) != 0) && !m.Weak {
			continue
		}
		e := d.aliases[word.Key(d.Words(m.First, m.End))]
		if e == nil || e == m.Entity {
			continue
		}
		m.Entity, m.Weak = e, false
		if k := d.kindOf(e, &d.Paragraphs[d.ParaOf(m.First)], m.First, m.End); k != 0 {
			m.Kinds = k
		}
	}
}

// placeFrom reports whether a place begins at token t, among the mentions from number i on.
func (d *Doc) placeFrom(i, t int) bool {
	for ; i < len(d.Mentions) && d.Mentions[i].First <= t; i++ {
		if m := d.Mentions[i]; m.First == t {
			return m.Kinds&grammar.PLC != 0
		}
	}
	return false
}

// headNames lets what a body is called by stand for the one body of the text that is called so: "the Department" of "Pocatello Police Department",
// "le Service". Two of them, and nobody knows which is meant.
func (d *Doc) headNames() {
	var of map[string]*contrechamp.Entity
	for _, m := range d.Mentions {
		if m.Kinds&(grammar.POL|grammar.AUT|grammar.ORG|grammar.CO) == 0 || m.Entity == nil || m.Generic || m.Len() < 2 {
			continue
		}
		head := m.First
		g := d.Paragraphs[d.ParaOf(m.First)].Grammar
		if g.AdjectiveBefore && !d.namedOf(g, m) {
			head = m.End - 1
		}
		if g.NounsCapital || !d.Tokens[head].Upper || !d.Sets[head].Meets(&g.Known.BodySet) && !d.In(head, g.Known.OrgName) {
			continue
		}
		if of == nil {
			of = map[string]*contrechamp.Entity{}
		}
		if e, ok := of[d.Fold[head]]; ok && e != m.Entity {
			switch {
			case e != nil && strings.HasSuffix(e.Name, " "+m.Entity.Name):
				continue // "Police Department" is that of Pocatello
			case e == nil || !strings.HasSuffix(m.Entity.Name, " "+e.Name):
				of[d.Fold[head]] = nil
				continue
			}
		}
		of[d.Fold[head]] = m.Entity
	}
	for _, m := range d.Mentions {
		if m.Kinds != grammar.NAME || m.Len() > 1 || m.Entity != nil || m.First == 0 || !d.In(m.First-1, d.Paragraphs[d.ParaOf(m.First)].Grammar.Known.Article) {
			continue
		}
		if e := of[d.Fold[m.First]]; e != nil {
			d.alias(d.Words(m.First, m.End), e)
		}
	}
}

// namedOf reports whether a body's name goes on behind its head in a language that puts it last else: "Department of Transportation".
func (d *Doc) namedOf(g *grammar.Grammar, m *passage.Mention) bool {
	return d.Any(m.First+1, m.End, g.Known.Of) >= 0
}

// alias notes a short name, for the entity too.
func (d *Doc) alias(short string, e *contrechamp.Entity) {
	key := word.Key(short)
	if key == "" || d.aliases[key] != nil {
		return
	}
	d.aliases[key] = e
	if e.Source == "document" {
		AddName(e, short)
	}
}

// acronym reports whether s looks like a short form.
func acronym(s string) bool {
	return len(s) >= 2 && len(s) <= 12 && !strings.ContainsAny(s, " .,;:'") && word.StartsUpper(s) && s != "" &&
		(strings.ToUpper(s) == s || len(s) <= 6)
}
