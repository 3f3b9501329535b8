package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
)

// tally is what a group of documents scored, as eval/score.py counts: optional gold costs nothing, repeats count once.
type tally struct {
	gold, found, wrong   int
	spoken, speaker      int
	matched, modality    int
	sureFound, sureWrong int
}

func (t *tally) add(o tally) {
	t.gold += o.gold
	t.found += o.found
	t.wrong += o.wrong
	t.spoken += o.spoken
	t.speaker += o.speaker
	t.matched += o.matched
	t.modality += o.modality
	t.sureFound += o.sureFound
	t.sureWrong += o.sureWrong
}

func share(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

func (t tally) precision() float64 { return share(t.found, t.found+t.wrong) }
func (t tally) recall() float64    { return share(t.found, t.gold) }

// resamples is how many times documents are drawn again for an interval; percent of the draws lie in it.
const (
	resamples = 1000
	percent   = 95
)

// interval is where a figure lies in 95 of 100 draws of as many documents, with replacement: what another handful of
// documents of these hands would have shown. The draws are the same each time.
func interval(docs []tally, figure func(tally) float64) (low, high float64) {
	if len(docs) == 0 {
		return 0, 0
	}
	r := rand.New(rand.NewPCG(1, 2))
	draws := make([]float64, resamples)
	for i := range draws {
		var t tally
		for range docs {
			t.add(docs[r.IntN(len(docs))])
		}
		draws[i] = figure(t)
	}
	slices.Sort(draws)
	cut := resamples * (100 - percent) / 200
	return draws[cut], draws[resamples-1-cut]
}

// board is the tallies of all known documents, by document and by what else one asks for.
type board struct {
	sets       []string
	docs       map[string]map[string]tally // set, document
	predicates map[string]tally
	languages  map[string]map[string]tally // language, document
	judged     []judged
}

// scoreBoard proposes the claims of all known sets, or of those named only, and counts.
func scoreBoard(shared, looks string, only []string) (*board, error) {
	e, sets, err := namedSets(shared, looks, only)
	if err != nil {
		return nil, err
	}
	b := &board{docs: map[string]map[string]tally{}, predicates: map[string]tally{}, languages: map[string]map[string]tally{}}
	for _, set := range sets {
		js, err := judge(e, set, false)
		if err != nil {
			return nil, err
		}
		b.sets = append(b.sets, set.name)
		b.judged = append(b.judged, js...)
		docs := map[string]tally{}
		language := map[string]string{}
		for name := range set.texts {
			docs[name] = tally{}
		}
		for _, g := range set.gold {
			if !g.Optional {
				t := docs[g.Document]
				t.gold++
				docs[g.Document] = t
				p := b.predicates[g.Predicate]
				p.gold++
				b.predicates[g.Predicate] = p
			}
		}
		for _, j := range js {
			if i := strings.LastIndexByte(j.Claim.Rule, '.'); i > 0 {
				language[j.document] = j.Claim.Rule[i+1:]
			}
			one := j.tally(set)
			t := docs[j.document]
			t.add(one)
			docs[j.document] = t
			p := b.predicates[string(j.Claim.Predicate)]
			p.add(one)
			b.predicates[string(j.Claim.Predicate)] = p
		}
		b.docs[set.name] = docs
		for name, t := range docs {
			l := language[name]
			if l == "" {
				l = "no claim"
			}
			if b.languages[l] == nil {
				b.languages[l] = map[string]tally{}
			}
			b.languages[l][set.name+"/"+name] = t
		}
	}
	return b, nil
}

// tally counts one claim.
func (j judged) tally(set docSet) (t tally) {
	sure := j.Claim.Confidence >= claim.Sure
	switch j.verdict {
	case wrong:
		t.wrong = 1
		if sure {
			t.sureWrong = 1
		}
		return t
	case again:
		return t
	case right:
		t.found = 1
		if sure {
			t.sureFound = 1
		}
	}
	g := set.gold[j.gold]
	t.matched = 1
	if g.Modality == string(j.Claim.Modality) {
		t.modality = 1
	}
	if len(g.Speaker) > 0 {
		t.spoken = 1
		if s := j.Claim.Speaker; s != nil && meet(foldAll(g.Speaker), foldAll(append([]string{s.ID}, s.Names...))) {
			t.speaker = 1
		}
	}
	return t
}

func values[K comparable](m map[K]tally) (list []tally, sum tally) {
	for _, t := range m {
		list = append(list, t)
		sum.add(t)
	}
	// the order of a map must not show in the draws
	slices.SortFunc(list, func(a, b tally) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	return list, sum
}

// score prints the board: by set and lot, by language, by predicate. Of some sets alone it prints what each rule did too: whoever reads
// the mistakes of other sets sees here what a rule brings where it was not made.
func score(shared, looks string, only []string) error {
	b, err := scoreBoard(shared, looks, only)
	if err != nil {
		return err
	}
	fmt.Print(b.table())
	if len(only) > 0 {
		fmt.Print(b.ruleTable())
	}
	e, err := newEngine()
	if err != nil {
		return err
	}
	line, err := neutralLine(e)
	if err != nil {
		return err
	}
	fmt.Println(line)
	return nil
}

func valueOf(c contrechamp.Claim) string {
	if c.Value.Entity != nil {
		return c.Value.Entity.Name()
	}
	return c.Value.Key()
}

// table writes the board as text in columns.
func (b *board) table() string {
	var w strings.Builder
	fmt.Fprintf(&w, "%-22s %5s %6s %6s  %-22s %-22s %8s %9s %10s\n", "", "gold", "found", "wrong", "precision", "recall", "speaker", "modality", "confident")
	line := func(name string, docs map[string]tally) {
		list, t := values(docs)
		pl, ph := interval(list, tally.precision)
		rl, rh := interval(list, tally.recall)
		fmt.Fprintf(&w, "%-22s %5d %6d %6d  %.2f (%.2f to %.2f)    %.2f (%.2f to %.2f)    %8.2f %9.2f  %d of %d\n", name, t.gold, t.found, t.wrong, t.precision(), pl, ph,
			t.recall(), rl, rh, share(t.speaker, t.spoken), share(t.modality, t.matched), t.sureFound, t.sureFound+t.sureWrong)
	}
	for _, s := range b.sets {
		line(s, b.docs[s])
	}
	for _, l := range sortedKeys(b.languages) {
		line("language "+l, b.languages[l])
	}
	for _, p := range sortedKeys(b.predicates) {
		t := b.predicates[p]
		fmt.Fprintf(&w, "%-22s %5d %6d %6d  %.2f                   %.2f\n", p, t.gold, t.found, t.wrong, t.precision(), t.recall())
	}
	return w.String()
}

// ruleTable writes what each rule got right and wrong, repeats left out.
func (b *board) ruleTable() string {
	rules := map[string]tally{}
	for _, j := range b.judged {
		t := rules[j.Claim.Rule]
		switch j.verdict {
		case right:
			t.found++
		case wrong:
			t.wrong++
		}
		rules[j.Claim.Rule] = t
	}
	var w strings.Builder
	for _, r := range sortedKeys(rules) {
		if t := rules[r]; t.found+t.wrong > 0 {
			fmt.Fprintf(&w, "rule %-28s %3d right %3d wrong\n", r, t.found, t.wrong)
		}
	}
	return w.String()
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
