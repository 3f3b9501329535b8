package weigh

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/draft"
	"contrechamp.org/contrechamp/internal/claim/hint"
	"contrechamp.org/contrechamp/internal/claim/passage"
)

// Doc is a text with room for weighing what is claimed in it.
type Doc struct {
	hint.Doc

	Weights     *Weights
	kept        []*draft.Draft
	mergeAt     map[mergeKey]int32 // places of drafts in what is kept
	featureRoom []Feature          // of all drafts, one behind the other
	ownRoom     [][2]int           // where each draft's begin and end
	peerRoom    []Peer
	peerOrder   []int
	weighedRoom []Weighed
	plansRead   *Tellings // what the rules read of plans, before any is weighed
}

// Begin makes room for a text, unless another left some. What it is weighed by is set apart.
func (d *Doc) Begin(e *passage.Knowledge, text *contrechamp.Text) {
	d.Doc.Begin(e, text)
	if d.mergeAt == nil {
		d.mergeAt = map[mergeKey]int32{}
	}
}

// Forget empties what is known of a text, and keeps the room.
func (d *Doc) Forget() {
	d.Doc.Forget()
	clear(d.mergeAt)
	*d = Doc{
		Doc: d.Doc, kept: passage.Emptied(d.kept), mergeAt: d.mergeAt, featureRoom: smallEnough(passage.Emptied(d.featureRoom)),
		ownRoom: d.ownRoom[:0], peerRoom: passage.Emptied(d.peerRoom), peerOrder: d.peerOrder[:0], weighedRoom: d.weighedRoom[:0],
	}
}

// mostFeatures is how many features of claims are kept room for, 2 MB: a list of ten thousand names has many more.
const mostFeatures = 1 << 16

// smallEnough is a slice's memory, unless a rare text made it large.
func smallEnough(s []Feature) []Feature {
	if cap(s) > mostFeatures {
		return nil
	}
	return s
}
