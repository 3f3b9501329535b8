//go:build unix

package log_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/transparency-dev/tessera/client"
	"github.com/transparency-dev/tessera/fsck"
	"golang.org/x/mod/sumdb/note"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
)

// TestForeignCheck lets another program's check of such logs (tessera's fsck, on the Merkle code of Certificate
// Transparency) say what it thinks of ours, whole and damaged, after partial tiles were removed and the key was replaced.
func TestForeignCheck(t *testing.T) {
	r := newRegister(t)
	l := r.open(t)
	for _, n := range []int{3, 250, 10, 700} {
		r.add(t, n)
		if err := l.Cover(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := l.Rotate(t.Context()); err != nil {
		t.Fatal(err)
	}
	check := func() error {
		v, err := note.NewVerifier(l.Key().String())
		if err != nil {
			t.Fatal(err)
		}
		hashes := func(bundle []byte) ([][]byte, error) {
			entries, err := ledger.ParseBundle(bundle)
			var out [][]byte
			for _, e := range entries {
				h := contrechamp.LeafHash(e)
				out = append(out, h[:])
			}
			return out, err
		}
		return fsck.New(l.Key().Name(), v, client.FileFetcher{Root: string(l.Folder())}, hashes, fsck.Opts{N: 2}).Check(t.Context())
	}
	if err := check(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(string(l.Folder()), "tile/entries/001")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2] ^= 1
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := check(); err == nil {
		t.Error("a changed entry is not found by the other program")
	}
}
