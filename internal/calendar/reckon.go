package calendar

import (
	"time"

	contrechamp "contrechamp.org/contrechamp"
)

// shift is which of several a relative date means.
type shift int8

const (
	open   shift = iota // past or future, by the clause
	before              // dernier, last
	same                // ce, this
	after               // prochain, next
)

func addDays(d contrechamp.Date, n int) contrechamp.Date {
	return contrechamp.DateOf(d.Time().AddDate(0, 0, n))
}

// addMonths keeps month precision.
func addMonths(d contrechamp.Date, n int) contrechamp.Date {
	m := d.Year*12 + d.Month - 1 + n
	return contrechamp.Date{Year: m / 12, Month: m%12 + 1}
}

func isoWeekday(d contrechamp.Date) int {
	w := int(d.Time().Weekday())
	if w == 0 {
		return 7
	}
	return w
}

// month reckons a month said without its year. ok is false where the reference says no month.
func month(m int, sh shift, ref contrechamp.Date) (past, future contrechamp.Date, ok bool) {
	if ref.Month == 0 {
		return past, future, false
	}
	past = contrechamp.Date{Year: ref.Year, Month: m}
	future = past
	switch sh {
	case before:
		if m >= ref.Month {
			past.Year--
		}
		return past, past, true
	case after:
		if m <= ref.Month {
			future.Year++
		}
		return future, future, true
	case same:
		return past, future, true
	}
	if m > ref.Month {
		past.Year--
	}
	if m < ref.Month {
		future.Year++
	}
	return past, future, true
}

// day reckons a day and month said without their year; a weekday said with them may settle it.
func day(m, d, weekday int, ref contrechamp.Date) (past, future contrechamp.Date, ok bool) {
	if ref.Month == 0 {
		return past, future, false
	}
	refFor := func(fill int) contrechamp.Date {
		if ref.Day != 0 {
			return ref
		}
		return contrechamp.Date{Year: ref.Year, Month: ref.Month, Day: fill}
	}
	for y := ref.Year; y > ref.Year-5 && past.IsZero(); y-- {
		c := contrechamp.Date{Year: y, Month: m, Day: d}
		if c.Valid() && c.Compare(refFor(31)) <= 0 {
			past = c
		}
	}
	for y := ref.Year; y < ref.Year+5 && future.IsZero(); y++ {
		c := contrechamp.Date{Year: y, Month: m, Day: d}
		if c.Valid() && c.Compare(refFor(1)) >= 0 {
			future = c
		}
	}
	if past.IsZero() || future.IsZero() {
		return past, future, false
	}
	if weekday != 0 {
		switch p, f := isoWeekday(past) == weekday, isoWeekday(future) == weekday; {
		case p && !f:
			future = past
		case f && !p:
			past = future
		}
	}
	return past, future, true
}

// weekdayOf reckons a weekday said alone.
func weekdayOf(w int, sh shift, ref contrechamp.Date) (past, future contrechamp.Date, ok bool) {
	if ref.Day == 0 {
		return past, future, false
	}
	back := (isoWeekday(ref) - w + 7) % 7
	on := (w - isoWeekday(ref) + 7) % 7
	switch sh {
	case before:
		if back == 0 {
			back = 7
		}
		past = addDays(ref, -back)
		return past, past, true
	case after:
		if on == 0 {
			on = 7
		}
		future = addDays(ref, on)
		return future, future, true
	}
	return addDays(ref, -back), addDays(ref, on), true
}

// weekdayAndDay reckons "mardi 23": the latest and the next such day of any month.
func weekdayAndDay(w, d int, ref contrechamp.Date) (past, future contrechamp.Date, ok bool) {
	if ref.Day == 0 {
		return past, future, false
	}
	// within the last and the next year: further away nobody leaves the month out
	for k := 0; k <= 12; k++ {
		m := addMonths(ref, -k)
		m.Day = d
		if past.IsZero() && m.Valid() && m.Compare(ref) <= 0 && isoWeekday(m) == w {
			past = m
		}
		n := addMonths(ref, k)
		n.Day = d
		if future.IsZero() && n.Valid() && n.Compare(ref) >= 0 && isoWeekday(n) == w {
			future = n
		}
	}
	switch {
	case past.IsZero() && future.IsZero():
		return past, future, false
	case past.IsZero():
		past = future
	case future.IsZero():
		future = past
	}
	// "mardi 8" three days ahead is no Tuesday of last year
	const near, far = 15, 45
	if ahead, back := days(ref, future), days(past, ref); ahead <= near && back > far {
		past = future
	} else if back <= near && ahead > far {
		future = past
	}
	return past, future, true
}

func days(from, to contrechamp.Date) int { return int(to.Time().Sub(from.Time()) / (24 * time.Hour)) }

// seasonStart is the month in which a season begins in the north.
func seasonStart(p Part) int { return 3 * (int(p-Spring) + 1) }

// seasonOf reckons a season said without its year.
func seasonOf(p Part, sh shift, ref contrechamp.Date) (past, future contrechamp.Date, ok bool) {
	if ref.Month == 0 {
		return past, future, false
	}
	begin := seasonStart(p)
	y := contrechamp.Date{Year: ref.Year}
	prev, next := contrechamp.Date{Year: ref.Year - 1}, contrechamp.Date{Year: ref.Year + 1}
	inJanuary := p == Winter && ref.Month <= 2 // in the winter that began last year
	switch sh {
	case before:
		if p == Winter && ref.Month <= 2 {
			return contrechamp.Date{Year: ref.Year - 2}, contrechamp.Date{Year: ref.Year - 2}, true
		}
		if begin+2 < ref.Month {
			return y, y, true
		}
		return prev, prev, true
	case after:
		if ref.Month < begin {
			return y, y, true
		}
		return next, next, true
	case same:
		if inJanuary {
			return prev, prev, true
		}
		return y, y, true
	}
	past, future = y, y
	if ref.Month < begin {
		past = prev
	}
	if ref.Month > begin+2 {
		future = next
	}
	if inJanuary {
		future = prev
	}
	return past, future, true
}

// unitOf reckons "last year", "ce mois-ci", "la semaine prochaine"; end is set for a week.
func unitOf(u unit, sh shift, ref contrechamp.Date) (d, end contrechamp.Date, part Part, ok bool) {
	n := int(sh) - int(same)
	if ref.IsZero() {
		return d, end, part, false
	}
	switch u {
	case yearUnit:
		d = contrechamp.Date{Year: ref.Year + n}
	case monthUnit:
		if ref.Month == 0 {
			return d, end, part, false
		}
		d = addMonths(ref, n)
	case quarterUnit:
		if ref.Month == 0 {
			return d, end, part, false
		}
		m := addMonths(ref, 3*n)
		d, part = contrechamp.Date{Year: m.Year}, FirstQuarter+Part((m.Month-1)/3)
	case halfUnit:
		if ref.Month == 0 {
			return d, end, part, false
		}
		m := addMonths(ref, 6*n)
		d, part = contrechamp.Date{Year: m.Year}, FirstHalf+Part((m.Month-1)/6)
	case weekUnit:
		if ref.Day == 0 {
			return d, end, part, false
		}
		d = addDays(ref, 7*n-isoWeekday(ref)+1)
		end = addDays(d, 6)
	default:
		return d, end, part, false
	}
	return d, end, part, d.Valid()
}

// distant reckons n units back (negative) or on, with the precision of the unit; weeks are counted in days and said
// to the month.
func distant(u unit, n int, ref contrechamp.Date) (contrechamp.Date, bool) {
	var d contrechamp.Date
	if ref.IsZero() {
		return d, false // without a date to reckon from, "in 200 years" is no year 200
	}
	switch u {
	case yearUnit:
		d = contrechamp.Date{Year: ref.Year + n}
	case decadeUnit:
		d = contrechamp.Date{Year: ref.Year + 10*n}
	case monthUnit:
		if ref.Month == 0 {
			return d, false
		}
		d = addMonths(ref, n)
	case weekUnit:
		if ref.Day == 0 {
			return d, false
		}
		d = addDays(ref, 7*n)
		d.Day = 0
	case dayUnit:
		if ref.Day == 0 {
			return d, false
		}
		d = addDays(ref, n)
	default:
		return d, false
	}
	return d, d.Valid()
}
