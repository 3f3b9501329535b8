package weigh

import (
	"fmt"
	"strings"

	"contrechamp.org/contrechamp/internal/claim/weight"
)

// Weights are what claims are weighed by. They do not change once made.
type Weights struct {
	confidence *Model // how likely a claim is right by itself, see confidence.go
	Peers      *PeerModel
	polarity   *toldWeights // whether a capability is denied, see polarity.go
	plans      *toldWeights // and whether a claim is planned, see planned.go
}

// EmbeddedWeights reads the weights that the program carries.
func EmbeddedWeights() (*Weights, error) {
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
	return &Weights{NewModel(parsed["confidence.csv"]), peers, toldWeightsOf(parsed["polarity.csv"]), toldWeightsOf(parsed["planned.csv"])}, nil
}

// WithConfidence are the same with other weights of how likely a claim is right by itself.
func (w *Weights) WithConfidence(weights map[string]float64) *Weights {
	out := *w
	out.confidence = NewModel(weights)
	return &out
}

// WithPeers are the same with another model of claims among the others of their text.
func (w *Weights) WithPeers(peers *PeerModel) *Weights {
	out := *w
	out.Peers = peers
	return &out
}

// WithPolarity are the same with other weights of what is denied.
func (w *Weights) WithPolarity(weights map[string]float64) *Weights {
	out := *w
	out.polarity = toldWeightsOf(weights)
	return &out
}

// WithPlans are the same with other weights of what is planned.
func (w *Weights) WithPlans(weights map[string]float64) *Weights {
	out := *w
	out.plans = toldWeightsOf(weights)
	return &out
}
