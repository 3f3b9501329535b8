package hint

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/draft"
)

// textHint is a hint of a sentence as a whole. Texts ask for them by numbers, weights have their names.
type textHint uint8

const (
	textHeading textHint = iota
	textOpening
	textOfCompany
	textAlways
	claimedElsewhere                                                           // a rule claims something else of that predicate
	textContext                                                                // by level and density
	claimsHere       = textContext + textHint(draft.LevelHere)*draft.Densities // a rule claims something in the sentence, by the number of its predicate
	textHintCount    = claimsHere + mostPredicates
)

// mostPredicates is how many predicates there may be.
const mostPredicates = 20

// Bias is the hint that always stands there.
const Bias = "bias"

var textHintNames = func() (out [textHintCount]string) {
	out[textHeading], out[textOpening], out[textOfCompany], out[textAlways], out[claimedElsewhere] = "in a heading", "opens the text", "text is about a company", Bias, "claimed elsewhere"
	for level, names := range draft.Contexts {
		for density, name := range names {
			out[textContext+textHint(level*draft.Densities+density)] = name
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
	for t := range Targets {
		out[Targets[t].Rule.Predicate] |= 1 << t
	}
	return out
}()
