package view

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"contrechamp.org/contrechamp"
)

// MaxRange is the furthest that is computed, in metres. What a narrow lens shows beyond is not drawn; the answer
// then carries [AssumedRange].
const MaxRange = 200

// Case is one set of assumptions for what maps do not say.
type Case struct {
	Name   string
	Pixels int     // width of the picture
	Lens   float64 // focal length in mm before a sensor of 1/2.8 inch, where no angle is noted
	Plates float64 // the same for readers of number plates, whose lenses are longer
	Height float64 // metres, where none is noted
}

// sensorWidth is that of a sensor of 1/2.8 inch, the most common in cameras of two megapixels, in millimetres.
const sensorWidth = 5.376

// The three cases: what a modest, a common and a very fine camera would show. A short lens on a high mast with few
// pixels shows least.
var (
	Modest = Case{"modest", 1280, 2.8, 6, 8}
	Common = Case{"common", 1920, 4, 12, 5}
	Fine   = Case{"fine", 3840, 6, 25, 3}
)

// Cases returns the worst, the middle and the best case, in this order.
func Cases() []Case { return []Case{Modest, Common, Fine} }

// CaseNamed answers the case with a name.
func CaseNamed(name string) (Case, bool) {
	for _, c := range Cases() {
		if c.Name == name {
			return c, true
		}
	}
	return Case{}, false
}

// Angle returns the horizontal field of view that the case supposes, in degrees.
func (c Case) Angle(plates bool) float64 {
	if plates {
		return FieldOfView(sensorWidth, c.Plates)
	}
	return FieldOfView(sensorWidth, c.Lens)
}

// Sector is a field of view on the ground: from a bearing, clockwise over a span, in degrees. A span of 360 is all
// round.
type Sector struct{ From, Span float64 }

// Facing returns the sector of an angle about a bearing.
func Facing(bearing, angle float64) Sector {
	return Sector{From: normal(bearing - angle/2), Span: math.Min(angle, 360)}
}

// Middle returns the bearing in the middle of the sector.
func (s Sector) Middle() float64 { return normal(s.From + s.Span/2) }

func normal(degrees float64) float64 {
	d := math.Mod(degrees, 360)
	if d < 0 {
		d += 360
	}
	return d
}

// Noted is what is known of a camera. Absent numbers are NaN; [Nothing] starts one.
type Noted struct {
	At       orb.Point
	Bearings []float64 // directions of which the middle is noted
	Sectors  []Sector  // fields of view noted as ranges
	Turns    bool      // a dome or a camera that pans: it can look all round
	Plates   bool      // a reader of number plates
	Indoor   bool
	Height   float64 // metres above the ground
	Tilt     float64 // degrees below the horizon
	Angle    float64 // horizontal field of view, degrees
}

// Nothing returns what is known of a camera of which only the place is.
func Nothing(at orb.Point) Noted {
	return Noted{At: at, Height: math.NaN(), Tilt: math.NaN(), Angle: math.NaN()}
}

// Assumption names something that is not noted and was taken to be so.
type Assumption string

// The assumptions that an answer may rest on.
const (
	AssumedPixels   Assumption = "pixels"    // the width of the picture: no map notes it
	AssumedAngle    Assumption = "angle"     // the lens of the case
	AssumedHeight   Assumption = "height"    // the height of the case
	AssumedTilt     Assumption = "tilt"      // the upper edge of the picture lies on the horizon
	AssumedAllRound Assumption = "all-round" // it can turn, so each direction can be seen, though not at once
	AssumedOutside  Assumption = "outside"   // noted inside a building: its eye was moved to the outside of the wall
	AssumedWall     Assumption = "wall"      // no direction is noted: it looks straight out from its wall
	AssumedAnywhere Assumption = "anywhere"  // no direction is noted: it may look anywhere
	AssumedRange    Assumption = "range"     // drawn to MaxRange only
)

// Blind says why nothing is drawn for a camera.
type Blind string

// Reasons for which a camera has no view.
const (
	NoDirection Blind = "no-direction" // none is noted, and it does not turn
	Indoors     Blind = "indoors"      // what it sees is not public ground
	WalledIn    Blind = "walled-in"    // no wall near enough to look out from
)

// Ring is the ground on which a target is shown in at least the detail of a level. Its first ring is the outline,
// a second one, where there is, the blind foot.
type Ring struct {
	Level   Level
	Reach   float64 // metres on the ground
	Outline orb.MultiPolygon
}

// View is what one camera shows in one case.
type View struct {
	Case        Case
	Eye         orb.Point // after the rule of the wall
	Angle       float64   // of one direction, degrees
	Height      float64   // metres
	Tilt        float64   // degrees below the horizon
	Foot        float64   // metres; targets nearer pass under the picture
	Sectors     []Sector
	Rings       []Ring // from the most detailed to the least; those that do not reach past the foot are left out
	Assumptions []Assumption
	Blind       Blind // "" when there is a view
}

// Reached returns the reach on the ground of a level, 0 when it is not reached.
func (v View) Reached(level string) float64 {
	for _, r := range v.Rings {
		if r.Level.Name == level {
			return r.Reach
		}
	}
	return 0
}

// widestLens is the widest field of view, in degrees, that a range of directions is taken for; a wider one is what a
// camera turns over, or several lenses.
const widestLens = 110

// assume fills in what is not noted.
func (c Case) assume(n Noted) View {
	v := View{Case: c, Angle: n.Angle, Height: n.Height, Tilt: n.Tilt, Assumptions: []Assumption{AssumedPixels}}
	if math.IsNaN(v.Angle) {
		if len(n.Sectors) == 1 && len(n.Bearings) == 0 && !n.Turns && n.Sectors[0].Span <= widestLens {
			v.Angle = n.Sectors[0].Span // noted as a range, it is what the lens takes in
		} else {
			v.Angle = c.Angle(n.Plates)
			v.Assumptions = append(v.Assumptions, AssumedAngle)
		}
	}
	if math.IsNaN(v.Height) {
		v.Height = c.Height
		v.Assumptions = append(v.Assumptions, AssumedHeight)
	}
	if math.IsNaN(v.Tilt) {
		v.Tilt = vertical(v.Angle) / 2
		v.Assumptions = append(v.Assumptions, AssumedTilt)
	}
	return v
}

// validate refuses numbers that no camera has.
func (n Noted) validate() error {
	switch {
	case !(math.Abs(n.At.Lon()) <= 180 && math.Abs(n.At.Lat()) <= 90):
		return fmt.Errorf("camera at %v: %w", n.At, contrechamp.ErrInvalid)
	case n.Angle <= 0 || n.Angle >= 180:
		return fmt.Errorf("field of view of %v degrees: %w", n.Angle, contrechamp.ErrInvalid)
	case n.Height < 0 || n.Height > 1000:
		return fmt.Errorf("height of %v m: %w", n.Height, contrechamp.ErrInvalid)
	case n.Tilt < -90 || n.Tilt > 90:
		return fmt.Errorf("tilt of %v degrees: %w", n.Tilt, contrechamp.ErrInvalid)
	}
	for _, b := range n.Bearings {
		if math.IsNaN(b) || math.IsInf(b, 0) {
			return fmt.Errorf("bearing of %v degrees: %w", b, contrechamp.ErrInvalid)
		}
	}
	for _, s := range n.Sectors {
		if math.IsNaN(s.From) || math.IsInf(s.From, 0) || !(s.Span > 0 && s.Span <= 360) {
			return fmt.Errorf("field of view from %v degrees over %v: %w", s.From, s.Span, contrechamp.ErrInvalid)
		}
	}
	return nil
}
