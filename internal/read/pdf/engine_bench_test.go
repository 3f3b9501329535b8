package pdf

import (
	"context"
	"encoding/gob"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkRoads tells what a page costs on each road: of the quick reader, of PDFium's own work alone, of PDFium with the
// cutting into pieces, and of the sending. Pages that the quick reader leaves to PDFium are counted as such.
func BenchmarkRoads(b *testing.B) {
	folder := os.Getenv("CONTRECHAMP_BENCH_PDFS")
	if folder == "" {
		b.Skip("CONTRECHAMP_BENCH_PDFS names no folder of PDF documents")
	}
	names, err := filepath.Glob(filepath.Join(folder, "*.pdf"))
	if err != nil || len(names) == 0 {
		b.Fatalf("no *.pdf in %s (%v)", folder, err)
	}
	var documents [][]byte
	for _, name := range names {
		document, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		documents = append(documents, document)
	}
	b.Run("quick", func(b *testing.B) {
		pages, left := 0, 0
		for b.Loop() {
			for _, document := range documents {
				q, err := openQuick(document, &room{})
				if err != nil {
					left++
					continue
				}
				for i := range q.pages {
					if _, err := q.page(i); err != nil {
						left++
					}
				}
				pages += len(q.pages)
			}
		}
		b.ReportMetric(float64(pages)/b.Elapsed().Seconds(), "pages/s")
		b.ReportMetric(float64(left)/float64(pages+left), "left-to-PDFium")
	})
	ctx := context.Background()
	e := testEngine(b)
	defer e.close(ctx)
	encoder := gob.NewEncoder(io.Discard)
	for _, c := range []struct {
		name string
		page func(i int)
	}{
		{"pdfium", func(i int) {
			page := e.call(ctx, "FPDF_LoadPage", e.document, uint64(i))
			text := e.call(ctx, "FPDFText_LoadPage", page)
			e.call(ctx, "FPDFText_CountChars", text)
			e.call(ctx, "FPDFText_ClosePage", text)
			e.call(ctx, "FPDF_ClosePage", page)
		}},
		{"pieces", func(i int) { e.page(ctx, i) }},
		{"sent", func(i int) {
			p := e.page(ctx, i)
			if err := encoder.Encode(answer{Page: &p}); err != nil {
				b.Fatal(err)
			}
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			pages := 0
			for b.Loop() {
				for _, document := range documents {
					n, err := e.open(ctx, document)
					if err != nil {
						b.Fatal(err)
					}
					for i := range n {
						c.page(i)
					}
					pages += n
					e.shut(ctx)
				}
			}
			b.ReportMetric(float64(pages)/b.Elapsed().Seconds(), "pages/s")
		})
	}
}
