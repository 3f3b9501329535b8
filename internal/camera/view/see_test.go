package view

import (
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"contrechamp.org/contrechamp"
)

func see(t *testing.T, s *Seer, n Noted, c Case) View {
	t.Helper()
	v, err := s.See(n, c)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// metresSquare is the area of an outline.
func metresSquare(at orb.Point, m orb.MultiPolygon) float64 {
	p := NewPlane(at)
	sum := 0.0
	for _, polygon := range m {
		for i, ring := range polygon {
			var flat orb.Ring
			for _, c := range ring {
				q := p.To(c)
				flat = append(flat, orb.Point{q.X, q.Y})
			}
			a := math.Abs(planar.Area(flat))
			if i > 0 {
				a = -a
			}
			sum += a
		}
	}
	return sum
}

func TestRingsInTheOpen(t *testing.T) {
	n := Nothing(helsinki)
	n.Bearings, n.Angle, n.Height = []float64{90}, 60, 4
	v := see(t, &Seer{}, n, Common)
	// 1920 px over 60 degrees: 25 px/m at 66.5 m along the line of sight
	for level, want := range map[string]float64{"identify": 6.651, "recognise": 13.302, "observe": 26.604, "detect": 66.511} {
		want = math.Sqrt(want*want - 2.4*2.4)
		if got := v.Reached(level); math.Abs(got-want) > 0.01 {
			t.Errorf("%s reaches %.2f m, want %.2f", level, got, want)
		}
	}
	if want := 2.4 / math.Tan(2*17.9913*math.Pi/180); math.Abs(v.Foot-want) > 0.01 {
		t.Errorf("blind foot %.2f m, want %.2f", v.Foot, want)
	}
	detect := v.Rings[len(v.Rings)-1]
	if got, want := metresSquare(helsinki, detect.Outline), math.Pi/6*(detect.Reach*detect.Reach-v.Foot*v.Foot); math.Abs(got-want) > want/100 {
		t.Errorf("a sixth of a circle has %.1f m², want %.1f", got, want)
	}
	if want := []Assumption{AssumedPixels, AssumedTilt}; !slices.Equal(v.Assumptions, want) {
		t.Errorf("assumed %v, want %v", v.Assumptions, want)
	}
	worse, better := see(t, &Seer{}, n, Modest), see(t, &Seer{}, n, Fine)
	if !(worse.Reached("detect") < v.Reached("detect") && v.Reached("detect") < better.Reached("detect")) {
		t.Error("the cases are out of order")
	}
}

func TestWallsStopTheView(t *testing.T) {
	p := NewPlane(helsinki)
	buildings, left := NewBuildings([]orb.Polygon{square(p.From(Metres{30, 0}), 20), {{helsinki, helsinki}}, {{{500, 0}, {0, 0}, {1, 1}}}})
	if left != 2 || buildings.Len() != 1 {
		t.Fatalf("%d rings, %d left out", buildings.Len(), left)
	}
	n := Nothing(helsinki)
	n.Bearings, n.Angle, n.Height = []float64{90}, 20, 4
	v := see(t, &Seer{Buildings: buildings}, n, Common)
	for _, r := range v.Rings {
		for _, polygon := range r.Outline {
			for _, c := range polygon[0] {
				// the building's front is 20 m off and wide enough for the whole picture
				if m := p.To(c); m.X > 20.01 {
					t.Fatalf("%s reaches %v, behind the wall", r.Level.Name, m)
				}
			}
		}
	}
}

// TestEye: a camera noted inside a footprint looks out from the wall that its direction leads away from.
func TestEye(t *testing.T) {
	p := NewPlane(helsinki)
	buildings, _ := NewBuildings([]orb.Polygon{square(helsinki, 20)})
	at := p.From(Metres{8, 1}) // inside, two metres from the eastern wall
	for _, tt := range []struct {
		name     string
		bearings []float64
		want     Metres
	}{
		{"the nearest wall", []float64{90}, Metres{10.3, 1}},
		{"not the nearest, but the one it looks away from", []float64{0}, Metres{8, 10.3}},
		{"two directions: the nearest", []float64{0, 180}, Metres{10.3, 1}},
	} {
		n := Nothing(at)
		n.Bearings = tt.bearings
		v := see(t, &Seer{Buildings: buildings}, n, Common)
		if got := p.To(v.Eye); got.Sub(tt.want).Length() > 0.01 {
			t.Errorf("%s: the eye is at %v, want %v", tt.name, got, tt.want)
		}
		if !slices.Contains(v.Assumptions, AssumedOutside) || v.Blind != "" || len(v.Rings) == 0 {
			t.Errorf("%s: got %+v", tt.name, v)
		}
	}
	big, _ := NewBuildings([]orb.Polygon{square(helsinki, 90)})
	n := Nothing(helsinki)
	n.Bearings = []float64{90}
	if v := see(t, &Seer{Buildings: big}, n, Common); v.Blind != WalledIn || len(v.Rings) > 0 {
		t.Errorf("45 m from every wall: got %+v", v)
	}
	n.Indoor = true
	if v := see(t, &Seer{Buildings: big}, n, Common); v.Blind != Indoors || len(v.Rings) > 0 {
		t.Errorf("indoors: got %+v", v)
	}
}

// TestCourtyard: a camera in a courtyard is outside, and stays in its court.
func TestCourtyard(t *testing.T) {
	outer, court := square(helsinki, 60), square(helsinki, 30)
	buildings, _ := NewBuildings([]orb.Polygon{{outer[0], court[0]}})
	n := Nothing(helsinki)
	n.Turns, n.Height = true, 1
	v := see(t, &Seer{Buildings: buildings}, n, Common)
	if v.Blind != "" || slices.Contains(v.Assumptions, AssumedOutside) {
		t.Fatalf("got %+v", v)
	}
	if got := metresSquare(helsinki, v.Rings[len(v.Rings)-1].Outline); math.Abs(got-900) > 1 {
		t.Errorf("it sees %.1f m², and the court has 900", got)
	}
}

func TestDirections(t *testing.T) {
	p := NewPlane(helsinki)
	buildings, _ := NewBuildings([]orb.Polygon{square(p.From(Metres{0, 6}), 10)}) // its southern wall is 1 m to the north
	none, turning, ranged := Nothing(helsinki), Nothing(helsinki), Nothing(helsinki)
	turning.Turns = true
	ranged.Sectors = []Sector{{350, 20}}
	for _, tt := range []struct {
		name  string
		n     Noted
		c     Case
		guess bool
		want  []Sector
		why   Assumption
	}{
		{"nothing noted, the map", none, Fine, false, nil, ""},
		{"nothing noted, modest", none, Modest, true, nil, ""},
		{"nothing noted, on a wall", none, Common, true, []Sector{Facing(180, Common.Angle(false))}, AssumedWall},
		{"nothing noted, anywhere", none, Fine, true, []Sector{{0, 360}}, AssumedAnywhere},
		{"turns, modest", turning, Modest, false, nil, ""},
		{"turns", turning, Common, false, []Sector{{0, 360}}, AssumedAllRound},
		{"a range", ranged, Common, false, []Sector{{350, 20}}, AssumedPixels},
	} {
		v := see(t, &Seer{Buildings: buildings, Guess: tt.guess}, tt.n, tt.c)
		if !slices.EqualFunc(v.Sectors, tt.want, func(a, b Sector) bool { return math.Abs(a.From-b.From) < 0.01 && math.Abs(a.Span-b.Span) < 0.01 }) {
			t.Errorf("%s: got %v, want %v", tt.name, v.Sectors, tt.want)
		}
		if (tt.want == nil) != (v.Blind == NoDirection) || tt.why != "" && !slices.Contains(v.Assumptions, tt.why) {
			t.Errorf("%s: blind %q, assumed %v", tt.name, v.Blind, v.Assumptions)
		}
	}
}

func TestNumbersNoCameraHas(t *testing.T) {
	for name, change := range map[string]func(*Noted){
		"off the globe":   func(n *Noted) { n.At = orb.Point{200, 0} },
		"nowhere":         func(n *Noted) { n.At = orb.Point{math.NaN(), 0} },
		"too wide":        func(n *Noted) { n.Angle = 180 },
		"underground":     func(n *Noted) { n.Height = -1 },
		"no bearing":      func(n *Noted) { n.Bearings = []float64{math.Inf(1)} },
		"an empty sector": func(n *Noted) { n.Sectors = []Sector{{0, 0}} },
		"over the zenith": func(n *Noted) { n.Tilt = 91 },
	} {
		n := Nothing(helsinki)
		change(&n)
		if v, err := (&Seer{}).See(n, Common); !errors.Is(err, contrechamp.ErrInvalid) {
			t.Errorf("%s: got %+v, %v", name, v, err)
		}
	}
}

// TestRangeIsTheLens: a camera noted with the range 350 to 10 degrees has a lens of 20, and shows as much as one with
// the middle and the angle noted; over a wide range it turns, and the lens is the case's.
func TestRangeIsTheLens(t *testing.T) {
	ranged, both, wide := Nothing(helsinki), Nothing(helsinki), Nothing(helsinki)
	ranged.Sectors = []Sector{{350, 20}}
	both.Bearings, both.Angle = []float64{0}, 20
	wide.Sectors = []Sector{{90, 180}}
	a, b, c := see(t, &Seer{}, ranged, Common), see(t, &Seer{}, both, Common), see(t, &Seer{}, wide, Common)
	if a.Angle != 20 || math.Abs(a.Reached("detect")-b.Reached("detect")) > 1e-9 || slices.Contains(a.Assumptions, AssumedAngle) {
		t.Errorf("got %v° to %v m, want %v° to %v m", a.Angle, a.Reached("detect"), b.Angle, b.Reached("detect"))
	}
	if c.Angle != Common.Angle(false) || !slices.Contains(c.Assumptions, AssumedAngle) {
		t.Errorf("over a wide range: %v°, assumed %v", c.Angle, c.Assumptions)
	}
}

// TestSelfCrossing: a footprint that crosses itself still hides what is behind it.
func TestSelfCrossing(t *testing.T) {
	p := NewPlane(helsinki)
	bow := orb.Polygon{{p.From(Metres{-10, 20}), p.From(Metres{10, 30}), p.From(Metres{10, 20}), p.From(Metres{-10, 30}), p.From(Metres{-10, 20})}}
	buildings, left := NewBuildings([]orb.Polygon{bow})
	if left != 0 || !buildings.footprint[0].crossed {
		t.Fatalf("left %d, crossed %v", left, buildings.footprint[0].crossed)
	}
	var s Sweep
	outline := s.Visible(buildings.walls(p, 60, nil), -0.2, 0.4, 60)
	for _, b := range []float64{-0.15, -0.05, 0.05, 0.15} {
		if got := outlineAt(outline, b, false); got > 31 {
			t.Errorf("bearing %v: sees %v m through the building", b, got)
		}
	}
}

// FuzzSee: whatever stands around and whatever is noted, what comes back is finite, closed, and no further than asked.
func FuzzSee(f *testing.F) {
	f.Add([]byte{10, 10, 30, 10, 30, 30, 10, 30, 0, 0, 250, 3, 100, 100, 120, 90}, 90.0, 4.0, 10.0, 60.0, uint8(1))
	f.Add([]byte{0, 0, 200, 200, 200, 0, 0, 200, 128, 128}, 359.9, 0.0, -90.0, 179.0, uint8(2))
	f.Add([]byte{128, 128, 128, 130, 130, 130, 130, 128}, -720.5, 1000.0, 90.0, 0.1, uint8(7))
	f.Fuzz(func(t *testing.T, corners []byte, bearing, height, tilt, angle float64, flags uint8) {
		p := NewPlane(helsinki)
		var all []orb.Polygon
		var ring orb.Ring
		for i := 0; i+1 < len(corners) && i < 400; i += 2 {
			ring = append(ring, p.From(Metres{float64(corners[i]) - 128, float64(corners[i+1]) - 128}))
			if len(ring) == 4+int(flags)%5 {
				all = append(all, orb.Polygon{ring})
				ring = nil
			}
		}
		buildings, _ := NewBuildings(all)
		n := Nothing(helsinki)
		n.Bearings, n.Height, n.Tilt, n.Angle = []float64{bearing}, height, tilt, angle
		n.Turns, n.Plates = flags&1 > 0, flags&2 > 0
		for _, c := range Cases() {
			v, err := (&Seer{Buildings: buildings, Guess: flags&4 > 0}).See(n, c)
			if err != nil {
				if !errors.Is(err, contrechamp.ErrInvalid) {
					t.Errorf("%v is no kind of ours", err)
				}
				continue
			}
			eye := NewPlane(v.Eye)
			for _, r := range v.Rings {
				for _, polygon := range r.Outline {
					for _, closed := range polygon {
						if len(closed) < 3 || closed[0] != closed[len(closed)-1] {
							t.Fatalf("%s: a ring of %d corners that is not closed", r.Level.Name, len(closed))
						}
						for _, q := range closed {
							if d := eye.To(q).Length(); !(d <= math.Max(r.Reach, v.Foot)+0.01) {
								t.Fatalf("%s reaches %v m, and at most %v", r.Level.Name, d, r.Reach)
							}
						}
					}
				}
			}
		}
	})
}
