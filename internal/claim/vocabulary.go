package claim

import (
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
	word   string   // folded; "" for words known by their beginning only
	set    classSet // of hits
	opens  uint64   // phrases whose second word has one of these bits, see secondBit
	number uint16   // in the vocabulary of numbers
	date   uint16   // in that of dates
	fires  passes   // what the hits set off
	own    uint8    // how many of hits are of the word itself: figures and marks have no beginnings
	known  uint8    // how many of hits the grammar's entry has
	// no name of the lexicon begins with the word in lower case, or with a capital
	neverLower, neverUpper bool
	id                     int32    // in the grammar's entries
	hits                   []hit    // those of the word itself, then those of its beginnings, the shorter first, then those of phrases in a text
	phrases                []phrase // that begin with the word
	seconds                []uint8  // of phrases, which of the bits of opens each has
}

// secondBit is the bit of a word that a phrase may go on with: most words that stand behind "de" make no phrase with it.
func secondBit(w string) uint8 { return uint8(uint(w[0])+7*uint(len(w))) & 63 }

// open notes the phrases that begin with the word of an entry.
func (e *entry) open(phrases []phrase) {
	e.phrases = phrases
	for _, ph := range phrases {
		bit := secondBit(ph.words[1])
		e.opens |= 1 << bit
		e.seconds = append(e.seconds, bit)
	}
}

// classSet is a set of classes that may answer yes wrongly, never no. The classes that the program asks for itself
// have a bit each, the others share the bits that are left.
type classSet [4]uint64

func (s *classSet) add(class int32) { s[class>>6&3] |= 1 << (uint(class) & 63) }

func (s *classSet) has(class int32) bool { return s[class>>6&3]>>(uint(class)&63)&1 != 0 }

func (s *classSet) join(o *classSet) {
	s[0], s[1], s[2], s[3] = s[0]|o[0], s[1]|o[1], s[2]|o[2], s[3]|o[3]
}

func (s *classSet) meets(o *classSet) bool { return s[0]&o[0]|s[1]&o[1]|s[2]&o[2]|s[3]&o[3] != 0 }

func setOf(hits []hit) (s classSet) {
	for _, h := range hits {
		s.add(h.class)
	}
	return s
}

// serials number the grammars.
var serials atomic.Int32

// remembered is what the automaton of a grammar answered for a word that is not long: most words of a text are few.
type remembered struct {
	head, tail uint64 // its bytes
	entry      int32
	serial     int32 // of the grammar
}

const (
	longWord      = 16 // bytes
	rememberedLog = 11
)

// entryOf is what a grammar knows of the word at body[start:end].
func (d *doc) entryOf(g *grammar, start, end int) *entry {
	body, n := d.body, end-start
	if n == 1 {
		return &g.entries[g.ofByte[body[start]]]
	}
	if n > longWord || start+longWord > len(body) {
		return &g.entries[g.words.Value(body[start:end])]
	}
	head, tail := eight(body[start:start+8]), uint64(0) // no token has a byte 0
	if n < 8 {
		head &= 1<<(8*n) - 1
	} else if n > 8 {
		tail = eight(body[start+8:start+16]) << (8 * (16 - n))
	}
	const spread = 0x9E3779B97F4A7C15
	r := &d.remembered[(head^bits.RotateLeft64(tail, 21)^uint64(g.serial))*spread>>(64-rememberedLog)]
	if r.head != head || r.tail != tail || r.serial != g.serial {
		*r = remembered{head, tail, g.words.Value(body[start:end]), g.serial}
	}
	return &g.entries[r.entry]
}

// eight is a number of the first eight bytes.
func eight(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// ready makes the automaton of a grammar when a text in its language comes first.
func (g *grammar) ready(lex *lexicon.Lexicon) { g.once.Do(func() { g.indexWords(lex) }) }

func (g *grammar) indexWords(lex *lexicon.Lexicon) {
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
	g.entries = make([]entry, 0, len(words)+1)
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
		e := entry{word: w, own: uint8(len(hits)), number: numbers.Number(w, &buf), date: dates.Number(w, &buf)}
		e.open(g.phrases[w])
		lower, upper := lex.Begins(w)
		e.neverLower, e.neverUpper = !lower, !upper
		return g.enter(e, append(hits, g.entries[begun].hits...)), begun
	})
	for c := range g.ofByte {
		g.ofByte[c] = g.words.Value(string([]byte{byte(c)}))
	}
	g.serial = serials.Add(1)
}

// enter adds an entry with its hits, and what they set off.
func (g *grammar) enter(e entry, hits []hit) int32 {
	e.id, e.hits, e.set, e.known = int32(len(g.entries)), slices.Clip(hits), setOf(hits), uint8(len(hits))
	for _, t := range []*triggers{&g.frames, &g.sayings, &g.programmes} {
		var all []int32
		for _, h := range hits {
			all = append(all, t.byClass[h.class]...)
		}
		t.byEntry = append(t.byEntry, all)
		if len(all) > 0 {
			e.fires |= 1 << t.pass
		}
	}
	g.entries = append(g.entries, e)
	return e.id
}
