package storetest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

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

// reader is what Work calls for each capture.
type reader func(context.Context, contrechamp.Digest) (contrechamp.Reading, error)

func testJobs(t *testing.T, open func(t *testing.T) Instance) {
	numbers := make([]int, 60)
	for i := range numbers {
		numbers[i] = i
	}
	reads := func(c *counter) reader {
		return func(ctx context.Context, d contrechamp.Digest) (contrechamp.Reading, error) {
			c.begin(d)
			defer c.end()
			return contrechamp.Reading{Text: contrechamp.Text{Capture: d, Reader: "plain/1", ReadAt: at(1)}}, nil
		}
	}
	none := contrechamp.Reading{}
	t.Run("each capture is handed out once, at most n at once", func(t *testing.T) {
		s := open(t).Store
		record(t, s, numbers...)
		record(t, s, numbers[:10]...) // met again while it waits: no second job
		equal(t, "waiting", must(s.Waiting(t.Context()))(t), len(numbers))
		var c counter
		if err := s.Work(t.Context(), 3, true, reads(&c), nil); err != nil {
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
		if err := s.Work(t.Context(), 2, true, func(context.Context, contrechamp.Digest) (contrechamp.Reading, error) {
			t.Error("a capture that was read is handed out again")
			return none, nil
		}, nil); err != nil {
			t.Fatal(err)
		}
	})
	t.Run("n captures are read at the same time", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 1, 2)
		var both sync.WaitGroup
		both.Add(2)
		if err := s.Work(t.Context(), 2, true, func(ctx context.Context, d contrechamp.Digest) (contrechamp.Reading, error) {
			both.Done()
			both.Wait() // ends only if the other one is being read too
			return contrechamp.Reading{Text: contrechamp.Text{Capture: d}, Reason: "why"}, nil
		}, nil); err != nil {
			t.Fatal(err)
		}
	})
	t.Run("one that fails is tried again", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 1, 2, 3)
		var c counter
		save := reads(&counter{})
		if err := s.Work(t.Context(), 2, true, func(ctx context.Context, d contrechamp.Digest) (contrechamp.Reading, error) {
			defer c.end()
			if c.begin(d) < 3 && d == digest(2) {
				return none, errors.New("not now")
			}
			return save(ctx, d)
		}, nil); err != nil {
			t.Fatal(err)
		}
		equal(t, "tries", []int{c.times[digest(1)], c.times[digest(2)], c.times[digest(3)]}, []int{1, 3, 1})
		equal(t, "waiting", must(s.Waiting(t.Context()))(t), 0)
	})
	t.Run("one that keeps failing is left waiting, and said", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 1, 2)
		why := errors.New("the disk of bytes is away")
		save := reads(&counter{})
		err := s.Work(t.Context(), 2, true, func(ctx context.Context, d contrechamp.Digest) (contrechamp.Reading, error) {
			if d == digest(1) {
				return none, why
			}
			return save(ctx, d)
		}, nil)
		wantKind(t, "work", err, contrechamp.ErrUnavailable)
		wantKind(t, "work", err, why)
		equal(t, "waiting", must(s.Waiting(t.Context()))(t), 1)
		if err := s.Work(t.Context(), 2, true, save, nil); err != nil {
			t.Fatalf("when the disk is back: %v", err)
		}
		equal(t, "waiting", must(s.Waiting(t.Context()))(t), 0)
	})
	t.Run("one that panics does not end the others", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 1, 2, 3)
		var c counter
		save := reads(&counter{})
		if err := s.Work(t.Context(), 1, true, func(ctx context.Context, d contrechamp.Digest) (contrechamp.Reading, error) {
			defer c.end()
			if c.begin(d) == 1 && d == digest(2) {
				panic("a defect in a reader")
			}
			return save(ctx, d)
		}, nil); err != nil {
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
		var heard []contrechamp.Digest
		save := reads(&c)
		err := s.Work(ctx, 2, false, func(ctx context.Context, d contrechamp.Digest) (contrechamp.Reading, error) {
			if d == digest(1) {
				if _, err := s.RecordCaptures(ctx, []contrechamp.Received{received(2)}); err != nil {
					return none, err
				}
			}
			return save(ctx, d)
		}, func(r contrechamp.Reading) {
			heard = append(heard, r.Text.Capture)
			if r.Text.Capture == digest(2) {
				stop()
			}
		})
		wantKind(t, "work ended by its context", err, context.Canceled)
		equal(t, "heard", heard, []contrechamp.Digest{digest(1), digest(2)})
		equal(t, "handed out", []int{c.times[digest(1)], c.times[digest(2)]}, []int{1, 1})
	})
	t.Run("stopped, the one being read is finished and the rest waits", func(t *testing.T) {
		in := open(t)
		s := in.Store
		record(t, s, numbers...)
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		var c counter
		save := reads(&c)
		err := s.Work(ctx, 1, false, func(ctx context.Context, d contrechamp.Digest) (contrechamp.Reading, error) {
			if c.begin(d); len(c.times) == 5 {
				stop()
			}
			c.end()
			return save(ctx, d)
		}, nil)
		wantKind(t, "work", err, context.Canceled)
		equal(t, "waiting", must(s.Waiting(t.Context()))(t), len(numbers)-5)
		s = in.Reopen(t)
		if err := s.Work(t.Context(), 2, true, reads(&c), nil); err != nil {
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
			ended <- s.Work(t.Context(), 2, true, func(ctx context.Context, d contrechamp.Digest) (contrechamp.Reading, error) {
				began <- d
				<-hold
				return none, errors.New("dead")
			}, nil)
		}()
		inHand := []contrechamp.Digest{<-began, <-began}
		again := in.Crash(t)
		var c counter
		if err := again.Work(t.Context(), 2, true, reads(&c), nil); err != nil {
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
	t.Run("one that is refused takes no other along", func(t *testing.T) {
		s := open(t).Store
		record(t, s, numbers...)
		err := s.Work(t.Context(), 3, true, func(_ context.Context, d contrechamp.Digest) (contrechamp.Reading, error) {
			r := contrechamp.Reading{Text: contrechamp.Text{Capture: d, Reader: "plain/1", ReadAt: at(1)}}
			if d == digest(7) {
				r.Text.Body = "no \xff text" // never kept
			}
			return r, nil
		}, nil)
		wantKind(t, "work", err, contrechamp.ErrInvalid)
		equal(t, "waiting", must(s.Waiting(t.Context()))(t), 1)
	})
	t.Run("one that fails too often is dead, until somebody says otherwise", func(t *testing.T) { testDeadJob(t, open(t).Store) })
	t.Run("jobs are listed, and retried", func(t *testing.T) { testJobKeeper(t, open(t)) })
	t.Run("refused", func(t *testing.T) {
		s := open(t).Store
		read := reads(&counter{})
		wantKind(t, "nobody", s.Work(t.Context(), 0, true, read, nil), contrechamp.ErrInvalid)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		wantKind(t, "an ended context", s.Work(ctx, 1, true, read, nil), context.Canceled)
		if err := s.Work(t.Context(), 1, true, read, nil); err != nil {
			t.Errorf("nothing to do: %v", err)
		}
	})
}

func testJobKeeper(t *testing.T, in Instance) {
	s, ctx := in.Store, t.Context()
	many := received(1)
	many.Priority = contrechamp.Bulk
	if _, err := s.RecordCaptures(ctx, []contrechamp.Received{many, received(2)}); err != nil {
		t.Fatal(err)
	}
	states := func(want ...contrechamp.JobState) []contrechamp.Job {
		t.Helper()
		jobs := must(s.ListJobs(ctx, 0))(t)
		got := []contrechamp.JobState{}
		for _, j := range jobs {
			got = append(got, j.State)
		}
		equal(t, "states", got, want)
		return jobs
	}
	jobs := states(contrechamp.JobWaiting, contrechamp.JobWaiting)
	equal(t, "captures", []contrechamp.Digest{jobs[0].Capture, jobs[1].Capture}, []contrechamp.Digest{digest(1), digest(2)})
	equal(t, "priorities", []contrechamp.Priority{jobs[0].Priority, jobs[1].Priority}, []contrechamp.Priority{contrechamp.Bulk, contrechamp.Usual})
	equal(t, "at most one", len(must(s.ListJobs(ctx, 1))(t)), 1)

	away := errors.New("the disk of bytes is away")
	err := s.Work(ctx, 1, true, func(_ context.Context, d contrechamp.Digest) (contrechamp.Reading, error) {
		if d == digest(1) {
			return contrechamp.Reading{}, away
		}
		return contrechamp.Reading{Text: contrechamp.Text{Capture: d, Reader: "plain/1", ReadAt: at(1)}}, nil
	}, nil)
	wantKind(t, "work", err, away)
	jobs = must(s.ListJobs(ctx, 0, contrechamp.JobResting, contrechamp.JobWaiting))(t)
	if len(jobs) != 1 || jobs[0].Capture != digest(1) || !strings.Contains(jobs[0].Reason, away.Error()) || jobs[0].Attempts == 0 || jobs[0].Worker == "" {
		t.Errorf("got %+v, want the one that failed, with the reason and who had it", jobs)
	}
	equal(t, "dead", len(must(s.ListJobs(ctx, 0, contrechamp.JobDead))(t)), 0)
	equal(t, "retried, another", must(s.RetryJobs(ctx, digest(2)))(t), 0)
	if n := must(s.RetryJobs(ctx))(t); n > 1 {
		t.Errorf("retried %d jobs, want one at most", n)
	}
	if err := s.Work(ctx, 1, true, func(_ context.Context, d contrechamp.Digest) (contrechamp.Reading, error) {
		return contrechamp.Reading{Text: contrechamp.Text{Capture: d, Reader: "plain/1", ReadAt: at(1)}}, nil
	}, nil); err != nil {
		t.Fatal(err)
	}
	equal(t, "jobs at the end", len(must(s.ListJobs(ctx, 0))(t)), 0)
	testPriority(t, s)
}

// testDeadJob lets a job fail until it is given up: it is said why, in the list of jobs and of documents, and it can be
// taken up again.
func testDeadJob(t *testing.T, s contrechamp.Store) {
	record(t, s, 1)
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	why := errors.New("the disk of bytes is away")
	ended := make(chan error, 1)
	go func() {
		ended <- s.Work(ctx, 1, false, func(context.Context, contrechamp.Digest) (contrechamp.Reading, error) {
			return contrechamp.Reading{}, why
		}, nil)
	}()
	var dead []contrechamp.Job
	for len(dead) == 0 && ctx.Err() == nil {
		dead = must(s.ListJobs(t.Context(), 10, contrechamp.JobDead))(t)
	}
	stop()
	wantKind(t, "work", <-ended, context.Canceled)
	if len(dead) != 1 || dead[0].Capture != digest(1) || dead[0].Attempts < 2 || !strings.Contains(dead[0].Reason, why.Error()) {
		t.Fatalf("got the dead jobs %+v, want the one that failed, with the reason", dead)
	}
	doc := must(s.Document(t.Context(), digest(1)))(t)
	if doc.State != contrechamp.NotRead || !strings.Contains(doc.Reason, "given up") || !strings.Contains(doc.Reason, why.Error()) {
		t.Errorf("its document is %s: %q, want that it was given up, and why", doc.State, doc.Reason)
	}
	equal(t, "waiting", must(s.Waiting(t.Context()))(t), 0)
	equal(t, "retried", must(s.RetryJobs(t.Context(), digest(1)))(t), 1)
	equal(t, "waiting again", must(s.Waiting(t.Context()))(t), 1)
	if err := s.Work(t.Context(), 1, true, func(_ context.Context, d contrechamp.Digest) (contrechamp.Reading, error) {
		return contrechamp.Reading{Text: contrechamp.Text{Capture: d, Reader: "plain/1", ReadAt: at(1)}}, nil
	}, nil); err != nil {
		t.Fatal(err)
	}
	equal(t, "state", must(s.Document(t.Context(), digest(1)))(t).State, contrechamp.Read)
}

// testPriority: one document that somebody named is read before most of the many that came before it.
func testPriority(t *testing.T, s contrechamp.Store) {
	const many = 150
	for n := range many {
		r := received(100 + n)
		r.Priority = contrechamp.Bulk
		if _, err := s.RecordCaptures(t.Context(), []contrechamp.Received{r}); err != nil {
			t.Fatal(err)
		}
	}
	record(t, s, 99)
	var order []contrechamp.Digest
	if err := s.Work(t.Context(), 1, true, func(_ context.Context, d contrechamp.Digest) (contrechamp.Reading, error) {
		time.Sleep(time.Millisecond) // as reading takes: those that are handed out together are all there then
		order = append(order, d)
		return contrechamp.Reading{Text: contrechamp.Text{Capture: d, Reader: "plain/1", ReadAt: at(1)}}, nil
	}, nil); err != nil {
		t.Fatal(err)
	}
	if at := slices.Index(order, digest(99)); at < 0 || at > many/2 {
		t.Errorf("the document that was named is read as number %d of %d", at, len(order))
	}
}
