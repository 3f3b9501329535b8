package contrechamp

import (
	"errors"
	"reflect"
	"testing"
)

// The text "Évreux : 64 caméras" of the page "<p>&Eacute;vreux&nbsp;:\n  64 <b>cam</b>éras</p>", in windows-1252 or whatever.
var sampled = Origin{{Text: 2, Source: 11, Len: 5}, {Text: 9, Source: 22, Len: 1}, {Text: 11, Source: 26, Len: 3}, {Text: 14, Source: 32, Len: 3}, {Text: 17, Source: 39, Len: 0}}

func TestOriginSource(t *testing.T) {
	for _, c := range []struct {
		name     string
		text     Span
		source   Span
		nowhere  bool
		whatever Origin
	}{
		{name: "within a run", text: Span{3, 5}, source: Span{12, 14}},
		{name: "a whole run", text: Span{2, 7}, source: Span{11, 16}},
		{name: "over a gap", text: Span{5, 13}, source: Span{14, 28}},
		{name: "one character of a gap", text: Span{7, 9}, source: Span{16, 22}},
		{name: "over a tag", text: Span{12, 16}, source: Span{27, 34}},
		{name: "up to the mark at the end", text: Span{14, 17}, source: Span{32, 35}},
		{name: "before the first run", text: Span{0, 2}, nowhere: true},
		{name: "nothing", text: Span{4, 4}, nowhere: true},
		{name: "beyond the end", text: Span{17, 20}, nowhere: true},
	} {
		got, ok := sampled.Source(c.text)
		if ok == c.nowhere || ok && got != c.source {
			t.Errorf("%s: %v of the text is %v (%v), want %v", c.name, c.text, got, ok, c.source)
		}
	}
	columns := Origin{{Text: 0, Source: 0, Len: 4}, {Text: 5, Source: 20, Len: 4}, {Text: 10, Source: 8, Len: 4}, {Text: 15, Source: 28, Len: 4}} // read one after the other
	for text, want := range map[Span]Span{{5, 14}: {8, 24}, {6, 7}: {21, 22}, {0, 19}: {0, 32}, {7, 12}: {8, 24}, {11, 14}: {9, 12}} {
		if got, ok := columns.Source(text); !ok || got != want {
			t.Errorf("columns: %v of the text is %v (%v), want %v", text, got, ok, want)
		}
	}
	if _, ok := Origin(nil).Source(Span{0, 1}); ok {
		t.Error("an unknown origin has a place")
	}
}

func TestOriginRoundTrip(t *testing.T) {
	back := append(Origin{}, sampled...)
	back[2].Source = 3 // a text may go back in its bytes
	for _, want := range []Origin{nil, sampled, back} {
		b, err := want.AppendBinary(nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := ParseOrigin(b)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %v (%v), want %v", got, err, want)
		}
	}
	for _, bad := range []string{"\x01", "\x01\x02", "\x80", "\x01\x03\x01", "\xff\xff\xff\xff\xff\xff\xff\xff\x7f\x00\x00"} {
		if _, err := ParseOrigin([]byte(bad)); !errors.Is(err, ErrAltered) {
			t.Errorf("%q: %v, want ErrAltered", bad, err)
		}
	}
}

// Text in a page in a file: the two maps in one.
func TestOriginThrough(t *testing.T) {
	page := Origin{{Text: 0, Source: 10, Len: 4}, {Text: 5, Source: 20, Len: 6}}
	file := Origin{{Text: 0, Source: 3, Len: 12}, {Text: 14, Source: 18, Len: 8}, {Text: 24, Source: 29, Len: 10}}
	got := page.Through(file)
	want := Origin{{Text: 0, Source: 13, Len: 2}, {Text: 4, Source: 18, Len: 0}, {Text: 5, Source: 24, Len: 2}, {Text: 9, Source: 29, Len: 2}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if s, ok := got.Source(Span{5, 11}); !ok || s != (Span{24, 31}) {
		t.Errorf("got %v, %v", s, ok)
	}
}

func FuzzParseOrigin(f *testing.F) {
	b, _ := sampled.AppendBinary(nil) // it never fails
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		o, err := ParseOrigin(b)
		if err != nil {
			return
		}
		again, err := o.AppendBinary(nil)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := ParseOrigin(again); err != nil || !reflect.DeepEqual(back, o) {
			t.Errorf("%v comes back as %v (%v)", o, back, err)
		}
		o.Source(Span{0, 1 << 20})
	})
}
