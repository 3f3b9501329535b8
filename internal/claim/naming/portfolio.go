package naming

import (
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// What a minister is minister of is a part of the office, no place and no system: "the Minister for Sustainability and the Environment", "ministre
// déléguée à la Transition numérique", "commission des Lois".

// portfolio reports whether the capitals at t name what an office or a committee is for.
func (d *Doc) portfolio(p *passage.Paragraph, t int) bool {
	k := &p.Grammar.Known
	if k.Portfolio == grammar.NoClass || !p.Set.Has(k.Portfolio) {
		return false
	}
	const reach = 12 // words
	joined := false
	for n := t - 1; n >= p.First && n > t-reach; n-- {
		d.Steps++
		if d.endsWith(p, n, k.Portfolio) {
			return joined
		}
		switch {
		case d.In(n, k.Of), d.In(n, k.ForWhat) && k.ForWhat != grammar.NoClass, d.In(n, k.PortfolioFor) && k.PortfolioFor != grammar.NoClass:
			joined = true
		case d.In(n, k.Article), d.In(n, k.Conjunction), d.Fold[n] == "&":
		case d.Tokens[n].Kind == word.Word && d.Tokens[n].Upper:
		default:
			return false
		}
	}
	return false
}
