package claim

import (
	"context"
	"slices"
	"sort"
	"strings"

	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/claim/speech"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/weight"
)

// Said is a passage that claims something.
type Said struct {
	contrechamp.Span
	Predicate contrechamp.Predicate
	Values    []string // the names of what is claimed
}

// Teller is one whose words a passage may be.
type Teller struct {
	Names    []string // none for nobody
	Way      string   // how it came to be listed
	Features []weight.Term
	Heard    bool // the rules alone would choose it
	Chosen   bool
}

// IsWordOfTeller reports whether a feature of a teller is a word.
func IsWordOfTeller(feature string) bool {
	return strings.Contains(feature, speech.WordSays) || strings.Contains(feature, speech.WordDoes)
}

// Tellers answers, for passages of a text, whose words each may be: for fitting the weights of that choice, and for measuring it.
func (e *Engine) Tellers(ctx context.Context, text contrechamp.Text, passages []Said) ([][]Teller, error) {
	d, err := e.read(ctx, &text)
	if err != nil {
		return nil, err
	}
	defer d.release()
	out := make([][]Teller, len(passages))
	for i, p := range passages {
		s, from, to := d.passage(p.Span)
		if s == nil {
			continue
		}
		x := speech.Told{Predicate: p.Predicate, Sentence: s, From: from, To: to, Value: &contrechamp.EntityRef{Names: p.Values}}
		list := d.Tellers(x)
		best := d.BestTeller(list)
		heard := d.VoiceAt(s, s.Units[to-1].First)
		for j := range list {
			t := &list[j]
			o := Teller{Chosen: j == best, Heard: t.Voice == nil && j == 0 && heard == nil || t.Voice != nil && heard != nil && t.Voice.Speaker == heard.Speaker}
			if sp := d.SpeakerOf(s, t); sp != nil {
				o.Names = append([]string{sp.ID}, slices.Clone(sp.Names)...)
			}
			switch {
			case t.Voice != nil:
				o.Way = passage.WayNames[t.Voice.Way]
			case t.Unit >= 0:
				o.Way = "named in the sentence"
			case t.Page != nil:
				o.Way = "named at the head or the foot"
			default:
				o.Way = "nobody"
			}
			for _, f := range t.Feats {
				o.Features = append(o.Features, weight.Term{Feature: speech.TellerNames[f], Value: 1})
			}
			if t.Verb > 0 {
				o.Features = append(o.Features, weight.Term{Feature: d.Language(t.Verb) + speech.WordSays + d.Stem(t.Verb), Value: 1})
			}
			for _, at := range t.Words {
				if at > 0 {
					o.Features = append(o.Features, weight.Term{Feature: d.Language(at) + speech.WordDoes + d.Stem(at), Value: 1})
				}
			}
			out[i] = append(out[i], o)
		}
	}
	return out, nil
}

// passage is the sentence that has most of a span, and the units of it there; nil for none.
func (d *doc) passage(span contrechamp.Span) (s *passage.Sentence, from, to int) {
	most := 0
	for i := range d.Sentences {
		o := &d.Sentences[i]
		if len(o.Units) == 0 || o.End <= o.First {
			continue
		}
		n := min(span.End, d.Tokens[o.End-1].End) - max(span.Start, d.Tokens[o.First].Start)
		if n > most {
			s, most = o, n
		}
	}
	if s == nil {
		return nil, 0, 0
	}
	from = sort.Search(len(s.Units), func(u int) bool { return d.Tokens[s.Units[u].End-1].End > span.Start })
	to = sort.Search(len(s.Units), func(u int) bool { return d.Tokens[s.Units[u].First].Start >= span.End })
	if from >= len(s.Units) || to <= from {
		return nil, 0, 0
	}
	return s, from, to
}
