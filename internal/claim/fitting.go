package claim

import (
	"maps"
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/weight"
)

// SeenRun is a name with what a text says of it, for fitting the weights: see placehood.
type SeenRun struct {
	Words    string
	Features []weight.Term
	Place    bool // the lexicon is sure that it is one
	Other    bool // or that it is something else
	Excluded bool // a country, a region
}

// runsSeen lists the names of a text for fitting.
func (d *namingDoc) runsSeen() []SeenRun {
	var out []SeenRun
	for i := range d.runs {
		r := &d.runs[i]
		d.know(r)
		x := SeenRun{Words: d.words(r.first, r.end)}
		if r.cues.has(cuePlace) {
			for _, i := range d.e.lex.ByName(x.Words) {
				if e := d.e.lex.Entity(i); e.Kind == contrechamp.KindPlace && (d.e.isCountry(e) || isRegionID(e.ID)) {
					x.Excluded = true
				} else if e.Kind == contrechamp.KindPlace && d.e.lex.Population(i) >= 3*smallTown {
					x.Place = true
				}
			}
		}
		x.Other = r.cues.has(cueOther)
		add := func(name string) {
			x.Features = append(x.Features, weight.Term{Feature: name, Value: 1})
			if r.p.g.nounsCapital {
				x.Features = append(x.Features, weight.Term{Feature: NounsPrefix + name, Value: 1})
			}
		}
		add("bias")
		for c := cue(0); c < cueCount; c++ {
			if r.cues.has(c) && c != cuePlace && c != cueOther {
				add(cueNames[c])
			}
		}
		words := d.placeWordFeatures(r)
		for _, name := range slices.Sorted(maps.Keys(words)) {
			x.Features = append(x.Features, weight.Term{Feature: name, Value: words[name]})
		}
		out = append(out, x)
	}
	return out
}
