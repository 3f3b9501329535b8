package claim

import "contrechamp.org/contrechamp/internal/word"

// Denials whose "not" stands outside the clause of what is denied: behind a topic, in the answer to a question that is reported, in the
// cell of a table, in the words that introduce a list, in the sentence behind.

// deniedBeside reports whether a negation outside their clause denies units [from, to).
func (d *doc) deniedBeside(s *sentence, from, to int) bool {
	return d.renounced(s, from) || d.topicDenied(s, from, to) || d.askedAndDenied(s, from) || d.cellDenied(s, to) || d.headDenied(s, from) || d.struck(s, from)
}

// topicDenied reads "Quant à la reconnaissance faciale, « ni maintenant, ni ... »", "As for face recognition, never".
func (d *doc) topicDenied(s *sentence, from, to int) bool {
	k := &d.grammarAt(s).known
	start, end := clause(s, from, to)
	if end+1 >= len(s.units) || !s.units[end].comma {
		return false
	}
	if start >= from-2 && end == to && d.fold[s.units[end].first] == "," {
		// "La reconnaissance faciale, c'est non."
		for u := end + 1; u < len(s.units) && u <= end+3; u++ {
			if s.units[u].mention == nil && d.in(s.units[u].first, k.no) && (u+1 >= len(s.units) || s.units[u+1].stop || s.units[u+1].comma) {
				return true
			}
		}
	}
	if end+1 < len(s.units) && d.fold[s.units[end].first] == "," && s.units[end+1].mention == nil && d.is(s.units[end+1].first, k.forbidden) > 1 {
		return true // "Pour la reconnaissance faciale, ce sera non."
	}
	if s.units[start].mention != nil || !d.in(s.units[start].first, k.topicOf) {
		return false
	}
	t := s.units[end+1].first
	return s.units[end+1].mention == nil && (d.in(t, k.negation) || d.in(t, k.no)) && !d.in(t, k.undenied)
}

// renounceReach is how many units before what somebody does without the verb may stand: clauses and commas may part them.
const renounceReach = 14

// renounced reads "verzichtet darauf, ihre Züge mit einer Software auszustatten, die ...", "decided against cameras that ...".
func (d *doc) renounced(s *sentence, from int) bool {
	k := &d.grammarAt(s).known
	if k.renounces == noClass || s.lacks(k.renounces) {
		return false
	}
	for u := from - 1; u >= max(0, from-renounceReach) && !s.units[u].stop; u-- {
		if s.units[u].mention == nil && d.in(s.units[u].first, k.renounces) {
			return !d.in(s.units[u].first, k.undenied)
		}
	}
	return false
}

// askedAndDenied reads a quotation that denies, beside whom it answers: ""it isn't on the table," the mayor said when asked about
// body-worn cameras".
func (d *doc) askedAndDenied(s *sentence, from int) bool {
	k := &d.grammarAt(s).known
	asked := -1
	for u := max(0, from-4); u < from; u++ {
		if s.units[u].mention == nil && d.in(s.units[u].first, k.askedAbout) {
			asked = s.units[u].first
		}
	}
	if asked < 0 {
		return false
	}
	const reach = 8 // tokens of the quotation
	for t := s.first; t < s.end; t++ {
		if d.quoted[t] == 0 || t > s.first && d.quoted[t-1] == d.quoted[t] {
			continue
		}
		for n := t; n < min(t+reach, s.end) && d.quoted[n] == d.quoted[t]; n++ {
			if d.in(n, k.undenied) {
				break
			}
			if d.in(n, k.negation) || d.in(n, k.no) {
				return true
			}
		}
	}
	return false
}

// cellDenied reads a sign or a "no" in the cell behind: "face recognition (-)", "Reconnaissance faciale : non".
func (d *doc) cellDenied(s *sentence, to int) bool {
	if to >= len(s.units) || !s.units[to].comma {
		return false
	}
	k := &d.grammarAt(s).known
	t := s.units[to].first
	switch d.fold[t] {
	case "(":
		return t+2 < s.end && (d.fold[t+1] == "-" || d.fold[t+1] == "–") && d.fold[t+2] == ")"
	case ":", "|":
		n := t + 1
		return n < s.end && d.in(n, k.no) && (n+1 >= s.end || d.toks[n+1].Kind == word.Punct)
	}
	return false
}

// longestAside is how many units may stand between two commas behind what is said, before its verb.
const longestAside = 9

// forbiddenBeyond reads what is said of units up to unit to behind an aside: "Face recognition, once considered, has been dropped". The clause of
// the units ends at unit end.
func (d *doc) forbiddenBeyond(s *sentence, to, end int) bool {
	k := &d.grammarAt(s).known
	if end >= len(s.units) || end > to+4 || s.units[end].stop || d.fold[s.units[end].first] != "," {
		return false
	}
	_, closed := clause(s, end+1, end+1)
	if closed >= len(s.units) || closed > end+longestAside || s.units[closed].stop || d.fold[s.units[closed].first] != "," {
		return false
	}
	const reach = 7
	for u := closed + 1; u < len(s.units) && u < closed+reach && !s.units[u].stop && !s.units[u].comma; u++ {
		if s.units[u].mention == nil && (d.in(s.units[u].first, k.forbidden) || d.in(s.units[u].first, k.unused)) {
			return true
		}
	}
	return false
}

// headDenied reads a list whose head denies it: "Ce qu'il ne fait pas : reconnaître les visages", "What it does not do: ...".
func (d *doc) headDenied(s *sentence, from int) bool {
	k := &d.grammarAt(s).known
	colon := from - 1
	for colon >= 0 && d.fold[s.units[colon].first] != ":" && !s.units[colon].stop {
		colon--
	}
	if colon < 1 || d.fold[s.units[colon].first] != ":" || s.units[colon].mention != nil {
		return false
	}
	for u := 0; u < colon && colon <= longestHead; u++ {
		if s.units[u].mention == nil && (d.in(s.units[u].first, k.struck) || d.in(s.units[u].first, k.excluded)) {
			return true // "Fonctions exclues : ..."
		}
	}
	const near = 3
	negated := false
	for u := max(0, colon-near); u < colon; u++ {
		negated = negated || s.units[u].mention == nil && d.in(s.units[u].first, k.negation) && !d.in(s.units[u].first, k.undenied)
	}
	return negated && d.any(s.units[0].first, s.units[colon].first, k.does) >= 0
}

// struck reads a sentence that begins with what happened to its subject: "Abandonné, en revanche, le tri des clients".
func (d *doc) struck(s *sentence, from int) bool {
	k := &d.grammarAt(s).known
	if from == 0 || s.units[0].kinds&^kNAME != 0 || !d.in(s.units[0].first, k.struck) || len(s.units) < 2 {
		return false
	}
	for u := 1; u < from; u++ {
		if s.units[u].stop || d.fold[s.units[u].first] == ":" {
			return false
		}
	}
	return s.units[1].comma || d.in(s.units[1].first, k.article) && s.units[1].mention == nil
}

// longestHead is how many units stand at most before the colon of a list that its head denies.
const longestHead = 4

// longestDenial is how many units a sentence has at most that only denies the one before it.
const longestDenial = 9

// disputed is who denies what units up to unit to of sentence i say, behind them: "... ; le cabinet du ministre le dément.", "Interior lo
// niega rotundamente."
func (d *doc) disputed(i, to int) (*voice, bool) {
	s := &d.sents[i]
	k := &d.grammarAt(s).known
	if k.deniesIt == noClass {
		return nil, false
	}
	for u := to; u < len(s.units); u++ {
		if !s.units[u].stop {
			continue
		}
		if t := d.any(s.units[u].first, s.end, k.deniesIt); t >= 0 {
			return d.denier(s, t), true
		}
		break
	}
	if i+1 < len(d.sents) && d.sents[i+1].para == s.para && len(d.sents[i+1].units) <= longestDenial {
		next := &d.sents[i+1]
		if next.lacks(d.grammarAt(next).known.deniesIt) {
			return nil, false
		}
		if t := d.any(next.first, next.end, d.grammarAt(next).known.deniesIt); t >= 0 {
			return d.denier(next, t), true
		}
	}
	return nil, false
}

// denier is who stands before the denial at token t.
func (d *doc) denier(s *sentence, t int) *voice {
	u := d.unitAt(s, t)
	v, at, ok := d.subjectBefore(s, u)
	if noun, first, found := d.nounBefore(s, u); found && (!ok || at < first) {
		v, ok = noun, true
	}
	if !ok {
		return nil
	}
	return &v
}
