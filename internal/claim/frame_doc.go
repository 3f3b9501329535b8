package claim

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/naming"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/claim/speech"
	"contrechamp.org/contrechamp/internal/claim/subject"
)

// frameDoc is a text on whose sentences frames are tried.
type frameDoc struct {
	draftDoc

	drafts           []draft
	firing           *passage.Match // whose claim is being proposed
	lastCapabilities []said         // in the order of the text
	carry            carried        // the unit of the devices counted last
}

// begin makes room for a text, unless another left some.
func (d *frameDoc) begin(e *passage.Knowledge, text *contrechamp.Text, places *naming.Weights, subjects *subject.Weights, speakers *speech.Weights) {
	d.draftDoc.begin(e, text, places, subjects, speakers)
	d.carry.para = -1
}

// forget empties what is known of a text, and keeps the room.
func (d *frameDoc) forget() {
	d.draftDoc.forget()
	*d = frameDoc{
		draftDoc: d.draftDoc, lastCapabilities: passage.Emptied(d.lastCapabilities), drafts: passage.Emptied(d.drafts),
	}
}
