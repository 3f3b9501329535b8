package atlas

import (
	"context"
	"fmt"

	"github.com/paulmach/orb"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/camera/basemap"
	"contrechamp.org/contrechamp/internal/camera/osm"
)

// landRules are the objects that a base map is drawn from, in the form of osmium tags-filter.
var landRules = []string{"wr/building", "wr/highway", "w/railway", "wr/natural", "wr/landuse=forest,grass,meadow,cemetery,recreation_ground,village_green,allotments,orchard,vineyard,reservoir,basin",
	"wr/leisure=park,garden,nature_reserve,dog_park,pitch,playground,golf_course", "wr/waterway", "nwr/place", "wr/boundary=administrative", "wr/area:highway", "w/admin_level"}

// ReadLand adds the land of an extract: everything but its cameras.
func (l *Land) ReadLand(ctx context.Context, f *osm.File) error {
	filter, err := osm.ParseFilter(landRules...)
	if err != nil {
		return fmt.Errorf("read the land: %w", err)
	}
	err = f.Features(ctx, filter, func(ft *osm.Feature) error {
		if e, ok := element(ft); ok {
			l.AddElement(e)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read the land: %w", err)
	}
	l.addSea()
	if len(l.Features) == 0 && len(l.Cameras) == 0 {
		return fmt.Errorf("read the land: nothing in it can be drawn: %w", contrechamp.ErrInvalid)
	}
	return nil
}

// element turns a feature of a file into what the base map understands. Relations that are no areas, and rings that
// cannot be closed because the extract is cut through them, are left out.
func element(ft *osm.Feature) (basemap.Element, bool) {
	e := basemap.Element{Tags: ft.Tags.Map()}
	switch ft.Kind {
	case osm.Node:
		e.Geometry = orb.Point{ft.Point.Lon, ft.Point.Lat}
	case osm.Way:
		if len(ft.Line) < 2 {
			return e, false
		}
		line := points(ft.Line)
		if ft.Missing > 0 && ft.Closed() {
			// a ring with gaps encloses something else; what is left of it is a line, and only lines are drawn so
			e.Tags["area"] = "no"
		}
		e.Geometry = orb.LineString(line)
	case osm.Relation:
		if t := e.Tags["type"]; t != "multipolygon" && t != "boundary" {
			return e, false
		}
		area := assemble(ft.Members)
		if area == nil {
			return e, false
		}
		e.Geometry = area
	}
	return e, true
}

func points(line []osm.Point) []orb.Point {
	out := make([]orb.Point, len(line))
	for i, p := range line {
		out[i] = orb.Point{p.Lon, p.Lat}
	}
	return out
}

// assemble joins the ways of a relation to rings, and puts each inner ring into the outer one that holds it. It
// answers nil when no outer ring closes.
func assemble(members []osm.Member) orb.MultiPolygon {
	var outer, inner [][]orb.Point
	for _, m := range members {
		if m.Kind != osm.Way || len(m.Points) < 2 {
			continue
		}
		switch m.Role {
		case "inner":
			inner = append(inner, points(m.Points))
		case "outer", "":
			outer = append(outer, points(m.Points))
		}
	}
	var area orb.MultiPolygon
	for _, r := range rings(outer) {
		area = append(area, orb.Polygon{r})
	}
	for _, r := range rings(inner) {
		for i := range area {
			if InRing(area[i][0], r[0]) {
				area[i] = append(area[i], r)
				break
			}
		}
	}
	return area
}

// rings joins lines end to end. Lines that never close are left out.
func rings(lines [][]orb.Point) []orb.Ring {
	var out []orb.Ring
	ends := map[orb.Point][]int{} // lines that begin or end there and are not closed
	used := make([]bool, len(lines))
	for i, l := range lines {
		if l[0] == l[len(l)-1] {
			used[i] = true
			if len(l) >= 4 {
				out = append(out, orb.Ring(l))
			}
			continue
		}
		ends[l[0]] = append(ends[l[0]], i)
		ends[l[len(l)-1]] = append(ends[l[len(l)-1]], i)
	}
	for i, l := range lines {
		if used[i] {
			continue
		}
		used[i] = true
		ring := append(orb.Ring(nil), l...)
		for ring[0] != ring[len(ring)-1] {
			last := ring[len(ring)-1]
			next := -1
			for _, j := range ends[last] {
				if !used[j] {
					next = j
					break
				}
			}
			if next < 0 {
				break
			}
			used[next] = true
			m := lines[next]
			if m[0] == last {
				ring = append(ring, m[1:]...)
				continue
			}
			for k := len(m) - 2; k >= 0; k-- {
				ring = append(ring, m[k])
			}
		}
		if len(ring) >= 4 && ring[0] == ring[len(ring)-1] {
			out = append(out, ring)
		}
	}
	return out
}

// InRing reports whether a point lies in a ring, by the even-odd rule.
func InRing(r orb.Ring, p orb.Point) bool {
	in := false
	for i, a := range r {
		b := r[(i+1)%len(r)]
		if (a[1] > p[1]) != (b[1] > p[1]) && p[0] < (b[0]-a[0])*(p[1]-a[1])/(b[1]-a[1])+a[0] {
			in = !in
		}
	}
	return in
}
