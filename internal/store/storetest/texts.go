package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"contrechamp.org/contrechamp"
)

func testTexts(t *testing.T, open func(t *testing.T) Instance) {
	t.Run("a text comes back as it was", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 1)
		want := dated(text(1, "title fr Évreux 监控 😀", "body fr « Mots », l'été.", "furniture und Partager", "body en e\u0301 \u202e \ufeff"), "2021-06-23")
		want.Title, want.Author, want.Publisher = "Titre \"rusé\"", "J. Exemple", "Le Journal"
		want.Notes = []string{"the page was cut off", ""}
		want.Paragraphs[1].Page = 7
		want.Quality = 1.0 / 3
		save(t, s, contrechamp.Reading{Text: want})
		equal(t, "text", must(s.Text(t.Context(), digest(1)))(t), want)
	})
	t.Run("a long text", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 1)
		want := text(1, "body fr "+strings.Repeat("é mot ", 1<<20), "body fr fin")
		save(t, s, contrechamp.Reading{Text: want})
		got := must(s.Text(t.Context(), digest(1)))(t)
		if got.Body != want.Body || len(got.Paragraphs) != 2 || got.Paragraphs[1].Of(got.Body) != "fin" {
			t.Errorf("got %d bytes in %d paragraphs, want %d in 2", len(got.Body), len(got.Paragraphs), len(want.Body))
		}
	})
	t.Run("an empty text is a text", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 1)
		save(t, s, contrechamp.Reading{Text: contrechamp.Text{Capture: digest(1), Reader: "plain/1", ReadAt: at(1), Language: "und"}})
		got := must(s.Text(t.Context(), digest(1)))(t)
		if got.Body != "" || len(got.Paragraphs) != 0 {
			t.Errorf("got %+v, want nothing", got)
		}
	})
	t.Run("saved twice it changes nothing", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 1)
		save(t, s, sample(1))
		before := snapshot(t, s, 1)
		if err := s.PutDisagreements(t.Context(), contrechamp.View{Subject: belgrade.ID}); err != nil {
			t.Fatal(err)
		}
		save(t, s, sample(1), sample(1))
		equal(t, "the register", snapshot(t, s, 1), before)
		if stale := must(s.StaleSubjects(t.Context(), 10))(t); len(stale) != 0 {
			t.Errorf("stale subjects %v, want none: no claim changed", stale)
		}
		later := sample(1) // the same job done once more: only the clock went on
		later.Text.ReadAt = at(5000)
		for i := range later.Claims {
			later.Claims[i].ProposedAt = at(5000)
		}
		save(t, s, later)
		equal(t, "proposed at", must(s.Claim(t.Context(), later.Claims[0].ID))(t).ProposedAt, sample(1).Claims[0].ProposedAt)
	})
	t.Run("a better reader's text takes the place of the first", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 1)
		save(t, s, sample(1))
		better := contrechamp.Reading{Text: text(1, "body fr Les caméras filment Évreux.")}
		better.Text.Reader = "plain/2"
		save(t, s, better)
		equal(t, "text", must(s.Text(t.Context(), digest(1)))(t).Body, better.Text.Body)
		equal(t, "reader", must(s.Document(t.Context(), digest(1)))(t).Reader, "plain/2")
		equal(t, "hits in the first text", must(count(s.Find(t.Context(), contrechamp.Query{Terms: terms("Belgrade")})))(t), 0)
		equal(t, "hits in the second", must(count(s.Find(t.Context(), contrechamp.Query{Terms: terms("filment")})))(t), 1)
	})
	t.Run("a second layer stands behind the file's own text", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 1)
		save(t, s, sample(1))
		first := sample(1).Text
		r := sample(1)
		r.Text = dated(text(1, "title fr Belgrade", "body fr Huawei a livré 3 caméras à Belgrade.", "body fr Belgrade compte 8 caméras."), r.Text.Published.Date.String())
		r.Text.Paragraphs[2].Layer = 1
		r.Text.Layers = []contrechamp.Layer{{Name: contrechamp.OCR, Reader: "tesseract/5", Confidence: 0.75, Pages: []int{2}}}
		seen := claim(r.Text, belgrade, contrechamp.DeviceCount, cameras(8), "8 caméras")
		seen.Layer = contrechamp.OCR
		wrong := r
		wrong.Claims = append(r.Claims[:2:2], claim(r.Text, belgrade, contrechamp.DeviceCount, cameras(8), "8 caméras"))
		wantKind(t, "a claim that does not say where its quote stands", s.SaveReading(t.Context(), wrong), contrechamp.ErrInvalid)
		outside := r
		outside.Text.Layers = nil
		wantKind(t, "a paragraph of no layer", s.SaveReading(t.Context(), outside), contrechamp.ErrInvalid)
		r.Claims = append(r.Claims, seen)
		save(t, s, r)
		got := must(s.Text(t.Context(), digest(1)))(t)
		equal(t, "text", got, r.Text)
		if got.Body[:len(first.Body)] != first.Body {
			t.Errorf("the file's own text became %q", got.Body)
		}
		sameClaim(t, "the claim", must(s.Claim(t.Context(), seen.ID))(t), seen)
		equal(t, "confidence in the list", must(s.Document(t.Context(), digest(1)))(t).OCR, 0.75)
		equal(t, "hits in the second layer", must(count(s.Find(t.Context(), contrechamp.Query{Terms: terms("compte")})))(t), 1)
	})
	t.Run("a reading that fails keeps what an earlier one found", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 1)
		save(t, s, sample(1), contrechamp.Reading{Text: contrechamp.Text{Capture: digest(1), ReadAt: at(9)}, Reason: "its bytes are damaged"})
		d := must(s.Document(t.Context(), digest(1)))(t)
		if d.State != contrechamp.NotRead || d.Reason != "its bytes are damaged" || d.Claims != 2 {
			t.Errorf("got %+v, want not read, the reason, and the claims of before", d)
		}
		save(t, s, sample(1))
		if d := must(s.Document(t.Context(), digest(1)))(t); d.State != contrechamp.Read || d.Reason != "" {
			t.Errorf("read again: got %s %q", d.State, d.Reason)
		}
	})
	t.Run("refused", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 1)
		person := contrechamp.Entity{ID: "x-person", Kind: contrechamp.KindPerson, Name: "Quelqu'un"}
		change := func(f func(r *contrechamp.Reading)) contrechamp.Reading {
			r := sample(1)
			f(&r)
			return r
		}
		for name, tt := range map[string]struct {
			reading contrechamp.Reading
			kind    error
		}{
			"of an unknown capture":     {sample(2), contrechamp.ErrNotFound},
			"failed, of an unknown one": {contrechamp.Reading{Text: contrechamp.Text{Capture: digest(2)}, Reason: "why"}, contrechamp.ErrNotFound},
			"of no capture":             {contrechamp.Reading{}, contrechamp.ErrInvalid},
			"broken UTF-8":              {contrechamp.Reading{Text: text(1, "body fr caf\xe9")}, contrechamp.ErrInvalid},
			"a quote that is not there": {change(func(r *contrechamp.Reading) { r.Claims[0].Quote.Start++ }), contrechamp.ErrInvalid},
			"a claim of another":        {change(func(r *contrechamp.Reading) { r.Claims[0].Document = digest(9) }), contrechamp.ErrInvalid},
			"a claim about nobody":      {change(func(r *contrechamp.Reading) { r.Claims[0].About = nil }), contrechamp.ErrInvalid},
			"an unknown entity":         {change(func(r *contrechamp.Reading) { r.Entities = r.Entities[:1] }), contrechamp.ErrInvalid},
			"a person as its subject": {change(func(r *contrechamp.Reading) {
				r.Entities = append(r.Entities, person)
				r.Claims[0].About = []contrechamp.EntityRef{person.Ref()}
			}), contrechamp.ErrInvalid},
			"paragraphs outside": {change(func(r *contrechamp.Reading) { r.Text.Paragraphs[1].End += 10_000 }), contrechamp.ErrInvalid},
			"paragraphs on top of each other": {change(func(r *contrechamp.Reading) {
				r.Text.Paragraphs[1].Span = r.Text.Paragraphs[0].Span
			}), contrechamp.ErrInvalid},
		} {
			wantKind(t, name, s.SaveReading(t.Context(), tt.reading), tt.kind)
		}
		equal(t, "state", must(s.Document(t.Context(), digest(1)))(t).State, contrechamp.Waiting)
		equal(t, "claims", len(must(s.Claims(t.Context(), contrechamp.ClaimFilter{}))(t)), 0)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := s.SaveReading(ctx, sample(1)); !errors.Is(err, context.Canceled) {
			t.Errorf("with an ended context: got %v, want %v", err, context.Canceled)
		}
	})
	t.Run("many claims in one text", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 1)
		words := make([]string, 700)
		for i := range words {
			words[i] = fmt.Sprintf("%d caméras", 1000+i)
		}
		r := contrechamp.Reading{Text: text(1, "body fr "+strings.Join(words, ", ")), Entities: []contrechamp.Entity{belgrade}}
		for i, w := range words {
			r.Claims = append(r.Claims, claim(r.Text, belgrade, contrechamp.DeviceCount, cameras(float64(1000+i)), w))
		}
		save(t, s, r)
		equal(t, "claims", len(must(s.Claims(t.Context(), contrechamp.ClaimFilter{Document: digest(1)}))(t)), 700)
		r.Claims = r.Claims[:3]
		save(t, s, r)
		equal(t, "claims left", len(must(s.Claims(t.Context(), contrechamp.ClaimFilter{Document: digest(1)}))(t)), 3)
		equal(t, "the line's count", must(s.EntityLines(t.Context(), contrechamp.EntityFilter{}))(t)[0].Claims, 3)
	})
}

// count answers how many hits there were in all.
func count(_ []contrechamp.Hit, total int, err error) (int, error) { return total, err }

// state is what a store answers about one document and the register around it.
type state struct {
	Document contrechamp.Document
	Text     contrechamp.Text
	Claims   []contrechamp.Sourced
	Lines    []contrechamp.EntityLine
	Figures  contrechamp.Figures
	Hits     []contrechamp.Hit
}

func snapshot(t *testing.T, s contrechamp.Store, n int) state {
	t.Helper()
	ctx := t.Context()
	hits, _, err := s.Find(ctx, contrechamp.Query{Terms: terms("Belgrade")})
	if err != nil {
		t.Fatal(err)
	}
	return state{
		Document: must(s.Document(ctx, digest(n)))(t), Text: must(s.Text(ctx, digest(n)))(t),
		Claims: must(s.Claims(ctx, contrechamp.ClaimFilter{}))(t), Lines: must(s.EntityLines(ctx, contrechamp.EntityFilter{}))(t),
		Figures: must(s.Figures(ctx))(t), Hits: hits,
	}
}
