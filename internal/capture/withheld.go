package capture

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"

	"contrechamp.org/contrechamp"
)

// withoutWithheld refuses, of documents whose bytes are kept, those that are withheld: their bytes go again, and the records of
// the visit that brought them. What dies in between is swept when the register is opened next.
func (c *Capturer) withoutWithheld(ctx context.Context, waiting []received, report func(Outcome)) ([]received, error) {
	digests := make([]contrechamp.Digest, len(waiting))
	for i, w := range waiting {
		digests[i] = w.record.Capture.Digest
	}
	erased, err := c.Recorder.ErasedBytes(ctx, digests)
	if err != nil || len(erased) == 0 {
		return waiting, err
	}
	rest := waiting[:0]
	for _, w := range waiting {
		d := w.record.Capture.Digest
		if !erased[d] {
			rest = append(rest, w)
			continue
		}
		for _, bytes := range []contrechamp.Digest{d, w.record.Sighting.Exchange.Records} {
			if bytes.IsZero() {
				continue
			}
			if err := c.Blobs.Delete(ctx, bytes); err != nil {
				return nil, fmt.Errorf("remove withheld bytes: %w", err)
			}
		}
		err, failed := c.refusal(ctx, d, w.record.Sighting.Container)
		if failed != nil {
			return nil, failed
		}
		report(Outcome{Path: w.outcome.Path, Err: err})
	}
	return rest, nil
}

// refusal says why bytes are not captured.
func (c *Capturer) refusal(ctx context.Context, d, container contrechamp.Digest) (refused, failed error) {
	why, err := c.Recorder.Withholding(ctx, d)
	if err != nil {
		return nil, fmt.Errorf("why %s is withheld: %w", d.Short(), err)
	}
	refused = why.Err()
	if !container.IsZero() {
		refused = contrechamp.WithHint(refused, "what it was found in holds its bytes too: contrechamp withhold "+container.Short())
	}
	return refused, nil
}

// isWithheld reports whether bytes are withheld, before they are kept.
func (c *Capturer) isWithheld(ctx context.Context, d contrechamp.Digest) (bool, error) {
	erased, err := c.Recorder.ErasedBytes(ctx, []contrechamp.Digest{d})
	return erased[d], err
}

// digestOf answers the digest of what r holds.
func digestOf(r io.Reader) (contrechamp.Digest, error) {
	h := sha256.New()
	if _, err := io.Copy(h, r); err != nil {
		return contrechamp.Digest{}, err
	}
	return contrechamp.Digest(h.Sum(nil)), nil
}
