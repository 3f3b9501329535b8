package pdf

import (
	"context"
	"fmt"
	"math"
)

// Picture is a page as it is seen, in shades of grey, a byte a point.
type Picture struct {
	Page          int // 1-based
	Width, Height int
	Grey          []byte
	Failed        string
}

// Resolution of pictures. OCR is best on letters some 30 points high, which is 300 dots an inch for a text of 10 points.
const (
	dotsPerInch    = 300.0
	pointsPerInch  = 72.0
	maxDots        = 20_000_000  // of a picture; a larger page is drawn smaller
	formatGrey     = 1           // FPDFBitmap_Gray
	renderFlags    = 0x01 | 0x08 // FPDF_ANNOT, FPDF_GRAYSCALE
	white          = 0xffffffff
	leastDots      = 16
	mostDotsOfSide = 20_000
)

// PGM is the picture as a file, in the binary form of a portable grey map (https://netpbm.sourceforge.net/doc/pgm.html).
func (p *Picture) PGM() []byte {
	return append(fmt.Appendf(nil, "P5\n%d %d\n255\n", p.Width, p.Height), p.Grey...)
}

// draw draws page i, counted from 0.
func (e *engine) draw(ctx context.Context, i int) Picture {
	p := Picture{Page: i + 1}
	page := e.call(ctx, "FPDF_LoadPage", e.document, uint64(i))
	if e.err != nil || uint32(page) == 0 {
		p.Failed = "it is damaged"
		return p
	}
	e.hold(ctx, page)
	width, height := e.float32Of(ctx, "FPDF_GetPageWidthF", page), e.float32Of(ctx, "FPDF_GetPageHeightF", page)
	if !(width > 0 && height > 0 && width < 1e6 && height < 1e6) {
		p.Failed = "it has no size"
		return p
	}
	scale := min(dotsPerInch/pointsPerInch, math.Sqrt(maxDots/(width*height)), mostDotsOfSide/max(width, height))
	p.Width, p.Height = max(leastDots, int(width*scale)), max(leastDots, int(height*scale))
	bitmap := e.call(ctx, "FPDFBitmap_CreateEx", uint64(p.Width), uint64(p.Height), formatGrey, 0, 0)
	if e.err != nil || uint32(bitmap) == 0 {
		p.Failed = "there is no room to draw it"
		return p
	}
	defer e.call(ctx, "FPDFBitmap_Destroy", bitmap)
	e.call(ctx, "FPDFBitmap_FillRect", bitmap, 0, 0, uint64(p.Width), uint64(p.Height), white)
	e.call(ctx, "FPDF_RenderPageBitmap", bitmap, page, 0, 0, uint64(p.Width), uint64(p.Height), 0, renderFlags)
	stride, at := int(int32(e.call(ctx, "FPDFBitmap_GetStride", bitmap))), uint32(e.call(ctx, "FPDFBitmap_GetBuffer", bitmap))
	if e.err != nil {
		return p
	}
	p.Grey = make([]byte, 0, p.Width*p.Height)
	for y := range p.Height {
		row, ok := e.memory.Read(at+uint32(y*stride), uint32(p.Width))
		if !ok {
			p.Failed = "it cannot be drawn"
			return p
		}
		p.Grey = append(p.Grey, row...)
	}
	return p
}
