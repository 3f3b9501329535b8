package weigh

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/subject"
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

// tally counts how many claims are about each of a few subjects.
type tally []struct {
	subject string
	claims  int
}

// add counts one more.
func (t *tally) add(subject string) {
	for i := range *t {
		if x := &(*t)[i]; x.subject == subject {
			x.claims++
			return
		}
	}
	*t = append(*t, struct {
		subject string
		claims  int
	}{subject, 1})
}

// peersOf calls each for every claim of a list, in the order of the sentences, with what its peers say of it. The features are only good until the next. It
// answers how many peers it looked at.
func peersOf(list []Peer, each func(i int, features []Feature)) (looked int) {
	var room []Feature
	var p peering
	for i := range list {
		p = peering{part: peerParts * list[i].Sentence / (list[len(list)-1].Sentence + 1), subjects: p.subjects[:0], others: p.others[:0]}
		p.see(list, i)
		room = p.features(room[:0])
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
	subjects                                     tally    // its own first, with itself
	others                                       []string // other subjects of its sentence
}

// see looks at the peers of claim i.
func (p *peering) see(list []Peer, i int) {
	own, at := &list[i], list[i].Sentence
	p.odds[peersOwnOdds] = own.Odds
	p.subjects.add(own.Subject)
	look := func(n int) {
		o := &list[n]
		same, about := o.Predicate == own.Predicate, o.Subject == own.Subject
		here, earlier := o.Sentence == at, o.Sentence < at
		p.around++
		p.sum += o.Odds
		p.subjects.add(o.Subject)
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
			if !about && !slices.Contains(p.others, o.Subject) {
				p.others = append(p.others, o.Subject)
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
		case o.Value == own.Value:
			switch {
			case !about:
				p.counts[peersValueOfAnother]++
			case o.Denied != own.Denied:
				p.counts[peersContrary]++
			}
			if o.Denied == own.Denied {
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
			p.before, p.beforeAboutIt = true, list[n].Subject == own.Subject
		}
	}
	for n := i + 1; n < min(len(list), i+mostPeers+1) && list[n].Sentence <= at+peerSentences; n++ {
		look(n)
		if !p.behind && list[n].Sentence > at {
			p.behind, p.behindAboutIt = true, list[n].Subject == own.Subject
		}
	}
	p.counts[peersSubjectsInSentence], p.counts[peersSubjects] = len(p.others), len(p.subjects)-1
}

// atLeast raises what was seen so far.
func atLeast(most *float64, seen *bool, x float64) {
	if !*seen || x > *most {
		*most, *seen = x, true
	}
}

// features writes down what was counted.
func (p *peering) features(out []Feature) []Feature {
	is := func(f fact) { out = append(out, f.so()) }
	odds := func(o peerOdds, x float64) { out = append(out, peerOddsFacts[o].worth(boundedOdds(x))) }
	for c, n := range p.counts {
		is(peerCountFacts[c][reached(peerSteps, n)])
	}
	ofSubject := p.subjects[0].claims
	is(peerPartFacts[p.part])
	is(peerShareFacts[ofSubject*peerParts/(p.around+1)])
	most := true
	for _, x := range p.subjects {
		most = most && x.claims <= ofSubject
	}
	if most {
		is(peerTruthFacts[peersNoneHasMore])
	}
	truth := func(there, aboutIt bool, none, it, another peerTruth) {
		switch {
		case !there:
			is(peerTruthFacts[none])
		case aboutIt:
			is(peerTruthFacts[it])
		default:
			is(peerTruthFacts[another])
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
func boundedOdds(x float64) float64 {
	return max(-subject.MostOdds, min(subject.MostOdds, x)) / oddsScale
}

// oddsScale makes log-odds about as large as what is so or not: the fit holds the weights of both down alike.
const oddsScale = 2
