package store

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/testenv"
	"contrechamp.org/contrechamp/internal/word"
)

// words of several languages and scripts, some of which fold or stem alike.
var words = strings.Fields(`caméra caméras camera cameras surveillance surveiller surveillent vidéosurveillance police municipale
	ville villes Belgrade Beograd Београд Évreux évreux Saint-Étienne l'entreprise aujourd'hui don't company's
	recognition reconnaissance faciale facial visage visages gesichtserkennung Straße strasse œuvre oeuvre 1.100.000 39,59
	2021 drone drones 监控 摄像头 城市 камеры наблюдения كاميرات المراقبة 😀 ﬁn ＡＢＣ ǅ İstanbul ß Ⅳ ½ a_b _ x² naïve NAÏVE`)

// TestSameHits asks both engines two hundred random searches over random texts: the same hits in the same order.
func TestSameHits(t *testing.T) {
	const documents, searches = 60, 200
	random := rand.New(rand.NewPCG(1, 2))
	pick := func(n int) string {
		var b strings.Builder
		for range n {
			fmt.Fprintf(&b, "%s%s", words[random.IntN(len(words))], []string{" ", " ", ", ", " — ", "\u00a0"}[random.IntN(5)])
		}
		return b.String()
	}
	embedded := openTest(t, testOptions(filepath.Join(t.TempDir(), "data")))
	server := openTest(t, serverOptions(testenv.Postgres(t)))
	roles := []contrechamp.Role{contrechamp.RoleTitle, contrechamp.RoleHeading, contrechamp.RoleBody, contrechamp.RoleMeta, contrechamp.RoleFurniture}
	for n := range documents {
		received, reading := article(n)
		text := contrechamp.Text{Capture: received.Capture.Digest, Reader: "plain/1", ReadAt: reading.Text.ReadAt, Language: "fr"}
		if n%4 > 0 {
			text.Published.Date = contrechamp.Date{Year: 2015 + n%7, Month: n % 5}
		}
		var body strings.Builder
		for range 1 + random.IntN(12) {
			length := 1 + random.IntN(40)
			if random.IntN(20) == 0 {
				length = 2500 // some pieces
			}
			start := body.Len()
			body.WriteString(strings.TrimSpace(pick(length)))
			text.Paragraphs = append(text.Paragraphs, contrechamp.Paragraph{Span: contrechamp.Span{Start: start, End: body.Len()},
				Role: roles[random.IntN(len(roles))], Language: []string{"fr", "en", "und", "zh"}[random.IntN(4)]})
			body.WriteString("\n\n")
		}
		text.Body = body.String()
		for _, s := range []*Database{embedded, server} {
			if _, err := s.RecordCaptures(t.Context(), []contrechamp.Received{received}); err != nil {
				t.Fatal(err)
			}
			if err := s.SaveReading(t.Context(), contrechamp.Reading{Text: text}); err != nil {
				t.Fatal(err)
			}
		}
	}
	hits := 0
	for n := range searches {
		q := contrechamp.Query{Limit: 1 + random.IntN(50), Offset: random.IntN(2) * random.IntN(10)}
		for i := range 1 + random.IntN(3) {
			q.Terms = append(q.Terms, randomTerm(random, i > 0))
		}
		if random.IntN(4) == 0 {
			q.From = contrechamp.Date{Year: 2015 + random.IntN(7)}
		}
		if random.IntN(4) == 0 {
			q.To = contrechamp.Date{Year: 2015 + random.IntN(7), Month: random.IntN(12)}
		}
		one, total, err := embedded.Find(t.Context(), q)
		if err != nil {
			t.Fatalf("search %d, %v: %v", n, q, err)
		}
		two, again, err := server.Find(t.Context(), q)
		if err != nil {
			t.Fatalf("search %d, %v, on the server: %v", n, q, err)
		}
		if total != again || !reflect.DeepEqual(one, two) {
			t.Errorf("search %d, %v: %d hits, on the server %d\n%v\n%v", n, q, total, again, places(one), places(two))
		}
		hits += total
	}
	if hits < searches {
		t.Errorf("only %d hits in %d searches: they test little", hits, searches)
	}
}

// randomTerm is a word, a phrase or the beginning of one, as register makes them of what people type.
func randomTerm(random *rand.Rand, mayNot bool) contrechamp.Term {
	for {
		var t contrechamp.Term
		for range 1 + random.IntN(8)/6 {
			for _, tok := range word.Cut(nil, words[random.IntN(len(words))]) {
				if w := words[random.IntN(len(words))]; tok.Kind != word.Punct && word.Key(w) != "" {
					t.Words = append(t.Words, word.Forms(w))
				}
			}
		}
		if len(t.Words) == 0 {
			continue
		}
		if t.Not = mayNot && random.IntN(3) == 0; random.IntN(4) == 0 {
			last := len(t.Words) - 1
			form := []rune(t.Words[last][0])
			t.Prefix, t.Words[last] = true, []string{string(form[:1+random.IntN(len(form))])}
		}
		return t
	}
}

func places(hits []contrechamp.Hit) []string {
	var out []string
	for _, h := range hits {
		out = append(out, fmt.Sprintf("%s/%d@%d", h.Document.Digest.Short(), h.Paragraph, h.Start))
	}
	return out
}
