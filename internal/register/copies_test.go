package register

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/similar"
)

// rack is a store of texts in memory, enough to find copies in.
type rack struct {
	documents []contrechamp.Document
	texts     map[contrechamp.Digest]contrechamp.Text
	unsorted  []contrechamp.Digest
}

func (r *rack) add(n int, body string) contrechamp.Digest {
	d := contrechamp.Sum(fmt.Appendf(nil, "%d", n))
	r.documents = append(r.documents, contrechamp.Document{Capture: contrechamp.Capture{Digest: d, CapturedAt: time.Unix(int64(n), 0)}})
	text := contrechamp.Text{Capture: d, Body: body, Paragraphs: []contrechamp.Paragraph{{Span: contrechamp.Span{End: len(body)}, Role: contrechamp.RoleBody}}}
	text.Sketch = similar.Sketch(similar.Words(text))
	if r.texts == nil {
		r.texts = map[contrechamp.Digest]contrechamp.Text{}
	}
	r.texts[d] = text
	r.unsorted = append(r.unsorted, d)
	return d
}

func (r *rack) at(d contrechamp.Digest) *contrechamp.Document {
	i := slices.IndexFunc(r.documents, func(x contrechamp.Document) bool { return x.Digest == d })
	return &r.documents[i]
}

func (r *rack) twin(d contrechamp.Digest) contrechamp.Twin {
	original := r.at(d).Voice()
	return contrechamp.Twin{Digest: d, Original: original, FirstAt: r.at(original).CapturedAt, Sketch: r.texts[d].Sketch}
}

func (r *rack) Text(_ context.Context, d contrechamp.Digest) (contrechamp.Text, error) {
	return r.texts[d], nil
}

func (r *rack) Unsorted(_ context.Context, limit int) ([]contrechamp.Twin, error) {
	var out []contrechamp.Twin
	for _, d := range r.unsorted[:min(limit, len(r.unsorted))] {
		out = append(out, r.twin(d))
	}
	return out, nil
}

func (r *rack) Alike(_ context.Context, sketch []uint64, _ int) ([]contrechamp.Twin, error) {
	var out []contrechamp.Twin
	for _, doc := range r.documents {
		if doc.IsCopy() || slices.Contains(r.unsorted, doc.Digest) {
			continue
		}
		for _, band := range r.texts[doc.Digest].Sketch {
			if slices.Contains(sketch, band) {
				out = append(out, r.twin(doc.Digest))
				break
			}
		}
	}
	return out, nil
}

func (r *rack) PutOriginals(_ context.Context, found []contrechamp.CopyOf) error {
	for _, f := range found {
		r.at(f.Copy).Original = contrechamp.Digest{}
		if f.Copy != f.Original {
			r.at(f.Copy).Original = f.Original
		}
		for i := range r.documents {
			if r.documents[i].Original == f.Copy && f.Copy != f.Original {
				r.documents[i].Original = f.Original
			}
		}
		r.unsorted = slices.DeleteFunc(r.unsorted, func(d contrechamp.Digest) bool { return d == f.Copy })
	}
	return nil
}

// story is an invented agency report; different seeds share no run of five words.
func story(seed int) string {
	var b strings.Builder
	for i := range 300 {
		fmt.Fprintf(&b, "mot%d%c ", (i*7919+seed*104729)%5000, 'a'+rune(seed%26))
	}
	return b.String()
}

// Ten papers print one agency's copy: the first captured is the source, the others its copies, whatever the order in
// which they come.
func TestTenReprintsAreOneSource(t *testing.T) {
	for _, order := range [][]int{{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, {10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, {5, 1, 9, 2, 10, 3, 7, 8, 4, 6}} {
		for _, atOnce := range []bool{true, false} {
			r := &rack{}
			other := r.add(100, story(7))
			var papers []contrechamp.Digest
			for _, n := range order {
				papers = append(papers, r.add(n, fmt.Sprintf("%s Suite propre au journal numéro %d, avec sa phrase.", story(1), n)))
				if !atOnce {
					if err := FindCopies(t.Context(), r); err != nil {
						t.Fatal(err)
					}
				}
			}
			if err := FindCopies(t.Context(), r); err != nil {
				t.Fatal(err)
			}
			first := contrechamp.Sum([]byte("1"))
			for _, d := range papers {
				if doc := r.at(d); doc.Voice() != first {
					t.Errorf("order %v, at once %v: %s has the original %s, want %s", order, atOnce, d.Short(), doc.Voice().Short(), first.Short())
				}
			}
			if r.at(other).IsCopy() {
				t.Error("another text is taken for a copy")
			}
		}
	}
}

// Copies speak with one voice: they neither outnumber a source that says something else nor disagree among themselves.
func TestCopiesSpeakWithOneVoice(t *testing.T) {
	one, two := contrechamp.Sum([]byte("1")), contrechamp.Sum([]byte("2"))
	c := contrechamp.Sourced{Source: contrechamp.Document{Capture: contrechamp.Capture{Digest: one}}}
	d := contrechamp.Sourced{Source: contrechamp.Document{Capture: contrechamp.Capture{Digest: two}, Original: one}}
	if voiceOf(c) != voiceOf(d) {
		t.Errorf("voices %q and %q", voiceOf(c), voiceOf(d))
	}
	if n := (contrechamp.Side{Claims: []contrechamp.Sourced{c, d}}).Voices(); n != 1 {
		t.Errorf("%d voices, want 1", n)
	}
	if n := (contrechamp.Dossier{Documents: []contrechamp.Document{c.Source, d.Source}}).Sources(); n != 1 {
		t.Errorf("%d sources, want 1", n)
	}
}

// A dossier shows once what a source and its reprints say alike, and keeps what they say apart.
func TestDossierShowsReprintsOnce(t *testing.T) {
	original := contrechamp.Document{Capture: contrechamp.Capture{Digest: contrechamp.Sum([]byte("1"))}, Copies: 2}
	claim := func(id string, source contrechamp.Document, n float64, state contrechamp.State) contrechamp.Sourced {
		return contrechamp.Sourced{Source: source, Claim: contrechamp.Claim{ID: id, Document: source.Digest, About: []contrechamp.EntityRef{{ID: "town"}},
			Predicate: contrechamp.DeviceCount, Value: contrechamp.Value{Number: n, Unit: "camera"}, Modality: contrechamp.Asserted, State: state}}
	}
	reprint := func(n string) contrechamp.Document {
		return contrechamp.Document{Capture: contrechamp.Capture{Digest: contrechamp.Sum([]byte(n))}, Original: original.Digest, Copies: 2}
	}
	other := contrechamp.Document{Capture: contrechamp.Capture{Digest: contrechamp.Sum([]byte("other"))}}
	got := once([]contrechamp.Sourced{
		claim("a", reprint("2"), 64, contrechamp.Proposed), claim("b", reprint("3"), 64, contrechamp.Proposed), claim("c", original, 64, contrechamp.Proposed),
		claim("d", other, 64, contrechamp.Proposed), claim("e", reprint("2"), 65, contrechamp.Proposed), claim("f", reprint("3"), 64, contrechamp.Rejected),
	})
	var ids []string
	for _, c := range got {
		ids = append(ids, fmt.Sprintf("%s+%d", c.ID, c.Reprints))
	}
	if want := "c+2 d+0 e+0 f+0"; strings.Join(ids, " ") != want {
		t.Errorf("got %s, want %s", strings.Join(ids, " "), want)
	}
}
