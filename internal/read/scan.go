package read

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	contrechamp "contrechamp.org/contrechamp"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// scanner takes blocks, their boxes and metadata from a page in one pass over its tokens. It keeps a stack of open
// elements and closes them as HTML's parsing rules do for the cases that matter to text (section 13.2.6 of the HTML
// standard: implied end tags, scopes); no tree is built.
type scanner struct {
	src   string
	at    int // where the current token starts in src
	z     *html.Tokenizer
	stack []open
	deep  int // elements open beyond MaxDepth: they are not on the stack
	meta  metadata
	boxes []box

	blocks   []block
	buf      []byte             // the text of all blocks, one after another
	runs     contrechamp.Origin // of buf
	elements int
	tooDeep  bool
	cells    int32

	from     int // where the current block starts in buf
	links    int
	space    bool              // white space waits
	spaceAt  int               // where it stands in src if it is one plain space, else -1
	line     bool              // a line break waits
	zones    map[string]naming // by class names and identifiers
	watching []watched
	attrs    attributes
}

// open is an element that has not ended.
type open struct {
	atom  atom.Atom
	trait trait
	place place
	box   int32 // the box that it opened, else -1
	row   int   // in a tr: blocks before it
	bad   bool  // in a tr: holds something that no row of data holds
	cells int   // in a tr
}

// place is what the elements around a piece of text say.
type place struct {
	zone    zone  // all around
	inline  zone  // of the elements within the innermost box
	box     int32 // innermost
	heading uint8
	skipped bool // script, style, head's title: no text of the page
	item    bool
	link    bool
	inside  bool  // in article or main
	foreign bool  // in svg
	person  uint8 // in an element that microdata calls the author or the publisher
	cell    int32 // of a table row, counted over the page; 0 outside
}

// Who microdata says an element is about.
const (
	somebody uint8 = iota
	theAuthor
	thePublisher
)

// box is a block element: what may hold an article.
type box struct {
	atom        atom.Atom
	parent      int32
	first, last int32 // blocks [first, last)
	naming
}

// naming is what an element's class, identifier and role say of it.
type naming struct {
	zone zone
	body int8 // how much they sound like the body of an article; negative for what they call otherwise
}

// attributes are those of the current tag that are looked at.
type attributes struct {
	class, id, role, itemprop, rel, href, lang, name, property, content, datetime, kind, style []byte
	hidden, pubdate, ariaHidden                                                                bool
}

func scan(ctx context.Context, src string) (*scanner, error) {
	s := &scanner{src: src, z: html.NewTokenizer(strings.NewReader(src)), zones: map[string]naming{}, spaceAt: -1,
		buf: make([]byte, 0, len(src)/3), stack: make([]open, 1, 64)}
	s.stack[0] = open{atom: atom.Body, box: 0}
	s.boxes = append(s.boxes, box{atom: atom.Body, parent: -1})
	for n := 0; ; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		kind := s.z.Next()
		size := len(s.z.Raw())
		switch kind {
		case html.ErrorToken:
			// the text is in memory, so that the only error is its end
			s.popTo(0)
			s.flush()
			s.boxes[0].last = int32(len(s.blocks))
			return s, nil
		case html.TextToken:
			s.text(s.src[s.at : s.at+size])
		case html.StartTagToken, html.SelfClosingTagToken:
			s.start(kind == html.SelfClosingTagToken)
		case html.EndTagToken:
			name, _ := s.z.TagName()
			s.end(atom.Lookup(name))
		}
		s.at += size
	}
}

func (s *scanner) top() *open { return &s.stack[len(s.stack)-1] }

// text takes the raw text between two tags.
func (s *scanner) text(raw string) {
	t := s.top()
	switch {
	case t.atom == atom.Title && !t.place.foreign:
		s.meta.seeTitle(html.UnescapeString(raw))
	case t.atom == atom.Script && s.meta.ldOpen:
		s.meta.scripts = append(s.meta.scripts, raw)
	case t.place.skipped:
	case t.atom == atom.Textarea || t.atom == atom.Xmp || t.atom == atom.Plaintext:
		s.write(raw, s.at)
	default:
		s.write(raw, s.at)
	}
}

// trait is what the rules of HTML say of an element by its name (section 13.2.6 of the standard).
type trait uint16

const (
	void      trait = 1 << iota // has no end
	skips                       // holds no text of the page
	blocks                      // begins a block of its own
	closesP                     // ends an open paragraph
	breaksOut                   // ends a drawing that was not closed
	heads                       // h1 to h6
	scope                       // no end tag reaches through it but its own and those of a table
	tabular                     // of a table
	listEnd                     // no item of a list is closed through it
)

var traits = func() map[atom.Atom]trait {
	m := map[atom.Atom]trait{}
	for t, names := range map[trait]string{
		void:  `area base br col embed hr img input link meta param source track wbr keygen bgsound basefont frame`,
		skips: `script style noscript template iframe object audio video canvas title svg noembed noframes map datalist`,
		blocks: `address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption figure
			footer form frameset h1 h2 h3 h4 h5 h6 header hgroup html head legend li listing main menu nav ol optgroup option p pre
			section select summary table tbody td textarea tfoot th thead tr ul plaintext xmp`,
		closesP: `address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5
			h6 header hgroup hr li dd dt main menu nav ol p pre section summary table ul listing plaintext`,
		breaksOut: `b big blockquote br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 hr i img li listing menu ol p pre ruby s small
			span strong strike sub sup table tt u ul var`,
		heads:   `h1 h2 h3 h4 h5 h6`,
		scope:   `table td th caption html template object button svg`,
		tabular: `table tbody thead tfoot tr td th caption`,
		listEnd: `ul ol menu dir dl table td th article section aside nav main div`,
	} {
		for _, name := range strings.Fields(names) {
			m[atom.Lookup([]byte(name))] |= t
		}
	}
	delete(m, 0) // names that the package does not number
	return m
}()

// nearest returns the index on the stack of the innermost open element that is a, 0 when one with a trait of stops, or
// the bottom, comes first.
func (s *scanner) nearest(a atom.Atom, stops trait) int {
	for i := len(s.stack) - 1; i > 0; i-- {
		switch b := &s.stack[i]; {
		case b.atom == a:
			return i
		case b.trait&stops != 0:
			return 0
		}
	}
	return 0
}

// imply closes what the start of a closes.
func (s *scanner) imply(a atom.Atom, t trait) {
	if t&closesP != 0 {
		if i := s.nearest(atom.P, scope); i > 0 {
			s.popTo(i)
		}
	}
	switch a {
	case atom.Li:
		if i := s.nearest(atom.Li, listEnd); i > 0 {
			s.popTo(i)
		}
	case atom.Dd, atom.Dt:
		for _, b := range []atom.Atom{atom.Dd, atom.Dt} {
			if i := s.nearest(b, listEnd); i > 0 {
				s.popTo(i)
			}
		}
	case atom.Option, atom.Optgroup:
		if s.top().atom == atom.Option {
			s.popTo(len(s.stack) - 1)
		}
	case atom.Td, atom.Th:
		s.closeCell()
	case atom.Tr:
		s.closeCell()
		for i := len(s.stack) - 1; i > 0 && s.stack[i].atom != atom.Table; i-- {
			if s.stack[i].atom == atom.Tr {
				s.popTo(i)
				break
			}
		}
	case atom.Tbody, atom.Thead, atom.Tfoot:
		s.closeCell()
		for i := len(s.stack) - 1; i > 0 && s.stack[i].atom != atom.Table; i-- {
			if b := s.stack[i].atom; b == atom.Tbody || b == atom.Thead || b == atom.Tfoot {
				s.popTo(i)
				break
			}
		}
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		if s.top().trait&heads != 0 {
			s.popTo(len(s.stack) - 1)
		}
	case atom.A:
		s.endLink()
	}
}

func (s *scanner) closeCell() {
	for i := len(s.stack) - 1; i > 0 && s.stack[i].atom != atom.Table; i-- {
		if b := s.stack[i].atom; b == atom.Td || b == atom.Th || b == atom.Caption {
			s.popTo(i)
			return
		}
	}
}

// endLink ends an open link wherever it was opened: links do not hold links.
func (s *scanner) endLink() {
	for i := len(s.stack) - 1; i > 0; i-- {
		if s.stack[i].atom != atom.A {
			if s.stack[i].trait&scope != 0 {
				return
			}
			continue
		}
		if i == len(s.stack)-1 {
			s.popTo(i)
			return
		}
		s.stack[i].atom = atom.Span
		for ; i < len(s.stack); i++ {
			s.stack[i].place.link = false
		}
		return
	}
}

func (s *scanner) start(closed bool) {
	name, more := s.z.TagName()
	a := atom.Lookup(name)
	s.attrs = attributes{}
	if more {
		s.readAttributes()
	}
	s.elements++
	switch a {
	case atom.Html, atom.Body:
		s.meta.seeRoot(&s.attrs)
		return
	case atom.Head, atom.Frameset:
		return
	}
	is := traits[a]
	t := s.top()
	if t.place.foreign || a == atom.Svg {
		s.z.NextIsNotRawText() // <title> and <style> of a drawing hold markup
	}
	if t.place.foreign && is&breaksOut != 0 {
		s.popTo(s.nearest(atom.Svg, 0))
		t = s.top()
	}
	if t.place.foreign {
		if !closed && (a == atom.Svg || a == atom.Title || a == atom.Style || a == atom.Script) {
			s.push(a, is, t.place)
		}
		return
	}
	if s.deep == 0 {
		s.imply(a, is)
	}
	before := s.top().place
	s.meta.see(a, &s.attrs, before)
	if is&void != 0 {
		switch a {
		case atom.Br:
			s.lineBreak()
		case atom.Hr:
			s.flush()
		}
		return
	}
	if a == atom.Svg && closed {
		return
	}
	p := before
	p.skipped = p.skipped || is&skips != 0
	p.foreign = a == atom.Svg
	n := s.enter(&p, a)
	block := is&blocks != 0 || a == 0 && p.zone != before.zone || n.body == 3 && a == atom.Span
	if block && !p.skipped {
		s.flush()
	}
	s.push(a, is, p)
	if block && !p.skipped && len(s.boxes) < maxBoxes && s.deep == 0 {
		s.boxes = append(s.boxes, box{atom: a, parent: before.box, first: int32(len(s.blocks)), naming: n})
		top := s.top()
		top.box = int32(len(s.boxes) - 1)
		top.place.box, top.place.inline = top.box, 0
	}
	s.watch(a, before)
	s.rowOpens(a)
}

// maxBoxes bounds how many block elements are told apart; the text of more goes to those around.
const maxBoxes = 1 << 20

// push puts an element on the stack. Those nested too deep are not kept: their text is that of the ones around.
func (s *scanner) push(a atom.Atom, t trait, p place) {
	if len(s.stack) > MaxDepth {
		s.deep++
		s.tooDeep = true
		return
	}
	s.stack = append(s.stack, open{atom: a, trait: t, place: p, box: -1})
}

func (s *scanner) lineBreak() {
	if s.top().place.skipped {
		return
	}
	if s.line {
		s.flush()
	}
	s.line = len(s.buf) > s.from
}

// end handles an end tag.
func (s *scanner) end(a atom.Atom) {
	is := traits[a]
	if s.deep > 0 {
		s.deep--
		if is&blocks != 0 {
			s.flush()
		}
		return
	}
	switch {
	case a == atom.Body || a == atom.Html || a == atom.Head || a == 0:
		if a != 0 {
			s.flush()
		}
		if a == 0 {
			s.endUnknown()
		}
		return
	case a == atom.Br:
		s.lineBreak()
		return
	case a == atom.P && s.nearest(atom.P, scope) == 0:
		if !s.top().place.skipped {
			s.flush()
		}
		return
	case a == atom.A:
		s.endLink()
		return
	case is&heads != 0:
		for i := len(s.stack) - 1; i > 0 && s.stack[i].trait&scope == 0; i-- {
			if s.stack[i].trait&heads != 0 {
				s.popTo(i)
				return
			}
		}
		return
	}
	for i := len(s.stack) - 1; i > 0; i-- {
		b := &s.stack[i]
		switch {
		case b.atom == a:
			s.popTo(i)
			return
		case a == atom.Svg: // what stands open in a drawing ends with it
		case is&tabular != 0 && b.atom == atom.Table, is&tabular == 0 && b.trait&scope != 0, is&(blocks|skips) == 0 && b.trait&blocks != 0:
			return
		}
	}
}

// endUnknown ends the innermost element whose name is not one of HTML's; which one it is makes no difference.
func (s *scanner) endUnknown() {
	for i := len(s.stack) - 1; i > 0 && s.stack[i].trait&blocks == 0; i-- {
		if s.stack[i].atom == 0 {
			s.popTo(i)
			return
		}
	}
	// a custom element around blocks
	for i := len(s.stack) - 1; i > 0; i-- {
		switch s.stack[i].atom {
		case 0:
			s.popTo(i)
			return
		case atom.Div, atom.P, atom.Span, atom.Section, atom.Ul, atom.Li, atom.A:
		default:
			return
		}
	}
}

// popTo closes the elements on the stack from index i on; index 0, the page itself, stays.
func (s *scanner) popTo(i int) {
	for i = max(i, 1); len(s.stack) > i; {
		t := s.top()
		if (t.box >= 0 || t.trait&blocks != 0) && !t.place.skipped {
			s.flush()
		}
		if t.atom == atom.Tr {
			s.rowCloses(t)
		}
		if t.box >= 0 {
			s.boxes[t.box].last = int32(len(s.blocks))
		}
		for n := len(s.watching); n > 0 && s.watching[n-1].depth == len(s.stack); n-- {
			s.heard(s.watching[n-1])
			s.watching = s.watching[:n-1]
		}
		if t.atom == atom.Script {
			s.meta.ldOpen = false
		}
		s.stack = s.stack[:len(s.stack)-1]
	}
}

// watched is an element whose text the metadata wants.
type watched struct {
	depth, from int
	what        wanted
	at          place
}

// watch begins to listen to an element whose text says something of the page.
func (s *scanner) watch(a atom.Atom, before place) {
	what := s.meta.wants(a, &s.attrs, before)
	if what == nothing || s.deep > 0 || s.top().place.skipped {
		return
	}
	const most = 1000 // of a page's elements; a list of comments has many
	if len(s.watching) < most {
		s.watching = append(s.watching, watched{len(s.stack), len(s.buf), what, before})
	}
}

func (s *scanner) heard(w watched) {
	text := squeeze(string(s.buf[min(w.from, len(s.buf)):]))
	s.meta.heard(w.what, text, w.at)
}

// write appends text that stands raw at src[at:] to the block: white space collapsed, character references resolved.
func (s *scanner) write(raw string, at int) {
	for i := 0; i < len(raw); {
		c := raw[i]
		switch {
		case c == ' ':
			s.blank(at+i, !s.space)
			i++
		case c < ' ' || c == 0x7f:
			s.blank(at+i, false)
			i++
		case c == '&':
			i += s.reference(raw[i:], at+i)
		default:
			j, wide := plainEnd(raw, i)
			if j > i {
				s.put(raw[i:j], at+i)
			}
			if wide > 0 {
				s.blank(at+j, false)
			}
			i = j + wide
		}
	}
}

func (s *scanner) blank(at int, single bool) {
	if single {
		s.spaceAt = at
	} else {
		s.spaceAt = -1
	}
	s.space = true
}

// plainEnd returns the end of the text at raw[i:] that stands as it is, and the length of the wide white space after it.
func plainEnd(raw string, i int) (end, wide int) {
	for i < len(raw) {
		c := raw[i]
		if c <= ' ' || c == '&' || c == 0x7f {
			return i, 0
		}
		if c < utf8.RuneSelf {
			i++
			continue
		}
		// only characters from U+1680 on, and U+0085, are white space here
		if c == 0xC2 || c >= 0xE1 {
			if n := blank(raw[i:]); n > 0 {
				return i, n
			}
		}
		_, n := utf8.DecodeRuneInString(raw[i:])
		i += n
	}
	return i, 0
}

// blank returns the length of the white space that is not ASCII at the start of s, 0 for none.
func blank(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	if unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f' || r == '\u200b' || r == '\ufeff' {
		return n
	}
	return 0
}

// reference resolves a character reference and returns how long it is; an ampersand that begins none is itself.
func (s *scanner) reference(raw string, at int) int {
	const longest = 34 // "&CounterClockwiseContourIntegral;" and its like
	n := 1
	for n < len(raw) && n < longest && (raw[n] == '#' && n == 1 || isAlphanumeric(raw[n])) {
		n++
	}
	if n < len(raw) && raw[n] == ';' {
		n++
	}
	text := html.UnescapeString(raw[:n])
	if text == raw[:n] {
		s.put(raw[:1], at)
		return 1
	}
	// a reference without its semicolon may have letters behind it, which stand as they are
	same := 0
	for same < len(text) && same < n-1 && raw[n-1-same] == text[len(text)-1-same] && raw[n-1-same] != ';' {
		same++
	}
	n -= same
	text = text[:len(text)-same]
	for _, r := range text {
		if unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f' || r == '\u200b' || r == '\ufeff' || r == 0 {
			s.blank(at, false)
			continue
		}
		s.gap(at)
		s.mark(at, 0)
		s.buf = utf8.AppendRune(s.buf, r)
	}
	if !s.space {
		s.mark(at+n, 0)
	}
	if s.top().place.link {
		s.links += len(text)
	}
	return n
}

func isAlphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// put appends text that stands as it is at src[at:].
func (s *scanner) put(text string, at int) {
	s.gap(at)
	s.mark(at, len(text))
	s.buf = append(s.buf, text...)
	if s.top().place.link {
		s.links += len(text)
	}
}

// mark notes that the next n bytes of buf are those at src[at:].
func (s *scanner) mark(at, n int) {
	if k := len(s.runs); k > 0 {
		if last := &s.runs[k-1]; last.Text+last.Len == len(s.buf) && last.Source+last.Len == at {
			last.Len += n
			return
		}
	}
	s.runs = append(s.runs, contrechamp.Run{Text: len(s.buf), Source: at, Len: n})
}

// gap writes the white space that waits before what stands at src[at:].
func (s *scanner) gap(at int) {
	switch {
	case len(s.buf) == s.from:
	case s.line:
		s.buf = append(s.buf, '\n')
	case s.space:
		if s.spaceAt == at-1 {
			s.mark(s.spaceAt, 1)
		}
		s.buf = append(s.buf, ' ')
	}
	s.space, s.line = false, false
}

// flush ends the block.
func (s *scanner) flush() {
	if len(s.buf) > s.from {
		span := trimBytes(s.buf, s.from)
		if span.Len() > 0 {
			p := s.top().place
			s.blocks = append(s.blocks, block{Span: span, heading: int(p.heading), item: p.item, zone: p.inline, links: s.links, box: p.box, cell: p.cell})
		}
	}
	s.from = len(s.buf)
	s.links, s.space, s.line = 0, false, false
}

// trimBytes returns buf[from:] without the white space at its ends.
func trimBytes(buf []byte, from int) contrechamp.Span {
	to := len(buf)
	for from < to {
		r, n := utf8.DecodeRune(buf[from:to])
		if !unicode.IsSpace(r) {
			break
		}
		from += n
	}
	for from < to {
		r, n := utf8.DecodeLastRune(buf[from:to])
		if !unicode.IsSpace(r) {
			break
		}
		to -= n
	}
	return contrechamp.Span{Start: from, End: to}
}
