package log

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
)

// The writer makes each file under a name of its own, the final one with a random number behind it, and renames it. A
// killed process leaves such a file behind; it can only be near the log's end.

var (
	leftBehind = regexp.MustCompile(`^(checkpoint|treeState|version|gcState)\d+$`)
	fullName   = regexp.MustCompile(`^x?\d{3}(\.p)?$`)
)

const tileWidth = 256

// sweep removes what a crash left at the end of a log of size leaves.
func (l *Log) sweep(size int64) error {
	dir := string(l.folder)
	for _, d := range []string{dir, filepath.Join(dir, ".state")} {
		if err := removeNames(d, leftBehind.MatchString); err != nil {
			return err
		}
	}
	// the folders that hold the last tile of each level, and those that a batch in flight may have reached
	seen, beyond := map[string]bool{}, false
	for level, tiles := -1, size/tileWidth; ; level++ {
		for at := max(0, tiles-1); at <= tiles+mostTogether/tileWidth; at++ {
			path := ledger.BundlePath(at, tileWidth)
			if level >= 0 {
				path = ledger.TilePath(level, at, tileWidth)
			}
			full := filepath.Join(dir, filepath.FromSlash(path))
			if err := removeNames(full+".p", func(name string) bool { n, err := strconv.Atoi(name); return err != nil || n < 1 || n >= tileWidth }); err != nil {
				return err
			}
			if parent := filepath.Dir(full); !seen[parent] {
				seen[parent] = true
				if err := removeNames(parent, func(name string) bool { return !fullName.MatchString(name) }); err != nil {
					return err
				}
			}
		}
		if level >= 0 {
			if tiles == 0 && beyond {
				return nil
			}
			// a batch in flight may have begun one level more
			beyond = tiles == 0
			tiles /= tileWidth
		}
	}
}

// removeNames removes the files of a folder whose names are wanted gone; a folder that is not there has none.
func removeNames(dir string, gone func(name string) bool) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("sweep the log: %w: %w", err, contrechamp.ErrUnavailable)
	}
	for _, e := range entries {
		if e.IsDir() || !gone(e.Name()) {
			continue
		}
		if err := os.Remove(filepath.Join(dir, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("sweep the log: %w: %w", err, contrechamp.ErrUnavailable)
		}
	}
	return nil
}

// collect removes partial tiles and bundles whose full ones are there since the log grew from one size to another. What
// cannot be removed is no harm: it is asked for by nobody.
func (l *Log) collect(from, to int64) {
	remove := func(path string) {
		if err := os.RemoveAll(filepath.Join(string(l.folder), filepath.FromSlash(path)) + ".p"); err != nil {
			l.logger.Warn("removing partial tiles of the log", "error", err)
		}
	}
	for level, a, b := 0, from/tileWidth, to/tileWidth; a < b; level, a, b = level+1, a/tileWidth, b/tileWidth {
		for at := a; at < b; at++ {
			remove(ledger.TilePath(level, at, tileWidth))
			if level == 0 {
				remove(ledger.BundlePath(at, tileWidth))
			}
		}
	}
}
