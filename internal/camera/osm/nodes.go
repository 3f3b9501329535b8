package osm

import "slices"

// positions is where needed nodes are: asked for by number first, then filled in, then looked up.
type positions struct {
	numbers []int64    // sorted once ready
	at      [][2]int32 // latitude and longitude, 1e-7 degrees
}

// unset is the latitude of a node that was not found.
const unset = -1 << 31

// ready ends the asking.
func (p *positions) ready() {
	slices.Sort(p.numbers)
	p.numbers = slices.Clip(slices.Compact(p.numbers))
	p.at = make([][2]int32, len(p.numbers))
	for i := range p.at {
		p.at[i][0] = unset
	}
}

// find answers where in p a node is. Nodes come in rising numbers mostly, so the search begins at the place before.
func (p *positions) find(number int64, from int) (int, bool) {
	if from > 0 && (from > len(p.numbers) || p.numbers[from-1] > number) {
		from = 0
	}
	// Gallop, then search what was jumped over.
	step := 1
	low := from
	for low+step < len(p.numbers) && p.numbers[low+step] < number {
		low += step
		step *= 2
	}
	i, found := slices.BinarySearch(p.numbers[low:min(low+step+1, len(p.numbers))], number)
	return low + i, found
}

// all reports whether every node was found.
func (p *positions) all() bool {
	for i := range p.at {
		if p.at[i][0] == unset {
			return false
		}
	}
	return true
}

// get answers where a node is, false if the file does not have it.
func (p *positions) get(number int64) (Point, bool) {
	i, found := slices.BinarySearch(p.numbers, number)
	if !found || p.at[i][0] == unset {
		return Point{}, false
	}
	return Point{Lat: float64(p.at[i][0]) / 1e7, Lon: float64(p.at[i][1]) / 1e7}, true
}

// line answers the positions of nodes in their order, and how many of them are missing.
func (p *positions) line(refs []int64) (line []Point, missing int) {
	line = make([]Point, 0, len(refs))
	for _, n := range refs {
		if at, ok := p.get(n); ok {
			line = append(line, at)
		} else {
			missing++
		}
	}
	return line, missing
}

// fill takes the positions that p asks for out of a block's nodes. It reports whether the block's nodes rise, and the
// number of the last. Blocks may be worked on at once: no two have the same node.
func (k *block) fill(p *positions) (rises bool, last int64, err error) {
	rises, last = true, -1<<63
	at := 0
	put := func(number, lat, lon int64) {
		if number < last {
			rises = false
		}
		last = number
		var found bool
		if at, found = p.find(number, at); found {
			p.at[at] = [2]int32{max(k.fixed(lat, k.latOff), unset+1), k.fixed(lon, k.lonOff)}
		}
	}
	for _, g := range k.groups {
		m := message{b: g}
		for {
			field, wire, ok := m.next()
			if !ok {
				break
			}
			switch {
			case field == 2 && wire == wireBytes:
				var d denseFields
				if err := d.parse(m.bytes()); err != nil {
					return false, 0, err
				}
				ids, lats, lons := packed{b: d.ids}, packed{b: d.lats}, packed{b: d.lons}
				for number, lat, lon := int64(0), int64(0), int64(0); ids.more(); {
					number += ids.svarint()
					lat += lats.svarint()
					lon += lons.svarint()
					put(number, lat, lon)
				}
				if ids.bad || lats.bad || lons.bad {
					return false, 0, errBlock("numbers of dense nodes are damaged")
				}
			case field == 1 && wire == wireBytes:
				var o objectFields
				if err := o.parse(m.bytes()); err != nil {
					return false, 0, err
				}
				put(zigzag(o.id), o.lat, o.lon)
			default:
				m.skip(wire)
			}
		}
		if m.bad {
			return false, 0, errBlock("a group of objects is damaged")
		}
	}
	return rises, last, nil
}

// lines takes the ways that are asked for, by sorted number, out of a block: number and nodes.
func (k *block) lines(asked []int64) (ways []Element, rises bool, last int64, err error) {
	rises, last = true, -1<<63
	for _, g := range k.groups {
		m := message{b: g}
		for {
			field, wire, ok := m.next()
			if !ok {
				break
			}
			if field != 3 || wire != wireBytes {
				m.skip(wire)
				continue
			}
			var o objectFields
			if err := o.parse(m.bytes()); err != nil {
				return nil, false, 0, err
			}
			number := int64(o.id)
			if number < last {
				rises = false
			}
			last = number
			if _, found := slices.BinarySearch(asked, number); !found {
				continue
			}
			refs, err := deltas(o.eight, nil)
			if err != nil {
				return nil, false, 0, err
			}
			ways = append(ways, Element{ID: ID{Way, number}, Refs: refs})
		}
		if m.bad {
			return nil, false, 0, errBlock("a group of objects is damaged")
		}
	}
	return ways, rises, last, nil
}
