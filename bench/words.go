package main

import (
	"bytes"
	"fmt"
	"os"
	"slices"

	"contrechamp.org/contrechamp/internal/word"
)

// wordsOut is the list of common words: see internal/claim.
const wordsOut = "internal/claim/words.txt"

const (
	leastTexts  = 3 // that have a word, for it to be common
	leastLetter = 3 // of it
)

// listWords writes the words that the sets have without a capital in several texts, for the next build to embed.
func listWords(shared, looks string) error {
	sets, err := knownDocs(shared, looks)
	if err != nil {
		return err
	}
	texts := map[string]int{}
	for _, set := range sets {
		for _, text := range set.texts {
			seen := map[string]bool{}
			body := string(text)
			for _, t := range word.Cut(nil, body) {
				if t.Kind != word.Word || t.Upper || t.End-t.Start < leastLetter {
					continue
				}
				if w := word.Fold(t.Of(body)); !seen[w] {
					seen[w] = true
					texts[w]++
				}
			}
		}
	}
	var list []string
	for w, n := range texts {
		if n >= leastTexts {
			list = append(list, w)
		}
	}
	slices.Sort(list)
	var b bytes.Buffer
	for _, w := range list {
		fmt.Fprintln(&b, w)
	}
	return os.WriteFile(wordsOut, b.Bytes(), 0o644)
}
