package store

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/durable"
)

const lockFile = "lock"

// holdFolder makes this process the one that writes in dir, until the file is closed. The text in the file says
// who; the lock itself is the operating system's, so a process that died holds nothing.
func holdFolder(dir, verb string) (*os.File, error) {
	path := filepath.Join(dir, lockFile)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fileFailed("lock the data folder", err)
	}
	taken, err := durable.TryLock(f)
	if err != nil {
		return nil, errors.Join(fileFailed("lock "+path, err), f.Close())
	}
	if !taken {
		who := holder(f)
		f.Close()
		return nil, contrechamp.WithHint(fmt.Errorf("another program writes in %s (%s): %w", dir, who, contrechamp.ErrConflict),
			"wait until it is done, or stop it; verbs that only read work beside it")
	}
	if verb == "" {
		verb = "a program"
	}
	if err := f.Truncate(0); err != nil {
		return nil, errors.Join(fileFailed("lock "+path, err), f.Close())
	}
	if _, err := f.WriteAt(fmt.Appendf(nil, "process %d: %s\n", os.Getpid(), verb), 0); err != nil {
		return nil, errors.Join(fileFailed("lock "+path, err), f.Close())
	}
	return f, nil
}

// holder reads who holds the lock: "process 4711: serve".
func holder(f *os.File) string {
	b, err := io.ReadAll(io.LimitReader(f, 200))
	if who := strings.TrimSpace(string(b)); err == nil && who != "" {
		return who
	}
	return "it has not said which"
}
