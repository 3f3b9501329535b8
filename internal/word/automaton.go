package word

import (
	"slices"
	"unicode/utf8"
)

// Automaton knows a set of folded words, and tells in one pass over the letters of a word, which it folds on its way, how
// far the word goes along with one of them. Each point of the way has two values: one for words that end there, one for
// words that go on otherwise. It is a trie as a double array: what may follow a node stands at the node's base plus the
// number of the letter, and names that node as where it comes from.
type Automaton struct {
	symbol [256]uint8 // numbers of the bytes of the words, from 1; a capital has that of its small letter; 0 is in no word
	nodes  []node
	values []values
}

type node struct{ base, from int32 }

// values are those of a node: they are asked once a word, and stand apart so that more nodes fit beside each other.
type values struct{ whole, begun int32 }

// NewAutomaton makes the automaton of some words. Value is asked at the end of each of them, the shorter before the longer,
// what it means that a word ends there and that it goes on otherwise, given what that meant where the last word before it
// ended: begun is 0 before any.
func NewAutomaton(words []string, value func(w string, begun int32) (whole, goesOn int32)) *Automaton {
	words = slices.Clone(words)
	slices.Sort(words)
	words = slices.Compact(words)
	if len(words) > 0 && words[0] == "" {
		words = words[1:]
	}
	a := &Automaton{}
	symbols := 0
	for _, w := range words {
		for i := 0; i < len(w); i++ {
			if a.symbol[w[i]] == 0 {
				symbols++
				a.symbol[w[i]] = uint8(symbols)
			}
		}
	}
	for c := byte('A'); c <= 'Z'; c++ {
		a.symbol[c] = a.symbol[c+'a'-'A']
	}
	b := automatonBuilder{Automaton: a, words: words, value: value, free: int32(symbols) + 1, symbols: symbols}
	b.reach(symbols + 1)
	a.nodes[0].from = -1
	b.children(0, 0, 0, len(words))
	return a
}

type automatonBuilder struct {
	*Automaton
	words   []string
	value   func(w string, begun int32) (whole, goesOn int32)
	free    int32 // none that anybody may have is free before it: bases are above 0, so that a few are never had
	last    int32 // none behind it is in use
	symbols int
}

// reach makes the nodes up to n; those that are not in use come from nowhere.
func (b *automatonBuilder) reach(n int) {
	for len(b.nodes) <= n {
		b.nodes, b.values = append(b.nodes, node{from: -1}), append(b.values, values{})
	}
}

// children places the nodes behind node s, to which words[from:to] lead by their first depth bytes.
func (b *automatonBuilder) children(s int32, depth, from, to int) {
	if from < to && len(b.words[from]) == depth {
		b.values[s].whole, b.values[s].begun = b.value(b.words[from], b.values[s].begun)
		from++
	}
	if from == to {
		return
	}
	type run struct {
		symbol   int32
		from, to int
	}
	var runs []run
	for i := from; i < to; {
		j := i + 1
		for j < to && b.words[j][depth] == b.words[i][depth] {
			j++
		}
		runs = append(runs, run{int32(b.symbol[b.words[i][depth]]), i, j})
		i = j
	}
	for ; int(b.free) < len(b.nodes) && b.nodes[b.free].from >= 0; b.free++ {
	}
	base := b.free - runs[0].symbol
	if len(runs) > 1 {
		// the holes far back are left to nodes with one letter behind them: for others the search would be long
		const near = 64
		base = max(base, b.last-near)
	}
search:
	for ; ; base++ {
		b.reach(int(base) + b.symbols + 1)
		for _, r := range runs {
			if b.nodes[base+r.symbol].from >= 0 {
				continue search
			}
		}
		break
	}
	b.nodes[s].base = base
	for _, r := range runs {
		b.last = max(b.last, base+r.symbol)
		n := base + r.symbol
		b.nodes[n].from, b.values[n] = s, values{b.values[s].begun, b.values[s].begun}
	}
	for _, r := range runs {
		b.children(base+r.symbol, depth+1, r.from, r.to)
	}
}

// Value returns the value of a word as it stands in a text.
func (a *Automaton) Value(w string) int32 {
	s := int32(0)
	for i := 0; i < len(w); i++ {
		c := w[i]
		if c >= utf8.RuneSelf {
			if c != 0xC3 || i+1 >= len(w) || w[i+1]&0xC0 != 0x80 || latinFold[w[i+1]&0x3F] == 0 {
				return a.folded(s, w[i:])
			}
			c = latinFold[w[i+1]&0x3F]
			i++
		}
		n := a.nodes[s].base + int32(a.symbol[c])
		if a.nodes[n].from != s {
			return a.values[s].begun
		}
		s = n
	}
	return a.values[s].whole
}

// folded goes on from node s with the rest of a word that needs the whole table of folds.
func (a *Automaton) folded(s int32, rest string) int32 {
	s, whole := a.foldedEnd(s, rest)
	if whole {
		return a.values[s].whole
	}
	return a.values[s].begun
}

// foldedEnd is the node that the rest of a word leads to from node s, and whether all of it goes there.
func (a *Automaton) foldedEnd(s int32, rest string) (int32, bool) {
	var buf [64]byte
	for _, c := range AppendFold(buf[:0], rest) {
		n := a.nodes[s].base + int32(a.symbol[c])
		if a.nodes[n].from != s {
			return s, false
		}
		s = n
	}
	return s, true
}

// AtOnce is how many words Values takes.
const AtOnce = 64

// walk is a word on its way through the automaton.
type walk struct {
	at, end int // what is left of it in the text
	s, next int32
	node    node // the next one
	word    uint8
}

// Values does what Value does for some tokens of a text, AtOnce at most. They go side by side, a letter each: the nodes lie far from the
// processor, and those of all words are fetched at once.
func (a *Automaton) Values(text string, toks []Token, out *[AtOnce]int32) {
	var room [AtOnce]walk
	var whole [AtOnce]bool
	for i := range toks {
		room[i] = walk{at: toks[i].Start, end: toks[i].End, node: a.nodes[0], word: uint8(i)}
	}
	// while words are on their way, out has where they have come to
	for going := room[:len(toks)]; len(going) > 0; {
		left := going[:0]
		for i := range going {
			w := &going[i]
			if w.at == w.end {
				out[w.word], whole[w.word] = w.s, true
				continue
			}
			c := text[w.at]
			if c >= utf8.RuneSelf {
				if c != 0xC3 || w.at+1 >= w.end || text[w.at+1]&0xC0 != 0x80 || latinFold[text[w.at+1]&0x3F] == 0 {
					out[w.word], whole[w.word] = a.foldedEnd(w.s, text[w.at:w.end])
					continue
				}
				w.at++
				c = latinFold[text[w.at]&0x3F]
			}
			w.at++
			w.next = w.node.base + int32(a.symbol[c])
			w.node = a.nodes[w.next]
			left = append(left, *w)
		}
		going = left[:0]
		for i := range left {
			w := &left[i]
			if w.node.from != w.s {
				out[w.word] = w.s
				continue
			}
			w.s = w.next
			going = append(going, *w)
		}
	}
	for i := range toks {
		v := &a.values[out[i]]
		out[i] = v.begun
		if whole[i] {
			out[i] = v.whole
		}
	}
}
