package camera

import (
	"context"
	"strconv"
	"strings"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/camera/osm"
)

// Places are the administrative boundaries of a file, as far as the file has them whole.
type Places struct {
	all    []contrechamp.MappedPlace
	shapes []shape
}

// shape is the ground within a boundary: what an odd number of its rings is round.
type shape struct {
	low, high osm.Point
	rings     [][]osm.Point
}

// ReadPlaces reads the administrative boundaries of a file. One that is cut at the edge of the extract is left out: cameras in it
// cannot be told from those beside it.
func ReadPlaces(ctx context.Context, f *osm.File) (*Places, error) {
	p := &Places{}
	filter := osm.Filter{{Kinds: osm.Relations, Key: "boundary", Values: []string{"administrative"}}}
	members, problem := f.Members, f.Problem
	f.Members, f.Problem = outline, nil // what is odd about boundaries is no news about cameras
	defer func() { f.Members, f.Problem = members, problem }()
	err := f.Features(ctx, filter, func(ft *osm.Feature) error {
		level, err := strconv.Atoi(ft.Tags.Get("admin_level"))
		name := ft.Tags.Get("name")
		if err != nil || name == "" || ft.Deleted {
			return nil
		}
		rings, whole := ringsOf(ft)
		if !whole {
			return nil
		}
		place := contrechamp.MappedPlace{ID: ft.ID.String(), Name: name, Level: level, Identifiers: map[string]string{}}
		seen := map[string]bool{name: true}
		for _, t := range ft.Tags {
			if rest, ok := strings.CutPrefix(t.Key, "name:"); ok && len(rest) <= 3 && !seen[t.Value] {
				seen[t.Value] = true
				place.Names = append(place.Names, t.Value)
			}
		}
		for key, kind := range map[string]string{"wikidata": "wikidata", "ref:INSEE": "insee"} {
			if v := ft.Tags.Get(key); v != "" {
				place.Identifiers[kind] = v
			}
		}
		p.all = append(p.all, place)
		p.shapes = append(p.shapes, shapeOf(rings))
		return nil
	})
	return p, err
}

// outline answers the members that draw a boundary: not its capital, not the boundaries within it.
func outline(e *osm.Element) []osm.Member {
	var ways []osm.Member
	for _, m := range e.Members {
		if m.Kind == osm.Way && (m.Role == "outer" || m.Role == "inner" || m.Role == "") {
			ways = append(ways, m)
		}
	}
	return ways
}

// ringsOf joins the ways of a boundary into rings. It reports false if a way is missing or a ring stays open.
func ringsOf(ft *osm.Feature) (rings [][]osm.Point, whole bool) {
	var open [][]osm.Point
	for _, m := range outline(&ft.Element) {
		if len(m.Points) < 2 {
			return nil, false
		}
		open = append(open, m.Points)
	}
	ends := map[osm.Point][]int{} // an end of a line -> the lines that have it
	for i, line := range open {
		ends[line[0]] = append(ends[line[0]], i)
		ends[line[len(line)-1]] = append(ends[line[len(line)-1]], i)
	}
	used := make([]bool, len(open))
	for i, line := range open {
		if used[i] {
			continue
		}
		used[i] = true
		ring := append([]osm.Point{}, line...)
		for ring[0] != ring[len(ring)-1] {
			next := -1
			for _, j := range ends[ring[len(ring)-1]] {
				if !used[j] {
					next = j
					break
				}
			}
			if next < 0 {
				return nil, false
			}
			used[next] = true
			more := open[next]
			if more[0] != ring[len(ring)-1] {
				more = append([]osm.Point{}, more...)
				for a, b := 0, len(more)-1; a < b; a, b = a+1, b-1 {
					more[a], more[b] = more[b], more[a]
				}
			}
			ring = append(ring, more[1:]...)
		}
		rings = append(rings, ring)
	}
	return rings, len(rings) > 0
}

func shapeOf(rings [][]osm.Point) shape {
	s := shape{low: rings[0][0], high: rings[0][0], rings: rings}
	for _, r := range rings {
		for _, p := range r {
			s.low = osm.Point{Lon: min(s.low.Lon, p.Lon), Lat: min(s.low.Lat, p.Lat)}
			s.high = osm.Point{Lon: max(s.high.Lon, p.Lon), Lat: max(s.high.Lat, p.Lat)}
		}
	}
	return s
}

// has reports whether a point lies within: whether a line from it to the east meets an odd number of edges.
func (s *shape) has(p osm.Point) bool {
	if p.Lat < s.low.Lat || p.Lat > s.high.Lat || p.Lon < s.low.Lon || p.Lon > s.high.Lon {
		return false
	}
	within := false
	for _, r := range s.rings {
		for i := 1; i < len(r); i++ {
			a, b := r[i-1], r[i]
			if (a.Lat > p.Lat) != (b.Lat > p.Lat) && p.Lon < a.Lon+(p.Lat-a.Lat)/(b.Lat-a.Lat)*(b.Lon-a.Lon) {
				within = !within
			}
		}
	}
	return within
}

// Mapped answers the places.
func (p *Places) Mapped() []contrechamp.MappedPlace { return p.all }

// Of answers the IDs of the places in which a camera lies.
func (p *Places) Of(c *contrechamp.Camera) []string {
	var ids []string
	for i := range p.shapes {
		if p.shapes[i].has(osm.Point{Lon: c.Lon, Lat: c.Lat}) {
			ids = append(ids, p.all[i].ID)
		}
	}
	return ids
}
