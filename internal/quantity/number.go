package quantity

import (
	"math"
	"strings"

	"contrechamp.org/contrechamp/internal/word"
)

// number is what was read of digits or number words, without sign, currency or qualifier.
type number struct {
	first, end int // tokens, end excluded
	value      float64
	coef       float64 // value without its scale
	scale      float64 // 1, or 1e6 for millions...
	words      bool
	vague      bool
	about      bool // by its nature: "une centaine"
	bareYear   bool // four plain digits
	weak       bool
}

// number reads the number at token i. Where there is none, end is where to go on.
func (s *scanner) number(i int) (number, bool) {
	if s.Tokens[i].Kind == word.Number {
		return s.digits(i)
	}
	return s.wordNumber(i)
}

// digits reads a number in digits, in groups or not, and the scale behind it.
func (s *scanner) digits(i int) (number, bool) {
	end := s.groupsEnd(i)
	if end < 0 {
		return number{end: s.digitsEnd(i)}, false
	}
	v, ok := s.groupValue(i, end)
	if !ok {
		return number{end: end}, false
	}
	n := number{first: i, end: end, value: v, coef: v, scale: 1, bareYear: end == i+1 && s.yearLike(i)}
	s.scaleBehind(&n)
	return n, true
}

// groupsEnd returns the end of "1 234 567" from token i, i+1 when no group follows, -1 when there are too many.
func (s *scanner) groupsEnd(i int) int {
	if w := s.Of(i); len(w) > 3 || strings.ContainsAny(w, ".,'") {
		return i + 1
	}
	j := i + 1
	for {
		k := j
		if s.Mark(j) == "’" && s.Glued(j) && s.Glued(j+1) { // 485’000
			k++
		} else if s.brokenGroup(i, j) { // 31, 460
			k++
		} else if !s.Kind(j, word.Number) || !s.thinGap(j) {
			break
		}
		if !s.Kind(k, word.Number) || !s.group(k) {
			break
		}
		if k-i > 2*maxGroups {
			return -1
		}
		j = k + 1
		if len(s.Of(k)) > 3 {
			break
		}
	}
	return j
}

// brokenGroup reports whether token j is the mark between thousands that lost its place in a conversion, "$31, 460", "20. 339 euro": only beside money, since
// sums have groups of three far more often than sentences end and begin with a number.
func (s *scanner) brokenGroup(i, j int) bool {
	end := j
	for end-i < 2*maxGroups && s.Mark(end) == string(s.lang.thousands) && s.Glued(end) && s.Kind(end+1, word.Number) && s.thinGap(end+1) && len(s.Of(end+1)) == 3 && s.group(end+1) {
		end += 2
	}
	return end > j && (symbolAt(s.Mark(i-1)) || symbolAt(s.Mark(end)) || s.sense(end).role == money)
}

// group reports whether token j is three digits, perhaps with decimals behind them.
func (s *scanner) group(j int) bool {
	w := s.Of(j)
	if len(w) < 3 || strings.ContainsAny(w[:3], ".,'") {
		return false
	}
	return len(w) == 3 || len(w) > 4 && w[3] == s.lang.decimal && !strings.ContainsAny(w[4:], ".,'")
}

// thinGap reports whether one space stands between tokens j-1 and j.
func (s *scanner) thinGap(j int) bool {
	switch s.Text[s.Tokens[j-1].End:s.Tokens[j].Start] {
	case " ", "\u00a0", "\u202f", "\u2009", "\u2007":
		return true
	}
	return false
}

func (s *scanner) groupValue(i, end int) (float64, bool) {
	if end == i+1 {
		return s.value(i)
	}
	var b strings.Builder
	for j := i; j < end; j++ {
		if s.Kind(j, word.Number) {
			b.WriteString(s.Of(j))
		}
	}
	v := atof(strings.ReplaceAll(b.String(), ",", "."))
	return v, !math.IsInf(v, 0)
}

// value reads the digits of one token.
func (s *scanner) value(i int) (float64, bool) {
	if !s.Kind(i, word.Number) {
		return 0, false
	}
	return s.shape(s.Of(i), i)
}

// shape reads digits with their marks, which end in token i. A point or a comma with three digits behind it separates
// thousands or decimals as the language has it, and as what follows does: a fraction of a camera is none, and nobody
// writes "2,479 milliards" for thousands.
func (s *scanner) shape(w string, i int) (float64, bool) {
	sep := strings.IndexAny(w, ".,'")
	if sep < 0 {
		v := atof(w)
		return v, w[0] <= '9' && !math.IsInf(v, 0)
	}
	kind := w[sep]
	parts := strings.FieldsFunc(w, func(r rune) bool { return r == '.' || r == ',' || r == '\'' })
	last := strings.LastIndexAny(w, ".,'")
	switch {
	case w[last] != kind: // 1,234.56
		if strings.Count(w, string(w[last])) > 1 || w[last] == '\'' || !grouped(parts[:len(parts)-1]) {
			return 0, false
		}
		return finite(strings.Join(parts[:len(parts)-1], "") + "." + parts[len(parts)-1])
	case len(parts) > 2 || kind == '\'':
		if !grouped(parts) && !(kind == ',' && indian(parts)) {
			return 0, false
		}
		return finite(strings.Join(parts, ""))
	case len(parts[1]) == 3 && len(parts[0]) <= 3 && parts[0][0] != '0' && s.thousands(kind, w, i):
		return finite(parts[0] + parts[1])
	}
	return finite(parts[0] + "." + parts[1])
}

func finite(w string) (float64, bool) {
	v := atof(w)
	return v, !math.IsInf(v, 0)
}

// thousands reports whether the mark before the three last digits of w, which ends in token i, separates thousands.
func (s *scanner) thousands(mark byte, w string, i int) bool {
	next := s.sense(i + 1)
	if s.Hyphen(i + 1) {
		next = s.sense(i + 2)
	}
	if next.role == scale && next.flags&suffix == 0 && !(s.lang.english && mark == ',') {
		// nobody writes "1,200 million" for 1.2; "1.450 millones" are so many where a thousand millions have no name of their own
		return strings.HasSuffix(w, "00") || mark == '.' && mark == s.lang.thousands && next.n == 1e6
	}
	if mark == s.lang.thousands {
		return s.lang.english || s.Mark(i+1) != "%"
	}
	if mark != s.lang.decimal {
		return false
	}
	if s.lang.tensAnd {
		return true // in America, Spanish separates thousands by commas, and nobody writes thousandths
	}
	// the language's own decimal mark, yet something counted behind it
	return s.Kind(i+1, word.Word) && next.role == none && next.flags&small == 0 && !s.Tokens[i+1].Upper
}

// grouped reports whether digits stand in groups of three behind a first of one to three.
func grouped(parts []string) bool {
	if len(parts[0]) > 3 || len(parts) > maxGroups+1 {
		return false
	}
	for _, p := range parts[1:] {
		if len(p) != 3 {
			return false
		}
	}
	return true
}

// indian reports whether digits stand in groups as in India: 5,80,000.
func indian(parts []string) bool {
	if len(parts) < 3 || len(parts[0]) > 2 || len(parts[len(parts)-1]) != 3 || len(parts) > maxGroups+2 {
		return false
	}
	for _, p := range parts[1 : len(parts)-1] {
		if len(p) != 2 {
			return false
		}
	}
	return true
}

// scaleBehind multiplies n by "millions", "thousand", "bn" and the like behind it.
func (s *scanner) scaleBehind(n *number) {
	for k := 0; k < 3; k++ {
		j := n.end
		if s.Hyphen(j) && s.Glued(j) && s.Glued(j+1) {
			j++
		}
		sn := s.sense(j)
		switch {
		case sn.role == scale && sn.flags&suffix != 0:
			if k > 0 || j != n.end && sn.n != 1e7 || !s.shortScale(n.first, j) {
				return
			}
		case sn.role == scale, sn.role == collective && sn.flags&strict == 0, sn.role == hundred && s.lang.english && k == 0:
			if sn.role == collective {
				n.about = n.about || sn.n != 12
			}
		default:
			s.andHalf(n)
			return
		}
		n.scale *= sn.n
		n.value = n.coef * n.scale
		n.end = j + 1
		if rest, ok := s.plain(n.end); ok && s.lang.tensAnd && n.scale == 1000 && len(s.Of(n.end)) == 3 { // "4 mil 791", as Mexico writes
			n.value += float64(rest)
			n.coef, n.scale = n.value, 1
			n.end++
		}
		if s.Mark(n.end) == "." && s.Glued(n.end) && s.sense(n.end+1).role == money {
			n.end++ // "3 Mio. Euro"
		}
		if s.has(n.end, of) && s.sense(n.end+1).role == scale && s.has(n.end+1, plural) && sn.role == collective {
			n.end++ // une dizaine de milliers
		}
	}
}

// andHalf reads "et demi" behind a scale.
func (s *scanner) andHalf(n *number) {
	if n.scale < 1000 || !s.has(n.end, and) {
		return
	}
	j := n.end + 1
	if s.sense(j).role == article {
		j++
	}
	if s.has(j, half) {
		n.value += n.scale / 2
		n.coef = n.value / n.scale
		n.end = j + 1
	}
}

// shortScale reports whether the short scale at j ("m", "bn", "k") is one: money is near, or people are counted.
func (s *scanner) shortScale(first, j int) bool {
	if _, ok := s.symbolBefore(first); ok {
		return true
	}
	if symbolAt(s.Mark(j+1)) || s.sense(j+1).role == money && s.sense(j+1).flags&strict == 0 || s.has(j+1, of) && (s.sense(j+2).role == money || symbolAt(s.Mark(j+2))) {
		return true
	}
	if !s.Glued(j) {
		return false
	}
	if s.Is(j, "k") && len(s.Of(j-1)) == 1 && !s.counted(j+1) {
		return false // 4K
	}
	if s.Is(j, "k") || s.Is(j, "bn") {
		return true
	}
	return s.lang.english && s.Is(j, "m") && s.counted(j+1)
}

func symbolAt(mark string) bool {
	_, ok := symbols[mark]
	return ok && mark != ""
}

// wordNumber reads a number that starts with a word.
func (s *scanner) wordNumber(i int) (number, bool) {
	no := number{end: i}
	if v, ok := s.vague(i); ok {
		return v, true
	}
	if s.has(i, month|strict) && s.isMonth(i) && !s.lang.english {
		return no, false
	}
	n := number{first: i, words: true, scale: 1}
	j := i
	cur := 0.0
	switch sn := s.sense(i); {
	case sn.role == someOf || sn.flags&half != 0 && !s.lang.english:
		return no, false
	case sn.flags&half != 0: // half a million
		if s.sense(i+1).role != article || !s.bigger(i+2) {
			return no, false
		}
		cur, j = 0.5, i+2
	case sn.role == article: // a hundred
		if !s.bigger(i+1) || s.has(i+1, plural) {
			return no, false
		}
		cur, j = 1, i+1
	case sn.flags&shy != 0 && s.has(i+1, half): // un demi-million
		k := i + 2
		if s.Hyphen(k) {
			k++
		}
		if !s.bigger(k) {
			return no, false
		}
		cur, j = 0.5, k
	case sn.role == hundred && s.lang.english, sn.role == scale && sn.n != 1000, sn.role == collective, sn.flags&suffix != 0,
		sn.role == scale && s.lang.english, sn.role == money, sn.role == measure, sn.role == none:
		if sn.role == collective && sn.flags&(plural|strict) == 0 && s.has(i+1, of) && !s.lang.english {
			cur = 1 // "la dizaine de caméras"
			break
		}
		return no, false
	}
	g := grammar{s: s, cur: cur, low: 1000, pos: j, opened: cur != 0}
	if !g.read() {
		return no, false
	}
	n.end, n.value, n.about = g.pos, g.total+g.cur, g.about
	thousands := s.sense(n.end-1).role == scale && s.sense(n.end-1).n == 1000
	if rest, ok := s.plain(n.end); ok && s.lang.tensAnd && thousands && len(s.Of(n.end)) == 3 { // "mil 250", "dos mil 248", as Mexico writes
		n.value += float64(rest)
		n.end++
		n.coef, n.scale = n.value, 1
		if s.sense(n.end).role == scale && s.sense(n.end).flags&suffix == 0 { // "dos mil 600 millones"
			s.scaleBehind(&n)
		}
		return n, true
	}
	n.coef, n.scale = n.value, 1
	if lead := g.lead; lead > 0 && n.value/lead == math.Trunc(n.value/lead) && (n.value/lead >= 100 || n.value/lead == g.scale) {
		n.coef, n.scale = lead, n.value/lead // "three hundred thousand" is 3 by 100,000
	}
	s.andHalf(&n)
	if n.value == 1 && n.end == i+1 && s.has(i, shy) {
		if s.lang.english {
			n.weak = true
			if !s.Kind(n.end, word.Word) || s.sense(n.end).flags != 0 || s.Tokens[n.end].Upper || s.has(i-1, chooser) {
				return no, false
			}
		} else if !s.has(n.end, alone) {
			return no, false
		}
	}
	// "un système neuf"
	if n.end == i+1 && s.has(i, strict) && s.Is(i, "neuf") && i > 0 && s.Kind(i-1, word.Word) && s.sense(i-1).flags&small == 0 &&
		(!s.Kind(n.end, word.Word) || s.has(n.end, small)) {
		return no, false
	}
	if s.capitalName(i, n.end) {
		return number{end: n.end}, false
	}
	if !s.lang.english && n.value <= 31 && s.isMonth(n.end) { // "le trois mars"
		return number{end: n.end}, false
	}
	return n, true
}

// bigger reports whether token i is a hundred, a scale or a collective that may be counted.
func (s *scanner) bigger(i int) bool {
	sn := s.sense(i)
	return (sn.role == hundred || sn.role == scale || sn.role == collective) && sn.flags&(suffix|strict) == 0
}

// vague reads "des milliers", "several hundred", "hundreds of thousands".
func (s *scanner) vague(i int) (number, bool) {
	j := i
	if s.sense(i).role == article && s.sense(i+1).role == someOf {
		j++ // a few
	}
	led := s.sense(j).role == someOf
	if led {
		j++
		if s.has(j, of) {
			j++ // a couple of
		}
	}
	first := s.sense(j)
	if !s.bigger(j) || !led && (first.flags&plural == 0 || !s.has(j+1, of)) {
		return number{}, false
	}
	if led && first.flags&plural == 0 && !s.lang.english {
		return number{}, false // "des cent caméras", "des milliard"
	}
	if led && s.Is(i, "some") && first.flags&plural == 0 {
		return number{}, false // "some thousand cameras" says about how many
	}
	j++
	for k := 0; k < 3; k++ {
		switch {
		case s.bigger(j):
			j++
		case s.has(j, of) && s.bigger(j+1) && s.has(j+1, plural):
			j += 2
		}
	}
	return number{first: i, end: j, words: true, vague: true}, true
}

// grammar reads number words from pos on. total holds what the scales have closed, cur what comes before the next
// scale, low is what the next word must be less than.
type grammar struct {
	s          *scanner
	pos        int
	total, cur float64
	low        float64
	scale      float64 // the last scale read
	under      float64 // what the next scale must be less than, 0 for any
	lead       float64 // the first word, if it is a unit
	opened     bool    // "a" or "half" stood first
	about      bool
	lastScale  bool // the last word was a scale
	jumped     bool // word took more than one token, up to pos
}

func (g *grammar) read() bool {
	start := g.pos
	for g.pos-start < maxPhrase {
		j := g.pos
		if j > start {
			switch {
			case g.s.Hyphen(j) && g.s.Glued(j) && g.s.Glued(j+1) && !g.s.has(j+1, and):
				j++
			case g.s.has(j, and) && g.joins(j):
				j++
				if g.s.Hyphen(j) {
					j++
				}
			case g.s.Hyphen(j) && g.s.Glued(j) && g.s.has(j+1, and): // soixante-et-onze
				if !g.joins(j + 1) {
					return g.pos > start
				}
				j += 2
				if g.s.Hyphen(j) {
					j++
				}
			}
		}
		if !g.word(j, j == start) {
			break
		}
		if g.jumped {
			g.jumped = false
			j = g.pos
		}
		g.pos = j + 1
	}
	return g.pos > start
}

// joins reports whether "et" or "and" at j joins what was read to what follows: "vingt et un", "two hundred and five".
func (g *grammar) joins(j int) bool {
	next := g.s.sense(j + 1)
	if g.s.Hyphen(j + 1) {
		next = g.s.sense(j + 2)
	}
	if g.s.lang.english {
		ok := next.role == unit || next.role == ten
		return ok && (g.low == 100 || g.lastScale) && g.cur+g.total >= 100
	}
	if g.lastScale && next.role == unit && next.n >= 1000 && next.n < g.scale {
		return true // "un milione e centomila"
	}
	rest := math.Mod(g.cur, 100)
	if g.s.lang.tensAnd {
		return next.role == unit && next.n < 10 && g.low == 10 && rest >= 30
	}
	return next.role == unit && (next.n == 1 || next.n == 11 && rest == 60) && rest >= 20 && rest <= 70 && math.Mod(rest, 10) == 0
}

// word takes the word at j if it may stand there.
func (g *grammar) word(j int, first bool) bool {
	sn := g.s.sense(j)
	if sn.flags&suffix != 0 {
		return false
	}
	french := !g.s.lang.english
	switch sn.role {
	case unit:
		behindScale := g.lastScale && sn.n < g.scale
		if sn.n >= g.low && !(sn.n >= 1000 && (first || behindScale)) || g.opened && g.cur == 0.5 || g.opened && g.low == 1000 && g.total == 0 && g.cur == 1 {
			return false
		}
		if french && g.low == 10 && math.Mod(g.cur, 100) == 10 && sn.n < 7 {
			return false
		}
		if sn.n >= 1000 { // "dreitausend", "ventimila", "un milione e centomila"
			if !first && !behindScale || g.cur != 0 {
				return false
			}
			g.total, g.low, g.scale, g.under, g.lastScale = g.total+sn.n, 1000, 1000, 1000, true
			return true
		}
		g.cur += sn.n
		g.low = 1
		switch {
		case sn.n >= 100 && math.Mod(sn.n, 100) == 0: // "doscientos", "zweihundert"
			g.low = 100
		case french && sn.n == 10:
			g.low = 10
		}
		if first {
			g.lead = sn.n
		}
		if !french && g.s.has(j+1, and) && g.s.sense(j+2).role == article && g.s.has(j+3, half) && g.s.bigger(j+4) {
			g.cur += 0.5 // three and a half million
			g.pos = j + 3
			g.lead = 0
			g.jumped = true
		}
	case ten:
		if french && sn.n == 20 && g.low == 1 && math.Mod(g.cur, 10) == 4 && g.s.Is(g.pos-1, "quatre") {
			g.cur += 76
			g.low = 20
			break
		}
		if sn.n >= g.low || g.opened && g.low == 1000 && g.total == 0 {
			return false
		}
		g.cur += sn.n
		g.low = 10
		if french && sn.n == 60 && !g.s.lang.tensAnd { // "soixante-douze"; "sesenta y dos" goes on as the others do
			g.low = 20
		}
	case hundred:
		if g.cur >= 100 || !first && g.cur == 0 && !french || sn.flags&plural != 0 && !french {
			return false
		}
		if french && (g.cur > 19 || g.low == 1000 && g.cur > 1) {
			return false
		}
		g.cur = max(g.cur, 1) * 100
		g.low = 100
	case scale:
		switch {
		case g.lastScale && g.cur == 0 && g.total < sn.n: // mille milliards, two lakh crore
			g.total *= sn.n
		case g.under != 0 && sn.n >= g.under:
			return false
		case g.cur == 0 && !(french && sn.n == 1000):
			return false
		default:
			if g.cur == 0 {
				g.cur = 1
			}
			g.total += g.cur * sn.n
		}
		g.cur, g.low, g.scale, g.under, g.lastScale = 0, 1000, sn.n, sn.n, true
		return true
	case collective:
		if g.cur == 0 || g.total != 0 {
			return false
		}
		g.about = g.about || sn.n != 12 || g.cur <= 1
		g.cur *= sn.n
		g.scale = sn.n
		g.low = 1
		if g.s.has(j+1, of) && g.s.bigger(j+2) && g.s.has(j+2, plural) {
			g.cur *= g.s.sense(j + 2).n
			g.pos, g.jumped = j+2, true
		}
	default:
		return false
	}
	g.lastScale = false
	return true
}
