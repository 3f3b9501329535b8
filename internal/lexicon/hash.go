package lexicon

import (
	"unicode/utf8"

	"contrechamp.org/contrechamp/internal/word"
)

// FNV-1a over folded bytes. The hash only chooses where to look; bytes decide.
const (
	hashStart uint32 = 2166136261
	hashPrime uint32 = 16777619
)

// foldByte folds ASCII; 0 stands for an apostrophe, which does not count inside a word ("O'Brien", "l'").
var foldByte = func() (t [utf8.RuneSelf]byte) {
	for c := range t {
		t[c] = byte(c)
		if 'A' <= c && c <= 'Z' {
			t[c] = byte(c) + 'a' - 'A'
		}
	}
	t['\''] = 0
	return t
}()

// foldLatin folds U+00C0 to U+00FF (bytes C3 80 to C3 BF) where the folded form is one byte, else 0.
var foldLatin = func() (t [64]byte) {
	for i := range t {
		if f := word.Fold(string(rune(0xC0 + i))); len(f) == 1 {
			t[i] = f[0]
		}
	}
	return t
}()

// hashes is the hash of a folded word, and that of its singular: without a final s or x where it is long enough.
type hashes struct{ whole, singular uint32 }

// minPlural is the length of the shortest word, in folded bytes, whose final s or x does not count.
const minPlural = 4

// hashWord hashes a word of the text.
func hashWord(w string) hashes {
	h, before, n := hashStart, hashStart, 0
	var last byte
	for i := 0; i < len(w); i++ {
		c := w[i]
		if c < utf8.RuneSelf {
			c = foldByte[c]
			if c == 0 {
				continue
			}
		} else if f := latin(w, i); f != 0 {
			c = f
			i++
		} else if quote(w, i) {
			i += 2
			continue
		} else {
			return hashFolded(w)
		}
		before, last = h, c
		h = (h ^ uint32(c)) * hashPrime
		n++
	}
	if n >= minPlural && (last == 's' || last == 'x') {
		return hashes{h, before}
	}
	return hashes{h, h}
}

// latin returns the folded byte of the two-byte character at w[i:], 0 when it is none of those.
func latin(w string, i int) byte {
	if w[i] != 0xC3 || i+1 >= len(w) || w[i+1]&0xC0 != 0x80 {
		return 0
	}
	return foldLatin[w[i+1]&0x3F]
}

// quote reports whether the typographic apostrophe U+2019 (bytes E2 80 99) stands at w[i:].
func quote(w string, i int) bool {
	return w[i] == 0xE2 && i+2 < len(w) && w[i+1] == 0x80 && w[i+2] == 0x99
}

// hashFolded hashes a word that needs the whole table of folds.
func hashFolded(w string) hashes {
	var buf [64]byte
	folded := appendFolded(buf[:0], w)
	h := hashes{hashBytes(folded), 0}
	h.singular = h.whole
	if s := singular(folded); len(s) < len(folded) {
		h.singular = hashBytes(s)
	}
	return h
}

func hashBytes(b []byte) uint32 {
	h := hashStart
	for _, c := range b {
		h = (h ^ uint32(c)) * hashPrime
	}
	return h
}

// appendWord appends the folded word, without apostrophes.
func appendWord(dst []byte, w string) []byte {
	from := len(dst)
	for i := 0; i < len(w); i++ {
		c := w[i]
		if c < utf8.RuneSelf {
			if c = foldByte[c]; c != 0 {
				dst = append(dst, c)
			}
		} else if f := latin(w, i); f != 0 {
			dst = append(dst, f)
			i++
		} else {
			return appendFolded(dst[:from], w)
		}
	}
	return dst
}

// appendFolded appends a folded word that needs the whole table of folds.
func appendFolded(dst []byte, w string) []byte {
	from := len(dst)
	dst = word.AppendFold(dst, w)
	out := dst[:from]
	for _, c := range dst[from:] {
		if c != '\'' {
			out = append(out, c)
		}
	}
	return out
}

func singular[T string | []byte](folded T) T {
	if n := len(folded); n >= minPlural && (folded[n-1] == 's' || folded[n-1] == 'x') {
		return folded[:n-1]
	}
	return folded
}

// equalWord reports whether a word of the text folds to key, or, where plurals do not count, to its plural.
func equalWord(w, key string, common bool) bool {
	k := 0
	for i := 0; i < len(w); i++ {
		c := w[i]
		if c < utf8.RuneSelf {
			c = foldByte[c]
			if c == 0 {
				continue
			}
		} else if f := latin(w, i); f != 0 {
			c = f
			i++
		} else if quote(w, i) {
			i += 2
			continue
		} else {
			var buf [64]byte
			folded := appendFolded(buf[:0], w)
			if common {
				folded = singular(folded)
			}
			return string(folded) == key
		}
		if k == len(key) {
			// one letter more: the plural's
			return common && (c == 's' || c == 'x') && k+1 >= minPlural && len(appendWord(nil, w[i+1:])) == 0
		}
		if key[k] != c {
			return false
		}
		k++
	}
	if k != len(key) {
		return false
	}
	return !common || len(singular(key)) == len(key)
}
