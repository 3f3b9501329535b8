// Package basemap says what of an OpenStreetMap extract is drawn under the cameras: water, green, squares, buildings,
// roads, boundaries, and the names of places and streets. What becomes what is a table, layers.csv, that can be
// extended without knowing Go; its rows are tried in order and the first of each layer counts.
//
// It also says which ground is public ([Public]), for the question how much of it is seen.
package basemap

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

//go:embed layers.csv
var layersCSV []byte

// Layers are the names of all layers, from the ground up.
func Layers() []string {
	return []string{"green", "water", "ground", "boundaries", "roads", "buildings", "places"}
}

// Feature is something drawn.
type Feature struct {
	Layer, Class string
	Geometry     orb.Geometry
	MinZoom      uint8
	Name         string
}

// Element is an object of OpenStreetMap with its tags and shape: a Point for a node, a LineString for a way, a
// MultiPolygon for a multipolygon relation or a boundary.
type Element struct {
	Tags     map[string]string
	Geometry orb.Geometry
}

// rule is a row of the table.
type rule struct {
	layer, class, geometry, key string
	values                      map[string]bool // nil for any
	minZoom                     uint8
}

var rules = mustRules(layersCSV)

func mustRules(b []byte) []rule {
	all, err := parseRules(b)
	if err != nil {
		panic(fmt.Sprintf("basemap: layers.csv: %v", err)) // embedded: a test would have said
	}
	return all
}

func parseRules(b []byte) ([]rule, error) {
	rows, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, l := range Layers() {
		known[l] = true
	}
	var all []rule
	for i, r := range rows[1:] {
		zoom, err := strconv.ParseUint(r[5], 10, 8)
		if err != nil || zoom > 14 {
			return nil, fmt.Errorf("row %d: first level of zoom %q", i+2, r[5])
		}
		if !known[r[0]] {
			return nil, fmt.Errorf("row %d: there is no layer %q", i+2, r[0])
		}
		if r[2] != "area" && r[2] != "line" && r[2] != "point" {
			return nil, fmt.Errorf("row %d: there is no geometry %q", i+2, r[2])
		}
		n := rule{layer: r[0], class: r[1], geometry: r[2], key: r[3], minZoom: uint8(zoom)}
		if r[4] != "*" {
			n.values = map[string]bool{}
			for _, v := range strings.Fields(r[4]) {
				n.values[v] = true
			}
		}
		all = append(all, n)
	}
	return all, nil
}

// shape says as what an element can be drawn. A closed way is an area, unless its tags are those of a line.
func shape(e Element) (line, area orb.Geometry) {
	switch g := e.Geometry.(type) {
	case orb.LineString:
		if len(g) < 2 {
			return nil, nil
		}
		if len(g) >= 4 && g[0] == g[len(g)-1] && e.Tags["area"] != "no" {
			return g, orb.Polygon{orb.Ring(g)}
		}
		return g, nil
	case orb.Polygon, orb.MultiPolygon:
		return nil, g
	case orb.MultiLineString:
		return g, nil
	}
	return nil, nil
}

// Draw returns what is drawn of an element; most are drawn once, many not at all. Geometries are shared with it.
func Draw(e Element) []Feature {
	if len(e.Tags) == 0 || under(e.Tags) {
		return nil
	}
	line, area := shape(e)
	var out []Feature
	has := func(layer string) bool {
		for _, f := range out {
			if f.Layer == layer {
				return true
			}
		}
		return false
	}
	for _, r := range rules {
		v, ok := e.Tags[r.key]
		if !ok || v == "no" || r.values != nil && !r.values[v] || has(r.layer) {
			continue
		}
		var g orb.Geometry
		switch r.geometry {
		case "area":
			// a closed road is a roundabout unless it says that it is an area
			if r.key == "highway" && e.Tags["area"] != "yes" && line != nil {
				continue
			}
			g = area
		case "line":
			if r.key == "highway" && e.Tags["area"] == "yes" {
				continue
			}
			if r.key == "admin_level" && e.Tags["boundary"] != "administrative" {
				continue
			}
			g = line
		case "point":
			if p, ok := e.Geometry.(orb.Point); ok {
				g = p
			}
		}
		if g == nil {
			continue
		}
		out = append(out, Feature{Layer: r.layer, Class: r.class, Geometry: g, MinZoom: r.minZoom, Name: e.Tags["name"]})
	}
	return out
}

// under reports whether something lies below the ground or inside a house, and so is not drawn.
func under(tags map[string]string) bool {
	if tags["tunnel"] == "yes" || tags["tunnel"] == "building_passage" || tags["indoor"] == "yes" || tags["location"] == "underground" || tags["indoor"] == "room" {
		return true
	}
	layer, err := strconv.Atoi(tags["layer"])
	return err == nil && layer < 0 && tags["building"] == "" && tags["natural"] == "" && tags["waterway"] == ""
}

// IsBuilding reports whether an element stands in the way of a view, and returns its footprint.
func IsBuilding(e Element) (orb.MultiPolygon, bool) {
	b := e.Tags["building"]
	if b == "" || b == "no" || b == "roof" || b == "carport" || under(e.Tags) {
		return nil, false // one looks through under a roof without walls
	}
	_, area := shape(e)
	switch g := area.(type) {
	case orb.Polygon:
		return orb.MultiPolygon{g}, true
	case orb.MultiPolygon:
		return g, true
	}
	return nil, false
}

// Way is a street with its supposed width.
type Way struct {
	Lines orb.MultiLineString
	Width float64 // metres
}

// widths supposes how wide ways are, in metres, footways at their sides included, where no width is tagged. Streets
// of European towns; there is no source that has them all.
var widths = map[string]float64{
	"motorway": 20, "trunk": 16, "primary": 14, "secondary": 12, "tertiary": 10, "residential": 9, "unclassified": 8,
	"living_street": 7, "pedestrian": 8, "road": 8, "service": 5, "footway": 3, "path": 2, "steps": 3, "cycleway": 3,
	"track": 3, "motorway_link": 8, "trunk_link": 8, "primary_link": 8, "secondary_link": 7, "tertiary_link": 7, "bridleway": 2,
}

// IsStreet reports whether an element is a way on which the public goes, and returns it. Private ways, ways under the
// ground and inside houses are none.
func IsStreet(e Element) (Way, bool) {
	width, ok := widths[e.Tags["highway"]]
	if !ok || under(e.Tags) || closed(e.Tags) || e.Tags["area"] == "yes" {
		return Way{}, false
	}
	if w, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(e.Tags["width"], "m")), 64); err == nil && w > 0.5 && w < 60 {
		width = w
	}
	switch g := e.Geometry.(type) {
	case orb.LineString:
		if len(g) >= 2 {
			return Way{orb.MultiLineString{g}, width}, true
		}
	case orb.MultiLineString:
		return Way{g, width}, true
	}
	return Way{}, false
}

func closed(tags map[string]string) bool {
	for _, key := range []string{"foot", "access"} {
		switch tags[key] {
		case "private", "no", "customers", "delivery", "permit":
			return true
		case "yes", "designated", "permissive", "public":
			return false
		}
	}
	return tags["service"] == "parking_aisle" || tags["service"] == "driveway"
}

// IsPublicGround reports whether an element is an area where the public goes: squares, areas for walking, parks.
func IsPublicGround(e Element) (orb.MultiPolygon, bool) {
	t := e.Tags
	public := t["place"] == "square" || t["leisure"] == "park" || t["leisure"] == "garden" && t["access"] == "yes" || t["landuse"] == "village_green" ||
		(t["highway"] == "pedestrian" || t["highway"] == "footway") && (t["area"] == "yes" || t["type"] == "multipolygon")
	if !public || under(t) || closed(t) {
		return nil, false
	}
	_, area := shape(e)
	switch g := area.(type) {
	case orb.Polygon:
		return orb.MultiPolygon{g}, true
	case orb.MultiPolygon:
		return g, true
	}
	return nil, false
}

// Municipality is an area with a name that administers itself.
type Municipality struct {
	Name  string
	Level int // admin_level
	Area  orb.MultiPolygon
}

// IsMunicipality reports whether an element is a boundary of administration with a name and a whole outline.
func IsMunicipality(e Element) (Municipality, bool) {
	level, err := strconv.Atoi(e.Tags["admin_level"])
	if err != nil || e.Tags["boundary"] != "administrative" || e.Tags["name"] == "" {
		return Municipality{}, false
	}
	_, area := shape(e)
	switch g := area.(type) {
	case orb.Polygon:
		return Municipality{e.Tags["name"], level, orb.MultiPolygon{g}}, true
	case orb.MultiPolygon:
		return Municipality{e.Tags["name"], level, g}, len(g) > 0
	}
	return Municipality{}, false
}
