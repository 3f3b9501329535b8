package lexicon

import (
	"math/bits"

	"contrechamp.org/contrechamp/internal/word"
)

// index is the table of names. Nothing in it is a pointer for each name, so that the collector has nothing to walk.
type index struct {
	table  []slot
	mask   uint64
	finals []final
	groups []group
	formed []Form
	blob   string // keys and exact spellings
	// Which words a name may start with in lower case, as common nouns, and as articles in front of a capital.
	lower, common, article filter
	heads                  heads
	// All prefixes, by their tags: small enough to stay near the processor, where the table is not. Most words that
	// a name may start with start none.
	prefixes filter
}

// heads are the first three letters of the words that a name may start with in lower case. Most words of ordinary
// text are in lower case, and start no name: they need not even be hashed.
type heads [1 << 15 / 64]uint64

// head packs the first three letters of a word that is folded, or that holds only ASCII letters in lower case; ok is
// false for other words. An apostrophe ends a word here.
func head(w string) (n uint32, ok bool) {
	for i := 0; i < 3; i++ {
		n <<= 5
		if i >= len(w) || w[i] == '\'' {
			n <<= 5 * (2 - i)
			return n, true
		}
		if w[i] < 'a' || w[i] > 'z' {
			return 0, false
		}
		n |= uint32(w[i] & 31)
	}
	return n, true
}

func (s *heads) add(w string) {
	if n, ok := head(w); ok {
		s[n/64] |= 1 << (n % 64)
	}
}

// has answers true for words that it cannot tell.
func (s *heads) has(w string) bool {
	n, ok := head(w)
	return !ok || s[n/64]&(1<<(n%64)) != 0
}

// slot is a prefix of at least one name.
type slot struct {
	tag   uint32 // upper half of the prefix's hash
	state uint32 // number of the name that ends here plus one, shifted, and slotMore
}

const (
	slotMore  = 1 // names go on from here
	slotKnown = 2 // so that a slot in use is never 0
	slotShift = 2
)

// final is a name: its key, and its forms by what they ask of the text.
type final struct {
	key    uint32
	keyLen uint16
	common bool
	extra  uint8  // groups beyond the first two
	groups uint32 // groups[0]: text in lower case; groups[1]: with a capital; then the extra ones
}

// group is a run of forms that hold under one condition.
type group struct {
	from     uint32
	n        uint16
	when     condition
	spelling uint32 // of exact ones: in blob
	length   uint16
}

type condition uint8

const (
	always   condition = iota
	spelt              // the text's spelling is exactly that
	afterDu            // behind "du" or "au": "Le Mans" without its article
	afterDes           // behind "des" or "aux": "Les Ulis"
)

// filter is a set of word hashes that may answer yes wrongly, never no.
type filter struct {
	bits []uint64
	mask uint32
}

func newFilter(n int) filter {
	size := uint32(1) << bits.Len(uint(max(n, 8)*8))
	return filter{bits: make([]uint64, size/64), mask: size - 1}
}

func (f filter) add(h uint32) {
	h = (h ^ h>>15) & f.mask
	f.bits[h/64] |= 1 << (h % 64)
}

func (f filter) has(h uint32) bool { return holds(f.word(h), h) }

// word are the bits among which that of h is.
func (f filter) word(h uint32) uint64 { return f.bits[((h^h>>15)&f.mask)/64] }

// holds reports whether h has its bit among those. The last bits of a hash number them, which no mask takes away.
func holds(bits uint64, h uint32) bool { return bits>>((h^h>>15)%64)&1 != 0 }

// enter and step make the hash of a prefix from those of its words and gaps.
func enter(h uint32, common bool) uint64 {
	n := uint64(h)
	if common {
		n |= 1 << 32
	}
	return mix(n)
}

func step(node uint64, gap int, h uint32) uint64 { return mix(node + uint64(h) + uint64(gap)<<33) }

func mix(x uint64) uint64 {
	x *= 0x9E3779B97F4A7C15
	x ^= x >> 32
	x *= 0xD6E8FEB86659FD93
	return x ^ x>>29
}

// articles may stand in lower case in front of a name.
var articles = map[string]bool{"le": true, "la": true, "les": true, "l": true, "the": true, "el": true, "los": true, "las": true}

// forms returns the forms that hold for the words of the text.
func (l *Lexicon) forms(f *final, text string, tokens []word.Token, first, last int) []Form {
	if f.extra > 0 {
		for _, g := range l.groups[f.groups+2 : f.groups+2+uint32(f.extra)] {
			switch g.when {
			case spelt:
				if spells(l.blob[g.spelling:g.spelling+uint32(g.length)], text, tokens, first, last) {
					return l.run(g)
				}
			default:
				if tokens[first].Upper && contracted(text, tokens, first, g.when) {
					return l.run(g)
				}
			}
		}
	}
	if f.common || !significantUpper(text, tokens, first, last) {
		return l.run(l.groups[f.groups])
	}
	return l.run(l.groups[f.groups+1])
}

func (l *Lexicon) run(g group) []Form {
	return l.formed[g.from : g.from+uint32(g.n) : g.from+uint32(g.n)]
}

// every hands on the forms of a name under all conditions, some more than once.
func (l *Lexicon) every(f *final, hand func([]Form)) {
	// the second group first: text with a capital has most
	hand(l.run(l.groups[f.groups+1]))
	hand(l.run(l.groups[f.groups]))
	for _, g := range l.groups[f.groups+2 : f.groups+2+uint32(f.extra)] {
		hand(l.run(g))
	}
}

// significantUpper reports whether the first word behind an article has a capital.
func significantUpper(text string, tokens []word.Token, first, last int) bool {
	if tokens[first].Upper {
		return true
	}
	next := nextWord(text, tokens, first+1)
	return next < last && tokens[next].Upper && isArticle(tokens[first].Of(text))
}

// isArticle reports whether w is an article, in any case, with or without its apostrophe.
func isArticle(w string) bool {
	const longest = len("les") + len("’")
	if len(w) > longest {
		return false
	}
	var buf [16]byte
	return articles[string(appendWord(buf[:0], w))]
}

// contracted reports whether the word before token first is the article that the name lacks, as French contracts it.
func contracted(text string, tokens []word.Token, first int, when condition) bool {
	if first == 0 || gapOf(text[tokens[first-1].End:tokens[first].Start]) != gapSoft {
		return false
	}
	switch word.Fold(tokens[first-1].Of(text)) {
	case "du", "au":
		return when == afterDu
	case "des", "aux":
		return when == afterDes
	}
	return false
}

// spells reports whether the words of the text are those of spelling, letter by letter; between them stands a space
// in spelling.
func spells(spelling, text string, tokens []word.Token, first, last int) bool {
	for i := nextWord(text, tokens, first); i < last; i = nextWord(text, tokens, i+1) {
		w := tokens[i].Of(text)
		if len(spelling) < len(w) || spelling[:len(w)] != w {
			return false
		}
		spelling = spelling[len(w):]
		if spelling != "" {
			if spelling[0] != ' ' {
				return false
			}
			spelling = spelling[1:]
		}
	}
	return spelling == ""
}
