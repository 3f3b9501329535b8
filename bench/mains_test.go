package main

import (
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"context"
	"time"

	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/read"
)

func TestMainsX(t *testing.T) {
	if os.Getenv("PX") == "" {
		t.Skip()
	}
	os.Chdir("..")
	e, sets, err := engineAndSets("/work/shared", "/tmp/subj/looks.csv")
	if err != nil {
		t.Fatal(err)
	}
	total := map[string][3]int{}
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for _, set := range sets {
		if !strings.HasPrefix(set.name, "lot") && set.name != "dev" {
			continue
		}
		rest := slices.DeleteFunc(slices.Clone(sets), func(s docSet) bool { return s.name == set.name })
		w, err := fitPlaces(e, rest)
		if err != nil {
			t.Fatal(err)
		}
		e := e.WithPlaces(claim.NewModel(w))
		m, err := fitMains(e, rest)
		if err != nil {
			t.Fatal(err)
		}
		model := claim.NewModel(m)
		for _, v := range []struct {
			swap string
			seed uint64
		}{{"", 0}, {"others", 1}, {"unknown", 1}, {"unknown", 2}} {
			tried, _ := changed([]docSet{set}, v.swap, v.seed)
			for _, s := range tried {
				for _, name := range sortedKeys(s.texts) {
					text, _ := read.Read(context.Background(), read.Source{Name: name, Bytes: s.texts[name], Now: now})
					cs, err := e.Mains(context.Background(), text)
					if err != nil {
						t.Fatal(err)
					}
					gold, _ := goldSubjects(s, name)
					if len(gold) == 0 {
						continue
					}
					most, best, top := 0, -1, math.Inf(-1)
					for i, c := range cs {
						most = max(most, aboutShared(s, name, c.Names))
						p, _ := model.Probability(c.Features)
						if x := math.Log(p / (1 - p)); x > top {
							top, best = x, i
						}
					}
					for _, c := range cs {
						for _, f := range c.Features {
							if f.Feature == "by its score" && most > 0 && 2*aboutShared(s, name, c.Names) >= most {
								y := total["old "+v.swap]
								y[0]++
								total["old "+v.swap] = y
							}
						}
					}
					x := total[v.swap]
					x[2]++
					if most > 0 {
						x[1]++
					}
					if best >= 0 && most > 0 && 2*aboutShared(s, name, cs[best].Names) >= most {
						x[0]++
					} else if os.Getenv("LIST") != "" {
						names := []string{}
						if best >= 0 {
							names = cs[best].Names
						}
						fmt.Println(v.swap, name, names, "gold", gold.String())
						if os.Getenv("LIST") == "2" {
							for i, c := range cs {
								if i == best || aboutShared(s, name, c.Names) == most && most > 0 {
									p, terms := model.Probability(c.Features)
									fmt.Printf("    %v %.2f", c.Names[0], math.Log(p/(1-p)))
									for _, t := range terms[:min(14, len(terms))] {
										fmt.Printf(" %s %.2f;", t.Feature, t.Adds)
									}
									fmt.Println()
								}
							}
						}
					}
					total[v.swap] = x
				}
			}
		}
	}
	fmt.Println(total)
}
