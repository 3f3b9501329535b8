package claim

import (
	"slices"
	"strings"

	"contrechamp.org/contrechamp/internal/word"
)

// The name of a body goes on behind what it is: "syndicat des portuaires", "Fédération romande des consommateurs", "polizia portuale ellenica",
// "Ente nazionale per l'aviazione civile". In languages that put adjectives behind, these are adjectives, told by their endings, and nouns behind "de".

// nameGoesOn lets a body's name go on, and reports whether a noun says what it is of or for: then it is named, and none that was named before.
func (d *namingDoc) nameGoesOn(p *paragraph, m *mention, at map[int]*mention) bool {
	if p.g.adjectiveBefore || p.g.nounsCapital || d.in(m.first, p.g.known.court) && strings.HasSuffix(d.words(m.first, m.first+1), "é") {
		return false // "jugé illégal" is no judge
	}
	proper := d.toks[m.first].Upper
	k := &p.g.known
	public := m.kinds&kPOL != 0
	if public && !d.in(m.first, k.police) && !proper {
		return false // "la ville intelligente"
	}
	whole := false
	for m.end < p.end && m.end-m.first < maxName {
		if in := at[m.end]; in != nil && in.kinds&kDEM != 0 {
			m.within, m.end = in, in.end
			continue
		}
		if d.adjective(p, m.end) || proper && d.capitalAdjective(p, m.end) {
			m.end++
			continue
		}
		if n := d.is(m.end, k.bodyTail); n > 0 {
			m.end += n
			continue
		}
		if public && !proper {
			break
		}
		n := d.nounBehind(p, m.end, proper)
		if n == 0 && proper {
			n = d.capitalBehind(p, m.end, at)
		}
		if n == 0 {
			break
		}
		m.end, whole = n, true
	}
	if in := at[m.end+1]; whole && in != nil && in.kinds&kNAME != 0 && d.in(m.end, k.of) {
		m.end = in.end // "association de quartier de Cassarate"
	}
	return whole
}

// hasCapital reports whether a word of [first, end) has a capital.
func (d *namingDoc) hasCapital(first, end int) bool {
	for t := first; t < end; t++ {
		if d.toks[t].Upper {
			return true
		}
	}
	return false
}

// nounBehind is the end of "des portuaires", "pour la protection" at t, 0 for none: a plain noun, not a place or a name.
func (d *namingDoc) nounBehind(p *paragraph, t int, proper bool) int {
	n := d.ofWhat(p, t, proper)
	if n == 0 || !d.plainNoun(p, n) || d.opensInfinitive(p, n) {
		return 0
	}
	return n + 1
}

// opensInfinitive reports whether the word at t is an infinitive and what it governs follows: "l'autorité d'exiger la remise des images". "Quartier",
// which ends as one, is followed by no article.
func (d *namingDoc) opensInfinitive(p *paragraph, t int) bool {
	if t+1 >= p.end || !d.in(t+1, p.g.known.article) || d.in(t+1, p.g.known.of) {
		return false
	}
	return slices.ContainsFunc(p.g.infinitives, func(ending string) bool { return strings.HasSuffix(d.fold[t], ending) })
}

// capitalBehind is the end of "des Droits", "por la Memoria" at t, 0 for none: capitals that name no place.
func (d *namingDoc) capitalBehind(p *paragraph, t int, at map[int]*mention) int {
	n := d.ofWhat(p, t, true)
	if n == 0 || d.toks[n].Kind != word.Word || !d.toks[n].Upper || at[n] != nil && at[n].kinds&^kNAME != 0 {
		return 0
	}
	return d.nameEnd(p, n, nil)
}

// ofWhat is where the noun of "des portuaires", "pour la protection" stands at t, 0 for none. The second only goes on what has a proper name.
func (d *namingDoc) ofWhat(p *paragraph, t int, proper bool) int {
	k := &p.g.known
	const articles = 2
	n := t
	switch {
	case d.in(t, k.of):
		n++
	case proper && k.forWhat != noClass && d.in(t, k.forWhat):
		n += d.is(t, k.forWhat)
	default:
		return 0
	}
	for i := 0; n < p.end && i < articles && (d.in(n, k.article) || d.in(n, k.of)); i++ {
		n++
	}
	if n >= p.end {
		return 0
	}
	return n
}

// ownName is the end of the proper name of an association whose first capital stands at t: "Technopolice", "Loire libre", "Rivière sans béton",
// "Regards libres du Cambrésis". What is for or without something is left off by who shortens it: tail is where that begins, 0 for nowhere.
func (d *namingDoc) ownName(p *paragraph, t int, at map[int]*mention) (end, tail int) {
	k := &p.g.known
	end = d.nameEnd(p, t, nil)
	if n := d.nameTail(p, end); n > 0 {
		end += n
	}
	if end+1 < p.end && d.is(end, k.of) == 1 && d.capital(p, end+1) && (at[end+1] == nil || at[end+1].kinds&^kNAME == 0) {
		end = d.nameEnd(p, end+1, nil) // "l'associazione Liberi di Passare"
	}
	if n := d.forWhat(p, end); n > 0 {
		return n, end
	}
	return end, 0
}

// nameTail is how many words at t go on a proper name without a capital, "libre", "en commun", 0 for none.
func (d *namingDoc) nameTail(p *paragraph, t int) int {
	if p.g.known.nameTail == noClass || t >= p.end {
		return 0
	}
	return d.is(t, p.g.known.nameTail)
}

// forWhat is the end of "sans béton", "pour le changement", "sin Vigilancia" at t, 0 for none.
func (d *namingDoc) forWhat(p *paragraph, t int) int {
	k := &p.g.known
	if k.forWhat == noClass || !d.in(t, k.forWhat) {
		return 0
	}
	if n := t + d.is(t, k.forWhat); n < p.end && d.capital(p, n) {
		return d.nameEnd(p, n, nil)
	}
	return d.nounBehind(p, t, true)
}

// plainNoun reports whether the word at t may be a noun: no capital, and no word that only joins others.
func (d *namingDoc) plainNoun(p *paragraph, t int) bool {
	k := &p.g.known
	return d.toks[t].Kind == word.Word && !d.toks[t].Upper && !d.in(t, k.preposition) && !d.in(t, k.article) && !d.in(t, k.that) &&
		!d.in(t, k.conjunction) && !d.in(t, k.negation) && !d.sets[t].meets(&k.deviceSet)
}

// capitalAdjective reports whether the word at t is an adjective by its ending that has the capital of its noun: "Gobernación Marítima", "Policía
// Aeroportuaria".
func (d *namingDoc) capitalAdjective(p *paragraph, t int) bool {
	return d.toks[t].Kind == word.Word && d.toks[t].Upper && d.toks[t].Start == d.toks[t-1].End+1 && d.endsAsAdjective(p, t)
}

// adjective reports whether the word at t is an adjective by its ending, as those behind a noun are, and no verb that the grammar knows.
func (d *namingDoc) adjective(p *paragraph, t int) bool {
	if len(p.g.adjectives) == 0 || !d.plainNoun(p, t) || d.in(t, p.g.known.said) || p.g.known.unadjective != noClass && d.in(t, p.g.known.unadjective) {
		return false
	}
	if raw := d.toks[t].Of(d.body); strings.HasSuffix(raw, "ó") || strings.HasSuffix(raw, "ò") {
		return false // "radicó", "pubblicò"
	}
	return d.endsAsAdjective(p, t)
}

// endsAsAdjective reports whether the word at t ends as adjectives do.
func (d *namingDoc) endsAsAdjective(p *paragraph, t int) bool {
	const stem = 3 // letters
	w := d.fold[t]
	for _, e := range p.g.adjectives {
		if len(w) >= len(e)+stem && strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}

// properHead returns the words at t that open the name of a body where they have a capital and more of the name follows: "Direction de la
// sécurité", "Union des travailleurs".
func (d *namingDoc) properHead(p *paragraph, t int) (int, kind) {
	k := &p.g.known
	if !d.toks[t].Upper || p.g.nounsCapital {
		return 0, 0
	}
	if k.nameOpens != noClass {
		if n := d.is(t, k.nameOpens); n > 0 {
			return n, kORG
		}
	}
	if k.officeOpens != noClass {
		if n := d.is(t, k.officeOpens); n > 0 {
			return n, kPOL
		}
	}
	return 0, 0
}

// officeCloses reports whether the word at t closes the name of an office: "National Environment Agency". A firm's name may end so too, and what
// the text calls so is named by capitals that stand right before.
func (d *namingDoc) officeCloses(p *paragraph, t int, found []*mention) bool {
	k := &p.g.known
	if k.officeCloses == noClass || !d.toks[t].Upper {
		return false
	}
	n := d.is(t, k.officeCloses)
	if n == 0 || t == p.first || !d.toks[t+n-1].Upper || !d.capital(p, t-1) || d.toks[t-1].End+1 != d.toks[t].Start {
		return false
	}
	return !slices.ContainsFunc(found, func(m *mention) bool { return m.kinds&(kCO|kPRD|kPRG|kCAP) != 0 && m.first < t+n && m.end >= t })
}

// A compound is a body by its last part: "Mieterverein", "Hafenpolizei".

// compoundHead returns the word at t as what a body is called by, where its last part says that it is one.
func (d *namingDoc) compoundHead(p *paragraph, t int) (int, kind) {
	if !d.toks[t].Upper || d.toks[t].Kind != word.Word || d.in(t, p.g.known.notName) {
		return 0, 0
	}
	for _, c := range p.g.compounds {
		if endsAs(d.fold[t], c.endings) {
			return 1, c.kinds
		}
	}
	return 0, 0
}

// compound reports whether the word at t is a body by its last part alone.
func (d *namingDoc) compound(p *paragraph, t int) bool {
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
