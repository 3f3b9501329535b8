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

// polygons closes an outline about the eye and takes the blind foot out. Where a wall stands nearer than the foot
// reaches, nothing is left, and what is left may fall into parts.
func (p Plane) polygons(outline []Metres, foot float64, allRound bool) orb.MultiPolygon {
	if len(outline) < 2 {
		return nil
	}
	if foot <= 0 {
		ring := append([]Metres(nil), outline...)
		if !allRound {
			ring = append(ring, Metres{})
		}
		return orb.MultiPolygon{{p.ring(ring)}}
	}
	runs, unbroken := beyond(outline, foot, allRound)
	if unbroken && allRound {
		var hole []Metres
		for i := range int(2 * math.Pi / arcStep) {
			hole = append(hole, toward(-float64(i)*arcStep).Times(foot)) // ring turns it round: clockwise
		}
		return orb.MultiPolygon{{p.ring(outline), p.ring(hole)}}
	}
	var out orb.MultiPolygon
	for _, run := range runs {
		first, last := run[0], run[len(run)-1]
		from := math.Atan2(first.X, first.Y)
		turn := math.Atan2(last.X, last.Y) - from
		if turn <= 0 {
			turn += 2 * math.Pi
		}
		n := int(math.Ceil(turn / arcStep))
		for i := n; i >= 0; i-- {
			run = append(run, toward(from+turn*float64(i)/float64(n)).Times(foot))
		}
		out = append(out, orb.Polygon{p.ring(run)})
	}
	return out
}

// ring puts points, which run by increasing bearing, on the globe, counter-clockwise and closed.
func (p Plane) ring(points []Metres) orb.Ring {
	ring := make(orb.Ring, 0, len(points)+1)
	for i := len(points) - 1; i >= 0; i-- {
		ring = append(ring, p.From(points[i]))
	}
	return append(ring, ring[0])
}

// beyond returns the parts of an outline that lie further than a radius; unbroken when it is one part, never nearer.
func beyond(outline []Metres, radius float64, closed bool) (runs [][]Metres, unbroken bool) {
	r2 := radius * radius
	var run []Metres
	end := func() {
		if len(run) > 1 {
			runs = append(runs, run)
		}
		run = nil
	}
	unbroken = true
	n := len(outline)
	last := n - 1
	if closed {
		last = n
	}
	for i := range last {
		p, q := outline[i], outline[(i+1)%n]
		if dot(p, p) > r2 && len(run) == 0 {
			run = append(run, p)
		}
		d := q.Sub(p)
		qa, qb, qc := dot(d, d), dot(p, d), dot(p, p)-r2
		if disc := qb*qb - qa*qc; qa > 0 && disc > 0 {
			root := math.Sqrt(disc)
			if t := (-qb - root) / qa; t > 0 && t < 1 { // it comes nearer
				run = append(run, p.Add(d.Times(t)))
				end()
				unbroken = false
			}
			if t := (-qb + root) / qa; t > 0 && t < 1 { // it goes away
				run = append(run[:0:0], p.Add(d.Times(t)))
				unbroken = false
			}
		}
		if dot(q, q) > r2 {
			run = append(run, q)
		} else {
			unbroken = false
		}
	}
	if closed && len(runs) > 0 && len(run) > 0 && dot(outline[0], outline[0]) > r2 {
		// the last part goes on where the first began
		run = append(run, runs[0][1:]...)
		runs = runs[1:]
	}
	end()
	return runs, unbroken && len(runs) > 0
}
