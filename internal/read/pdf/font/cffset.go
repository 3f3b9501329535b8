package font

import "encoding/binary"

// charset reads the numbers of strings, or of characters, of the glyphs.
func charset(data []byte, at, glyphs int, keyed bool) ([]int, error) {
	bad := badFile("CFF: its character set")
	out := make([]int, 1, glyphs)
	if at == 0 && !keyed { // ISOAdobe
		const last = 228
		for g := 1; g < glyphs && g <= last; g++ {
			out = append(out, g)
		}
		if len(out) < glyphs {
			return nil, bad
		}
		return out, nil
	}
	if at <= 2 || at >= len(data) {
		return nil, bad
	}
	be := binary.BigEndian
	form := data[at]
	at++
	for len(out) < glyphs {
		switch form {
		case 0:
			if at+2 > len(data) {
				return nil, bad
			}
			out = append(out, int(be.Uint16(data[at:])))
			at += 2
		case 1, 2:
			size := 2 + int(form)
			if at+size > len(data) {
				return nil, bad
			}
			first, more := int(be.Uint16(data[at:])), int(data[at+2])
			if form == 2 {
				more = int(be.Uint16(data[at+2:]))
			}
			for i := 0; i <= more && len(out) < glyphs; i++ {
				out = append(out, first+i)
			}
			at += size
		default:
			return nil, bad
		}
	}
	return out, nil
}

// readEncoding reads which glyphs the codes have.
func (f *cff) readEncoding(data []byte, at int, numbers []int) error {
	bad := badFile("CFF: its encoding")
	switch {
	case at == 0:
		for code, name := range tables()["standard"] {
			if name != "" {
				f.codes[code] = f.index[name]
			}
		}
		return nil
	case at == 1 || at < 0 || at+2 > len(data):
		return bad
	}
	form, n := data[at], int(data[at+1])
	at += 2
	glyph := 1
	put := func(code byte) {
		if glyph < len(f.programs) {
			f.codes[code] = glyph
		}
		glyph++
	}
	switch form & 0x7f {
	case 0:
		if at+n > len(data) {
			return bad
		}
		for _, code := range data[at : at+n] {
			put(code)
		}
		at += n
	case 1:
		if at+2*n > len(data) {
			return bad
		}
		for i := range n {
			for more := 0; more <= int(data[at+2*i+1]); more++ {
				put(data[at+2*i] + byte(more))
			}
		}
		at += 2 * n
	default:
		return bad
	}
	if form&0x80 == 0 {
		return nil
	}
	if at >= len(data) || at+1+3*int(data[at]) > len(data) {
		return bad
	}
	for i := range int(data[at]) {
		e := data[at+1+3*i:]
		for g, n := range numbers {
			if n == int(binary.BigEndian.Uint16(e[1:])) {
				f.codes[e[0]] = g
			}
		}
	}
	return nil
}

// fontSelect reads which font each glyph belongs to, in the forms 0 and 3.
func fontSelect(data []byte, at, glyphs int) ([]byte, error) {
	bad := badFile("CFF: fonts of glyphs")
	if at < 0 || at >= len(data) {
		return nil, bad
	}
	be := binary.BigEndian
	d := data[at:]
	switch d[0] {
	case 0:
		if len(d) < 1+glyphs {
			return nil, bad
		}
		return d[1 : 1+glyphs], nil
	case 3:
		if len(d) < 5 {
			return nil, bad
		}
		n := int(be.Uint16(d[1:]))
		if len(d) < 5+3*n {
			return nil, bad
		}
		out := make([]byte, glyphs)
		for i := range n {
			first, last := int(be.Uint16(d[3+3*i:])), int(be.Uint16(d[6+3*i:]))
			for g := first; g < min(last, glyphs); g++ {
				out[g] = d[5+3*i]
			}
		}
		return out, nil
	}
	return nil, bad
}
