package verify

import (
	"bytes"
	"context"
	"fmt"

	"contrechamp.org/contrechamp"
)

// capture checks all that is kept of one capture.
func (x *checking) capture(ctx context.Context, in contrechamp.Inspected) error {
	where := "document " + in.Digest.Short()
	if in.Name != "" {
		where += fmt.Sprintf(" (%s)", in.Name)
	}
	for _, err := range in.Damaged {
		x.found(where, "%v", err)
	}
	x.count(func(r *Report) {
		r.Captures++
		r.Sightings += len(in.Sightings)
		r.Texts += len(in.Texts)
		r.Claims += len(in.Claims)
	})
	if in.Capture.State == contrechamp.StateWithheld {
		x.withheld(where, in)
		return nil
	}
	received, err := x.bytesOf(ctx, where, in.Digest)
	if err != nil {
		return err
	}
	if received != nil && int64(len(received)) != in.Capture.Length {
		x.found(where, "it has %d bytes, and its row says %d", len(received), in.Capture.Length)
	}
	if err := x.sightings(ctx, where, in); err != nil {
		return err
	}
	located := make([]bool, len(in.Texts))
	for i, t := range in.Texts {
		if received != nil && len(t.Origin) > 0 {
			located[i] = x.standsIn(where, t, received)
		}
	}
	for _, c := range in.Claims {
		x.claim(where, c, in.Texts, located)
	}
	return nil
}

// withheld checks what stays of a capture that is withheld: its leaves, one of which says so.
func (x *checking) withheld(where string, in contrechamp.Inspected) {
	says := false
	for _, l := range in.Leaves {
		says = says || l.Kind == contrechamp.LeafWithholding
	}
	if !says {
		x.found(where, "it is withheld, and no leaf says so")
	}
	x.count(func(r *Report) { r.Withheld++ })
	for _, c := range in.Claims {
		x.note(c, true)
	}
}

// note remembers a claim's decisions, which are compared with their leaves when all of those are known.
func (x *checking) note(c contrechamp.InspectedClaim, emptied bool) {
	if len(c.Decisions) == 0 {
		return
	}
	d := contrechamp.ClaimDigest(c.ID)
	x.mu.Lock()
	defer x.mu.Unlock()
	x.decided[d] = append(x.decided[d], c.Decisions...)
	x.emptied[d] = emptied
	x.report.Decisions += len(c.Decisions)
}

// sightings compares each meeting with its leaf, and the capture's row with its sightings.
func (x *checking) sightings(ctx context.Context, where string, in contrechamp.Inspected) error {
	left := make(map[int]bool, len(in.Leaves))
	for i, l := range in.Leaves {
		switch l.Kind {
		case contrechamp.LeafCapture:
			left[i] = true
		case contrechamp.LeafWithholding:
			x.found(where, "a leaf says that it was withheld, and its row says that it is %s", in.Capture.State)
		case contrechamp.LeafExport:
		default:
			x.found(where, "a leaf of the kind %s is about it", l.Kind)
		}
	}
	var latest contrechamp.Sighting
	for _, s := range in.Sightings {
		at := fmt.Sprintf("%s, met as %s", where, s.Path)
		matched := false
		for i := range left {
			l := in.Leaves[i]
			if l.Leaf == contrechamp.CaptureLeaf(s, in.Capture.Length, s.Exchange.Records, l.Salt) {
				delete(left, i)
				matched = true
				break
			}
		}
		if !matched {
			x.found(at, "no leaf records this: the row was changed, or its leaf is missing")
		}
		if !s.CapturedAt.Before(latest.CapturedAt) {
			latest = s
		}
		if s.Exchange.Records.IsZero() {
			continue
		}
		x.count(func(r *Report) { r.Exchanges++ })
		if _, err := x.bytesOf(ctx, at+", the record of the exchange", s.Exchange.Records); err != nil {
			return err
		}
	}
	for i := range left {
		x.found(where, "a leaf records that it was received on %s, and no row of a sighting fits: the row was changed or removed", in.Leaves[i].At.Format("2006-01-02 15:04:05"))
	}
	switch {
	case len(in.Sightings) == 0 || in.Met != len(in.Sightings):
		x.found(where, "its row says that it was met %d times, and there are %d sightings", in.Met, len(in.Sightings))
	case !in.SeenAt.Equal(latest.CapturedAt):
		x.found(where, "its row says that it was met last on %s, and its sightings %s", in.SeenAt, latest.CapturedAt)
	case !isLatest(in, latest.CapturedAt.UnixMicro()):
		x.found(where, "the name or path in its row is none of its latest sighting")
	}
	first := false
	for _, s := range in.Sightings {
		first = first || s.CapturedAt.Equal(in.Capture.CapturedAt)
	}
	if !first && len(in.Sightings) > 0 {
		x.found(where, "its row says that it was received on %s, and no sighting does", in.Capture.CapturedAt)
	}
	return nil
}

// isLatest reports whether a capture's row has the name and path of one of the sightings of that moment.
func isLatest(in contrechamp.Inspected, at int64) bool {
	for _, s := range in.Sightings {
		if s.CapturedAt.UnixMicro() == at && s.Name == in.Name && s.Path == in.Path {
			return true
		}
	}
	return false
}

// standsIn compares a text with the captured bytes, run by run.
func (x *checking) standsIn(where string, t contrechamp.Text, received []byte) bool {
	for _, r := range t.Origin {
		if r.Text+r.Len > len(t.Body) || r.Source+r.Len > len(received) ||
			t.Body[r.Text:r.Text+r.Len] != string(received[r.Source:r.Source+r.Len]) {
			x.found(where, "its text does not stand in its bytes at [%d, %d) as is noted: one of the two was changed", r.Source, r.Source+r.Len)
			return false
		}
	}
	return true
}

// claim checks that a claim is what its ID was made from, and that its quote stands in a text of its document.
func (x *checking) claim(where string, c contrechamp.InspectedClaim, texts []contrechamp.Text, located []bool) {
	where = fmt.Sprintf("claim %s of %s", c.ID, where)
	x.note(c, false)
	if contrechamp.ClaimID(c.Claim) != c.ID {
		x.found(where, "it does not say what its ID was made from")
	}
	switch n := len(c.Decisions); {
	case n == 0 && c.State != contrechamp.Proposed:
		x.found(where, "it is %s, and nobody decided that", c.State)
	case n > 0 && (c.Decisions[n-1].State != c.State || c.Decisions[n-1].Note != c.Note):
		x.found(where, "its state and note are not those of the last decision on it")
	}
	// the newest text first; a claim that was decided on may be of an older one
	for i, t := range texts {
		q := c.Quote
		if again, err := contrechamp.QuoteAt(t.Body, contrechamp.Span{Start: q.Start, End: q.End}); err != nil || again != q {
			continue
		}
		x.count(func(r *Report) { r.Quotes++ })
		if located[i] {
			if _, ok := t.Origin.Source(contrechamp.Span{Start: q.Start, End: q.End}); ok {
				x.count(func(r *Report) { r.Located++ })
			}
		}
		return
	}
	x.found(where, "its quote does not stand in its text")
}

// rest checks what belongs to no capture: decisions and absences, each against its leaf.
func (x *checking) rest(ctx context.Context, in contrechamp.Inspected) error {
	for _, err := range in.Damaged {
		x.found("register", "%v", err)
	}
	absences := map[contrechamp.Digest][]contrechamp.Absence{}
	for _, a := range in.Absences {
		absences[a.Records] = append(absences[a.Records], a)
		where := "absence at " + a.Address
		x.count(func(r *Report) { r.Exchanges++ })
		b, err := x.bytesOf(ctx, where, a.Records)
		if err != nil {
			return err
		}
		if b != nil && int64(len(b)) != a.Length {
			x.found(where, "its record has %d bytes, and its row says %d", len(b), a.Length)
		}
	}
	for _, l := range in.Strays {
		where := fmt.Sprintf("leaf of %s", l.At.Format("2006-01-02 15:04:05"))
		switch l.Kind {
		case contrechamp.LeafDecision, contrechamp.LeafWithdrawal:
			if !x.takeDecision(l) {
				x.found(where, "it records a decision on a claim, and no row of a decision fits: the row was changed or removed")
			}
		case contrechamp.LeafAbsence:
			if !take(absences, l.Digest, func(a contrechamp.Absence) bool { return l.Leaf == contrechamp.AbsenceLeaf(a, l.Salt) }) {
				// with the last document at an address goes that it is not there any more
				if erased, err := x.Store.ErasedBytes(ctx, []contrechamp.Digest{l.Digest}); err != nil || erased[l.Digest] {
					if err != nil {
						return err
					}
					continue
				}
				x.found(where, "it records that nothing was at an address any more, and no row fits: the row was changed or removed")
			}
		case contrechamp.LeafCapture, contrechamp.LeafWithholding:
			x.found(where, "it is about the document %s, which has no row any more", l.Digest.Short())
		}
	}
	for _, left := range x.decided {
		for _, d := range left {
			x.found("claim "+d.Claim, "no leaf records the decision of %s by %s: the row was changed, or its leaf is missing", d.At.Format("2006-01-02 15:04:05"), d.By)
		}
	}
	for _, left := range absences {
		for _, a := range left {
			x.found("absence at "+a.Address, "no leaf records this: the row was changed, or its leaf is missing")
		}
	}
	return nil
}

// takeDecision takes the decision that a leaf records.
func (x *checking) takeDecision(l contrechamp.KeptLeaf) bool {
	return take(x.decided, l.Digest, func(d contrechamp.Decision) bool {
		as := contrechamp.DecisionLeaf(d, l.Salt)
		if x.emptied[l.Digest] {
			as.Salted = l.Salted // the note that was salted is gone with the words of the claim
		}
		return l.Leaf == as
	})
}

// take removes the first value of a key that fits, and reports whether there was one.
func take[K comparable, V any](from map[K][]V, key K, fits func(V) bool) bool {
	for i, v := range from[key] {
		if fits(v) {
			from[key] = append(from[key][:i:i], from[key][i+1:]...)
			return true
		}
	}
	return false
}

// sameText reports whether two texts of leaves are one.
func sameText(a, b []byte) bool { return bytes.Equal(a, b) }
