package weigh

import (
	_ "embed"
	"math"
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/draft"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/hint"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/claim/weight"
)

// Whether a text denies a capability is weighed, not ruled. What the rules of package draft find are cues among others: the words and classes within
// what says it, before it and behind it, near it, in its clause and beyond, those that open the next sentence; what capability it is; and whether the
// text says or denies it elsewhere. Their weights are fitted (polarity.csv), beginning with what the rules find. Where no word around denies anything, the rules
// have the last word.

// polarityFile holds the weights of whether a capability is denied: feature, weight. `make train` writes it.
//
//go:embed polarity.csv
var polarityFile string

// polarPlace is where a word stands to what may be denied.
type polarPlace uint8

const (
	polarWithin polarPlace = iota
	polarNear              // right before it
	polarClause            // before it in its clause
	polarBefore            // before its clause in the sentence
	polarNearBehind
	polarClauseBehind
	polarBehind
	polarNext   // opens the next sentence
	polarAnswer // the same, where what may be denied is asked
	polarShort  // in the next sentence, where that is short
)

var polarPlaceNames = []string{"within", "near", "clause", "before", "near behind", "clause behind", "behind", "next", "answer", "short next"}

const (
	polarReach    = 4 // units that are near
	polarOpening  = 6 // units that open the next sentence
	polarLongNext = 9 // units that a short next sentence has at most
)

// eachPolarWord calls f with the words that bear on the polarity of a draft: each with the places that it stands in, a bit each.
func (d *Doc) eachPolarWord(x *draft.Draft, f func(places uint16, s *passage.Sentence, u int)) {
	s := &d.Sentences[x.Sent]
	from, to := x.Units[0], x.Units[1]
	start, end := passage.Clause(s, from, to)
	start, end = d.WithinContrast(s, start, from, to, end)
	k := &d.GrammarAt(s).Known
	d.Steps += len(s.Units)
	for u := range s.Units {
		places := uint16(0)
		switch {
		case u >= from && u < to:
			places = 1 << polarWithin
		case u < start:
			places = 1 << polarBefore
		case u >= end:
			places = 1 << polarBehind
		case u < from:
			places = 1 << polarClause
			if u >= from-polarReach {
				places |= 1 << polarNear
			}
		default:
			places = 1 << polarClauseBehind
			if u < to+polarReach {
				places |= 1 << polarNearBehind
			}
		}
		if u >= to && k.Without != grammar.NoClass && d.In(s.Units[u].First, k.Without) {
			continue // it denies what follows it only: "used without a warrant"
		}
		f(places, s, u)
	}
	if x.Sent+1 >= len(d.Sentences) || d.Sentences[x.Sent+1].Para > s.Para+1 {
		return
	}
	next := &d.Sentences[x.Sent+1]
	short := next.Para == s.Para && len(next.Units) <= polarLongNext
	asks := d.Asks(x.Sent)
	for u := range next.Units {
		places := uint16(0)
		if u < polarOpening {
			places |= 1 << polarNext
			if asks {
				places |= 1 << polarAnswer
			}
		}
		if short {
			places |= 1 << polarShort
		}
		if places == 0 {
			return
		}
		f(places, next, u)
	}
}

// PolarFacts are what else bears on the polarity of a draft. The next call uses the memory again.
func (d *Doc) PolarFacts(x *draft.Draft) []Feature {
	out := d.featureRoom[:0]
	s := &d.Sentences[x.Sent]
	from, to := x.Units[0], x.Units[1]
	g := d.GrammarAt(s)
	is := func(g featureGroup, name string) { out = append(out, Feature{group: g, name: name, value: 1}) }
	has := func(f fact, ok bool) {
		if ok {
			out = append(out, f.so())
		}
	}
	has(factBias, true)
	is(ofRule, g.RuleName(x.Claim.Rule))
	is(ofValue, x.Claim.Value.Entity.ID)
	is(ofModality, string(x.Claim.Modality))
	is(ofStep, x.Step)
	_, end := passage.Clause(s, from, to)
	asks := d.Asks(x.Sent)
	_, disputed := d.Disputed(x.Sent, to)
	has(factDeniedByItsClause, d.Denied(s, from, to))
	has(factItsSentenceBeginsWithADenial, d.NegativeHead(s, from))
	has(factSomebodyDoesWithoutIt, d.Renounced(s, from))
	has(factDeniedBehindATopic, d.TopicDenied(s, from, to))
	has(factDeniedByAQuotation, d.AskedAndDenied(s, from))
	has(factDeniedByACell, d.CellDenied(s, to))
	has(factDeniedByTheHeadOfItsList, d.HeadDenied(s, from))
	has(factItsSentenceBeginsWithWhatWasStruck, d.Struck(s, from))
	has(factForbiddenBehindAnAside, d.ForbiddenBeyond(s, to, end))
	has(factDisputed, disputed)
	has(factTakenBack, d.TakenBack(x.Sent+1))
	has(factAsked, asks)
	has(factAskedAndTheAnswerIsNo, asks && d.AnswersNo(x.Sent+1))
	has(factAskedAndTheAnswerIsYes, asks && d.AnswersYes(x.Sent+1))
	has(factAskedWithinItsSentence, d.AsksWhether(s, from))
	has(factRefusedAtItsSentencesEnd, d.Refuses(s, to))
	has(factBehindAQuestion, x.Sent > 0 && d.Asks(x.Sent-1))
	has(factInAHeading, x.Heading)
	has(factBesideAQuotation, d.QuotedIn(s))
	has(d.negations(x), true)
	has(factSaidElsewhere, x.Elsewhere&1 != 0)
	has(factDeniedElsewhere, x.Elsewhere&2 != 0)
	has(factOnlyHeldPossibleElsewhere, x.Elsewhere == 1<<heldPossible)
	d.featureRoom = out
	return out
}

// negations says how many negations the clause of a draft has: two may deny nothing.
func (d *Doc) negations(x *draft.Draft) fact {
	s := &d.Sentences[x.Sent]
	k := &d.GrammarAt(s).Known
	n := 0
	start, end := passage.Clause(s, x.Units[0], x.Units[1])
	start, end = d.WithinContrast(s, start, x.Units[0], x.Units[1], end)
	for u := start; u < end && !s.Lacks(k.Negation); u++ {
		if s.Units[u].Mention == nil && d.In(s.Units[u].First, k.Negation) {
			n++
		}
	}
	return factNegations[min(n, len(factNegations)-1)]
}

// RuledOdds are the log-odds that a draft is denied, as far as the rules tell.
func RuledOdds(x *draft.Draft) float64 {
	if x.Claim.Modality == contrechamp.Denied {
		return 1
	}
	return -1
}

// heldPossible is how a capability is said that the text holds possible only: what may be is no answer to what is not.
const heldPossible = 2

// howSaid is a modality's polarity, or that it is held possible.
func howSaid(m contrechamp.Modality) int {
	if m == contrechamp.Possible {
		return heldPossible
	}
	return hint.Polarity(m)
}

// saidOf is a capability of a subject.
type saidOf struct{ capability, about string }

// WeighPolarity decides which of the capabilities that are proposed the text denies.
func (d *Doc) WeighPolarity() {
	said := map[saidOf][heldPossible + 1]int{} // how often said, denied, and held possible
	of := func(x *draft.Draft) saidOf { return saidOf{x.Claim.Value.Entity.ID, x.Claim.About[0].ID} }
	for _, x := range d.Claims {
		if x.Claim.Predicate == contrechamp.Capability {
			n := said[of(x)]
			n[howSaid(x.Claim.Modality)]++
			said[of(x)] = n
		}
	}
	for _, x := range d.Claims {
		if x.Claim.Predicate != contrechamp.Capability {
			continue
		}
		n := said[of(x)]
		n[howSaid(x.Claim.Modality)]-- // itself
		for p := range n {
			if n[p] > 0 {
				x.Elsewhere |= 1 << p
			}
		}
	}
	surest := map[saidOf][2]float64{}
	w := d.Weights.polarity
	if w.empty() {
		return
	}
	for _, x := range d.Claims {
		if x.Claim.Predicate != contrechamp.Capability {
			continue
		}
		if !d.Sentences[x.Sent].Tabled && d.mayDeny(x) {
			x.Polarity = RuledOdds(x) + w.words(d, x) + w.facts.sum(d.PolarFacts(x))
			if d.headDenies(&d.Sentences[x.Sent], x.Units[0]) {
				x.Polarity = max(x.Polarity, headOdds)
			}
			if d.Explained {
				d.explainTold(x, contrechamp.Denied, w, RuledOdds(x), d.PolarFacts(x))
			}
		}
		if x.Polarity == 0 {
			continue
		}
		if denied := x.Polarity > 0; denied != (x.Claim.Modality == contrechamp.Denied) {
			x.Claim.Modality = contrechamp.Denied
			if !denied {
				x.Claim.Modality = d.Affirmed(&d.Sentences[x.Sent], x.Units[0], x.Units[1], nil)
			}
		}
		n := surest[of(x)]
		p := hint.Polarity(x.Claim.Modality)
		n[p] = max(n[p], math.Abs(x.Polarity))
		surest[of(x)] = n
	}
	for _, x := range d.Claims {
		if x.Claim.Predicate == contrechamp.Capability {
			x.Against = surest[of(x)][1-hint.Polarity(x.Claim.Modality)]
		}
	}
}

// mayDeny reports whether words around a draft may deny it, beyond what is sure: a word of denial in its sentence, or among those that open the next, and none in
// its clause that takes a denial back ("not only"). Who says that it is wrong, behind it, is believed.
func (d *Doc) mayDeny(x *draft.Draft) bool {
	if !d.denialIn(x.Sent) && !d.denialIn(x.Sent+1) {
		return false
	}
	if _, disputed := d.Disputed(x.Sent, x.Units[1]); disputed {
		return false
	}
	const clause = 1<<polarWithin | 1<<polarClause | 1<<polarClauseBehind
	found, takenBack := false, false
	d.eachPolarWord(x, func(places uint16, s *passage.Sentence, u int) {
		if takenBack || s.Units[u].Mention != nil {
			return
		}
		k := &d.GrammarAt(s).Known
		t := s.Units[u].First
		takenBack = places&clause != 0 && d.TakesBack(s, u, -1, -1)
		found = found || d.Sets[t].Meets(&k.Denials)
	})
	return found && !takenBack
}

// headOdds are the log-odds, at least, that what the head of its sentence denies is denied: five to one.
const headOdds = 1.6

// headDenies reports whether the head of a sentence denies what unit from says, in one clause with it: "None of the thirty cameras reads plates", however
// far from it.
func (d *Doc) headDenies(s *passage.Sentence, from int) bool {
	if !d.NegativeHead(s, from) || len(s.Units) < 2 {
		return false
	}
	k := &d.GrammarAt(s).Known
	if t := s.Units[1].First; s.Units[1].Kinds&grammar.DEV == 0 && !d.In(t, k.Of) && !d.In(t, k.Article) {
		return false // "Kein Angebot erreichte ..."
	}
	if d.In(s.Units[0].First, k.Conjunction) {
		return false // "Ni con bufanda ..."
	}
	for u := range from {
		if s.Units[u].Comma {
			return false
		}
	}
	return true
}

// denialIn reports whether a sentence has a word of denial.
func (d *Doc) denialIn(sent int) bool {
	return sent < len(d.Sentences) && d.Sentences[sent].Set.Meets(&d.GrammarAt(&d.Sentences[sent]).Known.Denials)
}

// Manner is how a text says what a claim says, as the rules read it: for fitting the weights.
type Manner struct {
	Claim    contrechamp.Claim
	Sentence string
	Words    []string // features of words: "clause: {negation}"
	Facts    []weight.Term
	Odds     float64 // before these
}

// Manner is that of a draft.
func (d *Doc) Manner(x *draft.Draft, facts []Feature, odds float64) Manner {
	s := &d.Sentences[x.Sent]
	m := Manner{Claim: x.Claim, Sentence: d.Words(s.First, s.End), Facts: named(slices.Clone(facts)), Odds: odds}
	draft.Own(&m.Claim)
	d.eachPolarWord(x, func(places uint16, s *passage.Sentence, u int) {
		d.polarHints(d.GrammarAt(s), &s.Units[u], func(hint string) {
			for at, name := range polarPlaceNames {
				if places>>at&1 != 0 {
					m.Words = append(m.Words, name+passage.AroundMark+hint)
				}
			}
		})
	})
	return m
}

// polarHints names the hints of a unit: its word and the classes that it is in. Mentions are none but numbers.
func (d *Doc) polarHints(g *grammar.Grammar, un *passage.Unit, hint func(string)) {
	if un.Mention == nil || un.Kinds&^grammar.NUM == 0 {
		d.EachHintAt(g, un.First, hint)
	}
}
