package font

import (
	"encoding/binary"
	"fmt"
)

// charstring runs the program of a glyph's outline of Type 1 (chapter 6).
type charstring struct {
	outline
	font    *type1
	stack   []float64
	passed  []float64 // what other subroutines leave for pop
	flexing bool
	flex    [][2]float64
	width   float64
	bearing float64
	accent  bool
	ended   bool
}

// shortNumber reads the number that byte c, 32 to 254, begins in both kinds of charstrings (Adobe Type 1 Font Format, 6.2; Technical
// Note 5177, 3.2), and how many of the bytes behind it are its own.
func shortNumber(c int, rest []byte) (v float64, n int, ok bool) {
	switch {
	case c <= 246:
		return float64(c - 139), 0, true
	case len(rest) == 0:
		return 0, 0, false
	case c >= 251:
		return float64(-(c-251)*256 - int(rest[0]) - 108), 1, true
	}
	return float64((c-247)*256 + int(rest[0]) + 108), 1, true
}

func (r *charstring) run(b []byte, calls int) error {
	if calls > maxCalls {
		return errProgram
	}
	for i := 0; i < len(b) && !r.ended; {
		if err := r.step(); err != nil {
			return err
		}
		c := int(b[i])
		i++
		switch {
		case c >= 32 && c <= 254:
			v, n, ok := shortNumber(c, b[i:])
			if !ok {
				return errProgram
			}
			r.stack = append(r.stack, v)
			i += n
		case c == 255:
			if i+4 > len(b) {
				return errProgram
			}
			r.stack = append(r.stack, float64(int32(binary.BigEndian.Uint32(b[i:]))))
			i += 4
		case c == 10: // callsubr
			n := len(r.stack)
			if n == 0 {
				return errProgram
			}
			k := int(r.stack[n-1])
			r.stack = r.stack[:n-1]
			if k < 0 || k >= len(r.font.subroutines) {
				return errProgram
			}
			if err := r.run(r.font.subroutines[k], calls+1); err != nil {
				return err
			}
		case c == 11: // return
			return nil
		case c == 12:
			if i >= len(b) {
				return errProgram
			}
			c = 12<<8 | int(b[i])
			i++
			fallthrough
		default:
			if err := r.operator(c, calls); err != nil {
				return err
			}
		}
		if len(r.stack) > maxStack {
			return errProgram
		}
	}
	return nil
}

// Operators of Type 1 with two bytes.
const (
	opDotSection   = 12 << 8
	opVStem3       = 12<<8 | 1
	opHStem3       = 12<<8 | 2
	opAccent       = 12<<8 | 6
	opSideBearing  = 12<<8 | 7
	opDivide       = 12<<8 | 12
	opCallOther    = 12<<8 | 16
	opPop          = 12<<8 | 17
	opCurrentPoint = 12<<8 | 33
)

func (r *charstring) operator(op, calls int) error {
	s := r.stack
	need := func(n int) bool { return len(s) >= n }
	switch op {
	case opDivide:
		if n := len(s); n >= 2 && s[n-1] != 0 {
			r.stack = append(s[:n-2], s[n-2]/s[n-1])
			return nil
		}
		return errProgram
	case opCallOther:
		return r.callOther()
	case opPop:
		n := len(r.passed)
		if n == 0 {
			return errProgram
		}
		r.stack = append(s, r.passed[n-1])
		r.passed = r.passed[:n-1]
		return nil
	case 1, 3, opDotSection, opVStem3, opHStem3, 9: // hints, closepath
	case 13, opSideBearing: // hsbw, sbw
		if !need(2) || op == opSideBearing && !need(4) {
			return errProgram
		}
		across, up, width := s[0], 0.0, s[1]
		if op == opSideBearing {
			up, width = s[1], s[2]
		}
		if !r.accent {
			r.width, r.bearing = width, across
			r.x, r.y = across, up
		} else {
			r.x += across
			r.y += up
		}
	case 21:
		if !need(2) {
			return errProgram
		}
		r.shift(s[0], s[1])
	case 22:
		if !need(1) {
			return errProgram
		}
		r.shift(s[0], 0)
	case 4:
		if !need(1) {
			return errProgram
		}
		r.shift(0, s[0])
	case 5:
		if !need(2) {
			return errProgram
		}
		r.line(s[0], s[1])
	case 6:
		if !need(1) {
			return errProgram
		}
		r.line(s[0], 0)
	case 7:
		if !need(1) {
			return errProgram
		}
		r.line(0, s[0])
	case 8:
		if !need(6) {
			return errProgram
		}
		r.curve(s[0], s[1], s[2], s[3], s[4], s[5])
	case 30:
		if !need(4) {
			return errProgram
		}
		r.curve(0, s[0], s[1], s[2], s[3], 0)
	case 31:
		if !need(4) {
			return errProgram
		}
		r.curve(s[0], 0, s[1], s[2], 0, s[3])
	case opCurrentPoint:
		if !need(2) {
			return errProgram
		}
		r.flexing = false
	case opAccent:
		if !need(5) {
			return errProgram
		}
		return r.accented(s[0], s[1], s[2], s[3], s[4], calls)
	case 14:
		r.ended = true
	default:
		return badFile(fmt.Sprintf("an outline's operator %d", op))
	}
	r.stack = r.stack[:0]
	return nil
}

// shift moves, or notes a point of two curves that may be a line.
func (r *charstring) shift(dx, dy float64) {
	r.move(dx, dy)
}

// callOther calls a subroutine of the interpreter: 0 to 2 make two curves of seven moves, 3 replaces hints.
func (r *charstring) callOther() error {
	s := r.stack
	n := len(s)
	if n < 2 {
		return errProgram
	}
	which, count := int(s[n-1]), int(s[n-2])
	s = s[:n-2]
	if count < 0 || count > len(s) {
		return errProgram
	}
	given := s[len(s)-count:]
	r.stack = s[:len(s)-count]
	switch which {
	case 1:
		r.flexing, r.flex = true, r.flex[:0]
		r.flex = append(r.flex, [2]float64{r.x, r.y})
		return nil
	case 2:
		if !r.flexing || len(r.flex) > 7 {
			return errProgram
		}
		r.flex = append(r.flex, [2]float64{r.x, r.y})
		return nil
	case 0:
		if !r.flexing || len(r.flex) != 8 || count != 3 {
			return errProgram
		}
		// the first point is where the curves begin, the second one their reference only
		for i, p := range r.flex {
			if i != 1 {
				r.x, r.y = p[0], p[1]
				r.point()
			}
		}
		r.flexing = false
		r.passed = append(r.passed[:0], given[2], given[1])
		return nil
	case 3:
		if count != 1 {
			return errProgram
		}
		r.passed = append(r.passed[:0], 3)
		return nil
	}
	return badFile(fmt.Sprintf("an outline's other subroutine %d", which))
}

// accented makes a letter of two by the standard encoding (seac).
func (r *charstring) accented(bearing, dx, dy, base, accent float64, calls int) error {
	if r.accent {
		return errProgram
	}
	r.accent = true
	across := r.bearing
	for i, code := range [2]float64{base, accent} {
		standard := tables()["standard"]
		if code < 0 || int(code) >= len(standard) || standard[int(code)] == "" {
			return errProgram
		}
		g, ok := r.font.index[standard[int(code)]]
		if !ok {
			return errProgram
		}
		r.x, r.y, r.stack, r.ended = 0, 0, nil, false
		if i == 1 {
			r.x, r.y = across-bearing+dx, dy
		}
		if err := r.run(r.font.programs[g], calls+1); err != nil {
			return err
		}
	}
	r.ended = true
	return nil
}
