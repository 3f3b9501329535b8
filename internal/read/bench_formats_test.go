package read

import (
	"context"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"contrechamp.org/contrechamp/internal/read/pdf"
	"contrechamp.org/contrechamp/internal/read/pdf/pdftest"
	"contrechamp.org/contrechamp/internal/testenv"
	"contrechamp.org/contrechamp/internal/testenv/measure"
	"contrechamp.org/contrechamp/internal/word"
)

// benchPDFs are the PDF documents of the folder CONTRECHAMP_BENCH_PDFS, or else some that are made here: set by one
// simple generator, which says little of the real world.
func benchPDFs(b *testing.B) map[string][]byte {
	documents := map[string][]byte{}
	if folder := os.Getenv("CONTRECHAMP_BENCH_PDFS"); folder != "" {
		names, err := filepath.Glob(filepath.Join(folder, "*.pdf"))
		if err != nil || len(names) == 0 {
			b.Fatalf("no *.pdf in %s (%v)", folder, err)
		}
		for _, name := range names {
			document, err := os.ReadFile(name)
			if err != nil {
				b.Fatal(err)
			}
			documents[name] = document
		}
		return documents
	}
	for name, compress := range map[string]bool{"plain": false, "compressed": true} {
		f := &pdftest.File{Compress: compress}
		for range 30 {
			p := f.Page()
			p.Text(56, 30, 8, "Lettre des quartiers, mars 2024")
			for column := range 2 {
				y := 80.0
				for range 50 {
					p.Text(56+260*float64(column), y, 9, "Le conseil municipal a voté l'achat de douze caméras")
					y += 13
				}
			}
		}
		documents[name] = f.Bytes()
	}
	return documents
}

// BenchmarkPDF reads PDF documents, and lets pdftotext read the same ones in the same run: pages for a second of processor
// time, ours to pdftotext's, and how far the words agree. The first figures are of what people have, the quick reader with
// PDFium behind it, and the share of pages that the quick reader took; the second ones are of PDFium alone. The time of a
// child of ours is known when it has ended, so its start is in it, once for all rounds; pdftotext starts once a document.
func BenchmarkPDF(b *testing.B) {
	peer, err := exec.LookPath("pdftotext")
	if err != nil {
		testenv.Skip(b, "there is no pdftotext (Debian: poppler-utils)")
	}
	documents := benchPDFs(b)
	names := slices.Sorted(maps.Keys(documents))
	folder := b.TempDir()
	for _, name := range names {
		if err := os.WriteFile(filepath.Join(folder, filepath.Base(name)+".pdf"), documents[name], 0o600); err != nil {
			b.Fatal(err)
		}
	}
	for _, road := range []string{"quick", "pdfium"} {
		b.Run(road, func(b *testing.B) { benchRoad(b, peer, folder, names, documents, road == "pdfium") })
	}
}

func benchRoad(b *testing.B, peer, folder string, names []string, documents map[string][]byte, onlyPDFium bool) {
	theirs, ours := map[string]string{}, map[string]string{}
	var peerTime, ourTime time.Duration
	pages, all, left := 0, 0, 0
	for b.Loop() {
		for _, name := range names {
			c := exec.Command(peer, "-enc", "UTF-8", filepath.Join(folder, filepath.Base(name)+".pdf"), "-")
			out, err := c.Output()
			if err != nil {
				b.Fatalf("pdftotext %s: %v", name, err)
			}
			peerTime += c.ProcessState.UserTime() + c.ProcessState.SystemTime()
			theirs[name] = string(out)
			pages += strings.Count(theirs[name], "\f")
		}
		own, children := measure.ProcessorTime(b), measure.ChildrenTime(b)
		pool := &pdf.Pool{Cache: engines.PDF.Cache, OnlyPDFium: onlyPDFium}
		for range pdfRounds {
			for _, name := range names {
				text, err := Reader{PDF: pool}.Read(context.Background(), Source{Bytes: documents[name], Now: now})
				if err != nil {
					b.Fatalf("%s: %v", name, err)
				}
				ours[name] = text.Body
			}
		}
		pool.Close()
		ownAfter, childrenAfter := measure.ProcessorTime(b), measure.ChildrenTime(b)
		ourTime += (ownAfter - own + childrenAfter - children) / pdfRounds
	}
	pool := &pdf.Pool{Cache: engines.PDF.Cache, OnlyPDFium: onlyPDFium}
	defer pool.Close()
	var f1 []float64
	sum := 0.0
	for _, name := range names {
		score := wordF1(ours[name], theirs[name])
		f1, sum = append(f1, score), sum+score
		d, err := pool.Read(context.Background(), documents[name])
		if err != nil {
			b.Fatal(err)
		}
		all, left = all+len(d.Pages), left+d.LeftToPDFium()
		if testing.Verbose() {
			b.Logf("%-50s F1 %.3f, %d of %d pages left to PDFium", filepath.Base(name), score, d.LeftToPDFium(), len(d.Pages))
		}
	}
	b.ReportMetric(float64(pages)/ourTime.Seconds(), "pages/s")
	b.ReportMetric(peerTime.Seconds()/ourTime.Seconds(), "x-pdftotext")
	b.ReportMetric(sum/float64(len(f1)), "word-F1")
	b.ReportMetric(slices.Min(f1), "word-F1-least")
	b.ReportMetric(1-float64(left)/float64(all), "pages-taken")
}

// pdfRounds is how often a process of ours reads all documents: a run has many of them, and starts once.
const pdfRounds = 4

// wordF1 compares two texts as bags of words, folded; words broken at line ends are joined in both.
func wordF1(ours, theirs string) float64 {
	count := map[string]int{}
	n, m, both := 0, 0, 0
	for _, w := range plainWords(theirs) {
		count[w]++
		n++
	}
	for _, w := range plainWords(ours) {
		m++
		if count[w] > 0 {
			count[w]--
			both++
		}
	}
	if both == 0 {
		return 0
	}
	precision, recall := float64(both)/float64(m), float64(both)/float64(n)
	return 2 * precision * recall / (precision + recall)
}

func plainWords(s string) []string {
	s = strings.NewReplacer("-\n", "", "‐\n", "", "\u00ad", "", "ﬁ", "fi", "ﬂ", "fl").Replace(s)
	words := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i := range words {
		words[i] = word.Fold(words[i])
	}
	return words
}

// BenchmarkOffice reads each office format and mail.
func BenchmarkOffice(b *testing.B) {
	seeds := formatSeeds(b)
	for _, name := range []string{"rapport.docx", "minutes.odt", "parc.xlsx", "briefing.pptx", "note.rtf", "lettre.eml", "outlook.msg"} {
		document := seeds[name]
		b.Run(strings.TrimPrefix(filepath.Ext(name), "."), func(b *testing.B) {
			for b.Loop() {
				if _, err := engines.Read(context.Background(), Source{Bytes: document, Name: name, Now: now}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "documents/s")
		})
	}
	// a report of some pages, as people have them
	var body strings.Builder
	for range 40 {
		body.WriteString(`<w:p w:rsidR="00A1" w:rsidRDefault="00A1"><w:pPr><w:pStyle w:val="Normal"/><w:spacing w:after="120"/></w:pPr>`)
		for range 6 {
			body.WriteString(`<w:r w:rsidR="00A1"><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"/><w:sz w:val="22"/></w:rPr><w:t xml:space="preserve">La commission a examiné le dossier des caméras de la place du marché. </w:t></w:r>`)
		}
		body.WriteString(`</w:p>`)
	}
	report := docxOf(body.String())
	b.Run("docx-6-pages", func(b *testing.B) {
		for b.Loop() {
			if _, err := engines.Read(context.Background(), Source{Bytes: report, Now: now}); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "documents/s")
	})
}

// BenchmarkPDFStart is what the first document of a run waits for: the engine loaded from its cache.
func BenchmarkPDFStart(b *testing.B) {
	document := act()
	for b.Loop() {
		pool := &pdf.Pool{Cache: engines.PDF.Cache}
		if _, err := pool.Read(context.Background(), document); err != nil {
			b.Fatal(err)
		}
		pool.Close()
	}
}
