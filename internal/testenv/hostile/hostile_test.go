package hostile

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"contrechamp.org/contrechamp/internal/testenv"
)

var update = flag.Bool("update", false, "write the small documents to testdata/hostile")

// The folder holds the small documents and nothing else, and each is made the same again.
func TestFolder(t *testing.T) {
	folder := filepath.Join(testenv.Root(t), "testdata", "hostile")
	known := map[string]bool{"README.md": true, ".gitattributes": true}
	for name, make := range Documents() {
		b := make()
		if !bytes.Equal(b, make()) {
			t.Errorf("%s is another each time", name)
		}
		if len(b) > Small {
			continue
		}
		known[name] = true
		path := filepath.Join(folder, name)
		if *update {
			if err := os.WriteFile(path, b, 0o644); err != nil {
				t.Fatal(err)
			}
		} else if _, err := os.Stat(path); err != nil {
			t.Errorf("%v: go test ./internal/testenv/hostile -update", err)
		}
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !known[e.Name()] {
			t.Errorf("%s is none of the documents that are made", e.Name())
		}
	}
}
