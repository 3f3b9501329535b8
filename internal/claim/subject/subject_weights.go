package subject

import (
	"fmt"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/claim/weight"
)

// Weights are the weights that subjects are chosen by. They do not change once made.
type Weights struct {
	mains, alongside *mainWeights // what a text is about, see candidate.go; by what else its deployment is known, see likely.go
	alongsideBias    float64
	choices          []weight.Known                      // of the choice of a claim's subject, by the numbers of features
	kinds            map[contrechamp.Predicate][]float64 // the same, by predicate and the number of a kind
	words            *passage.AroundWeights              // of the words around choices, see choice_words.go
}

// EmbeddedWeights reads the weights that the program carries.
func EmbeddedWeights() (*Weights, error) {
	parsed := map[string]map[string]float64{}
	for name, file := range map[string]string{"main.csv": mainFile, "alongside.csv": alongsideFile, "subject.csv": subjectFile} {
		weights, err := weight.Parse(strings.NewReader(file))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		parsed[name] = weights
	}
	return (&Weights{}).WithMains(parsed["main.csv"], parsed["alongside.csv"]).WithChoices(parsed["subject.csv"]), nil
}

// WithMains are the same with other weights of what a text is about.
func (w *Weights) WithMains(mains, alongside map[string]float64) *Weights {
	out := *w
	out.mains, out.alongside, out.alongsideBias = mainWeightsOf(mains), mainWeightsOf(alongside), alongside["bias"]
	return &out
}

// WithChoices are the same with other weights of whose a claim is: of features, and for each predicate those of its being said of something of
// a kind.
func (w *Weights) WithChoices(weights map[string]float64) *Weights {
	out := *w
	out.words = passage.AroundWeightsOf(weights, ChoiceWordPlaces)
	out.choices = make([]weight.Known, len(choiceNames))
	for f, name := range choiceNames {
		out.choices[f].Weight, out.choices[f].Known = weights[name]
	}
	out.kinds = map[contrechamp.Predicate][]float64{}
	for name, x := range weights {
		p, kind, ok := strings.Cut(name, " of a ")
		if !ok {
			continue
		}
		of := out.kinds[contrechamp.Predicate(p)]
		if of == nil {
			of = make([]float64, len(choiceNames))
			out.kinds[contrechamp.Predicate(p)] = of
		}
		of[kindFeatures[kind].itself] = x
	}
	return &out
}

// ofKind is the weight of a predicate's being said of something of a kind.
func (w *Weights) ofKind(p contrechamp.Predicate, kind choiceFeature) float64 {
	if of := w.kinds[p]; of != nil {
		return of[kind]
	}
	return 0
}
