package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"contrechamp.org/contrechamp"
)

const (
	// statementLimit is how long one statement may run on the server, unless the address says otherwise
	// (?statement_timeout=). Making the index of a large text is the longest.
	statementLimit = 5 * time.Minute
	// idleLimit ends a transaction whose program has stopped talking, so that its rows do not stay locked.
	idleLimit = 2 * time.Minute
	// connectLimit is how long one try to reach the server may take.
	connectLimit = 10 * time.Second
	// openPatience is how long opening waits for a server that is away: a person may be waiting for the answer.
	openPatience = 3 * time.Second
)

// postgresEngine keeps the rows on a PostgreSQL server, or one that speaks its protocol. Any number of programs may
// write at once: transactions are READ COMMITTED, each locks the rows that it decides by (lockRows) and takes several
// rows in the order of their keys.
type postgresEngine struct {
	address string
	pool    *pgxpool.Pool
}

func (*postgresEngine) name() string           { return "PostgreSQL" }
func (*postgresEngine) dialect() goose.Dialect { return goose.DialectPostgres }
func (*postgresEngine) index() index           { return postgresIndex{} }
func (*postgresEngine) keepsStatements() bool  { return false }

func (*postgresEngine) snapshotLevel() sql.IsolationLevel { return sql.LevelRepeatableRead }

// prepareSnapshot: between two pages of rows others may be written for long.
func (*postgresEngine) prepareSnapshot(ctx context.Context, t *sql.Tx) error {
	_, err := t.ExecContext(ctx, `SET LOCAL idle_in_transaction_session_timeout = 0`)
	return err
}

// lockRows locks what the statement's first table gives; the others are only looked at.
func (*postgresEngine) lockRows() string { return " FOR UPDATE OF c" }

//go:embed migrations/postgres/*.sql
var postgresMigrations embed.FS

func (*postgresEngine) migrations() (fs.FS, error) {
	return fs.Sub(postgresMigrations, "migrations/postgres")
}

func (e *postgresEngine) connect(ctx context.Context, o Options) (writer, readers *sql.DB, err error) {
	config, err := pgxpool.ParseConfig(e.address)
	if err != nil {
		// the library's message names the part that it does not understand and hides the password
		return nil, nil, contrechamp.WithHint(fmt.Errorf("%w: %w", err, contrechamp.ErrInvalid), "postgres://USER@HOST/NAME?sslmode=verify-full")
	}
	if !strings.Contains(e.address, "pool_max_conns") {
		config.MaxConns = int32(max(8, 4*runtime.NumCPU()))
	}
	if config.ConnConfig.ConnectTimeout == 0 {
		config.ConnConfig.ConnectTimeout = connectLimit
	}
	for name, value := range map[string]string{
		"application_name":                    "contrechamp " + o.Verb,
		"statement_timeout":                   strconv.FormatInt(statementLimit.Milliseconds(), 10),
		"idle_in_transaction_session_timeout": strconv.FormatInt(idleLimit.Milliseconds(), 10),
	} {
		if config.ConnConfig.RuntimeParams[name] == "" {
			config.ConnConfig.RuntimeParams[name] = value
		}
	}
	if o.ReadOnly {
		config.ConnConfig.RuntimeParams["default_transaction_read_only"] = "on"
	}
	// the pool outlives ctx, which is the opening's
	if e.pool, err = pgxpool.NewWithConfig(context.WithoutCancel(ctx), config); err != nil {
		return nil, nil, err
	}
	db := stdlib.OpenDBFromPool(e.pool)
	// what is refused for good (a wrong password) is not tried again
	err = repeat(ctx, min(o.Patience, openPatience), func() error { return db.PingContext(ctx) }, func(err error) bool {
		again, unsure := e.again(err)
		return again || unsure
	})
	if o.ReadOnly {
		return nil, db, err
	}
	return db, db, err
}

func (e *postgresEngine) release() error {
	if e.pool != nil {
		e.pool.Close()
	}
	return nil
}

// versionTable holds one row, which is also what programs that start together wait for.
const (
	makeVersionTable = `CREATE TABLE IF NOT EXISTS contrechamp_schema (id BIGINT NOT NULL PRIMARY KEY, version BIGINT NOT NULL)`
	seedVersion      = `INSERT INTO contrechamp_schema (id, version) VALUES (1, 0) ON CONFLICT (id) DO NOTHING`
	selectVersion    = `SELECT version FROM contrechamp_schema WHERE id = 1`
)

func (*postgresEngine) version(ctx context.Context, db *sql.DB) (int, error) {
	var have int
	err := db.QueryRowContext(ctx, selectVersion).Scan(&have)
	if code(err) == "42P01" || errors.Is(err, sql.ErrNoRows) { // undefined_table
		return 0, nil
	}
	return have, err
}

func (*postgresEngine) setVersion(ctx context.Context, db *sql.DB, version int) error {
	// beside the transaction of alone, which only locks this row's twin
	_, err := db.ExecContext(ctx, `UPDATE contrechamp_schema SET version = $1 WHERE id = 1`, version)
	return err
}

// alone holds a lock on a row of its own while f runs, on a connection of its own.
func (e *postgresEngine) alone(ctx context.Context, writer *sql.DB, f func() error) error {
	// two that make the table at the same moment: one is told that it is there already
	err := repeat(ctx, patience, func() error {
		_, err := writer.ExecContext(ctx, makeVersionTable)
		return err
	}, func(err error) bool {
		again, unsure := e.again(err)
		return again || unsure || code(err) == "23505" || code(err) == "42P07"
	})
	if err != nil {
		return failed(ctx, "make the database's tables", err)
	}
	for _, id := range []int{1, 2} { // 1 is the version, 2 the lock
		if _, err := writer.ExecContext(ctx, strings.Replace(seedVersion, "(1, 0)", fmt.Sprintf("(%d, 0)", id), 1)); err != nil {
			return failed(ctx, "make the database's tables", err)
		}
	}
	t, err := writer.BeginTx(ctx, nil)
	if err != nil {
		return failed(ctx, "make the database's tables", err)
	}
	defer t.Rollback() // nothing was written: this only gives the lock back
	var version int
	if err := t.QueryRowContext(ctx, `SELECT version FROM contrechamp_schema WHERE id = 2 FOR UPDATE`).Scan(&version); err != nil {
		return failed(ctx, "wait for the turn to make the database's tables", err)
	}
	// making tables may take longer than a transaction may be idle
	if _, err := t.ExecContext(ctx, `SET LOCAL idle_in_transaction_session_timeout = 0`); err != nil {
		return failed(ctx, "make the database's tables", err)
	}
	return f()
}

func (*postgresEngine) begin(ctx context.Context, writer *sql.DB) (tx, error) {
	conn, err := writer.Conn(ctx)
	if err != nil {
		return tx{}, err
	}
	t, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return tx{}, errors.Join(err, conn.Close())
	}
	return tx{Tx: t, conn: conn}, nil
}

// driver calls f with the driver's own connection under a transaction.
func (t tx) driver(f func(*pgx.Conn) error) error {
	return t.conn.Raw(func(c any) error { return f(c.(*stdlib.Conn).Conn()) })
}

// bulk writes rows by COPY.
func (*postgresEngine) bulk(ctx context.Context, t tx, table string, columns []string, rows [][]any) error {
	if err := t.store.fault(); err != nil {
		return err
	}
	return t.driver(func(c *pgx.Conn) error {
		n, err := c.CopyFrom(ctx, pgx.Identifier{table}, columns, pgx.CopyFromRows(rows))
		if err == nil && n != int64(len(rows)) {
			err = fmt.Errorf("%d of %d rows of %s were written: %w", n, len(rows), table, contrechamp.ErrUnavailable)
		}
		return err
	})
}

// code is PostgreSQL's code of an error (https://www.postgresql.org/docs/current/errcodes-appendix.html), "" when it
// has none.
func code(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// again: what the server rolled back for others' sake did not happen and may succeed; a server that is starting,
// stopping or not reached, likewise. A connection that broke leaves open how far it came.
func (*postgresEngine) again(err error) (again, unsure bool) {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false, false
	}
	switch c := code(err); {
	case c == "40001", c == "40P01": // serialization_failure, deadlock_detected
		return true, false
	case c == "57P03", c == "53300", c == "55P03": // cannot_connect_now, too_many_connections, lock_not_available
		return true, false
	case c == "57P01", c == "57P02", c == "57P05", strings.HasPrefix(c, "08"): // shutdown, crash, idle session, connection
		return false, true
	case c != "":
		return false, false
	}
	if isUntrusted(err) {
		return false, false
	}
	if pgconn.SafeToRetry(err) {
		return true, false
	}
	var connecting *pgconn.ConnectError
	if errors.As(err, &connecting) {
		var unknown *net.DNSError
		return !errors.As(err, &unknown) || unknown.IsTemporary, false
	}
	var network net.Error
	if errors.As(err, &network) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, net.ErrClosed) || strings.Contains(err.Error(), "conn closed") || strings.Contains(err.Error(), "bad connection") {
		return false, true
	}
	return false, false
}

// withheldFrom are the tables that hold words of documents.
const withheldFrom = `paragraph, reading, claim, claim_entity, decision, disagreement, stale_subject, entity, entity_name, sighting, absence, capture, original, likeness, contribution`

// scrub writes the tables anew: deleted rows stay in a table's file otherwise. While one is written nobody reads it. The
// server's write-ahead log and its backups keep what they have.
func (*postgresEngine) scrub(ctx context.Context, writer *sql.DB) error {
	conn, err := writer.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close() // back to the pool, its settings as they were
	if _, err := conn.ExecContext(ctx, `SET statement_timeout = 0`); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, `VACUUM (FULL) `+withheldFrom)
	_, reset := conn.ExecContext(ctx, `RESET statement_timeout`)
	return errors.Join(err, reset)
}
