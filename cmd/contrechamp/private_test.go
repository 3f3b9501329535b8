package main

import (
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"contrechamp.org/contrechamp/internal/testenv"
)

// TestPrivateAddress asks a server for its health and its counters, where they are meant to be and where not.
func TestPrivateAddress(t *testing.T) {
	place := inData(filepath.Join(t.TempDir(), "data"))
	place.say(t, "add", samples(t))
	public, private := testenv.FreeAddress(t), testenv.FreeAddress(t)
	serve := place.begin(t, "serve", "--addr", public, "--private", private)
	get := func(address string) (int, string) {
		t.Helper()
		for until := time.Now().Add(20 * time.Second); ; {
			resp, err := http.Get("http://" + address)
			if err != nil {
				serve.still(t)
				if time.Now().After(until) {
					t.Fatal(err)
				}
				continue // it is starting
			}
			defer resp.Body.Close()
			body, err := io.ReadAll(resp.Body)
			if err != nil {
				t.Fatal(err)
			}
			return resp.StatusCode, string(body)
		}
	}
	if status, _ := get(public + "/fr/"); status != http.StatusOK {
		t.Errorf("the home page answers %d", status)
	}
	for path, want := range map[string]string{"/healthz": "ok", "/readyz": "ready", "/debug/pprof/": "goroutine", "/metrics": "contrechamp_documents 14"} {
		if status, body := get(private + path); status != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%s: got %d, %.500s, want %q", path, status, body, want)
		}
		if status, _ := get(public + path); status == http.StatusOK {
			t.Errorf("%s can be had at the public address", path)
		}
	}
	_, body := get(private + "/metrics")
	for _, want := range []string{`contrechamp_requests_total{status="2xx"} 1`, `contrechamp_requests_total{status="4xx"} 4`, "contrechamp_documents_waiting 0", "process_resident_memory_bytes"} {
		if !strings.Contains(body, want) {
			t.Errorf("the counters lack %s:\n%s", want, body)
		}
	}
	if err := serve.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	serve.end(t)
}
