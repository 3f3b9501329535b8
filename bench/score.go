package main

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
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
	e, sets, err := engineAndSets(shared, looks)
	if err != nil {
		return nil, err
	}
	if len(only) > 0 {
		sets = slices.DeleteFunc(sets, func(s docSet) bool { return !slices.Contains(only, s.name) })
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

// accuracy writes docs/accuracy.md: how claims are measured and what was found.
func accuracy(shared, looks, rulesFile, out string) error {
	b, err := scoreBoard(shared, looks, nil)
	if err != nil {
		return err
	}
	rows, err := firstLooks(looks)
	if err != nil {
		return err
	}
	record, err := ruleRecord(rulesFile)
	if err != nil {
		return err
	}
	var w bytes.Buffer
	fmt.Fprint(&w, `# How often claims are right

This page is made by `+"`make accuracy`"+`; do not edit it by hand.

## Method

A document's claims are compared with a gold file that people wrote, by the rules of [claims.md](claims.md): the predicate, one name of the
subject, the value and the polarity must agree, and the quote must stand in the text. Gold claims that are optional cost nothing.
Precision is the share of proposed claims that are right, recall the share of gold claims that were found.

What counts is the **first look**: documents by hands that nobody had read when they were scored. `+"`docs/first-looks.csv`"+` keeps them in
the order in which they were made, each committed before the documents were opened. A set that was read since is a known set: its
figures show that something was learnt, not how the next document will fare.

Lots 1 to 8 are by several hands outside the project. All are opened, so lots 9 to 12 were written for it
([testdata/lots](../testdata/lots/README.md)) by two hands that knew neither its code nor its rules: denser texts, and more claims in
each. Their figures do not continue those of lots 1 to 8.

## First looks, in order

| lot | commit | gold | precision | recall | speaker | modality | confident: precision | confident: recall |
|---|---|---|---|---|---|---|---|---|
`)
	for _, r := range rows {
		fmt.Fprintf(&w, "| %s | `%s` | %s | %s | %s | %s | %s | %s | %s |\n", r["lot"], r["commit"], r["gold"], r["precision"], r["recall"], r["speaker"], r["modality"], r["confident_precision"], r["confident_recall"])
	}
	fmt.Fprint(&w, "\nUp to and with the fifth look, confidence was the prior written in the rule file. It has been calibrated since.\n")
	fmt.Fprint(&w, "\n## Known sets, today\n\nIntervals: 95 of 100 draws of as many documents, with replacement.\n\n| set | gold | precision | recall | speaker | modality | confident |\n|---|---|---|---|---|---|---|\n")
	for _, s := range b.sets {
		list, t := values(b.docs[s])
		pl, ph := interval(list, tally.precision)
		rl, rh := interval(list, tally.recall)
		fmt.Fprintf(&w, "| %s | %d | %.2f (%.2f to %.2f) | %.2f (%.2f to %.2f) | %.2f | %.2f | %d right, %d wrong |\n", s, t.gold, t.precision(), pl, ph, t.recall(), rl, rh,
			share(t.speaker, t.spoken), share(t.modality, t.matched), t.sureFound, t.sureWrong)
	}
	fmt.Fprint(&w, "\n## By language, known sets\n\n| language of the claims | documents | gold | precision | recall |\n|---|---|---|---|---|\n")
	for _, l := range sortedKeys(b.languages) {
		_, t := values(b.languages[l])
		fmt.Fprintf(&w, "| %s | %d | %d | %.2f | %.2f |\n", l, len(b.languages[l]), t.gold, t.precision(), t.recall())
	}
	fmt.Fprint(&w, "\n## By predicate, known sets\n\n| predicate | gold | precision | recall |\n|---|---|---|---|\n")
	for _, p := range sortedKeys(b.predicates) {
		t := b.predicates[p]
		fmt.Fprintf(&w, "| %s | %d | %.2f | %.2f |\n", p, t.gold, t.precision(), t.recall())
	}
	if err := leftOut(&w, shared, looks, rulesFile); err != nil {
		return err
	}
	reliability(&w, b.judged)
	fmt.Fprint(&w, "\n## Rules on first looks\n\nHow often each rule was right and wrong on documents that nobody had read (`docs/first-look-rules.csv`).\n\n| rule | right | wrong |\n|---|---|---|\n")
	for _, r := range sortedKeys(record) {
		fmt.Fprintf(&w, "| %s | %.0f | %.0f |\n", r, record[r][0], record[r][1])
	}
	if err := errorSection(&w, shared, looks); err != nil {
		return err
	}
	fmt.Fprint(&w, `
## What is not covered

- Ellipsis over sentences ("they read plates too"), and answers of more than yes or no.
- Subjects that only the reader's knowledge of the world gives ("the capital", "the lakeside municipality").
- Texts about several towns in one paragraph, where no preposition and no subject says which.
- Irony, hearsay of hearsay, figures in words of mouth ("one point four million").
- Languages other than French, English, Spanish, German and Italian.
`)
	return os.WriteFile(out, w.Bytes(), 0o644)
}

// leftOut says what the models do on lots that they were fitted without, and what is made of neutral sentences.
func leftOut(w *bytes.Buffer, shared, looks, rulesFile string) error {
	e, sets, err := engineAndSets(shared, looks)
	if err != nil {
		return err
	}
	record, err := ruleRecord(rulesFile)
	if err != nil {
		return err
	}
	fmt.Fprint(w, "\n## Lots left out of training\n\nThe weights were fitted without the lot; the rules had learnt from it, so a new lot tells more still.\n\n| left out | gold | precision | recall | confident: precision | confident: recall |\n|---|---|---|---|---|---|\n")
	halves := [][]string{{"lot-01", "lot-02", "lot-03", "lot-04"}}
	var later []string
	for _, set := range sets {
		if !strings.HasPrefix(set.name, "lot-") {
			continue
		}
		halves = append(halves, []string{set.name})
		if !slices.Contains(halves[0], set.name) {
			later = append(later, set.name)
		}
	}
	if len(later) > 1 {
		halves = append(halves, later)
	}
	for _, out := range halves {
		m, err := fitAll(e, slices.DeleteFunc(slices.Clone(sets), func(s docSet) bool { return slices.Contains(out, s.name) }), record)
		if err != nil {
			return err
		}
		var t tally
		for _, set := range sets {
			if !slices.Contains(out, set.name) {
				continue
			}
			for _, g := range set.gold {
				if !g.Optional {
					t.gold++
				}
			}
			with, err := m.on(e)
			if err != nil {
				return err
			}
			js, err := judge(with, set, false)
			if err != nil {
				return err
			}
			for _, j := range js {
				t.add(j.tally(set))
			}
		}
		fmt.Fprintf(w, "| %s | %d | %.2f | %.2f | %.2f | %.2f |\n", strings.Join(out, ", "), t.gold, t.precision(), t.recall(), share(t.sureFound, t.sureFound+t.sureWrong), share(t.sureFound, t.gold))
	}
	js, sentences, err := neutralJudged(e, neutralMeasuredSeed, false)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\n## Sentences about something else\n\nThe gold holds texts about surveillance only. In made texts where one sentence in four speaks of it (`bench/mixed`), %d claims were made of the %d other\nsentences: %.1f of 1,000. All of them are wrong, and the model is fitted against others like them.\n", len(js), sentences, 1000*share(len(js), sentences))
	return nil
}

// errorSection counts the mistakes of the known sets by their cause.
func errorSection(w *bytes.Buffer, shared, looks string) error {
	e, sets, err := engineAndSets(shared, looks)
	if err != nil {
		return err
	}
	var all []mistake
	for _, set := range sets {
		ms, err := mistakes(e, set)
		if err != nil {
			return err
		}
		all = append(all, ms...)
	}
	fmt.Fprintf(w, "\n## Mistakes on the known sets, by cause\n\nFor each claim of the gold that was missed, and each that was proposed and wrong, the first cause that fits. `go run ./bench score --errors` lists them.\n\n%s", errorTable(all))
	return nil
}

// reliability draws how often claims of a confidence proved right.
func reliability(w *bytes.Buffer, js []judged) {
	const bins = 7 // from 0.3 to 1
	var n, ok [bins]int
	var sum [bins]float64
	for _, j := range js {
		if j.verdict == again || !strings.HasPrefix(j.set, "lot-") {
			continue
		}
		i := min(int((j.Claim.Confidence-claim.Least)*10), bins-1)
		n[i]++
		sum[i] += j.Claim.Confidence
		if j.verdict != wrong {
			ok[i]++
		}
	}
	fmt.Fprint(w, "\n## Reliability\n\nClaims of the opened lots by their confidence: what was said, and how many proved right. The weights were fitted on these lots\n(with the difference to their first looks taken off), so a new lot tells more.\n\n```\n")
	const width = 40
	for i := range n {
		if n[i] == 0 {
			continue
		}
		said, was := sum[i]/float64(n[i]), float64(ok[i])/float64(n[i])
		bar := []byte(strings.Repeat(" ", width+1))
		for x := 0; x < int(math.Round(was*width)); x++ {
			bar[x] = '#'
		}
		bar[int(math.Round(said*width))] = '|'
		fmt.Fprintf(w, "%.1f-%.1f  said %.2f  was %.2f  of %3d  %s\n", claim.Least+float64(i)/10, claim.Least+float64(i+1)/10, said, was, n[i], bar)
	}
	fmt.Fprint(w, "```\n\n`#` is the share that proved right, `|` what the confidence said.\n")
}
