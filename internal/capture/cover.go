package capture

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// pace is how long captures that were recorded are gathered before the log is asked to cover them, while more come: each
// time costs the disk a few small files.
const pace = 500 * time.Millisecond

// covering reports captures once the log covers them, while others are recorded.
type covering struct {
	cover  func(context.Context) error
	report func(Outcome)

	mu       sync.Mutex
	recorded []Outcome
	some     chan struct{} // holds one token when something was recorded since
	ended    chan struct{} // closed when nothing more comes
}

func newCovering(cover func(context.Context) error, report func(Outcome)) *covering {
	return &covering{cover: cover, report: report, some: make(chan struct{}, 1), ended: make(chan struct{})}
}

// add hands on captures that are recorded. It never waits.
func (c *covering) add(outcomes []Outcome) {
	c.mu.Lock()
	c.recorded = append(c.recorded, outcomes...)
	c.mu.Unlock()
	select {
	case c.some <- struct{}{}:
	default:
	}
}

// run covers and reports what is added, until end was called and nothing is left.
func (c *covering) run(ctx context.Context) error {
	for last := false; !last; {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-c.some:
		case <-c.ended:
			last = true
		}
		c.mu.Lock()
		now := c.recorded
		c.recorded = nil
		c.mu.Unlock()
		if len(now) == 0 {
			continue
		}
		if err := c.cover(ctx); err != nil {
			return fmt.Errorf("%d documents are captured, and not yet in the log: %w", len(now), err)
		}
		for _, o := range now {
			c.report(o)
		}
		if last {
			return nil
		}
		timer := time.NewTimer(pace)
		select {
		case <-ctx.Done():
		case <-timer.C:
		case <-c.ended:
		}
		timer.Stop()
	}
	return nil
}

// end says that nothing more is added.
func (c *covering) end() { close(c.ended) }
