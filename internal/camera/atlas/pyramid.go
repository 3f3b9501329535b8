package atlas

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"github.com/paulmach/orb"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/camera/basemap"
	"contrechamp.org/contrechamp/internal/camera/tile"
	"contrechamp.org/contrechamp/internal/camera/view"
)

// Levels of zoom of an atlas. Maps enlarge the tiles of the last level.
const (
	LastZoom  = 14
	EachZoom  = 12 // from here on every camera stands for itself
	viewsZoom = 14 // what cameras see is drawn on the last level only
)

// Layers of cameras in the tiles.
const (
	LayerCameras = "cameras"
	LayerViews   = "views"
)

// Pyramid returns what is cut into tiles: base map, cameras, and what they see in three cases. Cameras carry their raw
// tags as JSON. Those of which a number cannot be right are on it as points, without a view; passed counts them.
func (l *Land) Pyramid(ctx context.Context) (p tile.Pyramid, passed int, err error) {
	p = tile.Pyramid{MaxZoom: LastZoom}
	for _, name := range basemap.Layers() {
		layer := tile.Shapes{Name: name}
		for _, f := range l.Features {
			if f.Layer != name {
				continue
			}
			properties := map[string]any{"class": f.Class}
			if f.Name != "" && (name == "roads" || name == "places" || name == "ground") {
				properties["name"] = f.Name
			}
			layer.Shapes = append(layer.Shapes, tile.Shape{Geometry: f.Geometry, MinZoom: f.MinZoom, Properties: properties})
		}
		p.Shapes = append(p.Shapes, layer)
	}
	shown := make([]map[string]any, len(l.Cameras))
	for i, c := range l.Cameras {
		if shown[i], err = properties(c); err != nil {
			return p, 0, err
		}
	}
	views := tile.Shapes{Name: LayerViews}
	passed, err = l.Views(ctx, false, func(i int, c contrechamp.Camera, v view.View) {
		if slices.Contains(v.Assumptions, view.AssumedOutside) {
			shown[i]["outside"] = true
		}
		if v.Blind != "" && v.Case.Name == view.Common.Name {
			shown[i]["blind"] = string(v.Blind)
		}
		for _, r := range v.Rings {
			if len(r.Outline) == 0 {
				continue
			}
			views.Shapes = append(views.Shapes, tile.Shape{Geometry: r.Outline, MinZoom: viewsZoom, Properties: map[string]any{
				"camera": c.ID, "case": v.Case.Name, "level": r.Level.Name, "kind": string(c.Kind),
				"operator": operator(c), "date": date(c.Timestamp)}})
		}
	})
	if err != nil {
		return p, passed, err
	}
	p.Shapes = append(p.Shapes, views)
	points := tile.Points{Name: LayerCameras, Each: EachZoom}
	for i, c := range l.Cameras {
		points.Points = append(points.Points, tile.Point{At: orb.Point{c.Lon, c.Lat}, Kind: string(c.Kind), ID: number(c.ID), Properties: shown[i]})
	}
	p.Points = append(p.Points, points)
	return p, passed, nil
}

func operator(c contrechamp.Camera) string {
	if len(c.Operator.Names) > 0 {
		return c.Operator.Names[0]
	}
	return ""
}

func date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}

// properties is what a tile says of a camera.
func properties(c contrechamp.Camera) (map[string]any, error) {
	tags, err := json.Marshal(c.Tags)
	if err != nil {
		return nil, fmt.Errorf("camera %s: %w", c.ID, err)
	}
	return map[string]any{"id": c.ID, "kind": string(c.Kind), "direction": string(DirectionOf(c)), "operator": operator(c),
		"date": date(c.Timestamp), "version": c.Version, "tags": string(tags), "place": string(c.Place)}, nil
}

// Summary is what a map says of all its cameras before any tile is read.
type Summary struct {
	Cameras    int                            `json:"cameras"`
	Kinds      map[contrechamp.CameraKind]int `json:"kinds"`
	Directions map[Direction]int              `json:"directions"`
	Operators  []Count                        `json:"operators"` // those with most cameras first, at most maxOperators
	Newest     string                         `json:"newest"`    // the newest version of a camera, 2020-07-20; "" when unknown
	Places     []Place                        `json:"places"`    // with a name, to go to; the largest first, at most maxPlaces
	Notice     string                         `json:"notice"`
}

// Place is something with a name on the map: a town, a square, a street.
type Place struct {
	Name string  `json:"name"`
	Lat  float64 `json:"lat"`
	Lon  float64 `json:"lon"`
	Zoom uint8   `json:"zoom"` // at which it is looked at
}

// Count is a name with a number.
type Count struct {
	Name string `json:"name"`
	N    int    `json:"n"`
}

// maxPlaces is how many places one can go to by name.
const maxPlaces = 5000

// places gathers what has a name, each name once: towns and their quarters, then squares, then streets.
func (l *Land) places() []Place {
	var out []Place
	known := map[string]bool{}
	for _, from := range []struct {
		layer   string
		classes map[string]uint8 // level of zoom
	}{
		{"places", map[string]uint8{"city": 14, "town": 14, "village": 15, "quarter": 16}},
		{"ground", map[string]uint8{"square": 17}},
		{"roads", map[string]uint8{"major": 16, "street": 16, "foot": 17, "motorway": 15}},
	} {
		for _, f := range l.Features {
			zoom := from.classes[f.Class]
			if f.Layer != from.layer || zoom == 0 || f.Name == "" || known[f.Name] || len(out) == maxPlaces {
				continue
			}
			known[f.Name] = true
			at := f.Geometry.Bound().Center()
			if line, ok := f.Geometry.(orb.LineString); ok {
				a, b := line[(len(line)-1)/2], line[len(line)/2]
				at = orb.Point{(a[0] + b[0]) / 2, (a[1] + b[1]) / 2}
			}
			out = append(out, Place{f.Name, math.Round(at.Lat()*1e5) / 1e5, math.Round(at.Lon()*1e5) / 1e5, zoom})
		}
	}
	return out
}

// maxOperators is how many operators a map offers to filter by.
const maxOperators = 200

// Summarise counts the cameras.
func (l *Land) Summarise() Summary {
	s := Summary{Cameras: len(l.Cameras), Kinds: map[contrechamp.CameraKind]int{}, Directions: map[Direction]int{}, Places: l.places(), Notice: contrechamp.MappedIsNotPresent}
	operators := map[string]int{}
	for _, c := range l.Cameras {
		s.Kinds[c.Kind]++
		s.Directions[DirectionOf(c)]++
		if o := operator(c); o != "" {
			operators[o]++
		}
		s.Newest = max(s.Newest, date(c.Timestamp))
	}
	for _, name := range slices.SortedFunc(maps.Keys(operators), func(a, b string) int {
		return cmp.Or(operators[b]-operators[a], cmp.Compare(a, b))
	}) {
		if len(s.Operators) == maxOperators {
			break
		}
		s.Operators = append(s.Operators, Count{name, operators[name]})
	}
	return s
}

// openingZoom is the level at which a map opens: some streets of a town.
const openingZoom = 15

// Centre returns where a map opens: among the cameras of the tile that has most of them, or in the middle of the
// land when there is none.
func (l *Land) Centre() (at orb.Point, zoom uint8) {
	type square struct{ x, y uint32 }
	count := map[square][]orb.Point{}
	var best square
	for _, c := range l.Cameras {
		p := orb.Point{c.Lon, c.Lat}
		x, y := tile.At(p, openingZoom)
		s := square{x, y}
		count[s] = append(count[s], p)
		if n := len(count[s]); n > len(count[best]) {
			best = s
		}
	}
	if len(l.Cameras) == 0 {
		return l.Bound.Center(), openingZoom - 2
	}
	for _, p := range count[best] {
		at[0] += p[0] / float64(len(count[best]))
		at[1] += p[1] / float64(len(count[best]))
	}
	return at, openingZoom
}

// Fields describes the layers of the tiles, by name: their fields and types, as TileJSON has them.
func Fields() map[string]map[string]string {
	all := map[string]map[string]string{
		LayerCameras: {"id": "String", "kind": "String", "direction": "String", "operator": "String", "date": "String", "version": "Number",
			"tags": "String", "place": "String", "outside": "Boolean", "blind": "String", "n": "Number"},
		LayerViews: {"camera": "String", "case": "String", "level": "String", "kind": "String", "operator": "String", "date": "String"},
	}
	for _, name := range basemap.Layers() {
		all[name] = map[string]string{"class": "String"}
		if name == "roads" || name == "places" || name == "ground" {
			all[name]["name"] = "String"
		}
	}
	return all
}
