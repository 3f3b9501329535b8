package coverage

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/camera/atlas"
	"contrechamp.org/contrechamp/internal/camera/basemap"
	"contrechamp.org/contrechamp/internal/camera/view"
)

// TestFill: the raster of a shape has its area, wherever it lies.
func TestFill(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		c := view.Metres{X: r.Float64()*2000 - 1000, Y: r.Float64()*2000 - 1000}
		radius := 20 + r.Float64()*300
		var outer, inner []view.Metres
		for k := range 90 {
			s, co := math.Sincos(float64(k) * math.Pi / 45)
			outer = append(outer, c.Add(view.Metres{X: co * radius, Y: s * radius}))
			inner = append(inner, c.Add(view.Metres{X: co * radius / 2, Y: s * radius / 2}))
		}
		m := newMask()
		fill([][]view.Metres{outer, inner}, func(y, x0, x1 int) { m.change(y, x0, x1, true) })
		got, _ := m.count(newMask())
		want := math.Pi * radius * radius * 0.75
		if math.Abs(got-want) > want*0.01+radius {
			t.Errorf("a ring of %.0f m has %.0f m², want %.0f", radius, got, want)
		}
		if m.has(c) || !m.has(c.Add(view.Metres{X: radius * 0.75})) || m.has(c.Add(view.Metres{Y: radius * 1.1})) {
			t.Error("points lie where they do not")
		}
		fill([][]view.Metres{outer}, func(y, x0, x1 int) { m.change(y, x0, x1, false) })
		if got, _ := m.count(m); got != 0 {
			t.Errorf("%.0f m² are left after taking all out", got)
		}
	}
}

func TestMaskIsBounded(t *testing.T) {
	m := newMask()
	m.change(0, 0, (MaxTiles+2)*tileSide, true)
	if err := m.err(); !errors.Is(err, contrechamp.ErrInvalid) || contrechamp.Hint(err) == "" || len(m.tiles) > MaxTiles {
		t.Errorf("got %v with %d tiles", err, len(m.tiles))
	}
}

var centre = orb.Point{24.94, 60.17}

// street makes a town: one street of 400 m to the east, 10 m wide, in two municipalities that meet in its middle.
func street(cameras ...contrechamp.Camera) *atlas.Land {
	p := view.NewPlane(centre)
	at := func(x, y float64) orb.Point { return p.From(view.Metres{X: x, Y: y}) }
	var l atlas.Land
	for _, c := range cameras {
		l.AddCamera(c)
	}
	l.AddElement(basemap.Element{Tags: map[string]string{"highway": "residential", "width": "10"}, Geometry: orb.LineString{at(-200, 0), at(200, 0)}})
	for name, x := range map[string]float64{"West": -300, "East": 0} {
		l.AddElement(basemap.Element{Tags: map[string]string{"boundary": "administrative", "admin_level": "8", "name": name},
			Geometry: orb.MultiPolygon{{{at(x, -100), at(x+300, -100), at(x+300, 100), at(x, 100), at(x, -100)}}}})
	}
	return &l
}

func camera(x float64, bearing float64, operator string) contrechamp.Camera {
	at := view.NewPlane(centre).From(view.Metres{X: x})
	c := contrechamp.Camera{ID: "node/1", Lon: at[0], Lat: at[1]}
	c.Kind, c.Height, c.Angle = contrechamp.CameraVideo, 1, 60 // below the target: no blind foot
	if !math.IsNaN(bearing) {
		c.Views = []contrechamp.FieldOfView{{From: bearing, To: bearing}}
	}
	if operator != "" {
		c.Operator = contrechamp.EntityRef{Names: []string{operator}}
	}
	return c
}

func TestMeasure(t *testing.T) {
	// both look east: 44.3, 66.5 and 133 m of street
	l := street(camera(-150, 90, "Town"), camera(20, 90, ""), camera(100, math.NaN(), ""))
	r, err := Measure(context.Background(), l, "detect", 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Rows) != 3 || r.Rows[1].Name != "East" || r.Rows[2].Name != "West" || r.Notice == "" {
		t.Fatalf("got %+v", r.Rows)
	}
	near := func(what string, got, want, tolerance float64) {
		t.Helper()
		if math.Abs(got-want) > tolerance {
			t.Errorf("%s: got %.1f, want %.1f", what, got, want)
		}
	}
	whole, east, west := r.Rows[0], r.Rows[1], r.Rows[2]
	near("street", whole.Street.All, 400, 0.5)
	near("street in the west", west.Street.All, 200, 0.5)
	near("seen in the west, modest", west.Street.Seen[0], 44.3, 1.5)
	near("seen in the west, common", west.Street.Seen[1], 66.5, 2)
	near("seen in the west, fine", west.Street.Seen[2], 150, 2)
	near("seen in the east, common", east.Street.Seen[1], 66.5, 2)
	// in the fine case the third camera may look anywhere, 133 m each way, into the west too
	near("seen in the east, fine", east.Street.Seen[2], 200, 3)
	near("area", west.Area, 300*200, 400)
	near("public ground", whole.Ground.All, 400*10+math.Pi*25, 60)
	near("public ground of both", east.Ground.All+west.Ground.All, whole.Ground.All, 15)
	if !(whole.Ground.Seen[0] < whole.Ground.Seen[1] && whole.Ground.Seen[1] < whole.Ground.Seen[2] && whole.Ground.Seen[2] <= whole.Ground.All) {
		t.Errorf("the cases are out of order: %v", whole.Ground)
	}
	if whole.Cameras != 3 || east.Cameras != 2 || west.Cameras != 1 {
		t.Errorf("cameras: %d, east %d, west %d", whole.Cameras, east.Cameras, west.Cameras)
	}
	if len(r.Operators) != 2 || r.Operators[1].Name != "Town" || r.Operators[0].Cameras != 2 {
		t.Fatalf("got %+v", r.Operators)
	}
	near("the town's cameras", r.Operators[1].Street[1], 66.5, 2)
}

// TestTwoThatSeeTheSame: the union counts what two cameras show once.
func TestTwoThatSeeTheSame(t *testing.T) {
	one, err := Measure(context.Background(), street(camera(0, 90, "")), "detect", 8)
	if err != nil {
		t.Fatal(err)
	}
	two, err := Measure(context.Background(), street(camera(0, 90, ""), camera(0, 90, "")), "detect", 8)
	if err != nil {
		t.Fatal(err)
	}
	if one.Rows[0].Street != two.Rows[0].Street || one.Rows[0].Ground != two.Rows[0].Ground {
		t.Errorf("one: %+v, two: %+v", one.Rows[0], two.Rows[0])
	}
}

// TestBuildingsAreNoGround: what stands on a square is not public ground.
func TestBuildingsAreNoGround(t *testing.T) {
	p := view.NewPlane(centre)
	square := func(side float64) orb.LineString {
		h := side / 2
		return orb.LineString{p.From(view.Metres{X: -h, Y: -h}), p.From(view.Metres{X: h, Y: -h}), p.From(view.Metres{X: h, Y: h}), p.From(view.Metres{X: -h, Y: h}), p.From(view.Metres{X: -h, Y: -h})}
	}
	var l atlas.Land
	l.AddElement(basemap.Element{Tags: map[string]string{"place": "square"}, Geometry: square(100)})
	l.AddElement(basemap.Element{Tags: map[string]string{"building": "yes"}, Geometry: square(40)})
	r, err := Measure(context.Background(), &l, "identify", 0)
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Rows[0].Ground.All; math.Abs(got-8400) > 150 {
		t.Errorf("got %.0f m², want 8400", got)
	}
}

func TestMeasureRefuses(t *testing.T) {
	if _, err := Measure(context.Background(), street(), "everything", 0); !errors.Is(err, contrechamp.ErrInvalid) {
		t.Errorf("got %v", err)
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Measure(ended, street(camera(0, 0, "")), "detect", 0); !errors.Is(err, context.Canceled) {
		t.Errorf("after its end: %v", err)
	}
}
