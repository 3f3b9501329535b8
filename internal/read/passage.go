package read

import (
	"contrechamp.org/contrechamp/internal/similar"
	"contrechamp.org/contrechamp/internal/word"
)

// passage is a piece of text whose words and numbers are cut and hashed, once; everything that reads them asks here.
type passage struct {
	text   string
	tokens []word.Token
	hashes []uint64 // of the tokens' folded words
}

func passageOf(text string) passage {
	room := len(text)/5 + 4
	p := passage{text: text, tokens: word.Cut(make([]word.Token, 0, room), text)}
	kept := p.tokens[:0]
	for _, t := range p.tokens {
		if t.Kind != word.Punct {
			kept = append(kept, t)
		}
	}
	p.tokens = kept
	p.hashes = make([]uint64, len(kept))
	for i, t := range kept {
		p.hashes[i] = word.Hash(t.Of(text))
	}
	return p
}

// words returns how many words and numbers there are.
func (p *passage) words() int { return len(p.tokens) }

// part is the passage of the words [i, j), in the same text.
func (p *passage) part(i, j int) passage {
	return passage{p.text, p.tokens[i:j], p.hashes[i:j]}
}

// key is equal for passages of the same folded words, and 0 for one without any. Keys are hashes: what is compared by
// them decides about roles, never about what is kept.
func (p *passage) key() uint64 {
	var k uint64
	for _, h := range p.hashes {
		k = word.Join(k, h)
	}
	return k
}

// keyOf is the key of a text.
func keyOf(text string) uint64 {
	p := passageOf(text)
	return p.key()
}

// wordsOf returns the words and numbers of text.
func wordsOf(text string) []word.Token { return passageOf(text).tokens }

// wordsIn returns the words of paragraph i, cut now where the reader has not cut them.
func (p *page) wordsIn(i int) *passage {
	if i < len(p.said) {
		return p.said[i]
	}
	w := passageOf(p.paragraphs[i].Of(p.body))
	return &w
}

// sketch is the sketch of what the page says, from the words that are cut already.
func (p *page) sketch() []uint64 {
	words := make([]uint64, 0, len(p.body)/6)
	for i := range p.paragraphs {
		if similar.Counts(p.paragraphs[i].Role) {
			words = append(words, p.wordsIn(i).hashes...)
		}
	}
	return similar.Sketch(words)
}
