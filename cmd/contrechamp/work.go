package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"contrechamp.org/contrechamp"
)

func (p *program) workVerb() *cobra.Command {
	var untilEmpty bool
	c := &cobra.Command{
		Use:   "work",
		Short: "read what waits to be read, without serving pages",
		Long: `Reads what waits, until it is stopped (an interrupt or SIGTERM: what is being read is
finished) or, with --until-empty, until nothing waits. On a database server any
number of machines may do so at once: they share the documents, and take over from
one that is not heard of for half a minute.`,
		Example: `  contrechamp --db postgres://me@db/register --blobs s3://my-bucket/register work --private 127.0.0.1:9090`,
		Args:    cobra.NoArgs,
	}
	p.silenceFlag(c)
	privately := privateFlag(c)
	var vouching vouchFlags
	vouching.add(c)
	pictures := ocrFlag(c)
	c.Flags().BoolVar(&untilEmpty, "until-empty", false, "stop when nothing waits any more")
	c.RunE = func(c *cobra.Command, _ []string) error {
		atOnce, err := p.atOnce()
		if err != nil {
			return err
		}
		h, err := p.open(c.Context(), "work", writing)
		if err != nil {
			return err
		}
		if err := p.openLogIfThere(c.Context(), h); err != nil {
			return err
		}
		if err := p.vouch(h, vouching); err != nil {
			return err
		}
		before, err := h.store.Waiting(c.Context())
		if err != nil {
			return fmt.Errorf("count what waits: %w", err)
		}
		m := newMeters()
		group, ctx := errgroup.WithContext(c.Context())
		ctx, done := context.WithCancel(ctx)
		defer done()
		group.Go(func() error { return servePrivate(ctx, *privately, h, m) })
		group.Go(func() error {
			defer done() // nothing is left to look at
			return workOff(ctx, h, atOnce, untilEmpty, *pictures, m)
		})
		if err := group.Wait(); err != nil {
			return err
		}
		after, err := h.store.Waiting(context.WithoutCancel(c.Context()))
		if err != nil {
			return fmt.Errorf("count what waits: %w", err)
		}
		mine := int(m.read.Get() + m.notRead.Get())
		fmt.Fprintf(p.out, "%s documents read, %s wait\n", count(max(0, before-after)), count(after))
		if mine != before-after {
			fmt.Fprintf(p.out, "this worker read %s of them\n", count(mine))
		}
		return nil
	}
	return c
}

// workOff reads what waits and keeps disagreements fresh, until ctx ends or, with untilEmpty, nothing waits. Being
// stopped is its normal end.
func workOff(ctx context.Context, h *house, atOnce int, untilEmpty, pictures bool, m *meters) error {
	inner, stop := context.WithCancel(ctx)
	refresh := startRefresher(inner, h)
	logging := startLogging(inner, h)
	// Lexicon and rules are loaded with the first document: a server that only shows pages does without their memory.
	var loaded *road
	way := sync.OnceValues(func() (*road, error) {
		way, err := newRoad(h)
		if err == nil {
			loaded = way
			err = way.readPictures(ctx, pictures)
		}
		return way, err
	})
	refresh.touch() // an earlier run may have been stopped between reading and this
	err := h.store.Work(ctx, atOnce, untilEmpty, func(ctx context.Context, d contrechamp.Digest) (contrechamp.Reading, error) {
		way, err := way()
		if err != nil {
			return contrechamp.Reading{}, err
		}
		defer m.readingSeconds.UpdateDuration(time.Now())
		return way.read(ctx, d)
	}, func(r contrechamp.Reading) {
		m.heard(r)
		refresh.touch()
	})
	if loaded != nil {
		loaded.close()
	}
	stop()
	refresh.wait.Wait()
	logging.Wait()
	switch {
	case ctx.Err() != nil:
		return nil
	case err != nil:
		return fmt.Errorf("read what waits: %w", err)
	}
	if h.log != nil && !h.log.Follows() {
		if err := h.cover(ctx); err != nil {
			return fmt.Errorf("log what waits: %w", err)
		}
	}
	return h.join(ctx)
}
