package read

import (
	"context"
	"strings"

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

// box is a block element: what may hold an article.
type box struct {
	atom        atom.Atom
	parent      int32
	first, last int32 // blocks [first, last)
	naming
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
