package hint

import (
	"contrechamp.org/contrechamp/internal/claim/grammar"
)

// Which hints a word that a grammar knows gives is the same each time: its own, and those of its classes. They are added up once, by the
// grammar's entries, so that one look answers for a word. Words of the same classes share what those say, and all words what is the same.

// WordHints are the hints of the words of a grammar.
type WordHints struct {
	hintTable
	classes []int32 // the rows, in the weights, of classes by number; those of a rule's own words have none
	words   []wordRows
}

// wordRows are the rows of an entry of a grammar: of the word with its classes, and of the classes alone.
type wordRows struct{ word, classes int32 }

// WordHints are those of a grammar that is ready.
func (w *Weights) WordHints(g *grammar.Grammar) *WordHints {
	if h, ok := w.grammars.Load(g); ok {
		return h.(*WordHints)
	}
	h := &WordHints{classes: make([]int32, len(g.ClassHints)), words: make([]wordRows, len(g.Entries))}
	for id, hint := range g.ClassHints {
		h.classes[id] = w.row[hint]
	}
	rows, lines := map[Row]int32{}, map[Sums]int32{}
	once(rows, &h.Rows, Row{})
	once(lines, &h.lines, Sums{})
	var of []int32
	for i := range g.Entries {
		e := &g.Entries[i]
		of = h.rowsOf(of[:0], e.Hits)
		h.words[i].classes = h.together(w, of, rows, lines)
		h.words[i].word = h.together(w, append(of, w.rowOf(e.Word)), rows, lines)
	}
	w.grammars.Store(g, h)
	return h
}

// together is the row of what some rows of the weights add together: each row and each line is there once.
func (h *WordHints) together(w *Weights, of []int32, rows map[Row]int32, lines map[Sums]int32) int32 {
	var row Row
	for p := range hintPlaces {
		var sums Sums
		for _, k := range of {
			sums.add(w.Line(k, p))
		}
		row[p] = once(lines, &h.lines, sums)
	}
	return once(rows, &h.Rows, row)
}

// once is the place of x in a list, where it is appended if it is new.
func once[T comparable](at map[T]int32, list *[]T, x T) int32 {
	n, ok := at[x]
	if !ok {
		n = int32(len(*list))
		at[x] = n
		*list = append(*list, x)
	}
	return n
}

// rowsOf appends the rows of the classes of hits.
func (h *WordHints) rowsOf(rows []int32, hits []grammar.Hit) []int32 {
	for _, x := range hits {
		if int(x.Class) < len(h.classes) && h.classes[x.Class] > 0 {
			rows = append(rows, h.classes[x.Class])
		}
	}
	return rows
}
