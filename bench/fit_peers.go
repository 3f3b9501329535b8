package main

import (
	"cmp"
	"math"
	"slices"
	"sync"

	"contrechamp.org/contrechamp/internal/claim/weigh"
	"contrechamp.org/contrechamp/internal/claim/weight"
)

// The settings of claims among their peers. Thousands of pairs are held down so hard that each adds little: it is all of them together that gain.
const (
	peerPenalty = 8    // of single features
	leastPeers  = 20   // claims that have a single feature, else it gets no weight
	pairPenalty = 300  // of two together
	leastPaired = 150  // claims that have both
	oftenPaired = 1000 // claims that have either
	worldWeight = 4    // of seeds, dev and bulletins
)

// byDocument parts what was judged by its documents, in the order of the sentences.
func byDocument(js []judged) [][]judged {
	at := map[[2]string]int{}
	var out [][]judged
	for _, j := range js {
		key := [2]string{j.set, j.document}
		n, ok := at[key]
		if !ok {
			n = len(out)
			at[key] = n
			out = append(out, nil)
		}
		out[n] = append(out[n], j)
	}
	for _, list := range out {
		slices.SortStableFunc(list, func(a, b judged) int { return cmp.Compare(a.Peer.Sentence, b.Peer.Sentence) })
	}
	return out
}

// fitPeers fits how likely claims are among the others of their text. What a claim is worth by itself is told by what was fitted on other
// documents, as it will be for a new one.
func fitPeers(js []judged, shift float64) (map[string]float64, error) {
	documents := byDocument(js)
	var rows []peerRow
	known := features{index: map[string]int{}}
	for fold := range folds {
		var rest []judged
		for n, list := range documents {
			if n%folds != fold {
				rest = append(rest, list...)
			}
		}
		alone := weigh.NewModel(fit(rest))
		for n, list := range documents {
			if n%folds == fold {
				rows = append(rows, peerRows(alone, list, &known)...)
			}
		}
	}
	f := newPeerFit(rows, known.names)
	weights, err := f.fit()
	if err != nil {
		return nil, err
	}
	if shift != 0 {
		weights[weigh.Unseen] = shift
	}
	return weights, nil
}

// peerRow is a claim with its features.
type peerRow struct {
	option
	alone  float64 // log-odds by itself
	right  float64
	weight float64
}

// peerRows are the claims of a document.
func peerRows(alone *weigh.Model, list []judged, known *features) []peerRow {
	peers := make([]weigh.Peer, len(list))
	own := make([][]weight.Term, len(list))
	for i, j := range list {
		peers[i], own[i] = j.Peer, j.Features
		peers[i].Odds = alone.Odds(j.Features)
	}
	var rows []peerRow
	for i, terms := range weigh.AmongPeers(own, peers) {
		if !list[i].verdict.counts() {
			continue
		}
		r := peerRow{alone: peers[i].Odds, weight: peerWeight(&list[i])}
		if list[i].verdict != wrong {
			r.right = 1
		}
		r.take(known, terms)
		rows = append(rows, r)
	}
	return rows
}

// peerWeight is how much a claim weighs here: how claims stand beside each other in texts from the world is told by few texts, and not by the lots, each of
// which was written in one go.
func peerWeight(j *judged) float64 {
	switch j.set {
	case "seeds", "dev", "bulletins":
		return worldWeight
	}
	return judgedWeight(j)
}

// peerFit is the regression over features and their pairs: weights of single features first, then those of pairs.
type peerFit struct {
	rows  []peerRow // of each the features, then the pairs
	names []string
	pair  []int // where the weight of features a < b lies, at a*len(names)+b, -1 for none
	many  int   // weights
	held  []float64

	at       []float64 // where value and gradient were asked for last
	value    float64
	gradient []float64
	parts    [fitParts]peerPart
}

// peerPart is what a part of the rows adds: parts are worked out at once, and added in their order, so that a fit is the same on however many cores.
type peerPart struct {
	value    float64
	gradient []float64
}

const fitParts = 8

func newPeerFit(rows []peerRow, names []string) *peerFit {
	n := len(names)
	often, both := make([]int, n), make([]int, n*n)
	for i := range rows {
		r := &rows[i]
		for x, a := range r.at {
			often[a]++
			for _, b := range r.at[x+1:] {
				both[min(a, b)*n+max(a, b)]++
			}
		}
	}
	f := &peerFit{names: names, pair: make([]int, n*n), many: n, held: make([]float64, n)}
	for k, name := range names {
		f.held[k] = peerPenalty
		if name == "bias" {
			f.held[k] = 0
		}
	}
	for a := range n {
		for b := range n {
			f.pair[a*n+b] = -1
			if a < b && often[a] >= oftenPaired && often[b] >= oftenPaired && both[a*n+b] >= leastPaired && !isBias(names[a]) && !isBias(names[b]) {
				f.pair[a*n+b] = f.many
				f.held = append(f.held, pairPenalty)
				f.many++
			}
		}
	}
	// what few claims have gets no weight, and takes no time
	for _, r := range rows {
		var o option
		for x, a := range r.at {
			if often[a] >= leastPeers {
				o.at, o.value = append(o.at, a), append(o.value, r.value[x])
			}
		}
		for x, a := range r.at {
			for y := x + 1; y < len(r.at); y++ {
				if k := f.pair[min(a, r.at[y])*n+max(a, r.at[y])]; k >= 0 {
					o.at, o.value = append(o.at, k), append(o.value, r.value[x]*r.value[y])
				}
			}
		}
		r.option = o
		f.rows = append(f.rows, r)
	}
	f.gradient = make([]float64, f.many)
	for i := range f.parts {
		f.parts[i].gradient = make([]float64, f.many)
	}
	return f
}

func isBias(name string) bool { return name == "bias" || name == weigh.SubjectPrefix+"bias" }

// see works out the negative log-likelihood of weights with what holds them down, and its gradient.
func (f *peerFit) see(w []float64) {
	if f.at != nil && slices.Equal(f.at, w) {
		return
	}
	f.at = append(f.at[:0], w...)
	var all sync.WaitGroup
	for i := range f.parts {
		all.Go(func() { f.parts[i].see(f.rows[i*len(f.rows)/fitParts:(i+1)*len(f.rows)/fitParts], w) })
	}
	all.Wait()
	f.value = 0
	for k, x := range w {
		f.value += f.held[k] * x * x / 2
		f.gradient[k] = f.held[k] * x
	}
	for i := range f.parts {
		f.value += f.parts[i].value
		for k, g := range f.parts[i].gradient {
			f.gradient[k] += g
		}
	}
}

func (p *peerPart) see(rows []peerRow, w []float64) {
	p.value = 0
	clear(p.gradient)
	for i := range rows {
		r := &rows[i]
		odds := r.alone
		for x, k := range r.at {
			odds += w[k] * r.value[x]
		}
		against := odds
		if r.right > 0 {
			against = -odds
		}
		p.value += r.weight * (max(against, 0) + math.Log1p(math.Exp(-math.Abs(against))))
		miss := r.weight * (weigh.Logistic(odds) - r.right)
		for x, k := range r.at {
			p.gradient[k] += miss * r.value[x]
		}
	}
}

// fit finds the weights.
func (f *peerFit) fit() (map[string]float64, error) {
	out := map[string]float64{}
	if len(f.rows) == 0 {
		return out, nil
	}
	weights, err := descend("claims among their peers", f.many, func(w, gradient []float64) float64 {
		f.see(w)
		copy(gradient, f.gradient)
		return f.value
	})
	if err != nil {
		return nil, err
	}
	n := len(f.names)
	for a, name := range f.names {
		out[name] = weights[a]
		for b, other := range f.names {
			if k := f.pair[a*n+b]; k >= 0 {
				out[name+weigh.PairSeparator+other] = weights[k]
			}
		}
	}
	return out, nil
}
