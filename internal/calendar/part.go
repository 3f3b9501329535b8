package calendar

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

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
