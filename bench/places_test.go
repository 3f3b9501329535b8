package main

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"contrechamp.org/contrechamp/internal/claim"
)

func TestPlacesX(t *testing.T) {
	if os.Getenv("PX") == "" {
		t.Skip()
	}
	os.Chdir("..")
	e, sets, err := engineAndSets("/work/shared", "/tmp/subj/looks.csv")
	if err != nil {
		t.Fatal(err)
	}
	js, err := judgeRuns(e, sets)
	if err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("PAGES"); dir != "" {
		set := docSet{name: "pages", texts: map[string][]byte{}}
		files, _ := os.ReadDir(dir)
		for _, f := range files {
			set.texts[f.Name()], _ = os.ReadFile(dir + "/" + f.Name())
		}
		more, err := judgeRuns(e, []docSet{set})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, j := range more {
			if j.verdict == right {
				n++
			}
		}
		fmt.Println(len(more), "runs of pages", n, "places")
		js = append(js, more...)
	}
	type row struct {
		p float64
		j judged
	}
	var rows []row
	for _, set := range sets {
		if !strings.HasPrefix(set.name, "lot") {
			continue
		}
		if os.Getenv("LIST") == "" {
			fmt.Print(".")
		}
		var train, test []judged
		for _, j := range js {
			if j.set == set.name {
				test = append(test, j)
			} else {
				train = append(train, j)
			}
		}
		m := claim.NewModel(fitHeld(train, 0, placePenalty))
		for _, j := range test {
			p, _ := m.Probability(j.Features)
			rows = append(rows, row{p, j})
		}
	}
	pos := 0
	for _, r := range rows {
		if r.j.verdict == right {
			pos++
		}
	}
	fmt.Println(len(rows), "runs", pos, "places")
	for _, th := range []float64{.3, .4, .5, .6, .7, .8} {
		tp, fp := 0, 0
		for _, r := range rows {
			if r.p >= th {
				if r.j.verdict == right {
					tp++
				} else {
					fp++
				}
			}
		}
		fmt.Printf("%.1f precision %.2f recall %.2f\n", th, float64(tp)/float64(tp+fp), float64(tp)/float64(pos))
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(b.p, a.p) })
	n := 0
	for _, r := range rows {
		if r.j.verdict != right && n < 70 && os.Getenv("LIST") != "" {
			n++
			var f []string
			for _, x := range r.j.Features {
				f = append(f, x.Feature)
			}
			fmt.Printf("FP %.2f %s | %s | %v\n", r.p, r.j.document, r.j.Claim.Rule, f[1:])
		}
	}
	n = 0
	for i := len(rows) - 1; i >= 0; i-- {
		r := rows[i]
		if r.j.verdict == right && n < 70 && os.Getenv("LIST") != "" {
			n++
			var f []string
			for _, x := range r.j.Features {
				f = append(f, x.Feature)
			}
			fmt.Printf("FN %.2f %s | %s | %v\n", r.p, r.j.document, r.j.Claim.Rule, f[1:])
		}
	}
}
