package claim

import "fmt"

// Which hints a word that a grammar knows gives is the same each time: its own, and those of its classes. They are put together once, by the
// grammar's entries, so that one look answers for a word. Words of the same classes share what those say: put together for each word, it
// would be far more memory than a processor has at hand.

// wordHints are the hints of the words of a grammar.
type wordHints struct {
	classes []int32 // the rows of classes, by number; those of a rule's own words have none
	word    []int32 // the row of the word of each entry, -1 for none
	group   []int32 // of the classes of each entry
	bounds  []groupBounds
	all     []hintPosting // of all groups
}

// groupBounds are where the postings of some classes begin: for hintAny, hintBefore and hintAfter, and, last, for hintWith.
type groupBounds [groupPlaces + 1]int32

const (
	groupWith   = hintAfter + 1
	groupPlaces = groupWith + 1
)

// wordHints are those of a grammar that is ready.
func (w *HintWeights) wordHints(g *grammar) *wordHints {
	if h, ok := w.grammars.Load(g); ok {
		return h.(*wordHints)
	}
	h := &wordHints{classes: make([]int32, len(g.classHints)), word: make([]int32, len(g.entries)), group: make([]int32, len(g.entries))}
	for id, hint := range g.classHints {
		h.classes[id] = -1
		if hint != "" {
			h.classes[id] = w.rowOf(hint)
		}
	}
	groups := map[string]int32{}
	for i := range g.entries {
		e := &g.entries[i]
		h.word[i] = -1
		if e.word != "" {
			h.word[i] = w.rowOf(hintKey(e.word))
		}
		rows := h.rowsOf(nil, e.hits)
		key := fmt.Sprint(rows)
		at, ok := groups[key]
		if !ok {
			at = int32(len(h.bounds))
			groups[key] = at
			h.bounds = append(h.bounds, h.together(w, rows))
		}
		h.group[i] = at
	}
	h.all = append(h.all, hintPosting{}) // one may look behind the last list
	w.grammars.Store(g, h)
	return h
}

// together puts the postings of rows together.
func (h *wordHints) together(w *HintWeights, rows []int32) (b groupBounds) {
	for n, p := range [groupPlaces]hintPlace{hintAny, hintBefore, hintAfter, hintWith} {
		b[n] = int32(len(h.all))
		for _, k := range rows {
			h.all = append(h.all, w.list(k, p)...)
		}
	}
	b[groupPlaces] = int32(len(h.all))
	return b
}

// rowsOf appends the rows of the classes of hits.
func (h *wordHints) rowsOf(rows []int32, hits []hit) []int32 {
	for _, x := range hits {
		if int(x.class) < len(h.classes) && h.classes[x.class] >= 0 {
			rows = append(rows, h.classes[x.class])
		}
	}
	return rows
}

// list are the postings of a group for one of the first places, or groupWith.
func (h *wordHints) list(group int32, p hintPlace) []hintPosting {
	b := &h.bounds[group]
	return h.all[b[p]:b[p+1]]
}
