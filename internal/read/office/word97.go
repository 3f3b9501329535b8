package office

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/richardlehane/mscfb"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/archive/mail"
	"contrechamp.org/contrechamp/internal/codepage"
	"contrechamp.org/contrechamp/internal/read/flow"
)

// Places in the head of a Word document of 1997 to 2003 (MS-DOC 2.5.1), in bytes, and what the first of them has.
const (
	fibMagic   = 0xA5EC
	fibFlags   = 0x0A
	fibTexts   = 0x4C // characters of the text, then of foot notes, heads, -, comments, end notes, boxes, boxes in heads
	fibRuns    = 0xFA // where the list of pages of formats of characters stands, and its length
	fibLines   = 0x102
	fibPieces  = 0x1A2
	fibLeast   = fibPieces + 8
	fibFirst   = 0x00C1 // the version of 1997
	flagSealed = 0x0100
	flagTable1 = 0x0200
)

// maxWord97 is how many characters are read: about six novels, and 100 MiB while they are sorted out.
const maxWord97 = 8_000_000

// Word97 reads a Word document of the format before 2007.
func Word97(ctx context.Context, b []byte) (flow.Document, error) {
	streams, err := compound(b, "WordDocument", "0Table", "1Table", "SummaryInformation")
	if err != nil {
		return flow.Document{}, err
	}
	w := &word97{main: streams["WordDocument"]}
	if len(w.main) < fibLeast || le16(w.main, 0) != fibMagic || le16(w.main, 2) < fibFirst {
		return flow.Document{}, flow.Refuse("Word documents from before 1997 are not read, or the file is damaged")
	}
	flags := le16(w.main, fibFlags)
	if flags&flagSealed != 0 {
		return flow.Document{}, flow.Refuse("the file is encrypted and needs a password")
	}
	w.table = streams["0Table"]
	if flags&flagTable1 != 0 {
		w.table = streams["1Table"]
	}
	w.findFormats()
	if err := w.assemble(ctx); err != nil {
		return flow.Document{}, err
	}
	summary(streams["SummaryInformation"], &w.out)
	w.write()
	tellDeleted(&w.out, w.deleted)
	if w.hidden {
		tellHidden(&w.out)
	}
	return w.out, nil
}

// compound reads streams at the top of a compound file (MS-CFB).
func compound(b []byte, names ...string) (map[string][]byte, error) {
	f, err := mscfb.New(bytes.NewReader(b))
	if err != nil {
		return nil, flow.Refuse("the file is damaged: its contents cannot be listed")
	}
	streams := map[string][]byte{}
	left := int64(2 * MaxBytes) // streams of a damaged file may share their bytes
	for n := 0; n < maxParts; n++ {
		e, err := f.Next()
		if err != nil {
			if !errors.Is(err, io.EOF) && len(streams) == 0 {
				return nil, flow.Refuse("the file is damaged: its contents cannot be listed")
			}
			break
		}
		if len(e.Path) > 0 || !slices.Contains(names, e.Name) || e.Size <= 0 || streams[e.Name] != nil {
			continue
		}
		if left -= e.Size; left < 0 {
			return nil, flow.Refuse("the file is damaged: its parts are larger than the whole")
		}
		content, err := io.ReadAll(io.LimitReader(e, e.Size))
		if err != nil && len(content) == 0 {
			continue
		}
		streams[e.Name] = content
	}
	return streams, nil
}

// word97 is a document while it is read.
type word97 struct {
	main, table []byte
	marked      []charRun
	lines       []lineRun
	text        []rune   // all of the document's texts, one after the other
	left        []bool   // beside text: deleted or hidden
	where       []uint32 // beside text: its place in the file
	out         flow.Document
	deleted     int
	hidden      bool
}

// assemble puts the pieces of the text together (MS-DOC 2.9.38, 2.9.177).
func (w *word97) assemble(ctx context.Context) error {
	clx := part(w.table, le32(w.main, fibPieces), le32(w.main, fibPieces+4))
	for len(clx) >= 3 && clx[0] == 1 { // formats of pieces
		clx = clx[min(len(clx), 3+int(le16(clx, 1))):]
	}
	if len(clx) < 5 || clx[0] != 2 {
		return flow.Refuse("the file is damaged: the list of its pieces of text is missing")
	}
	plc := part(clx, 5, le32(clx, 1))
	const position, piece = 4, 8
	n := (len(plc) - position) / (position + piece)
	for i := range max(0, n) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		from, to := le32(plc, i*position), le32(plc, (i+1)*position)
		if to <= from {
			continue
		}
		count := to - from
		where := le32(plc, (n+1)*position+i*piece+2)
		const narrow = 1 << 30 // one byte a character
		if int64(len(w.text))+int64(count) > maxWord97 {
			w.out.Note("only the first %d million characters of the file's text were read", len(w.text)/1_000_000)
			break
		}
		if where&narrow != 0 {
			at := (where &^ narrow) / 2
			b := part(w.main, at, count)
			for k, c := range b {
				w.add(at+uint32(k), western[c])
			}
			continue
		}
		b := part(w.main, where, 2*min(count, 1<<30))
		for k := 0; k+1 < len(b); k += 2 {
			r := rune(le16(b, k))
			if utf16.IsSurrogate(r) && k+3 < len(b) {
				if both := utf16.DecodeRune(r, rune(le16(b, k+2))); both != '\uFFFD' {
					w.add(where+uint32(k), both)
					w.add(where+uint32(k)+2, 0) // a position of its own
					k += 2
					continue
				}
			}
			w.add(where+uint32(k), r)
		}
	}
	return nil
}

// add appends the character that stands at a place of the file.
func (w *word97) add(at uint32, r rune) {
	run, in := w.markedAt(at)
	switch {
	case in && run.deleted:
		if n := len(w.left); n == 0 || !w.left[n-1] {
			w.deleted++
		}
	case in:
		w.hidden = true
	}
	w.text, w.left, w.where = append(w.text, r), append(w.left, in), append(w.where, at)
}

// western are the characters of Windows-1252.
var western = func() (table [256]rune) {
	for i := range table {
		b, err := codepage.Encoding(0).NewDecoder().Bytes([]byte{byte(i)})
		if err != nil {
			panic(err) // of a table of ours
		}
		table[i], _ = utf8.DecodeRune(b)
	}
	return table
}()

// write makes blocks of the texts: the notes that a paragraph refers to behind it, boxes and heads of pages at the end.
func (w *word97) write() {
	texts := make([]stretch, 8)
	at := 0
	for i := range texts {
		n := min(int(le32(w.main, fibTexts+4*i)), len(w.text)-at)
		texts[i] = stretch{w.text[at : at+max(0, n)], w.left[at : at+max(0, n)], w.where[at : at+max(0, n)]}
		at += max(0, n)
	}
	footnotes, endnotes := texts[1].notes(), texts[5].notes()
	w.flow(texts[0], footnotes, endnotes)
	w.flow(texts[6], nil, nil) // boxes
	seen := map[string]bool{}
	for _, head := range [...]stretch{texts[2], texts[7]} {
		for _, p := range head.paragraphs() {
			if t := flow.Line(p.string()); t != "" && !seen[t] {
				seen[t] = true
				w.out.Add(contrechamp.RoleFurniture, t)
			}
		}
	}
}

// stretch is a stretch of text, with what is left out of it and where it stands in the file.
type stretch struct {
	text  []rune
	left  []bool
	where []uint32
}

func (s stretch) part(from, to int) stretch {
	return stretch{s.text[from:to], s.left[from:to], s.where[from:to]}
}

// Characters that mean something else in Word's text (MS-DOC 2.4.1).
const (
	cellMark      = 0x07
	lineBreak     = 0x0b
	pageBreak     = 0x0c
	paragraphMark = 0x0d
	fieldBegin    = 0x13
	fieldShows    = 0x14
	fieldEnd      = 0x15
	noteMark      = 0x02
	hardHyphen    = 0x1e
	softHyphen    = 0x1f
)

// string is what a stretch shows: fields by their results, no marks.
func (s stretch) string() string {
	var b strings.Builder
	hidden, depth := 0, 0 // instructions of fields
	for i, r := range s.text {
		switch {
		case r == fieldBegin:
			hidden, depth = hidden+1, depth+1
		case r == fieldShows:
			hidden = max(0, hidden-1)
		case r == fieldEnd:
			if depth--; hidden > max(0, depth) {
				hidden = max(0, depth) // it had no result
			}
		case s.left[i] || hidden > 0 || r == softHyphen:
		case r == hardHyphen:
			b.WriteByte('-')
		case r == lineBreak || r == pageBreak || r == '\t' || r == 0xa0:
			b.WriteByte(' ')
		case r >= ' ':
			b.WriteRune(r)
		}
	}
	return b.String()
}

// paragraphs cuts a stretch at the ends of its paragraphs and cells, which stay at the end of each.
func (s stretch) paragraphs() []stretch {
	var out []stretch
	from := 0
	for i, r := range s.text {
		if (r == paragraphMark || r == cellMark || r == pageBreak) && (!s.left[i] || r == cellMark) {
			out = append(out, s.part(from, i+1))
			from = i + 1
		}
	}
	if from < len(s.text) {
		out = append(out, s.part(from, len(s.text)))
	}
	return out
}

// notes cuts the text of notes: each begins with its mark.
func (s stretch) notes() []string {
	var out []string
	var b []string
	for _, p := range s.paragraphs() {
		if len(p.text) > 0 && slices.Contains(p.text[:min(len(p.text), 3)], noteMark) && len(b) > 0 {
			out = append(out, strings.Join(b, " "))
			b = nil
		}
		b = append(b, p.string())
	}
	return append(out, strings.Join(b, " "))
}

// flow writes the paragraphs of a text, its rows of tables with their cells, and the notes that are referred to.
func (w *word97) flow(s stretch, footnotes, endnotes []string) {
	c := composer{add: w.out.Add}
	emit := func(_ tableRow, line string) { w.out.Add(contrechamp.RoleItem, line) }
	newCell := true
	for _, p := range s.paragraphs() {
		last := len(p.text) - 1
		kind := w.lineAt(p.where[last])
		if kind.rowEnd || !kind.table {
			for len(c.rows) > 0 {
				c.endRow(false, emit)
			}
			if newCell = true; kind.rowEnd {
				continue
			}
		}
		if kind.table {
			if len(c.rows) == 0 {
				c.rows = append(c.rows, tableRow{})
			}
			if newCell {
				c.rows[0].cells = append(c.rows[0].cells, "")
			}
			newCell = p.text[last] == cellMark
		}
		for i, r := range p.text {
			switch {
			case r != noteMark || p.left[i]:
			case len(footnotes) > 0:
				c.pending, footnotes = append(c.pending, footnotes[0]), footnotes[1:]
			case len(endnotes) > 0:
				c.pending, endnotes = append(c.pending, endnotes[0]), endnotes[1:]
			}
		}
		role := contrechamp.RoleBody
		switch {
		case kind.heading:
			role = contrechamp.RoleHeading
		case kind.list:
			role = contrechamp.RoleItem
		}
		c.paragraphs = append(c.paragraphs, paragraph{text: []byte(p.string()), role: role})
		c.endParagraph()
	}
	for len(c.rows) > 0 {
		c.endRow(false, emit)
	}
}

// summary reads title, author and day of making of a file's properties (MS-OLEPS 2.21, MS-OSHARED 2.3.3.2.1).
func summary(b []byte, d *flow.Document) {
	const head, first = 28, 44
	if len(b) < head+20 {
		return
	}
	set := part(b, le32(b, first), uint32(len(b)))
	encoding := codepage.Encoding(0)
	for i := range min(int(le32(set, 4)), 100) {
		id, value := le32(set, 8+8*i), part(set, le32(set, 12+8*i), uint32(len(b)))
		switch kind := le32(value, 0) & 0xffff; {
		case id == 1 && kind == 2:
			encoding = codepage.Encoding(int(le16(value, 4)))
		case (id == 2 || id == 4) && kind == 30:
			text, err := encoding.NewDecoder().Bytes(bytes.TrimRight(part(value, 8, le32(value, 4)), "\x00"))
			if err != nil {
				continue
			}
			if id == 2 {
				d.Title = flow.Clean(string(text))
			} else {
				d.Author = flow.Clean(string(text))
			}
		case id == 12 && kind == 64 && len(value) >= 12:
			if t, ok := mail.FileTime(binary.LittleEndian.Uint64(value[4:])); ok {
				d.Published = contrechamp.DateOf(t)
			}
		}
	}
}

// part answers size bytes at a place, as many as there are.
func part(b []byte, at, size uint32) []byte {
	if int64(at) >= int64(len(b)) {
		return nil
	}
	return b[at:min(int64(len(b)), int64(at)+int64(size))]
}

func le16(b []byte, at int) uint16 {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return binary.LittleEndian.Uint16(b[at:])
}

func le32(b []byte, at int) uint32 {
	if at < 0 || at+4 > len(b) {
		return 0
	}
	return binary.LittleEndian.Uint32(b[at:])
}
