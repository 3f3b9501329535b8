package weigh

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/weight"
)

// peerFile holds the weights of claims among their peers, one a line: a feature, or two with " & " between them for both together, and the weight.
// `make train` writes it.
//
//go:embed peer.csv
var peerFile string

// PairSeparator stands between two features that have a weight together.
const PairSeparator = " & "

// PeerModel says how likely a claim is right among the others of its text: to the log-odds that it has by itself it adds a logistic regression over what is
// known of it and of its peers, and over pairs of these, held down hard. Without weights a claim is as likely as it is by itself.
type PeerModel struct {
	numbers []map[string]int32 // of features, by the group and by what follows it
	facts   []int32            // the same of facts, -1 for none
	names   []string
	odds    []bool // whether its value is log-odds that are yet to be bounded
	single  []float64
	pairs   []float64 // of the features a and b at a*len(single)+b, and the other way round
	unseen  float64
}

// NewPeerModel makes a model of weights.
func NewPeerModel(weights map[string]float64) (*PeerModel, error) {
	m := &PeerModel{numbers: make([]map[string]int32, len(groupNames))}
	for g := range m.numbers {
		m.numbers[g] = map[string]int32{}
	}
	var names []string
	for name := range weights {
		names = append(names, strings.Split(name, PairSeparator)...)
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		if name == Unseen {
			m.unseen = weights[name]
			continue
		}
		g, rest := group(name)
		m.numbers[g][rest] = int32(len(m.names))
		m.names, m.odds = append(m.names, name), append(m.odds, isOdds(name))
	}
	n := len(m.names)
	if n > mostPeerFeatures {
		return nil, fmt.Errorf("%d features of claims among others, at most %d: %w", n, mostPeerFeatures, contrechamp.ErrInvalid)
	}
	m.facts = make([]int32, len(factNames))
	for f, name := range factNames {
		m.facts[f] = m.Number(name)
	}
	m.single, m.pairs = make([]float64, n), make([]float64, n*n)
	for name, w := range weights {
		a, b, pair := strings.Cut(name, PairSeparator)
		switch i, j := m.Number(a), m.Number(b); {
		case name == Unseen:
		case !pair:
			m.single[i] = w
		case i < 0 || j < 0 || i == j:
			return nil, fmt.Errorf("%q is no pair of features: %w", name, contrechamp.ErrInvalid)
		default:
			m.pairs[int(i)*n+int(j)], m.pairs[int(j)*n+int(i)] = w, w
		}
	}
	return m, nil
}

// mostPeerFeatures bounds the table of pairs.
const mostPeerFeatures = 1000

// Number is that of a feature by its name, -1 for none.
func (m *PeerModel) Number(name string) int32 {
	g, rest := group(name)
	if n, ok := m.numbers[g][rest]; ok {
		return n
	}
	return -1
}

// Weighed is a feature that a model knows, with its value.
type Weighed struct {
	Number int32
	Value  float64
}

// take adds features that the model knows.
func (m *PeerModel) take(out []Weighed, features []Feature) []Weighed {
	for i := range features {
		f := &features[i]
		if f.fact != 0 {
			if n := m.facts[f.fact]; n >= 0 {
				out = append(out, Weighed{n, m.value(n, f.value)})
			}
			continue
		}
		if !amongPeers(f.group) {
			continue
		}
		if n, ok := m.numbers[f.group][f.name]; ok {
			out = append(out, Weighed{n, m.value(n, f.value)})
		}
	}
	return out
}

// amongPeers reports whether features of a group are weighed again among peers: what a rule or a language is worth is known by then.
func amongPeers(g featureGroup) bool {
	return g != ofRule && g != ofBeside && g != ofFar && g != ofLanguage
}

// value is the value of feature n among peers.
func (m *PeerModel) value(n int32, x float64) float64 {
	if m.odds[n] {
		return boundedOdds(x)
	}
	return x
}

// isOdds reports whether the value of a feature of a claim by itself is log-odds.
func isOdds(name string) bool {
	return slices.ContainsFunc(oddsFacts, func(f fact) bool { return factNames[f] == name })
}

// Sum returns the log-odds of a claim from those that it has by itself and its features. Each is added up with those behind it; two at a time, since every
// addition waits for the one before it.
func (m *PeerModel) Sum(alone float64, features []Weighed) float64 {
	sum := alone + m.unseen
	for ; len(features) > 1; features = features[2:] {
		a, b := features[0], features[1]
		ofA, ofB := m.pairsOf(a), m.pairsOf(b)
		withA, withB := m.single[a.Number]+ofA[b.Number]*b.Value, m.single[b.Number]
		for _, c := range features[2:] {
			withA += ofA[c.Number] * c.Value
			withB += ofB[c.Number] * c.Value
		}
		sum += withA * a.Value
		sum += withB * b.Value
	}
	for _, a := range features {
		sum += m.single[a.Number] * a.Value
	}
	return sum
}

// pairsOf are the weights of a feature together with each.
func (m *PeerModel) pairsOf(x Weighed) []float64 {
	n := len(m.single)
	return m.pairs[int(x.Number)*n:][:n]
}

// terms is what each feature adds, half of what its pairs do with it.
func (m *PeerModel) terms(features []Weighed) []weight.Term {
	n := len(m.single)
	out := make([]weight.Term, len(features))
	for i, a := range features {
		out[i] = weight.Term{Feature: m.names[a.Number], Value: a.Value, Adds: m.single[a.Number] * a.Value}
		for j, b := range features {
			if i != j {
				out[i].Adds += m.pairs[int(a.Number)*n+int(b.Number)] * a.Value * b.Value / 2
			}
		}
	}
	if m.unseen != 0 {
		out = append(out, weight.Term{Feature: Unseen, Value: 1, Adds: m.unseen})
	}
	return out
}

// combine joins what a claim is worth by itself with what its peers make of it: terms of one feature become one. What the odds by itself add or take among
// peers makes each term by itself larger or smaller: "prior" is to say how much the prior counts in the end. Where these odds are about nothing, or would turn
// round, they stay a term of their own.
func combine(alone, among []weight.Term) []weight.Term {
	at := map[string]int{}
	sum := 0.0
	for i, t := range alone {
		at[t.Feature] = i
		sum += t.Adds
	}
	for _, t := range among {
		if t.Feature == peerOddsNames[peersOwnOdds] && math.Abs(sum) >= leastShared && math.Abs(t.Adds) < math.Abs(sum) {
			for i := range alone {
				alone[i].Adds *= 1 + t.Adds/sum
			}
			among = slices.DeleteFunc(slices.Clone(among), func(x weight.Term) bool { return x.Feature == t.Feature })
			break
		}
	}
	for _, t := range among {
		if i, ok := at[t.Feature]; ok {
			alone[i].Adds += t.Adds
			continue
		}
		alone = append(alone, t)
	}
	slices.SortStableFunc(alone, strongestTerm)
	return alone
}

// leastShared are the odds by itself from which they are shared out.
const leastShared = 0.5

// strongestTerm sorts terms, those that add or take most first.
func strongestTerm(a, b weight.Term) int {
	switch x, y := math.Abs(a.Adds), math.Abs(b.Adds); {
	case x > y:
		return -1
	case x < y:
		return 1
	}
	return strings.Compare(a.Feature, b.Feature)
}

// AmongPeers answers what each claim of a text is weighed by among the others: of its own features those that count there, and what its peers say of it. The
// claims stand in the order of their sentences.
func AmongPeers(own [][]weight.Term, peers []Peer) [][]weight.Term {
	out := make([][]weight.Term, len(peers))
	peersOf(peers, func(i int, features []Feature) {
		for _, t := range own[i] {
			if g, _ := group(t.Feature); amongPeers(g) {
				if isOdds(t.Feature) {
					t.Value = boundedOdds(t.Value)
				}
				out[i] = append(out[i], weight.Term{Feature: t.Feature, Value: t.Value})
			}
		}
		out[i] = append(out[i], named(features)...)
	})
	return out
}
