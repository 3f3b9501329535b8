package web

import (
	"context"
	"fmt"
	"strconv"

	"contrechamp.org/contrechamp"
)

// maxExplained is how much text is read again for a page that says how its claims came about. Of a longer one the command
// line tells.
const maxExplained = 256 << 10

// mostTerms is how many of the things that weigh in a claim's confidence a page lists, the heaviest.
const mostTerms = 8

// why is how a claim came about, for the document page.
type why struct {
	*voice
	Rule       string
	Line       int
	Clause     string
	Lang       string
	Slots      []slotLine
	Step       string
	StepLang   string // the language of Step where it is not the page's
	Confidence string
	Terms      []termLine
	MoreTerms  string
	Told       []toldLine
	Unknown    bool // the rules of this version do not propose it
	Person     bool // nor did any rule: a model or a person
}

type slotLine struct{ Name, Words string }

type termLine struct {
	Feature string
	Adds    string
	For     bool // it speaks for the claim
}

// toldLine is what was weighed of how a claim is said.
type toldLine struct {
	Title     string
	Terms     []termLine
	MoreTerms string
}

// explain reads the text again and adds to each line how its claim came about.
func (r *request) explain(ctx context.Context, p *documentPage, text contrechamp.Text, claims []contrechamp.Sourced) error {
	if r.site.Explain == nil || len(claims) == 0 {
		return nil
	}
	if len(text.Body) > maxExplained {
		p.Unexplained = true
		return nil
	}
	found, err := r.site.Explain.Explanations(ctx, text)
	if err != nil {
		return fmt.Errorf("explain the claims of %s: %w", text.Capture.Short(), err)
	}
	for i, c := range claims {
		p.Lines[i].Why = r.why(c, found)
	}
	return nil
}

func (r *request) why(c contrechamp.Sourced, found map[string]contrechamp.Explanation) *why {
	w := &why{voice: r.voice, Rule: c.Rule, Lang: languageTag(c.Source.Language)}
	x, ok := found[c.ID]
	if !ok {
		w.Unknown = true
		return w
	}
	w.Rule, w.Line, w.Clause = x.Rule, x.Line, x.Clause
	for _, s := range x.Slots {
		w.Slots = append(w.Slots, slotLine{r.T("why.slot." + s.Name), s.Words})
	}
	if key := "why.step." + x.Step; r.Has(key) {
		w.Step = r.T(key)
	} else {
		w.Step, w.StepLang = x.Step, "en"
	}
	w.Confidence = r.Percent(float64(int(x.Confidence*100 + 0.5)))
	w.Terms, w.MoreTerms = r.terms(x.Terms)
	for _, t := range x.Told {
		line := toldLine{Title: r.T("why.told."+string(t.As), "odds", r.signed(t.Odds))}
		line.Terms, line.MoreTerms = r.terms(t.Terms)
		w.Told = append(w.Told, line)
	}
	return w
}

// terms are the heaviest of what adds up to log-odds, and how many more there are.
func (r *request) terms(all []contrechamp.Weight) (lines []termLine, more string) {
	for i, t := range all {
		if i == mostTerms {
			return lines, r.N("why.more_terms", len(all)-i)
		}
		lines = append(lines, termLine{t.Feature, r.signed(t.Adds), t.Adds >= 0})
	}
	return lines, ""
}

// signed writes log-odds with their sign.
func (v *voice) signed(x float64) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(x, 'f', 2, 64), 64)
	if err != nil || rounded == 0 {
		return v.Number(0)
	}
	if rounded < 0 {
		return "\u2212" + v.Number(-rounded)
	}
	return "+" + v.Number(rounded)
}
