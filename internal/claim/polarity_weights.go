package claim

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

// polarityFile holds the weights of whether a capability is denied: feature, weight. `make train` writes it.
//
//go:embed polarity.csv
var polarityFile string

// polarMark parts the place of a word from its hint in the name of a feature.
const polarMark = ": "

// polarSums is what a word, or a class of words, adds by the place where it stands.
type polarSums [polarPlaces]float32

func (s *polarSums) add(o *polarSums) {
	for p := range s {
		s[p] += o[p]
	}
}

// polarWeights are the weights of polarity, so that one look answers for a word that a grammar knows.
type polarWeights struct {
	facts    *Model
	words    map[string]*polarSums
	grammars sync.Map // *grammar to *polarWords
}

// polarWords are the weights of a grammar's words.
type polarWords struct {
	entries []int32 // of each entry: the place in sums of what it and its classes add; 0 adds nothing
	classes []int32 // the same of each class
	sums    []polarSums
}

// polarWeightsOf puts weights in order.
func polarWeightsOf(m *Model) *polarWeights {
	w := &polarWeights{words: map[string]*polarSums{}}
	facts := map[string]float64{}
	for name, x := range m.weights {
		place, hint, ok := polarFeature(name)
		if !ok {
			facts[name] = x
			continue
		}
		sums := w.words[hint]
		if sums == nil {
			sums = &polarSums{}
			w.words[hint] = sums
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
func (w *polarWeights) empty() bool { return len(w.words) == 0 && len(w.facts.weights) == 0 }

// of are the weights of a grammar's words.
func (w *polarWeights) of(g *grammar) *polarWords {
	if h, ok := w.grammars.Load(g); ok {
		return h.(*polarWords)
	}
	h := &polarWords{entries: make([]int32, len(g.entries)), classes: make([]int32, len(g.classHints)), sums: make([]polarSums, 1)}
	for id, hint := range g.classHints {
		if sums := w.words[hint]; hint != "" && sums != nil {
			h.classes[id] = int32(len(h.sums))
			h.sums = append(h.sums, *sums)
		}
	}
	same := map[string]int32{}
	for i := range g.entries {
		e := &g.entries[i]
		var sums polarSums
		if s := w.words[hintKey(e.word)]; e.word != "" && s != nil {
			sums.add(s)
		}
		for _, x := range e.hits {
			if int(x.class) < len(h.classes) {
				sums.add(&h.sums[h.classes[x.class]])
			}
		}
		if sums == (polarSums{}) {
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

// odds are the log-odds that a draft's capability is denied.
func (w *polarWeights) odds(d *doc, x *draft) float64 {
	sum := float32(0)
	add := func(places uint16, sums *polarSums) {
		for p := 0; places != 0; p++ {
			if places&1 != 0 {
				sum += sums[p]
			}
			places >>= 1
		}
	}
	var in *sentence
	var h *polarWords // of its grammar
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
			if sums := w.words[hintKey(d.fold[un.first])]; sums != nil {
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
	return ruledOdds(x) + float64(sum) + w.facts.sum(d.polarFacts(x))
}
