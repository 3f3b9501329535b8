package speech

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/claim/subject"
)

// Doc is a text with who speaks in it.
type Doc struct {
	subject.Doc

	TellerWeights   *Weights
	bodyOf          map[string]*contrechamp.Entity // the body that a person speaks for, by the person's ID
	tellerRoom      []Teller
	speakersCounted bool
	headVoices      []headVoice // of sentences
	pageDone        bool
	page            []PageName
	selvesLevel     int
	speakers        []textSpeaker
	speakerAt       map[string]int32 // by their names
	voicedSents     int              // in how many sentences somebody speaks
	chief           int32            // who speaks in most sentences, -1 for nobody
	lastVoice       passage.Voice    // who spoke last, and where: what "he said" stands for
	lastVoiceAt     int
	heard           passage.Voice // who is announced to speak next, in which paragraph, for how many sentences
	heardPara       int
	hasFloor        passage.Voice // who has the floor, in minutes, and in which paragraph
	floorPara       int
	hasReported     passage.Voice // who has reported first on the matter
	heardLeft       int
	heldOffices     []holder // who holds which office, see holder.go
	holdersDone     bool
	issuedBy        *contrechamp.Entity // see Issuer
	issuerDone      bool
}

// Begin makes room for a text, unless another left some. What it is weighed by is set apart.
func (d *Doc) Begin(e *passage.Knowledge, text *contrechamp.Text) {
	d.Doc.Begin(e, text)
	if d.bodyOf == nil {
		d.bodyOf = map[string]*contrechamp.Entity{}
		d.speakerAt = map[string]int32{}
	}
}

// Forget empties what is known of a text, and keeps the room.
func (d *Doc) Forget() {
	d.Doc.Forget()
	clear(d.speakerAt)
	clear(d.bodyOf)
	*d = Doc{
		Doc: d.Doc, bodyOf: d.bodyOf, tellerRoom: emptyTellers(d.tellerRoom), speakers: passage.Emptied(d.speakers),
		headVoices: passage.Emptied(d.headVoices), page: passage.Emptied(d.page), speakerAt: d.speakerAt,
	}
}
