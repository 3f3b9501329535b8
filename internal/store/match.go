package store

import (
	"fmt"
	"strings"

	"contrechamp.org/contrechamp"
)

const (
	// mostWords is how many words a query may have in all.
	mostWords = 200
	// mostPhrases is how many ways of writing a phrase are asked for one by one.
	mostPhrases = 256
	// window is into how many words a longer phrase is cut.
	window = 3
)

// expression is what pieces must and must not hold. Each engine writes it in its own words.
type expression struct {
	wanted   []phrase
	unwanted [][]phrase // a piece that holds all phrases of one of them does not match
}

func (e expression) empty() bool { return len(e.wanted) == 0 }

// phrase is words that follow each other, each in one of its forms. With prefix, the last word begins with one of
// its forms; a stem may be shorter than what was typed, so all its words are then sought among the folded ones.
type phrase struct {
	words  [][]string
	prefix bool
}

// parse reads terms. It is empty when there are none.
//
// BUG: a phrase whose words have more than mostPhrases combinations of forms is asked for as its overlapping windows of
// three words: a piece that has all the windows but not the phrase matches too.
func parse(terms []contrechamp.Term) (expression, error) {
	var e expression
	words := 0
	for _, t := range terms {
		phrases, err := phrasesOf(t)
		if err != nil {
			return expression{}, err
		}
		if words += len(t.Words); words > mostWords {
			return expression{}, contrechamp.WithHint(fmt.Errorf("a search of more than %d words: %w", mostWords, contrechamp.ErrInvalid), "search for fewer words")
		}
		if t.Not {
			e.unwanted = append(e.unwanted, phrases)
		} else {
			e.wanted = append(e.wanted, phrases...)
		}
	}
	if e.empty() && len(e.unwanted) > 0 {
		return expression{}, contrechamp.WithHint(fmt.Errorf("a search of nothing but words to leave out: %w", contrechamp.ErrInvalid),
			"add a word to look for: search camera -drone")
	}
	return e, nil
}

func phrasesOf(t contrechamp.Term) ([]phrase, error) {
	if len(t.Words) == 0 {
		return nil, fmt.Errorf("a search term without words: %w", contrechamp.ErrInvalid)
	}
	combinations := 1
	words := make([][]string, len(t.Words))
	for i, forms := range t.Words {
		if len(forms) == 0 {
			return nil, fmt.Errorf("a word without forms: %w", contrechamp.ErrInvalid)
		}
		for _, f := range forms {
			f = short(clean(f))
			if strings.TrimSpace(f) == "" {
				return nil, fmt.Errorf("an empty word: %w", contrechamp.ErrInvalid)
			}
			words[i] = append(words[i], f)
		}
		combinations = min(combinations*len(forms), mostPhrases+1)
	}
	if combinations <= mostPhrases {
		return []phrase{{words, t.Prefix}}, nil
	}
	var parts []phrase
	for from := 0; from+window <= len(words); from++ {
		last := from+window == len(words)
		parts = append(parts, phrase{words[from : from+window], t.Prefix && last})
	}
	if len(parts) == 0 {
		return nil, fmt.Errorf("a word with more than %d forms: %w", mostPhrases, contrechamp.ErrInvalid)
	}
	return parts, nil
}

// clean takes out what would end a string of FTS5 and what PostgreSQL's text cannot hold; the index holds neither.
func clean(form string) string {
	return strings.Map(func(r rune) rune {
		if r == '"' || r == 0 {
			return -1
		}
		return r
	}, strings.ToValidUTF8(form, ""))
}
