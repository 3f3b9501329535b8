package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"github.com/pressly/goose/v3"

	"contrechamp.org/contrechamp"
)

// sharedMigrations are the tables that every engine has, in SQLite's words; translate puts them into another's.
//
//go:embed migrations/shared/*.sql
var sharedMigrations embed.FS

// queueSchema is the version of the queue's own tables, by the module that is pinned.
const queueSchema = 7

// schema is the tables that this program makes on an engine, and their number: the newest migration and the queue's
// in one, so that opening asks one question.
type schema struct {
	files   scripts
	version int
}

func schemaOf(e engine) (schema, error) {
	own, err := e.migrations()
	if err != nil {
		return schema{}, err
	}
	shared, err := fs.Sub(sharedMigrations, "migrations/shared")
	if err != nil {
		return schema{}, err
	}
	s := schema{files: scripts{}}
	newest := 0
	for _, from := range []fs.FS{shared, own} {
		names, err := fs.Glob(from, "*.sql")
		if err != nil {
			return s, err
		}
		for _, name := range names {
			text, err := fs.ReadFile(from, name)
			if err != nil {
				return s, err
			}
			if _, twice := s.files[name]; twice {
				return s, fmt.Errorf("migration %s stands in two folders: %w", name, contrechamp.ErrConflict)
			}
			s.files[name] = translate(e.dialect(), string(text))
			number, _, _ := strings.Cut(path.Base(name), "_")
			n, err := strconv.Atoi(number)
			if err != nil {
				return s, fmt.Errorf("migration %s has no number: %w", name, contrechamp.ErrInvalid)
			}
			newest = max(newest, n)
		}
	}
	s.version = newest*1000 + queueSchema
	return s, nil
}

// toPostgres puts the words of the shared tables into PostgreSQL's. Text is compared byte by byte, as SQLite does.
var toPostgres = strings.NewReplacer(" INTEGER ", " BIGINT ", " REAL ", " DOUBLE PRECISION ", " TEXT ", ` TEXT COLLATE "C" `,
	" TEXT,", ` TEXT COLLATE "C",`, ") STRICT;", ");")

func translate(d goose.Dialect, script string) string {
	if d != goose.DialectPostgres {
		return script
	}
	return toPostgres.Replace(script)
}

// checkSchema answers nil when the tables are this program's, errOlder when they are older or not there.
func (s *Database) checkSchema(ctx context.Context, db *sql.DB) error {
	want, err := schemaOf(s.engine)
	if err != nil {
		return err
	}
	have, err := s.engine.version(ctx, db)
	if err != nil {
		return failed(ctx, "look at the database's tables", err)
	}
	switch {
	case have > want.version:
		return contrechamp.WithHint(fmt.Errorf("a newer program made this database (tables %d, this program knows %d): %w", have, want.version, contrechamp.ErrConflict),
			"use the newer program: contrechamp version")
	case have == 0 && s.options.ReadOnly:
		return contrechamp.WithHint(fmt.Errorf("there is no register in this database yet: %w", contrechamp.ErrNotFound), "contrechamp add FOLDER")
	case have < want.version:
		return errOlder
	}
	return nil
}

var errOlder = contrechamp.WithHint(fmt.Errorf("an older program made this database: %w", contrechamp.ErrConflict),
	"renew it once with a verb that writes: contrechamp work --until-empty")

// migrate makes the tables, or renews those of an older program.
func (s *Database) migrate(ctx context.Context) error {
	if err := s.checkSchema(ctx, s.writer); !errors.Is(err, errOlder) {
		return err
	}
	return s.engine.alone(ctx, s.writer, func() error {
		// another program may have made them while this one waited for its turn
		if err := s.checkSchema(ctx, s.writer); !errors.Is(err, errOlder) {
			return err
		}
		return s.makeTables(ctx)
	})
}

func (s *Database) makeTables(ctx context.Context) error {
	const doing = "make the database's tables"
	want, err := schemaOf(s.engine)
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(s.engine.dialect(), s.writer, want.files, goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return failed(ctx, doing, err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return failed(ctx, doing, err)
	}
	if s.options.Jobs == "" {
		if err := s.engine.makeQueue(ctx, s, s.writer); err != nil {
			return failed(ctx, "make the queue's tables", err)
		}
	}
	return failed(ctx, doing, s.engine.setVersion(ctx, s.writer, want.version))
}
