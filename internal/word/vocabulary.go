package word

import "unicode/utf8"

// Vocabulary numbers the folded words that a language's tables speak of; 0 is any other word. Most words of a text
// are other words, and a look at their first two letters and their length says so without folding them.
type Vocabulary struct {
	ids   map[string]uint16
	names []string
	// lengths has a bit for each length of the words that begin with two letters; column 0 of a row is the first
	// letter alone, for words whose second character is not ASCII.
	lengths [32][32]uint32
}

const maxLength = 31 // bytes of a word in a vocabulary

// NewVocabulary returns an empty vocabulary.
func NewVocabulary() *Vocabulary {
	return &Vocabulary{ids: map[string]uint16{}, names: []string{""}}
}

// Add returns the number of a folded word, new or known. It panics for a word that is too long, or one too many: tables are
// part of the program.
func (v *Vocabulary) Add(w string) uint16 {
	if id, ok := v.ids[w]; ok {
		return id
	}
	if len(w) > maxLength || len(v.names) > 1<<16-1 {
		panic("word: the tables have a word too long or too many: " + w)
	}
	id := uint16(len(v.names))
	v.ids[w] = id
	v.names = append(v.names, w)
	bit := uint32(1) << len(w)
	first := letterRow(w[0])
	v.lengths[first][0] |= bit
	if len(w) > 1 {
		v.lengths[first][letterRow(w[1])] |= bit
	}
	return id
}

// Word returns the word of a number, "" for 0.
func (v *Vocabulary) Word(id uint16) string { return v.names[id] }

// Words returns all words, in the order of their numbers.
func (v *Vocabulary) Words() []string { return v.names[1:] }

// Len returns how many numbers there are, 0 included.
func (v *Vocabulary) Len() int { return len(v.names) }

// letterRow is the letter's number, 31 for any other ASCII character; capitals and small letters are one.
func letterRow(c byte) int {
	if c |= 0x20; 'a' <= c && c <= 'z' {
		return int(c-'a') + 1
	}
	return 31
}

// Number returns the number of a word as it stands in a text; buf is scratch.
func (v *Vocabulary) Number(w string, buf *[]byte) uint16 {
	if c := w[0]; c < utf8.RuneSelf {
		second := 0
		wide := 0
		for i := 0; i < len(w); i++ {
			if w[i] >= utf8.RuneSelf {
				wide++
			}
		}
		if len(w)-wide > maxLength {
			return 0
		}
		if len(w) > 1 && w[1] < utf8.RuneSelf {
			second = letterRow(w[1])
		}
		mask := v.lengths[letterRow(c)][second]
		if wide == 0 {
			if mask>>len(w)&1 == 0 {
				return 0
			}
		} else if low, high := len(w)-wide, min(len(w), maxLength); mask>>low&(1<<(high-low+1)-1) == 0 {
			return 0
		}
	} else if len(w) > 3*maxLength {
		return 0
	}
	*buf = AppendFold((*buf)[:0], w)
	return v.ids[string(*buf)]
}
