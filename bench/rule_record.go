package main

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strconv"

	"contrechamp.org/contrechamp"
)

// ruleRecord reads how often each rule was right and wrong on first looks.
func ruleRecord(file string) (map[string][2]float64, error) {
	rows, err := csvRows(file)
	if err != nil {
		return nil, err
	}
	out := map[string][2]float64{}
	for _, r := range rows[min(1, len(rows)):] {
		if len(r) != 5 {
			return nil, fmt.Errorf("%s: a line has %d fields, not 5: %w", file, len(r), contrechamp.ErrInvalid)
		}
		x := out[r[1]]
		for i, field := range [2]string{r[2], r[3]} {
			n, err := strconv.ParseFloat(field, 64)
			if err != nil {
				return nil, fmt.Errorf("%s: %q is no count: %w", file, field, contrechamp.ErrInvalid)
			}
			x[i] += n
		}
		out[r[1]] = x
	}
	return out, nil
}

// recordRules writes what each rule did on a lot behind the others in the record: to be called after its first look, before
// anything is learnt from it.
func recordRules(shared, looks, file, lot string) error {
	sets, err := knownDocs(shared, looks)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(sets, func(s docSet) bool { return s.name == lot })
	if i < 0 {
		return fmt.Errorf("%s has had no first look: %w", lot, contrechamp.ErrNotFound)
	}
	old, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if bytes.Contains(old, []byte("\n"+lot+",")) {
		return fmt.Errorf("the record has %s already: %w", lot, contrechamp.ErrConflict)
	}
	e, err := newEngine()
	if err != nil {
		return err
	}
	js, err := judge(e, sets[i], false)
	if err != nil {
		return err
	}
	counts := map[string][3]int{}
	for _, j := range js {
		x := counts[j.Claim.Rule]
		switch j.verdict {
		case right:
			x[0]++
		case wrong:
			x[1]++
		case optional:
			x[2]++
		}
		counts[j.Claim.Rule] = x
	}
	for _, r := range sortedKeys(counts) {
		old = fmt.Appendf(old, "%s,%s,%d,%d,%d\n", lot, r, counts[r][0], counts[r][1], counts[r][2])
	}
	return os.WriteFile(file, old, 0o644)
}
