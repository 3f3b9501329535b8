package web

import (
	"bytes"
	"log/slog"
	"mime"
	"net/http"
	"strings"
	"testing"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/archive"
	"contrechamp.org/contrechamp/internal/web/facsimile"
)

func TestPageAsCaptured(t *testing.T) {
	s := newShelf(t)
	h := open(t, s)
	digest := contrechamp.Sum([]byte("courrier.html")).String()
	var claim contrechamp.Sourced
	for _, c := range s.claims {
		if c.Document.String() == digest && c.Predicate == contrechamp.Vendor {
			claim = c
		}
	}
	for _, lang := range languages {
		address := "/" + lang + "/document/" + digest + "/captured?claim=" + claim.ID
		w := get(h, address)
		checkPage(t, address, w)
		if w.Code != http.StatusOK {
			t.Fatalf("%s: %d", address, w.Code)
		}
		if got := w.Header().Get("Content-Security-Policy"); got != framingPolicy {
			t.Errorf("policy %q", got)
		}
		frames := each(parse(t, w), "iframe")
		if len(frames) != 1 || !has(frames[0], "sandbox") || attr(frames[0], "sandbox") != "" || attr(frames[0], "title") == "" {
			t.Fatalf("the frame is not a sandbox with a title: %d", len(frames))
		}
		if want := "/captured/" + digest + "/page?claim=" + claim.ID + "#" + facsimile.Anchor; attr(frames[0], "src") != want {
			t.Errorf("the frame shows %q, want %q", attr(frames[0], "src"), want)
		}
	}

	w := get(h, "/captured/"+digest+"/page?claim="+claim.ID)
	if w.Code != http.StatusOK || w.Header().Get("Content-Security-Policy") != facsimile.Policy || w.Header().Get("X-Content-Type-Options") != "nosniff" ||
		w.Header().Get("X-Robots-Tag") != "noindex" {
		t.Errorf("%d, headers %v", w.Code, w.Header())
	}
	for _, token := range []string{"default-src 'none'", "sandbox", "frame-ancestors 'self'"} {
		if !strings.Contains(w.Header().Get("Content-Security-Policy"), token) {
			t.Errorf("policy lacks %s", token)
		}
	}
	marks := each(parse(t, w), "mark")
	if len(marks) != 1 || textOf(marks[0]) != claim.Quote.Exact {
		t.Errorf("marked: %d, want %q", len(marks), claim.Quote.Exact)
	}
	if bytes.Contains(w.Body.Bytes(), []byte("<script")) || bytes.Contains(w.Body.Bytes(), []byte("fetched-frame")) {
		t.Error("what acts came through")
	}
	// all that speak: two claims share a quote, and one of it lies in another
	w = get(h, "/captured/"+digest+"/page")
	if marks := each(parse(t, w), "mark"); len(marks) != 4 {
		t.Errorf("%d marks, want 4", len(marks))
	}
	if w := get(h, "/captured/"+digest+"/page?bare"); bytes.Contains(w.Body.Bytes(), []byte("Georgia")) {
		t.Error("a bare page has the page's styles")
	}
}

func TestTextAsCaptured(t *testing.T) {
	s := newShelf(t)
	h := open(t, s)
	digest := contrechamp.Sum([]byte("harbour.txt")).String()
	w := get(h, "/captured/"+digest+"/page")
	if w.Code != http.StatusOK || len(each(parse(t, w), "pre")) != 1 || len(each(parse(t, w), "mark")) != 4 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	// what it was found in is told
	w = get(h, "/en/document/"+digest)
	if want := `found in</span> <a href="/en/document/` + contrechamp.Sum([]byte("scan.pdf")).String(); !strings.Contains(w.Body.String(), want) {
		t.Errorf("the document's page lacks %s", want)
	}
}

func TestCapturedBytesAreAFile(t *testing.T) {
	s := newShelf(t)
	h := open(t, s)
	for name, want := range map[string]string{"scan.pdf": "scan.pdf", `evil"><img src=x onerror=alert(1)>.html`: "evil___img src=x onerror=alert(1)_.html"} {
		digest := contrechamp.Sum([]byte(name))
		w := get(h, "/captured/"+digest.String()+"/bytes")
		disposition, params, err := mime.ParseMediaType(w.Header().Get("Content-Disposition"))
		if err != nil || disposition != "attachment" || params["filename"] != want {
			t.Errorf("%s: %s %v %v", name, disposition, params, err)
		}
		if w.Header().Get("Content-Type") != "application/octet-stream" || !strings.Contains(w.Header().Get("Content-Security-Policy"), "sandbox") ||
			w.Header().Get("X-Content-Type-Options") != "nosniff" || !bytes.Equal(w.Body.Bytes(), s.captured[digest]) {
			t.Errorf("%s: %v", name, w.Header())
		}
	}
	pdf := contrechamp.Sum([]byte("scan.pdf")).String()
	w := get(h, "/fr/document/"+pdf+"/captured")
	checkPage(t, "/fr/document/x/captured", w)
	if len(each(parse(t, w), "iframe")) != 0 || !strings.Contains(w.Body.String(), "/captured/"+pdf+"/bytes") {
		t.Error("a file with pages is framed, or cannot be had")
	}
	for _, address := range []string{"/captured/" + pdf + "/page", "/captured/nothing/bytes", "/captured/" + contrechamp.Sum([]byte("never")).String() + "/bytes",
		"/en/document/" + pdf + "/captured?claim=cnothing", "/en/document/nothing/captured"} {
		if w := get(h, address); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", address, w.Code)
		}
	}
}

// The captured bytes that requests hold at one time are few; who waits too long is told so.
func TestFewHoldBytes(t *testing.T) {
	s := newShelf(t)
	site, err := newSite(Config{Store: s, Register: nothingAsked{}, Blobs: s, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	for range capturesAtOnce {
		site.holding <- struct{}{}
	}
	site.budget = 1
	w := get(site.guard(site.routes()), "/captured/"+contrechamp.Sum([]byte("courrier.html")).String()+"/page")
	if w.Code != http.StatusServiceUnavailable {
		t.Errorf("%d, want 503", w.Code)
	}
}

// nothingAsked is a register that nobody asks.
type nothingAsked struct{ Register }

// TestPageWithWhatWasCapturedWithIt: pictures and styles stand in the record of the visit, and are shown.
func TestPageWithWhatWasCapturedWithIt(t *testing.T) {
	s := newShelf(t)
	digest := contrechamp.Sum([]byte("courrier.html"))
	s.captured[digest] = []byte(`<!doctype html><title>x</title><link rel=stylesheet href=/site.css><p>Le conseil</p><img src="img/gare.png"><img src="img/gone.png">`)
	s.texts[digest] = contrechamp.Text{Capture: digest}
	const page = "https://courrier.example/press/cameras"
	var record bytes.Buffer
	warc := archive.NewWARCWriter(&record)
	for address, answer := range map[string]string{
		page:                                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Le conseil",
		"https://courrier.example/site.css": "HTTP/1.1 200 OK\r\nContent-Type: text/css\r\n\r\np { color: purple }",
		"https://courrier.example/press/img/gare.png": "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
		"https://courrier.example/press/img/gone.png": "HTTP/1.1 404 Not Found\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
	} {
		if _, err := warc.Write(archive.WARCRecord{Type: archive.TypeResponse, Date: fixtureTime, TargetURI: address, ContentType: archive.ResponseType, Block: archive.Block([]byte(answer))}); err != nil {
			t.Fatal(err)
		}
	}
	records := contrechamp.Sum(record.Bytes())
	s.exchanges = map[contrechamp.Digest]contrechamp.Exchange{digest: {Records: records, Status: 200, Final: page}}
	h := open(t, s)
	shown := func() string { return get(h, "/captured/"+digest.String()+"/page").Body.String() }
	if strings.Contains(shown(), "purple") {
		t.Error("shown though its record is not there")
	}
	s.captured[records] = record.Bytes()
	if out := shown(); !strings.Contains(out, "purple") || strings.Count(out, "data:image/png") != 1 {
		t.Errorf("shown: %s", out)
	}
	// what the server said of the characters counts as it does for the reader
	s.captured[digest] = []byte("<p>Le conseil a vot\xe9 l'achat de cam\xe9ras pour la gare, \xb9 disait-il.")
	s.exchanges = map[contrechamp.Digest]contrechamp.Exchange{digest: {Records: records, Status: 200, Final: page, MediaType: "text/html; charset=iso-8859-2"}}
	if out := shown(); !strings.Contains(out, "gare, š disait-il") {
		t.Errorf("shown: %s", out)
	}
	s.captured[records] = record.Bytes()[:record.Len()-30] // cut short: what can be read serves
	if w := get(h, "/captured/"+digest.String()+"/page"); w.Code != http.StatusOK {
		t.Errorf("with a damaged record: %d", w.Code)
	}
}
