package weigh_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/claimtest"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/claim/weight"
)

// TestTold: an explanation says why a claim is planned or denied, and its terms add up to what decided it. The text is invented.
func TestTold(t *testing.T) {
	e := claimtest.Engine(t)
	const body = "Cameras in Ripon\nRipon has twelve cameras. In 2031 the council will install forty more, and Ripon's cameras do not recognise faces.\n"
	list, err := e.Candidates(t.Context(), claimtest.Article(body, "en"), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[contrechamp.Modality]bool{}
	for _, c := range list {
		for i, told := range c.Why.Told {
			sum := 0.0
			for _, x := range told.Terms {
				sum += x.Adds
			}
			if math.Abs(sum-told.Odds) > 1e-9 {
				t.Errorf("%s: terms add up to %.3f, odds are %.3f", c.Claim.Predicate, sum, told.Odds)
			}
			last := i == len(c.Why.Told)-1
			if is := c.Claim.Modality == told.As; last && is != (told.Odds > 0) {
				t.Errorf("%s is %s, with odds of %.2f that it is %s", c.Claim.Predicate, c.Claim.Modality, told.Odds, told.As)
			}
			if told.Odds > 0 {
				seen[told.As] = true
			}
			if told.As == contrechamp.Denied && !slices.ContainsFunc(told.Terms, func(x weight.Term) bool { return strings.Contains(x.Feature, passage.AroundMark) }) {
				t.Errorf("no word around denies: %v", told.Terms)
			}
		}
	}
	if !seen[contrechamp.Planned] || !seen[contrechamp.Denied] {
		t.Errorf("planned and denied expected, got %v", seen)
	}
}
