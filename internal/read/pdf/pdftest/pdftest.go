// Package pdftest writes PDF documents by hand, for tests: text at given places, plain or with everything compressed
// into streams, and damage of many kinds.
package pdftest

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"image"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// A4 in points.
const (
	Width  = 595.0
	Height = 842.0
)

// Page is a page on which text is set.
type Page struct {
	content bytes.Buffer
	fonts   []*Font
	picture *image.Gray
	Rotate  int // degrees clockwise
}

// Text sets s with its baseline y points below the page's upper edge.
func (p *Page) Text(x, y, size float64, s string) { p.text("F1", x, y, size, s) }

// Bold is Text in bold.
func (p *Page) Bold(x, y, size float64, s string) { p.text("F2", x, y, size, s) }

func (p *Page) text(font string, x, y, size float64, s string) {
	fmt.Fprintf(&p.content, "BT /%s %.4g Tf 1 0 0 1 %.2f %.2f Tm %s Tj ET\n", font, size, x, Height-y, Literal(s))
}

// Lines sets a line each leading points below the one before, and answers where the next would be.
func (p *Page) Lines(x, y, size, leading float64, lines ...string) float64 {
	for _, l := range lines {
		if l != "" {
			p.Text(x, y, size, l)
		}
		y += leading
	}
	return y
}

// Picture draws a picture, as scanners do: its upper left corner at x, y, as wide as width. A page has one at most.
func (p *Page) Picture(picture *image.Gray, x, y, width float64) {
	p.picture = picture
	height := width * float64(picture.Rect.Dy()) / float64(picture.Rect.Dx())
	fmt.Fprintf(&p.content, "q %.2f 0 0 %.2f %.2f %.2f cm /P Do Q\n", width, height, x, Height-y-height)
}

// Raw adds operators as they stand.
func (p *Page) Raw(operators string) { p.content.WriteString(operators + "\n") }

// Literal writes s as a PDF string in WinAnsiEncoding.
func Literal(s string) string {
	b, err := charmap.Windows1252.NewEncoder().String(s)
	if err != nil {
		panic(fmt.Sprintf("pdftest: %q is not in WinAnsiEncoding", s))
	}
	return "(" + strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(b) + ")"
}

// File is a document.
type File struct {
	Pages    []*Page
	Info     map[string]string // "Title": as a PDF string's content
	Compress bool              // object streams and a cross-reference stream, as since PDF 1.5
	Encrypt  string            // an encryption dictionary as it stands
}

// Page adds a page.
func (f *File) Page() *Page {
	p := &Page{}
	f.Pages = append(f.Pages, p)
	return p
}

// Bytes writes the file.
func (f *File) Bytes() []byte {
	w := writer{compress: f.Compress}
	fonts := "<</F1 4 0 R/F2 5 0 R>>"
	var kids strings.Builder
	const first = 6 // objects 1 to 5 are catalogue, page tree, information and fonts
	for i := range f.Pages {
		fmt.Fprintf(&kids, "%d 0 R ", first+2*i)
	}
	w.object(1, "<</Type/Catalog/Pages 2 0 R>>")
	w.object(2, fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(f.Pages), kids.String()))
	var info strings.Builder
	for _, k := range slices.Sorted(maps.Keys(f.Info)) {
		fmt.Fprintf(&info, "/%s %s", k, Literal(f.Info[k]))
	}
	w.object(3, "<<"+info.String()+">>")
	w.object(4, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
	w.object(5, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>")
	next := first + 2*len(f.Pages)
	embedded := map[*Font]int{}
	for i, p := range f.Pages {
		own := strings.TrimSuffix(fonts, ">>")
		for j, e := range p.fonts {
			if embedded[e] == 0 {
				embedded[e] = next
				next += e.objects(&w, next)
			}
			own += fmt.Sprintf("/E%d %d 0 R", j, embedded[e])
		}
		own += ">>"
		if p.picture != nil {
			own += fmt.Sprintf("/XObject<</P %d 0 R>>", next)
			points, filter := p.picture.Pix, ""
			if !w.compress { // which it does itself
				points, filter = Deflate(points), "/Filter/FlateDecode"
			}
			w.stream(next, fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8%s", p.picture.Rect.Dx(), p.picture.Rect.Dy(), filter), points)
			next++
		}
		w.object(first+2*i, fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 %g %g]/Rotate %d/Resources<</Font%s>>/Contents %d 0 R>>",
			Width, Height, p.Rotate, own, first+2*i+1))
		w.stream(first+2*i+1, "", p.content.Bytes())
	}
	extra := "/Root 1 0 R/Info 3 0 R"
	if f.Encrypt != "" {
		extra += "/Encrypt " + f.Encrypt + "/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]"
	}
	return w.end(extra)
}

// writer writes objects and remembers where they are.
type writer struct {
	compress bool
	out      bytes.Buffer
	at       map[int]int // object -> offset
	packed   []int       // objects that wait for the object stream
	texts    []string
}

func (w *writer) begin() {
	if w.at == nil {
		w.at = map[int]int{}
		w.out.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	}
}

func (w *writer) object(n int, body string) {
	w.begin()
	if w.compress {
		w.packed, w.texts = append(w.packed, n), append(w.texts, body)
		return
	}
	w.at[n] = w.out.Len()
	fmt.Fprintf(&w.out, "%d 0 obj\n%s\nendobj\n", n, body)
}

func (w *writer) stream(n int, dictionary string, content []byte) {
	w.begin()
	if w.compress {
		content, dictionary = Deflate(content), dictionary+"/Filter/FlateDecode"
	}
	w.at[n] = w.out.Len()
	fmt.Fprintf(&w.out, "%d 0 obj\n<<%s/Length %d>>stream\n", n, dictionary, len(content))
	w.out.Write(content)
	w.out.WriteString("\nendstream\nendobj\n")
}

func (w *writer) end(extra string) []byte {
	last := 0
	for n := range w.at {
		last = max(last, n)
	}
	for _, n := range w.packed {
		last = max(last, n)
	}
	if !w.compress {
		at := w.out.Len()
		fmt.Fprintf(&w.out, "xref\n0 %d\n0000000000 65535 f \n", last+1)
		for n := 1; n <= last; n++ {
			fmt.Fprintf(&w.out, "%010d 00000 n \n", w.at[n])
		}
		fmt.Fprintf(&w.out, "trailer\n<</Size %d%s>>\nstartxref\n%d\n%%%%EOF\n", last+1, extra, at)
		return w.out.Bytes()
	}
	pack, table := last+1, last+2
	var index, bodies strings.Builder
	inPack := map[int]int{}
	for i, n := range w.packed {
		fmt.Fprintf(&index, "%d %d ", n, bodies.Len())
		bodies.WriteString(w.texts[i] + " ")
		inPack[n] = i
	}
	w.stream(pack, fmt.Sprintf("/Type/ObjStm/N %d/First %d", len(w.packed), index.Len()), []byte(index.String()+bodies.String()))
	at := w.out.Len()
	w.at[table] = at
	var rows bytes.Buffer
	for n := 0; n <= table; n++ {
		i, packed := inPack[n]
		switch {
		case n == 0:
			rows.Write([]byte{0, 0, 0, 0, 0, 0xff, 0xff})
		case packed:
			rows.Write([]byte{2, 0, 0, byte(pack >> 8), byte(pack), byte(i >> 8), byte(i)})
		default:
			o := w.at[n]
			rows.Write([]byte{1, byte(o >> 24), byte(o >> 16), byte(o >> 8), byte(o), 0, 0})
		}
	}
	w.stream(table, fmt.Sprintf("/Type/XRef/W[1 4 2]/Size %d%s", table+1, extra), rows.Bytes())
	fmt.Fprintf(&w.out, "startxref\n%d\n%%%%EOF\n", at)
	return w.out.Bytes()
}

// Deflate compresses as FlateDecode wants it.
func Deflate(b []byte) []byte {
	var out bytes.Buffer
	z := zlib.NewWriter(&out)
	_, err := z.Write(b)
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		panic(err) // a buffer takes everything
	}
	return out.Bytes()
}
