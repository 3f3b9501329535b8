package lexicon

import (
	"strings"
	"unicode"
	"unicode/utf8"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// Find appends to dst the names in text, leftmost first; of those that start at one word the longest; none overlaps
// another. The tokens are word.Cut's of text, or a run of them: First and Last count from tokens[0], offsets from
// text[0].
func (l *Lexicon) Find(dst []Match, text string, tokens []word.Token) []Match {
	return l.FindBut(dst, text, tokens, nil)
}

// Begins reports whether a name may begin with a folded word in lower case, and whether with a capital.
func (l *Lexicon) Begins(w string) (lower, upper bool) {
	h := hashWord(w)
	isCommon := l.common.has(h.singular)
	return isCommon || l.lower.has(h.whole) || l.article.has(h.whole), isCommon || l.prefixes.has(uint32(enter(h.whole, false)>>32))
}

// atOnce is how many tokens are looked at at once: the filters and the table lie far from the processor, so they are asked for all of
// these before the first answer is used.
const atOnce = 64

// begin is a token that a name may start with.
type begin struct {
	at             int
	h              hashes
	node           uint64 // of the proper name's first word
	proper, common bool
	prefix         uint64 // the filters' answers
	first          slot   // what the table has first for it
}

// FindBut is Find for whoever knows of some tokens already, from Begins, that no name begins with them; never has an entry for
// each token, or none at all.
func (l *Lexicon) FindBut(dst []Match, text string, tokens []word.Token, never []bool) []Match {
	var room [atOnce]begin
	next := 0 // the token behind the last name
	for from := 0; from < len(tokens); from += atOnce {
		begins := room[:0]
		for i := from; i < min(from+atOnce, len(tokens)); i++ {
			t := &tokens[i]
			if never != nil && never[i] || t.Kind == word.Punct || t.Kind == word.Word && !t.Upper && !l.heads.has(text[t.Start:t.End]) {
				continue
			}
			b := begin{at: i, h: hashWord(text[t.Start:t.End])}
			b.node = enter(b.h.whole, false)
			b.prefix = l.prefixes.word(uint32(b.node >> 32))
			begins = append(begins, b)
		}
		some := begins[:0]
		for i := range begins {
			b := &begins[i]
			b.proper, b.common = l.mayStart(tokens, b)
			if !b.proper && !b.common {
				continue
			}
			b.first = l.table[b.node&l.mask]
			some = append(some, *b)
		}
		for i := range some {
			b := &some[i]
			if b.at < next || b.first.state == 0 && !b.common {
				continue
			}
			if m, ok := l.longest(text, tokens, b.at, b.proper, b.common, b.h); ok {
				dst = append(dst, m)
				next = m.Last
			}
		}
	}
	return dst
}

// mayStart asks the filters whether a name may start with a token.
func (l *Lexicon) mayStart(tokens []word.Token, b *begin) (proper, common bool) {
	switch {
	case tokens[b.at].Upper:
		proper = holds(b.prefix, uint32(b.node>>32))
	case l.lower.has(b.h.whole):
		proper = true
	default:
		proper = b.at+1 < len(tokens) && tokens[b.at+1].Upper && l.article.has(b.h.whole)
	}
	return proper, l.common.has(b.h.singular)
}

// FindAll appends every name in text, also those inside longer ones ("Orlando" in "Orlando Police Department"), in
// the order of their first word, the shortest first.
func (l *Lexicon) FindAll(dst []Match, text string, tokens []word.Token) []Match {
	for i := range tokens {
		proper, common, h := l.start(text, tokens, i)
		if !proper && !common {
			continue
		}
		from := len(dst)
		emit := func(last int, f *final) {
			forms := l.forms(f, text, tokens, i, last)
			if len(forms) == 0 {
				return
			}
			for n := from; n < len(dst); n++ {
				if dst[n].Last == last {
					return // the common noun is among the forms of the proper name already
				}
			}
			dst = append(dst, l.match(tokens, i, last, forms))
		}
		if proper {
			l.walkFrom(text, tokens, i, h.whole, false, emit)
		}
		if common {
			l.walkFrom(text, tokens, i, h.singular, true, emit)
		}
		sortByLast(dst[from:])
	}
	return dst
}

// sortByLast sorts the few matches that start at one word; they come as two sorted runs.
func sortByLast(ms []Match) {
	for i := 1; i < len(ms); i++ {
		for j := i; j > 0 && ms[j].Last < ms[j-1].Last; j-- {
			ms[j], ms[j-1] = ms[j-1], ms[j]
		}
	}
}

// longest returns the longest match that starts at token i, where the filters let names start.
func (l *Lexicon) longest(text string, tokens []word.Token, i int, proper, common bool, h hashes) (Match, bool) {
	last := -1
	var best []Form
	emit := func(end int, f *final) {
		if end > last {
			if forms := l.forms(f, text, tokens, i, end); len(forms) > 0 {
				last, best = end, forms
			}
		}
	}
	if proper {
		l.walkFrom(text, tokens, i, h.whole, false, emit)
	}
	if common {
		l.walkFrom(text, tokens, i, h.singular, true, emit)
	}
	if last < 0 {
		return Match{}, false
	}
	return l.match(tokens, i, last, best), true
}

func (l *Lexicon) match(tokens []word.Token, first, last int, forms []Form) Match {
	return Match{
		Span:  contrechamp.Span{Start: tokens[first].Start, End: tokens[last-1].End},
		First: first, Last: last, Forms: forms,
	}
}

// start asks the filters whether a name may start with token i.
func (l *Lexicon) start(text string, tokens []word.Token, i int) (proper, common bool, h hashes) {
	t := &tokens[i]
	if t.Kind == word.Punct {
		return false, false, h
	}
	b := begin{at: i, h: hashWord(text[t.Start:t.End])}
	b.node = enter(b.h.whole, false)
	b.prefix = l.prefixes.word(uint32(b.node >> 32))
	proper, common = l.mayStart(tokens, &b)
	return proper, common, b.h
}

// walk calls found for each name that starts at token first, with the token behind its last one.
func (l *Lexicon) walk(text string, tokens []word.Token, first int, common bool, found func(last int, f *final)) {
	h := hashWord(tokens[first].Of(text))
	l.walkFrom(text, tokens, first, pick(h, common), common, found)
}

func pick(h hashes, common bool) uint32 {
	if common {
		return h.singular
	}
	return h.whole
}

func (l *Lexicon) walkFrom(text string, tokens []word.Token, first int, h uint32, common bool, found func(last int, f *final)) {
	node := enter(h, common)
	for last := first; ; {
		more, hit := l.look(node, text, tokens, first, last+1, common)
		if hit != nil {
			found(last+1, hit)
		}
		if !more {
			return
		}
		next := nextWord(text, tokens, last+1)
		if next == len(tokens) {
			return
		}
		g := gapOf(text[tokens[last].End:tokens[next].Start])
		if g == gapHard {
			return
		}
		node = step(node, g, pick(hashWord(tokens[next].Of(text)), common))
		last = next
	}
}

// look asks the table for the prefix with that hash: whether names go on from it, and the name that ends here.
func (l *Lexicon) look(node uint64, text string, tokens []word.Token, first, last int, common bool) (more bool, hit *final) {
	tag := uint32(node >> 32)
	if !l.prefixes.has(tag) {
		return false, nil
	}
	for at := node & l.mask; ; at = (at + 1) & l.mask {
		s := &l.table[at]
		if s.state == 0 {
			return more, hit
		}
		if s.tag != tag {
			continue
		}
		more = more || s.state&slotMore != 0
		if n := s.state >> slotShift; n != 0 && hit == nil {
			if f := &l.finals[n-1]; f.common == common && l.says(f, text, tokens, first, last) {
				hit = f
			}
		}
	}
}

// says compares the words of the text with those of the name, byte by byte.
func (l *Lexicon) says(f *final, text string, tokens []word.Token, first, last int) bool {
	key := l.blob[f.key : f.key+uint32(f.keyLen)]
	for i := first; ; {
		n := nextGap(key)
		w := key
		if n >= 0 {
			w = key[:n]
		}
		if !equalWord(tokens[i].Of(text), w, f.common) {
			return false
		}
		next := nextWord(text, tokens, i+1)
		if n < 0 {
			return next >= last
		}
		if next >= last || gapMarks[gapOf(text[tokens[i].End:tokens[next].Start])] != key[n] {
			return false
		}
		key, i = key[n+1:], next
	}
}

// nextGap returns where the first of gapMarks stands in a key, -1 for nowhere.
func nextGap(key string) int {
	for i := 0; i < len(key); i++ {
		if c := key[i]; c <= '.' && (c == ' ' || c == '.' || c == ',') {
			return i
		}
	}
	return -1
}

// nextWord returns the first token from i on that counts as a word: words, numbers, and the plus sign ("Face++").
func nextWord(text string, tokens []word.Token, i int) int {
	for i < len(tokens) && tokens[i].Kind == word.Punct && text[tokens[i].Start] != '+' {
		i++
	}
	return i
}

// What may stand between two words of a name.
const (
	gapSoft  = iota // nothing, white space, a hyphen, an apostrophe
	gapTight        // one mark without white space: "U.S", "Evidence.com", "1:1"
	gapLoose        // a mark or two with white space: "Co., Ltd", "Import & Export"
	gapHard         // anything else: no name goes on
)

// gapMarks stand for the gaps in a key.
const gapMarks = " .,"

// maxGap is the longest gap that a name may go on over, in bytes: an indented new line fits, a page's void does not.
const maxGap = 40

// gapOf says what stands between two words.
func gapOf(between string) int {
	if between == "" || between == " " || between == "-" {
		return gapSoft
	}
	if len(between) > maxGap {
		return gapHard
	}
	space, dash, marks, lines := false, false, 0, 0
	for _, r := range between {
		switch {
		case r == '\n':
			lines++
			space = true
		case unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff':
			space = true
		case r == '-' || '\u2010' <= r && r <= '\u2015' || r == '\u2212':
			if dash {
				return gapHard
			}
			dash = true
		case r == '\'' || r == '’' || r == '\u00ad':
		case r < utf8.RuneSelf && strings.IndexByte(".,&/:()", byte(r)) >= 0 || r == '°' || r == 'º':
			marks++
		default:
			return gapHard
		}
	}
	switch {
	case lines > 1 || dash && (space || marks > 0) || marks > 2:
		return gapHard // a new paragraph, a dash between two parts of a sentence, a row of marks
	case marks == 0:
		return gapSoft
	case space:
		return gapLoose
	}
	return gapTight
}
