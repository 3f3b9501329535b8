package atlas

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/camera"
	"contrechamp.org/contrechamp/internal/camera/osm"
	"contrechamp.org/contrechamp/internal/camera/view"
	"contrechamp.org/contrechamp/internal/testenv"
)

// read reads an extract whole.
func read(t testing.TB, name string) *Land {
	t.Helper()
	path := testenv.Shared(t, "data", "osm", name)
	spec, err := camera.Standard()
	if err != nil {
		t.Fatal(err)
	}
	var l Land
	for _, do := range []func(*osm.File) error{
		func(f *osm.File) error {
			return spec.Extract(t.Context(), f, spec.Wanted(), camera.NewLexicon(), func(c *contrechamp.Camera) error {
				l.AddCamera(*c)
				return nil
			})
		},
		func(f *osm.File) error { return l.ReadLand(t.Context(), f) },
	} {
		f, err := osm.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := do(f); err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
	return &l
}

// member is a way of a relation, by the corners it goes through.
func member(role string, corners ...osm.Point) osm.Member {
	return osm.Member{ID: osm.ID{Kind: osm.Way}, Role: role, Points: corners}
}

func TestAssemble(t *testing.T) {
	p := func(x, y float64) osm.Point { return osm.Point{Lon: x, Lat: y} }
	a, b, c, d := p(0, 0), p(10, 0), p(10, 10), p(0, 10)
	hole := member("inner", p(2, 2), p(4, 2), p(4, 4), p(2, 2))
	for _, tt := range []struct {
		name    string
		members []osm.Member
		want    []int // rings by polygon
	}{
		{"one closed way", []osm.Member{member("outer", a, b, c, a)}, []int{1}},
		{"two halves, one turned round", []osm.Member{member("outer", a, b, c), member("outer", a, d, c)}, []int{1}},
		{"four sides in disorder", []osm.Member{member("outer", a, b), member("outer", c, d), member("", c, b), member("outer", a, d)}, []int{1}},
		{"with a hole", []osm.Member{hole, member("outer", a, b, c, d, a)}, []int{2}},
		{"a hole outside", []osm.Member{member("inner", p(20, 20), p(21, 20), p(21, 21), p(20, 20)), member("outer", a, b, c, a)}, []int{1}},
		{"two parts, the hole in the second", []osm.Member{member("outer", p(50, 50), p(51, 50), p(51, 51), p(50, 50)), member("outer", a, b, c, d, a), hole}, []int{1, 2}},
		{"cut by the edge of the extract", []osm.Member{member("outer", a, b, c)}, nil},
		{"a line there and back", []osm.Member{member("outer", a, b), member("outer", a, b)}, nil},
		{"no ways", nil, nil},
		{"a way of one node", []osm.Member{member("outer", a)}, nil},
	} {
		var got []int
		for _, polygon := range assemble(tt.members) {
			got = append(got, len(polygon))
			for _, r := range polygon {
				if r[0] != r[len(r)-1] || len(r) < 4 {
					t.Errorf("%s: the ring %v is none", tt.name, r)
				}
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestNoted(t *testing.T) {
	tilt := 20.0
	c := contrechamp.Camera{Lon: 24, Lat: 60, Understood: contrechamp.Understood{Kind: contrechamp.CameraPlateReader, Form: "dome", Height: 6, Tilt: &tilt, Angle: 40,
		Views: []contrechamp.FieldOfView{{From: 90, To: 90}, {From: 350, To: 370}}}}
	n := Noted(c)
	if n.At != (orb.Point{24, 60}) || !n.Plates || !n.Turns || n.Height != 6 || n.Tilt != 20 || n.Angle != 40 || !slices.Equal(n.Bearings, []float64{90}) ||
		!slices.Equal(n.Sectors, []view.Sector{{From: 350, Span: 20}}) {
		t.Errorf("got %+v", n)
	}
	n = Noted(contrechamp.Camera{Understood: contrechamp.Understood{Setting: contrechamp.SettingIndoor, Angle: 250}})
	if !n.Indoor || !math.IsNaN(n.Height) || !math.IsNaN(n.Tilt) || !math.IsNaN(n.Angle) {
		t.Errorf("got %+v", n)
	}
	for want, c := range map[Direction]contrechamp.Understood{
		DirectionKnown:   {Kind: contrechamp.CameraVideo, Views: []contrechamp.FieldOfView{{}}},
		DirectionTurns:   {Kind: contrechamp.CameraUnidentified, Form: "panning"},
		DirectionUnknown: {Kind: contrechamp.CameraWebcam},
		DirectionIndoors: {Kind: contrechamp.CameraVideo, Setting: contrechamp.SettingIndoor, Views: []contrechamp.FieldOfView{{}}},
		DirectionNone:    {Kind: contrechamp.CameraGuard, Views: []contrechamp.FieldOfView{{}}},
	} {
		if got := DirectionOf(contrechamp.Camera{Understood: c}); got != want {
			t.Errorf("%+v: got %s, want %s", c, got, want)
		}
	}
}

func TestNumbers(t *testing.T) {
	seen := map[uint64]string{}
	for _, id := range []string{"node/1", "way/1", "relation/1", "node/2", "node/9999999999", "relation/0"} {
		n := number(id)
		if n == 0 || seen[n] != "" {
			t.Errorf("%s has number %d, as %q has", id, n, seen[n])
		}
		seen[n] = id
	}
	if number("something else") != 0 {
		t.Error("what is no object has a number")
	}
}

// TestMunich: the real extract, against what osmium counts in it.
func TestMunich(t *testing.T) {
	l := read(t, "munich-centre-2020.osm.pbf")
	s := l.Summarise()
	surveillance := s.Kinds[contrechamp.CameraVideo] + s.Kinds[contrechamp.CameraUnidentified] + s.Kinds[contrechamp.CameraGuard] + s.Kinds[contrechamp.CameraPlateReader]
	if surveillance < 205 || s.Kinds[contrechamp.CameraSpeed] != 2 || s.Cameras != len(l.Cameras) || s.Newest != "2020-07-05" {
		t.Errorf("got %+v", s)
	}
	// 2,372 ways are buildings; with those of relations there are more footprints
	if len(l.Footprints) < 2372 {
		t.Errorf("%d footprints", len(l.Footprints))
	}
	if i := slices.IndexFunc(s.Places, func(p Place) bool { return p.Name == "Marienplatz" }); i < 0 || math.Abs(s.Places[i].Lat-48.137) > 0.002 || math.Abs(s.Places[i].Lon-11.575) > 0.003 {
		t.Errorf("Marienplatz is number %d of %d places", i, len(s.Places))
	}
	total := 0
	for _, n := range s.Directions {
		total += n
	}
	if total != s.Cameras {
		t.Errorf("directions %v do not add up to %d", s.Directions, s.Cameras)
	}
	if at, zoom := l.Centre(); !l.Bound.Contains(at) || zoom != openingZoom {
		t.Errorf("it opens at %v, %d", at, zoom)
	}
	outside, views := 0, 0
	passed, err := l.Views(t.Context(), false, func(_ int, c contrechamp.Camera, v view.View) {
		if v.Case != view.Common {
			return
		}
		if slices.Contains(v.Assumptions, view.AssumedOutside) {
			outside++
		}
		if v.Blind == "" && len(v.Rings) > 0 {
			views++
		}
		if c.Setting == contrechamp.SettingIndoor && v.Blind != view.Indoors {
			t.Errorf("%s is indoors and sees %+v", c.ID, v)
		}
	})
	if err != nil || passed != 0 {
		t.Errorf("%d passed over: %v", passed, err)
	}
	if want := s.Directions[DirectionKnown] + s.Directions[DirectionTurns]; views < want-10 || views > want || outside < 20 {
		t.Errorf("%d of %d have a view, %d moved outside", views, want, outside)
	}
}

// TestPyramid: every camera stands in the last level's tiles, and cones beside those that look.
func TestPyramid(t *testing.T) {
	l := read(t, "monaco-2025.osm.pbf")
	p, _, err := l.Pyramid(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	layers := map[string]bool{}
	err = p.Cut(t.Context(), func(z uint8, x, y uint32, packed []byte) error {
		decoded, err := mvt.UnmarshalGzipped(packed)
		if err != nil {
			return fmt.Errorf("%d/%d/%d: %w", z, x, y, err)
		}
		for _, layer := range decoded {
			layers[layer.Name] = true
			if layer.Name == LayerCameras && z == LastZoom {
				for _, f := range layer.Features {
					ids[f.Properties["id"].(string)] = true
				}
			}
			if Fields()[layer.Name] == nil {
				t.Errorf("layer %s is not described", layer.Name)
			}
			for _, f := range layer.Features {
				for key := range f.Properties {
					if Fields()[layer.Name][key] == "" {
						t.Errorf("field %s of %s is not described", key, layer.Name)
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(ids) != len(l.Cameras) || len(ids) < 16 {
		t.Errorf("%d cameras in the tiles, %d in the file", len(ids), len(l.Cameras))
	}
	for _, want := range []string{"buildings", "roads", "green", "views", "cameras", "boundaries"} {
		if !layers[want] {
			t.Errorf("there is no layer %s", want)
		}
	}
}

func TestEmptyLand(t *testing.T) {
	var l Land
	if _, _, err := l.Pyramid(context.Background()); err != nil {
		t.Error(err)
	}
	if s := l.Summarise(); s.Cameras != 0 || s.Newest != "" {
		t.Errorf("got %+v", s)
	}
	l.AddCamera(contrechamp.Camera{ID: "node/1", Lon: 5, Lat: 6, Timestamp: time.Date(2020, 1, 2, 0, 0, 0, 0, time.UTC)})
	if at, _ := l.Centre(); math.Abs(at[0]-5)+math.Abs(at[1]-6) > 1e-9 {
		t.Errorf("it opens at %v", at)
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := l.Views(ended, false, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// BenchmarkSee measures one camera in one case in the centre of Munich, everything included: the rule of the wall, the
// buildings, the sweep, the rings. At 60 m the figure asked is 300 µs (100,000 cameras in 30 s on one core); at 200 m
// a median of 2 ms.
func BenchmarkSee(b *testing.B) {
	l := read(b, "munich-centre-2020.osm.pbf")
	buildings, _ := view.NewBuildings(l.Footprints)
	for _, reach := range []float64{60, 200} {
		b.Run(fmt.Sprintf("%.0fm", reach), func(b *testing.B) {
			s := &view.Seer{Buildings: buildings}
			c := view.Common
			// 25 px/m at that reach over 90 degrees
			c.Pixels = int(reach * 25 * 2)
			var times []time.Duration
			i := 0
			for b.Loop() {
				n := Noted(l.Cameras[i%len(l.Cameras)])
				i++
				n.Indoor, n.Turns, n.Sectors, n.Bearings, n.Angle, n.Height, n.Tilt = false, true, nil, nil, 90, 1.6, 0
				began := time.Now()
				if _, err := s.See(n, c); err != nil {
					b.Fatal(err)
				}
				times = append(times, time.Since(began))
			}
			slices.Sort(times)
			b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "median-ms")
		})
	}
}
