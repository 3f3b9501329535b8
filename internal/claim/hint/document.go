package hint

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/frame"
	"contrechamp.org/contrechamp/internal/claim/passage"
)

// Doc is a text with what its words hint at.
type Doc struct {
	frame.Doc

	HintWeights *Weights
	takenRoom   map[ValueKey]bool
	bestRoom    map[ValueKey]hinted
	bestOrder   []ValueKey
	hinted      []hinted // what the words around mentions add up to, in the order of the sentences, see hint.go
	hintRoom    hintRoom
	devices     []namedDevice // what each sentence that names devices names last
	signed      []signed      // and around signs, see sign.go
}

// Begin makes room for a text, unless another left some. What it is weighed by is set apart.
func (d *Doc) Begin(e *passage.Knowledge, text *contrechamp.Text) {
	d.Doc.Begin(e, text)
	if d.takenRoom == nil {
		d.takenRoom = map[ValueKey]bool{}
		d.bestRoom = map[ValueKey]hinted{}
		d.hintRoom = newHintRoom()
	}
}

// Forget empties what is known of a text, and keeps the room.
func (d *Doc) Forget() {
	d.Doc.Forget()
	clear(d.takenRoom)
	clear(d.bestRoom)
	*d = Doc{
		Doc: d.Doc, takenRoom: d.takenRoom, bestRoom: d.bestRoom, bestOrder: passage.Emptied(d.bestOrder), hinted: d.hinted[:0],
		signed: d.signed[:0], devices: d.devices[:0], hintRoom: d.hintRoom.forgotten(),
	}
}
