package web

import (
	"bytes"
	"context"
	"log/slog"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/register"
	"contrechamp.org/contrechamp/internal/testenv"
)

// browserBudget is how long the whole look in a browser may take before it counts as hung.
const browserBudget = 10 * time.Minute

// browser answers what a look in a browser needs, and skips where it cannot be had.
func browser(t *testing.T) (ctx context.Context, node, chromium string) {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes long; run without -short")
	}
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		testenv.Skip(t, "there is no chromium")
	}
	node, err = exec.LookPath("node")
	if err != nil {
		testenv.Skip(t, "there is no node")
	}
	ctx, cancel := context.WithTimeout(t.Context(), browserBudget)
	t.Cleanup(cancel)
	installBrowserTest(ctx, t)
	return ctx, node, chromium
}

// TestInABrowser looks at pages in Chromium: accessibility by axe-core, in light and dark, no sideways scroll from
// 320 pixels on, the keyboard. With CONTRECHAMP_SHOTS=DIR it leaves pictures there.
func TestInABrowser(t *testing.T) {
	ctx, node, chromium := browser(t)

	s := newShelf(t)
	s.vanish()
	handler, err := New(Config{Store: s, Register: register.New(s), Blobs: s, Map: newTown(t), Contributions: &box{}, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	defer server.Close()
	looked := send(t, handler, "/fr/contribute", snapshot(t, 1600, 1000)).Header().Get("Location")
	args := []string{"look.mjs", server.URL, chromium}
	for _, lang := range languages {
		for _, path := range []string{"/", "/dossier/place-fr-valmere", "/document/" + contrechamp.Sum([]byte("courrier.html")).String(),
			"/search?q=cameras", "/disagreements", "/map?at=0.01,0.01,17&camera=node%2F1"} {
			args = append(args, "/"+lang+path)
		}
	}
	// in one language: the others have the same markup
	hostileDocument := contrechamp.Sum([]byte(papers[2].name)).String()
	args = append(args, "/fr/documents", "/fr/places", "/fr/method", "/fr/map", "/en/dossier/v-opticore", "/en/search?q=nowhere",
		"/en/search", "/fr/dossier/nulle-part", "/en/documents/"+contrechamp.Sum(nil).String(), "/en/document/"+hostileDocument, "/fr/document/"+contrechamp.Sum([]byte("scan.pdf")).String())
	vendor := ""
	for _, c := range s.claims {
		if c.Predicate == contrechamp.Vendor && vendor == "" {
			vendor = "/document/" + c.Document.String() + "/captured?claim=" + c.ID
		}
	}
	args = append(args, "/fr/contribute", looked, "/fr/document/"+withheldFixture.Capture.String(), "/fr/document/"+sentFixture.Capture.String(), "/fr"+vendor)
	look := exec.CommandContext(ctx, node, args...)
	look.Dir = "browsertest"
	look.Env = append(os.Environ(), "SHOTS="+os.Getenv("CONTRECHAMP_SHOTS"))
	var out, errs bytes.Buffer
	look.Stdout, look.Stderr = &out, &errs
	if err := look.Run(); err != nil {
		t.Fatalf("look at the pages: %v\n%s\n%s", err, out.String(), errs.String())
	}
	for line := range strings.Lines(out.String()) {
		t.Error(strings.TrimSpace(line))
	}
}

// installBrowserTest installs what package-lock.json pins, unless it is there.
func installBrowserTest(ctx context.Context, t *testing.T) {
	t.Helper()
	if _, err := os.Stat(filepath.Join("browsertest", "node_modules", "playwright-core")); err == nil {
		return
	}
	npm, err := exec.LookPath("npm")
	if err != nil {
		testenv.Skip(t, "there is no npm to install playwright-core and axe-core")
	}
	install := exec.CommandContext(ctx, npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts")
	install.Dir = "browsertest"
	if out, err := install.CombinedOutput(); err != nil {
		testenv.Skip(t, "npm ci in browsertest failed: "+string(out))
	}
}
