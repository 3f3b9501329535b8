package subject

import (
	"cmp"
	_ "embed"
	"math"
	"slices"

	contrechamp "contrechamp.org/contrechamp"
)

// A text is often about several things: the second town, a station of the town, the railway that runs what is there. What else it may
// be about is among the choices of each claim (likely), and a body, a system or a chain of shops whose deployment all of it tells of lends
// its name to what is said of the place (alongside): a deployment is known by either.

//go:embed alongside.csv
var alongsideFile string

// likely is what a text may be about.
type likely struct {
	entity *contrechamp.Entity
	share  float64 // how likely
}

// mostLikely is how many are kept, leastLikely how likely they must be.
const (
	mostLikely  = 5
	leastLikely = 0.02
)

// findLikely keeps the likeliest candidates, the likeliest first.
func (d *Doc) findLikely(list []Candidate) {
	d.likely = d.likely[:0]
	for i := range list {
		if c := &list[i]; c.likely >= leastLikely {
			e := c.entity
			if e == nil {
				r := &d.Runs[c.run]
				e = d.Made(contrechamp.KindPlace, d.Words(r.First, r.End))
			}
			d.likely = append(d.likely, likely{e, c.likely})
		}
	}
	slices.SortStableFunc(d.likely, func(a, b likely) int { return cmp.Compare(b.share, a.share) })
	d.likely = d.likely[:min(len(d.likely), mostLikely)]
}

// likelyShares are the bounds of the features that say how likely it is that a text is about something.
var likelyShares = [...]float64{0.8, 0.6, 0.4, 0.25, 0.15, 0.08, 0}

// howLikely is the feature of an entity that the text may be about, false where that is unlikely.
func (d *Doc) howLikely(e *contrechamp.Entity) (choiceFeature, bool) {
	for _, x := range d.likely {
		if x.entity == e {
			for i, least := range likelyShares {
				if x.share >= least {
					return choiceLikely[i], true
				}
			}
		}
	}
	return 0, false
}

// oddsOfMain are the log-odds of the main subject against all others.
func (d *Doc) oddsOfMain() float64 {
	const most = 4
	if len(d.likely) == 0 {
		return 0
	}
	p := leastLikely
	for _, x := range d.likely {
		if x.entity == d.Main.Entity {
			p = x.share
		}
	}
	return max(-most, min(most, math.Log(p/max(1-p, 1e-9))))
}

// besidePlace are the odds from which a name stands beside the place's.
const (
	besidePlace = -0.2
	mostBeside  = 2
)

// findAlongside finds the bodies, systems, firms and names that what the text tells of is known by besides its place.
func (d *Doc) findAlongside(list []Candidate) {
	d.Alongside = d.Alongside[:0]
	type named struct {
		c    *Candidate
		odds float64
	}
	var found []named
	for i := range list {
		c := &list[i]
		if c.isPlace() || c.entity != nil && c.entity == d.Main.Entity {
			continue
		}
		if odds := d.SubjectWeights.alongside.mainScore(c) + d.SubjectWeights.alongsideBias; odds >= besidePlace {
			found = append(found, named{c, odds})
		}
	}
	slices.SortStableFunc(found, func(a, b named) int { return cmp.Compare(b.odds, a.odds) })
	for _, x := range found[:min(len(found), mostBeside)] {
		e := x.c.entity
		if e == nil {
			r := &d.Runs[x.c.run]
			e = d.Made(contrechamp.KindOrganisation, d.Words(r.First, r.End))
		}
		d.Alongside = append(d.Alongside, e)
	}
}

// isPlace reports whether a candidate is a place, or a name that is spoken of as one.
func (c *Candidate) isPlace() bool {
	switch c.kind {
	case isTown, isSite, isRegion, isCountry:
		return true
	}
	return c.kind == isName && c.values[placeLike] > nameOfPlace
}

// nameOfPlace are the log-odds from which a name that the lexicon does not know is taken for a place's here.
const nameOfPlace = -0.5
