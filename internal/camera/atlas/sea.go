package atlas

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"

	"contrechamp.org/contrechamp/internal/camera/basemap"
)

// addSea turns the coastlines of an extract into the sea that lies before them, within the box of everything else. In
// OpenStreetMap the sea is no area: it is what lies to the right of ways with natural=coastline. Where an extract is cut
// so that several coasts begin or end in the middle of the box, the coast stays a line.
func (l *Land) addSea() {
	var coast [][]orb.Point
	for _, f := range l.Features {
		if f.Layer != "water" || f.Class != "coast" {
			continue
		}
		if g, ok := f.Geometry.(orb.LineString); ok && len(g) >= 2 {
			coast = append(coast, g)
		}
	}
	sea := seaBefore(coast, l.Bound)
	if sea == nil {
		// the edge may cut a coast into pieces that is one: take all of it
		wider := l.Bound
		for _, way := range coast {
			wider = wider.Union(orb.LineString(way).Bound())
		}
		sea = seaBefore(coast, wider)
	}
	if sea != nil {
		l.Features = append(l.Features, basemap.Feature{Layer: "water", Class: "sea", Geometry: sea, MinZoom: 4})
	}
}

// seaBefore returns the part of a box that lies to the right of coastlines, nil when it cannot be told.
func seaBefore(coast [][]orb.Point, box orb.Bound) orb.MultiPolygon {
	if len(coast) == 0 || !(box.Max[0] > box.Min[0] && box.Max[1] > box.Min[1]) {
		return nil
	}
	var islands, rings []orb.Ring
	var pieces []piece
	for _, chain := range chains(coast) {
		if chain[0] == chain[len(chain)-1] && len(chain) >= 4 && inside(box, chain) {
			r := orb.Ring(chain)
			if r.Orientation() == orb.CCW {
				islands = append(islands, r)
			} else {
				rings = append(rings, r)
			}
			continue
		}
		for _, part := range clip.LineString(box, orb.LineString(chain).Clone()) {
			if len(part) >= 2 {
				pieces = append(pieces, piece{line: part, enters: perimeter(box, part[0]), leaves: perimeter(box, part[len(part)-1])})
			}
		}
	}
	for i := range pieces {
		if p := &pieces[i]; p.enters < 0 || p.leaves < 0 {
			if len(pieces) > 1 {
				return nil // the straight ends of several might cross
			}
			p.toTheEdge(box)
		}
	}
	rings = append(rings, alongTheEdge(pieces, box)...)
	if len(rings) == 0 && len(islands) > 0 {
		rings = append(rings, box.ToRing())
	}
	var sea orb.MultiPolygon
	for _, r := range rings {
		sea = append(sea, orb.Polygon{r})
	}
	for _, i := range islands {
		for k := range sea {
			if InRing(sea[k][0], i[0]) {
				sea[k] = append(sea[k], i)
				break
			}
		}
	}
	return sea
}

// piece is a coast within the box, with the places on the box's edge where it comes in and goes out.
type piece struct {
	line           orb.LineString
	enters, leaves float64
}

// toTheEdge leads a coast that begins or ends in the middle of a box straight to the nearest edge. What is beyond its end
// is not in the extract.
func (p *piece) toTheEdge(box orb.Bound) {
	nearest := func(q orb.Point) orb.Point {
		best, at := math.Inf(1), q
		for _, e := range []orb.Point{{box.Min[0], q[1]}, {box.Max[0], q[1]}, {q[0], box.Min[1]}, {q[0], box.Max[1]}} {
			if d := math.Hypot(e[0]-q[0], e[1]-q[1]); d < best {
				best, at = d, e
			}
		}
		return at
	}
	if p.enters < 0 {
		p.line = append(orb.LineString{nearest(p.line[0])}, p.line...)
		p.enters = perimeter(box, p.line[0])
	}
	if p.leaves < 0 {
		p.line = append(p.line, nearest(p.line[len(p.line)-1]))
		p.leaves = perimeter(box, p.line[len(p.line)-1])
	}
}

// chains joins ways end to end, in their direction.
func chains(ways [][]orb.Point) [][]orb.Point {
	from := map[orb.Point]int{}
	into := map[orb.Point]bool{}
	for i, w := range ways {
		from[w[0]] = i
		into[w[len(w)-1]] = true
	}
	used := make([]bool, len(ways))
	var out [][]orb.Point
	follow := func(i int) {
		var chain []orb.Point
		for !used[i] {
			used[i] = true
			chain = append(chain, ways[i][min(len(chain), 1):]...)
			next, ok := from[chain[len(chain)-1]]
			if !ok {
				break
			}
			i = next
		}
		if len(chain) >= 2 {
			out = append(out, chain)
		}
	}
	for i, w := range ways { // those that nothing leads into come first
		if !into[w[0]] && !used[i] {
			follow(i)
		}
	}
	for i := range ways {
		if !used[i] {
			follow(i)
		}
	}
	return out
}

func inside(box orb.Bound, points []orb.Point) bool {
	return !slices.ContainsFunc(points, func(p orb.Point) bool { return !box.Contains(p) })
}

// perimeter says where on the edge of a box a point lies: from 0 at the south-western corner, clockwise, one for each
// side; -1 when it does not.
func perimeter(box orb.Bound, p orb.Point) float64 {
	w, h := box.Max[0]-box.Min[0], box.Max[1]-box.Min[1]
	const near = 1e-9
	switch {
	case math.Abs(p[0]-box.Min[0]) < near:
		return (p[1] - box.Min[1]) / h
	case math.Abs(p[1]-box.Max[1]) < near:
		return 1 + (p[0]-box.Min[0])/w
	case math.Abs(p[0]-box.Max[0]) < near:
		return 2 + (box.Max[1]-p[1])/h
	case math.Abs(p[1]-box.Min[1]) < near:
		return 3 + (box.Max[0]-p[0])/w
	}
	return -1
}

// alongTheEdge closes pieces of coast: where one leaves the box, the edge is followed clockwise, with the sea on the
// right, to where the next one enters.
func alongTheEdge(pieces []piece, box orb.Bound) []orb.Ring {
	corners := []orb.Point{{box.Min[0], box.Min[1]}, {box.Min[0], box.Max[1]}, {box.Max[0], box.Max[1]}, {box.Max[0], box.Min[1]}}
	slices.SortFunc(pieces, func(a, b piece) int { return cmp.Compare(a.enters, b.enters) })
	used := make([]bool, len(pieces))
	var out []orb.Ring
	for i := range pieces {
		if used[i] {
			continue
		}
		var ring orb.Ring
		for k := i; !used[k]; {
			used[k] = true
			ring = append(ring, pieces[k].line...)
			at := pieces[k].leaves
			// the next entry clockwise, round the box if need be
			next, ahead := -1, math.Inf(1)
			for j := range pieces {
				d := pieces[j].enters - at
				if d < 0 {
					d += 4
				}
				if d < ahead {
					next, ahead = j, d
				}
			}
			for c := math.Floor(at) + 1; c < at+ahead; c++ {
				ring = append(ring, corners[int(c)%4])
			}
			k = next
		}
		ring = append(ring, ring[0])
		if len(ring) >= 4 {
			out = append(out, ring)
		}
	}
	return out
}
