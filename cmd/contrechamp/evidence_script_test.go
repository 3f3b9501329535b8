package main

import (
	"net"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"contrechamp.org/contrechamp/internal/ledger/stamp/stamptest"
)

// withEvidence adds the commands that scripts about evidence need.
func withEvidence(commands map[string]func(*testscript.TestScript, bool, []string)) map[string]func(*testscript.TestScript, bool, []string) {
	commands["appendto"], commands["authority"], commands["await"] = appendTo, startAuthority, awaitAddress
	commands["bit"], commands["free"] = flipBit, freeAddress
	return commands
}

// smallProgram builds contrechamp-verify, and answers the folder that it is in.
func smallProgram(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if out, err := exec.Command("go", "build", "-o", filepath.Join(dir, "contrechamp-verify"), "../contrechamp-verify").CombinedOutput(); err != nil {
		t.Fatalf("build contrechamp-verify: %v\n%s", err, out)
	}
	return dir
}

// startAuthority starts a time-stamping authority, and writes the file that names it: authority FILE.
func startAuthority(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: authority FILE")
	}
	a, err := stamptest.New(stamptest.Options{Name: "Script"})
	ts.Check(err)
	s := httptest.NewServer(a)
	ts.Defer(s.Close)
	path := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(filepath.Dir(path), 0o755))
	ts.Check(os.WriteFile(path+".pem", a.Roots().PEM(), 0o644))
	ts.Check(os.WriteFile(path, []byte("authority script.example "+s.URL+" "+filepath.Base(path)+".pem\n"), 0o644))
}

// freeAddress puts a loopback address at which nobody listens into a variable: free NAME.
func freeAddress(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: free NAME")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Setenv(args[0], l.Addr().String())
	ts.Check(l.Close())
}

// awaitAddress waits until somebody listens: await ADDRESS.
func awaitAddress(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: await ADDRESS")
	}
	for until := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) { // there is nothing to wait on but the next try
		conn, err := net.Dial("tcp", args[0])
		if err == nil {
			ts.Check(conn.Close())
			return
		}
		if time.Now().After(until) {
			ts.Fatalf("nobody listens at %s: %v", args[0], err)
		}
	}
}

// flipBit flips one bit of a file: bit FILE OFFSET, or from its end when the offset is negative.
func flipBit(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: bit FILE OFFSET")
	}
	b, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	at, err := strconv.Atoi(args[1])
	ts.Check(err)
	if at < 0 {
		at += len(b)
	}
	b[at] ^= 1
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b, 0o644))
}

// appendTo adds a line to a file that ends in the middle of one: appendto FILE WORD...; then the quorum of that witness.
func appendTo(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: appendto FILE WORD...")
	}
	path := ts.MkAbs(args[0])
	b, err := os.ReadFile(path)
	ts.Check(err)
	text := strings.TrimRight(string(b), "\n") + strings.Join(args[1:], " ") + "\nquorum sister\n"
	ts.Check(os.WriteFile(path, []byte(text), 0o644))
}
