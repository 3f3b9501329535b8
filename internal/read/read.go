package read

import (
	"context"
	"errors"
	"fmt"
	"time"

	contrechamp "contrechamp.org/contrechamp"
)

// Limits of what is read; what lies beyond is refused with a reason, or read with less help and a note.
const (
	MaxBytes    = 8 << 20 // of a page or a text; formats of other files have their own (formats.go)
	MaxDepth    = 512     // of nested elements in HTML; the limit that x/net/html keeps while it parses
	MaxElements = 100_000 // in HTML, up to which the extractors are asked
)

// ErrUnreadable is the kind of every error that says a document cannot be read, now or on a second try; it is an
// ErrInvalid. The error's text is one sentence for the person who brought the document.
var ErrUnreadable = fmt.Errorf("cannot be read: %w", contrechamp.ErrInvalid)

// reason is an ErrUnreadable whose text is only the sentence.
type reason string

func (r reason) Error() string   { return string(r) }
func (r reason) Unwrap() error   { return ErrUnreadable }
func (r reason) Is(t error) bool { return errors.Is(ErrUnreadable, t) }

func refuse(format string, args ...any) error { return reason(fmt.Sprintf(format, args...)) }

// Source is one document to read.
type Source struct {
	Bytes      []byte
	MediaType  string    // what somebody said the bytes are, "text/html; charset=iso-8859-1"; believed where the bytes do not speak
	Name       string    // file name, to tell apart what looks alike
	URL        string    // where the document was found, if on the web
	ModifiedAt time.Time // kept by the capture; a file's time is never taken for the document's date
	Digest     contrechamp.Digest
	Now        time.Time // becomes ReadAt; dates after it are not believed
}

// A reader reads one format. The page it answers has paragraphs with roles; Read adds what all formats share.
type reader struct {
	name string // with its version; a new version means that old texts are worth reading again
	read func(ctx context.Context, src Source) (*page, error)
	most int // bytes of a document, where more than MaxBytes are read
}

// readers is the table of formats: media type without parameters -> reader.
var readers = map[string]reader{
	"text/plain":            {name: "plain/2", read: readPlain},
	"text/html":             {name: "html/2", read: readHTML},
	"application/xhtml+xml": {name: "html/2", read: readHTML},
}

// page is a document on its way to being a Text.
type page struct {
	reader     string // which reader, where its format has several; else ""
	body       string
	paragraphs []contrechamp.Paragraph
	origin     contrechamp.Origin
	said       []*passage // beside paragraphs: their words, where the reader has cut them
	title      string
	author     string
	publisher  string
	published  contrechamp.Published
	language   string // where the document says it; else ""
	names      bool   // there are only names of files, which are of no language
	quality    quality
	notes      []string
	layers     []contrechamp.Layer
}

func (p *page) note(format string, args ...any) {
	p.notes = append(p.notes, fmt.Sprintf(format, args...))
}

// Read reads src with what the zero Reader has. Its errors are those of Reader.Read.
func Read(ctx context.Context, src Source) (contrechamp.Text, error) { return Reader{}.Read(ctx, src) }

// Read reads src. Its errors are ErrUnreadable, with a sentence; ErrUnavailable when a helper cannot be started; or
// those of ctx.
func (rd Reader) Read(ctx context.Context, src Source) (contrechamp.Text, error) {
	if err := ctx.Err(); err != nil {
		return contrechamp.Text{}, err
	}
	if most := rd.mostOf(src.Bytes); len(src.Bytes) > most {
		return contrechamp.Text{}, refuse("the document has %d MiB, more than the %d MiB that are read", len(src.Bytes)>>20, most>>20)
	}
	format, err := sniff(src)
	if err != nil {
		return contrechamp.Text{}, err
	}
	r, known := rd.reader(format)
	if !known {
		return contrechamp.Text{}, unread(format)
	}
	return finish(ctx, src, r)
}

// finish reads src with r, and adds what all formats share: repeats, languages, quality.
func finish(ctx context.Context, src Source, r reader) (contrechamp.Text, error) {
	p, err := r.read(ctx, src)
	if err != nil {
		return contrechamp.Text{}, err
	}
	if len(p.paragraphs) == 0 {
		return contrechamp.Text{}, refuse("no text found in it")
	}
	if p.reader == "" {
		p.reader = r.name
	}
	p.shorten()
	p.partLong()
	p.tellRepeats()
	p.tellLanguages()
	return contrechamp.Text{
		Capture: src.Digest, Reader: p.reader, ReadAt: src.Now,
		Body: p.body, Paragraphs: p.paragraphs, Origin: p.origin,
		Title: p.title, Author: p.author, Publisher: p.publisher, Published: p.published,
		Language: p.language, Quality: p.quality.of(p), Notes: p.notes, Layers: p.layers, Sketch: p.sketch(),
	}, nil
}
