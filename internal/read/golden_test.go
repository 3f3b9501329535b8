package read

import (
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "renew the expected texts; then read them line by line")

// TestGolden reads each document of testdata and compares with the rendering beside it.
func TestGolden(t *testing.T) {
	names, err := filepath.Glob("testdata/*")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, name := range names {
		if info, err := os.Stat(name); err != nil || info.IsDir() || strings.HasSuffix(name, ".golden") {
			continue
		}
		n++
		t.Run(filepath.Base(name), func(t *testing.T) {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			text, err := Read(context.Background(), Source{Bytes: b, Name: filepath.Base(name), Now: now})
			got := ""
			if err != nil {
				if !errors.Is(err, ErrUnreadable) {
					t.Fatalf("read: %v", err)
				}
				got = "cannot be read: " + err.Error() + "\n"
			} else {
				checkText(t, text)
				checkOrigin(t, text, b)
				got = render(text)
			}
			compareGolden(t, name, got, name+".golden")
		})
	}
	if n < 8 {
		t.Errorf("only %d documents in testdata", n)
	}
}

// matching returns the bytes of the documents that match.
func matching(t testing.TB, pattern string) [][]byte {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("no documents match %s (%v)", pattern, err)
	}
	var out [][]byte
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, b)
	}
	return out
}
