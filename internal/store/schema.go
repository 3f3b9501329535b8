package store

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"

	"contrechamp.org/contrechamp"
)

//go:embed migrations/*.sql
var migrations embed.FS

// queueSchema is the version of the queue's own tables, by the module that is pinned.
const queueSchema = 7

// schemaVersion is what a database made by this program has in PRAGMA user_version: migrations and queue in one
// number, so that opening asks one question.
func schemaVersion() (int, error) {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	return len(files)*1000 + queueSchema, err
}

// checkSchema answers nil when the tables are this program's.
func (s *SQLite) checkSchema(ctx context.Context) error {
	db := s.readers
	if s.writer != nil {
		db = s.writer
	}
	want, err := schemaVersion()
	if err != nil {
		return err
	}
	var have int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&have); err != nil {
		return failed(ctx, "look at the database's tables", err)
	}
	switch {
	case have > want:
		return contrechamp.WithHint(fmt.Errorf("a newer program made this database (tables %d, this program knows %d): %w", have, want, contrechamp.ErrConflict),
			"use the newer program: contrechamp version")
	case have < want:
		return errOlder
	}
	return nil
}

var errOlder = contrechamp.WithHint(fmt.Errorf("an older program made this database: %w", contrechamp.ErrConflict),
	"renew it once with a verb that writes: contrechamp work --until-empty")

// migrate makes the tables, or renews those of an older program.
func (s *SQLite) migrate(ctx context.Context) error {
	if err := s.checkSchema(ctx); !errors.Is(err, errOlder) {
		return err
	}
	sources, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, s.writer, sources, goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return failed(ctx, "make the database's tables", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return failed(ctx, "make the database's tables", err)
	}
	migrator, err := rivermigrate.New(riversqlite.New(s.writer), &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return failed(ctx, "make the queue's tables", err)
	}
	if _, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, &rivermigrate.MigrateOpts{TargetVersion: queueSchema}); err != nil {
		return failed(ctx, "make the queue's tables", err)
	}
	want, err := schemaVersion()
	if err != nil {
		return err
	}
	_, err = s.writer.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", want))
	return failed(ctx, "make the database's tables", err)
}
