package main

import (
	"fmt"
	"slices"

	"contrechamp.org/contrechamp/internal/claim"
)

// heardCounts counts of whom the gold's claims are heard: with a speaker in the gold, right, with none heard, with another heard, and one that
// could have been chosen; without one, and with one heard nevertheless.
type heardCounts struct {
	spoken, right, missing, another, possible int
	silent, none                              int
}

// count counts one claim of the gold.
func (c *heardCounts) count(x saidGold, chosen int) {
	if len(x.gold.Speaker) == 0 {
		c.silent++
		if chosen > 0 {
			c.none++
		}
		return
	}
	c.spoken++
	if slices.Contains(x.right, true) {
		c.possible++
	}
	switch {
	case x.right[chosen]:
		c.right++
	case chosen == 0:
		c.missing++
	default:
		c.another++
	}
}

func (c heardCounts) String() string {
	return fmt.Sprintf("right %d of %d (%.3f; %.3f where either names one), missing %d, another %d, none wanted %d of %d; could be right %.3f",
		c.right, c.spoken, share(c.right, c.spoken), share(c.right, c.spoken+c.none), c.missing, c.another, c.none, c.silent, share(c.possible, c.spoken))
}

// heard counts, in the words of the gold of some sets, whom the rules hear, who is chosen by the program's weights, and, by how the rules heard
// the chosen, how many are right. It names no text, so that sets that nobody may read can be counted.
func heard(shared, looks string, only []string) error {
	e, sets, err := engineAndSets(shared, looks)
	if err != nil {
		return err
	}
	if len(only) > 0 {
		sets = slices.DeleteFunc(sets, func(s docSet) bool { return !slices.Contains(only, s.name) })
	}
	all, err := saidIn(e, sets)
	if err != nil {
		return err
	}
	var rules, now heardCounts
	ways := map[string][2]int{}
	for _, x := range all {
		rule := max(0, slices.IndexFunc(x.tellers, func(t claim.Teller) bool { return t.Heard }))
		chosen := slices.IndexFunc(x.tellers, func(t claim.Teller) bool { return t.Chosen })
		rules.count(x, rule)
		now.count(x, chosen)
		way := ways[x.tellers[chosen].Way]
		if x.right[chosen] {
			way[0]++
		} else {
			way[1]++
		}
		ways[x.tellers[chosen].Way] = way
	}
	fmt.Println("rules: ", rules)
	fmt.Println("chosen:", now)
	for _, k := range sortedKeys(ways) {
		fmt.Printf("  %5d right %5d wrong: %s\n", ways[k][0], ways[k][1], k)
	}
	return nil
}
