package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/read"
)

// speakerPenalty holds the weights of the choice of speakers down.
var speakerPenalty = 10.0

// saidGold is a claim of the gold with all whose words it may be.
type saidGold struct {
	set, document string
	gold          goldClaim
	tellers       []claim.Teller
	right         []bool
}

// saidIn are the gold's claims of sets.
func saidIn(e *claim.Engine, sets []docSet) ([]saidGold, error) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	var out []saidGold
	for _, set := range sets {
		for _, name := range sortedKeys(set.texts) {
			text, err := read.Read(context.Background(), read.Source{Name: name, Bytes: set.texts[name], Now: now})
			if err != nil {
				return nil, fmt.Errorf("read %s: %w", name, err)
			}
			var golds []goldClaim
			var passages []claim.Said
			for _, g := range set.gold {
				if g.Document != name {
					continue
				}
				from, to := findQuote(text.Body, g.Quote)
				if from < 0 {
					continue
				}
				golds = append(golds, g)
				passages = append(passages, claim.Said{Span: contrechamp.Span{Start: from, End: to}, Predicate: contrechamp.Predicate(g.Predicate), Values: valueNames(g.Value)})
			}
			tellers, err := e.Tellers(context.Background(), text, passages)
			if err != nil {
				return nil, err
			}
			for i, g := range golds {
				if len(tellers[i]) == 0 {
					continue
				}
				x := saidGold{set: set.name, document: name, gold: g, tellers: tellers[i]}
				want := foldAll(g.Speaker)
				for _, t := range tellers[i] {
					x.right = append(x.right, len(t.Names) == 0 && len(want) == 0 || len(t.Names) > 0 && meet(want, foldAll(t.Names)))
				}
				out = append(out, x)
			}
		}
	}
	return out, nil
}

// fitSpeakers fits the choice of whose words a claim is: those of the gold's speaker should weigh most (a conditional logit). Where nobody
// who may be chosen is the gold's speaker, nobody is the right choice.
func fitSpeakers(all []saidGold) map[string]float64 {
	known := features{index: map[string]int{}}
	rare := rareWords(all)
	var groups [][]option
	for _, x := range all {
		var options []option
		good := 0
		for i, t := range x.tellers {
			var o option
			if x.right[i] {
				o.worth = 1
				good++
			}
			for _, f := range t.Features {
				if !rare[f.Feature] {
					o.take(&known, []claim.Term{f})
				}
			}
			options = append(options, o)
		}
		if good > 0 && good < len(options) {
			groups = append(groups, options)
		}
	}
	w := choiceWeights(groups, known.names, speakerPenalty)
	w["nobody"] -= speakerLean
	return w
}

// speakerLean is how much less nobody weighs than it was fitted to: a speaker who is left out is as wrong as one who is made up, though most
// claims have none.
const speakerLean = 1.5

// fewestWords is how many of those who may be chosen stand beside a word that is weighed.
const fewestWords = 12

// rareWords are the words of few tellers: they are not weighed.
func rareWords(all []saidGold) map[string]bool {
	often := map[string]int{}
	for _, x := range all {
		for _, t := range x.tellers {
			for _, f := range t.Features {
				if claim.IsWordOfTeller(f.Feature) {
					often[f.Feature]++
				}
			}
		}
	}
	rare := map[string]bool{}
	for name, n := range often {
		if n < fewestWords {
			rare[name] = true
		}
	}
	return rare
}

// heardCounts counts choices.
type heardCounts struct {
	spoken, right         int // claims with a speaker in the gold, and those that got it
	missing, another, non int
	possible              int // one that can be chosen is right
	silent                int // claims without a speaker
}

func (c *heardCounts) count(x saidGold, chosen int) {
	if len(x.gold.Speaker) == 0 {
		c.silent++
		if len(x.tellers[chosen].Names) > 0 {
			c.non++
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
	case len(x.tellers[chosen].Names) == 0:
		c.missing++
	default:
		c.another++
	}
}

func (c heardCounts) String() string {
	return fmt.Sprintf("right %d of %d (%.3f; either %.3f), missing %d, another %d, none wanted %d of %d; possible %.3f", c.right, c.spoken, share(c.right, c.spoken), share(c.right, c.spoken+c.non), c.missing, c.another, c.non, c.silent, share(c.possible, c.spoken))
}

// heardNow measures the choice of speakers by rules, as the program does it, and by weights fitted on other sets.
func heardNow(shared, looks string, only, held []string) error {
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
	var rules, chosen heardCounts
	ways := map[string]int{}
	for _, x := range all {
		rule, now := 0, 0
		for i, t := range x.tellers {
			if t.Heard {
				rule = i
			}
			if t.Chosen {
				now = i
			}
		}
		rules.count(x, rule)
		chosen.count(x, now)
		for i, r := range x.right {
			if r && len(x.gold.Speaker) > 0 {
				ways["right is "+x.tellers[i].Way]++
				break
			}
		}
		switch {
		case x.right[rule]:
			ways["rule "+x.tellers[rule].Way+" right"]++
		default:
			ways["rule "+x.tellers[rule].Way+" wrong"]++
		}
	}
	for _, x := range all {
		if len(x.gold.Speaker) > 0 && !slices.Contains(x.right, true) && !slices.Contains(held, x.set) {
			fmt.Printf("I %s %s %s want %v of:", x.set, x.document, x.gold.Predicate, x.gold.Speaker)
			for _, t := range x.tellers[1:] {
				fmt.Printf(" | %s %v", t.Way, t.Names)
			}
			fmt.Printf(" || %s\n", squeeze(x.gold.Quote))
		}
	}
	fmt.Println("rules: ", rules)
	fmt.Println("chosen:", chosen)
	for _, k := range sortedKeys(ways) {
		fmt.Printf("   %5d %s\n", ways[k], k)
	}
	const parts = 5
	order := map[string]int{}
	for i, s := range sets {
		order[s.name] = i % parts
	}
	levels := []float64{-1, -.5, 0, .5}
	left := make([]heardCounts, len(levels))
	heldCounts := make([]heardCounts, len(levels))
	var heldRules heardCounts
	for part := range parts + 1 {
		var on []saidGold
		for _, x := range all {
			if order[x.set] != part && !slices.Contains(held, x.set) {
				on = append(on, x)
			}
		}
		w := fitSpeakers(on)
		if part == parts {
			for _, k := range sortedKeys(w) {
				fmt.Printf("W %.2f %s\n", w[k], k)
			}
		}
		for _, x := range all {
			for i, l := range levels {
				if part == parts && slices.Contains(held, x.set) {
					heldCounts[i].count(x, x.best(w, l))
					if l == 0 {
						b := x.best(w, l)
						r := "impossible"
						for i, ok := range x.right {
							if ok {
								r = x.tellers[i].Way
								if i == 0 {
									r = "nobody"
								}
								break
							}
						}
						c := x.tellers[b].Way
						if b == 0 {
							c = "nobody"
						}
						if !x.right[b] {
							fmt.Printf("H right is %s, chosen %s\n", r, c)
						} else {
							fmt.Printf("H ok %s\n", r)
						}
					}
				} else if order[x.set] == part && strings.HasPrefix(x.set, "lot-") && !slices.Contains(held, x.set) {
					left[i].count(x, x.best(w, l))
					if b := x.best(w, l); l == 0 && !x.right[b] {
						r := "impossible"
						n := []string{}
						for i, ok := range x.right {
							if ok {
								r, n = x.tellers[i].Way, x.tellers[i].Names
								if i == 0 {
									r = "nobody"
								}
								break
							}
						}
						c := x.tellers[b].Way
						if b == 0 {
							c = "nobody"
						}
						fmt.Printf("L %s %s right is %s, chosen %s: %s %v want %v not %v || %s\n", x.set, x.document, r, c, x.gold.Predicate, n, x.gold.Speaker, x.tellers[b].Names, squeeze(x.gold.Quote))
					}
				}
			}
			if part == parts && slices.Contains(held, x.set) {
				rule := 0
				for i, t := range x.tellers {
					if t.Heard {
						rule = i
					}
				}
				heldRules.count(x, rule)
			}
		}
	}
	for i, l := range levels {
		fmt.Println("left out:", l, left[i])
	}
	fmt.Println("held rules:", heldRules)
	for i, l := range levels {
		fmt.Println("held:", l, heldCounts[i])
	}
	return nil
}

// best is the likeliest by weights.
func (x saidGold) best(w map[string]float64, less float64) int {
	best, most := 0, 0.0
	for i, t := range x.tellers {
		sum := 0.0
		for _, f := range t.Features {
			sum += w[f.Feature]
		}
		if i == 0 {
			sum -= less
		}
		if i == 0 || sum > most {
			best, most = i, sum
		}
	}
	return best
}
