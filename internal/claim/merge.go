package claim

import (
	"cmp"
	"slices"

	contrechamp "contrechamp.org/contrechamp"
)

// mergeKey is what repeats have in common.
type mergeKey struct {
	predicate             contrechamp.Predicate
	value, about, speaker string
	denied, speaks        bool
}

// merge unites the repeats of a document: one claim for each predicate, value, polarity, subject and voice, with the
// names of all. The body's words win over a heading's, which has no verb; then those that name their subject; then the
// surer rule; then the first.
func (d *weighDoc) merge() []*draft {
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
		repeats, agree := old.repeats+1, old.agree || c.sent == old.sent && c.claim.Rule != old.claim.Rule
		if better(c, old) {
			best, other = c, old
		}
		for _, a := range other.claim.About {
			if !slices.ContainsFunc(best.claim.About, func(r contrechamp.EntityRef) bool { return r.ID == a.ID }) {
				best.claim.About = append(best.claim.About, a)
			}
		}
		if best.claim.Share == 0 {
			best.claim.Share = other.claim.Share
		}
		best.repeats, best.agree = repeats, agree
		out[at] = best
	}
	for _, c := range out {
		d.weighPlan(c)
	}
	slices.SortStableFunc(out, func(x, y *draft) int {
		a, b := &x.claim, &y.claim
		return cmp.Or(cmp.Compare(a.Quote.Start, b.Quote.Start), cmp.Compare(a.Predicate, b.Predicate), cmp.Compare(x.value, y.value),
			cmp.Compare(a.Modality, b.Modality))
	})
	return out
}

// mergeKey is what a claim has in common with its repeats.
func (d *weighDoc) mergeKey(c *draft) mergeKey {
	key := mergeKey{predicate: c.claim.Predicate, value: d.keyOfDraft(c).value, about: c.claim.About[0].ID, denied: c.claim.Modality == contrechamp.Denied}
	if c.claim.Speaker != nil {
		key.speaks, key.speaker = true, c.claim.Speaker.Names[0]
	}
	return key
}

// better reports whether the words of a say a claim better than those of b, which stands before it.
func better(a, b *draft) bool {
	switch {
	case a.heading != b.heading:
		return !a.heading
	case a.placed != b.placed:
		return a.placed
	}
	return a.claim.Confidence > b.claim.Confidence
}

// filter drops what the document as a whole makes superfluous: plain video surveillance where something more precise
// is said of the place (rule 8 of the rulings), and a home that is another firm's.
func (d *weighDoc) filter() []*draft {
	precise := map[string]bool{}
	for _, c := range d.claims {
		if c.claim.Predicate == contrechamp.Capability && c.claim.Value.Entity.ID != videoSurveillance && c.claim.Modality != contrechamp.Denied {
			for _, a := range c.claim.About {
				precise[a.ID] = true
			}
		}
	}
	out := d.kept[:0]
	for i, c := range d.claims {
		if c.claim.Predicate == contrechamp.Home && d.otherHome(i) {
			continue
		}
		if c.claim.Predicate == contrechamp.Capability && c.claim.Value.Entity.ID == videoSurveillance {
			if c.claim.Modality == contrechamp.Denied || slices.ContainsFunc(c.claim.About, func(r contrechamp.EntityRef) bool { return precise[r.ID] }) {
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
func (d *weighDoc) otherHome(i int) bool {
	c := d.claims[i]
	const (
		reach = 12 // drafts of one sentence stand together
		right = 5  // units: "japonaise NEC", "South African company Umbani Systems"
	)
	behind := func(c *draft) bool { return c.units[1] > c.at+2 || c.units[0] >= c.at-1 && c.units[1] > c.at+1 } // the firm is named behind it
	for n := max(0, i-reach); n < min(len(d.claims), i+reach); n++ {
		o := d.claims[n]
		if o.claim.Predicate != contrechamp.Home || o.sent != c.sent || o.at != c.at || o.claim.About[0].ID == c.claim.About[0].ID || o.step != "slot" {
			continue
		}
		if c.step != "slot" || !behind(c) && behind(o) && o.units[1]-o.at <= right || behind(c) && c.units[1]-c.at > right {
			return true
		}
	}
	return false
}
