package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strconv"

	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/claim/hint"
	"contrechamp.org/contrechamp/internal/claim/weigh"
)

// hintExample is a mention with its hints, and whether the gold has it as the value of its target's predicate.
type hintExample struct {
	at    []int32   // numbers of features
	times []float64 // how often each stands there
	good  bool
	worth float64 // how much it counts

	offset float64 // log-odds that are known before any feature
}

// count numbers the features of a hint.
func (x *hintExample) count(c hint.Hint, known *features) {
	for _, of := range []struct {
		target string
		hints  []string
	}{{c.Target, c.Hints}, {c.Sign, c.OfSign}} {
		count := map[string]float64{}
		for _, f := range of.hints {
			count[f]++
		}
		x.add(of.target+": ", count, known)
	}
}

// add numbers features of such a beginning, with how often each stands there.
func (x *hintExample) add(prefix string, count map[string]float64, known *features) {
	for _, f := range sortedKeys(count) {
		x.at, x.times = append(x.at, int32(known.number(prefix+f))), append(x.times, count[f])
	}
}

// hintExamples answers what hints are fitted on: where the gold has the value in other words only, or at a reader's choice, nothing is learnt.
func hintExamples(e *claim.Engine, sets []docSet, known *features) ([]hintExample, error) {
	var out []hintExample
	for _, set := range sets {
		for _, name := range sortedKeys(set.texts) {
			text, err := set.read(name)
			if err != nil {
				return nil, err
			}
			hints, err := e.Hints(context.Background(), text)
			if err != nil {
				return nil, fmt.Errorf("hints of %s: %w", name, err)
			}
			for _, c := range hints {
				x := hintExample{worth: countsAs(set.name)}
				skip := false
				for _, g := range set.gold {
					if g.Document != name || g.Predicate != string(c.Predicate) || !sameValue(g.Value, c.Value) {
						continue
					}
					if g.Optional || !sameWords(g.Quote, c.Sentence) {
						skip = true
						continue
					}
					x.good = true
				}
				if skip && !x.good {
					continue
				}
				x.count(c, known)
				out = append(out, x)
			}
		}
	}
	return out, nil
}

// FTRL-Proximal (McMahan and others, Ad Click Prediction: a View from the Trenches, KDD 2013, algorithm 1): logistic regression that
// leaves most weights of rare words at nothing.
const (
	ftrlAlpha  = 0.1
	ftrlBeta   = 1.0
	ftrlRounds = 12
	ftrlL1     = 6.0
	ftrlL2     = 2.0
)

// ftrl fits the weights of n features: l1 is what each must be worth to have one.
func ftrl(examples []hintExample, n int, l1 float64) []float64 {
	z, squares, w := make([]float64, n), make([]float64, n), make([]float64, n)
	order := make([]int, len(examples))
	for i := range order {
		order[i] = i
	}
	r := rand.New(rand.NewPCG(7, 11))
	weight := func(k int32) float64 {
		if math.Abs(z[k]) <= l1 {
			return 0
		}
		s := l1
		if z[k] < 0 {
			s = -s
		}
		return -(z[k] - s) / ((ftrlBeta+math.Sqrt(squares[k]))/ftrlAlpha + ftrlL2)
	}
	for range ftrlRounds {
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			x := &examples[i]
			sum := x.offset
			for f, k := range x.at {
				w[k] = weight(k)
				sum += w[k] * x.times[f]
			}
			g := weigh.Logistic(sum)
			if x.good {
				g--
			}
			g *= x.worth
			for f, k := range x.at {
				g := g * x.times[f]
				sigma := (math.Sqrt(squares[k]+g*g) - math.Sqrt(squares[k])) / ftrlAlpha
				z[k] += g - sigma*w[k]
				squares[k] += g * g
			}
		}
	}
	for k := range w {
		w[k] = weight(int32(k))
	}
	return w
}

// fitHints fits the weights of hints.
func fitHints(e *claim.Engine, sets []docSet) (map[string]float64, error) {
	known := features{index: map[string]int{}}
	examples, err := hintExamples(e, sets, &known)
	if err != nil {
		return nil, err
	}
	return sparse(examples, &known, ftrlL1, leastHint), nil
}

// sparse fits weights by FTRL, without those below least.
func sparse(examples []hintExample, known *features, l1, least float64) map[string]float64 {
	out := map[string]float64{}
	for k, w := range ftrl(examples, len(known.names), l1) {
		if math.Abs(w) >= least {
			out[known.names[k]] = w
		}
	}
	return out
}

// leastHint is the weight below which a hint is left out of the file.
const leastHint = 0.1

func withHints(e *claim.Engine, hints map[string]float64) (*claim.Engine, error) {
	w, err := hint.NewWeights(hints)
	if err != nil {
		return nil, err
	}
	return e.WithHints(w), nil
}

// writeHints writes the weights of hints for people to read: by target and place.
func writeHints(file string, weights map[string]float64) error {
	var b bytes.Buffer
	c := csv.NewWriter(&b)
	if err := c.Write([]string{"target", "place", "hint", "weight"}); err != nil {
		return err
	}
	for _, name := range sortedKeys(weights) {
		target, place, hint := hint.Cut(name)
		if err := c.Write([]string{target, place, hint, strconv.FormatFloat(weights[name], 'f', 2, 64)}); err != nil {
			return err
		}
	}
	c.Flush()
	if err := c.Error(); err != nil {
		return err
	}
	return os.WriteFile(file, b.Bytes(), 0o644)
}
