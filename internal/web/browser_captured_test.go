package web

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/web/facsimile"
)

// TestCapturedInABrowser opens hostile captured pages in Chromium: behind both fences, and behind each alone, nothing runs,
// nothing is fetched, nothing leads away; and the quote is in sight. With CONTRECHAMP_SHOTS=DIR it leaves pictures there.
func TestCapturedInABrowser(t *testing.T) {
	ctx, node, chromium := browser(t)

	s := newShelf(t)
	var paths []string
	for _, c := range s.claims {
		switch {
		case c.Predicate == contrechamp.Vendor && c.Source.Name == "courrier.html", c.Predicate == contrechamp.Home:
			for _, lang := range languages {
				paths = append(paths, "/"+lang+"/document/"+c.Document.String()+"/captured?claim="+c.ID)
			}
		}
	}
	hostile, err := filepath.Glob("facsimile/testdata/hostile/*.html")
	if err != nil || len(hostile) == 0 {
		t.Fatal("no hostile pages", err)
	}
	raw := map[string][]byte{}
	for _, file := range hostile {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		raw[filepath.Base(file)] = b
	}
	// five megabytes
	raw["large.html"] = bytes.Repeat([]byte("<div><p onclick='alert(1)' class=x>Le conseil a voté &agrave; dix caméras<script>alert(1)</script></p></div>\n"), 5<<20/110)
	for name, b := range raw {
		s.addHostile(name, b)
		paths = append(paths, "/fr/document/"+contrechamp.Sum([]byte(name)).String()+"/captured?claim="+hostileClaim(name))
	}
	paths = append(paths, "/en/document/"+contrechamp.Sum([]byte("scan.pdf")).String()+"/captured")
	site := open(t, s)
	var arrivedMu sync.Mutex
	var arrived []string
	mux := http.NewServeMux()
	mux.Handle("/", site)
	// the page as it came, behind the policy alone
	mux.HandleFunc("/policy", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", facsimile.Policy)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(raw[r.URL.Query().Get("page")])
	})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.Host, "outside.example") || strings.HasPrefix(r.URL.Path, "/fetched") {
			arrivedMu.Lock()
			arrived = append(arrived, r.Host+r.URL.Path)
			arrivedMu.Unlock()
		}
		mux.ServeHTTP(w, r)
	}))
	defer server.Close()

	look := func(fence string, paths []string) {
		cmd := exec.CommandContext(ctx, node, append([]string{"captured.mjs", server.URL, chromium, fence}, paths...)...)
		cmd.Dir = "browsertest"
		cmd.Env = append(os.Environ(), "SHOTS="+os.Getenv("CONTRECHAMP_SHOTS"))
		var out, errs bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &errs
		if err := cmd.Run(); err != nil {
			t.Fatalf("look at captured pages (%s): %v\n%s\n%s", fence, err, out.String(), errs.String())
		}
		for line := range strings.Lines(out.String()) {
			t.Error(strings.TrimSpace(line))
		}
	}
	look("both", paths)
	look("rewriting", paths)
	var bare []string
	for name := range raw {
		if name != "large.html" { // each of its scripts is refused with a message, which takes long
			bare = append(bare, "/policy?page="+name)
		}
	}
	look("policy", bare)
	arrivedMu.Lock()
	defer arrivedMu.Unlock()
	for _, a := range arrived {
		t.Errorf("%s was fetched", a)
	}
}
