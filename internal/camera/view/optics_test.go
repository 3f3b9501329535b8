package view

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"
)

// TestVectors: distances, widths and details that makers' calculators print, and that the pinhole gives. What is
// printed was rounded there, hence the half of the last digit.
func TestVectors(t *testing.T) {
	f, err := os.Open("testdata/optics-vectors.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	tested := 0
	for _, r := range rows[1:] {
		number := func(i int) float64 {
			if r[i] == "" {
				return math.NaN()
			}
			v, err := strconv.ParseFloat(r[i], 64)
			if err != nil {
				t.Fatalf("%s: %v", r[0], err)
			}
			return v
		}
		pixels, angle, sensor, focal, distance, width, detail := number(1), number(2), number(3), number(4), number(5), number(6), number(7)
		near := func(what string, got, want, tolerance float64) {
			tested++
			if math.Abs(got-want) > tolerance {
				t.Errorf("%s: %s is %.3f, want %.3f", r[0], what, got, want)
			}
		}
		if !math.IsNaN(sensor) {
			near("angle", FieldOfView(sensor, focal), angle, 0.05)
			angle = FieldOfView(sensor, focal)
		}
		if !math.IsNaN(distance) && !math.IsNaN(angle) {
			near("width", SceneWidth(distance, angle), width, 0.006)
			near("detail", PixelsPerMetre(int(pixels), distance, angle), detail, 0.1)
			near("reach", Reach(int(pixels), detail, angle), distance, distance/500)
		}
		near("detail of the width", pixels/width, detail, 0.1)
	}
	if tested < 25 {
		t.Errorf("%d numbers compared: the table was not read whole", tested)
	}
}

func TestLevels(t *testing.T) {
	want := map[string]float64{"identify": 250, "recognise": 125, "observe": 62.5, "detect": 25}
	for _, l := range Drawn() {
		if l.PixelsPerMetre != want[l.Name] || !l.Verified || l.French == "" {
			t.Errorf("got %+v", l)
		}
		delete(want, l.Name)
	}
	if len(want) > 0 {
		t.Errorf("not drawn: %v", want)
	}
	verified, not := 0, 0
	for _, l := range Levels() {
		if l.Verified {
			verified++
		} else {
			not++
		}
		if l.Standard == "IEC 62676-4:2025" && l.Verified {
			t.Errorf("%s of the edition of 2025 is said to be verified", l.Name)
		}
	}
	if verified != 12 || not != 8 {
		t.Errorf("%d verified and %d not: the table changed, look at what pages say of it", verified, not)
	}
	for _, bad := range []string{"a,b,c,d,e,f\nx,s,f,-1,1,verified\n", "a,b,c,d,e,f\nx,s,f,25,4,verified\n", "a,b\n\"", "a,b,c,d,e,f\nx,s,f,abc,1,v\n"} {
		if got, err := parseLevels([]byte(bad)); err == nil {
			t.Errorf("%q: got %v, want an error", bad, got)
		}
	}
}

func TestBlindFoot(t *testing.T) {
	for _, tt := range []struct {
		name                string
		height, tilt, angle float64
		want                float64
	}{
		// 60 degrees across are 36.0 down: the lower edge is 18.0 below a level camera
		{"level", 4, 0, 60, 2.4 / math.Tan(17.9913*math.Pi/180)},
		{"tilted", 4, 27.0087, 60, 2.4},
		{"straight down", 4, 80, 60, 0},
		{"below the target", 1.2, 0, 60, 0},
		{"at the sky", 4, -30, 60, math.Inf(1)},
	} {
		if got := BlindFoot(tt.height, tt.tilt, tt.angle); math.Abs(got-tt.want) > 1e-3 && got != tt.want {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
	}
	if got := onGround(5, 4.6); math.Abs(got-4) > 1e-9 {
		t.Errorf("5 m from 3 m above the target are %v m on the ground, want 4", got)
	}
	if got := onGround(2, 4.6); got != 0 {
		t.Errorf("what hangs higher than it reaches shows %v m", got)
	}
	if got := farEdge(4.0, 45+17.9913, 60); math.Abs(got-2.4) > 1e-3 {
		t.Errorf("the upper edge comes down at %v, want 2.4", got)
	}
}
