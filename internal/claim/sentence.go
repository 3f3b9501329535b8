package claim

import (
	"slices"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/quantity"
	"contrechamp.org/contrechamp/internal/word"
)

// paragraph is a passage that proposes claims, with its tokens [first, end) of the document's.
type paragraph struct {
	first, end int
	g          *grammar
	role       contrechamp.Role
	set        classSet // of all its tokens
	surveilled answer
	shouts     answer // see shouts
	headlines  answer // see headline
	silent     bool   // proposes nothing, but says what the document is about: mastheads, menus, captions
}

// sentence is tokens [first, end) of the document's.
type sentence struct {
	first, end int
	para       int
	set        classSet // of all its tokens, empty where nobody asked
	fires      passes   // what they set off
	kinds      kind     // of all its units
	units      []unit
	voices     []voice
	tabled     bool // a table's row that was read as such
	saysNone   bool // no pattern that says a capability matches: found before the rules are tried, see says
}

// unit is what patterns walk over: one mention, or one word or mark.
type unit struct {
	first, end int // tokens
	kinds      kind
	mention    *mention
	stop       bool // a mark that no gap crosses
	comma      bool
}

// longMeta is how many tokens a line of dates and credits must have to say something besides: "Marché conclu le
// 21/06/2023. Précédent titulaire : Inéo."
const longMeta = 9

// cut makes the document's tokens, classes and sentences.
func (d *passageDoc) cut() {
	const bytesPerToken = 5
	d.roomFor(len(d.body)/bytesPerToken + 16)
	for i := range d.text.Paragraphs {
		p := &d.text.Paragraphs[i]
		if p.Role == contrechamp.RoleRepeat || p.Start < 0 || p.End > len(d.body) || p.Start >= p.End {
			continue
		}
		g := d.e.grammars[p.Language]
		if g == nil && (p.Language == "und" || p.Language == "") {
			g = d.e.grammars[d.text.Language]
		}
		if g == nil && !p.Role.Speaks() {
			g = d.e.grammars[d.text.Language] // too short to tell
		}
		if g == nil {
			continue
		}
		g.ready(d.e.lex)
		first := len(d.toks)
		d.toks = word.Cut(d.toks, d.body[p.Start:p.End])
		d.paras = append(d.paras, paragraph{first: first, end: len(d.toks), g: g, role: p.Role})
		n := len(d.paras) - 1
		d.lookUp(&d.paras[n], p.Start)
		silent := !p.Role.Speaks() && !(p.Role == contrechamp.RoleMeta && len(d.toks)-first >= longMeta) && !(first < len(d.toks) && (d.fold[first] == "|" || d.celled(first)))
		if d.paras[n].silent = silent; !silent {
			d.sentences(n)
		}
	}
	d.lowerBroken()
	d.endings = sized(d.endings, len(d.toks))
	d.markQuotes()
}

// roomFor makes room for what is known of n tokens.
func (d *passageDoc) roomFor(n int) {
	n -= len(d.toks)
	d.toks, d.fold, d.known, d.sets = slices.Grow(d.toks, n), slices.Grow(d.fold, n), slices.Grow(d.known, n), slices.Grow(d.sets, n)
	d.fires, d.never, d.fullStop = slices.Grow(d.fires, n), slices.Grow(d.never, n), slices.Grow(d.fullStop, n)
	d.numberIDs, d.dateIDs = slices.Grow(d.numberIDs, n), slices.Grow(d.dateIDs, n)
}

// lookUp notes what is known of the tokens of the last paragraph, which were cut from the body at offset at.
func (d *passageDoc) lookUp(p *paragraph, at int) {
	n := len(d.toks)
	d.steps += n - p.first
	if n > min(cap(d.fold), cap(d.known), cap(d.sets), cap(d.fires), cap(d.never), cap(d.fullStop), cap(d.numberIDs), cap(d.dateIDs)) {
		d.roomFor(2 * n)
	}
	d.fold, d.known, d.sets, d.fires = d.fold[:n], d.known[:n], d.sets[:n], d.fires[:n]
	d.never, d.fullStop, d.numberIDs, d.dateIDs = d.never[:n], d.fullStop[:n], d.numberIDs[:n], d.dateIDs[:n]
	g, body := p.g, d.body
	toks := d.toks[p.first:n]
	fold, known, sets, fires := d.fold[p.first:n:n], d.known[p.first:n:n], d.sets[p.first:n:n], d.fires[p.first:n:n]
	never, numbers, dates := d.never[p.first:n:n], d.numberIDs[p.first:n:n], d.dateIDs[p.first:n:n]
	d.openers = d.openers[:0]
	before, beforeID := uint64(0), int32(0) // what the token before may go on with, and its entry
	var ids [atOnce]int32
	var opens [atOnce]uint64
	var seconds [atOnce]uint8
	for from := 0; from < len(toks); from += atOnce {
		some := toks[from:min(from+atOnce, len(toks))]
		for i := range some {
			tok := &some[i]
			tok.Start += at
			tok.End += at
		}
		d.entriesOf(g, some, &ids)
		for i := range some { // entries are far: nothing here waits for one, so that many are fetched at once
			e := &g.entries[ids[i]]
			k := from + i
			known[k], sets[k], fires[k], fold[k], numbers[k], dates[k] = e, e.set, e.fires, e.word, e.number, e.date
			never[k], opens[i], seconds[i] = e.never[some[i].Case()], e.opens, e.second
		}
		for i := range some {
			tok, k := &some[i], from+i
			if fold[k] == "" {
				if fold[k] = d.folded(body[tok.Start:tok.End]); fold[k] != "" {
					seconds[i] = secondBit(fold[k])
				}
			}
			if tok.Kind != word.Word {
				numbers[k], dates[k] = 0, 0
				if e := known[k]; e.own < e.known {
					e = d.variant(entry{word: e.word, hits: e.hits[:e.own], opens: e.opens, opening: e.opening})
					e.set = g.setOf(e.hits)
					for _, h := range e.hits {
						e.fires |= g.classFires[h.class]
						e.noteSigns(g, h.class)
					}
					known[k], sets[k], fires[k] = e, e.set, e.fires
				}
			}
			if before>>seconds[i]&1 != 0 && fold[k] != "" {
				hash := g.entries[ids[i]].hash
				if hash == 0 {
					hash = secondOf(fold[k])
				}
				if g.pairs.has(beforeID, hash) {
					d.openers = append(d.openers, p.first+k-1)
				}
			}
			before, beforeID = opens[i], ids[i]
		}
	}
	for _, t := range d.openers {
		d.phrases(p, t)
	}
	for t := p.first; t < n; t++ {
		p.set.join(&d.sets[t])
		d.fullStop[t] = d.toks[t].Kind == word.Punct && d.endsSentence(p, t)
	}
}

// phrases adds to what is known of the word at t the phrases that start there.
func (d *passageDoc) phrases(p *paragraph, t int) {
	e := d.known[t]
	var more *entry
	from := len(d.hitRoom)
	going, second := e.goingOn(secondBit(d.fold[t+1])), secondOf(d.fold[t+1])
next:
	for i := range going {
		ph := &going[i]
		if ph.second != second || t+len(ph.words) > p.end {
			continue
		}
		for k, want := range ph.words[1:] {
			if d.fold[t+1+k] != want {
				continue next
			}
		}
		if more == nil {
			more = d.variant(*e)
			d.hitRoom = append(d.hitRoom, e.hits...)
		}
		d.hitRoom = append(d.hitRoom, hit{ph.class, int32(len(ph.words))})
		more.set.add(ph.class)
		more.fires |= p.g.classFires[ph.class]
		more.noteSigns(p.g, ph.class)
	}
	if more == nil {
		return
	}
	more.hits = d.hitRoom[from:len(d.hitRoom):len(d.hitRoom)] // where the room grows, the hits before keep their memory
	d.known[t], d.sets[t], d.fires[t] = more, more.set, more.fires
}

// variant keeps an entry of this text alone.
func (d *passageDoc) variant(e entry) *entry {
	if len(d.variants) == cap(d.variants) {
		d.variants = make([]entry, 0, 256) // those before keep their memory
	}
	d.variants = append(d.variants, e)
	return &d.variants[len(d.variants)-1]
}

// is returns how many tokens at t belong to the class, 0 when none do. The longest phrase wins.
func (d *passageDoc) is(t int, class int32) int {
	if uint(t) >= uint(len(d.sets)) || !d.sets[t].has(class) {
		return 0
	}
	return d.longest(t, class)
}

// in reports whether a token belongs to the class, or tokens that begin with it do: mostly a look at its set is enough.
func (d *passageDoc) in(t int, class int32) bool {
	return uint(t) < uint(len(d.sets)) && d.sets[t].has(class) && (ownBit(class) || d.longest(t, class) > 0)
}

// longest is how many tokens at t belong to the class, where its set does not tell off that any do.
func (d *passageDoc) longest(t int, class int32) int {
	n := int32(0)
	for _, h := range d.known[t].hits {
		if h.class == class && h.n > n {
			n = h.n
		}
	}
	return int(n)
}

// any returns the first token in [from, to) that belongs to the class, -1 when none does.
func (d *passageDoc) any(from, to int, class int32) int {
	for t := max(from, 0); t < to && t < len(d.sets); t++ {
		if d.in(t, class) {
			return t
		}
	}
	return -1
}

// lacks reports whether surely no token of a sentence belongs to the class.
func (s *sentence) lacks(class int32) bool { return s.set != (classSet{}) && !s.set.has(class) }

// holds reports whether a token of a sentence belongs to the class.
func (d *passageDoc) holds(s *sentence, class int32) bool {
	if class == noClass || s.lacks(class) {
		return false
	}
	return s.set.has(class) && ownBit(class) || d.any(s.first, s.end, class) >= 0
}

// maxSentence is how many tokens a sentence may have: a text without full stops is cut, so that work stays linear.
const maxSentence = 400

// sentences cuts a paragraph.
func (d *passageDoc) sentences(para int) {
	p := &d.paras[para]
	from := p.first
	rows := d.tabular(p)
	for t := p.first; t < p.end; t++ {
		if !d.fullStop[t] && t-from < maxSentence && !(rows && t+1 < p.end && d.newLine(t+1)) {
			continue
		}
		end := t + 1
		// closing marks stay with their sentence
		for end < p.end && closing(d.fold[end]) && d.toks[end].Start-d.toks[end-1].End <= 3 && !d.opens(end, p.end) {
			end++
		}
		d.sentence(from, end, para)
		from = end
		t = end - 1
	}
	if from < p.end {
		d.sentence(from, p.end, para)
	}
}

// sentence adds a sentence.
func (d *passageDoc) sentence(first, end, para int) {
	s := sentence{first: first, end: end, para: para}
	for t := first; t < end; t++ {
		s.set.join(&d.sets[t])
		s.fires |= d.fires[t]
	}
	d.sents = append(d.sents, s)
}

// tabular reports whether a paragraph is a table set with spaces: several lines, and gaps within them. Each line is a row
// then, and a sentence of its own.
func (d *passageDoc) tabular(p *paragraph) bool {
	const least = 3
	if p.end == p.first || strings.IndexByte(d.body[d.toks[p.first].Start:d.toks[p.end-1].End], '\n') < 0 {
		return false
	}
	gaps, lines := 0, 0
	for t := p.first + 1; t < p.end; t++ {
		switch {
		case d.newLine(t):
			lines++
		case d.columnGap(t):
			gaps++
		}
	}
	return gaps >= least && lines >= 1
}

// newLine reports whether token t starts a line of the stored text.
func (d *passageDoc) newLine(t int) bool {
	from, to := d.toks[t-1].End, d.toks[t].Start
	return to > from && (d.body[from] == '\n' || to > from+1 && strings.IndexByte(d.body[from:to], '\n') >= 0)
}

// columnGap reports whether a gap as between two columns stands before token t.
func (d *passageDoc) columnGap(t int) bool {
	from, to := d.toks[t-1].End, d.toks[t].Start
	if to-from <= 1 {
		return to > from && d.body[from] == '\t'
	}
	gap := d.body[from:to]
	return strings.Contains(gap, "   ") || strings.Contains(gap, "\t")
}

func closing(s string) bool {
	switch s {
	case "»", "”", "\"", ")", "]", ".", "'":
		return true
	}
	return false
}

// opens reports whether a straight quotation mark at t opens rather than closes.
func (d *passageDoc) opens(t, end int) bool {
	return d.fold[t] == "\"" && t+1 < end && d.toks[t+1].Start == d.toks[t].End && d.toks[t].Start > d.toks[t-1].End
}

// endsSentence reports whether the mark at t ends a sentence.
func (d *passageDoc) endsSentence(p *paragraph, t int) bool {
	if d.toks[t].Kind != word.Punct {
		return false
	}
	switch d.fold[t] {
	case "!", "?", "…":
	case ".":
		if t > p.first && d.abbreviates(p, t) {
			return false
		}
	default:
		return false
	}
	next := t + 1
	for next < p.end && (closing(d.fold[next]) || d.fold[next] == "«" || d.fold[next] == "“" || d.fold[next] == "-" || d.fold[next] == "—") {
		next++
	}
	if next >= p.end {
		return true
	}
	if d.toks[next].Kind == word.Number {
		if d.fold[t] == "." && p.g.known.numbered != noClass && t > p.first && d.toks[t-1].End == d.toks[t].Start && d.in(t-1, p.g.known.numbered) {
			return false // "Motion No. 4"
		}
		return d.toks[next].Start > d.toks[t].End && !d.brokenSum(p, t)
	}
	return word.StartsUpper(d.toks[next].Of(d.body))
}

// brokenSum reports whether the full stop at t parts the thousands of a sum, as conversions leave it: "20. 339 euro".
func (d *passageDoc) brokenSum(p *paragraph, t int) bool {
	const digits = 3
	if t == p.first || t+2 >= p.end || d.toks[t-1].Kind != word.Number || d.toks[t-1].End != d.toks[t].Start || d.toks[t-1].End-d.toks[t-1].Start > digits || d.toks[t+1].End-d.toks[t+1].Start != digits {
		return false
	}
	currency, symbol, _ := quantity.Denomination(d.fold[t+2], p.g.language)
	return currency != "" || symbol != ""
}

// abbreviates reports whether the full stop at t belongs to the word before it: an initial, or a known short form.
func (d *passageDoc) abbreviates(p *paragraph, t int) bool {
	before := d.toks[t-1]
	if before.End != d.toks[t].Start {
		return false
	}
	if before.Kind == word.Word && before.End-before.Start == 1 && before.Upper {
		return true
	}
	if before.Kind == word.Word && before.End-before.Start == 1 && t-2 > p.first && d.fold[t-2] == "." && d.toks[t-2].End == before.Start {
		return true // "S.p.A."
	}
	if p.g.ordinalPoint && before.Kind == word.Number && before.End-before.Start <= 2 {
		return true // "am 3. März"
	}
	return d.in(t-1, p.g.known.abbreviation)
}

// markQuotes numbers the passages between quotation marks: every token within one has its number, from 1.
func (d *passageDoc) markQuotes() {
	d.quoted = sized(d.quoted, len(d.toks))
	number := int32(0)
	open := "" // the mark that closes the quotation that the paragraph before did not close
	for i := range d.paras {
		p := &d.paras[i]
		from := p.first
		if end := d.closes(p, open); end > from {
			if d.quotedOn == nil {
				d.quotedOn = map[int]bool{}
			}
			d.quotedOn[i] = true
			number++
			for ; from < end; from++ {
				d.quoted[from] = number
			}
		}
		open = ""
		for t := from; t < p.end; t++ {
			if d.toks[t].Kind != word.Punct {
				continue
			}
			closer := ""
			switch d.fold[t] {
			case "«":
				closer = "»"
			case "“", "„":
				closer = "”"
			case "\"":
				closer = "\""
			default:
				continue
			}
			end := t + 1
			for end < p.end && d.fold[end] != closer && !(closer == "”" && d.fold[end] == "“") {
				end++
			}
			if end == p.end && closer == "\"" {
				continue
			}
			if end == p.end {
				open = closer
			}
			number++
			for q := t; q < min(end+1, p.end); q++ {
				d.quoted[q] = number
			}
			t = end
		}
	}
}

// closes is the token behind the mark that closes, in a paragraph, the quotation of the paragraph before: where one closes before any opens.
func (d *passageDoc) closes(p *paragraph, closer string) int {
	if closer == "" {
		return p.first
	}
	for t := p.first; t < p.end; t++ {
		if d.toks[t].Kind != word.Punct {
			continue
		}
		switch f := d.fold[t]; f {
		case closer:
			return t + 1
		case "«", "“", "„", "\"":
			return p.first
		}
	}
	return p.first
}

// units makes the sentence's units of its mentions and of the words between them. Quotation marks are dropped, so
// that patterns see through them.
func (d *passageDoc) units(s *sentence, mentions []*mention) {
	if s.units == nil {
		n := s.end - s.first
		if cap(d.unitRoom)-len(d.unitRoom) < n {
			d.unitRoom = make([]unit, 0, max(len(d.toks)+len(d.toks)/8, n)) // the units made before keep their memory
		}
		from := len(d.unitRoom)
		d.unitRoom = d.unitRoom[:from+n]
		s.units = d.unitRoom[from : from : from+n]
	}
	s.units = s.units[:0]
	next := 0
	for t := s.first; t < s.end; {
		for next < len(mentions) && mentions[next].first < t {
			next++
		}
		if next < len(mentions) && mentions[next].first == t && mentions[next].end <= s.end {
			m := mentions[next]
			s.units = append(s.units, unit{first: m.first, end: m.end, kinds: m.kinds, mention: m})
			s.kinds |= m.kinds
			t = m.end
			continue
		}
		u := unit{first: t, end: t + 1}
		if d.toks[t].Kind == word.Punct {
			switch d.fold[t] {
			case "«", "»", "“", "”", "\"", "'", "*", "_", "-", "„":
				t++
				continue
			case ";", ".", "!", "?", "…", "•":
				u.stop = true
			case ",", "(", ")", ":", "—", "|":
				u.comma = true
			}
		}
		s.units = append(s.units, u)
		t++
	}
}

// span returns the bytes of tokens [first, end).
func (d *passageDoc) span(first, end int) contrechamp.Span {
	if first >= end || end > len(d.toks) {
		return contrechamp.Span{}
	}
	return contrechamp.Span{Start: d.toks[first].Start, End: d.toks[end-1].End}
}

func (d *passageDoc) words(first, end int) string {
	s := d.span(first, end)
	return d.body[s.Start:s.End]
}

// celled reports whether the tokens from first on are a row of a table, of three cells at least: such lines are often taken for what surrounds a page.
func (d *passageDoc) celled(first int) bool {
	const least = 3
	gaps := 1
	for t := first + 1; t < len(d.toks); t++ {
		if d.columnGap(t) || d.fold[t] == "|" {
			gaps++
		}
	}
	return gaps >= least
}

// lowerBroken takes the capitals from pieces of words that lost letters in a conversion, "Gr" and "nen" of "Gr\ufffdnen": they are no names.
func (d *passageDoc) lowerBroken() {
	const lost = "\ufffd"
	if !strings.Contains(d.body, lost) {
		return
	}
	for t := range d.toks {
		tok := &d.toks[t]
		if tok.Kind == word.Word && (strings.HasSuffix(d.body[:tok.Start], lost) || strings.HasPrefix(d.body[tok.End:], lost)) {
			tok.Upper = false
		}
	}
}

// answer is what is known of a question that is asked again and again.
type answer uint8

const (
	unknown answer = iota
	yes
	no
)
