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

	"contrechamp.org/contrechamp/internal/read/pdf/doubt"
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
	q, quickErr := openQuick(document)
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

// The quick reader reads what PDFium reads, on the documents of a folder.
func TestQuickOnFolder(t *testing.T) {
	folder := os.Getenv("CONTRECHAMP_TEST_PDFS")
	if folder == "" {
		t.Skip("CONTRECHAMP_TEST_PDFS names no folder of PDF documents")
	}
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
