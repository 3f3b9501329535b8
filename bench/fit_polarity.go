package main

import (
	"context"
	"fmt"

	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/read"
)

// polarL1 is how much a word must say of what is denied before it has a weight: there are some thousands of examples only.
const polarL1 = 4.0

// polarExamples answers what polarity is fitted on: the capabilities whose subject and value the gold has. Where it has them both ways, the one whose words
// stand there counts.
func polarExamples(e *claim.Engine, sets []docSet, known *features) ([]hintExample, error) {
	var out []hintExample
	for _, set := range sets {
		for _, name := range sortedKeys(set.texts) {
			text, err := read.Read(context.Background(), read.Source{Name: name, Bytes: set.texts[name], Now: readAt})
			if err != nil {
				return nil, fmt.Errorf("read %s: %w", name, err)
			}
			list, err := e.Polarities(context.Background(), text)
			if err != nil {
				return nil, fmt.Errorf("polarities of %s: %w", name, err)
			}
			for _, p := range list {
				x := hintExample{offset: p.Odds}
				var ok bool
				if x.good, ok = deniedBy(set.gold, name, p); !ok {
					continue
				}
				count := map[string]float64{}
				for _, f := range p.Words {
					count[f]++
				}
				for _, f := range p.Facts {
					count[f.Feature] = f.Value
				}
				for _, f := range sortedKeys(count) {
					x.at, x.times = append(x.at, int32(known.number(f))), append(x.times, count[f])
				}
				out = append(out, x)
			}
		}
	}
	return out, nil
}

// deniedBy reports whether the gold denies what a text may deny. It answers false where the gold does not say.
func deniedBy(gold []goldClaim, document string, p claim.Polarity) (denied, ok bool) {
	about := foldAll(aboutNames(p.Claim))
	var said, here [2]bool
	for _, g := range gold {
		if g.Document != document || g.Predicate != string(p.Claim.Predicate) || !sameValue(g.Value, p.Claim.Value) || !meet(about, foldAll(g.About)) {
			continue
		}
		n := 0
		if g.Modality == "denied" {
			n = 1
		}
		said[n] = true
		here[n] = here[n] || sameWords(g.Quote, p.Sentence)
	}
	if said[0] && said[1] {
		said = here
	}
	return said[1], said[0] != said[1]
}

// fitPolarity fits what tells whether a capability is denied.
func fitPolarity(e *claim.Engine, sets []docSet) (map[string]float64, error) {
	known := features{index: map[string]int{}}
	examples, err := polarExamples(e, sets, &known)
	if err != nil {
		return nil, err
	}
	return sparse(examples, &known, polarL1, leastPolar), nil
}

// leastPolar is the weight below which a feature is left out of the file.
const leastPolar = 0.05
