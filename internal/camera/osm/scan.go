package osm

import "math/bits"

// found is what a first look at a blob answers.
type found struct {
	span
	kinds   Kinds // of the objects in it
	first   int64 // number of the first object
	firstOK bool
	decoded bool // the blob was decoded whole
	wanted  []*Element
}

// tableSlack is what is inflated behind the strings: it holds the beginning of the first group, with the number of its first
// object.
const tableSlack = 48

// glance looks at the blob at s, of which locate has read the beginning: at its strings first, and at the rest only if
// objects that v wants may be there.
func (h *hand) glance(s span, v *vocabulary) (f found, err error) {
	f.span = s
	partly, err := h.open(s)
	if err != nil {
		return f, err
	}
	straight := h.hits[h.kind] > mostHit
	if partly && !straight {
		done, err := h.glanceAtHead(&f, v)
		if err != nil {
			return f, err
		}
		h.guess += (int(s.head) + 16 + h.z.Consumed()*5/4 - h.guess) / 8
		if done {
			h.note(f.kinds, false)
			return f, nil
		}
	}
	if partly {
		if err := h.rest(s); err != nil {
			return f, err
		}
	}
	f.decoded = true
	if err := h.block.parse(h.out); err != nil {
		return f, damaged(s.offset, "%w", err)
	}
	f.kinds, f.first, f.firstOK = h.block.kinds, h.block.first, h.block.firstOK
	h.clear(v)
	if err := h.block.index(v, h.seen); err != nil {
		return f, damaged(s.offset, "%w", err)
	}
	kinds := v.possible(h.seen) & f.kinds
	h.note(f.kinds, kinds != 0)
	if kinds != 0 {
		err = h.block.wanted(v, kinds, func(e *Element) { f.wanted = append(f.wanted, e) })
		if err != nil {
			return f, damaged(s.offset, "%w", err)
		}
	}
	return f, nil
}

// mostHit is the share of blobs of a kind with something wanted from which on stopping at the head is not tried: looking through the
// strings twice costs more than the few stops would save.
const mostHit = 0.75

// note keeps the running share of blobs with something wanted, for each kind: where the objects of the next blob will be of the kind
// of the last, nearly always, it says what to try.
func (h *hand) note(kinds Kinds, hit bool) {
	h.kind = Kind(bits.Len8(uint8(kinds)) - 1)
	if kinds == 0 {
		h.kind = 0
	}
	share := 0.0
	if hit {
		share = 1
	}
	h.hits[h.kind] += (share - h.hits[h.kind]) / 16
}

// clear makes seen ready for another table of strings.
func (h *hand) clear(v *vocabulary) {
	if len(h.seen) != len(v.numbers)+1 {
		h.seen = make([]bool, len(v.numbers)+1)
	}
	clear(h.seen)
}

// glanceAtHead inflates as far as the end of the strings. It reports true if that was enough: nothing wanted is there, and it is known
// of what kind the objects are.
func (h *hand) glanceAtHead(f *found, v *vocabulary) (bool, error) {
	if err := h.head(f.span, 16); err != nil {
		return false, err
	}
	key, i := uvarint(h.out[:h.z.Done()], 0)
	if i < 0 || key != 1<<3|wireBytes {
		return false, nil // another order of fields: legal, and nobody writes it
	}
	n, i := uvarint(h.out[:h.z.Done()], i)
	if i < 0 || n > uint64(len(h.out)-i) {
		return false, damaged(f.offset, "the table of strings is longer than its block")
	}
	end := i + int(n)
	if err := h.head(f.span, end+tableSlack); err != nil {
		return false, err
	}
	possible := h.possible(v, h.out[i:end])
	key, i = uvarint(h.out[:h.z.Done()], end)
	if i < 0 || key != 2<<3|wireBytes {
		return possible == 0 && end == len(h.out), nil
	}
	size, i := uvarint(h.out[:h.z.Done()], i)
	if i < 0 || size > uint64(len(h.out)-i) {
		return false, damaged(f.offset, "a group of objects is longer than its block")
	}
	kind, first, ok := groupHead(h.out[i:min(h.z.Done(), i+int(size))])
	if kind == 0 || len(h.out)-i-int(size) > tableSlack {
		return false, nil // more groups may follow, of another kind
	}
	f.kinds, f.first, f.firstOK = 1<<kind, first, ok
	return possible&f.kinds == 0, nil
}

// possible looks through a table of strings: which kinds of objects may be wanted where these strings are?
func (h *hand) possible(v *vocabulary, strings []byte) Kinds {
	h.clear(v)
	any := false
	for i := 0; i < len(strings); {
		// Nearly every string has the key 0x0a and a length below 128.
		if strings[i] == 1<<3|wireBytes && i+1 < len(strings) && strings[i+1] < 0x80 {
			n := int(strings[i+1])
			i += 2
			if n > len(strings)-i {
				break // parse tells what is wrong with it
			}
			if v.lengths[n] && (n == 0 || v.first[strings[i]]) {
				if number := v.numbers[string(strings[i:i+n])]; number != 0 {
					h.seen[number], any = true, true
				}
			}
			i += n
			continue
		}
		m := message{b: strings, i: i}
		_, wire, ok := m.next()
		if !ok {
			break
		}
		if wire == wireBytes {
			if number := v.lookUp(m.bytes()); number != 0 {
				h.seen[number], any = true, true
			}
		} else {
			m.skip(wire)
		}
		if m.bad {
			break
		}
		i = m.i
	}
	if !any {
		return 0
	}
	return v.possible(h.seen)
}
