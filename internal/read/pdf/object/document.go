package object

import (
	"bytes"
	"fmt"

	"contrechamp.org/contrechamp/internal/read/pdf/doubt"
)

// Limits of a document.
const (
	maxObject   = 1 << 21   // the highest number of an object
	maxValues   = 4_000_000 // values that are made of one document
	maxSections = 256       // incremental updates
	maxLinks    = 32        // references that lead to references
	maxUnpacked = 384 << 20 // bytes out of filters, all streams together
	maxKept     = 96 << 20  // those of them that are kept: fonts, object streams
	maxStream   = 48 << 20  // bytes out of the filters of one stream
)

// entry says where an object is: at an offset, or in an object stream.
type entry struct {
	at     int32 // offset, or number of the object stream
	index  int32 // in the object stream
	packed bool
	known  bool
	freed  bool // by a newer section than the one that has it
}

// Document is a file whose cross-references are read; objects are read as they are asked for. It is not safe for
// concurrent use.
type Document struct {
	Trailer Dict

	data    []byte
	entries []entry
	objects map[Ref]cached // nil while the cross-references are read
	packs   map[int32]*pack
	open    []int // objects being read, which may not need themselves
	values  int
	left    int // bytes that may still come out of filters
	keep    int // those that may still be kept
	crypt   *crypt
	err     error
}

type cached struct {
	value Value
	err   error
}

// Open reads the cross-references of a file.
func Open(data []byte) (*Document, error) {
	d := &Document{data: data, packs: map[int32]*pack{}, values: maxValues, left: maxUnpacked, keep: maxKept}
	if !bytes.HasPrefix(data, []byte("%PDF-")) {
		return nil, doubt.New(doubt.Header, "")
	}
	if err := d.sections(); err != nil {
		return nil, err
	}
	d.objects = map[Ref]cached{}
	if e := d.Trailer.Get("Encrypt"); e != nil {
		c, err := d.openCrypt(d.Dict(e))
		if err != nil {
			return nil, err
		}
		if err := d.Take(); err != nil {
			return nil, err
		}
		d.crypt = c // what was read so far is not encrypted
	}
	return d, nil
}

// Take answers the first doubt since the last call, and forgets it.
func (d *Document) Take() error {
	err := d.err
	d.err = nil
	return err
}

// Doubt notes a doubt.
func (d *Document) Doubt(err error) {
	if d.err == nil {
		d.err = err
	}
}

// Object answers the object of a number, nil where there is none.
func (d *Document) Object(number Ref) Value {
	if number <= 0 || d.objects == nil || int(number) >= len(d.entries) || !d.entries[number].known {
		return nil
	}
	c, read := d.objects[number]
	if !read {
		for _, n := range d.open {
			if n == int(number) {
				d.Doubt(doubt.New(doubt.Syntax, "an object needs itself"))
				return nil
			}
		}
		if len(d.open) > maxLinks {
			d.Doubt(doubt.New(doubt.LimitDepth, "objects that need objects"))
			return nil
		}
		d.open = append(d.open, int(number))
		value, err := d.load(int(number))
		d.open = d.open[:len(d.open)-1]
		c = cached{value, err}
		d.objects[number] = c
	}
	if c.err != nil {
		d.Doubt(c.err)
		return nil
	}
	return c.value
}

func (d *Document) load(number int) (Value, error) {
	e := d.entries[number]
	if e.freed {
		return nil, doubt.New(doubt.Xref, "an object that was deleted")
	}
	if e.packed {
		return d.unpack(number, e)
	}
	return d.indirect(number, int(e.at))
}

// indirect reads "N G obj ... endobj" at an offset.
func (d *Document) indirect(number, at int) (Value, error) {
	if at < 0 || at >= len(d.data) {
		return nil, doubt.New(doubt.Xref, "an object beyond the file")
	}
	p := parser{data: d.data, at: at, count: &d.values}
	p.space()
	n, whole, ok := ParseNumber(p.word())
	p.space()
	generation := p.word()
	if !ok || !whole || int(n) != number || !digits(generation) || len(generation) > 5 || !p.keyword("obj") {
		return nil, doubt.New(doubt.Xref, fmt.Sprintf("object %d is elsewhere", number))
	}
	v := p.value(0, true)
	if p.err != nil {
		return nil, p.err
	}
	age := 0
	for _, c := range generation {
		age = age*10 + int(c-'0')
	}
	if d.crypt != nil {
		var err error
		if v, err = d.crypt.strings(v, number, age); err != nil {
			return nil, err
		}
	}
	dict, ok := v.(Dict)
	if !ok || !p.keyword("stream") {
		return v, nil
	}
	s, err := d.stream(&p, dict)
	if err != nil {
		return nil, err
	}
	s.number, s.generation = number, age
	s.crypted = d.crypt != nil && dict.Get("Type") != Name("XRef") && !(d.crypt.plain && dict.Get("Type") == Name("Metadata"))
	return s, nil
}

// stream takes the bytes behind the keyword.
func (d *Document) stream(p *parser, dict Dict) (*Stream, error) {
	switch {
	case bytes.HasPrefix(p.data[p.at:], []byte("\r\n")):
		p.at += 2
	case bytes.HasPrefix(p.data[p.at:], []byte("\n")):
		p.at++
	default:
		return nil, doubt.New(doubt.StreamLength, "no line end before it")
	}
	length, ok := d.Resolve(dict.Get("Length")).(Number)
	if !ok || length < 0 || float64(length) > float64(len(p.data)-p.at) || Number(int(length)) != length {
		return nil, doubt.New(doubt.StreamLength, "no length")
	}
	raw := p.data[p.at : p.at+int(length)]
	p.at += int(length)
	if !p.keyword("endstream") {
		return nil, doubt.New(doubt.StreamLength, "it does not end there")
	}
	if dict.Get("F") != nil {
		return nil, doubt.New(doubt.Filter, "a stream in another file")
	}
	return &Stream{Dict: dict, raw: raw}, nil
}

// Resolve follows references.
func (d *Document) Resolve(v Value) Value {
	for range maxLinks {
		r, ok := v.(Ref)
		if !ok {
			return v
		}
		v = d.Object(r)
	}
	d.Doubt(doubt.New(doubt.LimitDepth, "references to references"))
	return nil
}

// Dict answers the dictionary that v is or leads to, that of a stream too; nil where it is another thing.
func (d *Document) Dict(v Value) Dict {
	switch v := d.Resolve(v).(type) {
	case Dict:
		return v
	case *Stream:
		return v.Dict
	}
	return nil
}

// Array answers the array that v is or leads to.
func (d *Document) Array(v Value) Array {
	a, _ := d.Resolve(v).(Array)
	return a
}

// Stream answers the stream that v leads to.
func (d *Document) Stream(v Value) *Stream {
	s, _ := d.Resolve(v).(*Stream)
	return s
}

// Name answers the name that v is or leads to.
func (d *Document) Name(v Value) Name {
	n, _ := d.Resolve(v).(Name)
	return n
}

// Number answers the number that v is or leads to, and whether it is one.
func (d *Document) Number(v Value) (float64, bool) {
	n, ok := d.Resolve(v).(Number)
	return float64(n), ok
}

// Int answers a number without its fraction, or otherwise where v is no number.
func (d *Document) Int(v Value, otherwise int) int {
	n, ok := d.Number(v)
	if !ok {
		return otherwise
	}
	const most = 1 << 31
	return int(max(-most, min(most-1, n)))
}
