package office

import (
	"bytes"
	"context"
	"strconv"
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/read/flow"
)

// maxRTFDepth is how deep groups may be nested.
const maxRTFDepth = 1000

// RTF reads a text in Rich Text Format.
func RTF(ctx context.Context, b []byte) (flow.Document, error) {
	if !bytes.HasPrefix(bytes.TrimLeft(b, "\ufeff \r\n\t"), []byte(`{\rtf`)) {
		return flow.Document{}, flow.Refuse("the file is damaged: it does not begin as RTF does")
	}
	r := &rtf{src: b, ctx: ctx, page: charmap.Windows1252, state: rtfState{role: contrechamp.RoleBody, skip: 1}}
	if err := r.run(); err != nil {
		return flow.Document{}, err
	}
	if r.deleted > 0 {
		r.out.Note("changes were tracked: what was deleted (%s) is left out, what was inserted is read", flow.Count(r.deleted, "place"))
	}
	if r.hidden {
		r.out.Note("text that the file hides was left out")
	}
	return r.out, nil
}

// rtf is a text while it is read.
type rtf struct {
	src  []byte
	at   int
	ctx  context.Context
	out  flow.Document
	page encoding.Encoding

	state rtfState
	stack []rtfState
	raw   []byte // bytes in the code page that wait to be decoded
	high  rune   // first half of a surrogate pair
	eaten int    // characters to skip that stand for \u

	text    []byte // of the open paragraph
	cells   []string
	notes   []string
	margins []string
	deleted int
	hidden  bool
}

// rtfState is what a group inherits and its end restores.
type rtfState struct {
	into    destination
	skip    int // characters that follow each \u for programs without Unicode
	role    contrechamp.Role
	deleted bool
	hidden  bool
	table   bool
	saved   []byte // text of the paragraph outside a note or a margin
	opens   bool   // the group that opened its destination
	day     contrechamp.Date
}

// destination is where a group's text goes.
type destination int

const (
	intoText destination = iota
	intoNothing
	intoNote
	intoMargin
	intoTitle
	intoAuthor
	intoMade
)

func (r *rtf) run() error {
	for n := 0; r.at < len(r.src); n++ {
		if n&0xffff == 0 && r.ctx.Err() != nil {
			return r.ctx.Err()
		}
		switch c := r.src[r.at]; c {
		case '{':
			r.flush()
			if len(r.stack) >= maxRTFDepth {
				return flow.Refuse("the file's groups are nested more than %d deep", maxRTFDepth)
			}
			r.stack = append(r.stack, r.state)
			r.state.opens, r.state.saved = false, nil
			r.at++
		case '}':
			r.flush()
			r.at++
			r.endGroup()
		case '\\':
			r.control()
		case '\r', '\n':
			r.at++
		default:
			r.at++
			r.byte(c)
		}
	}
	r.flush()
	r.endParagraph()
	r.endRow()
	for _, m := range r.margins {
		r.out.Add(contrechamp.RoleFurniture, m)
	}
	return nil
}

func (r *rtf) endGroup() {
	if len(r.stack) == 0 {
		return
	}
	ended := r.state
	r.state = r.stack[len(r.stack)-1]
	r.stack = r.stack[:len(r.stack)-1]
	if !ended.opens {
		if r.state.into == intoMade {
			r.state.day = ended.day
		}
		return
	}
	switch ended.into {
	case intoNote:
		if note := flow.Clean(string(r.text)); note != "" {
			r.notes = append(r.notes, note)
		}
		r.text = ended.saved
	case intoMargin:
		if m := flow.Clean(string(r.text)); m != "" && !contains(r.margins, m) {
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

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// enter opens a destination of its own for the group.
func (r *rtf) enter(d destination) {
	r.flush()
	if r.state.into == intoNothing {
		return
	}
	r.state.into, r.state.opens = d, true
	if d != intoNothing {
		r.state.saved = r.text
		r.text = nil
	}
}

// control reads a control word or symbol.
func (r *rtf) control() {
	r.at++
	if r.at >= len(r.src) {
		return
	}
	c := r.src[r.at]
	if c < 'a' || c > 'z' {
		r.at++
		r.symbol(c)
		return
	}
	from := r.at
	for r.at < len(r.src) && (r.src[r.at] >= 'a' && r.src[r.at] <= 'z' || r.src[r.at] >= 'A' && r.src[r.at] <= 'Z') {
		r.at++
	}
	word := string(r.src[from:r.at])
	from = r.at
	if r.at < len(r.src) && r.src[r.at] == '-' {
		r.at++
	}
	for r.at < len(r.src) && r.src[r.at] >= '0' && r.src[r.at] <= '9' && r.at-from < 11 {
		r.at++
	}
	value, err := strconv.Atoi(string(r.src[from:r.at]))
	given := err == nil
	if r.at < len(r.src) && r.src[r.at] == ' ' {
		r.at++
	}
	r.word(word, value, given)
}

func (r *rtf) symbol(c byte) {
	switch c {
	case '\'':
		if r.at+2 <= len(r.src) {
			if n, err := strconv.ParseUint(string(r.src[r.at:r.at+2]), 16, 8); err == nil {
				r.at += 2
				r.byte(byte(n))
			}
		}
	case '\\', '{', '}':
		r.byte(c)
	case '~':
		r.runes(" ")
	case '_':
		r.runes("-")
	case '*':
		r.enter(intoNothing) // a destination that may be skipped: none of those is read
	case '\r', '\n':
		r.flush()
		r.endParagraph()
	}
}

func (r *rtf) word(word string, value int, given bool) {
	on := !given || value != 0
	switch word {
	case "u":
		r.unicode(value)
		return
	case "bin":
		r.at = min(len(r.src), r.at+max(0, value))
		return
	}
	r.flush()
	switch word {
	case "par", "sect", "page":
		r.endParagraph()
	case "line", "tab", "emspace", "enspace", "qmspace":
		r.runes(" ")
	case "cell", "nestcell":
		if r.state.into == intoText {
			r.cells = append(r.cells, flow.Clean(string(r.text)))
			r.text = r.text[:0]
		}
	case "row", "nestrow":
		r.endRow()
	case "trowd":
		r.state.table = true
	case "intbl":
		r.state.table = true
	case "pard":
		r.state.role, r.state.table = contrechamp.RoleBody, false
	case "outlinelevel":
		if value >= 0 && value < 9 {
			r.state.role = contrechamp.RoleHeading
		}
	case "ls", "pntext", "listtext":
		if word != "ls" {
			r.enter(intoNothing)
		} else if r.state.role == contrechamp.RoleBody {
			r.state.role = contrechamp.RoleItem
		}
	case "emdash":
		r.runes("—")
	case "endash":
		r.runes("–")
	case "lquote":
		r.runes("‘")
	case "rquote":
		r.runes("’")
	case "ldblquote":
		r.runes("“")
	case "rdblquote":
		r.runes("”")
	case "bullet":
		r.runes("•")
	case "uc":
		r.state.skip = max(0, min(value, 8))
	case "ansicpg":
		r.page = codePage(value)
	case "mac":
		r.page = charmap.Macintosh
	case "pc", "pca":
		r.page = charmap.CodePage850
	case "deleted":
		if on && !r.state.deleted {
			r.deleted++
		}
		r.state.deleted = on
	case "v":
		r.state.hidden = on
	case "plain":
		r.state.deleted, r.state.hidden = false, false
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
	case "yr":
		r.state.day.Year = value
	case "mo":
		r.state.day.Month = value
	case "dy":
		r.state.day.Day = value
	case "fonttbl", "colortbl", "stylesheet", "listtable", "listoverridetable", "rsidtbl", "generator", "pict", "object", "fldinst",
		"themedata", "datastore", "xmlnstbl", "operator", "company", "revtim", "printim", "buptim", "subject", "keywords", "doccomm",
		"category", "manager", "revtbl", "annotation", "atnid", "atnauthor", "nonshppict", "template", "filetbl", "bkmkstart", "bkmkend":
		r.enter(intoNothing)
	}
}

// byte takes a byte of text in the code page.
func (r *rtf) byte(c byte) {
	if r.eaten > 0 {
		r.eaten--
		return
	}
	if r.state.into == intoNothing || r.state.deleted {
		return
	}
	if r.state.hidden {
		r.hidden = true
		return
	}
	r.raw = append(r.raw, c)
}

// runes adds text that needs no decoding.
func (r *rtf) runes(s string) {
	r.flush()
	if r.state.into == intoNothing || r.state.deleted || r.state.hidden {
		return
	}
	r.text = append(r.text, s...)
}

func (r *rtf) unicode(value int) {
	c := rune(uint16(value)) // negative above 32767
	r.flush()
	if utf16.IsSurrogate(c) {
		if r.high == 0 {
			r.high = c
		} else {
			r.runes(string(utf16.DecodeRune(r.high, c)))
			r.high = 0
		}
	} else {
		r.high = 0
		r.runes(string(c))
	}
	r.eaten = r.state.skip
}

// flush decodes what waits.
func (r *rtf) flush() {
	r.eaten = 0
	if len(r.raw) == 0 {
		return
	}
	decoded, err := r.page.NewDecoder().Bytes(r.raw)
	if err != nil {
		decoded = bytes.ToValidUTF8(r.raw, []byte("\uFFFD"))
	}
	r.text = append(r.text, decoded...)
	r.raw = r.raw[:0]
}

func (r *rtf) endParagraph() {
	if r.state.into != intoText {
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
	if len(r.cells) == 0 || r.state.into != intoText {
		return
	}
	r.out.Add(contrechamp.RoleItem, row(r.cells))
	r.cells = nil
	r.addNotes()
}

func codePage(n int) encoding.Encoding {
	switch n {
	case 437:
		return charmap.CodePage437
	case 850:
		return charmap.CodePage850
	case 852:
		return charmap.CodePage852
	case 866:
		return charmap.CodePage866
	case 874:
		return charmap.Windows874
	case 932:
		return japanese.ShiftJIS
	case 936:
		return simplifiedchinese.GBK
	case 949:
		return korean.EUCKR
	case 950:
		return traditionalchinese.Big5
	case 1250:
		return charmap.Windows1250
	case 1251:
		return charmap.Windows1251
	case 1253:
		return charmap.Windows1253
	case 1254:
		return charmap.Windows1254
	case 1255:
		return charmap.Windows1255
	case 1256:
		return charmap.Windows1256
	case 1257:
		return charmap.Windows1257
	case 1258:
		return charmap.Windows1258
	case 10000:
		return charmap.Macintosh
	}
	return charmap.Windows1252
}
