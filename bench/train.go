package main

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/claim/weigh"
)

// Training settings. The penalty keeps the weights of rare features near nothing: a rule that fired three times says little.
const (
	rounds = 600
	rate   = 0.3
	// neutralDiscount is how much a claim of a neutral sentence weighs against one of a lot. It was raised with the number of lots (from 0.36
	// with twelve), so that they hold as much against all lots together.
	neutralDiscount = 4
	// counterpartWeight is how much a claim of a counterpart of a real text weighs against one of another lot: there are few of them, and they are what
	// users feed.
	counterpartWeight = 3
	// languagePenalty is how much more a language's weight is held down than others: a language has few documents, and what goes wrong in
	// one of them says little of the language.
	languagePenalty = 10
)

// train fits the weights of the confidence on all known sets, shows how they do on lots that are left out, and
// writes them into a folder. Some sets may be left out together.
func train(shared, looks, rulesFile, weights string, quick, dry, fitOnly bool, together []string, swap string) error {
	f, err := fittingOn(shared, looks, rulesFile)
	if err != nil {
		return err
	}
	e, sets := f.engine, f.sets
	// what is measured on: the sets, or the same with other towns
	var tried [][]docSet
	if swap == "" {
		tried = append(tried, sets)
	} else if !dry {
		return fmt.Errorf("weights are fitted on the sets as they are: --swap wants --dry: %w", contrechamp.ErrInvalid)
	}
	for seed := uint64(1); swap != "" && seed <= swaps; seed++ {
		other, err := changed(sets, swap, seed)
		if err != nil {
			return err
		}
		tried = append(tried, other)
	}
	var pooled [len(levels)]tally
	leave := func(names ...string) error {
		with, err := f.without(names)
		if err != nil {
			return err
		}
		for i, sets := range tried {
			if i > 0 || swap != "" {
				t, err := tallyOf(with, sets, names)
				if err != nil {
					return err
				}
				for i := range t {
					pooled[i].add(t[i])
				}
				continue
			}
			if err := report(strings.Join(names, " ")+" left out", with, sets, names); err != nil {
				return err
			}
			t, err := tallyOf(with, sets, names)
			if err != nil {
				return err
			}
			for i := range t {
				pooled[i].add(t[i])
			}
		}
		return nil
	}
	if !quick && !fitOnly {
		for _, group := range lotGroups(sets) {
			if err := leave(group...); err != nil {
				return err
			}
		}
		fmt.Printf("each lot left out once, %d at a time, all together:\n", groupOfLots)
		for i, least := range levels {
			t := pooled[i]
			fmt.Printf("  from %.1f: precision %.3f recall %.3f (%d right, %d wrong of %d)\n", least, t.precision(), t.recall(), t.found, t.wrong, t.gold)
		}
	}
	if swap != "" {
		return nil
	}
	groups := [][]string{{"lot-05", "lot-06", "lot-07"}, {"lot-01", "lot-02", "lot-03", "lot-04"}}
	if len(together) > 0 {
		groups = [][]string{together}
	}
	for _, names := range groups {
		if fitOnly {
			break
		}
		if err := leave(names...); err != nil {
			return err
		}
	}
	if dry {
		return nil
	}
	m, err := fitAll(e, sets, f.record)
	if err != nil {
		return err
	}
	var names []string
	for _, set := range sets {
		names = append(names, set.name)
	}
	with, err := m.on(e)
	if err != nil {
		return err
	}
	if err := report("all (seen)", with, sets, names); err != nil {
		return err
	}
	if err := writeHints(filepath.Join(weights, "hint/hint.csv"), m.hints); err != nil {
		return err
	}
	for name, w := range map[string]map[string]float64{"weigh/confidence.csv": m.confidence, "weigh/peer.csv": m.peers, "subject/subject.csv": m.subjects, "naming/place.csv": m.places, "subject/main.csv": m.mains, "subject/alongside.csv": m.alongside, "weigh/polarity.csv": m.polarity, "weigh/planned.csv": m.plans, "speech/speaker.csv": m.speakers} {
		if err := writeWeights(filepath.Join(weights, name), w); err != nil {
			return err
		}
	}
	return nil
}

// swaps is how often the towns are drawn again.
const swaps = 3

// levels are the confidences from which claims are counted.
var levels = [...]float64{0.2, 0.3, 0.4, claim.Least, 0.6, claim.Sure}

// tallyOf counts what an engine proposes on some sets, from each level.
func tallyOf(e *claim.Engine, sets []docSet, on []string) (t [len(levels)]tally, err error) {
	for _, set := range sets {
		if !slices.Contains(on, set.name) {
			continue
		}
		js, err := judge(e, set, true)
		if err != nil {
			return t, err
		}
		for i, least := range levels {
			for _, g := range set.gold {
				if !g.Optional {
					t[i].gold++
				}
			}
			used := map[int]bool{}
			by := map[string]tally{}
			for _, j := range js {
				if j.Claim.Confidence >= least {
					j.verdict, j.gold = verdictOf(j.document, j.Claim, set.gold, used)
					t[i].add(j.tally(set))
					x := by[j.document]
					x.add(j.tally(set))
					by[j.document] = x
				}
			}
			if os.Getenv("DOCS") != "" && least == claim.Least {
				for _, n := range sortedKeys(by) {
					fmt.Printf("DOC %s %d %d\n", n, by[n].found, by[n].wrong)
				}
			}
		}
	}
	return t, nil
}

// models are the weights of all models.
type models struct{ confidence, peers, subjects, places, mains, alongside, hints, polarity, plans, speakers map[string]float64 }

// on answers an engine that weighs by the models.
func (m models) on(e *claim.Engine) (*claim.Engine, error) {
	e, err := withHints(e, m.hints)
	if err != nil {
		return nil, err
	}
	peers, err := weigh.NewPeerModel(m.peers)
	if err != nil {
		return nil, err
	}
	return e.WithPeers(peers).WithPlaces(m.places).WithMains(m.mains, m.alongside).WithPolarity(m.polarity).WithPlans(m.plans).WithSpeakers(m.speakers).WithConfidence(m.confidence).WithSubjects(m.subjects), nil
}

// report prints how an engine does on some sets.
func report(name string, e *claim.Engine, sets []docSet, on []string) error {
	var t tally
	var brier, n float64
	curve := []float64{0.2, 0.3, 0.4, 0.5, 0.6, 0.7}
	curved := make([]tally, len(curve))
	by := map[string]tally{}
	var everything []judged
	var choice [3]int
	var fixed [2]int
	for _, set := range sets {
		if !slices.Contains(on, set.name) {
			continue
		}
		for _, g := range set.gold {
			if !g.Optional {
				t.gold++
			}
		}
		js, err := judge(e, set, true)
		if err != nil {
			return err
		}
		everything = append(everything, judgedAnew(js, set.gold)...)
		for i, least := range curve {
			used := map[int]bool{}
			for _, j := range js {
				if j.Claim.Confidence >= least {
					j.verdict, j.gold = verdictOf(j.document, j.Claim, set.gold, used)
					curved[i].add(j.tally(set))
				}
			}
		}
		js = judgedFrom(js, set)
		for _, g := range set.gold {
			if !g.Optional {
				x := by[g.Predicate]
				x.gold++
				by[g.Predicate] = x
			}
		}
		for _, j := range js {
			x := by[string(j.Claim.Predicate)]
			x.add(j.tally(set))
			by[string(j.Claim.Predicate)] = x
		}
		for _, j := range js {
			about := map[string]bool{}
			for _, g := range set.gold {
				if g.Document == j.document && g.Predicate == string(j.Claim.Predicate) && sameValue(g.Value, j.Claim.Value) {
					for n := range foldAll(g.About) {
						about[n] = true
					}
				}
			}
			if len(about) == 0 {
				continue
			}
			ok, can := meet(about, foldAll(aboutNames(j.Claim))), false
			for _, c := range j.Choices {
				can = can || meet(about, foldAll(append([]string{c.Entity.ID}, c.Entity.Names...)))
			}
			if len(j.Choices) > 0 {
				choice[0]++
				if can {
					choice[1]++
				}
				if ok {
					choice[2]++
				}
			} else {
				fixed[0]++
				if ok {
					fixed[1]++
				}
			}
		}
		for _, j := range js {
			t.add(j.tally(set))
			if j.verdict != again {
				y := 0.0
				if j.verdict != wrong {
					y = 1
				}
				brier += (j.Claim.Confidence - y) * (j.Claim.Confidence - y)
				n++
			}
		}
	}
	line, err := neutralLine(e)
	if err != nil {
		return err
	}
	fmt.Printf("%-40s precision %.3f recall %.3f (%d right, %d wrong of %d); speaker %.3f modality %.3f; confident %.3f at %.3f; Brier %.3f\n", name, t.precision(), t.recall(), t.found, t.wrong, t.gold,
		share(t.speaker, t.spoken), share(t.modality, t.matched), share(t.sureFound, t.sureFound+t.sureWrong), share(t.sureFound, t.gold), brier/max(n, 1))
	fmt.Print("  from a confidence of")
	for i, least := range curve {
		fmt.Printf(" | %.1f: %.2f/%.2f", least, curved[i].precision(), share(curved[i].found, t.gold))
	}
	fmt.Print("\n  recall at a precision of")
	for _, least := range []float64{0.75, 0.80, 0.85, 0.88, 0.90, 0.92, 0.95} {
		fmt.Printf(" | %.2f: %.3f", least, recallAt(everything, t.gold, least))
	}
	fmt.Println()
	fmt.Print("  right of proposed, of gold:")
	for _, p := range sortedKeys(by) {
		fmt.Printf(" %s %d/%d/%d", p, by[p].found, by[p].found+by[p].wrong, by[p].gold)
	}
	fmt.Println()
	fmt.Println("  " + line)
	fmt.Printf("  subjects: of %d chosen %d could be right and %d were; of %d said by the words %d were right\n", choice[0], choice[1], choice[2], fixed[0], fixed[1])
	return nil
}

// leastWeight is what a weight has at least, to be written. Thousands of pairs weigh little each, and something together.
const leastWeight = 0.0005

// recallAt is the most of the gold that is found while so many of what is proposed are right, whatever confidence that takes.
func recallAt(js []judged, gold int, precision float64) float64 {
	slices.SortStableFunc(js, surestFirst)
	found, good, n, most := 0, 0, 0, 0
	for i, j := range js {
		switch j.verdict {
		case right:
			found++
			good++
			n++
		case optional:
			good++
			n++
		case wrong:
			n++
		}
		last := i == len(js)-1 || js[i+1].Claim.Confidence < j.Claim.Confidence // a bound does not part claims that are as sure
		if last && float64(good) >= precision*float64(n) {
			most = found
		}
	}
	return share(most, gold)
}

func surestFirst(a, b judged) int { return cmp.Compare(b.Claim.Confidence, a.Claim.Confidence) }

// judgedAnew judges the claims of a set with the surest first: of two that say the same, the one that a bound keeps longer is right.
func judgedAnew(js []judged, gold []goldClaim) []judged {
	out := slices.Clone(js)
	slices.SortStableFunc(out, surestFirst)
	used := map[int]bool{}
	for i := range out {
		out[i].verdict, out[i].gold = verdictOf(out[i].document, out[i].Claim, gold, used)
	}
	return out
}

// writeWeights writes the weights, strongest groups together, for people to read.
func writeWeights(file string, w map[string]float64) error {
	names := make([]string, 0, len(w))
	for f, x := range w {
		if math.Abs(x) >= leastWeight {
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
		if err := c.Write([]string{f, strconv.FormatFloat(w[f], 'f', 4, 64)}); err != nil {
			return err
		}
	}
	c.Flush()
	if err := c.Error(); err != nil {
		return err
	}
	return os.WriteFile(file, b.Bytes(), 0o644)
}
