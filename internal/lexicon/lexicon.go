package lexicon

import (
	"fmt"
	"sync/atomic"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// Form is one reading of a name: which entity it names, and how surely.
type Form struct {
	Entity    int32 // for [Lexicon.Entity]
	Ambiguous bool  // also a common word, or an acronym of many things: needs a second cue
	Exact     bool  // found because the spelling is exactly that of the lexicon
	Capital   bool  // found because it starts with a capital
	Demonym   bool  // "chinoise": the entity is the country
}

// Match is a passage that bears a name of the lexicon.
type Match struct {
	contrechamp.Span     // bytes of the text
	First, Last      int // tokens [First, Last); not set by the ways in that take no tokens
	// Forms are the readings, the likeliest first: bodies and firms before places, countries before cities, large
	// places before small ones. They belong to the lexicon and must not be changed.
	Forms []Form
}

// Lexicon is a set of names. It does not change once it is made; all methods may be called from several goroutines.
type Lexicon struct {
	index
	entities []contrechamp.Entity // those kept whole
	places   gazetteer            // the rest, numbered after them
	ids      map[string]int32     // of entities
	roles    map[string]Role      // by ID, of those that have one
}

// gazetteer keeps places as the lines of their file.
type gazetteer struct {
	text       string
	lines      []uint32 // start of each line in text, in the order of their IDs
	population []int32
	exonyms    map[int][]contrechamp.Name // further names, which the lines lack
	made       []atomic.Pointer[contrechamp.Entity]
}

// Len returns how many entities the lexicon keeps whole: all but the places of its gazetteer. They are numbered from
// 0; the places follow, up to Size.
func (l *Lexicon) Len() int { return len(l.entities) }

// Size returns how many entities the lexicon knows. Asking for all of them makes all of them, which takes some tens of
// megabytes.
func (l *Lexicon) Size() int { return len(l.entities) + len(l.places.lines) }

// Names returns how many different names the finder knows.
func (l *Lexicon) Names() int { return len(l.finals) }

// Entity returns entity i: the same pointer each time. It must not be changed.
func (l *Lexicon) Entity(i int32) *contrechamp.Entity {
	if int(i) < len(l.entities) {
		return &l.entities[i]
	}
	return l.places.entity(int(i) - len(l.entities))
}

// Population returns how many people live in a place, as far as the lexicon knows, else 0.
func (l *Lexicon) Population(i int32) int {
	if p := int(i) - len(l.entities); p >= 0 {
		return int(l.places.population[p])
	}
	return 0
}

// ByID returns the number of the entity with that ID: ErrNotFound.
func (l *Lexicon) ByID(id string) (int32, error) {
	if i, ok := l.ids[id]; ok {
		return i, nil
	}
	if p, ok := l.places.byID(id); ok {
		return int32(len(l.entities) + p), nil
	}
	return 0, fmt.Errorf("lexicon: entity %q: %w", id, contrechamp.ErrNotFound)
}

// ByName returns the entities that bear exactly that name, case and accents apart, the likeliest first: every
// reading, ambiguous ones too, but not what a demonym points to.
func (l *Lexicon) ByName(name string) []int32 {
	var room [12]word.Token
	return l.NamedBy(nil, name, word.Cut(room[:0], name))
}

// NamedBy is ByName of the name that all of the tokens of a text make; it appends to dst.
func (l *Lexicon) NamedBy(dst []int32, name string, toks []word.Token) []int32 {
	out := dst
	add := func(f *final) {
		l.every(f, func(forms []Form) {
			for _, form := range forms {
				if !form.Demonym && !contains(out, form.Entity) {
					out = append(out, form.Entity)
				}
			}
		})
	}
	first := nextWord(name, toks, 0)
	if first == len(toks) {
		return out
	}
	for _, common := range [2]bool{false, true} {
		l.walk(name, toks, first, common, func(last int, f *final) {
			if nextWord(name, toks, last) == len(toks) {
				add(f)
			}
		})
	}
	return out
}

func contains(list []int32, x int32) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}
