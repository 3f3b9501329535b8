package font

import (
	"encoding/binary"
	"math"
	"strconv"
)

// index reads an INDEX, and answers where it ends.
func index(data []byte, at int) ([][]byte, int, error) {
	bad := badFile("CFF: an index")
	if at < 0 || at+2 > len(data) {
		return nil, 0, bad
	}
	n := int(binary.BigEndian.Uint16(data[at:]))
	at += 2
	if n == 0 {
		return nil, at, nil
	}
	if at >= len(data) {
		return nil, 0, bad
	}
	size := int(data[at])
	at++
	if size < 1 || size > 4 || at+(n+1)*size > len(data) {
		return nil, 0, bad
	}
	offset := func(i int) int {
		v := 0
		for _, b := range data[at+i*size : at+(i+1)*size] {
			v = v<<8 | int(b)
		}
		return v
	}
	base := at + (n+1)*size - 1
	out := make([][]byte, n)
	before := offset(0)
	for i := range n {
		next := offset(i + 1)
		if before < 1 || next < before || base+next > len(data) {
			return nil, 0, bad
		}
		out[i] = data[base+before : base+next]
		before = next
	}
	return out, base + before, nil
}

func (d dict) int(op, otherwise int) int {
	if v := d[op]; len(v) == 1 && math.Abs(v[0]) < 1<<31 {
		return int(v[0])
	}
	return otherwise
}

func (d dict) number(op int) float64 {
	if v := d[op]; len(v) == 1 {
		return v[0]
	}
	return 0
}

func parseDict(b []byte) (dict, error) {
	bad := badFile("CFF: a dictionary")
	d := dict{}
	var operands []float64
	for i := 0; i < len(b); {
		c := int(b[i])
		i++
		switch {
		case c <= 21:
			if c == 12 {
				if i >= len(b) {
					return nil, bad
				}
				c = 12<<8 | int(b[i])
				i++
			}
			d[c] = operands
			operands = nil
		case c == 28 && i+2 <= len(b):
			operands = append(operands, float64(int16(binary.BigEndian.Uint16(b[i:]))))
			i += 2
		case c == 29 && i+4 <= len(b):
			operands = append(operands, float64(int32(binary.BigEndian.Uint32(b[i:]))))
			i += 4
		case c == 30:
			v, n, ok := realNumber(b[i:])
			if !ok {
				return nil, bad
			}
			operands = append(operands, v)
			i += n
		case c >= 32 && c <= 246:
			operands = append(operands, float64(c-139))
		case c >= 247 && c <= 254 && i < len(b):
			v := (c-247)*256 + int(b[i]) + 108
			if c >= 251 {
				v = -(c-251)*256 - int(b[i]) - 108
			}
			operands = append(operands, float64(v))
			i++
		default:
			return nil, bad
		}
		if len(operands) > maxStack {
			return nil, bad
		}
	}
	return d, nil
}

// realNumber reads a number in half bytes.
func realNumber(b []byte) (float64, int, bool) {
	const longest = 32
	text := make([]byte, 0, longest)
	for i, c := range b {
		for _, half := range [2]byte{c >> 4, c & 15} {
			switch {
			case half <= 9:
				text = append(text, '0'+half)
			case half == 10:
				text = append(text, '.')
			case half == 11:
				text = append(text, 'E')
			case half == 12:
				text = append(text, 'E', '-')
			case half == 14:
				text = append(text, '-')
			case half == 15:
				v, err := strconv.ParseFloat(string(text), 64)
				return v, i + 1, err == nil
			default:
				return 0, 0, false
			}
		}
		if len(text) > longest {
			break
		}
	}
	return 0, 0, false
}
