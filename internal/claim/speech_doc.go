package claim

import contrechamp "contrechamp.org/contrechamp"

// speechDoc is a text with who speaks in it.
type speechDoc struct {
	subjectDoc

	tellerWeights   *tellerWeights
	bodyOf          map[string]*contrechamp.Entity // the body that a person speaks for, by the person's ID
	tellerRoom      []teller
	speakersCounted bool
	headVoices      []headVoice // of sentences
	pageDone        bool
	page            []pageName
	selvesLevel     int
	speakers        []textSpeaker
	speakerAt       map[string]int32 // by their names
	voicedSents     int              // in how many sentences somebody speaks
	chief           int32            // who speaks in most sentences, -1 for nobody
	lastVoice       voice            // who spoke last, and where: what "he said" stands for
	lastVoiceAt     int
	heard           voice // who is announced to speak next, in which paragraph, for how many sentences
	heardPara       int
	hasFloor        voice // who has the floor, in minutes, and in which paragraph
	floorPara       int
	hasReported     voice // who has reported first on the matter
	heardLeft       int
	heldOffices     []holder // who holds which office, see holder.go
	holdersDone     bool
	issuedBy        *contrechamp.Entity // see issuer
	issuerDone      bool
}

// begin makes room for a text, unless another left some.
func (d *speechDoc) begin(e *knowledge, text *contrechamp.Text, places *placeWeights, subjects *subjectWeights, speakers *tellerWeights) {
	d.subjectDoc.begin(e, text, places, subjects)
	d.tellerWeights = speakers
	if d.bodyOf == nil {
		d.bodyOf = map[string]*contrechamp.Entity{}
		d.speakerAt = map[string]int32{}
	}
}

// forget empties what is known of a text, and keeps the room.
func (d *speechDoc) forget() {
	d.subjectDoc.forget()
	clear(d.speakerAt)
	clear(d.bodyOf)
	*d = speechDoc{
		subjectDoc: d.subjectDoc, bodyOf: d.bodyOf, tellerRoom: emptyTellers(d.tellerRoom), speakers: emptied(d.speakers),
		headVoices: emptied(d.headVoices), page: emptied(d.page), speakerAt: d.speakerAt,
	}
}
