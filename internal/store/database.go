package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"contrechamp.org/contrechamp"
)

// Options say where a store rests and how it is opened. Only Dir or Address is needed.
type Options struct {
	Dir      string           // the data folder; made if it is missing, unless ReadOnly
	Address  string           // of the database: "postgres://...", "sqlite:FOLDER"; "" is SQLite in Dir
	Jobs     string           // address of the database that holds the queue, when it is another one; "" is the rows' own
	Copying  bool             // to write a copy into it, or finish one; otherwise an unfinished copy is refused
	ReadOnly bool             // work beside a program that writes; every method that writes answers ErrConflict
	Verb     string           // what this program does, told to a second one that is refused: "add"
	Logger   *slog.Logger     // nil is slog.Default
	Clock    func() time.Time // nil is time.Now; for the times of the store's own book-keeping
	// Backoff is how long a job that failed for the nth time rests before it is tried again; nil is from one
	// second, four times longer each time, to an hour.
	Backoff func(attempt int) time.Duration
	// Patience is how long what fails because the database is away is tried again; 0 is half a minute.
	Patience time.Duration
	// Silence is after how long without a word from a worker on another machine the others take over what it had in
	// hand; 0 is half a minute. Where one process works at a time it means nothing.
	Silence time.Duration
}

// silence is the usual Options.Silence.
const silence = 30 * time.Second

// Database is a store of rows, jobs and the search index, in SQLite or PostgreSQL. It is safe for concurrent use.
type Database struct {
	options Options
	logger  *slog.Logger
	engine  engine
	writer  *sql.DB // nil in a reader
	readers patient
	kept    *statements // of the writer; nil where the driver keeps them itself
	queue   queue
	apart   *apart // where the queue rests when it is not beside the rows; else nil

	// beforeWrite, if set, is asked before every statement that writes and before every commit: tests make one fail.
	beforeWrite func() error

	handedMu sync.Mutex
	handed   map[string]int64 // subject -> changes counted when StaleSubjects answered it

	working atomic.Bool   // Work runs
	stalled time.Duration // see the constant; shorter in tests

	closing sync.Once
	closed  chan struct{} // closed by Close
}

var _ contrechamp.Store = (*Database)(nil)

// Open opens a store, and makes or renews its tables when it may write. It answers ErrConflict when another program
// writes in the folder or a newer program made the tables, ErrAltered when the file is damaged or no database,
// ErrUnavailable when the server cannot be reached, and ErrNotFound when there is no such database or ReadOnly finds
// no register in it.
func Open(ctx context.Context, o Options) (*Database, error) {
	s := &Database{options: o, logger: o.Logger, handed: map[string]int64{}, stalled: stalled, closed: make(chan struct{})}
	if s.logger == nil {
		s.logger = slog.Default()
	}
	if s.options.Clock == nil {
		s.options.Clock = time.Now
	}
	if s.options.Backoff == nil {
		s.options.Backoff = backoff
	}
	if s.options.Patience == 0 {
		s.options.Patience = patience
	}
	if s.options.Silence == 0 {
		s.options.Silence = silence
	}
	if err := s.open(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Database) open(ctx context.Context) error {
	var err error
	if s.engine, err = engineFor(s.options.Address, s.options.Dir); err != nil {
		return err
	}
	writer, readers, err := s.engine.connect(ctx, s.options)
	s.writer = writer
	s.readers = patient{DB: readers, engine: s.engine, patience: s.options.Patience}
	if err != nil {
		return failed(ctx, "open the database", err)
	}
	if s.engine.keepsStatements() {
		s.readers.kept = newStatements(readers)
		if writer != nil {
			s.kept = newStatements(writer)
		}
	}
	if s.options.ReadOnly {
		if err := s.checkSchema(ctx, readers); err != nil {
			return err
		}
		if err := s.unfinished(ctx); err != nil {
			return err
		}
		return s.openQueue(ctx)
	}
	if err := s.migrate(ctx); err != nil {
		return err
	}
	if err := s.openQueue(ctx); err != nil {
		return err
	}
	if s.options.Copying {
		return nil // the copy brings the identity and makes the index
	}
	if err := s.unfinished(ctx); err != nil {
		return err
	}
	if err := s.identify(ctx); err != nil {
		return err
	}
	return s.renewIndex(ctx)
}

// Close ends the store. What was acknowledged is durable before. End Work first, by its context.
func (s *Database) Close() error {
	s.closing.Do(func() { close(s.closed) })
	var errs []error
	if s.apart != nil {
		errs = append(errs, s.apart.close())
		s.apart = nil
	}
	errs = append(errs, s.kept.close(), s.readers.kept.close())
	if s.readers.DB != nil {
		errs = append(errs, s.readers.Close())
	}
	if s.writer != nil && s.writer != s.readers.DB {
		errs = append(errs, s.writer.Close())
	}
	if s.engine != nil {
		errs = append(errs, s.engine.release())
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("close the database: %w", err)
	}
	return nil
}

// tx is a transaction that writes.
type tx struct {
	*sql.Tx
	conn  *sql.Conn // the connection that it runs on; nil where no engine needs it
	store *Database
	kept  *statements          // of the writer; nil where the driver keeps them itself
	ready map[string]*sql.Stmt // what of it this transaction has used
}

func (t tx) exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if err := t.store.fault(); err != nil {
		return nil, err
	}
	st, err := t.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	if st == nil {
		return t.ExecContext(ctx, query, args...)
	}
	// The transaction watches ctx; with each of its short statements the driver would start a watch of its own.
	return st.ExecContext(context.WithoutCancel(ctx), args...)
}

// QueryContext asks within the transaction.
func (t tx) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	st, err := t.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	if st == nil {
		return t.Tx.QueryContext(ctx, query, args...)
	}
	return st.QueryContext(ctx, args...)
}

// statement answers a compiled statement; nil where it is not to be kept. What is compiled here ends with the
// transaction.
func (t tx) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	if t.kept == nil || len(query) > longestKept {
		return nil, nil
	}
	if st, ok := t.ready[query]; ok {
		return st, nil
	}
	var st *sql.Stmt
	if kept := t.kept.get(query); kept != nil {
		st = t.StmtContext(ctx, kept)
	} else {
		var err error
		if st, err = t.PrepareContext(ctx, query); err != nil {
			return nil, err
		}
		t.kept.want(query)
	}
	t.ready[query] = st
	return st, nil
}

// end gives the connection back after a commit or a rollback.
func (t tx) end() error {
	if t.conn == nil {
		return nil
	}
	return t.conn.Close()
}

func (s *Database) fault() error {
	if s.beforeWrite == nil {
		return nil
	}
	return s.beforeWrite()
}

// write runs f in a transaction: all that f wrote is durable when it returns nil, and none of it is there otherwise.
// f may be run again, from the beginning, when the transaction met others or the database was away, so it sets what
// it answers anew each time. f must not write by another way: SQLite has one writer.
//
// A connection lost while committing leaves it open whether it was committed; then f is run again only when twice
// says that doing it a second time changes nothing.
func (s *Database) write(ctx context.Context, doing string, twice bool, f func(tx) error) error {
	if s.writer == nil {
		return contrechamp.WithHint(fmt.Errorf("%s: the store was opened for reading: %w", doing, contrechamp.ErrConflict),
			"use a verb that writes, such as contrechamp add")
	}
	committing := false
	err := repeat(ctx, s.options.Patience, func() error {
		var err error
		committing, err = s.writeOnce(ctx, f)
		return err
	}, func(err error) bool {
		again, unsure := s.engine.again(err)
		return again || unsure && (twice || !committing)
	})
	if _, unsure := s.engine.again(err); unsure && committing && err != nil {
		return contrechamp.WithHint(fmt.Errorf("%s: the connection was lost while recording it, so it may be recorded or not: %w: %w", doing, err, contrechamp.ErrUnavailable),
			"look whether it is there before doing it again")
	}
	return failed(ctx, doing, err)
}

func (s *Database) writeOnce(ctx context.Context, f func(tx) error) (committing bool, err error) {
	if s.kept != nil {
		if err := s.kept.compile(ctx); err != nil {
			return false, err
		}
	}
	t, err := s.engine.begin(ctx, s.writer)
	if err != nil {
		return false, err
	}
	t.store, t.kept, t.ready = s, s.kept, map[string]*sql.Stmt{}
	defer func() {
		_ = t.Rollback() // does nothing once committed; a rollback that fails means a connection that is gone
		err = errors.Join(err, t.end())
	}()
	if err := f(t); err != nil {
		return false, err
	}
	if err := s.fault(); err != nil {
		return true, err
	}
	return true, t.Commit()
}
