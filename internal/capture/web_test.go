package capture

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/archive"
	"contrechamp.org/contrechamp/internal/capture/fetch"
	"contrechamp.org/contrechamp/internal/capture/render"
	"contrechamp.org/contrechamp/internal/testenv/measure"
)

func (m *memory) SightingsAt(_ context.Context, address string) ([]contrechamp.Sighting, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []contrechamp.Sighting
	for _, r := range m.received {
		if r.Sighting.Path == address && !r.Sighting.Exchange.IsZero() {
			out = append(out, r.Sighting)
		}
	}
	return out, nil
}

func (m *memory) RecordAbsence(_ context.Context, a contrechamp.Absence) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if int64(len(m.bytes[a.Records])) != a.Length || a.Length == 0 {
		return errors.New("recorded before its records were kept")
	}
	m.absences = append(m.absences, a)
	return nil
}

func (m *memory) AbsencesOf(context.Context, []contrechamp.Digest) (map[contrechamp.Digest][]contrechamp.Absence, error) {
	return nil, nil
}

// site is a server whose pages a test changes.
type site struct {
	*httptest.Server
	mu    sync.Mutex
	pages map[string]http.HandlerFunc
}

func newSite(t *testing.T) *site {
	s := &site{pages: map[string]http.HandlerFunc{}}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		page := s.pages[r.URL.Path]
		s.mu.Unlock()
		if page == nil {
			http.NotFound(w, r)
			return
		}
		page(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *site) put(path string, page http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages[path] = page
}

func says(mediaType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", mediaType)
		io.WriteString(w, body)
	}
}

func webCapturer(m *memory) *Capturer {
	return &Capturer{Blobs: m, Recorder: m, Web: &Web{Addresses: m, Software: "test", Fetcher: &fetch.Fetcher{AllowPrivate: true,
		Limits: fetch.Limits{Delay: -1, Tries: 1, Whole: 5 * time.Second}}}}
}

// one captures one address.
func one(t *testing.T, c *Capturer, address string) Outcome {
	t.Helper()
	var got []Outcome
	if err := c.Add(t.Context(), []string{address}, func(o Outcome) { got = append(got, o) }); err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 {
		t.Fatalf("%s: got %d outcomes: %v", address, len(got), got)
	}
	return got[0]
}

// recordTypes lists the records of a visit: "response /path".
func recordTypes(t *testing.T, m *memory, d contrechamp.Digest, host string) []string {
	t.Helper()
	var out []string
	err := archive.Records(m.bytes[d], func(r archive.Record) error {
		out = append(out, r.Type+" "+strings.TrimPrefix(r.TargetURI, host))
		return nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestAddressTwice(t *testing.T) {
	s, m := newSite(t), newMemory()
	c := webCapturer(m)
	s.put("/page", says("text/html; charset=iso-8859-1", `<p>30 cam`+"\xe9"+`ras</p><img src="/a.png">`))
	s.put("/a.png", says("image/png", "picture"))
	first := one(t, c, s.URL+"/page#part")
	if first.Err != nil || !first.Fresh || first.Path != s.URL+"/page" || !first.Same.IsZero() || !first.Changed.IsZero() {
		t.Fatalf("got %+v", first)
	}
	x := m.received[0].Sighting.Exchange
	if x.Status != 200 || x.Final != s.URL+"/page" || x.MediaType != "text/html; charset=iso-8859-1" || x.Truncated != "" || x != first.Exchange {
		t.Errorf("exchange: got %+v", x)
	}
	if g := m.received[0]; g.Sighting.Name != "page" || g.Sighting.Path != s.URL+"/page" || !strings.Contains(string(m.bytes[g.Capture.Digest]), "cam\xe9ras") || g.Capture.MediaType != "text/html" {
		t.Errorf("got %+v", g)
	}
	want := []string{"warcinfo ", "response /robots.txt", "request /robots.txt", "response /page", "request /page", "response /a.png", "request /a.png", "metadata /page"}
	if got := recordTypes(t, m, x.Records, s.URL); !slices.Equal(got, want) {
		t.Errorf("records: got %q, want %q", got, want)
	}

	again := one(t, c, s.URL+"/page")
	if again.Err != nil || again.Fresh || again.Digest != first.Digest || again.Exchange.Records == x.Records || !again.Same.Equal(m.received[0].Sighting.CapturedAt) {
		t.Errorf("again: got %+v", again)
	}
	// robots.txt was asked for once in this run
	want = []string{"warcinfo ", "revisit /page", "request /page", "revisit /a.png", "request /a.png", "metadata /page"}
	if got := recordTypes(t, m, again.Exchange.Records, s.URL); !slices.Equal(got, want) {
		t.Errorf("records of the second visit: got %q, want %q", got, want)
	}

	s.put("/page", says("text/html", `<p>48 cameras</p><img src="/a.png">`))
	changed := one(t, c, s.URL+"/page")
	if changed.Err != nil || !changed.Fresh || changed.Digest == first.Digest || !changed.Changed.Equal(m.received[1].Sighting.CapturedAt) || !changed.Same.IsZero() {
		t.Errorf("changed: got %+v", changed)
	}
	want = []string{"warcinfo ", "response /page", "request /page", "revisit /a.png", "request /a.png", "metadata /page"}
	if got := recordTypes(t, m, changed.Exchange.Records, s.URL); !slices.Equal(got, want) {
		t.Errorf("records of the third visit: got %q, want %q", got, want)
	}
	// a revisit of a revisit names the record that has the bytes
	err := archive.Records(m.bytes[changed.Exchange.Records], func(r archive.Record) error {
		if r.Type == "revisit" && r.Head.Get("WARC-Refers-To-Date") > m.received[0].Sighting.CapturedAt.Add(time.Second).Format(time.RFC3339Nano) {
			t.Errorf("refers to %s", r.Head.Get("WARC-Refers-To-Date"))
		}
		return nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	// what the earlier visit recorded is damaged: everything is recorded anew
	m.bytes[changed.Exchange.Records] = []byte("damaged")
	fourth := one(t, c, s.URL+"/page")
	if got := recordTypes(t, m, fourth.Exchange.Records, s.URL); got[1] != "response /page" || got[3] != "response /a.png" {
		t.Errorf("records after damage: got %q", got)
	}
}

func TestAbsence(t *testing.T) {
	s, m := newSite(t), newMemory()
	c := webCapturer(m)
	status := 0
	page := func(w http.ResponseWriter, r *http.Request) {
		switch {
		case status == 0:
			io.WriteString(w, "page")
		case status == 302:
			http.Redirect(w, r, "/fr/", status)
		case status == 301:
			http.Redirect(w, r, "/moved/page", status)
		default:
			http.Error(w, "sorry", status)
		}
	}
	s.put("/press/page", page)
	s.put("/fr/", says("text/html", "welcome"))
	s.put("/moved/page", says("text/html", "page"))
	status = 404
	if o := one(t, c, s.URL+"/press/page"); !errors.Is(o.Err, contrechamp.ErrNotFound) || o.Absence != nil || len(m.bytes) != 0 {
		t.Errorf("never captured: got %+v, and %d blobs", o, len(m.bytes))
	}
	status = 0
	one(t, c, s.URL+"/press/page")
	for _, x := range []struct {
		status int
		kind   contrechamp.AbsenceKind
		final  string
	}{{404, contrechamp.Gone, "/press/page"}, {410, contrechamp.Gone, "/press/page"}, {451, contrechamp.Barred, "/press/page"}, {302, contrechamp.Redirected, "/fr/"},
		{403, "", ""}, {500, "", ""}, {301, "", ""}, {0, "", ""}} {
		status, m.absences = x.status, nil
		captured := len(m.received)
		o := one(t, c, s.URL+"/press/page")
		if x.kind == "" {
			if o.Absence != nil || len(m.absences) != 0 {
				t.Errorf("%d: got %+v", x.status, o.Absence)
			}
			continue
		}
		if len(m.absences) != 1 || o.Absence == nil || !errors.Is(o.Err, contrechamp.ErrNotFound) || len(m.received) != captured {
			t.Errorf("%d: got %+v, %d absences", x.status, o, len(m.absences))
			continue
		}
		a := m.absences[0]
		wantStatus := x.status
		if x.status == 302 {
			wantStatus = 200 // of the first page
		}
		if a.Kind != x.kind || a.Status != wantStatus || a.Final != s.URL+x.final || a.Address != s.URL+"/press/page" || a.At.IsZero() {
			t.Errorf("%d: got %+v", x.status, a)
		}
		if got := recordTypes(t, m, a.Records, s.URL); !slices.Contains(got, "response "+x.final) {
			t.Errorf("%d: its evidence: got %q", x.status, got)
		}
	}
}

type noName struct{}

func (noName) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
}

type here struct{}

func (here) LookupNetIP(context.Context, string, string) ([]netip.Addr, error) {
	return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
}

func TestHostGone(t *testing.T) {
	s, m := newSite(t), newMemory()
	c := webCapturer(m)
	s.put("/page", says("text/plain", "page"))
	_, port, _ := net.SplitHostPort(s.Listener.Addr().String())
	at := "http://maker.test:" + port + "/page"
	c.Web.Fetcher.Resolver = here{}
	if o := one(t, c, at); o.Err != nil {
		t.Fatal(o.Err)
	}
	c.Web.Fetcher.Resolver = noName{}
	o := one(t, c, at)
	if len(m.absences) != 1 || m.absences[0].Kind != contrechamp.NoHost || m.absences[0].Status != 0 || o.Absence == nil {
		t.Fatalf("got %+v, %+v", o, m.absences)
	}
	said := false
	err := archive.Records(m.bytes[m.absences[0].Records], func(r archive.Record) error {
		block, err := io.ReadAll(r.Block)
		said = said || r.Type == "metadata" && strings.Contains(string(block), "outcome: the name system knows no host maker.test")
		return err
	}, nil)
	if err != nil || !said {
		t.Errorf("its evidence: %v, said: %v", err, said)
	}
}

func TestPartOfADocument(t *testing.T) {
	var bomb, whole bytes.Buffer
	z := gzip.NewWriter(&bomb)
	zeros := make([]byte, 1<<20)
	for range 64 {
		z.Write(zeros)
	}
	z.Close()
	z = gzip.NewWriter(&whole)
	fmt.Fprint(z, strings.Repeat("one two three ", 5000))
	z.Close()
	s, m := newSite(t), newMemory()
	packed := func(b []byte) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(b)
		}
	}
	s.put("/bomb", packed(bomb.Bytes()))
	damaged := slices.Clone(whole.Bytes())
	damaged[len(damaged)-100] ^= 0x55
	s.put("/damaged", packed(damaged))
	s.put("/noise", packed([]byte("\x1f\x8bno gzip at all")))
	s.put("/long", packed(whole.Bytes()))
	s.put("/other", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "compress")
		io.WriteString(w, "what")
	})
	s.put("/dies", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		io.WriteString(w, "the first part")
		w.(http.Flusher).Flush()
		c, _, _ := w.(http.Hijacker).Hijack()
		c.Close()
	})
	for path, want := range map[string]struct {
		truncated contrechamp.Truncated
		refused   string
		limit     int64
	}{
		"/bomb": {"", "made to fill disks", 0}, "/damaged": {contrechamp.TruncatedUnspecified, "", 0}, "/noise": {"", "damaged", 0}, "/other": {"", "compressed", 0},
		"/dies": {contrechamp.TruncatedDisconnect, "", 0}, "/long": {contrechamp.TruncatedLength, "", 10_000},
	} {
		c := webCapturer(m)
		c.MaxBytes = want.limit
		kept := len(m.bytes)
		o := one(t, c, s.URL+path)
		if want.refused != "" {
			if !errors.Is(o.Err, contrechamp.ErrInvalid) || !strings.Contains(o.Err.Error(), want.refused) {
				t.Errorf("%s: got %v, want %q", path, o.Err, want.refused)
			}
			if len(m.bytes) != kept {
				t.Errorf("%s: left behind %d blobs", path, len(m.bytes)-kept)
			}
			continue
		}
		if o.Err != nil || o.Exchange.Truncated != want.truncated || o.Length == 0 || want.limit > 0 && o.Length != want.limit {
			t.Errorf("%s: got %v, %d bytes, cut short %q, want %q", path, o.Err, o.Length, o.Exchange.Truncated, want.truncated)
		}
	}
}

func TestAddressesAmongFiles(t *testing.T) {
	s, m := newSite(t), newMemory()
	s.put("/a", says("text/plain", "page"))
	file := write(t, t.TempDir(), "b.txt", "file")
	n, _, err := Count(t.Context(), []string{s.URL + "/a", file})
	if err != nil || n != 2 {
		t.Errorf("counted %d, %v", n, err)
	}
	got := map[string]Outcome{}
	err = webCapturer(m).Add(t.Context(), []string{s.URL + "/a", file, "https://me:secret@example.org/", "ftp://example.org/", s.URL + "/missing"}, func(o Outcome) { got[o.Path] = o })
	if err != nil || len(got) != 5 || got[file].Err != nil || got[s.URL+"/a"].Err != nil {
		t.Fatalf("got %v, %+v", err, got)
	}
	for _, path := range []string{"https://example.org/", "ftp://example.org/"} {
		if !errors.Is(got[path].Err, contrechamp.ErrInvalid) {
			t.Errorf("%s: got %v", path, got[path].Err)
		}
	}
	for _, b := range m.bytes {
		if bytes.Contains(b, []byte("secret")) {
			t.Error("a password was kept")
		}
	}
	without := &Capturer{Blobs: m, Recorder: m}
	if o := one(t, without, s.URL+"/a"); !errors.Is(o.Err, contrechamp.ErrInvalid) {
		t.Errorf("nobody to fetch: got %v", o.Err)
	}
}

func TestAddressOfAnArchive(t *testing.T) {
	s, m := newSite(t), newMemory()
	var z bytes.Buffer
	g := gzip.NewWriter(&z)
	g.Name = "inner.txt"
	fmt.Fprint(g, "what the archive holds")
	g.Close()
	s.put("/data.gz", says("application/gzip", z.String()))
	var got []string
	if err := webCapturer(m).Add(t.Context(), []string{s.URL + "/data.gz"}, func(o Outcome) { got = append(got, strings.TrimPrefix(o.Path, s.URL)) }); err != nil {
		t.Fatal(err)
	}
	if want := []string{"/data.gz", "/data.gz!/inner.txt"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if inner := m.received[1].Sighting; !inner.Exchange.IsZero() || inner.Container != m.received[0].Capture.Digest || Address(inner.Path) != "" {
		t.Errorf("inside: got %+v", inner)
	}
}

func TestAddressInPath(t *testing.T) {
	for path, want := range map[string]string{"https://example.org/a": "https://example.org/a", "a/b.html": "", "x.warc!/https://example.org/a": "https://example.org/a",
		"https://example.org/x.zip!/a.html": "", "https://example.org/x.warc!/http://other.org/": "http://other.org/", "": ""} {
		if got := Address(path); got != want {
			t.Errorf("%q: got %q, want %q", path, got, want)
		}
	}
}

// BenchmarkAddresses fetches and records pages of a server beside it, each with a style and an image.
func BenchmarkAddresses(b *testing.B) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasSuffix(r.URL.Path, ".css"):
			w.Header().Set("Content-Type", "text/css")
			fmt.Fprint(w, strings.Repeat("p{margin:0} ", 500))
		case strings.HasSuffix(r.URL.Path, ".png"):
			w.Header().Set("Content-Type", "image/png")
			w.Write(make([]byte, 20_000))
		case r.URL.Path == "/robots.txt":
			http.NotFound(w, r)
		default:
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprintf(w, `<link rel=stylesheet href="/s.css"><img src="/a.png"><p>%s %s</p>`, r.URL.Path, strings.Repeat("thirty cameras watch the square. ", 600))
		}
	}))
	defer s.Close()
	m := newMemory()
	c := webCapturer(m)
	began := measure.ProcessorTime(b)
	for i := 0; b.Loop(); i++ {
		if err := c.Add(b.Context(), []string{fmt.Sprintf("%s/%d", s.URL, i)}, func(o Outcome) {
			if o.Err != nil {
				b.Error(o.Err)
			}
		}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pages/s")
	if used := measure.ProcessorTime(b) - began; used > 0 { // the server's too
		b.ReportMetric(float64(b.N)/used.Seconds(), "pages/processor-s")
	}
}

// painter is a browser that shows what it is told to.
type painter struct {
	page  *render.Page
	err   error
	shown []string
}

func (p *painter) Render(_ context.Context, address string) (*render.Page, error) {
	p.shown = append(p.shown, address)
	return p.page, p.err
}

func TestRendered(t *testing.T) {
	s, m := newSite(t), newMemory()
	c := webCapturer(m)
	s.put("/page", says("text/html", "<p>page</p>"))
	s.put("/old", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/page", http.StatusFound) })
	s.put("/text", says("text/plain", "text"))
	p := &painter{page: &render.Page{At: time.Now(), Picture: []byte("picture"), DOM: []byte("<p>after</p>"), Browser: "Chromium 1", Refused: []string{"10.0.0.1:80: no"}}}
	c.Web.Renderer = p
	o := one(t, c, s.URL+"/old")
	if o.Err != nil || o.Unshown != nil || !slices.Equal(p.shown, []string{s.URL + "/page"}) {
		t.Fatalf("got %+v, shown %q", o, p.shown)
	}
	blocks := map[string]string{}
	if err := archive.Records(m.bytes[o.Exchange.Records], func(r archive.Record) error {
		b, err := io.ReadAll(r.Block)
		blocks[r.Type+" "+strings.ReplaceAll(r.TargetURI, s.URL, "")] = string(b)
		return err
	}, nil); err != nil {
		t.Fatal(err)
	}
	if blocks["resource urn:view:/page"] != "picture" || blocks["resource urn:dom:/page"] != "<p>after</p>" || !strings.Contains(blocks["metadata urn:pageinfo:/page"], "refused: 10.0.0.1:80: no\r\n") {
		t.Errorf("got %q", blocks)
	}
	// what a browser made of a page is no document
	if len(m.received) != 1 {
		t.Errorf("captured %d documents", len(m.received))
	}
	if o := one(t, c, s.URL+"/text"); o.Err != nil || len(p.shown) != 1 {
		t.Errorf("a text was rendered: %+v, %q", o, p.shown)
	}
	p.err = fmt.Errorf("it crashed: %w", contrechamp.ErrUnavailable)
	o = one(t, c, s.URL+"/page")
	if o.Err != nil || o.Unshown == nil || !strings.Contains(string(gunzip(t, m.bytes[o.Exchange.Records])), "left-out: "+s.URL+"/page (not rendered: it crashed") {
		t.Errorf("a browser that fails: got %+v", o)
	}
}

func gunzip(t *testing.T, b []byte) []byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
