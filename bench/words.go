package main

import (
	"bytes"
	"fmt"
	"os"
	"slices"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/lexicon"
	"contrechamp.org/contrechamp/internal/word"
)

// wordsOut is the list of common words: see internal/claim.
const wordsOut = "internal/claim/naming/words.txt"

const (
	leastTexts  = 3 // that have a word, for it to be common
	leastNouns  = 6 // German ones, where a name looks the same
	leastLetter = 3 // of it
)

// listWords writes the words that the sets have without a capital in several texts, and the German nouns of several, for the next build to embed.
func listWords(shared, looks string) error {
	sets, err := knownDocs(shared, looks)
	if err != nil {
		return err
	}
	lex, err := lexicon.Default()
	if err != nil {
		return err
	}
	texts, nouns := map[string]int{}, map[string]int{}
	for _, set := range sets {
		for _, name := range sortedKeys(set.texts) {
			text, err := set.read(name)
			if err != nil {
				return err
			}
			seen, seenNouns := map[string]bool{}, map[string]bool{}
			toks := word.Cut(nil, text.Body)
			for i, t := range toks {
				if t.Kind != word.Word || t.End-t.Start < leastLetter {
					continue
				}
				of, into := seen, texts
				switch {
				case !t.Upper:
				case text.Language == "de" && i > 0 && toks[i-1].Kind == word.Word && !toks[i-1].Upper:
					of, into = seenNouns, nouns
				default:
					continue
				}
				if w := word.Fold(t.Of(text.Body)); !of[w] {
					of[w] = true
					into[w]++
				}
			}
		}
	}
	for w, n := range nouns {
		if n >= leastNouns && !named(lex, w) {
			texts[w] = max(texts[w], leastTexts)
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

// named reports whether the lexicon knows a word as a name that is hardly a word: anything but a small place.
func named(lex *lexicon.Lexicon, w string) bool {
	const smallTown = 50_000
	for _, i := range lex.ByName(w) {
		if e := lex.Entity(i); e.Kind != contrechamp.KindPlace && e.Kind != contrechamp.KindCapability || e.Kind == contrechamp.KindPlace && (e.Country == "" || lex.Population(i) == 0 || lex.Population(i) >= smallTown) {
			return true
		}
	}
	return false
}
