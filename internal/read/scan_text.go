package read

import (
	"unicode"
	"unicode/utf8"

	contrechamp "contrechamp.org/contrechamp"
	"golang.org/x/net/html"
)

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
			if wide > 0 && !isInvisible(raw[j:j+wide]) {
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

// plainEnd returns the end of the text at raw[i:] that stands as it is, and the length of the wide white space, or of what
// shows nothing, after it.
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
		// only characters from U+1680 on, U+0085 and U+00AD are white space or invisible
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

// blank returns the length of the white space that is not ASCII, or of the invisible character, at the start of s, 0 for
// none.
func blank(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	if isBlank(r) || isInvisible(s[:n]) {
		return n
	}
	return 0
}

// isBlank reports whether r is white space that is not kept as it is.
func isBlank(r rune) bool {
	return unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f'
}

// isInvisible reports whether a character only says where a line may break, or not: it is no part of a word and parts none.
func isInvisible(s string) bool {
	switch s {
	case "\u00ad", "\u200b", "\u2060", "\ufeff":
		return true
	}
	return false
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
		switch {
		case isBlank(r) || r == 0:
			s.blank(at, false)
			continue
		case isInvisible(string(r)):
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
