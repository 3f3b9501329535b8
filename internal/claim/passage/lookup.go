package passage

import (
	"math/bits"

	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/word"
)

// The automaton of a grammar lies far from the processor, and most words of a text are few. So a word is first held against what was
// answered for the words before it, which is nearer. (A sieve for words that the grammar does not know was tried: three words in four are
// known, and it cost more than it saved.)

// longWord is how many bytes a word may have that is looked up in this way: it fits in two numbers.
const longWord = 16

// remembered is what the automaton of a grammar answered for a word.
type remembered struct {
	head, tail uint64
	entry      int32
	serial     int32 // of the grammar
}

// rememberedLog is the logarithm of how many are remembered.
const rememberedLog = 15

// AtOnce is how many tokens are looked up at once: far memory is asked for all of them before the first answer is waited for.
const AtOnce = word.AtOnce

// EntriesOf fills ids with the numbers of what a grammar knows of the words of at most AtOnce tokens.
func (d *Doc) EntriesOf(g *grammar.Grammar, toks []word.Token, ids *[AtOnce]int32) {
	var keys [AtOnce]wordKey
	var slots [AtOnce]remembered
	body := d.Body
	for i := range toks {
		start, end := toks[i].Start, toks[i].End
		if n := end - start; n <= longWord && start+longWord <= len(body) {
			keys[i] = keyOf(body[start:start+longWord], n, g.Serial)
			slots[i] = d.remembered[keys[i].slot]
		}
	}
	var unknown [AtOnce]word.Token
	var at [AtOnce]uint8
	n := 0
	for i := range toks {
		tok, k, r := &toks[i], &keys[i], &slots[i]
		switch {
		case k.head != 0 && r.head == k.head && r.tail == k.tail && r.serial == g.Serial:
			ids[i] = r.entry
		default:
			unknown[n], at[n] = *tok, uint8(i)
			n++
		}
	}
	if n == 0 {
		return
	}
	var values [AtOnce]int32
	g.Words.Values(body, unknown[:n], &values)
	if len(g.DeviceHeads) > 0 {
		for x := range unknown[:n] {
			if v := g.CompoundDevice(unknown[x].Of(body), values[x]); v != 0 {
				values[x] = v
			}
		}
	}
	for x, i := range at[:n] {
		ids[i] = values[x]
		if k := &keys[i]; k.head != 0 {
			d.remembered[k.slot] = remembered{k.head, k.tail, values[x], g.Serial}
		}
	}
}

// wordKey is a word of up to longWord bytes as two numbers, and where it is remembered. No token has a byte 0: the first is never 0.
type wordKey struct {
	head, tail uint64
	slot       uint32
}

// keyOf is the key of the first n bytes of s, which has longWord, in the grammar of that number.
func keyOf(s string, n int, serial int32) wordKey {
	m := &keyMasks[n]
	k := wordKey{head: eight(s) & m[0], tail: eight(s[8:]) & m[1]}
	k.slot = uint32((blended(k.head, k.tail) ^ uint64(serial)) * spread >> (64 - rememberedLog))
	return k
}

// keyMasks keep the first so many bytes of two numbers of eight.
var keyMasks = func() (m [longWord + 1][2]uint64) {
	for n := range m {
		for i := range n {
			m[n][i/8] |= 0xFF << (i % 8 * 8)
		}
	}
	return m
}()

// eight is a number of the first eight bytes.
func eight(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

const spread = 0x9E3779B97F4A7C15

func blended(head, tail uint64) uint64 { return head ^ bits.RotateLeft64(tail, 21) }
