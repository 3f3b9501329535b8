package claim

import (
	"fmt"
	"strings"

	"contrechamp.org/contrechamp/internal/claim/weight"
)

// embeddedModels reads the weights that the program carries.
func embeddedModels() (m models, err error) {
	parsed := map[string]map[string]float64{}
	for name, file := range map[string]string{"confidence.csv": weightsFile, "peer.csv": peerFile, "place.csv": placeFile, "polarity.csv": polarityFile, "planned.csv": plannedFile, "speaker.csv": speakerFile, "subject.csv": subjectFile, "main.csv": mainFile, "alongside.csv": alongsideFile} {
		if parsed[name], err = weight.Parse(strings.NewReader(file)); err != nil {
			return m, fmt.Errorf("%s: %w", name, err)
		}
	}
	m.confidence, m.places, m.speakers = NewModel(parsed["confidence.csv"]), placeWeightsOf(parsed["place.csv"]), tellerWeightsOf(parsed["speaker.csv"])
	m.polarity, m.plans = toldWeightsOf(parsed["polarity.csv"]), toldWeightsOf(parsed["planned.csv"])
	m.subjects = (&subjectWeights{}).withMains(parsed["main.csv"], parsed["alongside.csv"]).withChoices(parsed["subject.csv"])
	if m.peers, err = NewPeerModel(parsed["peer.csv"]); err != nil {
		return m, err
	}
	if m.hints, err = ParseHintWeights(strings.NewReader(hintFile)); err != nil {
		return m, err
	}
	return m, nil
}
