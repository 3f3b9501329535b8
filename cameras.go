package contrechamp

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"time"
)

// CameraImport is an extract of OpenStreetMap, or a file of changes, whose cameras are recorded.
type CameraImport struct {
	Name       string    // of the file, without folders
	Area       string    // what the extract is of: "monaco". Later extracts of the same area speak for the same cameras
	AsOf       time.Time // the moment whose map it is
	ImportedAt time.Time
	// Changes says that the file has only what changed: cameras that it does not have are none the less there.
	Changes bool
	Places  []MappedPlace // administrative places that the extract has whole
	Cameras int           // how many it has; counted by ImportCameras
}

// MappedPlace is an administrative boundary of OpenStreetMap that cameras lie in.
type MappedPlace struct {
	ID          string            `json:"id"` // "relation/36990"
	Name        string            `json:"name"`
	Names       []string          `json:"names,omitempty"`       // in other languages
	Level       int               `json:"level"`                 // admin_level: 2 a country, 8 mostly a town
	Identifiers map[string]string `json:"identifiers,omitempty"` // "wikidata", "insee"
}

// CameraSighting is a camera as an import has it.
type CameraSighting struct {
	Camera
	Places []string // IDs of the import's Places that it lies in
	Gone   bool     // a file of changes says that the object was deleted, or is no camera any more: only ID counts
}

// CameraLife is a camera with what is known of its history on the map. Mapped is not present: these are the dates of
// the map, not of the street.
type CameraLife struct {
	Camera
	FirstSeen     time.Time // the earliest extract that has it
	LastConfirmed time.Time // the latest extract that has it
	Removed       time.Time // the extract from which on it is missing; zero while it is there
	Area          string    // of the extract that spoke last
	Events        []CameraEvent
}

// CameraEvent is something that happened to a camera on the map between two extracts.
type CameraEvent struct {
	Kind   CameraEventKind   `json:"kind"`
	At     time.Time         `json:"at"`     // the date of the extract in which it shows
	Import string            `json:"import"` // that extract's file
	Metres float64           `json:"metres,omitempty"`
	Was    map[string]string `json:"was,omitempty"` // tags that changed or went, as they were
	Now    map[string]string `json:"now,omitempty"` // tags that changed or came, as they are
	From   [2]float64        `json:"from,omitzero"` // latitude and longitude before a move
}

// CameraEventKind says what happened.
type CameraEventKind string

// What can happen to a camera on the map.
const (
	CameraFirstSeen CameraEventKind = "first seen"
	CameraMoved     CameraEventKind = "moved"
	CameraRetagged  CameraEventKind = "retagged"
	CameraRemoved   CameraEventKind = "removed"  // a later extract of its area does not have it
	CameraReturned  CameraEventKind = "returned" // an extract has it again
)

// CameraChanges counts what an import changed.
type CameraChanges struct {
	Cameras   int `json:"cameras"` // in the import
	New       int `json:"new"`
	Confirmed int `json:"confirmed"` // known before
	Moved     int `json:"moved"`
	Retagged  int `json:"retagged"`
	Returned  int `json:"returned"`
	Removed   int `json:"removed"`
}

// CameraFilter chooses cameras. Its zero value chooses all that are on the map, as far as is known.
type CameraFilter struct {
	Kind     CameraKind
	Operator string // entity ID, or a name as it is tagged
	Maker    string // likewise
	Area     string
	Place    string // ID of a MappedPlace
	State    CameraState
	After    string // only cameras whose IDs come after this one, for going on
	Limit    int    // 0 for no limit
}

// CameraState chooses cameras by whether the map still has them.
type CameraState string

// The choices.
const (
	CamerasMapped CameraState = "" // on the map, by the latest extract of their area
	CamerasGone   CameraState = "removed"
	CamerasEver   CameraState = "all"
)

// ParseCameraKind reads a kind's name: ErrInvalid, with the names that exist, for any other.
func ParseCameraKind(s string) (CameraKind, error) {
	if k := CameraKind(s); slices.Contains(CameraKinds(), k) {
		return k, nil
	}
	return "", WithHint(fmt.Errorf("kind of camera %q: %w", s, ErrInvalid), fmt.Sprintf("one of %q", CameraKinds()))
}

// MappedCount is how many cameras are mapped within a place.
type MappedCount struct {
	Place   MappedPlace
	Cameras int       // on the map, of the kinds that a count of cameras means: not guards, not microphones
	AsOf    time.Time // the latest extract that has any of them
}

// Cameras keeps cameras with their history on the map. Nothing is ever deleted: what a later extract does not have is marked
// removed, with the date.
type Cameras interface {
	// ImportCameras records an extract in one transaction: all of it or, with an error, none. cameras may be gone through more than once
	// and stops the import with the first error that it yields. An import done twice changes nothing the second time. An extract older
	// than one of the same area that is known already only fills in what came before. Cameras without a place are refused
	// (ErrInvalid).
	ImportCameras(ctx context.Context, imp CameraImport, cameras iter.Seq2[CameraSighting, error]) (CameraChanges, error)
	// CameraImports lists what was imported: by area, then by date.
	CameraImports(ctx context.Context) ([]CameraImport, error)
	// Camera answers one with its events, first one first: ErrNotFound.
	Camera(ctx context.Context, id string) (CameraLife, error)
	// Cameras lists cameras by ID, compared byte by byte, without their events.
	Cameras(ctx context.Context, f CameraFilter) ([]CameraLife, error)
	MappedCounter
}

// MappedCounter answers how many cameras are mapped in a place.
type MappedCounter interface {
	// MappedIn counts the mapped cameras of the boundaries that are the entity, by identifier or else by name, those with most cameras
	// first. None means that no extract with such a boundary was imported, not that there is no camera.
	MappedIn(ctx context.Context, e Entity) ([]MappedCount, error)
}
