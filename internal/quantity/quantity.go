package quantity

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// Kind says what a number measures.
type Kind uint8

// The kinds of number.
const (
	Count   Kind = iota // of things, or of nothing said
	Percent             // "40 %", "ninety per cent"
	Points              // percentage points: a difference, not a share
	Money               // with a currency or its symbol
	Measure             // with a unit of time, length, size...: "500 mégapixels", "three years"
)

// String returns the kind's name.
func (k Kind) String() string {
	switch k {
	case Percent:
		return "percent"
	case Points:
		return "points"
	case Money:
		return "money"
	case Measure:
		return "measure"
	}
	return "count"
}

// Found is one number in a text.
type Found struct {
	contrechamp.Span                       // the number with its qualifier, currency, sign or unit
	Bare             contrechamp.Span      // the number alone: digits or words, with "millions" and the like, both ends of a range
	First, Last      int                   // its first and its last token, both included
	Noun             int                   // the token behind it, past a "de", "d'" or "of"; may be len(tokens)
	Kind             Kind                  //
	Number           float64               // the number, or the lower end of a range; 0 when Vague
	High             float64               // the upper end of a range ("three or four", "40 à 50"); 0 when it is none
	Qualifier        contrechamp.Qualifier // never empty: Exactly where nothing else is said
	Currency         string                // ISO 4217 when the words settle it; "" leaves Symbol to the caller
	Symbol           string                // how the currency is said: "$", "€", "franc", "dollar", "Rs"...
	Unit             string                // for Measure: the unit's folded word
	Year             bool                  // may as well be a year: four bare digits, and nothing counted behind them
	Vague            bool                  // no number is said: "des milliers", "several hundred"
	Weak             bool                  // "one" before a noun: a pronoun as often as a number
	InWords          bool                  // written in words, at least to begin with
}

// Find finds the numbers in text, whose tokens are word.Cut(nil, text), as the language ("fr", "en") writes them.
// Of other languages it reads digits, signs and symbols.
func Find(text string, tokens []word.Token, language string) []Found {
	s := newScanner(text, tokens, language)
	s.run()
	return s.found
}

// FindIn is Find for whoever knows the words already: ids are their numbers in Vocabulary(language), 0 for all other tokens. It
// appends to dst.
func FindIn(dst []Found, text string, tokens []word.Token, ids []uint16, language string) []Found {
	lang := languageOf(language)
	s := scanner{Cursor: word.Cursor{Text: text, Tokens: tokens, Vocabulary: lang.vocabulary, IDs: ids}, lang: lang, found: dst}
	s.run()
	return s.found
}

// Vocabulary is what Find numbers the words of a language by.
func Vocabulary(language string) *word.Vocabulary { return languageOf(language).vocabulary }
