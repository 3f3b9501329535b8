package weigh

import (
	"math"
	"testing"

	"contrechamp.org/contrechamp/internal/claim/weight"
)

// TestCombined: both the value and the subject must be right.
func TestCombined(t *testing.T) {
	odds := func(p float64) float64 { return math.Log(p / (1 - p)) }
	for _, tt := range []struct{ value, subject, want float64 }{
		{0.9, 0.9, 0.81},
		{0.98, 0.79, 0.7742},
		{0.5, 1 - 1e-12, 0.5},
		{1, 1, 1},
		{0, 0.5, 0},
	} {
		if got := Logistic(combined(odds(tt.value), odds(tt.subject))); math.Abs(got-tt.want) > 1e-6 {
			t.Errorf("%.2f and %.2f: %.4f, want %.4f", tt.value, tt.subject, got, tt.want)
		}
	}
}

// TestTermsAddUp: what is shown of a claim's confidence adds up to it, the doubt of the subject with the rest.
func TestTermsAddUp(t *testing.T) {
	m := NewModel(map[string]float64{"bias": 1, "rule=x": 0.5, SubjectPrefix + "bias": 1, SubjectPrefix + "odds": 0.7})
	features := []weight.Term{{Feature: "bias", Value: 1}, {Feature: "rule=x", Value: 1}, {Feature: SubjectPrefix + "bias", Value: 1}, {Feature: SubjectPrefix + "odds", Value: 2}}
	p, terms := m.Probability(features)
	sum := 0.0
	for _, f := range terms {
		sum += f.Adds
	}
	if math.Abs(Logistic(sum)-p) > 1e-9 {
		t.Errorf("terms add up to %.4f, the probability is %.4f", Logistic(sum), p)
	}
	if want := Logistic(combined(1.5, 2.4)); math.Abs(p-want) > 1e-9 {
		t.Errorf("%.4f, want %.4f", p, want)
	}
	if got := Logistic(m.sum([]Feature{factBias.so(), {group: ofRule, name: "x", value: 1}, {group: ofSubject, fact: factSubjectBias, value: 1}, {group: ofSubject, fact: factSubjectOdds, value: 2}})); math.Abs(got-p) > 1e-9 {
		t.Errorf("reading gives %.4f, explaining %.4f", got, p)
	}
}
