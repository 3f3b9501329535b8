package claim_test

import (
	"context"
	"testing"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/claimtest"
)

// sample makes a text of one paragraph.
func sample(body, language string) contrechamp.Text {
	return contrechamp.Text{
		Body: body, Language: language, Published: contrechamp.Published{Date: contrechamp.Date{Year: 2021, Month: 6, Day: 23}},
		Paragraphs: []contrechamp.Paragraph{{Span: contrechamp.Span{Start: 0, End: len(body)}, Role: contrechamp.RoleBody, Language: language}},
	}
}

// TestRuleExamples runs the examples that every rule carries in its file: at least one that fires and one that must not
// for each.
func TestRuleExamples(t *testing.T) {
	outcomes, err := claimtest.Engine(t).RunExamples(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	fires, not := 0, 0
	for _, o := range outcomes {
		if o.Example.Fires {
			fires++
		} else {
			not++
		}
		if !o.OK {
			t.Error(o)
		}
	}
	if fires < 200 || not < 150 {
		t.Errorf("%d examples that fire and %d that must not: too few to say anything", fires, not)
	}
}

// TestEveryPredicateHasRules keeps the promise that both languages can say all predicates.
func TestEveryPredicateHasRules(t *testing.T) {
	e := claimtest.Engine(t)
	byCode := map[contrechamp.Predicate]bool{contrechamp.Capability: true, contrechamp.DeviceCount: true}
	for _, f := range e.Rules() {
		has := map[contrechamp.Predicate]bool{}
		for _, r := range f.Rules {
			has[r.Predicate] = true
		}
		for _, p := range contrechamp.Predicates() {
			if !has[p] && !byCode[p] {
				t.Errorf("%s has no rule for %s", f.Name, p)
			}
		}
		if len(f.Says) < 25 {
			t.Errorf("%s says capabilities in %d ways only", f.Name, len(f.Says))
		}
	}
}
