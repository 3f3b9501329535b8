package claim

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/rulefile"
	"contrechamp.org/contrechamp/internal/word"
)

// Outcome is what became of one example of a rule file.
type Outcome struct {
	File    string
	Rule    string
	Example rulefile.Example
	OK      bool
	Said    []string // what was proposed of the example's sentence, for messages
}

// String says what went wrong, with the file and the line.
func (o Outcome) String() string {
	verb := "does not fire"
	if !o.Example.Fires {
		verb = "fires"
	}
	if o.OK {
		verb = "is as it should be"
	}
	return fmt.Sprintf("%s:%d: rule %s %s on %q; proposed:\n  %s", o.File, o.Example.Line, o.Rule, verb, o.Example.Text, strings.Join(o.Said, "\n  "))
}

// RunExamples runs the examples that every rule carries in its file, in the order of the files.
func (e *Engine) RunExamples(ctx context.Context) ([]Outcome, error) {
	var out []Outcome
	for _, f := range e.files {
		for _, r := range f.Rules {
			for _, x := range r.Examples {
				text := exampleText(x.Text, f.Language)
				d, err := e.reading(ctx, &text)
				if err != nil {
					return nil, err
				}
				o := Outcome{File: f.Name, Rule: r.ID, Example: x}
				found := false
				for _, draft := range d.Claims {
					d.WeighPlan(draft)
					o.Said = append(o.Said, Describe(draft.Claim))
					found = found || draft.Claim.Rule == r.ID+"."+f.Language && (draft.Claim.Modality != contrechamp.Denied) == (r.Options["modality"] != string(contrechamp.Denied)) && fits(x, draft.Claim)
				}
				release(d)
				o.OK = found == x.Fires
				out = append(out, o)
			}
		}
	}
	return out, nil
}

// exampleText is a text of one paragraph.
func exampleText(s, language string) contrechamp.Text {
	return contrechamp.Text{Body: s, Language: language, Paragraphs: []contrechamp.Paragraph{
		{Span: contrechamp.Span{Start: 0, End: len(s)}, Role: contrechamp.RoleBody, Language: language},
	}}
}

// fits reports whether a claim has the value and subject that an example asks for.
func fits(x rulefile.Example, c contrechamp.Claim) bool {
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

// Describe writes a claim in one line, for messages.
func Describe(c contrechamp.Claim) string {
	var b strings.Builder
	b.WriteString(string(c.Predicate) + " ")
	if c.Value.Entity != nil {
		b.WriteString(c.Value.Entity.Name())
	} else {
		b.WriteString(c.Value.Key())
	}
	b.WriteString(" of")
	for i, a := range c.About {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(" " + a.Name())
	}
	b.WriteString(", " + string(c.Modality))
	if c.Speaker != nil {
		b.WriteString(" by " + strings.Join(c.Speaker.Names, "/"))
	}
	return b.String() + " (" + c.Rule + ")"
}
