package storetest

import (
	"errors"
	"testing"

	"contrechamp.org/contrechamp"
)

// sketched is document n's text with a sketch of these numbers.
func sketched(n int, sketch ...uint64) contrechamp.Reading {
	t := text(n, "body fr Dix caméras pour la gare.")
	t.Sketch = sketch
	return contrechamp.Reading{Text: t}
}

// original says of documents that they are their own originals.
func original(ns ...int) (found []contrechamp.CopyOf) {
	for _, n := range ns {
		found = append(found, contrechamp.CopyOf{Copy: digest(n), Original: digest(n)})
	}
	return found
}

func testCopies(t *testing.T, open func(t *testing.T) Instance) {
	const high = 1<<64 - 1 // beyond what engines hold as signed
	t.Run("originals that share numbers are alike", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 1, 2, 3, 5)
		save(t, s, sketched(3, 7, 7, high), sketched(2, 1, 2, 9), sketched(1), sketched(5, 1, 2))
		like := func(limit int, sketch ...uint64) []contrechamp.Digest {
			t.Helper()
			return digests(must(s.Alike(t.Context(), sketch, limit))(t))
		}
		equal(t, "before anything is sorted", len(like(10, 1, 2, high)), 0)
		put(t, s, original(1, 2, 3)...)
		equal(t, "like 1, 2 and the highest", like(10, 1, 2, high), []contrechamp.Digest{digest(2), digest(3)})
		equal(t, "the first of them", like(1, 1, 2, high), []contrechamp.Digest{digest(2)})
		equal(t, "like nothing", len(like(10)), 0)
		equal(t, "like what nobody has", len(like(10, 77)), 0)
		put(t, s, contrechamp.CopyOf{Copy: digest(5), Original: digest(2)})
		equal(t, "a copy is not answered", like(10, 1, 2), []contrechamp.Digest{digest(2)})
	})
	t.Run("a new text has a new sketch", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 1)
		save(t, s, sketched(1, 1, 2))
		put(t, s, original(1)...)
		again := sketched(1, 5, 6)
		again.Text.Reader = "plain/2"
		save(t, s, again)
		equal(t, "unsorted", must(s.Unsorted(t.Context(), 10))(t), []contrechamp.Twin{{Digest: digest(1), Original: digest(1), FirstAt: at(1), Sketch: []uint64{5, 6}}})
		put(t, s, original(1)...)
		equal(t, "like the old one", len(must(s.Alike(t.Context(), []uint64{1, 2}, 10))(t)), 0)
		equal(t, "like the new one", must(s.Alike(t.Context(), []uint64{6, 7}, 10))(t), []contrechamp.Twin{{Digest: digest(1), Original: digest(1), FirstAt: at(1)}})
	})
	t.Run("what is read is unsorted until its original is put", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 2, 1, 3)
		save(t, s, sketched(2, 1), sketched(1, 1))
		equal(t, "unsorted", digests(must(s.Unsorted(t.Context(), 10))(t)), []contrechamp.Digest{digest(1), digest(2)})
		put(t, s, append(original(1), contrechamp.CopyOf{Copy: digest(2), Original: digest(1)})...)
		equal(t, "unsorted", len(must(s.Unsorted(t.Context(), 10))(t)), 0)
		save(t, s, sketched(2, 1)) // the same job once more
		equal(t, "unsorted, nothing changed", len(must(s.Unsorted(t.Context(), 10))(t)), 0)
		doc := must(s.Document(t.Context(), digest(2)))(t)
		if !doc.IsCopy() || doc.Original != digest(1) || doc.Copies != 1 || doc.Voice() != digest(1) {
			t.Errorf("document 2 is %+v, want a copy of 1", doc)
		}
		if doc := must(s.Document(t.Context(), digest(1)))(t); doc.IsCopy() || doc.Copies != 1 || doc.Voice() != digest(1) {
			t.Errorf("document 1 is %+v, want an original with one copy", doc)
		}
		if doc := must(s.Document(t.Context(), digest(3)))(t); doc.IsCopy() || doc.Copies != 0 {
			t.Errorf("document 3, not read, is %+v", doc)
		}
	})
	t.Run("copies follow their original", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 1, 2, 3)
		save(t, s, sketched(1, 1), sketched(2, 1), sketched(3, 1))
		put(t, s, append(original(2, 1), contrechamp.CopyOf{Copy: digest(3), Original: digest(2)}, contrechamp.CopyOf{Copy: digest(2), Original: digest(1)})...)
		if doc := must(s.Document(t.Context(), digest(3)))(t); doc.Original != digest(1) || doc.Copies != 2 {
			t.Errorf("document 3 is %+v, want a copy of 1, beside 2", doc)
		}
		equal(t, "alike", must(s.Alike(t.Context(), []uint64{1}, 10))(t), []contrechamp.Twin{{Digest: digest(1), Original: digest(1), FirstAt: at(1)}})
	})
	t.Run("all or none", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 1, 2)
		save(t, s, sketched(1, 1), sketched(2, 1))
		for _, bad := range []contrechamp.CopyOf{{Copy: digest(9), Original: digest(1)}, {Copy: digest(1), Original: digest(9)}} {
			err := s.PutOriginals(t.Context(), []contrechamp.CopyOf{{Copy: digest(2), Original: digest(1)}, bad})
			if !errors.Is(err, contrechamp.ErrNotFound) {
				t.Errorf("%v: %v, want ErrNotFound", bad, err)
			}
		}
		if doc := must(s.Document(t.Context(), digest(2)))(t); doc.IsCopy() {
			t.Error("half of it was recorded")
		}
	})
	t.Run("where a text stands in its bytes comes back", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 1)
		want := text(1, "body fr Dix caméras.")
		want.Origin = contrechamp.Origin{{Text: 0, Source: 100, Len: 7}, {Text: 9, Source: 115, Len: 5}, {Text: 14, Source: 90, Len: 0}}
		save(t, s, contrechamp.Reading{Text: want})
		equal(t, "text", must(s.Text(t.Context(), digest(1)))(t), want)
	})
}

func digests(twins []contrechamp.Twin) (out []contrechamp.Digest) {
	for _, t := range twins {
		out = append(out, t.Digest)
	}
	return out
}

func put(t *testing.T, s contrechamp.Store, found ...contrechamp.CopyOf) {
	t.Helper()
	if err := s.PutOriginals(t.Context(), found); err != nil {
		t.Fatal(err)
	}
}
