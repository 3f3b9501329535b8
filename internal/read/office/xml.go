package office

import (
	"bytes"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"contrechamp.org/contrechamp/internal/read/flow"
)

// kind of a token.
type kind int

const (
	atEnd kind = iota
	open
	shut
	text
)

// maxXMLDepth is how deep elements may be nested: office programs stay under a hundred, with tables in tables.
const maxXMLDepth = 1000

// scanner walks through the tags of an XML file and allocates nothing. It is lenient: the end of any element closes
// the innermost. Names are given with the file's prefixes, which office programs always write alike.
type scanner struct {
	src   []byte
	at    int
	depth int
	name  []byte // of the tag, with its prefix
	attrs []byte // of an opening tag, as they stand
	empty bool   // <a/>: a shut token follows
	text  []byte // as it stands, entities not decoded
	err   error
}

// newScanner scans b, which is UTF-8 or has a byte order mark of UTF-16.
func newScanner(b []byte) *scanner {
	switch {
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}):
		b = wide(b[2:], 0, 1)
	case bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		b = wide(b[2:], 1, 0)
	}
	return &scanner{src: b}
}

func wide(b []byte, low, high int) []byte {
	u := make([]uint16, len(b)/2)
	for i := range u {
		u[i] = uint16(b[2*i+low]) | uint16(b[2*i+high])<<8
	}
	return []byte(string(utf16.Decode(u)))
}

// next goes to the next token.
func (s *scanner) next() kind {
	if s.empty {
		s.empty = false
		s.depth--
		return shut
	}
	for s.at < len(s.src) && s.err == nil {
		if s.src[s.at] != '<' {
			end := bytes.IndexByte(s.src[s.at:], '<')
			if end < 0 {
				end = len(s.src) - s.at
			}
			s.text = s.src[s.at : s.at+end]
			s.at += end
			return text
		}
		rest := s.src[s.at:]
		switch {
		case len(rest) < 2:
			s.at = len(s.src)
		case rest[1] == '/':
			s.name = s.tag(2)
			s.depth--
			return shut
		case rest[1] == '?':
			s.skip(rest, "?>")
		case bytes.HasPrefix(rest, []byte("<!--")):
			s.skip(rest, "-->")
		case bytes.HasPrefix(rest, []byte("<![CDATA[")):
			begin := s.at + len("<![CDATA[")
			s.skip(rest, "]]>")
			s.text = s.src[begin:max(begin, min(s.at-len("]]>"), len(s.src)))]
			return text
		case rest[1] == '!':
			s.err = flow.Refuse("the file declares XML entities or a document type, as no office program does")
		default:
			s.name = s.tag(1)
			if s.depth++; s.depth > maxXMLDepth {
				s.err = flow.Refuse("the file's elements are nested more than %d deep", maxXMLDepth)
				return atEnd
			}
			return open
		}
	}
	return atEnd
}

func (s *scanner) skip(rest []byte, end string) {
	i := bytes.Index(rest, []byte(end))
	if i < 0 {
		s.at = len(s.src)
		return
	}
	s.at += i + len(end)
}

// tag takes the tag at s.at, whose name begins after skip bytes.
func (s *scanner) tag(skip int) []byte {
	begin := s.at + skip
	i := begin
	for i < len(s.src) && !isSpace(s.src[i]) && s.src[i] != '>' && s.src[i] != '/' {
		i++
	}
	name := s.src[begin:i]
	from := i
	var quote byte
	for ; i < len(s.src); i++ {
		switch c := s.src[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			s.attrs = s.src[from:i]
			s.empty = skip == 1 && i > from && s.src[i-1] == '/'
			s.at = i + 1
			return name
		}
	}
	s.attrs, s.at = nil, len(s.src)
	return name
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// attr answers the value of an attribute of the tag, decoded, "" when there is none.
func (s *scanner) attr(name string) string {
	b := s.attrs
	for {
		i := bytes.Index(b, []byte(name))
		if i < 0 {
			return ""
		}
		after := i + len(name)
		if i > 0 && !isSpace(b[i-1]) || after >= len(b) || b[after] != '=' {
			b = b[after:]
			continue
		}
		if after++; after >= len(b) {
			return ""
		}
		quote := b[after]
		end := bytes.IndexByte(b[after+1:], quote)
		if end < 0 || quote != '"' && quote != '\'' {
			return ""
		}
		return string(unescape(nil, b[after+1:after+1+end]))
	}
}

// pass goes behind the end of the element that was just opened, and answers how many bytes it skipped.
func (s *scanner) pass() {
	for depth := s.depth; ; {
		switch s.next() {
		case atEnd:
			return
		case shut:
			if s.depth < depth {
				return
			}
		}
	}
}

// inner appends the text inside the element that was just opened, and goes behind its end.
func (s *scanner) inner(to []byte) []byte {
	for depth := s.depth; ; {
		switch s.next() {
		case atEnd:
			return to
		case text:
			to = unescape(to, s.text)
		case shut:
			if s.depth < depth {
				return to
			}
		}
	}
}

// unescape appends b with its entities decoded; one that is not known is U+FFFD.
func unescape(to, b []byte) []byte {
	for {
		i := bytes.IndexByte(b, '&')
		if i < 0 {
			return append(to, b...)
		}
		to = append(to, b[:i]...)
		b = b[i:]
		const longest = 10
		end := bytes.IndexByte(b[:min(len(b), longest)], ';')
		if end < 0 {
			to, b = append(to, '&'), b[1:]
			continue
		}
		to = utf8.AppendRune(to, entity(string(b[1:end])))
		b = b[end+1:]
	}
}

func entity(name string) rune {
	switch name {
	case "amp":
		return '&'
	case "lt":
		return '<'
	case "gt":
		return '>'
	case "quot":
		return '"'
	case "apos":
		return '\''
	}
	if len(name) > 1 && name[0] == '#' {
		digits, base := name[1:], 10
		if digits[0] == 'x' || digits[0] == 'X' {
			digits, base = digits[1:], 16
		}
		if n, err := strconv.ParseUint(digits, base, 32); err == nil && n <= utf8.MaxRune && utf8.ValidRune(rune(n)) {
			return rune(n)
		}
	}
	return utf8.RuneError
}
