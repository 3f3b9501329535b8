package store

import (
	"context"
	"database/sql"
	"log/slog"
	"time"

	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/riverqueue/river/rivertype"
)

// quiet is river's driver for SQLite without notices: they would be rows, written and swept for each batch, where
// the one process that works looks for itself.
type quiet struct{ *riversqlite.Driver }

func (quiet) SupportsListener() bool     { return false }
func (quiet) SupportsListenNotify() bool { return false }

// GetExecutor implements riverdriver.Driver.
func (q quiet) GetExecutor() riverdriver.Executor { return ticking{q.Driver.GetExecutor()} }

// ticking ticks off jobs that were done in one statement, where the driver has one for each, which costs as much as a
// hundredth of adding documents.
type ticking struct{ riverdriver.Executor }

// JobSetStateIfRunningMany implements riverdriver.Executor.
func (e ticking) JobSetStateIfRunningMany(ctx context.Context, p *riverdriver.JobSetStateIfRunningManyParams) ([]*rivertype.JobRow, error) {
	if !allDone(p) {
		return e.Executor.JobSetStateIfRunningMany(ctx, p)
	}
	for i := 0; i < len(p.ID); i += batch {
		part := p.ID[i:min(i+batch, len(p.ID))]
		given := []any{p.FinalizedAt[i].UTC().Format(queueTime)}
		for _, id := range part {
			given = append(given, id)
		}
		err := e.Exec(ctx, "UPDATE river_job SET state = 'completed', finalized_at = $1 WHERE state = 'running' AND id IN ("+list(2, len(part))+")", given...)
		if err != nil {
			return nil, err
		}
	}
	return e.JobGetByIDMany(ctx, &riverdriver.JobGetByIDManyParams{ID: p.ID, Schema: p.Schema})
}

// allDone reports whether jobs were done, and nothing else is to be said of any.
func allDone(p *riverdriver.JobSetStateIfRunningManyParams) bool {
	for i, state := range p.State {
		if state != rivertype.JobStateCompleted || p.FinalizedAt[i] == nil || p.Attempt[i] != nil || p.ErrData[i] != nil || p.MetadataDoMerge[i] || p.ScheduledAt[i] != nil {
			return false
		}
	}
	return p.Schema == ""
}

// sqliteQueue is a queue in the file: one process at a time works on it.
type sqliteQueue struct {
	riverQueue[*sql.Tx]
	store           *Database
	writer, readers *sql.DB
	taken           bool // takeOver was done; Work, which runs once at a time, sets it
}

func (*sqliteEngine) makeQueue(ctx context.Context, _ *Database, writer *sql.DB) error {
	return makeRiver(ctx, riversqlite.New(writer))
}

// makeRiver makes the queue's own tables, or renews them.
func makeRiver[T any](ctx context.Context, driver riverdriver.Driver[T]) error {
	migrator, err := rivermigrate.New(driver, &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	_, err = migrator.Migrate(ctx, rivermigrate.DirectionUp, &rivermigrate.MigrateOpts{TargetVersion: queueSchema})
	return err
}

func (*sqliteEngine) queue(_ context.Context, s *Database, writer, readers *sql.DB) (queue, error) {
	db := writer
	if db == nil {
		db = readers // to list
	}
	q, err := newRiverQueue[*sql.Tx](quiet{riversqlite.New(db)}, s.queueLogger(), func(t tx, f func(*sql.Tx) error) error { return f(t.Tx) })
	return &sqliteQueue{riverQueue: q, store: s, writer: writer, readers: readers}, err
}

// queueTime is how the queue's driver writes times.
const queueTime = "2006-01-02 15:04:05.000"

// handOut is large: readings are recorded together, and which of them is read next is decided by turns.
func (*sqliteQueue) handOut() int { return 128 }

// open: nobody else works on a folder.
func (q *sqliteQueue) open(ctx context.Context, _ string, most int) (open, elsewhere int, err error) {
	err = q.readers.QueryRowContext(ctx, `SELECT COUNT(*) FROM (SELECT 1 FROM river_job
		WHERE state IN ('available', 'pending', 'retryable', 'running', 'scheduled') LIMIT $1)`, most).Scan(&open)
	return open, 0, err
}

func (q *sqliteQueue) hasten(ctx context.Context) error {
	_, err := q.writer.ExecContext(ctx, `UPDATE river_job SET state = 'available', attempt = 0, scheduled_at = $1 WHERE state IN ('retryable', 'scheduled')`,
		q.store.options.Clock().UTC().Format(queueTime))
	return err
}

// enter: the lock on the folder says who works.
func (*sqliteQueue) enter(context.Context, string) error { return nil }

// takeOver hands out again what a process that died had in hand: whoever holds the folder's lock is alone, so it is
// done once, before anything is in hand here.
func (q *sqliteQueue) takeOver(ctx context.Context, _ string, _ []int64) error {
	if q.taken {
		return nil
	}
	now := q.store.options.Clock().UTC()
	t, err := q.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer t.Rollback() // does nothing once committed
	// the attempt does not count: that it ended says nothing of the document
	if _, err := t.ExecContext(ctx, `UPDATE river_job SET state = 'available', attempt = MAX(attempt - 1, 0), scheduled_at = $1 WHERE state = 'running'`,
		now.Format(queueTime)); err != nil {
		return err
	}
	if _, err := t.ExecContext(ctx, `DELETE FROM river_leader`); err != nil {
		return err
	}
	// done for a day; the queue sweeps them itself only where it works for long
	if _, err := t.ExecContext(ctx, `DELETE FROM river_job WHERE id IN (SELECT id FROM river_job WHERE state = 'completed' AND finalized_at < $1 LIMIT 10000)`,
		now.Add(-24*time.Hour).Format(queueTime)); err != nil {
		return err
	}
	if err := t.Commit(); err != nil {
		return err
	}
	q.taken = true
	return nil
}
