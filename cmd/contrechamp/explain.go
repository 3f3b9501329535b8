package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"

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
	printTerms(w, x.Why.Terms)
	for _, t := range x.Why.Told {
		fmt.Fprintf(w, "told        log-odds of %+.2f that it is %s, not asserted\n", t.Odds, t.As)
		printTerms(w, t.Terms)
	}
}

// printTerms writes what adds up to log-odds, the small ones together.
func printTerms(w io.Writer, terms []contrechamp.Weight) {
	little, rest := 0, 0.0
	for _, t := range terms {
		if math.Abs(t.Adds) < leastShownTerm {
			little, rest = little+1, rest+t.Adds
			continue
		}
		fmt.Fprintf(w, "  %+.2f  %s\n", t.Adds, t.Feature)
	}
	if little > 0 {
		fmt.Fprintf(w, "  %+.2f  %d more, each less than %.2f\n", rest, little, leastShownTerm)
	}
}

// leastShownTerm is what a term adds or takes at least to have a line of its own; the others have one together, so that all lines add up.
const leastShownTerm = 0.05

// rulesOnce is the engine of the embedded rules, made when somebody first asks.
var rulesOnce = sync.OnceValues(func() (*claim.Engine, error) {
	lex, err := lexicon.Default()
	if err != nil {
		return nil, fmt.Errorf("load the lexicon: %w", err)
	}
	engine, err := claim.New(lex)
	if err != nil {
		return nil, fmt.Errorf("load the rules: %w", err)
	}
	return engine, nil
})

// explainedPages is of how many texts a program that serves pages remembers how their claims came about: to find out is
// to read the text again.
const explainedPages = 64

// explainer says on pages how claims came about.
type explainer struct {
	known *lru.Cache[explainedText, map[string]contrechamp.Explanation]
}

type explainedText struct {
	capture contrechamp.Digest
	readAt  int64
}

func newExplainer() (explainer, error) {
	known, err := lru.New[explainedText, map[string]contrechamp.Explanation](explainedPages)
	return explainer{known}, err
}

// Explanations implements contrechamp.Explainer.
func (x explainer) Explanations(ctx context.Context, text contrechamp.Text) (map[string]contrechamp.Explanation, error) {
	key := explainedText{text.Capture, text.ReadAt.UnixMicro()}
	if found, ok := x.known.Get(key); ok {
		return found, nil
	}
	engine, err := rulesOnce()
	if err != nil {
		return nil, err
	}
	found, err := engine.Explanations(ctx, text)
	if err == nil {
		x.known.Add(key, found)
	}
	return found, err
}
