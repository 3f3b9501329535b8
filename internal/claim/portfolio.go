package claim

import "contrechamp.org/contrechamp/internal/word"

// What a minister is minister of is a part of the office, no place and no system: "the Minister for Sustainability and the Environment", "ministre
// déléguée à la Transition numérique", "commission des Lois".

// portfolio reports whether the capitals at t name what an office or a committee is for.
func (d *namingDoc) portfolio(p *paragraph, t int) bool {
	k := &p.g.known
	if k.portfolio == noClass || !p.set.has(k.portfolio) {
		return false
	}
	const reach = 12 // words
	joined := false
	for n := t - 1; n >= p.first && n > t-reach; n-- {
		d.steps++
		if d.endsWith(p, n, k.portfolio) {
			return joined
		}
		switch {
		case d.in(n, k.of), d.in(n, k.forWhat) && k.forWhat != noClass, d.in(n, k.portfolioFor) && k.portfolioFor != noClass:
			joined = true
		case d.in(n, k.article), d.in(n, k.conjunction), d.fold[n] == "&":
		case d.toks[n].Kind == word.Word && d.toks[n].Upper:
		default:
			return false
		}
	}
	return false
}
