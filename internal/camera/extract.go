package camera

import (
	"context"
	"math"
	"strings"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/camera/osm"
)

// Extract takes the cameras out of a file: those that the filter wants, nodes first, then ways, then relations. See
// [osm.File.Features] for order and errors. Problem of the file also hears of relations of which no member is there: they
// come without a place.
func (s *Spec) Extract(ctx context.Context, f *osm.File, filter osm.Filter, names Names, fn func(*contrechamp.Camera) error) error {
	f.Members = placing
	return f.Features(ctx, filter, func(ft *osm.Feature) error {
		if ft.Deleted { // in a file of changes, or with history
			return nil
		}
		c := s.Camera(ft, names)
		if c.Place == contrechamp.PlaceUnknown && ft.Kind == osm.Relation && f.Problem != nil {
			f.Problem(osm.Problem{ID: ft.ID, Offset: ft.Offset, What: "none of its members is in the file: it is nowhere"})
		}
		return fn(&c)
	})
}

// placing answers the members that say where a relation is: its devices, else all.
func placing(e *osm.Element) []osm.Member {
	var devices []osm.Member
	for _, m := range e.Members {
		if m.Kind == osm.Node && m.Role == "device" {
			devices = append(devices, m)
		}
	}
	if len(devices) > 0 {
		return devices
	}
	return e.Members
}

// Camera makes a camera of a feature.
func (s *Spec) Camera(ft *osm.Feature, names Names) contrechamp.Camera {
	c := contrechamp.Camera{ID: ft.ID.String(), Tags: tags(ft.Tags), Version: ft.Version, Timestamp: ft.Timestamp}
	place(&c, ft)
	c.Understood = s.Understand(c.Tags, names)
	return c
}

// tags returns the raw tags. What is no UTF-8 could be neither printed nor kept, and is marked.
func tags(from osm.Tags) map[string]string {
	m := make(map[string]string, len(from))
	for _, t := range from {
		m[strings.ToValidUTF8(t.Key, "�")] = strings.ToValidUTF8(t.Value, "�")
	}
	return m
}

// place finds where the camera is.
func place(c *contrechamp.Camera, ft *osm.Feature) {
	switch ft.Kind {
	case osm.Node:
		c.Place, c.Lat, c.Lon = contrechamp.PlaceOfNode, ft.Point.Lat, ft.Point.Lon
		return
	case osm.Way:
		centre(c, ft.Line)
		return
	}
	var all []osm.Point
	for _, m := range ft.Members {
		if m.Role == "device" && len(m.Points) == 1 {
			c.Place, c.Lat, c.Lon = contrechamp.PlaceOfDevice, m.Points[0].Lat, m.Points[0].Lon
			return
		}
		all = append(all, m.Points...)
	}
	centre(c, all)
}

// centre puts the camera into the middle of the box round points.
func centre(c *contrechamp.Camera, points []osm.Point) {
	if len(points) == 0 {
		return
	}
	low, high := points[0], points[0]
	for _, p := range points[1:] {
		low.Lat, low.Lon = min(low.Lat, p.Lat), min(low.Lon, p.Lon)
		high.Lat, high.Lon = max(high.Lat, p.Lat), max(high.Lon, p.Lon)
	}
	c.Place = contrechamp.PlaceOfCentre
	c.Lat, c.Lon = seven((low.Lat+high.Lat)/2), seven((low.Lon+high.Lon)/2)
}

// seven rounds to the seven places of a degree that OpenStreetMap has.
func seven(degrees float64) float64 { return math.Round(degrees*1e7) / 1e7 }
