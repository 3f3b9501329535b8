package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
)

// smallDisk mounts a disk of its own for the test. Where this is not permitted it answers false: TestFileLimit then
// is the test of a full disk.
func smallDisk(t *testing.T, size string) (string, bool) {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Logf("no disk can be mounted here (%v): see TestFileLimit", err)
		return "", false
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir, true
}

// TestFullDisk fills a disk, sees every call say so, makes room, and goes on in the same process.
func TestFullDisk(t *testing.T) {
	dir, ok := smallDisk(t, "6m")
	if !ok {
		return
	}
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 2<<20), 0o644); err != nil {
		t.Fatal(err)
	}
	s := openTest(t, testOptions(dir))
	f, err := OpenFolder(filepath.Join(dir, "blobs"), FolderOptions{})
	if err != nil {
		t.Fatal(err)
	}
	heard := acknowledged{}
	n := 0
	steps := func() error {
		received, reading := article(n)
		if _, _, err := f.Put(t.Context(), strings.NewReader(reading.Text.Body), 1<<20); err != nil {
			return err
		}
		heard[n] = "bytes"
		if _, err := s.RecordCaptures(t.Context(), []contrechamp.Received{received}); err != nil {
			return err
		}
		heard[n] = "captured"
		if err := s.SaveReading(t.Context(), reading); err != nil {
			return err
		}
		heard[n] = "saved"
		return nil
	}
	for err = nil; err == nil; n++ {
		if err = steps(); err == nil && n > 100_000 {
			t.Fatal("the disk is never full")
		}
	}
	for range 5 { // it stays full, and says so each time
		wantFull(t, fmt.Sprintf("article %d on a full disk", n), err)
		n++
		if err = steps(); err == nil {
			heard[n] = "saved" // a small one may still fit
			err = fmt.Errorf("%w", contrechamp.WithHint(contrechamp.ErrUnavailable, hintSpace))
		}
	}
	heard.check(t, s, f)
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	for range 10 {
		n++
		if err := steps(); err != nil {
			t.Fatalf("article %d after room was made: %v", n, err)
		}
	}
	heard.check(t, s, f)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	heard.check(t, openTest(t, testOptions(dir)), f)
}

// TestWorkOnFullDisk lets the disk become full under the queue: work ends with a sentence instead of waiting for
// ever, and goes on once there is room.
func TestWorkOnFullDisk(t *testing.T) {
	dir, ok := smallDisk(t, "8m")
	if !ok {
		return
	}
	s := openTest(t, testOptions(dir))
	s.stalled = time.Second
	const articles = 40
	for n := range articles {
		received, _ := article(n)
		if _, err := s.RecordCaptures(t.Context(), []contrechamp.Received{received}); err != nil {
			t.Fatal(err)
		}
	}
	readings := map[contrechamp.Digest]contrechamp.Reading{}
	for n := range articles {
		_, r := article(n)
		readings[r.Text.Capture] = r
	}
	read := func(_ context.Context, d contrechamp.Digest) (contrechamp.Reading, error) { return readings[d], nil }
	ballast := filepath.Join(dir, "ballast")
	b, err := os.Create(ballast)
	if err != nil {
		t.Fatal(err)
	}
	for err == nil {
		_, err = b.Write(make([]byte, 4096))
	}
	b.Close()
	if err := s.Work(t.Context(), 2, true, read, nil); !errors.Is(err, contrechamp.ErrUnavailable) || contrechamp.Hint(err) == "" {
		t.Errorf("work on a full disk: got %v with the hint %q, want %v", err, contrechamp.Hint(err), contrechamp.ErrUnavailable)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openTest(t, testOptions(dir))
	if err := s.Work(t.Context(), 2, true, read, nil); err != nil {
		t.Fatal(err)
	}
	if n, err := s.Waiting(t.Context()); err != nil || n != 0 {
		t.Errorf("%d captures wait, %v, want none", n, err)
	}
}
