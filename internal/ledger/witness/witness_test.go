package witness_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
	"contrechamp.org/contrechamp/internal/ledger/witness"
)

// history is a log in memory, with its key.
type history struct {
	t      testing.TB
	origin string
	signer note.Signer
	vkey   ledger.VerifierKey
	hashes []tlog.Hash
	n      int64
}

func newHistory(t testing.TB, origin string) *history {
	t.Helper()
	skey, vkey, err := note.GenerateKey(rand.Reader, origin)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(skey)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ledger.ParseVerifierKey(vkey)
	if err != nil {
		t.Fatal(err)
	}
	return &history{t: t, origin: origin, signer: signer, vkey: key}
}

func (h *history) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		out[i] = h.hashes[x]
	}
	return out, nil
}

// add appends entries until the log has n.
func (h *history) add(n int64, what string) *history {
	h.t.Helper()
	for ; h.n < n; h.n++ {
		more, err := tlog.StoredHashes(h.n, fmt.Appendf(nil, "%s %d", what, h.n), h)
		if err != nil {
			h.t.Fatal(err)
		}
		h.hashes = append(h.hashes, more...)
	}
	return h
}

// fork is the same log with the first n entries and its own from then on.
func (h *history) fork(n int64) *history {
	f := &history{t: h.t, origin: h.origin, signer: h.signer, vkey: h.vkey}
	return f.add(n, "entry").add(h.n, "another entry")
}

func (h *history) checkpoint(n int64) []byte {
	h.t.Helper()
	root, err := tlog.TreeHash(n, h)
	if err != nil {
		h.t.Fatal(err)
	}
	b, err := note.Sign(&note.Note{Text: fmt.Sprintf("%s\n%d\n%s\n", h.origin, n, root)}, h.signer)
	if err != nil {
		h.t.Fatal(err)
	}
	return b
}

func (h *history) prove(_ context.Context, old, size int64) (tlog.TreeProof, error) {
	return tlog.ProveTree(size, old, h)
}

// request writes the body of add-checkpoint.
func (h *history) request(old, n int64, checkpoint []byte) []byte {
	h.t.Helper()
	b := fmt.Appendf(nil, "old %d\n", old)
	if 0 < old && old < n {
		proof, err := tlog.ProveTree(n, old, h)
		if err != nil {
			h.t.Fatal(err)
		}
		for _, p := range proof {
			b = fmt.Appendf(b, "%s\n", p)
		}
	}
	return append(append(b, '\n'), checkpoint...)
}

func key(t testing.TB, name string) string {
	t.Helper()
	skey, _, err := note.GenerateKey(rand.Reader, name)
	if err != nil {
		t.Fatal(err)
	}
	return skey
}

type running struct {
	*witness.Server
	http *httptest.Server
}

func start(t testing.TB, c witness.Config) *running {
	t.Helper()
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	s, err := witness.New(c)
	if err != nil {
		t.Fatal(err)
	}
	h := httptest.NewServer(s)
	t.Cleanup(func() {
		h.Close()
		s.Close()
	})
	return &running{s, h}
}

func (r *running) post(t testing.TB, body []byte) (status int, kind, answer string) {
	t.Helper()
	resp, err := r.http.Client().Post(r.http.URL+"/add-checkpoint", "text/plain", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, resp.Header.Get("Content-Type"), string(b)
}

func (r *running) client() *witness.Client {
	return &witness.Client{URL: r.http.URL, Key: r.VerifierKey(), HTTP: r.http.Client()}
}

func TestCosign(t *testing.T) {
	log := newHistory(t, "observatory.example/log").add(100, "entry")
	w := start(t, witness.Config{Dir: t.TempDir(), Key: key(t, "sister.example/witness"), Logs: []ledger.VerifierKey{log.vkey}})
	c := w.client()
	ctx := context.Background()
	before := time.Now().Add(-2 * time.Second)
	var old int64
	for _, n := range []int64{1, 2, 7, 64, 64, 100} {
		checkpoint := log.checkpoint(n)
		got, err := c.Cosign(ctx, checkpoint, old, log.prove)
		if err != nil {
			t.Fatalf("size %d: %v", n, err)
		}
		point, err := ledger.ParseCheckpoint(append(bytes.Clone(checkpoint), got.Line...), log.vkey, w.VerifierKey())
		if err != nil || len(point.SignedBy) != 2 || !point.CosignedAt(w.VerifierKey()).Equal(got.At) || got.At.Before(before) {
			t.Fatalf("size %d: cosignature %q of %v: %v", n, got.Line, got.At, err)
		}
		old = n
	}
	// one that has forgotten what was signed last is told
	if _, err := c.Cosign(ctx, log.checkpoint(100), 0, log.prove); err != nil {
		t.Errorf("a client that knows nothing: %v", err)
	}
	// and can be read by everybody
	resp, err := w.http.Client().Get(w.http.URL + "/checkpoint?origin=observatory.example/log")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	shown, err := io.ReadAll(resp.Body)
	if err != nil || !strings.HasPrefix(string(shown), "observatory.example/log\n100\n") || !strings.Contains(string(shown), "— sister.example/witness ") {
		t.Errorf("shown: %q, %v", shown, err)
	}
}

func TestRefusals(t *testing.T) {
	log := newHistory(t, "observatory.example/log").add(40, "entry")
	other := newHistory(t, "observatory.example/log").add(40, "entry") // another key of that name
	stranger := newHistory(t, "stranger.example/log").add(40, "entry")
	fork := log.fork(10)
	dir := t.TempDir()
	w := start(t, witness.Config{Dir: dir, Key: key(t, "sister.example/witness"), Logs: []ledger.VerifierKey{log.vkey}, Burst: 1000})
	if status, _, answer := w.post(t, log.request(0, 20, log.checkpoint(20))); status != http.StatusOK {
		t.Fatalf("the first: %d %s", status, answer)
	}
	long := append(log.request(20, 30, log.checkpoint(30)), bytes.Repeat([]byte("x"), witness.MaxRequest)...)
	manyProofs := []byte("old 20\n" + strings.Repeat(base64.StdEncoding.EncodeToString(make([]byte, 32))+"\n", 64) + "\n" + string(log.checkpoint(30)))
	for _, c := range []struct {
		name   string
		body   []byte
		status int
		answer string
	}{
		{"unknown origin", stranger.request(0, 20, stranger.checkpoint(20)), 404, ""},
		{"unknown key", other.request(20, 30, other.checkpoint(30)), 403, ""},
		{"no signature", []byte("old 20\n\nobservatory.example/log\n30\nAAAA\n"), 400, ""},
		{"old above size", log.request(20, 10, log.checkpoint(10)), 400, ""},
		{"rollback", log.request(5, 10, log.checkpoint(10)), 409, "20\n"},
		{"sender knows nothing", log.request(0, 30, log.checkpoint(30)), 409, "20\n"},
		{"fork of the same size", fork.request(20, 20, fork.checkpoint(20)), 409, "20\n"},
		{"fork later on", fork.request(20, 30, fork.checkpoint(30)), 422, ""},
		{"proof of another size", append(bytes.SplitAfter(log.request(20, 31, nil), []byte("\n\n"))[0], log.checkpoint(30)...), 422, ""},
		{"no proof", []byte("old 20\n\n" + string(log.checkpoint(30))), 422, ""},
		{"proof where there is nothing to prove", []byte("old 20\n" + log.hashes[0].String() + "\n\n" + string(log.checkpoint(20))), 422, ""},
		{"too long", long, 413, ""},
		{"too many hashes", manyProofs, 400, ""},
		{"nothing", nil, 400, ""},
		{"leading zero", []byte("old 020\n\n" + string(log.checkpoint(20))), 400, ""},
		{"no old", []byte("new 20\n\n" + string(log.checkpoint(20))), 400, ""},
		{"hash in another form", []byte("old 20\nAA\n\n" + string(log.checkpoint(30))), 400, ""},
	} {
		status, kind, answer := w.post(t, c.body)
		if status != c.status || c.answer != "" && (answer != c.answer || kind != "text/x.tlog.size") {
			t.Errorf("%s: got %d %q (%s), want %d %q", c.name, status, answer, kind, c.status, c.answer)
		}
	}
	// what contradicts an earlier checkpoint is kept, as it was sent
	kept, err := filepath.Glob(filepath.Join(dir, "refused", "*"))
	if err != nil || len(kept) < 2 {
		t.Errorf("kept against the log: %v, %v", kept, err)
	}
	// after all that, the log goes on
	if status, _, answer := w.post(t, log.request(20, 30, log.checkpoint(30))); status != http.StatusOK {
		t.Errorf("the honest log: %d %s", status, answer)
	}
}

func TestClientIsToldWhy(t *testing.T) {
	log := newHistory(t, "observatory.example/log").add(40, "entry")
	fork := log.fork(10)
	w := start(t, witness.Config{Dir: t.TempDir(), Key: key(t, "sister.example/witness"), Logs: []ledger.VerifierKey{log.vkey}})
	ctx := context.Background()
	if _, err := w.client().Cosign(ctx, log.checkpoint(20), 0, log.prove); err != nil {
		t.Fatal(err)
	}
	answers := func(status int, body string) *witness.Client {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			fmt.Fprint(w, body)
		}))
		t.Cleanup(s.Close)
		return &witness.Client{URL: s.URL, Key: w.VerifierKey(), HTTP: s.Client()}
	}
	for _, c := range []struct {
		name   string
		client *witness.Client
		log    *history
		n      int64
		kind   error
		says   string
	}{
		{"rolled back", w.client(), log, 10, contrechamp.ErrConflict, "has seen 20 entries"},
		{"forked", w.client(), fork, 20, contrechamp.ErrConflict, "another list of 20"},
		{"forked later", w.client(), fork, 30, contrechamp.ErrConflict, "does not continue"},
		{"not watched", answers(404, "404 page not found\n"), log, 30, contrechamp.ErrInvalid, "does not watch"},
		{"away", &witness.Client{URL: "http://127.0.0.1:1", Key: w.VerifierKey(), HTTP: http.DefaultClient}, log, 30, contrechamp.ErrUnavailable, "127.0.0.1:1"},
		{"busy", answers(429, "later\n"), log, 30, contrechamp.ErrUnavailable, "later"},
		{"broken", answers(500, ""), log, 30, contrechamp.ErrUnavailable, "500"},
		{"says nothing", answers(200, ""), log, 30, contrechamp.ErrAltered, "no signature"},
		{"says anything", answers(200, "— sister.example/witness AAAAAAAA\n"), log, 30, contrechamp.ErrAltered, "no signature"},
		{"says much", answers(200, strings.Repeat("x", 1<<20)), log, 30, contrechamp.ErrAltered, "more than"},
		{"conflict without a size", answers(409, "what"), log, 30, contrechamp.ErrAltered, "without a size"},
		{"conflict again and again", answers(409, "7\n"), log, 30, contrechamp.ErrConflict, "another list of 7"},
	} {
		_, err := c.client.Cosign(ctx, c.log.checkpoint(c.n), 0, c.log.prove)
		if !errors.Is(err, c.kind) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v, want %v with %q", c.name, err, c.kind, c.says)
		}
	}
}

// TestMemory restarts a witness, damages its memory, and starts a second one beside it.
func TestMemory(t *testing.T) {
	log := newHistory(t, "observatory.example/log").add(40, "entry")
	fork := log.fork(10)
	dir, skey := t.TempDir(), key(t, "sister.example/witness")
	config := witness.Config{Dir: dir, Key: skey, Logs: []ledger.VerifierKey{log.vkey}}
	first, err := witness.New(config)
	if err != nil {
		t.Fatal(err)
	}
	h := httptest.NewServer(first)
	r := &running{first, h}
	if _, err := r.client().Cosign(context.Background(), log.checkpoint(20), 0, log.prove); err != nil {
		t.Fatal(err)
	}
	if _, err := witness.New(config); !errors.Is(err, contrechamp.ErrConflict) {
		t.Errorf("a second witness in the same folder: %v", err)
	}
	h.Close()
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	again := start(t, config)
	if status, _, _ := again.post(t, fork.request(20, 30, fork.checkpoint(30))); status != 422 {
		t.Errorf("after a restart a fork is answered %d", status)
	}
	files, err := filepath.Glob(filepath.Join(dir, "cosigned", "*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("files %v, %v", files, err)
	}
	if info, err := os.Stat(files[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("permissions %v, %v", info.Mode(), err)
	}
	b, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	b[bytes.IndexByte(b, '\n')+1] ^= 1 // the size
	if err := os.WriteFile(files[0], b, 0o600); err != nil {
		t.Fatal(err)
	}
	// never taken for "nothing was signed yet"
	if status, _, _ := again.post(t, fork.request(0, 30, fork.checkpoint(30))); status != http.StatusInternalServerError {
		t.Errorf("with a damaged memory a fork is answered %d", status)
	}
}

// TestUnwritten has the memory fail: nothing is cosigned that could be forgotten.
func TestUnwritten(t *testing.T) {
	log := newHistory(t, "observatory.example/log").add(40, "entry")
	dir := t.TempDir()
	w := start(t, witness.Config{Dir: dir, Key: key(t, "sister.example/witness"), Logs: []ledger.VerifierKey{log.vkey}})
	cosigned := filepath.Join(dir, "cosigned")
	if err := os.Rename(cosigned, cosigned+".away"); err != nil {
		t.Fatal(err)
	}
	if status, _, answer := w.post(t, log.request(0, 20, log.checkpoint(20))); status != http.StatusInternalServerError || strings.Contains(answer, "—") {
		t.Errorf("without a memory: %d %q", status, answer)
	}
	if err := os.Rename(cosigned+".away", cosigned); err != nil {
		t.Fatal(err)
	}
	if status, _, _ := w.post(t, log.request(0, 20, log.checkpoint(20))); status != http.StatusOK {
		t.Errorf("with its memory back: %d", status)
	}
}

// TestRace sends two histories at once, many times: one of them is signed, never both.
func TestRace(t *testing.T) {
	log := newHistory(t, "observatory.example/log").add(200, "entry")
	fork := log.fork(100)
	w := start(t, witness.Config{Dir: t.TempDir(), Key: key(t, "sister.example/witness"), Logs: []ledger.VerifierKey{log.vkey}, Burst: 1000, AtOnce: 100})
	if status, _, _ := w.post(t, log.request(0, 100, log.checkpoint(100))); status != http.StatusOK {
		t.Fatal(status)
	}
	var group sync.WaitGroup
	signed := make(chan string, 40)
	for range 20 {
		for name, h := range map[string]*history{"log": log, "fork": fork} {
			group.Go(func() {
				if status, _, _ := w.post(t, h.request(100, 200, h.checkpoint(200))); status == http.StatusOK {
					signed <- name
				}
			})
		}
	}
	group.Wait()
	close(signed)
	seen := map[string]bool{}
	for name := range signed {
		seen[name] = true
	}
	if len(seen) != 1 {
		t.Errorf("signed: %v", seen)
	}
}

func TestLimits(t *testing.T) {
	log := newHistory(t, "observatory.example/log").add(40, "entry")
	other := newHistory(t, "observatory.example/log").add(40, "entry")
	now := time.Date(2026, 11, 26, 7, 0, 0, 0, time.UTC)
	w := start(t, witness.Config{Dir: t.TempDir(), Key: key(t, "sister.example/witness"), Logs: []ledger.VerifierKey{log.vkey}, Burst: 3, Every: time.Minute,
		Now: func() time.Time { return now }})
	// nobody else can use up a log's allowance
	for range 10 {
		if status, _, _ := w.post(t, other.request(0, 20, other.checkpoint(20))); status != 403 {
			t.Fatalf("another key: %d", status)
		}
	}
	for i, want := range []int{200, 200, 200, 429, 429} {
		old := int64(20)
		if i == 0 {
			old = 0
		}
		if status, _, _ := w.post(t, log.request(old, 20, log.checkpoint(20))); status != want {
			t.Errorf("request %d: %d, want %d", i, status, want)
		}
	}
	now = now.Add(time.Minute)
	if status, _, _ := w.post(t, log.request(20, 20, log.checkpoint(20))); status != 200 {
		t.Errorf("a minute later: %d", status)
	}
}

func TestMethods(t *testing.T) {
	log := newHistory(t, "observatory.example/log")
	w := start(t, witness.Config{Dir: t.TempDir(), Key: key(t, "sister.example/witness"), Logs: []ledger.VerifierKey{log.vkey}})
	for _, c := range []struct {
		method, path string
		status       int
		says         string
	}{
		{"GET", "/", 200, w.VerifierKey().String()},
		{"GET", "/add-checkpoint", 405, "POST"},
		{"DELETE", "/checkpoint", 405, "GET"},
		{"GET", "/checkpoint?origin=observatory.example/log", 404, "yet"},
		{"GET", "/checkpoint?origin=other", 404, "not watched"},
		{"GET", "/../../etc/passwd", 404, "not found"},
	} {
		req, err := http.NewRequest(c.method, w.http.URL+c.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := w.http.Client().Do(req)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != c.status || !strings.Contains(string(b), c.says) {
			t.Errorf("%s %s: %d %q, %v", c.method, c.path, resp.StatusCode, b, err)
		}
	}
}

func TestKeys(t *testing.T) {
	cosigner, err := witness.VerifierKey(key(t, "a"))
	if err != nil || !cosigner.IsWitness() {
		t.Fatalf("key %v, %v", cosigner, err)
	}
	for _, c := range []witness.Config{
		{Dir: t.TempDir(), Key: "PRIVATE+KEY+x"},
		{Dir: t.TempDir(), Key: key(t, "a"), Logs: []ledger.VerifierKey{cosigner}},
		{Dir: t.TempDir(), Key: key(t, "a"), Logs: []ledger.VerifierKey{{}}},
	} {
		if _, err := witness.New(c); !errors.Is(err, contrechamp.ErrInvalid) {
			t.Errorf("%v: %v", c, err)
		}
	}
}
