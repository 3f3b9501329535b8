package naming

import (
	_ "embed"
	"fmt"
	"math/bits"
	"strings"

	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/claim/weight"
)

// Gazetteers end somewhere, and most names of small towns are words or families' names too. Whether the capitals of a
// text name a place is told by how the text speaks of them: behind a locative, before "council", with a genitive, in the
// dateline. The cues of all their occurrences add up (place.csv, fitted by `make train` on the names that the lexicon and
// the gold are sure of): a logistic regression over a few dozen cues, and over the words in and around them (placehood_words.go).

//go:embed place.csv
var placeFile string

// Weights are the weights of the cues, for most languages and for those that give every noun a capital.
type Weights struct {
	bias   [2]float64
	weight [2][CueCount]float64
	Words  *passage.AroundWeights // see placehood_words.go
}

// SmallPlace is the feature of a name that the lexicon knows as a small place's.
var SmallPlace = CueNames[CueSmallPlace]

// NounsPrefix opens the features of languages that give every noun a capital.
const NounsPrefix = "nouns: "

// EmbeddedWeights reads the weights that the program carries.
func EmbeddedWeights() (*Weights, error) {
	weights, err := weight.Parse(strings.NewReader(placeFile))
	if err != nil {
		return nil, fmt.Errorf("place.csv: %w", err)
	}
	return WeightsOf(weights), nil
}

// WeightsOf puts weights in order.
func WeightsOf(weights map[string]float64) *Weights {
	w := &Weights{Words: passage.AroundWeightsOf(weights, PlaceWordPlaces)}
	for n, prefix := range [2]string{"", NounsPrefix} {
		w.bias[n] = weights["bias"] + float64(n)*weights[NounsPrefix+"bias"]
		for c, name := range CueNames {
			w.weight[n][c] = weights[name]
			if n == 1 {
				w.weight[n][c] += weights[prefix+name]
			}
		}
	}
	return w
}

// Placehood is the log-odds that a run names a place.
func (d *Doc) Placehood(r *Run) float64 {
	w, n := d.PlaceWeights, r.Paragraph.Grammar.Nouns()
	sum := w.bias[n]
	for cues := r.Cues & allCues; cues != 0; cues &= cues - 1 {
		sum += w.weight[n][bits.TrailingZeros64(uint64(cues))]
	}
	return sum + d.PlaceWords(r)
}

// surelyPlace are the log-odds from which a name is a place.
const surelyPlace = 0.4

// findRunPlaces takes the runs that the text speaks of as of places.
func (d *Doc) findRunPlaces() {
	d.collectRuns()
	d.findThings()
	for i := range d.Runs {
		d.shapeOf(&d.Runs[i])
		d.noteSurname(&d.Runs[i])
	}
	d.findTitleFirm()
	d.noteFirms()
	for i := range d.Runs {
		r := &d.Runs[i]
		if d.TitleFirm == int32(i)+1 || r.Labels() || r.End-r.First == 1 && d.things[d.Fold[r.First]] || d.shortForm(r) {
			continue
		}
		if d.Placehood(r)+max(0, d.PlaceWeights.weight[r.Paragraph.Grammar.Nouns()][CueSmallPlace]) < surelyPlace {
			continue // whatever the lexicon knows
		}
		d.Know(r)
		if r.Cues.Has(CuePlace) || r.Cues.Has(CueOther) || d.Placehood(r) < surelyPlace || d.saidFirm(int32(i)) {
			continue
		}
		if r.Cues.Has(CueSmallPlace) {
			d.placed[d.Fold[r.First]] = true
			continue
		}
		d.town(r.Paragraph, r.First, r.End)
	}
}

// shortForm reports whether a run is a short form, which no town is called by: "police use of NPI". A line that is all in capitals tells nothing.
func (d *Doc) shortForm(r *Run) bool {
	const longest = 5
	if r.End-r.First != 1 || d.Shouts(d.ParaOf(r.First)) {
		return false
	}
	w := d.Words(r.First, r.End)
	return len(w) <= longest && AllCapitals(w)
}
