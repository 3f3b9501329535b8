package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/claim/naming"
	"contrechamp.org/contrechamp/internal/lexicon"
)

// smallPlacePrior is what it adds to the log-odds of a place that the lexicon knows a small place of that name. It is not
// fitted: whether such names are places is what nobody has labelled.
const smallPlacePrior = 1.2

// pagesDiscount is how much a name of a page about anything weighs against one of a lot.
const pagesDiscount = 0.3

// placePenalty holds the weights of places down.
const placePenalty = 8.0

// fitPlaces fits what tells that a name is a place's: those that the lexicon is sure of and those that the gold is about
// against all others.
func fitPlaces(e *claim.Engine, sets []docSet) (map[string]float64, error) {
	js, err := judgeRuns(e, sets)
	if err != nil {
		return nil, err
	}
	w := fitHeld(js, placePenalty)
	w[naming.SmallPlace] = smallPlacePrior
	return w, nil
}

// judgeRuns are the names of sets, right where they name a place.
func judgeRuns(e *claim.Engine, sets []docSet) ([]judged, error) {
	lex, err := lexicon.Default()
	if err != nil {
		return nil, err
	}
	small := naming.SmallPlace
	var js []judged
	for _, set := range sets {
		for _, name := range sortedKeys(set.texts) {
			text, err := set.read(name)
			if errors.Is(err, contrechamp.ErrInvalid) && set.name == "pages" {
				continue // a page without text
			}
			if err != nil {
				return nil, err
			}
			runs, err := e.Runs(context.Background(), text)
			if err != nil {
				return nil, fmt.Errorf("find the names of %s: %w", name, err)
			}
			about := map[string]bool{}
			for _, g := range set.gold {
				if g.Document != name || slices.Contains(aboutFirms, g.Predicate) {
					continue
				}
				for _, n := range g.About {
					for _, i := range lex.ByName(n) {
						if lex.Entity(i).Kind == contrechamp.KindPlace {
							about[foldName(n)] = true
						}
					}
				}
			}
			for _, r := range runs {
				j := judged{set: set.name, document: name}
				j.Claim.Rule = r.Words
				hasSmall := false
				for _, f := range r.Features {
					if f.Feature == small || f.Feature == naming.NounsPrefix+small {
						hasSmall = true
						continue
					}
					j.Features = append(j.Features, f)
				}
				switch gold := about[foldName(r.Words)]; {
				case r.Excluded:
					continue
				case gold || r.Place:
					j.verdict = right
				case hasSmall:
					continue // nobody knows
				}
				js = append(js, j)
			}
		}
	}
	return js, nil
}
