package main

import (
	"bytes"
	"fmt"
	"os"
	"slices"

	"contrechamp.org/contrechamp"
)

// secondFile holds what a second reader wrote as the gold of some texts of the lots, without having seen the first's.
const secondFile = "testdata/lots/second.jsonl"

// secondReader says how far two readers agree who know the same rules: nothing that proposes claims can be expected to agree with a gold
// more than the next reader does. Claims that a gold calls optional cost neither reader anything.
func secondReader(w *bytes.Buffer, file string, sets []docSet) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	second, err := parseGold(b)
	if err != nil {
		return fmt.Errorf("read %s: %w", file, err)
	}
	a := agreementOf(second, sets)
	if a.texts == 0 {
		return fmt.Errorf("%s: none of its texts is in a lot that was opened", file)
	}
	fmt.Fprintf(w, `
## How far two readers agree

A second reader wrote the gold of %d texts of the lots from the same rules, without seeing the first's. Of the %d claims that the second held
to be core, %.0f in 100 are in the first's gold (core or optional); of the first's %d core claims the second has %.0f in 100. Where both have a claim that
either gives a speaker, they name the same one in %.0f of 100. So the gold is no matter of taste but for speakers; yet both readers are of one
kind and read the same rules, and people of other habits would agree less.
`, a.texts, a.core, 100*share(a.backed, a.core), a.gold, 100*share(a.found, a.gold), 100*share(a.sameSpeaker, a.spoken))
	return nil
}

// agreement counts what a second reader and the gold have in common.
type agreement struct {
	texts        int
	core, backed int // claims of the second, and those that the gold has
	gold, found  int // core claims of the gold, and those that the second has
	spoken       int // claims of both that either gives a speaker
	sameSpeaker  int
}

func agreementOf(second []goldClaim, sets []docSet) (a agreement) {
	for _, set := range sets {
		for _, name := range sortedKeys(set.texts) {
			var own []goldClaim
			for _, g := range second {
				if g.Document == name {
					own = append(own, g)
				}
			}
			if len(own) == 0 {
				continue
			}
			a.texts++
			for _, g := range set.gold {
				if g.Document != name {
					continue
				}
				with := -1
				for i, s := range own {
					if sameGold(g, s) && (with < 0 || own[with].Optional && !s.Optional) {
						with = i
					}
				}
				if g.Optional {
					continue
				}
				a.gold++
				if with < 0 {
					continue
				}
				a.found++
				if s := own[with]; len(g.Speaker)+len(s.Speaker) > 0 {
					a.spoken++
					if meet(foldAll(g.Speaker), foldAll(s.Speaker)) {
						a.sameSpeaker++
					}
				}
			}
			for _, s := range own {
				if s.Optional {
					continue
				}
				a.core++
				if slices.ContainsFunc(set.gold, func(g goldClaim) bool { return g.Document == name && sameGold(g, s) }) {
					a.backed++
				}
			}
		}
	}
	return a
}

// sameGold reports whether two readers' claims are one, by the rules that the program's are compared by.
func sameGold(g, s goldClaim) bool {
	if g.Predicate != s.Predicate || (g.Modality == "denied") != (s.Modality == "denied") || !meet(foldAll(g.About), foldAll(s.About)) {
		return false
	}
	if g.Value["entity"] != nil {
		return s.Value["entity"] != nil && meet(foldAll(valueNames(g.Value)), foldAll(valueNames(s.Value)))
	}
	return sameValue(g.Value, quantityOf(s.Value))
}

// quantityOf is a gold's number or date as a claim has it.
func quantityOf(v map[string]any) (out contrechamp.Value) {
	out.Number, _ = v["number"].(float64)
	out.Unit, _ = v["unit"].(string)
	if d, ok := v["date"].(string); ok {
		out.Date, _ = contrechamp.ParseDate(d) // what is no date has the zero date, which equals none
	}
	return out
}
