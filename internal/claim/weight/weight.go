// Package weight reads the weights of the small models that claims are weighed by: files of named weights, one a line, that people can read.
package weight

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"

	contrechamp "contrechamp.org/contrechamp"
)

// Term is one feature of a proposed claim with what it adds to its log-odds.
type Term = contrechamp.Weight

// Known is the weight of a feature, and whether it has one.
type Known struct {
	Weight float64
	Known  bool
}

// Parse reads lines of feature and weight, a header first. Errors name the line.
func Parse(r io.Reader) (map[string]float64, error) {
	weights := map[string]float64{}
	err := Read(r, "weights", 1, func(f []string, w float64) error {
		if _, twice := weights[f[0]]; twice {
			return fmt.Errorf("the feature %q stands twice: %w", f[0], contrechamp.ErrInvalid)
		}
		weights[f[0]] = w
		return nil
	})
	if err != nil {
		return nil, err
	}
	return weights, nil
}

// Read reads lines of so many columns and a weight behind them, a header first, and hands each on. Errors say what they are weights of, and name
// the line.
func Read(r io.Reader, what string, columns int, add func(columns []string, weight float64) error) error {
	c := csv.NewReader(r)
	c.FieldsPerRecord = columns + 1
	for first := true; ; first = false {
		f, err := c.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w: %w", what, err, contrechamp.ErrInvalid)
		}
		if first {
			continue
		}
		line, _ := c.FieldPos(0)
		w, err := strconv.ParseFloat(f[columns], 64)
		if err != nil || math.IsNaN(w) || math.IsInf(w, 0) {
			return fmt.Errorf("%s:%d: %q is no weight: %w", what, line, f[columns], contrechamp.ErrInvalid)
		}
		if err := add(f[:columns], w); err != nil {
			return fmt.Errorf("%s:%d: %w", what, line, err)
		}
	}
}
