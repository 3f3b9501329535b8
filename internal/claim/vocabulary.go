package claim

import (
	"slices"

	"contrechamp.org/contrechamp/internal/calendar"
	"contrechamp.org/contrechamp/internal/quantity"
	"contrechamp.org/contrechamp/internal/word"
)

// A grammar's words, and those of the numbers and dates of its language, are one automaton: each word of a text is looked at
// once, letter by letter, and all that anybody knows of it is there.

// entry is what a grammar knows of a word: of one of its own words, or of any word that begins like one of its beginnings.
type entry struct {
	word    string   // folded; "" for words known by their beginning only
	hits    []hit    // those of the word itself, then those of its beginnings, the shorter first
	own     int      // how many of hits are of the word itself: figures and marks have no beginnings
	set     classSet // of hits
	phrases []phrase // that begin with the word
	// what the hits set off, by the family of pattern
	triggers [familyCount][]trigger
	number   uint16 // in the vocabulary of numbers
	date     uint16 // in that of dates
}

// classSet is a set of classes that may answer yes wrongly, never no. The classes that the program asks for itself
// have a bit each, the others share the bits that are left.
type classSet [2]uint64

func (s *classSet) add(class int32) { s[class>>6&1] |= 1 << (uint(class) & 63) }

func (s *classSet) has(class int32) bool { return s[class>>6&1]>>(uint(class)&63)&1 != 0 }

func (s *classSet) meets(o *classSet) bool { return s[0]&o[0]|s[1]&o[1] != 0 }

func setOf(hits []hit) (s classSet) {
	for _, h := range hits {
		s.add(h.class)
	}
	return s
}

// ready makes the automaton of a grammar when a text in its language comes first.
func (g *grammar) ready() { g.once.Do(g.indexWords) }

func (g *grammar) indexWords() {
	numbers, dates := quantity.Vocabulary(g.language), calendar.Vocabulary(g.language)
	words := slices.Concat(numbers.Words(), dates.Words())
	for w := range g.exact {
		words = append(words, w)
	}
	for w := range g.phrases {
		words = append(words, w)
	}
	for w := range g.prefix {
		words = append(words, w)
	}
	g.entries = make([]entry, 1, len(words)+1) // the first is of words that nobody knows
	var buf []byte
	g.words = word.NewAutomaton(words, func(w string, begun int32) (int32, int32) {
		if ids := g.prefix[w]; len(ids) > 0 {
			e := entry{hits: slices.Clone(g.entries[begun].hits)}
			for _, id := range ids {
				e.hits = append(e.hits, hit{id, 1})
			}
			g.complete(&e)
			g.entries = append(g.entries, e)
			begun = int32(len(g.entries) - 1)
		}
		e := entry{word: w, phrases: g.phrases[w], number: numbers.Number(w, &buf), date: dates.Number(w, &buf)}
		for _, id := range g.exact[w] {
			e.hits = append(e.hits, hit{id, 1})
		}
		e.own = len(e.hits)
		e.hits = append(e.hits, g.entries[begun].hits...)
		g.complete(&e)
		g.entries = append(g.entries, e)
		return int32(len(g.entries) - 1), begun
	})
}

// complete fills what follows from the hits of an entry.
func (g *grammar) complete(e *entry) {
	e.set = setOf(e.hits)
	for _, t := range []*triggers{&g.frames, &g.sayings, &g.programmes} {
		for _, h := range e.hits {
			e.triggers[t.family] = append(e.triggers[t.family], t.byClass[h.class]...)
		}
	}
}
