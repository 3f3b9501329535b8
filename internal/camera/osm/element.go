package osm

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"contrechamp.org/contrechamp"
)

// Kind says which of the three sorts of objects something is.
type Kind uint8

// The kinds, in the order of a sorted file.
const (
	Node Kind = 1 + iota
	Way
	Relation
)

func (k Kind) String() string {
	switch k {
	case Node:
		return "node"
	case Way:
		return "way"
	case Relation:
		return "relation"
	}
	return "kind " + strconv.Itoa(int(k))
}

// ID names an object. Numbers are unique among objects of one kind only.
type ID struct {
	Kind   Kind
	Number int64
}

// String writes "node/123", the form that the site's addresses use.
func (id ID) String() string { return id.Kind.String() + "/" + strconv.FormatInt(id.Number, 10) }

// ParseID reads what String writes: ErrInvalid for anything else.
func ParseID(s string) (ID, error) {
	kind, number, _ := strings.Cut(s, "/")
	n, err := strconv.ParseInt(number, 10, 64)
	for _, k := range []Kind{Node, Way, Relation} {
		if k.String() == kind && err == nil {
			return ID{k, n}, nil
		}
	}
	return ID{}, fmt.Errorf("object %q: want node/N, way/N or relation/N: %w", s, contrechamp.ErrInvalid)
}

// Point is a position on the globe, degrees, WGS 84, to seven places like OpenStreetMap's own.
type Point struct {
	Lon, Lat float64
}

// onGlobe reports whether there is such a place.
func (p Point) onGlobe() bool { return p.Lat >= -90 && p.Lat <= 90 && p.Lon >= -180 && p.Lon <= 180 }

// Tag is a key with its value.
type Tag struct {
	Key, Value string
}

// Tags are an object's, in the order of the file.
type Tags []Tag

// Get returns the value of a key, "" if there is none.
func (t Tags) Get(key string) string {
	for _, tag := range t {
		if tag.Key == key {
			return tag.Value
		}
	}
	return ""
}

// Map returns the tags as a map of their own.
func (t Tags) Map() map[string]string {
	m := make(map[string]string, len(t))
	for _, tag := range t {
		m[tag.Key] = tag.Value
	}
	return m
}

// Element is an object as a file has it.
type Element struct {
	ID
	Tags      Tags
	Version   int       // 0 where the file has none
	Timestamp time.Time // of that version, UTC; zero where the file has none
	Deleted   bool      // in change files and files with history: the object is gone as of this version

	Point   Point    // of a node
	Refs    []int64  // of a way: the numbers of its nodes, in order
	Members []Member // of a relation, in order
}

// Member is an object that a relation is made of.
type Member struct {
	ID
	Role string

	// Points is the member's geometry where [File.Features] gave the relation and the file has it: one point for a node, the line
	// of a way. It is nil for members that are relations.
	Points []Point
}

// Feature is an element with its geometry.
type Feature struct {
	Element
	// Line is a way's nodes in order, those that the file has: none, perhaps. A ring's last point is its first.
	Line []Point
	// Missing counts the nodes and members that the file does not have: extracts are cut at a border.
	Missing int
	// Offset is the byte of the file at which the blob that holds the element begins, in XML the element itself.
	Offset int64
}

// Closed reports whether the way's last node is its first.
func (e *Element) Closed() bool { return len(e.Refs) > 2 && e.Refs[0] == e.Refs[len(e.Refs)-1] }

// Problem is something odd about one object that does not stop the reading.
type Problem struct {
	ID     ID
	Offset int64 // of the blob or the XML element that holds the object, bytes from the beginning of the (inflated) file
	What   string
}

func (p Problem) String() string {
	return fmt.Sprintf("byte %d: %s: %s", p.Offset, p.ID, p.What)
}
