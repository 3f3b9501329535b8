package calendar

import (
	"strconv"
	"strings"
)

// sense is what a word can mean to a date. Most words mean nothing.
type sense struct {
	month   int8
	weekday int8
	n       int16 // of a number word
	part    Part  // early, spring...
	unit    unit
	cue     Cue
	flags   flag
}

type unit uint8

const (
	noUnit unit = iota
	dayUnit
	weekUnit
	monthUnit
	quarterUnit
	halfUnit
	yearUnit
)

type flag uint32

const (
	start     flag = 1 << iota // a date may begin with it
	filler                     // may stand between a cue and its date: articles, "mois de"
	of                         // de, d', of
	weak                       // a cue that counts as well: "de 2019"
	last                       // dernier, last
	next                       // prochain, next
	this                       // ce, this
	and                        // et, and, or, puis: lists dates
	to                         // au, à, to: joins a range
	ending                     // er, st, nd: behind a day
	abbr                       // a month only with a point or a number beside it
	doubtful                   // a month that is another word too: needs a cue, a day or a year; in English also a capital
	yearName                   // année, an, year, exercice, FY: a year may follow
	decade                     // années: a decade may follow
	every                      // chaque, every, le: no single weekday
	small                      // grammar word: not a thing counted
	yesterday                  // n is the offset in days
	ordinal                    // first, premier: of a quarter or half; n
	season                     // part is a season
	tomonth                    // rentrée: September
	letter                     // T, Q, S, H in "T1 2021"
)

// language is what one language's file says.
type language struct {
	words     map[string]sense
	longest   int
	ago       [][]string // before a duration that ends now: "il y a"
	agoBehind [][]string // behind it: "ago"
	since     [][]string // before a duration up to now: "depuis", "for"
	ahead     [][]string // before a duration that starts now: "dans"
	aheadEnd  [][]string // behind it: "from now"
	recent    [][]string // before the number, for "over the past three years"
	monthDay  bool       // the month may stand before the day
	monthOnce bool       // in an ambiguous numeric date, the month stands first
	capital   bool       // months and weekdays have capitals
	lastFirst bool       // "last June" rather than "juin dernier"
}

type builder struct{ l *language }

func newLanguage() (*language, builder) {
	l := &language{words: map[string]sense{}}
	return l, builder{l}
}

// all adds to what each of the words means.
func (b builder) all(words string, s sense) {
	for _, w := range strings.Fields(words) {
		b.add(w, s)
	}
}

func (b builder) add(w string, s sense) {
	t := b.l.words[w]
	if s.month != 0 {
		t.month = s.month
	}
	if s.weekday != 0 {
		t.weekday = s.weekday
	}
	if s.n != 0 {
		t.n = s.n
	}
	if s.part != Whole {
		t.part = s.part
	}
	if s.unit != noUnit {
		t.unit = s.unit
	}
	if s.cue != NoCue {
		t.cue = s.cue
	}
	t.flags |= s.flags
	b.l.words[w] = t
	b.l.longest = max(b.l.longest, len(w))
}

// months and weekdays take one word for each, in order; "a/b" are two spellings.
func (b builder) months(list string, f flag) {
	for i, names := range strings.Fields(list) {
		for _, w := range strings.Split(names, "/") {
			if w != "-" {
				b.add(w, sense{month: int8(i + 1), flags: start | f})
			}
		}
	}
}

func (b builder) weekdays(list string) {
	for i, w := range strings.Fields(list) {
		b.add(w, sense{weekday: int8(i + 1), flags: start})
	}
}

// numbers reads "un=1 deux=2".
func (b builder) numbers(list string, f flag) {
	for _, pair := range strings.Fields(list) {
		w, n, _ := strings.Cut(pair, "=")
		v, err := strconv.Atoi(n)
		if err != nil {
			panic("calendar: number table: " + pair)
		}
		b.add(w, sense{n: int16(v), flags: f})
	}
}

func phrases(list string) [][]string {
	var out [][]string
	for _, p := range strings.Split(list, "|") {
		out = append(out, strings.Fields(p))
	}
	return out
}

var (
	languages = map[string]*language{"fr": french(), "en": english(true), "en-gb": english(false)}
	neutral   = func() *language { l, _ := newLanguage(); return l }()
)

// languageOf returns the table of a language tag: "en-GB" and any other English but American puts the day first.
func languageOf(tag string) *language {
	tag = strings.ToLower(strings.ReplaceAll(tag, "_", "-"))
	base, region, _ := strings.Cut(tag, "-")
	if base == "en" && region != "" && region != "us" {
		return languages["en-gb"]
	}
	if l := languages[base]; l != nil {
		return l
	}
	return neutral
}

func splitNames(w string) []string { return strings.Split(w, "/") }
