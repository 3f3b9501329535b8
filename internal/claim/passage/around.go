package passage

import (
	"math/bits"
	"strings"
	"sync"

	"contrechamp.org/contrechamp/internal/claim/grammar"
)

// AroundMark parts the place of a word from its hint in the name of a feature: "clause: {negation}".
const AroundMark = ": "

// mostAround is how many places there are at most.
const mostAround = 10

// AroundSums is what a word, or a class of words, adds by the place where it stands.
type AroundSums [mostAround]float32

func (s *AroundSums) add(o *AroundSums) {
	for p := range s {
		s[p] += o[p]
	}
}

// AroundWeights are the weights of the words around something by where they stand to it, so that one look answers for a word that a grammar knows: whether it is denied
// or planned (package claim), whether a name is a place's (naming), which place is meant (subject).
type AroundWeights struct {
	Hints    map[string]*AroundSums
	sieve    grammar.Pairs // of the same, as with HintWeights
	Edge     AroundSums
	Capital  AroundSums
	kinds    [grammar.KindCount]AroundSums // of mentions
	grammars sync.Map                      // *grammar to *AroundWords
}

// AroundWords are the weights of a grammar's words.
type AroundWords struct {
	entries []int32 // of each entry: the place in sums of what it and its classes add; 0 adds nothing
	classes []int32 // the same of each class
	sums    []AroundSums
}

// AroundWeightsOf puts the weights of words in such places in order, and leaves all others.
func AroundWeightsOf(weights map[string]float64, places []string) *AroundWeights {
	w := &AroundWeights{Hints: map[string]*AroundSums{}}
	for name, x := range weights {
		place, hint, ok := CutAround(name, places)
		if !ok {
			continue
		}
		sums := w.Hints[hint]
		if sums == nil {
			sums = &AroundSums{}
			w.Hints[hint] = sums
		}
		sums[place] += float32(x)
	}
	for hint := range w.Hints {
		w.sieve.Add(0, grammar.SecondOf(hint))
	}
	w.Edge, w.Capital = w.Sums(HintEdge), w.Sums(HintCapital)
	for k := range w.kinds {
		w.kinds[k] = w.Sums(KindHints[k])
	}
	return w
}

// Sums is what a hint adds.
func (w *AroundWeights) Sums(hint string) (sums AroundSums) {
	if s := w.Hint(hint); s != nil {
		sums = *s
	}
	return sums
}

// CutAround cuts the name of a feature of words in such places.
func CutAround(name string, places []string) (place int, hint string, ok bool) {
	for p, place := range places {
		if rest, ok := strings.CutPrefix(name, place); ok {
			if hint, ok := strings.CutPrefix(rest, AroundMark); ok {
				return p, hint, true
			}
		}
	}
	return 0, "", false
}

// Wordless reports whether no word has a weight.
func (w *AroundWeights) Wordless() bool { return len(w.Hints) == 0 }

// Of are the weights of a grammar's words.
func (w *AroundWeights) Of(g *grammar.Grammar) *AroundWords {
	if h, ok := w.grammars.Load(g); ok {
		return h.(*AroundWords)
	}
	h := &AroundWords{entries: make([]int32, len(g.Entries)), classes: make([]int32, len(g.ClassHints)), sums: make([]AroundSums, 1)}
	for id, hint := range g.ClassHints {
		if sums := w.Hints[hint]; hint != "" && sums != nil {
			h.classes[id] = int32(len(h.sums))
			h.sums = append(h.sums, *sums)
		}
	}
	same := map[AroundSums]int32{}
	for i := range g.Entries {
		e := &g.Entries[i]
		var sums AroundSums
		if e.Word != "" {
			if s := w.Hint(HintKey(e.Word)); s != nil {
				sums.add(s)
			}
		}
		for _, x := range e.Hits {
			if int(x.Class) < len(h.classes) {
				sums.add(&h.sums[h.classes[x.Class]])
			}
		}
		if sums == (AroundSums{}) {
			continue
		}
		at, ok := same[sums]
		if !ok {
			at = int32(len(h.sums))
			same[sums] = at
			h.sums = append(h.sums, sums)
		}
		h.entries[i] = at
	}
	w.grammars.Store(g, h)
	return h
}

// in adds the sums of some places, a bit each.
func (s *AroundSums) in(places uint16) float32 {
	sum := float32(0)
	for ; places != 0; places &= places - 1 {
		sum += s[bits.TrailingZeros16(places)]
	}
	return sum
}

// Token is what the word at token t, with its classes, says in a place.
func (w *AroundWeights) Token(d *Doc, h *AroundWords, t, place int) float32 {
	return w.TokenIn(d, h, t, 1<<place)
}

// TokenIn is the same of several places, a bit each.
func (w *AroundWeights) TokenIn(d *Doc, h *AroundWords, t int, places uint16) float32 {
	e := d.Known[t]
	sum := float32(0)
	if at := h.entries[e.Id]; at != 0 {
		sum = h.sums[at].in(places)
	}
	if e.Word == "" || e.Id == 0 {
		if sums := w.Hint(HintKey(d.Fold[t])); sums != nil {
			sum += sums.in(places)
		}
	}
	if len(e.Hits) > int(e.Known) {
		for _, x := range e.Hits[e.Known:] { // by phrases of the text
			if int(x.Class) < len(h.classes) && h.classes[x.Class] != 0 {
				sum += h.sums[h.classes[x.Class]].in(places)
			}
		}
	}
	return sum
}

// Classes is token without the word itself.
func (w *AroundWeights) Classes(d *Doc, h *AroundWords, t, place int) float32 {
	sum := float32(0)
	for _, x := range d.Known[t].Hits {
		if int(x.Class) < len(h.classes) {
			sum += h.sums[h.classes[x.Class]][place]
		}
	}
	return sum
}

// Hint is what a hint adds, nil for nothing: most words that no grammar knows are no hints.
func (w *AroundWeights) Hint(name string) *AroundSums {
	if !w.sieve.Has(0, grammar.SecondOf(name)) {
		return nil
	}
	return w.Hints[name]
}

// Kind is what the kind of a mention says in a place.
func (w *AroundWeights) Kind(un *Unit, place int) float32 {
	return w.kinds[bits.TrailingZeros32(uint32(un.Kinds&^grammar.NUM))][place]
}

// EachHintAt names the hints of the word at token t: itself, and the classes that it is in.
func (d *Doc) EachHintAt(g *grammar.Grammar, t int, hint func(string)) {
	hint(HintKey(d.Fold[t]))
	d.EachClassAt(g, t, hint)
}

// EachClassAt names the hints of the classes that the word at token t is in.
func (d *Doc) EachClassAt(g *grammar.Grammar, t int, hint func(string)) {
	for _, h := range d.Known[t].Hits {
		if int(h.Class) < len(g.ClassHints) && g.ClassHints[h.Class] != "" {
			hint(g.ClassHints[h.Class])
		}
	}
}

// HintKey is a word as hints know it: its beginning, which inflection leaves alone; every figure is the same.
func HintKey(fold string) string {
	const long = 6
	if fold != "" && fold[0] >= '0' && fold[0] <= '9' {
		return "0"
	}
	if len(fold) <= long {
		return fold
	}
	n := 0
	for i := range fold {
		if n++; n > long {
			return fold[:i]
		}
	}
	return fold
}

// HintCapital is the hint of a word with a capital.
const HintCapital = "[capital]"

// HintEdge is the hint of what lies beyond the sentence.
const HintEdge = "[edge]" // of the paragraph

// KindHints are the hints of the kinds of mention: "[PLC]".
var KindHints = func() (out [grammar.KindCount]string) {
	for name, k := range grammar.KindNames {
		out[bits.TrailingZeros32(uint32(k))] = "[" + name + "]"
	}
	return out
}()
