package office

import (
	"bytes"
	"strconv"

	"contrechamp.org/contrechamp/internal/read/flow"
)

// rtfToken is a kind of token of RTF.
type rtfToken int

const (
	rtfEnd rtfToken = iota
	rtfOpen
	rtfShut
	rtfWord    // \par, \u233
	rtfSymbol  // \~, \*
	rtfEscaped // \'e9
	rtfByte    // as it stands
)

// rtfScanner walks through an RTF file and allocates nothing but the control words. Line ends of the file, and the bytes
// behind \bin, mean nothing and are passed over.
type rtfScanner struct {
	src   []byte
	at    int
	word  string // of a rtfWord
	value int    // its number
	given bool   // it has one
	c     byte   // of rtfSymbol, rtfEscaped and rtfByte
}

// newRTF scans a file that begins as RTF does.
func newRTF(b []byte) (*rtfScanner, error) {
	if !bytes.HasPrefix(bytes.TrimLeft(b, "\ufeff \r\n\t"), []byte(`{\rtf`)) {
		return nil, flow.Refuse("the file is damaged: it does not begin as RTF does")
	}
	return &rtfScanner{src: bytes.TrimPrefix(b, []byte("\ufeff"))}, nil
}

func (s *rtfScanner) next() rtfToken {
	for s.at < len(s.src) {
		c := s.src[s.at]
		s.at++
		switch c {
		case '{':
			return rtfOpen
		case '}':
			return rtfShut
		case '\r', '\n', 0:
		case '\\':
			if t := s.control(); t != rtfEnd {
				return t
			}
		default:
			s.c = c
			return rtfByte
		}
	}
	return rtfEnd
}

// control reads what follows a backslash; rtfEnd when it is nothing.
func (s *rtfScanner) control() rtfToken {
	if s.at >= len(s.src) {
		return rtfEnd
	}
	c := s.src[s.at]
	if c == '\'' {
		s.at++
		if s.at+2 <= len(s.src) {
			if n, err := strconv.ParseUint(string(s.src[s.at:s.at+2]), 16, 8); err == nil {
				s.at += 2
				s.c = byte(n)
				return rtfEscaped
			}
		}
		return rtfEnd
	}
	if !letter(c) {
		s.at++
		s.c = c
		return rtfSymbol
	}
	from := s.at
	for s.at < len(s.src) && letter(s.src[s.at]) {
		s.at++
	}
	s.word = string(s.src[from:s.at])
	from = s.at
	if s.at < len(s.src) && s.src[s.at] == '-' {
		s.at++
	}
	const longest = 11 // digits and sign
	for s.at < len(s.src) && s.src[s.at] >= '0' && s.src[s.at] <= '9' && s.at-from < longest {
		s.at++
	}
	value, err := strconv.Atoi(string(s.src[from:s.at]))
	s.value, s.given = value, err == nil
	if s.at < len(s.src) && s.src[s.at] == ' ' {
		s.at++
	}
	if s.word == "bin" {
		s.at = min(len(s.src), s.at+max(0, s.value))
		return rtfEnd
	}
	return rtfWord
}

// on is what a word that switches says: \v and \v1 on, \v0 off.
func (s *rtfScanner) on() bool { return !s.given || s.value != 0 }

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
