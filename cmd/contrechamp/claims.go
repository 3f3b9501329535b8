package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"contrechamp.org/contrechamp"
)

func (p *program) claimsVerb() *cobra.Command {
	var about, predicate, state, document, explain string
	c := &cobra.Command{
		Use:   "claims",
		Short: "what is said: every claim with its quote",
		Long: `Lists claims, newest document first. With --format jsonl each line is the record
described in docs/claims.md.`,
		Example: `  contrechamp claims --about Belgrade
  contrechamp claims --predicate capability --format jsonl
  contrechamp claims --explain c7f2k5qhzv3m2n4x`,
		Args: cobra.NoArgs,
	}
	c.Flags().StringVar(&about, "about", "", "only claims about the entity of that ID or name")
	c.Flags().StringVar(&predicate, "predicate", "", "only claims with that predicate")
	c.Flags().StringVar(&state, "state", "", "proposed, accepted, rejected or withdrawn")
	c.Flags().StringVar(&document, "document", "", "only claims of that document (name, or beginning of its digest)")
	c.Flags().StringVar(&explain, "explain", "", "say how the claim of that ID came about: rule, slots, subject, confidence")
	f := formatFlag(c, "table", "jsonl")
	c.RunE = func(c *cobra.Command, _ []string) error {
		ctx := c.Context()
		filter, err := claimFilter(predicate, state)
		if err != nil {
			return usageError{err}
		}
		h, err := p.open(ctx, "claims", reading)
		if err != nil {
			return err
		}
		if explain != "" {
			return p.explain(ctx, h, explain)
		}
		if about != "" {
			line, _, err := h.register.Resolve(ctx, about)
			if err != nil {
				return err
			}
			filter.About = line.ID
		}
		if document != "" {
			doc, err := h.document(ctx, document)
			if err != nil {
				return err
			}
			filter.Document = doc.Digest
		}
		if f.value == "jsonl" {
			return eachClaim(c, h, filter, writeRecord(p.out))
		}
		return p.printClaims(c, h, filter)
	}
	return c
}

func claimFilter(predicate, state string) (f contrechamp.ClaimFilter, err error) {
	if predicate != "" {
		if f.Predicate, err = contrechamp.ParsePredicate(predicate); err != nil {
			return f, err
		}
	}
	if state != "" {
		f.State, err = contrechamp.ParseState(state)
	}
	return f, err
}

// claimPage is how many claims are asked of the store at once.
const claimPage = 5000

// eachClaim hands every claim that the filter chooses to do, in order, page by page.
func eachClaim(c *cobra.Command, h *house, f contrechamp.ClaimFilter, do func(contrechamp.Sourced) error) error {
	f.Limit = claimPage
	for f.Offset = 0; ; f.Offset += claimPage {
		claims, err := h.store.Claims(c.Context(), f)
		if err != nil {
			return fmt.Errorf("list claims: %w", err)
		}
		for _, claim := range claims {
			if err := do(claim); err != nil {
				return err
			}
		}
		if len(claims) < claimPage {
			return nil
		}
	}
}

// writeRecord writes claims as JSON lines.
func writeRecord(w io.Writer) func(contrechamp.Sourced) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return func(c contrechamp.Sourced) error {
		return e.Encode(contrechamp.RecordOf(c.Claim, c.Source.Name))
	}
}

func (p *program) printClaims(c *cobra.Command, h *house, f contrechamp.ClaimFilter) error {
	t := newTable(p.out)
	n := 0
	err := eachClaim(c, h, f, func(s contrechamp.Sourced) error {
		if n == 0 {
			t.row("claim", "about", "predicate", "value", "how", "who", "quote")
		}
		n++
		t.row(s.ID, oneLine(s.Main().Name(), 24), string(s.Predicate), oneLine(valueText(s.Claim), 28), said(s.Claim),
			oneLine(who(s.Claim), 28), oneLine(s.Quote.Exact, 60))
		return nil
	})
	if err != nil {
		return err
	}
	if n == 0 {
		fmt.Fprintln(p.out, "no claim found")
		fmt.Fprintln(p.errs, "hint: contrechamp documents shows what was read")
	}
	return t.flush()
}

// valueText is a claim's value for people, with its qualifier: "about" is part of the value.
func valueText(c contrechamp.Claim) string {
	v := c.Value
	switch {
	case v.Entity != nil && v.Entity.Kind == contrechamp.KindCapability:
		return v.Entity.ID // the same in every language
	case v.Entity != nil && c.Share > 0:
		return fmt.Sprintf("%s (%s %%)", printable(v.Entity.Name()), number(c.Share))
	case v.Entity != nil:
		return printable(v.Entity.Name())
	case !v.Date.IsZero():
		return v.Date.String()
	}
	text := number(v.Number)
	if v.Unit == "percent" {
		text += " %"
	} else if v.Unit != "" {
		text += " " + v.Unit
	}
	switch v.Qualifier {
	case contrechamp.About:
		return "about " + text
	case contrechamp.AtLeast:
		return "at least " + text
	case contrechamp.AtMost:
		return "at most " + text
	}
	return text
}

// number writes a number with its thousands apart and no needless decimals.
func number(f float64) string {
	if f == float64(int64(f)) {
		return count(int(f))
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// said is how a claim is said and, unless it still waits for a reviewer, what became of it.
func said(c contrechamp.Claim) string {
	if c.State == contrechamp.Proposed {
		return string(c.Modality)
	}
	return fmt.Sprintf("%s, %s", c.Modality, c.State)
}

// who is who says a claim.
func who(c contrechamp.Claim) string {
	if c.Speaker == nil {
		return "the document"
	}
	return printable(strings.Join(c.Speaker.Names[:min(2, len(c.Speaker.Names))], ", "))
}
