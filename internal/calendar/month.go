package calendar

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// monthHere reports whether token i is a month's name; beside a number it is, when spelled as one.
func (s *scanner) monthHere(i int, beside bool) bool {
	sn := s.sense(i)
	if sn.month == 0 || sn.flags&tomonth != 0 || s.lang.capital && !s.Tokens[i].Upper {
		return false
	}
	if sn.flags&abbr != 0 {
		return beside || s.Mark(i+1) == "." && s.Glued(i+1)
	}
	return true
}

// afterMonth returns the token behind a month's name and its point.
func (s *scanner) afterMonth(i int) int {
	if s.has(i, abbr) && s.Mark(i+1) == "." && s.Glued(i+1) {
		return i + 2
	}
	return i + 1
}

// monthWord reads what starts with a month's name, or with "last" or "this" before one.
func (s *scanner) monthWord(i int) (atom, int) {
	if s.has(i, ordinal) {
		return s.dayMonth(i, 0)
	}
	j, sh := i, open
	if s.sense(i).month == 0 {
		sh = s.shiftOf(i)
		if sh == open || !s.lang.lastFirst && sh != same || s.sense(i+1).month == 0 {
			return atom{}, i
		}
		j++
	}
	if s.has(j, tomonth) {
		return s.monthAlone(i, j, j+1, sh)
	}
	if s.lang.monthDay && sh == open {
		if a, end := s.monthFirst(j, 0); end > j {
			return a, end
		}
	}
	if !s.monthHere(j, false) {
		// "sept 2021", "Oct 2019"
		if !s.has(j, abbr) || s.lang.capital && !s.Tokens[j].Upper {
			return atom{}, i
		}
		if _, ok := s.year(j + 1); !ok {
			return atom{}, i
		}
	}
	return s.monthAlone(i, j, s.afterMonth(j), sh)
}

// monthFirst reads "June 18, 2019", "Oct. 3", "November 19-22, 2019".
func (s *scanner) monthFirst(i, weekday int) (atom, int) {
	if !s.monthHere(i, true) {
		return atom{}, i
	}
	m := int(s.sense(i).month)
	j := s.afterMonth(i)
	if s.Is(j, "the") {
		j++
	}
	d, ok := s.dayNumber(j)
	if !ok || s.counted(j+1) && !s.Glued(j+1) || s.Mark(j+1) == "%" {
		return atom{}, i
	}
	j++
	if s.has(j, ending) && s.Glued(j) {
		j++
	}
	d2 := 0
	if s.Dash(j) || s.has(j, and|to) {
		if e, ok := s.dayNumber(j + 1); ok && e > d && s.sense(j+2).month == 0 {
			d2, j = e, j+2
			if s.has(j, ending) && s.Glued(j) {
				j++
			}
		}
	}
	a, end := s.withYear(i, m, d, m, d2, weekday, j)
	return a, end
}

// monthAlone reads a month with its year or with what says which; the name is token m, what follows it token j.
func (s *scanner) monthAlone(i, m, j int, sh shift) (atom, int) {
	mo := int(s.sense(m).month)
	a := atom{month: mo}
	k := j
	if s.Mark(k) == "," && s.lang.monthDay || s.has(k, of) {
		k++
		if s.Is(k, "l'") || s.Is(k, "the") {
			k++
		}
		if s.has(k, yearName) {
			k++
		}
	}
	if y, ok := s.yearBehind(k); ok && sh == open && !(s.Mark(j) == "," && s.counted(k+1)) && !s.Glued(k+1) || ok && sh == open && s.Kind(k+1, word.Punct) {
		a.Date = contrechamp.Date{Year: y, Month: mo}
		a.Next, a.yearSaid = a.Date, true
		return a, k + 1
	}
	k = j
	if s.has(k, of) {
		k++
	}
	if sh == open {
		if b, end := s.unitWord(k); end > k && b.Relative && b.Date.Month == 0 && b.Part == Whole { // in March last year
			a.Date = contrechamp.Date{Year: b.Date.Year, Month: mo}
			a.Next, a.Relative = a.Date, true
			return a, end
		}
		if n, ok := s.plain(k); ok && n > 31 && len(s.Of(k)) == 2 && !s.counted(k+1) {
			return atom{}, k + 1 // mai 68
		}
	}
	if sh == open {
		t := s.shiftOf(j)
		if t == before || t == after && !s.lang.lastFirst {
			sh = t
			j++
		}
	}
	if sh == open {
		_, strong := s.cueBefore(m)
		doubt := s.has(m, doubtful|abbr|tomonth)
		led := strong || s.partBefore(m) || s.Dash(m-1) && s.sense(m-2).month != 0
		switch {
		case doubt && !led && !s.Is(m-1, "of") && !s.Is(m-2, "mois", "de"):
			return atom{}, i
		case s.Glued(m) && s.Hyphen(m-1) && !s.partBefore(m) && s.sense(m-2).month == 0:
			return atom{}, i
		case s.Glued(j) && s.Hyphen(j) && s.Glued(j+1) && s.Kind(j+1, word.Word) && s.sense(j+1).month == 0:
			return atom{}, i // "Avril-Dupont"
		}
	}
	past, future, ok := month(mo, sh, s.ref)
	if !ok {
		a.pending = true
		return a, j
	}
	a.Date, a.Next, a.Relative = past, future, true
	return a, j
}
