package flow

import (
	"testing"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"":                        "",
		" a  b\n\tc ":             "a b\tc",
		"déjà vu":                 "déjà vu",
		"10\u00a0%\u202f!":        "10 % !",
		"a\u200bb\u00adc\ufeff":   "abc",
		"a\x00b\x7f":              "a b",
		"\xffa":                   "\uFFFDa",
		"\uf0b7 point":            "• point",
		"a\tb\t\tc":               "a\tb\tc",
		"un\u2003deux\u2028tiers": "un deux tiers",
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

// What is clean stays as it is.
func FuzzClean(f *testing.F) {
	f.Add(" a\u00a0 b\tc\xff")
	f.Fuzz(func(t *testing.T, s string) {
		once := Clean(s)
		if !utf8.ValidString(once) || Clean(once) != once {
			t.Errorf("Clean(%q) = %q, and then %q", s, once, Clean(once))
		}
	})
}
