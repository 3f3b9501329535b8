package contrechamp

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// OSMAttribution stands on every page, tile set and export that carries data of OpenStreetMap (ODbL 1.0, section 4.3).
const (
	OSMAttribution = "© OpenStreetMap contributors"
	OSMLicence     = "Open Database License (ODbL) 1.0"
	OSMLicenceURL  = "https://opendatacommons.org/licenses/odbl/1-0/"
)

// MappedIsNotPresent stands wherever mapped cameras are counted or drawn.
const MappedIsNotPresent = "mapped is not present: a camera on the map may be gone, and one that is there may not be mapped"

// Camera is one object of OpenStreetMap that watches: its raw tags, and what was understood of them. What the tags
// do not say is not made up here: whoever needs a height or an angle all the same (what a camera sees) assumes one and
// says so.
type Camera struct {
	ID        string            // of the OSM object: "node/123", "way/45", "relation/6"
	Lat, Lon  float64           // degrees, WGS 84
	Place     PlaceFrom         // how Lat and Lon were come by
	Tags      map[string]string // raw, whole
	Version   int               // of the OSM object; 0 where the file has none
	Timestamp time.Time         // of that version, UTC; zero where the file has none
	Understood
}

// Understood is what was made of a camera's tags, by the specification in internal/camera/camera.yaml.
// Empty, zero or nil is "the tags do not say"; doubt has names of its own in Assumed, Flags and Kept.
type Understood struct {
	Kind     CameraKind
	Form     string        // "fixed", "panning", "dome", "bullet", ...: how the device is built (camera:type)
	Mount    string        // "wall", "pole", "ceiling", "street_lamp", ...
	Setting  CameraSetting // public, outdoor, indoor
	Zone     string        // "town", "traffic", "parking", "building", "shop", ...
	Views    []FieldOfView // every direction that the tags give, in their order
	Height   float64       // metres above the ground; 0 when not said
	Tilt     *float64      // degrees below the horizon, 0 to 90; nil when not said
	Angle    float64       // horizontal angle of view, degrees; 0 when not said
	Operator EntityRef     // who runs it: ID is "" when the lexicon does not know the name; no Names when not said
	Maker    EntityRef     // who made it, likewise

	// Assumed says what was taken for granted to understand the tags, a short sentence each: "a height without a unit is
	// in metres".
	Assumed []string
	// Flags says what is doubtful in the tags, a short sentence each: "direction -90 read as 270".
	Flags []string
	// Kept are keys of tags that the specification knows, whose value could not be understood: they stay in Tags.
	Kept []string
}

// CameraKind says what watches.
type CameraKind string

// The kinds of things that watch.
const (
	CameraVideo        CameraKind = "camera"
	CameraPlateReader  CameraKind = "plate reader"
	CameraSpeed        CameraKind = "speed camera"
	CameraEnforcement  CameraKind = "enforcement" // red lights, bus lanes, distances, access
	CameraWebcam       CameraKind = "webcam"
	CameraGuard        CameraKind = "guard"
	CameraGunshot      CameraKind = "gunshot detector"
	CameraUnidentified CameraKind = "unidentified" // surveillance, but the tags do not say by what
)

// CameraKinds lists every kind in the order in which lists and legends show them.
func CameraKinds() []CameraKind {
	return []CameraKind{CameraVideo, CameraPlateReader, CameraSpeed, CameraEnforcement, CameraWebcam, CameraGuard,
		CameraGunshot, CameraUnidentified}
}

// Looks reports whether things of that kind have a field of view: guards and microphones have none.
func (k CameraKind) Looks() bool { return k != CameraGuard && k != CameraGunshot }

// CameraSetting says what sort of space is watched (the tag surveillance).
type CameraSetting string

// The settings.
const (
	SettingPublic  CameraSetting = "public"  // a street, a square, a park
	SettingOutdoor CameraSetting = "outdoor" // private ground under the sky
	SettingIndoor  CameraSetting = "indoor"
)

// PlaceFrom says how a camera's position was come by.
type PlaceFrom string

// The ways to a position.
const (
	PlaceUnknown  PlaceFrom = ""       // nowhere: the file has none of the nodes that the object is made of; Lat and Lon are 0
	PlaceOfNode   PlaceFrom = "node"   // the node's own
	PlaceOfDevice PlaceFrom = "device" // of a relation's member with the role "device"
	PlaceOfCentre PlaceFrom = "centre" // the middle of the box round a way or round a relation's members
)

// FieldOfView is a range of compass directions, clockwise: degrees from north. From is in [0, 360), To in
// [From, From+360]. From == To is a direction whose width the tags do not say; To == From+360 is all round.
type FieldOfView struct {
	From float64 `json:"from"`
	To   float64 `json:"to"`
}

// Width returns the degrees between both ends, 0 when they are not known.
func (f FieldOfView) Width() float64 { return f.To - f.From }

// Middle returns the direction that the camera faces, in [0, 360).
func (f FieldOfView) Middle() float64 { return math.Mod((f.From+f.To)/2, 360) }

// Contains reports whether a bearing (degrees from north, any turn) lies within the range, ends included.
func (f FieldOfView) Contains(bearing float64) bool {
	d := math.Mod(bearing-f.From, 360)
	if d < 0 {
		d += 360
	}
	return d <= f.Width() || f.Width() >= 360
}

// String writes the form of the tag: "90", "90-180"; clockwise, so "350-10" looks north.
func (f FieldOfView) String() string {
	degrees := func(d float64) string { return strconv.FormatFloat(d, 'f', -1, 64) }
	switch {
	case f.Width() == 0:
		return degrees(f.From)
	case f.Width() >= 360:
		return "0-360"
	}
	return degrees(f.From) + "-" + degrees(math.Mod(f.To, 360))
}

// OSMURL returns the address of the camera's OSM object.
func (c Camera) OSMURL() string { return "https://www.openstreetmap.org/" + c.ID }

// OSMEditURL returns the address at which the camera's OSM object can be edited.
func (c Camera) OSMEditURL() string {
	kind, number, _ := strings.Cut(c.ID, "/")
	return "https://www.openstreetmap.org/edit?" + kind + "=" + number
}
