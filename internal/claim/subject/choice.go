package subject

import (
	"cmp"
	_ "embed"
	"math"
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/passage"
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

	of    *passage.Sentence // where it is named, see choice_words.go
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
	ChoiceReach     = 60 // units of the sentence
	choiceSentences = 3  // sentences before
	mostChoices     = 12
)

// resolved is what deployment answered for some units of the sentence asked about last: several rules find the same words.
type resolved struct {
	p        contrechamp.Predicate
	from, to int
	subject  Subject
	chosen   *contrechamp.Entity // and what it was chosen with
	odds     float64
}

// Deployment resolves the subject of something said around units [from, to): the likeliest of all choices.
func (d *Doc) Deployment(p contrechamp.Predicate, s *passage.Sentence, from, to int) Subject {
	if d.Explained {
		return d.resolve(p, s, from, to)
	}
	if d.resolvedIn != s {
		d.resolvedIn, d.resolvedRoom = s, d.resolvedRoom[:0]
	}
	for i := range d.resolvedRoom {
		if r := &d.resolvedRoom[i]; r.from == from && r.to == to && r.p == p {
			d.Chosen, d.ChosenOdds = r.chosen, r.odds
			return r.subject
		}
	}
	r := resolved{p: p, from: from, to: to, subject: d.resolve(p, s, from, to)}
	r.chosen, r.odds = d.Chosen, d.ChosenOdds
	r.subject.Entities = slices.Clip(r.subject.Entities)
	d.resolvedRoom = append(d.resolvedRoom, r)
	return r.subject
}

// Unresolved forgets what was resolved, when a name became an entity or programmes came up.
func (d *Doc) Unresolved() { d.resolvedIn, d.betweenOf = nil, nil }

// resolve is deployment without memory.
func (d *Doc) resolve(p contrechamp.Predicate, s *passage.Sentence, from, to int) Subject {
	c := &d.chooser
	*c = chooser{d: d, s: s, p: p, from: from, to: to, chain: d.chain(s, from, to), list: c.list[:0]}
	c.collect()
	c.weighWords()
	chain := Subject{slices.Clip(c.chain.Entities), c.chain.Step}
	d.Choices, d.Chosen = nil, nil
	if p == contrechamp.DeviceCount {
		if e := cmp.Or(d.beforeBracket(s, from), d.rightBehind(s, from)); e != nil {
			return d.About("near", e, nil)
		}
	}
	if len(c.list) == 0 || chain.Step == "subject" && chain.Entities[0] != d.Main.Entity && d.actingPlace(s, from) == chain.Entities[0] {
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
	d.Chosen = c.list[best].entity
	if d.Explained {
		for i := range c.list {
			x := &c.list[i]
			d.Choices = append(d.Choices, Choice{d.Ref(d.Keep(x.entity)), x.terms(p), i == best})
		}
	}
	out := chain
	switch e := d.Chosen; {
	case len(chain.Entities) > 0 && chain.Entities[0] == e:
	case e.Kind == contrechamp.KindPlace:
		out = d.About("chosen", e, nil)
	default:
		// a system or its operator: its deployment is known by the place, too
		out = d.One(e, "chosen")
		if d.Main.Entity != nil && (e == d.Runner || e == d.TitledProduct || e == d.Product || d.isProgramme(e) || d.salientIs(e)) {
			out.Entities = append(out.Entities, d.Main.Entity)
		}
	}
	d.ChosenOdds = c.odds(out)
	return out
}

// odds are the log-odds of a subject against all other choices (a conditional logit): of all that it goes by together.
func (c *chooser) odds(subject Subject) float64 {
	own, rest := 0.0, 0.0
	for i := range c.list {
		x := &c.list[i]
		if p := math.Exp(x.score); slices.Contains(subject.Entities, x.entity) {
			own += p
		} else {
			rest += p
		}
	}
	if rest == 0 {
		return MostOdds
	}
	return max(-MostOdds, min(MostOdds, math.Log(own/rest)))
}

// score adds up what the model makes of a choice, for a predicate.
func (c *chooser) score(x *choice, p contrechamp.Predicate) float64 {
	sum := x.words
	for i, w := range x.weights {
		sum += w
		if i == 0 && x.first != choiceTown {
			sum += c.d.SubjectWeights.ofKind(p, x.first)
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

func (d *Doc) isProgramme(e *contrechamp.Entity) bool {
	return slices.ContainsFunc(d.Programmes, func(p *Programme) bool { return p.Entity == e })
}
