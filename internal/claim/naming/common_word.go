package naming

import (
	_ "embed"
	"strings"
	"sync"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// A capital at the head of a sentence, of a heading or of a hashtag makes no name of a word that others write without one: "Description", "Neighbors",
// "Rues". words.txt has the words that several of the texts of our own lots write so, folded, in all languages together; `make train` writes it.

//go:embed words.txt
var wordsFile string

var commonWords = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(wordsFile) {
		out[w] = true
	}
	return out
})

// OfCommonWords reports whether [first, end) holds a common word, and no other but short ones.
func (d *Doc) OfCommonWords(first, end int) bool {
	found := false
	for t := first; t < end; t++ {
		switch w := d.Fold[t]; {
		case d.Tokens[t].Kind != word.Word || len(w) < shortWord:
		case !commonWords()[w]:
			return false
		default:
			found = true
		}
	}
	return found
}

// shortWord is how many letters a word has that says something.
const shortWord = 3

// CommonlyNamed reports whether an entity that only the text knows is called by common words alone.
func (d *Doc) CommonlyNamed(e *contrechamp.Entity) bool {
	if e.Source != "document" {
		return false
	}
	common, known := d.commonly[e]
	if !known {
		common = commonName(e.Name)
		d.commonly[e] = common
	}
	return common
}

// commonName reports whether a name has common words only.
func commonName(name string) bool {
	found := false
	var room [8]word.Token
	for _, t := range word.Cut(room[:0], name) {
		w := word.Fold(t.Of(name))
		if t.Kind != word.Word || len(w) < shortWord {
			continue
		}
		if !commonWords()[w] {
			return false
		}
		found = true
	}
	return found
}
