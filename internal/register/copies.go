package register

import (
	"context"
	"fmt"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/similar"
)

// CopySource is what finding copies asks of the store.
type CopySource interface {
	contrechamp.Copies
	Document(ctx context.Context, d contrechamp.Digest) (contrechamp.Document, error)
	Text(ctx context.Context, d contrechamp.Digest) (contrechamp.Text, error)
}

// mostAlike is how many documents a new one is compared with, those with the most similar sketches first.
const mostAlike = 16

// FindCopies looks for the original of every document whose text is new: the one captured first among those that say
// the same. From then on they speak with one voice. Call it before [Register.Refresh], which counts voices.
func FindCopies(ctx context.Context, source CopySource) error {
	for {
		unsorted, err := source.Unsorted(ctx, refreshBatch)
		if err != nil {
			return fmt.Errorf("documents whose original was not looked for: %w", err)
		}
		if len(unsorted) == 0 {
			return nil
		}
		s := sorter{source: source, voices: map[contrechamp.Digest]contrechamp.Document{}}
		for _, d := range unsorted {
			if err := s.sort(ctx, d); err != nil {
				return fmt.Errorf("copies of %s: %w", d.Short(), err)
			}
		}
		if err := source.PutOriginals(ctx, s.found); err != nil {
			return fmt.Errorf("keep which documents are copies: %w", err)
		}
	}
}

// sorter finds the originals of a batch of documents.
type sorter struct {
	source CopySource
	found  []contrechamp.CopyOf
	voices map[contrechamp.Digest]contrechamp.Document // what the batch found so far: the original of each
}

func (s *sorter) sort(ctx context.Context, d contrechamp.Digest) error {
	alike, err := s.source.Alike(ctx, d, mostAlike)
	if err != nil {
		return err
	}
	if len(alike) == 0 {
		s.found = append(s.found, contrechamp.CopyOf{Copy: d, Original: d})
		return nil
	}
	text, err := s.source.Text(ctx, d)
	if err != nil {
		return err
	}
	first, err := s.source.Document(ctx, d)
	if err != nil {
		return err
	}
	words := similar.Words(text)
	var others []contrechamp.Document // the originals of those that say the same
	for _, a := range alike {
		other, err := s.source.Text(ctx, a)
		if err != nil {
			return err
		}
		if similar.Resemblance(words, similar.Words(other)) < similar.Same {
			continue
		}
		voice, err := s.voice(ctx, a)
		if err != nil {
			return err
		}
		others = append(others, voice)
		if earlier(voice, first) {
			first = voice
		}
	}
	s.put(d, first)
	for _, o := range others {
		if o.Digest != first.Digest {
			s.put(o.Digest, first)
		}
	}
	return nil
}

func (s *sorter) put(d contrechamp.Digest, original contrechamp.Document) {
	s.found = append(s.found, contrechamp.CopyOf{Copy: d, Original: original.Digest})
	s.voices[d] = original
}

// voice answers the original of a document, as far as is known.
func (s *sorter) voice(ctx context.Context, d contrechamp.Digest) (contrechamp.Document, error) {
	for range 8 { // an original found in this batch may have got one itself; a circle would be a defect
		next, known := s.voices[d]
		if !known || next.Digest == d {
			break
		}
		d = next.Digest
	}
	doc, err := s.source.Document(ctx, d)
	if err != nil || !doc.IsCopy() {
		return doc, err
	}
	return s.source.Document(ctx, doc.Original)
}

// earlier reports whether a was captured before b.
func earlier(a, b contrechamp.Document) bool {
	if !a.CapturedAt.Equal(b.CapturedAt) {
		return a.CapturedAt.Before(b.CapturedAt)
	}
	return a.Digest.String() < b.Digest.String()
}

// once leaves one of the claims that a document and its reprints make in the same way: the original's where it is
// there. Claims that people decided on differently stay apart. The order stays.
func once(claims []contrechamp.Sourced) []contrechamp.Sourced {
	type saying struct {
		voice, speaker, about, value string
		predicate                    contrechamp.Predicate
		modality                     contrechamp.Modality
		state                        contrechamp.State
		when                         contrechamp.Date
		qualifier                    contrechamp.Qualifier
	}
	first := map[saying]int{}
	documents := map[saying]map[contrechamp.Digest]bool{}
	keys := make([]saying, len(claims))
	for i, c := range claims {
		if !c.Source.IsCopy() && c.Source.Copies == 0 {
			continue
		}
		k := saying{voice: c.Source.Voice().String(), about: c.Main().ID, value: c.Value.Key(), predicate: c.Predicate, modality: c.Modality,
			state: c.State, when: c.When, qualifier: c.Value.Qualifier}
		if c.Speaker != nil && len(c.Speaker.Names) > 0 {
			k.speaker = c.Speaker.Names[0]
		}
		keys[i] = k
		if documents[k] == nil {
			documents[k] = map[contrechamp.Digest]bool{}
			first[k] = i
		}
		documents[k][c.Document] = true
		if !c.Source.IsCopy() && claims[first[k]].Source.IsCopy() {
			first[k] = i
		}
	}
	out := make([]contrechamp.Sourced, 0, len(claims))
	for i, c := range claims {
		k := keys[i]
		if k.voice != "" {
			if kept := claims[first[k]]; c.Document != kept.Document {
				continue
			}
			c.Reprints = len(documents[k]) - 1
		}
		out = append(out, c)
	}
	return out
}
