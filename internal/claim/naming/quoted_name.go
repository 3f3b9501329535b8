package naming

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// Names in quotation marks, and the marks.

// quotedName is the end of a name in quotation marks that opens at t, behind a word that says that a name follows, 0 for none: "le projet
// « Rues tranquilles »". All between the marks is the name, with capitals or without.
func (d *Doc) quotedName(p *passage.Paragraph, t int) int {
	const longest = 7
	k := &p.Grammar.Known
	q := d.pastQuote(p, t)
	if q == t || q == p.First || !d.Tokens[t].Upper || d.Tokens[t].Kind != word.Word {
		return 0
	}
	if !(k.NameHead != grammar.NoClass && d.In(q-1, k.NameHead)) && !d.In(q-1, k.ProductNoun) && !d.In(q-1, k.Firm) && !(k.Called != grammar.NoClass && d.In(q-1, k.Called)) {
		return 0
	}
	for n := t + 1; n < p.End && n <= t+longest; n++ {
		if closesQuote(d.Fold[n]) {
			return n
		}
		switch d.Fold[n] {
		case ",", ";", ":", "!", "?", ".", "(", "…":
			return 0
		}
	}
	return 0
}

// quotedMention makes the mention of a name in quotation marks, nil where the lexicon knows it whole.
func (d *Doc) quotedMention(p *passage.Paragraph, t, end int, covered []*passage.Mention) *passage.Mention {
	if c := covered[t-p.First]; c != nil && c.First == t && c.End == end {
		return nil
	}
	k := &p.Grammar.Known
	m := passage.Mention{First: t, End: end, Kinds: grammar.NAME, Shaped: true, Rank: 2}
	switch q := d.pastQuote(p, t); {
	case d.In(q-1, k.Firm):
		m.Kinds, m.Entity, m.Rank = grammar.CO|d.groupBefore(p, t), d.Made(contrechamp.KindCompany, d.Words(t, end)), 4
	case d.In(q-1, k.ProductNoun) && (k.NameHead == grammar.NoClass || !d.In(q-1, k.NameHead)):
		m.Kinds, m.Entity = grammar.NAME|grammar.PRD, d.Made(contrechamp.KindProduct, d.Words(t, end))
	}
	return d.Mention(m)
}

// pastQuote is t, or the place of the quotation mark right before it: "le logiciel « X »".
func (d *Doc) pastQuote(p *passage.Paragraph, t int) int {
	if t > p.First+1 && opensQuote(d.Fold[t-1]) {
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
