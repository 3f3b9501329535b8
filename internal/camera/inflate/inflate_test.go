package inflate

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"hash/adler32"
	"io"
	"math/rand/v2"
	"testing"
)

// samples are outputs that make every kind of block and code.
func samples() map[string][]byte {
	r := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, 70_000)
	for i := range noise {
		noise[i] = byte(r.Uint32())
	}
	varints := make([]byte, 0, 200_000)
	for len(varints) < 190_000 {
		varints = binary.AppendUvarint(varints, uint64(r.ExpFloat64()*300))
	}
	skewed := make([]byte, 0, 100_000) // long codes: a letter half as frequent as the one before
	for len(skewed) < 100_000 {
		b := byte(0)
		for b < 40 && r.Uint32()&1 == 0 {
			b++
		}
		skewed = append(skewed, b)
	}
	return map[string][]byte{
		"empty": nil, "one": {7}, "run": bytes.Repeat([]byte{'a'}, 66_000), "noise": noise, "varints": varints,
		"skewed": skewed,
		"words":  bytes.Repeat([]byte("man_made surveillance camera:direction 90 "), 3000),
		"mixed":  append(append(append([]byte{}, noise[:3000]...), varints[:70_000]...), noise[:5000]...),
	}
}

func compress(t testing.TB, b []byte, level int) []byte {
	t.Helper()
	var packed bytes.Buffer
	w, err := zlib.NewWriterLevel(&packed, level)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

func TestWhole(t *testing.T) {
	var z Stream
	for name, want := range samples() {
		for level := -2; level <= 9; level++ {
			packed := compress(t, want, level)
			out := make([]byte, len(want))
			z.Reset(packed, out)
			if err := z.Rest(); err != nil {
				t.Errorf("%s, level %d: %v", name, level, err)
			} else if !bytes.Equal(out, want) {
				t.Errorf("%s, level %d: other bytes", name, level)
			}
		}
	}
}

// TestHeadThenRest asks for more and more, with input that arrives in pieces.
func TestHeadThenRest(t *testing.T) {
	var z Stream
	for name, want := range samples() {
		for _, level := range []int{-2, 0, 1, 6, 9} {
			packed := compress(t, want, level)
			for _, piece := range []int{1, 7, 500, len(packed)} {
				if piece == 1 && len(packed) > 30_000 {
					continue
				}
				out := make([]byte, len(want))
				given := min(piece, len(packed))
				z.Reset(packed[:given], out)
				more := func(err error) bool {
					if err == nil {
						return false
					}
					if !errors.Is(err, ErrShort) || given == len(packed) {
						t.Fatalf("%s, level %d, pieces of %d: %v at %d of %d", name, level, piece, err, z.Done(), len(want))
					}
					given = min(given+piece, len(packed))
					z.Extend(packed[:given])
					return true
				}
				for n := 0; n < len(want); n = n*2 + 100 {
					for more(z.Head(n)) {
					}
					if z.Done() < n || !bytes.Equal(out[:z.Done()], want[:z.Done()]) {
						t.Fatalf("%s, level %d, pieces of %d: head of %d is wrong", name, level, piece, n)
					}
				}
				for more(z.Rest()) {
				}
				if !bytes.Equal(out, want) {
					t.Fatalf("%s, level %d, pieces of %d: other bytes", name, level, piece)
				}
			}
		}
	}
}

func TestRefuses(t *testing.T) {
	text := bytes.Repeat([]byte("surveillance "), 400)
	packed := compress(t, text, 6)
	altered := bytes.Clone(packed)
	altered[len(altered)-1] ^= 1
	dictionary := bytes.Clone(packed)
	dictionary[1] = dictionary[1]&0xc0 | 0x20
	dictionary[1] += byte(31 - (uint(dictionary[0])<<8|uint(dictionary[1]))%31)
	var z Stream
	for _, c := range []struct {
		name   string
		packed []byte
		size   int
		want   error
	}{
		{"nothing", nil, 10, ErrShort},
		{"no zlib", []byte("hello, hello"), 10, ErrHeader},
		{"with a dictionary", dictionary, len(text), ErrHeader},
		{"cut", packed[:len(packed)/2], len(text), ErrShort},
		{"no checksum", packed[:len(packed)-4], len(text), ErrShort},
		{"another checksum", altered, len(text), ErrChecksum},
		{"holds more than it says", packed, len(text) - 1, ErrLong},
		{"holds less than it says", packed, len(text) + 1, ErrShort},
		{"a bomb", compress(t, make([]byte, 1<<20), 9), 1000, ErrLong},
		{"a block of no kind", []byte{0x78, 0x9c, 0x07, 0, 0, 0, 0, 0}, 10, ErrCorrupt},
		{"a distance before the start", []byte{0x78, 0x9c, 0x03, 0x02, 0x00, 0, 0, 0, 0, 0, 0}, 10, ErrCorrupt},
	} {
		z.Reset(c.packed, make([]byte, c.size))
		if err := z.Rest(); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
	}
}

// FuzzAgainstStandardLibrary: what compress/flate inflates, we inflate to the same bytes; what it refuses, we refuse.
func FuzzAgainstStandardLibrary(f *testing.F) {
	for _, b := range samples() {
		b = b[:min(len(b), 3000)]
		for _, level := range []int{-2, 0, 1, 9} {
			packed := compress(f, b, level)
			f.Add(packed[2:len(packed)-4], uint16(10))
		}
	}
	f.Add([]byte{0x03, 0x02, 0x00}, uint16(0))
	f.Fuzz(func(t *testing.T, raw []byte, head uint16) {
		const limit = 1 << 16
		want, wantErr := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(raw)), limit+1))
		if len(want) > limit {
			return
		}
		packed := append([]byte{0x78, 0x9c}, raw...)
		if wantErr == nil {
			// What follows the last block is not looked at, so the checksum has to be put where the blocks end.
			r := bytes.NewReader(raw)
			if _, err := io.Copy(io.Discard, flate.NewReader(r)); err != nil {
				t.Fatal(err)
			}
			packed = binary.BigEndian.AppendUint32(packed[:len(packed)-r.Len()], adler32.Checksum(want))
		}
		var z Stream
		out := make([]byte, len(want))
		z.Reset(packed, out)
		if n := int(head); n <= len(out) && wantErr == nil {
			if err := z.Head(n); err != nil {
				t.Fatalf("head of %d: %v", n, err)
			}
			if !bytes.Equal(out[:z.Done()], want[:z.Done()]) {
				t.Fatal("other bytes in the head")
			}
		}
		err := z.Rest()
		if (err == nil) != (wantErr == nil) {
			t.Fatalf("got %v, the standard library %v", err, wantErr)
		}
		if err == nil && !bytes.Equal(out, want) {
			t.Fatal("other bytes")
		}
	})
}

func BenchmarkInflate(b *testing.B) {
	for _, name := range []string{"varints", "words", "skewed"} {
		want := samples()[name]
		packed := compress(b, want, 6)
		out := make([]byte, len(want))
		b.Run(name, func(b *testing.B) {
			var z Stream
			b.SetBytes(int64(len(want)))
			for b.Loop() {
				z.Reset(packed, out)
				if err := z.Rest(); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"/std", func(b *testing.B) {
			b.SetBytes(int64(len(want)))
			r, err := zlib.NewReader(bytes.NewReader(packed))
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if err := r.(zlib.Resetter).Reset(bytes.NewReader(packed), nil); err != nil {
					b.Fatal(err)
				}
				if _, err := io.ReadFull(r, out); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func TestAdler(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	long := bytes.Repeat([]byte{0xff}, 3<<20)
	for i := 0; i < 200; i++ {
		b := make([]byte, r.IntN(5000))
		for j := range b {
			b[j] = byte(r.Uint32())
		}
		if got, want := adler(b), adler32.Checksum(b); got != want {
			t.Fatalf("%d bytes: got %08x, want %08x", len(b), got, want)
		}
	}
	for _, n := range []int{0, 1, 7, 8, 9, 1 << 20, 1<<20 + 3, len(long)} {
		if got, want := adler(long[:n]), adler32.Checksum(long[:n]); got != want {
			t.Errorf("%d bytes of 255: got %08x, want %08x", n, got, want)
		}
	}
}
