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

// Index returns the words of text as a search index keeps them: folded, and stemmed in the text's language, each
// separated by a space. Both have one entry a word, in order, so that phrases work in either.
func Index(text, language string) (folded, stemmed string) {
	var f, s strings.Builder
	for _, t := range Cut(nil, text) {
		if t.Kind == Punct {
			continue
		}
		w := t.Of(text)
		one := Key(w)
		if one == "" {
			continue
		}
		if f.Len() > 0 {
			f.WriteByte(' ')
			s.WriteByte(' ')
		}
		one = strings.ReplaceAll(one, " ", "_")
		f.WriteString(one)
		s.WriteString(indexStem(w, one, language))
	}
	return f.String(), s.String()
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
