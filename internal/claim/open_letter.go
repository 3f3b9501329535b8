package claim

import (
	contrechamp "contrechamp.org/contrechamp"
)

// openLetter gives an open letter to whoever signs it, or to the body of its letterhead ("Ligue des riverains – Lettre ouverte"). It reports
// whether the text is one.
func (d *speechDoc) openLetter() bool {
	const heads = 4 // paragraphs
	at := -1
	for i := 0; i < min(len(d.paras), heads) && at < 0; i++ {
		if p := &d.paras[i]; p.g.known.openLetter != noClass && p.set.has(p.g.known.openLetter) && !d.fullStop[max(p.end-1, 0)] && d.any(p.first, p.end, p.g.known.openLetter) >= 0 {
			at = i
		}
	}
	if at < 0 {
		return false
	}
	v, signed := d.signer(at)
	if signed < 0 {
		v, signed = voice{speaker: &contrechamp.Speaker{}}, len(d.paras)
	}
	p := &d.paras[at]
	const longest = 6 // tokens of a letterhead
	for t := p.first; t < min(p.end, p.first+longest); t++ {
		if d.dash(t) && t > p.first {
			v.alsoCalled(d.words(p.first, t))
			break
		}
	}
	const last, longestLine = 4, 10 // paragraphs, tokens
	for i := len(d.paras) - 1; i > at && i >= len(d.paras)-last; i-- {
		// "For the Coalition of riders,"
		q := &d.paras[i]
		if q.end-q.first > longestLine || q.end-q.first < 2 || !d.in(q.first, q.g.known.forOne) {
			continue
		}
		t, end := d.pastArticle(q, q.first+1), q.first+1
		for end < q.end && d.fold[end] != "," && d.fold[end] != ":" {
			end++
		}
		if end > t {
			v.alsoCalled(d.words(t, end))
			signed = min(signed, i)
		}
	}
	if len(v.speaker.Names) == 0 {
		return false
	}
	d.saidBetween(v, at, signed)
	return true
}
