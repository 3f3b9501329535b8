package view

import (
	"math"

	"github.com/paulmach/orb"
)

// within cuts an outline of Visible to a smaller radius. Points of the answer run by increasing bearing too.
func within(outline []Metres, radius float64, closed bool, out []Metres) []Metres {
	r2 := radius * radius
	add := func(m Metres) {
		if n := len(out); n > 0 {
			if d := m.Sub(out[n-1]); math.Abs(d.X) < 1e-3 && math.Abs(d.Y) < 1e-3 {
				return
			}
		}
		out = append(out, m)
	}
	edge := func(m Metres) { // the point of the circle in the direction of m
		if l := m.Length(); l > 0 {
			add(m.Times(radius / l))
		}
	}
	n := len(outline)
	for i, p := range outline {
		if dot(p, p) <= r2 {
			add(p)
		} else {
			edge(p)
		}
		if i+1 == n && !closed {
			break
		}
		q := outline[(i+1)%n]
		if dot(p, p) <= r2 && dot(q, q) <= r2 {
			continue
		}
		// where the side between them crosses the circle, an arc joins what lies outside
		d := q.Sub(p)
		qa, qb, qc := dot(d, d), dot(p, d), dot(p, p)-r2
		enter, leave := math.Inf(1), math.Inf(-1)
		if disc := qb*qb - qa*qc; qa > 0 && disc > 0 {
			root := math.Sqrt(disc)
			enter, leave = (-qb-root)/qa, (-qb+root)/qa
		}
		if !(enter < 1 && leave > 0) { // all of it outside
			arcTo(p, q, radius, add)
			continue
		}
		if enter > 0 {
			arcTo(p, p.Add(d.Times(enter)), radius, add)
		}
		if leave < 1 {
			arcTo(p.Add(d.Times(leave)), q, radius, add)
		}
	}
	return out
}

// arcTo adds the arc of a radius from one direction to another, clockwise.
func arcTo(p, q Metres, radius float64, add func(Metres)) {
	from := math.Atan2(p.X, p.Y)
	turn := math.Atan2(-cross(p, q), dot(p, q))
	if turn <= 0 {
		return // the side runs along the ray
	}
	n := int(math.Ceil(turn / arcStep))
	for i := range n + 1 {
		add(toward(from + turn*float64(i)/float64(n)).Times(radius))
	}
}

// polygon closes an outline about the eye and takes the blind foot out.
func (p Plane) polygon(outline []Metres, foot float64, allRound bool) orb.Polygon {
	if len(outline) < 2 {
		return nil
	}
	outer := make(orb.Ring, 0, len(outline)+2)
	put := func(m Metres) { outer = append(outer, p.From(m)) }
	if allRound {
		// polygons of GeoJSON run counter-clockwise
		for i := len(outline) - 1; i >= 0; i-- {
			put(beyond(outline[i], foot))
		}
		outer = append(outer, outer[0])
		if foot <= 0 {
			return orb.Polygon{outer}
		}
		var hole orb.Ring
		for i := range int(2*math.Pi/arcStep) + 1 {
			hole = append(hole, p.From(toward(float64(i)*arcStep).Times(foot)))
		}
		hole[len(hole)-1] = hole[0]
		return orb.Polygon{outer, hole}
	}
	for i := len(outline) - 1; i >= 0; i-- {
		put(beyond(outline[i], foot))
	}
	if foot <= 0 {
		put(Metres{})
	} else {
		first, last := outline[0], outline[len(outline)-1]
		from := math.Atan2(first.X, first.Y)
		turn := math.Atan2(last.X, last.Y) - from
		if turn <= 0 {
			turn += 2 * math.Pi
		}
		n := int(math.Ceil(turn / arcStep))
		for i := range n + 1 {
			put(toward(from + turn*float64(i)/float64(n)).Times(foot))
		}
	}
	outer = append(outer, outer[0])
	return orb.Polygon{outer}
}

// beyond moves a point that lies within the blind foot out to its edge.
func beyond(m Metres, foot float64) Metres {
	if l := m.Length(); l < foot && l > 0 {
		return m.Times(foot / l)
	}
	return m
}
