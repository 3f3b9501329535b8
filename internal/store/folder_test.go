package store

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"contrechamp.org/contrechamp"
)

// failing is a file system whose nth step fails as a full disk does: in the middle of a write, some of it is kept.
type failing struct {
	realFiles
	left *int
}

func (f failing) step() error {
	if *f.left--; *f.left == 0 {
		return syscall.ENOSPC
	}
	return nil
}

func (f failing) mkdir(path string) error {
	if err := f.step(); err != nil {
		return &fs.PathError{Op: "mkdir", Path: path, Err: err}
	}
	return f.realFiles.mkdir(path)
}

func (f failing) rename(from, to string) error {
	if err := f.step(); err != nil {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: err}
	}
	return f.realFiles.rename(from, to)
}

func (f failing) remove(path string) error {
	if err := f.step(); err != nil {
		return &fs.PathError{Op: "remove", Path: path, Err: err}
	}
	return f.realFiles.remove(path)
}

func (f failing) syncFolder(path string) error {
	if err := f.step(); err != nil {
		return &fs.PathError{Op: "sync", Path: path, Err: err}
	}
	return f.realFiles.syncFolder(path)
}

func (f failing) createTemp(dir, pattern string) (file, error) {
	if err := f.step(); err != nil {
		return nil, &fs.PathError{Op: "open", Path: dir, Err: err}
	}
	opened, err := f.realFiles.createTemp(dir, pattern)
	return failingFile{opened, f}, err
}

type failingFile struct {
	file
	disk failing
}

func (f failingFile) Write(b []byte) (int, error) {
	if err := f.disk.step(); err != nil {
		n, _ := f.file.Write(b[:len(b)/2])
		return n, &fs.PathError{Op: "write", Path: f.Name(), Err: err}
	}
	return f.file.Write(b)
}

func (f failingFile) Sync() error {
	if err := f.disk.step(); err != nil {
		return &fs.PathError{Op: "sync", Path: f.Name(), Err: err}
	}
	return f.file.Sync()
}

func (f failingFile) Close() error {
	if err := f.disk.step(); err != nil {
		f.file.Close()
		return &fs.PathError{Op: "close", Path: f.Name(), Err: err}
	}
	return f.file.Close()
}

// TestFolderFails makes each step of opening a folder and putting bytes in it fail in turn. Whatever was acknowledged
// is there, whatever has a name is whole, and the next process finds nothing half-written.
func TestFolderFails(t *testing.T) {
	blobs := [][]byte{[]byte("one"), bytes.Repeat([]byte("two "), 50_000), []byte("one"), {}}
	const limit = 1 << 20
	for n := 1; ; n++ {
		dir := filepath.Join(t.TempDir(), "blobs")
		left := n
		disk := failing{left: &left}
		acknowledged := map[contrechamp.Digest][]byte{}
		failures := 0
		f, err := openFolder(dir, FolderOptions{}, disk)
		if err != nil {
			failures++
			wantFull(t, fmt.Sprintf("open, step %d", n), err)
		} else {
			for _, b := range blobs {
				d, _, err := f.Put(t.Context(), bytes.NewReader(b), limit)
				if err != nil {
					failures++
					wantFull(t, fmt.Sprintf("put, step %d", n), err)
					continue
				}
				acknowledged[d] = b
			}
		}
		if failures > 1 {
			t.Errorf("step %d failed and %d calls with it", n, failures)
		}
		again, err := OpenFolder(dir, FolderOptions{})
		if err != nil {
			t.Fatal(err)
		}
		checkFolder(t, dir, n, again, acknowledged)
		for _, b := range blobs {
			if _, _, err := again.Put(t.Context(), bytes.NewReader(b), limit); err != nil {
				t.Errorf("put again after step %d failed: %v", n, err)
			}
		}
		if left > 0 {
			if n < 20 {
				t.Fatalf("only %d steps were met", n)
			}
			return // no step failed: all were tried
		}
	}
}

func wantFull(t *testing.T, what string, err error) {
	t.Helper()
	if !errors.Is(err, contrechamp.ErrUnavailable) || contrechamp.Hint(err) != hintSpace {
		t.Errorf("%s: got %v with the hint %q, want a full disk", what, err, contrechamp.Hint(err))
	}
}

// checkFolder looks at every file: it has the bytes of its name.
func checkFolder(t *testing.T, dir string, n int, f *Folder, acknowledged map[contrechamp.Digest][]byte) {
	t.Helper()
	for d, want := range acknowledged {
		if got, err := f.Get(t.Context(), d); err != nil || !bytes.Equal(got, want) {
			t.Errorf("step %d failed: acknowledged bytes %s: got %d bytes, %v", n, d.Short(), len(got), err)
		}
	}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		d, err := contrechamp.ParseDigest(filepath.Base(filepath.Dir(path)) + e.Name())
		if err != nil {
			t.Errorf("step %d failed: %s is left", n, path)
			return nil
		}
		b, err := os.ReadFile(path)
		if contrechamp.Sum(b) != d {
			t.Errorf("step %d failed: %s holds other bytes", n, path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestFolderReadOnly(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "none")
	f, err := OpenFolder(dir, FolderOptions{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := f.Put(t.Context(), bytes.NewReader(nil), 1); !errors.Is(err, contrechamp.ErrConflict) {
		t.Errorf("put: got %v, want %v", err, contrechamp.ErrConflict)
	}
	if _, err := f.Get(t.Context(), contrechamp.Sum(nil)); !errors.Is(err, contrechamp.ErrNotFound) {
		t.Errorf("get: got %v, want %v", err, contrechamp.ErrNotFound)
	}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder was made: %v", err)
	}
}

func TestFolderInTheWay(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenFolder(filepath.Join(path, "blobs"), FolderOptions{}); err == nil || contrechamp.Hint(err) == "" {
		t.Errorf("got %v with the hint %q, want a sentence and a hint", err, contrechamp.Hint(err))
	}
}
