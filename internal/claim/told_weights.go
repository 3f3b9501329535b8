package claim

// toldWeights are the weights of how something is told: as denied (polarity.go), as planned (planned.go).
type toldWeights struct {
	facts  *Model         // of what is no word
	around *aroundWeights // of words
}

// toldWeightsOf puts weights in order.
func toldWeightsOf(weights map[string]float64) *toldWeights {
	facts := map[string]float64{}
	for name, x := range weights {
		if _, _, word := cutAround(name, polarPlaceNames); !word {
			facts[name] = x
		}
	}
	return &toldWeights{NewModel(facts), aroundWeightsOf(weights, polarPlaceNames)}
}

// empty reports whether nothing was fitted: then the rules alone decide.
func (w *toldWeights) empty() bool { return w.around.wordless() && len(w.facts.weights) == 0 }

// words is what the words around a draft add up to.
func (w *toldWeights) words(d *doc, x *draft) float64 {
	sum := float32(0)
	var in *sentence
	var h *aroundWords // of its grammar
	d.eachPolarWord(x, func(places uint16, s *sentence, u int) {
		un := &s.units[u]
		if un.mention != nil && un.kinds&^kNUM != 0 {
			return
		}
		if s != in {
			in, h = s, w.around.of(d.grammarAt(s))
		}
		sum += w.around.tokenIn(&d.passageDoc, h, un.first, places)
	})
	return float64(sum)
}
