package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivertype"

	"contrechamp.org/contrechamp"
)

const (
	// readKind is the kind of job that reads one capture.
	readKind = "read"
	// mostAttempts is how often a job is tried before it is dead: with the rests between, most of a day.
	mostAttempts = 25
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

// queue is the work that waits, kept by river in one database.
type queue interface {
	// enqueue adds jobs within a transaction of the database that the queue rests in; without one, in its own. A
	// capture that has a job that waits gets no second one.
	enqueue(ctx context.Context, t *tx, jobs []river.InsertManyParams) error
	// worker makes the client that hands jobs out.
	worker(config *river.Config) (worker, error)
	// handOut is how many jobs each reader has in hand: one transaction hands out many.
	handOut() int
	jobs(ctx context.Context, params *river.JobListParams) ([]*rivertype.JobRow, error)
	retry(ctx context.Context, id int64) error
	// open counts the jobs that wait or are being done, up to most, and how many of them others than worker are doing.
	open(ctx context.Context, worker string, most int) (open, elsewhere int, err error)
	// hasten makes jobs that rest after a failure due now, as if they had not failed.
	hasten(ctx context.Context) error
	// enter says that a worker of that name is at work; it is called again and again while it is. takeOver hands out
	// again what workers had in hand that have not been heard of for long, and what this one had without being told
	// that it ended: all but the jobs in hand.
	enter(ctx context.Context, worker string) error
	takeOver(ctx context.Context, worker string, inHand []int64) error
}

// worker is river's client while it works, whatever its transactions are.
type worker interface {
	Start(ctx context.Context) error
	Stop(ctx context.Context) error
	StopAndCancel(ctx context.Context) error
	SubscribeConfig(config *river.SubscribeConfig) (<-chan *river.Event, func())
}

// riverQueue is what is the same for a queue in every engine. T is a transaction as river's driver takes it.
type riverQueue[T any] struct {
	driver riverdriver.Driver[T]
	client *river.Client[T] // inserts, lists
	// within hands the driver's transaction under t to f.
	within func(t tx, f func(T) error) error
}

func newRiverQueue[T any](driver riverdriver.Driver[T], logger *slog.Logger, within func(tx, func(T) error) error) (riverQueue[T], error) {
	client, err := river.NewClient(driver, &river.Config{Logger: logger})
	if err != nil {
		return riverQueue[T]{}, fmt.Errorf("open the queue: %w", err)
	}
	return riverQueue[T]{driver, client, within}, nil
}

func (q riverQueue[T]) enqueue(ctx context.Context, t *tx, jobs []river.InsertManyParams) error {
	if t == nil {
		_, err := q.client.InsertMany(ctx, jobs)
		return err
	}
	return q.within(*t, func(under T) error {
		_, err := q.client.InsertManyTx(ctx, under, jobs)
		return err
	})
}

func (q riverQueue[T]) worker(config *river.Config) (worker, error) {
	return river.NewClient(q.driver, config)
}

func (q riverQueue[T]) jobs(ctx context.Context, params *river.JobListParams) ([]*rivertype.JobRow, error) {
	found, err := q.client.JobList(ctx, params)
	if err != nil {
		return nil, err
	}
	return found.Jobs, nil
}

func (q riverQueue[T]) retry(ctx context.Context, id int64) error {
	_, err := q.client.JobRetry(ctx, id)
	return err
}

// apart is the database that holds the queue when it is not beside the rows.
type apart struct {
	engine          engine
	writer, readers *sql.DB
}

func (a *apart) close() error {
	var errs []error
	if a.readers != nil {
		errs = append(errs, a.readers.Close())
	}
	if a.writer != nil && a.writer != a.readers {
		errs = append(errs, a.writer.Close())
	}
	return errors.Join(append(errs, a.engine.release())...)
}

// openQueue opens the queue beside the rows, or where Options.Jobs says.
func (s *Database) openQueue(ctx context.Context) error {
	var err error
	if s.options.Jobs == "" {
		s.queue, err = s.engine.queue(ctx, s, s.writer, s.readers.DB)
	} else {
		err = s.openApart(ctx)
	}
	if err != nil {
		return failed(ctx, "open the queue", err)
	}
	return nil
}

func (s *Database) openApart(ctx context.Context) error {
	e, err := engineFor(s.options.Jobs, "")
	if err != nil {
		return err
	}
	s.apart = &apart{engine: e}
	if s.apart.writer, s.apart.readers, err = e.connect(ctx, s.options); err != nil {
		return err
	}
	if s.apart.writer != nil {
		if err := e.alone(ctx, s.apart.writer, func() error { return e.makeQueue(ctx, s, s.apart.writer) }); err != nil {
			return err
		}
	}
	s.queue, err = e.queue(ctx, s, s.apart.writer, s.apart.readers)
	return err
}

// queueLogger hands on what the queue says of trouble; its daily business is nobody's.
func (s *Database) queueLogger() *slog.Logger {
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

// riverPriority is a priority as river counts them: 1 comes first.
func riverPriority(p contrechamp.Priority) int {
	switch p {
	case contrechamp.Urgent:
		return 1
	case contrechamp.Bulk:
		return 3
	}
	return 2
}

func priorityOf(river int) contrechamp.Priority {
	switch river {
	case 1:
		return contrechamp.Urgent
	case 3:
		return contrechamp.Bulk
	}
	return contrechamp.Usual
}

// toRead makes the jobs that read captures.
func toRead(digests []string, priority func(digest string) contrechamp.Priority) []river.InsertManyParams {
	jobs := make([]river.InsertManyParams, len(digests))
	for i, d := range digests {
		jobs[i] = river.InsertManyParams{Args: readJob{Capture: d}, InsertOpts: &river.InsertOpts{Priority: riverPriority(priority(d))}}
	}
	return jobs
}

// enqueue gives each capture a job that reads it, if it has none that waits, in the same transaction when the queue
// rests beside the rows. Where it rests apart, enlist does so afterwards.
func (s *Database) enqueue(ctx context.Context, t tx, jobs []river.InsertManyParams) error {
	if len(jobs) == 0 || s.apart != nil {
		return nil
	}
	if err := s.fault(); err != nil {
		return err
	}
	return s.queue.enqueue(ctx, &t, jobs)
}

// enlist adds jobs to a queue that rests apart, once the captures are recorded. If it fails nothing is lost: adopt
// finds captures that wait without a job.
func (s *Database) enlist(ctx context.Context, jobs []river.InsertManyParams) {
	if len(jobs) == 0 || s.apart == nil {
		return
	}
	if err := s.queue.enqueue(ctx, nil, jobs); err != nil {
		s.logger.WarnContext(ctx, "captures wait for their jobs; whoever works next gives them some", "captures", len(jobs), "error", err)
	}
}

const (
	// adoptPage is how many waiting captures adopt looks at in one step.
	adoptPage = 1000
	// adoptEvery is how often whoever works looks for captures without a job, when the queue rests apart.
	adoptEvery = time.Minute
)

// adopt gives a job to captures that wait without one: the queue rests apart and was away when they came, or was
// lost.
func (s *Database) adopt(ctx context.Context) error {
	for last := ""; ; {
		page, err := column[string](ctx, s.readers, `SELECT digest FROM capture WHERE state = 'waiting' AND digest > $1 ORDER BY digest LIMIT CAST($2 AS BIGINT)`, last, adoptPage)
		if err != nil || len(page) == 0 {
			return err
		}
		last = page[len(page)-1]
		usual := func(string) contrechamp.Priority { return contrechamp.Usual }
		if err := s.queue.enqueue(ctx, nil, toRead(page, usual)); err != nil {
			return err
		}
	}
}
