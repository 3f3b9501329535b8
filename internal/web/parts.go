package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/archive"
	"contrechamp.org/contrechamp/internal/web/facsimile"
)

// Limits of what is looked for beside a page.
const (
	maxRecordBytes = 32 << 20 // of the record of a visit
	maxPartBytes   = 2 << 20  // of one picture or style sheet
)

// visitsOf answers the exchanges that brought a document, first one first.
func (s *site) visitsOf(ctx context.Context, doc contrechamp.Document) ([]contrechamp.Exchange, error) {
	sightings, err := s.Store.Sightings(ctx, doc.Digest)
	var visits []contrechamp.Exchange
	for _, g := range sightings {
		if !g.Exchange.IsZero() {
			visits = append(visits, g.Exchange)
		}
	}
	return visits, err
}

// partsOf answers where a page was, and the pictures and style sheets that were captured with it, from the record of the
// visit that met it first: later ones only refer to what did not change. Where there is none, a page is shown from its own
// bytes alone.
func (s *site) partsOf(ctx context.Context, visits []contrechamp.Exchange) (address string, parts map[string]facsimile.Part, err error) {
	if len(visits) == 0 {
		return "", nil, nil
	}
	x := visits[0]
	record, err := s.Blobs.Get(ctx, x.Records)
	switch {
	case errors.Is(err, contrechamp.ErrNotFound), errors.Is(err, contrechamp.ErrWithheld):
		return "", nil, nil // withheld with another page of the same visit, or damaged: verify tells which
	case err != nil:
		return "", nil, fmt.Errorf("the record of the visit: %w", err)
	case len(record) > maxRecordBytes:
		return x.Final, nil, nil
	}
	parts = map[string]facsimile.Part{}
	err = archive.Records(record, func(r archive.Record) error {
		if r.Type != archive.TypeResponse || r.TargetURI == x.Final {
			return ctx.Err()
		}
		m, err := r.Answer()
		if err != nil || m.Status != http.StatusOK {
			return nil // an answer that is none, or says no: the page goes without
		}
		kind := strings.ToLower(m.Header.Get("Content-Type"))
		if !strings.HasPrefix(kind, "image/") && !strings.HasPrefix(kind, "text/css") {
			return nil
		}
		content, err := m.Content()
		if err != nil {
			return nil // damaged as it came
		}
		b, err := io.ReadAll(io.LimitReader(content, maxPartBytes+1))
		if err == nil && len(b) <= maxPartBytes {
			parts[r.TargetURI] = facsimile.Part{MediaType: kind, Bytes: b}
		}
		return ctx.Err()
	}, nil)
	if errors.Is(err, contrechamp.ErrInvalid) {
		return x.Final, parts, nil // not one of ours, or damaged: what was read of it serves
	}
	return x.Final, parts, err
}
