package claim

import (
	"math/bits"
	"strings"
	"sync"
)

// aroundMark parts the place of a word from its hint in the name of a feature: "clause: {negation}".
const aroundMark = ": "

// mostAround is how many places there are at most.
const mostAround = 10

// aroundSums is what a word, or a class of words, adds by the place where it stands.
type aroundSums [mostAround]float32

func (s *aroundSums) add(o *aroundSums) {
	for p := range s {
		s[p] += o[p]
	}
}

// aroundWeights are the weights of the words around something by where they stand to it, so that one look answers for a word that a grammar knows: whether it is denied
// (polarity.go) or planned (planned.go), whether a name is a place's (placehood_words.go), which place is meant (choice_words.go).
type aroundWeights struct {
	hints    map[string]*aroundSums
	sieve    pairs // of the same, as with HintWeights
	edge     aroundSums
	capital  aroundSums
	kinds    [kindCount]aroundSums // of mentions
	grammars sync.Map              // *grammar to *aroundWords
}

// aroundWords are the weights of a grammar's words.
type aroundWords struct {
	entries []int32 // of each entry: the place in sums of what it and its classes add; 0 adds nothing
	classes []int32 // the same of each class
	sums    []aroundSums
}

// aroundWeightsOf puts the weights of words in such places in order, and leaves all others.
func aroundWeightsOf(weights map[string]float64, places []string) *aroundWeights {
	w := &aroundWeights{hints: map[string]*aroundSums{}}
	for name, x := range weights {
		place, hint, ok := cutAround(name, places)
		if !ok {
			continue
		}
		sums := w.hints[hint]
		if sums == nil {
			sums = &aroundSums{}
			w.hints[hint] = sums
		}
		sums[place] += float32(x)
	}
	for hint := range w.hints {
		w.sieve.add(0, secondOf(hint))
	}
	w.edge, w.capital = w.sums(hintEdge), w.sums(hintCapital)
	for k := range w.kinds {
		w.kinds[k] = w.sums(kindHints[k])
	}
	return w
}

// sums is what a hint adds.
func (w *aroundWeights) sums(hint string) (sums aroundSums) {
	if s := w.hint(hint); s != nil {
		sums = *s
	}
	return sums
}

// cutAround cuts the name of a feature of words in such places.
func cutAround(name string, places []string) (place int, hint string, ok bool) {
	for p, place := range places {
		if rest, ok := strings.CutPrefix(name, place); ok {
			if hint, ok := strings.CutPrefix(rest, aroundMark); ok {
				return p, hint, true
			}
		}
	}
	return 0, "", false
}

// wordless reports whether no word has a weight.
func (w *aroundWeights) wordless() bool { return len(w.hints) == 0 }

// of are the weights of a grammar's words.
func (w *aroundWeights) of(g *grammar) *aroundWords {
	if h, ok := w.grammars.Load(g); ok {
		return h.(*aroundWords)
	}
	h := &aroundWords{entries: make([]int32, len(g.entries)), classes: make([]int32, len(g.classHints)), sums: make([]aroundSums, 1)}
	for id, hint := range g.classHints {
		if sums := w.hints[hint]; hint != "" && sums != nil {
			h.classes[id] = int32(len(h.sums))
			h.sums = append(h.sums, *sums)
		}
	}
	same := map[aroundSums]int32{}
	for i := range g.entries {
		e := &g.entries[i]
		var sums aroundSums
		if e.word != "" {
			if s := w.hint(hintKey(e.word)); s != nil {
				sums.add(s)
			}
		}
		for _, x := range e.hits {
			if int(x.class) < len(h.classes) {
				sums.add(&h.sums[h.classes[x.class]])
			}
		}
		if sums == (aroundSums{}) {
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
func (s *aroundSums) in(places uint16) float32 {
	sum := float32(0)
	for ; places != 0; places &= places - 1 {
		sum += s[bits.TrailingZeros16(places)]
	}
	return sum
}

// token is what the word at token t, with its classes, says in a place.
func (w *aroundWeights) token(d *passageDoc, h *aroundWords, t, place int) float32 {
	return w.tokenIn(d, h, t, 1<<place)
}

// tokenIn is the same of several places, a bit each.
func (w *aroundWeights) tokenIn(d *passageDoc, h *aroundWords, t int, places uint16) float32 {
	e := d.known[t]
	sum := float32(0)
	if at := h.entries[e.id]; at != 0 {
		sum = h.sums[at].in(places)
	}
	if e.word == "" || e.id == 0 {
		if sums := w.hint(hintKey(d.fold[t])); sums != nil {
			sum += sums.in(places)
		}
	}
	if len(e.hits) > int(e.known) {
		for _, x := range e.hits[e.known:] { // by phrases of the text
			if int(x.class) < len(h.classes) && h.classes[x.class] != 0 {
				sum += h.sums[h.classes[x.class]].in(places)
			}
		}
	}
	return sum
}

// classes is token without the word itself.
func (w *aroundWeights) classes(d *passageDoc, h *aroundWords, t, place int) float32 {
	sum := float32(0)
	for _, x := range d.known[t].hits {
		if int(x.class) < len(h.classes) {
			sum += h.sums[h.classes[x.class]][place]
		}
	}
	return sum
}

// hint is what a hint adds, nil for nothing: most words that no grammar knows are no hints.
func (w *aroundWeights) hint(name string) *aroundSums {
	if !w.sieve.has(0, secondOf(name)) {
		return nil
	}
	return w.hints[name]
}

// kind is what the kind of a mention says in a place.
func (w *aroundWeights) kind(un *unit, place int) float32 {
	return w.kinds[bits.TrailingZeros32(uint32(un.kinds&^kNUM))][place]
}

// eachHintAt names the hints of the word at token t: itself, and the classes that it is in.
func (d *passageDoc) eachHintAt(g *grammar, t int, hint func(string)) {
	hint(hintKey(d.fold[t]))
	d.eachClassAt(g, t, hint)
}

// eachClassAt names the hints of the classes that the word at token t is in.
func (d *passageDoc) eachClassAt(g *grammar, t int, hint func(string)) {
	for _, h := range d.known[t].hits {
		if int(h.class) < len(g.classHints) && g.classHints[h.class] != "" {
			hint(g.classHints[h.class])
		}
	}
}

// hintKey is a word as hints know it: its beginning, which inflection leaves alone; every figure is the same.
func hintKey(fold string) string {
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

const hintCapital = "[capital]"

const hintEdge = "[edge]" // of the paragraph

// kindHints are the hints of the kinds of mention: "[PLC]".
var kindHints = func() (out [kindCount]string) {
	for name, k := range kindNames {
		out[bits.TrailingZeros32(uint32(k))] = "[" + name + "]"
	}
	return out
}()
