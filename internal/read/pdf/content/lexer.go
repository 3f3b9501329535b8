package content

import (
	"contrechamp.org/contrechamp/internal/read/pdf/doubt"
	"contrechamp.org/contrechamp/internal/read/pdf/object"
)

// kinds of operands
const (
	number = iota
	name
	text
	array
	other
)

// operand is what stands before an operator. A name and a text are bytes; an array is a part of lexer.elements.
type operand struct {
	kind     int
	number   float32
	bytes    []byte
	from, to int
	value    object.Value // a dictionary
}

// lexer cuts content into operators with their operands. Strings are unpacked into room, which is used again.
type lexer struct {
	data     []byte
	at       int
	operands []operand
	elements []operand
	room     []byte
}

func (l *lexer) reset() {
	l.operands, l.elements, l.room = l.operands[:0], l.elements[:0], l.room[:0]
}

// next reads up to the next operator and answers it; at the end it answers nil.
func (l *lexer) next(values *int) ([]byte, error) {
	l.reset()
	for {
		l.space()
		if l.at >= len(l.data) {
			return nil, nil
		}
		c := l.data[l.at]
		if object.Regular(c) && !(c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.') {
			from := l.at
			for l.at < len(l.data) && object.Regular(l.data[l.at]) {
				l.at++
			}
			switch word := l.data[from:l.at]; string(word) {
			case "true", "false", "null":
				l.push(operand{kind: other})
			default:
				return word, nil
			}
			continue
		}
		o, err := l.operand(c, values, true)
		if err != nil {
			return nil, err
		}
		l.push(o)
	}
}

// push adds an operand; the oldest of too many are dropped, as PDFium does.
func (l *lexer) push(o operand) {
	if len(l.operands) == maxOperands {
		copy(l.operands, l.operands[1:])
		l.operands = l.operands[:maxOperands-1]
	}
	l.operands = append(l.operands, o)
}

func (l *lexer) space() {
	for l.at < len(l.data) {
		c := l.data[l.at]
		if object.White(c) {
			l.at++
			continue
		}
		if c != '%' {
			return
		}
		for l.at < len(l.data) && l.data[l.at] != '\n' && l.data[l.at] != '\r' {
			l.at++
		}
	}
}

func (l *lexer) operand(c byte, values *int, arrays bool) (operand, error) {
	switch {
	case c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.':
		return l.number()
	case c == '/':
		from := l.at + 1
		for l.at++; l.at < len(l.data) && object.Regular(l.data[l.at]); l.at++ {
			if l.data[l.at] == '#' {
				return l.escapedName(from, values)
			}
		}
		if l.at == from {
			return operand{}, doubt.New(doubt.Content, "a name without letters")
		}
		return operand{kind: name, bytes: l.data[from:l.at]}, nil
	case c == '(':
		return l.string(object.Literal)
	case c == '<' && l.at+1 < len(l.data) && l.data[l.at+1] == '<':
		v, at, err := object.Inline(l.data, l.at, values)
		l.at = at
		return operand{kind: other, value: v}, err
	case c == '<':
		return l.string(object.Hex)
	case c == '[' && arrays:
		return l.array(values)
	}
	return operand{}, doubt.New(doubt.Content, "an operand")
}

func (l *lexer) escapedName(from int, values *int) (operand, error) {
	v, at, err := object.Inline(l.data, from-1, values)
	n, _ := v.(object.Name)
	l.at = at
	return operand{kind: name, bytes: []byte(n)}, err
}

func (l *lexer) string(read func([]byte, int, []byte) ([]byte, int, bool)) (operand, error) {
	from := len(l.room)
	out, at, ok := read(l.data, l.at+1, l.room)
	if !ok {
		return operand{}, doubt.New(doubt.Content, "a string is cut off")
	}
	l.room, l.at = out, at
	// room may move as it grows: the places hold
	return operand{kind: text, from: from, to: len(out)}, nil
}

func (l *lexer) array(values *int) (operand, error) {
	from := len(l.elements)
	l.at++
	for {
		l.space()
		if l.at >= len(l.data) {
			return operand{}, doubt.New(doubt.Content, "an array is cut off")
		}
		c := l.data[l.at]
		if c == ']' {
			l.at++
			return operand{kind: array, from: from, to: len(l.elements)}, nil
		}
		o, err := l.operand(c, values, false)
		if err != nil {
			return operand{}, err
		}
		l.elements = append(l.elements, o)
	}
}

// number reads a number. What PDFium reads of broken ones is its own affair.
func (l *lexer) number() (operand, error) {
	d, i := l.data, l.at
	negative := false
	if d[i] == '-' || d[i] == '+' {
		negative = d[i] == '-'
		i++
	}
	n, scale, seen := 0.0, 1.0, false
	for ; i < len(d) && d[i] >= '0' && d[i] <= '9'; i++ {
		n = n*10 + float64(d[i]-'0')
		seen = true
	}
	if i < len(d) && d[i] == '.' {
		for i++; i < len(d) && d[i] >= '0' && d[i] <= '9'; i++ {
			n = n*10 + float64(d[i]-'0')
			scale *= 10
			seen = true
		}
	}
	if !seen || i < len(d) && object.Regular(d[i]) || n > 1e30 || scale > 1e30 {
		return operand{}, doubt.New(doubt.Content, "a number")
	}
	l.at = i
	n /= scale
	if negative {
		n = -n
	}
	return operand{kind: number, number: float32(n)}, nil
}

// numbers answers the last operands, which are all to be numbers.
func (l *lexer) numbers(out []float32) error {
	n := len(l.operands) - len(out)
	if n < 0 {
		return doubt.New(doubt.Content, "an operand is missing")
	}
	for i, o := range l.operands[n:] {
		if o.kind != number {
			return doubt.New(doubt.Content, "an operand is no number")
		}
		out[i] = o.number
	}
	return nil
}

// last answers the operand before the operator.
func (l *lexer) last() (operand, error) {
	if len(l.operands) == 0 {
		return operand{}, doubt.New(doubt.Content, "an operand is missing")
	}
	return l.operands[len(l.operands)-1], nil
}

// lastOf is last, of a kind.
func (l *lexer) lastOf(kind int) (operand, error) {
	o, err := l.last()
	if err == nil && o.kind != kind {
		err = doubt.New(doubt.Content, "an operand of another kind")
	}
	return o, err
}
