package main

import (
	"context"
	"fmt"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/claim/weigh"
)

// polarL1 is how much a word must say of what is denied before it has a weight: there are some thousands of examples only.
const polarL1 = 4.0

// planL1 is the same of what is planned.
const planL1 = 16.0

// mannerExamples answers what is fitted on of how sets say things: of what list lists, and those that the gold judges.
func mannerExamples(list func(context.Context, contrechamp.Text) ([]weigh.Manner, error), judge func(gold []goldClaim, document string, m weigh.Manner) (good, ok bool), sets []docSet, known *features) ([]hintExample, error) {
	var out []hintExample
	for _, set := range sets {
		for _, name := range sortedKeys(set.texts) {
			text, err := set.read(name)
			if err != nil {
				return nil, err
			}
			manners, err := list(context.Background(), text)
			if err != nil {
				return nil, fmt.Errorf("how %s says things: %w", name, err)
			}
			for _, m := range manners {
				x := hintExample{offset: m.Odds, worth: countsAs(set.name)}
				var ok bool
				if x.good, ok = judge(set.gold, name, m); !ok {
					continue
				}
				count := map[string]float64{}
				for _, f := range m.Words {
					count[f]++
				}
				for _, f := range m.Facts {
					count[f.Feature] = f.Value
				}
				x.add("", count, known)
				out = append(out, x)
			}
		}
	}
	return out, nil
}

// saidBy answers which of two ways the gold says what a text says in one of them: where it has it both ways, the one whose words stand there counts. way is 0 or
// 1, or less where a claim counts for neither. It answers false where the gold does not say.
func saidBy(gold []goldClaim, document string, m weigh.Manner, way func(modality string) int) (second, ok bool) {
	about := foldAll(aboutNames(m.Claim))
	var said, here [2]bool
	for _, g := range gold {
		n := way(g.Modality)
		if n < 0 || g.Document != document || g.Predicate != string(m.Claim.Predicate) || !sameValue(g.Value, m.Claim.Value) || !meet(about, foldAll(g.About)) {
			continue
		}
		said[n] = true
		here[n] = here[n] || sameWords(g.Quote, m.Sentence)
	}
	if said[0] && said[1] {
		said = here
	}
	return said[1], said[0] != said[1]
}

// deniedBy reports whether the gold denies what a text may deny.
func deniedBy(gold []goldClaim, document string, m weigh.Manner) (denied, ok bool) {
	return saidBy(gold, document, m, func(modality string) int {
		if modality == "denied" {
			return 1
		}
		return 0
	})
}

// plannedBy reports whether the gold has what a text says as planned.
func plannedBy(gold []goldClaim, document string, m weigh.Manner) (planned, ok bool) {
	return saidBy(gold, document, m, func(modality string) int {
		switch modality {
		case "planned":
			return 1
		case "asserted":
			return 0
		}
		return -1
	})
}

// fitPolarity fits what tells whether a capability is denied.
func fitPolarity(e *claim.Engine, sets []docSet) (map[string]float64, error) {
	return fitManner(e.Polarities, deniedBy, sets, polarL1)
}

// fitPlans fits what tells whether a claim is planned.
func fitPlans(e *claim.Engine, sets []docSet) (map[string]float64, error) {
	return fitManner(e.Plans, plannedBy, sets, planL1)
}

func fitManner(list func(context.Context, contrechamp.Text) ([]weigh.Manner, error), judge func(gold []goldClaim, document string, m weigh.Manner) (good, ok bool), sets []docSet, l1 float64) (map[string]float64, error) {
	known := features{index: map[string]int{}}
	examples, err := mannerExamples(list, judge, sets, &known)
	if err != nil {
		return nil, err
	}
	return sparse(examples, &known, l1, leastManner), nil
}

// leastManner is the weight below which a feature is left out of either file.
const leastManner = 0.05
