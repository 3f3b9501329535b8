package main

import (
	"context"
	"fmt"
	"io"
	"sync"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/lexicon"
)

// explain says how a claim came about. The text is read again by the rules of this version: a claim that an older version
// proposed, or a model or a person, may have no rule that proposes it now, and then that is what is said.
func (p *program) explain(ctx context.Context, h *house, id string) error {
	c, err := h.store.Claim(ctx, id)
	if err != nil {
		return fmt.Errorf("claim %s: %w", id, err)
	}
	text, err := h.store.Text(ctx, c.Document)
	if err != nil {
		return fmt.Errorf("text of claim %s: %w", id, err)
	}
	engine, err := rulesOnce()
	if err != nil {
		return err
	}
	found, err := engine.Explain(ctx, text, id)
	if err != nil {
		return contrechamp.WithHint(fmt.Errorf("explain %s, which %s proposed: %w", id, c.Rule, err), "the claim itself: contrechamp claims --document "+c.Source.Name)
	}
	printExplanation(p.out, c, found)
	return nil
}

func printExplanation(w io.Writer, c contrechamp.Sourced, x claim.Candidate) {
	fmt.Fprintf(w, "%s  %s %s %s\n", c.ID, printable(c.Main().Name()), c.Predicate, printable(valueText(c.Claim)))
	fmt.Fprintf(w, "words       %s\n", oneLine(printable(x.Why.Clause), 200))
	if x.Why.Line > 0 {
		fmt.Fprintf(w, "rule        %s, pattern on line %d\n", x.Why.Rule, x.Why.Line)
	} else {
		fmt.Fprintf(w, "rule        %s\n", x.Why.Rule)
	}
	for _, s := range x.Why.Slots {
		fmt.Fprintf(w, "slot        %s: %s\n", s.Name, printable(s.Words))
	}
	fmt.Fprintf(w, "subject     found by the step %q\n", x.Why.Step)
	fmt.Fprintf(w, "confidence  %.2f\n", x.Claim.Confidence)
	for _, t := range x.Why.Terms {
		fmt.Fprintf(w, "  %+.2f  %s\n", t.Adds, t.Feature)
	}
}

// rulesOnce is the engine of the embedded rules, made when somebody first asks.
var rulesOnce = sync.OnceValues(func() (*claim.Engine, error) {
	lex, err := lexicon.Default()
	if err != nil {
		return nil, err
	}
	return claim.New(lex)
})

// explainer says on pages how claims came about.
type explainer struct{}

func (explainer) Explanations(ctx context.Context, text contrechamp.Text) (map[string]contrechamp.Explanation, error) {
	engine, err := rulesOnce()
	if err != nil {
		return nil, err
	}
	return engine.Explanations(ctx, text)
}
