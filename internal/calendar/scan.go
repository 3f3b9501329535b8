package calendar

import (
	"slices"
	"strconv"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// The years that bare digits may mean.
const (
	firstYear = 1900
	lastYear  = 2100
)

// maxLook is how many tokens are looked at before a date for what leads to it.
const maxLook = 5

// scanner walks the tokens once. floor is the end of the last date found.
type scanner struct {
	text   string
	tokens []word.Token
	lang   *language
	ref    contrechamp.Date
	ids    []uint16 // of the words, in the language's vocabulary
	floor  int
	found  []atom
	buf    []byte
	visits int // how many tokens were looked at, for the test of linear work
}

// atom is a date on its way: pending while its year is not known.
type atom struct {
	Found
	pending  bool
	yearSaid bool
	day      int // the day said, for a month lent by the other end of a range
	month    int
}

func newScanner(text string, tokens []word.Token, tag string, ref contrechamp.Date) *scanner {
	s := &scanner{text: text, tokens: tokens, lang: languageOf(tag), ref: ref}
	s.ids = make([]uint16, len(tokens))
	for i, t := range tokens {
		if t.Kind == word.Word {
			s.ids[i] = s.lang.vocabulary.of(t.Of(text), &s.buf)
		}
	}
	return s
}

func (s *scanner) run() {
	for i := 0; i < len(s.tokens); {
		s.visits++
		switch s.tokens[i].Kind {
		case word.Punct:
			i++
			continue
		case word.Word:
			if id := s.ids[i]; s.lang.table[id].flags&start == 0 && (id != 0 || !s.quarterCode(i)) {
				i++
				continue
			}
		}
		a, end := s.at(i)
		if end <= i {
			i++
			continue
		}
		if !a.Date.IsZero() || a.pending {
			a.First, a.Last = i, end-1
			if a.Cue == NoCue {
				a.Cue, _ = s.cueBefore(i)
			}
			a.Span = contrechamp.Span{Start: s.tokens[i].Start, End: s.tokens[end-1].End}
			if a.Next.IsZero() {
				a.Next = a.Date
			}
			s.add(a)
		}
		s.floor = end
		i = end
	}
}

// result is what was found and reckoned.
func (s *scanner) result() []Found {
	var out []Found
	for _, a := range s.found {
		if a.pending || !a.Date.Valid() || !a.Next.Valid() || !a.End.IsZero() && !a.End.Valid() {
			continue
		}
		out = append(out, a.Found)
	}
	return out
}

// add appends a, or joins it to the date before as the end of a range.
func (s *scanner) add(a atom) {
	if len(s.found) > 0 {
		p := &s.found[len(s.found)-1]
		if s.joins(p, &a) {
			if !p.yearSaid && a.yearSaid && p.month != 0 {
				p.Date = contrechamp.Date{Year: a.Date.Year, Month: p.month, Day: p.day}
				if p.Date.Compare(a.Date) > 0 {
					p.Date.Year--
				}
				p.Next, p.pending, p.Relative = p.Date, false, false
			} else if p.yearSaid && !a.yearSaid && a.month != 0 {
				a.Date = contrechamp.Date{Year: p.Date.Year, Month: a.month, Day: a.day}
				if a.Date.Compare(p.Date) < 0 {
					a.Date.Year++
				}
				a.Next, a.pending = a.Date, false
			} else if !p.yearSaid && !a.yearSaid && a.month != 0 && !p.pending && !a.pending {
				a.Date = contrechamp.Date{Year: p.Date.Year, Month: a.month, Day: a.day}
				if a.Date.Compare(p.Date) < 0 {
					a.Date.Year++ // from November to March
				}
				if a.Date.Compare(s.ref) >= 0 {
					p.Next = p.Date
				}
			}
			if last := a.End; last.IsZero() {
				p.End = a.Date
			} else {
				p.End = last
			}
			p.Last = a.Last
			p.Span.End = a.Span.End
			p.yearSaid = p.yearSaid || a.yearSaid
			return
		}
	}
	if len(s.found) > 0 && a.yearSaid {
		s.lend(&s.found[len(s.found)-1], &a)
	}
	s.found = append(s.found, a)
}

// lend gives the year of a to the date before it in a list: "en novembre et décembre 2022".
func (s *scanner) lend(p, a *atom) {
	i := p.Last + 1
	if p.yearSaid || p.month == 0 || a.month == 0 || p.Duration || !s.has(i, and) || a.First-i > 2 {
		return
	}
	p.Date = contrechamp.Date{Year: a.Date.Year, Month: p.month, Day: p.day}
	if p.Date.Compare(a.Date) > 0 {
		p.Date.Year--
	}
	p.Next, p.End = p.Date, contrechamp.Date{}
	p.pending, p.Relative, p.yearSaid = false, false, true
	if a.Cue == NoCue {
		a.Cue = p.Cue
	}
}

// joins reports whether only "à", "to" or a dash stands between two dates, or "et" between the two of "entre".
func (s *scanner) joins(p, a *atom) bool {
	i := p.Last + 1
	if !p.End.IsZero() || a.First-i > 3 || a.First == i || p.Duration || a.Duration || p.Part == Now {
		return false
	}
	switch {
	case s.dash(i):
		if a.First != i+1 {
			return false
		}
	case s.has(i, to):
	case s.has(i, and) && p.Cue == Between:
	default:
		return false
	}
	for k := i + 1; k < a.First; k++ {
		if !s.has(k, filler|to) && s.sense(k).cue == NoCue {
			return false
		}
	}
	if p.yearSaid && a.yearSaid && a.Date.Compare(p.Date) < 0 {
		return false
	}
	// the two ends say as much as each other: "de juin à 2021" is no range
	return (p.day != 0) == (a.day != 0) && (p.month != 0) == (a.month != 0)
}

// cueBefore returns what leads to the date at token i, and whether it leads to a date only.
func (s *scanner) cueBefore(i int) (c Cue, strong bool) {
	for k := i - 1; k >= 0 && k >= i-maxLook && k >= s.floor; k-- {
		sn := s.sense(k)
		if sn.cue != NoCue {
			if sn.cue == Since && sn.flags&of != 0 && !strings.ContainsRune(s.of(k), 'è') && !strings.ContainsRune(s.of(k), 'È') {
				if strings.ToUpper(s.of(k)) != s.of(k) || len(s.of(k)) < 3 { // "des", not "DES" for "dès"
					continue
				}
			}
			isStrong := sn.flags&weak == 0
			if c == NoCue || c == At && isStrong {
				c = sn.cue
			}
			strong = strong || isStrong
			if sn.flags&filler == 0 && c != At {
				return c, strong
			}
			continue
		}
		if sn.flags&filler == 0 && sn.part == Whole && !s.hyphen(k) {
			break
		}
	}
	return c, strong
}

// of returns token i's text, "" outside.
func (s *scanner) of(i int) string {
	s.visits++
	if i < 0 || i >= len(s.tokens) {
		return ""
	}
	return s.tokens[i].Of(s.text)
}

// key returns what token i is compared by: a word's folded form if it is in the vocabulary, else the text itself.
func (s *scanner) key(i int) string {
	if s.tokens[i].Kind == word.Word {
		return s.lang.vocabulary.names[s.ids[i]]
	}
	return s.of(i)
}

// is reports whether the tokens from i on are these folded words or marks; words are of the vocabulary.
func (s *scanner) is(i int, words ...string) bool {
	if i < 0 || i+len(words) > len(s.tokens) {
		return false
	}
	for k, w := range words {
		s.visits++
		if s.key(i+k) != w {
			return false
		}
	}
	return true
}

// phraseAt returns the end of the longest phrase of list that stands at token i.
func (s *scanner) phraseAt(list [][]string, i int) (int, bool) {
	best := 0
	for _, p := range list {
		if len(p) > best && s.is(i, p...) {
			best = len(p)
		}
	}
	return i + best, best > 0
}

// phraseBefore reports whether a phrase of list ends before token i.
func (s *scanner) phraseBefore(list [][]string, i int) bool {
	return slices.ContainsFunc(list, func(p []string) bool { return i-len(p) >= s.floor && s.is(i-len(p), p...) })
}

func (s *scanner) sense(i int) sense {
	s.visits++
	if i < 0 || i >= len(s.ids) {
		return sense{}
	}
	return s.lang.table[s.ids[i]]
}

func (s *scanner) has(i int, f flag) bool {
	s.visits++
	return i >= 0 && i < len(s.ids) && s.lang.table[s.ids[i]].flags&f != 0
}

func (s *scanner) kind(i int, k word.Kind) bool {
	return i >= 0 && i < len(s.tokens) && s.tokens[i].Kind == k
}

// glued reports whether tokens i-1 and i have nothing between them.
func (s *scanner) glued(i int) bool {
	return i > 0 && i < len(s.tokens) && s.tokens[i-1].End == s.tokens[i].Start
}

func (s *scanner) mark(i int) string {
	if !s.kind(i, word.Punct) {
		return ""
	}
	return s.of(i)
}

func (s *scanner) hyphen(i int) bool {
	switch s.mark(i) {
	case "-", "‐", "‑":
		return true
	}
	return false
}

func (s *scanner) dash(i int) bool {
	switch s.mark(i) {
	case "-", "‐", "‑", "–", "—":
		return true
	}
	return false
}

// plain returns the value of a token of one to four digits.
func (s *scanner) plain(i int) (int, bool) {
	if !s.kind(i, word.Number) || len(s.of(i)) > 4 {
		return 0, false
	}
	n, err := strconv.Atoi(s.of(i))
	return n, err == nil
}

// year returns the value of four digits that may be a year.
func (s *scanner) year(i int) (int, bool) {
	n, ok := s.plain(i)
	return n, ok && len(s.of(i)) == 4 && firstYear <= n && n <= lastYear
}

// dayNumber returns the value of one or two digits that may be a day.
func (s *scanner) dayNumber(i int) (int, bool) {
	n, ok := s.plain(i)
	return n, ok && len(s.of(i)) <= 2 && n >= 1 && n <= 31
}

// counted reports whether token i looks like the name of counted things: a plural in small letters.
func (s *scanner) counted(i int) bool {
	if !s.kind(i, word.Word) || s.tokens[i].Upper || s.has(i, small) {
		return false
	}
	w := s.of(i)
	return len(w) > 3 && (strings.HasSuffix(w, "s") || strings.HasSuffix(w, "x")) || w == "people"
}
