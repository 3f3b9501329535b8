package claim

// What hints say of a word that a grammar knows is the same each time: of the word itself and of all its classes. It is put together
// once, by the grammar's entries, in the order in which it would be added up, so that one look answers for a word.

// wordHints are what hints say of the words of a grammar.
type wordHints struct {
	classes []int32 // the rows of classes, by number; those of a rule's own words have none
	bounds  []wordBounds
	signs   [][3]int32 // where in all those lie that speak for signs: of its classes, for hintWith, then of its word, for hintSign
	all     []hintPosting
}

// wordBounds are where in all the postings of an entry lie: of its word and then of its classes, for the places hintAny, hintBefore
// and hintAfter; then those of its word within a mention.
type wordBounds [8]int32

// wordHints are those of a grammar that is ready.
func (w *HintWeights) wordHints(g *grammar) *wordHints {
	if h, ok := w.grammars.Load(g); ok {
		return h.(*wordHints)
	}
	h := &wordHints{classes: make([]int32, len(g.classHints)), bounds: make([]wordBounds, len(g.entries)), signs: make([][3]int32, len(g.entries))}
	for id, hint := range g.classHints {
		h.classes[id] = -1
		if hint != "" {
			h.classes[id] = w.rowOf(hint)
		}
	}
	for i := range g.entries {
		e, b := &g.entries[i], &h.bounds[i]
		word := int32(-1)
		if e.word != "" {
			word = w.rowOf(hintKey(e.word))
		}
		add := func(row int32, p hintPlace) {
			if row >= 0 {
				h.all = append(h.all, w.list(row, p)...)
			}
		}
		ofClasses := func(p hintPlace) {
			for _, x := range e.hits {
				if int(x.class) < len(h.classes) {
					add(h.classes[x.class], p)
				}
			}
		}
		for p := hintAny; p <= hintAfter; p++ {
			b[2*p] = int32(len(h.all))
			add(word, p)
			b[2*p+1] = int32(len(h.all))
			ofClasses(p)
		}
		b[len(b)-2] = int32(len(h.all))
		add(word, hintOwn)
		b[len(b)-1] = int32(len(h.all))
		at := &h.signs[i]
		at[0] = int32(len(h.all))
		ofClasses(hintWith)
		at[1] = int32(len(h.all))
		add(word, hintSign)
		at[2] = int32(len(h.all))
	}
	h.all = append(h.all, hintPosting{}) // one may look behind the last list
	w.grammars.Store(g, h)
	return h
}

// place is where the postings of an entry in one of the first places lie: of its classes, and, where that counts, of its word.
func (h *wordHints) place(entry int32, p hintPlace, word bool) (from, to int32) {
	b := &h.bounds[entry]
	from = b[2*p+1&7]
	if word {
		from = b[2*p&7]
	}
	return from, b[2*p+2&7]
}

// list are those postings.
func (h *wordHints) list(entry int32, p hintPlace, word bool) []hintPosting {
	from, to := h.place(entry, p, word)
	return h.all[from:to]
}

// ownList are those of an entry's word within a mention.
func (h *wordHints) ownList(entry int32) []hintPosting {
	b := &h.bounds[entry]
	return h.all[b[6]:b[7]]
}

// with are those of an entry's classes near a sign.
func (h *wordHints) with(entry int32) []hintPosting {
	b := &h.signs[entry]
	return h.all[b[0]:b[1]]
}

// signList are those of an entry's word as a sign.
func (h *wordHints) signList(entry int32) []hintPosting {
	b := &h.signs[entry]
	return h.all[b[1]:b[2]]
}
