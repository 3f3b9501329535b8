package store

import (
	"context"
	"database/sql"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
)

// unheard is after how long a job that a living worker does not know it has is handed out again: the word that it had
// ended was lost with a connection.
const unheard = 5 * time.Second

// polling is river's driver for PostgreSQL without LISTEN and NOTIFY: servers and poolers that speak the protocol
// need not have them.
type polling struct{ *riverpgxv5.Driver }

func (polling) SupportsListener() bool     { return false }
func (polling) SupportsListenNotify() bool { return false }

// postgresQueue is a queue on a server: any number of processes work on it.
type postgresQueue struct {
	riverQueue[pgx.Tx]
	db      *sql.DB
	silence time.Duration // by the server's clock
}

// makeWorkers is the table of who works; the queue itself has none that tells the living from the dead.
const makeWorkers = `CREATE TABLE IF NOT EXISTS contrechamp_worker (id TEXT NOT NULL PRIMARY KEY, seen_at TIMESTAMPTZ NOT NULL)`

func (e *postgresEngine) makeQueue(ctx context.Context, _ *Database, writer *sql.DB) error {
	if _, err := writer.ExecContext(ctx, makeWorkers); err != nil {
		return err
	}
	return makeRiver(ctx, riverpgxv5.New(e.pool))
}

func (e *postgresEngine) queue(_ context.Context, s *Database, _, readers *sql.DB) (queue, error) {
	q, err := newRiverQueue[pgx.Tx](polling{riverpgxv5.New(e.pool)}, s.queueLogger(), func(t tx, f func(pgx.Tx) error) error {
		return t.driver(func(c *pgx.Conn) error { return f(&underTx{conn: c}) })
	})
	return &postgresQueue{q, readers, s.options.Silence}, err
}

// handOut is small: what one worker has in hand, others do not read.
func (*postgresQueue) handOut() int { return 8 }

func (q *postgresQueue) open(ctx context.Context, worker string, most int) (open, elsewhere int, err error) {
	err = q.db.QueryRowContext(ctx, `SELECT COUNT(*), COUNT(*) FILTER (WHERE state = 'running' AND who <> $1)
		FROM (SELECT state, attempted_by[array_upper(attempted_by, 1)] AS who FROM river_job
			WHERE state IN ('available', 'pending', 'retryable', 'running', 'scheduled') LIMIT $2) AS j`, worker, most).Scan(&open, &elsewhere)
	return open, elsewhere, err
}

func (q *postgresQueue) hasten(ctx context.Context) error {
	_, err := q.db.ExecContext(ctx, `UPDATE river_job SET state = 'available', attempt = 0, scheduled_at = now() WHERE state IN ('retryable', 'scheduled')`)
	return err
}

func (q *postgresQueue) enter(ctx context.Context, worker string) error {
	_, err := q.db.ExecContext(ctx, `INSERT INTO contrechamp_worker (id, seen_at) VALUES ($1, now()) ON CONFLICT (id) DO UPDATE SET seen_at = now()`, worker)
	return err
}

func (q *postgresQueue) takeOver(ctx context.Context, worker string, inHand []int64) error {
	// the attempt does not count: that it ended says nothing of the document
	const again = `UPDATE river_job SET state = 'available', attempt = GREATEST(attempt - 1, 0), scheduled_at = now() WHERE state = 'running' AND `
	_, err := q.db.ExecContext(ctx, again+`NOT EXISTS (SELECT 1 FROM contrechamp_worker w
		WHERE w.id = river_job.attempted_by[array_upper(river_job.attempted_by, 1)] AND w.seen_at > now() - make_interval(secs => $1))`, q.silence.Seconds())
	if err != nil {
		return err
	}
	_, err = q.db.ExecContext(ctx, again+`attempted_by[array_upper(attempted_by, 1)] = $1 AND NOT (id = ANY($2::bigint[])) AND attempted_at < now() - make_interval(secs => $3)`,
		worker, inHand, unheard.Seconds())
	if err != nil {
		return err
	}
	_, err = q.db.ExecContext(ctx, `DELETE FROM contrechamp_worker WHERE seen_at < now() - INTERVAL '1 day'`)
	return err
}
