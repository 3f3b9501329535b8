package main

import (
	"bytes"
	"context"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"contrechamp.org/contrechamp/internal/ledger"
	"contrechamp.org/contrechamp/internal/ledger/attest"
	"contrechamp.org/contrechamp/internal/ledger/stamp/stamptest"
)

// TestServeAsks has serve ask an authority in the background, without being told to.
func TestServeAsks(t *testing.T) {
	data := t.TempDir()
	a, err := stamptest.New(stamptest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	good := httptest.NewServer(a)
	defer good.Close()
	if err := os.WriteFile(filepath.Join(data, "root.pem"), a.Roots().PEM(), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(data, "authorities"), []byte("authority good "+good.URL+" root.pem\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	document := filepath.Join(t.TempDir(), "un.txt")
	if err := os.WriteFile(document, []byte("La ville de Valbrune compte 48 caméras de vidéosurveillance."), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"--data", data, "add", document}, nil, &out, &errs); code != exitOK {
		t.Fatalf("add: %d %s", code, errs.String())
	}
	ctx, stop := context.WithCancel(t.Context())
	var ended sync.WaitGroup
	var said, problems bytes.Buffer
	ended.Go(func() {
		run(ctx, []string{"--data", data, "serve", "--addr", "127.0.0.1:0"}, nil, &said, &problems)
	})
	log := ledger.Folder(filepath.Join(data, "ledger"))
	for until := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) { // there is nothing to wait on but the file
		s, err := attest.ReadStatus(log)
		if err != nil {
			t.Fatal(err)
		}
		if s.Parties["authority good"].Size == 1 {
			break
		}
		if time.Now().After(until) {
			stop()
			ended.Wait()
			t.Fatalf("nobody was asked: %+v\n%s", s, problems.String())
		}
	}
	stop()
	ended.Wait()
	kept, err := attest.List(log)
	if err != nil || len(kept) != 1 || len(kept[0].Stamps) != 1 {
		t.Errorf("kept %+v, %v", kept, err)
	}
}
