package ledger

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/durable"
)

// CopyTo copies a log, which may be in use, to a folder of its own. The copy is a state that the log had: it is read before
// the tiles, which only become more. A copy that was interrupted is finished by the same call. It answers how many files
// the copy has; none when there is no log.
func (f Folder) CopyTo(to Folder) (files int, err error) {
	if _, err := f.State(); errors.Is(err, contrechamp.ErrNotFound) {
		return 0, nil
	} else if err != nil {
		return 0, err
	}
	// the history may end before the newest checkpoint, and that before the tree, never the other way round
	state := []string{keysFile, checkpointsFile, checkpointFile, stateFile, ".state/version"}
	texts := make([][]byte, len(state))
	for i, name := range state {
		if texts[i], err = os.ReadFile(f.path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return files, readFailed("the log's "+name, err)
		}
	}
	root := f.path("tile")
	err = filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // a partial tile that has become a full one
		}
		if err != nil || e.IsDir() {
			return err
		}
		name, err := filepath.Rel(string(f), path)
		if err != nil {
			return err
		}
		if !isTile(filepath.ToSlash(name), 1<<50) {
			return nil // of a crash, or without its name yet
		}
		b, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		files++
		return to.keep(name, b)
	})
	if err != nil {
		return files, fmt.Errorf("copy the log: %w", err)
	}
	for i, name := range state {
		if texts[i] == nil {
			continue
		}
		files++
		if err := to.keep(name, texts[i]); err != nil {
			return files, fmt.Errorf("copy the log: %w", err)
		}
	}
	return files, f.copyAttested(to)
}

// copyAttested copies what others vouch for.
func (f Folder) copyAttested(to Folder) error {
	root := f.path(strings.TrimSuffix(attestedFolder, "/"))
	if _, err := os.Stat(root); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		name, err := filepath.Rel(string(f), path)
		if err != nil {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return to.keep(name, b)
	})
}

// keep writes a file of a copy, unless it is there as it should be.
func (f Folder) keep(name string, b []byte) error {
	path := f.path(name)
	if there, err := os.ReadFile(path); err == nil && string(there) == string(b) {
		return nil
	}
	if err := durable.MakeFolder(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return durable.WriteFile(path, b, 0o644)
}
