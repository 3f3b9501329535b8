package claim

// A ministry's answer and a canton's report name towns without being about one of them. Whose matters a text speaks of, a country's, a region's or
// a town's, is told by its words: "ministère", "canton", "conseil municipal".

// The levels of matters.
const (
	ofCountry = iota
	ofRegion
	ofTown
	levelsOfMatters
)

// kindsWithMatters are the kinds of candidates that matters speak for or against: places, and names that nothing is known of.
var kindsWithMatters = [...]mainFeature{isTown, isSite, isRegion, isCountry, isName}

// matters are the shares of the words for each level's matters, in a text, and in its first lines alone.
type matters struct{ whole, head [levelsOfMatters]float64 }

// findMatters counts the words for matters.
func (d *subjectDoc) findMatters() (m matters) {
	for i := range d.paras {
		p := &d.paras[i]
		k := &p.g.known
		if !p.set.meets(&k.matterSet) {
			continue
		}
		for t := p.first; t < p.end; t++ {
			if d.steps++; !d.sets[t].meets(&k.matterSet) {
				continue
			}
			for level, class := range [...]int32{k.national, k.regional, k.local} {
				if class == noClass || !d.in(t, class) {
					continue
				}
				m.whole[level]++
				if i <= d.leadTo {
					m.head[level]++
				}
			}
		}
	}
	m.whole, m.head = sharesOf(m.whole), sharesOf(m.head)
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
func (m *matters) weigh(c *candidate) {
	for i, kind := range kindsWithMatters {
		if kind != c.kind {
			continue
		}
		at := int(mattersFrom) + i*2*levelsOfMatters
		copy(c.values[at:], m.whole[:])
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
