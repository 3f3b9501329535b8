package speech

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
)

// OpenLetter gives an open letter to whoever signs it, or to the body of its letterhead ("Ligue des riverains – Lettre ouverte"). It reports
// whether the text is one.
func (d *Doc) openLetter() bool {
	const heads = 4 // paragraphs
	at := -1
	for i := 0; i < min(len(d.Paragraphs), heads) && at < 0; i++ {
		if p := &d.Paragraphs[i]; p.Grammar.Known.OpenLetter != grammar.NoClass && p.Set.Has(p.Grammar.Known.OpenLetter) && !d.FullStop[max(p.End-1, 0)] && d.Any(p.First, p.End, p.Grammar.Known.OpenLetter) >= 0 {
			at = i
		}
	}
	if at < 0 {
		return false
	}
	v, signed := d.signer(at)
	if signed < 0 {
		v, signed = passage.Voice{Speaker: &contrechamp.Speaker{}}, len(d.Paragraphs)
	}
	p := &d.Paragraphs[at]
	const longest = 6 // tokens of a letterhead
	for t := p.First; t < min(p.End, p.First+longest); t++ {
		if d.dash(t) && t > p.First {
			v.AlsoCalled(d.Words(p.First, t))
			break
		}
	}
	const last, longestLine = 4, 10 // paragraphs, tokens
	for i := len(d.Paragraphs) - 1; i > at && i >= len(d.Paragraphs)-last; i-- {
		// "For the Coalition of riders,"
		q := &d.Paragraphs[i]
		if q.End-q.First > longestLine || q.End-q.First < 2 || !d.In(q.First, q.Grammar.Known.ForOne) {
			continue
		}
		t, end := d.pastArticle(q, q.First+1), q.First+1
		for end < q.End && d.Fold[end] != "," && d.Fold[end] != ":" {
			end++
		}
		if end > t {
			v.AlsoCalled(d.Words(t, end))
			signed = min(signed, i)
		}
	}
	if len(v.Speaker.Names) == 0 {
		return false
	}
	d.saidBetween(v, at, signed)
	return true
}
