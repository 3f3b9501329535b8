package passage_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"contrechamp.org/contrechamp/internal/claim/claimtest"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// TestEntryOf: a word's entry is the automaton's, whichever way it is looked up.
func TestEntryOf(t *testing.T) {
	e := claimtest.Engine(t)
	r := rand.New(rand.NewPCG(1, 2))
	for _, g := range e.Knowledge.ByLanguage {
		text := claimtest.Article(strings.Join(words(g), " "), g.Language)
		d := claimtest.Read(t, e, text)
		var list []string
		for _, w := range words(g) {
			more := w + string(rune('a'+r.IntN(26)))
			list = append(list, w, more, w[:1+r.IntN(len(w))], strings.ToUpper(w), strings.ToTitle(w[:1])+w[1:], w+"é", "x"+w)
		}
		for range 2 { // the second time out of memory
			for _, w := range list {
				for _, behind := range []string{"", " und mehr als das, was folgt"} {
					d.Body = w + behind
					var ids [passage.AtOnce]int32
					d.EntriesOf(g, []word.Token{{End: len(w)}}, &ids)
					want := g.Words.Value(w)
					if of := g.CompoundDevice(w, want); of != 0 {
						want = of
					}
					if got := ids[0]; got != want {
						t.Fatalf("%s: %q is entry %d, want %d", g.Language, w, got, want)
					}
				}
			}
		}
	}
}

// words are some of a grammar's words and beginnings.
func words(g *grammar.Grammar) (out []string) {
	for w := range g.Exact {
		out = append(out, w)
	}
	for w := range g.Prefix {
		out = append(out, w)
	}
	return out
}
