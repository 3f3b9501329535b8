package weigh_test

import (
	"testing"
	"time"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/claimtest"
)

// Whatever the weights: where nothing denies, nothing is weighed; "without" denies what follows it; who says that it is wrong is believed.
func TestPolarityIsWeighedWhereSomethingDenies(t *testing.T) {
	e := claimtest.Engine(t)
	const title = "Cameras in Leeds\n"
	for _, c := range []struct {
		text    string
		weights map[string]float64
		want    contrechamp.Modality
	}{
		{"The cameras of Leeds recognise faces.", map[string]float64{"bias": 9}, contrechamp.Asserted},
		{"The cameras of Leeds not only film but recognise faces.", map[string]float64{"bias": 9}, contrechamp.Asserted},
		{"The cameras of Leeds recognise faces without a warrant.", map[string]float64{"bias": 9}, contrechamp.Asserted},
		{"The cameras of Leeds recognise faces; nobody minds.", map[string]float64{"bias": 9}, contrechamp.Denied},
		{"The cameras of Leeds recognise faces; nobody minds.", map[string]float64{"behind: {nobody}": 9}, contrechamp.Denied},
		{"The cameras of Leeds recognise faces; nobody minds.", map[string]float64{"clause: {nobody}": 9}, contrechamp.Asserted},
		{"The cameras of Leeds recognise faces. Nobody minds.", map[string]float64{"next: minds": 9}, contrechamp.Denied},
		{"The cameras of Leeds do not recognise faces.", map[string]float64{"value=face-recognition": -9}, contrechamp.Asserted},
		{"The cameras of Leeds do not recognise faces.", nil, contrechamp.Denied},
	} {
		candidates, err := e.WithPolarity(c.weights).Candidates(t.Context(), claimtest.Article(title+c.text, "en"), time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		var got contrechamp.Modality
		for _, x := range candidates {
			if v := x.Claim.Value.Entity; v != nil && v.ID == "face-recognition" && x.Claim.Quote.Exact != title[:len(title)-1] {
				got = x.Claim.Modality
			}
		}
		if got != c.want {
			t.Errorf("%s %v: %q, want %q", c.text, c.weights, got, c.want)
		}
	}
}
