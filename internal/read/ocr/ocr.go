// Package ocr reads pictures of text with Tesseract, where it is installed.
//
// Each picture is given to a process of its own, which may take neither more time nor more memory than the limits
// below, and one runs at a time, whatever asks: a page takes seconds and some hundred MiB. What is answered is what
// Tesseract says of each word (its TSV output), with how far it trusts itself; nothing is corrected.
package ocr

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"time"

	"contrechamp.org/contrechamp"
)

// Limits of a picture and of the process that reads it.
const (
	MaxPixels = 40_000_000 // of a picture: a page of A3 at 300 dots an inch has 17 million
	MaxBytes  = 64 << 20   // of its file
	maxAnswer = 32 << 20   // of what is said of one picture
	patience  = 90 * time.Second
	maxMemory = 768 << 20 // of address space, most of which is the languages' files; resident is about a third
)

// Tesseract is an installed Tesseract.
type Tesseract struct {
	Version string // "tesseract/5.3.0"

	path      string
	languages string // "eng+fra"
	busy      chan struct{}
}

// Text is what was read in one picture.
type Text struct {
	Paragraphs []string
	Confidence float64 // 0 to 1: the mean of its words', each weighed by its letters
	Letters    int     // in all words
}

const install = "apt install tesseract-ocr tesseract-ocr-fra (Debian, Ubuntu); https://tesseract-ocr.github.io elsewhere"

var versionLine = regexp.MustCompile(`(?m)^tesseract v?([0-9][0-9.]*)`)

// Find looks for Tesseract and for the languages that it has. It answers ErrUnavailable, with a hint, where there is
// none.
func Find(ctx context.Context) (*Tesseract, error) {
	path, err := exec.LookPath("tesseract")
	if err != nil {
		return nil, contrechamp.WithHint(fmt.Errorf("reading pictures of text needs Tesseract, which is not installed: %w", contrechamp.ErrUnavailable), install)
	}
	said, err := exec.CommandContext(ctx, path, "--version").CombinedOutput()
	version := versionLine.FindSubmatch(said)
	if err != nil || version == nil {
		return nil, fmt.Errorf("ask Tesseract for its version: %q: %w", firstLine(said), contrechamp.ErrUnavailable)
	}
	said, err = exec.CommandContext(ctx, path, "--list-langs").CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("ask Tesseract for its languages: %q: %w", firstLine(said), contrechamp.ErrUnavailable)
	}
	var have []string
	for _, line := range strings.Split(string(said), "\n")[1:] { // the first says where they are
		if name := strings.TrimSpace(line); slices.Contains(languages, name) {
			have = append(have, name)
		}
	}
	if len(have) == 0 {
		return nil, contrechamp.WithHint(fmt.Errorf("Tesseract is installed without a language that is read here: %w", contrechamp.ErrUnavailable), install)
	}
	slices.SortFunc(have, func(a, b string) int { return slices.Index(languages, a) - slices.Index(languages, b) })
	return &Tesseract{Version: "tesseract/" + string(version[1]), path: path, languages: strings.Join(have, "+"), busy: make(chan struct{}, 1)}, nil
}

// languages are those whose claims are read, and those that documents are read in, by Tesseract's names; the first that
// is installed is tried first.
var languages = []string{"fra", "eng", "deu", "spa", "ita", "por", "nld", "srp", "srp_latn", "rus"}

// Languages answers those that are used, as Tesseract names them: "fra+eng".
func (t *Tesseract) Languages() string { return t.languages }

// Read reads one picture, a PNG, JPEG, TIFF or PGM file. Its errors are an ErrInvalid with one sentence for people,
// ErrUnavailable when Tesseract cannot be started, or those of ctx.
func (t *Tesseract) Read(ctx context.Context, picture []byte) (Text, error) {
	select {
	case t.busy <- struct{}{}:
		defer func() { <-t.busy }()
	case <-ctx.Done():
		return Text{}, ctx.Err()
	}
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	c := exec.CommandContext(limited, t.path, "stdin", "stdout", "-l", t.languages, "--dpi", "300", "-c", "tessedit_create_tsv=1")
	c.Env = append(os.Environ(), "OMP_THREAD_LIMIT=1") // more threads cost more than they bring on a page
	out, said := &bounded{most: maxAnswer}, &bounded{most: 4 << 10}
	c.Stdout, c.Stderr = out, said
	c.WaitDelay = time.Second
	err := run(c, picture)
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return Text{}, ctx.Err()
	case limited.Err() != nil:
		return Text{}, refuse("the picture takes more than the %d seconds that OCR may take", int(patience.Seconds()))
	case out.full:
		return Text{}, refuse("OCR finds more in the picture than a page can hold")
	case errors.As(err, &exit):
		return Text{}, refuse("OCR failed on the picture: %s", firstLine(said.b))
	case err != nil:
		return Text{}, fmt.Errorf("run Tesseract: %w: %w", err, contrechamp.ErrUnavailable)
	}
	return parse(out.b)
}

// run runs Tesseract on a picture, which it is given when its limits stand.
func run(c *exec.Cmd, picture []byte) error {
	in, err := c.StdinPipe()
	if err != nil {
		return err
	}
	if err := c.Start(); err != nil {
		return err
	}
	if err := limit(c.Process.Pid); err != nil {
		return errors.Join(fmt.Errorf("limit it: %w", err), c.Process.Kill(), c.Wait())
	}
	_, err = in.Write(picture)
	if closing := in.Close(); err == nil {
		err = closing
	}
	// how it ended says more than that it did not take the whole picture
	if ended := c.Wait(); ended != nil || errors.Is(err, syscall.EPIPE) {
		return ended
	}
	return err
}

// bounded keeps what is written up to a limit.
type bounded struct {
	b    []byte
	most int
	full bool
}

func (w *bounded) Write(p []byte) (int, error) {
	if room := w.most - len(w.b); len(p) > room {
		w.b, w.full = append(w.b, p[:room]...), true
		return len(p), nil
	}
	w.b = append(w.b, p...)
	return len(p), nil
}

func firstLine(b []byte) string {
	for _, line := range strings.Split(string(b), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			return strings.ToValidUTF8(line[:min(len(line), 200)], "")
		}
	}
	return "it says nothing"
}
