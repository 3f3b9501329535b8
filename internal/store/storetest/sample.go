package storetest

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
)

// at is a moment, n minutes after the first of all.
func at(n int) time.Time {
	return time.Date(2024, 3, 1, 12, 0, 0, 123000, time.UTC).Add(time.Duration(n) * time.Minute)
}

// digest is the digest of document n.
func digest(n int) contrechamp.Digest { return contrechamp.Sum(fmt.Appendf(nil, "document %d", n)) }

// received is document n as it was met at minute n.
func received(n int) contrechamp.Received {
	return contrechamp.Received{
		Capture: contrechamp.Capture{Digest: digest(n), Length: int64(100 + n), MediaType: "text/html", CapturedAt: at(n)},
		Sighting: contrechamp.Sighting{Capture: digest(n), Name: fmt.Sprintf("article-%d.html", n), Path: fmt.Sprintf("press/article-%d.html", n),
			CapturedAt: at(n), ModifiedAt: at(-n)},
	}
}

// record captures documents and fails the test if that fails.
func record(t *testing.T, s contrechamp.Store, ns ...int) {
	t.Helper()
	var all []contrechamp.Received
	for _, n := range ns {
		all = append(all, received(n))
	}
	if _, err := s.RecordCaptures(t.Context(), all); err != nil {
		t.Fatal(err)
	}
}

func save(t *testing.T, s contrechamp.Store, rs ...contrechamp.Reading) {
	t.Helper()
	for _, r := range rs {
		if err := s.SaveReading(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
}

// The entities of the samples.
var (
	belgrade = contrechamp.Entity{ID: "place-rs-belgrade", Kind: contrechamp.KindPlace, Name: "Belgrade", Country: "RS", Within: "place-rs",
		Names:       []contrechamp.Name{{Text: "Beograd", Language: "sr-Latn"}, {Text: "Београд", Language: "sr"}},
		Identifiers: map[string]string{"wikidata": "Q3711"}, Source: "lexicon"}
	evreux = contrechamp.Entity{ID: "place-fr-27229", Kind: contrechamp.KindPlace, Name: "Évreux", Country: "FR", Source: "lexicon"}
	huawei = contrechamp.Entity{ID: "v-huawei", Kind: contrechamp.KindCompany, Name: "Huawei", Source: "lexicon",
		Names: []contrechamp.Name{{Text: "Huawei Technologies Co., Ltd."}, {Text: "华为", Language: "zh"}}}
	faces = contrechamp.Entity{ID: "face-recognition", Kind: contrechamp.KindCapability, Name: "face recognition", Source: "lexicon",
		Names: []contrechamp.Name{{Text: "reconnaissance faciale", Language: "fr"}}}
)

// text makes a text of paragraphs, each "role language words".
func text(n int, paragraphs ...string) contrechamp.Text {
	t := contrechamp.Text{Capture: digest(n), Reader: "plain/1", ReadAt: at(1000 + n), Language: "fr", Quality: 0.875}
	var b strings.Builder
	for i, p := range paragraphs {
		parts := strings.SplitN(p, " ", 3)
		if i > 0 {
			b.WriteString("\n\n")
		}
		start := b.Len()
		b.WriteString(parts[2])
		t.Paragraphs = append(t.Paragraphs, contrechamp.Paragraph{Span: contrechamp.Span{Start: start, End: b.Len()},
			Role: contrechamp.Role(parts[0]), Language: parts[1]})
	}
	t.Body = b.String()
	return t
}

// dated gives a text a date.
func dated(t contrechamp.Text, date string) contrechamp.Text {
	d, err := contrechamp.ParseDate(date)
	if err != nil {
		panic(err)
	}
	t.Published = contrechamp.Published{Date: d, From: "meta"}
	return t
}

// claim says something of a subject in words that stand in the text.
func claim(t contrechamp.Text, about contrechamp.Entity, p contrechamp.Predicate, v contrechamp.Value, words string) contrechamp.Claim {
	start := strings.Index(t.Body, words)
	q, err := contrechamp.QuoteAt(t.Body, contrechamp.Span{Start: start, End: start + len(words)})
	if err != nil {
		panic(err)
	}
	c := contrechamp.Claim{Document: t.Capture, About: []contrechamp.EntityRef{about.Ref()}, Predicate: p, Value: v,
		Modality: contrechamp.Asserted, Quote: q, Rule: "sample", Confidence: 0.75, State: contrechamp.Proposed, ProposedAt: t.ReadAt}
	c.ID = contrechamp.ClaimID(c)
	return c
}

func entityValue(e contrechamp.Entity) contrechamp.Value {
	r := e.Ref()
	return contrechamp.Value{Entity: &r}
}

func cameras(n float64) contrechamp.Value {
	return contrechamp.Value{Number: n, Unit: "camera", Qualifier: contrechamp.About}
}

// sample is the reading of document n: two claims about Belgrade.
func sample(n int) contrechamp.Reading {
	t := dated(text(n, "title fr Belgrade", fmt.Sprintf("body fr Huawei a livré %d caméras à Belgrade.", n+2)), fmt.Sprintf("20%02d-06", 10+n%80))
	return contrechamp.Reading{Text: t, Entities: []contrechamp.Entity{belgrade, huawei}, Claims: []contrechamp.Claim{
		claim(t, belgrade, contrechamp.DeviceCount, cameras(float64(n+2)), fmt.Sprintf("%d caméras", n+2)),
		claim(t, belgrade, contrechamp.Vendor, entityValue(huawei), "Huawei a livré"),
	}}
}

// sameClaim compares claims as kept, without the source.
func sameClaim(t *testing.T, what string, got contrechamp.Sourced, want contrechamp.Claim) {
	t.Helper()
	if !reflect.DeepEqual(got.Claim, want) {
		t.Errorf("%s:\ngot  %+v\nwant %+v", what, got.Claim, want)
	}
}

// wantKind fails the test unless err is of that kind.
func wantKind(t *testing.T, what string, err, kind error) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Errorf("%s: got %v, want %v", what, err, kind)
	}
}

// must hands on what a call answered, or fails the test: must(s.Document(ctx, d))(t).
func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func equal[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got %+v, want %+v", what, got, want)
	}
}

// ids answers the IDs of claims, in order.
func ids(claims []contrechamp.Sourced) []string {
	out := []string{}
	for _, c := range claims {
		out = append(out, c.ID)
	}
	return out
}

// numbers answers which documents these are, in order.
func numbers(t *testing.T, docs []contrechamp.Document) []int {
	t.Helper()
	known := map[contrechamp.Digest]int{}
	for n := range 200 {
		known[digest(n)] = n
	}
	out := []int{}
	for _, d := range docs {
		n, ok := known[d.Digest]
		if !ok {
			t.Fatalf("document %s is none of the samples", d.Digest)
		}
		out = append(out, n)
	}
	return out
}
