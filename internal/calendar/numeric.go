package calendar

import (
	"strconv"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

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
