package read

import (
	"context"
	"errors"
	"strings"

	"github.com/gabriel-vasile/mimetype"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/read/flow"
	"contrechamp.org/contrechamp/internal/read/pdf"
)

// Reader reads documents with the helpers that it was given. The zero Reader has none: it reads every format that
// needs none, and says of the others what is missing.
type Reader struct {
	PDF *pdf.Pool // nil: PDF documents are refused
}

// reader is the table of formats: media type without parameters -> reader.
func (rd Reader) reader(format string) (reader, bool) {
	if format == "application/pdf" {
		return reader{name: "pdf/1", read: rd.readPDF, most: pdf.MaxBytes}, true
	}
	r, known := readers[format]
	return r, known
}

// mostOf answers how many bytes of a document are read: its format's limit where its first bytes tell one.
func (rd Reader) mostOf(b []byte) int {
	if len(b) <= MaxBytes {
		return MaxBytes
	}
	r, _ := rd.reader(base(mimetype.Detect(b[:head]).String()))
	return max(MaxBytes, r.most)
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

// paged makes a page of what a format's reader found: a block a paragraph, a blank line between, rows of one table
// on lines that follow each other.
func paged(d flow.Document, src Source) *page {
	p := &page{title: flow.Clean(d.Title), author: flow.Clean(d.Author), publisher: flow.Clean(d.Publisher), notes: d.Notes}
	p.quality.article = d.Quality
	var b strings.Builder
	for i, block := range d.Blocks {
		if i > 0 {
			b.WriteString("\n\n")
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
		for _, x := range datesIn(text, language, now) {
			if letters(text[:x.Start])+letters(text[x.End:]) <= dateLetters && x.better(found) {
				found = &x
			}
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
