package calendar

import (
	"strconv"
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

// numeric reads "23/06/2021", "2021-06-23", "23.06.2021", "06/2021", "2021-06", "2024-25".
func (s *scanner) numeric(i int) (atom, int) {
	w := s.Of(i)
	if s.Glued(i) && i > 0 {
		switch s.Mark(i - 1) {
		case "(", "[", "\"", "«", "“", "'", "’", ",", ";", "*", "|", ">":
		case "":
			return atom{}, i
		default:
			return atom{}, s.skipGlued(i)
		}
	}
	if strings.Count(w, ".") == 2 && !strings.ContainsAny(w, ",'") {
		p := strings.Split(w, ".")
		if a, ok := s.fields(p[0], p[1], p[2], true); ok {
			return a, i + 1
		}
		return atom{}, i + 1
	}
	sep := s.Mark(i + 1)
	if !(sep == "/" || s.Dash(i+1)) || !s.Glued(i+1) || !s.Glued(i+2) || !s.Kind(i+2, word.Number) {
		return atom{}, i
	}
	if s.Mark(i+3) == sep && s.Glued(i+3) && s.Glued(i+4) && s.Kind(i+4, word.Number) {
		a, ok := s.fields(w, s.Of(i+2), s.Of(i+4), false)
		end := i + 5
		if !ok || s.Glued(end) && (s.Kind(end, word.Number) || (s.Mark(end) == "-" || s.Mark(end) == "/") && s.Glued(end+1)) {
			return atom{}, s.skipGlued(i)
		}
		return a, end
	}
	end := i + 3
	if s.Glued(end) && (s.Dash(end) || s.Mark(end) == "/" || s.Kind(end, word.Word)) {
		return atom{}, s.skipGlued(i)
	}
	x, xok := s.plain(i)
	y, yok := s.plain(i + 2)
	if !xok || !yok || s.labelled(i) {
		return atom{}, s.skipGlued(i)
	}
	_, xYear := s.year(i)
	_, yYear := s.year(i + 2)
	two := len(s.Of(i+2)) == 2
	switch {
	case xYear && yYear && x < y: // 2019-2021
		return said(contrechamp.Date{Year: x}, contrechamp.Date{Year: y}), end
	case xYear && two && y == (x+1)%100: // FY 2024-25
		return said(contrechamp.Date{Year: x}, contrechamp.Date{Year: x + 1}), end
	case xYear && two && y >= 1 && y <= 12:
		return said(contrechamp.Date{Year: x, Month: y}, contrechamp.Date{}), end
	case yYear && len(w) <= 2 && x >= 1 && x <= 12:
		return said(contrechamp.Date{Year: y, Month: x}, contrechamp.Date{}), end
	}
	return atom{}, i
}

// skipGlued returns the end of the digits and marks glued to token i.
func (s *scanner) skipGlued(i int) int {
	j := i + 1
	for s.Glued(j) && (s.Kind(j, word.Number) || (s.Dash(j) || s.Mark(j) == "/" || s.Mark(j) == ":" || s.Mark(j) == ".") && s.Glued(j+1) && s.Kind(j+1, word.Number)) {
		j++
	}
	return j
}

// said is a date whose words leave nothing open.
func said(d, end contrechamp.Date) atom {
	return atom{Found: Found{Date: d, Next: d, End: end}, yearSaid: true, month: d.Month, day: d.Day}
}

// fields reads three numbers as year, month, day or in the order of the language.
func (s *scanner) fields(a, b, c string, points bool) (atom, bool) {
	x, errX := strconv.Atoi(a)
	y, errY := strconv.Atoi(b)
	z, errZ := strconv.Atoi(c)
	if errX != nil || errY != nil || errZ != nil || len(b) > 2 || len(a) > 4 || len(c) > 4 {
		return atom{}, false
	}
	var d contrechamp.Date
	switch {
	case len(a) == 4 && len(c) <= 2:
		d = contrechamp.Date{Year: x, Month: y, Day: z}
	case len(a) <= 2 && (len(c) == 4 || len(c) == 2 && (!points || len(a) == 2 && len(b) == 2)):
		if len(c) == 2 {
			z += 2000
			if z > 2069 {
				z -= 100
			}
		}
		d = contrechamp.Date{Year: z, Month: y, Day: x}
		if s.lang.monthOnce && !points && x <= 12 || y > 12 {
			d.Month, d.Day = x, y
		}
	}
	if d.Year < firstYear || d.Year > lastYear || d.Month == 0 || d.Day == 0 || !d.Valid() {
		return atom{}, false
	}
	return said(d, contrechamp.Date{}), true
}

// labelled reports whether the token before i says that a number of a law or a file follows.
func (s *scanner) labelled(i int) bool {
	switch s.Mark(i - 1) {
	case "°", "º", "#", "§":
		return true
	}
	return s.Is(i-1, "no") || s.Is(i-2, "no", ".")
}

// dayMonth reads days before their month: "23 juin 2021", "1er juin", "19 au 22 novembre", "18th of June, 2019".
// The weekday said before is given.
func (s *scanner) dayMonth(i, weekday int) (atom, int) {
	d, ok := s.dayNumber(i)
	j := i + 1
	if !ok {
		// "premier juin" in words
		if s.sense(i).n != 1 || !s.has(i, ordinal) {
			return atom{}, i
		}
		d = 1
	}
	if s.has(j, ending) && s.Glued(j) || s.Mark(j) == "." && s.Glued(j) && s.sense(j+1).month != 0 { // 1er, "3. März"
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

// yearBehind returns the year behind a month's name: it may be older than a bare one.
func (s *scanner) yearBehind(i int) (int, bool) {
	if y, ok := s.year(i); ok {
		return y, true
	}
	const oldest = 1000
	y, ok := s.plain(i)
	return y, ok && len(s.Of(i)) == 4 && y >= oldest && y < firstYear && !s.counted(i+1)
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

// partBefore reports whether "fin", "mi-" or "early" stands right before token i.
func (s *scanner) partBefore(i int) bool {
	k := i - 1
	for s.Hyphen(k) || s.has(k, of) || s.Is(k, "the") || s.Is(k, "mois") {
		if k < i-3 {
			return false
		}
		k--
	}
	p := s.sense(k).part
	return k >= 0 && (p == Early || p == Mid || p == Late)
}

// partOf reads "fin 2020", "mi-juin", "the end of last year".
func (s *scanner) partOf(i int) (atom, int) {
	p := s.sense(i).part
	if p != Early && p != Mid && p != Late {
		return atom{}, i
	}
	j := i + 1
	for k := 0; k < 4 && (s.Hyphen(j) || s.has(j, of) || s.Is(j, "le") || s.Is(j, "la") || s.Is(j, "l'") || s.Is(j, "the") || s.Is(j, "mois") && s.has(j+1, of) || s.Is(j, "in") || s.Is(j, "on") || s.has(j, yearName) && !s.has(j, decade) && s.Kind(j+1, word.Number)); k++ {
		j++
	}
	if j >= len(s.Tokens) {
		return atom{}, i
	}
	if s.Kind(j, word.Number) {
		y, ok := s.year(j)
		if !ok || s.counted(j+1) && y%100 == 0 {
			return atom{}, i
		}
		a := said(contrechamp.Date{Year: y}, contrechamp.Date{})
		a.Part = p
		if s.Glued(j+1) && s.Is(j+1, "s") && y%10 == 0 {
			a.End = contrechamp.Date{Year: y + 9} // the early 2010s
			return a, j + 2
		}
		return a, j + 1
	}
	for _, try := range [...]func(int) (atom, int){s.monthWord, s.unitWord, s.seasonWord, s.decadeWord} {
		if a, end := try(j); end > j {
			if a.Part == Whole {
				a.Part = p
			}
			return a, end
		}
	}
	// "à la fin de l'année": this year's
	u := s.sense(j).unit
	if (u == yearUnit || u == monthUnit) && j > i+1 && s.sense(i).cue != At {
		d, _, _, ok := unitOf(u, same, s.ref)
		if !ok || s.has(j, decade) {
			return atom{}, i
		}
		a := atom{}
		a.Date, a.Next, a.Part, a.Relative = d, d, p, true
		return a, j + 1
	}
	return atom{}, i
}

// halfOrQuarter reads "premier semestre 2021", "the second half of 2020", "T1 2021", "Q3 2019".
func (s *scanner) halfOrQuarter(i int) (atom, int) {
	var p Part
	j := i
	switch {
	case s.quarterCode(i):
		w := s.Of(i)
		n := Part(w[1] - '1')
		switch w[0] {
		case 'T', 'Q':
			p = FirstQuarter + n
		default:
			p = FirstHalf + n
		}
		j++
	case s.Kind(i, word.Number) && s.has(i+1, ending) && s.Glued(i+1) && (s.sense(i+2).unit == quarterUnit || s.sense(i+2).unit == halfUnit):
		n, ok := s.plain(i) // "3e trimestre"
		quarter := s.sense(i+2).unit == quarterUnit
		if !ok || n < 1 || n > 4 || n > 2 && !quarter {
			return atom{}, i
		}
		p = FirstHalf + Part(n-1)
		if quarter {
			p = FirstQuarter + Part(n-1)
		}
		j += 3
	case s.has(i, ordinal) && s.sense(i).n <= 4 && s.sense(i+1).unit == quarterUnit:
		p = FirstQuarter + Part(s.sense(i).n-1)
		j += 2
	case s.has(i, ordinal) && s.sense(i).n <= 2 && s.sense(i+1).unit == halfUnit:
		p = FirstHalf + Part(s.sense(i).n-1)
		j += 2
	default:
		return atom{}, i
	}
	for k := 0; k < 3 && (s.has(j, of) || s.Is(j, "l'") || s.Is(j, "the") || s.has(j, yearName) && s.Kind(j+1, word.Number)); k++ {
		j++
	}
	if y, ok := s.year(j); ok {
		a := said(contrechamp.Date{Year: y}, contrechamp.Date{})
		a.Part = p
		return a, j + 1
	}
	if a, end := s.unitWord(j); end > j && a.Date.Month == 0 {
		a.Part = p
		return a, end
	}
	return atom{}, i
}

// quarterCode reports whether token i is "T1", "Q3", "S2" or "H1" before a year.
func (s *scanner) quarterCode(i int) bool {
	if !s.Kind(i, word.Word) || s.Tokens[i].End-s.Tokens[i].Start != 2 {
		return false
	}
	w := s.Of(i)
	switch w[0] {
	case 'T', 'Q':
		return w[1] >= '1' && w[1] <= '4'
	case 'S', 'H':
		return w[1] == '1' || w[1] == '2'
	}
	return false
}

// seasonWord reads "printemps 2019", "the summer of 2020", "l'été dernier", "this spring".
func (s *scanner) seasonWord(i int) (atom, int) {
	j, sh := i, open
	if !s.has(i, season) {
		sh = s.shiftOf(i)
		if sh == open || !s.lang.lastFirst && sh != same || !s.has(i+1, season) {
			return atom{}, i
		}
		j++
	}
	p := s.sense(j).part
	k := j + 1
	if s.has(k, of) {
		k++
	}
	a := atom{}
	a.Part = p
	if y, ok := s.year(k); ok && sh == open && !(s.Is(j-1, "a") || s.Is(j-1, "ont")) {
		a = said(contrechamp.Date{Year: y}, contrechamp.Date{})
		a.Part = p
		return a, k + 1
	}
	k = j + 1
	if s.has(k, of) {
		if s.shiftOf(k+1) != open && s.sense(k+2).unit == yearUnit || s.sense(k+2).unit == yearUnit && s.shiftOf(k+3) != open {
			if b, end := s.unitWord(k + 1); end > k+1 {
				b.Part = p
				return b, end
			}
			if b, end := s.unitWord(k + 2); end > k+2 {
				b.Part = p
				return b, end
			}
		}
	}
	if t := s.shiftOf(k); sh == open && (t == before || t == after && !s.lang.lastFirst) {
		sh = t
		k++
	}
	if sh == open && s.has(k, and) && s.has(k+1, season) {
		if b, end := s.seasonWord(k + 1); end > k+1 && b.yearSaid { // the summer and fall of 2023
			a = said(b.Date, contrechamp.Date{})
			a.Part = p
			return a, k
		}
	}
	if sh == open {
		// "en été" and "in summer" are of every year; "à l'automne", "au printemps", "in the spring" are of one
		led := s.Is(j-2, "a", "l'") || s.Is(j-2, "des", "l'") || s.Is(j-1, "au") || s.Is(j-2, "in", "the") || s.Is(j-2, "depuis", "l'") || s.Is(j-2, "ici", "l'") ||
			s.Is(j-2, "by", "the") || s.Is(j-2, "since", "the") || s.Is(j-1, "by") || s.Is(j-1, "since")
		if !led {
			return atom{}, i
		}
	}
	past, future, ok := seasonOf(p, sh, s.ref)
	if !ok {
		return atom{}, k
	}
	a.Date, a.Next, a.Relative = past, future, true
	return a, k
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
	plural := strings.HasSuffix(s.Of(j), "s") && u != monthUnit || s.Is(j, "months")
	if plural {
		return atom{}, i
	}
	k := j + 1
	if !s.lang.lastFirst && sh == open {
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
