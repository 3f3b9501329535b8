package pdf

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/klauspost/compress/zstd"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/read/pdf/pdftest"
)

func TestMain(m *testing.M) {
	if os.Getenv("CONTRECHAMP_TEST_BROKEN_CHILD") != "" && len(os.Args) > 1 && os.Args[1] == ChildVerb {
		os.Exit(7) // a process that ends before it is ready
	}
	Main()
	os.Exit(m.Run())
}

func testPool(t *testing.T) *Pool {
	p := &Pool{Cache: filepath.Join(os.TempDir(), "contrechamp-test-pdfium")}
	t.Cleanup(p.Close)
	return p
}

// The engine in the program is the one that is pinned.
func TestEngineIsPinned(t *testing.T) {
	d, err := zstd.NewReader(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	code, err := d.DecodeAll(wasm, nil)
	if err != nil {
		t.Fatal(err)
	}
	if sum := sha256.Sum256(code); hex.EncodeToString(sum[:]) != EngineSHA256 {
		t.Errorf("the engine has the SHA-256 %x, want %s: make pdfium", sum, EngineSHA256)
	}
}

func letter(words string) []byte {
	f := &pdftest.File{Info: map[string]string{"Title": "Lettre", "Author": "Anne", "CreationDate": "D:20240312101500+01'00'"}}
	f.Page().Text(56, 80, 12, words)
	return f.Bytes()
}

// words are the lines of a document.
func words(d Document) string {
	var lines []string
	for i := range d.Pages {
		for j := range d.Pages[i].lines {
			lines = append(lines, d.Pages[i].lines[j].text())
		}
	}
	return strings.Join(lines, "|")
}

func TestReadWhatTheFileSays(t *testing.T) {
	d, err := testPool(t).Read(t.Context(), letter("Bonjour à tous"))
	if err != nil {
		t.Fatal(err)
	}
	want := Info{Pages: 1, Title: "Lettre", Author: "Anne", Made: "D:20240312101500+01'00'"}
	if d.Info != want || words(d) != "Bonjour à tous" {
		t.Errorf("got %+v %q", d.Info, words(d))
	}
}

// A page that is shown turned is read as it is shown.
func TestReadTurnedPage(t *testing.T) {
	for _, rotate := range []int{0, 90, 180, 270} {
		f := &pdftest.File{}
		p := f.Page()
		p.Rotate = rotate
		// text along the side that is the upper one when the page is turned
		matrix := map[int][2]string{
			0: {"1 0 0 1 56 780", "1 0 0 1 56 760"}, 90: {"0 1 -1 0 60 56", "0 1 -1 0 80 56"},
			180: {"-1 0 0 -1 540 60", "-1 0 0 -1 540 80"}, 270: {"0 -1 1 0 535 780", "0 -1 1 0 515 780"},
		}[rotate]
		p.Raw("BT /F1 12 Tf " + matrix[1] + " Tm (la seconde ligne) Tj ET BT /F1 12 Tf " + matrix[0] + " Tm (La premiere et) Tj ET")
		d, err := testPool(t).Read(t.Context(), f.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if got := words(d); got != "La premiere et|la seconde ligne" {
			t.Errorf("turned by %d it reads %q", rotate, got)
		}
	}
}

// A process that a document breaks is replaced: the next document is read.
func TestPoolGoesOn(t *testing.T) {
	p := testPool(t)
	hostile := pdftest.Hostile()
	for _, name := range []string{"form-loop.pdf", "encrypted.pdf", "deep-q.pdf"} {
		if _, err := p.Read(t.Context(), hostile[name]()); !errors.Is(err, contrechamp.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
		if d, err := p.Read(t.Context(), letter("Bonjour")); err != nil || words(d) != "Bonjour" {
			t.Errorf("after %s: %v %q", name, err, words(d))
		}
	}
	for _, c := range p.idle {
		if c.command.ProcessState != nil {
			t.Error("a process that ended waits for work")
		}
	}
}

// A page on which the engine breaks down is left out and said so; those behind it are read.
func TestPoolLeavesOutPage(t *testing.T) {
	f := &pdftest.File{}
	f.Page().Text(56, 80, 12, "La premiere")
	f.Page().Raw(strings.Repeat("q ", 3_000_000))
	f.Page().Text(56, 80, 12, "La troisieme")
	d, err := testPool(t).Read(t.Context(), f.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if words(d) != "La premiere|La troisieme" || len(d.Notes) != 1 || d.Notes[0] != "page 2 could not be read" {
		t.Errorf("read %q, notes %q", words(d), d.Notes)
	}
}

func TestPoolAtOnce(t *testing.T) {
	p := testPool(t)
	var wait sync.WaitGroup
	for i := range 4 {
		wait.Go(func() {
			text := strings.Repeat("Bonjour ", i+1)
			d, err := p.Read(t.Context(), letter(text))
			if err != nil || words(d) != strings.TrimSpace(text) {
				t.Errorf("read %q, %v", words(d), err)
			}
		})
	}
	wait.Wait()
}

func TestPoolEnds(t *testing.T) {
	p := testPool(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.Read(ctx, letter("Bonjour")); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	p.Close()
	if _, err := p.Read(t.Context(), letter("Bonjour")); !errors.Is(err, contrechamp.ErrUnavailable) {
		t.Errorf("after the end: %v", err)
	}
	broken := &Pool{Command: func() (*exec.Cmd, error) {
		c, err := own()
		c.Env = append(c.Environ(), "CONTRECHAMP_TEST_BROKEN_CHILD=1")
		return c, err
	}}
	if _, err := broken.Read(t.Context(), letter("Bonjour")); !errors.Is(err, contrechamp.ErrUnavailable) {
		t.Errorf("a process that does not start: %v", err)
	}
	if _, err := p.Read(t.Context(), make([]byte, MaxBytes+1)); !errors.Is(err, contrechamp.ErrInvalid) {
		t.Errorf("too large: %v", err)
	}
}

func TestPagesOf(t *testing.T) {
	for want, numbers := range map[string][]int{"page 3": {3}, "pages 1-3": {1, 2, 3}, "pages 1, 3-4, 9": {1, 3, 4, 9}} {
		if got := PagesOf(numbers); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// A process that has taken much memory is ended when its document is read; one that has read a letter waits for the next.
func TestPoolEndsWhatHasGrown(t *testing.T) {
	p := testPool(t)
	for _, grown := range []uint64{0, maxHeld} {
		if _, err := p.Read(t.Context(), letter("Bonjour")); err != nil {
			t.Fatal(err)
		}
		if len(p.idle) != 1 || p.idle[0].held == 0 {
			t.Fatalf("%d processes wait, want one that says what it holds", len(p.idle))
		}
		c, err := p.take(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		c.held += grown
		p.give(c)
		if kept := len(p.idle) == 1; kept != (grown == 0) {
			t.Errorf("with %d MiB it is kept: %v", c.held>>20, kept)
		}
	}
}
