package naming

import (
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// Systems of the state are called by what they are and do, with a capital at the head alone: "le Fichier national de reconnaissance des visages", "il
// Sistema nazionale di riconoscimento facciale", "die Nationale Plattform für Gesichtsabgleich". The capital and the capability within make a name of it.

// systemNames finds them among the words of a paragraph; found has its capabilities.
func (d *Doc) systemNames(p *passage.Paragraph, found []*passage.Mention) []*passage.Mention {
	k := &p.Grammar.Known
	found = d.shortenedSystems(p, found)
	if k.SystemHead == grammar.NoClass || !p.Set.Has(k.SystemHead) {
		return found
	}
	for _, c := range found {
		if c.Kinds&grammar.CAP == 0 || c.Kinds&(grammar.PRG|grammar.PRD) != 0 || c.First <= p.First {
			continue
		}
		head := d.systemHead(p, c.First)
		if head < 0 {
			continue
		}
		name := d.Words(head, c.End)
		e := d.Knows.Named(name, contrechamp.KindProgramme)
		if e == nil {
			e = d.Made(contrechamp.KindProgramme, name)
		} else {
			e = d.Keep(e)
		}
		found = append(found, d.Mention(passage.Mention{First: head, End: c.End, Kinds: grammar.PRG | grammar.CAP, Entity: e, Capability: c.Capability, System: true, Rank: 6}))
	}
	return found
}

// shortenedSystems finds the systems whose short form stands in brackets behind the name, or that have the name in brackets behind the short form: "the
// National Automated Facial Recognition System (AFRS)", "la tarjeta SUBE (Sistema Único de Boleto Electrónico)". That the text goes on with the short
// form tells that it is the name of one, not of a sort.
func (d *Doc) shortenedSystems(p *passage.Paragraph, found []*passage.Mention) []*passage.Mention {
	k := &p.Grammar.Known
	if k.SystemHead == grammar.NoClass && k.SystemClose == grammar.NoClass || !p.Set.Meets(&k.SystemSet) && len(p.Grammar.SystemEndings) == 0 {
		return found
	}
	for t := p.First + 1; t+2 < p.End; t++ {
		if d.Fold[t] != "(" {
			continue
		}
		d.Steps++
		if short := d.Words(t+1, t+2); acronym(short) && d.Tokens[t+1].Kind == word.Word && closesShort(d.Fold[t+2]) {
			if first := d.systemBefore(p, t, short); first >= 0 {
				found = d.systemMention(p, first, t, short, found)
			}
			continue
		}
		short := d.Words(t-1, t)
		if !acronym(short) || !AllCapitals(short) || d.Tokens[t-1].Kind != word.Word {
			continue
		}
		const longest = 12
		end := t + 1
		for end < p.End && end < t+longest && d.Fold[end] != ")" {
			end++
		}
		if end < p.End && d.Fold[end] == ")" && d.systemBefore(p, end, short) == t+1 {
			found = d.systemMention(p, t+1, end, short, found)
			e := found[len(found)-1].Entity
			found = append(found, d.Mention(passage.Mention{First: t - 1, End: t, Kinds: grammar.PRG, Entity: e, Rank: 6}))
		}
	}
	return found
}

// closesShort reports whether a short form in brackets ends before such a mark: "(SIBIOS)", "(SIBIOS, por sus siglas ...)".
func closesShort(mark string) bool { return mark == ")" || mark == "," || mark == ";" }

// systemMention adds the name [first, end) of a system with its short form.
func (d *Doc) systemMention(p *passage.Paragraph, first, end int, short string, found []*passage.Mention) []*passage.Mention {
	name := d.Words(first, end)
	e := d.Knows.Named(name, contrechamp.KindProgramme)
	if e == nil {
		e = d.Made(contrechamp.KindProgramme, name)
	} else {
		e = d.Keep(e)
	}
	d.alias(short, e)
	m := passage.Mention{First: first, End: end, Kinds: grammar.PRG, Entity: e, Rank: 6}
	for _, c := range found {
		if c.Kinds&grammar.CAP != 0 && c.First >= first && c.End <= end {
			m.Kinds, m.Capability, m.System = grammar.PRG|grammar.CAP, c.Capability, true
		}
	}
	return append(found, d.Mention(m))
}

// systemBefore is where the name of a system begins that ends before token t, -1 for none: capitals and what joins them, with a word for a system that
// opens it ("Sistema Federal de Identificación Biométrica") or closes it ("Domain Awareness System"). Its short form has its first letter, or that of
// a word behind.
func (d *Doc) systemBefore(p *passage.Paragraph, t int, short string) int {
	k := &p.Grammar.Known
	const longest, fewest = 10, 2 // words; "System (SYS)" says no name
	opens := k.SystemHead != grammar.NoClass
	closes := k.SystemClose != grammar.NoClass && d.In(t-1, k.SystemClose) || d.Tokens[t-1].Upper && endsAs(d.Fold[t-1], p.Grammar.SystemEndings)
	first := -1
words:
	for n := t - 1; n >= p.First && n > t-longest; n-- {
		inside := n > p.First && !d.FullStop[n-1]
		switch {
		case d.Tokens[n].Kind != word.Word && d.Fold[n] != "&" && d.Fold[n] != "-" && d.Fold[n] != "'":
			break words
		case n < t-1 && d.joinsSystem(p, n):
		case d.Tokens[n].Upper && opens && d.In(n, k.SystemHead):
			first = n
		case d.Tokens[n].Upper && inside && !d.In(n, k.Article):
			if closes {
				first = n
			}
		case p.Grammar.AdjectiveBefore || p.Grammar.NounsCapital || !d.plainNoun(p, n) && !d.adjective(p, n):
			break words
		}
	}
	if first < 0 || t-first < fewest || !closes && !d.In(first, k.SystemHead) {
		return -1
	}
	initial := word.Fold(short[:1])
	for n := first; n < t; n++ {
		if d.Tokens[n].Upper && strings.HasPrefix(d.Fold[n], initial) {
			return first
		}
	}
	return -1
}

// joinsSystem reports whether the word at n may stand between the words of a system's name: "Sistema de Acceso Biométrico a Espectáculos".
func (d *Doc) joinsSystem(p *passage.Paragraph, n int) bool {
	k := &p.Grammar.Known
	if d.Tokens[n].Kind != word.Word {
		return true
	}
	if d.In(n, k.Of) || d.In(n, k.Conjunction) || k.ForWhat != grammar.NoClass && d.In(n, k.ForWhat) {
		return true
	}
	return !p.Grammar.AdjectiveBefore && (d.In(n, k.Article) || d.In(n, k.Preposition))
}

// SystemHead is where a name begins whose capability stands at token t, -1 for none: a capital head within its sentence, adjectives, "of".
func (d *Doc) systemHead(p *passage.Paragraph, t int) int {
	k := &p.Grammar.Known
	const adjectives = 2
	n := t - 1
	for n > p.First && d.In(n, k.Article) && !d.In(n, k.Of) {
		n--
	}
	if n <= p.First || !d.In(n, k.Of) && (k.ForWhat == grammar.NoClass || !d.In(n, k.ForWhat)) {
		return -1
	}
	n--
	for i := 0; i < adjectives && n > p.First && !d.In(n, k.SystemHead); i++ {
		if !d.plainNoun(p, n) && !d.adjective(p, n) {
			return -1
		}
		n--
	}
	if !d.In(n, k.SystemHead) || !d.Tokens[n].Upper {
		return -1
	}
	if p.Grammar.NounsCapital { // every noun has one: the adjective before it tells
		if n == p.First || !d.Tokens[n-1].Upper || !d.Capital(p, n-1) || n-1 == p.First || d.FullStop[n-2] {
			return -1
		}
		return n - 1
	}
	if n == p.First || d.FullStop[n-1] {
		return -1
	}
	return n
}
