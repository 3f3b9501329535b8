package main

import (
	"math"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
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
	as, moved := claim.NewModel(fit(js, 0)), claim.NewModel(fit(js, shift))
	odds := func(p float64) float64 { return math.Log(p / (1 - p)) }
	for _, c := range candidates {
		before, _ := as.Probability(c.Features)
		after, _ := moved.Probability(c.Features)
		if d := odds(after) - odds(before); math.Abs(d-shift) > 1e-6 {
			t.Errorf("%s: log-odds moved by %.3f, want %.3f", c.Claim.Rule, d, shift)
		}
	}
}
