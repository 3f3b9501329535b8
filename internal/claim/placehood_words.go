package claim

// Besides the cues, whose classes people wrote, the words themselves tell a place's name: those right before and behind it wherever it stands, those it is
// made of, and how it ends ("-ham", "-ville", "-burg"). A name that stands in many places is told by the mean of them.

// The places of such words.
const (
	placeLeft = iota
	placeLeft2
	placeRight
	placeRight2
	placeOwn
	placeEnd3
	placeEnd4
)

var placeWordPlaces = []string{"left", "second left", "right", "second right", "own", "ends in three", "ends in four"}

const (
	mostMet     = 8 // occurrences of a name that are looked at: the last ones
	longestEnd  = 4 // bytes of an ending
	leastEnding = 5 // bytes of a word whose ending says something
)

// Hints that are no words.
const ()

// eachPlaceWord calls f for the words around the occurrences of a run, with the share that each counts for; -1 stands for what is beyond the paragraph.
func (d *namingDoc) eachPlaceWord(r *run, f func(place int, p *paragraph, t int, share float64)) {
	times := min(r.count, mostMet)
	share := 1 / float64(times)
	at := r.last
	for range times {
		o := &d.met[at-1]
		at = o.before
		p := r.p
		if o.first < p.first || o.first >= p.end {
			p = &d.paras[d.paraOf(o.first)]
		}
		for place, t := range [...]int{placeLeft: o.first - 1, placeLeft2: o.first - 2, placeRight: o.end, placeRight2: o.end + 1} {
			if t < p.first || t >= p.end {
				t = -1
			}
			f(place, p, t, share)
		}
	}
	share = 1 / float64(r.end-r.first)
	for t := r.first; t < r.end; t++ {
		f(placeOwn, r.p, t, share)
	}
}

// eachEnding calls f for the endings of the words of a run.
func (d *namingDoc) eachEnding(r *run, f func(place int, ending string, share float64)) {
	share := 1 / float64(r.end-r.first)
	for t := r.first; t < r.end; t++ {
		if w := d.fold[t]; len(w) >= leastEnding {
			f(placeEnd3, w[len(w)-longestEnd+1:], share)
			f(placeEnd4, w[len(w)-longestEnd:], share)
		}
	}
}

// placeWords is what the words in and around a run add to the log-odds that it names a place. It is asked once.
func (d *namingDoc) placeWords(r *run) float64 {
	w := d.placeWeights.words
	if r.worded || w.wordless() {
		return r.words
	}
	var sum float64
	var of *grammar
	var h *aroundWords
	d.eachPlaceWord(r, func(place int, p *paragraph, t int, share float64) {
		if t < 0 {
			sum += share * float64(w.edge[place])
			return
		}
		if of != p.g {
			of, h = p.g, w.of(p.g)
		}
		if place == placeOwn {
			sum += share * float64(w.classes(&d.passageDoc, h, t, place))
			return
		}
		if d.toks[t].Upper {
			sum += share * float64(w.capital[place])
		}
		sum += share * float64(w.token(&d.passageDoc, h, t, place))
	})
	d.eachEnding(r, func(place int, ending string, share float64) {
		if s := w.hint(ending); s != nil {
			sum += share * float64(s[place])
		}
	})
	r.words, r.worded = sum, true
	return sum
}

// placeWordFeatures are the features that placeWords weighs.
func (d *namingDoc) placeWordFeatures(r *run) map[string]float64 {
	out := map[string]float64{}
	add := func(place int, hint string, share float64) { out[placeWordPlaces[place]+aroundMark+hint] += share }
	d.eachPlaceWord(r, func(place int, p *paragraph, t int, share float64) {
		if t < 0 {
			add(place, hintEdge, share)
			return
		}
		if d.toks[t].Upper && place != placeOwn {
			add(place, hintCapital, share)
		}
		d.eachHintAt(p.g, t, func(hint string) {
			if place != placeOwn || hint[0] == '{' {
				add(place, hint, share)
			}
		})
	})
	d.eachEnding(r, func(place int, ending string, share float64) { add(place, ending, share) })
	return out
}
