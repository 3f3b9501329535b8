package claim

import (
	"context"
	"slices"
	"sort"
	"strings"

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
	return strings.Contains(feature, wordSays) || strings.Contains(feature, wordDoes)
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
		x := told{p: p.Predicate, s: s, from: from, to: to, value: &contrechamp.EntityRef{Names: p.Values}}
		list := d.tellers(x)
		best := d.bestTeller(list)
		heard := d.voiceAt(s, s.units[to-1].first)
		for j := range list {
			t := &list[j]
			o := Teller{Chosen: j == best, Heard: t.v == nil && j == 0 && heard == nil || t.v != nil && heard != nil && t.v.speaker == heard.speaker}
			if sp := d.speakerOf(s, t); sp != nil {
				o.Names = append([]string{sp.ID}, slices.Clone(sp.Names)...)
			}
			switch {
			case t.v != nil:
				o.Way = wayNames[t.v.way]
			case t.unit >= 0:
				o.Way = "named in the sentence"
			case t.page != nil:
				o.Way = "named at the head or the foot"
			default:
				o.Way = "nobody"
			}
			for _, f := range t.feats {
				o.Features = append(o.Features, weight.Term{Feature: tellerNames[f], Value: 1})
			}
			if t.verb > 0 {
				o.Features = append(o.Features, weight.Term{Feature: d.language(t.verb) + wordSays + d.stem(t.verb), Value: 1})
			}
			for _, at := range t.words {
				if at > 0 {
					o.Features = append(o.Features, weight.Term{Feature: d.language(at) + wordDoes + d.stem(at), Value: 1})
				}
			}
			out[i] = append(out[i], o)
		}
	}
	return out, nil
}

// passage is the sentence that has most of a span, and the units of it there; nil for none.
func (d *doc) passage(span contrechamp.Span) (s *sentence, from, to int) {
	most := 0
	for i := range d.sents {
		o := &d.sents[i]
		if len(o.units) == 0 || o.end <= o.first {
			continue
		}
		n := min(span.End, d.toks[o.end-1].End) - max(span.Start, d.toks[o.first].Start)
		if n > most {
			s, most = o, n
		}
	}
	if s == nil {
		return nil, 0, 0
	}
	from = sort.Search(len(s.units), func(u int) bool { return d.toks[s.units[u].end-1].End > span.Start })
	to = sort.Search(len(s.units), func(u int) bool { return d.toks[s.units[u].first].Start >= span.End })
	if from >= len(s.units) || to <= from {
		return nil, 0, 0
	}
	return s, from, to
}
