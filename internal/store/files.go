package store

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"contrechamp.org/contrechamp/internal/durable"
)

// files is the file system as the folder of bytes uses it: every step that can fail on a full or dying disk, so
// that tests can make each of them fail.
type files interface {
	mkdir(path string) error
	createTemp(dir, pattern string) (file, error)
	rename(from, to string) error
	remove(path string) error
	syncFolder(path string) error
}

type file interface {
	io.Writer
	Name() string
	Sync() error
	Close() error
}

type realFiles struct{}

func (realFiles) mkdir(path string) error              { return os.Mkdir(path, 0o755) }
func (realFiles) rename(from, to string) error         { return os.Rename(from, to) }
func (realFiles) remove(path string) error             { return os.Remove(path) }
func (realFiles) syncFolder(path string) error         { return durable.SyncFolder(path) }
func (realFiles) createTemp(d, p string) (file, error) { return os.CreateTemp(d, p) }

// makeFolder makes a folder with all its parents, each durable by name before it returns.
func makeFolder(fsys files, path string) error {
	info, err := os.Stat(path)
	if err == nil {
		if info.IsDir() {
			return nil
		}
		return &fs.PathError{Op: "mkdir", Path: path, Err: errors.New("it is a file, not a folder")}
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	parent := filepath.Dir(path)
	if parent == path {
		return err
	}
	if err := makeFolder(fsys, parent); err != nil {
		return err
	}
	if err := fsys.mkdir(path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return fsys.syncFolder(parent)
}
