package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"contrechamp.org/contrechamp/internal/testenv"
)

// BenchmarkAddOnServer adds the same documents to a folder, and to PostgreSQL with a bucket, on loopback: processor time
// of the program itself, a document, and the ratio. What the servers use comes on top.
func BenchmarkAddOnServer(b *testing.B) {
	const documents = 700
	folder := b.TempDir()
	samples, err := filepath.Glob(filepath.Join(testenv.Root(b), "examples", "documents", "*"))
	if err != nil || len(samples) == 0 {
		b.Fatal("no samples", err)
	}
	for n := range documents {
		text, err := os.ReadFile(samples[n%len(samples)])
		if err != nil {
			b.Fatal(err)
		}
		name := fmt.Sprintf("%04d%s", n, filepath.Ext(samples[n%len(samples)]))
		if err := os.WriteFile(filepath.Join(folder, name), fmt.Appendf(text, "\n%d\n", n), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	endpoint := testenv.S3(b)
	cost := func(w where) time.Duration {
		c := w.command(b, "add", folder)
		if out, err := c.CombinedOutput(); err != nil {
			b.Fatalf("add: %v: %s", err, out)
		}
		return c.ProcessState.UserTime() + c.ProcessState.SystemTime()
	}
	var embedded, server time.Duration
	n := 0
	for b.Loop() {
		n++
		embedded += cost(inData(filepath.Join(b.TempDir(), "data")))
		server += cost(where{"--db", testenv.Postgres(b), "--blobs", fmt.Sprintf("s3://evidence/%d?endpoint=http://%s&path-style=true", n, endpoint)})
	}
	b.ReportMetric(server.Seconds()*1000/float64(n*documents), "ms-of-processor/document")
	b.ReportMetric(server.Seconds()/embedded.Seconds(), "x-embedded")
}
