package ledger_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
)

// TestHalfACheckpoint cuts the last checkpoint that is kept at every byte, as a crash might: the ones before stay, half of one
// is told, and goes when the log is repaired.
func TestHalfACheckpoint(t *testing.T) {
	key := fixedKey(t, "log.example.org", 7)
	m := newTree(t, 3)
	f := ledger.Folder(t.TempDir())
	for n := range int64(3) {
		signed, err := ledger.SignCheckpoint(m.at(t, n+1), key)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.AppendCheckpoint(signed); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(string(f), "checkpoints")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	notes, rest := ledger.SplitCheckpoints(whole)
	if len(notes) != 3 || len(rest) != 0 {
		t.Fatalf("%d checkpoints and %d bytes", len(notes), len(rest))
	}
	begins := len(whole) - len(notes[2]) - 1
	for cut := begins + 1; cut < len(whole); cut++ {
		if err := os.WriteFile(path, whole[:cut], 0o644); err != nil {
			t.Fatal(err)
		}
		if kept, err := f.Checkpoints(); len(kept) != 2 || !errors.Is(err, contrechamp.ErrAltered) {
			t.Fatalf("cut at %d: %d checkpoints, %v", cut, len(kept), err)
		}
		if kept, err := f.RepairCheckpoints(); len(kept) != 2 || err != nil {
			t.Fatalf("cut at %d, repaired: %d checkpoints, %v", cut, len(kept), err)
		}
		if kept, err := f.Checkpoints(); len(kept) != 2 || err != nil {
			t.Fatalf("cut at %d, afterwards: %d checkpoints, %v", cut, len(kept), err)
		}
		if err := f.AppendCheckpoint(notes[2]); err != nil {
			t.Fatal(err)
		}
		if again, err := os.ReadFile(path); err != nil || string(again) != string(whole) {
			t.Fatalf("cut at %d: it is not whole again, %v", cut, err)
		}
	}
}

func TestCopy(t *testing.T) {
	if n, err := ledger.Folder(t.TempDir()).CopyTo(ledger.Folder(t.TempDir())); n != 0 || err != nil {
		t.Errorf("nothing: %d, %v", n, err)
	}
}
