package main

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"contrechamp.org/contrechamp/internal/claim"
)

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

Lots 1 to 8 are by several hands outside the project. All are opened, so others were written for it
([testdata/lots](../testdata/lots/README.md)): lots 9 to 12 by two hands, the rest by a hundred and thirty, that knew neither its code nor its rules.
Their figures do not continue those of lots 1 to 8.

## First looks, in order

| lot | commit | gold | precision | recall | speaker | modality | confident: precision | confident: recall |
|---|---|---|---|---|---|---|---|---|
`)
	for _, r := range rows {
		fmt.Fprintf(&w, "| %s | `%s` | %s | %s | %s | %s | %s | %s | %s |\n", r["lot"], r["commit"], r["gold"], r["precision"], r["recall"], r["speaker"], r["modality"], r["confident_precision"], r["confident_recall"])
	}
	if err := togetherTable(&w, rows); err != nil {
		return err
	}
	fmt.Fprint(&w, "\nUp to and with the fifth look, confidence was the prior written in the rule file. It has been calibrated since.\n")
	if err := worldSection(&w, worldLooks); err != nil {
		return err
	}
	_, sets, err := engineAndSets(shared, looks)
	if err != nil {
		return err
	}
	if err := secondReader(&w, secondFile, sets); err != nil {
		return err
	}
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
	f, err := fittingOn(shared, looks, rulesFile)
	if err != nil {
		return err
	}
	fmt.Fprint(w, "\n## Lots left out of training\n\nThe weights were fitted without the lots of a row; rules and words had learnt from them, so a new lot tells more still.\n\n| left out | gold | precision | recall | confident: precision | confident: recall |\n|---|---|---|---|---|---|\n")
	for _, out := range lotGroups(f.sets) {
		with, err := f.without(out)
		if err != nil {
			return err
		}
		var t tally
		for _, set := range f.sets {
			if !slices.Contains(out, set.name) {
				continue
			}
			for _, g := range set.gold {
				if !g.Optional {
					t.gold++
				}
			}
			js, err := judge(with, set, false)
			if err != nil {
				return err
			}
			for _, j := range js {
				t.add(j.tally(set))
			}
		}
		fmt.Fprintf(w, "| %s | %d | %.2f | %.2f | %.2f | %.2f |\n", out[0]+" to "+out[len(out)-1], t.gold, t.precision(), t.recall(), share(t.sureFound, t.sureFound+t.sureWrong), share(t.sureFound, t.gold))
	}
	js, sentences, err := neutralJudged(f.engine, neutralMeasuredSeed, false)
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
	const bins = 10 * (1 - claim.Least)
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
	fmt.Fprint(w, "\n## Reliability\n\nClaims of the opened lots by their confidence: what was said, and how many proved right. The weights were fitted on these lots,\nthose written after published texts counting threefold, so the others prove right more often than is said. A new lot tells more.\n\n```\n")
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

// groupOfLots is how many lots are left out together: to fit without each of them alone would take hours.
const groupOfLots = 26

// lotGroups cuts the lots into groups, in their order.
func lotGroups(sets []docSet) [][]string {
	var lots []string
	for _, s := range sets {
		if strings.HasPrefix(s.name, "lot-") {
			lots = append(lots, s.name)
		}
	}
	var out [][]string
	for group := range slices.Chunk(lots, groupOfLots) {
		out = append(out, group)
	}
	return out
}

// togetherTable adds up the first looks that one version made on one day, and the last four.
func togetherTable(w *bytes.Buffer, looks []map[string]string) error {
	fmt.Fprint(w, "\nFirst looks of one day and one version together, and the last four. Reckoned from the shares above.\n\n| lots | looks | gold | precision | recall | confident: precision | confident: recall |\n|---|---|---|---|---|---|---|\n")
	var groups [][]map[string]string
	for i, r := range looks {
		if n := len(groups); i > 0 && r["date"] == looks[i-1]["date"] && r["commit"] == looks[i-1]["commit"] {
			groups[n-1] = append(groups[n-1], r)
		} else {
			groups = append(groups, []map[string]string{r})
		}
	}
	write := func(name string, rows []map[string]string) error {
		t, err := pooled(rows)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "| %s | %d | %.0f | %.3f | %.3f | %.3f | %.3f |\n", name, len(rows), t.gold, t.right/max(1, t.proposed), t.right/max(1, t.gold), t.sureRight/max(1, t.sure), t.sureRight/max(1, t.gold))
		return nil
	}
	for _, rows := range groups {
		if len(rows) == 1 {
			continue
		}
		if err := write(rows[0]["lot"]+" to "+rows[len(rows)-1]["lot"], rows); err != nil {
			return err
		}
	}
	return write("the last four", looks[max(0, len(looks)-4):])
}

// pool are counts of several first looks.
type pool struct{ gold, right, proposed, sureRight, sure float64 }

// pooled reckons counts from the shares that a record keeps.
func pooled(looks []map[string]string) (t pool, err error) {
	for _, r := range looks {
		var x [5]float64
		for i, name := range []string{"gold", "recall", "precision", "confident_recall", "confident_precision"} {
			if x[i], err = strconv.ParseFloat(r[name], 64); err != nil {
				return t, fmt.Errorf("first look at %s: %s: %w", r["lot"], name, err)
			}
		}
		gold, right, sureRight := x[0], x[0]*x[1], x[0]*x[3]
		t.gold, t.right, t.sureRight = t.gold+gold, t.right+right, t.sureRight+sureRight
		if x[2] > 0 {
			t.proposed += right / x[2]
		}
		if x[4] > 0 {
			t.sure += sureRight / x[4]
		}
	}
	return t, nil
}
