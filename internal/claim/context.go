package claim

import (
	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
)

// Levels of a sentence: how near the words for surveillance are.
const (
	levelFar    = iota // in no sentence beside it
	levelBeside        // in the sentence before it or behind it, in its paragraph or beside it among short ones
	levelHere
)

// findLevels decides for each sentence how near it is to words for surveillance: devices, capabilities, products, named
// systems. A sentence of something else in such a text claims nothing, however well its words would fit.
func (d *draftDoc) findLevels() {
	d.levels = passage.Sized(d.levels, len(d.Sentences))
	here := 0
	for _, c := range d.claims {
		if c.claim.Predicate == contrechamp.Capability {
			d.levels[c.sent] = levelHere
		}
	}
	for i := range d.Sentences {
		s := &d.Sentences[i]
		for u := range s.Units {
			m := s.Units[u].Mention
			if m != nil && (m.Kinds&(grammar.DEV|grammar.CAP|grammar.PRG) != 0 || m.Kinds&grammar.PRD != 0 && m.Entity != nil && m.Entity.Kind == contrechamp.KindProduct) {
				d.levels[i] = levelHere
				break
			}
		}
		if d.levels[i] != levelHere && d.Holds(s, d.GrammarAt(s).Known.TopicWord) {
			d.levels[i] = levelHere
		}
		if d.levels[i] == levelHere {
			here++
		}
	}
	for i := range d.Sentences {
		if d.levels[i] == levelHere {
			continue
		}
		for _, j := range [2]int{i - 1, i + 1} {
			if j < 0 || j >= len(d.Sentences) || d.levels[j] != levelHere {
				continue
			}
			if p, q := d.Sentences[i].Para, d.Sentences[j].Para; p == q || max(p-q, q-p) == 1 && (d.short(p) || d.short(q)) {
				d.levels[i] = levelBeside
			}
		}
	}
	if len(d.Sentences) > 0 {
		d.density = float64(here) / float64(len(d.Sentences))
	}
}

func (d *draftDoc) short(para int) bool {
	return d.Paragraphs[para].End-d.Paragraphs[para].First < shortPara
}

// Shares of sentences that speak of surveillance: below thin it is one topic among others, from dense on the text has no
// other.
const (
	thin  = 0.3
	dense = 0.45
)

// densities is how many densities there are, see densityAt.
const densities = 3

// contexts are the features that say how near the words for surveillance are, by level and by density.
var contexts = [levelHere][densities]string{
	levelFar:    {"context: far in a thin text", "context: far", "context: far in a dense text"},
	levelBeside: {"context: beside in a thin text", "context: beside", "context: beside in a dense text"},
}

// strays reports whether a sentence has no word of surveillance, but one of a town's other business: schools, roads, budgets, sport.
func (d *draftDoc) strays(sent int) bool {
	if sent >= len(d.levels) || d.levels[sent] == levelHere {
		return false
	}
	s := &d.Sentences[sent]
	return d.Holds(s, d.GrammarAt(s).Known.OtherMatter)
}

// nearness is the level of a sentence, and the density around it where that is not levelHere.
func (d *draftDoc) nearness(sent int) (level, density int) {
	if sent >= len(d.levels) || d.levels[sent] == levelHere {
		return levelHere, 0
	}
	return int(d.levels[sent]), d.densityAt(sent)
}

// densityAt tells how dense the text is around a sentence: 0 for thin, 2 for dense.
func (d *draftDoc) densityAt(sent int) int {
	const window = 6
	from, to := max(0, sent-window), min(len(d.levels), sent+window+1)
	here := 0
	for _, l := range d.levels[from:to] {
		if l == levelHere {
			here++
		}
	}
	// of the whole text, and of what stands around
	switch density := (float64(here)/float64(to-from) + d.density) / 2; {
	case density < thin:
		return 0
	case density < dense:
		return 1
	}
	return 2
}

// shortPara is how many tokens a paragraph has that is a row or a line among others: it needs no word of its own.
const shortPara = 25
