package claim

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// actingPlace is the town that is the subject of the clause around unit from: "Cali, entretanto, apagó ...", "Meanwhile Amravati mulls ...", "the
// Chair remarked that York spent ...". Whatever else the text is about, what is said there is said of that town. Countries mostly act abroad,
// so they count only in a text about a country.
func (d *subjectDoc) actingPlace(s *sentence, from int) *contrechamp.Entity {
	const reach = 30
	for u := min(from, len(s.units)) - 1; u >= 0 && u > from-reach && !s.units[u].stop; u-- {
		m := s.units[u].mention
		if m == nil {
			continue
		}
		kinds := s.units[u].kinds
		if kinds&(kPOL|kORG|kCO|kPER|kAUT|kPRG|kPRD) != 0 && kinds&kPLC == 0 && !d.behindPreposition(s, u) {
			return nil // somebody else acts
		}
		if kinds&kPLC == 0 || m.entity == nil || m.entity == d.main.entity || m.weak || d.e.isArea(m.entity) || isRegionID(m.entity.ID) || d.bracketed(m) || d.behindPreposition(s, u) ||
			d.e.isCountry(m.entity) && !d.national {
			continue
		}
		if d.opensClause(s, u) && d.verbBehind(s, u) {
			return m.entity
		}
	}
	return nil
}

// opensClause reports whether unit u is the first of its clause but for a conjunction or an adverb.
func (d *subjectDoc) opensClause(s *sentence, u int) bool {
	if u == 0 || s.units[u-1].comma || s.units[u-1].stop {
		return true
	}
	k := &d.grammarAt(s).known
	p := s.units[u-1].first
	if s.units[u-1].mention != nil {
		return false
	}
	return u == 1 && !d.in(p, k.preposition) && !d.in(p, k.of) || d.in(p, k.that) || d.in(p, k.conjunction) || k.whereas != noClass && d.in(p, k.whereas)
}

// verbBehind reports whether a verb may follow unit u, past an apposition: a word that is no preposition, conjunction or article, and no name.
func (d *subjectDoc) verbBehind(s *sentence, u int) bool {
	k := &d.grammarAt(s).known
	const apposition = 12
	n := u + 1
	if n < len(s.units) && s.units[n].comma {
		for n++; n < len(s.units) && n < u+apposition && !s.units[n].comma && !s.units[n].stop; n++ {
		}
		if n >= len(s.units) || !s.units[n].comma {
			return false
		}
		n++
	}
	if n >= len(s.units) || s.units[n].mention != nil || s.units[n].stop || s.units[n].comma {
		return false
	}
	t := s.units[n].first
	return d.toks[t].Kind == word.Word && !d.toks[t].Upper && !d.in(t, k.preposition) && !d.in(t, k.of) && !d.in(t, k.link) && !d.in(t, k.conjunction) && !d.in(t, k.article)
}

// therePlace is the town that "there", "dort", "y" stand for: the only one that the sentence before names, where the sentence itself names none.
func (d *subjectDoc) therePlace(s *sentence) *contrechamp.Entity {
	k := &d.grammarAt(s).known
	if k.there == noClass || d.any(s.first, s.end, k.there) < 0 {
		return nil
	}
	for u := range s.units {
		if s.units[u].kinds&kPLC != 0 {
			return nil
		}
	}
	at := d.sentenceAt(s.first)
	if at == 0 || s.para-d.sents[at-1].para > 1 {
		return nil
	}
	var found *contrechamp.Entity
	for _, u := range d.sents[at-1].units {
		if u.kinds&kPLC == 0 || u.mention.entity == nil || u.mention.weak || d.e.isArea(u.mention.entity) || d.e.isCountry(u.mention.entity) || isRegionID(u.mention.entity.ID) {
			continue
		}
		if found != nil && found != u.mention.entity {
			return nil
		}
		found = u.mention.entity
	}
	return found
}
