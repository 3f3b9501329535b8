package similar

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// article is n invented words.
func article(seed uint64, n int) []string {
	r := rand.New(rand.NewPCG(seed, 1))
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("w%d", r.IntN(4000))
	}
	return out
}

func hashes(words []string) []uint64 {
	out := make([]uint64, len(words))
	for i, w := range words {
		out[i] = word.Hash(w)
	}
	return out
}

func share(a, b []uint64) int {
	n := 0
	for i := range a {
		if a[i] == b[i] {
			n++
		}
	}
	return n
}

// Reprints of one copy are found and confirmed, other texts are not.
func TestReprints(t *testing.T) {
	copy := article(1, 400)
	edited := append([]string{}, copy...)
	for i := 30; i < len(edited); i += 90 {
		edited[i] = "edited"
	}
	for _, c := range []struct {
		name string
		text []string
		same bool
	}{
		{"word for word", copy, true},
		{"a word here and there", edited, true},
		{"cut at the end", copy[:330], true},
		{"with a head and a tail of its own", append(append(article(2, 40), copy...), article(3, 40)...), true},
		{"in another order", append(append([]string{}, copy[200:]...), copy[:200]...), true},
		{"half of it among words of its own", append(append(article(4, 150), copy[:200]...), article(5, 150)...), false},
		{"another text", article(6, 400), false},
		{"a quotation", append(article(7, 300), copy[100:160]...), false},
	} {
		a, b := hashes(copy), hashes(c.text)
		if got := Resemblance(a, b); (got >= Same) != c.same {
			t.Errorf("%s: resemblance %.2f, want the same: %v", c.name, got, c.same)
		}
		if n := share(Sketch(a), Sketch(b)); c.same && n == 0 {
			t.Errorf("%s: the sketches have nothing in common", c.name)
		}
	}
	if Sketch(hashes(article(8, Fewest-1))) != nil {
		t.Error("a text of a few words has a sketch")
	}
}

// Sketches propose what the package comment says they do.
func TestSketchesPropose(t *testing.T) {
	const texts = 400
	for _, c := range []struct {
		changed     int // every so many words
		low, high   float64
		least, most float64 // share of texts proposed
	}{
		{14, 0.45, 0.56, 0.8, 0.97}, {30, 0.68, 0.76, 0.98, 1}, {3, 0, 0.01, 0, 0.02},
	} {
		proposed, sum := 0, 0.0
		for i := range uint64(texts) {
			a := article(i+100, 500)
			b := append([]string{}, a...)
			for j := int(i) % c.changed; j < len(b); j += c.changed {
				b[j] = fmt.Sprintf("x%d", j)
			}
			x, y := hashes(a), hashes(b)
			sum += Resemblance(x, y)
			if share(Sketch(x), Sketch(y)) > 0 {
				proposed++
			}
		}
		mean, found := sum/texts, float64(proposed)/texts
		if mean < c.low || mean > c.high || found < c.least || found > c.most {
			t.Errorf("every %d words changed: resemblance %.3f, want %.2f to %.2f; proposed %.3f, want %.2f to %.2f", c.changed, mean, c.low, c.high, found, c.least, c.most)
		}
	}
}

func TestWordsAreThoseOfTheArticle(t *testing.T) {
	body := "Le titre\n\nMenu\n\nDix caméras."
	text := contrechamp.Text{Body: body, Paragraphs: []contrechamp.Paragraph{
		{Span: contrechamp.Span{Start: 0, End: 8}, Role: contrechamp.RoleTitle},
		{Span: contrechamp.Span{Start: 10, End: 14}, Role: contrechamp.RoleFurniture},
		{Span: contrechamp.Span{Start: 16, End: len(body)}, Role: contrechamp.RoleBody}}}
	got := Words(text)
	if len(got) != 2 || got[0] != word.Hash("DIX") || got[1] != word.Hash("cameras") {
		t.Errorf("got %x", got)
	}
}

func FuzzResemblance(f *testing.F) {
	f.Add("a b c d e f", "a b c d e g")
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := hashes(strings.Fields(a)), hashes(strings.Fields(b))
		got := Resemblance(x, y)
		if got < 0 || got > 1 || got != Resemblance(y, x) || len(x) >= Run && Resemblance(x, x) != 1 {
			t.Errorf("resemblance %v", got)
		}
		Sketch(x)
	})
}

// BenchmarkSketch is the whole way from stored text to sketch; the words are cut and hashed here, which reading has
// done already when it asks.
func BenchmarkSketch(b *testing.B) {
	body := strings.Repeat("Le conseil municipal de Valbrune a voté l'achat de soixante-quatre caméras, malgré l'avis contraire. ", 60)
	text := contrechamp.Text{Body: body, Paragraphs: []contrechamp.Paragraph{{Span: contrechamp.Span{End: len(body)}, Role: contrechamp.RoleBody}}}
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if Sketch(Words(text)) == nil {
			b.Fatal("no sketch")
		}
	}
}

// BenchmarkSketchOfWords is what it adds to reading.
func BenchmarkSketchOfWords(b *testing.B) {
	body := strings.Repeat("Le conseil municipal de Valbrune a voté l'achat de soixante-quatre caméras, malgré l'avis contraire. ", 60)
	text := contrechamp.Text{Body: body, Paragraphs: []contrechamp.Paragraph{{Span: contrechamp.Span{End: len(body)}, Role: contrechamp.RoleBody}}}
	words := Words(text)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if Sketch(words) == nil {
			b.Fatal("no sketch")
		}
	}
}

func BenchmarkResemblance(b *testing.B) {
	x, y := hashes(article(1, 1000)), hashes(article(2, 1000))
	b.SetBytes(6 * 2000)
	for b.Loop() {
		Resemblance(x, y)
	}
}
