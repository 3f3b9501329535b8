package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/riverqueue/river"
	_ "modernc.org/sqlite" // the engine

	"contrechamp.org/contrechamp"
)

const (
	databaseFile = "contrechamp.db"
	// busyTimeout is how long SQLite waits for a lock of another process before it gives up.
	busyTimeout = 10 * time.Second
	// oldestEngine is the first SQLite without a defect of WAL that can corrupt a database.
	oldestEngine = "3.51.3"
	// walLimit is the size to which the write-ahead log is cut back once it was checkpointed.
	walLimit = 64 << 20
)

// Options say where a store rests and how it is opened. Only Dir is needed.
type Options struct {
	Dir      string           // the data folder; made if it is missing, unless ReadOnly
	ReadOnly bool             // work beside a program that writes; every method that writes answers ErrConflict
	Verb     string           // what this program does, told to a second one that is refused: "add"
	Logger   *slog.Logger     // nil is slog.Default
	Clock    func() time.Time // nil is time.Now; for the times of the store's own book-keeping
	// Backoff is how long a job that failed for the nth time rests before it is tried again; nil is from one
	// second, four times longer each time, to an hour.
	Backoff func(attempt int) time.Duration
}

// SQLite is a store in one file. It is safe for concurrent use.
type SQLite struct {
	options Options
	logger  *slog.Logger
	lock    *os.File // held while a writer is open; nil in a reader
	writer  *sql.DB  // one connection; nil in a reader
	readers *sql.DB
	queue   *river.Client[*sql.Tx] // inserts jobs; nil in a reader

	// beforeWrite, if set, is asked before every statement that writes and before every commit: tests make one fail.
	beforeWrite func() error

	handedMu sync.Mutex
	handed   map[string]int64 // subject -> changes counted when StaleSubjects answered it

	working atomic.Bool   // Work runs
	stalled time.Duration // see the constant; shorter in tests

	closing sync.Once
	closed  chan struct{} // closed by Close
}

var _ contrechamp.Store = (*SQLite)(nil)

// Open opens the store in a folder, and makes or renews its tables when it may write. It answers ErrConflict when
// another program writes there or a newer program made the tables, ErrAltered when the file is damaged or no
// database, and ErrNotFound when ReadOnly finds none.
func Open(ctx context.Context, o Options) (*SQLite, error) {
	s := &SQLite{options: o, logger: o.Logger, handed: map[string]int64{}, stalled: stalled, closed: make(chan struct{})}
	if s.logger == nil {
		s.logger = slog.Default()
	}
	if s.options.Clock == nil {
		s.options.Clock = time.Now
	}
	if s.options.Backoff == nil {
		s.options.Backoff = backoff
	}
	err := s.open(ctx)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *SQLite) open(ctx context.Context) error {
	path, err := filepath.Abs(filepath.Join(s.options.Dir, databaseFile))
	if err != nil {
		return fileFailed("find the data folder", err)
	}
	if s.options.ReadOnly {
		info, err := os.Stat(path)
		if errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0 {
			return contrechamp.WithHint(fmt.Errorf("nothing was added to %s yet: %w", s.options.Dir, contrechamp.ErrNotFound),
				"contrechamp --data "+s.options.Dir+" add FOLDER")
		} else if err != nil {
			return fileFailed("open the database", err)
		}
	} else if err := s.prepareFolder(); err != nil {
		return err
	}
	if !s.options.ReadOnly {
		if s.writer, err = sql.Open("sqlite", source(path, true)); err != nil {
			return failed(ctx, "open the database", err)
		}
		s.writer.SetMaxOpenConns(1)
		if err := s.checkEngine(ctx, s.writer); err != nil {
			return err
		}
		if err := s.migrate(ctx); err != nil {
			return err
		}
		if err := s.openQueue(); err != nil {
			return err
		}
		if err := s.recoverJobs(ctx); err != nil {
			return err
		}
	}
	if s.readers, err = sql.Open("sqlite", source(path, false)); err != nil {
		return failed(ctx, "open the database", err)
	}
	s.readers.SetMaxOpenConns(max(4, runtime.NumCPU()))
	s.readers.SetMaxIdleConns(max(4, runtime.NumCPU()))
	if !s.options.ReadOnly {
		return nil
	}
	if err := s.checkEngine(ctx, s.readers); err != nil {
		return err
	}
	return s.checkSchema(ctx)
}

// prepareFolder makes the data folder, durable by name, and locks it.
func (s *SQLite) prepareFolder() error {
	if err := makeFolder(realFiles{}, s.options.Dir); err != nil {
		return fileFailed("make the data folder", err)
	}
	var err error
	s.lock, err = holdFolder(s.options.Dir, s.options.Verb)
	return err
}

// source is the driver's name for the database, with what every connection sets. mmap_size stays unset: a disk that
// fails would then kill the program instead of answering an error.
func source(path string, write bool) string {
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // a drive's letter
	}
	u := url.URL{Scheme: "file", Path: slashed}
	q := url.Values{}
	q.Add("_pragma", fmt.Sprintf("busy_timeout(%d)", busyTimeout.Milliseconds()))
	if write {
		q.Set("_txlock", "immediate")
		q.Add("_pragma", "journal_mode(WAL)")
		q.Add("_pragma", "synchronous(FULL)")
		q.Add("_pragma", "foreign_keys(1)")
		q.Add("_pragma", fmt.Sprintf("journal_size_limit(%d)", walLimit))
	} else {
		q.Add("_pragma", "query_only(1)")
	}
	q.Add("_pragma", "cache_size(-16384)") // 16 MiB a connection
	u.RawQuery = q.Encode()
	return u.String()
}

// checkEngine refuses an SQLite that is too old, and meets a file that is no database.
func (s *SQLite) checkEngine(ctx context.Context, db *sql.DB) error {
	var version string
	if err := db.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&version); err != nil {
		return failed(ctx, "open the database", err)
	}
	var have, need [3]int
	fmt.Sscanf(version, "%d.%d.%d", &have[0], &have[1], &have[2])
	fmt.Sscanf(oldestEngine, "%d.%d.%d", &need[0], &need[1], &need[2])
	for i := range have {
		if have[i] != need[i] {
			if have[i] < need[i] {
				return fmt.Errorf("open the database: SQLite %s is older than %s, which a database needs to stay whole: %w",
					version, oldestEngine, contrechamp.ErrUnavailable)
			}
			break
		}
	}
	// the version comes from the library; this reads the file
	var pages int
	return failed(ctx, "open the database", db.QueryRowContext(ctx, "SELECT COUNT(*) FROM sqlite_schema").Scan(&pages))
}

// Close ends the store. What was acknowledged is durable before. End Work first, by its context.
func (s *SQLite) Close() error {
	s.closing.Do(func() { close(s.closed) })
	var errs []error
	if s.readers != nil {
		errs = append(errs, s.readers.Close())
	}
	if s.writer != nil {
		errs = append(errs, s.writer.Close())
	}
	if s.lock != nil {
		// closing the file gives the lock back; its text stays and means nothing then
		errs = append(errs, s.lock.Close())
		s.lock = nil
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("close the database: %w", err)
	}
	return nil
}

// tx is a transaction that writes.
type tx struct {
	*sql.Tx
	store *SQLite
}

func (t tx) exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if err := t.store.fault(); err != nil {
		return nil, err
	}
	return t.ExecContext(ctx, query, args...)
}

// run executes a prepared statement.
func (t tx) run(ctx context.Context, st *sql.Stmt, args ...any) (sql.Result, error) {
	if err := t.store.fault(); err != nil {
		return nil, err
	}
	return st.ExecContext(ctx, args...)
}

func (s *SQLite) fault() error {
	if s.beforeWrite == nil {
		return nil
	}
	return s.beforeWrite()
}

// write runs f in a transaction of the one writer: all that f wrote is durable when it returns nil, and none of it
// is there otherwise. f must not use the writer by another way: there is one connection.
func (s *SQLite) write(ctx context.Context, doing string, f func(tx) error) error {
	if s.writer == nil {
		return contrechamp.WithHint(fmt.Errorf("%s: the store was opened for reading: %w", doing, contrechamp.ErrConflict),
			"use a verb that writes, such as contrechamp add")
	}
	t, err := s.begin(ctx)
	if err != nil {
		return failed(ctx, doing, err)
	}
	defer t.Rollback() // does nothing once committed
	if err := f(tx{Tx: t, store: s}); err != nil {
		return failed(ctx, doing, err)
	}
	if err := s.fault(); err != nil {
		return failed(ctx, doing, err)
	}
	return failed(ctx, doing, t.Commit())
}

// begin starts a transaction. A commit that failed (a full disk) can leave its transaction open on the connection
// after database/sql has let go of it; that one is rolled back first.
func (s *SQLite) begin(ctx context.Context) (*sql.Tx, error) {
	t, err := s.writer.BeginTx(ctx, nil)
	if err == nil || !strings.Contains(err.Error(), "within a transaction") {
		return t, err
	}
	if _, err := s.writer.ExecContext(ctx, "ROLLBACK"); err != nil {
		return nil, err
	}
	return s.writer.BeginTx(ctx, nil)
}
