package main

import (
	"context"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/claim/speech"
)

// speakerPenalty holds the weights of the choice of speakers down.
var speakerPenalty = 10.0

// saidGold is a claim of the gold with all whose words it may be.
type saidGold struct {
	set, document string
	gold          goldClaim
	tellers       []claim.Teller
	right         []bool
}

// saidIn are the gold's claims of sets.
func saidIn(e *claim.Engine, sets []docSet) ([]saidGold, error) {
	var out []saidGold
	for _, set := range sets {
		for _, name := range sortedKeys(set.texts) {
			text, err := set.read(name)
			if err != nil {
				return nil, err
			}
			var golds []goldClaim
			var passages []claim.Said
			for g, at := range set.quoted(name, text.Body) {
				golds = append(golds, g)
				passages = append(passages, claim.Said{Span: at, Predicate: contrechamp.Predicate(g.Predicate), Values: valueNames(g.Value)})
			}
			tellers, err := e.Tellers(context.Background(), text, passages)
			if err != nil {
				return nil, err
			}
			for i, g := range golds {
				if len(tellers[i]) == 0 {
					continue
				}
				x := saidGold{set: set.name, document: name, gold: g, tellers: tellers[i]}
				want := foldAll(g.Speaker)
				for _, t := range tellers[i] {
					x.right = append(x.right, len(t.Names) == 0 && len(want) == 0 || len(t.Names) > 0 && meet(want, foldAll(t.Names)))
				}
				out = append(out, x)
			}
		}
	}
	return out, nil
}

// fitSpeakers fits the choice of whose words a claim is: those of the gold's speaker should weigh most (a conditional logit). Claims that
// nobody listed says teach nothing.
func fitSpeakers(all []saidGold) (map[string]float64, error) {
	known := features{index: map[string]int{}}
	var groups [][]option
	for _, x := range all {
		var options []option
		good := 0
		for i, t := range x.tellers {
			var o option
			if x.right[i] {
				o.worth = 1
				good++
			}
			o.take(&known, t.Features)
			options = append(options, o)
		}
		if good > 0 && good < len(options) {
			groups = append(groups, options)
		}
	}
	w, err := choiceWeights(groups, known.names, func(name string, options int) float64 {
		if speech.IsWord(name) && options < fewestWords {
			return -1
		}
		return speakerPenalty
	})
	if err != nil {
		return nil, err
	}
	w["nobody"] -= speakerLean
	return w, nil
}

// speakerLean is how much less nobody weighs than it was fitted to: a speaker who is left out is as wrong as one who is made up, though most
// claims have none.
const speakerLean = 1.5

// fewestWords is how many of those who may be chosen stand beside a word that is weighed.
const fewestWords = 12
