package read

import (
	"context"
	"strings"
	"testing"

	contrechamp "contrechamp.org/contrechamp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
)

// checkOrigin checks that every run of a text's origin stands in the captured bytes as it stands in the text.
func checkOrigin(t testing.TB, text contrechamp.Text, b []byte) {
	t.Helper()
	last := 0
	for _, r := range text.Origin {
		if r.Text < last || r.Len < 0 || r.Text+r.Len > len(text.Body) || r.Source < 0 || r.Source+r.Len > len(b) {
			t.Fatalf("run %v after %d, in %d bytes of text and %d of the capture", r, last, len(text.Body), len(b))
		}
		if got := strings.ReplaceAll(string(b[r.Source:r.Source+r.Len]), "\x00", " "); got != text.Body[r.Text:r.Text+r.Len] {
			t.Fatalf("run %v: %q in the capture is %q in the text", r, got, text.Body[r.Text:r.Text+r.Len])
		}
		last = r.Text + r.Len
	}
	for _, p := range text.Paragraphs {
		if p.Role == contrechamp.RoleTitle || len(text.Origin) == 0 {
			continue // a title may stand in an attribute of the head only
		}
		if _, ok := text.Origin.Source(p.Span); !ok {
			t.Errorf("nothing in the capture for %q", p.Of(text.Body))
		}
	}
}

// A quote is shown in the page as it was captured: the bytes between its ends, with the tags and references that stand there.
func TestQuoteInThePageAsCaptured(t *testing.T) {
	const page = "<!doctype html><title>T</title><body><nav>Accueil</nav>\n<article><h1>Un vote &agrave; huis clos</h1>\n" +
		"<p>Le conseil a vot&eacute;,\n   <b>malgr&#233; l&rsquo;avis</b>&nbsp;contraire&hellip; de <a href='x'>deux&#32;&eacute;lus</a>, l'achat de <!-- ten --> dix cam&eacuteras pour la gare.</p>" +
		"<table><tr><td>Gare<td>10&nbsp;caméras</table></article>"
	shiftJIS, err := japanese.ShiftJIS.NewEncoder().String("<!doctype html><meta charset=shift_jis><p>市議会は駅前に十二台のカメラを設置した。住民には知らされていない。")
	if err != nil {
		t.Fatal(err)
	}
	latin, err := charmap.Windows1252.NewEncoder().String("<!doctype html><meta charset=windows-1252><p>Le conseil a voté l'achat de dix caméras pour la gare, malgré l’avis contraire de deux élus.")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, page, quote, want string }{
		{"plain", page, "conseil a vot", "conseil a vot"},
		{"a reference", page, "voté,", "vot&eacute;,"},
		{"tags, references and white space", page, "voté, malgré l’avis\u00a0contraire", "vot&eacute;,\n   <b>malgr&#233; l&rsquo;avis</b>&nbsp;contraire"},
		{"ends at a reference", page, "contraire…", "contraire&hellip;"},
		{"a space by number", page, "deux élus", "deux&#32;&eacute;lus"},
		{"a comment", page, "achat de dix", "achat de <!-- ten --> dix"},
		{"a reference without its semicolon", page, "dix caméras", "dix cam&eacuteras"},
		{"a heading", page, "à huis clos", "&agrave; huis clos"},
		{"cells", page, "Gare\t10\u00a0caméras", "Gare<td>10&nbsp;caméras"},
		{"behind a mark", "\xef\xbb\xbf" + page, "conseil a vot", "conseil a vot"},
		{"windows-1252", latin, "dix caméras pour", "dix cam\xe9ras pour"},
		{"windows-1252, a word", latin, "élus", "\xe9lus"},
		{"plain text", "Le titre\r\n\r\nDix caméras\x00 ici et là, dit la mairie de la ville.", "caméras  ici", "caméras\x00 ici"},
		{"plain text in windows-1252", "Dix cam\xe9ras ont \xe9t\xe9 pos\xe9es devant la gare, dit la mairie de la ville.", "été pos", "\xe9t\xe9 pos"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, err := Read(context.Background(), Source{Bytes: []byte(c.page), Now: now})
			if err != nil {
				t.Fatal(err)
			}
			checkOrigin(t, text, []byte(c.page))
			at := strings.Index(text.Body, c.quote)
			if at < 0 {
				t.Fatalf("%q is not in %q", c.quote, text.Body)
			}
			s, ok := text.Origin.Source(contrechamp.Span{Start: at, End: at + len(c.quote)})
			if !ok || c.page[s.Start:s.End] != c.want {
				t.Errorf("%q was captured as %q (%v), want %q", c.quote, c.page[s.Start:s.End], ok, c.want)
			}
		})
	}
	// in multi-byte encodings a quote is known to within a few characters
	text, err := Read(context.Background(), Source{Bytes: []byte(shiftJIS), Now: now})
	if err != nil {
		t.Fatal(err)
	}
	at := strings.Index(text.Body, "カメラ")
	s, ok := text.Origin.Source(contrechamp.Span{Start: at, End: at + len("カメラ")})
	if want := "\x83\x4a\x83\x81\x83\x89"; !ok || !strings.Contains(shiftJIS[s.Start:s.End], want) || s.Len() > 40 {
		t.Errorf("%q stands at %v (%v)", want, s, ok)
	}
}
