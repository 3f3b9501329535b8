package office

import (
	"context"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"

	"contrechamp.org/contrechamp/internal/read/flow"
)

// Capsule is what an RTF was made of by a mail program (MS-OXRTFEX).
type Capsule int

// Kinds of capsules.
const (
	NoCapsule   Capsule = iota // RTF as its author wrote it
	HTMLCapsule                // HTML whose tags are kept in the RTF
	TextCapsule                // plain text
)

// capsuleWords is how many words from the start say what an RTF was made of.
const capsuleWords = 10

// CapsuleOf tells what an RTF was made of.
func CapsuleOf(b []byte) Capsule {
	s, err := newRTF(b)
	if err != nil {
		return NoCapsule
	}
	for n := 0; n < capsuleWords; {
		switch s.next() {
		case rtfEnd:
			return NoCapsule
		case rtfWord:
			n++
			switch {
			case s.word == "fromhtml" && s.on():
				return HTMLCapsule
			case s.word == "fromtext":
				return TextCapsule
			}
		}
	}
	return NoCapsule
}

// Uncapsule answers the HTML, in UTF-8 and without regard to what its head says of its encoding, or the text of which
// an RTF was made (MS-OXRTFEX 2.2.3.2).
func Uncapsule(ctx context.Context, b []byte) (string, error) {
	s, err := newRTF(b)
	if err != nil {
		return "", err
	}
	c := &capsule{rtfScanner: s, letters: newRTFLetters(b), html: CapsuleOf(b) == HTMLCapsule, state: capsuleState{skip: 1}}
	for n := 0; ; n++ {
		if n&0xffff == 0 && ctx.Err() != nil {
			return "", ctx.Err()
		}
		switch c.next() {
		case rtfOpen:
			c.flush()
			if len(c.stack) >= maxRTFDepth {
				return "", flow.Refuse("the file's groups are nested more than %d deep", maxRTFDepth)
			}
			c.stack = append(c.stack, c.state)
		case rtfShut:
			c.flush()
			c.star = false
			if n := len(c.stack); n > 0 {
				c.state, c.stack = c.stack[n-1], c.stack[:n-1]
			}
		case rtfWord:
			c.control()
		case rtfSymbol:
			c.symbol()
		case rtfEscaped:
			c.byte()
		case rtfByte:
			if c.letters.utf8 && c.c >= utf8.RuneSelf {
				c.flush()
				c.put(string([]byte{c.c}))
			} else {
				c.byte()
			}
		case rtfEnd:
			c.flush()
			return string(c.out), nil
		}
	}
}

// capsule is an RTF while what it was made of is taken out.
type capsule struct {
	*rtfScanner
	letters *rtfLetters
	html    bool
	out     []byte
	star    bool
	state   capsuleState
	stack   []capsuleState
	fontNo  int
}

type capsuleState struct {
	tag     bool // a piece of the HTML as it stood
	own     bool // \htmlrtf: of the RTF only
	nothing bool // a destination that is not copied
	fonts   bool // the table of fonts
	skip    int
	font    encoding.Encoding
}

// copies reports whether what comes is of the original.
func (c *capsule) copies() bool {
	return !c.state.nothing && !c.state.fonts && !c.state.own
}

func (c *capsule) flush() {
	if c.state.tag {
		c.out = c.letters.flush(c.out, nil) // tags are in the file's own encoding
		return
	}
	c.out = append(c.out, c.escaped(string(c.letters.flush(nil, c.state.font)))...)
}

func (c *capsule) byte() {
	if !c.letters.skips() && c.copies() {
		c.letters.add(c.c)
	}
}

// put adds characters that need no decoding.
func (c *capsule) put(s string) {
	if !c.letters.skips() && c.copies() {
		c.out = append(c.out, c.escaped(s)...)
	}
}

// escaped makes HTML of text outside tags. What the HTML had an entity for stands in a tag's group, as it was.
func (c *capsule) escaped(s string) string {
	if !c.html || c.state.tag || !strings.ContainsAny(s, "<>&") {
		return s
	}
	return textEscapes.Replace(s)
}

var textEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

func (c *capsule) symbol() {
	c.flush()
	c.star = c.c == '*'
	switch c.c {
	case '\\', '{', '}':
		c.put(string(rune(c.c)))
	case '~':
		c.put("\u00a0")
	case '_':
		c.put("\u2011")
	case '-':
		c.put("\u00ad")
	case '\r', '\n':
		c.put("\r\n")
	}
}

func (c *capsule) control() {
	word, value := c.word, c.value
	if word == "u" {
		c.flush()
		c.put(c.letters.unicode(value))
		c.letters.eaten = c.state.skip
		return
	}
	c.flush()
	star := c.star
	c.star = false
	switch {
	case word == "htmlrtf":
		c.state.own = c.on()
	case word == "htmltag" && c.html:
		c.state.tag = true
	case star, word == "colortbl", word == "stylesheet", word == "info", word == "pict", word == "object", word == "header", word == "footer",
		word == "pntext", word == "listtext":
		c.state.nothing = true // \mhtmltag, which has addresses that a mail program rewrote, too
	case word == "fonttbl":
		c.state.fonts = true
	case c.state.fonts && word == "f":
		c.fontNo = value
	case c.state.fonts:
		c.letters.font(c.fontNo, word, value)
	case word == "f":
		c.state.font = c.letters.fonts[value]
	case word == "plain":
		c.state.font = nil
	case word == "uc":
		c.state.skip = max(0, min(value, 8))
	case word == "par", word == "line":
		c.put("\r\n")
	case word == "tab":
		c.put("\t")
	case signs[word] != "":
		c.put(signs[word])
	default:
		c.letters.header(word, value)
	}
}
