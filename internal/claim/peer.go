package claim

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
)

// How sure a claim is does not only depend on its own words. Two numbers of cameras of one town are rarely both its number of cameras; a claim about the town
// that all others are about is more often right than one about a town that nothing else is said of; and what stands among sure claims is surer. So each claim
// is weighed twice: by itself (confidence.csv), then among its peers, the other claims that its text may make nearby (peer.csv).

// Peer is what the others of its text want to know of a claim.
type Peer struct {
	Sentence  int // that its words stand in
	Predicate contrechamp.Predicate
	Subject   string // its ID
	Value     string // its key
	Denied    bool
	Odds      float64 // log-odds by itself
}

// The surroundings of a claim: so many sentences before and behind, and at most so many claims on each side. They are this small so that a claim in a report of a
// hundred pages has the same surroundings as one in an article, which is what the weights were fitted on: with all of an article, seeds and bulletins lost what
// the lots won (decision 82).
const (
	peerSentences = 5
	mostPeers     = 12
)

// peerKeys are what claims are compared by, as numbers: of predicate, subject and value.
type peerKeys struct{ predicate, subject, value int32 }

// numbered gives each predicate, subject and value a number.
func numbered(list []Peer) []peerKeys {
	type key struct {
		kind byte
		text string
	}
	numbers := make(map[key]int32, 2*len(list))
	number := func(kind byte, text string) int32 {
		n, ok := numbers[key{kind, text}]
		if !ok {
			n = int32(len(numbers))
			numbers[key{kind, text}] = n
		}
		return n
	}
	keys := make([]peerKeys, len(list))
	for i := range list {
		x := &list[i]
		keys[i] = peerKeys{number(0, string(x.Predicate)), number(1, x.Subject), number(2, x.Value)}
	}
	return keys
}

// peersOf calls each for every claim of a list, in the order of the sentences, with what its peers say of it. The features are only good until the next. It
// answers how many peers it looked at.
func peersOf(list []Peer, each func(i int, features []feature)) (looked int) {
	keys := numbered(list)
	var room []feature
	subjects := make(map[int32]int, 8)
	for i := range list {
		p := peering{part: peerParts * list[i].Sentence / (list[len(list)-1].Sentence + 1)}
		clear(subjects)
		p.see(list, keys, i, subjects)
		room = p.features(room[:0], subjects[keys[i].subject], subjects)
		looked += p.around
		each(i, room)
	}
	return looked
}

// peering is what is counted for one claim.
type peering struct {
	part                                         int // of the text up to its last claim
	around                                       int // claims
	counts                                       [peerCounts]int
	odds                                         [peerOddsCount]float64
	rival, rivalInSentence, inSentence           bool
	sum, subjectSum, predicateSum                float64
	before, beforeAboutIt, behind, behindAboutIt bool
}

// see looks at the peers of claim i. Subjects are counted, its own with itself.
func (p *peering) see(list []Peer, keys []peerKeys, i int, subjects map[int32]int) {
	own, at := keys[i], list[i].Sentence
	p.odds[peersOwnOdds] = list[i].Odds
	subjects[own.subject]++
	others := make([]int32, 0, 8) // subjects of its sentence
	look := func(n int) {
		o, k := &list[n], keys[n]
		same, about := k.predicate == own.predicate, k.subject == own.subject
		here, earlier := o.Sentence == at, o.Sentence < at
		p.around++
		p.sum += o.Odds
		subjects[k.subject]++
		if about {
			p.counts[peersOfSubject]++
			p.subjectSum += o.Odds
			if earlier {
				p.counts[peersOfSubjectBefore]++
			}
		}
		if here {
			p.counts[peersInSentence]++
			atLeast(&p.odds[peersInSentenceOdds], &p.inSentence, o.Odds)
			if !about && !slices.Contains(others, k.subject) {
				others = append(others, k.subject)
			}
		}
		if !same {
			return
		}
		p.counts[peersOfPredicate]++
		p.predicateSum += o.Odds
		if earlier {
			p.counts[peersOfPredicateBefore]++
		}
		switch {
		case k.value == own.value:
			switch {
			case !about:
				p.counts[peersValueOfAnother]++
			case o.Denied != list[i].Denied:
				p.counts[peersContrary]++
			}
			if o.Denied == list[i].Denied {
				p.counts[peersSameValue]++
			}
		case about:
			p.counts[peersRivals]++
			atLeast(&p.odds[peersRivalOdds], &p.rival, o.Odds)
			if here {
				p.counts[peersRivalsInSentence]++
				atLeast(&p.odds[peersRivalInSentenceOdds], &p.rivalInSentence, o.Odds)
			}
		}
	}
	for n := i - 1; n >= max(0, i-mostPeers) && list[n].Sentence >= at-peerSentences; n-- {
		look(n)
		if !p.before && list[n].Sentence < at {
			p.before, p.beforeAboutIt = true, keys[n].subject == own.subject
		}
	}
	for n := i + 1; n < min(len(list), i+mostPeers+1) && list[n].Sentence <= at+peerSentences; n++ {
		look(n)
		if !p.behind && list[n].Sentence > at {
			p.behind, p.behindAboutIt = true, keys[n].subject == own.subject
		}
	}
	p.counts[peersSubjectsInSentence], p.counts[peersSubjects] = len(others), len(subjects)-1
}

// atLeast raises what was seen so far.
func atLeast(most *float64, seen *bool, x float64) {
	if !*seen || x > *most {
		*most, *seen = x, true
	}
}

// features writes down what was counted.
func (p *peering) features(out []feature, ofSubject int, subjects map[int32]int) []feature {
	is := func(name string) { out = append(out, feature{name: name, value: 1}) }
	odds := func(o peerOdds, x float64) {
		out = append(out, feature{name: peerOddsNames[o], value: boundedOdds(x)})
	}
	for c, n := range p.counts {
		is(peerCountFeatures[c][reached(peerSteps, n)])
	}
	is(peerPartFeatures[p.part])
	is(peerShareFeatures[ofSubject*peerParts/(p.around+1)])
	most := true
	for _, n := range subjects {
		most = most && n <= ofSubject
	}
	if most {
		is(peerTruthNames[peersNoneHasMore])
	}
	truth := func(there, aboutIt bool, none, it, another peerTruth) {
		switch {
		case !there:
			is(peerTruthNames[none])
		case aboutIt:
			is(peerTruthNames[it])
		default:
			is(peerTruthNames[another])
		}
	}
	truth(p.before, p.beforeAboutIt, peersFirstBefore, peersBeforeAboutIt, peersBeforeAboutAnother)
	truth(p.behind, p.behindAboutIt, peersLast, peersNextAboutIt, peersNextAboutAnother)
	own := p.odds[peersOwnOdds]
	odds(peersOwnOdds, own)
	if p.rival {
		odds(peersRivalOdds, p.odds[peersRivalOdds])
		odds(peersLessRivalOdds, own-p.odds[peersRivalOdds])
	}
	if p.rivalInSentence {
		odds(peersRivalInSentenceOdds, p.odds[peersRivalInSentenceOdds])
	}
	if p.inSentence {
		odds(peersInSentenceOdds, p.odds[peersInSentenceOdds])
	}
	for _, m := range []struct {
		o   peerOdds
		n   int
		sum float64
	}{{peersMeanOdds, p.around, p.sum}, {peersSubjectOdds, p.counts[peersOfSubject], p.subjectSum}, {peersPredicateOdds, p.counts[peersOfPredicate], p.predicateSum}} {
		if m.n > 0 {
			odds(m.o, m.sum/float64(m.n))
		}
	}
	return out
}

// boundedOdds are log-odds that a product with others does not run away with: bounded, and scaled.
func boundedOdds(x float64) float64 { return max(-mostOdds, min(mostOdds, x)) / oddsScale }

// oddsScale makes log-odds about as large as what is so or not: the fit holds the weights of both down alike.
const oddsScale = 2
