// Package durable writes small files so that they are there whole or not at all, also after a crash, and lets one
// process alone work in a folder.
//
// What is written by WriteFile is durable on return: a temporary file, synced, renamed, and the folder synced. A crash
// leaves the old content or the new one, and perhaps a temporary file, which the next write of the same name replaces.
package durable

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"contrechamp.org/contrechamp"
)

// temporary ends the name of a file that is being written.
const temporary = ".new"

// WriteFile writes b under path, with exactly these permissions. Two writers of one path at once are the caller's to
// avoid. Errors: ErrUnavailable for a full disk, ErrInvalid where it may not be written.
func WriteFile(path string, b []byte, perm fs.FileMode) error {
	if err := writeFile(path, b, perm); err != nil {
		kind := contrechamp.ErrUnavailable
		if errors.Is(err, fs.ErrPermission) || errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
			kind = contrechamp.ErrInvalid
		}
		return fmt.Errorf("write %s: %w: %w", path, err, kind)
	}
	return nil
}

func writeFile(path string, b []byte, perm fs.FileMode) (err error) {
	name := path + temporary
	// What a crash left may have other permissions: it goes first.
	if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.Close(), os.Remove(name))
		}
	}()
	if err := f.Chmod(perm); err != nil { // whatever the umask says
		return err
	}
	if _, err := f.Write(b); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := os.Rename(name, path); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return SyncFolder(filepath.Dir(path))
}

// MakeFolder makes a folder and those above it that are missing, durably.
func MakeFolder(path string, perm fs.FileMode) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil
	}
	if parent := filepath.Dir(path); parent != path {
		if err := MakeFolder(parent, perm); err != nil {
			return err
		}
	}
	if err := os.Mkdir(path, perm); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("make the folder %s: %w: %w", path, err, contrechamp.ErrUnavailable)
	}
	if err := SyncFolder(filepath.Dir(path)); err != nil {
		return fmt.Errorf("make the folder %s: %w: %w", path, err, contrechamp.ErrUnavailable)
	}
	return nil
}

// Lock makes this process the one that holds the file at path, until it is closed or the process ends, however it ends.
// It answers ErrConflict at once when another process holds it.
func Lock(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w: %w", path, err, contrechamp.ErrUnavailable)
	}
	taken, err := TryLock(f)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("lock %s: %w: %w", path, err, contrechamp.ErrUnavailable), f.Close())
	}
	if !taken {
		return nil, errors.Join(fmt.Errorf("lock %s: another program holds it: %w", path, contrechamp.ErrConflict), f.Close())
	}
	return f, nil
}
