package calendar

import (
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// at reads a date that starts at token i and returns it with its end, excluded. An end not behind i means that
// nothing was read; a zero date with an end behind i was passed over.
func (s *scanner) at(i int) (atom, int) {
	if s.Kind(i, word.Number) {
		if a, end := s.numeric(i); end > i {
			return a, end
		}
		if a, end := s.ago(i); end > i {
			return a, end
		}
		if a, end := s.halfOrQuarter(i); end > i {
			return a, end
		}
		if a, end := s.dayMonth(i, 0); end > i {
			return a, end
		}
		return s.bareYear(i)
	}
	sn := s.sense(i)
	if a, end := s.counting(i); end > i {
		return a, end
	}
	if a, end := s.partOf(i); end > i {
		return a, end
	}
	if a, end := s.halfOrQuarter(i); end > i {
		return a, end
	}
	if a, end := s.weekday(i); end > i {
		return a, end
	}
	if a, end := s.monthWord(i); end > i {
		return a, end
	}
	if a, end := s.seasonWord(i); end > i {
		return a, end
	}
	if a, end := s.unitWord(i); end > i {
		return a, end
	}
	if a, end := s.dayWord(i); end > i {
		return a, end
	}
	if sn.flags&decade != 0 {
		return s.decade(i)
	}
	return atom{}, i
}

// said is a date whose words leave nothing open.
func said(d, end contrechamp.Date) atom {
	return atom{Found: Found{Date: d, Next: d, End: end}, yearSaid: true, month: d.Month, day: d.Day}
}

// yearBehind returns the year behind a month's name: it may be older than a bare one.
func (s *scanner) yearBehind(i int) (int, bool) {
	if y, ok := s.year(i); ok {
		return y, true
	}
	const oldest = 1000
	y, ok := s.plain(i)
	return y, ok && len(s.Of(i)) == 4 && y >= oldest && y < firstYear && !s.counted(i+1)
}

// shiftOf returns what token i makes of the date beside it.
func (s *scanner) shiftOf(i int) shift {
	switch f := s.sense(i).flags; {
	case f&last != 0:
		return before
	case f&next != 0:
		return after
	case f&this != 0:
		return same
	}
	return open
}

// unitWord reads "last year", "l'année dernière", "ce mois-ci", "la semaine prochaine".
func (s *scanner) unitWord(i int) (atom, int) {
	j, sh := i, open
	if s.Is(i, "the") || s.Is(i, "l'") || s.Is(i, "le") || s.Is(i, "la") {
		j++
	}
	if t := s.shiftOf(j); t != open && (s.lang.lastFirst || t == same) {
		sh = t
		j++
	}
	u := s.sense(j).unit
	if u == noUnit || u == dayUnit {
		return atom{}, i
	}
	plural := strings.HasSuffix(s.Of(j), "s") && u != monthUnit && !s.lang.capital || s.Is(j, "months") // "vergangenen Jahres" is one
	if plural {
		return atom{}, i
	}
	k := j + 1
	if sh == open && (!s.lang.lastFirst || s.lang.lastBehind) {
		if sh = s.shiftOf(k); sh == open || sh == same {
			return atom{}, i
		}
		k++
	}
	if sh == open {
		return atom{}, i
	}
	if s.lang.lastFirst && sh == same && s.Is(j-1, "these") {
		return atom{}, i
	}
	if sh == same && s.Hyphen(k) && (s.Is(k+1, "ci") || s.Is(k+1, "la")) {
		if s.Is(k+1, "la") {
			return atom{}, i // "cette année-là": another
		}
		k += 2
	}
	d, end, part, ok := unitOf(u, sh, s.ref)
	if !ok {
		return atom{}, k
	}
	a := atom{}
	a.Date, a.Next, a.End, a.Part, a.Relative = d, d, end, part, true
	return a, k
}
