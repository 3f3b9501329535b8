package main

import (
	"context"
	"fmt"
	"strings"

	"contrechamp.org/contrechamp/bench/mixed"
	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/read"
)

// The gold holds texts about surveillance only. How often claims are made of sentences that have nothing to do with it is
// told by made texts: one sentence in four speaks of surveillance, the others of a town's other business.

// neutralTexts and neutralSeed are the texts; those that the weights are fitted on are others than those measured.
const (
	neutralTexts        = 300
	neutralSeed         = 4
	neutralMeasuredSeed = 5
)

// neutralJudged are the candidates whose words are a neutral sentence: all wrong. It answers how many such sentences there are.
func neutralJudged(e *claim.Engine, seed uint64, all bool) ([]judged, int, error) {
	var out []judged
	sentences := 0
	for i := range uint64(neutralTexts) {
		body, neutral := mixed.Sample(seed, i)
		name := fmt.Sprintf("neutral-%03d.txt", i)
		text, err := read.Read(context.Background(), read.Source{Name: name, Bytes: []byte(body), Now: readAt})
		if err != nil {
			return nil, 0, fmt.Errorf("read %s: %w", name, err)
		}
		candidates, err := e.Candidates(context.Background(), text, readAt)
		if err != nil {
			return nil, 0, fmt.Errorf("propose %s: %w", name, err)
		}
		sentences += len(neutral)
		plain := map[string]bool{}
		for _, s := range neutral {
			plain[squeeze(s)] = true
		}
		for _, c := range candidates {
			switch j := (judged{set: "neutral", document: name, Candidate: c, gold: -1}); {
			case (all || proposed(c)) && plain[squeeze(c.Claim.Quote.Exact)]:
				out = append(out, j)
			case all:
				j.verdict = unjudged
				out = append(out, j)
			}
		}
	}
	return out, sentences, nil
}

// neutralLine says how many claims are made of neutral sentences.
func neutralLine(e *claim.Engine) (string, error) {
	js, sentences, err := neutralJudged(e, neutralMeasuredSeed, false)
	if err != nil {
		return "", err
	}
	by := map[string]int{}
	for _, j := range js {
		by[j.Claim.Rule]++
	}
	var w strings.Builder
	fmt.Fprintf(&w, "%d claims of %d neutral sentences (%.1f in 1,000):", len(js), sentences, 1000*share(len(js), sentences))
	for _, r := range sortedKeys(by) {
		fmt.Fprintf(&w, " %s %d", r, by[r])
	}
	return w.String(), nil
}
