package tile

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/project"
	"github.com/paulmach/orb/simplify"
)

// buffer is how far a tile's content reaches over its edge, in units, so that strokes are not cut at it.
const buffer = 80

// smallest is the area, in square units, below which a part of an area is not drawn: a square pixel of a screen that
// shows a tile on 512.
const smallest = 64

// projected is a shape in the unit square.
type projected struct {
	*Shape
	world orb.Geometry
	bound orb.Bound
}

func toWorld(all []Shape) []projected {
	out := make([]projected, 0, len(all))
	for i := range all {
		g := orb.Clone(all[i].Geometry)
		if g == nil {
			continue
		}
		g = project.Geometry(g, ToWorld)
		out = append(out, projected{&all[i], g, g.Bound()})
	}
	return out
}

// cut gives the parts of the shape that lie in the tiles of a level.
func (s *projected) cut(z uint8, put func(x, y uint32, f *geojson.Feature)) {
	if z < s.MinZoom || s.MaxZoom != 0 && z > s.MaxZoom {
		return
	}
	scale := math.Exp2(float64(z)) * Extent
	g := project.Geometry(orb.Clone(s.world), func(p orb.Point) orb.Point { return orb.Point{p[0] * scale, p[1] * scale} })
	if _, isPoint := g.(orb.Point); !isPoint {
		if g = slim(g); g == nil {
			return
		}
	}
	b := g.Bound()
	last := uint32(1)<<z - 1
	from := func(v float64) uint32 { return uint32(math.Max(0, math.Floor((v-buffer)/Extent))) }
	to := func(v float64) uint32 { return min(last, uint32(math.Max(0, math.Floor((v+buffer)/Extent)))) }
	for x := from(b.Min[0]); x <= to(b.Max[0]); x++ {
		for y := from(b.Min[1]); y <= to(b.Max[1]); y++ {
			x0, y0 := float64(x)*Extent, float64(y)*Extent
			part := clip.Geometry(orb.Bound{Min: orb.Point{x0 - buffer, y0 - buffer}, Max: orb.Point{x0 + Extent + buffer, y0 + Extent + buffer}}, orb.Clone(g))
			if part == nil {
				continue
			}
			part = whole(project.Geometry(part, func(p orb.Point) orb.Point { return orb.Point{math.Round(p[0] - x0), math.Round(p[1] - y0)} }))
			if part != nil {
				put(x, y, &geojson.Feature{Geometry: part, Properties: s.Properties})
			}
		}
	}
}

// slim simplifies to half a unit, and drops what is too small.
func slim(g orb.Geometry) orb.Geometry {
	g = simplify.DouglasPeucker(0.5).Simplify(g)
	switch g := g.(type) {
	case orb.Polygon:
		if p := slimPolygon(g); p != nil {
			return p
		}
		return nil
	case orb.MultiPolygon:
		var kept orb.MultiPolygon
		for _, p := range g {
			if p = slimPolygon(p); p != nil {
				kept = append(kept, p)
			}
		}
		if kept == nil {
			return nil
		}
		return kept
	}
	return g
}

func slimPolygon(p orb.Polygon) orb.Polygon {
	var kept orb.Polygon
	for i, r := range p {
		if len(r) < 4 || math.Abs(ringArea(r)) < smallest {
			if i == 0 {
				return nil
			}
			continue
		}
		kept = append(kept, r)
	}
	return kept
}

// ringArea is positive for rings that run clockwise on the screen, whose y runs down.
func ringArea(r orb.Ring) float64 {
	sum := 0.0
	for i, p := range r {
		q := r[(i+1)%len(r)]
		sum += p[0]*q[1] - q[0]*p[1]
	}
	return sum / 2
}

// whole drops points that rounding made equal and what has too few of them, and turns rings as the specification
// wants them (section 4.3.3.3): outer rings clockwise on the screen, inner ones against it.
func whole(g orb.Geometry) orb.Geometry {
	switch g := g.(type) {
	case orb.LineString:
		if g = distinct(g); len(g) < 2 {
			return nil
		}
		return g
	case orb.MultiLineString:
		var kept orb.MultiLineString
		for _, l := range g {
			if l = distinct(l); len(l) >= 2 {
				kept = append(kept, l)
			}
		}
		if kept == nil {
			return nil
		}
		return kept
	case orb.Polygon:
		if p := wholePolygon(g); p != nil {
			return p
		}
		return nil
	case orb.MultiPolygon:
		var kept orb.MultiPolygon
		for _, p := range g {
			if p = wholePolygon(p); p != nil {
				kept = append(kept, p)
			}
		}
		if kept == nil {
			return nil
		}
		return kept
	}
	return g
}

func distinct(l []orb.Point) orb.LineString {
	kept := l[:0]
	for _, p := range l {
		if n := len(kept); n == 0 || kept[n-1] != p {
			kept = append(kept, p)
		}
	}
	return orb.LineString(kept)
}

func wholePolygon(p orb.Polygon) orb.Polygon {
	var kept orb.Polygon
	for i, r := range p {
		r = orb.Ring(distinct(r))
		area := 0.0
		if len(r) >= 4 {
			area = ringArea(r)
		}
		if area == 0 {
			if i == 0 {
				return nil
			}
			continue
		}
		if (area > 0) != (i == 0) {
			r.Reverse()
		}
		kept = append(kept, r)
	}
	return kept
}
