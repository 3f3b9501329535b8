//go:build unix

package store

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/testenv"
	"contrechamp.org/contrechamp/internal/testenv/measure"
)

// onEach runs a benchmark on both engines.
func onEach(b *testing.B, f func(b *testing.B, open func() *Database)) {
	b.Run("SQLite", func(b *testing.B) {
		f(b, func() *Database { return openTest(b, testOptions(b.TempDir())) })
	})
	b.Run("PostgreSQL", func(b *testing.B) {
		f(b, func() *Database { return openTest(b, serverOptions(testenv.Postgres(b))) })
	})
}

// BenchmarkJobs does jobs whose readings are a sentence why not.
func BenchmarkJobs(b *testing.B) {
	onEach(b, func(b *testing.B, open func() *Database) {
		s := open()
		const jobs = 5000
		n := 0
		for b.Loop() {
			b.StopTimer()
			for range jobs / 50 {
				received := make([]contrechamp.Received, 50)
				for i := range received {
					received[i], _ = article(n)
					n++
				}
				if _, err := s.RecordCaptures(b.Context(), received); err != nil {
					b.Fatal(err)
				}
			}
			b.StartTimer()
			if err := s.Work(b.Context(), 2, true, func(_ context.Context, d contrechamp.Digest) (contrechamp.Reading, error) {
				return contrechamp.Reading{Text: contrechamp.Text{Capture: d}, Reason: "there is nothing to read"}, nil
			}, nil); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "jobs/s")
	})
}

// BenchmarkCopy copies a register to the other engine and back.
func BenchmarkCopy(b *testing.B) {
	const documents = 2000
	words := newVocabulary()
	old := openTest(b, testOptions(b.TempDir()))
	blobs, err := OpenFolder(filepath.Join(b.TempDir(), "blobs"), FolderOptions{})
	if err != nil {
		b.Fatal(err)
	}
	for n := range documents {
		received, _ := article(n)
		if _, err := old.RecordCaptures(b.Context(), []contrechamp.Received{received}); err != nil {
			b.Fatal(err)
		}
		if err := old.SaveReading(b.Context(), words.reading(n, 5, 4)); err != nil {
			b.Fatal(err)
		}
	}
	folder := func() Options { return testOptions(b.TempDir()) }
	server := func() Options { return serverOptions(testenv.Postgres(b)) }
	from, outer := old, b // a sub-benchmark closes what it opens
	for _, to := range []struct {
		name string
		make func() Options
	}{{"there", server}, {"back", folder}} {
		var last *Database
		b.Run(to.name, func(b *testing.B) {
			rows, began := int64(0), measure.ProcessorTime(b)
			for b.Loop() {
				o := to.make()
				o.Copying = true
				last = openTest(outer, o)
				report, err := Copy(b.Context(), Place{from, has{blobs}}, Place{last, has{blobs}}, nil)
				if err != nil {
					b.Fatal(err)
				}
				for _, t := range report.Tables {
					rows += t.Rows
				}
			}
			b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
			b.ReportMetric(float64(rows)/(measure.ProcessorTime(b)-began).Seconds(), "rows/processor-s")
		})
		from = last
	}
}

// has is a place where all bytes are: what is measured is rows.
type has struct{ contrechamp.Blobs }

func (has) Has(context.Context, contrechamp.Digest) (bool, error) { return true, nil }

// BenchmarkSearchOnEach asks both engines for the same frequent and rare words.
func BenchmarkSearchOnEach(b *testing.B) {
	onEach(b, func(b *testing.B, open func() *Database) {
		s := open()
		words := newVocabulary()
		for n := range 500 {
			received, _ := article(n)
			if _, err := s.RecordCaptures(b.Context(), []contrechamp.Received{received}); err != nil {
				b.Fatal(err)
			}
			if err := s.SaveReading(b.Context(), words.reading(n, 50, 2)); err != nil {
				b.Fatal(err)
			}
		}
		for _, rank := range []int{5, 500} {
			b.Run(fmt.Sprintf("rank %d", rank), func(b *testing.B) {
				var worst time.Duration
				for b.Loop() {
					began := time.Now()
					if _, _, err := s.Find(b.Context(), words.query(rank, 1)); err != nil {
						b.Fatal(err)
					}
					worst = max(worst, time.Since(began))
				}
				b.ReportMetric(float64(worst.Microseconds())/1000, "worst-ms")
			})
		}
	})
}
