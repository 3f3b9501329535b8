package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"contrechamp.org/contrechamp"
)

// failed turns an error of the driver into one of ours, with what was being done. It returns nil for nil.
func failed(ctx context.Context, doing string, err error) error {
	if err == nil {
		return nil
	}
	if isOurs(err) {
		return fmt.Errorf("%s: %w", doing, err)
	}
	if ctx.Err() != nil {
		// the driver says "interrupted"; the reason is the context's
		return fmt.Errorf("%s: %w", doing, ctx.Err())
	}
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("%s: %w", doing, contrechamp.ErrNotFound)
	}
	if noSpace(err) {
		return contrechamp.WithHint(fmt.Errorf("%s: the disk is full: %w: %w", doing, err, contrechamp.ErrUnavailable), hintSpace)
	}
	var driver *sqlite.Error
	if !errors.As(err, &driver) {
		if ours := postgresFailed(doing, err); ours != nil {
			return ours
		}
		return fmt.Errorf("%s: %w", doing, err)
	}
	switch driver.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		return contrechamp.WithHint(fmt.Errorf("%s: the disk is full: %w: %w", doing, err, contrechamp.ErrUnavailable), hintSpace)
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return contrechamp.WithHint(fmt.Errorf("%s: the database is damaged: %w: %w", doing, err, contrechamp.ErrAltered), hintDamaged)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return contrechamp.WithHint(fmt.Errorf("%s: the database is in use: %w: %w", doing, err, contrechamp.ErrUnavailable), "try again when the other program is done")
	case sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL:
		return contrechamp.WithHint(fmt.Errorf("%s: %w: %w", doing, err, contrechamp.ErrUnavailable), hintDisk)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH:
		return contrechamp.WithHint(fmt.Errorf("%s: %w: %w", doing, err, contrechamp.ErrConflict), "look who may write in the data folder: ls -ld DIR DIR/contrechamp.db")
	case sqlite3.SQLITE_CONSTRAINT:
		return fmt.Errorf("%s: %w: %w", doing, err, contrechamp.ErrConflict)
	case sqlite3.SQLITE_TOOBIG:
		return fmt.Errorf("%s: %w: %w", doing, err, contrechamp.ErrInvalid)
	}
	return fmt.Errorf("%s: %w", doing, err)
}

const (
	hintSpace   = "make room on the disk, then try again: nothing that was acknowledged is lost"
	hintDamaged = "keep the damaged file; put contrechamp.db back from a backup, or move it away and add the documents again: their bytes are in blobs/"
	hintDisk    = "look at the disk and at who may write in the data folder, then try again"
)

// noSpace reports whether the operating system refused to write for want of room: of the disk, the user's quota or
// the process's limit.
func noSpace(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || isQuota(err)
}

// isOurs reports whether err already has one of our kinds.
func isOurs(err error) bool {
	for _, kind := range []error{contrechamp.ErrNotFound, contrechamp.ErrInvalid, contrechamp.ErrConflict,
		contrechamp.ErrAltered, contrechamp.ErrWithheld, contrechamp.ErrUnavailable} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}

// fileFailed turns an error of the file system into one of ours.
func fileFailed(doing string, err error) error {
	switch {
	case err == nil:
		return nil
	case isOurs(err):
		return fmt.Errorf("%s: %w", doing, err)
	case noSpace(err):
		return contrechamp.WithHint(fmt.Errorf("%s: the disk is full: %w: %w", doing, err, contrechamp.ErrUnavailable), hintSpace)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: %w: %w", doing, err, contrechamp.ErrNotFound)
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("%s: %w", doing, err)
	}
	return contrechamp.WithHint(fmt.Errorf("%s: %w: %w", doing, err, contrechamp.ErrUnavailable), hintDisk)
}
