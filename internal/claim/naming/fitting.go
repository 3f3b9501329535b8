package naming

import (
	"maps"
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/weight"
)

// SeenRun is a name with what a text says of it, for fitting the weights: see Placehood.
type SeenRun struct {
	Words    string
	Features []weight.Term
	Place    bool // the lexicon is sure that it is one
	Other    bool // or that it is something else
	Excluded bool // a country, a region
}

// RunsSeen lists the names of a text for fitting.
func (d *Doc) RunsSeen() []SeenRun {
	var out []SeenRun
	for i := range d.Runs {
		r := &d.Runs[i]
		d.Know(r)
		x := SeenRun{Words: d.Words(r.First, r.End)}
		if r.Cues.Has(CuePlace) {
			for _, i := range d.Knows.Lexicon.ByName(x.Words) {
				if e := d.Knows.Lexicon.Entity(i); e.Kind == contrechamp.KindPlace && (d.Knows.IsCountry(e) || IsRegionID(e.ID)) {
					x.Excluded = true
				} else if e.Kind == contrechamp.KindPlace && d.Knows.Lexicon.Population(i) >= 3*smallTown {
					x.Place = true
				}
			}
		}
		x.Other = r.Cues.Has(CueOther)
		add := func(name string) {
			x.Features = append(x.Features, weight.Term{Feature: name, Value: 1})
			if r.Paragraph.Grammar.NounsCapital {
				x.Features = append(x.Features, weight.Term{Feature: NounsPrefix + name, Value: 1})
			}
		}
		add("bias")
		for c := Cue(0); c < CueCount; c++ {
			if r.Cues.Has(c) && c != CuePlace && c != CueOther {
				add(CueNames[c])
			}
		}
		words := d.PlaceWordFeatures(r)
		for _, name := range slices.Sorted(maps.Keys(words)) {
			x.Features = append(x.Features, weight.Term{Feature: name, Value: words[name]})
		}
		out = append(out, x)
	}
	return out
}
