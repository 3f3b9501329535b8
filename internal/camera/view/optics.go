package view

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"math"
	"strconv"
	"strings"
)

//go:embed data/optics.csv
var opticsCSV []byte

// Level is a named degree of detail: so many pixels for each metre at the target.
type Level struct {
	Name           string  // "detect"
	Standard       string  // "EN 62676-4:2015 / IEC 62676-4:2014"
	French         string  // "détecter", "" where the standard has no French word known here
	PixelsPerMetre float64 // at least
	Check          string  // how far the number was checked, in the words of the table
	Verified       bool
}

// Standard2015 is the edition whose levels are drawn.
const Standard2015 = "EN 62676-4:2015 / IEC 62676-4:2014"

// Levels returns every level of the table, in its order.
func Levels() []Level { return append([]Level(nil), levels...) }

// Drawn returns the four levels that maps draw, from the most detailed to the least: identify, recognise, observe,
// detect of EN 62676-4:2015, all verified.
func Drawn() []Level { return append([]Level(nil), drawn...) }

var (
	levels = mustLevels(opticsCSV)
	drawn  = pick("identify", "recognise", "observe", "detect")
)

func mustLevels(b []byte) []Level {
	all, err := parseLevels(b)
	if err != nil {
		panic(fmt.Sprintf("view: data/optics.csv: %v", err)) // embedded: a test would have said
	}
	return all
}

func parseLevels(b []byte) ([]Level, error) {
	rows, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil {
		return nil, err
	}
	var all []Level
	for i, r := range rows[1:] {
		ppm, err := strconv.ParseFloat(r[3], 64)
		if err != nil || ppm <= 0 {
			return nil, fmt.Errorf("row %d: pixels per metre %q", i+2, r[3])
		}
		mm, err := strconv.ParseFloat(r[4], 64)
		if err != nil || math.Abs(mm*ppm-1000) > 5 {
			return nil, fmt.Errorf("row %d: %q mm a pixel are not %q pixels per metre", i+2, r[4], r[3])
		}
		all = append(all, Level{Name: r[0], Standard: r[1], French: r[2], PixelsPerMetre: ppm, Check: r[5],
			Verified: r[5] == "verified" || strings.HasPrefix(r[5], "verified ")})
	}
	return all, nil
}

func pick(names ...string) []Level {
	var out []Level
	for _, n := range names {
		for _, l := range levels {
			if l.Name == n && l.Standard == Standard2015 {
				out = append(out, l)
			}
		}
	}
	return out
}

// SceneWidth returns how many metres across the picture holds at a distance, for a horizontal field of view in
// degrees.
func SceneWidth(distance, angle float64) float64 {
	return 2 * distance * math.Tan(angle/2*math.Pi/180)
}

// PixelsPerMetre returns the detail at a distance, for a picture that is so many pixels wide.
func PixelsPerMetre(pixels int, distance, angle float64) float64 {
	return float64(pixels) / SceneWidth(distance, angle)
}

// Reach returns the distance at which the detail falls to so many pixels per metre.
func Reach(pixels int, pixelsPerMetre, angle float64) float64 {
	return float64(pixels) / (pixelsPerMetre * 2 * math.Tan(angle/2*math.Pi/180))
}

// FieldOfView returns the angle that a lens sees on a sensor, both in millimetres, by the model of the pinhole.
func FieldOfView(sensorWidth, focalLength float64) float64 {
	return 2 * math.Atan(sensorWidth/(2*focalLength)) * 180 / math.Pi
}

// vertical returns the vertical field of view of a picture of 16:9.
func vertical(angle float64) float64 {
	return 2 * math.Atan(math.Tan(angle/2*math.Pi/180)*9/16) * 180 / math.Pi
}

// TargetHeight is the height in metres at which detail is measured: a face or a windscreen.
const TargetHeight = 1.6

// BlindFoot returns the distance in metres below which a target passes under the picture, for a camera at a height
// and tilted by degrees below the horizon. It is 0 when the picture reaches down to the foot of the mast, and
// infinite when its lower edge never comes down to the target.
func BlindFoot(height, tilt, angle float64) float64 {
	drop := height - TargetHeight
	lower := tilt + vertical(angle)/2
	switch {
	case drop <= 0:
		return 0
	case lower >= 90:
		return 0
	case lower <= 0:
		return math.Inf(1)
	}
	return drop / math.Tan(lower*math.Pi/180)
}

// farEdge returns the distance at which the upper edge of the picture comes down to the target; infinite when it
// stays above.
func farEdge(height, tilt, angle float64) float64 {
	drop := height - TargetHeight
	upper := tilt - vertical(angle)/2
	if upper <= 0 || drop <= 0 {
		return math.Inf(1)
	}
	return drop / math.Tan(upper*math.Pi/180)
}

// onGround turns a distance along the line of sight into one on the ground; 0 when the camera hangs too high for it.
func onGround(distance, height float64) float64 {
	drop := math.Max(0, height-TargetHeight)
	if distance <= drop {
		return 0
	}
	return math.Sqrt(distance*distance - drop*drop)
}
