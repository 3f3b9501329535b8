package draft

import (
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/claim/speech"
)

// Doc is a text with how near its sentences are to words for surveillance, the acts that they are, and what is claimed in them so far.
type Doc struct {
	speech.Doc

	acts    []act   // of the sentences, nil where there is no act
	Levels  []uint8 // of the sentences: see FindLevels
	density float64 // the share of sentences that speak of surveillance
	Claims  []*Draft
}

// Forget empties what is known of a text, and keeps the room.
func (d *Doc) Forget() {
	d.Doc.Forget()
	*d = Doc{
		Doc: d.Doc, Claims: passage.Emptied(d.Claims), Levels: d.Levels[:0],
	}
}
