// Package testenv lets tests say what they miss on this machine. A test that cannot run here calls Skip; where
// nothing may be missing (CONTRECHAMP_TEST_ALL=1, as in CI) the same call fails the test.
package testenv

import (
	"os"
	"path/filepath"
	"testing"
)

// Skip skips t, or fails it where every test must run.
func Skip(t testing.TB, reason string) {
	t.Helper()
	if os.Getenv("CONTRECHAMP_TEST_ALL") == "1" {
		t.Fatalf("CONTRECHAMP_TEST_ALL=1 and %s", reason)
	}
	t.Skip(reason)
}

// Root returns the project's root folder: the nearest folder above the test's that holds go.mod.
func Root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the test's folder")
		}
		dir = up
	}
}

// Shared returns a path in the folder ../shared beside the project, or skips t when it is not there.
func Shared(t testing.TB, elem ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{Root(t), "..", "shared"}, elem...)...)
	if _, err := os.Stat(path); err != nil {
		Skip(t, "there is no "+filepath.Join(append([]string{"../shared"}, elem...)...))
	}
	return path
}
