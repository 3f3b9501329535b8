package webarchive_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/archive"
	"contrechamp.org/contrechamp/internal/capture"
	"contrechamp.org/contrechamp/internal/capture/fetch"
	"contrechamp.org/contrechamp/internal/publish/webarchive"
	"contrechamp.org/contrechamp/internal/store"
	"contrechamp.org/contrechamp/internal/testenv"
)

// register is a register with pages, one of which was fetched twice and then gone, and a file.
type register struct {
	*webarchive.Exporter
	host      string
	documents []contrechamp.Digest // newest first
	bytes     map[contrechamp.Digest]string
}

func newRegister(t testing.TB) *register {
	t.Helper()
	dir := t.TempDir()
	s, err := store.Open(t.Context(), store.Options{Dir: dir, Verb: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	blobs, err := store.OpenBlobs(t.Context(), filepath.Join(dir, "blobs"), false)
	if err != nil {
		t.Fatal(err)
	}
	var turn atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		switch {
		case r.URL.Path == "/page" && turn.Load() < 2:
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			fmt.Fprint(z, `<title>Caméras</title><p>30 caméras.</p><img src="/a.png">`)
			z.Close()
		case r.URL.Path == "/page" && turn.Load() == 2:
			fmt.Fprint(w, `<title>Caméras</title><p>48 caméras.</p><img src="/a.png">`)
		case r.URL.Path == "/chunked":
			for i := range 3 {
				fmt.Fprintf(w, "<p>part %d</p>", i)
				w.(http.Flusher).Flush()
			}
		case r.URL.Path == "/old":
			http.Redirect(w, r, "/page", http.StatusMovedPermanently)
		case r.URL.Path == "/a.png":
			w.Header().Set("Content-Type", "image/png")
			fmt.Fprint(w, "\x89PNG\r\n\x1a\npicture")
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(server.Close)
	file := filepath.Join(t.TempDir(), "séance du 12 mars.txt")
	if err := os.WriteFile(file, []byte("Le conseil a voté 12 caméras."), 0o644); err != nil {
		t.Fatal(err)
	}
	c := &capture.Capturer{Blobs: blobs, Recorder: s, Web: &capture.Web{Addresses: s, Software: "test/1",
		Fetcher: &fetch.Fetcher{AllowPrivate: true, Limits: fetch.Limits{Delay: -1, Tries: 1}}}}
	for _, paths := range [][]string{{server.URL + "/old", server.URL + "/chunked", file}, {server.URL + "/old"}, {server.URL + "/old"}, {server.URL + "/old"}} {
		if err := c.Add(t.Context(), paths, func(o capture.Outcome) {
			if o.Err != nil && o.Absence == nil {
				t.Errorf("%s: %v", o.Path, o.Err)
			}
		}); err != nil {
			t.Fatal(err)
		}
		turn.Add(1)
		time.Sleep(2 * time.Millisecond)
	}
	r := &register{&webarchive.Exporter{From: s, Blobs: blobs, Software: "test/1", Title: "a test"}, server.URL, nil, map[contrechamp.Digest]string{}}
	docs, err := s.Documents(t.Context(), contrechamp.DocumentFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range docs {
		r.documents = append(r.documents, d.Digest)
		b, err := blobs.Get(t.Context(), d.Digest)
		if err != nil {
			t.Fatal(err)
		}
		r.bytes[d.Digest] = string(b)
	}
	if len(docs) != 4 {
		t.Fatalf("captured %d documents, want 4", len(docs))
	}
	return r
}

// walk lists what an archive holds, as it is met when the archive is added.
func walk(t *testing.T, b []byte, name string) map[string]string {
	t.Helper()
	out := map[string]string{}
	var open func(b []byte, name, prefix string)
	open = func(b []byte, name, prefix string) {
		src := archive.Source{Bytes: bytes.NewReader(b), Size: int64(len(b)), Name: name}
		kind, ok := archive.Detect(b[:min(len(b), archive.Head)], src)
		if !ok {
			t.Fatalf("%s is not recognized", name)
		}
		err := archive.Walk(t.Context(), kind, src, archive.Limits{}, func(m archive.Member) error {
			if m.Reader == nil {
				return nil
			}
			in, err := io.ReadAll(m.Reader)
			if err != nil {
				return err
			}
			if strings.HasSuffix(m.Name, ".warc.gz") {
				open(in, m.Name, prefix+m.Name+"!")
			} else {
				out[prefix+m.Name] = string(in)
			}
			return nil
		})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	open(b, name, "")
	return out
}

// TestRoundTrip: every document of an export is met again, byte for byte, when the export is added.
func TestRoundTrip(t *testing.T) {
	r := newRegister(t)
	for name, write := range map[string]func(context.Context, io.Writer, []contrechamp.Digest) (webarchive.Report, error){"a.warc.gz": r.WARC, "a.wacz": r.WACZ} {
		var b bytes.Buffer
		report, err := write(t.Context(), &b, r.documents)
		if err != nil {
			t.Fatal(err)
		}
		// /old three times and once gone, /chunked
		if report.Documents != 4 || report.Visits != 5 || report.Files != 1 || len(report.LeftOut) != 0 {
			t.Errorf("%s: got %+v", name, report)
		}
		met := map[contrechamp.Digest]bool{}
		for _, text := range walk(t, b.Bytes(), name) {
			met[contrechamp.Sum([]byte(text))] = true
		}
		for d, text := range r.bytes {
			if !met[d] {
				t.Errorf("%s: not met again: %q", name, text)
			}
		}
	}
}

// TestOneDocument: the newest text alone brings the visits that it refers to.
func TestOneDocument(t *testing.T) {
	r := newRegister(t)
	var one contrechamp.Digest
	for d, text := range r.bytes {
		if strings.Contains(text, "48") {
			one = d
		}
	}
	var b bytes.Buffer
	report, err := r.WACZ(t.Context(), &b, []contrechamp.Digest{one, one})
	if err != nil {
		t.Fatal(err)
	}
	if report.Visits < 3 { // its own, the one that found it gone, the first, which has the image
		t.Errorf("got %+v", report)
	}
	checkWACZ(t, b.Bytes())
	if _, err := r.WACZ(t.Context(), io.Discard, []contrechamp.Digest{contrechamp.Sum([]byte("another"))}); !errors.Is(err, contrechamp.ErrNotFound) {
		t.Errorf("an unknown document: got %v", err)
	}
	broken := fmt.Errorf("disk: %w", contrechamp.ErrUnavailable)
	for name, write := range map[string]func(context.Context, io.Writer, []contrechamp.Digest) (webarchive.Report, error){"warc": r.WARC, "wacz": r.WACZ} {
		if _, err := write(t.Context(), failing{broken}, r.documents); !errors.Is(err, contrechamp.ErrUnavailable) {
			t.Errorf("%s: a full disk: got %v", name, err)
		}
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// TestWithheld: what is withheld is left out, and said.
func TestWithheld(t *testing.T) {
	r := newRegister(t)
	r.Blobs = withholding{r.Blobs, r.documents[0]}
	var b bytes.Buffer
	report, err := r.WACZ(t.Context(), &b, r.documents)
	if err != nil || report.Documents != 3 || len(report.LeftOut) != 1 || report.LeftOut[0].Document != r.documents[0] || report.LeftOut[0].Reason != "it is withheld" {
		t.Errorf("got %+v, %v", report, err)
	}
}

type withholding struct {
	contrechamp.Blobs
	digest contrechamp.Digest
}

func (w withholding) Get(ctx context.Context, d contrechamp.Digest) ([]byte, error) {
	if d == w.digest {
		return nil, fmt.Errorf("bytes of %s: %w", d.Short(), contrechamp.ErrWithheld)
	}
	return w.Blobs.Get(ctx, d)
}

func TestWACZ(t *testing.T) {
	r := newRegister(t)
	var b bytes.Buffer
	if _, err := r.WACZ(t.Context(), &b, r.documents); err != nil {
		t.Fatal(err)
	}
	checkWACZ(t, b.Bytes())
}

// checkWACZ checks a file against WACZ 1.1.1, section by section, and its index against its records.
func checkWACZ(t *testing.T, file []byte) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[f.Name], err = io.ReadAll(in); err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		if strings.HasPrefix(f.Name, "archive/") && f.Method != zip.Store {
			t.Errorf("%s is packed twice", f.Name)
		}
	}
	var pack struct {
		Profile, Title, Created, Software, MainPageUrl string
		WACZ                                           string `json:"wacz_version"`
		Resources                                      []struct {
			Name, Path, Hash string
			Bytes            int
		}
	}
	if err := json.Unmarshal(files["datapackage.json"], &pack); err != nil {
		t.Fatal(err)
	}
	if pack.Profile != "data-package" || pack.WACZ != "1.1.1" || pack.Software == "" || pack.MainPageUrl == "" {
		t.Errorf("datapackage.json: got %+v", pack)
	}
	if _, err := time.Parse(time.RFC3339, pack.Created); err != nil {
		t.Error(err)
	}
	listed := map[string]bool{"datapackage.json": true, "datapackage-digest.json": true}
	for _, x := range pack.Resources {
		listed[x.Path] = true
		if b, ok := files[x.Path]; !ok || len(b) != x.Bytes || "sha256:"+contrechamp.Sum(b).String() != x.Hash || x.Name != filepath.Base(x.Path) {
			t.Errorf("%s is not as it is listed: %+v", x.Path, x)
		}
		// a visit's file is named by what the ledger knows as the exchange
		if hex, ok := strings.CutSuffix(x.Name, ".warc.gz"); ok && !strings.HasPrefix(hex, "document-") && x.Hash != "sha256:"+hex {
			t.Errorf("%s has the digest %s", x.Name, x.Hash)
		}
	}
	for name := range files {
		if !listed[name] {
			t.Errorf("%s is not listed", name)
		}
	}
	var digest struct{ Path, Hash string }
	if err := json.Unmarshal(files["datapackage-digest.json"], &digest); err != nil || digest.Path != "datapackage.json" || digest.Hash != "sha256:"+contrechamp.Sum(files["datapackage.json"]).String() {
		t.Errorf("datapackage-digest.json: got %+v, %v", digest, err)
	}
	found := map[string]bool{}
	lines := strings.Split(strings.TrimSuffix(string(files["indexes/index.cdx"]), "\n"), "\n")
	if !slices.IsSorted(lines) {
		t.Error("the index is not sorted")
	}
	form := regexp.MustCompile(`^(\S+) (\d{14}) (\{.*\})$`)
	for _, l := range lines {
		m := form.FindStringSubmatch(l)
		if m == nil {
			t.Fatalf("a line of the index: %q", l)
		}
		var e struct{ URL, Mime, Status, Digest, Length, Offset, Filename string }
		if err := json.Unmarshal([]byte(m[3]), &e); err != nil {
			t.Fatal(err)
		}
		warc := files["archive/"+e.Filename]
		offset, err1 := strconv.Atoi(e.Offset)
		length, err2 := strconv.Atoi(e.Length)
		if err1 != nil || err2 != nil || offset+length > len(warc) {
			t.Fatalf("%+v points behind its file", e)
		}
		n := 0
		err := archive.Records(warc[offset:offset+length], func(r archive.Record) error {
			n++
			if r.TargetURI != e.URL || r.Date.Format("20060102150405") != m[2] || r.Head.Get("WARC-Payload-Digest") != e.Digest || (r.Type == "revisit") != (e.Mime == "warc/revisit") {
				t.Errorf("%+v points to %s %s", e, r.Type, r.TargetURI)
			}
			return nil
		}, nil)
		if err != nil || n != 1 {
			t.Errorf("%+v: %d records, %v", e, n, err)
		}
		found[e.URL] = true
	}
	var pages []string
	for i, l := range strings.Split(strings.TrimSpace(string(files["pages/pages.jsonl"])), "\n") {
		var p struct{ Format, URL, TS, Title string }
		if err := json.Unmarshal([]byte(l), &p); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			if p.Format != "json-pages-1.0" {
				t.Errorf("pages.jsonl begins with %s", l)
			}
			continue
		}
		pages = append(pages, p.URL)
		if _, err := time.Parse(time.RFC3339, p.TS); err != nil || !found[p.URL] {
			t.Errorf("page %s is not in the index, or has no time: %v", l, err)
		}
	}
	if len(pages) == 0 {
		t.Error("no page")
	}
}

// TestForeignReader lets the reader of Webrecorder read what we wrote: the same records at the same places, and their payloads' digests.
func TestForeignReader(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		testenv.Skip(t, "there is no node")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	if _, err := os.Stat("foreign/node_modules/warcio"); err != nil {
		install := exec.CommandContext(ctx, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
		install.Dir = "foreign"
		if out, err := install.CombinedOutput(); err != nil {
			testenv.Skip(t, "npm ci in foreign failed: "+string(out))
		}
	}
	r := newRegister(t)
	var b bytes.Buffer
	if _, err := r.WARC(t.Context(), &b, r.documents); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a.warc.gz")
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	read := exec.CommandContext(ctx, node, "read.mjs", path)
	read.Dir = "foreign"
	out, err := read.CombinedOutput()
	if err != nil {
		t.Fatalf("read: %v %s", err, out)
	}
	type record struct {
		Type, URL, Date, Said, Payload string
		Status                         int
		Offset, Length                 int64
	}
	var got []record
	for line := range strings.Lines(string(out)) {
		var x record
		if err := json.Unmarshal([]byte(line), &x); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		got = append(got, x)
	}
	i, digests := 0, 0
	err = archive.Records(b.Bytes(), func(archive.Record) error { return nil }, func(r archive.Record) error {
		if i >= len(got) {
			return errors.New("it reads fewer records")
		}
		x := got[i]
		i++
		if x.Type != r.Type || x.URL != r.TargetURI || x.Offset != r.Offset || x.Length != r.Packed {
			t.Errorf("record %d: it reads %+v, we %s %s at %d, %d long", i, x, r.Type, r.TargetURI, r.Offset, r.Packed)
		}
		// It does not take chunks away before it takes the digest; the standard's payload is without them (section 6.3.2
		// and RFC 9112, section 6).
		if (r.Type == "response" || r.Type == "resource") && !strings.HasSuffix(r.TargetURI, "/chunked") {
			if digests++; x.Said != x.Payload {
				t.Errorf("%s: its payload has the digest %s, the record says %s", r.TargetURI, x.Payload, x.Said)
			}
		}
		return nil
	})
	if err != nil || i != len(got) || digests < 5 {
		t.Errorf("got %v, %d records of %d, %d digests", err, i, len(got), digests)
	}
}

// BenchmarkWACZ writes a register as one file, in bytes of documents.
func BenchmarkWACZ(b *testing.B) {
	r := newRegister(b)
	size := 0
	for _, text := range r.bytes {
		size += len(text)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		if _, err := r.WACZ(b.Context(), io.Discard, r.documents); err != nil {
			b.Fatal(err)
		}
	}
}
