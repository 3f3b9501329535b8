package view

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/tidwall/rtree"
)

// Buildings are what stands in the way. Build one with [NewBuildings]; asking is safe for several goroutines.
type Buildings struct {
	tree      rtree.RTreeG[int32]
	footprint []footprint
}

// footprint is a ring of a building, corners counter-clockwise for an outer ring and clockwise for a courtyard, so
// that the outside is always to the right. The last corner is not repeated.
type footprint struct {
	ring     []orb.Point
	building int32 // rings of one building have the same number
	crossed  bool  // it crosses itself, or is too long to tell: no side is the inside
}

// crossingsUpTo is the number of corners up to which a ring is looked at for sides that cross.
const crossingsUpTo = 400

// NewBuildings indexes footprints. Rings with fewer than three corners, and corners off the globe, are left out:
// Left says how many.
func NewBuildings(all []orb.Polygon) (b *Buildings, left int) {
	b = &Buildings{}
	for i, polygon := range all {
		for j, r := range polygon {
			ring, ok := corners(r)
			if !ok {
				left++
				continue
			}
			f := footprint{ring: ring, building: int32(i)}
			if ccw := area(ring) > 0; ccw != (j == 0) {
				for a, z := 0, len(ring)-1; a < z; a, z = a+1, z-1 {
					ring[a], ring[z] = ring[z], ring[a]
				}
			}
			f.crossed = crossesItself(ring)
			low, high := bound(ring)
			b.tree.Insert(low, high, int32(len(b.footprint)))
			b.footprint = append(b.footprint, f)
		}
	}
	return b, left
}

// Len returns the number of rings.
func (b *Buildings) Len() int { return len(b.footprint) }

func corners(r orb.Ring) ([]orb.Point, bool) {
	ring := make([]orb.Point, 0, len(r))
	for _, p := range r {
		if !(math.Abs(p[0]) <= 180 && math.Abs(p[1]) <= 90) {
			return nil, false
		}
		if n := len(ring); n == 0 || ring[n-1] != p {
			ring = append(ring, p)
		}
	}
	for len(ring) > 1 && ring[0] == ring[len(ring)-1] {
		ring = ring[:len(ring)-1]
	}
	return ring, len(ring) >= 3
}

func area(ring []orb.Point) float64 {
	sum := 0.0
	o := ring[0] // near the ring, so that the differences keep their digits
	for i, p := range ring {
		q := ring[(i+1)%len(ring)]
		sum += (p[0]-o[0])*(q[1]-o[1]) - (q[0]-o[0])*(p[1]-o[1])
	}
	return sum / 2
}

func bound(ring []orb.Point) (low, high [2]float64) {
	low, high = ring[0], ring[0]
	for _, p := range ring[1:] {
		low = [2]float64{math.Min(low[0], p[0]), math.Min(low[1], p[1])}
		high = [2]float64{math.Max(high[0], p[0]), math.Max(high[1], p[1])}
	}
	return low, high
}

func crossesItself(ring []orb.Point) bool {
	n := len(ring)
	if n > crossingsUpTo {
		return true
	}
	side := func(a, b, c orb.Point) float64 { return (b[0]-a[0])*(c[1]-a[1]) - (b[1]-a[1])*(c[0]-a[0]) }
	for i := range n {
		a, b := ring[i], ring[(i+1)%n]
		for j := i + 2; j < n; j++ {
			if i == 0 && j == n-1 {
				continue
			}
			c, d := ring[j], ring[(j+1)%n]
			if max(a[0], b[0]) < min(c[0], d[0]) || max(c[0], d[0]) < min(a[0], b[0]) || max(a[1], b[1]) < min(c[1], d[1]) || max(c[1], d[1]) < min(a[1], b[1]) {
				continue
			}
			if side(a, b, c)*side(a, b, d) < 0 && side(c, d, a)*side(c, d, b) < 0 {
				return true
			}
		}
	}
	return false
}

// near calls f with every ring within a distance of a point of the plane.
func (b *Buildings) near(p Plane, m Metres, distance float64, f func(*footprint)) {
	if b == nil {
		return
	}
	low, high := p.Box(m, distance)
	b.tree.Search(low, high, func(_, _ [2]float64, i int32) bool {
		f(&b.footprint[i])
		return true
	})
}

// walls gathers the walls within a distance of the eye, on the eye's plane. Rings that hold the eye though it is
// supposed to be outside are passed over: their inner sides would hide everything.
func (b *Buildings) walls(p Plane, distance float64, out []Wall) []Wall {
	b.near(p, Metres{}, distance, func(f *footprint) {
		a := p.To(f.ring[len(f.ring)-1])
		for _, c := range f.ring {
			z := p.To(c)
			out = append(out, Wall{A: a, B: z, TwoSided: f.crossed})
			a = z
		}
	})
	return out
}

// outOfReach is how far a camera noted inside a footprint may be from a wall, in metres, to be taken as hanging on
// it; further in, it is on a roof or in a court that is not drawn, and nobody knows what it sees.
const outOfReach = 25

// offWall is how far before the wall the eye is put, in metres.
const offWall = 0.3

// wallReach is how far from a wall a camera may be noted to be taken as hanging on it, in metres.
const wallReach = 4

// insideOf reports whether the origin of a plane lies in a building: in an outer ring and in none of its courtyards.
func (b *Buildings) insideOf(p Plane) bool {
	parity := map[int32]int{}
	b.near(p, Metres{}, 0, func(f *footprint) {
		if holds(p, f.ring) {
			parity[f.building]++
		}
	})
	for _, n := range parity {
		if n%2 == 1 {
			return true
		}
	}
	return false
}

// holds reports whether the origin of a plane is in a ring, by the even-odd rule.
func holds(p Plane, ring []orb.Point) bool {
	in := false
	a := p.To(ring[len(ring)-1])
	for _, c := range ring {
		z := p.To(c)
		if (a.Y > 0) != (z.Y > 0) && -a.Y*(z.X-a.X)/(z.Y-a.Y)+a.X > 0 {
			in = !in
		}
		a = z
	}
	return in
}

// wallNear is the nearest point of a wall, and the direction out of it.
type wallNear struct {
	at       Metres
	outward  Metres // unit vector
	distance float64
}

// nearestWall looks for the nearest wall within a distance whose outside is free: the eye put before it is in no
// building. A bearing in radians, when there is one, asks for a wall that can be looked away from.
func (b *Buildings) nearestWall(p Plane, distance float64, bearing float64) (wallNear, bool) {
	best, found := wallNear{distance: math.Inf(1)}, false
	facing := toward(bearing)
	b.near(p, Metres{}, distance, func(f *footprint) {
		a := p.To(f.ring[len(f.ring)-1])
		for _, c := range f.ring {
			z := p.To(c)
			d := z.Sub(a)
			if l := d.Length(); l > 0 {
				t := math.Max(0, math.Min(1, -dot(a, d)/(l*l)))
				w := wallNear{at: a.Add(d.Times(t)), outward: Metres{d.Y / l, -d.X / l}}
				w.distance = w.at.Length()
				away := math.IsNaN(bearing) || dot(w.outward, facing) > 0
				if w.distance < best.distance && w.distance <= distance && away && !b.insideOf(NewPlane(p.From(w.before()))) {
					best, found = w, true
				}
			}
			a = z
		}
	})
	return best, found
}

// before is the place of an eye on the wall.
func (w wallNear) before() Metres { return w.at.Add(w.outward.Times(offWall)) }
