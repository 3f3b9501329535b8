package weigh_test

import (
	"strings"
	"testing"
	"time"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/claimtest"
)

// TestPlannedOverSentences: a plan is told over sentences, and what is there beside it is not planned. The document's day is 14 May 2024.
func TestPlannedOverSentences(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct{ language, text, words, want string }{
		{"en", "Cameras in Leeds\nThe council plans a new system for Leeds in 2026. It will have forty cameras. Cost: £1.2 million.\n", "£1.2 million", "planned"},
		{"en", "Cameras in Leeds\nLeeds has had forty cameras since 2019. They cost £1.2 million.\n", "£1.2 million", "asserted"},
		{"fr", "Caméras à Lyon\nLa ville prévoit un nouveau système pour 2026. Il comptera quarante caméras. Coût : 1,2 million d'euros.\n", "1,2 million", "planned"},
		{"fr", "Caméras à Lyon\nLyon a quarante caméras depuis 2019. Elles ont coûté 1,2 million d'euros.\n", "1,2 million", "asserted"},
	} {
		list, err := e.Candidates(t.Context(), claimtest.Article(tt.text, tt.language), time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, c := range list {
			if c.Claim.Predicate == contrechamp.Cost && strings.Contains(c.Claim.Quote.Exact, tt.words) {
				got = string(c.Claim.Modality)
			}
		}
		if got != tt.want {
			t.Errorf("%s: the cost in %q is %q, want %q", tt.language, tt.text, got, tt.want)
		}
	}
}

// TestPlansKeepOtherModalities: only what is asserted or planned is weighed.
func TestPlansKeepOtherModalities(t *testing.T) {
	e := claimtest.Engine(t)
	text := claimtest.Article("Cameras in Leeds\nThe cameras of Leeds may recognise faces. Leeds does not use drones. Leeds is to install 40 cameras.\n", "en")
	manners, err := e.Plans(t.Context(), text)
	if err != nil {
		t.Fatal(err)
	}
	if len(manners) == 0 {
		t.Fatal("nothing is asserted or planned")
	}
	for _, m := range manners {
		if m.Claim.Modality != contrechamp.Asserted && m.Claim.Modality != contrechamp.Planned {
			t.Errorf("%s is weighed, which is %s", m.Claim.Quote.Exact, m.Claim.Modality)
		}
	}
}
