package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// maxSize is what the program may have, stripped: small enough to be sent by mail, and to be read whole.
const maxSize = 6 << 20

// allowed is everything outside the standard library that the program is made of.
var allowed = []string{
	"contrechamp.org/contrechamp",
	"contrechamp.org/contrechamp/cmd/contrechamp-verify",
	"contrechamp.org/contrechamp/internal/durable", // package ledger keeps keys with it; here it only reads
	"contrechamp.org/contrechamp/internal/ledger",
	"contrechamp.org/contrechamp/internal/ledger/bundle",
	"contrechamp.org/contrechamp/internal/ledger/stamp",
	"github.com/digitorus/pkcs7",
	"github.com/digitorus/timestamp",
	"github.com/transparency-dev/formats/note",
	"golang.org/x/mod/sumdb/note",
	"golang.org/x/mod/sumdb/tlog",
	"golang.org/x/sys/unix",
	"golang.org/x/sys/windows",
}

// TestImports keeps the program what it says it is: no store, no network client, nothing unknown.
func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range strings.Fields(string(out)) {
		ok := false
		for _, a := range allowed {
			ok = ok || a == path
		}
		if !ok {
			t.Errorf("it is made of %s too: what for?", path)
		}
	}
	out, err = exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range strings.Fields(string(out)) {
		switch path {
		case "net/http", "crypto/tls", "database/sql", "plugin", "net/rpc":
			t.Errorf("it is made of %s", path)
		}
	}
}

func TestSize(t *testing.T) {
	path := filepath.Join(t.TempDir(), "contrechamp-verify")
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", path, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d bytes", info.Size())
	if info.Size() > maxSize {
		t.Errorf("it has %d bytes, and may have %d", info.Size(), maxSize)
	}
}
