package read

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // pictures say their size before they are decoded
	_ "image/png"

	_ "golang.org/x/image/tiff"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/read/flow"
	"contrechamp.org/contrechamp/internal/read/ocr"
	"contrechamp.org/contrechamp/internal/read/pdf"
)

// pictures are the media types of the pictures that OCR reads.
var pictures = map[string]bool{"image/png": true, "image/jpeg": true, "image/tiff": true}

// maxOCRPages is how many pages of one document are read by OCR: each takes some seconds.
const maxOCRPages = 200

// littleTrust is the confidence under which a page that was read by OCR is named in a note.
const littleTrust = 0.7

// ocrLayer is what OCR found in a document.
type ocrLayer struct {
	reader  string
	pages   []int // that were asked for
	blocks  []flow.Block
	letters int
	sum     float64 // of the confidence of each letter
	notes   []string
}

func (l *ocrLayer) add(page int, t ocr.Text) {
	for _, text := range t.Paragraphs {
		l.blocks = append(l.blocks, flow.Block{Text: text, Role: contrechamp.RoleBody, Page: page})
	}
	l.letters += t.Letters
	l.sum += t.Confidence * float64(t.Letters)
}

func (l *ocrLayer) confidence() float64 {
	if l.letters == 0 {
		return 0
	}
	return l.sum / float64(l.letters)
}

// page makes the page of a document of which d was read: its own text as it is, and the layer behind it.
func (l *ocrLayer) page(d flow.Document, src Source) *page {
	d.Notes = append(d.Notes, l.notes...)
	if len(l.blocks) == 0 {
		return paged(d, src)
	}
	own := len(d.Blocks)
	d.Blocks = append(d.Blocks, l.blocks...)
	p := paged(d, src)
	p.layers = []contrechamp.Layer{{Name: contrechamp.OCR, Reader: l.reader, Confidence: l.confidence(), Pages: l.pages}}
	for i := own; i < len(p.paragraphs); i++ {
		p.paragraphs[i].Layer = 1
	}
	return p
}

// readPages reads pages of a PDF document by OCR. A page that cannot be read is named in a note.
func (rd Reader) readPages(ctx context.Context, document []byte, pages []int) (*ocrLayer, error) {
	l := &ocrLayer{reader: rd.OCR.Version, pages: pages}
	if len(pages) > maxOCRPages {
		l.notes = append(l.notes, fmt.Sprintf("%d pages need OCR, and only the first %d of them were read so", len(pages), maxOCRPages))
		l.pages = pages[:maxOCRPages]
	}
	var poor []int
	failed := func(page int, why string) {
		l.notes = append(l.notes, fmt.Sprintf("page %d could not be read by OCR: %s", page, why))
	}
	err := rd.PDF.Draw(ctx, document, l.pages, func(p pdf.Picture) error {
		if p.Failed != "" {
			failed(p.Page, p.Failed)
			return nil
		}
		t, err := rd.OCR.Read(ctx, p.PGM())
		var sentence flow.Refusal
		switch {
		case errors.As(err, &sentence):
			failed(p.Page, string(sentence))
			return nil
		case err != nil:
			return err
		}
		if t.Letters == 0 {
			failed(p.Page, "it finds no text there")
			return nil
		}
		if t.Confidence < littleTrust {
			poor = append(poor, p.Page)
		}
		l.add(p.Page, t)
		return nil
	})
	if err != nil {
		return nil, unreadable(err)
	}
	if len(poor) > 0 {
		l.notes = append(l.notes, fmt.Sprintf("%s: OCR itself trusts little of what it read there", pdf.PagesOf(poor)))
	}
	return l, nil
}

// readPicture reads a picture by OCR. There is no text beside it.
func (rd Reader) readPicture(ctx context.Context, src Source) (*page, error) {
	size, _, err := image.DecodeConfig(bytes.NewReader(src.Bytes))
	switch {
	case err != nil:
		return nil, refuse("the picture is damaged or of a kind that is not read")
	case size.Width <= 0 || size.Height <= 0 || size.Width > ocr.MaxPixels/size.Height:
		return nil, refuse("the picture has %d times %d points, more than the %d million that are read", size.Width, size.Height, ocr.MaxPixels/1_000_000)
	}
	t, err := rd.OCR.Read(ctx, src.Bytes)
	if err != nil {
		return nil, unreadable(err)
	}
	if t.Letters == 0 {
		return nil, refuse("OCR finds no text in the picture")
	}
	l := &ocrLayer{reader: rd.OCR.Version}
	l.add(0, t)
	if t.Confidence < littleTrust {
		l.notes = append(l.notes, "OCR itself trusts little of what it read")
	}
	return l.page(flow.Document{Quality: t.Confidence}, src), nil
}
