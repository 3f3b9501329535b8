package claim

import (
	"fmt"
	"strings"

	"contrechamp.org/contrechamp/internal/claim/weight"
)

// weighWeights are what claims are weighed by. They do not change once made.
type weighWeights struct {
	confidence *Model // how likely a claim is right by itself, see confidence.go
	peers      *PeerModel
	polarity   *toldWeights // whether a capability is denied, see polarity.go
	plans      *toldWeights // and whether a claim is planned, see planned.go
}

// embeddedWeighWeights reads the weights that the program carries.
func embeddedWeighWeights() (*weighWeights, error) {
	parsed := map[string]map[string]float64{}
	for name, file := range map[string]string{"confidence.csv": weightsFile, "peer.csv": peerFile, "polarity.csv": polarityFile, "planned.csv": plannedFile} {
		weights, err := weight.Parse(strings.NewReader(file))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		parsed[name] = weights
	}
	peers, err := NewPeerModel(parsed["peer.csv"])
	if err != nil {
		return nil, fmt.Errorf("peer.csv: %w", err)
	}
	return &weighWeights{NewModel(parsed["confidence.csv"]), peers, toldWeightsOf(parsed["polarity.csv"]), toldWeightsOf(parsed["planned.csv"])}, nil
}

// withConfidence are the same with other weights of how likely a claim is right by itself.
func (w *weighWeights) withConfidence(weights map[string]float64) *weighWeights {
	out := *w
	out.confidence = NewModel(weights)
	return &out
}

// withPeers are the same with another model of claims among the others of their text.
func (w *weighWeights) withPeers(peers *PeerModel) *weighWeights {
	out := *w
	out.peers = peers
	return &out
}

// withPolarity are the same with other weights of what is denied.
func (w *weighWeights) withPolarity(weights map[string]float64) *weighWeights {
	out := *w
	out.polarity = toldWeightsOf(weights)
	return &out
}

// withPlans are the same with other weights of what is planned.
func (w *weighWeights) withPlans(weights map[string]float64) *weighWeights {
	out := *w
	out.plans = toldWeightsOf(weights)
	return &out
}
