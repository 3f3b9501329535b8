package claim_test

import (
	"context"
	"math"
	"slices"
	"testing"
	"time"

	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/claim/claimtest"
	"contrechamp.org/contrechamp/internal/claim/weigh"
	"contrechamp.org/contrechamp/internal/claim/weight"
	"contrechamp.org/contrechamp/internal/read"
)

// TestConfidenceIsExplained: Propose and Candidates weigh alike, and the terms of each claim add up to its confidence.
func TestConfidenceIsExplained(t *testing.T) {
	e := claimtest.Engine(t)
	weights, err := weigh.EmbeddedWeights()
	if err != nil {
		t.Fatal(err)
	}
	body := "Namur voit plus large\n\nLa ville de Namur utilise 85 caméras fournies par Thales depuis 2021. Il y en aura 120 en 2027. À Dinant, la police a 12 caméras.\n\nLe maire dément la reconnaissance faciale. Le système a coûté 1,2 million d'euros."
	text, err := read.Read(context.Background(), read.Source{Name: "namur.txt", Bytes: []byte(body), Now: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	claims, _, err := e.Propose(context.Background(), text, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	candidates, err := e.Candidates(context.Background(), text, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]claim.Candidate{}
	for _, c := range candidates {
		by[c.Claim.ID] = c
		sum := 0.0
		for _, x := range c.Why.Terms {
			sum += x.Adds
		}
		if got := weigh.Logistic(sum); math.Abs(got-c.Claim.Confidence) > 0.0005+1e-9 {
			t.Errorf("%s: terms add up to %.4f, the confidence is %.3f", c.Claim.Rule, got, c.Claim.Confidence)
		}
	}
	if len(claims) < 4 {
		t.Errorf("%d claims, want 4 or more", len(claims))
	}
	for _, c := range claims {
		if x, ok := by[c.ID]; !ok || x.Claim.Confidence != c.Confidence || x.Why.Confidence != c.Confidence {
			t.Errorf("%s: proposed with %.3f, explained with %.3f (%t)", c.Rule, c.Confidence, x.Claim.Confidence, ok)
		}
	}
	// what is fitted on is what is weighed
	peers, own := make([]weigh.Peer, len(candidates)), make([][]weight.Term, len(candidates))
	for i, c := range candidates {
		peers[i], own[i] = c.Peer, c.Features
	}
	if !slices.IsSortedFunc(peers, func(a, b weigh.Peer) int { return a.Sentence - b.Sentence }) {
		t.Fatal("the candidates are not in the order of their sentences")
	}
	for i, terms := range weigh.AmongPeers(own, peers) {
		var w []weigh.Weighed
		for _, f := range terms {
			if n := weights.Peers.Number(f.Feature); n >= 0 {
				w = append(w, weigh.Weighed{Number: n, Value: f.Value})
			}
		}
		if got := weigh.Rounded(weigh.Logistic(weights.Peers.Sum(peers[i].Odds, w))); math.Abs(got-candidates[i].Claim.Confidence) > 1e-9 {
			t.Errorf("%s: fitted on features that give %.3f, proposed with %.3f", candidates[i].Claim.Rule, got, candidates[i].Claim.Confidence)
		}
	}
	none, err := weigh.NewPeerModel(nil)
	if err != nil {
		t.Fatal(err)
	}
	alone, err := e.WithPeers(none).Candidates(context.Background(), text, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if len(alone) != len(candidates) {
		t.Fatalf("%d candidates without peers, %d with", len(alone), len(candidates))
	}
	other := 0
	for i := range alone {
		if want := weigh.Rounded(weigh.Logistic(alone[i].Peer.Odds)); alone[i].Claim.Confidence != want {
			t.Errorf("%s: %.3f without weights of peers, want %.3f", alone[i].Claim.Rule, alone[i].Claim.Confidence, want)
		}
		if alone[i].Claim.Confidence != candidates[i].Claim.Confidence {
			other++
		}
	}
	if other == 0 {
		t.Error("peers change nothing")
	}
}
