package evidence_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
	"contrechamp.org/contrechamp/internal/ledger/bundle"
	"contrechamp.org/contrechamp/internal/ledger/log"
	"contrechamp.org/contrechamp/internal/publish/evidence"
	"contrechamp.org/contrechamp/internal/publish/webarchive"
	"contrechamp.org/contrechamp/internal/store"
)

const body = "Valbrune\n\nLa ville de Valbrune compte <48> caméras & en veut d'autres."

// register is a register with one document that was read, one claim that was accepted, and a log.
type register struct {
	*evidence.Exporter
	store *store.Database
	blobs contrechamp.Blobs
	log   *log.Log
	doc   contrechamp.Digest
	claim string
}

func newRegister(t *testing.T) *register {
	t.Helper()
	ctx, dir := t.Context(), t.TempDir()
	s, err := store.Open(ctx, store.Options{Dir: dir, Verb: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	blobs, err := store.OpenBlobs(ctx, filepath.Join(dir, "blobs"), false)
	if err != nil {
		t.Fatal(err)
	}
	r := &register{store: s, blobs: blobs}
	d, n, err := blobs.Put(ctx, strings.NewReader(body), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	r.doc = d
	at := time.Date(2026, 11, 26, 7, 0, 0, 0, time.UTC)
	if _, err := s.RecordCaptures(ctx, []contrechamp.Received{{
		Capture:  contrechamp.Capture{Digest: d, Length: n, MediaType: "text/plain", CapturedAt: at},
		Sighting: contrechamp.Sighting{Capture: d, Name: "un.txt", Path: "/home/lise/un.txt", CapturedAt: at}}}); err != nil {
		t.Fatal(err)
	}
	place := contrechamp.Entity{ID: "place:valbrune", Kind: contrechamp.KindPlace, Name: "Valbrune"}
	start := strings.Index(body, "La ville")
	q, err := contrechamp.QuoteAt(body, contrechamp.Span{Start: start, End: strings.Index(body, " & en")})
	if err != nil {
		t.Fatal(err)
	}
	c := contrechamp.Claim{Document: d, About: []contrechamp.EntityRef{place.Ref()}, Predicate: contrechamp.DeviceCount,
		Value: contrechamp.Value{Number: 48, Unit: "camera", Qualifier: contrechamp.Exactly}, Modality: contrechamp.Asserted, Quote: q, Rule: "test",
		Confidence: 0.9, State: contrechamp.Proposed, ProposedAt: at}
	c.ID = contrechamp.ClaimID(c)
	r.claim = c.ID
	text := contrechamp.Text{Capture: d, Reader: "plain/1", ReadAt: at, Body: body, Title: "Valbrune", Language: "fr", Quality: 1,
		Paragraphs: []contrechamp.Paragraph{{Span: contrechamp.Span{Start: 0, End: 8}, Role: contrechamp.RoleTitle, Language: "fr"},
			{Span: contrechamp.Span{Start: start, End: len(body)}, Role: contrechamp.RoleBody, Language: "fr"}},
		Origin: contrechamp.Origin{{Text: 0, Source: 0, Len: len(body)}}}
	if err := s.SaveReading(ctx, contrechamp.Reading{Text: text, Claims: []contrechamp.Claim{c}, Entities: []contrechamp.Entity{place}}); err != nil {
		t.Fatal(err)
	}
	if err := s.Decide(ctx, []contrechamp.Decision{{Claim: c.ID, State: contrechamp.Accepted, Note: "vu", By: "Lise", At: at}}); err != nil {
		t.Fatal(err)
	}
	keys := ledger.Keyring(filepath.Join(dir, "keys"))
	if r.log, err = log.Open(ctx, log.Options{Dir: filepath.Join(dir, "ledger"), Keys: keys, Leaves: s, Create: true}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.log.Close() })
	key, err := keys.Key()
	if err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return at.Add(time.Hour) }
	r.Exporter = &evidence.Exporter{From: s, Blobs: blobs, Log: r.log.Folder(), Key: key, Policy: ledger.LogPolicy(), Now: now,
		Archive: func(ctx context.Context, w io.Writer, documents []contrechamp.Digest) error {
			_, err := (&webarchive.Exporter{From: s, Blobs: blobs, Software: "test", Now: now}).WACZ(ctx, w, documents)
			return err
		}}
	return r
}

func (r *register) export(t *testing.T) []byte {
	t.Helper()
	contents, err := r.Gather(t.Context(), []string{r.claim, r.claim})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := bundle.Write(&b, contents, r.Key); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestExport(t *testing.T) {
	r := newRegister(t)
	if _, err := r.Gather(t.Context(), []string{r.claim}); !errors.Is(err, contrechamp.ErrNotFound) && !errors.Is(err, contrechamp.ErrUnavailable) {
		t.Errorf("before anything is logged: %v", err)
	}
	if err := r.log.Cover(t.Context()); err != nil {
		t.Fatal(err)
	}
	b := r.export(t)
	if !bytes.Equal(b, r.export(t)) {
		t.Error("exported twice at the same moment, it is another file")
	}
	report, err := bundle.Verify(bytes.NewReader(b), int64(len(b)), bundle.Trust{Keys: []ledger.VerifierKey{r.Key.Public()}})
	if err != nil || !report.OK {
		t.Fatalf("%v, %+v", err, report)
	}
	if c := report.Claims[0]; len(report.Claims) != 1 || !c.InBytes || c.Verbatim != len(c.Quote) || len(c.Decisions) != 1 {
		t.Errorf("claims %+v", report.Claims)
	}
	for _, secret := range []string{"/home/lise", "Lise", "un.txt\x00"} {
		if bytes.Contains(b, []byte(secret)) {
			t.Errorf("%q leaves with the bundle", secret)
		}
	}
	r.Reveal = true
	if b := r.export(t); !bytes.Contains(b, []byte("/home/lise/un.txt")) || !bytes.Contains(b, []byte("Lise")) {
		t.Error("what is to be opened is not")
	}
}

func TestRefusals(t *testing.T) {
	r := newRegister(t)
	if err := r.log.Cover(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Gather(t.Context(), []string{"cnothing"}); !errors.Is(err, contrechamp.ErrNotFound) {
		t.Errorf("a claim that is not there: %v", err)
	}
	if _, err := r.Gather(t.Context(), make([]string, 1001)); !errors.Is(err, contrechamp.ErrInvalid) {
		t.Errorf("too many: %v", err)
	}
	if _, err := r.store.Withhold(t.Context(), contrechamp.Withholding{Capture: r.doc, Ground: contrechamp.ByOrder, Reason: "order 26/1234", By: "Lise", At: time.Now()}); err != nil {
		t.Fatal(err)
	}
	if _, err := r.store.EraseWithheld(t.Context(), r.blobs); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Gather(t.Context(), []string{r.claim}); !errors.Is(err, contrechamp.ErrWithheld) || !strings.Contains(err.Error(), "order 26/1234") {
		t.Errorf("withheld: %v", err)
	}
}

// TestPage reads the page as a browser and a careful person do.
func TestPage(t *testing.T) {
	r := newRegister(t)
	if err := r.log.Cover(t.Context()); err != nil {
		t.Fatal(err)
	}
	contents, err := r.Gather(t.Context(), []string{r.claim})
	if err != nil {
		t.Fatal(err)
	}
	page := string(contents.Page)
	for _, want := range []string{
		"ces octets ont été reçus à cette date, et cette liste n’a pas été réécrite",
		"these bytes were received at that time, and this list has not been rewritten",
		"La ville de Valbrune compte &lt;48&gt; caméras",
		"Aucune autorité n’a horodaté", "No authority has stamped", "Aucun témoin", "No witness",
		"sha256sum captures/" + r.doc.String() + "/bytes",
		`lang="fr"`, `lang="en"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	style := regexp.MustCompile(`(?s)<style>(.*)</style>`).FindStringSubmatch(page)
	if style == nil {
		t.Fatal("no style")
	}
	hash := sha256.Sum256([]byte(style[1]))
	if !strings.Contains(html.UnescapeString(page), "style-src 'sha256-"+base64.StdEncoding.EncodeToString(hash[:])+"'") {
		t.Error("the policy of the page does not allow its own style")
	}
	for z := html.NewTokenizer(strings.NewReader(page)); ; {
		if z.Next() == html.ErrorToken {
			break
		}
		token := z.Token()
		if token.Data == "script" || token.Data == "iframe" || token.Data == "img" || token.Data == "link" {
			t.Errorf("the page has a %s", token.Data)
		}
		for _, a := range token.Attr {
			if (a.Key == "href" || a.Key == "src") && !strings.HasPrefix(a.Val, "#") {
				t.Errorf("the page leads to %s", a.Val)
			}
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
				t.Errorf("the page has an attribute %s", a.Key)
			}
		}
	}
}
