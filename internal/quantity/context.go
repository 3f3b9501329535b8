package quantity

import (
	"math"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// symbolBefore returns the first token of a currency written before token i, and whether there is one.
func (s *scanner) symbolBefore(i int) (int, bool) {
	j := i - 1
	if s.Mark(j) == "." && (s.Is(j-1, "rs") || s.sense(j-1).role == money && s.Of(j - 1)[0] < 'a') { // "Rs. 205 crore", "Kshs. 12"
		j--
	}
	if j < s.floor || j < 0 {
		return i, false
	}
	if symbolAt(s.Mark(j)) {
		if s.Mark(j) == "$" && s.Glued(j) && j-1 >= s.floor && s.Kind(j-1, word.Word) && dollarPrefix[strings.ToLower(s.Of(j-1))] != "" {
			return j - 1, true
		}
		return j, true
	}
	w := s.Of(j)
	if sn := s.sense(j); sn.role == money && s.Kind(j, word.Word) && sn.flags&strict == 0 && (allCapitals(w) && len(w) <= 4 || w == "Rs" || w == "KSh" || w == "Ksh" || w == "Kshs" || w == "TSh" || w == "Tsh" || w == "USh" || w == "Ush") {
		return j, true
	}
	if s.Is(j, "euro") && !s.Kind(j-1, word.Number) && s.sense(j-1).role != scale && s.sense(j).role == money { // "ammonta a euro 74.200,00"
		return j, true
	}
	return i, false
}

// currencyBefore reads a currency before the number: "$", "US$", "Rs.", "EUR".
func (s *scanner) currencyBefore(f *Found) {
	j, ok := s.symbolBefore(f.First)
	if !ok {
		return
	}
	f.Kind = Money
	switch {
	case s.Kind(j, word.Punct):
		f.Symbol = s.Of(j)
		f.Currency = symbols[f.Symbol]
	case s.Mark(j+1) == "$":
		f.Symbol = "$"
		f.Currency = dollarPrefix[strings.ToLower(s.Of(j))]
	default:
		f.Symbol, f.Currency = s.sense(j).symbol, s.sense(j).currency
		if s.Is(j, "rs") {
			f.Currency = "INR"
		}
	}
	f.First = j
}

// kindBehind reads what follows the number and says what kind it is; it returns the end of it.
func (s *scanner) kindBehind(f *Found, end int, value float64) int {
	if n, ok := s.phraseAt(s.lang.points, end); ok && f.Kind == Count {
		f.Kind = Points
		return end + n
	}
	if n, ok := s.phraseAt(s.lang.percent, end); ok && f.Kind == Count {
		f.Kind = Percent
		return end + n
	}
	if e, ok := s.currencyBehind(f, end, value); ok {
		return e
	}
	if f.Kind != Count {
		return end
	}
	j := end
	if s.Hyphen(j) && s.Glued(j) && s.Glued(j+1) {
		j++
	}
	if s.sense(j).role == measure && !f.Vague || s.Mark(end) == "°" || j == end && s.Of(j) == "m" {
		f.Kind = Measure
		f.Unit = word.Fold(s.Of(j))
		j++
		// "24 heures sur 24"
		if s.Is(j, "sur") && s.Kind(j+1, word.Number) {
			if v, ok := s.value(j + 1); ok && v == value {
				j += 2
			}
		}
		return j
	}
	return end
}

// phraseAt returns the length of the first phrase that stands at token i.
func (s *scanner) phraseAt(list map[string][][]string, i int) (int, bool) {
	if i >= len(s.Tokens) {
		return 0, false
	}
	for _, p := range list[s.Key(i)] {
		if s.Is(i, p...) {
			return len(p), true
		}
	}
	return 0, false
}

// currencyBehind reads a currency behind the number: "€", "d'euros", "francs suisses", "US dollars", "$ CA".
func (s *scanner) currencyBehind(f *Found, end int, value float64) (int, bool) {
	j := end
	if s.has(j, of) {
		j++
	}
	if s.Hyphen(j) && s.Glued(j) && s.Glued(j+1) && j == end {
		j++ // a 3-million-dollar contract
	}
	if m := s.Mark(j); symbolAt(m) && f.Symbol == "" {
		// "200 €", unless the sign belongs to a number behind it: "200 $300"
		if s.Glued(j+1) && s.Kind(j+1, word.Number) && !s.Glued(j) {
			return end, false
		}
		f.Kind, f.Symbol, f.Currency = Money, m, symbols[m]
		j++
		if m == "$" && s.Kind(j, word.Word) && allCapitals(s.Of(j)) {
			if code := dollarPrefix[strings.ToLower(s.Of(j))]; code != "" {
				f.Currency = code
				j++
			}
		}
		return j, true
	}
	nation := ""
	if s.lang.nationFirst && s.Kind(j, word.Word) && s.sense(j).role != money {
		switch {
		case s.Is(j, "u", ".", "s", "."):
			nation, j = "us", j+4
		case s.Is(j, "hong", "kong"):
			nation, j = "hong-kong", j+2
		case s.Is(j, "south") && s.Is(j+1, "korean"):
			nation, j = "korean", j+2
		case s.sense(j+1).role == money:
			nation, j = s.Key(j), j+1
		}
	}
	sn := s.sense(j)
	if sn.role != money {
		return end, false
	}
	if f.Symbol != "" { // "$250,000 USD"
		if sn.currency != "" && allCapitals(s.Of(j)) {
			f.Currency = sn.currency
			return j + 1, true
		}
		return end, false
	}
	code, symbol := sn.currency, sn.symbol
	known := s.lang.nations[symbol]
	j++
	if !s.lang.nationFirst && s.Kind(j, word.Word) {
		w := s.Key(j)
		if known[w] != "" {
			nation = w
			j++
		} else if s.Hyphen(j+1) && s.Kind(j+2, word.Word) && known[w+"-"+s.Key(j+2)] != "" {
			nation = w + "-" + s.Key(j+2)
			j += 3
		}
	}
	if s.lang.nationFirst && s.Is(j, "sterling") {
		j++
	}
	switch {
	case nation == "":
		if sn.flags&strict != 0 && !s.strictCurrency(sn, j, value) {
			return end, false
		}
	case known[nation] == "":
		return end, false // "three American pounds" are no money that we know
	case known[nation] == "CFA":
		code, symbol = "", "CFA"
	default:
		code = known[nation]
	}
	f.Kind, f.Currency, f.Symbol = Money, code, symbol
	return j, true
}

// strictCurrency reports whether a word that is also another ("pounds", "won", "livres") means money.
func (s *scanner) strictCurrency(sn sense, behind int, value float64) bool {
	switch sn.symbol {
	case "£":
		return !s.has(behind, of)
	case "₩":
		return value >= 1000 && !s.has(behind, small) && s.sense(behind).role != article
	case "lira":
		return true
	}
	return false
}

// bounds are the ends of a range.
type bounds struct {
	low, high float64
	end       int // of the second number's own words
}

// upper reads the upper end of a range behind a number that ends, with its sign, at end.
func (s *scanner) upper(f *Found, a number, end int) (bounds, int, bool) {
	j := end
	isOr, isAnd := false, false
	switch {
	case s.has(j, or):
		isOr = true
	case s.has(j, to):
		if s.changes(a.first) {
			return bounds{}, 0, false
		}
	case s.has(j, and):
		isAnd = true
	case s.Dash(j):
		if !(s.Glued(j) && s.Glued(j+1)) && s.Mark(j) != "–" {
			return bounds{}, 0, false
		}
	default:
		return bounds{}, 0, false
	}
	if isAnd && !s.between(f.First) {
		return bounds{}, 0, false
	}
	j++
	g := Found{First: j}
	if symbolAt(s.Mark(j)) {
		if f.Symbol != s.Of(j) {
			return bounds{}, 0, false
		}
		g.Kind, g.Symbol, g.Currency = f.Kind, f.Symbol, f.Currency
		j++
	}
	if j >= len(s.Tokens) || s.Kind(j, word.Punct) || s.Kind(j, word.Word) && s.sense(j).role == none {
		return bounds{}, 0, false
	}
	if s.Kind(j, word.Number) {
		if w := s.Of(j); len(w) > 1 && w[0] == '0' && w[1] >= '0' && w[1] <= '9' || s.date(j) > j || s.clock(j) > j {
			return bounds{}, 0, false
		}
	}
	inherited := f.Kind
	if f.Symbol != "" {
		g.Kind, g.Symbol, g.Currency = f.Kind, f.Symbol, f.Currency
	}
	b, ok := s.number(j)
	if !ok || b.vague || b.weak {
		return bounds{}, 0, false
	}
	e := s.kindBehind(&g, b.end, b.value)
	low := a.value
	if a.scale == 1 && b.scale > 1 && low < b.coef {
		low *= b.scale // two or three hundred, 2 à 3 millions
	} else if k := b.value / 1000; !a.words && a.scale == 1 && a.end == a.first+1 && low < k && 3*low > k && b.end == b.first+2 && math.Mod(b.value, 1000) == 0 {
		low *= 1000 // 150 à 200 000 euros
	}
	switch {
	case low >= b.value, a.bareYear && b.bareYear:
		return bounds{}, 0, false
	case isOr && b.value > 2*low+1, inherited != Count && g.Kind != inherited:
		return bounds{}, 0, false
	}
	if inherited == Count {
		f.Kind, f.Symbol, f.Currency, f.Unit = g.Kind, g.Symbol, g.Currency, g.Unit
	}
	return bounds{low: low, high: b.value, end: b.end}, e, true
}

// between reports whether "entre" or "between" stands before token i.
func (s *scanner) between(i int) bool {
	for k := 1; k <= 3 && i-k >= s.floor && i-k >= 0; k++ {
		if s.has(i-k, between) {
			return true
		}
		if !s.has(i-k, small) {
			return false
		}
	}
	return false
}

// changes reports whether the number at token i is what something changed from: "passer de 40 à 50".
func (s *scanner) changes(i int) bool {
	if !s.has(i-1, of|change) {
		return false
	}
	if s.lang.english {
		return s.Is(i-1, "from") && !s.Is(i-2, "ranging") && !s.Is(i-2, "range") && !s.Is(i-2, "ranged") && !s.Is(i-2, "varying")
	}
	for k := 2; k <= maxLookBehind && i-k >= s.floor && i-k >= 0; k++ {
		if s.Kind(i-k, word.Punct) {
			return false
		}
		if s.has(i-k, change) {
			return true
		}
	}
	return false
}

// plausible has the last word on what was read as a number, and sets Year and Weak.
func (s *scanner) plausible(f *Found, a number, end int) bool {
	f.Weak = a.weak && f.High == 0
	if f.Kind == Count && (s.has(end, fraction) || s.isRatio(a, end)) {
		return false
	}
	if !a.bareYear || f.Kind != Count || f.High != 0 || a.end != a.first+1 {
		return true
	}
	things := s.counted(end)
	round := int(a.value)%100 == 0
	listed := s.yearEnd > 0 && s.yearEnd == a.first-1 && (s.has(s.yearEnd, and|or|to) || s.Mark(s.yearEnd) == ",")
	if (s.has(a.first-1, yearly) || listed) && !(things && round) {
		s.yearEnd = end
		return false
	}
	if s.lang.nounsCapital {
		things = things && round // "Wien stellte 2018 Kameras auf"
	}
	f.Year = !things || s.lang.english && !round && (s.has(a.first-1, small) || s.Is(a.first-1, "'s"))
	return true
}

// isRatio reports whether a number is one of two that make a share: "deux sur trois", "one in five", "une caméra sur dix". "Un marché sur
// trente drones" and "63 out of 120 cameras" are none.
func (s *scanner) isRatio(a number, end int) bool {
	before := s.has(a.first-1, ratio) && !((s.Is(a.first-1, "sur") || s.Is(a.first-1, "su")) && s.counted(end)) || s.Is(a.first-2, "out", "of") && share(a.value)
	if before && a.words && a.value <= 100 {
		for k := 2; k <= 4 && a.first-k >= 0; k++ {
			if s.sense(a.first-k).role == unit {
				return true
			}
		}
	}
	if s.Is(a.first-2, "out", "of") {
		return share(a.value)
	}
	if s.Is(end, "out", "of") {
		whole, ok := s.number(end + 2)
		return !ok || share(whole.value)
	}
	j := end
	if !s.has(j, ratio) {
		return false
	}
	other := s.sense(j + 1)
	return a.words && a.value <= 100 && (other.role == unit || other.role == ten || other.role == hundred)
}

// share reports whether a number is one that shares are said of: "nine out of ten".
func share(whole float64) bool { return whole <= 10 || whole == 100 || whole == 1000 }

// qualify looks for qualifying words before and behind the number.
func (s *scanner) qualify(f *Found, end *int) {
	if q, first, ok := s.qualifierBefore(f.First); ok {
		f.Qualifier, f.First = q, first
		if f.Vague && q == contrechamp.About {
			f.Qualifier = q
		}
		return
	}
	if f.Vague {
		return
	}
	j := *end
	best := 0
	if j >= len(s.Tokens) {
		return
	}
	for _, p := range s.lang.suffixes[s.Key(j)] {
		if len(p.words) > best && s.Is(j, p.words...) {
			best = len(p.words)
			f.Qualifier = p.qualifier
		}
	}
	*end = j + best
}

// qualifierBefore returns what the words before token i make of the number, and the first of them.
func (s *scanner) qualifierBefore(i int) (contrechamp.Qualifier, int, bool) {
	for _, at := range [...]int{i, i - 1} {
		if at <= s.floor || at < i && !s.has(at, determiner) || at-1 < 0 {
			continue
		}
		var q contrechamp.Qualifier
		best := 0
		for _, p := range s.lang.qualifiers[s.Key(at-1)] {
			n := len(p.words)
			if n > best && at-n >= s.floor && s.Is(at-n, p.words...) {
				q, best = p.qualifier, n
			}
		}
		if best > 0 {
			return q, at - best, true
		}
	}
	return "", 0, false
}
