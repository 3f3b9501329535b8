package weigh

import (
	"contrechamp.org/contrechamp/internal/claim/draft"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
)

// toldWeights are the weights of how something is told: as denied (polarity.go), as planned (planned.go).
type toldWeights struct {
	facts  *Model                 // of what is no word
	around *passage.AroundWeights // of words
}

// toldWeightsOf puts weights in order.
func toldWeightsOf(weights map[string]float64) *toldWeights {
	facts := map[string]float64{}
	for name, x := range weights {
		if _, _, word := passage.CutAround(name, polarPlaceNames); !word {
			facts[name] = x
		}
	}
	return &toldWeights{NewModel(facts), passage.AroundWeightsOf(weights, polarPlaceNames)}
}

// empty reports whether nothing was fitted: then the rules alone decide.
func (w *toldWeights) empty() bool { return w.around.Wordless() && len(w.facts.weights) == 0 }

// words is what the words around a draft add up to.
func (w *toldWeights) words(d *Doc, x *draft.Draft) float64 {
	sum := float32(0)
	var in *passage.Sentence
	var h *passage.AroundWords // of its grammar
	d.eachPolarWord(x, func(places uint16, s *passage.Sentence, u int) {
		un := &s.Units[u]
		if un.Mention != nil && un.Kinds&^grammar.NUM != 0 {
			return
		}
		if s != in {
			in, h = s, w.around.Of(d.GrammarAt(s))
		}
		sum += w.around.TokenIn(d.Passage(), h, un.First, places)
	})
	return float64(sum)
}
