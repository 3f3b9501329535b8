package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/read"
)

// hintExample is a mention with its hints, and whether the gold has it as the value of its target's predicate.
type hintExample struct {
	set, document string
	target        string
	hint          claim.Hint
	at, once      []int32
	times         []float64
	good          bool
	gold          int // the claim of the gold, -1 where there is none
}

// hintExamples answers what hints are fitted on: where the gold has the value in other words only, or at a reader's choice, nothing is learnt.
func hintExamples(e *claim.Engine, sets []docSet, known *features) ([]hintExample, error) {
	var out []hintExample
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for _, set := range sets {
		for _, name := range sortedKeys(set.texts) {
			text, err := read.Read(context.Background(), read.Source{Name: name, Bytes: set.texts[name], Now: now})
			if err != nil {
				return nil, fmt.Errorf("read %s: %w", name, err)
			}
			hints, err := e.Hints(context.Background(), text)
			if err != nil {
				return nil, fmt.Errorf("hints of %s: %w", name, err)
			}
			for _, c := range hints {
				x := hintExample{set: set.name, document: name, target: c.Target, hint: c, gold: -1}
				skip := false
				for i, g := range set.gold {
					if g.Document != name || g.Predicate != string(c.Predicate) || !sameValue(g.Value, c.Value) {
						continue
					}
					if g.Optional || !sameWords(g.Quote, c.Sentence) {
						skip = true
						continue
					}
					x.good, x.gold = true, i
				}
				if skip && !x.good {
					continue
				}
				for _, f := range c.Hints {
					x.at = append(x.at, int32(known.number(c.Target+": "+f)))
				}
				slices.Sort(x.at)
				for _, k := range x.at {
					if n := len(x.times); n > 0 && x.once[n-1] == k {
						x.times[n-1]++
						continue
					}
					x.once, x.times = append(x.once, k), append(x.times, 1)
				}
				x.at = x.once
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
)

var ftrlL1, ftrlL2 = envF("L1", 1.0), envF("L2", 2.0)

func envF(n string, d float64) float64 {
	if v, err := strconv.ParseFloat(os.Getenv(n), 64); err == nil {
		return v
	}
	return d
}

func ftrl(examples []hintExample, n int) []float64 {
	z, squares, w := make([]float64, n), make([]float64, n), make([]float64, n)
	order := make([]int, len(examples))
	for i := range order {
		order[i] = i
	}
	r := rand.New(rand.NewPCG(7, 11))
	weight := func(k int32) float64 {
		if math.Abs(z[k]) <= ftrlL1 {
			return 0
		}
		s := ftrlL1
		if z[k] < 0 {
			s = -s
		}
		return -(z[k] - s) / ((ftrlBeta+math.Sqrt(squares[k]))/ftrlAlpha + ftrlL2)
	}
	for range ftrlRounds {
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			x := &examples[i]
			sum := 0.0
			for f, k := range x.at {
				w[k] = weight(k)
				sum += w[k] * x.times[f]
			}
			g := claim.Logistic(sum)
			if x.good {
				g--
			}
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

// tryHints measures on lots that are left out what hints find that no rule proposes.
func tryHints(shared, looks string) error {
	e, sets, err := engineAndSets(shared, looks)
	if err != nil {
		return err
	}
	known := features{index: map[string]int{}}
	all, err := hintExamples(e, sets, &known)
	if err != nil {
		return err
	}
	good := 0
	for _, x := range all {
		if x.good {
			good++
		}
	}
	fmt.Printf("%d sets, %d examples, %d good, %d features\n", len(sets), len(all), good, len(known.names))
	var lots []string
	for _, s := range sets {
		if strings.HasPrefix(s.name, "lot-") {
			lots = append(lots, s.name)
		}
	}
	const parts = 4
	levels := []float64{0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8}
	right, wrongs := make([]int, len(levels)), make([]int, len(levels))
	by := map[string][2]int{}
	possible, total := 0, 0
	for part := range parts {
		held := map[string]bool{}
		for i, l := range lots {
			held[l] = i%parts == part
		}
		var fit, test []hintExample
		for _, x := range all {
			if held[x.set] {
				test = append(test, x)
			} else {
				fit = append(fit, x)
			}
		}
		w := ftrl(fit, len(known.names))
		for _, s := range sets {
			if held[s.name] {
				for _, g := range s.gold {
					if !g.Optional {
						total++
					}
				}
			}
		}
		type key struct{ document, value string }
		best := map[key]hintExample{}
		score := map[key]float64{}
		can := map[string]bool{}
		for _, x := range test {
			if x.hint.ByRule {
				continue
			}
			sum := 0.0
			for f, k := range x.at {
				sum += w[k] * x.times[f]
			}
			k := key{x.document, x.target + x.hint.Value.Key()}
			if x.good {
				can[fmt.Sprint(x.set, x.gold)] = true
			}
			if old, ok := score[k]; !ok || sum > old {
				score[k], best[k] = sum, x
			}
		}
		possible += len(can)
		for k, x := range best {
			p := claim.Logistic(score[k])
			for i, l := range levels {
				if p >= l {
					if x.good {
						right[i]++
					} else {
						wrongs[i]++
					}
				}
			}
			if p >= 0.4 {
				b := by[x.target]
				if x.good {
					b[0]++
				} else {
					b[1]++
				}
				by[x.target] = b
			}
		}
	}
	fmt.Printf("gold of the lots %d; beyond the rules hints could find %d\n", total, possible)
	for i, l := range levels {
		fmt.Printf("from %.1f: %d right, %d wrong (%.2f)\n", l, right[i], wrongs[i], float64(right[i])/max(1, float64(right[i]+wrongs[i])))
	}
	for _, t := range sortedKeys(by) {
		fmt.Printf("  %s %d right %d wrong\n", t, by[t][0], by[t][1])
	}
	return nil
}

// fitHints fits the weights of hints. The engine's own are left out: what it proposes by hints is no rule's.
func fitHints(e *claim.Engine, sets []docSet) (map[string]float64, error) {
	e, err := withHints(e, nil)
	if err != nil {
		return nil, err
	}
	known := features{index: map[string]int{}}
	examples, err := hintExamples(e, sets, &known)
	if err != nil {
		return nil, err
	}
	out := map[string]float64{}
	for k, w := range ftrl(examples, len(known.names)) {
		if math.Abs(w) >= leastHint {
			out[known.names[k]] = w
		}
	}
	return out, nil
}

// leastHint is the weight below which a hint is left out of the file.
const leastHint = 0.02

func withHints(e *claim.Engine, hints map[string]float64) (*claim.Engine, error) {
	w, err := claim.NewHintWeights(hints)
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
		target, place, hint := claim.CutHint(name)
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
