package read

import (
	"context"

	"contrechamp.org/contrechamp/internal/read/pdf"
)

func (rd Reader) readPDF(ctx context.Context, src Source) (*page, error) {
	if rd.PDF == nil {
		return nil, refuse("PDF documents are not read here: no PDF engine was given")
	}
	d, err := rd.PDF.Read(ctx, src.Bytes)
	if err != nil {
		return nil, unreadable(err)
	}
	f, err := d.Flow(ctx)
	if err != nil {
		return nil, err
	}
	poor := d.NeedOCR()
	var layer *ocrLayer
	if len(poor) > 0 && rd.OCR != nil {
		if layer, err = rd.readPages(ctx, src.Bytes, poor); err != nil {
			return nil, err
		}
	}
	switch {
	case len(f.Blocks) == 0 && len(poor) > 0 && rd.OCR == nil:
		return nil, refuse("the PDF document holds pictures of text only: it needs OCR (--ocr)")
	case len(poor) > 0:
		f.Quality = 1 - 0.5*float64(len(poor))/float64(len(d.Pages))
	}
	if len(poor) > 0 && rd.OCR == nil {
		f.Note("%s: needs OCR (--ocr), since the text layer is missing or damaged there", pdf.PagesOf(poor))
	}
	if layer == nil {
		p := paged(f, src)
		p.reader = readerOf(d)
		return p, nil
	}
	if len(f.Blocks) == 0 {
		f.Quality = layer.confidence()
	}
	p := layer.page(f, src)
	p.reader = readerOf(d)
	return p, nil
}

// readerOf names the reader of a PDF, with what read its pages.
func readerOf(d pdf.Document) string {
	const version = "pdf/2+"
	switch left := d.LeftToPDFium(); left {
	case 0:
		return version + "quick"
	case len(d.Pages):
		return version + "pdfium"
	}
	return version + "both"
}
