package store

import (
	"strings"
	"testing"

	"contrechamp.org/contrechamp"
)

// fts5Of writes terms as SQLite's index is asked.
func fts5Of(terms []contrechamp.Term) (string, error) {
	e, err := parse(terms)
	if err != nil || e.empty() {
		return "", err
	}
	_, argument := sqliteIndex{}.match(e)
	return argument, nil
}

func TestMatch(t *testing.T) {
	w := func(forms ...string) []string { return forms }
	term := func(words ...[]string) contrechamp.Term { return contrechamp.Term{Words: words} }
	begin := contrechamp.Term{Words: [][]string{w("les"), w("cam")}, Prefix: true}
	not := term(w("drone"))
	not.Not = true
	for _, tt := range []struct {
		terms []contrechamp.Term
		want  string
	}{
		{nil, ``},
		{[]contrechamp.Term{term(w("camera"))}, `stemmed : ("camera")`},
		{[]contrechamp.Term{term(w("cameras", "camer"))}, `stemmed : ("cameras" OR "camer")`},
		{[]contrechamp.Term{term(w("a", "b"), w("c"))}, `stemmed : ("a c" OR "b c")`},
		{[]contrechamp.Term{begin}, `folded : ("les cam" *)`},
		{[]contrechamp.Term{not, term(w("a")), term(w("b"))}, `(stemmed : ("a") AND stemmed : ("b")) NOT ((stemmed : ("drone")))`},
		{[]contrechamp.Term{term(w(`a" OR "b`))}, `stemmed : ("a OR b")`},
	} {
		if got, err := fts5Of(tt.terms); err != nil || got != tt.want {
			t.Errorf("match(%v) = %s, %v, want %s", tt.terms, got, err, tt.want)
		}
	}
	long := contrechamp.Term{}
	for range 12 {
		long.Words = append(long.Words, w("a", "b", "c"))
	}
	got, err := fts5Of([]contrechamp.Term{long})
	if n := strings.Count(got, " AND ") + 1; err != nil || n != 10 || strings.Count(got, " OR ")+n != 270 {
		t.Errorf("a long phrase: got %d windows, %v, want 10 of 27 ways", n, err)
	}
}

// FuzzMatch asks a real index for whatever can be typed: it answers or refuses, and never complains of syntax.
func FuzzMatch(f *testing.F) {
	for _, seed := range []string{"camera", `a" OR "b`, "NEAR(a b)", "a*", "^a", "{folded}:a", "a\x00b", "'; --", "é 摄像头 😀", "- -", "\xff"} {
		f.Add(seed, "b", true, false)
	}
	s := openTest(f, testOptions(f.TempDir()))
	saveArticle(f, s, 1)
	f.Fuzz(func(t *testing.T, a, b string, prefix, not bool) {
		q := contrechamp.Query{Terms: []contrechamp.Term{{Words: [][]string{{"ville"}}}, {Words: [][]string{{a, b}, {b}}, Prefix: prefix, Not: not}}}
		_, _, err := s.Find(t.Context(), q)
		if err != nil && !isOurs(err) && t.Context().Err() == nil {
			t.Errorf("%q %q: %v", a, b, err)
		}
	})
}
