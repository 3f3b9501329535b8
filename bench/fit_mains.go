package main

import (
	"context"
	"fmt"
	"math"

	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/claim/subject"
	"contrechamp.org/contrechamp/internal/claim/weigh"
)

// mainPenalty and alongsidePenalty hold the weights of the choice of what a text is about down, and of what stands beside it.
const (
	mainPenalty      = 10.0
	alongsidePenalty = 3.0
)

// mainText are the candidates of a text, with how many of its gold's deployments are about each.
type mainText struct {
	candidates []subject.MainCandidate
	support    []int
	claims     int
	times      float64 // how often it counts, see counterpartWeight
}

// mainTexts are those of sets.
func mainTexts(e *claim.Engine, sets []docSet) ([]mainText, error) {
	var out []mainText
	for _, set := range sets {
		for _, name := range sortedKeys(set.texts) {
			text, err := set.read(name)
			if err != nil {
				return nil, err
			}
			t := mainText{times: countsAs(set.name)}
			if t.candidates, err = e.Mains(context.Background(), text); err != nil {
				return nil, fmt.Errorf("find what %s is about: %w", name, err)
			}
			if _, t.claims = goldSubjects(set, name); t.claims == 0 {
				continue
			}
			for _, c := range t.candidates {
				t.support = append(t.support, aboutShared(set, name, c.Names))
			}
			out = append(out, t)
		}
	}
	return out, nil
}

// fitMains fits the choice of what a text is about: the candidates that most of its gold's deployments are about should
// weigh most.
func fitMains(texts []mainText) (map[string]float64, error) {
	known := features{index: map[string]int{}}
	var groups [][]option
	for _, t := range texts {
		most := 0
		for i, c := range t.candidates {
			if c.Main {
				most = max(most, t.support[i])
			}
		}
		var options []option
		good := 0
		for i, c := range t.candidates {
			if !c.Main {
				continue
			}
			o := option{}
			if share := float64(t.support[i]) / float64(max(1, most)); share > 0.5 {
				o.worth = share * share // one that half of the claims are about is half an answer, and another may be better
				good++
			}
			o.take(&known, c.Features)
			options = append(options, o)
		}
		if good > 0 && good < len(options) {
			for range int(t.times) {
				groups = append(groups, options)
			}
		}
	}
	return choiceWeights(groups, known.names, func(string, int) float64 { return mainPenalty })
}

// fitAlongside fits how much of a text's claims are about something besides its place: a logistic regression on shares.
func fitAlongside(texts []mainText) map[string]float64 {
	known := features{index: map[string]int{}}
	bias := known.number("bias")
	var list []option
	for _, t := range texts {
		for i, c := range t.candidates {
			if c.Place {
				continue
			}
			o := option{worth: float64(t.support[i]) / float64(t.claims), at: []int{bias}, value: []float64{1}}
			o.take(&known, c.Features)
			list = append(list, o)
		}
	}
	w, gradient, squares := make([]float64, len(known.names)), make([]float64, len(known.names)), make([]float64, len(known.names))
	for range rounds {
		clear(gradient)
		for _, o := range list {
			sum := 0.0
			for x, k := range o.at {
				sum += w[k] * o.value[x]
			}
			g := weigh.Logistic(sum) - o.worth
			for x, k := range o.at {
				gradient[k] += g * o.value[x]
			}
		}
		for k, g := range gradient {
			if k != bias {
				g += alongsidePenalty * w[k]
			}
			squares[k] += g * g
			if squares[k] > 0 {
				w[k] -= rate * g / math.Sqrt(squares[k])
			}
		}
	}
	out := map[string]float64{}
	for k, name := range known.names {
		out[name] = w[k]
	}
	return out
}
