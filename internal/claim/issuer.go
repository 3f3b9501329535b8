package claim

import (
	contrechamp "contrechamp.org/contrechamp"
)

// issuer is the authority whose own word a text is, where its masthead names one: what a decision of a regulator finds is found by the
// regulator, although no sentence says so. It is nil for all other texts.
func (d *doc) issuer() *contrechamp.Entity {
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

// bodyNamed is the association or authority that a word for one, or a pronoun, at token t stands for: the one named last.
func (d *doc) bodyNamed(s *sentence, t int) *contrechamp.Entity {
	const reach = 150 // tokens
	if m := d.lastOf(t, reach, kORG|kAUT); m != nil && m.first < s.first {
		return m.entity
	}
	return nil
}
