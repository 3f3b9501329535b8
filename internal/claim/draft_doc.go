package claim

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/naming"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/claim/speech"
	"contrechamp.org/contrechamp/internal/claim/subject"
)

// draftDoc is a text with how near its sentences are to words for surveillance, the acts that they are, and what is claimed in them so far.
type draftDoc struct {
	speech.Doc

	acts    []act   // of the sentences, nil where there is no act
	levels  []uint8 // of the sentences: see findLevels
	density float64 // the share of sentences that speak of surveillance
	claims  []*draft
}

// begin makes room for a text, unless another left some.
func (d *draftDoc) begin(e *passage.Knowledge, text *contrechamp.Text, places *naming.Weights, subjects *subject.Weights, speakers *speech.Weights) {
	d.Doc.Begin(e, text, places, subjects, speakers)
}

// forget empties what is known of a text, and keeps the room.
func (d *draftDoc) forget() {
	d.Doc.Forget()
	*d = draftDoc{
		Doc: d.Doc, claims: passage.Emptied(d.claims), levels: d.levels[:0],
	}
}
