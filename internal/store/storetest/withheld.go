package storetest

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
)

// shelf is a place for bytes that remembers only which are there.
type shelf struct {
	mu    sync.Mutex
	there map[contrechamp.Digest]bool
	fail  error // what Delete answers
}

func (s *shelf) Put(context.Context, io.Reader, int64) (contrechamp.Digest, int64, error) {
	return contrechamp.Digest{}, 0, errors.ErrUnsupported
}

func (s *shelf) Get(context.Context, contrechamp.Digest) ([]byte, error) {
	return nil, errors.ErrUnsupported
}

func (s *shelf) Has(_ context.Context, d contrechamp.Digest) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.there[d], nil
}

func (s *shelf) Delete(_ context.Context, d contrechamp.Digest) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fail == nil {
		delete(s.there, d)
	}
	return s.fail
}

// order is the withholding of document n.
func order(n int) contrechamp.Withholding {
	return contrechamp.Withholding{Capture: digest(n), Ground: contrechamp.ByOrder, Reason: "an order of the court of Valmère", Dated: contrechamp.Date{Year: 2026, Month: 11, Day: 20}, By: "lise", At: at(5000)}
}

// programme is an entity that only documents name.
var programme = contrechamp.Entity{ID: "prog-oeil-noir", Kind: contrechamp.KindProgramme, Name: "Œil noir", Source: "document"}

// told is the reading of document n with a claim about a programme, and one about Belgrade.
func told(n int) contrechamp.Reading {
	r := sample(n)
	c := claim(r.Text, programme, contrechamp.Vendor, entityValue(huawei), "Huawei a livré")
	r.Claims, r.Entities = append(r.Claims, c), append(r.Entities, programme)
	return r
}

func testWithheld(t *testing.T, open func(t *testing.T) Instance) {
	withhold := func(t *testing.T, s contrechamp.Store, w contrechamp.Withholding) contrechamp.Withholding {
		t.Helper()
		return must(s.Withhold(t.Context(), w))(t)
	}
	t.Run("it goes from everywhere at once, and says why", func(t *testing.T) {
		in := open(t)
		s := in.Store
		ctx := t.Context()
		record(t, s, 1, 2)
		save(t, s, told(1), sample(2))
		first := told(1).Claims[0].ID
		if err := s.Decide(ctx, []contrechamp.Decision{{Claim: first, State: contrechamp.Accepted, Note: "the words say it", By: "a", At: at(1)}}); err != nil {
			t.Fatal(err)
		}
		both := must(s.Claims(ctx, contrechamp.ClaimFilter{Names: belgrade.ID}))(t)
		if err := s.PutDisagreements(ctx, contrechamp.View{Subject: belgrade.ID, Found: []contrechamp.Disagreement{{ID: "d", Subject: belgrade.Ref(), Predicate: contrechamp.DeviceCount,
			Kind: contrechamp.DifferentValues, Sides: []contrechamp.Side{{Value: cameras(3), Claims: both[:1]}, {Value: cameras(4), Claims: both[1:2]}}}}}); err != nil {
			t.Fatal(err)
		}
		equal(t, "what was done", withhold(t, s, order(1)), func() contrechamp.Withholding { w := order(1); w.Claims = 3; return w }())

		doc := must(s.Document(ctx, digest(1)))(t)
		want := contrechamp.Document{Capture: received(1).Capture, Sightings: 1}
		want.State, want.Reason = contrechamp.StateWithheld, "withheld by order of 2026-11-20, on 2024-03-04: an order of the court of Valmère"
		equal(t, "the document", doc, want)
		_, err := s.Text(ctx, digest(1))
		wantKind(t, "its text", err, contrechamp.ErrWithheld)
		_, err = s.Received(ctx, digest(1))
		wantKind(t, "what a reader is told", err, contrechamp.ErrWithheld)
		equal(t, "its sightings", len(must(s.Sightings(ctx, digest(1)))(t)), 0)
		equal(t, "documents of its name", len(must(s.FindDocuments(ctx, "article-1.html"))(t)), 0)
		hits, total, err := s.Find(ctx, contrechamp.Query{Terms: terms("belgrade")})
		if err != nil || total != 2 || slices.ContainsFunc(hits, func(h contrechamp.Hit) bool { return h.Document.Digest == digest(1) }) {
			t.Errorf("found %d: %v, %v", total, hits, err)
		}
		for _, f := range []contrechamp.ClaimFilter{{}, {Document: digest(1)}, {Names: belgrade.ID}, {About: belgrade.ID, State: contrechamp.Accepted}} {
			for _, c := range must(s.Claims(ctx, f))(t) {
				if c.Document == digest(1) {
					t.Errorf("claims of %+v have %+v", f, c)
				}
			}
		}
		c := must(s.Claim(ctx, first))(t)
		if c.State != contrechamp.ClaimWithheld || c.Quote != (contrechamp.Quote{}) || c.Note != "" || len(c.About) != 0 || c.Predicate != "" || c.Source.State != contrechamp.StateWithheld {
			t.Errorf("its claim: %+v", c)
		}
		equal(t, "who decided on it", must(s.Decisions(ctx, first))(t), []contrechamp.Decision{{Claim: first, State: contrechamp.Accepted, By: "a", At: at(1)}})
		wantKind(t, "another decision", s.Decide(ctx, []contrechamp.Decision{{Claim: first, State: contrechamp.Accepted, By: "a", At: at(2)}}), contrechamp.ErrWithheld)
		equal(t, "disagreements", len(must(s.Disagreements(ctx, "", 0))(t)), 0)
		equal(t, "subjects to look at again", must(s.StaleSubjects(ctx, 10))(t), []string{belgrade.ID, huawei.ID})
		_, err = s.Entity(ctx, programme.ID)
		wantKind(t, "an entity that only it named", err, contrechamp.ErrNotFound)
		equal(t, "by its name", len(must(s.EntitiesNamed(ctx, "oeil noir"))(t)), 0)
		line := must(s.EntitiesNamed(ctx, "belgrade"))(t)[0]
		equal(t, "claims about the other", [2]int{line.Claims, line.Documents}, [2]int{2, 1})
		f := must(s.Figures(ctx))(t)
		equal(t, "figures", f, contrechamp.Figures{Documents: 2, Withheld: 1, Claims: 2, Dossiers: 1})

		about := order(1)
		about.Claims = 2
		equal(t, "what a dossier is told", must(s.Withholdings(ctx, contrechamp.WithholdingFilter{About: belgrade.ID}))(t), []contrechamp.Withholding{about})
		equal(t, "another dossier", len(must(s.Withholdings(ctx, contrechamp.WithholdingFilter{About: faces.ID}))(t)), 0)
		leaves := must(s.LeavesOf(ctx, digest(1)))(t)
		equal(t, "leaves", len(leaves), 2)
		equal(t, "the last", leaves[1].Leaf, contrechamp.WithholdingLeaf(digest(1), received(1).Capture.Length, at(5000), "withheld: order", order(1).Reason, "2026-11-20", "lise", leaves[1].Salt))

		_, err = s.Withhold(ctx, order(1))
		wantKind(t, "twice", err, contrechamp.ErrConflict)
		_, err = s.Withhold(ctx, order(9))
		wantKind(t, "what was never captured", err, contrechamp.ErrNotFound)
		for name, change := range map[string]func(*contrechamp.Withholding){
			"no reason": func(w *contrechamp.Withholding) { w.Reason = " \n" }, "no ground": func(w *contrechamp.Withholding) { w.Ground = "whim" }, "no time": func(w *contrechamp.Withholding) { w.At = time.Time{} }} {
			w := order(2)
			change(&w)
			_, err := s.Withhold(ctx, w)
			wantKind(t, name, err, contrechamp.ErrInvalid)
		}
		_, err = s.Withholding(ctx, digest(2))
		wantKind(t, "what is not withheld", err, contrechamp.ErrNotFound)

		// it stays so: bytes brought again, a reading that comes late, an index that is made again
		fresh := must(s.RecordCaptures(ctx, []contrechamp.Received{received(1), received(3)}))(t)
		equal(t, "fresh", fresh, []bool{false, true})
		save(t, s, told(1))
		if in.Reindex != nil {
			if err := in.Reindex(ctx); err != nil {
				t.Fatal(err)
			}
		}
		again := in.Reopen(t)
		equal(t, "the document, later", must(again.Document(ctx, digest(1)))(t), want)
		equal(t, "its sightings, later", len(must(again.Sightings(ctx, digest(1)))(t)), 0)
		equal(t, "its leaves, later", len(must(again.LeavesOf(ctx, digest(1)))(t)), 2)
		_, total, err = again.Find(ctx, contrechamp.Query{Terms: terms("belgrade")})
		if err != nil || total != 2 {
			t.Errorf("found %d, %v", total, err)
		}
		_, err = again.Entity(ctx, programme.ID)
		wantKind(t, "its entity, later", err, contrechamp.ErrNotFound)
	})
	t.Run("an entity that another document names too stays", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 1, 2)
		save(t, s, told(1), told(2))
		withhold(t, s, order(1))
		equal(t, "name", must(s.Entity(t.Context(), programme.ID))(t).Name, programme.Name)
		withhold(t, s, order(2))
		_, err := s.Entity(t.Context(), programme.ID)
		wantKind(t, "when both are withheld", err, contrechamp.ErrNotFound)
		equal(t, "both", len(must(s.Withholdings(t.Context(), contrechamp.WithholdingFilter{}))(t)), 2)
	})
	t.Run("bytes are erased, also when they are brought again", func(t *testing.T) {
		in := open(t)
		s, ctx := in.Store, t.Context()
		met := received(1)
		met.Sighting.Path, met.Sighting.Exchange = "https://valmere.example/cameras", contrechamp.Exchange{Records: digest(50), Status: 200, Final: "https://valmere.example/cameras"}
		if _, err := s.RecordCaptures(ctx, []contrechamp.Received{met, received(2)}); err != nil {
			t.Fatal(err)
		}
		gone := contrechamp.Absence{Address: met.Sighting.Path, At: at(7), Kind: contrechamp.Gone, Status: 404, Records: digest(51), Length: 9}
		if err := s.RecordAbsence(ctx, gone); err != nil {
			t.Fatal(err)
		}
		bytes := &shelf{there: map[contrechamp.Digest]bool{digest(1): true, digest(2): true, digest(50): true, digest(51): true}}
		equal(t, "erased before", must(s.EraseWithheld(ctx, bytes))(t), 0)
		withhold(t, s, order(1))
		want := map[contrechamp.Digest]bool{digest(1): true, digest(50): true, digest(51): true}
		equal(t, "what must not be kept", must(s.ErasedBytes(ctx, []contrechamp.Digest{digest(1), digest(2), digest(50), digest(51), digest(52)}))(t), want)
		bytes.fail = contrechamp.ErrUnavailable
		_, err := s.EraseWithheld(ctx, bytes)
		wantKind(t, "while bytes cannot be removed", err, contrechamp.ErrUnavailable)
		equal(t, "erased", must(s.Withholding(ctx, digest(1)))(t).Erased, false)
		s = in.Reopen(t) // as after a crash
		bytes.fail = nil
		equal(t, "erased now", must(s.EraseWithheld(ctx, bytes))(t), 1)
		equal(t, "what is left", bytes.there, map[contrechamp.Digest]bool{digest(2): true})
		equal(t, "erased", must(s.Withholding(ctx, digest(1)))(t).Erased, true)
		bytes.there[digest(50)] = true
		equal(t, "erased again", must(s.EraseWithheld(ctx, bytes))(t), 0)
		equal(t, "what is left after it was brought again", bytes.there, map[contrechamp.Digest]bool{digest(2): true})
		equal(t, "absences at its address", len(must(s.AbsencesOf(ctx, []contrechamp.Digest{digest(1), digest(2)}))(t)), 0)
	})
	t.Run("where it also is", func(t *testing.T) {
		s, ctx := open(t).Store, t.Context()
		inner := received(2)
		inner.Sighting.Container = digest(1)
		if _, err := s.RecordCaptures(ctx, []contrechamp.Received{received(1), inner, received(3), received(4)}); err != nil {
			t.Fatal(err)
		}
		save(t, s, sketched(2, 1, 2), sketched(3, 1, 2), sketched(4, 1, 2))
		put(t, s, original(2)...)
		put(t, s, contrechamp.CopyOf{Copy: digest(3), Original: digest(2)}, contrechamp.CopyOf{Copy: digest(4), Original: digest(2)})
		named := func(docs []contrechamp.Document) (out []contrechamp.Digest) {
			for _, d := range docs {
				out = append(out, d.Digest)
			}
			return out
		}
		e := must(s.Elsewhere(ctx, digest(2)))(t)
		equal(t, "found in", named(e.Containers), []contrechamp.Digest{digest(1)})
		equal(t, "said by", named(e.Copies), []contrechamp.Digest{digest(4), digest(3)})
		equal(t, "held by the archive", named(must(s.Elsewhere(ctx, digest(1)))(t).Contents), []contrechamp.Digest{digest(2)})
		withhold(t, s, order(2))
		// those that said the same look for an original anew
		equal(t, "unsorted", digests(must(s.Unsorted(ctx, 10))(t)), []contrechamp.Digest{digest(3), digest(4)})
		equal(t, "like it", len(must(s.Alike(ctx, []uint64{1, 2}, 10))(t)), 0)
		if d := must(s.Document(ctx, digest(3)))(t); d.IsCopy() || d.Copies != 0 {
			t.Errorf("a copy of what is withheld: %+v", d)
		}
	})
	t.Run("the words are gone for those beside", func(t *testing.T) {
		in := open(t)
		if in.Beside == nil {
			missing(t, "way to be opened beside")
		}
		record(t, in.Store, 1)
		save(t, in.Store, sample(1))
		other := in.Beside(t)
		withhold(t, in.Store, order(1))
		_, err := other.Text(t.Context(), digest(1))
		wantKind(t, "text", err, contrechamp.ErrWithheld)
		if w := must(other.Withholding(t.Context(), digest(1)))(t); !strings.Contains(w.Reason, "Valmère") {
			t.Errorf("got %+v", w)
		}
	})
}
