package calendar

import (
	"slices"
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
	word.Cursor
	lang  *language
	ref   contrechamp.Date
	floor int
	found []atom
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
	lang := languageOf(tag)
	return &scanner{Cursor: word.NewCursor(text, tokens, lang.vocabulary), lang: lang, ref: ref}
}

func (s *scanner) run() {
	for i := 0; i < len(s.Tokens); {
		s.Visits++
		switch s.Tokens[i].Kind {
		case word.Punct:
			i++
			continue
		case word.Word:
			if id := s.IDs[i]; s.lang.table[id].flags&start == 0 && (id != 0 || !s.quarterCode(i)) {
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
			a.Span = contrechamp.Span{Start: s.Tokens[i].Start, End: s.Tokens[end-1].End}
			if a.Next.IsZero() {
				a.Next = a.Date
			}
			s.add(a)
		}
		s.floor = end
		i = end
	}
}

// result appends what was found and reckoned.
func (s *scanner) result(out []Found) []Found {
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
	case s.Dash(i):
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
			if sn.cue == Since && sn.flags&of != 0 && !strings.ContainsRune(s.Of(k), 'è') && !strings.ContainsRune(s.Of(k), 'È') {
				if strings.ToUpper(s.Of(k)) != s.Of(k) || len(s.Of(k)) < 3 { // "des", not "DES" for "dès"
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
		if sn.flags&filler == 0 && sn.part == Whole && !s.Hyphen(k) {
			break
		}
	}
	return c, strong
}

// phraseAt returns the end of the longest phrase of list that stands at token i.
func (s *scanner) phraseAt(list [][]string, i int) (int, bool) {
	best := 0
	for _, p := range list {
		if len(p) > best && s.Is(i, p...) {
			best = len(p)
		}
	}
	return i + best, best > 0
}

// phraseBefore reports whether a phrase of list ends before token i.
func (s *scanner) phraseBefore(list [][]string, i int) bool {
	return slices.ContainsFunc(list, func(p []string) bool { return i-len(p) >= s.floor && s.Is(i-len(p), p...) })
}

func (s *scanner) sense(i int) sense {
	s.Visits++
	if i < 0 || i >= len(s.IDs) {
		return sense{}
	}
	return s.lang.table[s.IDs[i]]
}

func (s *scanner) has(i int, f flag) bool {
	s.Visits++
	return i >= 0 && i < len(s.IDs) && s.lang.table[s.IDs[i]].flags&f != 0
}

// plain returns the value of a token of one to four digits.
func (s *scanner) plain(i int) (int, bool) {
	if !s.Kind(i, word.Number) || len(s.Of(i)) > 4 {
		return 0, false
	}
	return word.Digits(s.Of(i))
}

// year returns the value of four digits that may be a year.
func (s *scanner) year(i int) (int, bool) {
	n, ok := s.plain(i)
	return n, ok && len(s.Of(i)) == 4 && firstYear <= n && n <= lastYear
}

// dayNumber returns the value of one or two digits that may be a day.
func (s *scanner) dayNumber(i int) (int, bool) {
	n, ok := s.plain(i)
	return n, ok && len(s.Of(i)) <= 2 && n >= 1 && n <= 31
}

// counted reports whether token i looks like the name of counted things: a plural in small letters.
func (s *scanner) counted(i int) bool {
	if !s.Kind(i, word.Word) || s.Tokens[i].Upper || s.has(i, small) {
		return false
	}
	w := s.Of(i)
	return len(w) > 3 && (strings.HasSuffix(w, "s") || strings.HasSuffix(w, "x")) || w == "people"
}
