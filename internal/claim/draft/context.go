package draft

import (
	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
)

// Levels of a sentence: how near the words for surveillance are.
const (
	LevelFar    = iota // in no sentence beside it
	LevelBeside        // in the sentence before it or behind it, in its paragraph or beside it among short ones
	LevelHere
)

// FindLevels decides for each sentence how near it is to words for surveillance: devices, capabilities, products, named
// systems. A sentence of something else in such a text claims nothing, however well its words would fit.
func (d *Doc) FindLevels() {
	d.Levels = passage.Sized(d.Levels, len(d.Sentences))
	here := 0
	for _, c := range d.Claims {
		if c.Claim.Predicate == contrechamp.Capability {
			d.Levels[c.Sent] = LevelHere
		}
	}
	for i := range d.Sentences {
		s := &d.Sentences[i]
		for u := range s.Units {
			m := s.Units[u].Mention
			if m != nil && (m.Kinds&(grammar.DEV|grammar.CAP|grammar.PRG) != 0 || m.Kinds&grammar.PRD != 0 && m.Entity != nil && m.Entity.Kind == contrechamp.KindProduct) {
				d.Levels[i] = LevelHere
				break
			}
		}
		if d.Levels[i] != LevelHere && d.Holds(s, d.GrammarAt(s).Known.TopicWord) {
			d.Levels[i] = LevelHere
		}
		if d.Levels[i] == LevelHere {
			here++
		}
	}
	for i := range d.Sentences {
		if d.Levels[i] == LevelHere {
			continue
		}
		for _, j := range [2]int{i - 1, i + 1} {
			if j < 0 || j >= len(d.Sentences) || d.Levels[j] != LevelHere {
				continue
			}
			if p, q := d.Sentences[i].Para, d.Sentences[j].Para; p == q || max(p-q, q-p) == 1 && (d.short(p) || d.short(q)) {
				d.Levels[i] = LevelBeside
			}
		}
	}
	if len(d.Sentences) > 0 {
		d.density = float64(here) / float64(len(d.Sentences))
	}
}

func (d *Doc) short(para int) bool {
	return d.Paragraphs[para].End-d.Paragraphs[para].First < ShortPara
}

// Shares of sentences that speak of surveillance: below thin it is one topic among others, from dense on the text has no
// other.
const (
	thin  = 0.3
	dense = 0.45
)

// Densities is how many densities there are, see DensityAt.
const Densities = 3

// Contexts are the features that say how near the words for surveillance are, by level and by density.
var Contexts = [LevelHere][Densities]string{
	LevelFar:    {"context: far in a thin text", "context: far", "context: far in a dense text"},
	LevelBeside: {"context: beside in a thin text", "context: beside", "context: beside in a dense text"},
}

// Strays reports whether a sentence has no word of surveillance, but one of a town's other business: schools, roads, budgets, sport.
func (d *Doc) Strays(sent int) bool {
	if sent >= len(d.Levels) || d.Levels[sent] == LevelHere {
		return false
	}
	s := &d.Sentences[sent]
	return d.Holds(s, d.GrammarAt(s).Known.OtherMatter)
}

// Nearness is the level of a sentence, and the density around it where that is not LevelHere.
func (d *Doc) Nearness(sent int) (level, density int) {
	if sent >= len(d.Levels) || d.Levels[sent] == LevelHere {
		return LevelHere, 0
	}
	return int(d.Levels[sent]), d.DensityAt(sent)
}

// DensityAt tells how dense the text is around a sentence: 0 for thin, 2 for dense.
func (d *Doc) DensityAt(sent int) int {
	const window = 6
	from, to := max(0, sent-window), min(len(d.Levels), sent+window+1)
	here := 0
	for _, l := range d.Levels[from:to] {
		if l == LevelHere {
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

// ShortPara is how many tokens a paragraph has that is a row or a line among others: it needs no word of its own.
const ShortPara = 25
