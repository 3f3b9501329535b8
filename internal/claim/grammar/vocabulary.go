package grammar

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

// Entry is what a grammar knows of a word: of one of its own words, or of any word that begins like one of its beginnings. What
// every token asks for stands first.
type Entry struct {
	Set    ClassSet // of hits
	Opens  uint64   // phrases whose second word has one of these bits, see SecondBit
	Id     int32    // in the grammar's entries
	Hash   uint32   // of the word, see SecondOf
	Number uint16   // in the vocabulary of numbers
	Date   uint16   // in that of dates
	Fires  Passes   // what the hits set off
	Second uint8    // the bit of the word, see SecondBit
	Own    uint8    // how many of hits are of the word itself: figures and marks have no beginnings
	Known  uint8    // how many of hits the grammar's entry has
	Never  [2]bool  // no name of the lexicon begins with the word in lower case, or with a capital: see word.Token.Case
	Common bool     // one of the hits is of a class that makes a word a common one: those of signs are generous
	Word   string   // folded; "" for words known by their beginning only
	Hits   []Hit    // those of the word itself, then those of its beginnings, the shorter first, then those of phrases in a text
	*Opening
	Signs uint32  // those that the hits are of, a bit each
	Sure  uint32  // those that they are sure signs of
	Acts  uint32  // those that what the hits hold is done with
	_     [4]byte // an entry is two lines of a processor's memory, what every token asks for in the first
}

// Opening is which phrases begin with a word.
type Opening struct {
	phrases []Phrase
	groups  []uint16 // where those with the same bit begin among them
}

// SecondBit is the bit of a word that a phrase may go on with: most words that stand behind "de" make no phrase with it.
func SecondBit(w string) uint8 { return uint8(uint(w[0])+7*uint(len(w))) & 63 }

// SecondOf tells most second words of phrases apart.
func SecondOf(w string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(w); i++ {
		h = (h ^ uint32(w[i])) * 16777619
	}
	return h
}

// noOpening is that of words that begin no phrase.
var noOpening Opening

// open notes the phrases that begin with the word of an entry, sorted by the bits of their second words.
func (e *Entry) open(phrases []Phrase) {
	if e.Word != "" {
		e.Second, e.Hash = SecondBit(e.Word), SecondOf(e.Word)
	}
	for _, ph := range phrases {
		e.Opens |= 1 << SecondBit(ph.Words[1])
	}
	e.Opening = &noOpening
	if len(phrases) == 0 {
		return
	}
	e.Opening = &Opening{phrases: slices.Clone(phrases)}
	slices.SortStableFunc(e.phrases, func(a, b Phrase) int { return cmp.Compare(SecondBit(a.Words[1]), SecondBit(b.Words[1])) })
	for i, ph := range e.phrases {
		if i == 0 || SecondBit(ph.Words[1]) != SecondBit(e.phrases[i-1].Words[1]) {
			e.groups = append(e.groups, uint16(i))
		}
	}
	e.groups = append(e.groups, uint16(len(e.phrases)))
}

// Pairs is a set of the first two words of phrases, the first by its entry, the second by SecondOf, that may answer yes wrongly, never no.
type Pairs [1 << pairsLog / 64]uint64

const pairsLog = 15

func pairAt(entry int32, second uint32) uint32 {
	return (second ^ uint32(entry)*0x85EBCA6B) * 0x9E3779B1 >> (32 - pairsLog)
}

// Add puts in the entry of a first word with a second.
func (p *Pairs) Add(entry int32, second uint32) {
	at := pairAt(entry, second)
	p[at/64] |= 1 << (at % 64)
}

// Has reports whether a first and a second word may be in.
func (p *Pairs) Has(entry int32, second uint32) bool {
	at := pairAt(entry, second)
	return p[at/64]>>(at%64)&1 != 0
}

// GoingOn are the phrases that may go on with a second word of that bit, which is one of e.opens.
func (e *Entry) GoingOn(bit uint8) []Phrase {
	n := bits.OnesCount64(e.Opens & (1<<bit - 1))
	return e.phrases[e.groups[n]:e.groups[n+1]]
}

// ClassSet is a set of classes that may answer yes wrongly, never no. The classes that the program asks for itself
// have a bit each, the others share the bits that are left.
type ClassSet [4]uint64

// ownBits is how many classes have a bit of their own: of these a set tells all. The program asks for some two hundred.
const ownBits = 216

// OwnBit reports whether a class has a bit of its own. Classes that a file lacks are below 0.
func OwnBit(class int32) bool { return uint32(class) < ownBits }

// Add puts a class in.
func (s *ClassSet) Add(class int32) { s[class>>6&3] |= 1 << (uint(class) & 63) }

// Has reports whether a class may be in.
func (s *ClassSet) Has(class int32) bool { return s[class>>6&3]>>(uint(class)&63)&1 != 0 }

// Join puts in all that another set has.
func (s *ClassSet) Join(o *ClassSet) {
	s[0], s[1], s[2], s[3] = s[0]|o[0], s[1]|o[1], s[2]|o[2], s[3]|o[3]
}

// Meets reports whether two sets may share a class.
func (s *ClassSet) Meets(o *ClassSet) bool { return s[0]&o[0]|s[1]&o[1]|s[2]&o[2]|s[3]&o[3] != 0 }

// SetOf is the set of the classes of hits, without those of signs.
func (g *Grammar) SetOf(hits []Hit) (s ClassSet) {
	for _, h := range hits {
		if !g.Loose[h.Class] {
			s.Add(h.Class)
		}
	}
	return s
}

// Ready makes the automaton of a grammar when a text in its language comes first.
func (g *Grammar) Ready(lex *lexicon.Lexicon) { g.once.Do(func() { g.indexWords(lex) }) }

func (g *Grammar) indexWords(lex *lexicon.Lexicon) {
	numbers, dates := quantity.Vocabulary(g.Language), calendar.Vocabulary(g.Language)
	words := slices.Concat(numbers.Words(), dates.Words())
	for w := range g.Exact {
		words = append(words, w)
	}
	inPhrases := map[string]string{}
	for w, list := range g.phrases {
		words = append(words, w)
		for _, ph := range list {
			for _, w := range ph.Words {
				inPhrases[w] = w
			}
		}
	}
	for w := range g.Prefix {
		words = append(words, w)
	}
	g.ClassFires = make([]Passes, g.Next)
	for _, t := range []*Triggers{&g.Frames, &g.Sayings, &g.Programmes} {
		for class, starts := range t.ByClass {
			if len(starts) > 0 {
				g.ClassFires[class] |= 1 << t.Pass
			}
		}
	}
	g.Entries = make([]Entry, 0, len(words)+1)
	for _, t := range []*Triggers{&g.Frames, &g.Sayings, &g.Programmes} {
		t.OfEntry = append(make([]int32, 0, len(words)+2), 0)
	}
	g.enter(Entry{}, nil) // words that nobody knows
	var buf []byte
	g.Words = word.NewAutomaton(words, func(w string, begun int32) (int32, int32) {
		if ids := g.Prefix[w]; len(ids) > 0 {
			hits := slices.Clone(g.Entries[begun].Hits)
			for _, id := range ids {
				hits = append(hits, Hit{id, 1})
			}
			begun = g.enter(Entry{}, hits)
		}
		var hits []Hit
		for _, id := range g.Exact[w] {
			hits = append(hits, Hit{id, 1})
		}
		e := Entry{Word: spelled(inPhrases, w), Own: uint8(len(hits)), Number: numbers.Number(w, &buf), Date: dates.Number(w, &buf)}
		e.open(g.phrases[w])
		for _, ph := range e.phrases {
			g.Pairs.Add(int32(len(g.Entries)), ph.Second)
		}
		lower, upper := lex.Begins(w)
		e.Never = [2]bool{!lower, !upper}
		return g.enter(e, append(hits, g.Entries[begun].Hits...)), begun
	})
	g.Serial = serials.Add(1)
}

// enter adds an entry with its hits, and what they set off.
func (g *Grammar) enter(e Entry, hits []Hit) int32 {
	if cap(g.hits)-len(g.hits) < len(hits) {
		g.hits = make([]Hit, 0, 4096)
	}
	from := len(g.hits)
	g.hits = append(g.hits, hits...)
	e.Id, e.Hits, e.Set, e.Known = int32(len(g.Entries)), g.hits[from:len(g.hits):len(g.hits)], g.SetOf(hits), uint8(len(hits))
	for _, h := range hits {
		e.NoteSigns(g, h.Class)
	}
	for _, t := range []*Triggers{&g.Frames, &g.Sayings, &g.Programmes} {
		from := len(t.Starts)
		for _, h := range hits {
			t.Starts = append(t.Starts, t.ByClass[h.Class]...)
		}
		t.OfEntry = append(t.OfEntry, int32(len(t.Starts)))
		if len(t.Starts) > from {
			e.Fires |= 1 << t.Pass
		}
	}
	g.Entries = append(g.Entries, e)
	return e.Id
}

// NoteSigns notes what a class that a word is in says of signs.
func (e *Entry) NoteSigns(g *Grammar, class int32) {
	e.Common = e.Common || !g.Loose[class]
	e.Acts |= g.acts[class]
	if of := g.signs[class]; of != noSign {
		e.Signs |= 1 << of
		if g.sure[class] {
			e.Sure |= 1 << of
		}
	}
}

// Hit says that the tokens at its place, n of them, belong to a class.
type Hit struct {
	Class int32
	N     int32
}

// serials number the grammars.
var serials atomic.Int32
