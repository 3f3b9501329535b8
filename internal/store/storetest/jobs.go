package storetest

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"contrechamp.org/contrechamp"
)

// counter counts how often each document was handed out.
type counter struct {
	mu    sync.Mutex
	times map[contrechamp.Digest]int
	now   int // being read
	most  int
}

func (c *counter) begin(d contrechamp.Digest) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.times == nil {
		c.times = map[contrechamp.Digest]int{}
	}
	c.times[d]++
	c.now++
	c.most = max(c.most, c.now)
	return c.times[d]
}

func (c *counter) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now--
}

func testJobs(t *testing.T, open func(t *testing.T) Instance) {
	numbers := make([]int, 60)
	for i := range numbers {
		numbers[i] = i
	}
	reads := func(s contrechamp.Store, c *counter) func(context.Context, contrechamp.Digest) error {
		return func(ctx context.Context, d contrechamp.Digest) error {
			c.begin(d)
			defer c.end()
			return s.SaveReading(ctx, contrechamp.Reading{Text: contrechamp.Text{Capture: d, Reader: "plain/1", ReadAt: at(1)}})
		}
	}
	t.Run("each capture is handed out once, at most n at once", func(t *testing.T) {
		s := open(t).Store
		record(t, s, numbers...)
		record(t, s, numbers[:10]...) // met again while it waits: no second job
		equal(t, "waiting", must(s.Waiting(t.Context()))(t), len(numbers))
		var c counter
		if err := s.Work(t.Context(), 3, true, reads(s, &c)); err != nil {
			t.Fatal(err)
		}
		for _, n := range numbers {
			if c.times[digest(n)] != 1 {
				t.Errorf("document %d was handed out %d times, want once", n, c.times[digest(n)])
			}
		}
		if c.most > 3 {
			t.Errorf("%d captures were read at once, want 3 at most", c.most)
		}
		equal(t, "waiting", must(s.Waiting(t.Context()))(t), 0)
		record(t, s, numbers...) // met again when it was read: nothing to do
		if err := s.Work(t.Context(), 2, true, func(context.Context, contrechamp.Digest) error {
			t.Error("a capture that was read is handed out again")
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	})
	t.Run("n captures are read at the same time", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 1, 2)
		var both sync.WaitGroup
		both.Add(2)
		if err := s.Work(t.Context(), 2, true, func(ctx context.Context, d contrechamp.Digest) error {
			both.Done()
			both.Wait() // ends only if the other one is being read too
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	})
	t.Run("one that fails is tried again", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 1, 2, 3)
		var c counter
		save := reads(s, &counter{})
		if err := s.Work(t.Context(), 2, true, func(ctx context.Context, d contrechamp.Digest) error {
			defer c.end()
			if c.begin(d) < 3 && d == digest(2) {
				return errors.New("not now")
			}
			return save(ctx, d)
		}); err != nil {
			t.Fatal(err)
		}
		equal(t, "tries", []int{c.times[digest(1)], c.times[digest(2)], c.times[digest(3)]}, []int{1, 3, 1})
		equal(t, "waiting", must(s.Waiting(t.Context()))(t), 0)
	})
	t.Run("one that keeps failing is left waiting, and said", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 1, 2)
		why := errors.New("the disk of bytes is away")
		save := reads(s, &counter{})
		err := s.Work(t.Context(), 2, true, func(ctx context.Context, d contrechamp.Digest) error {
			if d == digest(1) {
				return why
			}
			return save(ctx, d)
		})
		wantKind(t, "work", err, contrechamp.ErrUnavailable)
		wantKind(t, "work", err, why)
		equal(t, "waiting", must(s.Waiting(t.Context()))(t), 1)
		if err := s.Work(t.Context(), 2, true, save); err != nil {
			t.Fatalf("when the disk is back: %v", err)
		}
		equal(t, "waiting", must(s.Waiting(t.Context()))(t), 0)
	})
	t.Run("one that panics does not end the others", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 1, 2, 3)
		var c counter
		save := reads(s, &counter{})
		if err := s.Work(t.Context(), 1, true, func(ctx context.Context, d contrechamp.Digest) error {
			defer c.end()
			if c.begin(d) == 1 && d == digest(2) {
				panic("a defect in a reader")
			}
			return save(ctx, d)
		}); err != nil {
			t.Fatal(err)
		}
		equal(t, "waiting", must(s.Waiting(t.Context()))(t), 0)
	})
	t.Run("what comes while it works is read too", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 1)
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		var c counter
		save := reads(s, &c)
		err := s.Work(ctx, 2, false, func(ctx context.Context, d contrechamp.Digest) error {
			if err := save(ctx, d); err != nil {
				return err
			}
			if d == digest(1) {
				_, err := s.RecordCaptures(ctx, []contrechamp.Received{received(2)})
				return err
			}
			stop()
			return nil
		})
		wantKind(t, "work ended by its context", err, context.Canceled)
		equal(t, "handed out", []int{c.times[digest(1)], c.times[digest(2)]}, []int{1, 1})
	})
	t.Run("stopped, the one being read is finished and the rest waits", func(t *testing.T) {
		in := open(t)
		s := in.Store
		record(t, s, numbers...)
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		var c counter
		save := reads(s, &c)
		err := s.Work(ctx, 1, false, func(ctx context.Context, d contrechamp.Digest) error {
			if c.begin(d); len(c.times) == 5 {
				stop()
			}
			c.end()
			return save(ctx, d)
		})
		wantKind(t, "work", err, context.Canceled)
		equal(t, "waiting", must(s.Waiting(t.Context()))(t), len(numbers)-5)
		s = in.Reopen(t)
		if err := s.Work(t.Context(), 2, true, reads(s, &c)); err != nil {
			t.Fatal(err)
		}
		equal(t, "waiting", must(s.Waiting(t.Context()))(t), 0)
	})
	t.Run("handed out again after a crash", func(t *testing.T) {
		in := open(t)
		if in.Crash == nil {
			missing(t, "way to crash in one process")
		}
		s := in.Store
		record(t, s, numbers...)
		hold, began := make(chan struct{}), make(chan contrechamp.Digest, len(numbers))
		ended := make(chan error, 1)
		go func() {
			ended <- s.Work(t.Context(), 2, true, func(ctx context.Context, d contrechamp.Digest) error {
				began <- d
				<-hold
				return errors.New("dead")
			})
		}()
		inHand := []contrechamp.Digest{<-began, <-began}
		again := in.Crash(t)
		var c counter
		if err := again.Work(t.Context(), 2, true, reads(again, &c)); err != nil {
			t.Fatal(err)
		}
		for _, n := range numbers {
			if c.times[digest(n)] != 1 {
				t.Errorf("document %d was handed out %d times after the crash, want once", n, c.times[digest(n)])
			}
		}
		if slices.ContainsFunc(inHand, func(d contrechamp.Digest) bool { return c.times[d] != 1 }) {
			t.Error("a capture that was being read is not handed out again")
		}
		close(hold)
		if err := <-ended; err == nil {
			t.Error("the work that was cut off says that it is done")
		}
	})
	t.Run("refused", func(t *testing.T) {
		s := open(t).Store
		none := func(context.Context, contrechamp.Digest) error { return nil }
		wantKind(t, "nobody", s.Work(t.Context(), 0, true, none), contrechamp.ErrInvalid)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		wantKind(t, "an ended context", s.Work(ctx, 1, true, none), context.Canceled)
		if err := s.Work(t.Context(), 1, true, none); err != nil {
			t.Errorf("nothing to do: %v", err)
		}
	})
}
