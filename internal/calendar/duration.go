package calendar

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// length reads a number and a unit of time at token i: "deux ans", "3 months", "a year", "une dizaine d'années".
func (s *scanner) length(i int) (n int, u unit, end int, ok bool) {
	j := i
	if v, isNumber := s.plain(i); isNumber && v > 0 && v <= 200 {
		n = v
		j++
	} else if v := s.sense(i).n; s.Kind(i, word.Word) && v > 0 && !s.has(i, ordinal) {
		n = int(v)
		j++
		if t := s.sense(j).n; s.Hyphen(j) && s.Glued(j) && s.sense(j+1).n > 0 && s.sense(j+1).n < 10 && n >= 20 {
			n += int(s.sense(j + 1).n) // twenty-five
			j += 2
		} else if n == 1 && t >= 10 && s.Kind(j, word.Word) { // une dizaine, a dozen
			n = int(t)
			j++
		}
	} else {
		return 0, noUnit, i, false
	}
	if s.has(j, of) {
		j++
	}
	if s.Hyphen(j) {
		return 0, noUnit, i, false
	}
	u = s.sense(j).unit
	if u == noUnit || u == quarterUnit || u == halfUnit {
		return 0, noUnit, i, false
	}
	return n, u, j + 1, true
}

// ago reads durations that start with their number: "three years ago", "depuis trois ans", "dans deux ans".
func (s *scanner) ago(i int) (atom, int) {
	n, u, end, ok := s.length(i)
	if !ok {
		return atom{}, i
	}
	if e, ok := s.phraseAt(s.lang.agoBehind, end); ok {
		if s.sense(i-1).unit == halfUnit {
			return atom{}, e // half a year ago
		}
		return s.distance(-n, u, NoCue, e)
	}
	if e, ok := s.phraseAt(s.lang.aheadEnd, end); ok {
		return s.distance(n, u, NoCue, e)
	}
	switch {
	case s.phraseBefore(s.lang.ago, i):
		return s.distance(-n, u, NoCue, end)
	case s.phraseBefore(s.lang.since, i) && !(s.lang.lastFirst && s.Hyphen(end)):
		return s.distance(-n, u, Since, end)
	case s.phraseBefore(s.lang.ahead, i):
		return s.distance(n, u, At, end)
	}
	return atom{}, end
}

// distance makes the date n units from the reference; where it cannot be reckoned the words are passed over.
func (s *scanner) distance(n int, u unit, c Cue, end int) (atom, int) {
	d, ok := distant(u, n, s.ref)
	if !ok {
		return atom{}, end
	}
	a := atom{}
	a.Date, a.Next, a.Relative, a.Duration, a.Cue = d, d, true, true, c
	return a, end
}

// counting reads durations that start with a word: "il y a deux ans", "three years ago", "ces trois dernières
// années", "the past five years".
func (s *scanner) counting(i int) (atom, int) {
	if e, ok := s.phraseAt(s.lang.ago, i); ok {
		n, u, end, ok := s.length(e)
		if !ok {
			return atom{}, i
		}
		return s.distance(-n, u, NoCue, end)
	}
	if a, end := s.recent(i); end > i {
		return a, end
	}
	if s.sense(i).n > 0 && !s.has(i, yesterday|ordinal) {
		return s.ago(i)
	}
	return atom{}, i
}

// recent reads "past three years" and "trois dernières années" with what comes before them.
func (s *scanner) recent(i int) (atom, int) {
	j, n := i, 0
	number := func() bool {
		if v, ok := s.plain(j); ok && v > 1 && v <= 100 {
			n = v
		} else if v := s.sense(j).n; v > 1 && s.Kind(j, word.Word) && !s.has(j, ordinal|yesterday) {
			n = int(v)
		} else {
			return false
		}
		j++
		return true
	}
	switch {
	case s.lang.lastFirst && s.has(i, last):
		j++
		if !number() {
			return atom{}, i
		}
	case !s.lang.lastFirst && number():
		if !s.has(j, last) {
			return atom{}, i
		}
		j++
	default:
		return atom{}, i
	}
	u := s.sense(j).unit
	if u == noUnit || !s.phraseBefore(s.lang.recent, i) {
		return atom{}, i
	}
	return s.distance(-n, u, Since, j+1)
}

// decade reads "années 1990"; decadeWord the same for use behind a part of it.
func (s *scanner) decade(i int) (atom, int) {
	y, ok := s.year(i + 1)
	if !ok {
		if d, short := s.plain(i + 1); short && d >= 20 && d%10 == 0 && len(s.Of(i+1)) == 2 {
			y, ok = firstYear+d, true // "les années 90"
		}
	}
	if !ok || y%10 != 0 {
		return atom{}, i
	}
	return said(contrechamp.Date{Year: y}, contrechamp.Date{Year: y + 9}), i + 2
}

func (s *scanner) decadeWord(i int) (atom, int) {
	if s.has(i, decade) {
		return s.decade(i)
	}
	return atom{}, i
}

// bareYear reads four digits as a year where something says that they are one.
func (s *scanner) bareYear(i int) (atom, int) {
	y, ok := s.year(i)
	if !ok || s.Glued(i) && !s.opening(i-1) || s.Kind(i+1, word.Number) && !s.Kind(i+1, word.Punct) && s.thousand(i+1) {
		return atom{}, i
	}
	a := said(contrechamp.Date{Year: y}, contrechamp.Date{})
	possessive := s.Mark(i+1) == "'" && s.Is(i+2, "s")
	if s.Glued(i+1) && s.Is(i+1, "s") || possessive && s.Is(i-1, "the") && y%10 == 0 {
		if y%10 != 0 {
			return atom{}, i
		}
		a.End = contrechamp.Date{Year: y + 9} // the 1990s
		if s.Is(i+1, "s") {
			return a, i + 2
		}
		return a, i + 3
	}
	if s.Glued(i+1) && (s.Kind(i+1, word.Word) || s.Dash(i+1) && s.Glued(i+2) || s.Mark(i+1) == "/" || s.Mark(i+1) == "%" || s.Mark(i+1) == "€" || s.Mark(i+1) == "$") && !s.Is(i+1, "'s") {
		return atom{}, i
	}
	switch s.Mark(i + 1) {
	case "%", "€", "$", "£":
		return atom{}, i
	}
	if s.lang.bareYears && (s.Kind(i-1, word.Word) || s.Mark(i-1) == "," && s.Kind(i+1, word.Word)) && !(s.Kind(i+1, word.Word) && s.Tokens[i+1].Upper) && y%100 != 0 {
		a.Cue, _ = s.cueBefore(i)
		return a, i + 1 // "ging 2018 in Betrieb"
	}
	things := s.counted(i + 1)
	cue, strong := s.cueBefore(i)
	a.Cue = cue
	switch {
	case strong:
		// "en 2000 caméras" is no date, "In 2019 authorities" is one
		if things && y%50 == 0 {
			return atom{}, i
		}
		return a, i + 1
	case things && !(s.lang.lastFirst && s.has(i-1, filler) && y%50 != 0):
		return atom{}, i
	case s.opening(i-1) && s.closing(i+1):
		return a, i + 1
	case s.Mark(i-1) == ":" && s.Kind(i-2, word.Word) && y%100 != 0 && !s.Kind(i+1, word.Word) && !s.Kind(i+1, word.Number):
		return a, i + 1 // "Founded: 2008."
	case s.has(i-1, yearName), s.opening(i-1) && s.Dash(i+1):
		return a, i + 1
	case s.listed(i):
		a.Cue = s.found[len(s.found)-1].Cue
		return a, i + 1
	case (cue != NoCue || s.has(i-1, weak)) && !s.Is(i-1, "le") && !s.Is(i-1, "a"):
		return a, i + 1
	case s.lang.lastFirst && s.Is(i-1, "to") && s.Kind(i-2, word.Word):
		return a, i + 1 // going back to 2015
	case s.lang.lastFirst && (s.Is(i-1, "the") || s.Is(i-1, "'s") || s.Is(i-1, "its") || s.Is(i-1, "a")) && y%100 != 0 && s.Kind(i+1, word.Word) && !s.Tokens[i+1].Upper:
		return a, i + 1 // the 2019 report
	}
	return atom{}, i
}

// listed reports whether the year at token i goes on from a year found right before: "en 2019 et 2020".
func (s *scanner) listed(i int) bool {
	if len(s.found) == 0 || i < 1 || !(s.Mark(i-1) == "," || s.has(i-1, and|to) || s.Dash(i-1)) {
		return false
	}
	p := s.found[len(s.found)-1]
	return p.Last == i-2 && p.Date.Month == 0 && p.yearSaid
}

// thousand reports whether token i is three digits: "2 000" is a number, not the year 2.
func (s *scanner) thousand(i int) bool { return len(s.Of(i)) == 3 }

func (s *scanner) opening(i int) bool {
	switch s.Mark(i) {
	case "(", "[":
		return true
	}
	return false
}

func (s *scanner) closing(i int) bool {
	switch s.Mark(i) {
	case ")", "]", ",", ";", ":":
		return true
	}
	return false
}
