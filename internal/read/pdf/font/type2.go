package font

import (
	"encoding/binary"
	"fmt"
)

// type2 runs the program of a glyph's outline (Adobe Technical Note 5177).
type type2 struct {
	outline
	font    *cff
	private *private
	stack   []float64
	stems   int
	width   float64
	begun   bool // the width was looked for
	ended   bool
	accent  bool
}

var errProgram = badFile("a glyph's outline")

// takeWidth takes the width, which stands before the operands of the first operator where it is not the usual one.
func (r *type2) takeWidth(has bool) {
	if r.begun {
		return
	}
	r.begun = true
	if has && len(r.stack) > 0 {
		if !r.accent {
			r.width = r.private.nominal + r.stack[0]
		}
		r.stack = r.stack[1:]
	}
}

func (r *type2) run(b []byte, calls int) error {
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
		case c == 28:
			if i+2 > len(b) {
				return errProgram
			}
			r.stack = append(r.stack, float64(int16(binary.BigEndian.Uint16(b[i:]))))
			i += 2
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
			r.stack = append(r.stack, float64(int32(binary.BigEndian.Uint32(b[i:])))/65536)
			i += 4
		case c == 19 || c == 20: // hintmask, cntrmask
			r.takeWidth(len(r.stack)%2 == 1)
			r.stems += len(r.stack) / 2
			r.stack = r.stack[:0]
			i += (r.stems + 7) / 8
		case c == 10 || c == 29: // callsubr, callgsubr
			list := r.private.subroutines
			if c == 29 {
				list = r.font.global
			}
			n := len(r.stack)
			if n == 0 {
				return errProgram
			}
			k := int(r.stack[n-1]) + bias(len(list))
			r.stack = r.stack[:n-1]
			if k < 0 || k >= len(list) {
				return errProgram
			}
			if err := r.run(list[k], calls+1); err != nil {
				return err
			}
		case c == 11: // return
			return nil
		case c == 14:
			return r.end(calls)
		case c == 12:
			if i >= len(b) {
				return errProgram
			}
			if err := r.flex(b[i]); err != nil {
				return err
			}
			i++
		default:
			if err := r.draw(c); err != nil {
				return err
			}
		}
		if len(r.stack) > maxStack {
			return errProgram
		}
	}
	return nil
}

func bias(n int) int {
	switch {
	case n < 1240:
		return 107
	case n < 33900:
		return 1131
	}
	return 32768
}

// end ends the outline; with four operands it is a letter with an accent (appendix C).
func (r *type2) end(calls int) error {
	r.takeWidth(len(r.stack) == 1 || len(r.stack) == 5)
	r.ended = true
	if len(r.stack) < 4 {
		return nil
	}
	s := r.stack
	if r.accent || r.font.index == nil {
		return errProgram
	}
	r.accent = true
	dx, dy := s[0], s[1]
	for i, code := range s[2:4] {
		standard := tables()["standard"]
		if code < 0 || int(code) >= len(standard) || standard[int(code)] == "" {
			return errProgram
		}
		g, ok := r.font.index[standard[int(code)]]
		if !ok {
			return errProgram
		}
		r.x, r.y, r.stack, r.stems, r.begun, r.ended = 0, 0, nil, 0, false, false
		if i == 1 {
			r.x, r.y = dx, dy
		}
		if err := r.run(r.font.programs[g], calls+1); err != nil {
			return err
		}
	}
	r.ended = true
	return nil
}

// draw does an operator of one byte.
func (r *type2) draw(op int) error {
	n := len(r.stack)
	switch op {
	case 1, 3, 18, 23: // stems
		r.takeWidth(n%2 == 1)
		r.stems += len(r.stack) / 2
	case 21: // rmoveto
		r.takeWidth(n > 2)
		if len(r.stack) < 2 {
			return errProgram
		}
		r.move(r.stack[0], r.stack[1])
	case 22, 4: // hmoveto, vmoveto
		r.takeWidth(n > 1)
		if len(r.stack) < 1 {
			return errProgram
		}
		if op == 22 {
			r.move(r.stack[0], 0)
		} else {
			r.move(0, r.stack[0])
		}
	case 5: // rlineto
		for s := r.stack; len(s) >= 2; s = s[2:] {
			r.line(s[0], s[1])
		}
	case 6, 7: // hlineto, vlineto
		across := op == 6
		for _, d := range r.stack {
			if across {
				r.line(d, 0)
			} else {
				r.line(0, d)
			}
			across = !across
		}
	case 8: // rrcurveto
		r.curves(r.stack)
	case 24: // rcurveline
		if n < 8 {
			return errProgram
		}
		r.curves(r.stack[:n-2])
		r.line(r.stack[n-2], r.stack[n-1])
	case 25: // rlinecurve
		if n < 8 {
			return errProgram
		}
		for s := r.stack[:n-6]; len(s) >= 2; s = s[2:] {
			r.line(s[0], s[1])
		}
		r.curves(r.stack[n-6:])
	case 26: // vvcurveto
		s, dx := r.stack, 0.0
		if n%4 == 1 {
			dx, s = s[0], s[1:]
		}
		for ; len(s) >= 4; s = s[4:] {
			r.curve(dx, s[0], s[1], s[2], 0, s[3])
			dx = 0
		}
	case 27: // hhcurveto
		s, dy := r.stack, 0.0
		if n%4 == 1 {
			dy, s = s[0], s[1:]
		}
		for ; len(s) >= 4; s = s[4:] {
			r.curve(s[0], dy, s[1], s[2], s[3], 0)
			dy = 0
		}
	case 30, 31: // vhcurveto, hvcurveto
		across := op == 31
		for s := r.stack; len(s) >= 4; s = s[4:] {
			last := 0.0
			if len(s) == 5 {
				last = s[4]
			}
			if across {
				r.curve(s[0], 0, s[1], s[2], last, s[3])
			} else {
				r.curve(0, s[0], s[1], s[2], s[3], last)
			}
			across = !across
		}
	default:
		return badFile(fmt.Sprintf("an outline's operator %d", op))
	}
	r.stack = r.stack[:0]
	return nil
}

func (r *type2) curves(s []float64) {
	for ; len(s) >= 6; s = s[6:] {
		r.curve(s[0], s[1], s[2], s[3], s[4], s[5])
	}
}

// flex does an operator of two bytes: two curves that may be a line. Those that compute are met in no real font.
func (r *type2) flex(op byte) error {
	s := r.stack
	want, known := map[byte]int{0: 0, 34: 7, 35: 13, 36: 9, 37: 11}[op]
	if !known || len(s) < want {
		return badFile(fmt.Sprintf("an outline's operator 12 %d", op))
	}
	switch op {
	case 0: // dotsection, which Type 1 had
	case 34: // hflex
		r.curve(s[0], 0, s[1], s[2], s[3], 0)
		r.curve(s[4], 0, s[5], -s[2], s[6], 0)
	case 35: // flex
		r.curves(s[:12])
	case 36: // hflex1
		r.curve(s[0], s[1], s[2], s[3], s[4], 0)
		r.curve(s[5], 0, s[6], s[7], s[8], -(s[1] + s[3] + s[7]))
	case 37: // flex1
		dx, dy := s[0]+s[2]+s[4]+s[6]+s[8], s[1]+s[3]+s[5]+s[7]+s[9]
		r.curve(s[0], s[1], s[2], s[3], s[4], s[5])
		if dx*dx > dy*dy {
			r.curve(s[6], s[7], s[8], s[9], s[10], -dy)
		} else {
			r.curve(s[6], s[7], s[8], s[9], -dx, s[10])
		}
	}
	r.stack = r.stack[:0]
	return nil
}
