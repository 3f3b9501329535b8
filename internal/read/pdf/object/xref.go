package object

import (
	"bytes"
	"slices"

	"contrechamp.org/contrechamp/internal/read/pdf/doubt"
)

// sections reads the cross-reference sections from the newest to the oldest (7.5.4, 7.5.6, 7.5.8). What a newer one
// says of an object counts.
func (d *Document) sections() error {
	const tail = 2048
	from := max(0, len(d.data)-tail)
	at := bytes.LastIndex(d.data[from:], []byte("startxref"))
	if at < 0 {
		return doubt.New(doubt.Xref, "no startxref")
	}
	p := parser{data: d.data, at: from + at + len("startxref"), count: &d.values}
	p.space()
	next, whole, ok := ParseNumber(p.word())
	if !ok || !whole {
		return doubt.New(doubt.Xref, "startxref is no number")
	}
	visited := map[int]bool{}
	for offset := int(min(next, 1e15)); ; {
		if visited[offset] || len(visited) > maxSections {
			return doubt.New(doubt.Xref, "sections in a loop")
		}
		visited[offset] = true
		var free []int
		trailer, err := d.section(offset, &free)
		if err != nil {
			return err
		}
		d.Trailer = append(slices.Clone(trailer), d.Trailer...) // what a newer one lacks, an older one has
		if hybrid := trailer.Get("XRefStm"); hybrid != nil {
			n, ok := hybrid.(Number)
			if !ok {
				return doubt.New(doubt.Xref, "XRefStm is no number")
			}
			if _, err := d.section(int(n), &free); err != nil {
				return err
			}
		}
		for _, number := range free {
			d.set(number, entry{})
		}
		switch prev := trailer.Get("Prev").(type) {
		case nil:
			return nil
		case Number:
			offset = int(prev)
		default:
			return doubt.New(doubt.Xref, "Prev is no number")
		}
	}
}

// section reads one section at an offset, and answers its trailer. Which objects it frees is added to free: the table of
// a hybrid file calls those free that its stream has (7.5.8.4).
func (d *Document) section(offset int, free *[]int) (Dict, error) {
	if offset <= 0 || offset >= len(d.data) {
		return nil, doubt.New(doubt.Xref, "a section beyond the file")
	}
	p := parser{data: d.data, at: offset, count: &d.values}
	p.space()
	if p.keyword("xref") {
		return d.table(&p, free)
	}
	return d.xrefStream(&p, free)
}

// table reads a section in its old form: lines of twenty bytes.
func (d *Document) table(p *parser, free *[]int) (Dict, error) {
	const line = 20
	for !p.keyword("trailer") {
		first, whole, ok := ParseNumber(p.word())
		p.space()
		count, whole2, ok2 := ParseNumber(p.word())
		if !ok || !ok2 || !whole || !whole2 || first < 0 || count < 0 || first+count > maxObject {
			return nil, doubt.New(doubt.Xref, "the head of a subsection")
		}
		p.space()
		if p.at+line*int(count) > len(p.data) {
			return nil, doubt.New(doubt.Xref, "a table is cut off")
		}
		for i := range int(count) {
			l := p.data[p.at : p.at+line]
			p.at += line
			if !digits(l[:10]) || l[10] != ' ' || !digits(l[11:16]) || l[16] != ' ' || class[l[18]] != white || class[l[19]] != white {
				return nil, doubt.New(doubt.Xref, "a line of a table")
			}
			at := 0
			for _, c := range l[:10] {
				at = at*10 + int(c-'0')
			}
			number := int(first) + i
			switch {
			case l[17] == 'f' || l[17] == 'n' && at == 0:
				*free = append(*free, number)
			case l[17] != 'n':
				return nil, doubt.New(doubt.Xref, "an entry of a table")
			default: // a place beyond the file matters only if somebody looks there
				d.set(number, entry{at: int32(min(at, len(d.data))), known: true})
			}
		}
	}
	p.space()
	trailer, ok := p.value(0, true).(Dict)
	if p.err != nil {
		return nil, p.err
	}
	if !ok {
		return nil, doubt.New(doubt.Xref, "a trailer is no dictionary")
	}
	return trailer, nil
}

// set notes an entry unless a newer section has one. What a newer one deleted is a doubt if somebody asks for it.
func (d *Document) set(number int, e entry) {
	for len(d.entries) <= number {
		d.entries = append(d.entries, entry{at: -1})
	}
	old := &d.entries[number]
	switch {
	case old.at == -1:
		*old = e
	case !old.known && e.known:
		old.known, old.freed = true, true
	}
}

// xrefStream reads a section in the form of a stream.
func (d *Document) xrefStream(p *parser, free *[]int) (Dict, error) {
	from := p.at
	number, whole, ok := ParseNumber(p.word())
	if !ok || !whole {
		return nil, doubt.New(doubt.Xref, "no section")
	}
	v, err := d.indirect(int(number), from)
	if err != nil {
		return nil, err
	}
	s, ok := v.(*Stream)
	if !ok || s.Dict.Get("Type") != Name("XRef") {
		return nil, doubt.New(doubt.Xref, "no section")
	}
	rows, err := d.Bytes(s, nil)
	if err != nil {
		return nil, err
	}
	var w [3]int
	widths, _ := s.Dict.Get("W").(Array)
	if len(widths) != 3 {
		return nil, doubt.New(doubt.Xref, "widths of a section")
	}
	row := 0
	for i := range w {
		n, ok := widths[i].(Number)
		if !ok || n < 0 || n > 8 {
			return nil, doubt.New(doubt.Xref, "widths of a section")
		}
		w[i] = int(n)
		row += w[i]
	}
	size, ok := s.Dict.Get("Size").(Number)
	if !ok || size < 0 || size > maxObject || row == 0 {
		return nil, doubt.New(doubt.Xref, "size of a section")
	}
	index, _ := s.Dict.Get("Index").(Array)
	if index == nil {
		index = Array{Number(0), size}
	}
	for i := 0; i+1 < len(index); i += 2 {
		first, ok := index[i].(Number)
		count, ok2 := index[i+1].(Number)
		if !ok || !ok2 || first < 0 || count < 0 || first+count > maxObject || int(count)*row > len(rows) {
			return nil, doubt.New(doubt.Xref, "index of a section")
		}
		for j := range int(count) {
			if err := d.row(int(first)+j, rows[:row], w, free); err != nil {
				return nil, err
			}
			rows = rows[row:]
		}
	}
	return s.Dict, nil
}

func (d *Document) row(number int, row []byte, w [3]int, free *[]int) error {
	field := func(n int) uint64 {
		v := uint64(0)
		for _, c := range row[:n] {
			v = v<<8 | uint64(c)
		}
		row = row[n:]
		return v
	}
	kind := uint64(1)
	if w[0] > 0 {
		kind = field(w[0])
	}
	second, third := field(w[1]), field(w[2])
	switch kind {
	case 0:
		*free = append(*free, number)
	case 1:
		d.set(number, entry{at: int32(min(second, uint64(len(d.data)))), known: true})
	case 2:
		if second > maxObject || third > maxObject {
			return doubt.New(doubt.Xref, "an entry of a section")
		}
		d.set(number, entry{at: int32(second), index: int32(third), packed: true, known: true})
	default:
		return doubt.New(doubt.Xref, "a kind of entry")
	}
	return nil
}
