package claim

import (
	"sort"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/passage"
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

// sentenceWith is the sentence that has most of a span, and the units of it there; nil for none.
func sentenceWith(d *passage.Doc, span contrechamp.Span) (s *passage.Sentence, from, to int) {
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
