package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/store"
)

// command runs the built command in a process of its own, so that it can be killed.
func command(t testing.TB, data string, args ...string) *exec.Cmd {
	t.Helper()
	path, err := exec.LookPath("contrechamp") // testscript.Main put it in PATH
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(path, args...)
	c.Env = append(os.Environ(), "CONTRECHAMP_DATA="+data)
	return c
}

// writeArticles makes n short articles that each make one claim at least.
func writeArticles(t *testing.T, n int) string {
	t.Helper()
	folder := t.TempDir()
	for i := range n {
		text := fmt.Sprintf("Article %d\n\nLa ville de Valbrune compte %d caméras de vidéosurveillance. Document de démonstration.\n", i, i+2)
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("a%04d.txt", i)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// documents asks a store for all its documents, by a process of its own.
func documents(t *testing.T, data string) []documentRecord {
	t.Helper()
	out, err := command(t, data, "documents", "--format", "json").Output()
	if err != nil {
		t.Fatalf("documents: %v", err)
	}
	var docs []documentRecord
	if err := json.Unmarshal(out, &docs); err != nil {
		t.Fatal(err)
	}
	return docs
}

// TestStoppedInTheMiddle stops add by an interrupt and by kill -9 while it works: what was captured is kept, its
// bytes are whole, and the next work reads the rest.
func TestStoppedInTheMiddle(t *testing.T) {
	const articles = 300
	folder := writeArticles(t, articles)
	for _, tt := range []struct {
		signal syscall.Signal
		code   int
	}{{syscall.SIGINT, exitInterrupted}, {syscall.SIGTERM, exitInterrupted}, {syscall.SIGKILL, -1}} {
		t.Run(tt.signal.String(), func(t *testing.T) {
			data := t.TempDir()
			add := command(t, data, "add", folder)
			if err := add.Start(); err != nil {
				t.Fatal(err)
			}
			waitForBlobs(t, data, 20)
			if err := add.Process.Signal(tt.signal); err != nil {
				t.Fatal(err)
			}
			err := add.Wait()
			if code := add.ProcessState.ExitCode(); code != tt.code {
				t.Fatalf("exit code %d (%v), want %d", code, err, tt.code)
			}
			var before []documentRecord
			if _, err := os.Stat(filepath.Join(data, "contrechamp.db")); err == nil {
				before = documents(t, data)
			}
			if out, err := command(t, data, "work", "--until-empty").CombinedOutput(); err != nil {
				t.Fatalf("work: %v: %s", err, out)
			}
			after := documents(t, data)
			if len(after) != len(before) {
				t.Errorf("%d documents were captured, %d are left", len(before), len(after))
			}
			for _, d := range after {
				if d.State != contrechamp.Read {
					t.Errorf("%s is %s: %s", d.Name, d.State, d.Reason)
				}
			}
			if out, err := command(t, data, "add", folder).CombinedOutput(); err != nil {
				t.Fatalf("add again: %v: %s", err, out)
			}
			if docs := documents(t, data); len(docs) != articles {
				t.Errorf("%d documents after the second add, want %d", len(docs), articles)
			}
			if out, err := command(t, data, "verify").CombinedOutput(); err != nil {
				t.Errorf("verify: %v: %s", err, out)
			}
		})
	}
}

// waitForBlobs returns when n captures have been written, as seen from outside.
func waitForBlobs(t *testing.T, data string, n int) {
	t.Helper()
	for {
		found, err := filepath.Glob(filepath.Join(data, "blobs", "*", "*"))
		if err != nil {
			t.Fatal(err)
		}
		if len(found) >= n {
			return
		}
		if t.Context().Err() != nil {
			t.Fatal("no captures were written")
		}
	}
}

// TestSecondProcessIsRefused holds a data folder open and lets another program write in it, and one read.
func TestSecondProcessIsRefused(t *testing.T) {
	data := t.TempDir()
	s, err := store.Open(t.Context(), store.Options{Dir: data, Verb: "serve"})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	add := command(t, data, "add", "-")
	add.Stdin = strings.NewReader("La ville compte 48 caméras.")
	out, err := add.CombinedOutput()
	if add.ProcessState.ExitCode() != exitFailed || !strings.Contains(string(out), "serve") || !strings.Contains(string(out), "hint: ") {
		t.Errorf("add beside serve: %v: %s", err, out)
	}
	if out, err := command(t, data, "documents").CombinedOutput(); err != nil {
		t.Errorf("documents beside serve: %v: %s", err, out)
	}
}

// TestServeStops serves on a free port, answers, and ends well on SIGTERM.
func TestServeStops(t *testing.T) {
	data := t.TempDir()
	folder := writeArticles(t, 2)
	if out, err := command(t, data, "add", folder).CombinedOutput(); err != nil {
		t.Fatalf("add: %v: %s", err, out)
	}
	serve := command(t, data, "serve", "--addr", "127.0.0.1:0")
	errs, err := serve.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := serve.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(errs).ReadString('\n')
	if err != nil || !strings.Contains(line, "http://127.0.0.1:") {
		t.Fatalf("serve said %q, %v", line, err)
	}
	url := strings.Fields(line[strings.Index(line, "http://"):])[0]
	body := get(t, url+"fr/")
	if !strings.Contains(body, "Valbrune") {
		t.Errorf("the first page does not name Valbrune: %.300s", body)
	}
	if err := serve.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, errs) // until the program closes it
	if err := serve.Wait(); err != nil {
		t.Errorf("serve ended with %v", err)
	}
}

func get(t *testing.T, url string) string {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v", url, resp.Status, err)
	}
	return string(b)
}

// TestFolderWithoutRights adds a folder that may not be entered beside one that may. Rights do not stop root, so
// root runs the program as nobody, in a folder that nobody may enter.
func TestFolderWithoutRights(t *testing.T) {
	folder, err := os.MkdirTemp("", "rights")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	closed := filepath.Join(folder, "closed")
	for _, f := range []string{"closed/hidden.txt", "open/good.txt"} {
		path := filepath.Join(folder, f)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("La ville de Valbrune compte 48 caméras. Document de démonstration."), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	add := command(t, filepath.Join(folder, "data"), "add", closed, filepath.Join(folder, "open"))
	binary, err := os.ReadFile(add.Path)
	if err != nil {
		t.Fatal(err)
	}
	add.Path = filepath.Join(folder, "contrechamp") // where nobody may run it
	add.Env = append(add.Env, "HOME="+folder)
	if err := os.WriteFile(add.Path, binary, 0o755); err != nil {
		t.Fatal(err)
	}
	for path, mode := range map[string]os.FileMode{folder: 0o777, closed: 0} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { _ = os.Chmod(closed, 0o755) })
	if os.Geteuid() == 0 {
		add.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	out, err := add.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "open the folder: no right to read it") || !strings.Contains(string(out), "documents not read  1") {
		t.Errorf("%v: %s", err, out)
	}
}
