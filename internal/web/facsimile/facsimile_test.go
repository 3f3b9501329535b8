package facsimile

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/read"
)

var update = flag.Bool("update", false, "write the golden files anew")

var markTag = regexp.MustCompile(`<mark style="[^"]*"( id="contrechamp-quote")?>`)

// marksIn returns what is marked in a page, piece by piece.
func marksIn(t *testing.T, page []byte) []string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(string(page)))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "mark" {
			var b strings.Builder
			for d := range n.Descendants() {
				if d.Type == html.TextNode {
					b.WriteString(d.Data)
				}
			}
			out = append(out, b.String())
		}
	}
	return out
}

// facsimileOf reads a page as the register does, and makes its facsimile with a quote of the text marked.
func facsimileOf(t *testing.T, captured []byte, mediaType, quote string) (page []byte, marks int) {
	t.Helper()
	text, err := read.Read(context.Background(), read.Source{Bytes: captured, MediaType: mediaType, Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	at := strings.Index(text.Body, quote)
	if at < 0 {
		t.Fatalf("%q is not in %q", quote, text.Body)
	}
	span, ok := text.Origin.Source(contrechamp.Span{Start: at, End: at + len(quote)})
	if !ok {
		t.Fatalf("nothing in the capture for %q", quote)
	}
	o := Options{MediaType: mediaType, Quotes: []contrechamp.Span{span}}
	if strings.HasPrefix(text.Reader, "plain") {
		return Plain(captured, o)
	}
	return HTML(captured, o)
}

func TestQuoteIsMarked(t *testing.T) {
	encoded := func(s string, err error) string {
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	const french = "<!doctype html><meta charset=windows-1252><p>Le conseil a voté l’achat de dix caméras pour la gare, malgré l’avis contraire de deux élus."
	const page = "<!doctype html><title>T</title><body><nav>Accueil</nav>\n<article><h1>Un vote &agrave; huis clos</h1>\n" +
		"<p>Le conseil a vot&eacute;,\n   <b>malgr&#233; l&rsquo;avis</b>&nbsp;contraire&hellip; de <a href='x'>deux&#32;&eacute;lus</a>, l'achat de <!-- ten --> dix cam&eacuteras pour la gare.</p>" +
		"<table><tr>\n<td>Gare</td>\n<td>10&nbsp;caméras</td></tr></table></article>"
	for _, c := range []struct {
		name, page, quote string
		want              []string
	}{
		{"plain", page, "conseil a vot", []string{"conseil a vot"}},
		{"a reference", page, "voté,", []string{"voté,"}},
		{"across tags", page, "voté, malgré l’avis\u00a0contraire", []string{"voté,\n   ", "malgré l’avis", "\u00a0contraire"}},
		{"a link", page, "de deux élus", []string{"de ", "deux élus"}},
		{"around a comment", page, "achat de dix", []string{"achat de ", " dix"}},
		{"cells", page, "Gare\t10\u00a0caméras", []string{"Gare", "10\u00a0caméras"}},
		{"behind a byte order mark", "\xef\xbb\xbf" + page, "conseil a vot", []string{"conseil a vot"}},
		{"windows-1252", encoded(charmap.Windows1252.NewEncoder().String(french)), "malgré l’avis", []string{"malgré l’avis"}},
		{"UTF-16", encoded(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(french)), "voté l’achat", []string{"voté l’achat"}},
		// what is decoded in pieces is marked in whole pieces
		{"Shift JIS", encoded(japanese.ShiftJIS.NewEncoder().String("<!doctype html><meta charset=shift_jis><p>市議会は駅前に十二台のカメラを設置した。住民には知らされていない。")), "十二台のカメラ", []string{"十二台のカメラを設置"}},
		{"text", "Le titre\r\n\r\nDix <caméras> & plus ici et là, dit la mairie de la ville.", "<caméras> & plus", []string{"<caméras> & plus"}},
		{"text in windows-1252", "Dix cam\xe9ras ont \xe9t\xe9 pos\xe9es devant la gare, dit la mairie de la ville.", "été posées", []string{"été posées"}},
		{"a drawing that was not closed", "<article><svg><title>logo</title><p>Le conseil a voté l’achat de dix caméras pour la gare.</article>", "dix caméras", []string{"dix caméras"}},
		{"text field", "<article><p>Le conseil a voté l’achat de caméras pour la gare de la ville.<textarea>Dix &lt;caméras&gt; en tout</textarea></article>", "Dix <caméras>", []string{"Dix <caméras>"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			out, marks := facsimileOf(t, []byte(c.page), "", c.quote)
			got := marksIn(t, out)
			if strings.Join(got, "|") != strings.Join(c.want, "|") || marks != len(got) {
				t.Errorf("%d marks %q, want %q in\n%s", marks, got, c.want, out)
			}
			if n := strings.Count(string(out), `id="`+Anchor+`"`); n != 1 {
				t.Errorf("%d places to go to, want 1", n)
			}
		})
	}
}

// What is not shown is not marked, and the caller is told.
func TestQuoteInTheHead(t *testing.T) {
	page := "<!doctype html><title>Dix caméras pour la gare</title><p>Le conseil municipal en a décidé ainsi, contre l’avis de deux élus."
	at := strings.Index(page, "Dix caméras")
	out, marks := HTML([]byte(page), Options{Quotes: []contrechamp.Span{{Start: at, End: at + len("Dix caméras")}}})
	if marks != 0 || !strings.Contains(string(out), "<title>Dix caméras pour la gare</title>") {
		t.Errorf("%d marks in %s", marks, out)
	}
}

// TestHostilePages: pairs of a hostile page and its facsimile, which -update writes and a person reads.
func TestHostilePages(t *testing.T) {
	pages, err := filepath.Glob("testdata/hostile/*.html")
	if err != nil || len(pages) < 8 {
		t.Fatalf("%d pages: %v", len(pages), err)
	}
	for _, path := range pages {
		t.Run(filepath.Base(path), func(t *testing.T) {
			captured, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var o Options
			if at := strings.Index(string(captured), "dix caméras"); at >= 0 {
				o.Quotes = []contrechamp.Span{{Start: at, End: at + len("dix caméras")}}
			}
			page, _ := HTML(captured, o)
			checkInert(t, page)
			got := markTag.ReplaceAllString(string(page), "<mark$1>")
			golden := strings.TrimSuffix(path, ".html") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// checkInert parses a facsimile as a browser without script does, and looks for anything that could act.
func checkInert(t testing.TB, page []byte) {
	t.Helper()
	doc, err := html.ParseWithOptions(strings.NewReader(string(page)), html.ParseOptionEnableScripting(false))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Namespace != "" {
			t.Errorf("a drawing came through: <%s>", n.Data)
		}
		switch n.Data {
		case "script", "iframe", "frame", "frameset", "object", "embed", "applet", "base", "meta", "link", "form", "noscript", "portal", "svg", "math", "source", "track":
			t.Errorf("<%s> came through", n.Data)
		case "style":
			if n.FirstChild != nil {
				checkCSS(t, n.FirstChild.Data)
			}
		}
		for _, a := range n.Attr {
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "srcset", a.Key == "action", a.Key == "formaction", a.Key == "background", a.Key == "ping",
				a.Key == "srcdoc", a.Key == "data", a.Key == "poster", a.Key == "http-equiv", a.Key == "is", a.Key == "slot", strings.HasPrefix(a.Key, "xlink"):
				t.Errorf("<%s %s> came through", n.Data, a.Key)
			case a.Key == "href" && !strings.HasPrefix(a.Val, "#"), a.Key == "src" && !isPicture(a.Val):
				t.Errorf("<%s %s=%q> came through", n.Data, a.Key, a.Val)
			case a.Key == "style" && n.Data != "mark":
				checkCSS(t, a.Val)
			}
		}
	}
}

func checkCSS(t testing.TB, css string) {
	t.Helper()
	for _, bad := range []string{"url(", "@import", "image-set(", "\\", "/*", "@font-face"} {
		if strings.Contains(strings.ToLower(css), bad) {
			t.Errorf("%s came through in %q", bad, css)
		}
	}
}

func TestCalmCSS(t *testing.T) {
	for _, c := range []struct{ css, want string }{
		{"p { color: red; margin: 0 }", "p { color: red; margin: 0 }"},
		{"a{background:url(http://x/)}", "a{background:none(http://x/)}"},
		{"a{background:U\\52L(http://x/)}", "a{background:U_L(http://x/)}"},
		{"a{background:\\url(http://x/)}", "a{background:_none(http://x/)}"},
		{"@import 'http://x/';", "@none 'http://x/';"},
		{"@\\69mport 'http://x/';", "@_mport 'http://x/';"},
		{"@im/**/port 'x'", "@im port 'x'"},
		{"a{background:-webkit-image-set('http://x/' 1x)}", "a{background:none('http://x/' 1x)}"},
		{"a{content:'/*'} b{background:url(x)} c{content:'*/'}", "a{content:' '}"},
		{"a{x:url(a'b); y:u\\72l(http://x/)}", "a{x:none(a'b); y:u_l(http://x/)}"},
		{"a{}/* never closed url(", "a{} "},
		{"<\\/style><script>", " _/style> script>"},
		{"<\\/**/style>", " _ style>"},
		{"@font-face{src:url(x)}", "@none{src:none(x)}"},
	} {
		got := calmCSS(c.css)
		if got != c.want {
			t.Errorf("calmCSS(%q) = %q, want %q", c.css, got, c.want)
		}
	}
}

// FuzzHTML: whatever comes in, nothing that acts goes out, and the words of a marked quote are the page's own.
func FuzzHTML(f *testing.F) {
	pages, err := filepath.Glob("testdata/hostile/*.html")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range pages {
		b, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b, 10, 40)
	}
	f.Add([]byte("<<b>script>alert(1)</<b>script>"), 0, 9)
	f.Add([]byte("<p>a<textarea></p>b</textarea>&amp"), 3, 5)
	f.Fuzz(func(t *testing.T, b []byte, start, end int) {
		o := Options{Quotes: []contrechamp.Span{{Start: start, End: end}}}
		page, _ := HTML(b, o)
		checkInert(t, page)
		o.Bare = true
		page, _ = HTML(b, o)
		checkInert(t, page)
		plain, _ := Plain(b, o)
		checkInert(t, plain)
	})
}

// BenchmarkHTML: what a page of 200 KB costs.
func BenchmarkHTML(b *testing.B) {
	page := []byte("<!doctype html><title>T</title><style>p{color:red}</style>" + strings.Repeat("<p class=x onclick='y()'>Le conseil a voté l&rsquo;achat de <b>dix caméras</b> pour la gare.</p>\n", 2000))
	at := strings.Index(string(page), "dix caméras")
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		if _, n := HTML(page, Options{Quotes: []contrechamp.Span{{Start: at, End: at + 12}}}); n != 1 {
			b.Fatal(n)
		}
	}
}

// TestParts: pictures and style sheets that were captured with the page stand in it, and nothing else of them does.
func TestParts(t *testing.T) {
	png := "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
	parts := map[string]Part{
		"https://valmere.example/press/a.png":   {"image/png", []byte(png)},
		"https://valmere.example/img/b.png?v=1": {"text/html", []byte(png)},
		"https://valmere.example/press/c.svg":   {"image/svg+xml", []byte("<svg onload=alert(1)>")},
		"https://valmere.example/press/d.png":   {"image/png", []byte("<html><script>alert(1)</script>")},
		"https://valmere.example/site.css":      {"text/css; charset=utf-8", []byte("p{color:red;background:url(/x.png)}</style><script>alert(1)</script>")},
		"https://valmere.example/other.css":     {"text/html", []byte("p{color:blue}")},
	}
	page := `<title>x</title><link rel=stylesheet href="/site.css" media="screen"><link rel=stylesheet href=/other.css><link rel="alternate stylesheet" href=/site.css><link rel=icon href=/press/a.png>
<p>Le conseil</p><img src=a.png><img src="../img/b.png?v=1#x"><img src=c.svg><img src=d.png><img src=https://elsewhere.example/a.png>`
	out, _ := HTML([]byte(page), Options{Address: "https://valmere.example/press/cameras?id=1", Parts: parts})
	checkInert(t, out)
	if n := strings.Count(string(out), "data:image/png;base64,"); n != 2 {
		t.Errorf("%d pictures, want 2 in %s", n, out)
	}
	if n := strings.Count(string(out), "color:red"); n != 1 || strings.Contains(string(out), "color:blue") || !strings.Contains(string(out), `<style media="screen">`) {
		t.Errorf("%d style sheets in %s", n, out)
	}
	// a base says what the page meant; of several the first
	out, _ = HTML([]byte(`<base href="/press/"><base href="https://elsewhere.example/"><img src=a.png>`), Options{Address: "https://valmere.example/", Parts: parts})
	if !strings.Contains(string(out), "data:image/png") {
		t.Errorf("no picture in %s", out)
	}
	out, _ = HTML([]byte(page), Options{Address: "https://valmere.example/press/", Parts: parts, Bare: true})
	if strings.Contains(string(out), "color:red") {
		t.Error("a bare page has a style sheet")
	}
	for _, address := range []string{"", "file:///press/x", "::"} {
		out, _ = HTML([]byte(page), Options{Address: address, Parts: parts})
		if strings.Contains(string(out), "data:") {
			t.Errorf("a page of %q has pictures", address)
		}
	}
	large := map[string]Part{"https://valmere.example/press/a.png": {"image/png", append([]byte(png), make([]byte, maxParts)...)}}
	if out, _ = HTML([]byte(page), Options{Address: "https://valmere.example/press/", Parts: large}); len(out) > 4096 {
		t.Error("a picture that is too large stands in the page")
	}
}
