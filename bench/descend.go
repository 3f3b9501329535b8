package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/optimize"

	"contrechamp.org/contrechamp"
)

const (
	mostRounds    = 600
	leastGradient = 0.05 // at which a fit is done
	mostGradient  = 5.0  // of one weight, of 20,000 claims: above it is not done
)

// descend finds the n weights for which see is least, from none on, by L-BFGS. see answers the negative log-likelihood with what holds the weights down, and its
// gradient. what is named in errors.
func descend(what string, n int, see func(w, gradient []float64) float64) ([]float64, error) {
	var at, gradient []float64 // where it was asked last: value and gradient are asked for apart
	var value float64
	ask := func(w []float64) {
		if at != nil && slices.Equal(at, w) {
			return
		}
		at = append(at[:0], w...)
		if gradient == nil {
			gradient = make([]float64, n)
		}
		value = see(w, gradient)
	}
	problem := optimize.Problem{
		Func: func(w []float64) float64 { ask(w); return value },
		Grad: func(into, w []float64) { ask(w); copy(into, gradient) },
	}
	result, err := optimize.Minimize(problem, make([]float64, n), &optimize.Settings{MajorIterations: mostRounds, GradientThreshold: leastGradient}, &optimize.LBFGS{})
	if result == nil {
		return nil, fmt.Errorf("fit %s: %w", what, err)
	}
	// near the bottom a search may fail for want of digits: what it has by then is good
	ask(result.X)
	if steepest := slices.MaxFunc(gradient, func(a, b float64) int { return cmp.Compare(math.Abs(a), math.Abs(b)) }); math.Abs(steepest) > mostGradient {
		return nil, fmt.Errorf("fit %s: %s after %d rounds at a gradient of %.2f, want %.2f or less: %w", what, result.Status, result.MajorIterations, math.Abs(steepest), mostGradient, contrechamp.ErrInvalid)
	}
	return result.X, nil
}
