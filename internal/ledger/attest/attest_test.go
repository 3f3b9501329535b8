package attest_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
	"contrechamp.org/contrechamp/internal/ledger/attest"
	"contrechamp.org/contrechamp/internal/ledger/stamp"
	"contrechamp.org/contrechamp/internal/ledger/stamp/stamptest"
	"contrechamp.org/contrechamp/internal/ledger/witness"
)

// growing is a small log in a folder, in the form of c2sp.org/tlog-tiles.
type growing struct {
	ledger.Folder
	t      *testing.T
	key    ledger.SignerKey
	leaves []tlog.Hash
	hashes []tlog.Hash
}

func newLog(t *testing.T) *growing {
	t.Helper()
	key, err := ledger.NewKey("observatory.example/log")
	if err != nil {
		t.Fatal(err)
	}
	g := &growing{Folder: ledger.Folder(t.TempDir()), t: t, key: key}
	if err := g.AddKey(key.Public()); err != nil {
		t.Fatal(err)
	}
	return g
}

func (g *growing) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		out[i] = g.hashes[x]
	}
	return out, nil
}

// grow adds entries until there are n (fewer than 256), and signs a checkpoint.
func (g *growing) grow(n int) *growing {
	g.t.Helper()
	for i := len(g.leaves); i < n; i++ {
		h := tlog.RecordHash(fmt.Appendf(nil, "entry %d", i))
		more, err := tlog.StoredHashesForRecordHash(int64(i), h, g)
		if err != nil {
			g.t.Fatal(err)
		}
		g.leaves, g.hashes = append(g.leaves, h), append(g.hashes, more...)
	}
	var tile []byte
	for _, h := range g.leaves {
		tile = append(tile, h[:]...)
	}
	root, err := tlog.TreeHash(int64(n), g)
	if err != nil {
		g.t.Fatal(err)
	}
	signed, err := ledger.SignCheckpoint(tlog.Tree{N: int64(n), Hash: root}, g.key)
	if err != nil {
		g.t.Fatal(err)
	}
	if err := g.AppendCheckpoint(signed); err != nil {
		g.t.Fatal(err)
	}
	for name, b := range map[string][]byte{ledger.TilePath(0, 0, n): tile, "checkpoint": signed} {
		path := filepath.Join(string(g.Folder), filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			g.t.Fatal(err)
		}
		if err := os.WriteFile(path, b, 0o644); err != nil {
			g.t.Fatal(err)
		}
	}
	return g
}

func serve(t *testing.T, h http.Handler) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

func startWitness(t *testing.T, g *growing) ledger.Witness {
	t.Helper()
	skey, _, err := note.GenerateKey(rand.Reader, "sister.example/witness")
	if err != nil {
		t.Fatal(err)
	}
	w, err := witness.New(witness.Config{Dir: t.TempDir(), Key: skey, Logs: []ledger.VerifierKey{g.key.Public()}, Logger: quiet})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return ledger.Witness{Name: "sister", Key: w.VerifierKey(), URL: serve(t, w)}
}

func startAuthority(t *testing.T) (*stamptest.Authority, attest.Authority) {
	t.Helper()
	a, err := stamptest.New(stamptest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return a, attest.Authority{Name: "time.example", URL: serve(t, a), Roots: a.Roots()}
}

var quiet = slog.New(slog.DiscardHandler)

// TestRounds works through some rounds with an authority and a witness, both real.
func TestRounds(t *testing.T) {
	g := newLog(t).grow(3)
	w := startWitness(t, g)
	_, a := startAuthority(t)
	now := time.Now()
	at := attest.New(attest.Options{Log: g.Folder, Authorities: []attest.Authority{a}, Witnesses: []ledger.Witness{w}, Now: func() time.Time { return now }, Logger: quiet})
	ctx := context.Background()
	for _, n := range []int{3, 3, 40, 200} {
		g.grow(n)
		s, err := at.Once(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if s.Size != int64(n) || s.Parties["authority time.example"].Size != int64(n) || s.Parties["witness sister"].Size != int64(n) {
			t.Fatalf("%d entries: %+v", n, s)
		}
	}
	kept, err := attest.List(g.Folder)
	if err != nil || len(kept) != 3 {
		t.Fatalf("kept %d, %v", len(kept), err)
	}
	policy, err := ledger.ParsePolicy(fmt.Sprintf("log %s\nwitness sister %s\nquorum sister\n", g.key.Public(), w.Key))
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range kept {
		point, err := policy.Check(k.Cosigned())
		if err != nil || point.Size != k.Size {
			t.Errorf("at %d: %v", k.Size, err)
		}
		if _, err := stamp.Check(k.Stamps["time.example"], contrechamp.Sum(k.Signed), a.Roots); err != nil {
			t.Errorf("at %d: %v", k.Size, err)
		}
	}
}

// TestEveryBit flips each bit, one at a time, of everything that was kept: each is found.
func TestEveryBit(t *testing.T) {
	g := newLog(t).grow(3)
	w := startWitness(t, g)
	_, a := startAuthority(t)
	if _, err := attest.New(attest.Options{Log: g.Folder, Authorities: []attest.Authority{a}, Witnesses: []ledger.Witness{w}, Logger: quiet}).Once(context.Background()); err != nil {
		t.Fatal(err)
	}
	audit := func() (n int) {
		t.Helper()
		seen, err := attest.Audit(g.Folder, func(string, string) { n++ })
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 && (seen != attest.Audited{States: 1, Stamps: 1, Cosignatures: 1}) {
			t.Errorf("looked at %+v", seen)
		}
		return n
	}
	if n := audit(); n > 0 {
		t.Fatalf("%d findings where nothing is wrong", n)
	}
	files, err := filepath.Glob(filepath.Join(string(g.Folder), "attested", "3", "*"))
	if err != nil || len(files) != 4 {
		t.Fatalf("files %v, %v", files, err)
	}
	for _, path := range files {
		good, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for at := range good {
			bad := append([]byte(nil), good...)
			bad[at] ^= 1 << (at % 8)
			if err := os.WriteFile(path, bad, 0o644); err != nil {
				t.Fatal(err)
			}
			if audit() == 0 {
				t.Errorf("%s: byte %d was changed, and nobody noticed", filepath.Base(path), at)
			}
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if audit() == 0 && filepath.Base(path) != "digests" {
			t.Errorf("%s is missing, and nobody noticed", filepath.Base(path))
		}
		if err := os.WriteFile(path, good, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestInterval asks not more often than it may, and in the background.
func TestInterval(t *testing.T) {
	g := newLog(t).grow(3)
	good, a := startAuthority(t)
	asked := make(chan struct{}, 100)
	a.URL = serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		good.ServeHTTP(w, r)
		asked <- struct{}{}
	}))
	var clock atomic.Int64
	clock.Store(time.Now().Unix())
	at := attest.New(attest.Options{Log: g.Folder, Authorities: []attest.Authority{a}, Every: time.Hour, Logger: quiet,
		Now: func() time.Time { return time.Unix(clock.Load(), 0) }})
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		at.Run(ctx)
		close(ended)
	}()
	await := func(what string) {
		t.Helper()
		select {
		case <-asked:
		case <-time.After(20 * time.Second):
			t.Fatalf("%s: nobody was asked", what)
		}
	}
	await("the first checkpoint")
	g.grow(4)
	at.Published()
	at.Published() // never waits
	g.grow(5)
	clock.Add(3601)
	at.Published()
	await("an hour later")
	stop()
	<-ended
	if len(asked) > 0 {
		t.Error("asked within the hour")
	}
	s, err := attest.ReadStatus(g.Folder)
	if err != nil || s.Size != 5 {
		t.Errorf("status %+v, %v", s, err)
	}
}

// TestFailures meets authorities that fail in every way; each is told, kept in the status, and asked again later.
func TestFailures(t *testing.T) {
	g := newLog(t).grow(3)
	good, a := startAuthority(t)
	other, err := stamptest.New(stamptest.Options{Name: "Other"})
	if err != nil {
		t.Fatal(err)
	}
	expired, err := stamptest.New(stamptest.Options{NotAfter: time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	release := make(chan struct{})
	defer close(release)
	answer := func(kind string, b []byte) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			_, _ = w.Write(b)
		})
	}
	replay, err := good.Respond(stamp.Query{Digest: contrechamp.Sum([]byte("something else"))})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name    string
		handler http.Handler
		roots   stamp.Roots
		limit   time.Duration
		says    string
	}{
		{"untrusted", other, a.Roots, 0, "none of the given roots"},
		{"expired", expired, expired.Roots(), 0, "outside of certificate validity"},
		{"garbage", answer(stamp.ResponseType, []byte("garbage")), a.Roots, 0, "no DER"},
		{"a page", answer("text/html", []byte("<html>")), a.Roots, 0, "no time-stamp"},
		{"nothing", answer(stamp.ResponseType, nil), a.Roots, 0, "empty"},
		{"replay", answer(stamp.ResponseType, replay), a.Roots, 0, "another digest"},
		{"not found", http.NotFoundHandler(), a.Roots, 0, "404"},
		{"moved", http.RedirectHandler("http://127.0.0.1:1/", http.StatusFound), a.Roots, 0, "302"},
		{"slow", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body) // or the server does not notice that its client goes
			select {
			case <-r.Context().Done():
			case <-release:
			}
		}), a.Roots, 200 * time.Millisecond, "no answer in time"},
		{"slow drops", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			w.Header().Set("Content-Type", stamp.ResponseType)
			for {
				_, _ = w.Write([]byte{0x30})
				w.(http.Flusher).Flush()
				select {
				case <-r.Context().Done():
					return
				case <-release:
					return
				case <-time.After(10 * time.Millisecond):
				}
			}
		}), a.Roots, 200 * time.Millisecond, "no answer in time"},
		{"endless", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", stamp.ResponseType)
			_, _ = io.Copy(w, zeros{})
		}), a.Roots, 0, "more than"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := newLog(t).grow(3)
			now := time.Now()
			client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Timeout: c.limit}
			at := attest.New(attest.Options{Log: g.Folder, HTTP: client, Logger: quiet, Now: func() time.Time { return now },
				Authorities: []attest.Authority{{Name: "bad", URL: serve(t, c.handler), Roots: c.roots}}})
			var next time.Duration
			for try := 1; try <= 3; try++ {
				s, err := at.Once(context.Background())
				if err != nil {
					t.Fatal(err)
				}
				p := s.Parties["authority bad"]
				if !strings.Contains(p.Failed, c.says) || p.Size != 0 || p.Tries != try || p.Next.Sub(now) < next {
					t.Errorf("try %d: %+v, want %q", try, p, c.says)
				}
				next = p.Next.Sub(now)
			}
			if kept, err := attest.List(g.Folder); err != nil || len(kept[0].Stamps) > 0 {
				t.Errorf("kept %+v, %v", kept, err)
			}
		})
	}
	// one that fails keeps nobody else from vouching
	bad := attest.Authority{Name: "bad", URL: "http://127.0.0.1:1/", Roots: a.Roots}
	s, err := attest.New(attest.Options{Log: g.Folder, Authorities: []attest.Authority{bad, a}, Logger: quiet}).Once(context.Background())
	if err != nil || s.Parties["authority time.example"].Size != 3 || s.Parties["authority bad"].Failed == "" {
		t.Errorf("%+v, %v", s, err)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// TestNoLog and nobody to ask.
func TestNoLog(t *testing.T) {
	_, a := startAuthority(t)
	_, err := attest.New(attest.Options{Log: ledger.Folder(t.TempDir()), Authorities: []attest.Authority{a}, Logger: quiet}).Once(context.Background())
	if !errors.Is(err, contrechamp.ErrNotFound) {
		t.Errorf("without a log: %v", err)
	}
	nobody := attest.New(attest.Options{Log: ledger.Folder(t.TempDir())})
	if !nobody.Nobody() {
		t.Error("there is somebody")
	}
	nobody.Run(context.Background()) // returns at once
}

func TestParseAuthorities(t *testing.T) {
	dir := t.TempDir()
	a, err := stamptest.New(stamptest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "time.pem"), a.Roots().PEM(), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := attest.ParseAuthorities("# ours\n\nauthority time.example https://time.example/tsr time.pem\n", dir)
	if err != nil || len(got) != 1 || got[0].Name != "time.example" || len(got[0].Roots) != 1 {
		t.Fatalf("%+v, %v", got, err)
	}
	for _, bad := range []string{
		"time.example https://time.example/tsr time.pem",
		"authority Time https://time.example/tsr time.pem",
		"authority ../x https://time.example/tsr time.pem",
		"authority time ftp://time.example/tsr time.pem",
		"authority time https://time.example/tsr missing.pem",
		"authority time https://time.example/tsr",
		"authority a http://a/ time.pem\nauthority a http://b/ time.pem",
	} {
		if _, err := attest.ParseAuthorities(bad, dir); !errors.Is(err, contrechamp.ErrInvalid) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
