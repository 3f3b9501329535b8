// Package doubt names why the quick reader of PDF hands a document or a page over to PDFium. It guesses nothing: what it
// has not understood whole, it does not answer.
package doubt

import (
	"errors"
	"strings"
)

// Reason is why something is handed over. The strings are stable: tests and figures count by them.
type Reason string

// Reasons of the file.
const (
	NotAsked     Reason = "not asked"           // the quick reader was left out, to compare
	Header       Reason = "header"              // the file does not begin with %PDF-
	Xref         Reason = "xref"                // a cross-reference that would need repair
	Encrypted    Reason = "encrypted"           // with a password, or in a way that is rarely met
	Syntax       Reason = "syntax"              // an object that does not follow the grammar
	StreamLength Reason = "stream length"       // a stream that does not end where it says
	Filter       Reason = "filter"              // a filter that is not known, or whose data are damaged
	PageTree     Reason = "page tree"           // counts that do not agree, loops
	PageBox      Reason = "page box"            // a page without a size
	TextString   Reason = "text string"         // title or author in an encoding that is rarely met
	Fault        Reason = "fault in the reader" // a mistake of ours, caught; a test asks for none
)

// Reasons of fonts.
const (
	FontMissing     Reason = "font missing"           // a name that the resources do not have
	FontNotEmbedded Reason = "font not embedded"      // and not one of the fourteen standard fonts
	FontType        Reason = "font type"              // Type 3, or unknown
	FontFile        Reason = "font file"              // an embedded font that cannot be measured
	FontEncoding    Reason = "font encoding"          // an encoding that is not known
	CMap            Reason = "character map"          // a predefined or unusual CMap
	Vertical        Reason = "vertical writing"       //
	NoUnicode       Reason = "no sure Unicode"        // a code for which the font names no letter
	RightToLeft     Reason = "right to left"          // letters that PDFium puts in another order
	Surrogate       Reason = "beyond the basic plane" // letters that UTF-16 writes in two units
)

// Reasons of a page's content.
const (
	Content     Reason = "content"        // operators or operands that do not follow the grammar
	InlineImage Reason = "inline picture" // whose end is not sure
	Resources   Reason = "resources"      // that are missing
	ActualText  Reason = "actual text"    // of a kind that is not read
	Far         Reason = "far text"       // text that stands far from every page, or is drawn flat
)

// Limits. What real documents hold is far below.
const (
	LimitObjects   Reason = "limit: objects"
	LimitDepth     Reason = "limit: depth"
	LimitBytes     Reason = "limit: unpacked bytes"
	LimitOperators Reason = "limit: operators"
	LimitLetters   Reason = "limit: letters"
	LimitGlyph     Reason = "limit: outline of a glyph"
	LimitWork      Reason = "limit: work on a page"
)

// IsLimit reports whether something was larger than what is read.
func (r Reason) IsLimit() bool { return strings.HasPrefix(string(r), "limit: ") }

// Error carries a reason through the reader.
type Error struct {
	Reason Reason
	Detail string
}

func (e *Error) Error() string {
	if e.Detail == "" {
		return string(e.Reason)
	}
	return string(e.Reason) + ": " + e.Detail
}

// New makes an error of a reason.
func New(r Reason, detail string) error { return &Error{r, detail} }

// Of answers the reason in err, "" where err is nil, and Fault where it carries none.
func Of(err error) Reason {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Reason
	}
	return Fault
}
