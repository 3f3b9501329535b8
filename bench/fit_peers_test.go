package main

import (
	"fmt"
	"slices"
	"testing"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/claim/weigh"
	"contrechamp.org/contrechamp/internal/claim/weight"
)

// TestFitPeers: of two numbers of one town the surer one is right. By themselves all claims look alike but for their odds; what stands beside them tells.
func TestFitPeers(t *testing.T) {
	var js []judged
	add := func(document int, value, prior float64, v verdict) {
		features := []weight.Term{{Feature: "bias", Value: 1}, {Feature: "prior", Value: prior}}
		js = append(js, judged{set: "lot-00", document: fmt.Sprint(document), verdict: v, Candidate: claim.Candidate{
			Features: features, Peer: weigh.Peer{Predicate: contrechamp.DeviceCount, Subject: "namur", Value: fmt.Sprint(value)}}})
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
	if weights[weigh.Unseen] != -0.25 {
		t.Errorf("the difference to first looks is %.2f", weights[weigh.Unseen])
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

// TestPeersUnjudged: what nobody judged stands beside the others, and nothing is fitted on it.
func TestPeersUnjudged(t *testing.T) {
	mk := func(sentence int, v verdict) judged {
		return judged{set: "lot-00", document: "a", verdict: v, Candidate: claim.Candidate{Features: []weight.Term{{Feature: "bias", Value: 1}},
			Peer: weigh.Peer{Sentence: sentence, Predicate: contrechamp.DeviceCount, Subject: "namur", Value: fmt.Sprint(sentence)}}}
	}
	documents := byDocument([]judged{mk(1, unjudged), mk(0, right), {set: "seeds", document: "a", verdict: wrong}})
	if len(documents) != 2 || documents[0][0].Peer.Sentence != 0 {
		t.Fatalf("documents %v, want two, in the order of their sentences", documents)
	}
	known := features{index: map[string]int{}}
	rows := peerRows(weigh.NewModel(nil), documents[0], &known)
	if len(rows) != 1 {
		t.Fatalf("%d rows, want one", len(rows))
	}
	k, ok := known.index["rivals: 1"]
	if !ok || !slices.Contains(rows[0].at, k) {
		t.Errorf("the claim has no rival: %v", known.names)
	}
	if w := peerWeight(&documents[1][0]); w != worldWeight {
		t.Errorf("a claim of the seeds weighs %v, want %v", w, worldWeight)
	}
}

// TestRecallAt: a bound does not part claims that are as sure, and of two that say the same the surer one counts.
func TestRecallAt(t *testing.T) {
	at := func(p float64, v verdict) judged {
		return judged{verdict: v, Candidate: claim.Candidate{Claim: contrechamp.Claim{Confidence: p}}}
	}
	js := []judged{at(0.9, right), at(0.8, right), at(0.8, wrong), at(0.7, optional), at(0.7, again)}
	for _, tt := range []struct{ precision, want float64 }{{1, 0.25}, {0.7, 0.5}, {0.6, 0.5}} {
		if got := recallAt(js, 4, tt.precision); got != tt.want {
			t.Errorf("at a precision of %.2f: %.2f, want %.2f", tt.precision, got, tt.want)
		}
	}
}
