package osm

import (
	"encoding/binary"
	"math/bits"
)

// denseFields are the packed fields of DenseNodes.
type denseFields struct {
	ids, lats, lons, tags, versions, times, visible []byte
}

func (d *denseFields) parse(b []byte) error {
	m := message{b: b}
	for {
		field, wire, ok := m.next()
		if !ok {
			break
		}
		switch {
		case wire != wireBytes:
			m.skip(wire)
		case field == 1:
			d.ids = m.bytes()
		case field == 5:
			info := message{b: m.bytes()}
			for {
				field, wire, ok := info.next()
				if !ok {
					break
				}
				switch {
				case wire != wireBytes:
					info.skip(wire)
				case field == 1:
					d.versions = info.bytes()
				case field == 2:
					d.times = info.bytes()
				case field == 6:
					d.visible = info.bytes()
				default:
					info.skip(wire)
				}
			}
			m.bad = m.bad || info.bad
		case field == 8:
			d.lats = m.bytes()
		case field == 9:
			d.lons = m.bytes()
		case field == 10:
			d.tags = m.bytes()
		default:
			m.skip(wire)
		}
	}
	if m.bad {
		return errBlock("dense nodes are damaged")
	}
	return nil
}

// match is a wanted node of a dense group: its place in the group, and where its tags begin.
type match struct {
	index, tags int
}

// dense decodes the wanted nodes of a dense group. Tags are looked through first; the other fields are only gone through as far
// as the last match, each for itself.
func (k *block) dense(b []byte, v *vocabulary, fn func(*Element)) error {
	var d denseFields
	if err := d.parse(b); err != nil {
		return err
	}
	found, err := k.matches(d.tags, v)
	if err != nil || len(found) == 0 {
		return err
	}
	ids, errID := pick(d.ids, found, true, true)
	lats, errLat := pick(d.lats, found, true, true)
	lons, errLon := pick(d.lons, found, true, true)
	versions, errVersion := pick(d.versions, found, false, false)
	times, errTime := pick(d.times, found, true, false)
	visible, errVisible := pick(d.visible, found, false, false)
	for _, err := range []error{errID, errLat, errLon, errVersion, errTime, errVisible} {
		if err != nil {
			return err
		}
	}
	for i, m := range found {
		e := &Element{ID: ID{Node, ids[i]}, Point: k.point(lats[i], lons[i])}
		if versions != nil {
			e.Version = int(max(0, int32(versions[i])))
		}
		if times != nil {
			e.Timestamp = k.time(times[i])
		}
		e.Deleted = visible != nil && visible[i] == 0
		tags := packed{b: d.tags, i: m.tags}
		for key := tags.uvarint(); key != 0; key = tags.uvarint() {
			t, err := k.tag(key, tags.uvarint())
			if err != nil {
				return err
			}
			e.Tags = append(e.Tags, t)
			if !tags.more() {
				break
			}
		}
		fn(e)
	}
	return nil
}

// matches goes through the tags of a dense group: pairs of strings, and a zero after each node's.
func (k *block) matches(b []byte, v *vocabulary) ([]match, error) {
	found := k.found[:0]
	numbers := k.numbers
	for i, index := 0, 0; i < len(b); index++ {
		// Most nodes have no tags: a run of zeros.
		for i+8 <= len(b) && binary.LittleEndian.Uint64(b[i:]) == 0 {
			i, index = i+8, index+8
		}
		begin, hit := i, false
		for i < len(b) {
			var key, value uint64
			if key, i = uvarint(b, i); key == 0 && i > 0 {
				break
			}
			if i > 0 {
				value, i = uvarint(b, i)
			}
			if i < 0 {
				return nil, errBlock("tags of dense nodes are damaged")
			}
			if key >= uint64(len(numbers)) || value >= uint64(len(numbers)) {
				return nil, errBlock("string %d is asked for, the table has %d", max(key, value), len(numbers))
			}
			if n := numbers[key]; n != 0 && !hit {
				hit = v.wants(Node, n, numbers[value])
			}
		}
		if hit {
			found = append(found, match{index, begin})
		}
	}
	k.found = found
	return found, nil
}

// pick takes the numbers of the matches out of a packed field of a dense group. Those that are signed are differences from the number
// before. A field that is not there at all answers nil, unless it must be there.
func pick(b []byte, found []match, signed, must bool) ([]int64, error) {
	if len(b) == 0 && !must {
		return nil, nil
	}
	out := make([]int64, 0, len(found))
	sum := int64(0)
	i, index := 0, 0
	for _, m := range found {
		if !signed {
			i, index = skip(b, i, m.index-index), m.index
		}
		for ; index <= m.index; index++ {
			if uint(i) >= uint(len(b)) {
				return nil, errBlock("there are tags for node %d of a group of %d", m.index+1, index)
			}
			v := uint64(b[i])
			i++
			if v >= 0x80 {
				if v, i = uvarint(b, i-1); i < 0 {
					return nil, errBlock("numbers of dense nodes are damaged")
				}
			}
			if signed {
				sum += zigzag(v)
			} else {
				sum = int64(v)
			}
		}
		out = append(out, sum)
	}
	return out, nil
}

// skip passes over n numbers: each ends with a byte below 0x80.
func skip(b []byte, i, n int) int {
	for ; n >= 8 && i+8 <= len(b); i += 8 {
		n -= bits.OnesCount64(^binary.LittleEndian.Uint64(b[i:]) & 0x8080808080808080)
	}
	for ; n > 0 && i < len(b); i++ {
		if b[i] < 0x80 {
			n--
		}
	}
	return i
}
