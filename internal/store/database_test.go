package store

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/store/storetest"
)

// testOptions are those of a store whose jobs do not rest and whose queue says nothing.
func testOptions(dir string) Options {
	return Options{Dir: dir, Verb: "test", Logger: slog.New(slog.DiscardHandler),
		Backoff: func(int) time.Duration { return 0 }}
}

// openTest opens a store that is closed when the test ends.
func openTest(t testing.TB, o Options) *Database {
	t.Helper()
	s, err := Open(context.WithoutCancel(t.Context()), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() }) // may be closed already
	return s
}

// instance opens a store for the suite.
func instance(t *testing.T, o Options) storetest.Instance {
	s := openTest(t, o)
	return storetest.Instance{
		Store: s,
		Reopen: func(t *testing.T) contrechamp.Store {
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			s = openTest(t, o)
			return s
		},
		Crash: func(t *testing.T) contrechamp.Store {
			// the connections go, whatever is under way
			s.Close()
			return openTest(t, o)
		},
		Beside: func(t *testing.T) contrechamp.Store {
			o := o
			o.ReadOnly = true
			return openTest(t, o)
		},
		FailAt: func(n int) func() bool {
			met := false
			s.beforeWrite = func() error {
				if n--; n == 0 {
					met = true
					return fmt.Errorf("injected: %w", contrechamp.ErrUnavailable)
				}
				return nil
			}
			return func() bool { s.beforeWrite = nil; return met }
		},
		Reindex: s.Reindex,
	}
}

func TestSQLite(t *testing.T) {
	storetest.Run(t, func(t *testing.T) storetest.Instance {
		return instance(t, testOptions(filepath.Join(t.TempDir(), "données #1? 100%", "deep")))
	})
}

func TestFolder(t *testing.T) {
	storetest.RunBlobs(t, func(t *testing.T) storetest.BlobsInstance {
		dir := filepath.Join(t.TempDir(), "data", "blobs")
		f, err := OpenFolder(dir, FolderOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return storetest.BlobsInstance{
			Blobs: f,
			Alter: func(t *testing.T, d contrechamp.Digest) {
				if err := os.WriteFile(f.path(d), []byte("evidencE"), 0o644); err != nil {
					t.Fatal(err)
				}
			},
			Left: func(t *testing.T) int {
				left, err := os.ReadDir(filepath.Join(dir, tempFolder))
				if err != nil {
					t.Fatal(err)
				}
				return len(left)
			},
		}
	})
}
