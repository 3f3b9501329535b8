package view

import (
	"math"

	"github.com/paulmach/orb"
)

// Seer answers what cameras see among buildings. It keeps buffers: one for each goroutine. Buildings may be nil:
// then nothing stands in the way.
type Seer struct {
	Buildings *Buildings
	// Guess makes something also of cameras without a noted direction: see [Seer.See]. Maps leave it off and draw
	// no cone; counts of what is covered need a lower and an upper bound.
	Guess bool

	sweep   Sweep
	walls   []Wall
	clipped []Metres
}

// See answers what a camera shows in a case.
//
// The eye. A camera noted inside a footprint is moved to the outside of the nearest wall that its direction leads
// away from, if there is one within 25 m; two cameras in five are noted so. One noted as indoors has no view of
// public ground.
//
// The direction. What is noted counts. A camera that turns sees all round in the common and the fine case, and in
// the modest case only what is noted. Where nothing is noted, nothing is drawn; with Guess, the common case lets a
// camera on a wall look straight out from it, and the fine case lets every camera look anywhere.
//
// It returns contrechamp.ErrInvalid for numbers that no camera has.
func (s *Seer) See(n Noted, c Case) (View, error) {
	if err := n.validate(); err != nil {
		return View{}, err
	}
	v := c.assume(n)
	v.Eye = n.At
	if n.Indoor {
		v.Blind = Indoors
		return v, nil
	}
	s.direct(&v, n)
	plane := NewPlane(n.At)
	wall, onWall, inside := s.lean(plane, v.Sectors)
	if len(v.Sectors) == 0 && s.Guess && c.Name == Common.Name && onWall && (inside || wall.distance <= wallReach) {
		v.Sectors = append(v.Sectors, Facing(math.Atan2(wall.outward.X, wall.outward.Y)*180/math.Pi, v.Angle))
		v.Assumptions = append(v.Assumptions, AssumedWall)
	}
	if len(v.Sectors) == 0 {
		v.Blind = NoDirection
		return v, nil
	}
	if inside {
		if !onWall {
			v.Blind = WalledIn
			return v, nil
		}
		v.Eye = plane.From(wall.before())
		v.Assumptions = append(v.Assumptions, AssumedOutside)
		plane = NewPlane(v.Eye)
	}
	s.rings(&v, plane)
	return v, nil
}

// direct fills in the sectors that are noted, or follow from turning.
func (s *Seer) direct(v *View, n Noted) {
	v.Sectors = append(v.Sectors, n.Sectors...)
	for _, b := range n.Bearings {
		v.Sectors = append(v.Sectors, Facing(b, v.Angle))
	}
	switch {
	case n.Turns && v.Case.Name != Modest.Name:
		v.Sectors = []Sector{{0, 360}}
		v.Assumptions = append(v.Assumptions, AssumedAllRound)
	case len(v.Sectors) == 0 && s.Guess && v.Case.Name == Fine.Name:
		v.Sectors = []Sector{{0, 360}}
		v.Assumptions = append(v.Assumptions, AssumedAnywhere)
	}
}

// lean finds the wall that a camera hangs on, and whether the camera is noted inside a building.
func (s *Seer) lean(p Plane, sectors []Sector) (w wallNear, onWall, inside bool) {
	if s.Buildings == nil {
		return w, false, false
	}
	inside = s.Buildings.insideOf(p)
	reach := float64(wallReach)
	if inside {
		reach = outOfReach
	} else if len(sectors) > 0 {
		return w, false, false // it stands free and knows where it looks
	}
	bearing := math.NaN()
	if len(sectors) == 1 && sectors[0].Span < 180 {
		bearing = sectors[0].Middle() * math.Pi / 180
	}
	w, onWall = s.Buildings.nearestWall(p, reach, bearing)
	if !onWall && !math.IsNaN(bearing) {
		w, onWall = s.Buildings.nearestWall(p, reach, math.NaN())
	}
	return w, onWall, inside
}

// rings computes what is seen between the walls, once for the furthest level, and cuts the nearer ones from it.
func (s *Seer) rings(v *View, plane Plane) {
	v.Foot = BlindFoot(v.Height, v.Tilt, v.Angle)
	far := farEdge(v.Height, v.Tilt, v.Angle)
	reach := make([]float64, len(drawn))
	longest, capped := 0.0, false
	for i, l := range drawn {
		r := math.Min(onGround(Reach(v.Case.Pixels, l.PixelsPerMetre, v.Angle), v.Height), far)
		if r > MaxRange {
			r, capped = MaxRange, true
		}
		reach[i] = r
		longest = math.Max(longest, r)
	}
	if capped {
		v.Assumptions = append(v.Assumptions, AssumedRange)
	}
	if longest <= v.Foot {
		return
	}
	s.walls = s.Buildings.walls(plane, longest, s.walls[:0])
	outlines := make([][]Metres, len(v.Sectors))
	for i, sector := range v.Sectors {
		outlines[i] = append(outlines[i], s.sweep.Visible(s.walls, sector.From*math.Pi/180, sector.Span*math.Pi/180, longest)...)
	}
	for i, l := range drawn {
		if reach[i] <= v.Foot {
			continue
		}
		ring := Ring{Level: l, Reach: reach[i]}
		for j, sector := range v.Sectors {
			allRound := sector.Span >= 360
			s.clipped = within(outlines[j], reach[i], allRound, s.clipped[:0])
			ring.Outline = append(ring.Outline, plane.polygons(s.clipped, v.Foot, allRound)...)
		}
		v.Rings = append(v.Rings, ring)
	}
}

// Bound returns the box of everything that is seen.
func (v View) Bound() orb.Bound {
	b := orb.Bound{Min: v.Eye, Max: v.Eye}
	for _, r := range v.Rings {
		b = b.Union(r.Outline.Bound())
	}
	return b
}
