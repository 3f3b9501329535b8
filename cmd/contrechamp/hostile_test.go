package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"contrechamp.org/contrechamp/internal/testenv"
	"contrechamp.org/contrechamp/internal/testenv/hostile"
	"contrechamp.org/contrechamp/internal/testenv/measure"
)

// What a document may take, whatever it is, with all processes that read it: seconds of processor time, since machines
// are shared, and MiB.
const (
	mostSeconds = 10
	mostMiB     = 512
)

// latin1Name is no UTF-8; the register writes its byte out.
const (
	latin1Name    = "caf\xe9.txt"
	latin1Written = `caf\xE9.txt`
)

// hostileFolder lays out all documents that were made to harm: those of testdata/hostile, those that are too large for
// it, and those that no archive could hold: a page of 2 GB, names that harm a terminal.
func hostileFolder(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	kept := filepath.Join(testenv.Root(t), "testdata", "hostile")
	for name, make := range hostile.Documents() {
		b, err := os.ReadFile(filepath.Join(kept, name))
		if errors.Is(err, os.ErrNotExist) {
			b, err = make(), nil
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, size := range map[string]int64{"page-of-2-GB.pdf": 2 << 30, "page-of-200-MB.pdf": 200 << 20, "page-of-100-MB.pdf": 100 << 20, "zeros-of-100-MB.txt": 100 << 20} {
		head := "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n" +
			"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>\nendobj\n" +
			fmt.Sprintf("4 0 obj\n<</Length %d>>stream\n", size-1000)
		if strings.HasSuffix(name, ".txt") {
			head = ""
		}
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(head), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(path, size); err != nil { // sparse
			t.Fatal(err)
		}
	}
	for _, name := range []string{"\x1b[2J\x1b[31mred.txt", "line\nbreak.txt", "gpj.\u202etxt.html", latin1Name} {
		if err := os.WriteFile(filepath.Join(folder, name), fmt.Appendf(nil, "Le conseil de Valcroix a voté l'achat de douze caméras. Fichier %q.", name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// TestHostile adds what was made to harm with the real program: all of it in one run, which goes on to its end in 512 MiB,
// and each document that is not small by itself, in 10 s. Every document is read or has one sentence that says why not.
func TestHostile(t *testing.T) {
	if testing.Short() {
		testenv.Skip(t, "it takes a minute: run without -short")
	}
	folder := hostileFolder(t)
	t.Run("all in one run", func(t *testing.T) {
		data := t.TempDir()
		add := command(t, data, "add", "--jobs", "2", "--format", "json", folder)
		out, err := os.Create(filepath.Join(data, "summary.json"))
		if err != nil {
			t.Fatal(err)
		}
		defer out.Close()
		add.Stdout = out
		used, err := measure.Run(add)
		if err != nil {
			t.Fatalf("add: %v", err)
		}
		t.Logf("%.1f s of processor time, %.0f MiB in %d processes at most", used.CPU.Seconds(), used.PeakMiB, used.Processes)
		if used.PeakMiB > mostMiB {
			t.Errorf("took %.0f MiB, more than %d", used.PeakMiB, mostMiB)
		}
		checkHostile(t, data, folder)
	})
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		if info.Size() <= hostile.Small && !strings.Contains(e.Name(), "bomb") {
			continue // in the run above
		}
		t.Run(e.Name(), func(t *testing.T) {
			add := command(t, t.TempDir(), "add", "--jobs", "2", filepath.Join(folder, e.Name()))
			used, err := measure.Run(add)
			var exit *exec.ExitError
			if err != nil && !(errors.As(err, &exit) && exit.ExitCode() == exitFailed) { // refused
				t.Fatalf("add: %v", err)
			}
			t.Logf("%.1f s of processor time, %.0f MiB in %d processes at most", used.CPU.Seconds(), used.PeakMiB, used.Processes)
			if used.CPU > mostSeconds*time.Second || used.PeakMiB > mostMiB {
				t.Errorf("took %.1f s of processor time and %.0f MiB", used.CPU.Seconds(), used.PeakMiB)
			}
		})
	}
}

// checkHostile looks whether each file was captured or refused, and read or not, with a sentence.
func checkHostile(t *testing.T, data, folder string) {
	t.Helper()
	var summary struct {
		NotRead []failure `json:"not_read"`
	}
	b, err := os.ReadFile(filepath.Join(data, "summary.json"))
	if err == nil {
		err = json.Unmarshal(b, &summary)
	}
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	for _, f := range summary.NotRead {
		if f.Reason == "" || len(f.Reason) > 250 || strings.ContainsAny(f.Reason, "\n\x1b") {
			t.Errorf("%q: %q is not one sentence", f.Path, f.Reason)
		}
		if strings.Contains(f.Reason, "defect") || strings.Contains(f.Reason, "given up") {
			t.Errorf("%q: %s", f.Path, f.Reason)
		}
		said[f.Path] = f.Reason
	}
	for _, d := range documents(t, data) {
		if strings.HasPrefix(d.Path, folder) && d.State == "read" {
			said[d.Path] = "read"
		}
		if d.State == "waiting" {
			t.Errorf("%q was not read", d.Path)
		}
	}
	for name, want := range map[string]string{
		"page-of-2-GB.pdf": "the file is too large", "page-of-200-MB.pdf": "the document has 200 MiB, more than", "encrypted.pdf": "the PDF document is encrypted and needs a password",
		"cut.pdf": "the PDF document is damaged and cannot be opened", "10000-pages.pdf": "read", "bases.html": "read", "nested.eml": "the message has 1001 parts",
		"headers.eml": "the message has more than the 10000 header lines", "entities.docx": "the file declares XML entities", "bomb-overlapping.zip": "files in the ZIP archive share their bytes",
		"utf-16le.txt": "read", "utf-16be.txt": "read", "utf-32be-mark.txt": "read", "null-bytes.html": "read", "names.zip": "read", "\x1b[2J\x1b[31mred.txt": "read", latin1Written: "read",
	} {
		path := filepath.Join(folder, name)
		if !strings.HasPrefix(said[path], want) && !strings.HasPrefix(said[path+"!/"], want) {
			t.Errorf("%q: %q, want %q", name, said[path], want)
		}
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		path := filepath.Join(folder, strings.Replace(e.Name(), latin1Name, latin1Written, 1))
		if said[path] == "" && said[strings.ToValidUTF8(path, "\uFFFD")] == "" {
			t.Errorf("%q is neither read nor refused; said of others: %q", e.Name(), slices.Sorted(maps.Keys(said))[:3])
		}
	}
}
