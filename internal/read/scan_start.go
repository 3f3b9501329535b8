package read

import (
	"golang.org/x/net/html/atom"
)

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
