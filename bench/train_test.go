package main

import (
	"math"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/claim/weigh"
	"contrechamp.org/contrechamp/internal/claim/weight"
)

// The difference to first looks moves every claim: a weight that stands with a feature no claim has would calibrate nothing.
func TestShiftMovesEveryClaim(t *testing.T) {
	e, err := newEngine()
	if err != nil {
		t.Fatal(err)
	}
	body := "La ville de Namur utilise 85 caméras fournies par Thales depuis 2021. Le maire dément la reconnaissance faciale."
	text := contrechamp.Text{Body: body, Language: "fr", Paragraphs: []contrechamp.Paragraph{{Span: contrechamp.Span{End: len(body)}, Role: contrechamp.RoleBody, Language: "fr"}}}
	candidates, err := e.Candidates(t.Context(), text, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	var js []judged
	for range fewest + 1 { // rare features get no weight
		for i, c := range candidates {
			js = append(js, judged{set: "lot-00", Candidate: c, verdict: verdict(i % 2)})
		}
	}
	if len(candidates) < 3 {
		t.Fatalf("%d candidates", len(candidates))
	}
	const shift = -0.75
	as, err := fitPeers(js, 0)
	if err != nil {
		t.Fatal(err)
	}
	moved, err := fitPeers(js, shift)
	if err != nil {
		t.Fatal(err)
	}
	weighed := func(weights map[string]float64) []claim.Candidate {
		t.Helper()
		peers, err := weigh.NewPeerModel(weights)
		if err != nil {
			t.Fatal(err)
		}
		out, err := e.WithPeers(peers).Candidates(t.Context(), text, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	before, after := weighed(as), weighed(moved)
	for i := range before {
		if d := sumOf(after[i].Why.Terms) - sumOf(before[i].Why.Terms); math.Abs(d-shift) > 1e-6 {
			t.Errorf("%s: log-odds moved by %.3f, want %.3f", before[i].Claim.Rule, d, shift)
		}
	}
}

// sumOf are the log-odds that terms add up to.
func sumOf(terms []weight.Term) (sum float64) {
	for _, x := range terms {
		sum += x.Adds
	}
	return sum
}
