package claim

import (
	"math/bits"
	"sync/atomic"
)

// The automaton of a grammar lies far from the processor, and most words of a text are few. So a word is first held against what was
// answered for the words before it, which is small. (A sieve for words that the grammar does not know was tried: three words in four are
// known, and it cost more than it saved.)

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

const spread = 0x9E3779B97F4A7C15

func blended(head, tail uint64) uint64 { return head ^ bits.RotateLeft64(tail, 21) }
