package subject

import (
	"contrechamp.org/contrechamp/internal/claim/grammar"
)

// A ministry's answer and a canton's report name towns without being about one of them. Whose matters a text speaks of, a country's, a region's or
// a town's, is told by its words: "ministère", "canton", "conseil municipal".

// The levels of matters.
const (
	OfCountry = iota
	OfRegion
	OfTown
	levelsOfMatters
)

// kindsWithMatters are the kinds of candidates that matters speak for or against: places, and names that nothing is known of.
var kindsWithMatters = [...]mainFeature{isTown, isSite, isRegion, isCountry, isName}

// Matters are the shares of the words for each level's matters, in a text, and in its first lines alone.
type Matters struct{ Whole, head [levelsOfMatters]float64 }

// FindMatters counts the words for matters.
func (d *Doc) FindMatters() (m Matters) {
	for i := range d.Paragraphs {
		p := &d.Paragraphs[i]
		k := &p.Grammar.Known
		if !p.Set.Meets(&k.MatterSet) {
			continue
		}
		for t := p.First; t < p.End; t++ {
			if d.Steps++; !d.Sets[t].Meets(&k.MatterSet) {
				continue
			}
			for level, class := range [...]int32{k.National, k.Regional, k.Local} {
				if class == grammar.NoClass || !d.In(t, class) {
					continue
				}
				m.Whole[level]++
				if i <= d.leadTo {
					m.head[level]++
				}
			}
		}
	}
	m.Whole, m.head = sharesOf(m.Whole), sharesOf(m.head)
	return m
}

// sharesOf are the shares of counts in their sum, small where little was counted.
func sharesOf(counts [levelsOfMatters]float64) [levelsOfMatters]float64 {
	const little = 2
	sum := float64(little)
	for _, n := range counts {
		sum += n
	}
	for level := range counts {
		counts[level] /= sum
	}
	return counts
}

// weigh notes the features of a candidate.
func (m *Matters) weigh(c *Candidate) {
	for i, kind := range kindsWithMatters {
		if kind != c.kind {
			continue
		}
		at := int(mattersFrom) + i*2*levelsOfMatters
		copy(c.values[at:], m.Whole[:])
		copy(c.values[at+levelsOfMatters:], m.head[:])
	}
}

// nameMatters names the features.
func nameMatters(names []string) {
	for i, kind := range kindsWithMatters {
		for level, l := range [levelsOfMatters]string{"national", "regional", "local"} {
			at := int(mattersFrom) + i*2*levelsOfMatters + level
			names[at] = names[kind] + ", " + l + " matters"
			names[at+levelsOfMatters] = names[kind] + ", " + l + " matters first"
		}
	}
}
