package log_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger/log"
	"contrechamp.org/contrechamp/internal/testenv"
)

// TestFullDisk fills the disk of the log, sees Cover say so, makes room, and goes on in the same process: nothing is logged
// twice, nothing is lost. The library that writes takes no layer of files, so that its n-th write cannot be made to fail; a
// disk of its own can.
func TestFullDisk(t *testing.T) {
	r := newRegister(t)
	o := r.options()
	if err := os.Mkdir(o.Dir, 0o755); err != nil {
		t.Fatal(err)
	}
	full, room := fullDisk(t, o.Dir)
	l, err := log.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	r.add(t, 300)
	if err := l.Cover(t.Context()); err != nil {
		t.Fatal(err)
	}
	for round := range 4 { // at several places of a bundle
		full(t, round)
		r.add(t, 200)
		for range 2 {
			if err = l.Cover(t.Context()); !errors.Is(err, contrechamp.ErrUnavailable) || !strings.Contains(contrechamp.Hint(err), "make room") {
				t.Fatalf("round %d: got %v with the hint %q", round, err, contrechamp.Hint(err))
			}
		}
		if _, pending, err := r.store.CountLeaves(t.Context()); err != nil || pending != 200 {
			t.Fatalf("%d leaves wait, %v", pending, err)
		}
		room(t)
		r.add(t, 1)
		if err := l.Cover(t.Context()); err != nil {
			t.Fatal(err)
		}
		r.check(t, int64(300+201*(round+1)), l.Key())
	}
}

// fullDisk mounts a small disk at dir, and answers what fills it but for some bytes, and what makes room again.
func fullDisk(t *testing.T, dir string) (full func(t *testing.T, round int), room func(t *testing.T)) {
	t.Helper()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=4m"); err != nil {
		testenv.Skip(t, fmt.Sprintf("no disk can be mounted here (%v)", err))
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	ballast := filepath.Join(dir, "ballast")
	full = func(t *testing.T, round int) {
		t.Helper()
		f, err := os.Create(ballast)
		if err != nil {
			t.Fatal(err)
		}
		for block := make([]byte, 4096); err == nil; {
			_, err = f.Write(block)
		}
		info, statErr := f.Stat()
		if statErr != nil || !errors.Is(err, syscall.ENOSPC) {
			t.Fatal(err, statErr)
		}
		// some room is left: the write fails at another file each time
		if err := errors.Join(f.Truncate(info.Size()-int64(round)*20<<10), f.Close()); err != nil {
			t.Fatal(err)
		}
	}
	return full, func(t *testing.T) {
		t.Helper()
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
	}
}
