package claim

import (
	"maps"
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/weight"
)

// Run is a name with what a text says of it, for fitting the weights: see placehood.
type Run struct {
	Words    string
	Features []weight.Term
	Place    bool // the lexicon is sure that it is one
	Other    bool // or that it is something else
	Excluded bool // a country, a region
}

// runsSeen lists the names of a text for fitting.
func (d *doc) runsSeen() []Run {
	var out []Run
	for i := range d.runs {
		r := &d.runs[i]
		d.know(r)
		x := Run{Words: d.words(r.first, r.end)}
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

// MainCandidate is a candidate as Mains shows it, for fitting.
type MainCandidate struct {
	Names    []string
	Place    bool // a place, or a name spoken of as one
	Main     bool // the text may be about it
	Features []weight.Term
}

// mainsSeen lists the candidates of a text.
func (d *doc) mainsSeen(list []candidate) []MainCandidate {
	var out []MainCandidate
	for i := range list {
		c := &list[i]
		x := MainCandidate{Place: c.isPlace(), Main: c.kind.main()}
		if c.entity != nil {
			x.Names = append([]string{c.entity.ID}, c.entity.Ref().Names...)
		} else {
			x.Names = []string{d.words(d.runs[c.run].first, d.runs[c.run].end)}
		}
		for f, v := range c.values {
			if v != 0 {
				x.Features = append(x.Features, weight.Term{Feature: mainNames[f], Value: v})
			}
		}
		out = append(out, x)
	}
	return out
}
