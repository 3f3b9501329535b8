package read

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/archive"
	"contrechamp.org/contrechamp/internal/archive/mail"
	"contrechamp.org/contrechamp/internal/read/flow"
	"contrechamp.org/contrechamp/internal/read/ocr"
	"contrechamp.org/contrechamp/internal/read/office"
	"contrechamp.org/contrechamp/internal/read/pdf"
)

// Reader reads documents with the helpers that it was given. The zero Reader has none: it reads every format that
// needs none, and says of the others what is missing.
type Reader struct {
	PDF *pdf.Pool      // nil: PDF documents are refused
	OCR *ocr.Tesseract // nil: pictures of text are named, and not read
}

// Media types of formats that this file knows to tell apart.
const (
	typePDF  = "application/pdf"
	typeDOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	typePPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
	typeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	typeODT  = "application/vnd.oasis.opendocument.text"
	typeODS  = "application/vnd.oasis.opendocument.spreadsheet"
	typeODP  = "application/vnd.oasis.opendocument.presentation"
	typeFlat = "application/vnd.oasis.opendocument.flat-xml" // our name: each kind has its own
	typeDOC  = "application/msword"
	typeRTF  = "text/rtf"
	typeMail = "message/rfc822"
	typeMSG  = "application/vnd.ms-outlook"
)

// formats is the table of the formats beside text and HTML: media type without parameters -> reader.
var formats = map[string]reader{
	typeDOCX: flowing("docx/1", office.MaxBytes, office.DOCX),
	typePPTX: flowing("pptx/1", office.MaxBytes, office.PPTX),
	typeXLSX: flowing("xlsx/1", office.MaxBytes, office.XLSX),
	typeODT:  flowing("odf/1", office.MaxBytes, office.ODF),
	typeODS:  flowing("odf/1", office.MaxBytes, office.ODF),
	typeODP:  flowing("odf/1", office.MaxBytes, office.ODF),
	typeFlat: flowing("odf/1", office.MaxBytes, office.FlatODF),
	typeDOC:  flowing("doc/1", office.MaxBytes, office.Word97),
	typeRTF:  flowing("rtf/2", office.MaxBytes, office.RTF),
	typeMail: {name: "mail/3", read: readMail, most: mail.MaxBytes},
	typeMSG:  {name: "msg/2", read: readMail, most: mail.MaxBytes},
}

// containers are the media types of what holds other documents: what is read of it is the list of what it holds.
var containers = map[archive.Kind]string{
	archive.Zip: "application/zip", archive.WACZ: "application/wacz", archive.Tar: "application/x-tar", archive.Gzip: "application/gzip",
	archive.Zstd: "application/zstd", archive.WARC: "application/warc", archive.Mbox: "application/mbox",
}

// maxContainer is how many bytes of a container are listed: what is captured at most.
const maxContainer = 256 << 20

// reader answers the reader of a media type.
func (rd Reader) reader(format string) (reader, bool) {
	if format == typePDF {
		return reader{name: "pdf/2", read: rd.readPDF, most: pdf.MaxBytes}, true
	}
	if rd.OCR != nil && pictures[format] {
		return reader{name: "picture/1", read: rd.readPicture, most: ocr.MaxBytes}, true
	}
	for kind, t := range containers {
		if t == format {
			return reader{name: "archive/1", read: listing(kind), most: maxContainer}, true
		}
	}
	if r, known := formats[format]; known {
		return r, true
	}
	r, known := readers[format]
	return r, known
}

// sniffFormat tells the formats of this file from a document's bytes; "" for any other.
func sniffFormat(src Source) string {
	b := src.Bytes
	start := b[:min(len(b), archive.Head)]
	if i := bytes.Index(start[:min(len(start), pdfHead)], []byte("%PDF-")); i >= 0 && (i == 0 || !readableBytes(start[:i]) && !archive.MayHold(start)) {
		// in an archive that is stored as it is, a PDF may begin as early
		return typePDF
	}
	if bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(start, []byte("\ufeff")), " \r\n\t"), []byte(`{\rtf`)) {
		return typeRTF
	}
	if bytes.HasPrefix(bytes.TrimPrefix(start, []byte("\ufeff")), []byte("<?xml")) && bytes.Contains(start, []byte("<office:document ")) {
		return typeFlat
	}
	if !archive.MayHold(start) {
		return ""
	}
	file := archive.Source{Bytes: bytes.NewReader(b), Size: int64(len(b)), Name: src.Name}
	kind, holds := archive.Detect(start, file)
	switch {
	case kind == archive.Mail:
		return typeMail
	case kind == archive.MSG:
		return typeMSG
	case holds:
		return containers[kind]
	case bytes.HasPrefix(start, []byte("PK")):
		return archive.ZipType(file)
	case bytes.HasPrefix(start, []byte(compoundHead)):
		return compounds[mail.CompoundHolds(file.Bytes, slices.Collect(maps.Keys(compounds))...)]
	}
	return ""
}

// compoundHead is how compound files begin (MS-CFB).
const compoundHead = "\xd0\xcf\x11\xe0"

// typeSealed is an office file of the new format that is encrypted (MS-OFFCRYPTO): it has the form of an old one.
const typeSealed = "application/x-encrypted-office"

// compounds are the streams by which compound files are told apart.
var compounds = map[string]string{
	"EncryptedPackage": typeSealed, "WordDocument": typeDOC, "Workbook": "application/vnd.ms-excel", "Book": "application/vnd.ms-excel",
	"PowerPoint Document": "application/vnd.ms-powerpoint",
}

// pdfHead is within how many bytes a PDF begins: mail gateways and scanners put lines of their own before.
const pdfHead = 1024

// mostOf answers how many bytes of a document are read: its format's limit where its first bytes tell one.
func (rd Reader) mostOf(b []byte) int {
	if len(b) <= MaxBytes {
		return MaxBytes
	}
	if t := sniffFormat(Source{Bytes: b}); t != "" {
		r, _ := rd.reader(t)
		return max(MaxBytes, r.most)
	}
	return MaxBytes
}

// flowing makes a reader of one that answers a flow.Document.
func flowing(name string, most int, read func(ctx context.Context, b []byte) (flow.Document, error)) reader {
	return reader{name: name, most: most, read: func(ctx context.Context, src Source) (*page, error) {
		d, err := read(ctx, src.Bytes)
		if err != nil {
			return nil, unreadable(err)
		}
		return paged(d, src), nil
	}}
}

// unreadable makes an ErrUnreadable of a format's refusal; other errors stay what they are.
func unreadable(err error) error {
	var sentence flow.Refusal
	if errors.As(err, &sentence) {
		return reason(sentence)
	}
	return err
}

// paged makes a page of what a format's reader found: a block a paragraph, a blank line between.
func paged(d flow.Document, src Source) *page {
	p := &page{title: flow.Clean(d.Title), author: flow.Clean(d.Author), publisher: flow.Clean(d.Publisher), notes: d.Notes}
	p.quality.article = d.Quality
	var b strings.Builder
	for i, block := range d.Blocks {
		if i > 0 {
			b.WriteString("\n\n")
		}
		if b.Len()+len(block.Text) > maxBody || i >= maxBlocks {
			p.note("the document holds more than the %d paragraphs or %d MiB of text that are read; the rest was left out", maxBlocks, maxBody>>20)
			break
		}
		start := b.Len()
		b.WriteString(block.Text)
		p.paragraphs = append(p.paragraphs, contrechamp.Paragraph{Span: contrechamp.Span{Start: start, End: b.Len()}, Role: block.Role, Page: block.Page})
		if block.Role == contrechamp.RoleTitle && p.title == "" {
			p.title = block.Text
		}
	}
	p.body = b.String()
	p.dateFlow(d, src)
	return p
}

// Where the date line of a letter or an act is looked for.
const (
	dateBlocks  = 25 // from the start
	dateLetters = 25 // beside the date, in a line that is there for it
	mastLetters = 60 // in one that has an issue's number too
)

// dateFlow settles the document's date: what the file says, unless a date line near the start says better; the file's
// name last. A file's own dates are when it was made, which for a letter that was scanned is much later.
func (p *page) dateFlow(d flow.Document, src Source) {
	now := contrechamp.Date{}
	if !src.Now.IsZero() {
		now = contrechamp.DateOf(src.Now.AddDate(0, 0, 1))
	}
	language := languageOf(clip(p.body, sampleBytes))
	var found *dated
	for i := range p.paragraphs[:min(len(p.paragraphs), dateBlocks)] {
		text := p.paragraphs[i].Of(p.body)
		if p.paragraphs[i].Role == contrechamp.RoleItem || stops(text) || flow.OpensAct(text) {
			continue // a row of a table, a sentence, a reason: what they say happened on another day
		}
		for _, x := range datesIn(text, language, now) {
			beside := letters(text[:x.Start]) + letters(text[x.End:])
			if (beside <= dateLetters || beside <= mastLetters && masthead.MatchString(text)) && x.better(found) {
				found = &x
			}
		}
	}
	for i := 0; found == nil && i < len(p.paragraphs); i++ {
		if q := &p.paragraphs[i]; q.Role != contrechamp.RoleItem && q.Role != contrechamp.RoleFurniture {
			found = signedOn(q.Of(p.body), language, now)
		}
	}
	switch {
	case found != nil && found.date.Day != 0:
		p.published = contrechamp.Published{Date: found.date, From: "line"}
	case believed(d.Published, now):
		p.published = contrechamp.Published{Date: d.Published, From: "meta"}
	case found != nil:
		p.published = contrechamp.Published{Date: found.date, From: "line"}
	case believed(d.Updated, now):
		p.published = contrechamp.Published{Date: d.Updated, From: "meta"}
	default:
		p.published = publishedIn(src, now)
	}
}
