package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivertype"

	"contrechamp.org/contrechamp"
)

const (
	// readKind is the kind of job that reads one capture.
	readKind = "read"
	// mostAttempts is how often a job is tried before it rests until its document is added again.
	mostAttempts = 100
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
	// handOut is how many jobs each reader has in hand: one transaction hands out many.
	handOut = 32
)

// readJob is the work of reading one capture. Its fields are stored: they never change their meaning.
type readJob struct {
	Capture string `json:"capture" river:"unique"`
}

// Kind names the job's kind in the queue.
func (readJob) Kind() string { return readKind }

// InsertOpts keeps a capture from having two jobs that wait.
func (readJob) InsertOpts() river.InsertOpts {
	return river.InsertOpts{
		MaxAttempts: mostAttempts,
		UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
			rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable,
			rivertype.JobStateRunning, rivertype.JobStateScheduled}},
	}
}

// quiet is river's driver for SQLite without notices: they would be rows, written and swept for each batch, where
// the one process that works looks for itself.
type quiet struct{ *riversqlite.Driver }

func (quiet) SupportsListener() bool     { return false }
func (quiet) SupportsListenNotify() bool { return false }

// openQueue makes the client that inserts jobs.
func (s *SQLite) openQueue() error {
	var err error
	s.queue, err = river.NewClient(quiet{riversqlite.New(s.writer)}, &river.Config{Logger: s.queueLogger()})
	if err != nil {
		return fmt.Errorf("open the queue: %w", err)
	}
	return nil
}

// queueLogger hands on what the queue says of trouble; its daily business is nobody's.
func (s *SQLite) queueLogger() *slog.Logger {
	return slog.New(above{s.logger.Handler(), slog.LevelError})
}

// above is a handler that passes over less than a level.
type above struct {
	slog.Handler
	level slog.Level
}

func (a above) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= a.level && a.Handler.Enabled(ctx, l)
}
func (a above) WithAttrs(attrs []slog.Attr) slog.Handler {
	return above{a.Handler.WithAttrs(attrs), a.level}
}
func (a above) WithGroup(name string) slog.Handler { return above{a.Handler.WithGroup(name), a.level} }

// enqueue gives each capture a job that reads it, if it has none that waits.
func (s *SQLite) enqueue(ctx context.Context, t tx, digests []string) error {
	if len(digests) == 0 {
		return nil
	}
	if err := s.fault(); err != nil {
		return err
	}
	jobs := make([]river.InsertManyParams, len(digests))
	for i, d := range digests {
		jobs[i].Args = readJob{Capture: d}
	}
	_, err := s.queue.InsertManyTx(ctx, t.Tx, jobs)
	return err
}

// queueTime is how the queue's driver writes times.
const queueTime = "2006-01-02 15:04:05.000"

// recoverJobs hands out again what a process that died had in hand: whoever holds the folder's lock is alone.
func (s *SQLite) recoverJobs(ctx context.Context) error {
	now := s.options.Clock().UTC()
	return s.write(ctx, "take up the jobs of before", func(t tx) error {
		// the attempt does not count: that it ended says nothing of the document
		if _, err := t.exec(ctx, `UPDATE river_job SET state = 'available', attempt = MAX(attempt - 1, 0), scheduled_at = $1 WHERE state = 'running'`,
			now.Format(queueTime)); err != nil {
			return err
		}
		if _, err := t.exec(ctx, `DELETE FROM river_leader`); err != nil {
			return err
		}
		// done for a day; the queue sweeps them itself only where it works for long
		_, err := t.exec(ctx, `DELETE FROM river_job WHERE id IN (SELECT id FROM river_job WHERE state = 'completed' AND finalized_at < $1 LIMIT 10000)`,
			now.Add(-24*time.Hour).Format(queueTime))
		return err
	})
}

// Waiting implements contrechamp.Jobs.
func (s *SQLite) Waiting(ctx context.Context) (int, error) {
	var n int
	err := s.readers.QueryRowContext(ctx, "SELECT COUNT(*) FROM capture WHERE state = 'waiting'").Scan(&n)
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
	store    *SQLite
	read     func(context.Context, contrechamp.Digest) error
	slots    chan struct{}   // one for each capture being read
	stopping context.Context // done when no further capture is to be begun

	mu     sync.Mutex
	failed map[int64]int // job -> how often it failed in this run
	last   error         // of the job that failed last
	active int           // captures being read
	moved  time.Time     // when one was last begun or ended
}

// Work reads one capture.
func (w *reader) Work(ctx context.Context, job *river.Job[readJob]) error {
	select {
	case w.slots <- struct{}{}:
		defer func() { <-w.slots }()
	case <-w.stopping.Done():
	case <-ctx.Done():
	}
	if w.stopping.Err() != nil || ctx.Err() != nil {
		return river.JobSnooze(0) // in hand but not begun: for the next one who works
	}
	d, err := contrechamp.ParseDigest(job.Args.Capture)
	if err != nil {
		return river.JobCancel(err)
	}
	limited, cancel := context.WithTimeout(ctx, MaxReadTime)
	defer cancel()
	w.move(1)
	defer w.move(-1) // in a panic too
	err = w.read(limited, d)
	if err != nil && w.stopping.Err() != nil {
		return river.JobSnooze(0) // stopped in the middle is no fault of the document
	}
	w.note(job.ID, err)
	return err
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
func (s *SQLite) Work(ctx context.Context, n int, untilEmpty bool, read func(context.Context, contrechamp.Digest) error) error {
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
	w := &reader{store: s, read: read, slots: make(chan struct{}, n), stopping: stopping, failed: map[int64]int{}, moved: time.Now()}
	if untilEmpty {
		if err := s.hasten(ctx); err != nil {
			return err
		}
	}
	client, err := s.workClient(w, n)
	if err != nil {
		return failed(ctx, doing, err)
	}
	events, unsubscribe := client.SubscribeConfig(&river.SubscribeConfig{ChanSize: 1024,
		Kinds: []river.EventKind{river.EventKindJobCompleted, river.EventKindJobFailed, river.EventKindJobCancelled, river.EventKindJobSnoozed}})
	defer unsubscribe()
	// the queue's own context outlives ctx, so that what is being read can be finished and recorded
	if err := client.Start(context.WithoutCancel(ctx)); err != nil {
		return failed(ctx, doing, err)
	}
	err = s.await(ctx, w, events, untilEmpty)
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

// hasten makes jobs that rest after a failure due now, as if they had not failed: somebody asked for it.
func (s *SQLite) hasten(ctx context.Context) error {
	return s.write(ctx, "take up what failed before", func(t tx) error {
		_, err := t.exec(ctx, `UPDATE river_job SET state = 'available', attempt = 0, scheduled_at = $1 WHERE state IN ('retryable', 'scheduled')`,
			s.options.Clock().UTC().Format(queueTime))
		return err
	})
}

func (s *SQLite) workClient(w *reader, n int) (*river.Client[*sql.Tx], error) {
	workers := river.NewWorkers()
	if err := river.AddWorkerSafely(workers, w); err != nil {
		return nil, err
	}
	return river.NewClient(quiet{riversqlite.New(s.writer)}, &river.Config{
		Logger:               s.queueLogger(),
		Queues:               map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: min(n*handOut, 1000)}},
		Workers:              workers,
		FetchCooldown:        river.FetchCooldownMin,
		FetchPollInterval:    pollInterval,
		JobTimeout:           -1,             // w has its own, counted from when reading begins
		RescueStuckJobsAfter: 24 * time.Hour, // recoverJobs does it at once
		RetryPolicy:          retryPolicy{s.options.Backoff},
	})
}

// await returns when work is to stop: when ctx ends, or, with untilEmpty, when nothing waits any more.
func (s *SQLite) await(ctx context.Context, w *reader, events <-chan *river.Event, untilEmpty bool) error {
	look := time.NewTicker(time.Second) // events can be missed only where the queue is in trouble
	defer look.Stop()
	for {
		if untilEmpty {
			left, last := w.givenUp()
			empty, err := s.empty(ctx, left)
			if err != nil {
				return err
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

// empty reports whether no job waits but those that were given up.
func (s *SQLite) empty(ctx context.Context, givenUp int) (bool, error) {
	var n int
	err := s.readers.QueryRowContext(ctx, `SELECT COUNT(*) FROM (SELECT 1 FROM river_job
		WHERE state IN ('available', 'pending', 'retryable', 'running', 'scheduled') LIMIT $1)`, givenUp+1).Scan(&n)
	return n <= givenUp, err
}

// stopClient lets what is being read finish, then ends it.
func stopClient(ctx context.Context, client *river.Client[*sql.Tx]) error {
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
