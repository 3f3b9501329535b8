package calendar

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// hard are inputs that a careless scanner reads again and again.
var hard = []string{
	"1/", "1-", "2019-", "2019, ", "2019 et ", "en ", "de la ", "fin ", "fin de la ", "mi-", "le mois de ", "juin ", "3 juin à ", "juin 2019 à ", "19 au ",
	"mardi ", "mardi 3 ", "il y a ", "depuis 3 ans ", "ces trois dernières ", "last ", "last year ", "the end of the ", "June 3, ", "june ", "premier ",
	"premier semestre ", "T1 ", "années ", "une dizaine d'", "the 1990s ", "over the past ", "dernier ", "1.2.2020 ", "(2019", "entre 2007 et ", "spring of ",
	"en 2019 et ", "du 1er au ", "de juin à ", "hier ",
}

// TestLinearWork compares the tokens looked at on inputs of n and 2n repetitions.
func TestLinearWork(t *testing.T) {
	ref := contrechamp.Date{Year: 2021, Month: 6, Day: 23}
	for _, h := range hard {
		for _, language := range []string{"fr", "en", "de"} {
			visits := func(n int) int {
				text := strings.Repeat(h, n)
				s := newScanner(text, word.Cut(nil, text), language, ref)
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
		f.Add(h+h, "fr", 2021, 6, 23)
		f.Add(h+h+"x", "en", 2021, 2, 0)
		f.Add(h+"2000", "en-GB", 2020, 0, 0)
	}
	f.Add("31/02/2021 29 février, mardi 31, 00/00/0000, 99.99.9999", "fr", 2021, 2, 28)
	f.Add("il y a deux cents ans, 200 years ago", "fr", 1, 1, 1)
	f.Add("200 years from now, next year", "en", 9999, 12, 31)
	f.Fuzz(func(t *testing.T, text, language string, year, month, day int) {
		ref := contrechamp.Date{Year: year, Month: month, Day: day}
		if !ref.Valid() {
			ref = contrechamp.Date{}
		}
		tokens := word.Cut(nil, text)
		s := newScanner(text, tokens, language, ref)
		s.run()
		end, last := 0, -1
		for _, d := range s.result(nil) {
			if d.Start < end || d.Span.End <= d.Start || d.Span.End > len(text) {
				t.Fatalf("%q: %+v behind byte %d", text, d, end)
			}
			if d.First <= last || d.Last < d.First || d.Last >= len(tokens) || tokens[d.First].Start != d.Start || tokens[d.Last].End != d.Span.End {
				t.Fatalf("%q: tokens of %+v", text, d)
			}
			if !d.Date.Valid() || !d.Next.Valid() || !d.End.IsZero() && !d.End.Valid() {
				t.Fatalf("%q: %+v", text, d)
			}
			if d.Relative && ref.IsZero() {
				t.Fatalf("%q: %+v reckoned from nothing", text, d)
			}
			if d.Next.Compare(d.Date) < 0 {
				t.Fatalf("%q: %+v: Next before Date", text, d)
			}
			if utf8.ValidString(text) && !utf8.ValidString(text[d.Start:d.Span.End]) {
				t.Fatalf("%q: %+v cuts a character", text, d)
			}
			_ = d.Part.String() + d.Cue.String()
			end, last = d.Span.End, d.Last
		}
		if limit := 300*len(tokens) + 1000; s.Visits > limit {
			t.Fatalf("%d tokens, %d looks", len(tokens), s.Visits)
		}
		Parse(text, language)
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
	ref := contrechamp.Date{Year: 2021, Month: 6, Day: 23}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Find(text, tokens, "fr", ref)
	}
}
