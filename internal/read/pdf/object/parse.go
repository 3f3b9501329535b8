package object

import (
	"math"

	"contrechamp.org/contrechamp/internal/read/pdf/doubt"
)

// maxDepth is how deep arrays and dictionaries may stand in each other. Real files stay below ten.
const maxDepth = 64

// parser reads objects from bytes. The first doubt stays in err.
type parser struct {
	data  []byte
	at    int
	err   error
	count *int // values that may still be made
}

func (p *parser) doubt(r doubt.Reason, detail string) {
	if p.err == nil {
		p.err = doubt.New(r, detail)
	}
}

// classes of bytes (ISO 32000-1, 7.2.2)
const (
	regular = iota
	white
	delimiter
	// what PDFium takes for white space and the specification for a letter: a reader that stops there agrees with both
	disputed
)

var class = func() (c [256]byte) {
	for _, b := range "\x00\t\n\f\r " {
		c[b] = white
	}
	for _, b := range "()<>[]{}/%" {
		c[b] = delimiter
	}
	c[0x80], c[0xff] = disputed, disputed
	return c
}()

func (p *parser) space() {
	for p.at < len(p.data) {
		c := p.data[p.at]
		if class[c] == white {
			p.at++
			continue
		}
		if c != '%' {
			return
		}
		for p.at < len(p.data) && p.data[p.at] != '\n' && p.data[p.at] != '\r' {
			p.at++
		}
	}
}

// word answers the regular characters from here on.
func (p *parser) word() []byte {
	from := p.at
	for p.at < len(p.data) && class[p.data[p.at]] == regular {
		p.at++
	}
	return p.data[from:p.at]
}

// keyword reports whether w comes next, and takes it.
func (p *parser) keyword(w string) bool {
	p.space()
	from := p.at
	if string(p.word()) == w {
		return true
	}
	p.at = from
	return false
}

// value reads an object. References are read where refs is set.
func (p *parser) value(depth int, refs bool) Value {
	p.space()
	if p.err != nil {
		return nil
	}
	if depth > maxDepth {
		p.doubt(doubt.LimitDepth, "objects in objects")
		return nil
	}
	if *p.count--; *p.count < 0 {
		p.doubt(doubt.LimitObjects, "")
		return nil
	}
	if p.at >= len(p.data) {
		p.doubt(doubt.Syntax, "an object is cut off")
		return nil
	}
	switch c := p.data[p.at]; {
	case c == '/':
		p.at++
		return p.name()
	case c == '(':
		p.at++
		return p.literal()
	case c == '<' && p.at+1 < len(p.data) && p.data[p.at+1] == '<':
		p.at += 2
		return p.dict(depth, refs)
	case c == '<':
		p.at++
		return p.hex()
	case c == '[':
		p.at++
		return p.array(depth, refs)
	case c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.':
		return p.number(refs)
	}
	switch w := p.word(); string(w) {
	case "true":
		return true
	case "false":
		return false
	case "null":
		return nil
	}
	p.doubt(doubt.Syntax, "an unknown word")
	return nil
}

func (p *parser) array(depth int, refs bool) Value {
	a := Array{}
	for {
		p.space()
		if p.err != nil {
			return nil
		}
		if p.at < len(p.data) && p.data[p.at] == ']' {
			p.at++
			return a
		}
		a = append(a, p.value(depth+1, refs))
	}
}

func (p *parser) dict(depth int, refs bool) Value {
	d := Dict{}
	for {
		p.space()
		if p.err != nil {
			return nil
		}
		if p.at+1 < len(p.data) && p.data[p.at] == '>' && p.data[p.at+1] == '>' {
			p.at += 2
			return d
		}
		if p.at >= len(p.data) || p.data[p.at] != '/' {
			p.doubt(doubt.Syntax, "a key is no name")
			return nil
		}
		p.at++
		key := p.name()
		d = append(d, Entry{key, p.value(depth+1, refs)})
	}
}

func (p *parser) name() Name {
	w := p.word()
	for i, c := range w {
		if c == '#' {
			return Name(unescapeName(w, i))
		}
	}
	return Name(w)
}

// unescapeName undoes #XX; the first stands at i.
func unescapeName(w []byte, i int) string {
	out := append([]byte{}, w[:i]...)
	for ; i < len(w); i++ {
		if w[i] == '#' && i+2 < len(w) {
			hi, lo := digit(w[i+1]), digit(w[i+2])
			if hi >= 0 && lo >= 0 {
				out = append(out, byte(hi<<4|lo))
				i += 2
				continue
			}
		}
		out = append(out, w[i])
	}
	return string(out)
}

func digit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// number reads a number, or a reference, which begins with two.
func (p *parser) number(refs bool) Value {
	w := p.word()
	n, whole, ok := ParseNumber(w)
	if !ok {
		p.doubt(doubt.Syntax, "not a number")
		return nil
	}
	if !refs || !whole || n < 0 || w[0] == '+' {
		return Number(n)
	}
	from := p.at
	p.space()
	generation := p.word()
	if len(generation) == 0 || len(generation) > 5 || !digits(generation) {
		p.at = from
		return Number(n)
	}
	p.space()
	if p.at < len(p.data) && p.data[p.at] == 'R' && (p.at+1 == len(p.data) || class[p.data[p.at+1]] != regular) {
		p.at++
		if n > maxObject {
			p.doubt(doubt.LimitObjects, "a reference beyond them")
			return nil
		}
		return Ref(n)
	}
	p.at = from
	return Number(n)
}

func digits(w []byte) bool {
	for _, c := range w {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(w) > 0
}

// ParseNumber reads an integer or a decimal number, and says whether it is whole by its form.
func ParseNumber(w []byte) (n float64, whole, ok bool) {
	i, negative := 0, false
	if i < len(w) && (w[i] == '+' || w[i] == '-') {
		negative = w[i] == '-'
		i++
	}
	seen, whole := false, true
	scale := 1.0
	for ; i < len(w); i++ {
		c := w[i]
		switch {
		case c >= '0' && c <= '9':
			seen = true
			n = n*10 + float64(c-'0')
			if !whole {
				scale *= 10
			}
		case c == '.' && whole:
			whole = false
		default:
			return 0, false, false
		}
	}
	if !seen || n > 1e300 || scale > 1e300 {
		return 0, false, false
	}
	n /= scale
	if negative {
		n = -n
	}
	return n, whole, !math.IsInf(n, 0)
}

// literal reads a string behind its opening parenthesis (7.3.4.2).
func (p *parser) literal() String {
	out, at, ok := Literal(p.data, p.at, nil)
	p.at = at
	if !ok {
		p.doubt(doubt.Syntax, "a string is cut off")
	}
	return String(out)
}

// Literal reads a string in data behind its opening parenthesis, appends it to out, and answers where it ends.
func Literal(data []byte, at int, out []byte) ([]byte, int, bool) {
	depth := 0
	for at < len(data) {
		c := data[at]
		at++
		switch c {
		case '(':
			depth++
		case ')':
			if depth == 0 {
				return out, at, true
			}
			depth--
		case '\\':
			if at >= len(data) {
				return out, at, false
			}
			c = data[at]
			at++
			switch c {
			case 'n':
				c = '\n'
			case 'r':
				c = '\r'
			case 't':
				c = '\t'
			case 'b':
				c = '\b'
			case 'f':
				c = '\f'
			case '\n':
				continue
			case '\r':
				if at < len(data) && data[at] == '\n' {
					at++
				}
				continue
			case '0', '1', '2', '3', '4', '5', '6', '7':
				code := c - '0'
				for n := 0; n < 2 && at < len(data) && data[at] >= '0' && data[at] <= '7'; n++ {
					code = code*8 + data[at] - '0'
					at++
				}
				c = code
			}
		}
		out = append(out, c)
	}
	return out, at, false
}

func (p *parser) hex() String {
	out, at, ok := Hex(p.data, p.at, nil)
	p.at = at
	if !ok {
		p.doubt(doubt.Syntax, "a string is cut off")
	}
	return String(out)
}

// Hex reads a string of hexadecimal digits in data behind its opening bracket, appends it to out, and answers where it
// ends.
func Hex(data []byte, at int, out []byte) ([]byte, int, bool) {
	high := -1
	for at < len(data) {
		c := data[at]
		at++
		if c == '>' {
			if high >= 0 {
				out = append(out, byte(high<<4))
			}
			return out, at, true
		}
		d := digit(c)
		switch {
		case d < 0 && class[c] == white:
		case d < 0:
			return out, at, false
		case high < 0:
			high = d
		default:
			out = append(out, byte(high<<4|d))
			high = -1
		}
	}
	return out, at, false
}
