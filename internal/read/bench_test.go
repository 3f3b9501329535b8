package read

import (
	"bytes"
	"context"
	"testing"
	"time"

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

// BenchmarkHTML has go-trafilatura as its peer, which finds an article and no structure.
func BenchmarkHTML(b *testing.B) {
	benchmark(b, "testdata/*.html", readBytes)
	ours := float64(b.N) / b.Elapsed().Seconds()
	documents := matching(b, "testdata/*.html")
	const rounds = 20
	began := time.Now()
	for range rounds {
		for _, d := range documents {
			if err := trafilaturaBytes(d); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(ours*time.Since(began).Seconds()/float64(rounds*len(documents)), "x-go-trafilatura")
}
func BenchmarkText(b *testing.B) { benchmark(b, "testdata/*.txt", readBytes) }

// BenchmarkTrafilatura is the peer: the library as its users call it, which finds an article and no structure.
func BenchmarkTrafilatura(b *testing.B) {
	benchmark(b, "testdata/*.html", trafilaturaBytes)
}

func trafilaturaBytes(d []byte) error {
	_, err := trafilatura.Extract(bytes.NewReader(d), trafilatura.Options{ExcludeComments: true})
	return err
}

// BenchmarkLanguage tells the language of sentences in all languages that are told apart.
func BenchmarkLanguage(b *testing.B) {
	var all []string
	for _, list := range languageSentences {
		all = append(all, list...)
	}
	n := 0
	for b.Loop() {
		languageOf(all[n%len(all)])
		n++
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "texts/s")
}
