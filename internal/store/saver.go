package store

import (
	"context"
	"sync/atomic"
	"time"

	"contrechamp.org/contrechamp"
)

const (
	// mostTogether is how many readings one transaction records; mostTogetherBytes, how much text.
	mostTogether      = 256
	mostTogetherBytes = 8 << 20
	// linger is how long the first reading waits for others that are on their way. A transaction writes each page of an
	// index that it touches once, and a few readings touch nearly as many as a hundred.
	linger = 500 * time.Millisecond
	// glance is how often it looks whether others are on their way at all.
	glance = 10 * time.Millisecond
)

// saver records readings that come at about the same time in one transaction: whoever works waits for the disk once
// for many, as those who share a lift.
type saver struct {
	store *Database
	heard func(contrechamp.Reading) // of each once it is durable, from one goroutine; may be nil
	in    chan saving

	onTheWay atomic.Int64 // readings that are begun, or soon will be, and that save has not been given yet
}

type saving struct {
	reading prepared
	done    chan error
}

func newSaver(s *Database, heard func(contrechamp.Reading)) *saver {
	return &saver{store: s, heard: heard, in: make(chan saving)}
}

// save returns when the reading is durable, or with the reason why it is not.
func (v *saver) save(ctx context.Context, r contrechamp.Reading) error {
	p, err := prepare(r)
	if err != nil {
		return err
	}
	x := saving{p, make(chan error, 1)}
	select {
	case v.in <- x:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-x.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// run records what comes until ctx ends.
func (v *saver) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case first := <-v.in:
			v.record(ctx, v.together(first))
		}
	}
}

// together takes what comes beside the first within a short while; it waits for nothing when nothing is on its way.
func (v *saver) together(first saving) []saving {
	all, size, since := []saving{first}, len(first.reading.Text.Body), time.Now()
	look := time.NewTicker(glance)
	defer look.Stop()
	for len(all) < mostTogether && size < mostTogetherBytes {
		select {
		case next := <-v.in:
			all, size = append(all, next), size+len(next.reading.Text.Body)
		case <-look.C:
			if v.onTheWay.Load() == 0 || time.Since(since) > linger {
				return all
			}
		}
	}
	return all
}

// record saves readings together and, if that fails, each by itself: one that is refused must not take others along.
func (v *saver) record(ctx context.Context, all []saving) {
	readings := make([]prepared, len(all))
	for i, x := range all {
		readings[i] = x.reading
	}
	err := v.store.saveReadings(ctx, readings)
	for i, x := range all {
		each := err
		if err != nil && len(all) > 1 {
			each = v.store.saveReadings(ctx, readings[i:i+1])
		}
		if each == nil && v.heard != nil {
			v.heard(x.reading.Reading)
		}
		x.done <- each
	}
}
