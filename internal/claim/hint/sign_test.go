package hint_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/claim/claimtest"
	"contrechamp.org/contrechamp/internal/claim/draft"
	"contrechamp.org/contrechamp/internal/claim/frame"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/hint"
)

// Whatever the weights: signs claim nothing that something else in the text claims, and show what spoke.
func TestSignsSayWhatNothingElseSays(t *testing.T) {
	e := claimtest.Engine(t)
	w, err := hint.NewWeights(map[string]float64{"says capability: own bias": 2, "says status: own bias": 2, "face-recognition: with {act.compare}": 1, "ended: sign ceased": 1})
	if err != nil {
		t.Fatal(err)
	}
	text := claimtest.Article("Cameras in Malton\n\nMalton council put up a kiosk that compares visitors with portraits. Its cameras read number plates. The plates of all cars are kept for a day in Malton. Flights over the town ceased after a week.", "en")
	candidates, err := e.WithHints(w).Candidates(t.Context(), text, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	said, signed := map[string]string{}, 0
	for _, c := range candidates {
		key := string(c.Claim.Predicate) + " " + c.Claim.Value.Key()
		if old, twice := said[key]; twice && strings.HasPrefix(c.Claim.Rule, draft.HintPrefix+"sign.") {
			t.Errorf("%s is claimed by %s and by %s", key, old, c.Claim.Rule)
		}
		said[key] = c.Claim.Rule
		if !strings.HasPrefix(c.Claim.Rule, draft.HintPrefix+"sign.") {
			continue
		}
		signed++
		if c.Claim.Value.Entity.ID == "face-recognition" {
			at := slices.IndexFunc(c.Why.Slots, func(s contrechamp.Slot) bool { return s.Name == "signs" })
			if at < 0 || c.Why.Slots[at].Words != "compares" {
				t.Errorf("face recognition is explained by %v", c.Why.Slots)
			}
		}
	}
	if said["capability e:face-recognition"] == "" || said["status e:ended"] == "" || signed < 2 {
		t.Errorf("claimed: %v", said)
	}
}

// Every capability but plain video surveillance has signs, in every language, and no class of signs is of something unknown.
func TestEverySignIsKnown(t *testing.T) {
	e := claimtest.Engine(t)
	for id := range e.Capabilities {
		if id != frame.VideoSurveillance && !slices.Contains(grammar.SignIDs, id) {
			t.Errorf("%s has no sign", id)
		}
	}
	for _, g := range e.ByLanguage {
		for _, id := range grammar.SignIDs {
			if _, ok := g.Classes[grammar.SignPrefix+id]; !ok {
				t.Errorf("%s: no class %s%s", g.Language, grammar.SignPrefix, id)
			}
		}
		for name := range g.Classes {
			for _, prefix := range []string{grammar.SignPrefix, grammar.SurePrefix} {
				if id, ok := strings.CutPrefix(name, prefix); ok && !slices.Contains(grammar.SignIDs, id) {
					t.Errorf("%s: %s is a sign of nothing known", g.Language, name)
				}
			}
		}
		for id, classes := range grammar.Fitting {
			for _, name := range classes {
				if _, ok := g.Classes[name]; !ok || !slices.Contains(grammar.SignIDs, id) {
					t.Errorf("%s: no class %s for %s", g.Language, name, id)
				}
			}
		}
	}
}

// What is asked is not said, however much a sign says it.
func TestSignsAskedAbout(t *testing.T) {
	w, err := hint.NewWeights(map[string]float64{"says capability: own bias": 2, "face-recognition: with {act.compare}": 1})
	if err != nil {
		t.Fatal(err)
	}
	const head = "Cameras in Malton\n\nMalton council has forty cameras. Its cameras read number plates. "
	for text, want := range map[string]bool{
		head + "Ms Reed asked whether a kiosk in Malton compares visitors with portraits.": false,
		head + "Malton council put up a kiosk that compares visitors with portraits.":      true,
	} {
		candidates, err := claimtest.Engine(t).WithHints(w).Candidates(t.Context(), claimtest.Article(text, "en"), time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		got := slices.ContainsFunc(candidates, func(c claim.Candidate) bool {
			return strings.HasPrefix(c.Claim.Rule, draft.HintPrefix+"sign.") && c.Claim.Value.Entity.ID == "face-recognition"
		})
		if got != want {
			t.Errorf("%q: claimed by a sign: %v, want %v", text, got, want)
		}
	}
}
