package weigh

import (
	"cmp"
	"math"
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/draft"
	"contrechamp.org/contrechamp/internal/claim/speech"
	"contrechamp.org/contrechamp/internal/claim/weight"
)

// Weigh says how likely each draft is right: by itself, then among the others. each, if there is one, hears of every draft with what it was weighed by.
func (d *Doc) Weigh(drafts []*draft.Draft, each func(i int, own []weight.Term, peer Peer, terms []weight.Term)) {
	w := d.Weights
	d.featureRoom, d.peerRoom, d.peerOrder, d.ownRoom = d.featureRoom[:0], d.peerRoom[:0], d.peerOrder[:0], d.ownRoom[:0]
	for i := range drafts {
		d.peerOrder = append(d.peerOrder, i)
	}
	slices.SortStableFunc(d.peerOrder, func(a, b int) int { return cmp.Compare(drafts[a].Sent, drafts[b].Sent) })
	for _, i := range d.peerOrder {
		x := drafts[i]
		from := len(d.featureRoom)
		odds := w.confidence.sum(d.features(x))
		d.ownRoom = append(d.ownRoom, [2]int{from, len(d.featureRoom)})
		d.peerRoom = append(d.peerRoom, Peer{Sentence: x.Sent, Predicate: x.Claim.Predicate, Subject: x.Claim.About[0].ID, Value: d.KeyOfDraft(x).Value, Denied: x.Claim.Modality == contrechamp.Denied, Odds: odds})
	}
	own := func(n int) []Feature { return d.featureRoom[d.ownRoom[n][0]:d.ownRoom[n][1]] }
	d.Steps += len(drafts) + peersOf(d.peerRoom, func(n int, features []Feature) {
		d.weighedRoom = w.Peers.take(w.Peers.take(d.weighedRoom[:0], own(n)), features)
		drafts[d.peerOrder[n]].Claim.Confidence = Rounded(Logistic(w.Peers.Sum(d.peerRoom[n].Odds, d.weighedRoom)))
		if each != nil {
			features := named(own(n))
			_, alone := w.confidence.terms(features)
			each(d.peerOrder[n], features, d.peerRoom[n], combine(alone, w.Peers.terms(d.weighedRoom)))
		}
	})
}

// Rounded is a confidence as it is shown and kept: of three decimals.
func Rounded(p float64) float64 { return math.Round(p*1000) / 1000 }

// TellAll says of claims whose words they are. Until then a claim has whom the rules hear at its words: claims are many, those that are sure
// enough to be proposed are few. Of two that are one now the first stays.
func (d *Doc) TellAll(claims []*draft.Draft) []*draft.Draft {
	clear(d.mergeAt)
	out := claims[:0]
	for _, x := range claims {
		d.Tell(x)
		key := d.mergeKey(x)
		if _, again := d.mergeAt[key]; !again {
			d.mergeAt[key] = int32(len(out))
			out = append(out, x)
		}
	}
	return out
}

// Tell says of a claim whose words it is, where its rule does not know.
func (d *Doc) Tell(x *draft.Draft) {
	if !x.Said {
		x.Claim.Speaker = d.TellerOf(speech.Told{Predicate: x.Claim.Predicate, Sentence: &d.Sentences[x.Sent], From: x.Units[0], To: x.Units[1], Value: x.Claim.Value.Entity})
	}
}
