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
	if len(f.Blocks) == 0 && len(poor) > 0 {
		return nil, refuse("the PDF document holds pictures of text only: it needs OCR")
	}
	if len(poor) > 0 {
		f.Note("%s: needs OCR, since the text layer is missing or damaged there", pdf.PagesOf(poor))
		f.Quality = 1 - 0.5*float64(len(poor))/float64(len(d.Pages))
	}
	return paged(f, src), nil
}
