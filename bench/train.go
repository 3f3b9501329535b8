package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"contrechamp.org/contrechamp/internal/claim"
)

// Training settings. The penalty keeps the weights of rare features near nothing: a rule that fired three times says little.
const (
	rounds  = 3000
	rate    = 0.4
	penalty = 1.5
	// seenDiscount is how much a claim of seeds, dev and the bulletins weighs against one of a lot: the rules were made
	// on them for longest.
	seenDiscount = 0.5
)

// train fits the weights of the confidence on all known sets, shows how they do on each lot when it is left out, and
// writes them.
func train(shared, looks, rulesFile, out string) error {
	e, err := newEngine()
	if err != nil {
		return err
	}
	sets, err := knownDocs(shared, looks)
	if err != nil {
		return err
	}
	record, err := ruleRecord(rulesFile)
	if err != nil {
		return err
	}
	var all []judged
	for _, set := range sets {
		js, err := judge(e, set, 0)
		if err != nil {
			return err
		}
		all = append(all, js...)
	}
	shift := unseenShift(all, record)
	fmt.Printf("%d candidates; on a first look claims were right less often than on texts already learnt from: shift %.2f\n", len(all), shift)
	for _, set := range sets {
		if !strings.HasPrefix(set.name, "lot-") {
			continue
		}
		w := fit(slices.DeleteFunc(slices.Clone(all), func(j judged) bool { return j.set == set.name }), shift)
		report(set.name+" left out", all, w, func(j judged) bool { return j.set == set.name })
	}
	w := fit(all, shift)
	report("all (seen)", all, w, func(judged) bool { return true })
	return writeWeights(out, w)
}

// ruleRecord reads how often each rule was right and wrong on first looks.
func ruleRecord(file string) (map[string][2]float64, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	out := map[string][2]float64{}
	for _, r := range rows[min(1, len(rows)):] {
		if len(r) != 5 {
			return nil, fmt.Errorf("%s: a line has %d fields, not 5", file, len(r))
		}
		x := out[r[1]]
		for i, field := range [2]string{r[2], r[3]} {
			n, err := strconv.ParseFloat(field, 64)
			if err != nil {
				return nil, fmt.Errorf("%s: %q is no count", file, field)
			}
			x[i] += n
		}
		out[r[1]] = x
	}
	return out, nil
}

// unseenShift is the difference of log-odds between how often claims of the lots were right at their first look and how
// often they are right now that the lots were learnt from. A new document is a first look.
func unseenShift(all []judged, record map[string][2]float64) float64 {
	var then, now [2]float64
	for _, x := range record {
		then[0] += x[0]
		then[1] += x[1]
	}
	for _, j := range all {
		if !strings.HasPrefix(j.set, "lot-") {
			continue
		}
		switch j.verdict {
		case right:
			now[0]++
		case wrong:
			now[1]++
		}
	}
	if then[0] == 0 || then[1] == 0 || now[0] == 0 || now[1] == 0 {
		return 0
	}
	return math.Log(then[0]/then[1]) - math.Log(now[0]/now[1])
}

// fit is logistic regression by gradient descent, with the squares of the weights held down (but the bias's). The bias is
// moved by shift at the end.
func fit(js []judged, shift float64) map[string]float64 {
	w := map[string]float64{"prior": 0.5}
	var n float64
	weight := func(j judged) float64 {
		if strings.HasPrefix(j.set, "lot-") {
			return 1
		}
		return seenDiscount
	}
	for _, j := range js {
		if j.verdict != again {
			n += weight(j)
		}
	}
	if n == 0 {
		return w
	}
	for round := 0; round < rounds; round++ {
		gradient := map[string]float64{}
		for i := range js {
			j := &js[i]
			if j.verdict == again {
				continue
			}
			sum := 0.0
			for _, f := range j.Features {
				sum += w[f.Feature] * f.Value
			}
			y := 0.0
			if j.verdict != wrong {
				y = 1
			}
			miss := (claim.Logistic(sum) - y) * weight(*j)
			for _, f := range j.Features {
				gradient[f.Feature] += miss * f.Value
			}
		}
		for f, g := range gradient {
			if f != "bias" {
				g += penalty * w[f]
			}
			w[f] -= rate * g / n
		}
	}
	w["bias"] += shift
	return w
}

// report prints how weights do on the judged claims that keep chooses.
func report(name string, js []judged, w map[string]float64, keep func(judged) bool) {
	var ok, bad, sureOK, sureBad, brier, n float64
	for _, j := range js {
		if !keep(j) || j.verdict == again {
			continue
		}
		sum := 0.0
		for _, f := range j.Features {
			sum += w[f.Feature] * f.Value
		}
		p := claim.Logistic(sum)
		y := 0.0
		if j.verdict != wrong {
			y = 1
		}
		brier += (p - y) * (p - y)
		n++
		if p < claim.Least {
			continue
		}
		switch j.verdict {
		case right:
			ok++
			if p >= claim.Sure {
				sureOK++
			}
		case wrong:
			bad++
			if p >= claim.Sure {
				sureBad++
			}
		}
	}
	fmt.Printf("%-20s proposed %3.0f right %3.0f wrong (%.2f), confident %3.0f right %2.0f wrong (%.2f), Brier %.3f\n", name, ok, bad, ok/max(ok+bad, 1),
		sureOK, sureBad, sureOK/max(sureOK+sureBad, 1), brier/max(n, 1))
}

// writeWeights writes the weights, strongest groups together, for people to read.
func writeWeights(file string, w map[string]float64) error {
	names := make([]string, 0, len(w))
	for f, x := range w {
		if math.Abs(x) >= 0.005 {
			names = append(names, f)
		}
	}
	slices.Sort(names)
	var b bytes.Buffer
	c := csv.NewWriter(&b)
	if err := c.Write([]string{"feature", "weight"}); err != nil {
		return err
	}
	for _, f := range names {
		if err := c.Write([]string{f, strconv.FormatFloat(w[f], 'f', 3, 64)}); err != nil {
			return err
		}
	}
	c.Flush()
	if err := c.Error(); err != nil {
		return err
	}
	return os.WriteFile(file, b.Bytes(), 0o644)
}
