package claim

import (
	"sync"

	"contrechamp.org/contrechamp/internal/claim/passage"

	contrechamp "contrechamp.org/contrechamp"
)

// Reading a text takes a few hundred kilobytes of tokens, classes and mentions, none of which outlives the call: the next
// text uses them again. What is answered (claims, entities, explanations) is never in them.

var docs = sync.Pool{New: func() any { return new(doc) }}

// mostKept is how many tokens a text may have for its memory to be kept: a book's goes to the collector.
const mostKept = 1 << 16

// begin takes the memory of a text read before.
func (e *Engine) begin(text *contrechamp.Text) *doc {
	d := docs.Get().(*doc)
	d.begin(e, text)
	return d
}

// release gives a text's memory to the next one. Nothing of d may be used behind it.
func (d *doc) release() {
	if len(d.Tokens) > mostKept {
		return
	}
	d.forget()
	docs.Put(d)
}

// begin makes room for a text, unless another left some.
func (d *doc) begin(e *Engine, text *contrechamp.Text) {
	d.Doc.Begin(e.Knowledge, text, e.places, e.subjects, e.speakers)
	d.engine = e
	d.carry.para = -1
	if d.takenRoom == nil {
		d.takenRoom = map[valueKey]bool{}
		d.bestRoom = map[valueKey]hinted{}
		d.mergeAt = map[mergeKey]int32{}
		d.hintRoom = newHintRoom()
	}
}

// forget empties what is known of a text, and keeps the room.
func (d *doc) forget() {
	d.Doc.Forget()
	clear(d.mergeAt)
	clear(d.takenRoom)
	clear(d.bestRoom)
	*d = doc{
		Doc: d.Doc, kept: passage.Emptied(d.kept), mergeAt: d.mergeAt, takenRoom: d.takenRoom, bestRoom: d.bestRoom,
		bestOrder: passage.Emptied(d.bestOrder), claims: passage.Emptied(d.claims), lastCapabilities: passage.Emptied(d.lastCapabilities),
		featureRoom: smallEnough(passage.Emptied(d.featureRoom)), ownRoom: d.ownRoom[:0], peerRoom: passage.Emptied(d.peerRoom),
		peerOrder: d.peerOrder[:0], weighedRoom: d.weighedRoom[:0], levels: d.levels[:0], drafts: passage.Emptied(d.drafts), hinted: d.hinted[:0],
		signed: d.signed[:0], devices: d.devices[:0], hintRoom: d.hintRoom.forgotten(),
	}
}

// mostFeatures is how many features of claims are kept room for, 2 MB: a list of ten thousand names has many more.
const mostFeatures = 1 << 16

// smallEnough is a slice's memory, unless a rare text made it large.
func smallEnough(s []feature) []feature {
	if cap(s) > mostFeatures {
		return nil
	}
	return s
}
