package codepage

import "testing"

// TestEncoding decodes the same word as programs of several countries wrote it.
func TestEncoding(t *testing.T) {
	for _, c := range []struct {
		number      int
		bytes, want string
	}{
		{1252, "cam\xe9ra", "caméra"}, {0, "cam\xe9ra", "caméra"}, {77777, "cam\xe9ra", "caméra"}, {850, "cam\x82ra", "caméra"},
		{10000, "cam\x8era", "caméra"}, {65001, "cam\xc3\xa9ra", "caméra"}, {1251, "\xea\xe0\xec\xe5\xf0\xe0", "камера"},
		{20866, "\xcb\xc1\xcd\xc5\xd2\xc1", "камера"}, {28595, "\xda\xd0\xdc\xd5\xe0\xd0", "камера"}, {1250, "\x9e", "ž"}, {932, "\x83\x4a", "カ"},
	} {
		got, err := Encoding(c.number).NewDecoder().String(c.bytes)
		if err != nil || got != c.want {
			t.Errorf("%d: %q is %q (%v), want %q", c.number, c.bytes, got, err, c.want)
		}
	}
}
