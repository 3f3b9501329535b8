package main

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/read"
)

// cueExample is a mention with its cues, and whether the gold has it as the value of its target's predicate.
type cueExample struct {
	set, document string
	target        string
	cue           claim.Cue
	at            []int32
	good          bool
	gold          int // the claim of the gold, -1 where there is none
}

// cueExamples answers what cues are fitted on: where the gold has the value in other words only, or at a reader's choice, nothing is learnt.
func cueExamples(e *claim.Engine, sets []docSet, known *features) ([]cueExample, error) {
	var out []cueExample
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for _, set := range sets {
		for _, name := range sortedKeys(set.texts) {
			text, err := read.Read(context.Background(), read.Source{Name: name, Bytes: set.texts[name], Now: now})
			if err != nil {
				return nil, fmt.Errorf("read %s: %w", name, err)
			}
			cues, err := e.Cues(context.Background(), text)
			if err != nil {
				return nil, fmt.Errorf("cues of %s: %w", name, err)
			}
			for _, c := range cues {
				x := cueExample{set: set.name, document: name, target: c.Target, cue: c, gold: -1}
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
				for _, f := range c.Cues {
					x.at = append(x.at, int32(known.number(c.Target+" "+f)))
				}
				x.at = append(x.at, int32(known.number(c.Target+" bias")))
				slices.Sort(x.at)
				x.at = slices.Compact(x.at)
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

var ftrlL1, ftrlL2 = 1.0, 2.0

func ftrl(examples []cueExample, n int) []float64 {
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
			for _, k := range x.at {
				w[k] = weight(k)
				sum += w[k]
			}
			g := claim.Logistic(sum)
			if x.good {
				g--
			}
			for _, k := range x.at {
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

// tryCues measures on lots that are left out what cues find that no rule proposes.
func tryCues(shared, looks string) error {
	e, sets, err := engineAndSets(shared, looks)
	if err != nil {
		return err
	}
	known := features{index: map[string]int{}}
	all, err := cueExamples(e, sets, &known)
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
		var fit, test []cueExample
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
		best := map[key]cueExample{}
		score := map[key]float64{}
		can := map[string]bool{}
		for _, x := range test {
			if x.cue.ByRule {
				continue
			}
			sum := 0.0
			for _, k := range x.at {
				sum += w[k]
			}
			k := key{x.document, x.target + x.cue.Value.Key()}
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
	fmt.Printf("gold of the lots %d; beyond the rules cues could find %d\n", total, possible)
	for i, l := range levels {
		fmt.Printf("from %.1f: %d right, %d wrong (%.2f)\n", l, right[i], wrongs[i], float64(right[i])/max(1, float64(right[i]+wrongs[i])))
	}
	for _, t := range sortedKeys(by) {
		fmt.Printf("  %s %d right %d wrong\n", t, by[t][0], by[t][1])
	}
	return nil
}
