package capture

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
)

// memory keeps captures for one test. The real stores pass their own suite; here what is handed to them counts.
type memory struct {
	mu       sync.Mutex
	withheld map[contrechamp.Digest]contrechamp.Withholding
	bytes    map[contrechamp.Digest][]byte
	received []contrechamp.Received
	batches  int
	absences []contrechamp.Absence
	fail     error
}

func (m *memory) Put(_ context.Context, r io.Reader, limit int64) (contrechamp.Digest, int64, error) {
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return contrechamp.Digest{}, 0, err
	}
	if int64(len(b)) > limit {
		return contrechamp.Digest{}, 0, fmt.Errorf("longer than %d: %w", limit, contrechamp.ErrInvalid)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	d := contrechamp.Sum(b)
	m.bytes[d] = b
	return d, int64(len(b)), nil
}

func (m *memory) Get(_ context.Context, d contrechamp.Digest) ([]byte, error) { return m.bytes[d], nil }

func (m *memory) Has(_ context.Context, d contrechamp.Digest) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.bytes[d] != nil, nil
}

func (m *memory) RecordCaptures(_ context.Context, received []contrechamp.Received) ([]bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil {
		return nil, m.fail
	}
	m.batches++
	fresh := make([]bool, len(received))
	for i, r := range received {
		if m.bytes[r.Capture.Digest] == nil && r.Capture.Length > 0 {
			return nil, errors.New("recorded before its bytes were kept")
		}
		fresh[i] = !slices.ContainsFunc(m.received, func(x contrechamp.Received) bool { return x.Capture.Digest == r.Capture.Digest })
		m.received = append(m.received, r)
	}
	return fresh, nil
}

func (m *memory) Delete(_ context.Context, d contrechamp.Digest) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.bytes, d)
	return nil
}

func (m *memory) Withholding(_ context.Context, d contrechamp.Digest) (contrechamp.Withholding, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	w, ok := m.withheld[d]
	if !ok {
		return w, contrechamp.ErrNotFound
	}
	return w, nil
}

func (m *memory) ErasedBytes(_ context.Context, digests []contrechamp.Digest) (map[contrechamp.Digest]bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := map[contrechamp.Digest]bool{}
	for _, d := range digests {
		if _, ok := m.withheld[d]; ok {
			out[d] = true
		}
	}
	return out, nil
}

func newMemory() *memory { return &memory{bytes: map[contrechamp.Digest][]byte{}} }

func write(t *testing.T, root, name, content string) string {
	t.Helper()
	path := filepath.Join(root, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// add runs a capturer over paths and returns outcomes by path relative to root.
func add(t *testing.T, c *Capturer, root string, paths ...string) map[string]Outcome {
	t.Helper()
	got := map[string]Outcome{}
	err := c.Add(t.Context(), paths, func(o Outcome) {
		name, err := filepath.Rel(root, o.Path)
		if err != nil {
			name = o.Path
		}
		got[name] = o
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestAddWalksFoldersAndKeepsBytes(t *testing.T) {
	root := t.TempDir()
	write(t, root, "a.txt", "un texte")
	write(t, root, "sub/été.html", "<html><body><p>une page</p></body></html>")
	write(t, root, "sub/copy.txt", "un texte")
	write(t, root, ".hidden/x.txt", "caché")
	write(t, root, "empty.txt", "")
	if err := os.Symlink(root, filepath.Join(root, "sub", "circle")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(root, "missing"), filepath.Join(root, "nowhere")); err != nil {
		t.Fatal(err)
	}
	m := newMemory()
	at := time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)
	c := &Capturer{Blobs: m, Recorder: m, Now: func() time.Time { return at }}
	got := add(t, c, root, root)
	var names []string
	for n := range got {
		names = append(names, n)
	}
	slices.Sort(names)
	if want := []string{"a.txt", "empty.txt", "nowhere", "sub/copy.txt", "sub/été.html"}; !slices.Equal(names, want) {
		t.Fatalf("got %q, want %q", names, want)
	}
	if err := got["nowhere"].Err; !errors.Is(err, contrechamp.ErrInvalid) || !strings.Contains(err.Error(), "leads nowhere") {
		t.Errorf("nowhere: %v", err)
	}
	if got["a.txt"].Digest != contrechamp.Sum([]byte("un texte")) || got["a.txt"].Digest != got["sub/copy.txt"].Digest {
		t.Errorf("a.txt is %v, its copy %v", got["a.txt"], got["sub/copy.txt"])
	}
	if got["a.txt"].Fresh == got["sub/copy.txt"].Fresh {
		t.Error("one of two copies is new, the other is not")
	}
	for _, r := range m.received {
		if r.Sighting.Name != filepath.Base(r.Sighting.Path) || !r.Capture.CapturedAt.Equal(at) || r.Sighting.ModifiedAt.IsZero() ||
			r.Capture.State != contrechamp.Waiting || r.Capture.Length != int64(len(m.bytes[r.Capture.Digest])) {
			t.Errorf("recorded %+v", r)
		}
		if strings.HasSuffix(r.Sighting.Name, ".html") && r.Capture.MediaType != "text/html" {
			t.Errorf("%s is %s", r.Sighting.Name, r.Capture.MediaType)
		}
	}
}

func TestAddStandardInput(t *testing.T) {
	m := newMemory()
	c := &Capturer{Blobs: m, Recorder: m, Stdin: strings.NewReader("Bonjour")}
	got := add(t, c, "", Stdin)
	if len(m.received) != 1 || m.received[0].Sighting.Name != "standard input" || !m.received[0].Sighting.ModifiedAt.IsZero() {
		t.Errorf("got %v, recorded %+v", got, m.received)
	}
	c.Stdin = nil
	if got := add(t, c, "", Stdin); !errors.Is(got[Stdin].Err, contrechamp.ErrInvalid) {
		t.Errorf("without standard input: %v", got)
	}
}

// endless is standard input that never ends by itself.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	copy(p, bytes.Repeat([]byte("a"), len(p)))
	return len(p), nil
}

func TestAddHoldsItsLimit(t *testing.T) {
	root := t.TempDir()
	path := write(t, root, "large.txt", strings.Repeat("a", 101))
	m := newMemory()
	c := &Capturer{Blobs: m, Recorder: m, MaxBytes: 100, Stdin: endless{}}
	for name, o := range add(t, c, root, path, Stdin) {
		if !errors.Is(o.Err, contrechamp.ErrInvalid) || contrechamp.Hint(o.Err) == "" {
			t.Errorf("%s: %v", name, o.Err)
		}
	}
	if len(m.received) != 0 {
		t.Errorf("recorded %v", m.received)
	}
}

func TestAddEndsWhenTheStoreFails(t *testing.T) {
	root := t.TempDir()
	for i := range 500 {
		write(t, root, fmt.Sprintf("%d.txt", i), fmt.Sprint("texte ", i))
	}
	m := newMemory()
	m.fail = contrechamp.ErrUnavailable
	c := &Capturer{Blobs: m, Recorder: m}
	err := c.Add(t.Context(), []string{root}, func(o Outcome) { t.Errorf("reported %v as captured", o.Path) })
	if !errors.Is(err, contrechamp.ErrUnavailable) {
		t.Errorf("got %v, want ErrUnavailable", err)
	}
}

func TestAddStops(t *testing.T) {
	root := t.TempDir()
	for i := range 1000 {
		write(t, root, fmt.Sprintf("%d.txt", i), fmt.Sprint("texte ", i))
	}
	m := newMemory()
	ctx, cancel := context.WithCancel(t.Context())
	c := &Capturer{Blobs: m, Recorder: m}
	reported := 0
	err := c.Add(ctx, []string{root}, func(o Outcome) {
		if reported++; reported == 70 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	if len(m.received) < reported || reported >= 1000 {
		t.Errorf("%d reported, %d recorded", reported, len(m.received))
	}
}

func TestCountMeetsWhatAddMeets(t *testing.T) {
	root := t.TempDir()
	write(t, root, "a.txt", "1234")
	write(t, root, "b/c.txt", "56")
	n, size, err := Count(t.Context(), []string{root})
	if err != nil || n != 2 || size != 6 {
		t.Errorf("Count = %d, %d, %v", n, size, err)
	}
}

// What is withheld is refused with the reason, alone and in an archive; its bytes do not stay, nor does what a withheld archive
// holds come in by it.
func TestWithheldIsRefused(t *testing.T) {
	root := t.TempDir()
	write(t, root, "letter.txt", "withheld words")
	write(t, root, "other.txt", "other words")
	pack := func(name string, members map[string]string) string {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, member := range slices.Sorted(maps.Keys(members)) {
			w, err := z.Create(member)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write([]byte(members[member])); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return write(t, root, name, b.String())
	}
	pack("holds.zip", map[string]string{"a.txt": "withheld words", "b.txt": "more words"})
	pack("sealed.zip", map[string]string{"c.txt": "inner words"})
	sealed, err := os.ReadFile(filepath.Join(root, "sealed.zip"))
	if err != nil {
		t.Fatal(err)
	}
	m := newMemory()
	m.withheld = map[contrechamp.Digest]contrechamp.Withholding{}
	for _, b := range [][]byte{[]byte("withheld words"), sealed} {
		m.withheld[contrechamp.Sum(b)] = contrechamp.Withholding{Capture: contrechamp.Sum(b), Ground: contrechamp.ByOrder, Reason: "the court wants it so"}
	}
	got := add(t, &Capturer{Blobs: m, Recorder: m}, root, root)
	for _, name := range []string{"letter.txt", "sealed.zip", "holds.zip!/a.txt"} {
		if err := got[name].Err; !errors.Is(err, contrechamp.ErrWithheld) || !strings.Contains(err.Error(), "the court wants it so") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if hint := contrechamp.Hint(got["holds.zip!/a.txt"].Err); !strings.Contains(hint, "contrechamp withhold ") {
		t.Errorf("the archive that holds it is not named: %q", hint)
	}
	for _, name := range []string{"other.txt", "holds.zip", "holds.zip!/b.txt"} {
		if o, ok := got[name]; !ok || o.Err != nil {
			t.Errorf("%s: %v", name, o.Err)
		}
	}
	if _, came := got["sealed.zip!/c.txt"]; came || m.bytes[contrechamp.Sum([]byte("inner words"))] != nil {
		t.Error("what a withheld archive holds came in by it")
	}
	for d := range m.withheld {
		if m.bytes[d] != nil {
			t.Errorf("the bytes of %s stay", d.Short())
		}
	}
}
