package draft

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
)

// NegationReach is how many units before what is claimed a negation may stand.
const NegationReach = 10

// Denied reports whether a negation has units [from, to) in its scope: before them in their clause, or behind them
// with a verb of use ("la reconnaissance faciale n'est pas activée").
func (d *Doc) Denied(s *passage.Sentence, from, to int) bool {
	k := &d.GrammarAt(s).Known
	if d.NegativeHead(s, from) || d.deniedBeside(s, from, to) {
		return true
	}
	start, end := passage.Clause(s, from, to)
	if d.SaidIn(s, max(start, from-8), from, k.Excluded) || d.SaidIn(s, to, min(end, to+NegationReach), k.Forbidden) || d.ForbiddenBeyond(s, to, end) {
		return true
	}
	if s.Lacks(k.Negation) {
		return false
	}
	start = max(d.beforeAside(s, start), from-NegationReach)
	start, end = d.WithinContrast(s, start, from, to, end)
	for u := start; u < min(end, to+8); u++ {
		if s.Units[u].Mention != nil {
			continue
		}
		t := s.Units[u].First
		if d.TakesBack(s, u, from, to) {
			return false
		}
		if !d.In(t, k.Negation) || u >= from && u < to && to-from < 4 && u != from {
			continue
		}
		if u < to && d.excepted(s, to) {
			return false
		}
		if u < to || d.GrammarAt(s).NegationBehind && (u < to+5 || u+1 >= end) {
			return true // "Gesichter erkennt das Programm der Stadt nicht."
		}
		for w := to; w < min(end, u+6); w++ {
			if d.In(s.Units[w].First, k.User) || d.In(s.Units[w].First, k.Undone) {
				return true
			}
		}
	}
	return false
}

// excepted reports whether what is denied before unit to is so but for a case that follows: "No member shall operate plate readers without first
// completing the training", "ne sera pas activée, sauf accord du juge". Then it is there.
func (d *Doc) excepted(s *passage.Sentence, to int) bool {
	k := &d.GrammarAt(s).Known
	const reach = 20
	if k.Exception == grammar.NoClass || s.Lacks(k.Exception) {
		return false
	}
	for u := to; u < len(s.Units) && u < to+reach && !s.Units[u].Stop; u++ {
		if s.Units[u].Mention == nil && d.In(s.Units[u].First, k.Exception) {
			return true
		}
	}
	return false
}

// beforeAside is where the clause begins that a mere aside parts from unit start: "No habrá, dicen, lectura de rostros."
func (d *Doc) beforeAside(s *passage.Sentence, start int) int {
	comma := func(u int) bool { return u >= 0 && s.Units[u].Mention == nil && d.Fold[s.Units[u].First] == "," }
	if !comma(start - 1) {
		return start
	}
	for u := start - 2; u >= max(0, start-2-passage.Aside); u-- {
		if comma(u) && u < start-2 {
			from, _ := passage.Clause(s, u, u)
			return from
		}
	}
	return start
}

// NegativeHead reports whether the sentence begins with a word that denies all of it: "Aucune n'est, ni ne sera, reliée à
// ...", "None of the cameras ...".
func (d *Doc) NegativeHead(s *passage.Sentence, from int) bool {
	k := &d.GrammarAt(s).Known
	if s.Lacks(k.Nobody) {
		return false
	}
	for u := from - 1; u >= 0; u-- {
		if s.Units[u].Stop || d.Fold[s.Units[u].First] == ":" {
			return false
		}
	}
	return d.SaidIn(s, 0, min(2, from), k.Nobody)
}

// Planned reports whether units [from, to) are said of the future: in their clause, in the one that they are a part of, or in the one
// that introduces their list.
func (d *Doc) Planned(s *passage.Sentence, from, to int) bool {
	return d.Tensed(s, from, to) || d.PartPlanned(s, from, to) || d.Introduced(s)
}

// givesUp reports whether the word of the past at unit u belongs to one of giving up: "envisageait les drones, puis y a renoncé" says of no drone that it is there.
func (d *Doc) givesUp(s *passage.Sentence, u int) bool {
	k := &d.GrammarAt(s).Known
	const reach = 2
	for w := u; k.Renounces != grammar.NoClass && w < len(s.Units) && w <= u+reach; w++ {
		if s.Units[w].Mention == nil && d.In(s.Units[w].First, k.Renounces) {
			return true
		}
	}
	return false
}

// GivenUp reports whether a sentence gives up behind unit to what it plans before.
func (d *Doc) GivenUp(s *passage.Sentence, to int) bool {
	for u := to; u < len(s.Units); u++ {
		if s.Units[u].Mention == nil && d.givesUp(s, u) {
			return true
		}
	}
	return false
}

// Tensed reports whether a word of the clause of units [from, to) says the future.
func (d *Doc) Tensed(s *passage.Sentence, from, to int) bool {
	g := d.GrammarAt(s)
	start, end := passage.WideClause(s, from, to)
	start, end = d.WithinContrast(s, start, from, to, end)
	for u := start; u < min(end, to+passage.TenseReach) && !s.Lacks(g.Known.Past); u++ {
		if s.Units[u].Mention != nil {
			continue
		}
		t := s.Units[u].First
		if d.In(t, g.Known.Past) && !d.givesUp(s, u) {
			return false
		}
	}
	reach := passage.TenseReach
	if to < len(s.Units) && s.Units[to].Mention == nil && (d.In(s.Units[to].First, g.Known.That) || d.In(s.Units[to].First, g.Known.SpeakerWho)) {
		reach += 8 // "neuf appareils que la zone a réclamés en mai et qui seront posés"
	}
	for u := start; u < min(end, to+reach); u++ {
		if s.Units[u].Mention != nil {
			continue
		}
		if u >= to && d.In(s.Units[u].First, g.Known.Whose) {
			return false // see WillBeOf
		}
		if d.Future(g, s.Units[u].First) {
			return !d.In(s.Units[u].First, g.Known.Past) // "seront remplacées": they are there
		}
	}
	return false
}

// WillBeOf reports whether what follows units [from, to) tells of something of theirs ("six bodycams dont le bilan sera dressé"): what is to come there is not what
// they say.
func (d *Doc) WillBeOf(s *passage.Sentence, from, to int) bool {
	k := &d.GrammarAt(s).Known
	if s.Lacks(k.Whose) || d.Tensed(s, from, to) {
		return false
	}
	_, end := passage.WideClause(s, from, to)
	return d.SaidIn(s, to, min(end, to+passage.TenseReach), k.Whose)
}

// WillBe reports whether a verb in the future stands within units [from, to) or close to them, in their clause: for rules that words of a
// plan ("projet", "scheduled") do not make planned.
func (d *Doc) WillBe(s *passage.Sentence, from, to int) bool {
	const before = 4 // units
	g := d.GrammarAt(s)
	start, end := passage.WideClause(s, from, to)
	found := false
	for u := max(start, from-before); u < min(end, to+passage.TenseReach); u++ {
		if s.Units[u].Mention != nil {
			continue
		}
		t := s.Units[u].First
		if d.In(t, g.Known.Past) {
			return false
		}
		found = found || d.In(t, g.Known.Will) || d.Ends(g, t, grammar.FutureEnding)
	}
	return found
}

// alleged reports whether the sentence reports an accusation before unit to.
func (d *Doc) alleged(s *passage.Sentence, to int) bool {
	return d.SaidIn(s, 0, to, d.GrammarAt(s).Known.Accuse)
}

// openQuestion reports whether a sentence begins with a word for what nobody knows: "Whether it reads faces ..."
func (d *Doc) openQuestion(s *passage.Sentence) bool {
	return len(s.Units) > 0 && d.In(s.Units[0].First, d.GrammarAt(s).Known.Whether)
}

// RunsOut reports whether what is to come is the end: "It is a trial and will finish in June", "L'essai s'achèvera fin juin": it has begun.
func (d *Doc) RunsOut(s *passage.Sentence) bool {
	return d.SaidIn(s, 0, len(s.Units), d.GrammarAt(s).Known.RunsOut)
}

// mayBePlanned reports whether a claim of that predicate is planned where its verb is in the future.
func mayBePlanned(p contrechamp.Predicate) bool {
	switch p {
	case contrechamp.Vendor, contrechamp.Product, contrechamp.Operator, contrechamp.Cost, contrechamp.Market:
		return true
	}
	return false
}

// MayBeDenied reports whether a negation denies a claim of that predicate where no rule says so: elsewhere it mostly belongs to another verb ("one
// can't afford the 48,000").
func MayBeDenied(p contrechamp.Predicate) bool {
	return p == contrechamp.Capability || p == contrechamp.Market || p == contrechamp.Product
}

// Modality decides how units [from, to) are said, for a rule of that treatment of negations.
func (d *Doc) Modality(s *passage.Sentence, from, to int, r *grammar.Rule) contrechamp.Modality {
	switch {
	case r != nil && r.Modality != "":
		return r.Modality
	case (r == nil || r.Negated != "keep") && d.Denied(s, from, to):
		return contrechamp.Denied
	}
	return d.Affirmed(s, from, to, r)
}

// Affirmed is the modality of what is not denied.
func (d *Doc) Affirmed(s *passage.Sentence, from, to int, r *grammar.Rule) contrechamp.Modality {
	switch {
	case d.alleged(s, to):
		return contrechamp.Alleged
	case (r == nil || r.Predicate == contrechamp.Status) && d.openQuestion(s):
		return contrechamp.Possible
	case d.Hedged(s, from, to):
		return contrechamp.Possible
	case (r == nil || !r.Past) && d.Planned(s, from, to):
		return contrechamp.Planned
	case r != nil && r.Past && mayBePlanned(r.Predicate) && d.WillBe(s, from, to):
		return contrechamp.Planned
	case (r == nil || r == CountRule) && d.Enacted(s, from, to, r == CountRule):
		return contrechamp.Planned
	}
	return contrechamp.Asserted
}
