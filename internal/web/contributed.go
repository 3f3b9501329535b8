package web

import (
	"context"
	"errors"
	"math"

	"contrechamp.org/contrechamp"
)

// photographSent tells, on a document's page, what was confirmed of a photograph that somebody sent.
func (r *request) photographSent(ctx context.Context, p *documentPage) error {
	if shownAs(p.Doc) != asPhotograph {
		return nil
	}
	c, err := r.site.Store.Contribution(ctx, p.Doc.Digest)
	if errors.Is(err, contrechamp.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	p.Label = r.T("sent.title")
	p.Title = p.Label
	p.DocLang, p.NotRead, p.SentNote = "", false, c.Note
	if c.HasPlace {
		p.Sent = append(p.Sent, r.T("sent.place", "lat", r.Number(c.Lat), "lon", r.Number(c.Lon)))
	}
	if c.Direction != nil {
		p.Sent = append(p.Sent, r.T("sent.direction", "degrees", r.Int(int(math.Round(*c.Direction)))))
	}
	if !c.Taken.IsZero() {
		p.Sent = append(p.Sent, r.T("sent.taken", "date", r.Date(c.Taken)))
	}
	p.Sent = append(p.Sent, r.T("sent.covered", "faces", r.Int(c.Faces), "boxes", r.Int(c.Boxes)), r.T("sent.unproved"))
	return nil
}
