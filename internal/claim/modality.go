package claim

import (
	contrechamp "contrechamp.org/contrechamp"
)

// negationReach is how many units before what is claimed a negation may stand.
const negationReach = 10

// denied reports whether a negation has units [from, to) in its scope: before them in their clause, or behind them
// with a verb of use ("la reconnaissance faciale n'est pas activée").
func (d *doc) denied(s *sentence, from, to int) bool {
	k := &d.grammarAt(s).known
	if d.negativeHead(s, from) || d.deniedBeside(s, from, to) {
		return true
	}
	start, end := clause(s, from, to)
	for u := max(start, from-8); u < from && !s.lacks(k.excluded); u++ {
		if s.units[u].mention == nil && d.in(s.units[u].first, k.excluded) {
			return true
		}
	}
	for u := to; u < min(end, to+negationReach) && !s.lacks(k.forbidden); u++ {
		if s.units[u].mention == nil && d.in(s.units[u].first, k.forbidden) {
			return true
		}
	}
	if d.forbiddenBeyond(s, to, end) {
		return true
	}
	if s.lacks(k.negation) {
		return false
	}
	start = max(d.beforeAside(s, start), from-negationReach)
	for u := start; u < min(end, to+8); u++ {
		if s.units[u].mention != nil {
			continue
		}
		t := s.units[u].first
		if d.in(t, k.undenied) {
			return false
		}
		if !d.in(t, k.negation) || u >= from && u < to && to-from < 4 && u != from {
			continue
		}
		if u < to && d.excepted(s, to) {
			return false
		}
		if u < to || d.grammarAt(s).negationBehind && (u < to+5 || u+1 >= end) {
			return true // "Gesichter erkennt das Programm der Stadt nicht."
		}
		for w := to; w < min(end, u+6); w++ {
			if d.in(s.units[w].first, k.user) || d.in(s.units[w].first, k.undone) {
				return true
			}
		}
	}
	return false
}

// excepted reports whether what is denied before unit to is so but for a case that follows: "No member shall operate plate readers without first
// completing the training", "ne sera pas activée, sauf accord du juge". Then it is there.
func (d *doc) excepted(s *sentence, to int) bool {
	k := &d.grammarAt(s).known
	const reach = 20
	if k.exception == noClass || s.lacks(k.exception) {
		return false
	}
	for u := to; u < len(s.units) && u < to+reach && !s.units[u].stop; u++ {
		if s.units[u].mention == nil && d.in(s.units[u].first, k.exception) {
			return true
		}
	}
	return false
}

// beforeAside is where the clause begins that a mere aside parts from unit start: "No habrá, dicen, lectura de rostros."
func (d *doc) beforeAside(s *sentence, start int) int {
	comma := func(u int) bool { return u >= 0 && s.units[u].mention == nil && d.fold[s.units[u].first] == "," }
	if !comma(start - 1) {
		return start
	}
	for u := start - 2; u >= max(0, start-2-aside); u-- {
		if comma(u) && u < start-2 {
			from, _ := clause(s, u, u)
			return from
		}
	}
	return start
}

// negativeHead reports whether the sentence begins with a word that denies all of it: "Aucune n'est, ni ne sera, reliée à
// ...", "None of the cameras ...".
func (d *doc) negativeHead(s *sentence, from int) bool {
	k := &d.grammarAt(s).known
	if s.lacks(k.nobody) {
		return false
	}
	for u := from - 1; u >= 0; u-- {
		if s.units[u].stop || d.fold[s.units[u].first] == ":" {
			return false
		}
	}
	for u := 0; u < min(2, from); u++ {
		if s.units[u].mention == nil && d.in(s.units[u].first, k.nobody) {
			return true
		}
	}
	return false
}

// planned reports whether units [from, to) are said of the future: in their clause, in the one that they are a part of, or in the one
// that introduces their list.
func (d *doc) planned(s *sentence, from, to int) bool {
	return d.tensed(s, from, to) || d.partPlanned(s, from, to) || d.introduced(s)
}

// tensed reports whether a word of the clause of units [from, to) says the future.
func (d *doc) tensed(s *sentence, from, to int) bool {
	g := d.grammarAt(s)
	start, end := wideClause(s, from, to)
	for u := start; u < min(end, to+tenseReach) && !s.lacks(g.known.past); u++ {
		if s.units[u].mention != nil {
			continue
		}
		t := s.units[u].first
		if d.in(t, g.known.past) {
			return false
		}
	}
	reach := tenseReach
	if to < len(s.units) && s.units[to].mention == nil && (d.in(s.units[to].first, g.known.that) || d.in(s.units[to].first, g.known.speakerWho)) {
		reach += 8 // "neuf appareils que la zone a réclamés en mai et qui seront posés"
	}
	for u := start; u < min(end, to+reach); u++ {
		if s.units[u].mention != nil {
			continue
		}
		if u >= to && d.in(s.units[u].first, g.known.whose) {
			return false // see willBeOf
		}
		if d.future(g, s.units[u].first) {
			return !d.in(s.units[u].first, g.known.past) // "seront remplacées": they are there
		}
	}
	return false
}

// willBeOf reports whether what follows units [from, to) tells of something of theirs ("six bodycams dont le bilan sera dressé"): what is to come there is not what
// they say.
func (d *doc) willBeOf(s *sentence, from, to int) bool {
	k := &d.grammarAt(s).known
	if s.lacks(k.whose) || d.tensed(s, from, to) {
		return false
	}
	_, end := wideClause(s, from, to)
	for u := to; u < min(end, to+tenseReach); u++ {
		if s.units[u].mention == nil && d.in(s.units[u].first, k.whose) {
			return true
		}
	}
	return false
}

// willBe reports whether a verb in the future stands within units [from, to) or close to them, in their clause: for rules that words of a
// plan ("projet", "scheduled") do not make planned.
func (d *doc) willBe(s *sentence, from, to int) bool {
	const before = 4 // units
	g := d.grammarAt(s)
	start, end := wideClause(s, from, to)
	found := false
	for u := max(start, from-before); u < min(end, to+tenseReach); u++ {
		if s.units[u].mention != nil {
			continue
		}
		t := s.units[u].first
		if d.in(t, g.known.past) {
			return false
		}
		found = found || d.in(t, g.known.will) || d.ends(g, t, futureEnding)
	}
	return found
}

// alleged reports whether the sentence reports an accusation before unit to.
func (d *doc) alleged(s *sentence, to int) bool {
	k := &d.grammarAt(s).known
	if s.lacks(k.accuse) {
		return false
	}
	for u := 0; u < len(s.units) && u < to; u++ {
		if s.units[u].mention == nil && d.in(s.units[u].first, k.accuse) {
			return true
		}
	}
	return false
}

// openQuestion reports whether a sentence begins with a word for what nobody knows: "Whether it reads faces ..."
func (d *doc) openQuestion(s *sentence) bool {
	return len(s.units) > 0 && d.in(s.units[0].first, d.grammarAt(s).known.whether)
}

// runsOut reports whether what is to come is the end: "It is a trial and will finish in June", "L'essai s'achèvera fin juin": it has begun.
func (d *doc) runsOut(s *sentence) bool {
	k := &d.grammarAt(s).known
	if k.runsOut == noClass {
		return false
	}
	for u := range s.units {
		if s.units[u].mention == nil && d.in(s.units[u].first, k.runsOut) {
			return true
		}
	}
	return false
}

// mayBePlanned reports whether a claim of that predicate is planned where its verb is in the future.
func mayBePlanned(p contrechamp.Predicate) bool {
	switch p {
	case contrechamp.Vendor, contrechamp.Product, contrechamp.Operator, contrechamp.Cost, contrechamp.Market:
		return true
	}
	return false
}

// mayBeDenied reports whether a negation denies a claim of that predicate where no rule says so: elsewhere it mostly belongs to another verb ("one
// can't afford the 48,000").
func mayBeDenied(p contrechamp.Predicate) bool {
	return p == contrechamp.Capability || p == contrechamp.Market || p == contrechamp.Product
}

// modality decides how units [from, to) are said, for a rule of that treatment of negations.
func (d *doc) modality(s *sentence, from, to int, r *rule) contrechamp.Modality {
	switch {
	case r != nil && r.modality != "":
		return r.modality
	case (r == nil || r.negated != "keep") && d.denied(s, from, to):
		return contrechamp.Denied
	}
	return d.affirmed(s, from, to, r)
}

// affirmed is the modality of what is not denied.
func (d *doc) affirmed(s *sentence, from, to int, r *rule) contrechamp.Modality {
	switch {
	case d.alleged(s, to):
		return contrechamp.Alleged
	case (r == nil || r.predicate == contrechamp.Status) && d.openQuestion(s):
		return contrechamp.Possible
	case d.hedged(s, from, to):
		return contrechamp.Possible
	case (r == nil || !r.past) && d.planned(s, from, to):
		return contrechamp.Planned
	case r != nil && r.past && mayBePlanned(r.predicate) && d.willBe(s, from, to):
		return contrechamp.Planned
	case (r == nil || r == countRule) && d.enacted(s, from, to, r == countRule):
		return contrechamp.Planned
	}
	return contrechamp.Asserted
}
