package osm

import "slices"

// wanted decodes the objects of the given kinds that v wants, and calls fn for each, in order. The block must be indexed.
func (k *block) wanted(v *vocabulary, kinds Kinds, fn func(*Element)) error {
	for _, g := range k.groups {
		m := message{b: g}
		for {
			field, wire, ok := m.next()
			if !ok {
				break
			}
			var err error
			switch {
			case wire != wireBytes:
				m.skip(wire)
			case field == 1 && kinds.Has(Node):
				err = k.object(Node, m.bytes(), v, fn)
			case field == 2 && kinds.Has(Node):
				err = k.dense(m.bytes(), v, fn)
			case field == 3 && kinds.Has(Way):
				err = k.object(Way, m.bytes(), v, fn)
			case field == 4 && kinds.Has(Relation):
				err = k.object(Relation, m.bytes(), v, fn)
			default:
				m.skip(wire)
			}
			if err != nil {
				return err
			}
		}
		if m.bad {
			return errBlock("a group of objects is damaged")
		}
	}
	return nil
}

// objectFields are the fields of Node, Way and Relation; field numbers 8, 9 and 10 mean other things in each.
type objectFields struct {
	id                 uint64
	keys, values, info []byte
	lat, lon           int64
	eight, nine, ten   []byte
}

func (o *objectFields) parse(b []byte) error {
	m := message{b: b}
	for {
		field, wire, ok := m.next()
		if !ok {
			break
		}
		switch {
		case field == 1 && wire == wireVarint:
			o.id = m.uvarint()
		case field == 2 && wire == wireBytes:
			o.keys = m.bytes()
		case field == 3 && wire == wireBytes:
			o.values = m.bytes()
		case field == 4 && wire == wireBytes:
			o.info = m.bytes()
		case field == 8 && wire == wireVarint:
			o.lat = zigzag(m.uvarint())
		case field == 9 && wire == wireVarint:
			o.lon = zigzag(m.uvarint())
		case field == 8 && wire == wireBytes:
			o.eight = m.bytes()
		case field == 9 && wire == wireBytes:
			o.nine = m.bytes()
		case field == 10 && wire == wireBytes:
			o.ten = m.bytes()
		default:
			m.skip(wire)
		}
	}
	if m.bad {
		return errBlock("an object is damaged")
	}
	return nil
}

// object decodes a plain node, a way or a relation if it is wanted.
func (k *block) object(kind Kind, b []byte, v *vocabulary, fn func(*Element)) error {
	var o objectFields
	if err := o.parse(b); err != nil {
		return err
	}
	keys, values := packed{b: o.keys}, packed{b: o.values}
	hit := false
	for keys.more() && !hit {
		key, value := keys.uvarint(), values.uvarint()
		n, err := k.number(key)
		if err != nil {
			return err
		}
		if n == 0 {
			continue
		}
		w, err := k.number(value)
		if err != nil {
			return err
		}
		hit = v.wants(kind, n, w)
	}
	if keys.bad || values.bad {
		return errBlock("tags of a %s are damaged", kind)
	}
	if !hit {
		return nil
	}
	e, err := k.element(kind, &o)
	if err != nil {
		return err
	}
	fn(e)
	return nil
}

// element makes a plain node, a way or a relation of its fields.
func (k *block) element(kind Kind, o *objectFields) (*Element, error) {
	e := &Element{ID: ID{kind, int64(o.id)}}
	keys, values := packed{b: o.keys}, packed{b: o.values}
	for keys.more() {
		t, err := k.tag(keys.uvarint(), values.uvarint())
		if err != nil {
			return nil, err
		}
		e.Tags = append(e.Tags, t)
	}
	if keys.bad || values.bad {
		return nil, errBlock("tags of a %s are damaged", kind)
	}
	if err := k.information(e, o.info); err != nil {
		return nil, err
	}
	switch kind {
	case Node:
		e.Number = zigzag(o.id)
		e.Point = k.point(o.lat, o.lon)
	case Way:
		refs, err := deltas(o.eight, nil)
		if err != nil {
			return nil, err
		}
		e.Refs = refs
	case Relation:
		return e, k.members(e, o)
	}
	return e, nil
}

func (k *block) information(e *Element, b []byte) error {
	m := message{b: b}
	for {
		field, wire, ok := m.next()
		if !ok {
			break
		}
		switch {
		case wire != wireVarint:
			m.skip(wire)
		case field == 1:
			e.Version = int(max(0, int32(m.uvarint())))
		case field == 2:
			e.Timestamp = k.time(int64(m.uvarint()))
		case field == 6:
			e.Deleted = m.uvarint() == 0
		default:
			m.skip(wire)
		}
	}
	if m.bad {
		return errBlock("information on %s is damaged", e.ID)
	}
	return nil
}

// deltas reads a packed field of numbers that are written as differences, and appends them to into.
func deltas(b []byte, into []int64) ([]int64, error) {
	into = slices.Grow(into, count(b))
	p := packed{b: b}
	for n := int64(0); p.more(); {
		n += p.svarint()
		into = append(into, n)
	}
	if p.bad {
		return into, errBlock("a list of numbers is damaged")
	}
	return into, nil
}

func (k *block) members(e *Element, o *objectFields) error {
	numbers, err := deltas(o.nine, nil)
	if err != nil {
		return err
	}
	roles, kinds := packed{b: o.eight}, packed{b: o.ten}
	e.Members = make([]Member, len(numbers))
	for i, n := range numbers {
		role, kind := roles.uvarint(), kinds.uvarint()
		if roles.bad || kinds.bad || kind > 2 {
			return errBlock("members of %s are damaged", e.ID)
		}
		name, err := k.string(role)
		if err != nil {
			return err
		}
		e.Members[i] = Member{ID: ID{Node + Kind(kind), n}, Role: name}
	}
	return nil
}
