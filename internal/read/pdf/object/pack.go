package object

import (
	"fmt"

	"contrechamp.org/contrechamp/internal/read/pdf/doubt"
)

// pack is an object stream, unpacked (7.5.7).
type pack struct {
	data    []byte
	numbers []int
	places  []int
	err     error
}

// unpack reads an object out of its object stream.
func (d *Document) unpack(number int, e entry) (Value, error) {
	k := d.packs[e.at]
	if k == nil {
		k = d.openPack(int(e.at))
		d.packs[e.at] = k
	}
	if k.err != nil {
		return nil, k.err
	}
	i := int(e.index)
	if i >= len(k.numbers) || k.numbers[i] != number {
		return nil, doubt.New(doubt.Xref, fmt.Sprintf("object %d is not in its stream", number))
	}
	p := parser{data: k.data, at: k.places[i], count: &d.values}
	v := p.value(0, true)
	return v, p.err
}

func (d *Document) openPack(number int) *pack {
	k := &pack{}
	if number < len(d.entries) && d.entries[number].packed {
		k.err = doubt.New(doubt.Xref, "an object stream in an object stream")
		return k
	}
	s, ok := d.Object(Ref(number)).(*Stream)
	if !ok || d.Name(s.Dict.Get("Type")) != "ObjStm" {
		k.err = doubt.New(doubt.Xref, "no object stream")
		return k
	}
	n, first := d.Int(s.Dict.Get("N"), -1), d.Int(s.Dict.Get("First"), -1)
	if k.data, k.err = d.Bytes(s, nil); k.err != nil {
		return k
	}
	if n < 0 || first < 0 || first > len(k.data) || n > first {
		k.err = doubt.New(doubt.Xref, "the head of an object stream")
		return k
	}
	p := parser{data: k.data[:first], count: &d.values}
	for range n {
		p.space()
		name, whole, ok := ParseNumber(p.word())
		p.space()
		place, whole2, ok2 := ParseNumber(p.word())
		if !ok || !ok2 || !whole || !whole2 || place < 0 || place > float64(len(k.data)-first) || name < 0 || name > maxObject {
			k.err = doubt.New(doubt.Xref, "the head of an object stream")
			return k
		}
		k.numbers, k.places = append(k.numbers, int(name)), append(k.places, first+int(place))
	}
	return k
}
