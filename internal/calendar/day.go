package calendar

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// dayMonth reads days before their month: "23 juin 2021", "1er juin", "19 au 22 novembre", "18th of June, 2019".
// The weekday said before is given.
func (s *scanner) dayMonth(i, weekday int) (atom, int) {
	d, ok := s.dayNumber(i)
	j := i + 1
	if ok && weekday == 0 && s.labelled(i) {
		return atom{}, i // "n° 12, mars 2024"
	}
	if !ok {
		// "premier juin" in words
		if s.sense(i).n != 1 || !s.has(i, ordinal) {
			return atom{}, i
		}
		d = 1
	}
	if s.has(j, ending) && s.Glued(j) || s.Mark(j) == "°" && s.Glued(j) || s.Mark(j) == "." && s.Glued(j) && s.sense(j+1).month != 0 { // 1er, 1°, "3. März"
		j++
	}
	if s.has(j, of) && s.sense(j+1).month != 0 {
		j++
	}
	if !s.monthHere(j, true) {
		return s.daysMonth(i, d, j, weekday)
	}
	m := int(s.sense(j).month)
	j = s.afterMonth(j)
	return s.withYear(i, m, d, 0, 0, weekday, j)
}

// daysMonth reads a second day between the first and the month.
func (s *scanner) daysMonth(i, d, j, weekday int) (atom, int) {
	if !(s.Dash(j) || s.has(j, and|to) || s.Mark(j) == ",") {
		return atom{}, i
	}
	j++
	if s.has(j, filler) {
		j++
	}
	if s.sense(j).weekday != 0 {
		j++
	}
	e, ok := s.dayNumber(j)
	if !ok || e <= d {
		return atom{}, i
	}
	j++
	if s.has(j, ending) && s.Glued(j) || s.Mark(j) == "." && s.Glued(j) && s.sense(j+1).month != 0 {
		j++
	}
	if s.has(j, of) && s.sense(j+1).month != 0 {
		j++
	}
	if !s.monthHere(j, true) {
		return atom{}, i
	}
	m := int(s.sense(j).month)
	j = s.afterMonth(j)
	return s.withYear(i, m, d, m, e, weekday, j)
}

// withYear reads the year behind a day and month, or reckons it.
func (s *scanner) withYear(i, m, d, m2, d2, weekday, j int) (atom, int) {
	a := atom{day: d, month: m}
	a.Weekday = weekday
	k := j
	if s.Mark(k) == "," || s.has(k, of) {
		k++
	}
	if y, ok := s.yearBehind(k); ok && !(k > j && s.counted(k+1)) {
		a.Date = contrechamp.Date{Year: y, Month: m, Day: d}
		if d2 != 0 {
			a.End = contrechamp.Date{Year: y, Month: m2, Day: d2}
		}
		a.Next, a.yearSaid = a.Date, true
		if !a.Date.Valid() || !a.End.IsZero() && !a.End.Valid() {
			return atom{}, i
		}
		return a, k + 1
	}
	if b, end := s.unitWord(k); end > k && b.Relative && b.Date.Month == 0 && b.Part == Whole { // "3 March last year", "le 6 janvier de cette année"
		a.Date = contrechamp.Date{Year: b.Date.Year, Month: m, Day: d}
		if d2 != 0 {
			a.End = contrechamp.Date{Year: b.Date.Year, Month: m2, Day: d2}
		}
		a.Next, a.Relative = a.Date, true
		if !a.Date.Valid() || !a.End.IsZero() && !a.End.Valid() {
			return atom{}, i
		}
		return a, end
	}
	sh := open
	switch {
	case s.has(j, last):
		sh = before
		j++
	case s.has(j, next) && !s.lang.lastFirst:
		sh = after
		j++
	}
	if !(contrechamp.Date{Year: 2000, Month: m, Day: d}).Valid() {
		return atom{}, i
	}
	past, future, ok := day(m, d, weekday, s.ref)
	if !ok {
		a.pending = true
		return a, j
	}
	switch sh {
	case before:
		future = past
	case after:
		past = future
	}
	a.Date, a.Next, a.Relative = past, future, true
	if d2 != 0 {
		a.End = contrechamp.Date{Year: past.Year, Month: m2, Day: d2}
		if a.End.Compare(s.ref) >= 0 {
			a.Next = a.Date // it has begun and is not over
		}
	}
	return a, j
}

// weekday reads a weekday with what follows: a day and month, a day, "dernier", or nothing.
func (s *scanner) weekday(i int) (atom, int) {
	sn := s.sense(i)
	w := int(sn.weekday)
	sh := open
	j := i
	if w == 0 { // last Thursday, ce jeudi
		if sh = s.shiftOf(i); sh == open || sh != same && !s.lang.lastFirst || s.sense(i+1).weekday == 0 {
			return atom{}, i
		}
		j++
		sn = s.sense(j)
		w = int(sn.weekday)
	}
	if s.lang.capital && !s.Tokens[j].Upper {
		return atom{}, i
	}
	k := j + 1
	if sn.flags&abbr != 0 && s.Mark(k) == "." {
		k++
	}
	dated := k
	if s.Mark(dated) == "," {
		dated++
	}
	if s.Is(dated, "the") || s.Is(dated, "le") {
		dated++
	}
	if s.Kind(dated, word.Number) || s.has(dated, ordinal) {
		if a, end := s.dayMonth(dated, w); end > dated {
			return a, end
		}
		if d, ok := s.dayNumber(dated); ok && dated == k && !s.lang.capital && s.loneDay(dated+1) {
			a := atom{}
			a.Weekday = w
			past, future, ok := weekdayAndDay(w, d, s.ref)
			if !ok {
				return atom{}, dated + 1
			}
			a.Date, a.Next, a.Relative = past, future, true
			return a, dated + 1
		}
	}
	if s.lang.monthDay && s.sense(dated).month != 0 {
		if a, end := s.monthFirst(dated, w); end > dated {
			return a, end
		}
	}
	if sn.flags&abbr != 0 || sh == open && s.habit(i) {
		return atom{}, i
	}
	if sh == open && !s.lang.lastFirst || s.lang.lastFirst && sh == open && s.has(k, last) {
		if t := s.shiftOf(k); t == before || t == after {
			sh = t
			k++
		}
	}
	past, future, ok := weekdayOf(w, sh, s.ref)
	if !ok {
		return atom{}, k
	}
	a := atom{}
	a.Weekday, a.Date, a.Next, a.Relative = w, past, future, true
	return a, k
}

// loneDay reports whether nothing at token i makes an hour or a count of the number before it.
func (s *scanner) loneDay(i int) bool {
	if i >= len(s.Tokens) || s.Kind(i, word.Punct) {
		return s.Mark(i) != "%" && s.Mark(i) != ":" && s.Mark(i) != "€"
	}
	return s.has(i, small) || s.has(i, filler) && s.sense(i).unit == noUnit
}

// habit reports whether the weekday at token i is said of every week: "chaque jeudi", "le jeudi".
func (s *scanner) habit(i int) bool {
	return s.has(i-1, every) || s.Is(i-1, "le") || s.Is(i-1, "les")
}

// dayWord reads yesterday, tomorrow and today, and the days beyond ("avant-hier").
func (s *scanner) dayWord(i int) (atom, int) {
	j, twice := i, 1
	if s.has(i, beyond) && s.Hyphen(i+1) && s.has(i+2, yesterday) {
		j, twice = i+2, 2
	}
	n, end, part := twice*int(s.sense(j).n), j+1, s.sense(j).part
	switch {
	case s.has(j, yesterday):
	case s.has(i, this) && s.has(i+1, daypart): // ce matin
		n, end, part = 0, i+2, Whole
	case s.lang.lastFirst && s.has(i, last) && s.has(i+1, daypart), !s.lang.lastFirst && s.has(i, daypart) && s.has(i+1, last):
		n, end, part = -1, i+2, Whole // last night
	default:
		return atom{}, i
	}
	if s.ref.Day == 0 {
		return atom{}, end
	}
	a := atom{}
	a.Date = addDays(s.ref, n)
	a.Next, a.Relative, a.Part = a.Date, true, part
	return a, end
}
