package view

import (
	"math"

	"github.com/paulmach/orb"
)

// Metres is a point or vector on a plane, in metres: X to the east, Y to the north.
type Metres struct{ X, Y float64 }

// Sub returns a - b.
func (a Metres) Sub(b Metres) Metres { return Metres{a.X - b.X, a.Y - b.Y} }

// Add returns a + b.
func (a Metres) Add(b Metres) Metres { return Metres{a.X + b.X, a.Y + b.Y} }

// Times returns a scaled by f.
func (a Metres) Times(f float64) Metres { return Metres{a.X * f, a.Y * f} }

// Length returns the distance from the origin.
func (a Metres) Length() float64 { return math.Hypot(a.X, a.Y) }

func cross(a, b Metres) float64 { return a.X*b.Y - a.Y*b.X }
func dot(a, b Metres) float64   { return a.X*b.X + a.Y*b.Y }

// toward returns the unit vector of a bearing, in radians clockwise from north.
func toward(bearing float64) Metres {
	s, c := math.Sincos(bearing)
	return Metres{s, c}
}

// Plane is a flat map of the neighbourhood of one point. Within a kilometre its error is below a centimetre; further
// off it grows with the square of the distance.
type Plane struct {
	origin         orb.Point
	perLon, perLat float64 // metres per degree
}

// NewPlane lays a plane at a point. Metres per degree are the first terms of the series for the WGS 84 ellipsoid.
func NewPlane(at orb.Point) Plane {
	phi := at.Lat() * math.Pi / 180
	return Plane{
		origin: at,
		perLat: 111132.954 - 559.822*math.Cos(2*phi) + 1.175*math.Cos(4*phi),
		perLon: 111412.84*math.Cos(phi) - 93.5*math.Cos(3*phi) + 0.118*math.Cos(5*phi),
	}
}

// To returns where a point lies on the plane.
func (p Plane) To(q orb.Point) Metres {
	return Metres{(q[0] - p.origin[0]) * p.perLon, (q[1] - p.origin[1]) * p.perLat}
}

// From returns the longitude and latitude of a point of the plane.
func (p Plane) From(m Metres) orb.Point {
	return orb.Point{p.origin[0] + m.X/p.perLon, p.origin[1] + m.Y/p.perLat}
}

// Box returns the smallest and largest coordinates within a distance of a point.
func (p Plane) Box(m Metres, distance float64) (low, high orb.Point) {
	return p.From(Metres{m.X - distance, m.Y - distance}), p.From(Metres{m.X + distance, m.Y + distance})
}
