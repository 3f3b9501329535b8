package claim

import (
	"cmp"
	"math"
	"slices"

	"contrechamp.org/contrechamp/internal/claim/speech"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/weight"
)

// weigh says how likely each draft is right: by itself, then among the others. each, if there is one, hears of every draft with what it was weighed by.
func (d *weighDoc) weigh(drafts []*draft, each func(i int, own []weight.Term, peer Peer, terms []weight.Term)) {
	w := d.weights
	d.featureRoom, d.peerRoom, d.peerOrder, d.ownRoom = d.featureRoom[:0], d.peerRoom[:0], d.peerOrder[:0], d.ownRoom[:0]
	for i := range drafts {
		d.peerOrder = append(d.peerOrder, i)
	}
	slices.SortStableFunc(d.peerOrder, func(a, b int) int { return cmp.Compare(drafts[a].sent, drafts[b].sent) })
	for _, i := range d.peerOrder {
		x := drafts[i]
		from := len(d.featureRoom)
		odds := w.confidence.sum(d.features(x))
		d.ownRoom = append(d.ownRoom, [2]int{from, len(d.featureRoom)})
		d.peerRoom = append(d.peerRoom, Peer{Sentence: x.sent, Predicate: x.claim.Predicate, Subject: x.claim.About[0].ID, Value: d.keyOfDraft(x).value, Denied: x.claim.Modality == contrechamp.Denied, Odds: odds})
	}
	own := func(n int) []feature { return d.featureRoom[d.ownRoom[n][0]:d.ownRoom[n][1]] }
	d.Steps += len(drafts) + peersOf(d.peerRoom, func(n int, features []feature) {
		d.weighedRoom = w.peers.take(w.peers.take(d.weighedRoom[:0], own(n)), features)
		drafts[d.peerOrder[n]].claim.Confidence = rounded(Logistic(w.peers.sum(d.peerRoom[n].Odds, d.weighedRoom)))
		if each != nil {
			features := named(own(n))
			_, alone := w.confidence.terms(features)
			each(d.peerOrder[n], features, d.peerRoom[n], combine(alone, w.peers.terms(d.weighedRoom)))
		}
	})
}

// rounded is a confidence as it is shown and kept: of three decimals.
func rounded(p float64) float64 { return math.Round(p*1000) / 1000 }

// tellAll says of claims whose words they are. Until then a claim has whom the rules hear at its words: claims are many, those that are sure
// enough to be proposed are few. Of two that are one now the first stays.
func (d *weighDoc) tellAll(claims []*draft) []*draft {
	clear(d.mergeAt)
	out := claims[:0]
	for _, x := range claims {
		d.tell(x)
		key := d.mergeKey(x)
		if _, again := d.mergeAt[key]; !again {
			d.mergeAt[key] = int32(len(out))
			out = append(out, x)
		}
	}
	return out
}

// tell says of a claim whose words it is, where its rule does not know.
func (d *weighDoc) tell(x *draft) {
	if !x.said {
		x.claim.Speaker = d.TellerOf(speech.Told{Predicate: x.claim.Predicate, Sentence: &d.Sentences[x.sent], From: x.units[0], To: x.units[1], Value: x.claim.Value.Entity})
	}
}
