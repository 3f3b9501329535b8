// Package object reads the objects of a PDF file: cross-references as tables and as streams, incremental updates,
// object streams and filters (ISO 32000-1, 7). It repairs nothing: whatever is not as the standard writes it is a
// doubt, and the document goes to a reader that repairs.
package object

// Value is one of nil, bool, Number, String, Name, Array, Dict, *Stream or Ref.
type Value any

type (
	Number float64
	String string // its bytes, as they are
	Name   string
	Array  []Value
	Dict   []Entry
	Ref    int // an object's number; generations are not told apart, since no file has two of one number at once
)

// Entry is a key of a dictionary.
type Entry struct {
	Key   Name
	Value Value
}

// Get answers the value of a key as it stands in d, nil where there is none. The last one counts.
func (d Dict) Get(key Name) Value {
	for i := len(d) - 1; i >= 0; i-- {
		if d[i].Key == key {
			return d[i].Value
		}
	}
	return nil
}

// Stream is a dictionary with its bytes, still packed.
type Stream struct {
	Dict Dict
	raw  []byte

	number, generation int
	crypted            bool
	kept               []byte // out of its filters
}

// Packed reports whether a stream has filters, so that its bytes are a copy in the room that was given.
func (s *Stream) Packed() bool { return s.Dict.Get("Filter") != nil }
