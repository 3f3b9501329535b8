package contrechamp

import (
	"fmt"
	"strconv"
	"time"
)

// Date is a calendar date as precise as its source was: a year, a month or a day. Month and Day are 0 where the
// source did not say them. The zero Date is "no date".
type Date struct {
	Year, Month, Day int
}

// ParseDate reads "2021", "2021-06" or "2021-06-23" (ISO 8601 calendar dates, reduced precision allowed).
func ParseDate(s string) (Date, error) {
	bad := func() (Date, error) {
		return Date{}, fmt.Errorf("date %q: want YYYY, YYYY-MM or YYYY-MM-DD: %w", s, ErrInvalid)
	}
	if len(s) != 4 && len(s) != 7 && len(s) != 10 {
		return bad()
	}
	var d Date
	for i, field := range []struct {
		from, to int
		into     *int
	}{{0, 4, &d.Year}, {5, 7, &d.Month}, {8, 10, &d.Day}} {
		if len(s) < field.to {
			break
		}
		if i > 0 && s[field.from-1] != '-' {
			return bad()
		}
		n, err := strconv.ParseUint(s[field.from:field.to], 10, 16)
		if err != nil || n == 0 {
			return bad()
		}
		*field.into = int(n)
	}
	if !d.Valid() {
		return bad()
	}
	return d, nil
}

// DateOf returns the day of t in UTC.
func DateOf(t time.Time) Date {
	y, m, day := t.UTC().Date()
	return Date{y, int(m), day}
}

// Valid reports whether d is a date that exists in the calendar, at its precision.
func (d Date) Valid() bool {
	if d.Year < 1 || d.Year > 9999 || d.Month < 0 || d.Month > 12 || d.Day < 0 {
		return false
	}
	if d.Day == 0 {
		return true
	}
	return d.Month != 0 && time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC).Day() == d.Day
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// String writes the ISO form at d's precision, "" for no date.
func (d Date) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Compare orders dates by their first day; a less precise date comes before a more precise one that starts with it.
func (d Date) Compare(e Date) int {
	for _, p := range [][2]int{{d.Year, e.Year}, {d.Month, e.Month}, {d.Day, e.Day}} {
		if p[0] != p[1] {
			if p[0] < p[1] {
				return -1
			}
			return 1
		}
	}
	return 0
}

// Contains reports whether e lies within d: 2021 contains 2021-06, a date contains itself.
func (d Date) Contains(e Date) bool {
	return d.Year == e.Year && (d.Month == 0 || d.Month == e.Month && (d.Day == 0 || d.Day == e.Day))
}

// Time returns the first instant of d in UTC.
func (d Date) Time() time.Time {
	return time.Date(d.Year, time.Month(max(d.Month, 1)), max(d.Day, 1), 0, 0, 0, 0, time.UTC)
}

// MarshalText writes the form of String.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the form of String; empty text is no date.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(b))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}
