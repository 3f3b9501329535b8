package claim

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	"contrechamp.org/contrechamp/internal/word"
)

// TestEntryOf: a word's entry is the automaton's, whichever way it is looked up.
func TestEntryOf(t *testing.T) {
	e := engine(t)
	r := rand.New(rand.NewPCG(1, 2))
	for _, g := range e.order {
		text := article(strings.Join(words(g), " "), g.language)
		d, err := e.read(context.Background(), &text)
		if err != nil {
			t.Fatal(err)
		}
		var list []string
		for _, w := range words(g) {
			more := w + string(rune('a'+r.IntN(26)))
			list = append(list, w, more, w[:1+r.IntN(len(w))], strings.ToUpper(w), strings.ToTitle(w[:1])+w[1:], w+"é", "x"+w)
		}
		for range 2 { // the second time out of memory
			for _, w := range list {
				for _, behind := range []string{"", " und mehr als das, was folgt"} {
					d.body = w + behind
					var ids [atOnce]int32
					d.entriesOf(g, []word.Token{{End: len(w)}}, &ids)
					want := g.words.Value(w)
					if of := g.compoundDevice(w, want); of != 0 {
						want = of
					}
					if got := ids[0]; got != want {
						t.Fatalf("%s: %q is entry %d, want %d", g.language, w, got, want)
					}
				}
			}
		}
		d.release()
	}
}

// words are some of a grammar's words and beginnings.
func words(g *grammar) (out []string) {
	for w := range g.exact {
		out = append(out, w)
	}
	for w := range g.prefix {
		out = append(out, w)
	}
	return out
}
