package main

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/claim/weigh"
)

// How sure the program is of what published documents say, and how often it is right. The documents are other people's and are not kept; what stays is
// how many claims of each log-odds were right, by weights that were fitted on other texts, so that `make train` can bring the confidence down to what it
// proves on them.

// worldConfidence is where that is kept.
const worldConfidence = "docs/world-confidence.csv"

// oddsStep is how fine the log-odds are told apart.
const oddsStep = 0.25

// leastRecorded are log-odds below which nobody wants to know: one in eight.
const leastRecorded = -2

// oddsCount is how many claims of such log-odds, before any difference to texts that nobody learnt from, were right and wrong.
type oddsCount struct{ from, right, wrong float64 }

// recordPublished counts the candidates of sets of published documents by their log-odds, and writes the counts.
func recordPublished(files []string, file string) error {
	e, err := newEngine()
	if err != nil {
		return err
	}
	counts := map[float64]*oddsCount{}
	for _, name := range files {
		set, err := zipSet(name)
		if err != nil {
			return err
		}
		js, err := judge(e, set, true)
		if err != nil {
			return err
		}
		for _, j := range js {
			if !j.verdict.counts() || j.Claim.Confidence <= 0 || j.Claim.Confidence >= 1 {
				continue
			}
			from := math.Floor((logOdds(j.Claim.Confidence)-unseenOf(j.Candidate))/oddsStep) * oddsStep
			x := counts[from]
			if x == nil {
				x = &oddsCount{from: from}
				counts[from] = x
			}
			if j.verdict == wrong {
				x.wrong++
			} else {
				x.right++
			}
		}
	}
	var b bytes.Buffer
	fmt.Fprintln(&b, "from,right,wrong")
	var list []*oddsCount
	for _, x := range counts {
		list = append(list, x)
	}
	slices.SortFunc(list, func(a, b *oddsCount) int { return int(math.Copysign(1, a.from-b.from)) })
	for _, x := range list {
		if x.from < leastRecorded {
			continue
		}
		fmt.Fprintf(&b, "%.2f,%.0f,%.0f\n", x.from, x.right, x.wrong)
	}
	return os.WriteFile(file, b.Bytes(), 0o644)
}

// unseenOf is what the difference to texts that nobody learnt from added to a candidate.
func unseenOf(c claim.Candidate) float64 {
	for _, t := range c.Features {
		if t.Feature == weigh.Unseen {
			return t.Adds
		}
	}
	return 0
}

func logOdds(p float64) float64 { return math.Log(p / (1 - p)) }

// readPublished reads the counts, none where there is no such file.
func readPublished(file string) ([]oddsCount, error) {
	rows, err := csvRows(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []oddsCount
	for _, r := range rows[min(1, len(rows)):] {
		var x oddsCount
		if len(r) != 3 {
			return nil, fmt.Errorf("%s: a line has %d fields, not 3: %w", file, len(r), contrechamp.ErrInvalid)
		}
		for i, to := range [...]*float64{&x.from, &x.right, &x.wrong} {
			if *to, err = strconv.ParseFloat(r[i], 64); err != nil {
				return nil, fmt.Errorf("%s: %q is no number: %w", file, r[i], contrechamp.ErrInvalid)
			}
		}
		out = append(out, x)
	}
	return out, nil
}

// publishedShift is what added to the log-odds of those that would be proposed makes them most likely where so many of each were right: the one place
// where the sum of what is expected is the sum of what was right, found by halving.
func publishedShift(counts []oddsCount) float64 {
	counts = slices.DeleteFunc(slices.Clone(counts), func(x oddsCount) bool { return x.from < logOdds(claim.Least) })
	if len(counts) == 0 {
		return 0
	}
	tooMany := func(shift float64) bool {
		sum := 0.0
		for _, x := range counts {
			sum += (x.right+x.wrong)*weigh.Logistic(x.from+oddsStep/2+shift) - x.right
		}
		return sum > 0
	}
	low, high := -10.0, 10.0
	for range 60 {
		if middle := (low + high) / 2; tooMany(middle) {
			high = middle
		} else {
			low = middle
		}
	}
	return math.Round((low+high)/2*100) / 100
}

// toPublished is what is added to the log-odds of every claim for what published documents show: nothing is made surer.
func toPublished(file string) (float64, error) {
	counts, err := readPublished(file)
	if err != nil {
		return 0, err
	}
	return min(0, publishedShift(counts)), nil
}
