package claim

import (
	"contrechamp.org/contrechamp/internal/claim/hint"
	"contrechamp.org/contrechamp/internal/claim/naming"
	"contrechamp.org/contrechamp/internal/claim/speech"
	"contrechamp.org/contrechamp/internal/claim/subject"
	"contrechamp.org/contrechamp/internal/claim/weigh"
)

// models are what the stages weigh by.
type models struct {
	places   *naming.Weights  // whether a name is a place's
	subjects *subject.Weights // what a text is about, and whose a claim is
	speakers *speech.Weights  // whose words a claim is
	hints    *hint.Weights    // words that speak for a claim where no rule does
	weighing *weigh.Weights   // how a claim is told, and how sure it is
}

// embeddedModels reads the weights that the program carries.
func embeddedModels() (m models, err error) {
	if m.places, err = naming.EmbeddedWeights(); err != nil {
		return m, err
	}
	if m.subjects, err = subject.EmbeddedWeights(); err != nil {
		return m, err
	}
	if m.speakers, err = speech.EmbeddedWeights(); err != nil {
		return m, err
	}
	if m.hints, err = hint.EmbeddedWeights(); err != nil {
		return m, err
	}
	m.weighing, err = weigh.EmbeddedWeights()
	return m, err
}
