package atlas

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

func TestSea(t *testing.T) {
	box := orb.Bound{Min: orb.Point{0, 0}, Max: orb.Point{10, 10}}
	island := []orb.Point{{4, 4}, {5, 4}, {5, 5}, {4, 5}, {4, 4}} // counter-clockwise: land to the left
	for _, tt := range []struct {
		name  string
		coast [][]orb.Point
		area  float64 // of the sea; -1 when it cannot be told
		wet   []orb.Point
		dry   []orb.Point
	}{
		{"no coast", nil, -1, nil, nil},
		{"sea in the south", [][]orb.Point{{{-1, 3}, {11, 3}}}, 30, []orb.Point{{5, 1}}, []orb.Point{{5, 5}}},
		{"sea in the north, in two ways", [][]orb.Point{{{5, 3}, {-1, 3}}, {{11, 3}, {5, 3}}}, 70, []orb.Point{{5, 5}}, []orb.Point{{5, 1}}},
		{"a strait", [][]orb.Point{{{-1, 7}, {11, 7}}, {{11, 3}, {-1, 3}}}, 40, []orb.Point{{5, 5}}, []orb.Point{{5, 1}, {5, 9}}},
		{"an isthmus", [][]orb.Point{{{-1, 3}, {11, 3}}, {{11, 7}, {-1, 7}}}, 60, []orb.Point{{5, 1}, {5, 9}}, []orb.Point{{5, 5}}},
		{"a corner", [][]orb.Point{{{-1, 2}, {2, 2}, {2, -1}}}, 4, []orb.Point{{1, 1}}, []orb.Point{{5, 5}}},
		{"all but a corner", [][]orb.Point{{{2, -1}, {2, 2}, {-1, 2}}}, 96, []orb.Point{{5, 5}}, []orb.Point{{1, 1}}},
		{"an island", [][]orb.Point{island}, 99, []orb.Point{{1, 1}}, []orb.Point{{4.5, 4.5}}},
		{"an island before the coast", [][]orb.Point{island, {{-1, 7}, {11, 7}}}, 69, []orb.Point{{1, 1}}, []orb.Point{{4.5, 4.5}, {5, 9}}},
		{"a coast that ends in the middle", [][]orb.Point{{{-1, 3}, {5, 3}}}, 15, []orb.Point{{1, 1}}, []orb.Point{{5, 5}, {7, 1}}},
		{"a coast all in the middle", [][]orb.Point{{{2, 3}, {8, 3}}}, 30, []orb.Point{{5, 1}}, []orb.Point{{5, 5}}},
		{"two coasts that end in the middle", [][]orb.Point{{{-1, 3}, {5, 3}}, {{6, 3}, {11, 3}}}, -1, nil, nil},
	} {
		sea := seaBefore(tt.coast, box)
		if sea == nil {
			if tt.area >= 0 {
				t.Errorf("%s: it could not be told", tt.name)
			}
			continue
		}
		if got := math.Abs(planar.Area(sea)); math.Abs(got-tt.area) > 1e-6 {
			t.Errorf("%s: the sea has %v, want %v", tt.name, got, tt.area)
		}
		for _, p := range tt.wet {
			if !planar.MultiPolygonContains(sea, p) {
				t.Errorf("%s: %v is dry", tt.name, p)
			}
		}
		for _, p := range tt.dry {
			if planar.MultiPolygonContains(sea, p) {
				t.Errorf("%s: %v is wet", tt.name, p)
			}
		}
	}
	if seaBefore([][]orb.Point{island}, orb.Bound{}) != nil {
		t.Error("an empty box has a sea")
	}
}
