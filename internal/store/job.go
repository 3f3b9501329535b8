package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"contrechamp.org/contrechamp"
)

const (
	// persistence is how often work that is to end when nothing waits tries a job that fails.
	persistence = 3
	// MaxReadTime is how long one capture may be read before its context ends.
	MaxReadTime = 10 * time.Minute
	// grace is how long captures that are being read may finish once work is to stop.
	grace = 5 * time.Second
	// pollInterval is how soon work sees a job that came while it had nothing to do.
	pollInterval = 200 * time.Millisecond
	// stalled is after how long without any reading work that is to end when nothing waits gives up: the queue
	// cannot hand out or tick off, because the disk is full or the database is away.
	stalled = 15 * time.Second
)

// Waiting implements contrechamp.Jobs.
func (s *Database) Waiting(ctx context.Context) (int, error) {
	var n int
	err := one(ctx, s.readers, "SELECT COUNT(*) FROM capture WHERE state = 'waiting'", nil, &n)
	return n, failed(ctx, "count what waits", err)
}

// backoff is how long a job that failed for the nth time rests.
func backoff(attempt int) time.Duration {
	rest := time.Second
	for range attempt - 1 {
		if rest *= 4; rest > time.Hour {
			return time.Hour
		}
	}
	return rest
}

// retryPolicy tells the queue when to try a job again.
type retryPolicy struct {
	rest func(attempt int) time.Duration
}

// NextRetry implements river.ClientRetryPolicy.
func (p retryPolicy) NextRetry(job *rivertype.JobRow) time.Time {
	return time.Now().Add(p.rest(job.Attempt))
}

// reader is the queue's worker.
type reader struct {
	river.WorkerDefaults[readJob]
	store    *Database
	read     func(context.Context, contrechamp.Digest) (contrechamp.Reading, error)
	saver    *saver
	turns    *turns          // as many as captures are read at once
	stopping context.Context // done when no further capture is to be begun

	mu     sync.Mutex
	inHand map[int64]time.Time // jobs that the queue has handed out; zero, or when they ended
	failed map[int64]int       // job -> how often it failed in this run
	last   error               // of the job that failed last
	active int                 // captures being read
	moved  time.Time           // when one was last begun or ended
}

// Work reads one capture.
func (w *reader) Work(ctx context.Context, job *river.Job[readJob]) error {
	w.hold(job.ID, true)
	defer w.hold(job.ID, false)
	d, err := contrechamp.ParseDigest(job.Args.Capture)
	if err != nil {
		return river.JobCancel(err)
	}
	reading, begun, err := w.readOne(ctx, d, job)
	if !begun {
		return river.JobSnooze(0) // in hand but not begun: for the next one who works
	}
	if err == nil {
		// while this waits for the disk, the next capture is read
		err = w.saver.save(ctx, reading)
	}
	if err != nil && w.stopping.Err() != nil {
		return river.JobSnooze(0) // stopped in the middle is no fault of the document
	}
	if err != nil && job.Attempt >= job.MaxAttempts {
		err = w.giveUp(ctx, d, job.Attempt, err)
	}
	w.note(job.ID, err)
	return err
}

// readOne reads a capture when it is its turn. It is not begun when work is to stop.
func (w *reader) readOne(ctx context.Context, d contrechamp.Digest, job *river.Job[readJob]) (r contrechamp.Reading, begun bool, err error) {
	w.saver.onTheWay.Add(1)
	defer w.saver.onTheWay.Add(-1)
	if !w.turns.wait(job.Priority, job.ID, w.stopping.Done(), ctx.Done()) {
		return r, false, nil
	}
	defer w.turns.done()
	if w.stopping.Err() != nil || ctx.Err() != nil {
		return r, false, nil
	}
	limited, cancel := context.WithTimeout(ctx, MaxReadTime)
	defer cancel()
	w.move(1)
	defer w.move(-1) // in a panic too
	r, err = w.read(limited, d)
	if err == nil && r.Text.Capture != d {
		err = fmt.Errorf("the reading of %s is of %s: %w", d.Short(), r.Text.Capture.Short(), contrechamp.ErrInvalid)
	}
	return r, true, err
}

// giveUp records that a capture could not be read, after the last try. The job is dead then, and the capture waits no
// more; RetryJobs takes both up again.
func (w *reader) giveUp(ctx context.Context, d contrechamp.Digest, tries int, why error) error {
	reason := fmt.Sprintf("given up after %d tries: %v", tries, why)
	saved := w.store.SaveReading(ctx, contrechamp.Reading{Text: contrechamp.Text{Capture: d}, Reason: reason})
	return errors.Join(why, saved)
}

// hold notes which jobs are in hand.
func (w *reader) hold(job int64, held bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.inHand[job] = time.Time{}
	if !held {
		w.inHand[job] = time.Now()
	}
}

// held lists the jobs in hand, and those that ended so lately that the queue may not have noted it yet.
func (w *reader) held() []int64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	maps.DeleteFunc(w.inHand, func(_ int64, ended time.Time) bool { return !ended.IsZero() && time.Since(ended) > unheard })
	return slices.Collect(maps.Keys(w.inHand))
}

func (w *reader) note(job int64, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err == nil {
		delete(w.failed, job)
		return
	}
	w.failed[job]++
	w.last = err
}

// move counts a capture as begun or ended.
func (w *reader) move(by int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.active += by
	w.moved = time.Now()
}

// stuck reports whether nothing has been read for so long.
func (w *reader) stuck(so time.Duration) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.active == 0 && time.Since(w.moved) > so
}

// givenUp counts the jobs that failed too often for this run.
func (w *reader) givenUp() (n int, last error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, times := range w.failed {
		if times >= persistence {
			n++
		}
	}
	return n, w.last
}

// Work implements contrechamp.Jobs. When ctx ends, captures that are being read may finish for a few seconds; what
// does not is handed out again by the next Work. With untilEmpty, what failed before is tried at once; what fails
// three times is left to a later Work, and the answer is then ErrUnavailable with the last failure. One Work runs at
// a time; closing the store ends it with an error.
func (s *Database) Work(ctx context.Context, n int, untilEmpty bool, read func(context.Context, contrechamp.Digest) (contrechamp.Reading, error), saved func(contrechamp.Reading)) error {
	const doing = "read what waits"
	if s.writer == nil {
		return fmt.Errorf("%s: the store was opened for reading: %w", doing, contrechamp.ErrConflict)
	}
	if n < 1 {
		return fmt.Errorf("%s: %d at once: %w", doing, n, contrechamp.ErrInvalid)
	}
	if !s.working.CompareAndSwap(false, true) {
		return fmt.Errorf("%s: it is being read already: %w", doing, contrechamp.ErrConflict)
	}
	defer s.working.Store(false)
	if ctx.Err() != nil {
		return fmt.Errorf("%s: %w", doing, ctx.Err())
	}
	stopping, stop := context.WithCancel(ctx)
	defer stop()
	w := &reader{store: s, read: read, saver: newSaver(s, saved), turns: newTurns(n), stopping: stopping, inHand: map[int64]time.Time{}, failed: map[int64]int{}, moved: time.Now()}
	if untilEmpty {
		if err := s.patiently(ctx, func() error { return s.queue.hasten(ctx) }); err != nil {
			return failed(ctx, doing, err)
		}
	}
	name := workerName()
	if err := s.patiently(ctx, func() error { return s.lookAfter(ctx, name, w) }); err != nil {
		return failed(ctx, doing, err)
	}
	client, err := s.workClient(w, n, name)
	if err != nil {
		return failed(ctx, doing, err)
	}
	// it outlives ctx, so that what is being read can be recorded
	saving, endSaving := context.WithCancel(context.WithoutCancel(ctx))
	defer endSaving()
	go w.saver.run(saving)
	var keeping sync.WaitGroup
	keeping.Go(func() { s.keepWorking(stopping, name, w) })
	defer keeping.Wait()
	defer stop()
	events, unsubscribe := client.SubscribeConfig(&river.SubscribeConfig{ChanSize: 1024,
		Kinds: []river.EventKind{river.EventKindJobCompleted, river.EventKindJobFailed, river.EventKindJobCancelled, river.EventKindJobSnoozed}})
	defer unsubscribe()
	// the queue's own context outlives ctx, so that what is being read can be finished and recorded
	if err := client.Start(context.WithoutCancel(ctx)); err != nil {
		return failed(ctx, doing, err)
	}
	err = s.await(ctx, name, w, events, untilEmpty)
	stop()
	select {
	case <-s.closed:
		// the queue has lost its database and will notice by itself
		go client.StopAndCancel(context.WithoutCancel(ctx))
		return failed(ctx, doing, err)
	default:
	}
	if stopErr := stopClient(ctx, client); stopErr != nil {
		err = errors.Join(err, stopErr)
	}
	return failed(ctx, doing, err)
}

// workerName names this process among those that work: the queue writes it beside what it hands out.
func workerName() string {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	return fmt.Sprintf("%s-%d-%s", host, os.Getpid(), strings.ToLower(rand.Text()[:6]))
}

// patiently calls f again while the database is away. Doing f twice must change nothing.
func (s *Database) patiently(ctx context.Context, f func() error) error {
	return repeat(ctx, s.options.Patience, f, s.readers.worthwhile)
}

// lookAfter says that this process works, and takes over what others left.
func (s *Database) lookAfter(ctx context.Context, name string, w *reader) error {
	if err := s.queue.enter(ctx, name); err != nil {
		return err
	}
	return s.queue.takeOver(ctx, name, w.held())
}

// keepWorking looks after the queue until ctx ends. What fails is tried again at the next turn.
func (s *Database) keepWorking(ctx context.Context, name string, w *reader) {
	beat := time.NewTicker(s.options.Silence / 6)
	defer beat.Stop()
	adopted := time.Time{}
	for {
		if s.apart != nil && time.Since(adopted) > adoptEvery {
			adopted = time.Now()
			if err := s.adopt(ctx); err != nil && ctx.Err() == nil {
				s.logger.WarnContext(ctx, "looking for captures without a job", "error", err)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-s.closed:
			return
		case <-beat.C:
		}
		if err := s.lookAfter(ctx, name, w); err != nil && ctx.Err() == nil {
			s.logger.WarnContext(ctx, "looking after the queue", "error", err)
		}
	}
}

func (s *Database) workClient(w *reader, n int, name string) (worker, error) {
	workers := river.NewWorkers()
	if err := river.AddWorkerSafely(workers, w); err != nil {
		return nil, err
	}
	return s.queue.worker(&river.Config{
		ID:                   name,
		Logger:               s.queueLogger(),
		Queues:               map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: min(n*s.queue.handOut(), 1000)}},
		Workers:              workers,
		FetchCooldown:        river.FetchCooldownMin,
		FetchPollInterval:    pollInterval,
		JobTimeout:           -1,             // w has its own, counted from when reading begins
		RescueStuckJobsAfter: 24 * time.Hour, // takeOver does it sooner
		RetryPolicy:          retryPolicy{s.options.Backoff},
	})
}

// await returns when work is to stop: when ctx ends, or, with untilEmpty, when nothing waits any more.
func (s *Database) await(ctx context.Context, name string, w *reader, events <-chan *river.Event, untilEmpty bool) error {
	const most = 10_000                 // counting further tells nothing
	look := time.NewTicker(time.Second) // events can be missed only where the queue is in trouble
	defer look.Stop()
	for {
		if untilEmpty {
			left, last := w.givenUp()
			var open, elsewhere int
			err := s.patiently(ctx, func() (err error) {
				open, elsewhere, err = s.queue.open(ctx, name, most)
				return err
			})
			if err != nil {
				return err
			}
			empty := open <= left
			if elsewhere > 0 {
				w.move(0) // others are at it
			}
			if empty && left > 0 {
				return fmt.Errorf("%d documents cannot be read now: %w: %w", left, last, contrechamp.ErrUnavailable)
			}
			if empty {
				return nil
			}
			if w.stuck(s.stalled) {
				if last == nil {
					last = errors.New("the queue hands nothing out")
				}
				hint := contrechamp.Hint(last)
				if hint == "" {
					hint = hintDisk
				}
				return contrechamp.WithHint(fmt.Errorf("the queue stands still: %w: %w", last, contrechamp.ErrUnavailable), hint)
			}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-s.closed:
			return fmt.Errorf("the store was closed: %w", contrechamp.ErrUnavailable)
		case <-events:
		case <-look.C:
		}
		// many jobs end together: one look for all that are known to have ended
		for more := true; more; {
			select {
			case <-events:
			default:
				more = false
			}
		}
	}
}

// stopClient lets what is being read finish, then ends it.
func stopClient(ctx context.Context, client worker) error {
	ctx = context.WithoutCancel(ctx)
	soft, cancel := context.WithTimeout(ctx, grace)
	defer cancel()
	err := client.Stop(soft)
	if err == nil || !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	hard, cancel := context.WithTimeout(ctx, grace)
	defer cancel()
	return client.StopAndCancel(hard)
}
