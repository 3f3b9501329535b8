package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/register"
)

// TestFailuresHaveThreeReaders: the visitor gets a calm page without the cause, the program its kind, the operator
// the whole chain, and only when the fault is ours.
func TestFailuresHaveThreeReaders(t *testing.T) {
	secret := "disk /var/secret is on fire"
	for _, tt := range []struct {
		err    error
		status int
		kind   string
		logged bool
	}{
		{fmt.Errorf("%s: %w", secret, contrechamp.ErrUnavailable), http.StatusServiceUnavailable, "unavailable", true},
		{fmt.Errorf("%s: %w", secret, contrechamp.ErrWithheld), http.StatusUnavailableForLegalReasons, "withheld", false},
		{fmt.Errorf("%s: %w", secret, contrechamp.ErrAltered), http.StatusInternalServerError, "altered", true},
		{fmt.Errorf("%s: %w", secret, contrechamp.ErrNotFound), http.StatusNotFound, "not_found", false},
		{errors.New(secret), http.StatusInternalServerError, "internal", true},
	} {
		var log bytes.Buffer
		s := newShelf(t)
		s.failing = tt.err
		h, err := New(Config{Store: s, Register: register.New(s), Blobs: s, Logger: slog.New(slog.NewTextHandler(&log, nil))})
		if err != nil {
			t.Fatal(err)
		}
		for _, lang := range languages {
			address := "/" + lang + "/dossier/x"
			w := get(h, address)
			if w.Code != tt.status {
				t.Errorf("%v: got %d, want %d", tt.err, w.Code, tt.status)
			}
			checkPage(t, address, w)
			if strings.Contains(w.Body.String(), "secret") {
				t.Errorf("%v: the visitor is told the cause", tt.err)
			}
		}
		if got := strings.Contains(log.String(), secret); got != tt.logged {
			t.Errorf("%v: logged %v, want %v: %s", tt.err, got, tt.logged, log.String())
		}
		w := get(h, "/api/figures")
		var body APIError
		if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil {
			t.Fatal(err)
		}
		if w.Code != tt.status || body.Error.Kind != tt.kind || body.Error.Hint == "" || strings.Contains(w.Body.String(), "secret") {
			t.Errorf("%v: the program is told %d %+v", tt.err, w.Code, body)
		}
		if tt.logged && !strings.Contains(log.String(), body.Error.Reference) {
			t.Errorf("%v: reference %s is not in the log", tt.err, body.Error.Reference)
		}
	}
}

func TestSlowStoreIsNotWaitedFor(t *testing.T) {
	s := newShelf(t)
	s.wait = true
	site, err := newSite(Config{Store: s, Register: register.New(s), Blobs: s, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	site.budget = time.Nanosecond
	for _, address := range []string{"/fr/", "/en/documents", "/api/figures"} {
		if w := get(site.guard(site.routes()), address); w.Code != http.StatusServiceUnavailable {
			t.Errorf("%s: got %d, want 503", address, w.Code)
		}
	}
}

func TestNothingHere(t *testing.T) {
	h := open(t, newShelf(t))
	for _, address := range []string{"/fr/nowhere", "/en/dossier/Nirgendwo", "/fr/document/" + strings.Repeat("0", 64), "/en/document/none.html",
		"/fr/dossier/", "/en/documents?after=none"} {
		w := get(h, address)
		if w.Code != http.StatusNotFound {
			t.Errorf("%s: got %d, want 404", address, w.Code)
		}
		checkPage(t, address, w)
	}
	if w := get(h, "/en/document/twice"); w.Code != http.StatusConflict {
		t.Errorf("a name that several documents have: %d", w.Code)
	}
	if w := get(h, "/nowhere", "Accept-Language", "fr"); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), `lang="fr"`) {
		t.Errorf("/nowhere in French: %d", w.Code)
	}
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete} {
		for _, address := range []string{"/fr/places", "/api/claims"} {
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequest(method, address, nil))
			if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") == "" {
				t.Errorf("%s %s: %d, Allow %q", method, address, w.Code, w.Header().Get("Allow"))
			}
		}
	}
}

// TestPanicIsAPage: a defect of ours is told like any other failure.
func TestPanicIsAPage(t *testing.T) {
	var log bytes.Buffer
	s := newShelf(t)
	site, err := newSite(Config{Store: s, Register: register.New(s), Blobs: s, Logger: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	w := get(site.guard(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("defect") })), "/fr/x")
	if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "defect") || !strings.Contains(log.String(), "defect") {
		t.Errorf("got %d, log %s", w.Code, log.String())
	}
}

// TestWordsOfOthersAreOnlyWords: names, quotes, titles and queries that are markup stay text on every page.
func TestWordsOfOthersAreOnlyWords(t *testing.T) {
	h := open(t, newShelf(t))
	attack := `"><script>alert(1)</script><img src=x onerror=alert(2)>`
	digest := contrechamp.Sum([]byte(papers[2].name)).String()
	for _, path := range []string{"/", "/documents", "/programmes", "/dossier/v-opticore", "/dossier/x-%3Cscript%3E", "/document/" + digest,
		"/search?q=alert", "/search?q=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E", "/search?q=place:%3Cscript%3E", "/search?q=date:%3Cscript%3E",
		"/dossier/%3Cscript%3Ealert(7)%3C%2Fscript%3E", "/search?q=x&page=%22%3E%3Cscript%3E", "/%22%3E%3Cscript%3E"} {
		for _, lang := range languages {
			address := "/" + lang + path
			w := get(h, address)
			page := parse(t, w)
			if n := len(each(page, "script", "img", "b")); n > 0 {
				for _, e := range each(page, "script", "img") {
					t.Errorf("%s: %s came alive", address, e.Data)
				}
			}
			checkPage(t, address, w)
		}
	}
	w := get(h, "/en/search?q="+strings.ReplaceAll(strings.ReplaceAll(attack, " ", "+"), `"`, "%22"))
	if strings.Contains(w.Body.String(), "<script") {
		t.Error("a query came alive")
	}
	// the operator's folders are nobody's business
	for _, address := range []string{"/en/document/" + digest, "/api/document/" + digest} {
		if strings.Contains(get(h, address).Body.String(), "secret folder") {
			t.Errorf("%s tells the path of the file", address)
		}
	}
}
