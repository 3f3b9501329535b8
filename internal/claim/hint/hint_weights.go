package hint

import (
	_ "embed"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"sync"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/claim/weight"
)

// hintFile holds the weights of hints: target, place, hint, weight. `make train` writes it.
//
//go:embed hint.csv
var hintFile string

// Place is where a hint stands to the mention that it speaks for.
type Place uint8

const (
	Any        Place = iota // anywhere in its sentence, but in the mention itself
	hintBefore              // at most hintReach units before it
	hintAfter
	hintOwn  // in the mention
	hintText // of the sentence as a whole, and of the text
	hintWith // a class or kind near a sign, for that sign alone: it has signs for targets
	hintSign // of a sign itself, or of the text, for that sign alone
	hintPlaces
)

var hintPlaceNames = [hintPlaces]string{"any", "before", "after", "own", "text", "with", "sign"}

// hintReach is how many units away a word still stands right before or behind a mention.
const hintReach = 3

// Sums adds up for each target, or for each sign, in hundredths, as hint.csv has them: whole numbers add up to the same in whatever order.
// Three of them share a number, so that all lie in one line of a processor's memory and are added at once: a sum would need 26 of log-odds from
// each of 400 words to reach the bits of the next.
type Sums [8]uint64

const (
	sumsInNumber    = 3
	sumBits         = 21
	SumBias         = 1 << (sumBits - 1)
	allBiased       = SumBias | SumBias<<sumBits | SumBias<<(2*sumBits)
	MostHintTargets = len(Sums{}) * sumsInNumber
)

func (s *Sums) add(o *Sums) {
	s[0], s[1], s[2], s[3] = s[0]+o[0], s[1]+o[1], s[2]+o[2], s[3]+o[3]
	s[4], s[5], s[6], s[7] = s[4]+o[4], s[5]+o[5], s[6]+o[6], s[7]+o[7]
}

func (s *Sums) take(o *Sums) {
	s[0], s[1], s[2], s[3] = s[0]-o[0], s[1]-o[1], s[2]-o[2], s[3]-o[3]
	s[4], s[5], s[6], s[7] = s[4]-o[4], s[5]-o[5], s[6]-o[6], s[7]-o[7]
}

// put adds for one target.
func (s *Sums) put(target, hundredths int) {
	s[target/sumsInNumber] += uint64(hundredths) << (target % sumsInNumber * sumBits)
}

// Of is the sum of one target, in hundredths.
func (s *Sums) Of(target int) int {
	biased := s[target/sumsInNumber] + allBiased
	return int(biased>>(target%sumsInNumber*sumBits)&(1<<sumBits-1)) - SumBias
}

// logOdds are log-odds of hundredths.
func logOdds(hundredths int) float64 { return float64(hundredths) / 100 }

// Row is where the sums of a hint lie among the lines of its table, by place.
type Row [hintPlaces]int32

// hintTable are the sums of hints, or of words with all their hints. The first row has none, the first line adds nothing.
type hintTable struct {
	Rows  []Row
	lines []Sums
}

// Line is what row k adds in a place.
func (h *hintTable) Line(k int32, p Place) *Sums { return &h.lines[h.Rows[k][p]] }

// Weights are the weights of hints. Without any nothing is claimed by hints.
type Weights struct {
	hintTable
	row      map[string]int32         // of hints
	sieve    grammar.Pairs            // of the same: most words that no grammar knows are no hints
	kinds    [grammar.KindCount]int32 // the rows of kinds of mention
	text     [textHintCount]int32
	own      [ownCount]int32
	facts    [len(signFacts)]int32
	knows    [MostHintTargets]bool // the targets that any hint speaks for
	grammars sync.Map              // what hints say of a grammar's words: *grammar to *WordHints
}

// EmbeddedWeights reads the weights that the program carries.
func EmbeddedWeights() (*Weights, error) {
	weights, err := parseWeights(strings.NewReader(hintFile))
	if err != nil {
		return nil, fmt.Errorf("hint.csv: %w", err)
	}
	return weights, nil
}

// parseWeights reads weights. Errors name the line.
func parseWeights(r io.Reader) (*Weights, error) {
	w := NoHints()
	err := weight.Read(r, "weights of hints", 3, func(f []string, x float64) error { return w.put(f[0], f[1], f[2], x) })
	if err != nil {
		return nil, err
	}
	w.find()
	return w, nil
}

// NewWeights makes weights of features "target: place hint", as Hint has them.
func NewWeights(weights map[string]float64) (*Weights, error) {
	w := NoHints()
	for name, x := range weights {
		target, place, hint := Cut(name)
		if err := w.put(target, place, hint, x); err != nil {
			return nil, fmt.Errorf("%q: %w", name, err)
		}
	}
	w.find()
	return w, nil
}

// NoHints are no weights at all.
func NoHints() *Weights {
	return &Weights{hintTable: hintTable{Rows: make([]Row, 1), lines: make([]Sums, 1)}, row: map[string]int32{}}
}

// Cut parts the name of a feature: target, place and hint.
func Cut(name string) (target, place, hint string) {
	target, rest, _ := strings.Cut(name, ": ")
	place, hint, _ = strings.Cut(rest, " ")
	return target, place, hint
}

// mostHintWeight bounds a weight: more than that nobody fits.
const mostHintWeight = 20

// put notes what a hint in a place adds for a target.
func (w *Weights) put(target, place, hint string, x float64) error {
	p := Place(slices.Index(hintPlaceNames[:], place))
	t := slices.IndexFunc(Targets, func(t Target) bool { return t.Name == target })
	if p == hintWith || p == hintSign {
		t = slices.Index(grammar.SignIDs, target)
	} else if t >= 0 {
		w.knows[t] = true
	}
	if t < 0 || p >= hintPlaces || math.Abs(x) > mostHintWeight {
		return fmt.Errorf("there is no target %q, no place %q, or no such weight: %w", target, place, contrechamp.ErrInvalid)
	}
	k, ok := w.row[hint]
	if !ok {
		k = int32(len(w.Rows))
		w.row[strings.Clone(hint)] = k // else it keeps its whole line
		w.sieve.Add(0, grammar.SecondOf(hint))
		w.Rows = append(w.Rows, Row{})
	}
	if w.Rows[k][p] == 0 {
		w.Rows[k][p] = int32(len(w.lines))
		w.lines = append(w.lines, Sums{})
	}
	w.Line(k, p).put(t, int(math.Round(x*100)))
	return nil
}

// rowOf is the row of a word.
func (w *Weights) rowOf(fold string) int32 {
	key := passage.HintKey(fold)
	if !w.sieve.Has(0, grammar.SecondOf(key)) {
		return 0
	}
	return w.row[key]
}

// find finds the rows of what is no word.
func (w *Weights) find() {
	for k := range w.kinds {
		w.kinds[k] = w.row[passage.KindHints[k]]
	}
	for h := range w.text {
		w.text[h] = w.row[textHintNames[h]]
	}
	for h := range w.own {
		w.own[h] = w.row[OwnHintNames[h]]
	}
	for f := range w.facts {
		w.facts[f] = w.row[signFacts[f]]
	}
}

func init() {
	if len(Targets) > MostHintTargets {
		panic("claim: more targets of hints than mostHintTargets")
	}
	if len(grammar.SignIDs) > mostSigns || mostSigns > MostHintTargets {
		panic("claim: more signs than mostSigns")
	}
}
