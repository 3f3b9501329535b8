package claim

import (
	contrechamp "contrechamp.org/contrechamp"
)

// issuer is the authority whose own word a text is, where its masthead names one: what a decision of a regulator finds is found by the
// regulator, although no sentence says so. It is nil for all other texts.
func (d *speechDoc) issuer() *contrechamp.Entity {
	if d.issuerDone {
		return d.issuedBy
	}
	d.issuerDone = true
	const longest, lines = 10, 4 // tokens of a line of a masthead, and paragraphs
	for i := 0; i < min(len(d.paras), lines); i++ {
		p := &d.paras[i]
		if p.end-p.first > longest {
			continue
		}
		for _, m := range d.byPara[i] {
			if m.kinds&kAUT != 0 && !m.generic && m.entity != nil && m.first <= d.pastArticle(p, p.first) {
				d.issuedBy = m.entity
				return d.issuedBy
			}
		}
	}
	return nil
}
