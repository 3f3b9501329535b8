package font

import (
	"bytes"
	"math"
	"strconv"

	"contrechamp.org/contrechamp/internal/read/pdf/doubt"
	"contrechamp.org/contrechamp/internal/read/pdf/object"
)

// type1 is a font in the form of Adobe Type 1 (Adobe Type 1 Font Format, 1990).
type type1 struct {
	grid
	bbox        Box
	names       []string // of glyphs; .notdef is the first
	programs    [][]byte
	index       map[string]int
	unicode     map[rune]int
	codes       [256]string // the built-in encoding
	subroutines [][]byte
	measured    map[int]glyphSize
	work        int // steps of outlines so far
}

func parseType1(data []byte) (face, error) {
	f, err := readType1(data)
	if err != nil {
		return nil, err
	}
	return f, nil
}

// Limits of a font.
const (
	maxSubroutines = 1 << 16
	maxGlyphs      = 1 << 16
)

func readType1(data []byte) (*type1, error) {
	data, err := withoutSegments(data)
	if err != nil {
		return nil, err
	}
	cut := bytes.Index(data, []byte("eexec"))
	if cut < 0 {
		return nil, badFile("Type 1: no eexec")
	}
	f := &type1{grid: grid{1000, 1, 0}, index: map[string]int{}, measured: map[int]glyphSize{}}
	if err := f.readClear(data[:cut]); err != nil {
		return nil, err
	}
	secret := data[cut+len("eexec"):]
	for len(secret) > 0 && object.White(secret[0]) {
		secret = secret[1:]
	}
	if len(secret) < 4 {
		return nil, badFile("Type 1: cut off")
	}
	if isHex(secret[:4]) {
		secret = unhex(secret)
	}
	if err := f.readPrivate(decrypt(secret, 55665, 4)); err != nil {
		return nil, err
	}
	return f, nil
}

// withoutSegments takes away the heads of the segments of a file as it is on a PC.
func withoutSegments(data []byte) ([]byte, error) {
	if len(data) == 0 || data[0] != 0x80 {
		return data, nil
	}
	var out []byte
	for len(data) >= 6 && data[0] == 0x80 && data[1] != 3 {
		n := int(data[2]) | int(data[3])<<8 | int(data[4])<<16 | int(data[5])<<24
		if n < 0 || n > len(data)-6 {
			return nil, badFile("Type 1: a segment")
		}
		out = append(out, data[6:6+n]...)
		data = data[6+n:]
	}
	return out, nil
}

func isHex(b []byte) bool {
	for _, c := range b {
		if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F') {
			return false
		}
	}
	return true
}

func unhex(b []byte) []byte {
	out := make([]byte, 0, len(b)/2)
	high := -1
	for _, c := range b {
		if object.White(c) {
			continue
		}
		d := bytes.IndexByte([]byte("0123456789abcdef"), c|0x20)
		if c >= '0' && c <= '9' {
			d = int(c - '0')
		}
		if d < 0 {
			break
		}
		if high < 0 {
			high = d
		} else {
			out = append(out, byte(high<<4|d))
			high = -1
		}
	}
	return out
}

// decrypt undoes the cipher of Type 1 (chapter 7), and drops the first bytes.
func decrypt(b []byte, key uint16, drop int) []byte {
	out := make([]byte, len(b))
	for i, c := range b {
		out[i] = c ^ byte(key>>8)
		key = (uint16(c)+key)*52845 + 22719
	}
	return out[min(drop, len(out)):]
}

// psWords cuts a program in PostScript into words; strings and comments are passed over.
type psWords struct {
	data []byte
	at   int
}

func (w *psWords) next() []byte {
	for w.at < len(w.data) {
		c := w.data[w.at]
		switch {
		case object.White(c):
			w.at++
		case c == '%':
			for w.at < len(w.data) && w.data[w.at] != '\n' && w.data[w.at] != '\r' {
				w.at++
			}
		case c == '(':
			_, at, ok := object.Literal(w.data, w.at+1, nil)
			if w.at = at; !ok {
				w.at = len(w.data)
			}
		case c == '/':
			from := w.at
			for w.at++; w.at < len(w.data) && object.Regular(w.data[w.at]); w.at++ {
			}
			return w.data[from:w.at]
		case !object.Regular(c):
			w.at++
			return w.data[w.at-1 : w.at]
		default:
			from := w.at
			for w.at < len(w.data) && object.Regular(w.data[w.at]) {
				w.at++
			}
			return w.data[from:w.at]
		}
	}
	return nil
}

func (w *psWords) int() (int, bool) {
	n, err := strconv.Atoi(string(w.next()))
	return n, err == nil
}

// numbers reads an array of numbers in brackets or braces.
func (w *psWords) numbers() []float64 {
	var out []float64
	if open := string(w.next()); open != "[" && open != "{" {
		return nil
	}
	for len(out) < 8 {
		v, err := strconv.ParseFloat(string(w.next()), 64)
		if err != nil {
			break
		}
		out = append(out, v)
	}
	return out
}

// readClear reads the part that is not encrypted: matrix, box, encoding.
func (f *type1) readClear(b []byte) error {
	w := psWords{data: b}
	for {
		word := w.next()
		if word == nil {
			return nil
		}
		switch string(word) {
		case "/FontMatrix":
			g, err := gridOf(w.numbers())
			if err != nil {
				return err
			}
			f.grid = g
		case "/FontBBox":
			if v := w.numbers(); len(v) == 4 {
				t := func(v float64) int32 { return thousandths(int(v), f.unitsPerEm) }
				f.bbox = Box{t(math.Floor(v[0])), t(math.Floor(v[1])), t(math.Ceil(v[2])), t(math.Ceil(v[3]))}
			}
		case "/Encoding":
			if err := f.readEncoding(&w); err != nil {
				return err
			}
		}
	}
}

func (f *type1) readEncoding(w *psWords) error {
	word := string(w.next())
	if word == "StandardEncoding" {
		copy(f.codes[:], tables()["standard"])
		return nil
	}
	if _, err := strconv.Atoi(word); err != nil {
		return badFile("Type 1: its encoding")
	}
	for {
		switch word := w.next(); string(word) {
		case "":
			return badFile("Type 1: its encoding")
		case "def", "readonly":
			return nil
		case "dup":
			code, ok := w.int()
			name := w.next()
			if !ok || code < 0 || code > 255 || len(name) < 2 || name[0] != '/' {
				return badFile("Type 1: its encoding")
			}
			f.codes[code] = string(name[1:])
		}
	}
}

// readPrivate reads subroutines and outlines.
func (f *type1) readPrivate(b []byte) error {
	w := psWords{data: b}
	skip := 4
	for {
		word := w.next()
		if word == nil {
			return badFile("Type 1: no outlines")
		}
		switch string(word) {
		case "/lenIV":
			n, ok := w.int()
			if !ok || n > 16 {
				return badFile("Type 1: lenIV")
			}
			skip = n
		case "/Subrs":
			if err := f.readSubroutines(&w, skip); err != nil {
				return err
			}
		case "/CharStrings":
			return f.readOutlines(&w, skip)
		}
	}
}

// binary reads "length RD bytes", where RD may have another name.
func (w *psWords) binary(skip int) ([]byte, bool) {
	n, ok := w.int()
	w.next()
	if !ok || n < 0 || w.at >= len(w.data) || n > len(w.data)-w.at-1 {
		return nil, false
	}
	b := w.data[w.at+1 : w.at+1+n]
	w.at += 1 + n
	if skip < 0 {
		return b, true
	}
	return decrypt(b, 4330, skip), true
}

func (f *type1) readSubroutines(w *psWords, skip int) error {
	n, ok := w.int()
	if !ok {
		return nil // "/Subrs [] def"
	}
	if n < 0 || n > maxSubroutines {
		return badFile("Type 1: its subroutines")
	}
	f.subroutines = make([][]byte, n)
	if string(w.next()) != "array" {
		return badFile("Type 1: its subroutines")
	}
	for {
		at := w.at
		switch string(w.next()) {
		case "dup":
			i, ok := w.int()
			if !ok || i < 0 || i >= n {
				return badFile("Type 1: a subroutine")
			}
			if f.subroutines[i], ok = w.binary(skip); !ok {
				return badFile("Type 1: a subroutine")
			}
		case "NP", "|", "noaccess", "put", "readonly":
		default:
			w.at = at
			return nil
		}
	}
}

func (f *type1) readOutlines(w *psWords, skip int) error {
	f.names, f.programs = []string{".notdef"}, [][]byte{nil}
	f.index[".notdef"] = 0
	n, ok := w.int()
	if !ok || n < 0 || n > maxGlyphs {
		return badFile("Type 1: its outlines")
	}
	for {
		word := w.next()
		switch {
		case word == nil || string(word) == "end":
			if len(f.programs) < 2 && f.programs[0] == nil {
				return badFile("Type 1: no outlines")
			}
			return nil
		case word[0] == '/' && len(word) > 1:
			b, ok := w.binary(skip)
			if !ok || len(f.names) > maxGlyphs {
				return badFile("Type 1: an outline")
			}
			name := string(word[1:])
			if g, known := f.index[name]; known {
				if f.programs[g] == nil {
					f.programs[g] = b
				}
				continue
			}
			f.index[name] = len(f.names)
			f.names, f.programs = append(f.names, name), append(f.programs, b)
		}
	}
}

func (f *type1) glyphs() int            { return len(f.names) }
func (f *type1) bounds() Box            { return f.bbox }
func (f *type1) byName(name string) int { return f.index[name] }

func (f *type1) byUnicode(r rune) int {
	if f.unicode == nil {
		f.unicode = unicodes(f.names)
	}
	return f.unicode[r]
}

func (f *type1) byCode(code int) (int, string) {
	name := f.codes[code]
	g, ok := f.index[name]
	if name == "" || !ok {
		return 0, ""
	}
	return g, name
}

func (f *type1) measure(glyph int) glyphSize {
	if s, ok := f.measured[glyph]; ok {
		return s
	}
	s := glyphSize{err: badFile("a glyph beyond it")}
	if f.work > maxWork {
		return glyphSize{err: doubt.New(doubt.LimitGlyph, "of all glyphs")}
	}
	if glyph == 0 && f.programs[0] == nil {
		s = glyphSize{}
	} else if glyph >= 0 && glyph < len(f.programs) {
		r := charstring{font: f}
		r.wide, r.slant = f.wide, f.slant
		s.err = r.run(f.programs[glyph], 0)
		f.work += r.steps
		s.box, s.advance = r.box(f.unitsPerEm), int(thousandths(int(r.width), f.unitsPerEm))
	}
	f.measured[glyph] = s
	return s
}

func (f *type1) box(glyph int) (Box, error) {
	s := f.measure(glyph)
	return s.box, s.err
}

func (f *type1) advance(glyph int) (int, error) {
	s := f.measure(glyph)
	if f.wide != 1 {
		return 0, badFile("widths in a matrix")
	}
	return s.advance, s.err
}
