package passage

import (
	"slices"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/quantity"
	"contrechamp.org/contrechamp/internal/word"
)

// Paragraph is a passage that proposes claims, with its tokens [first, end) of the document's.
type Paragraph struct {
	First, End int
	Grammar    *grammar.Grammar
	Role       contrechamp.Role
	Set        grammar.ClassSet // of all its tokens
	Surveilled Answer
	Shouts     Answer // as package naming finds
	Headlines  Answer // the same
	Silent     bool   // proposes nothing, but says what the document is about: mastheads, menus, captions
}

// Sentence is tokens [first, end) of the document's.
type Sentence struct {
	First, End int
	Para       int
	Set        grammar.ClassSet // of all its tokens, empty where nobody asked
	Fires      grammar.Passes   // what they set off
	Kinds      grammar.Kind     // of all its units
	Units      []Unit
	Voices     []Voice
	Tabled     bool // a table's row that was read as such
	SaysNone   bool // no pattern that says a capability matches: found before the rules are tried, by package frame
}

// Unit is what patterns walk over: one mention, or one word or mark.
type Unit struct {
	First, End int // tokens
	Kinds      grammar.Kind
	Mention    *Mention
	Stop       bool // a mark that no gap crosses
	Comma      bool
}

// longMeta is how many tokens a line of dates and credits must have to say something besides: "Marché conclu le
// 21/06/2023. Précédent titulaire : Inéo."
const longMeta = 9

// Cut makes the document's tokens, classes and sentences.
func (d *Doc) Cut() {
	const bytesPerToken = 5
	d.roomFor(len(d.Body)/bytesPerToken + 16)
	for i := range d.Text.Paragraphs {
		p := &d.Text.Paragraphs[i]
		if p.Role == contrechamp.RoleRepeat || p.Start < 0 || p.End > len(d.Body) || p.Start >= p.End {
			continue
		}
		g := d.Knows.Grammars[p.Language]
		if g == nil && (p.Language == "und" || p.Language == "") {
			g = d.Knows.Grammars[d.Text.Language]
		}
		if g == nil && !p.Role.Speaks() {
			g = d.Knows.Grammars[d.Text.Language] // too short to tell
		}
		if g == nil {
			continue
		}
		g.Ready(d.Knows.Lexicon)
		first := len(d.Tokens)
		d.Tokens = word.Cut(d.Tokens, d.Body[p.Start:p.End])
		d.Paragraphs = append(d.Paragraphs, Paragraph{First: first, End: len(d.Tokens), Grammar: g, Role: p.Role})
		n := len(d.Paragraphs) - 1
		d.lookUp(&d.Paragraphs[n], p.Start)
		silent := !p.Role.Speaks() && !(p.Role == contrechamp.RoleMeta && len(d.Tokens)-first >= longMeta) && !(first < len(d.Tokens) && (d.Fold[first] == "|" || d.celled(first)))
		if d.Paragraphs[n].Silent = silent; !silent {
			d.sentences(n)
		}
	}
	d.lowerBroken()
	d.endings = Sized(d.endings, len(d.Tokens))
	d.markQuotes()
}

// roomFor makes room for what is known of n tokens.
func (d *Doc) roomFor(n int) {
	n -= len(d.Tokens)
	d.Tokens, d.Fold, d.Known, d.Sets = slices.Grow(d.Tokens, n), slices.Grow(d.Fold, n), slices.Grow(d.Known, n), slices.Grow(d.Sets, n)
	d.fires, d.Never, d.FullStop = slices.Grow(d.fires, n), slices.Grow(d.Never, n), slices.Grow(d.FullStop, n)
	d.NumberIDs, d.DateIDs = slices.Grow(d.NumberIDs, n), slices.Grow(d.DateIDs, n)
}

// lookUp notes what is known of the tokens of the last paragraph, which were cut from the body at offset at.
func (d *Doc) lookUp(p *Paragraph, at int) {
	n := len(d.Tokens)
	d.Steps += n - p.First
	if n > min(cap(d.Fold), cap(d.Known), cap(d.Sets), cap(d.fires), cap(d.Never), cap(d.FullStop), cap(d.NumberIDs), cap(d.DateIDs)) {
		d.roomFor(2 * n)
	}
	d.Fold, d.Known, d.Sets, d.fires = d.Fold[:n], d.Known[:n], d.Sets[:n], d.fires[:n]
	d.Never, d.FullStop, d.NumberIDs, d.DateIDs = d.Never[:n], d.FullStop[:n], d.NumberIDs[:n], d.DateIDs[:n]
	g, body := p.Grammar, d.Body
	toks := d.Tokens[p.First:n]
	fold, known, sets, fires := d.Fold[p.First:n:n], d.Known[p.First:n:n], d.Sets[p.First:n:n], d.fires[p.First:n:n]
	never, numbers, dates := d.Never[p.First:n:n], d.NumberIDs[p.First:n:n], d.DateIDs[p.First:n:n]
	d.openers = d.openers[:0]
	before, beforeID := uint64(0), int32(0) // what the token before may go on with, and its entry
	var ids [AtOnce]int32
	var opens [AtOnce]uint64
	var seconds [AtOnce]uint8
	for from := 0; from < len(toks); from += AtOnce {
		some := toks[from:min(from+AtOnce, len(toks))]
		for i := range some {
			tok := &some[i]
			tok.Start += at
			tok.End += at
		}
		d.EntriesOf(g, some, &ids)
		for i := range some { // entries are far: nothing here waits for one, so that many are fetched at once
			e := &g.Entries[ids[i]]
			k := from + i
			known[k], sets[k], fires[k], fold[k], numbers[k], dates[k] = e, e.Set, e.Fires, e.Word, e.Number, e.Date
			never[k], opens[i], seconds[i] = e.Never[some[i].Case()], e.Opens, e.Second
		}
		for i := range some {
			tok, k := &some[i], from+i
			if fold[k] == "" {
				if fold[k] = d.folded(body[tok.Start:tok.End]); fold[k] != "" {
					seconds[i] = grammar.SecondBit(fold[k])
				}
			}
			if tok.Kind != word.Word {
				numbers[k], dates[k] = 0, 0
				if e := known[k]; e.Own < e.Known {
					e = d.variant(grammar.Entry{Word: e.Word, Hits: e.Hits[:e.Own], Opens: e.Opens, Opening: e.Opening})
					e.Set = g.SetOf(e.Hits)
					for _, h := range e.Hits {
						e.Fires |= g.ClassFires[h.Class]
						e.NoteSigns(g, h.Class)
					}
					known[k], sets[k], fires[k] = e, e.Set, e.Fires
				}
			}
			if before>>seconds[i]&1 != 0 && fold[k] != "" {
				hash := g.Entries[ids[i]].Hash
				if hash == 0 {
					hash = grammar.SecondOf(fold[k])
				}
				if g.Pairs.Has(beforeID, hash) {
					d.openers = append(d.openers, p.First+k-1)
				}
			}
			before, beforeID = opens[i], ids[i]
		}
	}
	for _, t := range d.openers {
		d.phrases(p, t)
	}
	for t := p.First; t < n; t++ {
		p.Set.Join(&d.Sets[t])
		d.FullStop[t] = d.Tokens[t].Kind == word.Punct && d.endsSentence(p, t)
	}
}

// phrases adds to what is known of the word at t the phrases that start there.
func (d *Doc) phrases(p *Paragraph, t int) {
	e := d.Known[t]
	var more *grammar.Entry
	from := len(d.hitRoom)
	going, second := e.GoingOn(grammar.SecondBit(d.Fold[t+1])), grammar.SecondOf(d.Fold[t+1])
next:
	for i := range going {
		ph := &going[i]
		if ph.Second != second || t+len(ph.Words) > p.End {
			continue
		}
		for k, want := range ph.Words[1:] {
			if d.Fold[t+1+k] != want {
				continue next
			}
		}
		if more == nil {
			more = d.variant(*e)
			d.hitRoom = append(d.hitRoom, e.Hits...)
		}
		d.hitRoom = append(d.hitRoom, grammar.Hit{Class: ph.Class, N: int32(len(ph.Words))})
		more.Set.Add(ph.Class)
		more.Fires |= p.Grammar.ClassFires[ph.Class]
		more.NoteSigns(p.Grammar, ph.Class)
	}
	if more == nil {
		return
	}
	more.Hits = d.hitRoom[from:len(d.hitRoom):len(d.hitRoom)] // where the room grows, the hits before keep their memory
	d.Known[t], d.Sets[t], d.fires[t] = more, more.Set, more.Fires
}

// variant keeps an entry of this text alone.
func (d *Doc) variant(e grammar.Entry) *grammar.Entry {
	if len(d.variants) == cap(d.variants) {
		d.variants = make([]grammar.Entry, 0, 256) // those before keep their memory
	}
	d.variants = append(d.variants, e)
	return &d.variants[len(d.variants)-1]
}

// Is returns how many tokens at t belong to the class, 0 when none do. The longest phrase wins.
func (d *Doc) Is(t int, class int32) int {
	if uint(t) >= uint(len(d.Sets)) || !d.Sets[t].Has(class) {
		return 0
	}
	return d.longest(t, class)
}

// In reports whether a token belongs to the class, or tokens that begin with it do: mostly a look at its set is enough.
func (d *Doc) In(t int, class int32) bool {
	return uint(t) < uint(len(d.Sets)) && d.Sets[t].Has(class) && (grammar.OwnBit(class) || d.longest(t, class) > 0)
}

// longest is how many tokens at t belong to the class, where its set does not tell off that any do.
func (d *Doc) longest(t int, class int32) int {
	n := int32(0)
	for _, h := range d.Known[t].Hits {
		if h.Class == class && h.N > n {
			n = h.N
		}
	}
	return int(n)
}

// Any returns the first token in [from, to) that belongs to the class, -1 when none does.
func (d *Doc) Any(from, to int, class int32) int {
	for t := max(from, 0); t < to && t < len(d.Sets); t++ {
		if d.In(t, class) {
			return t
		}
	}
	return -1
}

// Lacks reports whether surely no token of a sentence belongs to the class.
func (s *Sentence) Lacks(class int32) bool { return s.Set != (grammar.ClassSet{}) && !s.Set.Has(class) }

// Holds reports whether a token of a sentence belongs to the class.
func (d *Doc) Holds(s *Sentence, class int32) bool {
	if class == grammar.NoClass || s.Lacks(class) {
		return false
	}
	return s.Set.Has(class) && grammar.OwnBit(class) || d.Any(s.First, s.End, class) >= 0
}

// SaidIn reports whether a word in units [from, to) of a sentence, and no name, belongs to the class.
func (d *Doc) SaidIn(s *Sentence, from, to int, class int32) bool {
	if class == grammar.NoClass || s.Lacks(class) {
		return false
	}
	for u := max(from, 0); u < min(to, len(s.Units)); u++ {
		if s.Units[u].Mention == nil && d.In(s.Units[u].First, class) {
			return true
		}
	}
	return false
}

// MaxSentence is how many tokens a sentence may have: a text without full stops is cut, so that work stays linear.
const MaxSentence = 400

// sentences cuts a paragraph.
func (d *Doc) sentences(para int) {
	p := &d.Paragraphs[para]
	from := p.First
	rows := d.tabular(p)
	for t := p.First; t < p.End; t++ {
		if !d.FullStop[t] && t-from < MaxSentence && !(rows && t+1 < p.End && d.NewLine(t+1)) {
			continue
		}
		end := t + 1
		// closing marks stay with their sentence
		for end < p.End && Closing(d.Fold[end]) && d.Tokens[end].Start-d.Tokens[end-1].End <= 3 && !d.opens(end, p.End) {
			end++
		}
		d.sentence(from, end, para)
		from = end
		t = end - 1
	}
	if from < p.End {
		d.sentence(from, p.End, para)
	}
}

// sentence adds a sentence.
func (d *Doc) sentence(first, end, para int) {
	s := Sentence{First: first, End: end, Para: para}
	for t := first; t < end; t++ {
		s.Set.Join(&d.Sets[t])
		s.Fires |= d.fires[t]
	}
	d.Sentences = append(d.Sentences, s)
}

// tabular reports whether a paragraph is a table set with spaces: several lines, and gaps within them. Each line is a row
// then, and a sentence of its own.
func (d *Doc) tabular(p *Paragraph) bool {
	const least = 3
	if p.End == p.First || strings.IndexByte(d.Body[d.Tokens[p.First].Start:d.Tokens[p.End-1].End], '\n') < 0 {
		return false
	}
	gaps, lines := 0, 0
	for t := p.First + 1; t < p.End; t++ {
		switch {
		case d.NewLine(t):
			lines++
		case d.ColumnGap(t):
			gaps++
		}
	}
	return gaps >= least && lines >= 1
}

// NewLine reports whether token t starts a line of the stored text.
func (d *Doc) NewLine(t int) bool {
	from, to := d.Tokens[t-1].End, d.Tokens[t].Start
	return to > from && (d.Body[from] == '\n' || to > from+1 && strings.IndexByte(d.Body[from:to], '\n') >= 0)
}

// ColumnGap reports whether a gap as between two columns stands before token t.
func (d *Doc) ColumnGap(t int) bool {
	from, to := d.Tokens[t-1].End, d.Tokens[t].Start
	if to-from <= 1 {
		return to > from && d.Body[from] == '\t'
	}
	gap := d.Body[from:to]
	return strings.Contains(gap, "   ") || strings.Contains(gap, "\t")
}

// Closing reports whether a mark may close a quotation, a bracket or a sentence.
func Closing(s string) bool {
	switch s {
	case "»", "”", "\"", ")", "]", ".", "'":
		return true
	}
	return false
}

// opens reports whether a straight quotation mark at t opens rather than closes.
func (d *Doc) opens(t, end int) bool {
	return d.Fold[t] == "\"" && t+1 < end && d.Tokens[t+1].Start == d.Tokens[t].End && d.Tokens[t].Start > d.Tokens[t-1].End
}

// endsSentence reports whether the mark at t ends a sentence.
func (d *Doc) endsSentence(p *Paragraph, t int) bool {
	if d.Tokens[t].Kind != word.Punct {
		return false
	}
	switch d.Fold[t] {
	case "!", "?", "…":
	case ".":
		if t > p.First && d.Abbreviates(p, t) {
			return false
		}
	default:
		return false
	}
	next := t + 1
	for next < p.End && (Closing(d.Fold[next]) || d.Fold[next] == "«" || d.Fold[next] == "“" || d.Fold[next] == "-" || d.Fold[next] == "—") {
		next++
	}
	if next >= p.End {
		return true
	}
	if d.Tokens[next].Kind == word.Number {
		if d.Fold[t] == "." && p.Grammar.Known.Numbered != grammar.NoClass && t > p.First && d.Tokens[t-1].End == d.Tokens[t].Start && d.In(t-1, p.Grammar.Known.Numbered) {
			return false // "Motion No. 4"
		}
		return d.Tokens[next].Start > d.Tokens[t].End && !d.brokenSum(p, t)
	}
	return word.StartsUpper(d.Tokens[next].Of(d.Body))
}

// brokenSum reports whether the full stop at t parts the thousands of a sum, as conversions leave it: "20. 339 euro".
func (d *Doc) brokenSum(p *Paragraph, t int) bool {
	const digits = 3
	if t == p.First || t+2 >= p.End || d.Tokens[t-1].Kind != word.Number || d.Tokens[t-1].End != d.Tokens[t].Start || d.Tokens[t-1].End-d.Tokens[t-1].Start > digits || d.Tokens[t+1].End-d.Tokens[t+1].Start != digits {
		return false
	}
	currency, symbol, _ := quantity.Denomination(d.Fold[t+2], p.Grammar.Language)
	return currency != "" || symbol != ""
}

// Abbreviates reports whether the full stop at t belongs to the word before it: an initial, or a known short form.
func (d *Doc) Abbreviates(p *Paragraph, t int) bool {
	before := d.Tokens[t-1]
	if before.End != d.Tokens[t].Start {
		return false
	}
	if before.Kind == word.Word && before.End-before.Start == 1 && before.Upper {
		return true
	}
	if before.Kind == word.Word && before.End-before.Start == 1 && t-2 > p.First && d.Fold[t-2] == "." && d.Tokens[t-2].End == before.Start {
		return true // "S.p.A."
	}
	if p.Grammar.OrdinalPoint && before.Kind == word.Number && before.End-before.Start <= 2 {
		return true // "am 3. März"
	}
	return d.In(t-1, p.Grammar.Known.Abbreviation)
}

// markQuotes numbers the passages between quotation marks: every token within one has its number, from 1.
func (d *Doc) markQuotes() {
	d.Quoted = Sized(d.Quoted, len(d.Tokens))
	number := int32(0)
	open := "" // the mark that closes the quotation that the paragraph before did not close
	for i := range d.Paragraphs {
		p := &d.Paragraphs[i]
		from := p.First
		if end := d.closes(p, open); end > from {
			if d.QuotedOn == nil {
				d.QuotedOn = map[int]bool{}
			}
			d.QuotedOn[i] = true
			number++
			for ; from < end; from++ {
				d.Quoted[from] = number
			}
		}
		open = ""
		for t := from; t < p.End; t++ {
			if d.Tokens[t].Kind != word.Punct {
				continue
			}
			closer := ""
			switch d.Fold[t] {
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
			for end < p.End && d.Fold[end] != closer && !(closer == "”" && d.Fold[end] == "“") {
				end++
			}
			if end == p.End && closer == "\"" {
				continue
			}
			if end == p.End {
				open = closer
			}
			number++
			for q := t; q < min(end+1, p.End); q++ {
				d.Quoted[q] = number
			}
			t = end
		}
	}
}

// closes is the token behind the mark that closes, in a paragraph, the quotation of the paragraph before: where one closes before any opens.
func (d *Doc) closes(p *Paragraph, closer string) int {
	if closer == "" {
		return p.First
	}
	for t := p.First; t < p.End; t++ {
		if d.Tokens[t].Kind != word.Punct {
			continue
		}
		switch f := d.Fold[t]; f {
		case closer:
			return t + 1
		case "«", "“", "„", "\"":
			return p.First
		}
	}
	return p.First
}

// Units makes the sentence's units of its mentions and of the words between them. Quotation marks are dropped, so
// that patterns see through them.
func (d *Doc) Units(s *Sentence, mentions []*Mention) {
	if s.Units == nil {
		n := s.End - s.First
		if cap(d.unitRoom)-len(d.unitRoom) < n {
			d.unitRoom = make([]Unit, 0, max(len(d.Tokens)+len(d.Tokens)/8, n)) // the units made before keep their memory
		}
		from := len(d.unitRoom)
		d.unitRoom = d.unitRoom[:from+n]
		s.Units = d.unitRoom[from : from : from+n]
	}
	s.Units = s.Units[:0]
	next := 0
	for t := s.First; t < s.End; {
		for next < len(mentions) && mentions[next].First < t {
			next++
		}
		if next < len(mentions) && mentions[next].First == t && mentions[next].End <= s.End {
			m := mentions[next]
			s.Units = append(s.Units, Unit{First: m.First, End: m.End, Kinds: m.Kinds, Mention: m})
			s.Kinds |= m.Kinds
			t = m.End
			continue
		}
		u := Unit{First: t, End: t + 1}
		if d.Tokens[t].Kind == word.Punct {
			switch d.Fold[t] {
			case "«", "»", "“", "”", "\"", "'", "*", "_", "-", "„":
				t++
				continue
			case ";", ".", "!", "?", "…", "•":
				u.Stop = true
			case ",", "(", ")", ":", "—", "|":
				u.Comma = true
			}
		}
		s.Units = append(s.Units, u)
		t++
	}
}

// Span returns the bytes of tokens [first, end).
func (d *Doc) Span(first, end int) contrechamp.Span {
	if first >= end || end > len(d.Tokens) {
		return contrechamp.Span{}
	}
	return contrechamp.Span{Start: d.Tokens[first].Start, End: d.Tokens[end-1].End}
}

// Words are the tokens [first, end) as the text writes them.
func (d *Doc) Words(first, end int) string {
	s := d.Span(first, end)
	return d.Body[s.Start:s.End]
}

// celled reports whether the tokens from first on are a row of a table, of three cells at least: such lines are often taken for what surrounds a page.
func (d *Doc) celled(first int) bool {
	const least = 3
	gaps := 1
	for t := first + 1; t < len(d.Tokens); t++ {
		if d.ColumnGap(t) || d.Fold[t] == "|" {
			gaps++
		}
	}
	return gaps >= least
}

// lowerBroken takes the capitals from pieces of words that lost letters in a conversion, "Gr" and "nen" of "Gr\ufffdnen": they are no names.
func (d *Doc) lowerBroken() {
	const lost = "\ufffd"
	if !strings.Contains(d.Body, lost) {
		return
	}
	for t := range d.Tokens {
		tok := &d.Tokens[t]
		if tok.Kind == word.Word && (strings.HasSuffix(d.Body[:tok.Start], lost) || strings.HasPrefix(d.Body[tok.End:], lost)) {
			tok.Upper = false
		}
	}
}

// Answer is what is known of a question that is asked again and again.
type Answer uint8

const (
	Unknown Answer = iota
	Yes
	No
)
