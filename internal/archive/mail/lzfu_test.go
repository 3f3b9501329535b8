package mail

import (
	"bytes"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/archive/archivetest"
)

// TestUnpackRTF unpacks the two examples of MS-OXRTFCP (4.1), what our own packer made, and what is damaged.
func TestUnpackRTF(t *testing.T) {
	unhex := func(s string) []byte {
		b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	simple := unhex("2d000000 2b000000 4c5a4675 f1c5c7a7 03000a00 72637067 31323542 320af320 68656c09 00206277 05b06c64 7d0a800f a0")
	crossing := unhex("1a000000 1c000000 4c5a4675 e2d44b51 41000420 5758595a 0d6e7d01 0eb0")
	long := []byte(`{\rtf1\ansi ` + strings.Repeat(`Une caméra, puis \b deux\b0 , sur la place de la gare. `, 2000) + "}")
	packed := archivetest.PackRTF(long)
	if len(packed)*4 > len(long) {
		t.Errorf("%d bytes were packed to %d", len(long), len(packed))
	}
	changed := bytes.Clone(simple)
	changed[len(changed)-8] ^= 1
	bomb := bytes.Clone(packed)
	copy(bomb[4:], []byte{0xff, 0xff, 0xff, 0x7f})
	small := bytes.Clone(packed)
	copy(small[4:], []byte{10, 0, 0, 0})
	other := bytes.Clone(simple)
	other[8] = 'X'
	for _, c := range []struct {
		name string
		b    []byte
		want string
		err  string
	}{
		{"the first example", simple, "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n", ""},
		{"the example that crosses its own write position", crossing, `{\rtf1 WXYZWXYZWXYZWXYZWXYZ}`, ""},
		{"a long one", packed, string(long), ""},
		{"not compressed", append([]byte{18, 0, 0, 0, 6, 0, 0, 0, 'M', 'E', 'L', 'A', 0, 0, 0, 0}, `{\rtf}`...), `{\rtf}`, ""},
		{"nothing", nil, "", "its head is missing"},
		{"cut", simple[:30], "", "shorter than it says"},
		{"changed", changed, "", "checksum is wrong"},
		{"bomb", bomb, "", "unpacks to 2047 MiB"},
		{"larger than it says", small, "", "more than it says"},
		{"another kind", other, "", "does not say how"},
		{"sizes that wrap", unhex("00000000 ffffffff 4c5a4675 00000000"), "", "shorter than it says"},
	} {
		got, err := unpackRTF(c.b)
		if string(got) != c.want || (err == nil) != (c.err == "") || err != nil && (!strings.Contains(err.Error(), c.err) || !errors.Is(err, contrechamp.ErrInvalid)) {
			t.Errorf("%s: got %d bytes %.60q, %v; want %.60q, %q", c.name, len(got), got, err, c.want, c.err)
		}
	}
}

// FuzzUnpackRTF unpacks whatever comes, with and without a checksum that is right.
func FuzzUnpackRTF(f *testing.F) {
	f.Add(archivetest.PackRTF([]byte(`{\rtf1 hello, hello, hello}`)))
	f.Add([]byte("\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if out, err := unpackRTF(b); err != nil && !errors.Is(err, contrechamp.ErrInvalid) || len(out) > MaxBytes {
			t.Errorf("%d bytes, %v", len(out), err)
		}
		const size = 1 << 20
		if out, err := inflateRTF(b, size); err == nil && len(out) > size {
			t.Errorf("%d bytes", len(out))
		}
		out, err := unpackRTF(archivetest.PackRTF(b))
		if err != nil || !bytes.Equal(out, b) {
			t.Errorf("packed and unpacked: %q, %v", out, err)
		}
	})
}
