package subject

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/naming"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// actingPlace is the town that is the subject of the clause around unit from: "Cali, entretanto, apagó ...", "Meanwhile Amravati mulls ...", "the
// Chair remarked that York spent ...". Whatever else the text is about, what is said there is said of that town. Countries mostly act abroad,
// so they count only in a text about a country.
func (d *Doc) actingPlace(s *passage.Sentence, from int) *contrechamp.Entity {
	const reach = 30
	for u := min(from, len(s.Units)) - 1; u >= 0 && u > from-reach && !s.Units[u].Stop; u-- {
		m := s.Units[u].Mention
		if m == nil {
			continue
		}
		kinds := s.Units[u].Kinds
		if kinds&(grammar.POL|grammar.ORG|grammar.CO|grammar.PER|grammar.AUT|grammar.PRG|grammar.PRD) != 0 && kinds&grammar.PLC == 0 && !d.BehindPreposition(s, u) {
			return nil // somebody else acts
		}
		if kinds&grammar.PLC == 0 || m.Entity == nil || m.Entity == d.Main.Entity || m.Weak || d.Knows.IsArea(m.Entity) || naming.IsRegionID(m.Entity.ID) || d.Bracketed(m) || d.BehindPreposition(s, u) ||
			d.Knows.IsCountry(m.Entity) && !d.national {
			continue
		}
		if d.OpensClause(s, u) && d.VerbBehind(s, u) {
			return m.Entity
		}
	}
	return nil
}

// OpensClause reports whether unit u is the first of its clause but for a conjunction or an adverb.
func (d *Doc) OpensClause(s *passage.Sentence, u int) bool {
	if u == 0 || s.Units[u-1].Comma || s.Units[u-1].Stop {
		return true
	}
	k := &d.GrammarAt(s).Known
	p := s.Units[u-1].First
	if s.Units[u-1].Mention != nil {
		return false
	}
	return u == 1 && !d.In(p, k.Preposition) && !d.In(p, k.Of) || d.In(p, k.That) || d.In(p, k.Conjunction) || k.Whereas != grammar.NoClass && d.In(p, k.Whereas)
}

// VerbBehind reports whether a verb may follow unit u, past an apposition: a word that is no preposition, conjunction or article, and no name.
func (d *Doc) VerbBehind(s *passage.Sentence, u int) bool {
	k := &d.GrammarAt(s).Known
	const apposition = 12
	n := u + 1
	if n < len(s.Units) && s.Units[n].Comma {
		for n++; n < len(s.Units) && n < u+apposition && !s.Units[n].Comma && !s.Units[n].Stop; n++ {
		}
		if n >= len(s.Units) || !s.Units[n].Comma {
			return false
		}
		n++
	}
	if n >= len(s.Units) || s.Units[n].Mention != nil || s.Units[n].Stop || s.Units[n].Comma {
		return false
	}
	t := s.Units[n].First
	return d.Tokens[t].Kind == word.Word && !d.Tokens[t].Upper && !d.In(t, k.Preposition) && !d.In(t, k.Of) && !d.In(t, k.Link) && !d.In(t, k.Conjunction) && !d.In(t, k.Article)
}

// therePlace is the town that "there", "dort", "y" stand for: the only one that the sentence before names, where the sentence itself names none.
func (d *Doc) therePlace(s *passage.Sentence) *contrechamp.Entity {
	k := &d.GrammarAt(s).Known
	if k.There == grammar.NoClass || d.Any(s.First, s.End, k.There) < 0 {
		return nil
	}
	for u := range s.Units {
		if s.Units[u].Kinds&grammar.PLC != 0 {
			return nil
		}
	}
	at := d.SentenceAt(s.First)
	if at == 0 || s.Para-d.Sentences[at-1].Para > 1 {
		return nil
	}
	var found *contrechamp.Entity
	for _, u := range d.Sentences[at-1].Units {
		if u.Kinds&grammar.PLC == 0 || u.Mention.Entity == nil || u.Mention.Weak || d.Knows.IsArea(u.Mention.Entity) || d.Knows.IsCountry(u.Mention.Entity) || naming.IsRegionID(u.Mention.Entity.ID) {
			continue
		}
		if found != nil && found != u.Mention.Entity {
			return nil
		}
		found = u.Mention.Entity
	}
	return found
}
