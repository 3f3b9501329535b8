package claim

import (
	_ "embed"
	"fmt"
	"math/bits"
	"strings"

	"contrechamp.org/contrechamp/internal/claim/weight"
)

// Gazetteers end somewhere, and most names of small towns are words or families' names too. Whether the capitals of a
// text name a place is told by how the text speaks of them: behind a locative, before "council", with a genitive, in the
// dateline. The cues of all their occurrences add up (place.csv, fitted by `make train` on the names that the lexicon and
// the gold are sure of): a logistic regression over a few dozen cues, and over the words in and around them (placehood_words.go).

//go:embed place.csv
var placeFile string

// placeWeights are the weights of the cues, for most languages and for those that give every noun a capital.
type placeWeights struct {
	bias   [2]float64
	weight [2][cueCount]float64
	words  *aroundWeights // see placehood_words.go
}

// SmallPlace is the feature of a name that the lexicon knows as a small place's.
var SmallPlace = cueNames[cueSmallPlace]

// NounsPrefix opens the features of languages that give every noun a capital.
const NounsPrefix = "nouns: "

// embeddedPlaceWeights reads the weights that the program carries.
func embeddedPlaceWeights() (*placeWeights, error) {
	weights, err := weight.Parse(strings.NewReader(placeFile))
	if err != nil {
		return nil, fmt.Errorf("place.csv: %w", err)
	}
	return placeWeightsOf(weights), nil
}

// placeWeightsOf puts weights in order.
func placeWeightsOf(weights map[string]float64) *placeWeights {
	w := &placeWeights{words: aroundWeightsOf(weights, placeWordPlaces)}
	for n, prefix := range [2]string{"", NounsPrefix} {
		w.bias[n] = weights["bias"] + float64(n)*weights[NounsPrefix+"bias"]
		for c, name := range cueNames {
			w.weight[n][c] = weights[name]
			if n == 1 {
				w.weight[n][c] += weights[prefix+name]
			}
		}
	}
	return w
}

// placehood is the log-odds that a run names a place.
func (d *namingDoc) placehood(r *run) float64 {
	w, n := d.placeWeights, r.p.g.nouns()
	sum := w.bias[n]
	for cues := r.cues & allCues; cues != 0; cues &= cues - 1 {
		sum += w.weight[n][bits.TrailingZeros64(uint64(cues))]
	}
	return sum + d.placeWords(r)
}

// surelyPlace are the log-odds from which a name is a place.
const surelyPlace = 0.4

// findRunPlaces takes the runs that the text speaks of as of places.
func (d *namingDoc) findRunPlaces() {
	d.collectRuns()
	d.findThings()
	for i := range d.runs {
		d.shapeOf(&d.runs[i])
		d.noteSurname(&d.runs[i])
	}
	d.findTitleFirm()
	d.noteFirms()
	for i := range d.runs {
		r := &d.runs[i]
		if d.titleFirm == int32(i)+1 || r.labels() || r.end-r.first == 1 && d.things[d.fold[r.first]] || d.shortForm(r) {
			continue
		}
		if d.placehood(r)+max(0, d.placeWeights.weight[r.p.g.nouns()][cueSmallPlace]) < surelyPlace {
			continue // whatever the lexicon knows
		}
		d.know(r)
		if r.cues.has(cuePlace) || r.cues.has(cueOther) || d.placehood(r) < surelyPlace || d.saidFirm(int32(i)) {
			continue
		}
		if r.cues.has(cueSmallPlace) {
			d.placed[d.fold[r.first]] = true
			continue
		}
		d.town(r.p, r.first, r.end)
	}
}

// shortForm reports whether a run is a short form, which no town is called by: "police use of NPI". A line that is all in capitals tells nothing.
func (d *namingDoc) shortForm(r *run) bool {
	const longest = 5
	if r.end-r.first != 1 || d.shouts(d.paraOf(r.first)) {
		return false
	}
	w := d.words(r.first, r.end)
	return len(w) <= longest && allCapitals(w)
}
