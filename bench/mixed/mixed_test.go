package mixed

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// sum is a digest over all names and bytes of a folder.
func sum(t *testing.T, folder string) string {
	t.Helper()
	h := sha256.New()
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		h.Write([]byte(filepath.Base(path)))
		h.Write(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func TestMake(t *testing.T) {
	a, b, c := t.TempDir(), t.TempDir(), t.TempDir()
	made, err := Make(a, 200, 1)
	if err != nil {
		t.Fatal(err)
	}
	if made.Files[HTML] != 130 || made.Files[PDF] != 60 || made.Files[DOCX] != 3 || made.Files[Mail] < 2 {
		t.Errorf("made %v", made)
	}
	if mean := made.Bytes[HTML] / int64(made.Files[HTML]); mean < 8_000 || mean > 40_000 {
		t.Errorf("a page has %d bytes on average", mean)
	}
	for folder, seed := range map[string]uint64{b: 1, c: 2} {
		if _, err := Make(folder, 200, seed); err != nil {
			t.Fatal(err)
		}
	}
	if sum(t, a) != sum(t, b) {
		t.Error("the same numbers made another folder")
	}
	if sum(t, a) == sum(t, c) {
		t.Error("another seed made the same folder")
	}
	if _, err := Make(a, 10, 1); err == nil {
		t.Error("wrote into a folder that holds something")
	}
}
