package testenv

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// Tool answers where a program is that tests start: on the path, or in bin/, where `make test` builds what no package
// has. A test is skipped where it is not.
func Tool(t testing.TB, name string) string {
	t.Helper()
	if path, err := exec.LookPath(name); err == nil {
		return path
	}
	path := filepath.Join(Root(t), "bin", name)
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		Skip(t, "there is no "+name+" (make bin/"+name+")")
	}
	return path
}

// FreeAddress is a loopback address at which nobody listens at this moment.
func FreeAddress(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// Serve starts a server that ends with the test, and waits until it answers at addr.
func Serve(t testing.TB, addr, program string, args ...string) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	c := exec.CommandContext(ctx, program, args...)
	var said bytes.Buffer
	c.Stdout, c.Stderr = &said, &said
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = c.Wait() // it is killed when the test ends
		close(ended)
	}()
	t.Cleanup(func() {
		stop()
		<-ended
	})
	if err := await(addr, ended); err != nil {
		t.Fatalf("%s: %v: %s", filepath.Base(program), err, said.String())
	}
}

func await(addr string, ended <-chan struct{}) error {
	const patience = 30 * time.Second
	for until := time.Now().Add(patience); ; {
		conn, err := net.Dial("tcp", addr)
		if err == nil {
			return conn.Close()
		}
		if time.Now().After(until) {
			return fmt.Errorf("no answer: %w", err)
		}
		select {
		case <-ended:
			return fmt.Errorf("it ended: %w", err)
		case <-time.After(20 * time.Millisecond): // there is nothing to wait on but the next try
		}
	}
}
