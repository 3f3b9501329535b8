package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"contrechamp.org/contrechamp/internal/claim"
)

// subjectsChosen says how often the choice of subjects is right on texts that it was not fitted on: each third of the sets is chosen for by
// what was fitted on the others. What a text is about is told in the same way (see choicesOf). With list it shows what went
// wrong, beginning with what is surest of itself.
func subjectsChosen(shared, looks string, list bool) error {
	e, sets, err := engineAndSets(shared, looks)
	if err != nil {
		return err
	}
	if err := mainsChosen(e, sets); err != nil {
		return err
	}
	more, err := renamed(sets, "unknown", madeSeed)
	if err != nil {
		return err
	}
	all, err := choicesOf(e, append(slices.Clone(sets), more...))
	if err != nil {
		return err
	}
	known := features{index: map[string]int{}}
	groups := choiceGroups(all, append(slices.Clone(sets), more...), &known)
	foldOf := map[string]int{}
	for i, set := range sets {
		foldOf[set.name], foldOf[more[i].name] = i%folds, i%folds
	}
	type wrongChoice struct {
		by   float64
		text string
	}
	var wrongs []wrongChoice
	right, count := map[string]int{}, map[string]int{}
	for fold := range folds {
		var rest [][]option
		for _, g := range groups {
			if foldOf[g.of.set] != fold {
				rest = append(rest, g.options)
			}
		}
		weights, err := choiceWeights(rest, known.names, subjectHeld)
		if err != nil {
			return err
		}
		for _, g := range groups {
			if foldOf[g.of.set] != fold || strings.Contains(g.of.set, "~") {
				continue
			}
			odds := make([]float64, len(g.options))
			best, good := 0, -1
			for i, o := range g.options {
				for x, k := range o.at {
					odds[i] += weights[known.names[k]] * o.value[x]
				}
				if odds[i] > odds[best] {
					best = i
				}
				if o.worth > 0 && (good < 0 || odds[i] > odds[good]) {
					good = i
				}
			}
			kind := string(g.of.Claim.Predicate)
			count[kind]++
			if g.options[best].worth > 0 {
				right[kind]++
				continue
			}
			if list {
				terms := func(o option) string {
					var out []string
					for _, k := range o.at {
						out = append(out, fmt.Sprintf("%s %+.1f", known.names[k], weights[known.names[k]]))
					}
					return strings.Join(out, "; ")
				}
				c := g.of.Choices
				wrongs = append(wrongs, wrongChoice{odds[best] - odds[good], fmt.Sprintf("%s %s %s\n    %s | %s\n    not %s | %s", g.of.document, kind, g.of.Claim.Quote.Exact,
					c[best].Entity.ID, terms(g.options[best]), c[good].Entity.ID, terms(g.options[good]))})
			}
		}
	}
	slices.SortFunc(wrongs, func(a, b wrongChoice) int { return cmp.Compare(b.by, a.by) })
	for _, w := range wrongs {
		fmt.Printf("%.1f %s\n", w.by, w.text)
	}
	sum, of := 0, 0
	for _, kind := range sortedKeys(count) {
		fmt.Printf("%s %.3f of %d\n", kind, share(right[kind], count[kind]), count[kind])
		sum += right[kind]
		of += count[kind]
	}
	fmt.Printf("right of those that could be: %.4f of %d\n", float64(sum)/float64(of), of)
	return nil
}

// mainsChosen says how often what a text is about is chosen right, by what was fitted on the other sets.
func mainsChosen(e *claim.Engine, sets []docSet) error {
	var texts, right, claims, of float64
	for fold := range folds {
		rest, held := partOf(sets, fold)
		fitted, err := mainTexts(e, rest)
		if err != nil {
			return err
		}
		weights, err := fitMains(fitted)
		if err != nil {
			return err
		}
		tried, err := mainTexts(e, held)
		if err != nil {
			return err
		}
		for _, t := range tried {
			best, top, most := -1, 0.0, 0
			for i, c := range t.candidates {
				if !c.Main {
					continue
				}
				odds := 0.0
				for _, f := range c.Features {
					odds += weights[f.Feature] * f.Value
				}
				if best < 0 || odds > top {
					best, top = i, odds
				}
				most = max(most, t.support[i])
			}
			if best < 0 {
				continue
			}
			texts++
			if t.support[best] == most {
				right++
			}
			claims += float64(t.support[best])
			of += float64(t.claims)
		}
	}
	fmt.Printf("what a text is about: right of %.0f texts %.4f; share of their claims %.4f\n", texts, right/texts, claims/of)
	return nil
}
