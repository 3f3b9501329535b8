package read

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"contrechamp.org/contrechamp/internal/read/pdf"
)

// A text is the same, byte for byte, whether the quick reader read the pages or PDFium did: on documents that are made here,
// and on those of the folder CONTRECHAMP_TEST_PDFS.
func TestBothReadersOfPDFAgree(t *testing.T) {
	documents := map[string][]byte{"act": act(), "columns": twoColumns(true), "plain": twoColumns(false)}
	if folder := os.Getenv("CONTRECHAMP_TEST_PDFS"); folder != "" {
		err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(path, ".pdf") {
				documents[path], err = os.ReadFile(path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	alone := &pdf.Pool{Cache: engines.PDF.Cache, OnlyPDFium: true}
	defer alone.Close()
	for name, b := range documents {
		src := Source{Bytes: b, Name: name, Now: now}
		ours, err := engines.Read(context.Background(), src)
		theirs, theirErr := Reader{PDF: alone}.Read(context.Background(), src)
		if (err == nil) != (theirErr == nil) {
			t.Errorf("%s: %v, by PDFium %v", name, err, theirErr)
		}
		if ours.Body != theirs.Body || ours.Title != theirs.Title || ours.Published != theirs.Published {
			t.Errorf("%s: the texts differ", name)
		}
		if theirErr == nil && theirs.Reader != "pdf/2+pdfium" {
			t.Errorf("%s: read by %s in place of PDFium", name, theirs.Reader)
		}
	}
}
