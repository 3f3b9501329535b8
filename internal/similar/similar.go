// Package similar tells texts that say the same from texts that do not: agency copy reprinted by ten papers is one
// source seen ten times, and must not count as ten.
//
// It works on the words of a text, hashed where they were cut ([word.Hash]), and on every run of [Run] of them. Two
// texts resemble each other by the share of runs that they have in common (Jaccard's coefficient; Broder, "On the
// resemblance and containment of documents", 1997). Of a text a sketch of [Bands] numbers is kept; texts that
// resemble each other by half or more share at least one of them with a probability of 0.88, by 0.7 or more of
// 0.999. Sketches only propose: [Resemblance] compares all runs, and decides.
//
// What it is not: a judge of who wrote first. Nor does it see a paper that prints half of the copy between
// paragraphs of its own: that paper says more, and is a source.
package similar

import (
	"math/bits"
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

const (
	Run   = 5  // words in a run
	Bands = 16 // numbers in a sketch
	rows  = 3  // smallest hashes that one of them is made from
	bins  = Bands * rows
	Same  = 0.5 // resemblance from which on two texts are one source

	// Fewest is how many words a text has at least to be compared: shorter ones are alike by chance.
	Fewest = 60
)

// Words returns the hashes of the words that speak in a text but for its titles, which each paper makes its own.
func Words(text contrechamp.Text) []uint64 {
	out := make([]uint64, 0, len(text.Body)/6)
	var tokens []word.Token
	for _, p := range text.Paragraphs {
		if !Counts(p.Role) {
			continue
		}
		passage := p.Of(text.Body)
		tokens = word.Cut(tokens[:0], passage)
		for _, t := range tokens {
			if t.Kind != word.Punct {
				out = append(out, word.Hash(t.Of(passage)))
			}
		}
	}
	return out
}

// Counts reports whether paragraphs of that role are compared.
func Counts(r contrechamp.Role) bool { return r == contrechamp.RoleBody || r == contrechamp.RoleItem }

// Sketch returns the sketch of a text's words, nil when there are too few. It is made by one permutation hashing: each
// run's hash falls in one bin, each bin keeps its smallest, and an empty bin borrows from the next that is not (Li,
// Owen and Zhang 2012; Shrivastava and Li, "Densifying One Permutation Hashing", 2014).
func Sketch(words []uint64) []uint64 {
	if len(words) < Fewest {
		return nil
	}
	var smallest [bins]uint64
	for i := range smallest {
		smallest[i] = ^uint64(0)
	}
	each(words, func(h uint64) {
		bin, rest := bits.Mul64(h, bins)
		smallest[bin] = min(smallest[bin], rest)
	})
	var full [bins]uint64
	for i := range smallest {
		j, step := i, uint64(0)
		for smallest[j] == ^uint64(0) {
			j = (j + 1) % bins
			step++
		}
		full[i] = smallest[j] + step*0x9E3779B97F4A7C15
	}
	sketch := make([]uint64, Bands)
	for b := range sketch {
		h := uint64(b)
		for _, m := range full[b*rows : (b+1)*rows] {
			h = word.Join(h, m)
		}
		sketch[b] = h
	}
	return sketch
}

// each calls f with the hash of every run.
func each(words []uint64, f func(uint64)) {
	for i := 0; i+Run <= len(words); i++ {
		h := words[i]
		for _, w := range words[i+1 : i+Run] {
			h = bits.RotateLeft64(h, 13)*0x9FB21C651E98DF25 + w
		}
		// the output function of SplitMix64: bins are chosen by the high bits
		h = (h ^ h>>30) * 0xBF58476D1CE4E5B9
		h = (h ^ h>>27) * 0x94D049BB133111EB
		f(h ^ h>>31)
	}
}

// Resemblance returns the share of all runs of two texts that both have: 1 for the same words, 0 when either has none.
func Resemblance(a, b []uint64) float64 {
	x, y := runs(a), runs(b)
	both := 0
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] < y[j]:
			i++
		case x[i] > y[j]:
			j++
		default:
			both++
			i++
			j++
		}
	}
	if all := len(x) + len(y) - both; all > 0 {
		return float64(both) / float64(all)
	}
	return 0
}

// runs returns the hashes of the runs, sorted, each once.
func runs(words []uint64) []uint64 {
	out := make([]uint64, 0, len(words))
	each(words, func(h uint64) { out = append(out, h) })
	slices.Sort(out)
	return slices.Compact(out)
}
