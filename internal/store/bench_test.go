package store

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// BenchmarkRecordCaptures records as `add` does, 64 at a time.
func BenchmarkRecordCaptures(b *testing.B) {
	s := openTest(b, testOptions(b.TempDir()))
	n := 0
	for b.Loop() {
		received := make([]contrechamp.Received, 64)
		for i := range received {
			received[i], _ = article(n)
			n++
		}
		if _, err := s.RecordCaptures(b.Context(), received); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "captures/s")
}

// BenchmarkSaveReading saves articles of thirty paragraphs with five claims each.
func BenchmarkSaveReading(b *testing.B) {
	s := openTest(b, testOptions(b.TempDir()))
	words := newVocabulary()
	n := 0
	for b.Loop() {
		b.StopTimer()
		received, _ := article(n)
		if _, err := s.RecordCaptures(b.Context(), []contrechamp.Received{received}); err != nil {
			b.Fatal(err)
		}
		r := words.reading(n, 30, 5)
		n++
		b.StartTimer()
		if err := s.SaveReading(b.Context(), r); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "readings/s")
}

// BenchmarkFind searches CONTRECHAMP_BENCH_PARAGRAPHS paragraphs, 100,000 unless said.
func BenchmarkFind(b *testing.B) {
	paragraphs := 100_000
	if said := os.Getenv("CONTRECHAMP_BENCH_PARAGRAPHS"); said != "" {
		var err error
		if paragraphs, err = strconv.Atoi(said); err != nil {
			b.Fatal(err)
		}
	}
	s := openTest(b, testOptions(b.TempDir()))
	words := newVocabulary()
	for n := range paragraphs / 50 {
		received, _ := article(n)
		if _, err := s.RecordCaptures(b.Context(), []contrechamp.Received{received}); err != nil {
			b.Fatal(err)
		}
		if err := s.SaveReading(b.Context(), words.reading(n, 50, 2)); err != nil {
			b.Fatal(err)
		}
	}
	for _, kind := range []struct {
		name  string
		query func() contrechamp.Query
	}{
		{"rare", func() contrechamp.Query { return words.query(500, 1) }},
		{"common", func() contrechamp.Query { return words.query(5, 1) }},
		{"three", func() contrechamp.Query { return words.query(200, 3) }},
		{"phrase", func() contrechamp.Query {
			q := words.query(50, 2)
			return contrechamp.Query{Terms: []contrechamp.Term{{Words: [][]string{q.Terms[0].Words[0], q.Terms[1].Words[0]}}}}
		}},
		{"prefix", func() contrechamp.Query {
			q := words.query(500, 1)
			q.Terms[0].Words[0] = []string{q.Terms[0].Words[0][0][:4]}
			q.Terms[0].Prefix = true
			return q
		}},
		{"filtered", func() contrechamp.Query {
			q := words.query(200, 1)
			q.Entities = [][]string{{fmt.Sprintf("place-%d", words.random.IntN(500))}}
			return q
		}},
	} {
		b.Run(kind.name, func(b *testing.B) {
			var took []time.Duration
			hits := 0
			for b.Loop() {
				q := kind.query()
				start := time.Now()
				_, total, err := s.Find(b.Context(), q)
				if err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(start))
				hits += total
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
			b.ReportMetric(float64(hits)/float64(len(took)), "hits")
		})
	}
}

// vocabulary makes text whose words are as unevenly frequent as real ones.
type vocabulary struct {
	random *rand.Rand
	zipf   *rand.Zipf
	words  []string
}

func newVocabulary() *vocabulary {
	v := &vocabulary{random: rand.New(rand.NewPCG(1, 2))}
	v.zipf = rand.NewZipf(v.random, 1.07, 4, 49_999)
	syllables := []string{"ca", "me", "ra", "vi", "de", "o", "sur", "veil", "lan", "po", "li", "ce", "mai", "rie", "ton", "bru"}
	for n := range 50_000 {
		var w strings.Builder
		for i := n + 16; i > 0; i /= 16 {
			w.WriteString(syllables[i%16])
		}
		v.words = append(v.words, w.String())
	}
	return v
}

// reading makes document n of so many paragraphs of forty words, and claims.
func (v *vocabulary) reading(n, paragraphs, claims int) contrechamp.Reading {
	_, r := article(n)
	var body strings.Builder
	r.Text.Paragraphs, r.Claims, r.Entities = nil, nil, nil
	for i := range paragraphs {
		if i > 0 {
			body.WriteString("\n\n")
		}
		start := body.Len()
		for j := range 40 {
			if j > 0 {
				body.WriteByte(' ')
			}
			body.WriteString(v.words[v.zipf.Uint64()])
		}
		r.Text.Paragraphs = append(r.Text.Paragraphs, contrechamp.Paragraph{
			Span: contrechamp.Span{Start: start, End: body.Len()}, Role: contrechamp.RoleBody, Language: "fr"})
	}
	r.Text.Body = body.String()
	r.Text.Published.Date = contrechamp.Date{Year: 2000 + n%25, Month: 1 + n%12}
	for i := range claims {
		e := contrechamp.Entity{ID: fmt.Sprintf("place-%d", v.random.IntN(500)), Kind: contrechamp.KindPlace}
		e.Name = "Valbrune " + e.ID
		span := contrechamp.Span{Start: r.Text.Paragraphs[i].Start, End: r.Text.Paragraphs[i].Start + 20}
		c := contrechamp.Claim{Document: r.Text.Capture, About: []contrechamp.EntityRef{e.Ref()}, Predicate: contrechamp.DeviceCount,
			Value: contrechamp.Value{Number: float64(i), Unit: "camera"}, Modality: contrechamp.Asserted,
			Quote: contrechamp.Quote{Exact: r.Text.Body[span.Start:span.End], Start: span.Start, End: span.End}, ProposedAt: r.Text.ReadAt}
		c.ID = contrechamp.ClaimID(c)
		r.Claims, r.Entities = append(r.Claims, c), append(r.Entities, e)
	}
	return r
}

// query asks for n words of about that rank of frequency.
func (v *vocabulary) query(rank, n int) contrechamp.Query {
	var q contrechamp.Query
	for range n {
		w := v.words[rank+v.random.IntN(rank)]
		q.Terms = append(q.Terms, contrechamp.Term{Words: [][]string{word.Forms(w)}})
	}
	return q
}
