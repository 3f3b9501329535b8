package word

import (
	"strings"
	"testing"
)

// slowValue is what Value answers, by comparing with every word.
func slowValue(words []string, w string) int32 {
	folded := Fold(w)
	best := int32(0)
	for i, x := range words {
		switch {
		case x == folded:
			return int32(2*i + 2)
		case strings.HasPrefix(folded, x) && (best == 0 || len(words[(best-1)/2]) < len(x)):
			best = int32(2*i + 1)
		}
	}
	return best
}

func automatonOf(words []string) *Automaton {
	number := map[string]int32{}
	for i, w := range words {
		number[w] = int32(i)
	}
	return NewAutomaton(words, func(w string, begun int32) (int32, int32) { return 2*number[w] + 2, 2*number[w] + 1 })
}

var automatonWords = []string{"camera", "cameras", "cam", "police", "l'", "'s", ",", "«", "...", "oe", "strasse", "київ", "installe", "install", "2020", "a", "x"}

func TestAutomaton(t *testing.T) {
	a := automatonOf(automatonWords)
	for _, w := range []string{"Caméras", "CAMÉRA", "cam", "camp", "ca", "", "police", "polices", "l’", "L'", "l", "’s", ",", "«", "…", "œ", "œuvre",
		"Straße", "Київ", "Киї", "installés", "INSTALLE", "20", "2020", "20201", "À", "Ã", "\xff", "\xc3", "a\xc3", "北", "cam\u00adera", "ca\u0301m", "z"} {
		if got, want := a.Value(w), slowValue(automatonWords, w); got != want {
			t.Errorf("%q: %d, want %d", w, got, want)
		}
	}
	if got := NewAutomaton(nil, nil).Value("camera"); got != 0 {
		t.Errorf("an automaton of no words answers %d", got)
	}
}

func FuzzAutomaton(f *testing.F) {
	f.Add("camera cam l' œ", "Caméras")
	f.Add("\x00 \xff a aa aaa", "aaaa")
	f.Fuzz(func(t *testing.T, list, w string) {
		var words []string
		seen := map[string]bool{}
		for _, x := range strings.Fields(list) {
			if x = Fold(x); x != "" && !seen[x] {
				seen[x] = true
				words = append(words, x)
			}
		}
		if got, want := automatonOf(words).Value(w), slowValue(words, w); got != want {
			t.Errorf("%q among %q: %d, want %d", w, words, got, want)
		}
	})
}

func BenchmarkAutomaton(b *testing.B) {
	a := automatonOf(automatonWords)
	text := strings.Repeat("La police a installé des caméras sur la place ; l'opposition n'en veut pas. ", 40)
	tokens := Cut(nil, text)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		for _, t := range tokens {
			a.Value(t.Of(text))
		}
	}
}
