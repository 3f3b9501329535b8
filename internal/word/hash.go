package word

import "unicode/utf8"

// FNV-1a, 64 bits.
const (
	hashStart uint64 = 14695981039346656037
	hashPrime uint64 = 1099511628211
)

// latinFold folds U+00C0 to U+00FF (bytes C3 80 to C3 BF) where the folded form is one byte, else 0.
var latinFold = func() (t [64]byte) {
	for i := range t {
		if f := Fold(string(rune(0xC0 + i))); len(f) == 1 {
			t[i] = f[0]
		}
	}
	return t
}()

// Hash returns a hash of a word's folded form, as the word stands in a text: equal for words that fold alike. It does
// not fold first, since most words are ASCII or French.
func Hash(w string) uint64 {
	h := hashStart
	for i := 0; i < len(w); i++ {
		c := w[i]
		switch {
		case c < utf8.RuneSelf:
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
		case c == 0xC3 && i+1 < len(w) && w[i+1]&0xC0 == 0x80 && latinFold[w[i+1]&0x3F] != 0:
			c = latinFold[w[i+1]&0x3F]
			i++
		default:
			return hashFolded(w)
		}
		h = (h ^ uint64(c)) * hashPrime
	}
	return h
}

func hashFolded(w string) uint64 {
	var buf [64]byte
	h := hashStart
	for _, c := range AppendFold(buf[:0], w) {
		h = (h ^ uint64(c)) * hashPrime
	}
	return h
}

// Join returns the hash of a run of words from that of the run so far, 0 for none, and the next word's.
func Join(run, next uint64) uint64 {
	// the multiplier of SplitMix64's output function spreads what FNV leaves in the low bits
	x := (run+0x9E3779B97F4A7C15)*0xBF58476D1CE4E5B9 ^ next
	x ^= x >> 31
	return x * 0x94D049BB133111EB
}
