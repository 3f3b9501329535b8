package register

import (
	"context"
	"fmt"
	"runtime"

	"golang.org/x/sync/errgroup"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/similar"
)

// CopySource is what finding copies asks of the store.
type CopySource interface {
	contrechamp.Copies
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
		s := sorter{source: source, originals: map[contrechamp.Digest]contrechamp.Twin{}, words: map[contrechamp.Digest][]uint64{},
			bands: map[uint64][]contrechamp.Twin{}}
		known, err := proposals(ctx, source, unsorted)
		if err != nil {
			return err
		}
		for i, d := range unsorted {
			if err := s.sort(ctx, d, known[i]); err != nil {
				return fmt.Errorf("copies of %s: %w", d.Digest.Short(), err)
			}
		}
		if err := source.PutOriginals(ctx, s.found); err != nil {
			return fmt.Errorf("keep which documents are copies: %w", err)
		}
	}
}

// proposals asks the store for the originals that may say the same as each document. Nothing is decided yet, so many are
// asked for at once.
func proposals(ctx context.Context, source CopySource, docs []contrechamp.Twin) ([][]contrechamp.Twin, error) {
	known := make([][]contrechamp.Twin, len(docs))
	work, inner := errgroup.WithContext(ctx)
	work.SetLimit(runtime.GOMAXPROCS(0))
	for i, d := range docs {
		work.Go(func() (err error) {
			if known[i], err = source.Alike(inner, d.Sketch, mostAlike); err != nil {
				return fmt.Errorf("texts like %s: %w", d.Digest.Short(), err)
			}
			return nil
		})
	}
	return known, work.Wait()
}

// sorter finds the originals of a batch of documents.
type sorter struct {
	source    CopySource
	found     []contrechamp.CopyOf
	originals map[contrechamp.Digest]contrechamp.Twin // what the batch found so far
	words     map[contrechamp.Digest][]uint64         // of the originals met in the batch: ten reprints are compared with one text
	bands     map[uint64][]contrechamp.Twin           // sketches of the batch's own originals, which the store does not propose yet
}

// sort finds the first document, of those most alike, that says the same; its original is the new one's too, or the
// new one is the original of both if it was captured before.
func (s *sorter) sort(ctx context.Context, d contrechamp.Twin, proposed []contrechamp.Twin) error {
	alike := s.alike(d, proposed)
	own := s.voice(d)
	var words []uint64
	var err error
	for _, a := range alike {
		if a.Digest == d.Digest {
			continue
		}
		if words == nil {
			if words, err = s.wordsOf(ctx, d.Digest, false); err != nil {
				return err
			}
		}
		voice := s.voice(a)
		same, err := s.same(ctx, words, a, voice)
		if err != nil {
			return err
		}
		if !same {
			continue
		}
		switch {
		case voice.Original == own.Original:
			s.put(d.Digest, own)
		case earlier(own, voice):
			s.put(d.Digest, own)
			s.put(voice.Original, own)
			for _, band := range d.Sketch {
				s.bands[band] = append(s.bands[band], own)
			}
		default:
			s.put(own.Original, voice)
			s.put(d.Digest, voice)
		}
		return nil
	}
	// nobody says the same any more, if anybody did: its own original
	own = contrechamp.Twin{Digest: d.Digest, Original: d.Digest, FirstAt: d.FirstAt}
	s.put(d.Digest, own)
	for _, band := range d.Sketch {
		s.bands[band] = append(s.bands[band], own)
	}
	return nil
}

// alike answers the originals that may say the same as d: those that the store proposed, then those of the batch.
func (s *sorter) alike(d contrechamp.Twin, alike []contrechamp.Twin) []contrechamp.Twin {
	known := map[contrechamp.Digest]bool{d.Digest: true}
	for _, a := range alike {
		known[a.Digest] = true
	}
	for _, band := range d.Sketch {
		for _, t := range s.bands[band] {
			if !known[t.Digest] && len(known) <= 2*mostAlike {
				known[t.Digest] = true
				alike = append(alike, t)
			}
		}
	}
	return alike
}

// same reports whether a document says the same as the words, or its original does.
func (s *sorter) same(ctx context.Context, words []uint64, a, voice contrechamp.Twin) (bool, error) {
	first, err := s.wordsOf(ctx, voice.Original, true)
	if err != nil {
		return false, err
	}
	if similar.Resemblance(words, first) >= similar.Same {
		return true, nil
	}
	if voice.Original == a.Digest {
		return false, nil
	}
	other, err := s.wordsOf(ctx, a.Digest, false)
	return err == nil && similar.Resemblance(words, other) >= similar.Same, err
}

func (s *sorter) wordsOf(ctx context.Context, d contrechamp.Digest, keep bool) ([]uint64, error) {
	if words, known := s.words[d]; known {
		return words, nil
	}
	text, err := s.source.Text(ctx, d)
	if err != nil {
		return nil, err
	}
	words := similar.Words(text)
	if keep {
		s.words[d] = words
	}
	return words, nil
}

func (s *sorter) put(d contrechamp.Digest, original contrechamp.Twin) {
	s.found = append(s.found, contrechamp.CopyOf{Copy: d, Original: original.Original})
	s.originals[d] = original
}

// voice answers a document's original, as far as the store and this batch know.
func (s *sorter) voice(d contrechamp.Twin) contrechamp.Twin {
	if known, ok := s.originals[d.Digest]; ok {
		d = known
	}
	const most = 8 // an original found in this batch may have got one itself
	for range most {
		next, known := s.originals[d.Original]
		if !known || next.Original == d.Original {
			break
		}
		d = next
	}
	return d
}

// earlier reports whether a's original was captured before b's.
func earlier(a, b contrechamp.Twin) bool {
	if !a.FirstAt.Equal(b.FirstAt) {
		return a.FirstAt.Before(b.FirstAt)
	}
	return a.Original.String() < b.Original.String()
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
