package font

import (
	"contrechamp.org/contrechamp/internal/read/pdf/doubt"
	"contrechamp.org/contrechamp/internal/read/pdf/object"
)

// cmapWords cuts a CMap, which is a program in PostScript, into words.
type cmapWords struct {
	data []byte
	at   int
	err  error
}

const (
	wordEnd = iota
	wordPlain
	wordHex
	wordOther // strings in parentheses
)

// cmapWord is a word; text is a name without its slash, and the bytes of a string of digits. It is of use until the word
// after the next.
type cmapWord struct {
	kind int
	text []byte
}

func (w *cmapWords) next() cmapWord {
	for w.at < len(w.data) {
		switch c := w.data[w.at]; c {
		case ' ', '\t', '\r', '\n', '\f', 0:
			w.at++
		case '%':
			for w.at < len(w.data) && w.data[w.at] != '\n' && w.data[w.at] != '\r' {
				w.at++
			}
		case '<':
			w.at++
			if w.at < len(w.data) && w.data[w.at] == '<' {
				w.at++
				return cmapWord{wordPlain, []byte("<<")}
			}
			out, at, ok := object.Hex(w.data, w.at, make([]byte, 0, 8))
			w.at = at
			if !ok {
				return w.broken()
			}
			return cmapWord{wordHex, out}
		case '(':
			out, at, ok := object.Literal(w.data, w.at+1, nil)
			w.at = at
			if !ok {
				return w.broken()
			}
			return cmapWord{wordOther, out}
		case '[', ']', '{', '}':
			w.at++
			return cmapWord{wordPlain, w.data[w.at-1 : w.at]}
		case '>', ')':
			w.at++
			if c == '>' && w.at < len(w.data) && w.data[w.at] == '>' {
				w.at++
				return cmapWord{wordPlain, []byte(">>")}
			}
			return w.broken()
		default:
			if c == '/' {
				w.at++
			}
			from := w.at
			for w.at < len(w.data) && !ends(w.data[w.at]) {
				w.at++
			}
			if from == w.at && c != '/' {
				return w.broken()
			}
			return cmapWord{wordPlain, w.data[from:w.at]}
		}
	}
	return cmapWord{}
}

func ends(c byte) bool {
	switch c {
	case ' ', '\t', '\r', '\n', '\f', 0, '<', '>', '[', ']', '{', '}', '(', ')', '/', '%':
		return true
	}
	return false
}

func (w *cmapWords) broken() cmapWord {
	w.err = doubt.New(doubt.CMap, "its words")
	w.at = len(w.data)
	return cmapWord{}
}

// code reads a string of one to four bytes as a number.
func (c cmapWord) code() (uint32, bool) {
	if c.kind != wordHex || len(c.text) == 0 || len(c.text) > 4 {
		return 0, false
	}
	n := uint32(0)
	for _, b := range c.text {
		n = n<<8 | uint32(b)
	}
	return n, true
}

// units reads a string as UTF-16. A last half of a unit is left out, as PDFium does.
func (c cmapWord) units() []uint16 {
	out := make([]uint16, 0, len(c.text)/2)
	for i := 0; i+1 < len(c.text); i += 2 {
		out = append(out, uint16(c.text[i])<<8|uint16(c.text[i+1]))
	}
	return out
}
