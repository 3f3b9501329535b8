package weigh

import (
	"cmp"
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/draft"
	"contrechamp.org/contrechamp/internal/claim/frame"
)

// mergeKey is what repeats have in common.
type mergeKey struct {
	predicate             contrechamp.Predicate
	value, about, speaker string
	denied, speaks        bool
}

// Merge unites the repeats of a document: one claim for each predicate, value, polarity, subject and voice, with the
// names of all. The body's words win over a heading's, which has no verb; then those that name their subject; then the
// surer rule; then the first.
func (d *Doc) Merge() []*draft.Draft {
	kept := d.filter()
	d.nameDeployments(kept)
	out := kept[:0]
	for _, c := range kept {
		key := d.mergeKey(c)
		at, again := d.mergeAt[key]
		if !again {
			d.mergeAt[key] = int32(len(out))
			out = append(out, c)
			continue
		}
		old := out[at]
		best, other := old, c
		repeats, agree := old.Repeats+1, old.Agree || c.Sent == old.Sent && c.Claim.Rule != old.Claim.Rule
		if better(c, old) {
			best, other = c, old
		}
		for _, a := range other.Claim.About {
			if !slices.ContainsFunc(best.Claim.About, func(r contrechamp.EntityRef) bool { return r.ID == a.ID }) {
				best.Claim.About = append(best.Claim.About, a)
			}
		}
		if best.Claim.Share == 0 {
			best.Claim.Share = other.Claim.Share
		}
		best.Repeats, best.Agree = repeats, agree
		out[at] = best
	}
	for _, c := range out {
		d.WeighPlan(c)
	}
	slices.SortStableFunc(out, func(x, y *draft.Draft) int {
		a, b := &x.Claim, &y.Claim
		return cmp.Or(cmp.Compare(a.Quote.Start, b.Quote.Start), cmp.Compare(a.Predicate, b.Predicate), cmp.Compare(x.Value, y.Value),
			cmp.Compare(a.Modality, b.Modality))
	})
	return out
}

// mergeKey is what a claim has in common with its repeats.
func (d *Doc) mergeKey(c *draft.Draft) mergeKey {
	key := mergeKey{predicate: c.Claim.Predicate, value: d.KeyOfDraft(c).Value, about: c.Claim.About[0].ID, denied: c.Claim.Modality == contrechamp.Denied}
	if c.Claim.Speaker != nil {
		key.speaks, key.speaker = true, c.Claim.Speaker.Names[0]
	}
	return key
}

// better reports whether the words of a say a claim better than those of b, which stands before it.
func better(a, b *draft.Draft) bool {
	switch {
	case a.Heading != b.Heading:
		return !a.Heading
	case a.Placed != b.Placed:
		return a.Placed
	}
	return a.Claim.Confidence > b.Claim.Confidence
}

// filter drops what the document as a whole makes superfluous: plain video surveillance where something more precise
// is said of the place (rule 8 of the rulings), and a home that is another firm's.
func (d *Doc) filter() []*draft.Draft {
	precise := map[string]bool{}
	for _, c := range d.Claims {
		if c.Claim.Predicate == contrechamp.Capability && c.Claim.Value.Entity.ID != frame.VideoSurveillance && c.Claim.Modality != contrechamp.Denied {
			for _, a := range c.Claim.About {
				precise[a.ID] = true
			}
		}
	}
	out := d.kept[:0]
	for i, c := range d.Claims {
		if c.Claim.Predicate == contrechamp.Home && d.otherHome(i) {
			continue
		}
		if c.Claim.Predicate == contrechamp.Capability && c.Claim.Value.Entity.ID == frame.VideoSurveillance {
			if c.Claim.Modality == contrechamp.Denied || slices.ContainsFunc(c.Claim.About, func(r contrechamp.EntityRef) bool { return precise[r.ID] }) {
				continue
			}
		}
		out = append(out, c)
	}
	d.kept = out
	return out
}

// otherHome reports whether the nationality of a claim is that of another firm, named right behind it: in "VesuVio, de la firme
// japonaise NEC" one word is the home of one of the two. A firm that the words name wins over one that was named before them.
func (d *Doc) otherHome(i int) bool {
	c := d.Claims[i]
	const (
		reach = 12 // drafts of one sentence stand together
		right = 5  // units: "japonaise NEC", "South African company Umbani Systems"
	)
	behind := func(c *draft.Draft) bool { return c.Units[1] > c.At+2 || c.Units[0] >= c.At-1 && c.Units[1] > c.At+1 } // the firm is named behind it
	for n := max(0, i-reach); n < min(len(d.Claims), i+reach); n++ {
		o := d.Claims[n]
		if o.Claim.Predicate != contrechamp.Home || o.Sent != c.Sent || o.At != c.At || o.Claim.About[0].ID == c.Claim.About[0].ID || o.Step != "slot" {
			continue
		}
		if c.Step != "slot" || !behind(c) && behind(o) && o.Units[1]-o.At <= right || behind(c) && c.Units[1]-c.At > right {
			return true
		}
	}
	return false
}
