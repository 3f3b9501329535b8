package office

import (
	"context"
	"slices"
	"unicode/utf8"

	"golang.org/x/text/encoding"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/read/flow"
)

// maxRTFDepth is how deep groups may be nested.
const maxRTFDepth = 1000

// RTF reads a text in Rich Text Format. What stands in a text box comes before the paragraph that the box hangs on.
func RTF(ctx context.Context, b []byte) (flow.Document, error) {
	s, err := newRTF(b)
	if err != nil {
		return flow.Document{}, err
	}
	r := &rtf{rtfScanner: s, letters: newRTFLetters(b), ctx: ctx, state: rtfState{role: contrechamp.RoleBody, skip: 1}}
	if err := r.run(); err != nil {
		return flow.Document{}, err
	}
	tellDeleted(&r.out, r.deleted)
	if r.hidden {
		tellHidden(&r.out)
	}
	return r.out, nil
}

// rtf is a text while it is read.
type rtf struct {
	*rtfScanner
	letters *rtfLetters
	ctx     context.Context
	out     flow.Document

	state rtfState
	stack []rtfState
	star  bool // the next word opens a destination that a program may skip which does not know it

	text    []byte // of the open paragraph
	cells   []string
	notes   []string
	margins []string
	fontNo  int // in the table of fonts
	deleted int
	hidden  bool
}

// rtfState is what a group inherits and its end restores.
type rtfState struct {
	into    destination
	home    destination // where the shape stands in whose description the text is
	skip    int         // characters that follow each \u for programs without Unicode
	role    contrechamp.Role
	font    encoding.Encoding // nil: the file's
	deleted bool
	hidden  bool
	table   bool
	saved   []byte   // text of the paragraph outside a note, a margin or a box
	cells   []string // of the row outside a box
	opens   bool     // the group that opened its destination
	day     contrechamp.Date
}

// destination is where a group's text goes.
type destination int

const (
	intoText destination = iota
	intoBox              // a text box: paragraphs of their own
	intoNote
	intoMargin
	intoTitle
	intoAuthor
	intoMade
	intoFonts
	intoShape // the description of a shape, in which a text box may stand
	intoNothing
)

// silent reports whether text here is nobody's words.
func (d destination) silent() bool { return d >= intoFonts }

// flows reports whether text here makes paragraphs and rows.
func (d destination) flows() bool { return d <= intoBox }

func (r *rtf) run() error {
	for n := 0; ; n++ {
		if n&0xffff == 0 && r.ctx.Err() != nil {
			return r.ctx.Err()
		}
		switch r.next() {
		case rtfOpen:
			r.flush()
			if len(r.stack) >= maxRTFDepth {
				return flow.Refuse("the file's groups are nested more than %d deep", maxRTFDepth)
			}
			r.stack = append(r.stack, r.state)
			r.state.opens, r.state.saved, r.state.cells = false, nil, nil
		case rtfShut:
			r.flush()
			r.endGroup()
		case rtfWord:
			r.control()
		case rtfSymbol:
			r.symbol()
		case rtfEscaped:
			r.byte(r.c)
		case rtfByte:
			if r.letters.utf8 && r.c >= utf8.RuneSelf {
				r.runes(string([]byte{r.c}))
			} else {
				r.byte(r.c)
			}
		case rtfEnd:
			r.flush()
			r.endParagraph()
			r.endRow()
			for _, m := range r.margins {
				r.out.Add(contrechamp.RoleFurniture, m)
			}
			return nil
		}
	}
}

func (r *rtf) endGroup() {
	if len(r.stack) == 0 {
		return
	}
	ended := r.state
	r.star = false
	if ended.opens && ended.into == intoBox {
		r.endParagraph()
		r.endRow()
	}
	r.state = r.stack[len(r.stack)-1]
	r.stack = r.stack[:len(r.stack)-1]
	if !ended.opens {
		if r.state.into == intoMade {
			r.state.day = ended.day
		}
		return
	}
	switch ended.into {
	case intoBox:
		r.text, r.cells = ended.saved, ended.cells
	case intoNote:
		if note := flow.Clean(string(r.text)); note != "" {
			r.notes = append(r.notes, note)
		}
		r.text = ended.saved
	case intoMargin:
		if m := flow.Clean(string(r.text)); m != "" && !slices.Contains(r.margins, m) {
			r.margins = append(r.margins, m)
		}
		r.text = ended.saved
	case intoTitle:
		r.out.Title = flow.Clean(string(r.text))
		r.text = ended.saved
	case intoAuthor:
		r.out.Author = flow.Clean(string(r.text))
		r.text = ended.saved
	case intoMade:
		r.out.Published = ended.day
	}
}

// enter opens a destination of its own for the group.
func (r *rtf) enter(d destination) {
	switch {
	case r.state.into == intoNothing:
		return
	case r.state.into == intoShape && d != intoBox && d != intoShape:
		d = intoNothing
	}
	r.state.into, r.state.opens = d, true
	if !d.silent() {
		r.state.saved, r.text = r.text, nil
		r.state.cells, r.cells = r.cells, nil
	}
}

// enterShape opens the description of a shape: only what stands in its text box is read.
func (r *rtf) enterShape() {
	if r.state.into != intoShape {
		r.state.home = r.state.into
	}
	r.enter(intoShape)
}

// leaveShape opens the text in a shape's description. In the text it makes paragraphs of its own; in a note or the head
// of a page it is part of that.
func (r *rtf) leaveShape() {
	switch {
	case r.state.into != intoShape:
	case r.state.home.flows():
		r.enter(intoBox)
		r.state.role, r.state.table = contrechamp.RoleBody, false
	default:
		r.state.into = r.state.home
	}
}

func (r *rtf) symbol() {
	r.star = r.c == '*'
	switch r.c {
	case '\\', '{', '}':
		r.byte(r.c)
	case '~':
		r.runes(" ")
	case '_':
		r.runes("-")
	case '\r', '\n':
		r.flush()
		r.endParagraph()
	}
}

// control obeys a control word.
func (r *rtf) control() {
	word, value := r.word, r.value
	if word == "u" {
		r.flush()
		r.runes(r.letters.unicode(value))
		r.letters.eaten = r.state.skip
		return
	}
	r.flush()
	if star := r.star; star {
		r.star = false
		switch word {
		case "shpinst", "do", "footnote", "ud":
		default:
			r.enter(intoNothing)
			return
		}
	}
	if sign, known := signs[word]; known {
		r.runes(sign)
		return
	}
	if r.letters.header(word, value) || r.fonts(word, value) {
		return
	}
	switch word {
	case "par", "sect", "page":
		r.endParagraph()
	case "line", "tab":
		r.runes(" ")
	case "cell", "nestcell":
		if r.state.into.flows() {
			r.cells = append(r.cells, flow.Clean(string(r.text)))
			r.text = r.text[:0]
		}
	case "row", "nestrow":
		r.endRow()
	case "trowd", "intbl":
		r.state.table = true
	case "pard":
		r.state.role, r.state.table = contrechamp.RoleBody, false
	case "outlinelevel":
		if value >= 0 && value < 9 {
			r.state.role = contrechamp.RoleHeading
		}
	case "ls":
		if r.state.role == contrechamp.RoleBody {
			r.state.role = contrechamp.RoleItem
		}
	case "uc":
		r.state.skip = max(0, min(value, 8))
	case "deleted":
		if r.on() && !r.state.deleted {
			r.deleted++
		}
		r.state.deleted = r.on()
	case "v":
		r.state.hidden = r.on()
	case "plain":
		r.state.deleted, r.state.hidden, r.state.font = false, false, nil
	case "yr":
		r.state.day.Year = value
	case "mo":
		r.state.day.Month = value
	case "dy":
		r.state.day.Day = value
	default:
		r.open(word)
	}
}

// open opens the destination that a word names, if it names one.
func (r *rtf) open(word string) {
	switch word {
	case "footnote":
		r.enter(intoNote)
	case "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf":
		r.enter(intoMargin)
	case "title":
		r.enter(intoTitle)
	case "author":
		r.enter(intoAuthor)
	case "creatim":
		r.enter(intoMade)
	case "fonttbl":
		r.enter(intoFonts)
	case "shpinst", "do", "upr":
		r.enterShape()
	case "shptxt", "dptxbxtext":
		r.leaveShape()
	case "ud": // \upr has the same twice: without Unicode, and here with it
		if r.state.into == intoShape {
			r.state.into = r.state.home
		}
	case "shprslt", "pntext", "listtext", "nonesttables",
		"colortbl", "stylesheet", "listtable", "listoverridetable", "rsidtbl", "generator", "pict", "object", "fldinst",
		"themedata", "datastore", "xmlnstbl", "operator", "company", "revtim", "printim", "buptim", "subject", "keywords", "doccomm",
		"category", "manager", "revtbl", "annotation", "atnid", "atnauthor", "nonshppict", "template", "filetbl", "bkmkstart", "bkmkend":
		r.enter(intoNothing)
	}
}

// fonts takes what a word says of fonts, and which one is used from here on.
func (r *rtf) fonts(word string, value int) bool {
	switch {
	case word == "f" && r.state.into == intoFonts:
		r.fontNo = value
	case word == "f":
		r.state.font = r.letters.fonts[value]
	case r.state.into == intoFonts:
		r.letters.font(r.fontNo, word, value)
	default:
		return false
	}
	return true
}

// byte takes a byte of text that is to be decoded.
func (r *rtf) byte(c byte) {
	if !r.letters.skips() && r.said() {
		r.letters.add(c)
	}
}

// runes adds text that needs no decoding.
func (r *rtf) runes(s string) {
	if r.letters.skips() {
		return
	}
	r.flush()
	if r.said() {
		r.text = append(r.text, s...)
	}
}

// said reports whether what comes is read.
func (r *rtf) said() bool {
	if r.state.into.silent() || r.state.deleted {
		return false
	}
	r.hidden = r.hidden || r.state.hidden
	return !r.state.hidden
}

func (r *rtf) flush() { r.text = r.letters.flush(r.text, r.state.font) }

func (r *rtf) endParagraph() {
	if !r.state.into.flows() {
		r.text = append(r.text, ' ')
		return
	}
	if r.state.table {
		r.text = append(r.text, ' ')
		return
	}
	r.endRow()
	r.out.Add(r.state.role, flow.Line(string(r.text)))
	r.text = r.text[:0]
	r.addNotes()
}

func (r *rtf) addNotes() {
	for _, n := range r.notes {
		r.out.Add(contrechamp.RoleBody, n)
	}
	r.notes = nil
}

func (r *rtf) endRow() {
	if len(r.cells) == 0 || !r.state.into.flows() {
		return
	}
	r.out.Add(contrechamp.RoleItem, row(r.cells))
	r.cells = nil
	r.addNotes()
}
