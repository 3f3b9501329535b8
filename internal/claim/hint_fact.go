package claim

import (
	contrechamp "contrechamp.org/contrechamp"
)

// textHint is a hint of a sentence as a whole. Texts ask for them by numbers, weights have their names.
type textHint uint8

const (
	textHeading textHint = iota
	textOpening
	textOfCompany
	textAlways
	claimedElsewhere                                               // a rule claims something else of that predicate
	textContext                                                    // by level and density
	claimsHere       = textContext + textHint(levelHere)*densities // a rule claims something in the sentence, by the number of its predicate
	textHintCount    = claimsHere + mostPredicates
)

// mostPredicates is how many predicates there may be.
const mostPredicates = 20

// hintBias is the hint that always stands there.
const hintBias = "bias"

var textHintNames = func() (out [textHintCount]string) {
	out[textHeading], out[textOpening], out[textOfCompany], out[textAlways], out[claimedElsewhere] = "in a heading", "opens the text", "text is about a company", hintBias, "claimed elsewhere"
	for level, names := range contexts {
		for density, name := range names {
			out[textContext+textHint(level*densities+density)] = name
		}
	}
	for p, h := range claimHint {
		out[h] = "claims " + string(p)
	}
	return out
}()

// claimHint are the hints that a rule claims something in the same sentence.
var claimHint = func() map[contrechamp.Predicate]textHint {
	out := map[contrechamp.Predicate]textHint{}
	for i, p := range contrechamp.Predicates() {
		if i >= mostPredicates {
			panic("claim: more predicates than mostPredicates")
		}
		out[p] = claimsHere + textHint(i)
	}
	return out
}()

// targetsOf are the targets of a predicate, a bit each.
var targetsOf = func() map[contrechamp.Predicate]uint32 {
	out := map[contrechamp.Predicate]uint32{}
	for t := range hintTargets {
		out[hintTargets[t].rule.Predicate] |= 1 << t
	}
	return out
}()
