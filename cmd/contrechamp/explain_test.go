package main

import (
	"bytes"
	"strings"
	"testing"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
)

// TestExplanationAddsUp: what adds little has one line together, and nothing is left out of the sum.
func TestExplanationAddsUp(t *testing.T) {
	var out bytes.Buffer
	x := claim.Candidate{Why: contrechamp.Explanation{Rule: "cost.words.fr", Step: "main", Terms: []contrechamp.Weight{
		{Feature: "prior", Adds: 1.25}, {Feature: "rivals: 1", Adds: -0.5}, {Feature: "bias", Adds: 0.04}, {Feature: "in a heading", Adds: -0.01}}}}
	c := contrechamp.Sourced{Claim: contrechamp.Claim{ID: "c1", About: []contrechamp.EntityRef{{ID: "place-be-namur", Names: []string{"Namur"}}}, Predicate: contrechamp.Cost, Value: contrechamp.Value{Number: 5, Unit: "EUR"}}}
	printExplanation(&out, c, x)
	for _, want := range []string{"  +1.25  prior\n", "  -0.50  rivals: 1\n", "  +0.03  2 more, each less than 0.05\n"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no line %q in\n%s", want, out.String())
		}
	}
	if strings.Contains(out.String(), "bias") {
		t.Errorf("a term of 0.04 has a line of its own:\n%s", out.String())
	}
}
