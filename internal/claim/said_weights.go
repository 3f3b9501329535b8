package claim

import (
	"fmt"
	"strings"
	"sync"
)

// polarMark parts the place of a word from its hint in the name of a feature.
const polarMark = ": "

// saidSums is what a word, or a class of words, adds by the place where it stands.
type saidSums [polarPlaces]float32

func (s *saidSums) add(o *saidSums) {
	for p := range s {
		s[p] += o[p]
	}
}

// saidWeights are the weights of how something is said, whether it is denied (polarity.go) or planned (planned.go), so that one look answers for a word
// that a grammar knows.
type saidWeights struct {
	facts    *Model
	hints    map[string]*saidSums
	grammars sync.Map // *grammar to *saidWords
}

// saidWords are the weights of a grammar's words.
type saidWords struct {
	entries []int32 // of each entry: the place in sums of what it and its classes add; 0 adds nothing
	classes []int32 // the same of each class
	sums    []saidSums
}

// saidWeightsOf puts weights in order.
func saidWeightsOf(m *Model) *saidWeights {
	w := &saidWeights{hints: map[string]*saidSums{}}
	facts := map[string]float64{}
	for name, x := range m.weights {
		place, hint, ok := polarFeature(name)
		if !ok {
			facts[name] = x
			continue
		}
		sums := w.hints[hint]
		if sums == nil {
			sums = &saidSums{}
			w.hints[hint] = sums
		}
		sums[place] += float32(x)
	}
	w.facts = NewModel(facts)
	return w
}

// polarFeature cuts the name of a feature of words.
func polarFeature(name string) (polarPlace, string, bool) {
	for p, place := range polarPlaceNames {
		if rest, ok := strings.CutPrefix(name, place); ok {
			if hint, ok := strings.CutPrefix(rest, polarMark); ok {
				return polarPlace(p), hint, true
			}
		}
	}
	return 0, "", false
}

// empty reports whether nothing was fitted: then the rules alone decide.
func (w *saidWeights) empty() bool { return len(w.hints) == 0 && len(w.facts.weights) == 0 }

// of are the weights of a grammar's words.
func (w *saidWeights) of(g *grammar) *saidWords {
	if h, ok := w.grammars.Load(g); ok {
		return h.(*saidWords)
	}
	h := &saidWords{entries: make([]int32, len(g.entries)), classes: make([]int32, len(g.classHints)), sums: make([]saidSums, 1)}
	for id, hint := range g.classHints {
		if sums := w.hints[hint]; hint != "" && sums != nil {
			h.classes[id] = int32(len(h.sums))
			h.sums = append(h.sums, *sums)
		}
	}
	same := map[string]int32{}
	for i := range g.entries {
		e := &g.entries[i]
		var sums saidSums
		if s := w.hints[hintKey(e.word)]; e.word != "" && s != nil {
			sums.add(s)
		}
		for _, x := range e.hits {
			if int(x.class) < len(h.classes) {
				sums.add(&h.sums[h.classes[x.class]])
			}
		}
		if sums == (saidSums{}) {
			continue
		}
		key := fmt.Sprint(sums)
		at, ok := same[key]
		if !ok {
			at = int32(len(h.sums))
			same[key] = at
			h.sums = append(h.sums, sums)
		}
		h.entries[i] = at
	}
	w.grammars.Store(g, h)
	return h
}

// words is what the words around a draft add up to.
func (w *saidWeights) words(d *doc, x *draft) float64 {
	sum := float32(0)
	add := func(places uint16, sums *saidSums) {
		for p := 0; places != 0; p++ {
			if places&1 != 0 {
				sum += sums[p]
			}
			places >>= 1
		}
	}
	var in *sentence
	var h *saidWords // of its grammar
	d.eachPolarWord(x, func(places uint16, s *sentence, u int) {
		un := &s.units[u]
		if un.mention != nil && un.kinds&^kNUM != 0 {
			return
		}
		if s != in {
			in, h = s, w.of(d.grammarAt(s))
		}
		e := d.known[un.first]
		if at := h.entries[e.id]; at != 0 {
			add(places, &h.sums[at])
		}
		if e.word == "" || e.id == 0 {
			if sums := w.hints[hintKey(d.fold[un.first])]; sums != nil {
				add(places, sums)
			}
		}
		if len(e.hits) > int(e.known) {
			for _, x := range e.hits[e.known:] {
				if int(x.class) < len(h.classes) && h.classes[x.class] != 0 {
					add(places, &h.sums[h.classes[x.class]])
				}
			}
		}
	})
	return float64(sum)
}
