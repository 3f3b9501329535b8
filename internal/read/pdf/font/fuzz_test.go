package font

import (
	"testing"

	"golang.org/x/image/font/gofont/gobold"
)

// a font of Type 1 in clear text: its outlines are not encrypted with lenIV -1, but eexec has its own cipher.
func typeOne() []byte {
	clear := "%!PS-AdobeFont-1.0: Fuzz\n/FontMatrix [0.001 0 0 0.001 0 0] readonly def\n/Encoding 256 array\ndup 65 /A put\nreadonly def\n/FontBBox {-10 -20 700 800} readonly def\ncurrentfile eexec\n"
	program := "\x8b\xf8\x88\x0d\xef\xef\x15\xef\x06\xef\x07\xef\xef\xef\xef\xef\xef\x08\x09\x0e" // hsbw rmoveto hlineto vlineto rrcurveto closepath endchar
	private := "xxxxdup /Private 8 dict dup begin /lenIV -1 def /Subrs 1 array dup 0 1 RD \x0b NP\n/CharStrings 2 dict dup begin\n/.notdef 2 RD \x8b\x0e ND\n/A 20 RD " + program + " ND\nend\n"
	key := uint16(55665)
	out := []byte(clear)
	for _, p := range []byte(private) {
		c := p ^ byte(key>>8)
		key = (uint16(c)+key)*52845 + 22719
		out = append(out, c)
	}
	return out
}

func TestType1(t *testing.T) {
	f, err := parseFace(typeOne())
	if err != nil {
		t.Fatal(err)
	}
	g, name := f.byCode('A')
	box, err := f.box(g)
	if want := (Box{100, 100, 500, 500}); err != nil || name != "A" || box != want {
		t.Errorf("A is glyph %d %q with the box %v (%v), want %v", g, name, box, err, want)
	}
	if w, err := f.advance(g); err != nil || w != 500 {
		t.Errorf("its width is %d (%v), want 500", w, err)
	}
}

func TestTrueType(t *testing.T) {
	f, err := parseTrueType(gobold.TTF)
	if err != nil {
		t.Fatal(err)
	}
	g := f.byUnicode('H')
	box, err := f.box(g)
	if err != nil || f.byName("H") != g || box.Bottom != 0 || box.Top < 700 || box.Top > 750 {
		t.Errorf("H is glyph %d by its letter and %d by its name, with the box %v (%v)", g, f.byName("H"), box, err)
	}
}

// compact is a font of the Compact Font Format with the glyphs .notdef and A.
func compact() []byte {
	b := []byte{1, 0, 4, 1}
	b = append(b, 0, 1, 1, 1, 2, 'F')                                                       // names
	top := []byte{28, 0, 0, 15, 28, 0, 0, 17, 139, 28, 0, 0, 18}                            // charset, outlines, private part
	b = append(b, 0, 1, 1, 1, byte(1+len(top)))                                             //
	at := len(b)                                                                            //
	b = append(b, top...)                                                                   //
	b = append(b, 0, 0, 0, 0)                                                               // strings, subroutines
	charset := len(b)                                                                       //
	b = append(b, 0, 0, 34)                                                                 // A
	outlines := len(b)                                                                      //
	a := []byte{239, 239, 21, 239, 6, 239, 7, 239, 239, 239, 239, 239, 239, 8, 14}          // rmoveto hlineto vlineto rrcurveto endchar
	b = append(append(b, 0, 2, 1, 1, 2, byte(2+len(a)), 14), a...)                          //
	private := len(b)                                                                       //
	b[at+1], b[at+2], b[at+5], b[at+6] = byte(charset>>8), byte(charset), 0, byte(outlines) //
	b[at+10], b[at+11] = byte(private>>8), byte(private)
	return b
}

func TestCFF(t *testing.T) {
	f, err := parseFace(compact())
	if err != nil {
		t.Fatal(err)
	}
	g := f.byName("A")
	box, err := f.box(g)
	if want := (Box{100, 100, 500, 500}); err != nil || g != 1 || f.byUnicode('A') != 1 || box != want {
		t.Errorf("A is glyph %d with the box %v (%v), want %v", g, box, err, want)
	}
	if c, _ := f.byCode('A'); c != 1 {
		t.Errorf("the code of A has the glyph %d", c)
	}
}

// FuzzFace measures all glyphs of whatever comes as a font file.
func FuzzFace(f *testing.F) {
	f.Add(typeOne())
	f.Add(compact())
	f.Add(gobold.TTF)
	f.Fuzz(func(t *testing.T, b []byte) {
		face, err := parseFace(b)
		if err != nil {
			return
		}
		face.bounds()
		for code := range 256 {
			face.byCode(code)
			face.byUnicode(rune(code))
		}
		face.byName("A")
		for g := range min(face.glyphs(), 300) {
			if _, err := face.box(g); err == nil {
				_, _ = face.advance(g) // whatever it says
			}
		}
		if t, ok := face.(*trueType); ok {
			t.complete()
			look, raw := t.lookup(true)
			look('A', 'A')
			raw('A')
			t.symbol('A')
		}
	})
}

const letters = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n" +
	"2 beginbfchar <0041> <0061> <0042> <00660069> endbfchar\n2 beginbfrange <0043> <0045> <0063> <0046> <0047> [<0066> <0067>] endbfrange\nendcmap"

func TestToUnicode(t *testing.T) {
	m, err := parseToUnicode([]byte(letters))
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[uint32]uint16{0x41: 'a', 0x43: 'c', 0x45: 'e', 0x47: 'g', 0x48: 0} {
		if got, _ := m.lookup(code); got != want {
			t.Errorf("%x stands for %q, want %q", code, rune(got), rune(want))
		}
	}
	if _, more := m.lookup(0x42); len(more) != 2 || more[0] != 'f' || more[1] != 'i' {
		t.Errorf("a ligature stands for %v", more)
	}
	if m.code('c') != 0x43 || m.code('z') != 0 {
		t.Errorf("codes of letters: %x, %x", m.code('c'), m.code('z'))
	}
}

func FuzzToUnicode(f *testing.F) {
	f.Add([]byte(letters))
	f.Fuzz(func(t *testing.T, b []byte) {
		if m, err := parseToUnicode(b); err == nil {
			m.lookup(0x41)
			m.code('a')
		}
	})
}

func TestUnicodeOfNames(t *testing.T) {
	for name, want := range map[string]rune{"A": 'A', "eacute": 'é', "zukatakana": 'ズ', "uni00E9": 'é', "u1F600": 0x1f600, "A.sc": 'A',
		"g17": 0, "f_i": 0, "": 0, ".notdef": 0, "uni00e9": 0} {
		if got := unicodeOf(name); got != want {
			t.Errorf("%q stands for %q, want %q", name, got, want)
		}
	}
}
