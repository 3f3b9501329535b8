package naming

import (
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
)

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

// PlaceWordPlaces name the places in features.
var PlaceWordPlaces = []string{"left", "second left", "right", "second right", "own", "ends in three", "ends in four"}

const (
	mostMet     = 8 // occurrences of a name that are looked at: the last ones
	longestEnd  = 4 // bytes of an ending
	leastEnding = 5 // bytes of a word whose ending says something
)

// eachPlaceWord calls f for the words around the occurrences of a run, with the share that each counts for; -1 stands for what is beyond the paragraph.
func (d *Doc) eachPlaceWord(r *Run, f func(place int, p *passage.Paragraph, t int, share float64)) {
	times := min(r.count, mostMet)
	share := 1 / float64(times)
	at := r.last
	for range times {
		o := &d.Met[at-1]
		at = o.before
		p := r.Paragraph
		if o.First < p.First || o.First >= p.End {
			p = &d.Paragraphs[d.ParaOf(o.First)]
		}
		for place, t := range [...]int{placeLeft: o.First - 1, placeLeft2: o.First - 2, placeRight: o.End, placeRight2: o.End + 1} {
			if t < p.First || t >= p.End {
				t = -1
			}
			f(place, p, t, share)
		}
	}
	share = 1 / float64(r.End-r.First)
	for t := r.First; t < r.End; t++ {
		f(placeOwn, r.Paragraph, t, share)
	}
}

// eachEnding calls f for the endings of the words of a run.
func (d *Doc) eachEnding(r *Run, f func(place int, ending string, share float64)) {
	share := 1 / float64(r.End-r.First)
	for t := r.First; t < r.End; t++ {
		if w := d.Fold[t]; len(w) >= leastEnding {
			f(placeEnd3, w[len(w)-longestEnd+1:], share)
			f(placeEnd4, w[len(w)-longestEnd:], share)
		}
	}
}

// PlaceWords is what the words in and around a run add to the log-odds that it names a place. It is asked once.
func (d *Doc) PlaceWords(r *Run) float64 {
	w := d.PlaceWeights.Words
	if r.worded || w.Wordless() {
		return r.words
	}
	var sum float64
	var of *grammar.Grammar
	var h *passage.AroundWords
	d.eachPlaceWord(r, func(place int, p *passage.Paragraph, t int, share float64) {
		if t < 0 {
			sum += share * float64(w.Edge[place])
			return
		}
		if of != p.Grammar {
			of, h = p.Grammar, w.Of(p.Grammar)
		}
		if place == placeOwn {
			sum += share * float64(w.Classes(d.Passage(), h, t, place))
			return
		}
		if d.Tokens[t].Upper {
			sum += share * float64(w.Capital[place])
		}
		sum += share * float64(w.Token(d.Passage(), h, t, place))
	})
	d.eachEnding(r, func(place int, ending string, share float64) {
		if s := w.Hint(ending); s != nil {
			sum += share * float64(s[place])
		}
	})
	r.words, r.worded = sum, true
	return sum
}

// PlaceWordFeatures are the features that PlaceWords weighs.
func (d *Doc) PlaceWordFeatures(r *Run) map[string]float64 {
	out := map[string]float64{}
	add := func(place int, hint string, share float64) {
		out[PlaceWordPlaces[place]+passage.AroundMark+hint] += share
	}
	d.eachPlaceWord(r, func(place int, p *passage.Paragraph, t int, share float64) {
		if t < 0 {
			add(place, passage.HintEdge, share)
			return
		}
		if d.Tokens[t].Upper && place != placeOwn {
			add(place, passage.HintCapital, share)
		}
		d.EachHintAt(p.Grammar, t, func(hint string) {
			if place != placeOwn || hint[0] == '{' {
				add(place, hint, share)
			}
		})
	})
	d.eachEnding(r, func(place int, ending string, share float64) { add(place, ending, share) })
	return out
}
