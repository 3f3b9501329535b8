package store

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"contrechamp.org/contrechamp"
)

// FolderOptions say how a folder of bytes is opened.
type FolderOptions struct {
	ReadOnly bool // beside a program that writes: makes nothing, sweeps nothing, and Put answers ErrConflict
}

// Folder keeps bytes as files named by their digest: DIR/ab/cdef... It is safe for concurrent use.
//
// Bytes are written to a temporary file, synced, and only then given their name, and the folder is synced too: a
// name never shows bytes that are not whole, not even after the power went. What a process that died left unnamed
// is swept when the folder is opened for writing.
type Folder struct {
	dir      string
	readOnly bool
	files    files

	madeMu sync.Mutex
	made   map[string]bool // folders whose names are known to be durable
}

var _ contrechamp.Blobs = (*Folder)(nil)

// tempFolder holds files that have no name yet; it is in the same file system, so that naming is renaming.
const tempFolder = "tmp"

// OpenFolder opens a folder of bytes, and makes it unless o.ReadOnly. Only one process may open it for writing (the
// store's lock sees to that).
func OpenFolder(dir string, o FolderOptions) (*Folder, error) {
	return openFolder(dir, o, realFiles{})
}

func openFolder(dir string, o FolderOptions, fsys files) (*Folder, error) {
	f := &Folder{dir: dir, readOnly: o.ReadOnly, files: fsys, made: map[string]bool{}}
	if o.ReadOnly {
		return f, nil
	}
	temp := filepath.Join(dir, tempFolder)
	if err := makeFolder(fsys, temp); err != nil {
		return nil, fileFailed("make the folder of bytes", err)
	}
	left, err := os.ReadDir(temp)
	if err != nil {
		return nil, fileFailed("sweep the folder of bytes", err)
	}
	for _, e := range left {
		if err := fsys.remove(filepath.Join(temp, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fileFailed("sweep the folder of bytes", err)
		}
	}
	return f, nil
}

func (f *Folder) path(d contrechamp.Digest) string {
	name := d.String()
	return filepath.Join(f.dir, name[:2], name[2:])
}

// Put implements contrechamp.Blobs.
func (f *Folder) Put(ctx context.Context, r io.Reader, limit int64) (contrechamp.Digest, int64, error) {
	const doing = "keep bytes"
	if f.readOnly {
		return contrechamp.Digest{}, 0, fmt.Errorf("%s: the folder was opened for reading: %w", doing, contrechamp.ErrConflict)
	}
	digest, n, err := f.put(ctx, r, limit)
	if err != nil {
		return contrechamp.Digest{}, 0, fileFailed(doing, err)
	}
	return digest, n, nil
}

func (f *Folder) put(ctx context.Context, r io.Reader, limit int64) (digest contrechamp.Digest, n int64, err error) {
	temp, err := f.files.createTemp(filepath.Join(f.dir, tempFolder), "put-")
	if err != nil {
		return digest, 0, err
	}
	named := false
	defer func() {
		if !named {
			err = errors.Join(err, ignoreMissing(f.files.remove(temp.Name())))
		}
	}()
	digest, n, err = fillTemp(ctx, temp, r, limit)
	if err == nil {
		var kept bool
		if kept, err = f.has(digest); kept && err == nil {
			return digest, n, temp.Close()
		}
	}
	if err == nil {
		err = temp.Sync()
	}
	if err = errors.Join(err, temp.Close()); err != nil {
		return digest, 0, err
	}
	path := f.path(digest)
	if err := f.ensure(filepath.Dir(path)); err != nil {
		return digest, 0, err
	}
	if err := f.files.rename(temp.Name(), path); err != nil {
		return digest, 0, err
	}
	named = true
	return digest, n, f.files.syncFolder(filepath.Dir(path))
}

// has reports whether bytes are kept already, whole and durable: whoever named them may have died before the folder
// was synced. A file that was damaged since is not what its name says, and is written again.
func (f *Folder) has(d contrechamp.Digest) (bool, error) {
	path := f.path(d)
	kept, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer kept.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, kept); err != nil || contrechamp.Digest(hash.Sum(nil)) != d {
		return false, nil // a file that cannot be read is damaged too: the new one takes its place
	}
	return true, f.files.syncFolder(filepath.Dir(path))
}

// ensure makes the folder for a digest once, durable by name.
func (f *Folder) ensure(dir string) error {
	f.madeMu.Lock()
	defer f.madeMu.Unlock()
	if f.made[dir] {
		return nil
	}
	if err := f.files.mkdir(dir); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	// synced even when it was there: whoever made it may have died before
	if err := f.files.syncFolder(f.dir); err != nil {
		return err
	}
	f.made[dir] = true
	return nil
}

// fillTemp copies r to w, up to limit bytes, and answers what was copied.
func fillTemp(ctx context.Context, w io.Writer, r io.Reader, limit int64) (contrechamp.Digest, int64, error) {
	hash := sha256.New()
	buf := make([]byte, 64<<10)
	var n int64
	for {
		if err := ctx.Err(); err != nil {
			return contrechamp.Digest{}, 0, err
		}
		m, readErr := r.Read(buf)
		if n += int64(m); n > limit {
			return contrechamp.Digest{}, 0, fmt.Errorf("longer than %d bytes: %w", limit, contrechamp.ErrInvalid)
		}
		hash.Write(buf[:m])
		if _, err := w.Write(buf[:m]); err != nil {
			return contrechamp.Digest{}, 0, err
		}
		if readErr == io.EOF {
			return contrechamp.Digest(hash.Sum(nil)), n, nil
		}
		if readErr != nil {
			return contrechamp.Digest{}, 0, fmt.Errorf("read: %w", readErr)
		}
	}
}

// Has implements contrechamp.Blobs.
func (f *Folder) Has(ctx context.Context, d contrechamp.Digest) (bool, error) {
	if err := ctx.Err(); err != nil {
		return false, fmt.Errorf("bytes of %s: %w", d.Short(), err)
	}
	_, err := os.Stat(f.path(d))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, fileFailed("bytes of "+d.Short(), err)
}

// Delete implements contrechamp.Blobs. What the disk did with the freed blocks is the disk's: overwriting a file does not reach
// them on most of today's.
func (f *Folder) Delete(ctx context.Context, d contrechamp.Digest) error {
	doing := "remove the bytes of " + d.Short()
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	if f.readOnly {
		return fmt.Errorf("%s: the folder was opened for reading: %w", doing, contrechamp.ErrConflict)
	}
	path := f.path(d)
	if err := ignoreMissing(f.files.remove(path)); err != nil {
		return fileFailed(doing, err)
	}
	// also when it was not there: whoever removed it may have died before the folder was synced
	return fileFailed(doing, ignoreMissing(f.files.syncFolder(filepath.Dir(path))))
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Get implements contrechamp.Blobs.
func (f *Folder) Get(ctx context.Context, d contrechamp.Digest) ([]byte, error) {
	doing := "bytes of " + d.Short()
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", doing, err)
	}
	b, err := os.ReadFile(f.path(d))
	if err != nil {
		return nil, fileFailed(doing, err)
	}
	if contrechamp.Sum(b) != d {
		return nil, contrechamp.WithHint(fmt.Errorf("%s: the file holds other bytes: %w", doing, contrechamp.ErrAltered),
			"put the file back from a backup, or add the document again: "+f.path(d))
	}
	return b, nil
}
