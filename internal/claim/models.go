package claim

import (
	"fmt"
	"strings"

	"contrechamp.org/contrechamp/internal/claim/naming"
	"contrechamp.org/contrechamp/internal/claim/speech"
	"contrechamp.org/contrechamp/internal/claim/subject"

	"contrechamp.org/contrechamp/internal/claim/weight"
)

// embeddedModels reads the weights that the program carries.
func embeddedModels() (m models, err error) {
	parsed := map[string]map[string]float64{}
	for name, file := range map[string]string{"confidence.csv": weightsFile, "peer.csv": peerFile, "polarity.csv": polarityFile, "planned.csv": plannedFile} {
		if parsed[name], err = weight.Parse(strings.NewReader(file)); err != nil {
			return m, fmt.Errorf("%s: %w", name, err)
		}
	}
	m.confidence, m.polarity, m.plans = NewModel(parsed["confidence.csv"]), toldWeightsOf(parsed["polarity.csv"]), toldWeightsOf(parsed["planned.csv"])
	if m.places, err = naming.EmbeddedWeights(); err != nil {
		return m, err
	}
	if m.subjects, err = subject.EmbeddedWeights(); err != nil {
		return m, err
	}
	if m.speakers, err = speech.EmbeddedWeights(); err != nil {
		return m, err
	}
	if m.peers, err = NewPeerModel(parsed["peer.csv"]); err != nil {
		return m, err
	}
	if m.hints, err = ParseHintWeights(strings.NewReader(hintFile)); err != nil {
		return m, err
	}
	return m, nil
}
