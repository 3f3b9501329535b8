package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
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
	// checkpointPages is how long the write-ahead log grows, in pages of 4 KiB, before it is brought into the file: what
	// many transactions write again and again is then brought there once.
	checkpointPages = 4096
)

// sqliteEngine keeps the rows in one file of a folder.
type sqliteEngine struct {
	dir  string
	lock *os.File // held while a writer is open
}

func (*sqliteEngine) name() string           { return "SQLite" }
func (*sqliteEngine) dialect() goose.Dialect { return goose.DialectSQLite3 }
func (*sqliteEngine) lockRows() string       { return "" } // one writer
func (*sqliteEngine) index() index           { return sqliteIndex{} }
func (*sqliteEngine) keepsStatements() bool  { return true }

// A transaction that reads sees one moment in any case.
func (*sqliteEngine) snapshotLevel() sql.IsolationLevel              { return sql.LevelDefault }
func (*sqliteEngine) prepareSnapshot(context.Context, *sql.Tx) error { return nil }

//go:embed migrations/sqlite/*.sql
var sqliteMigrations embed.FS

func (*sqliteEngine) migrations() (fs.FS, error) {
	return fs.Sub(sqliteMigrations, "migrations/sqlite")
}

// again: the only other writer is this process itself, and it waits by itself.
func (*sqliteEngine) again(error) (again, unsure bool) { return false, false }

// alone: the lock on the folder keeps others out.
func (*sqliteEngine) alone(_ context.Context, _ *sql.DB, f func() error) error { return f() }

func (e *sqliteEngine) connect(ctx context.Context, o Options) (writer, readers *sql.DB, err error) {
	path, err := filepath.Abs(filepath.Join(e.dir, databaseFile))
	if err != nil {
		return nil, nil, fileFailed("find the data folder", err)
	}
	if o.ReadOnly {
		info, err := os.Stat(path)
		if errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0 {
			return nil, nil, contrechamp.WithHint(fmt.Errorf("nothing was added to %s yet: %w", e.dir, contrechamp.ErrNotFound),
				"contrechamp --data "+e.dir+" add FOLDER")
		} else if err != nil {
			return nil, nil, fileFailed("open the database", err)
		}
	} else {
		if err := e.prepareFolder(o.Verb); err != nil {
			return nil, nil, err
		}
		if writer, err = sql.Open("sqlite", source(path, true)); err != nil {
			return nil, nil, err
		}
		writer.SetMaxOpenConns(1)
		if err := checkEngine(ctx, writer); err != nil {
			return writer, nil, err
		}
	}
	if readers, err = sql.Open("sqlite", source(path, false)); err != nil {
		return writer, nil, err
	}
	readers.SetMaxOpenConns(max(4, runtime.NumCPU()))
	readers.SetMaxIdleConns(max(4, runtime.NumCPU()))
	if o.ReadOnly {
		err = checkEngine(ctx, readers)
	}
	return writer, readers, err
}

// prepareFolder makes the data folder, durable by name, and locks it.
func (e *sqliteEngine) prepareFolder(verb string) error {
	if err := makeFolder(realFiles{}, e.dir); err != nil {
		return fileFailed("make the data folder", err)
	}
	var err error
	e.lock, err = holdFolder(e.dir, verb)
	return err
}

func (e *sqliteEngine) release() error {
	if e.lock == nil {
		return nil
	}
	// closing the file gives the lock back; its text stays and means nothing then
	err := e.lock.Close()
	e.lock = nil
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
		q.Add("_pragma", fmt.Sprintf("wal_autocheckpoint(%d)", checkpointPages))
	} else {
		q.Add("_pragma", "query_only(1)")
	}
	q.Add("_pragma", "cache_size(-16384)") // 16 MiB a connection
	u.RawQuery = q.Encode()
	return u.String()
}

// checkEngine refuses an SQLite that is too old, and meets a file that is no database.
func checkEngine(ctx context.Context, db *sql.DB) error {
	var version string
	if err := db.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&version); err != nil {
		return err
	}
	var have, need [3]int
	fmt.Sscanf(version, "%d.%d.%d", &have[0], &have[1], &have[2])
	fmt.Sscanf(oldestEngine, "%d.%d.%d", &need[0], &need[1], &need[2])
	for i := range have {
		if have[i] != need[i] {
			if have[i] < need[i] {
				return fmt.Errorf("SQLite %s is older than %s, which a database needs to stay whole: %w",
					version, oldestEngine, contrechamp.ErrUnavailable)
			}
			break
		}
	}
	// the version comes from the library; this reads the file
	var pages int
	return db.QueryRowContext(ctx, "SELECT COUNT(*) FROM sqlite_schema").Scan(&pages)
}

// version is kept in the file's header, so that opening asks one question.
func (*sqliteEngine) version(ctx context.Context, db *sql.DB) (int, error) {
	var have int
	err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&have)
	return have, err
}

func (*sqliteEngine) setVersion(ctx context.Context, db *sql.DB, version int) error {
	_, err := db.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", version))
	return err
}

// begin starts a transaction. A commit that failed (a full disk) can leave its transaction open on the connection
// after database/sql has let go of it; that one is rolled back first.
func (*sqliteEngine) begin(ctx context.Context, writer *sql.DB) (tx, error) {
	t, err := writer.BeginTx(ctx, nil)
	if err == nil || !strings.Contains(err.Error(), "within a transaction") {
		return tx{Tx: t}, err
	}
	if _, err := writer.ExecContext(ctx, "ROLLBACK"); err != nil {
		return tx{}, err
	}
	t, err = writer.BeginTx(ctx, nil)
	return tx{Tx: t}, err
}

// bulk writes many rows a statement.
func (*sqliteEngine) bulk(ctx context.Context, t tx, table string, columns []string, rows [][]any) error {
	return insertMany(ctx, t, table, columns, rows, "", "")
}

// scrub: the search index forgets its deleted rows only when its segments are merged, and pages that were freed keep what
// stood in them until the file is written anew; then the write-ahead log, which holds both, is cut to nothing.
func (*sqliteEngine) scrub(ctx context.Context, writer *sql.DB) error {
	for _, statement := range []string{`INSERT INTO paragraph_words (paragraph_words) VALUES ('optimize')`, `VACUUM`} {
		if _, err := writer.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	var busy, pages, moved int
	if err := writer.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &pages, &moved); err != nil {
		return err
	}
	if busy != 0 {
		return contrechamp.WithHint(fmt.Errorf("another program reads the database just now: %w", contrechamp.ErrUnavailable),
			"what is withheld is shown nowhere; when the others have ended, do the rest with: contrechamp work --until-empty")
	}
	return nil
}
