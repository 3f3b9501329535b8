package claim

import (
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// Systems of the state are called by what they are and do, with a capital at the head alone: "le Fichier national de reconnaissance des visages", "il
// Sistema nazionale di riconoscimento facciale", "die Nationale Plattform für Gesichtsabgleich". The capital and the capability within make a name of it.

// systemNames finds them among the words of a paragraph; found has its capabilities.
func (d *namingDoc) systemNames(p *paragraph, found []*mention) []*mention {
	k := &p.g.known
	found = d.shortenedSystems(p, found)
	if k.systemHead == noClass || !p.set.has(k.systemHead) {
		return found
	}
	for _, c := range found {
		if c.kinds&kCAP == 0 || c.kinds&(kPRG|kPRD) != 0 || c.first <= p.first {
			continue
		}
		head := d.systemHead(p, c.first)
		if head < 0 {
			continue
		}
		name := d.words(head, c.end)
		e := d.e.named(name, contrechamp.KindProgramme)
		if e == nil {
			e = d.made(contrechamp.KindProgramme, name)
		} else {
			e = d.keep(e)
		}
		found = append(found, d.mention(mention{first: head, end: c.end, kinds: kPRG | kCAP, entity: e, capability: c.capability, system: true, rank: 6}))
	}
	return found
}

// shortenedSystems finds the systems whose short form stands in brackets behind the name, or that have the name in brackets behind the short form: "the
// National Automated Facial Recognition System (AFRS)", "la tarjeta SUBE (Sistema Único de Boleto Electrónico)". That the text goes on with the short
// form tells that it is the name of one, not of a sort.
func (d *namingDoc) shortenedSystems(p *paragraph, found []*mention) []*mention {
	k := &p.g.known
	if k.systemHead == noClass && k.systemClose == noClass || !p.set.meets(&k.systemSet) && len(p.g.systemEndings) == 0 {
		return found
	}
	for t := p.first + 1; t+2 < p.end; t++ {
		if d.fold[t] != "(" {
			continue
		}
		d.steps++
		if short := d.words(t+1, t+2); acronym(short) && d.toks[t+1].Kind == word.Word && closesShort(d.fold[t+2]) {
			if first := d.systemBefore(p, t, short); first >= 0 {
				found = d.systemMention(p, first, t, short, found)
			}
			continue
		}
		short := d.words(t-1, t)
		if !acronym(short) || !allCapitals(short) || d.toks[t-1].Kind != word.Word {
			continue
		}
		const longest = 12
		end := t + 1
		for end < p.end && end < t+longest && d.fold[end] != ")" {
			end++
		}
		if end < p.end && d.fold[end] == ")" && d.systemBefore(p, end, short) == t+1 {
			found = d.systemMention(p, t+1, end, short, found)
			e := found[len(found)-1].entity
			found = append(found, d.mention(mention{first: t - 1, end: t, kinds: kPRG, entity: e, rank: 6}))
		}
	}
	return found
}

// closesShort reports whether a short form in brackets ends before such a mark: "(SIBIOS)", "(SIBIOS, por sus siglas ...)".
func closesShort(mark string) bool { return mark == ")" || mark == "," || mark == ";" }

// systemMention adds the name [first, end) of a system with its short form.
func (d *namingDoc) systemMention(p *paragraph, first, end int, short string, found []*mention) []*mention {
	name := d.words(first, end)
	e := d.e.named(name, contrechamp.KindProgramme)
	if e == nil {
		e = d.made(contrechamp.KindProgramme, name)
	} else {
		e = d.keep(e)
	}
	d.alias(short, e)
	m := mention{first: first, end: end, kinds: kPRG, entity: e, rank: 6}
	for _, c := range found {
		if c.kinds&kCAP != 0 && c.first >= first && c.end <= end {
			m.kinds, m.capability, m.system = kPRG|kCAP, c.capability, true
		}
	}
	return append(found, d.mention(m))
}

// systemBefore is where the name of a system begins that ends before token t, -1 for none: capitals and what joins them, with a word for a system that
// opens it ("Sistema Federal de Identificación Biométrica") or closes it ("Domain Awareness System"). Its short form has its first letter, or that of
// a word behind.
func (d *namingDoc) systemBefore(p *paragraph, t int, short string) int {
	k := &p.g.known
	const longest, fewest = 10, 2 // words; "System (SYS)" says no name
	opens := k.systemHead != noClass
	closes := k.systemClose != noClass && d.in(t-1, k.systemClose) || d.toks[t-1].Upper && endsAs(d.fold[t-1], p.g.systemEndings)
	first := -1
words:
	for n := t - 1; n >= p.first && n > t-longest; n-- {
		inside := n > p.first && !d.fullStop[n-1]
		switch {
		case d.toks[n].Kind != word.Word && d.fold[n] != "&" && d.fold[n] != "-" && d.fold[n] != "'":
			break words
		case n < t-1 && d.joinsSystem(p, n):
		case d.toks[n].Upper && opens && d.in(n, k.systemHead):
			first = n
		case d.toks[n].Upper && inside && !d.in(n, k.article):
			if closes {
				first = n
			}
		case p.g.adjectiveBefore || p.g.nounsCapital || !d.plainNoun(p, n) && !d.adjective(p, n):
			break words
		}
	}
	if first < 0 || t-first < fewest || !closes && !d.in(first, k.systemHead) {
		return -1
	}
	initial := word.Fold(short[:1])
	for n := first; n < t; n++ {
		if d.toks[n].Upper && strings.HasPrefix(d.fold[n], initial) {
			return first
		}
	}
	return -1
}

// joinsSystem reports whether the word at n may stand between the words of a system's name: "Sistema de Acceso Biométrico a Espectáculos".
func (d *namingDoc) joinsSystem(p *paragraph, n int) bool {
	k := &p.g.known
	if d.toks[n].Kind != word.Word {
		return true
	}
	if d.in(n, k.of) || d.in(n, k.conjunction) || k.forWhat != noClass && d.in(n, k.forWhat) {
		return true
	}
	return !p.g.adjectiveBefore && (d.in(n, k.article) || d.in(n, k.preposition))
}

// systemHead is where a name begins whose capability stands at token t, -1 for none: a capital head within its sentence, adjectives, "of".
func (d *namingDoc) systemHead(p *paragraph, t int) int {
	k := &p.g.known
	const adjectives = 2
	n := t - 1
	for n > p.first && d.in(n, k.article) && !d.in(n, k.of) {
		n--
	}
	if n <= p.first || !d.in(n, k.of) && (k.forWhat == noClass || !d.in(n, k.forWhat)) {
		return -1
	}
	n--
	for i := 0; i < adjectives && n > p.first && !d.in(n, k.systemHead); i++ {
		if !d.plainNoun(p, n) && !d.adjective(p, n) {
			return -1
		}
		n--
	}
	if !d.in(n, k.systemHead) || !d.toks[n].Upper {
		return -1
	}
	if p.g.nounsCapital { // every noun has one: the adjective before it tells
		if n == p.first || !d.toks[n-1].Upper || !d.capital(p, n-1) || n-1 == p.first || d.fullStop[n-2] {
			return -1
		}
		return n - 1
	}
	if n == p.first || d.fullStop[n-1] {
		return -1
	}
	return n
}
