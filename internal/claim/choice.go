package claim

import (
	_ "embed"
	"math"
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/weight"
)

// Which deployment a claim is about is chosen among all that its surroundings name: the places, bodies, programmes and
// products of its sentence, of those before it, of its heading, and what the whole document is about. The chain of about.go
// makes its proposal; a small model (subject.csv, fitted by `make train` as the confidence is) weighs it against the
// others by where they stand and how they are said.

//go:embed subject.csv
var subjectFile string

// choice is one deployment that a claim may be about.
type choice struct {
	entity  *contrechamp.Entity
	score   float64
	first   choiceFeature // what it is; what is claimed bears on it, but for a town: the second feature
	noted   choiceSet
	weights []float64 // of the features that the model knows, in order
	names   []string  // of all, where somebody wants to see them

	of    *sentence // where it is named, see choice_words.go
	at    int
	worth uint8
	words float64
}

// Choice is a possible subject of a claim, as Candidates shows it.
type Choice struct {
	Entity   contrechamp.EntityRef
	Features []weight.Term
	Chosen   bool
}

// choices bound the work: how far around the words one looks.
const (
	choiceReach     = 60 // units of the sentence
	choiceSentences = 3  // sentences before
	mostChoices     = 12
)

// resolved is what deployment answered for some units of the sentence asked about last: several rules find the same words.
type resolved struct {
	p        contrechamp.Predicate
	from, to int
	subject  subjectOf
	chosen   *contrechamp.Entity // and what it was chosen with
	odds     float64
}

// deployment resolves the subject of something said around units [from, to): the likeliest of all choices.
func (d *subjectDoc) deployment(p contrechamp.Predicate, s *sentence, from, to int) subjectOf {
	if d.explained {
		return d.resolve(p, s, from, to)
	}
	if d.resolvedIn != s {
		d.resolvedIn, d.resolvedRoom = s, d.resolvedRoom[:0]
	}
	for i := range d.resolvedRoom {
		if r := &d.resolvedRoom[i]; r.from == from && r.to == to && r.p == p {
			d.chosen, d.chosenOdds = r.chosen, r.odds
			return r.subject
		}
	}
	r := resolved{p: p, from: from, to: to, subject: d.resolve(p, s, from, to)}
	r.chosen, r.odds = d.chosen, d.chosenOdds
	r.subject.entities = slices.Clip(r.subject.entities)
	d.resolvedRoom = append(d.resolvedRoom, r)
	return r.subject
}

// unresolved forgets what was resolved, when a name became an entity or programmes came up.
func (d *subjectDoc) unresolved() { d.resolvedIn, d.betweenOf = nil, nil }

// resolve is deployment without memory.
func (d *subjectDoc) resolve(p contrechamp.Predicate, s *sentence, from, to int) subjectOf {
	c := &d.chooser
	*c = chooser{d: d, s: s, p: p, from: from, to: to, chain: d.chain(s, from, to), list: c.list[:0]}
	c.collect()
	c.weighWords()
	chain := subjectOf{slices.Clip(c.chain.entities), c.chain.step}
	d.choices, d.chosen = nil, nil
	if e := d.beforeBracket(s, from); e != nil && p == contrechamp.DeviceCount {
		return d.about("near", e, nil)
	}
	if len(c.list) == 0 || chain.step == "subject" && chain.entities[0] != d.main.entity && d.actingPlace(s, from) == chain.entities[0] {
		return chain
	}
	best := 0
	for i := range c.list {
		x := &c.list[i]
		x.score = c.score(x, p)
		if x.score > c.list[best].score {
			best = i
		}
	}
	d.chosen = c.list[best].entity
	if d.explained {
		for i := range c.list {
			x := &c.list[i]
			d.choices = append(d.choices, Choice{d.ref(d.keep(x.entity)), x.terms(p), i == best})
		}
	}
	out := chain
	switch e := d.chosen; {
	case len(chain.entities) > 0 && chain.entities[0] == e:
	case e.Kind == contrechamp.KindPlace:
		out = d.about("chosen", e, nil)
	default:
		// a system or its operator: its deployment is known by the place, too
		out = d.one(e, "chosen")
		if d.main.entity != nil && (e == d.runner || e == d.titledProduct || e == d.product || d.isProgramme(e) || d.salientIs(e)) {
			out.entities = append(out.entities, d.main.entity)
		}
	}
	d.chosenOdds = c.odds(out)
	return out
}

// odds are the log-odds of a subject against all other choices (a conditional logit): of all that it goes by together.
func (c *chooser) odds(subject subjectOf) float64 {
	own, rest := 0.0, 0.0
	for i := range c.list {
		x := &c.list[i]
		if p := math.Exp(x.score); slices.Contains(subject.entities, x.entity) {
			own += p
		} else {
			rest += p
		}
	}
	if rest == 0 {
		return mostOdds
	}
	return max(-mostOdds, min(mostOdds, math.Log(own/rest)))
}

// score adds up what the model makes of a choice, for a predicate.
func (c *chooser) score(x *choice, p contrechamp.Predicate) float64 {
	sum := x.words
	for i, w := range x.weights {
		sum += w
		if i == 0 && x.first != choiceTown {
			sum += c.d.subjectWeights.ofKind(p, x.first)
		}
	}
	return sum
}

// terms are the features of a choice by name, for a predicate.
func (x *choice) terms(p contrechamp.Predicate) []weight.Term {
	out := make([]weight.Term, 0, len(x.names)+1)
	for i, n := range x.names {
		out = append(out, weight.Term{Feature: n, Value: 1})
		if i == 0 && x.first != choiceTown {
			out = append(out, weight.Term{Feature: kindOf(p, choiceNames[x.first]), Value: 1})
		}
	}
	return out
}

// kindOf names the feature that a predicate is said of something of a kind.
func kindOf(p contrechamp.Predicate, kind string) string { return string(p) + " of a " + kind }

func (d *subjectDoc) isProgramme(e *contrechamp.Entity) bool {
	return slices.ContainsFunc(d.programmes, func(p *programme) bool { return p.entity == e })
}
