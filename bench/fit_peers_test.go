package main

import (
	"fmt"
	"testing"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
)

// TestFitPeers: of two numbers of one town the surer one is right. By themselves all claims look alike but for their odds; what stands beside them tells.
func TestFitPeers(t *testing.T) {
	var js []judged
	add := func(document int, value, prior float64, v verdict) {
		features := []claim.Term{{Feature: "bias", Value: 1}, {Feature: "prior", Value: prior}}
		js = append(js, judged{set: "lot-00", document: fmt.Sprint(document), verdict: v, Candidate: claim.Candidate{
			Features: features, Peer: claim.Peer{Predicate: contrechamp.DeviceCount, Subject: "namur", Value: fmt.Sprint(value)}}})
	}
	for d := range 1200 {
		add(d, 1, 0.5, right)
		if d%2 == 0 {
			js[len(js)-1].verdict = wrong
			add(d, 2, 1, right)
		}
	}
	weights, err := fitPeers(js, -0.25)
	if err != nil {
		t.Fatal(err)
	}
	if weights[claim.Unseen] != -0.25 {
		t.Errorf("the difference to first looks is %.2f", weights[claim.Unseen])
	}
	if weights["rivals: none"] <= weights["rivals: 1"] {
		t.Errorf("a claim with a rival is as sure as one without: %.3f, %.3f", weights["rivals: 1"], weights["rivals: none"])
	}
	if weights["odds less those of its surest rival"] <= 0 {
		t.Errorf("the surer of two rivals is no surer: %.3f", weights["odds less those of its surest rival"])
	}
	again, err := fitPeers(js, -0.25)
	if err != nil {
		t.Fatal(err)
	}
	for name, w := range weights {
		if again[name] != w {
			t.Fatalf("%q: %v, then %v: a fit is not the same twice", name, w, again[name])
		}
	}
}
