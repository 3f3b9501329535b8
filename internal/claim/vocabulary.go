package claim

import (
	"cmp"
	"math/bits"
	"slices"
	"sync/atomic"

	"contrechamp.org/contrechamp/internal/calendar"
	"contrechamp.org/contrechamp/internal/lexicon"
	"contrechamp.org/contrechamp/internal/quantity"
	"contrechamp.org/contrechamp/internal/word"
)

// A grammar's words, and those of the numbers and dates of its language, are one automaton: each word of a text is looked at
// once, letter by letter, and all that anybody knows of it is there.

// entry is what a grammar knows of a word: of one of its own words, or of any word that begins like one of its beginnings. What
// every token asks for stands first.
type entry struct {
	set    classSet // of hits
	opens  uint64   // phrases whose second word has one of these bits, see secondBit
	id     int32    // in the grammar's entries
	hash   uint32   // of the word, see secondOf
	number uint16   // in the vocabulary of numbers
	date   uint16   // in that of dates
	fires  passes   // what the hits set off
	second uint8    // the bit of the word, see secondBit
	own    uint8    // how many of hits are of the word itself: figures and marks have no beginnings
	known  uint8    // how many of hits the grammar's entry has
	never  [2]bool  // no name of the lexicon begins with the word in lower case, or with a capital: see Token.Case
	common bool     // one of the hits is of a class that makes a word a common one: those of signs are generous
	word   string   // folded; "" for words known by their beginning only
	hits   []hit    // those of the word itself, then those of its beginnings, the shorter first, then those of phrases in a text
	*opening
	signs uint32  // those that the hits are of, a bit each
	sure  uint32  // those that they are sure signs of
	acts  uint32  // those that what the hits hold is done with
	_     [4]byte // an entry is two lines of a processor's memory, what every token asks for in the first
}

// opening is which phrases begin with a word.
type opening struct {
	phrases []phrase
	groups  []uint16 // where those with the same bit begin among them
}

// secondBit is the bit of a word that a phrase may go on with: most words that stand behind "de" make no phrase with it.
func secondBit(w string) uint8 { return uint8(uint(w[0])+7*uint(len(w))) & 63 }

// secondOf tells most second words of phrases apart.
func secondOf(w string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(w); i++ {
		h = (h ^ uint32(w[i])) * 16777619
	}
	return h
}

// noOpening is that of words that begin no phrase.
var noOpening opening

// open notes the phrases that begin with the word of an entry, sorted by the bits of their second words.
func (e *entry) open(phrases []phrase) {
	if e.word != "" {
		e.second, e.hash = secondBit(e.word), secondOf(e.word)
	}
	for _, ph := range phrases {
		e.opens |= 1 << secondBit(ph.words[1])
	}
	e.opening = &noOpening
	if len(phrases) == 0 {
		return
	}
	e.opening = &opening{phrases: slices.Clone(phrases)}
	slices.SortStableFunc(e.phrases, func(a, b phrase) int { return cmp.Compare(secondBit(a.words[1]), secondBit(b.words[1])) })
	for i, ph := range e.phrases {
		if i == 0 || secondBit(ph.words[1]) != secondBit(e.phrases[i-1].words[1]) {
			e.groups = append(e.groups, uint16(i))
		}
	}
	e.groups = append(e.groups, uint16(len(e.phrases)))
}

// pairs is a set of the first two words of phrases, the first by its entry, the second by secondOf, that may answer yes wrongly, never no.
type pairs [1 << pairsLog / 64]uint64

const pairsLog = 15

func pairAt(entry int32, second uint32) uint32 {
	return (second ^ uint32(entry)*0x85EBCA6B) * 0x9E3779B1 >> (32 - pairsLog)
}

func (p *pairs) add(entry int32, second uint32) {
	at := pairAt(entry, second)
	p[at/64] |= 1 << (at % 64)
}

func (p *pairs) has(entry int32, second uint32) bool {
	at := pairAt(entry, second)
	return p[at/64]>>(at%64)&1 != 0
}

// goingOn are the phrases that may go on with a second word of that bit, which is one of e.opens.
func (e *entry) goingOn(bit uint8) []phrase {
	n := bits.OnesCount64(e.opens & (1<<bit - 1))
	return e.phrases[e.groups[n]:e.groups[n+1]]
}

// classSet is a set of classes that may answer yes wrongly, never no. The classes that the program asks for itself
// have a bit each, the others share the bits that are left.
type classSet [4]uint64

// ownBits is how many classes have a bit of their own: of these a set tells all. The program asks for some two hundred.
const ownBits = 216

// ownBit reports whether a class has a bit of its own. Classes that a file lacks are below 0.
func ownBit(class int32) bool { return uint32(class) < ownBits }

func (s *classSet) add(class int32) { s[class>>6&3] |= 1 << (uint(class) & 63) }

func (s *classSet) has(class int32) bool { return s[class>>6&3]>>(uint(class)&63)&1 != 0 }

func (s *classSet) join(o *classSet) {
	s[0], s[1], s[2], s[3] = s[0]|o[0], s[1]|o[1], s[2]|o[2], s[3]|o[3]
}

func (s *classSet) meets(o *classSet) bool { return s[0]&o[0]|s[1]&o[1]|s[2]&o[2]|s[3]&o[3] != 0 }

func (g *grammar) setOf(hits []hit) (s classSet) {
	for _, h := range hits {
		if !g.loose[h.class] {
			s.add(h.class)
		}
	}
	return s
}

// ready makes the automaton of a grammar when a text in its language comes first.
func (g *grammar) ready(lex *lexicon.Lexicon) { g.once.Do(func() { g.indexWords(lex) }) }

func (g *grammar) indexWords(lex *lexicon.Lexicon) {
	numbers, dates := quantity.Vocabulary(g.language), calendar.Vocabulary(g.language)
	words := slices.Concat(numbers.Words(), dates.Words())
	for w := range g.exact {
		words = append(words, w)
	}
	inPhrases := map[string]string{}
	for w, list := range g.phrases {
		words = append(words, w)
		for _, ph := range list {
			for _, w := range ph.words {
				inPhrases[w] = w
			}
		}
	}
	for w := range g.prefix {
		words = append(words, w)
	}
	g.classFires = make([]passes, g.next)
	for _, t := range []*triggers{&g.frames, &g.sayings, &g.programmes} {
		for class, starts := range t.byClass {
			if len(starts) > 0 {
				g.classFires[class] |= 1 << t.pass
			}
		}
	}
	g.entries = make([]entry, 0, len(words)+1)
	for _, t := range []*triggers{&g.frames, &g.sayings, &g.programmes} {
		t.ofEntry = append(make([]int32, 0, len(words)+2), 0)
	}
	g.enter(entry{}, nil) // words that nobody knows
	var buf []byte
	g.words = word.NewAutomaton(words, func(w string, begun int32) (int32, int32) {
		if ids := g.prefix[w]; len(ids) > 0 {
			hits := slices.Clone(g.entries[begun].hits)
			for _, id := range ids {
				hits = append(hits, hit{id, 1})
			}
			begun = g.enter(entry{}, hits)
		}
		var hits []hit
		for _, id := range g.exact[w] {
			hits = append(hits, hit{id, 1})
		}
		e := entry{word: spelled(inPhrases, w), own: uint8(len(hits)), number: numbers.Number(w, &buf), date: dates.Number(w, &buf)}
		e.open(g.phrases[w])
		for _, ph := range e.phrases {
			g.pairs.add(int32(len(g.entries)), ph.second)
		}
		lower, upper := lex.Begins(w)
		e.never = [2]bool{!lower, !upper}
		return g.enter(e, append(hits, g.entries[begun].hits...)), begun
	})
	g.serial = serials.Add(1)
}

// enter adds an entry with its hits, and what they set off.
func (g *grammar) enter(e entry, hits []hit) int32 {
	if cap(g.hits)-len(g.hits) < len(hits) {
		g.hits = make([]hit, 0, 4096)
	}
	from := len(g.hits)
	g.hits = append(g.hits, hits...)
	e.id, e.hits, e.set, e.known = int32(len(g.entries)), g.hits[from:len(g.hits):len(g.hits)], g.setOf(hits), uint8(len(hits))
	for _, h := range hits {
		e.noteSigns(g, h.class)
	}
	for _, t := range []*triggers{&g.frames, &g.sayings, &g.programmes} {
		from := len(t.starts)
		for _, h := range hits {
			t.starts = append(t.starts, t.byClass[h.class]...)
		}
		t.ofEntry = append(t.ofEntry, int32(len(t.starts)))
		if len(t.starts) > from {
			e.fires |= 1 << t.pass
		}
	}
	g.entries = append(g.entries, e)
	return e.id
}

// noteSigns notes what a class that a word is in says of signs.
func (e *entry) noteSigns(g *grammar, class int32) {
	e.common = e.common || !g.loose[class]
	e.acts |= g.acts[class]
	if of := g.signs[class]; of != noSign {
		e.signs |= 1 << of
		if g.sure[class] {
			e.sure |= 1 << of
		}
	}
}

// hit says that the tokens at its place, n of them, belong to a class.
type hit struct {
	class int32
	n     int32
}

// serials number the grammars.
var serials atomic.Int32
