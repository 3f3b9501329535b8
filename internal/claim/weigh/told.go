package weigh

import (
	"maps"
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/draft"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/claim/weight"
)

// explainTold notes in a draft's explanation what says that it is denied, or planned, and what says that it is asserted: what the rules found, the
// facts, and the words around, with the weights that polarity.go and planned.go add up.
func (d *Doc) explainTold(x *draft.Draft, as contrechamp.Modality, w *toldWeights, ruled float64, facts []Feature) {
	if x.Why == nil {
		return
	}
	adds := map[string]float64{"what the rules find": ruled}
	for _, f := range named(facts) {
		adds[f.Feature] += w.facts.weights[f.Feature] * f.Value
	}
	d.eachPolarWord(x, func(places uint16, s *passage.Sentence, u int) {
		d.polarHints(d.GrammarAt(s), &s.Units[u], func(hint string) {
			sums := w.around.Hints[hint]
			for at, place := range polarPlaceNames {
				if sums != nil && places>>at&1 != 0 {
					adds[place+passage.AroundMark+hint] += float64(sums[at])
				}
			}
		})
	})
	told := contrechamp.Told{As: as}
	for _, name := range slices.Sorted(maps.Keys(adds)) {
		if adds[name] != 0 {
			told.Odds += adds[name]
			told.Terms = append(told.Terms, weight.Term{Feature: name, Value: 1, Adds: adds[name]})
		}
	}
	slices.SortStableFunc(told.Terms, strongestTerm)
	x.Why.Told = append(x.Why.Told, told)
}
