package main

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"syscall"

	"github.com/rogpeppe/go-internal/testscript"

	"contrechamp.org/contrechamp/internal/read/ocr"
	"contrechamp.org/contrechamp/internal/read/pdf/pdftest"
)

// exitCode runs a command and wants its exit code: code 2 contrechamp nothing.
func exitCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N command...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// largeFile makes a sparse file: large NAME MIB.
func largeFile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: large NAME MIB")
	}
	mib, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(f.Truncate(mib << 20))
	ts.Check(f.Close())
}

// scan makes a PDF document of one page that is a picture of text: scan NAME LINE...
func scan(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: scan NAME LINE...")
	}
	f := &pdftest.File{}
	f.Page().Picture(pdftest.Photograph(args[1:]...), 20, 60, 550)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), f.Bytes(), 0o644))
}

// tools are conditions of scripts: what must be installed. Where every test must run, what is missing is a failure.
func tools(condition string) (bool, error) {
	if condition != "tesseract" {
		return false, fmt.Errorf("unknown condition %q", condition)
	}
	_, err := ocr.Find(context.Background())
	if err != nil && os.Getenv("CONTRECHAMP_TEST_ALL") == "1" {
		return false, fmt.Errorf("CONTRECHAMP_TEST_ALL=1 and %w", err)
	}
	return err == nil, nil
}

// namedPipe makes a named pipe: pipe NAME.
func namedPipe(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: pipe NAME")
	}
	ts.Check(syscall.Mkfifo(ts.MkAbs(args[0]), 0o644))
}

// flipBytes damages a file in its middle: flip NAME.
func flipBytes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: flip NAME")
	}
	b, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	for i := 0; i < len(b); i += 3 {
		b[i] ^= 0x55
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b, 0o644))
}

// bundleFiles makes a ZIP archive: bundle ARCHIVE NAME...
func bundleFiles(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: bundle ARCHIVE NAME...")
	}
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	z := zip.NewWriter(f)
	for _, name := range args[1:] {
		w, err := z.Create(name)
		ts.Check(err)
		b, err := os.ReadFile(ts.MkAbs(name))
		ts.Check(err)
		_, err = w.Write(b)
		ts.Check(err)
	}
	ts.Check(z.Close())
	ts.Check(f.Close())
}

// takeMatch puts what a group of a pattern matched in the last output into a variable: take NAME PATTERN.
func takeMatch(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: take NAME PATTERN")
	}
	m := regexp.MustCompile(args[1]).FindStringSubmatch(ts.ReadFile("stdout"))
	if len(m) != 2 {
		ts.Fatalf("no match of %s", args[1])
	}
	ts.Setenv(args[0], m[1])
}

// serveFolder serves a folder over HTTP on this machine until the script ends, and puts the address into a variable: site
// NAME DIR. Two pages of its own, /latin1 and /half, are as servers should not send them.
func serveFolder(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: site NAME DIR")
	}
	files := http.FileServer(http.Dir(ts.MkAbs(args[1])))
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/latin1": // whose character set is said in its head alone
			w.Header().Set("Content-Type", "text/html; charset=iso-8859-1")
			io.WriteString(w, "<p>La ville a install\xe9 douze cam\xe9ras sur la place, dit la mairie de Valbrune dans sa r\xe9ponse.</p>")
		case "/half": // which ends too early
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Content-Length", "5000")
			io.WriteString(w, "<p>La première moitié de la page parle des caméras de la ville de Valbrune et de leur prix.</p>")
		default:
			files.ServeHTTP(w, r)
		}
	}))
	ts.Defer(s.Close)
	ts.Setenv(args[0], s.URL)
}

// wordsInFiles wants some file of a folder to hold the words, or none with "!": words FOLDER WORD...
func wordsInFiles(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: [!] words FOLDER WORD...")
	}
	where := map[string]string{}
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		b, err := os.ReadFile(path)
		for _, word := range args[1:] {
			if bytes.Contains(b, []byte(word)) {
				where[word] = path
			}
		}
		return err
	}))
	for _, word := range args[1:] {
		switch path, found := where[word]; {
		case neg && found:
			ts.Fatalf("%q stands in %s", word, path)
		case !neg && !found:
			ts.Fatalf("%q stands in no file", word)
		}
	}
}
