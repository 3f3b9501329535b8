package speech

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
)

// Issuer is the authority whose own word a text is, where its masthead names one: what a decision of a regulator finds is found by the
// regulator, although no sentence says so. It is nil for all other texts.
func (d *Doc) Issuer() *contrechamp.Entity {
	if d.issuerDone {
		return d.issuedBy
	}
	d.issuerDone = true
	const longest, lines = 10, 4 // tokens of a line of a masthead, and paragraphs
	for i := 0; i < min(len(d.Paragraphs), lines); i++ {
		p := &d.Paragraphs[i]
		if p.End-p.First > longest {
			continue
		}
		for _, m := range d.ByPara[i] {
			if m.Kinds&grammar.AUT != 0 && !m.Generic && m.Entity != nil && m.First <= d.pastArticle(p, p.First) {
				d.issuedBy = m.Entity
				return d.issuedBy
			}
		}
	}
	return nil
}
