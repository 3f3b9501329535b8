package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
)

func testCaptures(t *testing.T, open func(t *testing.T) Instance) {
	t.Run("the same bytes twice are one capture and two sightings", func(t *testing.T) {
		s := open(t).Store
		again := received(1)
		again.Sighting.Name, again.Sighting.Path = "copie.html", "archive/copie.html"
		again.Sighting.CapturedAt, again.Capture.CapturedAt = at(9), at(9)
		again.Sighting.Container = digest(2) // an archive
		fresh := must(s.RecordCaptures(t.Context(), []contrechamp.Received{received(1), received(2), again}))(t)
		equal(t, "fresh", fresh, []bool{true, true, false})

		d := must(s.Document(t.Context(), digest(1)))(t)
		want := contrechamp.Document{Capture: received(1).Capture, Name: "copie.html", Path: "archive/copie.html", Sightings: 2}
		want.State = contrechamp.Waiting
		equal(t, "document", d, want)
		equal(t, "sightings", must(s.Sightings(t.Context(), digest(1)))(t), []contrechamp.Sighting{received(1).Sighting, again.Sighting})
	})
	t.Run("a sighting met again is recorded once", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 1)
		again := received(1)
		again.Sighting.CapturedAt = at(50)
		equal(t, "fresh", must(s.RecordCaptures(t.Context(), []contrechamp.Received{again, again}))(t), []bool{false, false})
		equal(t, "sightings", len(must(s.Sightings(t.Context(), digest(1)))(t)), 1)
		equal(t, "count", must(s.Document(t.Context(), digest(1)))(t).Sightings, 1)
		touched := again
		touched.Sighting.ModifiedAt = at(51)
		if _, err := s.RecordCaptures(t.Context(), []contrechamp.Received{touched}); err != nil {
			t.Fatal(err)
		}
		equal(t, "sightings of a file touched since", len(must(s.Sightings(t.Context(), digest(1)))(t)), 2)
	})
	t.Run("an older sighting does not rename the document", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 5)
		older := received(5)
		older.Sighting.Name, older.Sighting.Path, older.Sighting.CapturedAt = "old.html", "old.html", at(1)
		if _, err := s.RecordCaptures(t.Context(), []contrechamp.Received{older}); err != nil {
			t.Fatal(err)
		}
		equal(t, "name", must(s.Document(t.Context(), digest(5)))(t).Name, "article-5.html")
		equal(t, "first sighting", must(s.Sightings(t.Context(), digest(5)))(t)[0].Name, "old.html")
	})
	t.Run("a file without a time keeps none", func(t *testing.T) {
		s := open(t).Store
		r := received(3)
		r.Sighting.ModifiedAt = time.Time{}
		if _, err := s.RecordCaptures(t.Context(), []contrechamp.Received{r, r}); err != nil {
			t.Fatal(err)
		}
		got := must(s.Sightings(t.Context(), digest(3)))(t)
		equal(t, "sightings", got, []contrechamp.Sighting{r.Sighting})
		if !got[0].ModifiedAt.IsZero() {
			t.Errorf("got %v, want no time", got[0].ModifiedAt)
		}
	})
	t.Run("strange names stay as they are", func(t *testing.T) {
		s := open(t).Store
		r := received(4)
		r.Sighting.Name, r.Sighting.Path = "l'été «rusé»; DROP TABLE capture;--%_.html", "a\tb/\u202eгород 北京/ "
		if _, err := s.RecordCaptures(t.Context(), []contrechamp.Received{r}); err != nil {
			t.Fatal(err)
		}
		got := must(s.FindDocuments(t.Context(), r.Sighting.Name))(t)
		if len(got) != 1 || got[0].Path != r.Sighting.Path {
			t.Errorf("got %+v, want the path %q", got, r.Sighting.Path)
		}
	})
	t.Run("refused", func(t *testing.T) {
		s := open(t).Store
		other := received(1)
		other.Sighting.Capture = digest(2)
		for name, bad := range map[string]contrechamp.Received{"no digest": {}, "another's sighting": other} {
			_, err := s.RecordCaptures(t.Context(), []contrechamp.Received{received(8), bad})
			wantKind(t, name, err, contrechamp.ErrInvalid)
		}
		_, err := s.Document(t.Context(), digest(8))
		wantKind(t, "what stood before a refused one", err, contrechamp.ErrNotFound)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := s.RecordCaptures(ctx, []contrechamp.Received{received(8)}); !errors.Is(err, context.Canceled) {
			t.Errorf("with an ended context: got %v, want %v", err, context.Canceled)
		}
		if fresh, err := s.RecordCaptures(t.Context(), nil); err != nil || len(fresh) != 0 {
			t.Errorf("nothing: got %v, %v", fresh, err)
		}
	})
}

func testDocuments(t *testing.T, open func(t *testing.T) Instance) {
	in := open(t)
	s := in.Store
	ctx := t.Context()
	for n := range 12 {
		r := received(n)
		r.Capture.CapturedAt = at(n / 2) // two of each moment
		if _, err := s.RecordCaptures(ctx, []contrechamp.Received{r}); err != nil {
			t.Fatal(err)
		}
	}
	save(t, s, sample(3), sample(7), contrechamp.Reading{Text: contrechamp.Text{Capture: digest(5), Reader: "plain/1", ReadAt: at(1)}, Reason: "it is empty"})
	all := must(s.Documents(ctx, contrechamp.DocumentFilter{}))(t)
	t.Run("latest capture first, then by digest", func(t *testing.T) {
		equal(t, "documents", len(all), 12)
		for i := 1; i < len(all); i++ {
			a, b := all[i-1], all[i]
			if a.CapturedAt.Before(b.CapturedAt) || a.CapturedAt.Equal(b.CapturedAt) && a.Digest.String() >= b.Digest.String() {
				t.Errorf("%s %s comes before %s %s", a.CapturedAt, a.Digest.Short(), b.CapturedAt, b.Digest.Short())
			}
		}
	})
	t.Run("page by page", func(t *testing.T) {
		var paged []contrechamp.Document
		var after *contrechamp.Document
		for {
			page := must(s.Documents(ctx, contrechamp.DocumentFilter{Limit: 5, After: after}))(t)
			if len(page) == 0 {
				break
			}
			paged = append(paged, page...)
			after = &page[len(page)-1]
		}
		equal(t, "pages", numbers(t, paged), numbers(t, all))
	})
	t.Run("by state", func(t *testing.T) {
		for state, want := range map[contrechamp.ReadState][]int{contrechamp.Read: {7, 3}, contrechamp.NotRead: {5}} {
			equal(t, string(state), numbers(t, must(s.Documents(ctx, contrechamp.DocumentFilter{State: state}))(t)), want)
		}
		equal(t, "waiting", len(must(s.Documents(ctx, contrechamp.DocumentFilter{State: contrechamp.Waiting}))(t)), 9)
	})
	t.Run("with what was read", func(t *testing.T) {
		r := sample(3)
		r.Text.Title, r.Text.Author, r.Text.Publisher = "Le titre", "J. Exemple", "Le Journal"
		save(t, s, r)
		want := contrechamp.Document{Capture: received(3).Capture, Name: "article-3.html", Path: "press/article-3.html", Sightings: 1,
			Title: "Le titre", Author: "J. Exemple", Publisher: "Le Journal", Published: contrechamp.Date{Year: 2013, Month: 6},
			Language: "fr", Reader: "plain/1", Quality: 0.875, Claims: 2}
		want.CapturedAt, want.State = at(1), contrechamp.Read
		equal(t, "document", must(s.Document(ctx, digest(3)))(t), want)
	})
	t.Run("not read, and why", func(t *testing.T) {
		d := must(s.Document(ctx, digest(5)))(t)
		equal(t, "reason", d.Reason, "it is empty")
		_, err := s.Text(ctx, digest(5))
		wantKind(t, "its text", err, contrechamp.ErrNotFound)
	})
	t.Run("found by digest and by name", func(t *testing.T) {
		name := digest(7).String()
		for what, want := range map[string][]int{
			name: {7}, name[:12]: {7}, name[:4]: {7}, "article-7.html": {7}, "article-": {}, "ARTICLE-7.html": {},
			name[:3]: {}, "press/article-7.html": {}, "": {}, "%": {}, "article_7.html": {}, "zzzz": {}, name + "0": {},
		} {
			equal(t, what, numbers(t, must(s.FindDocuments(ctx, what))(t)), want)
		}
		found := must(s.FindDocuments(ctx, upper(name[:10])))(t)
		equal(t, "in capitals", numbers(t, found), []int{7})
	})
	t.Run("at most ten", func(t *testing.T) {
		for n := 20; n < 35; n++ {
			r := received(n)
			r.Sighting.Name = "same.html"
			if _, err := s.RecordCaptures(ctx, []contrechamp.Received{r}); err != nil {
				t.Fatal(err)
			}
		}
		equal(t, "found", numbers(t, must(s.FindDocuments(ctx, "same.html"))(t)), []int{34, 33, 32, 31, 30, 29, 28, 27, 26, 25})
	})
	t.Run("unknown", func(t *testing.T) {
		_, err := s.Document(ctx, digest(150))
		wantKind(t, "document", err, contrechamp.ErrNotFound)
		got, err := s.Sightings(ctx, digest(150))
		if err != nil || len(got) != 0 {
			t.Errorf("sightings: got %v, %v", got, err)
		}
	})
}

func upper(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'a' <= c && c <= 'z' {
			b[i] = c - 32
		}
	}
	return string(b)
}
