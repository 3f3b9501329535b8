package claim

import (
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/claim/speech"
)

// doc is the state of reading one text. It lives for one call of Propose.
type doc struct {
	speech.Doc

	engine           *Engine
	kept             []*draft
	mergeAt          map[mergeKey]int32 // places of drafts in what is kept
	takenRoom        map[valueKey]bool
	bestRoom         map[valueKey]hinted
	bestOrder        []valueKey
	featureRoom      []feature // of all drafts, one behind the other
	ownRoom          [][2]int  // where each draft's begin and end
	peerRoom         []Peer
	peerOrder        []int
	weighedRoom      []weighed
	drafts           []draft
	hinted           []hinted // what the words around mentions add up to, in the order of the sentences, see hint.go
	hintRoom         hintRoom
	devices          []namedDevice  // what each sentence that names devices names last
	signed           []signed       // and around signs, see sign.go
	acts             []act          // of the sentences, nil where there is no act
	levels           []uint8        // of the sentences: see findLevels
	plansRead        *tellings      // what the rules read of plans, before any is weighed
	density          float64        // the share of sentences that speak of surveillance
	firing           *passage.Match // whose claim is being proposed
	claims           []*draft
	lastCapabilities []said  // in the order of the text
	carry            carried // the unit of the devices counted last
}
