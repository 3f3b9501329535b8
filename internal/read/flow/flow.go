// Package flow is what the readers of formats hand to package read: blocks of text in reading order, and what the
// file says of itself. It holds no reader.
package flow

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"contrechamp.org/contrechamp"
)

// Block is a paragraph, a heading, an item of a list or a row of a table, whose cells are parted by tabs.
type Block struct {
	Text string
	Role contrechamp.Role
	Page int // 1-based; 0 where the format has no pages
}

// Document is a document on its way to being a Text.
type Document struct {
	Blocks    []Block
	Title     string // as the file says it
	Author    string
	Publisher string
	Published contrechamp.Date // as the file says it
	Updated   contrechamp.Date // of the last change; a weaker hint at the date
	Notes     []string
	Quality   float64 // 1, or less where much had to be guessed; 0 is 1
}

// Note adds a sentence that a careful person should know.
func (d *Document) Note(format string, args ...any) {
	d.Notes = append(d.Notes, fmt.Sprintf(format, args...))
}

// Add appends a block unless its text is blank. White space is collapsed, tabs between cells stay.
func (d *Document) Add(role contrechamp.Role, text string) {
	if text = Clean(text); text != "" {
		d.Blocks = append(d.Blocks, Block{Text: text, Role: role})
	}
}

// Clean makes valid UTF-8 with single spaces and no control characters; tabs stay single tabs, other white space is a
// space. It is trimmed.
func Clean(s string) string {
	if s = strings.Trim(s, " \t\r\n"); plain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	pending := byte(0)
	for i, r := range s {
		if r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD") {
			r = '\uFFFD'
		}
		if r >= 0xf000 && r <= 0xf0ff {
			if bullet, ok := symbols[r]; ok {
				r = bullet
			}
		}
		switch {
		case r == '\t':
			pending = '\t'
		case r == '\u00a0' || r == '\u202f':
			if pending == 0 {
				if b.Len() > 0 {
					pending = ' '
				}
			}
		case unicode.IsSpace(r) || unicode.IsControl(r):
			if pending == 0 {
				pending = ' '
			}
		case r == '\u200b' || r == '\ufeff' || r == '\u00ad':
		default:
			if pending != 0 && b.Len() > 0 {
				b.WriteByte(pending)
			}
			pending = 0
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Line is Clean for text that has no cells: its tabs are spaces.
func Line(s string) string {
	if strings.IndexByte(s, '\t') >= 0 {
		s = strings.ReplaceAll(s, "\t", " ")
	}
	return Clean(s)
}

// symbols are what office programs set in the font Symbol or Wingdings, where letters have places of their own.
var symbols = map[rune]rune{'\uf0b7': '•', '\uf0a7': '▪', '\uf02d': '–', '\uf0d8': '➢', '\uf0fc': '✓', '\uf0e0': '→'}

// Count says how many of a thing there are: "1 place", "2 places".
func Count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// plain reports whether s is clean as it stands.
func plain(s string) bool {
	space := true
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == ' ':
			if space {
				return false
			}
			space = true
			i++
			continue
		case c < ' ' || c == 0x7f:
			return false
		case c < utf8.RuneSelf:
			i++
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			switch {
			case r < 0xa1 || r == 0xad || r == utf8.RuneError && n == 1:
				return false
			case r >= 0x1680 && (r >= 0xe000 && r <= 0xf8ff || r == '\u200b' || r == '\ufeff' || unicode.IsSpace(r)):
				return false
			}
			i += n
		}
		space = false
	}
	return !space || s == ""
}

// Refusal is an ErrInvalid whose text is one sentence for the person who brought the document.
type Refusal string

func (r Refusal) Error() string { return string(r) }

// Unwrap makes it an ErrInvalid.
func (r Refusal) Unwrap() error { return contrechamp.ErrInvalid }

// Refuse makes a Refusal.
func Refuse(format string, args ...any) error { return Refusal(fmt.Sprintf(format, args...)) }
