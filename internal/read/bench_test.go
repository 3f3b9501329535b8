package read

import (
	"bytes"
	"context"
	"testing"

	"github.com/markusmobius/go-trafilatura"
)

// benchmark reads the documents of testdata in turn and prints documents and megabytes a second.
func benchmark(b *testing.B, pattern string, read func([]byte) error) {
	var documents [][]byte
	for _, d := range matching(b, pattern) {
		if len(d) > 0 && bytes.IndexByte(d, 0) < 0 { // no picture
			documents = append(documents, d)
		}
	}
	b.ReportAllocs()
	size, n := 0, 0
	for b.Loop() {
		d := documents[n%len(documents)]
		if err := read(d); err != nil {
			b.Fatal(err)
		}
		size += len(d)
		n++
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "documents/s")
	b.ReportMetric(float64(size)/1e6/b.Elapsed().Seconds(), "MB/s")
}

func readBytes(d []byte) error {
	_, err := Read(context.Background(), Source{Bytes: d, Now: now})
	return err
}

func BenchmarkHTML(b *testing.B) { benchmark(b, "testdata/*.html", readBytes) }
func BenchmarkText(b *testing.B) { benchmark(b, "testdata/*.txt", readBytes) }

// BenchmarkTrafilatura is the peer: the library as its users call it, which finds an article and no structure.
func BenchmarkTrafilatura(b *testing.B) {
	benchmark(b, "testdata/*.html", func(d []byte) error {
		_, err := trafilatura.Extract(bytes.NewReader(d), trafilatura.Options{ExcludeComments: true})
		return err
	})
}
