//go:build unix

package witness_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"testing"
	"time"

	"github.com/transparency-dev/tessera"
	"github.com/transparency-dev/tessera/storage/posix"
	"golang.org/x/mod/sumdb/note"

	"contrechamp.org/contrechamp/internal/ledger"
	"contrechamp.org/contrechamp/internal/ledger/witness"
)

// TestForeignClient has somebody else's log, which asks by its own client, be cosigned here: once more with each batch, from
// a fresh start too. Its checkpoints are not published without.
func TestForeignClient(t *testing.T) {
	skey, vkey, err := note.GenerateKey(rand.Reader, "foreign.example/log")
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(skey)
	if err != nil {
		t.Fatal(err)
	}
	log, err := ledger.ParseVerifierKey(vkey)
	if err != nil {
		t.Fatal(err)
	}
	w := start(t, witness.Config{Dir: t.TempDir(), Key: key(t, "sister.example/witness"), Logs: []ledger.VerifierKey{log}, Burst: 1000})
	address, err := url.Parse(w.http.URL)
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := tessera.NewWitness(w.VerifierKey().String(), address)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	size := int64(0)
	for run := range 2 {
		ctx, stop := context.WithCancel(t.Context())
		driver, err := posix.New(ctx, posix.Config{Path: dir})
		if err != nil {
			t.Fatal(err)
		}
		appender, shutdown, reader, err := tessera.NewAppender(ctx, driver, tessera.NewAppendOptions().WithCheckpointSigner(signer).
			WithBatching(8, 50*time.Millisecond).WithCheckpointInterval(100*time.Millisecond).
			WithWitnesses(tessera.NewWitnessGroup(1, foreign), &tessera.WitnessOptions{Timeout: 10 * time.Second}))
		if err != nil {
			t.Fatal(err)
		}
		for i := range 20 {
			if _, err := appender.Add(ctx, tessera.NewEntry(fmt.Appendf(nil, "entry %d of run %d", i, run)))(); err != nil {
				t.Fatal(err)
			}
			size++
		}
		if err := shutdown(ctx); err != nil { // waits until a checkpoint covers all
			t.Fatal(err)
		}
		signed, err := reader.ReadCheckpoint(ctx)
		if err != nil {
			t.Fatal(err)
		}
		point, err := ledger.ParseCheckpoint(signed, log, w.VerifierKey())
		if err != nil || point.Size != size || len(point.SignedBy) != 2 || point.CosignedAt(w.VerifierKey()).IsZero() {
			t.Errorf("run %d: %d of %d entries, signed by %v: %v", run, point.Size, size, point.SignedBy, err)
		}
		stop()
	}
}
