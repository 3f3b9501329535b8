package render

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/capture/fetch"
	"contrechamp.org/contrechamp/internal/testenv"
)

// browser is one that may meet this machine.
func browser(t *testing.T) *Browser {
	t.Helper()
	path, err := Find()
	if err != nil {
		testenv.Skip(t, err.Error())
	}
	dir, err := os.MkdirTemp("", "render-*") // not t.TempDir: its name is too long for a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	t.Setenv("TMPDIR", dir)
	return &Browser{Path: path, Dial: (&fetch.Fetcher{AllowPrivate: true}).DialContext, UserAgent: "Contrechamp/test", NoSandbox: os.Geteuid() == 0,
		Limits: Limits{Settle: 2 * time.Second, Whole: 40 * time.Second}}
}

// leftovers lists what a browser left behind.
func leftovers(t *testing.T) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(os.Getenv("TMPDIR"), "*"))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestRender(t *testing.T) {
	b := browser(t)
	var mu sync.Mutex
	agents := map[string]string{}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		agents[r.URL.Path] = r.Header.Get("User-Agent")
		mu.Unlock()
		switch r.URL.Path {
		case "/page":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			io.WriteString(w, `<!doctype html><title>t</title><p id=a>before</p><img src="http://169.254.169.254/latest/meta-data/"><img src="http://[::ffff:169.254.169.254]/x">
				<iframe src="file:///etc/passwd"></iframe>
				<script>setTimeout(() => { a.textContent = "after the script, été"; fetch("/data").then(r => r.text()).then(x => a.title = x) }, 200)</script>`)
		case "/data":
			io.WriteString(w, "data of the server")
		default:
			http.NotFound(w, r)
		}
	}))
	defer s.Close()
	page, err := b.Render(t.Context(), s.URL+"/page")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"after the script, été", `title="data of the server"`} {
		if !strings.Contains(string(page.DOM), want) {
			t.Errorf("the document lacks %q: %s", want, page.DOM)
		}
	}
	if strings.Contains(string(page.DOM), "root:") {
		t.Error("a file of the machine is in the document")
	}
	picture, err := png.Decode(bytes.NewReader(page.Picture))
	if err != nil || picture.Bounds().Dx() != DefaultLimits.Width {
		t.Errorf("the picture: %v, %v", err, picture.Bounds())
	}
	if len(page.Refused) != 2 || !strings.Contains(strings.Join(page.Refused, "\n"), "169.254.169.254:80: the address 169.254.169.254 is the metadata service of a cloud") {
		t.Errorf("refused: %q", page.Refused)
	}
	if !strings.Contains(agents["/page"], "Contrechamp/test") || page.Browser == "" || page.At.IsZero() {
		t.Errorf("got %q, %+v", agents, page.Browser)
	}
	if left := leftovers(t); len(left) != 0 {
		t.Errorf("left behind: %q", left)
	}

	// the rule is the fetcher's
	b.Dial = (&fetch.Fetcher{}).DialContext
	page, err = b.Render(t.Context(), s.URL+"/page")
	if err == nil && strings.Contains(string(page.DOM), "before") || err == nil && len(page.Refused) == 0 {
		t.Errorf("this machine was met: %s", page.DOM)
	}
}

func TestRenderLimits(t *testing.T) {
	b := browser(t)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		switch r.URL.Path {
		case "/loop":
			io.WriteString(w, `<script>for (;;);</script>`)
		case "/memory":
			io.WriteString(w, `<script>const a = []; setInterval(() => { for (let i = 0; i < 4; i++) a.push(new Uint8Array(16 << 20).fill(1)) }, 10)</script>`)
		case "/hangs":
			io.WriteString(w, "<p>x")
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		case "/long":
			fmt.Fprint(w, "<p>", strings.Repeat("word ", 100_000))
		}
	}))
	defer s.Close()
	for path, c := range map[string]struct {
		limits Limits
		want   error
		words  string
	}{
		"/loop":   {Limits{Whole: 4 * time.Second, Settle: time.Second}, contrechamp.ErrUnavailable, "longer than the limit"},
		"/hangs":  {Limits{Whole: 4 * time.Second, Settle: time.Second}, contrechamp.ErrUnavailable, "longer than the limit"},
		"/long":   {Limits{DOM: 100_000, Settle: time.Second}, contrechamp.ErrInvalid, "longer than the limit of 97 KiB"},
		"/memory": {Limits{Memory: 500 << 20, Settle: time.Minute, Whole: 30 * time.Second}, contrechamp.ErrInvalid, "more memory than the limit"},
	} {
		if path == "/memory" && runtime.GOOS != "linux" {
			continue
		}
		b.Limits = c.limits
		_, err := b.Render(t.Context(), s.URL+path)
		if path == "/hangs" && err == nil {
			continue // a browser may show what it has
		}
		if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%s: got %v, want %q", path, err, c.words)
		}
		if left := leftovers(t); len(left) != 0 {
			t.Errorf("%s: left behind: %q", path, left)
		}
	}
	ctx, stop := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer stop()
	if _, err := b.Render(ctx, s.URL+"/loop"); err == nil {
		t.Error("an ended context: no error")
	}
}

func TestFind(t *testing.T) {
	t.Setenv(PathSetting, filepath.Join(t.TempDir(), "nothing"))
	if _, err := Find(); !errors.Is(err, ErrNoBrowser) || contrechamp.Hint(err) == "" {
		t.Errorf("got %v", err)
	}
	program := filepath.Join(t.TempDir(), "browser")
	if err := os.WriteFile(program, []byte("#!/bin/sh\nexit 3\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv(PathSetting, program)
	path, err := Find()
	if err != nil || path != program {
		t.Fatalf("got %q, %v", path, err)
	}
	b := &Browser{Path: path, Dial: (&fetch.Fetcher{}).DialContext, NoSandbox: true}
	if _, err := b.Render(t.Context(), "https://example.org/"); !errors.Is(err, contrechamp.ErrUnavailable) {
		t.Errorf("a browser that fails: got %v", err)
	}
	b.NoSandbox = false
	if err := b.CheckSandbox(); (err != nil) != (os.Geteuid() == 0) {
		t.Errorf("its sandbox: got %v", err)
	}
}
