// Package atlas joins what was read of an extract, cameras and the land about them, and answers two questions: how it
// looks on a map ([Land.Pyramid]), and what the cameras show ([Land.Views]). What is collected is plain values; where
// they come from, a file or a store, is the caller's matter.
//
// Mapped is not present: the atlas shows what volunteers noted, on the day of the extract.
package atlas

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/camera/basemap"
	"contrechamp.org/contrechamp/internal/camera/view"
)

// Land is what was collected. Its zero value is empty and ready; it belongs to one goroutine while it grows.
type Land struct {
	Cameras        []contrechamp.Camera
	Features       []basemap.Feature
	Footprints     []orb.Polygon
	Streets        []basemap.Way
	Ground         []orb.MultiPolygon
	Municipalities []basemap.Municipality
	Bound          orb.Bound // of what was added with an element; zero while empty
	seen           bool
}

// AddCamera adds a camera.
func (l *Land) AddCamera(c contrechamp.Camera) {
	l.Cameras = append(l.Cameras, c)
	p := orb.Point{c.Lon, c.Lat}
	l.extend(orb.Bound{Min: p, Max: p})
}

// AddElement files an object of OpenStreetMap under what it is; most are nothing here. Geometries are shared with it.
func (l *Land) AddElement(e basemap.Element) {
	drawn := basemap.Draw(e)
	l.Features = append(l.Features, drawn...)
	for _, f := range drawn {
		if f.Layer == "roads" || f.Layer == "buildings" {
			l.extend(f.Geometry.Bound())
		}
	}
	if m, ok := basemap.IsBuilding(e); ok {
		l.Footprints = append(l.Footprints, m...)
	}
	if w, ok := basemap.IsStreet(e); ok {
		l.Streets = append(l.Streets, w)
	}
	if g, ok := basemap.IsPublicGround(e); ok {
		l.Ground = append(l.Ground, g)
	}
	if m, ok := basemap.IsMunicipality(e); ok {
		l.Municipalities = append(l.Municipalities, m)
	}
}

func (l *Land) extend(b orb.Bound) {
	if !l.seen {
		l.Bound, l.seen = b, true
		return
	}
	l.Bound = l.Bound.Union(b)
}

// Looks reports whether what a camera sees is drawn: things that record a picture of the street. Where the tags do not
// say what watches it is taken as a camera: most are. Speed cameras and the like look at one spot of the road, guards
// and microphones have no picture.
func Looks(k contrechamp.CameraKind) bool {
	switch k {
	case contrechamp.CameraVideo, contrechamp.CameraPlateReader, contrechamp.CameraWebcam, contrechamp.CameraUnidentified:
		return true
	}
	return false
}

// Noted returns what is known of how a camera looks.
func Noted(c contrechamp.Camera) view.Noted {
	n := view.Nothing(orb.Point{c.Lon, c.Lat})
	n.Indoor = c.Setting == contrechamp.SettingIndoor
	n.Plates = c.Kind == contrechamp.CameraPlateReader
	n.Turns = c.Form == "dome" || c.Form == "panning"
	if c.Height > 0 {
		n.Height = c.Height
	}
	if c.Tilt != nil {
		n.Tilt = *c.Tilt
	}
	if c.Angle > 0 && c.Angle < 180 {
		n.Angle = c.Angle
	}
	for _, v := range c.Views {
		if v.Width() > 0 {
			n.Sectors = append(n.Sectors, view.Sector{From: v.From, Span: math.Min(v.Width(), 360)})
		} else {
			n.Bearings = append(n.Bearings, v.From)
		}
	}
	return n
}

// Direction says what is noted of where a camera looks, for marks and filters.
type Direction string

// What may be noted of a direction.
const (
	DirectionKnown   Direction = "known"
	DirectionTurns   Direction = "turns" // none is noted, but it can look all round
	DirectionUnknown Direction = "unknown"
	DirectionIndoors Direction = "indoors"
	DirectionNone    Direction = "none" // has no view to draw
)

// DirectionOf returns what is noted of where a camera looks.
func DirectionOf(c contrechamp.Camera) Direction {
	switch {
	case !Looks(c.Kind):
		return DirectionNone
	case c.Setting == contrechamp.SettingIndoor:
		return DirectionIndoors
	case len(c.Views) > 0:
		return DirectionKnown
	case Noted(c).Turns:
		return DirectionTurns
	}
	return DirectionUnknown
}

// number returns a number for a camera's ID: that of its object, with its type in the last two bits.
func number(id string) uint64 {
	kind, digits, _ := strings.Cut(id, "/")
	n, err := strconv.ParseUint(digits, 10, 60)
	if err != nil {
		return 0 // no OSM object: the tile carries the ID as text
	}
	return n<<2 | map[string]uint64{"node": 1, "way": 2, "relation": 3}[kind]
}

// Views calls f with what each camera shows in each case. A camera whose numbers cannot be is passed over and
// counted: it stays on the map as a point.
func (l *Land) Views(ctx context.Context, guess bool, f func(i int, c contrechamp.Camera, v view.View)) (passed int, err error) {
	buildings, _ := view.NewBuildings(l.Footprints)
	s := &view.Seer{Buildings: buildings, Guess: guess}
	for i, c := range l.Cameras {
		if err := ctx.Err(); err != nil {
			return passed, fmt.Errorf("what cameras see: %w", err)
		}
		if !Looks(c.Kind) {
			continue
		}
		for _, which := range view.Cases() {
			v, err := s.See(Noted(c), which)
			if err != nil {
				passed++
				break
			}
			f(i, c, v)
		}
	}
	return passed, nil
}
