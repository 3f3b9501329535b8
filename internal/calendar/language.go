package calendar

import (
	"strconv"
	"strings"

	"contrechamp.org/contrechamp/internal/word"
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
	decadeUnit
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
	daypart                    // morning, night
	beyond                     // avant, après: "avant-hier"
	letter                     // T, Q, S, H in "T1 2021"
)

// language is what one language's file says.
type language struct {
	words      map[string]sense
	vocabulary *word.Vocabulary
	table      []sense    // by number in vocabulary
	ago        [][]string // before a duration that ends now: "il y a"
	agoBehind  [][]string // behind it: "ago"
	since      [][]string // before a duration up to now: "depuis", "for"
	ahead      [][]string // before a duration that starts now: "dans"
	aheadEnd   [][]string // behind it: "from now"
	recent     [][]string // before the number, for "over the past three years"
	monthDay   bool       // the month may stand before the day
	monthOnce  bool       // in an ambiguous numeric date, the month stands first
	bareYears  bool       // a year needs no preposition: "ging 2018 in Betrieb"
	capital    bool       // months and weekdays have capitals
	lastFirst  bool       // "last June" rather than "juin dernier"
	lastBehind bool       // though the year has it behind: "el año pasado"
}

type builder struct{ l *language }

// asked are the words that the code itself asks for, in any language.
const asked = "'s a its apres au avant by ci de depuis des ici in l' la le les mois months no of on ont s since the these to"

func newLanguage() (*language, builder) {
	l := &language{words: map[string]sense{}}
	b := builder{l}
	b.all(asked, sense{})
	return l, b
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

// finish numbers the words of all tables.
func (b builder) finish() *language {
	l := b.l
	l.vocabulary = word.NewVocabulary()
	for w := range l.words {
		l.vocabulary.Add(w)
	}
	for _, list := range [][][]string{l.ago, l.agoBehind, l.since, l.ahead, l.aheadEnd, l.recent} {
		for _, p := range list {
			for _, w := range p {
				if w[0] >= 'a' && w[0] <= 'z' {
					l.vocabulary.Add(w)
				}
			}
		}
	}
	l.table = make([]sense, l.vocabulary.Len())
	for w, s := range l.words {
		l.table[l.vocabulary.Add(w)] = s
	}
	return l
}

func phrases(list string) [][]string {
	var out [][]string
	for _, p := range strings.Split(list, "|") {
		out = append(out, strings.Fields(p))
	}
	return out
}

var (
	languages = map[string]*language{"fr": french(), "en": english(true), "en-gb": english(false), "es": spanish(), "de": german(), "it": italian()}
	neutral   = func() *language { _, b := newLanguage(); return b.finish() }()
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
