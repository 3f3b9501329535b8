package osm

import (
	"fmt"
	"math"
	"time"
)

// block is a PrimitiveBlock, taken apart as far as its groups. Its slices point into the inflated blob.
type block struct {
	strings []byte   // the message StringTable
	starts  []uint32 // of each string in strings
	ends    []uint32
	numbers []uint16 // of each string in the vocabulary
	groups  [][]byte
	found   []match // kept for its room

	granularity     int64 // nanodegrees
	latOff, lonOff  int64 // nanodegrees
	dateGranularity int64 // milliseconds
	kinds           Kinds
	first           int64 // number of the first object; only with firstOK
	firstOK         bool
}

// errBlock is damage within a block; whoever knows the blob adds where it begins.
func errBlock(format string, args ...any) error { return fmt.Errorf(format, args...) }

// parse takes a block apart. The same block value may be used again and again.
func (k *block) parse(b []byte) error {
	k.strings, k.groups = nil, k.groups[:0]
	k.granularity, k.latOff, k.lonOff, k.dateGranularity = 100, 0, 0, 1000
	k.kinds, k.firstOK = 0, false
	m := message{b: b}
	for {
		field, wire, ok := m.next()
		if !ok {
			break
		}
		switch {
		case field == 1 && wire == wireBytes:
			k.strings = m.bytes()
		case field == 2 && wire == wireBytes:
			k.groups = append(k.groups, m.bytes())
		case field == 17 && wire == wireVarint:
			k.granularity = int64(int32(m.uvarint()))
		case field == 18 && wire == wireVarint:
			k.dateGranularity = int64(int32(m.uvarint()))
		case field == 19 && wire == wireVarint:
			k.latOff = int64(m.uvarint())
		case field == 20 && wire == wireVarint:
			k.lonOff = int64(m.uvarint())
		default:
			m.skip(wire)
		}
	}
	if m.bad {
		return errBlock("the block is no Protocol Buffers message (byte %d of the inflated %d)", m.i, len(b))
	}
	if k.granularity <= 0 || k.dateGranularity <= 0 {
		return errBlock("granularity %d, date granularity %d: must be above 0", k.granularity, k.dateGranularity)
	}
	for _, g := range k.groups {
		kind, first, ok := groupHead(g)
		if kind == 0 {
			continue
		}
		if k.kinds == 0 {
			k.first, k.firstOK = first, ok
		}
		k.kinds |= 1 << kind
	}
	return nil
}

// groupHead answers of what kind the objects of a PrimitiveGroup are and the number of the first, from its beginning; g may
// be cut. Kind is 0 for a group of nothing that is known.
func groupHead(g []byte) (kind Kind, first int64, ok bool) {
	key, i := uvarint(g, 0)
	if i < 0 {
		return 0, 0, false
	}
	var dense bool
	switch key {
	case 1<<3 | wireBytes:
		kind = Node
	case 2<<3 | wireBytes:
		kind, dense = Node, true
	case 3<<3 | wireBytes:
		kind = Way
	case 4<<3 | wireBytes:
		kind = Relation
	default:
		return 0, 0, false
	}
	if _, i = uvarint(g, i); i < 0 {
		return kind, 0, false
	}
	key, i = uvarint(g, i)
	if i < 0 {
		return kind, 0, false
	}
	if dense {
		if key != 1<<3|wireBytes {
			return kind, 0, false
		}
		if _, i = uvarint(g, i); i < 0 {
			return kind, 0, false
		}
	} else if key != 1<<3|wireVarint {
		return kind, 0, false
	}
	v, i := uvarint(g, i)
	if i < 0 {
		return kind, 0, false
	}
	if kind == Node { // sint64; ways and relations have int64
		return kind, zigzag(v), true
	}
	return kind, int64(v), true
}

// index finds the strings and their numbers in v, and marks those that were seen.
func (k *block) index(v *vocabulary, seen []bool) error {
	k.starts, k.ends, k.numbers = k.starts[:0], k.ends[:0], k.numbers[:0]
	m := message{b: k.strings}
	for {
		field, wire, ok := m.next()
		if !ok {
			break
		}
		if field != 1 || wire != wireBytes {
			m.skip(wire)
			continue
		}
		s := m.bytes()
		k.starts = append(k.starts, uint32(m.i-len(s)))
		k.ends = append(k.ends, uint32(m.i))
		n := v.lookUp(s)
		seen[n] = true
		k.numbers = append(k.numbers, n)
	}
	if m.bad {
		return errBlock("the table of strings is damaged")
	}
	return nil
}

// string returns the i-th string, copied.
func (k *block) string(i uint64) (string, error) {
	if i >= uint64(len(k.starts)) {
		return "", errBlock("string %d is asked for, the table has %d", i, len(k.starts))
	}
	return string(k.strings[k.starts[i]:k.ends[i]]), nil
}

// tag returns a tag by the indices of its strings.
func (k *block) tag(key, value uint64) (t Tag, err error) {
	if t.Key, err = k.string(key); err == nil {
		t.Value, err = k.string(value)
	}
	return t, err
}

// number returns the vocabulary's number of the i-th string.
func (k *block) number(i uint64) (uint16, error) {
	if i >= uint64(len(k.numbers)) {
		return 0, errBlock("string %d is asked for, the table has %d", i, len(k.numbers))
	}
	return k.numbers[i], nil
}

// seven rounds nanodegrees to the seven places of a degree that OpenStreetMap has.
func seven(nano int64) int64 {
	if nano < 0 {
		return (nano - 50) / 100
	}
	return (nano + 50) / 100
}

// off is the value of a coordinate that is not even near the globe.
const off = math.MaxInt32

// fixed returns a coordinate as 1e-7 degrees, off if it does not fit.
func (k *block) fixed(v, offset int64) int32 {
	hi := math.MaxInt64 / k.granularity
	if v > hi || v < -hi {
		return off
	}
	n := v * k.granularity
	if sum := n + offset; (sum > n) == (offset > 0) {
		if s := seven(sum); s > math.MinInt32 && s < off {
			return int32(s)
		}
	}
	return off
}

func (k *block) point(lat, lon int64) Point {
	return Point{Lat: float64(k.fixed(lat, k.latOff)) / 1e7, Lon: float64(k.fixed(lon, k.lonOff)) / 1e7}
}

// time returns a timestamp, the zero time for one that is none.
func (k *block) time(v int64) time.Time {
	if v <= 0 || v > math.MaxInt64/k.dateGranularity {
		return time.Time{}
	}
	return time.UnixMilli(v * k.dateGranularity).UTC()
}
