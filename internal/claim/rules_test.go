package claim

import (
	"context"
	"strconv"
	"strings"
	"testing"
	"time"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// sample makes a text of one paragraph.
func sample(body, language string) contrechamp.Text {
	return contrechamp.Text{
		Body: body, Language: language, Published: contrechamp.Published{Date: contrechamp.Date{Year: 2021, Month: 6, Day: 23}},
		Paragraphs: []contrechamp.Paragraph{{Span: contrechamp.Span{Start: 0, End: len(body)}, Role: contrechamp.RoleBody, Language: language}},
	}
}

func proposed(t testing.TB, e *Engine, text contrechamp.Text) []contrechamp.Claim {
	t.Helper()
	claims, _, err := e.Propose(context.Background(), text, time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return claims
}

// says writes a claim for messages.
func says(c contrechamp.Claim) string {
	var b strings.Builder
	b.WriteString(string(c.Predicate) + " ")
	if c.Value.Entity != nil {
		b.WriteString(c.Value.Entity.Name())
	} else {
		b.WriteString(c.Value.Key())
	}
	b.WriteString(" of")
	for _, a := range c.About {
		b.WriteString(" " + a.Name() + ",")
	}
	b.WriteString(" " + string(c.Modality))
	if c.Speaker != nil {
		b.WriteString(" by " + strings.Join(c.Speaker.Names, "/"))
	}
	return b.String() + " (" + c.Rule + ")"
}

// TestRuleExamples runs the examples that every rule carries in its file.
func TestRuleExamples(t *testing.T) {
	e := engine(t)
	fires, not := 0, 0
	for _, f := range e.files {
		for _, r := range f.Rules {
			for _, x := range r.Examples {
				text := sample(x.Text, f.Language)
				d, err := e.read(context.Background(), &text)
				if err != nil {
					t.Fatal(err)
				}
				var all []string
				found := false
				for _, draft := range d.claims {
					c := draft.claim
					all = append(all, says(c))
					found = found || c.Rule == r.ID+"."+f.Language && c.Modality != contrechamp.Denied && fits(c, x)
				}
				if x.Fires {
					fires++
				} else {
					not++
				}
				if found != x.Fires {
					t.Errorf("%s:%d: rule %s, fires %v, want %v, on %q; proposed:\n  %s", f.Name, x.Line, r.ID, found, x.Fires, x.Text, strings.Join(all, "\n  "))
				}
			}
		}
	}
	if fires < 60 || not < 50 {
		t.Errorf("%d examples that fire and %d that must not: too few to say anything", fires, not)
	}
}

// fits reports whether a claim has the value and subject that an example asks for.
func fits(c contrechamp.Claim, x Example) bool {
	named := func(r contrechamp.EntityRef, want string) bool {
		for _, n := range append([]string{r.ID}, r.Names...) {
			if word.Key(n) == word.Key(want) {
				return true
			}
		}
		return false
	}
	if x.Value != "" {
		switch {
		case c.Value.Entity != nil:
			if !named(*c.Value.Entity, x.Value) {
				return false
			}
		case !c.Value.Date.IsZero():
			if c.Value.Date.String() != x.Value {
				return false
			}
		case strconv.FormatFloat(c.Value.Number, 'f', -1, 64) != x.Value:
			return false
		}
	}
	if x.About == "" {
		return true
	}
	for _, a := range c.About {
		if named(a, x.About) {
			return true
		}
	}
	return false
}

// TestEveryPredicateHasRules keeps the promise that both languages can say all predicates.
func TestEveryPredicateHasRules(t *testing.T) {
	e := engine(t)
	byCode := map[contrechamp.Predicate]bool{contrechamp.Capability: true, contrechamp.DeviceCount: true}
	for _, f := range e.files {
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
