package claim

import contrechamp "contrechamp.org/contrechamp"

// Systems of the state are called by what they are and do, with a capital at the head alone: "le Fichier national de reconnaissance des visages", "il
// Sistema nazionale di riconoscimento facciale", "die Nationale Plattform für Gesichtsabgleich". The capital and the capability within make a name of it.

// systemNames finds them among the words of a paragraph; found has its capabilities.
func (d *doc) systemNames(p *paragraph, found []*mention) []*mention {
	k := &p.g.known
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

// systemHead is where a name begins whose capability stands at token t, -1 for none: a capital head within its sentence, adjectives, "of".
func (d *doc) systemHead(p *paragraph, t int) int {
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

// systems proposes the programmes whose names say what they do.
func (d *doc) systems(i int) {
	s := &d.sents[i]
	for u := range s.units {
		m := s.units[u].mention
		if m == nil || !m.system {
			continue
		}
		about := d.deployment(contrechamp.Programme, s, u, u+1)
		if len(about.entities) == 0 {
			continue
		}
		g := d.grammarAt(s)
		c := contrechamp.Claim{Predicate: contrechamp.Programme, Value: d.entityValue(m.entity), Rule: "programme.system." + g.language, Confidence: g.prior("programme.system"), Modality: contrechamp.Asserted}
		d.propose(i, u, u+1, c, about, nil)
		d.programme(m.entity)
	}
}
