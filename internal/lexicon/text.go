package lexicon

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"contrechamp.org/contrechamp/internal/word"
)

// FindString is Find for whoever has no tokens: it cuts text itself, a piece at a time, so that a text of any length
// takes little memory. First and Last of its matches are 0.
func (l *Lexicon) FindString(dst []Match, text string) []Match {
	cut := cuts.Get().(*[]word.Token)
	defer cuts.Put(cut)
	for at := 0; at < len(text); {
		piece := text[at : at+pieceEnd(text[at:])]
		*cut = word.Cut((*cut)[:0], piece)
		from := len(dst)
		dst = l.Find(dst, piece, *cut)
		for i := from; i < len(dst); i++ {
			m := &dst[i]
			m.Start, m.End, m.First, m.Last = m.Start+at, m.End+at, 0, 0
		}
		at += len(piece)
	}
	return dst
}

// cuts are the buffers of tokens that FindString uses again.
var cuts = sync.Pool{New: func() any { return new([]word.Token) }}

// How text is cut into pieces: at the first new paragraph behind pieceMin bytes; where none comes before pieceMax, at
// a line's end, else at white space. Only the last can cut a name in two, and only in text without a line's end.
const (
	pieceMin = 4 << 10
	pieceMax = 64 << 10
)

// pieceEnd returns where the next piece of text ends.
func pieceEnd(text string) int {
	if len(text) <= pieceMin {
		return len(text)
	}
	far := text[:min(len(text), pieceMax)]
	if i := strings.Index(far[pieceMin:], "\n\n"); i >= 0 {
		return pieceMin + i + 2
	}
	if len(far) == len(text) {
		return len(text)
	}
	if i := strings.LastIndexByte(far, '\n'); i > 0 {
		return i + 1
	}
	if i := strings.LastIndexFunc(far, unicode.IsSpace); i > 0 {
		return i
	}
	// no white space at all: at least not within a character
	n := len(far)
	for n > pieceMax-utf8.UTFMax && !utf8.RuneStart(text[n]) {
		n--
	}
	return n
}
