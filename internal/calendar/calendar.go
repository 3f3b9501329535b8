package calendar

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// Part says which part of its date is meant.
type Part uint8

// The parts. A season, half or quarter is a part of the year that Date says; a winter belongs to the year it is
// said of, or, where no year is said, to the one it begins in.
const (
	Whole Part = iota
	Early
	Mid
	Late
	Spring
	Summer
	Autumn
	Winter
	FirstHalf
	SecondHalf
	FirstQuarter
	SecondQuarter
	ThirdQuarter
	FourthQuarter
	Now // "today", "aujourd'hui": this day, or these days
)

// String returns the part's name, "" for Whole.
func (p Part) String() string {
	return [...]string{"", "early", "mid", "late", "spring", "summer", "autumn", "winter", "first half", "second half",
		"first quarter", "second quarter", "third quarter", "fourth quarter", "now"}[p]
}

// Cue says what the words before a date make of it.
type Cue uint8

// The cues. They stand before the span, but for durations ("depuis trois ans", "il y a deux ans").
const (
	NoCue   Cue = iota
	At          // en, le, au; in, on, during
	Since       // depuis, dès, à partir de; since, from
	Until       // jusqu'en, jusqu'au; until, through
	By          // d'ici, à l'horizon; by
	Before      // avant; before
	After       // après; after
	Between     // entre; between
)

// String returns the cue's name, "" for none.
func (c Cue) String() string {
	return [...]string{"", "at", "since", "until", "by", "before", "after", "between"}[c]
}

// Found is one date in a text.
type Found struct {
	contrechamp.Span
	First, Last int              // its first and its last token, both included
	Date        contrechamp.Date // in a clause of the past; for a range, its first date
	Next        contrechamp.Date // in a clause of the future; equals Date unless the words leave it open
	End         contrechamp.Date // the last date of a range that begins with Date ("Entre 2007 et 2017", a week, a decade); zero otherwise
	Part        Part
	Cue         Cue
	Weekday     int  // 1 Monday to 7 Sunday where one is said, 0 otherwise
	Relative    bool // reckoned from the reference
	Duration    bool // reckoned by counting back or on: "il y a deux ans", "for three years"
}

// Find finds the dates in text, whose tokens are word.Cut(nil, text), in the order of the text, never overlapping.
func Find(text string, tokens []word.Token, language string, reference contrechamp.Date) []Found {
	s := newScanner(text, tokens, language, reference)
	s.run()
	return s.result(nil)
}

// FindIn is Find for whoever knows the words already: ids are their numbers in Vocabulary(language), 0 for all other tokens. It
// appends to dst.
func FindIn(dst []Found, text string, tokens []word.Token, ids []uint16, language string, reference contrechamp.Date) []Found {
	lang := languageOf(language)
	s := scanner{Cursor: word.Cursor{Text: text, Tokens: tokens, Vocabulary: lang.vocabulary, IDs: ids}, lang: lang, ref: reference}
	s.run()
	return s.result(dst)
}

// Vocabulary is what Find numbers the words of a language by.
func Vocabulary(language string) *word.Vocabulary { return languageOf(language).vocabulary }

// Parse reads a date that stands alone, as in a date line or a form: "23 juin 2021", "June 18, 2019", "2021-06",
// "23/06/2021 à 10:15". It must be said whole: nothing is reckoned, and no second date may follow.
func Parse(s, language string) (contrechamp.Date, bool) {
	const maxLine = 200 // bytes; longer text is no lone date
	if len(s) > maxLine {
		return contrechamp.Date{}, false
	}
	tokens := word.Cut(nil, s)
	if len(tokens) == 1 {
		if d, err := contrechamp.ParseDate(tokens[0].Of(s)); err == nil && d.Year >= firstYear && d.Year <= lastYear {
			return d, true
		}
	}
	found := Find(s, tokens, language, contrechamp.Date{})
	if len(found) != 1 || !found[0].End.IsZero() {
		return contrechamp.Date{}, false
	}
	return found[0].Date, true
}
