package pdf

import (
	"context"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"contrechamp.org/contrechamp/internal/read/pdf/font"
)

var update = flag.Bool("update", false, "write font/standard.txt as the engine says it")

// The table of the standard fonts is what the engine says of them.
func TestStandardFontsAreTheEngines(t *testing.T) {
	ctx := context.Background()
	e, err := newEngine(ctx, filepath.Join(os.TempDir(), "contrechamp-test-pdfium"))
	if err != nil {
		t.Fatal(err)
	}
	defer e.close(ctx)
	var b strings.Builder
	for _, name := range font.StandardNames() {
		writeStandardFont(ctx, t, e, name, &b)
	}
	const file = "font/standard.txt"
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	have, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != b.String() {
		t.Errorf("%s is not what the engine says: go test -run %s -update", file, t.Name())
	}
}

// writeStandardFont asks the engine for the width and the box of each glyph that a standard font may have. A name that
// stands for the same letter as one before, and is as wide and as large, is left out.
func writeStandardFont(ctx context.Context, t *testing.T, e *engine, name string, b *strings.Builder) {
	glyphs := font.GlyphNames(name)
	const chunk = 240
	missing := ""
	known := map[string]bool{}
	for from := 0; from < len(glyphs); from += chunk {
		part := append([]string{".nothing"}, glyphs[from:min(from+chunk, len(glyphs))]...)
		if _, err := e.open(ctx, glyphSheet(name, part)); err != nil {
			t.Fatal(err)
		}
		page := e.call(ctx, "FPDF_LoadPage", e.document, 0)
		object := func(i int) uint64 { return e.call(ctx, "FPDFPage_GetObject", page, uint64(i)) }
		origin := func(o uint64) float64 {
			e.call(ctx, "FPDFPageObj_GetMatrix", o, uint64(e.scratch))
			return e.float32At(e.scratch + 16)
		}
		for i, glyph := range part {
			first, second := object(2*i), object(2*i+1)
			at := origin(first)
			width := origin(second) - at
			s := uint64(e.scratch)
			e.call(ctx, "FPDFPageObj_GetBounds", first, s, s+4, s+8, s+12)
			y := float64(1000)
			round := func(v float64) int { return int(math.Round(v)) }
			line := fmt.Sprintf("%d %d %d %d %d", round(width), round(e.float32At(e.scratch)-at), round(e.float32At(e.scratch+4)-y),
				round(e.float32At(e.scratch+8)-at), round(e.float32At(e.scratch+12)-y))
			letter := fmt.Sprint(font.Unicode(glyph), line)
			switch {
			case i == 0 && from == 0:
				missing = line
				fmt.Fprintf(b, "= %s %s\n.notdef %s\n", name, tall(ctx, e, page), line)
			case i == 0, line == missing && glyph != "space", known[letter]:
			default:
				known[letter] = font.Unicode(glyph) != 0
				fmt.Fprintf(b, "%s %s\n", glyph, line)
			}
		}
		e.call(ctx, "FPDF_ClosePage", page)
		e.shut(ctx)
		if e.err != nil {
			t.Fatal(e.err)
		}
	}
}

// tall answers the box of the font as the engine gives it to a letter that is not higher: its bottom and its top.
func tall(ctx context.Context, e *engine, page uint64) string {
	text := e.call(ctx, "FPDFText_LoadPage", page)
	defer e.call(ctx, "FPDFText_ClosePage", text)
	low, high := math.Inf(-1), math.Inf(1)
	for i := range e.call(ctx, "FPDFText_CountChars", text) {
		e.call(ctx, "FPDFText_GetLooseCharBox", text, i, uint64(e.scratch))
		top, bottom := e.float32At(e.scratch+4), e.float32At(e.scratch+12)
		if top-bottom > 1 {
			low, high = max(low, bottom), min(high, top)
		}
	}
	return fmt.Sprintf("0 %d 0 %d", int(math.Round(low-1000)), int(math.Round(high-1000)))
}

// glyphSheet is a document that shows each glyph twice, in a size of a thousand points.
func glyphSheet(name string, glyphs []string) []byte {
	var content strings.Builder
	for i := range glyphs {
		fmt.Fprintf(&content, "BT /F 1000 Tf %d 1000 Td <%02x> Tj <%02x> Tj ET\n", 4000*i, i+1, i+1)
	}
	var out strings.Builder
	var at []int
	object := func(s string) {
		at = append(at, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", len(at), s)
	}
	out.WriteString("%PDF-1.4\n")
	object("<</Type/Catalog/Pages 2 0 R>>")
	object("<</Type/Pages/Count 1/Kids[3 0 R]>>")
	object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 1000000 3000]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>")
	object(fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", content.Len(), content.String()))
	descriptor := map[string]string{"Sans": "/FontDescriptor<</Flags 32>>", "Serif": "/FontDescriptor<</Flags 34>>"}[name]
	object(fmt.Sprintf("<</Type/Font/Subtype/Type1/BaseFont/%s%s/Encoding<</Differences[1/%s]>>>>", name, descriptor, strings.Join(glyphs, "/")))
	xref := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, a := range at {
		fmt.Fprintf(&out, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, xref)
	return []byte(out.String())
}
