package claim

import (
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	contrechamp "contrechamp.org/contrechamp"
)

// hintFile holds the weights of hints: target, place, hint, weight. `make train` writes it.
//
//go:embed hint.csv
var hintFile string

// hintPlace is where a hint stands to the mention that it speaks for.
type hintPlace uint8

const (
	hintAny    hintPlace = iota // anywhere in its sentence, but in the mention itself
	hintBefore                  // at most hintReach units before it
	hintAfter
	hintOwn  // in the mention
	hintText // of the sentence as a whole, and of the text
	hintWith // a class or kind near a sign, for that sign alone: its postings have signs for targets
	hintSign // of a sign itself, or of the text, for that sign alone
	hintPlaces
)

var hintPlaceNames = [hintPlaces]string{"any", "before", "after", "own", "text", "with", "sign"}

// hintReach is how many units away a word still stands right before or behind a mention.
const hintReach = 3

// hintPosting is what a hint in a place adds for a target.
type hintPosting struct {
	target uint8
	weight float32
}

// hintRow are the postings of a hint, by place.
type hintRow [hintPlaces][]hintPosting

// mostHintTargets is how many targets there may be: a power of two.
const mostHintTargets = 32

// hintSums adds up for each target.
type hintSums [mostHintTargets]float32

func (s *hintSums) add(list []hintPosting) {
	for _, p := range list {
		s[p.target%mostHintTargets] += p.weight
	}
}

func (s *hintSums) take(list []hintPosting) {
	for _, p := range list {
		s[p.target%mostHintTargets] -= p.weight
	}
}

// HintWeights are the weights of hints. Without any nothing is claimed by hints.
type HintWeights struct {
	row      map[string]int32 // of hints
	all      []hintPosting    // of all rows, one behind the other, near each other: they are asked for again and again
	bounds   [][hintPlaces + 1]int32
	kinds    [kindCount]int32 // the rows of kinds of mention
	text     [textHintCount]int32
	own      [ownCount]int32
	facts    [len(signFacts)]int32
	knows    [mostHintTargets]bool // the targets that any hint speaks for
	grammars sync.Map              // what hints say of a grammar's words: *grammar to *wordHints
}

// ParseHintWeights reads weights. Errors name the line.
func ParseHintWeights(r io.Reader) (*HintWeights, error) {
	rows := hintRows{row: map[string]int32{}}
	err := readWeights(r, "weights of hints", 3, func(f []string, x float64) error { return rows.add(f[0], f[1], f[2], x) })
	if err != nil {
		return nil, err
	}
	return rows.weights(), nil
}

// NewHintWeights makes weights of features "target: place hint", as Hint has them.
func NewHintWeights(weights map[string]float64) (*HintWeights, error) {
	rows := hintRows{row: map[string]int32{}}
	for name, x := range weights {
		target, place, hint := CutHint(name)
		if err := rows.add(target, place, hint, x); err != nil {
			return nil, fmt.Errorf("%q: %w", name, err)
		}
	}
	return rows.weights(), nil
}

// noHints are no weights at all.
func noHints() *HintWeights { return (&hintRows{}).weights() }

// hintRows are weights as they are read, before they are put near each other.
type hintRows struct {
	row  map[string]int32
	rows []hintRow
}

// CutHint parts the name of a feature: target, place and hint.
func CutHint(name string) (target, place, hint string) {
	target, rest, _ := strings.Cut(name, ": ")
	place, hint, _ = strings.Cut(rest, " ")
	return target, place, hint
}

func (r *hintRows) add(target, place, hint string, x float64) error {
	p := hintPlace(slices.Index(hintPlaceNames[:], place))
	t := slices.IndexFunc(hintTargets, func(t hintTarget) bool { return t.name == target })
	if p == hintWith || p == hintSign {
		t = slices.Index(signIDs, target)
	}
	if t < 0 || p >= hintPlaces {
		return fmt.Errorf("there is no target %q or no place %q: %w", target, place, contrechamp.ErrInvalid)
	}
	k, ok := r.row[hint]
	if !ok {
		k = int32(len(r.rows))
		r.row[hint] = k
		r.rows = append(r.rows, hintRow{})
	}
	r.rows[k][p] = append(r.rows[k][p], hintPosting{uint8(t), float32(x)})
	return nil
}

// weights puts postings in one order, whatever order they came in, and finds the rows of kinds.
func (r *hintRows) weights() *HintWeights {
	w := &HintWeights{row: r.row}
	for k := range w.kinds {
		w.kinds[k] = w.rowOf(kindHints[k])
	}
	for h := range w.text {
		w.text[h] = w.rowOf(textHintNames[h])
	}
	for h := range w.own {
		w.own[h] = w.rowOf(ownHintNames[h])
	}
	for f := range w.facts {
		w.facts[f] = w.rowOf(signFacts[f])
	}
	for _, row := range r.rows {
		for _, list := range row[:hintWith] {
			for _, x := range list {
				w.knows[x.target] = true
			}
		}
		var at [hintPlaces + 1]int32
		for p, list := range row {
			slices.SortFunc(list, func(a, b hintPosting) int { return int(a.target) - int(b.target) })
			at[p] = int32(len(w.all))
			w.all = append(w.all, list...)
		}
		at[hintPlaces] = int32(len(w.all))
		w.bounds = append(w.bounds, at)
	}
	return w
}

// list are the postings of row k in a place.
func (w *HintWeights) list(k int32, p hintPlace) []hintPosting {
	at := &w.bounds[k]
	return w.all[at[p]:at[p+1]]
}

// adds is what a list adds for one target, or for one sign.
func adds(list []hintPosting, target int) (sum float32) {
	for _, x := range list {
		if int(x.target) == target {
			sum += x.weight
		}
	}
	return sum
}

// rowOf answers the row of a hint, -1 for one that adds nothing.
func (w *HintWeights) rowOf(hint string) int32 {
	if k, ok := w.row[hint]; ok {
		return k
	}
	return -1
}

func init() {
	if len(hintTargets) > mostHintTargets {
		panic("claim: more targets of hints than mostHintTargets")
	}
	if len(signIDs) > mostSigns {
		panic("claim: more signs than mostSigns")
	}
}
