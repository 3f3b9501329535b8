package pdf

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"

	"contrechamp.org/contrechamp/internal/read/pdf/doubt"
	"contrechamp.org/contrechamp/internal/read/pdf/pdftest"
)

// compared counts what the two roads made of pages.
type compared struct {
	documents, whole     int // documents; those of which the quick reader read each page
	pages, quick, equal  int // pages; those that the quick reader read; those of them that are the same as PDFium's
	text, places, others int // those that differ: in their text, in places or sizes only, in other things
	doubts               map[doubt.Reason]int
}

func (c *compared) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d documents, %d of them read whole; %d pages, %d read, %d of them the same, %d with another text, %d with other places, %d otherwise", c.documents, c.whole, c.pages, c.quick, c.equal, c.text, c.places, c.others)
	for _, r := range slices.SortedFunc(maps.Keys(c.doubts), func(a, b doubt.Reason) int { return c.doubts[b] - c.doubts[a] }) {
		fmt.Fprintf(&b, "\n%6d pages: %s", c.doubts[r], r)
	}
	return b.String()
}

// both reads a document on both roads and counts. say is called for each page that differs.
func both(ctx context.Context, e *engine, name string, document []byte, c *compared, say func(string)) {
	n, err := e.open(ctx, document)
	defer e.shut(ctx)
	q, quickErr := openQuick(document, &room{})
	if err != nil || n <= 0 {
		if quickErr == nil {
			say(fmt.Sprintf("%s: PDFium does not open it (%v)", name, err))
			c.others++
		}
		return
	}
	c.documents++
	n = min(n, MaxPages)
	c.pages += n
	if quickErr != nil {
		c.doubts[detail(quickErr)] += n
		return
	}
	if n != len(q.pages) {
		say(fmt.Sprintf("%s: %d pages, PDFium has %d", name, len(q.pages), n))
		c.others++
		return
	}
	info := *e.info(ctx, n)
	if info != q.info {
		say(fmt.Sprintf("%s: it says %+v, by PDFium %+v", name, q.info, info))
		c.others++
	}
	whole := true
	for i := range n {
		ours, err := q.page(i)
		if err != nil {
			whole = false
			c.doubts[detail(err)]++
			if doubt.Of(err) == doubt.Fault {
				say(fmt.Sprintf("%s page %d: %v", name, i+1, err))
			}
			continue
		}
		theirs := e.page(ctx, i)
		if e.err != nil {
			say(fmt.Sprintf("%s page %d: PDFium breaks down", name, i+1))
			c.others++
			return
		}
		c.quick++
		switch kind, what := differ(&ours, &theirs); kind {
		case "":
			c.equal++
		case "text":
			c.text++
			say(fmt.Sprintf("%s page %d: %s", name, i+1, what))
		case "places":
			c.places++
			say(fmt.Sprintf("%s page %d: %s", name, i+1, what))
		default:
			c.others++
			say(fmt.Sprintf("%s page %d: %s", name, i+1, what))
		}
	}
	if whole {
		c.whole++
	}
}

// detail is a doubt's reason, with its detail where CONTRECHAMP_TEST_DETAIL asks for it.
func detail(err error) doubt.Reason {
	if os.Getenv("CONTRECHAMP_TEST_DETAIL") != "" {
		return doubt.Reason(err.Error())
	}
	return doubt.Of(err)
}

// differ tells the first difference between two readings of a page.
func differ(a, b *Page) (kind, what string) {
	for i := range min(len(a.Pieces), len(b.Pieces)) {
		if a.Pieces[i].Text != b.Pieces[i].Text {
			return "text", fmt.Sprintf("piece %d is %q, by PDFium %q", i, a.Pieces[i].Text, b.Pieces[i].Text)
		}
	}
	if len(a.Pieces) != len(b.Pieces) {
		return "text", fmt.Sprintf("%d pieces, by PDFium %d", len(a.Pieces), len(b.Pieces))
	}
	if a.Width != b.Width || a.Height != b.Height || a.Images != b.Images || a.Cut != b.Cut || a.Failed != b.Failed {
		return "other", fmt.Sprintf("%v x %v, images %v, by PDFium %v x %v, images %v %s", a.Width, a.Height, a.Images, b.Width, b.Height, b.Images, b.Failed)
	}
	for i := range a.Pieces {
		p, q := a.Pieces[i], b.Pieces[i]
		p.Text, q.Text = "", ""
		if p.Bold != q.Bold || p.Hyphen != q.Hyphen || !near(p.X0, q.X0) || !near(p.X1, q.X1) || !near(p.Y0, q.Y0) || !near(p.Y1, q.Y1) || !near(p.Size, q.Size) {
			return "places", fmt.Sprintf("piece %d (%q) is %+v, by PDFium %+v", i, a.Pieces[i].Text, p, q)
		}
	}
	return "", ""
}

// near is within what single precision loses on a page, and a unit of a font's own grid.
func near(a, b float64) bool { return math.Abs(a-b) <= 0.05 }

func testEngine(t testing.TB) *engine {
	e, err := newEngine(t.Context(), filepath.Join(os.TempDir(), "contrechamp-test-pdfium"))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// samples are documents of many kinds, made here, by name.
func samples() map[string][]byte {
	made := map[string][]byte{"letter": letter("Bonjour à tous"), "turned": turned(90), "embedded": embedded()}
	for name, content := range contents {
		f := &pdftest.File{}
		f.Page().Raw(content)
		made[name] = f.Bytes()
	}
	return made
}

// turned is a page that is shown turned.
func turned(rotate int) []byte {
	f := &pdftest.File{Compress: true}
	p := f.Page()
	p.Rotate = rotate
	p.Raw("BT /F1 12 Tf 0 1 -1 0 60 56 Tm (La premiere ligne) Tj 0 -14 Td (la seconde) Tj ET")
	return f.Bytes()
}

// embedded has fonts of its own, as word processors write them.
func embedded() []byte {
	f := &pdftest.File{Compress: true, Info: map[string]string{"Title": "Caméras à Valcroix"}}
	regular, bold := pdftest.NewFont("GoRegular", goregular.TTF), pdftest.NewFont("GoBold", gobold.TTF)
	for range 3 {
		p := f.Page()
		p.Set(bold, 56, 60, 18, "Douze caméras de plus", 0)
		p.Set(regular, 56, 90, 10.5, "Le conseil municipal a voté l'achat de douze caméras, et la sous-", 1.5)
		p.Set(regular, 56, 103, 10.5, "préfecture a donné son accord.", 0)
	}
	return f.Bytes()
}

// contents are contents of a page that show what the rules of text depend on.
var contents = map[string]string{
	"kerned":      "BT /F1 11 Tf 56 700 Td [(Vidéo) -20 (pro) 30 (tec) -300 (tion) -1200 (loin)] TJ ET",
	"spaced":      "BT /F1 11 Tf 2 Tc 5 Tw 56 700 Td (Douze cameras) Tj 0 Tc 0 Tw T* [(a) -400 (b) -90 (c)] TJ ET",
	"raised":      "BT /F1 11 Tf 56 700 Td (n) Tj 5 Ts /F1 7 Tf (o) Tj 0 Ts /F1 11 Tf ( 12 de la rue) Tj ET",
	"hyphens":     "BT /F1 11 Tf 14 TL 56 700 Td (video-) Tj T* (protection de la voie publi-) Tj T* (que) ' 1 0 (et -) \" (2024) ' ET",
	"columns":     "BT /F1 10 Tf 56 700 Td (gauche) Tj 250 0 Td (droite) Tj -250 -12 Td (encore) Tj 250 0 Td (encore) Tj ET",
	"drawn-twice": "BT /F2 12 Tf 56 700 Td (Titre gras) Tj ET BT /F2 12 Tf 56.3 700 Td (Titre gras) Tj ET BT /F1 10 Tf 56 680 Td (suite) Tj ET",
	"scaled":      "q .5 0 0 .5 20 20 cm BT 150 Tz /F1 22 Tf 1 0 .2 1 100 1200 Tm (Penche et large) Tj ET Q BT /F1 9 Tf 50 50 Td (en bas) Tj ET",
	"stroked":     "2 w BT 2 Tr /F1 14 Tf 56 700 Td (Contour) Tj 3 Tr 0 -20 Td (Invisible) Tj ET",
	"actual":      "/Span<</ActualText(fin)>>BDC BT /F1 11 Tf 56 700 Td (xyz) Tj ET EMC BT /F1 11 Tf 56 680 Td (apres) Tj ET /Span<</ActualText<FEFF00AD>>>BDC BT /F1 11 Tf 90 680 Td (-) Tj ET EMC",
	"upright":     "BT /F1 11 Tf 0 1 -1 0 100 100 Tm (vers le haut) Tj 0 -14 Td (et encore) Tj ET",
	"pictures":    "q 100 0 0 50 56 600 cm BI /W 2 /H 2 /CS /G /BPC 8 ID abcd EI Q BT /F1 11 Tf 56 700 Td (Image) Tj ET 0 0 m 10 10 l S 5 5 20 20 re f",
	"backwards":   "BT /F1 11 Tf 200 700 Td (monde) Tj -60 0 Td (Bonjour) Tj 30 3 Td (petit) Tj ET",
	"empty":       "q Q 0 0 10 10 re W n",
	"unknown":     "BT /F1 11 Tf 56 700 Td (a\\001b\\002 \\003c) Tj ET",
	"symbols":     "BT /F1 11 Tf 56 700 Td (\\200 \\225 \\226 \\255 \\240 \\222 \\205 caf\\351) Tj ET",
}

// On documents that are made here the quick reader reads all, and the same as PDFium; on those of the folder
// CONTRECHAMP_TEST_PDFS what it reads is the same.
func TestQuickEqualsPDFium(t *testing.T) {
	ctx := t.Context()
	e := testEngine(t)
	defer e.close(ctx)
	for name, document := range samples() {
		c := &compared{doubts: map[doubt.Reason]int{}}
		both(ctx, e, name, document, c, func(s string) { t.Error(s) })
		if c.whole != 1 || c.equal != c.pages || c.pages == 0 {
			t.Errorf("%s: %v", name, c)
		}
	}
	if folder := os.Getenv("CONTRECHAMP_TEST_PDFS"); folder != "" {
		compareFolder(t, folder)
	}
}

func compareFolder(t *testing.T, folder string) {
	ctx := t.Context()
	e := testEngine(t)
	c := &compared{doubts: map[doubt.Reason]int{}}
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(strings.ToLower(path), ".pdf") {
			return err
		}
		document, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		both(ctx, e, strings.TrimPrefix(path, folder), document, c, func(s string) { t.Log(s) })
		if e.err != nil {
			e.close(ctx)
			e = testEngine(t)
		}
		return nil
	})
	e.close(ctx)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(c)
	if c.text+c.others > 0 {
		t.Error("the two roads differ")
	}
}

// What the quick reader leaves to PDFium, it names.
func TestQuickDoubts(t *testing.T) {
	hostile := pdftest.Hostile()
	for _, c := range []struct {
		name     string
		document []byte
		want     doubt.Reason
	}{
		{"encrypted", hostile["encrypted.pdf"](), doubt.Encrypted},
		{"no-xref", hostile["no-xref.pdf"](), doubt.Xref},
		{"form-loop", hostile["form-loop.pdf"](), doubt.LimitDepth},
		{"deep-q", hostile["deep-q.pdf"](), doubt.LimitDepth},
		{"page-loop", hostile["page-loop.pdf"](), doubt.PageTree},
		{"no font", page("BT /F9 11 Tf (x) Tj ET"), doubt.FontMissing},
		{"operator", page("BT /F1 11 Tf (x) Xj ET"), doubt.Content},
		{"operand", page("BT /F1 11 Tf [(x) /y] TJ ET"), doubt.Content},
		{"no letter", page("BT /F1 11 Tf (\\000) Tj ET"), doubt.NoUnicode},
		{"picture", page("BI /W 9 /H 9 /F /DCT ID xxx EI"), doubt.InlineImage},
		{"hebrew", page("/Span<</ActualText<FEFF05D0>>>BDC BT /F1 11 Tf (x) Tj ET EMC"), doubt.RightToLeft},
		{"no object", page("/X9 Do"), doubt.Resources},
		{"disputed", page("BT /F1\x80 11 Tf (x) Tj ET"), doubt.Content},
		{"no name", page("/ / BT /F1 11 Tf (x) Tj ET"), doubt.Content},
		{"far", page("BT /F1 1 Tf 0 7000000000 Td (x) Tj ET"), doubt.Far},
		{"flat", page("BT 1 0 0 0 0 0 Tm /F1 11 Tf (x) Tj ET"), doubt.Far},
		{"large", page("BT /F1 90000000 Tf (xxx) Tj ET"), doubt.Far},
	} {
		q, err := openQuick(c.document, &room{})
		if err == nil {
			_, err = q.page(0)
		}
		if got := doubt.Of(err); got != c.want {
			t.Errorf("%s: got %q (%v), want %q", c.name, got, err, c.want)
		}
	}
}

func page(content string) []byte {
	f := &pdftest.File{}
	f.Page().Raw(content)
	return f.Bytes()
}

// PDFium is started only when a page needs it, and the document says which did.
func TestPoolStartsPDFiumWhenItIsNeeded(t *testing.T) {
	p := testPool(t)
	d, err := p.Read(t.Context(), embedded())
	if err != nil {
		t.Fatal(err)
	}
	if len(p.idle) != 1 || p.idle[0].engine || d.Pages[0].Doubt != "" {
		t.Errorf("PDFium was started for a document that the quick reader reads (%q)", d.Pages[0].Doubt)
	}
	f := &pdftest.File{}
	f.Page().Text(56, 80, 12, "La premiere")
	f.Page().Raw("BT /F1 12 Tf 56 700 Td (La seconde) Tj ET Unknown")
	if d, err = p.Read(t.Context(), f.Bytes()); err != nil {
		t.Fatal(err)
	}
	if words(d) != "La premiere|La seconde" || d.Pages[0].Doubt != "" || d.Pages[1].Doubt != doubt.Content {
		t.Errorf("read %q, with the doubts %q and %q", words(d), d.Pages[0].Doubt, d.Pages[1].Doubt)
	}
	if len(p.idle) != 1 || !p.idle[0].engine {
		t.Error("PDFium was not started")
	}
}

// FuzzQuick lets the quick reader read whatever comes, without the net that catches its faults.
func FuzzQuick(f *testing.F) {
	for _, b := range samples() {
		f.Add(b)
	}
	for name, make := range pdftest.Hostile() {
		if strings.Contains(name, "bomb") {
			continue
		}
		if b := make(); len(b) < 50_000 {
			f.Add(b)
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		q, err := openQuick(b, &room{})
		if err != nil {
			return
		}
		for i := range min(len(q.pages), 5) {
			if p, err := q.read(i); err == nil {
				p.layOut()
			}
		}
	})
}

// FuzzRoads lets both roads read whatever comes as a page's content: what the quick reader reads, it reads as PDFium does.
func FuzzRoads(f *testing.F) {
	for _, c := range contents {
		f.Add(c)
	}
	ctx := context.Background()
	e := testEngine(f)
	f.Cleanup(func() { e.close(ctx) })
	f.Fuzz(func(t *testing.T, content string) {
		if len(content) > 5000 {
			return
		}
		document := page(content)
		q, err := openQuick(document, &room{})
		if err != nil {
			t.Fatal(err)
		}
		ours, err := q.read(0)
		if err != nil {
			return
		}
		if _, err := e.open(ctx, document); err != nil {
			t.Fatal(err)
		}
		theirs := e.page(ctx, 0)
		e.shut(ctx)
		if e.err != nil {
			e.close(ctx)
			e = testEngine(t)
			return
		}
		if kind, what := differ(&ours, &theirs); kind != "" {
			t.Errorf("%s: %s", kind, what)
		}
	})
}

// What is made to take long is given up in time for PDFium to have its turn.
func TestQuickEndsInTime(t *testing.T) {
	const patience = 8 * time.Second // on a machine that does other things too; each takes a second at most
	long := strings.Repeat("e", 300_000)
	for name, content := range map[string]string{
		"runs":     "BT /F1 9 Tf " + strings.Repeat("(x) Tj 1 0 Td ", 300_000) + "ET",
		"backward": "BT /F1 9 Tf 9000 0 Td " + strings.Repeat("(x) Tj -6 0 Td ", 100_000) + "ET",
		"actual":   "BT /F1 9 Tf " + strings.Repeat("/Span<</ActualText("+long+")>>BDC (x) Tj EMC (y) Tj ", 60) + "ET",
		"states":   strings.Repeat("q Q ", 1_000_000),
		"marks":    strings.Repeat("/P<</MCID 0>>BDC EMC ", 200_000),
		"hyphens":  "BT /F1 9 Tf " + strings.Repeat("(-) Tj ( ) Tj ", 200_000) + "ET",
		"kerning":  "BT /F1 9 Tf [" + strings.Repeat("(x) -900 ", 300_000) + "] TJ ET",
	} {
		began := time.Now()
		q, err := openQuick(page(content), &room{})
		if err == nil {
			_, err = q.read(0)
		}
		if took := time.Since(began); took > patience {
			t.Errorf("%s takes %v (%v)", name, took, err)
		} else if testing.Verbose() {
			t.Logf("%s takes %v (%v)", name, took, err)
		}
	}
}
