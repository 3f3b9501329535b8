package claim

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/naming"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/claim/speech"
	"contrechamp.org/contrechamp/internal/claim/subject"
)

// hintDoc is a text with what its words hint at.
type hintDoc struct {
	frameDoc

	weights   *HintWeights
	takenRoom map[valueKey]bool
	bestRoom  map[valueKey]hinted
	bestOrder []valueKey
	hinted    []hinted // what the words around mentions add up to, in the order of the sentences, see hint.go
	hintRoom  hintRoom
	devices   []namedDevice // what each sentence that names devices names last
	signed    []signed      // and around signs, see sign.go
}

// begin makes room for a text, unless another left some.
func (d *hintDoc) begin(e *passage.Knowledge, text *contrechamp.Text, places *naming.Weights, subjects *subject.Weights, speakers *speech.Weights, hints *HintWeights) {
	d.frameDoc.begin(e, text, places, subjects, speakers)
	d.weights = hints
	if d.takenRoom == nil {
		d.takenRoom = map[valueKey]bool{}
		d.bestRoom = map[valueKey]hinted{}
		d.hintRoom = newHintRoom()
	}
}

// forget empties what is known of a text, and keeps the room.
func (d *hintDoc) forget() {
	d.frameDoc.forget()
	clear(d.takenRoom)
	clear(d.bestRoom)
	*d = hintDoc{
		frameDoc: d.frameDoc, takenRoom: d.takenRoom, bestRoom: d.bestRoom, bestOrder: passage.Emptied(d.bestOrder), hinted: d.hinted[:0],
		signed: d.signed[:0], devices: d.devices[:0], hintRoom: d.hintRoom.forgotten(),
	}
}
