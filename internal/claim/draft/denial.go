package draft

import (
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// Denials whose "not" stands outside the clause of what is denied: behind a topic, in the answer to a question that is reported, in the
// cell of a table, in the words that introduce a list, in the sentence behind.

// deniedBeside reports whether a negation outside their clause denies units [from, to).
func (d *Doc) deniedBeside(s *passage.Sentence, from, to int) bool {
	return d.Renounced(s, from) || d.TopicDenied(s, from, to) || d.AskedAndDenied(s, from) || d.CellDenied(s, to) || d.HeadDenied(s, from) || d.Struck(s, from)
}

// TopicDenied reads "Quant à la reconnaissance faciale, « ni maintenant, ni ... »", "As for face recognition, never".
func (d *Doc) TopicDenied(s *passage.Sentence, from, to int) bool {
	k := &d.GrammarAt(s).Known
	start, end := passage.Clause(s, from, to)
	if end+1 >= len(s.Units) || !s.Units[end].Comma {
		return false
	}
	if start >= from-2 && end == to && d.Fold[s.Units[end].First] == "," {
		// "La reconnaissance faciale, c'est non."
		for u := end + 1; u < len(s.Units) && u <= end+3; u++ {
			if s.Units[u].Mention == nil && d.In(s.Units[u].First, k.No) && (u+1 >= len(s.Units) || s.Units[u+1].Stop || s.Units[u+1].Comma) {
				return true
			}
		}
	}
	if end+1 < len(s.Units) && d.Fold[s.Units[end].First] == "," && s.Units[end+1].Mention == nil && d.Is(s.Units[end+1].First, k.Forbidden) > 1 {
		return true // "Pour la reconnaissance faciale, ce sera non."
	}
	if s.Units[start].Mention != nil || !d.In(s.Units[start].First, k.TopicOf) {
		return false
	}
	t := s.Units[end+1].First
	return s.Units[end+1].Mention == nil && (d.In(t, k.Negation) || d.In(t, k.No)) && !d.In(t, k.Undenied)
}

// renounceReach is how many units before what somebody does without the verb may stand: clauses and commas may part them.
const renounceReach = 14

// Renounced reads "verzichtet darauf, ihre Züge mit einer Software auszustatten, die ...", "decided against cameras that ...".
func (d *Doc) Renounced(s *passage.Sentence, from int) bool {
	k := &d.GrammarAt(s).Known
	if k.Renounces == grammar.NoClass || s.Lacks(k.Renounces) {
		return false
	}
	for u := from - 1; u >= max(0, from-renounceReach) && !s.Units[u].Stop; u-- {
		if s.Units[u].Mention == nil && d.In(s.Units[u].First, k.Renounces) {
			return !d.In(s.Units[u].First, k.Undenied)
		}
	}
	return false
}

// AskedAndDenied reads a quotation that denies, beside whom it answers: ""it isn't on the table," the mayor said when asked about
// body-worn cameras".
func (d *Doc) AskedAndDenied(s *passage.Sentence, from int) bool {
	k := &d.GrammarAt(s).Known
	asked := -1
	for u := max(0, from-4); u < from; u++ {
		if s.Units[u].Mention == nil && d.In(s.Units[u].First, k.AskedAbout) {
			asked = s.Units[u].First
		}
	}
	if asked < 0 {
		return false
	}
	const reach = 8 // tokens of the quotation
	for t := s.First; t < s.End; t++ {
		if d.Quoted[t] == 0 || t > s.First && d.Quoted[t-1] == d.Quoted[t] {
			continue
		}
		for n := t; n < min(t+reach, s.End) && d.Quoted[n] == d.Quoted[t]; n++ {
			if d.In(n, k.Undenied) {
				break
			}
			if d.In(n, k.Negation) || d.In(n, k.No) {
				return true
			}
		}
	}
	return false
}

// CellDenied reads a sign or a "no" in the cell behind: "face recognition (-)", "Reconnaissance faciale : non".
func (d *Doc) CellDenied(s *passage.Sentence, to int) bool {
	if to >= len(s.Units) || !s.Units[to].Comma {
		return false
	}
	k := &d.GrammarAt(s).Known
	t := s.Units[to].First
	switch d.Fold[t] {
	case "(":
		return t+2 < s.End && (d.Fold[t+1] == "-" || d.Fold[t+1] == "–") && d.Fold[t+2] == ")"
	case ":", "|":
		n := t + 1
		return n < s.End && d.In(n, k.No) && (n+1 >= s.End || d.Tokens[n+1].Kind == word.Punct)
	}
	return false
}

// longestAside is how many units may stand between two commas behind what is said, before its verb.
const longestAside = 9

// ForbiddenBeyond reads what is said of units up to unit to behind an aside: "Face recognition, once considered, has been dropped". The clause of
// the units ends at unit end.
func (d *Doc) ForbiddenBeyond(s *passage.Sentence, to, end int) bool {
	k := &d.GrammarAt(s).Known
	if end >= len(s.Units) || end > to+4 || s.Units[end].Stop || d.Fold[s.Units[end].First] != "," {
		return false
	}
	_, closed := passage.Clause(s, end+1, end+1)
	if closed >= len(s.Units) || closed > end+longestAside || s.Units[closed].Stop || d.Fold[s.Units[closed].First] != "," {
		return false
	}
	const reach = 7
	for u := closed + 1; u < len(s.Units) && u < closed+reach && !s.Units[u].Stop && !s.Units[u].Comma; u++ {
		if s.Units[u].Mention == nil && (d.In(s.Units[u].First, k.Forbidden) || d.In(s.Units[u].First, k.Unused)) {
			return true
		}
	}
	return false
}

// HeadDenied reads a list whose head denies it: "Ce qu'il ne fait pas : reconnaître les visages", "What it does not do: ...".
func (d *Doc) HeadDenied(s *passage.Sentence, from int) bool {
	k := &d.GrammarAt(s).Known
	colon := from - 1
	for colon >= 0 && d.Fold[s.Units[colon].First] != ":" && !s.Units[colon].Stop {
		colon--
	}
	if colon < 1 || d.Fold[s.Units[colon].First] != ":" || s.Units[colon].Mention != nil {
		return false
	}
	for u := 0; u < colon && colon <= longestHead; u++ {
		if s.Units[u].Mention == nil && (d.In(s.Units[u].First, k.Struck) || d.In(s.Units[u].First, k.Excluded)) {
			return true // "Fonctions exclues : ..."
		}
	}
	const near = 3
	negated := false
	for u := max(0, colon-near); u < colon; u++ {
		negated = negated || s.Units[u].Mention == nil && d.In(s.Units[u].First, k.Negation) && !d.In(s.Units[u].First, k.Undenied)
	}
	return negated && d.Any(s.Units[0].First, s.Units[colon].First, k.Does) >= 0
}

// Struck reads a sentence that begins with what happened to its subject: "Abandonné, en revanche, le tri des clients".
func (d *Doc) Struck(s *passage.Sentence, from int) bool {
	k := &d.GrammarAt(s).Known
	if from == 0 || s.Units[0].Kinds&^grammar.NAME != 0 || !d.In(s.Units[0].First, k.Struck) || len(s.Units) < 2 {
		return false
	}
	for u := 1; u < from; u++ {
		if s.Units[u].Stop || d.Fold[s.Units[u].First] == ":" {
			return false
		}
	}
	return s.Units[1].Comma || d.In(s.Units[1].First, k.Article) && s.Units[1].Mention == nil
}

// longestHead is how many units stand at most before the colon of a list that its head denies.
const longestHead = 4

// longestDenial is how many units a sentence has at most that only denies the one before it.
const longestDenial = 9

// Disputed is who denies what units up to unit to of sentence i say, behind them: "... ; le cabinet du ministre le dément.", "Interior lo
// niega rotundamente."
func (d *Doc) Disputed(i, to int) (*passage.Voice, bool) {
	s := &d.Sentences[i]
	k := &d.GrammarAt(s).Known
	if k.DeniesIt == grammar.NoClass {
		return nil, false
	}
	for u := to; u < len(s.Units); u++ {
		if !s.Units[u].Stop {
			continue
		}
		if t := d.Any(s.Units[u].First, s.End, k.DeniesIt); t >= 0 {
			return d.denier(s, t), true
		}
		break
	}
	if i+1 < len(d.Sentences) && d.Sentences[i+1].Para == s.Para && len(d.Sentences[i+1].Units) <= longestDenial {
		next := &d.Sentences[i+1]
		if next.Lacks(d.GrammarAt(next).Known.DeniesIt) {
			return nil, false
		}
		if t := d.Any(next.First, next.End, d.GrammarAt(next).Known.DeniesIt); t >= 0 {
			return d.denier(next, t), true
		}
	}
	return nil, false
}

// denier is who stands before the denial at token t.
func (d *Doc) denier(s *passage.Sentence, t int) *passage.Voice {
	u := d.UnitAt(s, t)
	v, at, ok := d.SubjectBefore(s, u)
	if noun, first, found := d.NounBefore(s, u); found && (!ok || at < first) {
		v, ok = noun, true
	}
	if !ok {
		return nil
	}
	return &v
}
