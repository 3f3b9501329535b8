package claim

import (
	"strings"

	contrechamp "contrechamp.org/contrechamp"
)

// A text makes hundreds of candidates of dozens of features each, and most come to nothing. So a feature's name is written
// out only where somebody wants to see it (Candidates); else its weight alone is kept, in the same order, so that both add up
// to the same sum to the last bit.

// scale is what a model makes of the features whose names begin with one word (a predicate, a capability), by the rest
// of their names.
type scale struct {
	named    map[string]float64
	families [][wheres]float64
	kinds    [kindCount][wheres]float64
}

// where says where a word of a family, or a mention, stands.
type where uint8

const (
	closeBefore where = iota
	closeBehind
	isBefore
	isBehind
	inSentence
	inSentenceBefore
	asked
	inClause
	wheres
)

var whereNames = [wheres]string{" close before", " close behind", " before", " behind", " in the sentence", " in the sentence before", " asked", " in the clause"}

var noScale = newScale(nil)

// scales sorts the weights of a model by the word before the colon.
func (m *Model) scalesOf() map[string]*scale {
	byPrefix := map[string]map[string]float64{}
	for name, w := range m.weights {
		if prefix, rest, ok := strings.Cut(name, ": "); ok {
			if byPrefix[prefix] == nil {
				byPrefix[prefix] = map[string]float64{}
			}
			byPrefix[prefix][rest] = w
		}
	}
	out := map[string]*scale{}
	for prefix, named := range byPrefix {
		out[prefix] = newScale(named)
	}
	return out
}

func newScale(named map[string]float64) *scale {
	s := &scale{named: named, families: make([][wheres]float64, len(familyNames))}
	for at, suffix := range whereNames {
		for n, name := range familyNames {
			s.families[n][at] = named[name+suffix]
		}
		for k := range kindCount {
			s.kinds[k][at] = named[kindTexts[k]+suffix]
		}
	}
	return s
}

// scale is that of features that begin with a word.
func (m *Model) scale(prefix string) *scale {
	if s := m.scales[prefix]; s != nil {
		return s
	}
	return noScale
}

// kindTexts are the names of the kinds, by their bits, and isKind the features that say which a mention is.
var kindTexts, isKindTexts = func() (names, is [kindCount]string) {
	for name, k := range kindNames {
		for i := range kindCount {
			if k == 1<<i {
				names[i], is[i] = name, "is "+name
			}
		}
	}
	return names, is
}()

// weighing collects the features of one candidate.
type weighing struct {
	explained bool
	prefix    string
	scale     *scale
	weights   []float64 // that are not 0, in order
	terms     []Term    // where somebody wants to see them
}

// under goes on with features that begin with another word.
func (w *weighing) under(m *Model, prefix string) { w.prefix, w.scale = prefix, m.scale(prefix) }

func (w *weighing) add(weight float64) {
	if weight != 0 {
		w.weights = append(w.weights, weight)
	}
}

func (w *weighing) name(name string) {
	w.terms = append(w.terms, Term{Feature: w.prefix + ": " + name, Value: 1})
}

// has notes a feature.
func (w *weighing) has(name string) {
	if w.explained {
		w.name(name)
	}
	w.add(w.scale.named[name])
}

// family notes that a word of family n stands somewhere.
func (w *weighing) family(n int, at where) {
	if w.explained {
		w.name(familyNames[n] + whereNames[at])
	}
	w.add(w.scale.families[n][at])
}

// kind notes that a mention of kind k stands somewhere.
func (w *weighing) kind(k int, at where) {
	if w.explained {
		w.name(kindTexts[k] + whereNames[at])
	}
	w.add(w.scale.kinds[k][at])
}

// stepTexts are the features of the steps of the resolver, so that they are not joined again and again.
var stepTexts = func() map[string]string {
	out := map[string]string{}
	for _, s := range []string{"slot", "own words", "user", "fronted", "near", "headed", "subject", "product", "company", "sentence", "nationality", "paragraph", "section",
		"main", "none", "chosen", "firm", "another firm", "firm right behind", "firm before", "firm behind", "previous subject"} {
		out[s] = "step " + s
	}
	return out
}()

func stepText(step string) string {
	if s := stepTexts[step]; s != "" {
		return s
	}
	return "step " + step
}

// roleText is the feature of a paragraph's role.
func roleText(r contrechamp.Role) string {
	switch r {
	case contrechamp.RoleTitle:
		return "in a title"
	case contrechamp.RoleItem:
		return "in a item"
	case contrechamp.RoleHeading:
		return "in a heading"
	}
	return "in a " + string(r)
}

// familiesAt are the families of the words that start at a token.
func (d *doc) familiesAt(g *grammar, t int) familySet {
	e := d.known[t]
	out := g.entryFamilies[e.id]
	for _, h := range e.hits[e.known:] {
		if n := g.evidence[h.class]; n > 0 {
			out.set(int(n) - 1)
		}
	}
	if d.ends(g, t, g.futures) {
		out.set(planFamily)
	}
	return out
}

// familiesOf appends the families of each unit of a sentence.
func (d *doc) familiesOf(s *sentence, out []familySet) []familySet {
	g := d.grammarAt(s)
	for u := range s.units {
		unit := &s.units[u]
		var all familySet
		if unit.mention == nil || unit.kinds&(kDEV|kPOL|kAUT|kORG|kCAP) != 0 {
			for t := unit.first; t < unit.end; t++ {
				all.unite(d.familiesAt(g, t))
			}
		}
		out = append(out, all)
	}
	return out
}

func (f *familySet) unite(o familySet) {
	f[0] |= o[0]
	f[1] |= o[1]
}

// within unites the families of the units [from, to) of a sentence.
func within(units []familySet, from, to int) (out familySet) {
	for u := max(from, 0); u < min(to, len(units)); u++ {
		out.unite(units[u])
	}
	return out
}
