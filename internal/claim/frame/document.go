package frame

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/draft"
	"contrechamp.org/contrechamp/internal/claim/passage"
)

// Doc is a text on whose sentences frames are tried.
type Doc struct {
	draft.Doc

	drafts           []draft.Draft
	Firing           *passage.Match // whose claim is being proposed
	lastCapabilities []said         // in the order of the text
	carry            carried        // the unit of the devices counted last
}

// Begin makes room for a text, unless another left some.
func (d *Doc) Begin(e *passage.Knowledge, text *contrechamp.Text) {
	d.Doc.Begin(e, text)
	d.carry.para = -1
}

// Forget empties what is known of a text, and keeps the room.
func (d *Doc) Forget() {
	d.Doc.Forget()
	*d = Doc{
		Doc: d.Doc, lastCapabilities: passage.Emptied(d.lastCapabilities), drafts: passage.Emptied(d.drafts),
	}
}
