package naming

import (
	"slices"
	"strings"

	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// The name of a body goes on behind what it is: "syndicat des portuaires", "Fédération romande des consommateurs", "polizia portuale ellenica",
// "Ente nazionale per l'aviazione civile". In languages that put adjectives behind, these are adjectives, told by their endings, and nouns behind "de".

// nameGoesOn lets a body's name go on, and reports whether a noun says what it is of or for: then it is named, and none that was named before.
func (d *Doc) nameGoesOn(p *passage.Paragraph, m *passage.Mention, at map[int]*passage.Mention) bool {
	if p.Grammar.AdjectiveBefore || p.Grammar.NounsCapital || d.In(m.First, p.Grammar.Known.Court) && strings.HasSuffix(d.Words(m.First, m.First+1), "é") {
		return false // "jugé illégal" is no judge
	}
	proper := d.Tokens[m.First].Upper
	k := &p.Grammar.Known
	public := m.Kinds&grammar.POL != 0
	if public && !d.In(m.First, k.Police) && !proper {
		return false // "la ville intelligente"
	}
	whole := false
	for m.End < p.End && m.End-m.First < maxName {
		if in := at[m.End]; in != nil && in.Kinds&grammar.DEM != 0 {
			m.Within, m.End = in, in.End
			continue
		}
		if d.adjective(p, m.End) || proper && d.capitalAdjective(p, m.End) {
			m.End++
			continue
		}
		if n := d.Is(m.End, k.BodyTail); n > 0 {
			m.End += n
			continue
		}
		if public && !proper {
			break
		}
		n := d.nounBehind(p, m.End, proper)
		if n == 0 && proper {
			n = d.capitalBehind(p, m.End, at)
		}
		if n == 0 {
			break
		}
		m.End, whole = n, true
	}
	if in := at[m.End+1]; whole && in != nil && in.Kinds&grammar.NAME != 0 && d.In(m.End, k.Of) {
		m.End = in.End // "association de quartier de Cassarate"
	}
	return whole
}

// hasCapital reports whether a word of [first, end) has a capital.
func (d *Doc) hasCapital(first, end int) bool {
	for t := first; t < end; t++ {
		if d.Tokens[t].Upper {
			return true
		}
	}
	return false
}

// nounBehind is the end of "des portuaires", "pour la protection" at t, 0 for none: a plain noun, not a place or a name.
func (d *Doc) nounBehind(p *passage.Paragraph, t int, proper bool) int {
	n := d.ofWhat(p, t, proper)
	if n == 0 || !d.plainNoun(p, n) || d.opensInfinitive(p, n) {
		return 0
	}
	return n + 1
}

// opensInfinitive reports whether the word at t is an infinitive and what it governs follows: "l'autorité d'exiger la remise des images". "Quartier",
// which ends as one, is followed by no article.
func (d *Doc) opensInfinitive(p *passage.Paragraph, t int) bool {
	if t+1 >= p.End || !d.In(t+1, p.Grammar.Known.Article) || d.In(t+1, p.Grammar.Known.Of) {
		return false
	}
	return slices.ContainsFunc(p.Grammar.Infinitives, func(ending string) bool { return strings.HasSuffix(d.Fold[t], ending) })
}

// capitalBehind is the end of "des Droits", "por la Memoria" at t, 0 for none: capitals that name no place.
func (d *Doc) capitalBehind(p *passage.Paragraph, t int, at map[int]*passage.Mention) int {
	n := d.ofWhat(p, t, true)
	if n == 0 || d.Tokens[n].Kind != word.Word || !d.Tokens[n].Upper || at[n] != nil && at[n].Kinds&^grammar.NAME != 0 {
		return 0
	}
	return d.nameEnd(p, n, nil)
}

// ofWhat is where the noun of "des portuaires", "pour la protection" stands at t, 0 for none. The second only goes on what has a proper name.
func (d *Doc) ofWhat(p *passage.Paragraph, t int, proper bool) int {
	k := &p.Grammar.Known
	const articles = 2
	n := t
	switch {
	case d.In(t, k.Of):
		n++
	case proper && k.ForWhat != grammar.NoClass && d.In(t, k.ForWhat):
		n += d.Is(t, k.ForWhat)
	default:
		return 0
	}
	for i := 0; n < p.End && i < articles && (d.In(n, k.Article) || d.In(n, k.Of)); i++ {
		n++
	}
	if n >= p.End {
		return 0
	}
	return n
}

// ownName is the end of the proper name of an association whose first capital stands at t: "Technopolice", "Loire libre", "Rivière sans béton",
// "Regards libres du Cambrésis". What is for or without something is left off by who shortens it: tail is where that begins, 0 for nowhere.
func (d *Doc) ownName(p *passage.Paragraph, t int, at map[int]*passage.Mention) (end, tail int) {
	k := &p.Grammar.Known
	end = d.nameEnd(p, t, nil)
	if n := d.nameTail(p, end); n > 0 {
		end += n
	}
	if end+1 < p.End && d.Is(end, k.Of) == 1 && d.Capital(p, end+1) && (at[end+1] == nil || at[end+1].Kinds&^grammar.NAME == 0) {
		end = d.nameEnd(p, end+1, nil) // "l'associazione Liberi di Passare"
	}
	if n := d.forWhat(p, end); n > 0 {
		return n, end
	}
	return end, 0
}

// NameTail is how many words at t go on a proper name without a capital, "libre", "en commun", 0 for none.
func (d *Doc) nameTail(p *passage.Paragraph, t int) int {
	if p.Grammar.Known.NameTail == grammar.NoClass || t >= p.End {
		return 0
	}
	return d.Is(t, p.Grammar.Known.NameTail)
}

// ForWhat is the end of "sans béton", "pour le changement", "sin Vigilancia" at t, 0 for none.
func (d *Doc) forWhat(p *passage.Paragraph, t int) int {
	k := &p.Grammar.Known
	if k.ForWhat == grammar.NoClass || !d.In(t, k.ForWhat) {
		return 0
	}
	if n := t + d.Is(t, k.ForWhat); n < p.End && d.Capital(p, n) {
		return d.nameEnd(p, n, nil)
	}
	return d.nounBehind(p, t, true)
}

// plainNoun reports whether the word at t may be a noun: no capital, and no word that only joins others.
func (d *Doc) plainNoun(p *passage.Paragraph, t int) bool {
	k := &p.Grammar.Known
	return d.Tokens[t].Kind == word.Word && !d.Tokens[t].Upper && !d.In(t, k.Preposition) && !d.In(t, k.Article) && !d.In(t, k.That) &&
		!d.In(t, k.Conjunction) && !d.In(t, k.Negation) && !d.Sets[t].Meets(&k.DeviceSet)
}

// capitalAdjective reports whether the word at t is an adjective by its ending that has the capital of its noun: "Gobernación Marítima", "Policía
// Aeroportuaria".
func (d *Doc) capitalAdjective(p *passage.Paragraph, t int) bool {
	return d.Tokens[t].Kind == word.Word && d.Tokens[t].Upper && d.Tokens[t].Start == d.Tokens[t-1].End+1 && d.endsAsAdjective(p, t)
}

// adjective reports whether the word at t is an adjective by its ending, as those behind a noun are, and no verb that the grammar knows.
func (d *Doc) adjective(p *passage.Paragraph, t int) bool {
	if len(p.Grammar.Adjectives) == 0 || !d.plainNoun(p, t) || d.In(t, p.Grammar.Known.Said) || p.Grammar.Known.Unadjective != grammar.NoClass && d.In(t, p.Grammar.Known.Unadjective) {
		return false
	}
	if raw := d.Tokens[t].Of(d.Body); strings.HasSuffix(raw, "ó") || strings.HasSuffix(raw, "ò") {
		return false // "radicó", "pubblicò"
	}
	return d.endsAsAdjective(p, t)
}

// endsAsAdjective reports whether the word at t ends as adjectives do.
func (d *Doc) endsAsAdjective(p *passage.Paragraph, t int) bool {
	const stem = 3 // letters
	w := d.Fold[t]
	for _, e := range p.Grammar.Adjectives {
		if len(w) >= len(e)+stem && strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}

// properHead returns the words at t that open the name of a body where they have a capital and more of the name follows: "Direction de la
// sécurité", "Union des travailleurs".
func (d *Doc) properHead(p *passage.Paragraph, t int) (int, grammar.Kind) {
	k := &p.Grammar.Known
	if !d.Tokens[t].Upper || p.Grammar.NounsCapital {
		return 0, 0
	}
	if k.NameOpens != grammar.NoClass {
		if n := d.Is(t, k.NameOpens); n > 0 {
			return n, grammar.ORG
		}
	}
	if k.OfficeOpens != grammar.NoClass {
		if n := d.Is(t, k.OfficeOpens); n > 0 {
			return n, grammar.POL
		}
	}
	return 0, 0
}

// OfficeCloses reports whether the word at t closes the name of an office: "National Environment Agency". A firm's name may end so too, and what
// the text calls so is named by capitals that stand right before.
func (d *Doc) officeCloses(p *passage.Paragraph, t int, found []*passage.Mention) bool {
	k := &p.Grammar.Known
	if k.OfficeCloses == grammar.NoClass || !d.Tokens[t].Upper {
		return false
	}
	n := d.Is(t, k.OfficeCloses)
	if n == 0 || t == p.First || !d.Tokens[t+n-1].Upper || !d.Capital(p, t-1) || d.Tokens[t-1].End+1 != d.Tokens[t].Start {
		return false
	}
	return !slices.ContainsFunc(found, func(m *passage.Mention) bool {
		return m.Kinds&(grammar.CO|grammar.PRD|grammar.PRG|grammar.CAP) != 0 && m.First < t+n && m.End >= t
	})
}

// A compound is a body by its last part: "Mieterverein", "Hafenpolizei".

// compoundHead returns the word at t as what a body is called by, where its last part says that it is one.
func (d *Doc) compoundHead(p *passage.Paragraph, t int) (int, grammar.Kind) {
	if !d.Tokens[t].Upper || d.Tokens[t].Kind != word.Word || d.In(t, p.Grammar.Known.NotName) {
		return 0, 0
	}
	for _, c := range p.Grammar.Compounds {
		if endsAs(d.Fold[t], c.Endings) {
			return 1, c.Kinds
		}
	}
	return 0, 0
}

// compound reports whether the word at t is a body by its last part alone.
func (d *Doc) compound(p *passage.Paragraph, t int) bool {
	n, _ := d.compoundHead(p, t)
	return n > 0
}

// endsAs reports whether a word ends with one of some words, or its genitive, behind another word.
func endsAs(w string, endings []string) bool {
	const before = 4 // letters
	for _, genitive := range [...]string{"", "s", "es"} {
		stem, ok := strings.CutSuffix(w, genitive)
		if !ok {
			break // not even "s"
		}
		for _, e := range endings {
			if len(stem)-len(e) >= before && strings.HasSuffix(stem, e) {
				return true
			}
		}
	}
	return false
}
