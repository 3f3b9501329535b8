package verify_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
	"contrechamp.org/contrechamp/internal/ledger/log"
	"contrechamp.org/contrechamp/internal/store"
	"contrechamp.org/contrechamp/internal/verify"
)

// register is a whole register in a folder: bytes, rows, log.
type register struct {
	dir   string
	store *store.Database
	blobs *store.Folder
	log   *log.Log
	met   int
}

func newRegister(t testing.TB) *register {
	t.Helper()
	r := &register{dir: t.TempDir()}
	var err error
	if r.store, err = store.Open(t.Context(), store.Options{Dir: r.dir}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.store.Close() })
	if r.blobs, err = store.OpenFolder(filepath.Join(r.dir, "blobs"), store.FolderOptions{}); err != nil {
		t.Fatal(err)
	}
	if r.log, err = log.Open(t.Context(), log.Options{Dir: r.folder(), Keys: ledger.Keyring(filepath.Join(r.dir, "keys")), Leaves: r.store, Create: true, Name: "log.example.org"}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.log.Close() })
	return r
}

func (r *register) folder() string { return filepath.Join(r.dir, "ledger") }

func (r *register) cover(t testing.TB) {
	t.Helper()
	if err := r.log.Cover(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// put keeps bytes.
func (r *register) put(t testing.TB, text string) contrechamp.Digest {
	t.Helper()
	d, _, err := r.blobs.Put(t.Context(), strings.NewReader(text), 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// meet records sightings of a text.
func (r *register) meet(t testing.TB, text string, times int, exchange contrechamp.Digest) contrechamp.Digest {
	t.Helper()
	d := r.put(t, text)
	var all []contrechamp.Received
	for range times {
		r.met++
		at := time.Date(2026, 11, 26, 8, 0, 0, 0, time.UTC).Add(time.Duration(r.met) * time.Second)
		s := contrechamp.Sighting{Capture: d, Name: "page.html", Path: fmt.Sprintf("folder %d/page.html", r.met), CapturedAt: at, ModifiedAt: at.Add(-time.Hour)}
		if !exchange.IsZero() {
			s.Exchange = contrechamp.Exchange{Records: exchange, Status: 200, Final: s.Path, MediaType: "text/html"}
		}
		all = append(all, contrechamp.Received{Sighting: s, Capture: contrechamp.Capture{Digest: d, Length: int64(len(text)), MediaType: "text/plain", CapturedAt: at}})
	}
	if _, err := r.store.RecordCaptures(t.Context(), all); err != nil {
		t.Fatal(err)
	}
	return d
}

var valbrune = contrechamp.Entity{ID: "place-valbrune", Kind: contrechamp.KindPlace, Name: "Valbrune", Source: "lexicon"}

// readingOf is a text that stands in the bytes as it is, with one claim.
func readingOf(t testing.TB, d contrechamp.Digest, body string) (contrechamp.Reading, error) {
	t.Helper()
	const words = "48 caméras"
	start := strings.Index(body, words)
	q, err := contrechamp.QuoteAt(body, contrechamp.Span{Start: start, End: start + len(words)})
	if err != nil {
		return contrechamp.Reading{}, err
	}
	c := contrechamp.Claim{Document: d, About: []contrechamp.EntityRef{valbrune.Ref()}, Predicate: contrechamp.DeviceCount,
		Value: contrechamp.Value{Number: 48, Unit: "camera", Qualifier: contrechamp.Exactly}, Modality: contrechamp.Asserted,
		Quote: q, Rule: "test", Confidence: 0.5, State: contrechamp.Proposed, ProposedAt: time.Unix(1, 0).UTC()}
	c.ID = contrechamp.ClaimID(c)
	text := contrechamp.Text{Capture: d, Reader: "plain/1", ReadAt: time.Unix(1, 0).UTC(), Body: body, Language: "fr",
		Paragraphs: []contrechamp.Paragraph{{Span: contrechamp.Span{Start: 0, End: len(body)}, Role: contrechamp.RoleBody, Language: "fr"}},
		Origin:     contrechamp.Origin{{Text: 0, Source: 0, Len: len(body)}}}
	return contrechamp.Reading{Text: text, Claims: []contrechamp.Claim{c}, Entities: []contrechamp.Entity{valbrune}}, nil
}

// read records such a reading.
func (r *register) read(t testing.TB, d contrechamp.Digest, body string) contrechamp.Claim {
	t.Helper()
	reading, err := readingOf(t, d, body)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.store.SaveReading(t.Context(), reading); err != nil {
		t.Fatal(err)
	}
	return reading.Claims[0]
}

// decide records a decision.
func (r *register) decide(t testing.TB, c contrechamp.Claim, state contrechamp.State) {
	t.Helper()
	if err := r.store.Decide(t.Context(), []contrechamp.Decision{{Claim: c.ID, State: state, Note: "a note", By: "ana", At: time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)}}); err != nil {
		t.Fatal(err)
	}
}

// fill makes a register with something of everything: more than a bundle of leaves, several states, a new key.
func (r *register) fill(t testing.TB) {
	t.Helper()
	record := r.put(t, "WARC/1.1 of the first visit")
	for i := range 8 {
		body := fmt.Sprintf("Document %d. La ville de Valbrune compte 48 caméras de vidéosurveillance, dit la mairie.", i)
		exchange := contrechamp.Digest{}
		if i == 3 {
			exchange = record
		}
		d := r.meet(t, body, 1+i*4, exchange)
		c := r.read(t, d, body)
		if i%2 == 0 {
			r.decide(t, c, contrechamp.Accepted)
		}
		if i == 4 {
			r.decide(t, c, contrechamp.Withdrawn)
		}
		r.cover(t)
	}
	if _, _, err := r.log.Rotate(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.meet(t, "many", 130, contrechamp.Digest{})
	r.cover(t)
	gone := r.put(t, "WARC/1.1 of a later visit")
	if err := r.store.RecordAbsence(t.Context(), contrechamp.Absence{Address: r.addressMet(t, record), At: time.Date(2026, 11, 26, 10, 0, 0, 0, time.UTC),
		Kind: contrechamp.Gone, Status: 404, Final: "https://example.org/", Records: gone, Length: int64(len("WARC/1.1 of a later visit"))}); err != nil {
		t.Fatal(err)
	}
	r.cover(t)
}

// addressMet is an address at which something was met, by the record of the visit.
func (r *register) addressMet(t testing.TB, record contrechamp.Digest) string {
	t.Helper()
	address := ""
	err := r.store.Inspect(t.Context(), func(in contrechamp.Inspected) error {
		for _, s := range in.Sightings {
			if s.Exchange.Records == record {
				address = s.Path
			}
		}
		return nil
	})
	if err != nil || address == "" {
		t.Fatalf("no address, %v", err)
	}
	return address
}

func (r *register) verify(ctx context.Context) (verify.Report, error) {
	return verify.Check{Store: r.store, Blobs: r.blobs, Log: ledger.Folder(r.folder()), Workers: 2}.Run(ctx)
}

func (r *register) mustHold(t testing.TB) verify.Report {
	t.Helper()
	report, err := r.verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !report.Holds {
		t.Fatalf("it does not hold: %+v", report.Findings)
	}
	return report
}
