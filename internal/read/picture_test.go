package read

import (
	"bytes"
	"context"
	"errors"
	"image/png"
	"strings"
	"testing"

	"golang.org/x/image/tiff"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/read/ocr"
	"contrechamp.org/contrechamp/internal/read/pdf/pdftest"
	"contrechamp.org/contrechamp/internal/testenv"
)

var letter = []string{
	"Le conseil municipal de Valcroix a voté mardi",
	"l'achat de douze caméras pour la place du marché.",
	"Le maire répond que les images servent à la police.",
}

// reading is a reader that reads pictures; the test is skipped where Tesseract is not installed.
func reading(t testing.TB) Reader {
	t.Helper()
	found, err := ocr.Find(context.Background())
	if err != nil {
		testenv.Skip(t, err.Error())
	}
	if !strings.Contains(found.Languages(), "fra") {
		testenv.Skip(t, "Tesseract has no French (Debian: tesseract-ocr-fra)")
	}
	return Reader{PDF: engines.PDF, OCR: found}
}

func TestScannedPage(t *testing.T) {
	f := &pdftest.File{}
	f.Page().Picture(pdftest.Photograph(letter...), 20, 60, 550)
	scan := f.Bytes()
	if _, err := engines.Read(context.Background(), Source{Bytes: scan, Now: now}); err == nil || !strings.Contains(err.Error(), "needs OCR (--ocr)") {
		t.Errorf("without OCR: %v", err)
	}
	text, err := reading(t).Read(context.Background(), Source{Bytes: scan, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	checkText(t, text)
	for _, want := range []string{"Le conseil municipal de Valcroix a voté mardi l'achat de douze caméras", "images servent à la police."} {
		if !strings.Contains(strings.ReplaceAll(text.Body, "’", "'"), want) {
			t.Errorf("%q is not read in %q", want, text.Body)
		}
	}
	if len(text.Layers) != 1 || text.Layers[0].Name != contrechamp.OCR || text.Layers[0].Confidence < 0.8 || text.LayerNameAt(0) != contrechamp.OCR || text.Quality < 0.5 {
		t.Errorf("layers %+v, quality %.2f", text.Layers, text.Quality)
	}
}

// The file's own text stays as it is when OCR reads the page that has none.
func TestScannedPageBesideOthers(t *testing.T) {
	f := &pdftest.File{}
	f.Page().Text(56, 80, 12, "Douze caméras de plus à Valcroix, selon le maire de la commune.")
	f.Page().Picture(pdftest.Photograph(letter...), 20, 60, 550)
	src := Source{Bytes: f.Bytes(), Now: now}
	without, err := engines.Read(context.Background(), src)
	if err != nil {
		t.Fatal(err)
	}
	if len(without.Notes) != 1 || !strings.Contains(without.Notes[0], "page 2: needs OCR") {
		t.Errorf("notes without OCR: %q", without.Notes)
	}
	with, err := reading(t).Read(context.Background(), src)
	if err != nil {
		t.Fatal(err)
	}
	checkText(t, with)
	if !strings.HasPrefix(with.Body, without.Body+"\n\n") {
		t.Errorf("the first layer %q became %q", without.Body, with.Body)
	}
	at := strings.Index(with.Body, "douze caméras")
	if with.LayerNameAt(0) != "" || at < 0 || with.LayerNameAt(at) != contrechamp.OCR {
		t.Errorf("layers of %q: %+v", with.Body, with.Paragraphs)
	}
	if last := with.Paragraphs[len(with.Paragraphs)-1]; last.Page != 2 || last.Layer != 1 {
		t.Errorf("the last paragraph is %+v", last)
	}
}

func TestPictures(t *testing.T) {
	var asPNG, asTIFF, blank bytes.Buffer
	page := pdftest.Photograph(letter...)
	if err := errors.Join(png.Encode(&asPNG, page), tiff.Encode(&asTIFF, page, nil), png.Encode(&blank, pdftest.Photograph())); err != nil {
		t.Fatal(err)
	}
	if _, err := engines.Read(context.Background(), Source{Bytes: asPNG.Bytes(), Now: now}); err == nil || !strings.Contains(err.Error(), "--ocr") {
		t.Errorf("without OCR: %v", err)
	}
	rd := reading(t)
	for name, b := range map[string][]byte{"png": asPNG.Bytes(), "tiff": asTIFF.Bytes()} {
		text, err := rd.Read(context.Background(), Source{Bytes: b, Name: "capture." + name, Now: now})
		if err != nil || !strings.Contains(text.Body, "douze caméras") {
			t.Errorf("%s: %v, %q", name, err, text.Body)
		}
	}
	large := bytes.Clone(asPNG.Bytes())
	copy(large[16:], []byte{0, 1, 0, 0, 0, 1, 0, 0}) // 65,536 times as many points, says its head
	for name, c := range map[string]struct {
		b    []byte
		want string
	}{
		"blank":   {blank.Bytes(), "OCR finds no text in the picture"},
		"cut":     {asPNG.Bytes()[:60], "OCR failed on the picture"},
		"too big": {large, "the picture is damaged or of a kind that is not read"},
	} {
		if _, err := rd.Read(context.Background(), Source{Bytes: c.b, Now: now}); err == nil || !errors.Is(err, ErrUnreadable) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}
