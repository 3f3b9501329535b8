package main

import (
	"fmt"
	"os/user"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"contrechamp.org/contrechamp"
)

func (p *program) reviewVerb() *cobra.Command {
	c := &cobra.Command{
		Use:   "review",
		Short: "accept, reject or withdraw claims",
		Long: `Records what a person decided on claims. Decisions are kept for ever, each with its
note; the latest one counts. "reopen" takes a decision back: the claim is proposed
again, and the history stays.`,
		Example: `  contrechamp review accept c7f2k5qhzv3m2n4x --note "checked against the notice"
  contrechamp review reject c7f2k5qhzv3m2n4x --note "speaks of another town"`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	for _, v := range []struct {
		verb, short string
		state       contrechamp.State
		note        bool
	}{
		{"accept", "the words say what the claim says", contrechamp.Accepted, false},
		{"reject", "the words do not say it", contrechamp.Rejected, true},
		{"withdraw", "take back a claim that was shown as accepted", contrechamp.Withdrawn, true},
		{"reopen", "take a decision back", contrechamp.Proposed, false},
	} {
		c.AddCommand(p.decideVerb(v.verb, v.short, v.state, v.note))
	}
	return c
}

func (p *program) decideVerb(verb, short string, state contrechamp.State, needsNote bool) *cobra.Command {
	var note, by string
	c := &cobra.Command{Use: verb + " CLAIM...", Short: short, Args: cobra.MinimumNArgs(1)}
	c.Flags().StringVar(&note, "note", "", "the reason, shown beside the claim")
	c.Flags().StringVar(&by, "by", "", "who decides (default: the name of this account)")
	c.RunE = func(c *cobra.Command, ids []string) error {
		ctx := c.Context()
		if needsNote && strings.TrimSpace(note) == "" {
			return usageError{contrechamp.WithHint(fmt.Errorf("%s needs a reason: %w", verb, contrechamp.ErrInvalid),
				fmt.Sprintf("contrechamp review %s %s --note \"...\"", verb, strings.Join(ids, " ")))}
		}
		if by == "" {
			u, err := user.Current()
			if err != nil {
				return contrechamp.WithHint(fmt.Errorf("who decides: %w", err), "say it with --by NAME")
			}
			by = u.Username
		}
		h, err := p.open(ctx, "review", writing)
		if err != nil {
			return err
		}
		now := time.Now().UTC()
		decisions := make([]contrechamp.Decision, len(ids))
		for i, id := range ids {
			decisions[i] = contrechamp.Decision{Claim: id, State: state, Note: strings.TrimSpace(note), By: by, At: now}
		}
		if err := p.openLog(ctx, h); err != nil {
			return err
		}
		if err := h.store.Decide(ctx, decisions); err != nil {
			if isKind(err, contrechamp.ErrNotFound) {
				err = contrechamp.WithHint(err, "contrechamp claims")
			}
			return fmt.Errorf("review: %w", err)
		}
		if err := h.cover(ctx); err != nil {
			return fmt.Errorf("review: the decision is recorded, and not yet in the log: %w", err)
		}
		if err := h.register.Refresh(ctx); err != nil {
			return err
		}
		for _, id := range ids {
			claim, err := h.store.Claim(ctx, id)
			if err != nil {
				return fmt.Errorf("review: %w", err)
			}
			fmt.Fprintf(p.out, "%s is %s: %s, %s: %s\n", id, claim.State, printable(claim.Main().Name()), claim.Predicate, valueText(claim.Claim))
		}
		return nil
	}
	return c
}
