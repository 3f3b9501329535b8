package font

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// standardNames are the fourteen fonts that every reader has (9.6.2.2), and two of PDFium's own.
var standardNames = [...]string{"Courier", "Courier-Bold", "Courier-BoldOblique", "Courier-Oblique", "Helvetica", "Helvetica-Bold",
	"Helvetica-BoldOblique", "Helvetica-Oblique", "Times-Roman", "Times-Bold", "Times-BoldItalic", "Times-Italic", "Symbol", "ZapfDingbats",
	"Sans", "Serif"}

// The fourteen are followed by those that PDFium takes where a file lacks a font that it does not know.
const (
	firstSymbols = 12 // from here on they have no letters
	genericSans  = 14
	genericSerif = 15
)

// StandardNames answers the names of the standard fonts.
func StandardNames() []string { return standardNames[:] }

// otherNames are those by which office programs call them, as PDFium knows them. The four in a row are regular, bold, bold
// and slanted, and slanted.
var otherNames = sync.OnceValue(func() map[string]int {
	m := map[string]int{}
	for i, n := range standardNames[:genericSans] {
		m[n] = i
	}
	for family, forms := range map[int][4]string{
		0: {"CourierNew CourierNewPSMT CourierStd", "Courier,Bold CourierBold CourierNew,Bold CourierNew-Bold CourierNewBold CourierNewPS-BoldMT CourierStd-Bold",
			"Courier,BoldItalic CourierBoldItalic CourierNew,BoldItalic CourierNew-BoldItalic CourierNewBoldItalic CourierNewPS-BoldItalicMT CourierStd-BoldOblique",
			"Courier,Italic CourierItalic CourierNew,Italic CourierNew-Italic CourierNewItalic CourierNewPS-ItalicMT CourierStd-Oblique"},
		4: {"Arial ArialMT", "Arial,Bold Arial-Bold Arial-BoldMT ArialBold ArialMT,Bold ArialRoundedMTBold Helvetica,Bold HelveticaBold",
			"Arial,BoldItalic Arial-BoldItalic Arial-BoldItalicMT ArialBoldItalic ArialMT,BoldItalic Helvetica,BoldItalic Helvetica-BoldItalic HelveticaBoldItalic",
			"Arial,Italic Arial-Italic Arial-ItalicMT ArialItalic ArialMT,Italic Helvetica,Italic Helvetica-Italic HelveticaItalic"},
		8: {"TimesNewRoman TimesNewRomanPS TimesNewRomanPSMT",
			"TimesBold TimesNewRoman,Bold TimesNewRoman-Bold TimesNewRomanBold TimesNewRomanPS-Bold TimesNewRomanPS-BoldMT TimesNewRomanPSMT,Bold",
			"TimesBoldItalic TimesNewRoman,BoldItalic TimesNewRoman-BoldItalic TimesNewRomanBoldItalic TimesNewRomanPS-BoldItalic TimesNewRomanPS-BoldItalicMT TimesNewRomanPSMT,BoldItalic",
			"TimesItalic TimesNewRoman,Italic TimesNewRoman-Italic TimesNewRomanItalic TimesNewRomanPS-Italic TimesNewRomanPS-ItalicMT TimesNewRomanPSMT,Italic"},
	} {
		for i, list := range forms {
			for _, n := range strings.Fields(list) {
				m[n] = family + i
			}
		}
	}
	return m
})

// standardFont answers which of the standard fonts a name means, -1 where none.
func standardFont(name string) int {
	if i, ok := otherNames()[name]; ok {
		return i
	}
	return -1
}

// substitute answers what PDFium takes for a font that the file lacks, -1 where that is not sure.
func substitute(name string, flags int) int {
	name = strings.ReplaceAll(name, " ", "")
	if len(name) > 7 && name[6] == '+' && strings.ToUpper(name[:6]) == name[:6] {
		name = name[7:]
	}
	number := standardFont(name)
	switch {
	case number >= firstSymbols:
		return -1
	case number >= 0:
		return number
	case flags&symbolic != 0 || strings.ContainsAny(name, ",@"):
		return -1
	case flags&serif != 0:
		return genericSerif
	}
	return genericSans
}

// standard.txt has what the engine says of its standard fonts: of each font its box, of each glyph its name, its width and
// its box. A test in package pdf asks it again, and writes the file with -update.
//
//go:embed standard.txt
var standardText string

// measured is a standard font.
type measured struct {
	bbox    Box
	names   []string
	width   []int
	boxes   []Box
	index   map[string]int
	unicode map[rune]int
}

var standardFaces [len(standardNames)]struct {
	once sync.Once
	face *measured
}

func standardFace(number int) face {
	s := &standardFaces[number]
	s.once.Do(func() {
		f, err := parseMeasured(standardNames[number])
		if err != nil {
			panic("standard.txt: " + err.Error()) // embedded, and tested
		}
		s.face = f
	})
	return s.face
}

// parseMeasured reads the lines of one font: "= NAME box", then "glyph width left bottom right top".
func parseMeasured(name string) (*measured, error) {
	_, rest, ok := strings.Cut(standardText, "= "+name+" ")
	if !ok {
		return nil, fmt.Errorf("no font %s", name)
	}
	rest, _, _ = strings.Cut(rest, "\n= ")
	head, body, _ := strings.Cut(rest, "\n")
	f := &measured{index: map[string]int{}}
	numbers, err := ints(strings.Fields(head), 4)
	if err != nil {
		return nil, err
	}
	f.bbox = boxOf(numbers)
	for line := range strings.Lines(body) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		numbers, err := ints(words[1:], 5)
		if err != nil {
			return nil, err
		}
		f.index[words[0]] = len(f.names)
		f.names, f.width, f.boxes = append(f.names, words[0]), append(f.width, numbers[0]), append(f.boxes, boxOf(numbers[1:]))
	}
	f.unicode = map[rune]int{}
	for i, name := range f.names {
		if r := unicodeOf(name); i > 0 && f.unicode[r] == 0 {
			f.unicode[r] = i
		}
	}
	return f, nil
}

func ints(words []string, want int) ([]int, error) {
	if len(words) != want {
		return nil, fmt.Errorf("%d numbers in place of %d", len(words), want)
	}
	out := make([]int, want)
	for i, w := range words {
		n, err := strconv.Atoi(w)
		if err != nil {
			return nil, err
		}
		out[i] = n
	}
	return out, nil
}

func boxOf(n []int) Box { return Box{int32(n[0]), int32(n[1]), int32(n[2]), int32(n[3])} }

func (f *measured) glyphs() int              { return len(f.names) }
func (f *measured) bounds() Box              { return f.bbox }
func (f *measured) byName(name string) int   { return f.index[name] }
func (f *measured) byCode(int) (int, string) { return 0, "" }

func (f *measured) byUnicode(r rune) int { return f.unicode[r] }

func (f *measured) box(glyph int) (Box, error)     { return f.boxes[glyph], nil }
func (f *measured) advance(glyph int) (int, error) { return f.width[glyph], nil }

// GlyphNames answers the names of glyphs that a standard font may have: those of the encodings first.
func GlyphNames(standard string) []string {
	var list []string
	seen := map[string]bool{}
	add := func(name string) {
		if name != "" && name != ".notdef" && !seen[name] {
			seen[name] = true
			list = append(list, name)
		}
	}
	switch standard {
	case "Symbol":
		for _, n := range tables()[symbols] {
			add(n)
		}
	case "ZapfDingbats":
		for _, n := range tables()[dingbats] {
			add(n)
		}
	default: // Latin
		for _, table := range []string{"standard", winAnsi, macRoman} {
			for _, n := range tables()[table] {
				add(n)
			}
		}
	}
	for line := range strings.Lines(glyphList) {
		name, _, _ := strings.Cut(line, ";")
		add(name)
	}
	return list
}

// Unicode answers the letter that the name of a glyph stands for, 0 where there is none.
func Unicode(glyph string) rune { return unicodeOf(glyph) }
