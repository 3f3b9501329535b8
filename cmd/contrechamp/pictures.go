package main

import (
	"context"

	"github.com/spf13/cobra"

	"contrechamp.org/contrechamp/internal/read/ocr"
)

// ocrFlag is --ocr.
func ocrFlag(c *cobra.Command) *bool {
	return c.Flags().Bool("ocr", false, "read pictures of text too, by Tesseract: some seconds a page")
}

// readPictures lets the road read pictures of text, if they are to be read: ErrUnavailable where nothing can.
func (r *road) readPictures(ctx context.Context, wanted bool) error {
	if !wanted {
		return nil
	}
	found, err := ocr.Find(ctx)
	if err != nil {
		return err
	}
	r.reader.OCR = found
	return nil
}
