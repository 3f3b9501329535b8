package contrechamp

import "time"

// CameraRecord is a camera as it leaves the program, one JSON object a line: what `cameras extract` and `cameras list` print.
// Fields that are not known are left out.
type CameraRecord struct {
	ID        string            `json:"id"`  // "node/123"
	Lat       *float64          `json:"lat"` // null with Lon if the camera is nowhere
	Lon       *float64          `json:"lon"`
	Tags      map[string]string `json:"tags"` // raw, whole
	Version   int               `json:"version,omitempty"`
	Timestamp *time.Time        `json:"timestamp,omitempty"`

	Place    PlaceFrom     `json:"place,omitempty"`
	Kind     CameraKind    `json:"kind"`
	Form     string        `json:"form,omitempty"`
	Mount    string        `json:"mount,omitempty"`
	Setting  CameraSetting `json:"setting,omitempty"`
	Zone     string        `json:"zone,omitempty"`
	Views    []FieldOfView `json:"views,omitempty"`  // degrees from north, clockwise
	Height   float64       `json:"height,omitempty"` // metres
	Tilt     *float64      `json:"tilt,omitempty"`   // degrees below the horizon
	Angle    float64       `json:"angle,omitempty"`  // degrees
	Operator *NameRecord   `json:"operator,omitempty"`
	Maker    *NameRecord   `json:"maker,omitempty"`
	Assumed  []string      `json:"assumed,omitempty"`
	Flags    []string      `json:"flags,omitempty"`
	Kept     []string      `json:"kept,omitempty"` // keys whose values were not understood

	FirstSeen     *Date `json:"first_seen,omitempty"` // in `cameras list`
	LastConfirmed *Date `json:"last_confirmed,omitempty"`
	Removed       *Date `json:"removed,omitempty"`

	Attribution string `json:"attribution"`
}

// NameRecord is who runs or made a camera: the name, and the entity if the lexicon knows it.
type NameRecord struct {
	Name string `json:"name"`
	ID   string `json:"id,omitempty"`
}

// CameraRecordOf returns a camera's record.
func CameraRecordOf(c Camera) CameraRecord {
	r := CameraRecord{
		ID: c.ID, Tags: c.Tags, Version: c.Version, Place: c.Place, Kind: c.Kind, Form: c.Form,
		Mount: c.Mount, Setting: c.Setting, Zone: c.Zone, Views: c.Views, Height: c.Height, Tilt: c.Tilt, Angle: c.Angle,
		Operator: nameRecord(c.Operator), Maker: nameRecord(c.Maker), Assumed: c.Assumed, Flags: c.Flags, Kept: c.Kept,
		Attribution: OSMAttribution + ", " + OSMLicence,
	}
	if c.Place != PlaceUnknown {
		r.Lat, r.Lon = &c.Lat, &c.Lon
	}
	if !c.Timestamp.IsZero() {
		r.Timestamp = &c.Timestamp
	}
	return r
}

func nameRecord(r EntityRef) *NameRecord {
	if len(r.Names) == 0 {
		return nil
	}
	return &NameRecord{Name: r.Name(), ID: r.ID}
}
