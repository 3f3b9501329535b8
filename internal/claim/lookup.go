package claim

import (
	"math/bits"
	"sync/atomic"
	"unicode/utf8"
)

// The automaton of a grammar lies far from the processor, and half of a text's words are none of the grammar's. So a word is first held
// against a sieve, and then against what was answered for the words before it: both are small.

// longWord is how many bytes a word may have that is looked up in this way: it fits in two numbers.
const longWord = 16

// serials number the grammars.
var serials atomic.Int32

// remembered is what the automaton of a grammar answered for a word.
type remembered struct {
	head, tail uint64
	entry      int32
	serial     int32 // of the grammar
}

// rememberedLog is the logarithm of how many are remembered.
const rememberedLog = 11

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
		tail = eight(body[start+8:start+longWord]) << (8 * (longWord - n))
	}
	if (head|tail)&beyondASCII == 0 && !g.sieve.holds(small(head), small(tail), n) {
		return &g.entries[0]
	}
	r := &d.remembered[(blended(head, tail)^uint64(g.serial))*spread>>(64-rememberedLog)]
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

const (
	each        = 0x0101010101010101
	beyondASCII = 0x80 * each
	spread      = 0x9E3779B97F4A7C15
)

func blended(head, tail uint64) uint64 { return head ^ bits.RotateLeft64(tail, 21) }

// small is eight ASCII characters with small letters for capitals.
func small(x uint64) uint64 {
	capitals := (x + (utf8.RuneSelf-'A')*each) &^ (x + (utf8.RuneSelf-'Z'-1)*each) & beyondASCII
	return x | capitals>>2
}

// sieve tells words of which a grammar knows nothing. It lets some of them through, and holds back none that the grammar knows.
type sieve struct {
	words [1 << (sieveLog - 6)]uint64
	heads [1 << 15 / 64]uint64 // the first three letters of beginnings
	odd   bool                 // there are beginnings with something else among the first three
}

const sieveLog = 16

// sieveOf is the sieve for words and beginnings of words.
func sieveOf(words []string, beginnings map[string][]int32) *sieve {
	s := &sieve{}
	for _, w := range words {
		var b [longWord]byte
		n := copy(b[:], w)
		if n < len(w) {
			continue
		}
		head, tail := eight(string(b[:8])), eight(string(b[8:]))
		if n > 8 {
			tail <<= 8 * (longWord - n)
		}
		one, two := sieveBits(blended(head, tail))
		s.words[one>>6] |= 1 << (one & 63)
		s.words[two>>6] |= 1 << (two & 63)
	}
	for w := range beginnings {
		if at, ok := threeLetters(eight(w[:3] + "\x00\x00\x00\x00\x00")); ok {
			s.heads[at>>6] |= 1 << (at & 63)
		} else {
			s.odd = true
		}
	}
	return s
}

func sieveBits(blended uint64) (one, two uint64) {
	h := blended * spread
	return h >> (64 - sieveLog), h >> (64 - 2*sieveLog) & (1<<sieveLog - 1)
}

// threeLetters numbers the first three letters of a word; ok is false where one is none.
func threeLetters(head uint64) (at uint64, ok bool) {
	a, b, c := head&0xFF-'a', head>>8&0xFF-'a', head>>16&0xFF-'a'
	return a<<10 | b<<5 | c, a < 26 && b < 26 && c < 26
}

// holds reports whether the grammar may know a word of n bytes.
func (s *sieve) holds(head, tail uint64, n int) bool {
	one, two := sieveBits(blended(head, tail))
	if s.words[one>>6]>>(one&63)&1 != 0 && s.words[two>>6]>>(two&63)&1 != 0 {
		return true
	}
	const shortest = 3 // bytes of a beginning
	if n < shortest {
		return false
	}
	at, ok := threeLetters(head)
	if !ok {
		return s.odd
	}
	return s.heads[at>>6]>>(at&63)&1 != 0
}
