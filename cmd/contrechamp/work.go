package main

import (
	"context"
	"fmt"
	"sync"

	"github.com/spf13/cobra"

	"contrechamp.org/contrechamp"
)

func (p *program) workVerb() *cobra.Command {
	var untilEmpty bool
	c := &cobra.Command{
		Use:   "work",
		Short: "read what waits to be read, without serving pages",
		Args:  cobra.NoArgs,
	}
	c.Flags().BoolVar(&untilEmpty, "until-empty", false, "stop when nothing waits any more")
	c.RunE = func(c *cobra.Command, _ []string) error {
		h, err := p.open(c.Context(), "work", writing)
		if err != nil {
			return err
		}
		before, err := h.store.Waiting(c.Context())
		if err != nil {
			return fmt.Errorf("count what waits: %w", err)
		}
		if err := workOff(c.Context(), h, untilEmpty); err != nil {
			return err
		}
		after, err := h.store.Waiting(context.WithoutCancel(c.Context()))
		if err != nil {
			return fmt.Errorf("count what waits: %w", err)
		}
		fmt.Fprintf(p.out, "%s documents read, %s wait\n", count(max(0, before-after)), count(after))
		return nil
	}
	return c
}

// workOff reads what waits and keeps disagreements fresh, until ctx ends or, with untilEmpty, nothing waits. Being
// stopped is its normal end.
func workOff(ctx context.Context, h *house, untilEmpty bool) error {
	inner, stop := context.WithCancel(ctx)
	refresh := startRefresher(inner, h)
	// Lexicon and rules are loaded with the first document: a server that only shows pages does without their memory.
	way := sync.OnceValues(func() (*road, error) {
		way, err := newRoad(h)
		if err == nil {
			way.done = func(contrechamp.Digest, contrechamp.Reading) { refresh.touch() }
		}
		return way, err
	})
	refresh.touch() // an earlier run may have been stopped between reading and this
	err := h.store.Work(ctx, workers(), untilEmpty, func(ctx context.Context, d contrechamp.Digest) error {
		way, err := way()
		if err != nil {
			return err
		}
		return way.read(ctx, d)
	})
	stop()
	refresh.wait.Wait()
	switch {
	case ctx.Err() != nil:
		return nil
	case err != nil:
		return fmt.Errorf("read what waits: %w", err)
	}
	return h.register.Refresh(ctx)
}
