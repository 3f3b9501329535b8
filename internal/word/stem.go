package word

import (
	"strings"
	"sync"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/french"
)

// environments are reused: one stemming needs a few hundred bytes of state.
var environments = sync.Pool{New: func() any { return snowballstem.NewEnv("") }}

// Stem returns the Snowball stem of a folded word in a language ("fr", "en"); words of any other language are only
// folded. Folding comes first, although the French stemmer knows accents: people type "cameras" for "caméras", and
// the two must meet in the index. The price is that a few French stems are shorter than they need be.
func Stem(w, language string) string {
	var stem func(*snowballstem.Env) bool
	switch language {
	case "fr":
		stem = french.Stem
	case "en":
		stem = english.Stem
	default:
		return Fold(w)
	}
	env := environments.Get().(*snowballstem.Env)
	defer environments.Put(env)
	env.SetCurrent(Fold(w))
	stem(env)
	return env.Current()
}

// Index returns the words of text as a search index keeps them: folded, and stemmed in the text's language. Both have
// one entry a word, in order, so that phrases work in either. No entry holds a space.
func Index(text, language string) (folded, stemmed []string) {
	f, s, n := IndexLine(text, language, len(text)+1)
	if n == 0 {
		return nil, nil
	}
	return strings.Split(f, " "), strings.Split(s, " ")
}

// IndexLine is Index with each list as one string, a space between entries, and the number of entries. Of a word that is
// longer no more than longest bytes are kept.
func IndexLine(text, language string, longest int) (folded, stemmed string, n int) {
	x := indexers.Get().(*indexer)
	defer indexers.Put(x)
	known := x.of(language)
	f, s := x.folded[:0], x.stemmed[:0]
	x.tokens = Cut(x.tokens[:0], text)
	for _, t := range x.tokens {
		if t.Kind == Punct {
			continue
		}
		w := t.Of(text)
		e, ok := known[w]
		if !ok {
			e.folded = strings.ReplaceAll(Key(w), " ", "_")
			if e.folded != "" {
				e.stemmed = indexStem(w, e.folded, language)
			}
			if len(w) <= longestCached {
				known[strings.Clone(w)] = e // the text is not to be kept alive
			}
		}
		if e.folded == "" {
			continue
		}
		if n > 0 {
			f, s = append(f, ' '), append(s, ' ')
		}
		f, s = append(f, Short(e.folded, longest)...), append(s, Short(e.stemmed, longest)...)
		n++
	}
	if x.folded, x.stemmed = f, s; cap(f) > mostKept {
		x.folded, x.stemmed, x.tokens = nil, nil, nil
	}
	return string(f), string(s), n
}

// Short is the beginning of a word, as much of it as longest bytes hold.
func Short(w string, longest int) string {
	if len(w) <= longest {
		return w
	}
	return strings.ToValidUTF8(w[:longest], "")
}

// indexer remembers what words are in the index: a document has each of its words four times, and a folder the same
// words again and again.
type indexer struct {
	words           map[string]map[string]entry // language -> word as it stands
	tokens          []Token
	folded, stemmed []byte
}

type entry struct{ folded, stemmed string }

var indexers = sync.Pool{New: func() any { return &indexer{words: map[string]map[string]entry{}} }}

const (
	// mostCached is how many words one indexer remembers, about two megabytes.
	mostCached = 20_000
	// mostKept is how many bytes of room an indexer keeps between texts.
	mostKept = 1 << 20
	// longestCached is how many bytes of a word are worth remembering.
	longestCached = 40
)

// of answers the words of a language, and forgets all of them when they have become many.
func (x *indexer) of(language string) map[string]entry {
	total := 0
	for _, words := range x.words {
		total += len(words)
	}
	if total > mostCached {
		clear(x.words)
	}
	if x.words[language] == nil {
		x.words[language] = map[string]entry{}
	}
	return x.words[language]
}

// indexStem is the stem in the alphabet of the index, never empty.
func indexStem(w, folded, language string) string {
	if stem := strings.ReplaceAll(Key(Stem(w, language)), " ", "_"); stem != "" {
		return stem
	}
	return folded
}

// Forms returns the forms under which a word typed by a person can stand in the stemmed index, whatever language
// its paragraph is in: its stems in each language, each once, and the folded word.
func Forms(w string) []string {
	folded := strings.ReplaceAll(Key(w), " ", "_")
	forms := []string{folded}
	for _, language := range []string{"fr", "en"} {
		s := indexStem(w, folded, language)
		known := false
		for _, f := range forms {
			known = known || f == s
		}
		if !known {
			forms = append(forms, s)
		}
	}
	return forms
}
