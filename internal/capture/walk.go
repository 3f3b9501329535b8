package capture

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"contrechamp.org/contrechamp"
)

// Found is a document that a walk met, or a place where the walk could not go on (Err says why).
type Found struct {
	Path     string
	Err      error
	size     int64
	modified time.Time
}

type walker struct {
	ctx     context.Context
	out     chan<- Found
	visited map[string]bool // folders by their path without links; two links to one file are two sightings
}

// walk sends every document that the paths name. It ends early only when ctx does.
func walk(ctx context.Context, paths []string, out chan<- Found) error {
	w := &walker{ctx: ctx, out: out, visited: map[string]bool{}}
	for _, p := range paths {
		if err := w.path(p, true); err != nil {
			return err
		}
	}
	return nil
}

var address = regexp.MustCompile(`^[a-z][a-z0-9+.-]*://`)

// path meets one path; asked says that a person named it, so nothing about it is passed over in silence.
func (w *walker) path(p string, asked bool) error {
	if p == Stdin && asked {
		return w.send(Found{Path: p})
	}
	info, err := os.Stat(p)
	if err != nil {
		if !asked && errors.Is(err, fs.ErrNotExist) {
			return w.send(Found{Path: p, Err: fmt.Errorf("a symbolic link that leads nowhere: %w", contrechamp.ErrInvalid)})
		}
		return w.send(Found{Path: p, Err: reason(err)})
	}
	switch {
	case info.IsDir():
		return w.folder(p)
	case info.Mode().IsRegular():
		return w.send(Found{Path: p, size: info.Size(), modified: info.ModTime().UTC()})
	}
	return w.send(Found{Path: p, Err: fmt.Errorf("not a file or a folder (%s): %w", kindOf(info.Mode()), contrechamp.ErrInvalid)})
}

func (w *walker) folder(p string) error {
	real, err := filepath.EvalSymlinks(p)
	if err == nil {
		real, err = filepath.Abs(real)
	}
	if err != nil {
		return w.send(Found{Path: p, Err: fmt.Errorf("open the folder: %w", reason(err))})
	}
	if w.visited[real] {
		return nil
	}
	w.visited[real] = true
	entries, err := os.ReadDir(p)
	if err != nil {
		// what could be listed before the error is still walked
		if err := w.send(Found{Path: p, Err: fmt.Errorf("open the folder: %w", reason(err))}); err != nil {
			return err
		}
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if err := w.path(filepath.Join(p, e.Name()), false); err != nil {
			return err
		}
	}
	return nil
}

func (w *walker) send(f Found) error {
	select {
	case w.out <- f:
		return nil
	case <-w.ctx.Done():
		return w.ctx.Err()
	}
}

func kindOf(m fs.FileMode) string {
	switch {
	case m&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case m&fs.ModeSocket != 0:
		return "a socket"
	case m&fs.ModeDevice != 0:
		return "a device"
	}
	return "a special file"
}
