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

// match writes terms as an FTS5 expression (https://sqlite.org/fts5.html#full_text_query_syntax). Every word is in
// double quotes, so none can be read as syntax. It is empty when there are no terms.
//
// FTS5 knows no "either word" inside a phrase, so a phrase is asked for in every combination of its words' forms.
// BUG: a phrase with more than mostPhrases combinations is asked for as its overlapping windows of three words: a
// paragraph that has all the windows but not the phrase matches too.
func match(terms []contrechamp.Term) (string, error) {
	var wanted, unwanted []string
	words := 0
	for _, t := range terms {
		expression, err := matchTerm(t)
		if err != nil {
			return "", err
		}
		if words += len(t.Words); words > mostWords {
			return "", contrechamp.WithHint(fmt.Errorf("a search of more than %d words: %w", mostWords, contrechamp.ErrInvalid), "search for fewer words")
		}
		if t.Not {
			unwanted = append(unwanted, expression)
		} else {
			wanted = append(wanted, expression)
		}
	}
	if len(wanted) == 0 {
		if len(unwanted) == 0 {
			return "", nil
		}
		return "", contrechamp.WithHint(fmt.Errorf("a search of nothing but words to leave out: %w", contrechamp.ErrInvalid),
			"add a word to look for: search camera -drone")
	}
	expression := strings.Join(wanted, " AND ")
	if len(unwanted) > 0 {
		expression = "(" + expression + ") NOT (" + strings.Join(unwanted, " OR ") + ")"
	}
	return expression, nil
}

func matchTerm(t contrechamp.Term) (string, error) {
	if len(t.Words) == 0 {
		return "", fmt.Errorf("a search term without words: %w", contrechamp.ErrInvalid)
	}
	combinations := 1
	for _, forms := range t.Words {
		if len(forms) == 0 {
			return "", fmt.Errorf("a word without forms: %w", contrechamp.ErrInvalid)
		}
		for _, f := range forms {
			if strings.Trim(f, " \t\r\n\x00") == "" {
				return "", fmt.Errorf("an empty word: %w", contrechamp.ErrInvalid)
			}
		}
		combinations = min(combinations*len(forms), mostPhrases+1)
	}
	if combinations <= mostPhrases {
		return phrase(t.Words, t.Prefix), nil
	}
	var parts []string
	for from := 0; from+window <= len(t.Words); from++ {
		last := from+window == len(t.Words)
		parts = append(parts, phrase(t.Words[from:from+window], t.Prefix && last))
	}
	if len(parts) == 0 {
		return "", fmt.Errorf("a word with more than %d forms: %w", mostPhrases, contrechamp.ErrInvalid)
	}
	return "(" + strings.Join(parts, " AND ") + ")", nil
}

// phrase writes words that follow each other, in every combination of their forms. Prefixes are sought in the
// folded column: a stem is shorter than what was typed. Words before a prefix are then sought folded too, by every
// form they have.
func phrase(words [][]string, prefix bool) string {
	column := "stemmed"
	if prefix {
		column = "folded"
	}
	ways := []string{""}
	for _, forms := range words {
		next := make([]string, 0, len(ways)*len(forms))
		for _, way := range ways {
			for _, f := range forms {
				if way == "" {
					next = append(next, clean(f))
				} else {
					next = append(next, way+" "+clean(f))
				}
			}
		}
		ways = next
	}
	star := ""
	if prefix {
		star = " *"
	}
	for i, way := range ways {
		ways[i] = `"` + way + `"` + star
	}
	return column + " : (" + strings.Join(ways, " OR ") + ")"
}

// clean takes out what would end a string of FTS5; the index holds neither.
func clean(form string) string {
	return strings.Map(func(r rune) rune {
		if r == '"' || r == 0 {
			return -1
		}
		return r
	}, form)
}
