package store

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"net/url"
	"strings"

	"github.com/pressly/goose/v3"

	"contrechamp.org/contrechamp"
)

// engine is what differs between the databases that can hold the rows. All else is one text of SQL, by the house
// rules in doc.go.
type engine interface {
	// name is what the engine is called in messages: "SQLite".
	name() string
	// connect opens the pools. The writer is nil when o.ReadOnly.
	connect(ctx context.Context, o Options) (writer, readers *sql.DB, err error)
	// release gives back what connect took beside the pools: locks.
	release() error
	// begin starts a transaction that writes.
	begin(ctx context.Context, writer *sql.DB) (tx, error)

	// keepsStatements says that statements are to be kept compiled here, since the driver compiles each anew.
	keepsStatements() bool

	// dialect and migrations are how the tables are made, beside those that every engine shares.
	dialect() goose.Dialect
	migrations() (fs.FS, error)
	// version is the schema that the database has, 0 before there is one; setVersion notes it.
	version(ctx context.Context, db *sql.DB) (int, error)
	setVersion(ctx context.Context, db *sql.DB, version int) error
	// alone runs f while no other process does so: two programs that start together make the tables once.
	alone(ctx context.Context, writer *sql.DB, f func() error) error

	// lockRows ends a SELECT within a transaction that writes: nobody else changes its rows until the commit. With
	// one writer it is empty.
	lockRows() string
	// again reports whether a transaction that failed with err left nothing behind and may succeed when it is run
	// again; unsure, that the connection was lost and the transaction may have been committed.
	again(err error) (again, unsure bool)

	// snapshotLevel is the isolation under which a transaction that reads sees one moment; prepareSnapshot lets it last.
	snapshotLevel() sql.IsolationLevel
	prepareSnapshot(ctx context.Context, t *sql.Tx) error

	// index is the search index.
	index() index
	// bulk writes rows that are not there yet, as fast as the engine can.
	bulk(ctx context.Context, t tx, table string, columns []string, rows [][]any) error
	// scrub removes from the database's own files what deleted rows left there.
	scrub(ctx context.Context, writer *sql.DB) error
	// queue opens the queue in that database. Its tables are made when make is set.
	queue(ctx context.Context, d *Database, writer, readers *sql.DB) (queue, error)
	makeQueue(ctx context.Context, d *Database, writer *sql.DB) error
}

// The schemes of the addresses under which a register's rows and jobs can rest.
const (
	schemeSQLite   = "sqlite"
	schemePostgres = "postgres"
)

// engineFor chooses the engine by the address: "" and "sqlite:PATH" for a file, "postgres://..." for a server.
func engineFor(address, dir string) (engine, error) {
	if address == "" {
		return &sqliteEngine{dir: dir}, nil
	}
	scheme, rest, ok := strings.Cut(address, ":")
	switch {
	case ok && scheme == schemeSQLite:
		path := strings.TrimPrefix(rest, "//")
		if path == "" {
			return nil, contrechamp.WithHint(fmt.Errorf("%s names no folder: %w", address, contrechamp.ErrInvalid), "sqlite:/var/lib/contrechamp")
		}
		return &sqliteEngine{dir: path}, nil
	case ok && (scheme == schemePostgres || scheme == "postgresql"):
		return &postgresEngine{address: address}, nil
	}
	return nil, contrechamp.WithHint(fmt.Errorf("%q is no address of a database: %w", Redact(address), contrechamp.ErrInvalid),
		"postgres://USER@HOST/NAME or sqlite:FOLDER")
}

// IsServer reports whether an address names a database server, which several programs may write to at once.
func IsServer(address string) bool {
	scheme, _, _ := strings.Cut(address, ":")
	return scheme == schemePostgres || scheme == "postgresql"
}

// Redact is an address as it may be shown: without its password.
func Redact(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.User == nil {
		return address
	}
	return u.Redacted()
}
