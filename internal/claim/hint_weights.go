package claim

import (
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
)

// hintFile holds the weights of hints: target, place, hint, weight. `make train` writes it.
//
//go:embed hint.csv
var hintFile string

// hintPlace is where a hint stands to the mention that it speaks for.
type hintPlace uint8

const (
	hintAny    hintPlace = iota // anywhere in its sentence, but in the mention itself
	hintBefore                  // at most hintReach units before it
	hintAfter
	hintOwn  // in the mention
	hintText // of the sentence as a whole, and of the text
	hintPlaces
)

var hintPlaceNames = [hintPlaces]string{"any", "before", "after", "own", "text"}

// hintReach is how many units away a word still stands right before or behind a mention.
const hintReach = 3

// hintPosting is what a hint in a place adds for a target.
type hintPosting struct {
	target uint8
	place  hintPlace
	weight float32
}

// HintWeights are the weights of hints. The zero value knows none: then nothing is claimed by hints.
type HintWeights struct {
	row  map[string]int32 // of hints
	rows [][]hintPosting
	bias [32]float64 // of targets
}

// hintBias is the hint that always stands there.
const hintBias = "bias"

// ParseHintWeights reads weights. Errors name the line.
func ParseHintWeights(r io.Reader) (*HintWeights, error) {
	w := &HintWeights{row: map[string]int32{}}
	c := csv.NewReader(r)
	c.FieldsPerRecord = 4
	for first := true; ; first = false {
		f, err := c.Read()
		if errors.Is(err, io.EOF) {
			return w, nil
		}
		if err != nil {
			return nil, fmt.Errorf("weights of hints: %w: %w", err, contrechamp.ErrInvalid)
		}
		if first {
			continue
		}
		line, _ := c.FieldPos(0)
		x, err := strconv.ParseFloat(f[3], 64)
		if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
			return nil, fmt.Errorf("weights of hints:%d: %q is no weight: %w", line, f[3], contrechamp.ErrInvalid)
		}
		if err := w.add(f[0], f[1], f[2], x); err != nil {
			return nil, fmt.Errorf("weights of hints:%d: %w", line, err)
		}
	}
}

// NewHintWeights makes weights of features "target: place hint", as Hint has them.
func NewHintWeights(weights map[string]float64) (*HintWeights, error) {
	w := &HintWeights{row: map[string]int32{}}
	for name, x := range weights {
		target, place, hint := CutHint(name)
		if err := w.add(target, place, hint, x); err != nil {
			return nil, fmt.Errorf("%q: %w", name, err)
		}
	}
	return w, nil
}

// CutHint parts the name of a feature: target, place and hint.
func CutHint(name string) (target, place, hint string) {
	target, rest, _ := strings.Cut(name, ": ")
	place, hint, _ = strings.Cut(rest, " ")
	return target, place, hint
}

func (w *HintWeights) add(target, place, hint string, x float64) error {
	t := -1
	for i := range hintTargets {
		if hintTargets[i].name == target {
			t = i
		}
	}
	p := hintPlaces
	for i, name := range hintPlaceNames {
		if name == place {
			p = hintPlace(i)
		}
	}
	if t < 0 || p == hintPlaces {
		return fmt.Errorf("there is no target %q or no place %q: %w", target, place, contrechamp.ErrInvalid)
	}
	if hint == hintBias {
		w.bias[t] = x
		return nil
	}
	k, ok := w.row[hint]
	if !ok {
		k = int32(len(w.rows))
		w.row[hint] = k
		w.rows = append(w.rows, nil)
	}
	w.rows[k] = append(w.rows[k], hintPosting{uint8(t), p, float32(x)})
	return nil
}

// cuesOf answers the row of a hint, -1 for one that adds nothing.
func (w *HintWeights) cuesOf(hint string) int32 {
	if k, ok := w.row[hint]; ok {
		return k
	}
	return -1
}

// score answers the log-odds that unit u is the value of target t; u is -1 for the sentence.
func (w *HintWeights) score(c *hintList, t, u int) float64 {
	sum := w.bias[t] + c.any[t] + c.text[t]
	if u >= 0 {
		for n := max(0, u-hintReach); n < min(len(c.at), u+hintReach+1); n++ {
			place, sign := hintBefore, float32(1)
			switch {
			case n > u:
				place = hintAfter
			case n == u:
				place, sign = hintAny, -1 // a mention is no hint for itself
			}
			for _, k := range c.rows[c.at[n][0]:c.at[n][1]] {
				for _, p := range w.rows[k] {
					if p.place == place && int(p.target) == t {
						sum += float64(sign * p.weight)
					}
				}
			}
		}
		for _, k := range c.own(u) {
			for _, p := range w.rows[k] {
				if p.place == hintOwn && int(p.target) == t {
					sum += float64(p.weight)
				}
			}
		}
	}
	return sum
}
