package log_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
	"contrechamp.org/contrechamp/internal/ledger/log"
	"contrechamp.org/contrechamp/internal/store"
)

// register is a store with the folders of its log.
type register struct {
	dir   string
	store *store.Database
}

func newRegister(t testing.TB) *register {
	t.Helper()
	r := &register{dir: t.TempDir()}
	var err error
	if r.store, err = store.Open(t.Context(), store.Options{Dir: r.dir}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.store.Close() })
	return r
}

func (r *register) options() log.Options {
	return log.Options{Dir: filepath.Join(r.dir, "ledger"), Keys: ledger.Keyring(filepath.Join(r.dir, "keys")), Leaves: r.store, Create: true, Name: "log.example.org"}
}

func (r *register) open(t testing.TB) *log.Log {
	t.Helper()
	l, err := log.Open(t.Context(), r.options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

var count int

// add records n captures.
func (r *register) add(t testing.TB, n int) {
	t.Helper()
	var all []contrechamp.Received
	for range n {
		count++
		d := contrechamp.Sum(fmt.Appendf(nil, "%d", count))
		at := time.Unix(int64(count), 0)
		all = append(all, contrechamp.Received{Capture: contrechamp.Capture{Digest: d, Length: 3, CapturedAt: at},
			Sighting: contrechamp.Sighting{Capture: d, Name: "n", Path: fmt.Sprint(count), CapturedAt: at}})
	}
	if _, err := r.store.RecordCaptures(t.Context(), all); err != nil {
		t.Fatal(err)
	}
}

// check looks at every leaf of the store: it is logged, and its proof holds.
func (r *register) check(t *testing.T, want int64, keys ...ledger.VerifierKey) {
	t.Helper()
	folder := ledger.Folder(r.options().Dir)
	signed, err := folder.Checkpoint()
	if err != nil {
		t.Fatal(err)
	}
	c, err := ledger.ParseCheckpoint(signed, keys...)
	if err != nil || c.Size != want {
		t.Fatalf("the checkpoint covers %d leaves, want %d (%v)", c.Size, want, err)
	}
	logged, pending, err := r.store.CountLeaves(t.Context())
	if err != nil || logged != want || pending != 0 {
		t.Fatalf("the store has %d leaves logged and %d waiting, %v; want %d", logged, pending, err, want)
	}
	all, err := r.store.LoggedLeaves(t.Context(), 0, int(want)+1)
	if err != nil || int64(len(all)) != want {
		t.Fatalf("%d leaves, %v", len(all), err)
	}
	for i, l := range all {
		if l.Index != int64(i) {
			t.Fatalf("leaf %d is at %d", i, l.Index)
		}
		if entry, err := folder.Entry(l.Index, c.Size); err != nil || string(entry) != string(l.Text) {
			t.Fatalf("entry %d is %q, %v", i, entry, err)
		}
		p, err := folder.Prove(c, l.Index)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Verify(l.Text, ledger.LogPolicy(keys...)); err != nil {
			t.Fatal(err)
		}
	}
	notes, err := folder.Checkpoints()
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range notes {
		earlier, err := ledger.ParseCheckpoint(n, keys...)
		if err != nil {
			t.Fatal(err)
		}
		proof, err := folder.ProveConsistency(c.Tree(), earlier.Size)
		if err != nil {
			t.Fatal(err)
		}
		if err := ledger.VerifyConsistency(proof, earlier.Tree(), c.Tree()); err != nil {
			t.Error(err)
		}
	}
	if last := notes[len(notes)-1]; string(last) != string(signed) {
		t.Error("the newest checkpoint is not the last that is kept")
	}
}

func TestCover(t *testing.T) {
	r := newRegister(t)
	l := r.open(t)
	total := 0
	for _, n := range []int{1, 64, 256, 300, 2, 600} {
		r.add(t, n)
		if err := l.Cover(t.Context()); err != nil {
			t.Fatal(err)
		}
		total += n
		r.check(t, int64(total), l.Key())
	}
	if err := l.Cover(t.Context()); err != nil { // nothing waits
		t.Fatal(err)
	}
	if found, err := filepath.Glob(filepath.Join(r.dir, "ledger/tile/entries/00[0-3].p")); err != nil || len(found) > 0 {
		t.Errorf("partial bundles of full ones are left: %v, %v", found, err)
	}
	for path, mode := range map[string]os.FileMode{"keys": 0o700, "keys/log.key": 0o600} {
		info, err := os.Stat(filepath.Join(r.dir, path))
		if err != nil || info.Mode().Perm() != mode {
			t.Errorf("%s: %v, %v, want %v", path, info.Mode(), err, mode)
		}
	}
	// closed and opened, it goes on
	key := l.Key()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	r.add(t, 5)
	if err := r.open(t).Cover(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.check(t, int64(total+5), key)
}

// TestFoundAgain lets the store forget where leaves are, as if it had been killed before it learned: they are found in
// the log, and none is logged twice.
func TestFoundAgain(t *testing.T) {
	r := newRegister(t)
	l := r.open(t)
	r.add(t, 300)
	if err := l.Cover(t.Context()); err != nil {
		t.Fatal(err)
	}
	key := l.Key()
	r.add(t, 20)
	forget := &forgetful{Database: r.store, fail: true}
	o := r.options()
	o.Leaves = forget
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	l, err := log.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Cover(t.Context()); !errors.Is(err, errForgot) {
		t.Fatalf("got %v", err)
	}
	forget.fail = false
	r.add(t, 3)
	if err := l.Cover(t.Context()); err != nil { // in the same process
		t.Fatal(err)
	}
	r.check(t, 323, key)
	r.add(t, 4)
	forget.fail = true
	if err := l.Cover(t.Context()); !errors.Is(err, errForgot) {
		t.Fatalf("got %v", err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	r.open(t) // and in the next one
	r.check(t, 327, key)
}

var errForgot = errors.New("forgot")

type forgetful struct {
	*store.Database
	fail bool
}

func (f *forgetful) PutIndexes(ctx context.Context, l []contrechamp.KeptLeaf) error {
	if f.fail {
		return errForgot
	}
	return f.Database.PutIndexes(ctx, l)
}

func TestRotate(t *testing.T) {
	r := newRegister(t)
	l := r.open(t)
	r.add(t, 3)
	if err := l.Cover(t.Context()); err != nil {
		t.Fatal(err)
	}
	old, next, err := l.Rotate(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if l.Key().String() != next.String() || old.String() == next.String() || old.Name() != next.Name() {
		t.Errorf("from %s to %s, and %s signs", old, next, l.Key())
	}
	signed, err := l.Folder().Checkpoint()
	if err != nil {
		t.Fatal(err)
	}
	if c, err := ledger.ParseCheckpoint(signed, old, next); err != nil || len(c.SignedBy) != 2 {
		t.Errorf("the checkpoint that announces the key is signed by %v, %v", c.SignedBy, err)
	}
	r.check(t, 4, old)
	r.add(t, 1)
	if err := l.Cover(t.Context()); err != nil {
		t.Fatal(err)
	}
	if signed, err = l.Folder().Checkpoint(); err != nil {
		t.Fatal(err)
	}
	if _, err := ledger.ParseCheckpoint(signed, old); !errors.Is(err, contrechamp.ErrAltered) {
		t.Errorf("the old key still signs: %v", err)
	}
	r.check(t, 5, old, next)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	r.open(t)
}

func TestRefused(t *testing.T) {
	r := newRegister(t)
	l := r.open(t)
	r.add(t, 300)
	if err := l.Cover(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := log.Open(t.Context(), r.options()); !errors.Is(err, contrechamp.ErrConflict) {
		t.Errorf("opened twice: %v", err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		change func(o *log.Options)
		kind   error
	}{
		"without its key": {func(o *log.Options) { o.Keys = ledger.Keyring(t.TempDir()) }, contrechamp.ErrNotFound},
		"without its log": {func(o *log.Options) { o.Dir = t.TempDir() }, contrechamp.ErrNotFound},
		"of another key":  {func(o *log.Options) { o.Keys = otherKeys(t) }, contrechamp.ErrConflict},
		"that was not asked": {func(o *log.Options) {
			o.Leaves, o.Keys, o.Create = newRegister(t).store, ledger.Keyring(t.TempDir()), false
		}, contrechamp.ErrNotFound},
		"with a bad name": {func(o *log.Options) {
			o.Leaves, o.Keys, o.Name = newRegister(t).store, ledger.Keyring(t.TempDir()), "a b"
		}, contrechamp.ErrInvalid},
		"that is newer": {func(o *log.Options) { o.Dir = olderLog(t, r) }, contrechamp.ErrAltered},
	} {
		o := r.options()
		tt.change(&o)
		if l, err := log.Open(t.Context(), o); !errors.Is(err, tt.kind) || contrechamp.Hint(err) == "" && !errors.Is(err, contrechamp.ErrInvalid) {
			t.Errorf("a log %s: %v with the hint %q, want %v", name, err, contrechamp.Hint(err), tt.kind)
			_ = l
		}
	}
}

func otherKeys(t *testing.T) ledger.Keyring {
	t.Helper()
	k := ledger.Keyring(t.TempDir())
	if _, err := k.Create("log.example.org"); err != nil {
		t.Fatal(err)
	}
	return k
}

// olderLog is a log under the same key with fewer leaves.
func olderLog(t *testing.T, r *register) string {
	t.Helper()
	other := newRegister(t)
	key, err := r.options().Keys.Key()
	if err != nil {
		t.Fatal(err)
	}
	if err := other.options().Keys.Install(key); err != nil {
		t.Fatal(err)
	}
	l := other.open(t)
	other.add(t, 2)
	if err := l.Cover(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return other.options().Dir
}

// TestShared lets one process record what another one logs.
func TestShared(t *testing.T) {
	r := newRegister(t)
	l := r.open(t)
	o := r.options()
	o.Shared, o.Patience = true, 300*time.Millisecond
	second, err := log.Open(t.Context(), o)
	if err != nil || !second.Follows() {
		t.Fatalf("%v, %v", second, err)
	}
	o.Keys, o.Patience = ledger.Keyring(t.TempDir()), time.Minute // on another machine
	third, err := log.Open(t.Context(), o)
	if err != nil || !third.Follows() {
		t.Fatalf("%v, %v", third, err)
	}
	r.add(t, 2)
	if err := second.Cover(t.Context()); !errors.Is(err, contrechamp.ErrUnavailable) {
		t.Errorf("nobody logs: %v", err)
	}
	done := make(chan error, 1)
	go func() { done <- third.Cover(t.Context()) }()
	if err := l.Cover(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	if _, _, err := second.Rotate(t.Context()); !errors.Is(err, contrechamp.ErrConflict) {
		t.Errorf("rotate: %v", err)
	}
}

func TestTilesAreAsOthersComputeThem(t *testing.T) {
	r := newRegister(t)
	l := r.open(t)
	r.add(t, 700)
	if err := l.Cover(t.Context()); err != nil {
		t.Fatal(err)
	}
	all, err := r.store.LoggedLeaves(t.Context(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var out []tlog.Hash
		for _, i := range indexes {
			out = append(out, stored[i])
		}
		return out, nil
	})
	for i, leaf := range all {
		more, err := tlog.StoredHashes(int64(i), leaf.Text, reader)
		if err != nil {
			t.Fatal(err)
		}
		stored = append(stored, more...)
	}
	want, err := tlog.TreeHash(int64(len(all)), reader)
	if err != nil {
		t.Fatal(err)
	}
	state, err := l.Folder().State()
	if err != nil || state.Hash != want {
		t.Errorf("root %v, %v, want %v", state.Hash, err, want)
	}
}
