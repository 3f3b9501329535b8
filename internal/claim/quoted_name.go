package claim

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// Names in quotation marks, and the marks.

// quotedName is the end of a name in quotation marks that opens at t, behind a word that says that a name follows, 0 for none: "le projet
// « Rues tranquilles »". All between the marks is the name, with capitals or without.
func (d *namingDoc) quotedName(p *paragraph, t int) int {
	const longest = 7
	k := &p.g.known
	q := d.pastQuote(p, t)
	if q == t || q == p.first || !d.toks[t].Upper || d.toks[t].Kind != word.Word {
		return 0
	}
	if !(k.nameHead != noClass && d.in(q-1, k.nameHead)) && !d.in(q-1, k.productNoun) && !d.in(q-1, k.firm) && !(k.called != noClass && d.in(q-1, k.called)) {
		return 0
	}
	for n := t + 1; n < p.end && n <= t+longest; n++ {
		if closesQuote(d.fold[n]) {
			return n
		}
		switch d.fold[n] {
		case ",", ";", ":", "!", "?", ".", "(", "…":
			return 0
		}
	}
	return 0
}

// quotedMention makes the mention of a name in quotation marks, nil where the lexicon knows it whole.
func (d *namingDoc) quotedMention(p *paragraph, t, end int, covered []*mention) *mention {
	if c := covered[t-p.first]; c != nil && c.first == t && c.end == end {
		return nil
	}
	k := &p.g.known
	m := mention{first: t, end: end, kinds: kNAME, shaped: true, rank: 2}
	switch q := d.pastQuote(p, t); {
	case d.in(q-1, k.firm):
		m.kinds, m.entity, m.rank = kCO|d.groupBefore(p, t), d.made(contrechamp.KindCompany, d.words(t, end)), 4
	case d.in(q-1, k.productNoun) && (k.nameHead == noClass || !d.in(q-1, k.nameHead)):
		m.kinds, m.entity = kNAME|kPRD, d.made(contrechamp.KindProduct, d.words(t, end))
	}
	return d.mention(m)
}

// pastQuote is t, or the place of the quotation mark right before it: "le logiciel « X »".
func (d *namingDoc) pastQuote(p *paragraph, t int) int {
	if t > p.first+1 && opensQuote(d.fold[t-1]) {
		return t - 1
	}
	return t
}

// opensQuote and closesQuote report whether a mark may stand at that end of a quotation.
func opensQuote(mark string) bool {
	switch mark {
	case "«", "“", "„", "\"", "‘", "‹":
		return true
	}
	return false
}

func closesQuote(mark string) bool {
	switch mark {
	case "»", "”", "“", "\"", "’", "›":
		return true
	}
	return false
}
