package quantity

import (
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"contrechamp.org/contrechamp/internal/word"
)

// hard are inputs that a careless scanner reads again and again.
var hard = []string{
	"1 000 ", "1 ", "12 34 56 ", "1-", "1/", "1:", "1.1.", "article 1, 2 et ", "un ", "deux ", "cent ", "mille ", "million ", "et ",
	"entre 1 et ", "de 1 à ", "3 ou ", "plus de ", "jusqu'à ", "two hundred and ", "a few ", "hundreds of ", "quatre-vingt-", "$", "US$", "$ 1 ",
	"3 juin, ", "1, 2, 3, ", "half a ", "one ", "dizaine de milliers de ", "% ", "A", "a1b2-", "00 00 ", "1 an sur 1 ",
}

// TestLinearWork compares the tokens looked at on inputs of n and 2n repetitions.
func TestLinearWork(t *testing.T) {
	for _, h := range hard {
		for _, language := range []string{"fr", "en", "de"} {
			visits := func(n int) int {
				text := strings.Repeat(h, n)
				s := newScanner(text, word.Cut(nil, text), language)
				s.run()
				return s.Visits
			}
			one, two := visits(500), visits(1000)
			if two > 2*one+2*one/10+1000 {
				t.Errorf("%s: %q 500 times: %d looks, 1000 times: %d", language, h, one, two)
			}
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, h := range hard {
		f.Add(h+h, "fr")
		f.Add(h+h+"caméras", "en")
	}
	f.Add("environ 3 milliards de dollars (2,479 milliards d'euros)", "fr")
	f.Add("1'000'000.5 US$ 9e99 99999999999999999999999999 \xff 5\u202f000", "en")
	f.Add("mille milliards de milliards d'euros", "fr")
	f.Fuzz(func(t *testing.T, text, language string) {
		tokens := word.Cut(nil, text)
		s := newScanner(text, tokens, language)
		s.run()
		end, last := 0, -1
		for _, q := range s.found {
			if q.Start < end || q.End <= q.Start || q.End > len(text) || q.Bare.Start < q.Start || q.Bare.End > q.End || q.Bare.Len() <= 0 {
				t.Fatalf("%q: %+v behind byte %d", text, q, end)
			}
			if q.First <= last || q.Last < q.First || q.Last >= len(tokens) || tokens[q.First].Start != q.Start || tokens[q.Last].End != q.End || q.Noun <= q.Last {
				t.Fatalf("%q: tokens of %+v", text, q)
			}
			if math.IsNaN(q.Number) || math.IsInf(q.Number, 0) || math.IsNaN(q.High) || math.IsInf(q.High, 0) || q.Number < 0 || q.High != 0 && q.High <= q.Number {
				t.Fatalf("%q: number of %+v", text, q)
			}
			if q.Qualifier == "" || q.Vague && q.Number != 0 {
				t.Fatalf("%q: %+v", text, q)
			}
			if utf8.ValidString(text) && !utf8.ValidString(text[q.Start:q.End]) {
				t.Fatalf("%q: %+v cuts a character", text, q)
			}
			end, last = q.End, q.Last
		}
		if limit := 200*len(tokens) + 1000; s.Visits > limit {
			t.Fatalf("%d tokens, %d looks", len(tokens), s.Visits)
		}
	})
}

// TestAsked finds every word that the code asks a token for in the list that brings it into the vocabularies.
func TestAsked(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("source files: %v, %v", files, err)
	}
	call, literal := regexp.MustCompile(`s\.Is\([^()]*(?:\+ ?\d)?, ("[^)]*")\)`), regexp.MustCompile(`"([^"]+)"`)
	known, seen := strings.Fields(asked), 0
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		source, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range call.FindAllSubmatch(source, -1) {
			for _, l := range literal.FindAllSubmatch(m[1], -1) {
				seen++
				if w := string(l[1]); w[0] >= 'a' && !slices.Contains(known, w) {
					t.Errorf("%s asks for %q, which is not in asked", f, w)
				}
			}
		}
	}
	if seen < 10 {
		t.Errorf("only %d words are asked for: the pattern of this test is out of date", seen)
	}
}

const sample = `La ville a signé en mars 2017 un contrat de près de 2,4 millions d'euros pour 217 caméras, dont 41 capables de lire les plaques.
Selon la préfecture, un millier de caméras seront installées d'ici 2022 dans plus de quatre-vingts lieux publics ; le taux d'erreur ne dépasserait pas 10 %.
Les associations dénoncent un système opaque et rappellent que la commission n'a rendu aucun avis sur le logiciel, qui compare les visages des passants.
`

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat(sample, 20)
	tokens := word.Cut(nil, text)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Find(text, tokens, "fr")
	}
}
