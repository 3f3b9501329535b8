package tile

import (
	"math"

	"github.com/paulmach/orb"
)

// Extent is the side of a tile in units.
const Extent = 4096

// maxLat is where Web Mercator ends, so that the world is square.
const maxLat = 85.051128779806604

// ToWorld projects a point to the unit square: x to the east, y to the south, 0 inclusive, 1 exclusive.
func ToWorld(p orb.Point) orb.Point {
	lat := math.Max(-maxLat, math.Min(maxLat, p.Lat()))
	s := math.Sin(lat * math.Pi / 180)
	last := math.Nextafter(1, 0)
	return orb.Point{
		math.Max(0, math.Min(last, p.Lon()/360+0.5)),
		math.Max(0, math.Min(last, 0.5-math.Log((1+s)/(1-s))/(4*math.Pi))),
	}
}

// FromWorld undoes ToWorld.
func FromWorld(p orb.Point) orb.Point {
	return orb.Point{(p[0] - 0.5) * 360, math.Atan(math.Sinh(math.Pi*(1-2*p[1]))) * 180 / math.Pi}
}

// ToLonLat returns where a point of a tile, in units, lies on the globe.
func ToLonLat(z uint8, x, y uint32, p orb.Point) orb.Point {
	n := math.Exp2(float64(z))
	return FromWorld(orb.Point{(float64(x) + p[0]/Extent) / n, (float64(y) + p[1]/Extent) / n})
}

// At returns the tile that a point lies in.
func At(p orb.Point, z uint8) (x, y uint32) {
	w := ToWorld(p)
	n := math.Exp2(float64(z))
	return uint32(w[0] * n), uint32(w[1] * n)
}

// spread puts the bits of v on the even places.
func spread(v uint32) uint64 {
	x := uint64(v)
	x = (x | x<<16) & 0x0000ffff0000ffff
	x = (x | x<<8) & 0x00ff00ff00ff00ff
	x = (x | x<<4) & 0x0f0f0f0f0f0f0f0f
	x = (x | x<<2) & 0x3333333333333333
	return (x | x<<1) & 0x5555555555555555
}

// morton interleaves the bits of a point of the unit square, 32 each. Points of one tile, of whatever level, are
// neighbours in its order.
func morton(w orb.Point) uint64 {
	return spread(uint32(w[0]*(1<<32))) | spread(uint32(w[1]*(1<<32)))<<1
}
