package weigh

import "fmt"

// What is known of a claim among its peers: counts, what is so or not, odds that are compared; and their names.

// peerCount is something that is counted among the peers of a claim.
type peerCount uint8

const (
	peersOfPredicate peerCount = iota
	peersInSentence
	peersRivals // the same of the same subject with another value
	peersRivalsInSentence
	peersSameValue
	peersContrary // the same of the same subject, denied where it is asserted or the other way round
	peersValueOfAnother
	peersSubjectsInSentence
	peersSubjects
	peersOfSubject
	peersOfPredicateBefore
	peersOfSubjectBefore
	peerCounts
)

var peerCountNames = [peerCounts]string{
	"others of its predicate", "others in its sentence", "rivals", "rivals in its sentence", "its value again", "the contrary", "its value of another subject",
	"other subjects in its sentence", "other subjects around", "others about its subject", "others of its predicate before", "others about its subject before",
}

// peerSteps are the counts from which features are told apart, with their names: few claims make a difference, many make none.
var (
	peerSteps     = []int{0, 1, 2, 3, 6}
	peerStepNames = []string{"none", "1", "2", "3 to 5", "6 or more"}
)

// peerTruth is something that is so or not.
type peerTruth uint8

const (
	peersNoneHasMore peerTruth = iota
	peersFirstBefore           // nothing is claimed before it
	peersBeforeAboutIt
	peersBeforeAboutAnother
	peersLast
	peersNextAboutIt
	peersNextAboutAnother
	peerTruths
)

var peerTruthNames = [peerTruths]string{
	"no other subject has more", "no earlier claim near", "the claim before is about its subject", "the claim before is about another", "no later claim near", "the next claim is about its subject", "the next claim is about another",
}

// peerOdds are log-odds that are compared.
type peerOdds uint8

const (
	peersOwnOdds peerOdds = iota
	peersRivalOdds
	peersLessRivalOdds
	peersRivalInSentenceOdds
	peersInSentenceOdds
	peersMeanOdds
	peersSubjectOdds
	peersPredicateOdds
	peerOddsCount
)

var peerOddsNames = [peerOddsCount]string{
	"odds by itself", "odds of its surest rival", "odds less those of its surest rival", "odds of its surest rival in the sentence", "odds of the surest other in its sentence", "mean odds around", "mean odds of its subject", "mean odds of its predicate",
}

// peerParts is into how many parts a text is cut, and what is claimed around by how much of it is about its subject.
const peerParts = 4

// The facts, by what is counted, so, or compared.
var (
	peerCountFacts = func() (out [peerCounts][]fact) {
		for c := range out {
			for _, step := range peerStepNames {
				out[c] = append(out[c], factOf(peerCountNames[c]+": "+step))
			}
		}
		return out
	}()
	peerPartFacts = func() (out [peerParts]fact) {
		for n := range out {
			out[n] = factOf(fmt.Sprintf("part %d of %d of what is claimed", n+1, peerParts))
		}
		return out
	}()
	peerShareFacts = func() (out [peerParts + 1]fact) {
		for n := range out {
			out[n] = factOf(fmt.Sprintf("share about its subject: from %d/%d", n, peerParts))
		}
		return out
	}()
	peerTruthFacts = factsOf(peerTruthNames[:]...)
	peerOddsFacts  = factsOf(peerOddsNames[:]...)
)

// reached is the last of some steps that a number reaches.
func reached(steps []int, n int) int {
	at := 0
	for at+1 < len(steps) && steps[at+1] <= n {
		at++
	}
	return at
}
