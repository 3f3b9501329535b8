package object

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"contrechamp.org/contrechamp/internal/read/pdf/doubt"
	"contrechamp.org/contrechamp/internal/read/pdf/pdftest"
)

func sample(compress bool) []byte {
	f := &pdftest.File{Compress: compress, Info: map[string]string{"Title": "Lettre"}}
	f.Page().Text(56, 80, 12, "Bonjour")
	return f.Bytes()
}

func TestOpen(t *testing.T) {
	for _, compress := range []bool{false, true} {
		d, err := Open(sample(compress))
		if err != nil {
			t.Fatal(err)
		}
		info := d.Dict(d.Trailer.Get("Info"))
		if s, _ := d.Resolve(info.Get("Title")).(String); s != "Lettre" || d.Take() != nil {
			t.Errorf("compressed %v: the title is %q", compress, s)
		}
		page := d.Dict(Ref(6))
		b, err := d.Bytes(d.Stream(page.Get("Contents")), nil)
		if err != nil || !bytes.Contains(b, []byte("(Bonjour) Tj")) {
			t.Errorf("compressed %v: the content is %q (%v)", compress, b, err)
		}
	}
}

// What would need repair is a doubt with its name.
func TestDoubts(t *testing.T) {
	plain := sample(false)
	for want, b := range map[doubt.Reason][]byte{
		doubt.Header:    append([]byte("x"), plain...),
		doubt.Xref:      bytes.Replace(plain, []byte("0000000000 65535 f \n"), []byte("0000000000 65535 f\n"), 1),
		doubt.Encrypted: bytes.Replace(plain, []byte("/Root 1 0 R"), []byte("/Encrypt 9 0 R/Root 1 0 R"), 1),
	} {
		if _, err := Open(b); doubt.Of(err) != want {
			t.Errorf("%s: %v", want, err)
		}
	}
	for want, cut := range map[doubt.Reason][2]string{
		doubt.StreamLength: {"/Length ", "/Length 1"},
		doubt.Syntax:       {"/Catalog", "}Catalog"},
		doubt.Filter:       {"<</Length", "<</Filter/X/Length"},
	} {
		b := bytes.ReplaceAll(plain, []byte(cut[0]), []byte(cut[1]))
		b = moved(b)
		d, err := Open(b)
		if err != nil {
			t.Errorf("%s: %v", want, err)
			continue
		}
		s := d.Stream(Ref(7))
		d.Object(1)
		if s != nil {
			if _, err := d.Bytes(s, nil); err != nil {
				d.Doubt(err)
			}
		}
		if got := doubt.Of(d.Take()); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// moved writes the places of objects anew.
func moved(b []byte) []byte {
	xref := bytes.LastIndex(b, []byte("xref\n0"))
	head := b[:xref]
	var out bytes.Buffer
	out.Write(head)
	out.WriteString("xref\n0 8\n0000000000 65535 f \n")
	for n := '1'; n <= '7'; n++ {
		at := bytes.Index(head, []byte("\n"+string(n)+" 0 obj")) + 1
		digits := []byte("0000000000")
		for i := len(digits) - 1; at > 0; i-- {
			digits[i] = byte('0' + at%10)
			at /= 10
		}
		out.Write(digits)
		out.WriteString(" 00000 n \n")
	}
	out.WriteString("trailer<</Size 8/Root 1 0 R>>\nstartxref\n")
	digits := []byte{}
	for v := xref; v > 0; v /= 10 {
		digits = append(digits, byte('0'+v%10))
	}
	slices.Reverse(digits)
	out.Write(digits)
	return out.Bytes()
}

func TestFilters(t *testing.T) {
	d := &Document{left: maxUnpacked, keep: maxKept}
	text := strings.Repeat("Douze caméras de plus. ", 30)
	for _, c := range []struct {
		dict Dict
		raw  string
		want string
	}{
		{Dict{{"Filter", Name("FlateDecode")}}, string(pdftest.Deflate([]byte(text))), text},
		{Dict{{"Filter", Array{Name("AHx"), Name("RL")}}}, "04 42 6f 6e 6a 6f FE 61 80>", "Bonjoaaa"},
		{Dict{{"Filter", Name("ASCII85Decode")}}, "87cURD]i,\"Ebo80~>", "Hello World!"},
		{Dict{{"Filter", Name("LZWDecode")}}, "\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", "-----A---B"},
		{Dict{{"Filter", Name("Fl")}, {"DecodeParms", Dict{{"Predictor", Number(12)}, {"Columns", Number(3)}}}},
			string(pdftest.Deflate([]byte{0, 1, 2, 3, 2, 1, 1, 1, 1, 5, 1, 1, 4, 1, 1, 1})), "\x01\x02\x03\x02\x03\x04\x05\x06\x07\x06\x07\x08"},
	} {
		got, err := d.Bytes(&Stream{Dict: c.dict, raw: []byte(c.raw)}, nil)
		if err != nil || string(got) != c.want {
			t.Errorf("%v: got %q (%v), want %q", c.dict, got, err, c.want)
		}
	}
	bomb := pdftest.Deflate(make([]byte, maxStream+1))
	if _, err := d.Bytes(&Stream{Dict: Dict{{"Filter", Name("Fl")}}, raw: bomb}, nil); doubt.Of(err) != doubt.LimitBytes {
		t.Errorf("a bomb: %v", err)
	}
}

func TestText(t *testing.T) {
	for s, want := range map[String]string{"Lettre \x85 \xe9t\xe9": "Lettre – été", "\xfe\xff\x00\xe9\x20\xac": "é€", "\xef\xbb\xbfété": "été", "\xff\xfe\xe9\x00": "é"} {
		if got, err := Text(s); err != nil || got != want {
			t.Errorf("%q: got %q (%v), want %q", s, got, err, want)
		}
	}
	if _, err := Text("\x1ben"); doubt.Of(err) != doubt.TextString {
		t.Errorf("a mark of a language: %v", err)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(sample(false))
	f.Add(sample(true))
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := Open(b)
		if err != nil {
			return
		}
		for n := range min(len(d.entries), 50) {
			if s, ok := d.Object(Ref(n)).(*Stream); ok {
				if _, err := d.Bytes(s, nil); err != nil {
					d.Doubt(err)
				}
			}
		}
		_ = d.Take() // any doubt will do
	})
}
