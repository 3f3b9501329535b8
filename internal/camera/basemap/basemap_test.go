package basemap

import (
	"fmt"
	"slices"
	"testing"

	"github.com/paulmach/orb"
)

var (
	open   = orb.LineString{{0, 0}, {0, 1}, {1, 1}}
	closd  = orb.LineString{{0, 0}, {0, 1}, {1, 1}, {0, 0}}
	shapeM = orb.MultiPolygon{{orb.Ring(closd)}}
)

// tags makes tags from pairs.
func tags(pairs ...string) map[string]string {
	m := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	return m
}

func TestDraw(t *testing.T) {
	for _, tt := range []struct {
		e    Element
		want []string
	}{
		{Element{tags("highway", "residential", "name", "Tal"), open}, []string{"roads/street Tal LineString 11"}},
		{Element{tags("highway", "primary", "junction", "roundabout"), closd}, []string{"roads/major  LineString 8"}},
		{Element{tags("highway", "pedestrian", "area", "yes", "name", "Marienplatz"), closd}, []string{"ground/square Marienplatz Polygon 13"}},
		{Element{tags("highway", "pedestrian"), closd}, []string{"roads/foot  LineString 12"}},
		{Element{tags("highway", "pedestrian", "type", "multipolygon"), shapeM}, []string{"ground/square  MultiPolygon 13"}},
		{Element{tags("building", "yes"), closd}, []string{"buildings/building  Polygon 13"}},
		{Element{tags("building", "no"), closd}, nil},
		{Element{tags("building", "yes"), open}, nil},
		{Element{tags("building", "yes"), shapeM}, []string{"buildings/building  MultiPolygon 13"}},
		{Element{tags("natural", "water", "water", "river"), shapeM}, []string{"water/lake  MultiPolygon 6"}},
		{Element{tags("leisure", "park", "landuse", "grass"), closd}, []string{"green/park  Polygon 10"}},
		{Element{tags("highway", "primary", "tunnel", "yes"), open}, nil},
		{Element{tags("highway", "footway", "layer", "-1"), open}, nil},
		{Element{tags("waterway", "river", "layer", "-1"), open}, []string{"water/river  LineString 9"}},
		{Element{tags("boundary", "administrative", "admin_level", "8"), open}, []string{"boundaries/municipality  LineString 9"}},
		{Element{tags("admin_level", "8"), open}, nil},
		{Element{tags("place", "suburb", "name", "Kluuvi"), orb.Point{1, 2}}, []string{"places/village Kluuvi Point 11"}},
		{Element{tags("railway", "tram", "highway", "residential"), open}, []string{"roads/street  LineString 11"}},
		{Element{nil, open}, nil},
		{Element{tags("highway", "residential"), orb.LineString{{0, 0}}}, nil},
	} {
		var got []string
		for _, f := range Draw(tt.e) {
			got = append(got, fmt.Sprintf("%s/%s %s %s %d", f.Layer, f.Class, f.Name, f.Geometry.GeoJSONType(), f.MinZoom))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%v: got %q, want %q", tt.e.Tags, got, tt.want)
		}
	}
}

func TestRulesAreChecked(t *testing.T) {
	const head = "layer,class,geometry,key,values,minzoom\n"
	for _, bad := range []string{"roof,x,area,a,b,1", "roads,x,cube,a,b,1", "roads,x,line,a,b,99", "roads,x,line,a,b,high", "roads,x"} {
		if got, err := parseRules([]byte(head + bad + "\n")); err == nil {
			t.Errorf("%q: got %v", bad, got)
		}
	}
}

func TestPublic(t *testing.T) {
	for _, tt := range []struct {
		tags   map[string]string
		street float64 // supposed width, 0 for no street
	}{
		{tags("highway", "residential"), 9}, {tags("highway", "residential", "width", "5.5 m"), 5.5}, {tags("highway", "service", "access", "private"), 0},
		{tags("highway", "residential", "access", "private", "foot", "yes"), 9}, {tags("highway", "service", "service", "driveway"), 0},
		{tags("highway", "footway", "indoor", "yes"), 0}, {tags("highway", "proposed"), 0}, {tags("highway", "footway", "width", "wide"), 3},
	} {
		way, ok := IsStreet(Element{tt.tags, open})
		if ok != (tt.street > 0) || way.Width != tt.street {
			t.Errorf("%v: got %v, %v", tt.tags, way.Width, ok)
		}
	}
	for _, tt := range []struct {
		e    Element
		want [4]bool // building, street, ground, municipality
	}{
		{Element{tags("building", "house"), closd}, [4]bool{true, false, false, false}},
		{Element{tags("building", "roof"), closd}, [4]bool{}},
		{Element{tags("place", "square"), shapeM}, [4]bool{false, false, true, false}},
		{Element{tags("leisure", "park", "access", "private"), shapeM}, [4]bool{}},
		{Element{tags("boundary", "administrative", "admin_level", "8", "name", "Monaco"), shapeM}, [4]bool{false, false, false, true}},
		{Element{tags("boundary", "administrative", "admin_level", "8"), shapeM}, [4]bool{}},
		{Element{tags("boundary", "administrative", "admin_level", "8", "name", "Half"), orb.MultiPolygon(nil)}, [4]bool{}},
	} {
		_, building := IsBuilding(tt.e)
		_, street := IsStreet(tt.e)
		_, ground := IsPublicGround(tt.e)
		_, municipality := IsMunicipality(tt.e)
		if got := [4]bool{building, street, ground, municipality}; got != tt.want {
			t.Errorf("%v: got %v, want %v", tt.e.Tags, got, tt.want)
		}
	}
}
